//! What a check reports, with what the rule's pack says filled in.

use super::Rule;
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::source::Span;

/// Takes the findings of one rule. Id, severity, confidence and help come from the rule; a check says what is particular.
pub struct Findings<'a> {
    /// The rule that reports.
    pub rule: &'a Rule,
    /// The severity in force, after profile and configuration.
    pub severity: Severity,
    list: Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// None yet, of a rule at its severity in force.
    pub fn new(rule: &'a Rule, severity: Severity) -> Self {
        Findings { rule, severity, list: Vec::new() }
    }

    /// A finding of this rule, to be completed and handed to [`Findings::push`]. `message` stands where the rule's pack gives none.
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Diagnostic {
        let message = self.rule.message.clone().unwrap_or_else(|| message.into());
        let mut finding =
            Diagnostic::new(self.rule.id.clone(), self.severity, message, span).confidence(self.confidence());
        finding.help.clone_from(&self.rule.help);
        finding
    }

    /// Reports a finding. A check may have lowered its severity (a doubtful case), never raised it above the one in force.
    pub fn push(&mut self, mut finding: Diagnostic) {
        finding.severity = finding.severity.min(self.severity);
        self.list.push(finding);
    }

    /// What was reported, in the order of reporting.
    pub fn into_list(self) -> Vec<Diagnostic> {
        self.list
    }

    fn confidence(&self) -> Confidence {
        self.rule.confidence
    }
}
