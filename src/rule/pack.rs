//! A rule pack: TOML with `[[rule]]` tables, and for profiles what it switches on and how severe it finds it.

use super::scope::SCOPE_NAMES;
use super::{Check, Kind, Resources, Scope, Setup, Stage};
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::Format;
use crate::register::Register;
use crate::settings::{self, Key, Shape, Table};
use crate::source::{Source, SourceId, Span};
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::sync::Arc;

const SEVERITIES: &[&str] = &["error", "warning", "info"];

/// How drafts are written, as packs name it.
const FORMATS: &[(&str, Format)] = &[("plain", Format::Plain), ("markdown", Format::Markdown), ("html", Format::Html)];

/// The keys of an example.
const EXAMPLE_KEYS: &[Key] = &[
    Key::new("wrong", Shape::Text, "A text in which the rule must report."),
    Key::new("right", Shape::Text, "The same text put right; the rule is silent on it, and a fix produces it."),
    Key::new("clean", Shape::Text, "A near miss on which the rule is silent."),
    Key::new("at", Shape::Text, "The words that must be underlined in the wrong text."),
    Key::new("lang", Shape::Language, "Language of the texts; the rule's first language by default."),
    Key::new("original", Shape::Text, "The text that this one translates."),
    Key::new("beside", Shape::List(&Shape::Text), "Texts of other files of the run, where the rule compares files."),
    Key::new("original-lang", Shape::Language, "Language of the original; English by default."),
    Key::new("published", Shape::List(&Shape::Language), "The languages that the release must exist in."),
    Key::new("date", Shape::Date, "The date of the release."),
    Key::new("path", Shape::Text, "File name of the draft, which decides its format; “draft.md” by default."),
];

/// The keys that every rule may hold, whatever its kind.
pub(super) const COMMON_KEYS: &[Key] = &[
    Key::required("id", Shape::Text, "The rule's name, family and name with a slash between."),
    Key::required("kind", Shape::Text, "The kind of rule, such as wording/substitute."),
    Key::new("severity", Shape::OneOf(SEVERITIES), "How much harm the fault does; warning by default."),
    Key::new("confidence", Shape::OneOf(&["high", "medium", "low"]), "How sure the rule is; high by default."),
    Key::new("languages", Shape::List(&Shape::Language), "Languages it looks at; every language by default."),
    Key::new(
        "scope",
        Shape::List(&Shape::OneOf(SCOPE_NAMES)),
        "Parts of a document it looks at; all prose by default.",
    ),
    Key::new(
        "formats",
        Shape::List(&Shape::OneOf(&["plain", "markdown", "html"])),
        "How the drafts are written that it looks at; however they are written by default.",
    ),
    Key::new(
        "draft",
        Shape::OneOf(SEVERITIES),
        "How severe it is at most while the text is a draft; as in a final text by default.",
    ),
    Key::new("message", Shape::Text, "What is wrong, in lower case and without a final stop."),
    Key::new("help", Shape::Text, "What to do."),
    Key::new("why", Shape::Text, "Why it is wrong: the reason in a sentence or two."),
    Key::new("authority", Shape::List(&Shape::Text), "Who says so: a style guide, a standard, a catalogue entry."),
    Key::new("catalogue", Shape::List(&Shape::Text), "Ids of the catalogue of editorial checks that it covers."),
    Key::new(
        "enabled",
        Shape::Bool,
        "false: off until a profile or the configuration switches it on; true by default.",
    ),
    Key::new("example", Shape::List(&Shape::Table(EXAMPLE_KEYS)), "Examples that `copydesk test` runs."),
];

/// The keys of a pack.
pub const PACK_KEYS: &[Key] = &[
    Key::new("title", Shape::Text, "What the pack is, in a few words."),
    Key::new("rule", Shape::List(&Shape::Any), "The rules."),
    Key::new("example-register", Shape::Text, "A register in TOML that the examples of this pack are read with."),
    Key::new(
        "enable",
        Shape::List(&Shape::Text),
        "Rules of other packs that are off and that this pack switches on, by exact id.",
    ),
    Key::new(
        "severity",
        Shape::Map(&Shape::OneOf(&["error", "warning", "info", "off"])),
        "Severity by rule id or glob.",
    ),
    Key::new("options", Shape::Map(&Shape::Map(&Shape::Any)), "Options by rule id: keys of the rule's kind."),
];

/// One rule.
#[derive(Clone)]
pub struct Rule {
    /// Its id, such as `house/log-in-to`.
    pub id: String,
    /// The kind it is of.
    pub kind: &'static Kind,
    /// How much harm the fault does, before profile and configuration.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// The languages it looks at, lower case; empty for all. `fr` covers `fr-CA`.
    pub languages: Vec<String>,
    /// The parts of a document it looks at.
    pub scope: Scope,
    /// How the drafts are written that it looks at; empty for all.
    pub formats: Vec<Format>,
    /// The highest severity while the text is a draft.
    pub draft: Option<Severity>,
    /// What is wrong; the kind's own words where absent.
    pub message: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Why it is wrong.
    pub why: Option<String>,
    /// Who says so.
    pub authority: Vec<String>,
    /// Ids of the catalogue.
    pub catalogue: Vec<String>,
    /// Whether it is on without being asked for.
    pub enabled: bool,
    /// Its examples.
    pub examples: Vec<Example>,
    /// The register that they are read with.
    pub example_register: Arc<Register>,
    /// Where its id stands in its pack.
    pub place: Span,
    /// What it does.
    pub check: Arc<dyn Check>,
    /// Its table, from which the check is built anew when options change.
    pub(super) table: Table,
    resources: Arc<dyn Resources>,
}

/// A text that shows what a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The draft.
    pub text: String,
    /// What the rule must do with it.
    pub expect: Expectation,
    /// Language tag of the draft, where the example gives one.
    pub language: Option<String>,
    /// The release's date.
    pub date: Option<jiff::civil::Date>,
    /// File name of the draft.
    pub path: String,
    /// The text that it translates, with its language tag.
    pub original: Option<(String, String)>,
    /// The texts of other files of the run.
    pub beside: Vec<String>,
    /// The languages that the release must exist in.
    pub published: Vec<String>,
    /// Where the draft stands in the pack.
    pub place: Span,
}

/// What a rule must do with an example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// Report, at these words where the example names them; applying the fixes gives `right` where the example has one.
    Report {
        /// The words that must be underlined.
        at: Option<String>,
        /// The text put right.
        right: Option<String>,
    },
    /// Stay silent.
    Silence,
}

/// What was read from one pack.
#[derive(Clone, Default)]
pub struct Pack {
    /// Its rules, in their order.
    pub rules: Vec<Rule>,
    /// The register that their examples are read with.
    pub example_register: Arc<Register>,
    /// Rules of other packs that it switches on, by exact id, with their place.
    pub enable: Vec<(String, Span)>,
    /// Severities by id or glob; `None` is off.
    pub severity: Vec<(String, Option<Severity>, Span)>,
    /// Options by rule id.
    pub options: Vec<(String, Table, Span)>,
}

impl Pack {
    /// Reads a pack. What is right is kept, and each mistake is a diagnostic underlined in the pack's own source.
    pub fn read(
        source: &Source,
        id: SourceId,
        kinds: &[&'static Kind],
        resources: &Arc<dyn Resources>,
    ) -> (Pack, Vec<Diagnostic>) {
        let (root, mut problems) = settings::parse(source, id, PACK_KEYS, "pack/invalid");
        let mut register = Arc::default();
        if let Some(value) = root.get("example-register") {
            match in_place(source, value) {
                Some(text) => {
                    let (read, mistakes) = Register::read([(id, &text)]);
                    problems.extend(mistakes);
                    register = Arc::new(read);
                }
                None => problems.push(
                    Diagnostic::new(
                        "pack/invalid",
                        Severity::Error,
                        "this register has escapes",
                        Span::new(id, value.range.clone()),
                    )
                    .help("write it between two lines of ''', as it would stand in a file"),
                ),
            }
        }
        Pack::of(root, register, problems, id, kinds, resources, false)
    }

    /// One of our own packs as it was read when the program was built, without what only the pages of its rules show. Its
    /// expressions are not looked through.
    pub fn stored(
        bytes: &[u8],
        id: SourceId,
        kinds: &[&'static Kind],
        resources: &Arc<dyn Resources>,
    ) -> (Pack, Vec<Diagnostic>) {
        let (root, problems) = settings::stored(bytes, id, PACK_KEYS, "pack/invalid");
        Pack::of(root, Arc::default(), problems, id, kinds, resources, true)
    }

    fn of(
        mut root: Table,
        example_register: Arc<Register>,
        mut problems: Vec<Diagnostic>,
        id: SourceId,
        kinds: &[&'static Kind],
        resources: &Arc<dyn Resources>,
        trusted: bool,
    ) -> (Pack, Vec<Diagnostic>) {
        let mut pack = Pack { example_register, ..Pack::default() };
        // Looking through the expressions of the builtin rules is most of what a short run takes.
        let tables = root.take_tables("rule");
        let read: Vec<_> =
            tables.into_par_iter().map(|table| read_rule(table, id, kinds, resources, trusted)).collect();
        for rule in read {
            match rule {
                Ok(rule) => pack.rules.push(Rule { example_register: pack.example_register.clone(), ..rule }),
                Err(mistakes) => problems.extend(mistakes),
            }
        }
        let enable = root.get("enable").map(|value| value.texts().collect::<Vec<_>>()).unwrap_or_default();
        pack.enable = enable.into_iter().map(|(name, range)| (name.to_owned(), Span::new(id, range))).collect();
        for (name, range, value) in root.table("severity").map(|table| table.entries.as_slice()).unwrap_or_default() {
            let severity = Severity::parse(value.text().unwrap_or_default());
            pack.severity.push((name.clone(), severity, Span::new(id, range.clone())));
        }
        for (name, range, value) in root.table("options").map(|table| table.entries.as_slice()).unwrap_or_default() {
            if let Some(table) = value.table() {
                pack.options.push((name.clone(), table.clone(), Span::new(id, range.clone())));
            }
        }
        (pack, problems)
    }
}

/// TOML that stands in a string of a pack, at the place where it stands there, so that its spans are spans of the pack; `None`
/// where the string does not hold it letter by letter.
fn in_place(source: &Source, value: &settings::Value) -> Option<Source> {
    let text = value.text()?;
    let at = value.range.start + source.text().get(value.range.clone())?.find(text)?;
    Some(Source::from_text(source.path(), " ".repeat(at) + text))
}

fn read_rule(
    table: Table,
    source: SourceId,
    kinds: &[&'static Kind],
    resources: &Arc<dyn Resources>,
    trusted: bool,
) -> Result<Rule, Vec<Diagnostic>> {
    let mistake = |range: std::ops::Range<usize>, message: String| {
        Diagnostic::new("pack/invalid", Severity::Error, message, Span::new(source, range))
    };
    let Some(kind_value) = table.get("kind").filter(|value| value.text().is_some()) else {
        return Err(vec![
            mistake(table.range.clone(), "a rule without a kind".into())
                .help("add `kind = \"wording/substitute\"`, say"),
        ]);
    };
    let name = kind_value.text().unwrap_or_default();
    let Some(kind) = kinds.iter().find(|kind| kind.name == name) else {
        let near = settings::suggest(name, kinds.iter().map(|kind| kind.name));
        let help = near
            .map_or("`copydesk rules --kinds` lists the kinds".to_owned(), |near| format!("did you mean “{near}”?"));
        return Err(vec![mistake(kind_value.range.clone(), format!("unknown kind “{name}”")).help(help)]);
    };
    let keys: Vec<Key> = COMMON_KEYS.iter().chain(kind.keys).copied().collect();
    let (table, mut problems) = settings::check(table, source, &keys, "pack/invalid");
    let Some(id_value) = table.get("id") else { return Err(problems) };
    let id = id_value.text().unwrap_or_default();
    if !well_formed(id) {
        problems.push(
            mistake(id_value.range.clone(), format!("“{id}” is no rule id"))
                .help("family and name in lower case with a slash between, such as house/log-in-to"),
        );
    }
    let check = match (kind.build)(&Setup { id, table: &table, source, resources, trusted }) {
        Ok(check) if problems.is_empty() => check,
        Ok(_) => return Err(problems),
        Err(mistakes) => {
            problems.extend(mistakes);
            return Err(problems);
        }
    };
    let texts = |key: &str| table.texts(key).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let text = |key: &str| table.text(key).map(str::to_owned);
    Ok(Rule {
        id: id.to_owned(),
        kind,
        severity: table.text("severity").and_then(Severity::parse).unwrap_or(Severity::Warning),
        confidence: table.text("confidence").and_then(Confidence::parse).unwrap_or(Confidence::High),
        languages: texts("languages").iter().map(|tag| tag.to_lowercase()).collect(),
        scope: Scope::new(table.texts("scope")),
        formats: FORMATS.iter().filter(|(name, _)| texts("formats").iter().any(|t| t == name)).map(|f| f.1).collect(),
        draft: table.text("draft").and_then(Severity::parse),
        message: text("message"),
        help: text("help"),
        why: text("why"),
        authority: texts("authority"),
        catalogue: texts("catalogue"),
        enabled: table.bool("enabled").unwrap_or(true),
        examples: table.tables("example").flat_map(|example| read_example(example, source)).collect(),
        example_register: Arc::default(),
        place: Span::new(source, id_value.range.clone()),
        check: check.into(),
        table,
        resources: resources.clone(),
    })
}

/// Letters, digits and hyphens, with at least one slash.
fn well_formed(id: &str) -> bool {
    let parts: Vec<_> = id.split('/').collect();
    let part = |part: &&str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c))
    };
    parts.len() >= 2 && parts.iter().all(part)
}

/// A table with `wrong` and `right` is two examples: one reported, one silent.
fn read_example(table: &Table, source: SourceId) -> Vec<Example> {
    let example = |key: &str, expect: Expectation| {
        let value = table.get(key)?;
        Some(Example {
            text: value.text()?.to_owned(),
            expect,
            language: table.text("lang").map(str::to_owned),
            date: table.get("date").and_then(|value| value.date()).map(|date| date.first()),
            path: table.text("path").unwrap_or("draft.md").to_owned(),
            beside: table.texts("beside").into_iter().map(str::to_owned).collect(),
            published: table.texts("published").into_iter().map(str::to_owned).collect(),
            original: table
                .text("original")
                .map(|text| (text.to_owned(), table.text("original-lang").unwrap_or("en").to_owned())),
            place: Span::new(source, value.range.clone()),
        })
    };
    let text = |key: &str| table.text(key).map(str::to_owned);
    let wrong = example("wrong", Expectation::Report { at: text("at"), right: text("right") });
    [wrong, example("right", Expectation::Silence), example("clean", Expectation::Silence)]
        .into_iter()
        .flatten()
        .collect()
}

impl Rule {
    /// Whether it looks at texts in a language; a text whose language is unknown is looked at by rules for every language.
    pub fn speaks(&self, tag: Option<&str>) -> bool {
        let Some(tag) = tag else { return self.languages.is_empty() };
        let covers = |language: &String| {
            let tag = tag.as_bytes();
            tag.len() >= language.len()
                && tag[..language.len()].eq_ignore_ascii_case(language.as_bytes())
                && matches!(tag.get(language.len()), None | Some(b'-' | b'_'))
        };
        self.languages.is_empty() || self.languages.iter().any(covers)
    }

    /// Whether it looks at drafts that are written like this.
    pub fn reads(&self, format: Format) -> bool {
        self.formats.is_empty() || self.formats.contains(&format)
    }

    /// Its severity at a stage, where `severity` is the one in force.
    pub fn severity_at(&self, stage: Stage, severity: Severity) -> Severity {
        match self.draft {
            Some(draft) if stage == Stage::Draft => severity.min(draft),
            _ => severity,
        }
    }

    /// The family, which is what stands before the first slash.
    pub fn family(&self) -> &str {
        self.id.split('/').next().unwrap_or(&self.id)
    }

    /// The rule with options laid over its own; mistakes in the options come back as diagnostics where the options stand.
    pub(super) fn with_options(&mut self, options: &Table, source: SourceId) -> Vec<Diagnostic> {
        let options = under_their_key(options.clone(), self.kind.keys);
        let (options, mut problems) = settings::check(options, source, &optional(self.kind.keys), "pack/invalid");
        for (name, place, value) in options.entries {
            match self.table.entries.iter_mut().find(|(key, ..)| *key == name) {
                Some(entry) => *entry = (name, place, value),
                None => self.table.entries.push((name, place, value)),
            }
        }
        match (self.kind.build)(&Setup {
            id: &self.id,
            table: &self.table,
            source,
            resources: &self.resources,
            trusted: false,
        }) {
            Ok(check) => self.check = check.into(),
            Err(mistakes) => problems.extend(mistakes),
        }
        problems
    }
}

/// Where a kind has one key that differs by language, `en = …` says the same as `key = { en = … }`.
fn under_their_key(mut options: Table, keys: &[Key]) -> Table {
    let mut by_language = keys.iter().filter(|key| matches!(key.shape, Shape::ByLanguage(_)));
    let (Some(key), None) = (by_language.next(), by_language.next()) else { return options };
    let known = |name: &str| keys.iter().any(|key| key.name == name);
    // What is nearly a key was meant as one.
    let misspelt = |name: &str| settings::suggest(name, keys.iter().map(|key| key.name)).is_some();
    let is_tag = |name: &str| !known(name) && (settings::check_language(name).is_ok() || !misspelt(name));
    let (tags, rest): (Vec<_>, Vec<_>) = options.entries.into_iter().partition(|(name, ..)| is_tag(name));
    options.entries = rest;
    if let Some((_, place, _)) = tags.first() {
        let place = place.clone();
        let table = Table { range: place.clone(), entries: tags };
        options.entries.push((key.name.to_owned(), place.clone(), settings::Value::table_at(place, table)));
    }
    options
}

/// Options replace single keys, so none of them must be there.
fn optional(keys: &[Key]) -> Vec<Key> {
    keys.iter().map(|key| Key { required: false, ..*key }).collect()
}
