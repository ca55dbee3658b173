//! What is fuzzed, one function a target: each takes any bytes and fails by panicking. `tests/hostile.rs` runs the same functions
//! over the inputs in `fuzz/corpus`, so what was found once stays found.

use copydesk::diagnostic::Applicability;
use copydesk::document::{Document, Format, ReadOptions};
use copydesk::engine::baseline::Baseline;
use copydesk::engine::fix::{correct, values_stay};
use copydesk::engine::{Draft, Project};
use copydesk::import::register::Format as Table;
use copydesk::language::Language;
use copydesk::mention::{date, number};
use copydesk::register::Register;
use copydesk::release::align::{Grain, Unit, UnitKind, align};
use copydesk::report::{FORMATS, Report, Style, Summary};
use copydesk::source::{Source, SourceId, SourceSet};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// A target by its name.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("markdown", markdown),
    ("html", html),
    ("plain", plain),
    ("front_matter", front_matter),
    ("pack", pack),
    ("register", register),
    ("config", config),
    ("mentions", mentions),
    ("alignment", alignment),
    ("vale", vale),
    ("check", check),
    ("fix", fix),
    ("import", import),
    ("baseline", baseline),
    ("compiled", compiled),
    ("report", report),
];

static BUILTIN: LazyLock<Project> = LazyLock::new(Project::builtin);

fn source(path: &str, data: &[u8]) -> Option<Source> {
    Source::from_bytes(path, data.to_vec()).ok()
}

fn id() -> SourceId {
    SourceSet::new().add(Source::from_text("draft", ""))
}

/// Every span lies on the boundaries of characters, inside its text.
fn sound(text: &str, range: Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} is no part of a text of {} bytes", text.len());
}

fn read(format: Format, data: &[u8]) -> Vec<(Document, Arc<Source>)> {
    let Some(source) = source("draft", data).map(Arc::new) else { return Vec::new() };
    let options = ReadOptions { format: Some(format), ..ReadOptions::default() };
    let documents = copydesk::document::read(&source, id(), &options);
    for document in &documents {
        for block in &document.blocks {
            sound(&document.text, block.range.clone());
            sound(source.text(), document.span_of(block.range.clone()).range());
        }
        // Ranges of the text of a character each come back to ranges of the source.
        let mut at = 0;
        for c in document.text.chars() {
            sound(source.text(), document.span_of(at..at + c.len_utf8()).range());
            at += c.len_utf8();
        }
    }
    documents.into_iter().map(|document| (document, source.clone())).collect()
}

/// The reader of Markdown.
pub fn markdown(data: &[u8]) {
    read(Format::Markdown, data);
}

/// The reader of HTML.
pub fn html(data: &[u8]) {
    read(Format::Html, data);
}

/// The reader of plain text.
pub fn plain(data: &[u8]) {
    read(Format::Plain, data);
}

/// Front matter, in YAML and in TOML.
pub fn front_matter(data: &[u8]) {
    for fence in ["---", "+++"] {
        let text = [fence.as_bytes(), b"\n", data, b"\n", fence.as_bytes(), b"\n\nText.\n"].concat();
        for (document, source) in read(Format::Markdown, &text) {
            for field in &document.fields {
                sound(source.text(), field.source.clone());
            }
        }
    }
}

/// A rule pack: its mistakes lie in it, and a text is checked by what is left.
pub fn pack(data: &[u8]) {
    let Some(source) = source("pack.toml", data) else { return };
    let mut settings = copydesk::engine::Settings::default();
    let text = source.text().to_owned();
    for mistake in settings.add_pack(source) {
        sound(&text, mistake.primary.span.range());
    }
    let (project, _) = Project::new(settings);
    project.check(&[draft("draft.en.md", "The meeting of 9 July 2012 was was held in the city hall.")]);
}

/// A register, its doubts, and what it finds in itself.
pub fn register(data: &[u8]) {
    let Some(source) = source("register.toml", data) else { return };
    let text = source.text().to_owned();
    let (register, mistakes) = Register::read([(id(), &source)]);
    for mistake in mistakes.into_iter().chain(register.doubts()) {
        sound(&text, mistake.primary.span.range());
    }
    register.mentions(&text);
}

/// A configuration.
pub fn config(data: &[u8]) {
    let Some(source) = source("copydesk.toml", data) else { return };
    for mistake in copydesk::config::Config::read(&source, id()).1 {
        sound(source.text(), mistake.primary.span.range());
    }
}

/// Dates, times and numbers, in languages of several scripts.
pub fn mentions(data: &[u8]) {
    for (document, _) in read(Format::Plain, data) {
        for tag in ["en", "fr", "de", "es", "ru", "ar", "zh", "ja"] {
            let found = date::read_text(&document.text, Some(tag));
            found.dates.iter().for_each(|mention| sound(&document.text, mention.range.clone()));
            for number in number::read(&document, Language::of(Some(tag)), &[]).numbers {
                sound(&document.text, number.range);
                sound(&document.text, number.figure);
            }
        }
    }
}

/// The alignment of two texts, parted by a line of its own: every unit stands in one bead, in order.
pub fn alignment(data: &[u8]) {
    let Some(source) = source("draft", data) else { return };
    let (first, second) = source.text().split_once("\n=\n").unwrap_or((source.text(), ""));
    let units = |text: &str| text.lines().map(|line| Unit::new(line, UnitKind::Text)).collect::<Vec<_>>();
    let (first, second) = (units(first), units(second));
    for grain in [Grain::Blocks, Grain::Sentences] {
        let (mut source, mut target) = (0, 0);
        for bead in align(&first, &second, grain).beads {
            assert_eq!((bead.source.start, bead.target.start), (source, target));
            (source, target) = (bead.source.end, bead.target.end);
        }
        assert_eq!((source, target), (first.len(), second.len()));
    }
}

/// A Vale style: what is imported can be read as a pack.
pub fn vale(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    let file = copydesk::import::vale::File { style: "House".into(), name: "Rule".into(), text };
    let imported = copydesk::import::vale::import(&[file]);
    pack(imported.pack.as_bytes());
}

fn draft(path: &str, text: &str) -> Draft {
    let source = Arc::new(Source::from_text(path, text));
    Draft { source, options: ReadOptions::default(), below: path.to_owned() }
}

/// All builtin rules on a pair of drafts.
pub fn check(data: &[u8]) {
    let Some(source) = source("draft", data) else { return };
    let (first, second) = source.text().split_once("\n=\n").unwrap_or((source.text(), ""));
    let drafts = [draft("a.en.md", first), draft("a.fr.md", second)];
    for finding in BUILTIN.check(&drafts).findings {
        let text = if finding.path == "a.en.md" { first } else { second };
        sound(text, finding.start.byte..finding.end.byte);
    }
}

/// What is safely corrected twice is the same as once.
pub fn fix(data: &[u8]) {
    let Some(source) = source("draft", data) else { return };
    let corrected = |text: &str| {
        let draft = draft("a.en.md", text);
        let findings = BUILTIN.check(std::slice::from_ref(&draft)).findings;
        let texts = |_: &str| Some(draft.source.clone());
        correct(&findings, Applicability::Safe, &texts, &values_stay).texts.remove("a.en.md")
    };
    let mut text = source.text().to_owned();
    let mut rounds = 0;
    while let Some(next) = corrected(&text).filter(|next| *next != text) {
        text = next;
        rounds += 1;
        assert!(rounds < 32, "corrections never end");
    }
}

/// Tables, address books, Wikidata and terminologies; the first byte says which. What is written of them is a register as to its form.
pub fn import(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let Some(source) = source("import", rest) else { return };
    let (format, ..) = Table::ALL[usize::from(*first) % Table::ALL.len()];
    let taken = copydesk::import::register::import(format, source.text(), None);
    let lines = source.text().split(['\n', '\r']).count();
    assert!(taken.left.iter().all(|left| (1..=lines + 1).contains(&left.line)), "{:?} of {lines} lines", taken.left);
    let written = copydesk::register::draft::write(&[], &taken.entries);
    let written = Source::from_text("register.toml", written);
    let (register, _) = Register::read([(id(), &written)]);
    assert!(register.entries().len() <= taken.entries.len());
}

/// A baseline; what is written of it says the same when it is read again.
pub fn baseline(data: &[u8]) {
    let Some(source) = source("baseline.toml", data) else { return };
    let (baseline, mistakes) = Baseline::read(&source, id());
    for mistake in &mistakes {
        sound(source.text(), mistake.primary.span.range());
    }
    let written = Source::from_text("baseline.toml", baseline.write());
    let (again, mistakes) = Baseline::read(&written, id());
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(again.len(), baseline.len());
}

static COMPILED: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let text = "[[organisation]]\nid = \"port\"\nname = \"Coastal Port Authority\"\nacronym = \"CPA\"\n\n[[person]]\nid = \"quill\"\n\
                name = { en = \"Ada Quill\", fr = \"Ada Quillé\" }\naccepted = [\"Ada B. Quill\"]\n";
    Register::read([(id(), &Source::from_text("register.toml", text))]).0.to_bytes()
});

/// A compiled register that was changed on purpose, at places and to bytes that the input says: with a right sum, so that all of it is read.
pub fn compiled(data: &[u8]) {
    let mut bytes = COMPILED.clone();
    let end = bytes.len() - 8;
    for change in data.chunks_exact(3) {
        let at = usize::from(u16::from_le_bytes([change[0], change[1]])) % end;
        bytes[at] = change[2];
    }
    bytes.truncate(end);
    bytes.extend(xxhash_rust::xxh3::xxh3_64(&bytes).to_le_bytes());
    if let Some(register) = Register::from_bytes(&bytes, &[id()]) {
        register.mentions("Ada Qill of the Coastal Port Authority (CPA), once Ada B. Quill");
        register.by_id("port");
        register.doubts();
    }
}

/// Every report about a draft: nothing that a terminal obeys, or that nobody sees, stands in it raw.
pub fn report(data: &[u8]) {
    let Some(source) = source("draft", data) else { return };
    let outcome = BUILTIN.check(&[draft("a\u{1b}\u{202e}.en.md", source.text())]);
    let summary = Summary { releases: outcome.releases, ..Summary::default() };
    let report = Report { findings: &outcome.findings, summary: &summary, reasons: &[] };
    for format in FORMATS {
        let mut out = Vec::new();
        (format.write)(&report, &Style { explain: true, ..Style::default() }, &mut out).expect("memory takes it");
        let out = String::from_utf8(out).expect("UTF-8");
        let raw = |c: char| c.is_control() && c != '\n' || copydesk::source::hidden(c);
        assert!(!out.contains(raw), "{}: {:?}", format.name, out.chars().find(|c| raw(*c)));
    }
}
