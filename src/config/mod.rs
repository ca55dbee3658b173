//! copydesk.toml as values. Text goes in; a [`Config`] and the mistakes found in it come out. What it says about one
//! file is asked of [`Config::at`]. Nothing here reads a disk: whoever calls finds the files and refuses those it must not open.
//!
//! Stands after `rule`, whose severities and options it speaks of, and before `engine`, which asks it.

mod keys;
mod paths;

pub use keys::CONFIG_KEYS;
pub use paths::{DEFAULT_INCLUDE, EXCLUDED, PathPatterns};

use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::Stage;
use crate::settings::{Table, Value, parse};
use crate::source::{Source, SourceId, Span};
use std::ops::Range;

/// The name of the file.
pub const FILE_NAME: &str = "copydesk.toml";

/// The rule that a mistake in configuration is reported under.
pub const INVALID: &str = "config/invalid";

/// A name that the configuration refers to (a pack, a register, a profile), and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The name as written.
    pub name: String,
    /// Where it stands in the file, in bytes.
    pub range: Range<usize>,
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

/// What one place says about rules; see [`crate::rule::decide`] for which of its severities holds.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    /// Rules switched on, by exact id.
    pub enable: Vec<(String, Span)>,
    /// Severities by id or glob; `None` is off.
    pub severity: Vec<(String, Option<Severity>, Span)>,
    /// Options by rule id.
    pub options: Vec<(String, Table, Span)>,
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
            packs: table.get("packs").map(|_| references(&table, "packs")),
            registers: references(&table, "registers"),
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

    /// A mistake at a place in copydesk.toml; `None` for the default configuration, in which there is none.
    pub fn mistake(&self, range: Range<usize>, message: impl Into<String>) -> Option<Diagnostic> {
        Some(mistake(self.source?, range, message))
    }
}

impl<'a> AtPath<'a> {
    /// The registers that hold.
    pub fn registers(&self) -> Vec<&'a Reference> {
        self.config.registers.iter().chain(self.each().flat_map(|table| &table.registers)).collect()
    }

    /// The language, where a table says so; the last one counts.
    pub fn language(&self) -> Option<&'a str> {
        self.each().filter_map(|table| table.language.as_deref()).last()
    }

    fn each(&self) -> impl Iterator<Item = &'a FilesTable> {
        self.tables.iter().filter_map(|&i| self.config.files.get(i))
    }
}

fn mistake(id: SourceId, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(INVALID, Severity::Error, message, Span::new(id, range))
}

fn entries<'a>(table: &'a Table, key: &str) -> &'a [(String, Range<usize>, Value)] {
    table.table(key).map(|table| table.entries.as_slice()).unwrap_or_default()
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

    fn layer(&mut self, table: &Table) -> Layer {
        let mut layer = Layer::default();
        for reference in references(table, "enable") {
            if reference.name.contains('*') {
                let message = "a rule is switched on by its exact id or by a profile, never by a pattern";
                self.problems.push(mistake(self.id, reference.range, message));
            } else {
                layer.enable.push((reference.name, Span::new(self.id, reference.range)));
            }
        }
        for (name, place, value) in entries(table, "severity") {
            let severity = value.text().and_then(Severity::parse);
            layer.severity.push((name.clone(), severity, Span::new(self.id, place.clone())));
        }
        for (rule, place, value) in entries(table, "options") {
            match value.table() {
                Some(options) => {
                    layer.options.push((rule.clone(), options.clone(), Span::new(self.id, place.clone())));
                }
                None => {
                    let problem = mistake(self.id, value.range.clone(), "options of a rule are a table");
                    self.problems.push(problem.help(format!("write it under [options.\"{rule}\"]")));
                }
            }
        }
        layer
    }

    fn files_table(&mut self, table: &Table) -> FilesTable {
        FilesTable {
            paths: self.paths(table, "paths"),
            language: table.text("lang").map(str::to_owned),
            stage: table.text("stage").map(|name| if name == "draft" { Stage::Draft } else { Stage::Final }),
            profiles: references(table, "profile"),
            registers: references(table, "registers"),
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
        assert_eq!(here.language(), Some("fr"));
        assert_eq!(config.layer.severity[0].1, None);
        assert_eq!(config.layer.enable[0].0, "typography/no-break-space");
        assert_eq!(config.layer.options[0].1.text("en"), Some("day-month-year"));
        assert_eq!(config.files[0].stage, Some(Stage::Draft));
        assert_eq!(config.files[0].layer.severity[0].1, Some(Severity::Warning));
        assert_eq!(config.at("x.md").language(), None);
    }

    #[test]
    fn mistakes_are_underlined() {
        let (_, problems) = read("excude = []\nenable = ['dates/*']\nexclude = ['a[']\n");
        assert_eq!(problems[0], "unknown key “excude” @excude did you mean “exclude”?");
        assert!(problems.iter().any(|p| p.starts_with("a rule is switched on by its exact id")));
        assert!(problems.iter().any(|p| p.contains("@'a['")), "{problems:?}");
        assert_eq!(problems.len(), 3);
    }
}
