//! What a run says, and how: a [`Finding`] is a diagnostic that needs no source any more, a [`Summary`] is what was compared, and
//! each output format is one file and one line in [`FORMATS`]. Only `human.rs` knows codespan-reporting; nothing here reads a
//! disk, and a format writes only into the writer it is given.

mod checkstyle;
mod excerpt;
mod finding;
mod github;
mod gitlab;
mod html;
mod human;
mod json;
mod jsonl;
mod junit;
mod layout;
mod rdjsonl;
mod sarif;
mod schema;
mod short;
mod statistics;
mod summary;
mod told;

pub use crate::source::visible;
pub use excerpt::Excerpt;
pub use finding::{Correction, Finding, Related, Replacement};
pub use json::pretty;
pub use schema::schema;
pub use statistics::statistics;
pub use summary::{Counts, Problem, ReleaseSummary, Silenced, Summary};

use crate::diagnostic::Severity;
use std::io::{self, Write};

/// The findings of a run in their order, and what was compared.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What was found, ordered by path, place and rule.
    pub findings: &'a [Finding],
    /// What was compared.
    pub summary: &'a Summary,
    /// The reasons that packs give for their rules: id and reason, in the order of the ids.
    pub reasons: &'a [(String, String)],
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Colours for a terminal.
    pub color: bool,
    /// Columns to fill.
    pub width: usize,
    /// The chain of reasons under each finding.
    pub explain: bool,
    /// The severity from which a finding fails the run; `None` when none does.
    pub fail_on: Option<Severity>,
}

impl Default for Style {
    fn default() -> Self {
        Style { color: false, width: 100, explain: false, fail_on: Some(Severity::Error) }
    }
}

/// A format of reports.
#[derive(Debug)]
pub struct Format {
    /// As `--format` takes it.
    pub name: &'static str,
    /// Who reads it, in a few words.
    pub about: &'static str,
    /// Whether it shows the lines around findings.
    pub excerpts: bool,
    /// Writes the report.
    pub write: fn(&Report<'_>, &Style, &mut dyn Write) -> io::Result<()>,
}

/// Every format.
pub static FORMATS: &[Format] = &[
    human::FORMAT,
    short::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    sarif::FORMAT,
    github::FORMAT,
    gitlab::FORMAT,
    checkstyle::FORMAT,
    junit::FORMAT,
    rdjsonl::FORMAT,
    html::FORMAT,
];

/// The format with this name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The findings of each file, in the order of the report.
fn by_path(findings: &[Finding]) -> impl Iterator<Item = (&str, &[Finding])> {
    findings.chunk_by(|a, b| a.path == b.path).filter_map(|group| Some((group.first()?.path.as_str(), group)))
}
