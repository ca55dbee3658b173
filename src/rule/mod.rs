//! What a rule is. A [`Kind`] is code: it turns a rule's table into a [`Check`]. A rule is data: one `[[rule]]` table of a pack,
//! with its message, its reason and its examples. A check reads a [`Reading`] (one document and what is known about it) and
//! reports; it never changes anything and never prints.

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::settings::{Key, Table};
use crate::source::{SourceId, SourceSet, Span};
use std::ops::Range;

/// A kind of rule: code that packs use by name.
pub struct Kind {
    /// As packs name it, such as `wording/substitute`.
    pub name: &'static str,
    /// Its page, in Markdown: documentation and test at once.
    pub page: &'static str,
    /// The keys of its own that a rule table may hold beside the common ones.
    pub keys: &'static [Key],
    /// Makes the check of one rule; mistakes that shapes cannot express come back as diagnostics in the pack.
    pub build: fn(&Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>>,
}

/// What a kind builds a check from.
pub struct Setup<'a> {
    /// The rule's id.
    pub id: &'a str,
    /// The rule's table; its shapes were checked against the common keys and the kind's own.
    pub table: &'a Table,
    /// The options that configuration and profiles give for this rule, later ones first.
    pub options: &'a [&'a Table],
    /// The pack's source, for spans of mistakes.
    pub source: SourceId,
}

impl Setup<'_> {
    /// A mistake in the rule, underlined in the pack.
    pub fn mistake(&self, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new("pack/invalid", crate::diagnostic::Severity::Error, message, Span::new(self.source, range))
    }
}

/// What a rule does. A check implements the scopes it works in; the others stay empty.
pub trait Check: Send + Sync {
    /// Looks at one document.
    fn document(&self, _reading: &Reading<'_>, _out: &mut Findings<'_>) {}
}

/// One document and what is known about it. What costs is computed on first use.
pub struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// Every source that a label may point into: the draft, its sisters, packs, registers, configuration.
    pub sources: &'a SourceSet,
}

/// Takes what a check reports. Severity, rule id, confidence, default message and help come from the rule.
pub struct Findings<'a> {
    /// The rule's id.
    pub rule: &'a str,
    /// What was reported.
    pub list: Vec<Diagnostic>,
}
