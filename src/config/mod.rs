//! copydesk.toml and profiles as values. Text goes in; a [`Config`] and the mistakes found in it come out. What it says about one
//! file is asked of [`Config::at`]. Nothing here reads a disk: whoever calls finds the files and refuses those it must not open.
//!
//! Stands after `rule`, whose options it hands on, and before `kinds` and `engine`, which ask it.

mod keys;
mod layer;
mod paths;
mod pattern;

pub use keys::{CONFIG_KEYS, PROFILE_KEYS};
pub use layer::{Layer, Layers, Level};
pub use paths::{DEFAULT_INCLUDE, EXCLUDED, PathPatterns};
pub use pattern::RulePattern;

use crate::diagnostic::{Diagnostic, Severity};
use crate::settings::{Table, parse, suggest};
use crate::source::{Source, SourceId, Span};
use std::ops::Range;

/// The name of the file.
pub const FILE_NAME: &str = "copydesk.toml";

/// The rule that a mistake in configuration is reported under.
pub const INVALID: &str = "config/invalid";

/// A name that the configuration refers to (a pack, a register, a profile, a rule), and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name as written.
    pub name: String,
    /// Where it stands in the file, in bytes.
    pub range: Range<usize>,
}

/// Whether a text is still being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Placeholders and tracked changes are normal.
    Draft,
    /// As it will be published.
    Final,
}

impl Stage {
    /// The stage with this name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "draft" => Some(Stage::Draft),
            "final" => Some(Stage::Final),
            _ => None,
        }
    }
}

/// Which findings make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// Those of at least this severity.
    AtLeast(Severity),
    /// None.
    Never,
}

impl FailOn {
    /// The value with this name.
    pub fn parse(name: &str) -> Option<Self> {
        if name == "never" { Some(FailOn::Never) } else { Severity::parse(name).map(FailOn::AtLeast) }
    }
}

/// What the project says about its languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Languages {
    /// The language of originals.
    pub source: Option<String>,
    /// What every release must exist in.
    pub published: Vec<String>,
    /// How the paths of sisters are built; empty for the default.
    pub sisters: Vec<Reference>,
}

/// A project's configuration.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// Where it was read from; `None` for the default.
    pub source: Option<SourceId>,
    /// What a draft is; `None` for [`DEFAULT_INCLUDE`].
    pub include: Option<PathPatterns>,
    /// What is no draft, beside [`EXCLUDED`].
    pub exclude: PathPatterns,
    /// Packs in their order; `None` for the builtin ones alone.
    pub packs: Option<Vec<Reference>>,
    /// Register files.
    pub registers: Vec<Reference>,
    /// House profiles in their order.
    pub profiles: Vec<Reference>,
    /// Which findings make a run fail.
    pub fail_on: Option<FailOn>,
    /// Languages of the project.
    pub languages: Languages,
    /// What holds for every file.
    pub layer: Layer,
    /// What holds for part of the tree, in the order of the file.
    pub files: Vec<FilesTable>,
}

/// A `[[files]]` table.
#[derive(Debug, Clone, Default)]
pub struct FilesTable {
    /// The files it is about.
    pub paths: PathPatterns,
    /// Their language.
    pub language: Option<String>,
    /// Their stage.
    pub stage: Option<Stage>,
    /// House profiles for them.
    pub profiles: Vec<Reference>,
    /// Register files for them, beside those of the project.
    pub registers: Vec<Reference>,
    /// Severities, switches and options for them.
    pub layer: Layer,
}

/// What the configuration says about one file.
#[derive(Debug, Clone)]
pub struct AtPath<'a> {
    config: &'a Config,
    /// Indices in [`Config::files`] of the tables that hold, in their order. Files with the same indices have the same rules.
    pub tables: Vec<usize>,
}

impl Config {
    /// Reads copydesk.toml. What is right is kept even where something is wrong.
    pub fn read(source: &Source, id: SourceId) -> (Self, Vec<Diagnostic>) {
        let (table, problems) = parse(source, id, CONFIG_KEYS, INVALID);
        let mut reader = Reader { id, problems };
        let languages = table.table("languages");
        let config = Config {
            source: Some(id),
            include: table.get("include").map(|_| reader.paths(&table, "include")),
            exclude: reader.paths(&table, "exclude"),
            packs: table.get("packs").map(|_| reader.files(&table, "packs")),
            registers: reader.files(&table, "registers"),
            profiles: references(&table, "profile"),
            fail_on: table.text("fail-on").and_then(FailOn::parse),
            languages: languages.map(read_languages).unwrap_or_default(),
            layer: reader.layer(&table),
            files: table.tables("files").map(|table| reader.files_table(table)).collect(),
        };
        (config, reader.problems)
    }

    /// What holds for a file, by its path below the folder of copydesk.toml, with `/` between its parts.
    pub fn at(&self, path: &str) -> AtPath<'_> {
        let tables = self.files.iter().enumerate().filter(|(_, table)| table.paths.matches(path));
        AtPath { config: self, tables: tables.map(|(i, _)| i).collect() }
    }

    /// Whether a file found in a folder is a draft, by its path below the folder of copydesk.toml.
    pub fn is_draft(&self, path: &str) -> bool {
        let included = match &self.include {
            Some(patterns) => patterns.matches(path),
            None => paths::default_include(path),
        };
        included && !paths::builtin_exclusion(path) && !self.exclude.matches(path)
    }

    /// Mistyped rule names, underlined, with the known one that was meant.
    pub fn unknown_rules(&self, known: &[&str]) -> Vec<Diagnostic> {
        let Some(id) = self.source else { return Vec::new() };
        let layers = std::iter::once(&self.layer).chain(self.files.iter().map(|table| &table.layer));
        layers.flat_map(|layer| layer.unknown_rules(known, id)).collect()
    }

    /// A mistake at a place in copydesk.toml; `None` for the default configuration, in which there is none.
    pub fn mistake(&self, range: Range<usize>, message: impl Into<String>) -> Option<Diagnostic> {
        Some(mistake(self.source?, range, message))
    }
}

impl<'a> AtPath<'a> {
    /// The layers that hold, weakest first, to which those of profiles and of the command line are added.
    pub fn layers(&self) -> impl Iterator<Item = &'a Layer> + use<'a> {
        let files = &self.config.files;
        let tables: Vec<_> = self.tables.iter().filter_map(|&i| files.get(i)).map(|table| &table.layer).collect();
        std::iter::once(&self.config.layer).chain(tables)
    }

    /// The profiles that hold, weakest first.
    pub fn profiles(&self) -> Vec<&'a Reference> {
        self.config.profiles.iter().chain(self.each().flat_map(|table| &table.profiles)).collect()
    }

    /// The registers that hold.
    pub fn registers(&self) -> Vec<&'a Reference> {
        self.config.registers.iter().chain(self.each().flat_map(|table| &table.registers)).collect()
    }

    /// The stage, where a table says so; the last one counts.
    pub fn stage(&self) -> Option<Stage> {
        self.each().filter_map(|table| table.stage).last()
    }

    /// The language, where a table says so; the last one counts.
    pub fn language(&self) -> Option<&'a str> {
        self.each().filter_map(|table| table.language.as_deref()).last()
    }

    fn each(&self) -> impl Iterator<Item = &'a FilesTable> {
        self.tables.iter().filter_map(|&i| self.config.files.get(i))
    }
}

/// Reads a profile: switches, severities and options of rules under a house's name.
pub fn read_profile(source: &Source, id: SourceId) -> (Layer, Vec<Diagnostic>) {
    let (table, problems) = parse(source, id, PROFILE_KEYS, INVALID);
    let mut reader = Reader { id, problems };
    (reader.layer(&table), reader.problems)
}

fn mistake(id: SourceId, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(INVALID, Severity::Error, message, Span::new(id, range))
}

/// “did you mean”, where one of the known names is near.
fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    suggest(name, known).map(|near| format!("did you mean “{near}”?"))
}

fn references(table: &Table, key: &str) -> Vec<Reference> {
    let values = table.get(key).into_iter().flat_map(|value| value.texts());
    values.map(|(name, range)| Reference { name: name.to_owned(), range }).collect()
}

fn read_languages(table: &Table) -> Languages {
    Languages {
        source: table.text("source").map(str::to_owned),
        published: table.texts("published").into_iter().map(str::to_owned).collect(),
        sisters: references(table, "sisters"),
    }
}

struct Reader {
    id: SourceId,
    problems: Vec<Diagnostic>,
}

impl Reader {
    fn paths(&mut self, table: &Table, key: &str) -> PathPatterns {
        let (patterns, errors) = PathPatterns::new(references(table, key));
        self.problems.extend(errors.into_iter().map(|(range, message)| mistake(self.id, range, message)));
        patterns
    }

    /// References to files. A path that names a place on one machine cannot be meant for a project.
    fn files(&mut self, table: &Table, key: &str) -> Vec<Reference> {
        let (kept, refused) = references(table, key)
            .into_iter()
            .partition(|file: &Reference| !file.name.starts_with(['/', '\\', '~']) && file.name.get(1..2) != Some(":"));
        let refused: Vec<Reference> = refused;
        self.problems.extend(refused.into_iter().map(|file| {
            mistake(self.id, file.range, "the path leads out of the project")
                .help("give a path relative to the folder of copydesk.toml")
        }));
        kept
    }

    fn layer(&mut self, table: &Table) -> Layer {
        let mut layer = Layer::default();
        for reference in references(table, "enable") {
            if reference.name.contains('*') {
                let message = "a rule is switched on by its exact id or by a profile, never by a pattern";
                self.problems.push(mistake(self.id, reference.range, message));
            } else {
                layer.enable.push(reference);
            }
        }
        let severities = table.table("severity").map(|table| table.entries.as_slice()).unwrap_or_default();
        layer.severity = severities
            .iter()
            .filter_map(|(pattern, place, value)| {
                let level = Level::parse(value.text()?)?;
                Some((RulePattern::new(pattern), level, place.clone()))
            })
            .collect();
        for (rule, place, value) in table.table("options").map(|t| t.entries.as_slice()).unwrap_or_default() {
            match value.table() {
                Some(options) => {
                    let rule = Reference { name: rule.clone(), range: place.clone() };
                    layer.options.push((rule, options.clone()));
                }
                None => {
                    let problem = mistake(self.id, value.range.clone(), "options of a rule are a table");
                    self.problems.push(problem.help(format!("[options.\"{rule}\"]")));
                }
            }
        }
        layer
    }

    fn files_table(&mut self, table: &Table) -> FilesTable {
        FilesTable {
            paths: self.paths(table, "paths"),
            language: table.text("lang").map(str::to_owned),
            stage: table.text("stage").and_then(Stage::parse),
            profiles: references(table, "profile"),
            registers: self.files(table, "registers"),
            layer: self.layer(table),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Config, Vec<String>) {
        let source = Source::from_text(FILE_NAME, text);
        let (config, problems) = Config::read(&source, SourceId(0));
        let shown = problems
            .iter()
            .map(|p| {
                let place = source.slice(p.primary.span.range());
                format!("{} @{place} {}", p.message, p.help.as_deref().unwrap_or(""))
            })
            .collect();
        (config, shown)
    }

    #[test]
    fn every_key_of_the_design_is_read() {
        let (config, problems) = read(
            r#"
include   = ["**/*.md"]
exclude   = ["old"]
packs     = ["builtin", "house/*.toml"]
registers = "registers/*.toml"
profile   = ["un"]
enable    = ["typography/no-break-space"]
fail-on   = "warning"
[languages]
source    = "en"
published = ["en", "fr"]
sisters   = ["{path}[.{lang}].{ext}"]
[severity]
"typography/*" = "off"
[options."dates/order"]
en = "day-month-year"
[[files]]
paths    = ["archive/**"]
severity = { "*" = "warning", "dates/*" = "info" }
stage    = "draft"
lang     = "fr"
"#,
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert!(config.is_draft("a/b.md") && !config.is_draft("a/b.txt") && !config.is_draft("old/b.md"));
        assert!(!config.is_draft("LICENSE.md"));
        assert_eq!(config.fail_on, Some(FailOn::AtLeast(Severity::Warning)));
        assert_eq!(config.packs.as_ref().map(Vec::len), Some(2));
        assert_eq!(config.languages.published, ["en", "fr"]);
        let here = config.at("archive/2012/x.md");
        assert_eq!((here.stage(), here.language()), (Some(Stage::Draft), Some("fr")));
        let layers = Layers::new(here.layers());
        assert_eq!(layers.level("typography/dash"), Some(Level::At(Severity::Warning)));
        assert_eq!(layers.level("dates/order"), Some(Level::At(Severity::Info)));
        assert!(layers.enables("typography/no-break-space"));
        assert_eq!(layers.options("dates/order")[0].text("en"), Some("day-month-year"));
        assert_eq!(Layers::new(config.at("x.md").layers()).level("typography/dash"), Some(Level::Off));
    }

    #[test]
    fn mistakes_are_underlined() {
        let (_, problems) = read("excude = []\nenable = ['dates/*']\npacks = ['/etc/pack.toml']\nexclude = ['a[']\n");
        assert_eq!(problems[0], "unknown key “excude” @excude did you mean “exclude”?");
        assert!(problems.iter().any(|p| p.starts_with("a rule is switched on by its exact id")));
        assert!(problems.iter().any(|p| p.starts_with("the path leads out of the project @'/etc/pack.toml'")));
        assert!(problems.iter().any(|p| p.contains("@'a['")), "{problems:?}");
        assert_eq!(problems.len(), 4);
    }

    #[test]
    fn a_rule_nobody_knows_is_named_with_the_one_that_was_meant() {
        let (config, _) = read("enable = ['dates/ordr']\n[severity]\n'nmes/*' = 'off'\n'dates/*' = 'off'\n");
        let problems = config.unknown_rules(&["dates/order", "names/spelling"]);
        let shown: Vec<_> = problems.iter().map(|p| (p.message.as_str(), p.help.as_deref())).collect();
        assert_eq!(
            shown,
            [
                ("there is no rule “dates/ordr”", Some("did you mean “dates/order”?")),
                ("no rule matches “nmes/*”", Some("did you mean “names/*”?")),
            ]
        );
    }
}
