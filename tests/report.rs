//! One made-up set of findings in every output format, against the files in `tests/snapshots/report`. With `BLESS=1` in the
//! environment the files are written anew, to be read before they are committed.

use copydesk::diagnostic::{Applicability, Confidence, Diagnostic, Edit, Fix, Severity, fingerprints};
use copydesk::report::{self, Counts, Finding, Problem, ReleaseSummary, Report, Style, Summary};
use copydesk::source::{Source, SourceId, SourceSet, Span};
use std::path::Path;

const ENGLISH: &str = "# Harbour Council adopts the text\n\nPORT ELLEN, 9 July 2012 – The Harbour Council met on Tuesday, \
9 July 2012, in the old customs house, and after a debate of several hours, in which eleven delegations took the floor and \
three of them twice, adopted the resolution by consensus, as the President had announced that it would in the week before.\n";
const FRENCH: &str = "# Le Conseil du port adopte le texte\r\n\r\nPORT ELLEN, le 10 juillet 2012 – Le Conseil, réuni <ici>, a adopté \u{1b}[31m\
\u{202E}la résolution.\r\n";
const WIDE: &str = "会議は二〇一二年七月九日に港の旧税関で開かれ、決議は全会一致で採択された。\n\nFin.\n";

struct Made {
    sources: SourceSet,
    found: Vec<Diagnostic>,
}

impl Made {
    fn span(&self, source: SourceId, words: &str) -> Span {
        let start = self.sources.get(source).text().find(words).unwrap_or_else(|| unreachable!("{words} is there"));
        Span::new(source, start..start + words.len())
    }
}

fn made_up() -> Made {
    let mut sources = SourceSet::new();
    let english = sources.add(Source::from_text("releases/2012 harbour.en.md", ENGLISH));
    let french = sources.add(Source::from_text("releases/2012 harbour.fr.md", FRENCH));
    let wide = sources.add(Source::from_text("releases/港:1,2.txt", WIDE));
    let pack = sources.add(Source::from_text("house.toml", "[[rule]]\nid = \"house/adopts\"\n"));
    let mut made = Made { sources, found: Vec::new() };
    let weekday = made.span(english, "Tuesday");
    let date = made.span(english, "9 July 2012, in");
    let adopted = made.span(english, "adopted the resolution by consensus");
    let found = Diagnostic::new("dates/weekday", Severity::Error, "9 July 2012 was a Monday, not a Tuesday", weekday)
        .label("the weekday given")
        .related(Span::new(english, date.start..date.start + 11), "a Monday")
        .help("correct the weekday or the date")
        .because("the calendar gives Monday for 9 July 2012")
        .replace("write “Monday”", Applicability::Display, weekday, "Monday");
    made.found.push(found);
    let found = Diagnostic::new("house/adopts", Severity::Warning, "“by consensus” needs 100% certainty", adopted)
        .confidence(Confidence::Medium)
        .related(made.span(pack, "\"house/adopts\""), "the rule")
        .replace("write “without a vote”", Applicability::Unsafe, made.span(english, "by consensus"), "without a vote");
    made.found.push(found);
    let day = made.span(french, "10 juillet 2012");
    let found = Diagnostic::new("parity/date", Severity::Error, "the two texts name different days", day)
        .related(made.span(english, "9 July 2012 –"), "the original says")
        .help("take the day of the original, or correct the original");
    made.found.push(found);
    let odd = made.span(french, "\u{1b}[31m\u{202E}");
    let found =
        Diagnostic::new("typography/invisible", Severity::Warning, "characters that nobody sees", odd).fix(Fix {
            title: "delete them".into(),
            applicability: Applicability::Safe,
            edits: vec![
                Edit { span: Span::new(french, odd.start..odd.start + 5), replacement: String::new() },
                Edit { span: Span::new(french, odd.start + 5..odd.end), replacement: String::new() },
            ],
        });
    made.found.push(found);
    let place = made.span(wide, "Fin.").start;
    let found =
        Diagnostic::new("structure/contact", Severity::Info, "no contact is given", Span::new(wide, place..place));
    made.found.push(found);
    let found =
        Diagnostic::new("numbers/era", Severity::Info, "a year in <figures> & words", made.span(wide, "二〇一二年"));
    made.found.push(found);
    for finding in &mut made.found {
        finding.language = Some(["en", "fr", "ja"][finding.primary.span.source.0 as usize].into());
    }
    made
}

fn findings() -> Vec<Finding> {
    let Made { sources, found } = made_up();
    let prints = fingerprints(&found, &sources);
    let mut findings: Vec<_> =
        found.iter().zip(prints).map(|(d, print)| Finding::resolve(d, &sources, print)).collect();
    Finding::sort(&mut findings);
    findings
}

fn summary(findings: &[Finding]) -> Summary {
    let release = |path: &str, language: &str| ReleaseSummary {
        path: path.into(),
        language: Some(language.into()),
        language_from: "file name".into(),
        date: Some("2012-07-09".into()),
        date_from: Some("dateline".into()),
        ..ReleaseSummary::default()
    };
    let (english, french) = ("releases/2012 harbour.en.md", "releases/2012 harbour.fr.md");
    Summary {
        files: 4,
        releases: vec![release(english, "en"), release(french, "fr"), release("releases/quiet.en.md", "en")],
        pairs: vec![[english.into(), french.into()]],
        without_sister: vec!["releases/quiet.en.md".into()],
        counts: Counts::of(findings),
        rules: 5,
        problems: vec![Problem::with("releases/broken.txt", "not readable as text: 0xFF is not UTF-8 at byte 6")],
        ..Summary::default()
    }
}

fn render(name: &str, findings: &[Finding], style: &Style) -> String {
    let summary = summary(findings);
    let reasons = [("dates/weekday".to_owned(), "A reader who checks finds the release wrong.".to_owned())];
    let report = Report { findings, summary: &summary, reasons: &reasons };
    let mut out = Vec::new();
    let format = report::format(name).expect("a format");
    (format.write)(&report, style, &mut out).expect("memory takes it");
    String::from_utf8(out).expect("reports are UTF-8")
}

/// Compares with a file of `tests/snapshots/report`.
fn snapshot(name: &str, got: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/report").join(name);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, got).expect("written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == got, "{name} differs; with BLESS=1 it is written anew:\n{got}");
}

#[test]
fn every_format_renders_the_same_findings() {
    for format in report::FORMATS {
        let style = Style { explain: format.name == "human", ..Style::default() };
        snapshot(&format!("{}.txt", format.name), &render(format.name, &findings(), &style));
    }
}

#[test]
fn human_fits_a_narrow_terminal_and_colours_only_when_asked() {
    let narrow = render("human", &findings(), &Style { width: 60, ..Style::default() });
    snapshot("human-narrow.txt", &narrow);
    assert!(!narrow.contains('\u{1b}'));
    assert!(render("human", &findings(), &Style { color: true, ..Style::default() }).contains("\u{1b}[0m"));
}

#[test]
fn no_format_passes_on_what_a_terminal_obeys() {
    for format in report::FORMATS {
        let text = render(format.name, &findings(), &Style::default());
        assert!(!text.contains(['\u{1b}', '\u{202E}', '\r']), "{}", format.name);
    }
}

#[test]
fn several_hundred_findings_end_in_a_table() {
    let many: Vec<_> = findings().into_iter().cycle().take(700).collect();
    let text = render("human", &many, &Style::default());
    assert!(text.contains("500 more findings are not drawn"));
    assert!(text.contains("      117       1  error    dates/weekday"), "{}", &text[text.len() - 900..]);
}

#[test]
fn a_finding_in_a_line_of_ten_megabytes_is_drawn_small() {
    let mut sources = SourceSet::new();
    let id = sources.add(Source::from_text("long.txt", "word ".repeat(2_000_000)));
    let whole = Diagnostic::new("a/b", Severity::Error, "long", Span::new(id, 0..10_000_000));
    let inside = Diagnostic::new("a/b", Severity::Error, "long", Span::new(id, 5_000_000..5_000_004));
    let findings: Vec<_> = [whole, inside].iter().map(|d| Finding::resolve(d, &sources, "")).collect();
    let text = render("human", &findings, &Style::default());
    assert!(text.len() < 8_000);
    assert!(text.contains("long.txt:1:5000001"));
}

#[test]
fn findings_whose_lines_were_let_go_still_name_their_place() {
    let mut found = findings();
    found.iter_mut().for_each(Finding::forget_excerpts);
    let text = render("human", &found, &Style::default());
    assert!(text.contains("harbour.en.md:3:54") && text.contains("harbour.en.md:3:13"), "{text}");
}

#[test]
fn reports_agree_with_their_schema() {
    let schema: serde_json::Value = serde_json::from_str(report::schema()).expect("JSON");
    let json: serde_json::Value = serde_json::from_str(&render("json", &findings(), &Style::default())).expect("JSON");
    let mut mistakes = Vec::new();
    agrees(&json, &schema, &schema, "report", &mut mistakes);
    assert!(mistakes.is_empty(), "{mistakes:#?}");
}

/// As much of JSON Schema as `schema/report.json` uses.
fn agrees(
    value: &serde_json::Value,
    schema: &serde_json::Value,
    root: &serde_json::Value,
    at: &str,
    out: &mut Vec<String>,
) {
    use serde_json::Value;
    if let Some(name) = schema["$ref"].as_str() {
        let definition = root.pointer(name.trim_start_matches('#')).expect("a definition");
        agrees(value, definition, root, at, out);
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        other => unreachable!("{other}"),
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name.as_str()],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !types.is_empty() && !types.iter().any(|name| is(name)) {
        out.push(format!("{at} is no {types:?}"));
    }
    if schema.get("enum").and_then(Value::as_array).is_some_and(|values| !values.contains(value)) {
        out.push(format!("{at} is none of the enum"));
    }
    if schema.get("const").is_some_and(|constant| constant != value) {
        out.push(format!("{at} is not the constant"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            out.push(format!("{at}.{name} is missing"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => agrees(inner, schema, root, &format!("{at}.{name}"), out),
            None if schema["additionalProperties"] == false => out.push(format!("{at}.{name} is unknown")),
            None => {}
        }
    }
    for (i, inner) in value.as_array().into_iter().flatten().enumerate() {
        agrees(inner, &schema["items"], root, &format!("{at}[{i}]"), out);
    }
}
