//! A finding as every output format reads it: a diagnostic with its places worked out and the lines around them cut out, so that
//! the sources themselves can be let go.

use super::Excerpt;
use crate::diagnostic::{Applicability, Confidence, Diagnostic, Fix, Label, Severity};
use crate::source::{Position, SourceSet, Span};
use serde::{Serialize, Serializer};
use std::ops::Range;

/// Characters of a place's text that a finding carries.
const TEXT: usize = 200;

/// One finding; serialised, it is an object of the JSON report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's id.
    pub rule: String,
    /// How much harm the fault does.
    pub severity: Severity,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// What is wrong.
    pub message: String,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The file, relative to where the user stands.
    pub path: String,
    /// Language tag of the text, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where it starts.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// The words in the draft, cut at 200 characters.
    pub text: String,
    /// The places that make it wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// The correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Correction>,
    /// Which release of the file, from 0.
    pub document: usize,
    /// Its identity across edits; empty where it has none.
    pub fingerprint: String,
    /// The chain of reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// What the place itself shows; may be empty.
    #[serde(skip)]
    pub label: String,
    /// The lines around it.
    #[serde(skip)]
    pub excerpt: Excerpt,
    /// Whether it lies in front matter, where comments are written in another way.
    #[serde(skip)]
    pub in_front_matter: bool,
    /// Whether it is about the release as a whole rather than about the words at its place.
    #[serde(skip)]
    pub of_release: bool,
}

/// Another place that a finding names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    /// The file, relative to where the user stands.
    pub path: String,
    /// Where it starts.
    pub start: Position,
    /// Where it ends, exclusive.
    pub end: Position,
    /// Its words, cut at 200 characters.
    pub text: String,
    /// What it shows.
    pub label: String,
    /// The lines around it.
    #[serde(skip)]
    pub excerpt: Excerpt,
}

/// A correction: all its edits, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// What it does.
    pub title: String,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The replacements.
    pub edits: Vec<Replacement>,
}

/// One replacement, in bytes on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// The file, relative to where the user stands.
    pub path: String,
    /// The first byte replaced, with its line and column.
    #[serde(rename = "start_byte", serialize_with = "byte")]
    pub start: Position,
    /// The byte after the last replaced.
    #[serde(rename = "end_byte", serialize_with = "byte")]
    pub end: Position,
    /// What stands there afterwards.
    pub replacement: String,
    /// The same range in the decoded text.
    #[serde(skip)]
    pub range: Range<usize>,
    /// The words that are replaced.
    #[serde(skip)]
    pub text: String,
}

impl Finding {
    /// The finding that a diagnostic is, once its sources are known.
    pub fn resolve(diagnostic: &Diagnostic, sources: &SourceSet, fingerprint: impl Into<String>) -> Self {
        let span = diagnostic.primary.span;
        let source = sources.get(span.source);
        Finding {
            rule: diagnostic.rule.clone(),
            severity: diagnostic.severity,
            confidence: diagnostic.confidence,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            path: source.path().to_owned(),
            language: diagnostic.language.clone(),
            start: source.position(span.start),
            end: source.position(span.end),
            text: cut(sources.text(span)),
            related: diagnostic.related.iter().map(|label| related(label, sources)).collect(),
            fix: diagnostic.fix.as_ref().map(|fix| correction(fix, sources)),
            document: diagnostic.document,
            fingerprint: fingerprint.into(),
            reasons: diagnostic.reasons.clone(),
            label: diagnostic.primary.message.clone(),
            excerpt: Excerpt::around(source, span),
            in_front_matter: false,
            of_release: diagnostic.of_release,
        }
    }

    /// Lets the lines around its places go, which only people are shown; where they stand is kept.
    pub fn forget_excerpts(&mut self) {
        self.excerpt = Excerpt::empty(self.start);
        for related in &mut self.related {
            related.excerpt = Excerpt::empty(related.start);
        }
    }

    /// Sorts findings as reports show them: path, place, rule.
    pub fn sort(findings: &mut [Finding]) {
        findings.sort_by(|a, b| a.order().cmp(&b.order()));
    }

    /// What findings are ordered by. The message and the fingerprint settle what two findings of a rule at one place share.
    pub fn order(&self) -> impl Ord + '_ {
        (&self.path, self.start.byte, self.end.byte, &self.rule, &self.message, &self.fingerprint)
    }
}

fn related(label: &Label, sources: &SourceSet) -> Related {
    let source = sources.get(label.span.source);
    Related {
        path: source.path().to_owned(),
        start: source.position(label.span.start),
        end: source.position(label.span.end),
        text: cut(sources.text(label.span)),
        label: label.message.clone(),
        excerpt: Excerpt::around(source, label.span),
    }
}

fn correction(fix: &Fix, sources: &SourceSet) -> Correction {
    let edits = fix.edits.iter().map(|edit| replacement(edit.span, &edit.replacement, sources));
    Correction { title: fix.title.clone(), applicability: fix.applicability, edits: edits.collect() }
}

fn replacement(span: Span, replacement: &str, sources: &SourceSet) -> Replacement {
    let source = sources.get(span.source);
    Replacement {
        path: source.path().to_owned(),
        start: source.position(span.start),
        end: source.position(span.end),
        replacement: replacement.to_owned(),
        range: span.range(),
        text: sources.text(span).to_owned(),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(TEXT).collect()
}

fn byte<S: Serializer>(position: &Position, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(position.byte as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_finding_keeps_what_reports_need_and_nothing_of_the_source() {
        let mut sources = SourceSet::new();
        let draft = sources.add(Source::from_text("fr/x.md", "Genève, le 10 juillet 2012.\n"));
        let other = sources.add(Source::from_text("en/x.md", "Geneva, 9 July 2012.\n"));
        let found = Diagnostic::new("parity/date", Severity::Error, "two days", Span::new(draft, 12..14))
            .related(Span::new(other, 8..9), "the original says")
            .replace("take the day", Applicability::Display, Span::new(draft, 12..14), "9");
        let json = serde_json::to_value(Finding::resolve(&found, &sources, "f")).expect("serialises");
        assert_eq!(json["start"], serde_json::json!({"byte": 12, "line": 1, "column": 12}));
        assert_eq!(json["text"], "10");
        assert_eq!(json["related"][0]["text"], "9");
        let edit = serde_json::json!({"path": "fr/x.md", "start_byte": 12, "end_byte": 14, "replacement": "9"});
        assert_eq!(json["fix"]["edits"][0], edit);
        assert!(json.get("reasons").is_none() && json.get("excerpt").is_none());
    }
}
