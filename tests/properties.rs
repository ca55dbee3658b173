//! What holds for every finding and every correction, whatever the text: over our fixtures, the pages of our rules and hostile changes of
//! them, as Markdown, HTML and plain text, in several encodings and with several line ends. And that the same bytes come out, however the
//! work is divided and named.

#[path = "support/program.rs"]
mod support;

use copydesk::diagnostic::Applicability;
use copydesk::document::ReadOptions;
use copydesk::engine::fix::{correct, values_stay};
use copydesk::engine::{Draft, Project};
use copydesk::report::Finding;
use copydesk::source::Source;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use support::{program, text};
use unicode_normalization::UnicodeNormalization;

static PROJECT: LazyLock<Project> = LazyLock::new(Project::builtin);

/// All texts below a folder of the project, in the order of their paths.
fn texts(folder: &str, found: &mut Vec<(PathBuf, String)>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("there").path()).collect();
    paths.sort();
    for path in paths {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() {
            texts(path.to_str().expect("UTF-8"), found);
        } else if ["md", "txt", "html"].contains(&ending.as_str()) {
            let text = fs::read_to_string(&path).expect("UTF-8");
            found.push((path, text));
        }
    }
}

/// Fixtures, pages of rules, and the drafts of which a release is made.
fn corpus() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["fixtures", "src/kinds", "docs"] {
        texts(folder, &mut found);
    }
    found.into_iter().map(|(_, text)| text).collect()
}

/// Numbers that look like none, the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides.max(1)
    }
}

const PIECES: &[&str] = &[
    " ",
    "  ",
    "\u{A0}",
    "\u{AD}",
    "\u{200B}",
    "\u{301}",
    "é",
    "e\u{301}",
    "ﬁ",
    "漢",
    "👩‍👩‍👧",
    "\u{202E}",
    "“",
    "»",
    "'",
    "(",
    ")",
    ",",
    "–",
    "--",
    "&nbsp;",
    "&amp;",
    "<b>",
    "</p>",
    "*",
    "[a](b)",
    "\n",
    "\n\n",
    "\r\n",
    "{{ x }}",
    "<!-- stet a/b: c -->",
    "9 July 2012",
    "12,000",
    "%",
    "…",
];

/// The text with some pieces put in and some characters taken out.
fn changed(text: &str, dice: &mut Dice) -> String {
    let mut changed: Vec<char> = text.chars().collect();
    for _ in 0..6 {
        let at = dice.roll(changed.len());
        if dice.roll(3) == 0 && at < changed.len() {
            changed.remove(at);
        } else {
            changed.splice(at..at, PIECES[dice.roll(PIECES.len())].chars());
        }
    }
    changed.into_iter().collect()
}

fn as_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let paragraphs: String = escaped.split("\n\n").map(|text| format!("<p>{text}</p>\n")).collect();
    format!("<!doctype html>\n<html lang=\"en\"><body>\n{paragraphs}</body></html>\n")
}

/// A way to write a text down as bytes.
fn encoded(text: &str, way: usize) -> Vec<u8> {
    match way % 4 {
        0 => text.as_bytes().to_vec(),
        1 => text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes(),
        2 => ["\u{FEFF}".as_bytes(), text.as_bytes()].concat(),
        _ => "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
    }
}

fn decoded(bytes: &[u8], way: usize) -> Option<String> {
    if way % 4 < 3 {
        return String::from_utf8(bytes.to_vec()).ok();
    }
    let units: Vec<u16> =
        bytes.chunks(2).map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?))).collect::<Option<_>>()?;
    String::from_utf16(&units).ok()
}

/// The corpus, each text in two of three formats: path, bytes, and how they are encoded.
fn variants() -> Vec<(String, Vec<u8>, usize)> {
    let mut dice = Dice(7);
    let mut variants = Vec::new();
    for (nth, text) in corpus().into_iter().enumerate() {
        for (form, ending) in ["md", "txt", "html"].into_iter().enumerate() {
            if form == nth % 3 {
                continue;
            }
            let language = ["en", "fr", "de"][(nth + form) % 3];
            let text = if dice.roll(2) == 0 { text.clone() } else { changed(&text, &mut dice) };
            let text = if ending == "html" { as_html(&text) } else { text };
            let way = dice.roll(4);
            variants.push((format!("{nth}.{language}.{ending}"), encoded(&text, way), way));
        }
    }
    variants
}

fn check(path: &str, source: &Arc<Source>) -> Vec<Finding> {
    let draft = Draft { source: source.clone(), options: ReadOptions::default(), below: path.to_owned() };
    PROJECT.check(&[draft]).findings
}

/// Where a byte lies as people count, told by looking at all that stands before it.
fn place(before: &str) -> (usize, usize) {
    let before = before.strip_prefix('\u{FEFF}').unwrap_or(before);
    let ends = before.replace("\r\n", "\n").replace('\r', "\n");
    (ends.matches('\n').count() + 1, ends.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}

#[test]
fn every_span_lies_on_the_disk_where_it_is_said_and_its_text_is_what_is_said() {
    let (mut findings, mut edits, mut rules, mut endings) = (0, 0, BTreeSet::new(), BTreeSet::new());
    for (path, bytes, way) in variants() {
        let source = Arc::new(Source::from_bytes(path.as_str(), bytes.clone()).expect("readable"));
        for finding in check(&path, &source) {
            findings += 1;
            rules.insert(finding.rule.clone());
            endings.insert(path.rsplit('.').next().unwrap_or_default().to_owned());
            let primary = (finding.start, finding.end, finding.text.as_str());
            let related = finding.related.iter().map(|related| (related.start, related.end, related.text.as_str()));
            for (start, end, text) in related.chain([primary]) {
                let on_disk = decoded(&bytes[start.byte..end.byte], way);
                assert!(on_disk.is_some(), "{path}: {} cuts a character", finding.rule);
                let on_disk = on_disk.unwrap_or_default();
                let said = text.strip_suffix('…').filter(|said| said.chars().count() >= 199).unwrap_or(text);
                assert!(on_disk.starts_with(said), "{path}: {} says “{text}” of “{on_disk}”", finding.rule);
                assert!(said.len() == on_disk.len() || said.chars().count() >= 199, "{path}: {} is cut", finding.rule);
                let before = decoded(&bytes[..start.byte], way).expect("on a boundary");
                assert_eq!((start.line, start.column), place(&before), "{path}: {}", finding.rule);
            }
            for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
                edits += 1;
                let on_disk = decoded(&bytes[edit.start.byte..edit.end.byte], way).expect("on boundaries");
                assert_eq!(on_disk, edit.text, "{path}: {}", finding.rule);
                assert_eq!(source.text().get(edit.range.clone()), Some(edit.text.as_str()), "{path}: {}", finding.rule);
            }
        }
    }
    assert!(
        findings > 300 && edits > 100 && rules.len() > 40,
        "{findings} findings, {edits} edits, {} rules",
        rules.len()
    );
    assert_eq!(endings.len(), 3);
}

/// The letters of a text; a ligature is two.
fn letters(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn corrections_come_to_an_end_and_leave_all_else_as_it_is() {
    let mut corrected_texts = BTreeSet::new();
    for (path, bytes, way) in variants() {
        let mut source = Arc::new(Source::from_bytes(path.as_str(), bytes).expect("readable"));
        let mut rounds = 0;
        loop {
            let findings = check(&path, &source);
            let corrected = correct(&findings, Applicability::Safe, &|_| Some(source.clone()), &values_stay);
            let Some(after) = corrected.texts.get(&path).filter(|after| *after != source.text()) else { break };
            rounds += 1;
            assert!(rounds < 10, "{path}: corrections never end");
            corrected_texts.insert(path.rsplit('.').next().unwrap_or_default().to_owned());
            let safe =
                || findings.iter().filter(|f| f.fix.as_ref().is_some_and(|f| f.applicability == Applicability::Safe));
            let mut edits: Vec<_> =
                safe().flat_map(|f| &f.fix.as_ref().expect("safe").edits).map(|edit| edit.range.clone()).collect();
            edits.sort_by_key(|range| (range.start, range.end));
            // What lies between the edits stands in the new text, in its order.
            let (mut at, mut found) = (0, 0);
            for range in edits.into_iter().chain([source.text().len()..source.text().len()]) {
                if range.start > at {
                    let kept = &source.text()[at..range.start];
                    let place = after[found..].find(kept);
                    assert!(place.is_some(), "{path}: “{kept}” is gone");
                    found += place.unwrap_or_default() + kept.len();
                }
                at = at.max(range.end);
            }
            for finding in
                safe().filter(|f| ["typography/", "quotations/"].iter().any(|family| f.rule.starts_with(family)))
            {
                for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
                    assert_eq!(letters(&edit.text), letters(&edit.replacement), "{path}: {}", finding.rule);
                }
            }
            // As it is written to the disk and read again.
            let bytes = source.encoding().encode(after).expect("writable");
            assert_eq!(
                decoded(&bytes, way).as_deref().map(|text| text.trim_start_matches('\u{FEFF}')),
                Some(after.as_str()),
                "{path}"
            );
            source = Arc::new(Source::from_bytes(path.as_str(), bytes).expect("readable"));
        }
    }
    assert_eq!(corrected_texts.len(), 3, "every format was corrected");
}

/// Releases of one house, of which some write as the others do not: more than a rule about all files keeps the places of.
fn house() -> impl Iterator<Item = (String, Vec<u8>)> {
    (0..92).map(|nth| {
        let usual =
            "It is on LakeHub now. We do policy-making and organize the water rights. Ada Quibblesworth came.\n";
        let odd =
            "It is on Lakehub now. We do policymaking and organise Water Rights online. Ada Quibblesworth came.\n";
        let text = if nth % 23 == 5 { odd } else { usual };
        let text = if nth == 51 { text.replace("worth", "wurth") } else { text.to_owned() };
        (format!("house-{}.en.md", nth * 37 % 92), text.into_bytes())
    })
}

#[test]
fn the_same_bytes_come_out_however_the_work_is_divided() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join(".git")).expect("made");
    let mut names = Vec::new();
    let variants =
        variants().into_iter().enumerate().filter(|(nth, _)| nth % 6 == 0).map(|(_, (path, bytes, _))| (path, bytes));
    for (nth, (path, bytes)) in house().chain(variants).enumerate() {
        let below = format!("{}/{path}", nth % 5);
        fs::create_dir_all(folder.path().join(&below).parent().expect("a folder")).expect("made");
        fs::write(folder.path().join(&below), bytes).expect("written");
        names.push(below);
    }
    let cache = tempfile::tempdir().expect("a folder");
    let run = |format: &str, jobs: &str, names: Option<&[String]>, cache: &Path| {
        let list = folder.path().with_extension("list");
        let mut command = program();
        command.env("COPYDESK_CACHE", cache).current_dir(folder.path());
        command.args(["check", "--jobs", jobs, "--format", format]);
        if let Some(names) = names {
            fs::write(&list, names.join("\n")).expect("written");
            command.arg("--files-from").arg(&list);
        }
        let output = command.output().expect("runs");
        (text(&output.stdout), text(&output.stderr))
    };
    let mut dice = Dice(11);
    for format in ["json", "human", "html"] {
        let (none, first) = (Path::new(""), run(format, "1", Some(&names), Path::new("")));
        for rule in ["name-case-files", "phrase-case-files", "compound-files", "spelling-files", "two-spellings"] {
            assert!(first.0.contains(rule), "{format}: {rule} finds nothing");
        }
        // Formats are written of the same findings, which are looked at most closely in one.
        let divided: &[&str] = if format == "json" { &["2", "7"] } else { &["7"] };
        for &jobs in divided {
            for place in (1..names.len()).rev() {
                names.swap(place, dice.roll(place + 1));
            }
            assert!(run(format, jobs, Some(&names), none) == first, "{format}: another order, {jobs} jobs");
            assert!(run(format, jobs, None, none) == first, "{format}: found in the folder, {jobs} jobs");
            assert!(run(format, jobs, None, cache.path()) == first, "{format}: with what was kept, {jobs} jobs");
        }
    }
}

/// A register whose people and bodies stand in the texts, so that every rule about them has something to say.
const REGISTER: &str = r#"
[[organisation]]
id = "harbour"
name = { en = "Harbour Council", fr = "Conseil du port", de = "Hafenrat" }
acronym = { en = "HC", fr = "CP" }
standing = true

[[organisation.former]]
name = { en = "Quay Board" }
until = 1999-12-31

[[person]]
name = "Ada Quill"
family = "Quill"
gender = "feminine"
email = "ada@harbour.example"

[[person.role]]
organisation = "harbour"
title = { en = ["harbour master", "President"], fr = "présidente", de = "Präsidentin" }
until = 2012-07-09

[[work]]
title = { en = "The Promotion, Protection and Enjoyment of Harbours" }

[[term]]
name = { en = "sea wall", fr = "digue" }
rejected = { en = "seawall" }

[[boilerplate]]
heading = { en = "About the Harbour Council" }
text = { en = "The Harbour Council keeps the harbour." }
"#;

const NAMES: &[&str] = &[
    "Ada Quill",
    "Ada Quil",
    "Mme Quill",
    "harbour master Ada Quill",
    ", présidente,",
    "said Ada Quill.",
    "the Harbour Council",
    "du Conseil du port",
    "Hafenrats",
    "(HC)",
    "Quay Board",
    "The Promotion, Protection, and Enjoyment of Harbours",
    "seawall",
    "About the Harbour Council",
];

#[test]
fn no_rule_of_any_house_breaks_on_any_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, bytes: &[u8]| fs::write(folder.path().join(path), bytes).expect("written");
    fs::create_dir(folder.path().join(".git")).expect("made");
    let run = |arguments: &[&str]| {
        let output =
            program().env("COPYDESK_CACHE", "").current_dir(folder.path()).args(arguments).output().expect("runs");
        let said = text(&output.stderr);
        assert!(!said.contains("panicked"), "{said}");
        serde_json::from_slice::<serde_json::Value>(&output.stdout).expect("JSON")
    };
    let rules = run(&["rules", "--all", "--format", "json"]);
    let ids: Vec<&str> = rules.as_array().expect("a list").iter().filter_map(|rule| rule["id"].as_str()).collect();
    let registers = ["register.toml", "builtin/un", "builtin/eu", "builtin/internet"];
    write("copydesk.toml", format!("enable = {ids:?}\nregisters = {registers:?}\n").as_bytes());
    write("register.toml", REGISTER.as_bytes());
    let mut dice = Dice(23);
    for (nth, (path, bytes, way)) in variants().into_iter().enumerate() {
        let Some(mut text) = decoded(&bytes, way) else { continue };
        for _ in 0..12 {
            let at = text.floor_char_boundary(dice.roll(text.len()));
            let piece = |dice: &mut Dice| PIECES[dice.roll(PIECES.len())];
            let name = [piece(&mut dice), NAMES[dice.roll(NAMES.len())], piece(&mut dice)].concat();
            text.insert_str(at, &name);
        }
        // Two that follow one another are taken for versions of one release.
        let (_, language) = path.split_once('.').expect("a language");
        write(&format!("{}.{language}", nth / 2), text.as_bytes());
    }
    let said = run(&["check", "--format", "json"]);
    let found: BTreeSet<&str> =
        said["findings"].as_array().expect("a list").iter().filter_map(|finding| finding["rule"].as_str()).collect();
    assert!(found.len() > ids.len() / 3, "of {} rules {} found something", ids.len(), found.len());
}
