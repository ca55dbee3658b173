//! What a run compared, so that its silence means something.

use super::Finding;
use crate::diagnostic::Severity;
use serde::{Deserialize, Serialize};

/// What a run read and compared, beside its findings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files read as drafts, those read only for comparison included.
    pub files: usize,
    /// Every release with what is known about it, in the order of path and place.
    pub releases: Vec<ReleaseSummary>,
    /// Path of the original and of the translation of each pair compared.
    pub pairs: Vec<[String; 2]>,
    /// Files that have no version in another language.
    pub without_sister: Vec<String>,
    /// Findings by severity.
    pub counts: Counts,
    /// Findings that were not reported, by what silenced them.
    pub silenced: Silenced,
    /// Rules in force.
    pub rules: usize,
    /// Problems of the run; a report in JSON lists them beside the summary.
    #[serde(serialize_with = "length")]
    pub problems: Vec<Problem>,
}

/// One release of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseSummary {
    /// The file.
    pub path: String,
    /// Which release of the file, from 0.
    pub document: usize,
    /// Language tag; absent when it could not be told.
    pub language: Option<String>,
    /// How the language is known: “front matter”, “detected from the text”.
    pub language_from: String,
    /// Release date, year-month-day; absent when it is not known.
    pub date: Option<String>,
    /// Where the date was found: “dateline”, “front matter”.
    pub date_from: Option<String>,
}

/// How many findings of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Certainly wrong.
    pub error: usize,
    /// For a person to judge.
    pub warning: usize,
    /// Worth knowing.
    pub info: usize,
}

/// How many findings were not reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Silenced {
    /// By a stet.
    pub stet: usize,
    /// By the baseline.
    pub baseline: usize,
    /// Because the change did not touch them.
    pub unchanged: usize,
}

/// Something that kept the run from doing its work: exit status 2.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The file it is about; absent when it is about none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What happened: lower case, no final stop.
    pub message: String,
}

impl Problem {
    /// A problem with a file.
    pub fn with(path: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { path: Some(path.into()), message: message.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Counts {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Counts::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.error += 1,
                Severity::Warning => counts.warning += 1,
                Severity::Info => counts.info += 1,
            }
        }
        counts
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.error + self.warning + self.info
    }

    /// Those at or above a severity.
    pub fn at_least(self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error + self.warning,
            Severity::Info => self.total(),
        }
    }
}

fn length<S: serde::Serializer>(problems: &[Problem], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(problems.len() as u64)
}
