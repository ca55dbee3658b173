//! What is said about a text, as plain data: a [`Diagnostic`] with its labels, its severity and confidence, and the [`Fix`] that
//! would put it right. Nothing here prints.

mod fingerprint;

pub use fingerprint::fingerprints;

use crate::source::Span;
use serde::{Deserialize, Serialize};

/// How much harm the fault does. Ordered: `Info < Warning < Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; taste, or normal at this stage.
    Info,
    /// A person must judge.
    Warning,
    /// Certainly wrong.
    Error,
}

/// How sure the rule is that this is a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Read one by one, a good part may be no fault.
    Low,
    /// Most are faults.
    Medium,
    /// It is one.
    High,
}

/// Who may apply a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Shown only: there is more than one correction, or it is an example.
    Display,
    /// A person accepts it.
    Unsafe,
    /// May run unattended: it changes how something is written and never what it says.
    Safe,
}

macro_rules! named {
    ($type:ident { $($variant:ident = $name:literal),* }) => {
        impl $type {
            /// Every value, least first.
            pub const ALL: &'static [$type] = &[$($type::$variant),*];

            /// The name that configuration and reports use.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),* }
            }

            /// The value with this name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }
    };
}
named!(Severity { Info = "info", Warning = "warning", Error = "error" });
named!(Confidence { Low = "low", Medium = "medium", High = "high" });
named!(Applicability { Display = "display", Unsafe = "unsafe", Safe = "safe" });

/// A place, and what is to be seen there. The message may be empty on the primary label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Where; an empty span marks a place between two characters.
    pub span: Span,
    /// What the place shows, in a few words.
    pub message: String,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A correction: all its edits, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the correction does, in a few words.
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The replacements, none overlapping another.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The rule's id, such as `dates/weekday`.
    pub rule: String,
    /// How much harm it does.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// What is wrong: lower case, no final stop.
    pub message: String,
    /// The words in the draft, with what they show.
    pub primary: Label,
    /// What makes them wrong: the sister sentence, the register entry, the first form in the document, the rule.
    pub related: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// The correction, where there is one.
    pub fix: Option<Fix>,
    /// The chain of reasons that `--explain` shows.
    pub reasons: Vec<String>,
    /// Which release of the file it lies in, from 0.
    pub document: usize,
    /// Language tag of the text, where it is known.
    pub language: Option<String>,
    /// Whether it is about the release as a whole rather than about the words at its place.
    pub of_release: bool,
}

impl Diagnostic {
    /// A finding of `rule` at `span`. A rule's pack sets the severity; the engine sets document and language.
    pub fn new(rule: impl Into<String>, severity: Severity, message: impl Into<String>, span: Span) -> Self {
        Diagnostic {
            rule: rule.into(),
            severity,
            confidence: Confidence::High,
            message: message.into(),
            primary: Label { span, message: String::new() },
            related: Vec::new(),
            help: None,
            fix: None,
            reasons: Vec::new(),
            document: 0,
            language: None,
            of_release: false,
        }
    }

    /// What the place itself shows.
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// Another place that makes this one wrong.
    pub fn related(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Label { span, message: message.into() });
        self
    }

    /// What to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// How sure the rule is, where it is not certain.
    pub fn confidence(mut self, confidence: Confidence) -> Self {
        self.confidence = confidence;
        self
    }

    /// The correction: `replacement` for `span`.
    pub fn replace(
        self,
        title: impl Into<String>,
        applicability: Applicability,
        span: Span,
        replacement: impl Into<String>,
    ) -> Self {
        self.fix(Fix {
            title: title.into(),
            applicability,
            edits: vec![Edit { span, replacement: replacement.into() }],
        })
    }

    /// The correction.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// A step in the chain of reasons.
    pub fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }
}
