//! The drafts of one release through the rules: read, match, check, order, resolve.

use super::project::{Project, View};
use super::stet;
use crate::diagnostic::{Diagnostic, fingerprints};
use crate::document::{self, Document};
use crate::report::{Finding, ReleaseSummary};
use crate::rule::{Findings, Noted, Reading, Stage};
use crate::source::{Source, SourceId, SourceSet};
use std::sync::Arc;

/// A draft as it comes in.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its text, with its path.
    pub source: Arc<Source>,
    /// What is known of it before it is read.
    pub options: document::ReadOptions,
    /// Its path below the project's root, by which the settings know it.
    pub below: String,
}

/// What came of the drafts of one release.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Every finding, in the order of path, place and rule.
    pub findings: Vec<Finding>,
    /// The releases that were read, in the order of path and place.
    pub releases: Vec<ReleaseSummary>,
    /// Original and translation of each pair compared.
    pub pairs: Vec<[String; 2]>,
    /// What project-wide rules keep.
    pub notes: Vec<Note>,
    /// Findings that a stet silenced.
    pub stood: usize,
}

/// What a project-wide rule keeps of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The rule's id.
    pub rule: String,
    /// The draft.
    pub path: String,
    /// What it keeps.
    pub noted: Vec<Noted>,
}

impl Project {
    /// Checks the drafts of one release. Drafts of different releases do not see each other.
    pub fn check(&self, drafts: &[Draft]) -> Outcome {
        let mut outcome = Outcome::default();
        let Some(first) = drafts.first() else { return outcome };
        let mut sources = self.view(&first.below).sources.clone();
        let read: Vec<(SourceId, &str, Vec<Document>)> = drafts
            .iter()
            .map(|draft| {
                let id = sources.add_shared(draft.source.clone());
                (id, draft.below.as_str(), document::read(&draft.source, id, &draft.options))
            })
            .collect();
        let (mut found, mut stets) = (Vec::new(), Vec::new());
        for (id, below, documents) in &read {
            let path = sources.get(*id).path();
            let view = self.view(below);
            for document in documents {
                let reading = Reading::new(document, &sources, stage(document, view.stage));
                found.extend(document.problems.iter().cloned());
                found.extend(check_document(&view, &reading, &mut outcome.notes));
                outcome.releases.push(summary(path, &reading));
                let (read, problems) = stet::read(document);
                stets.extend(read);
                found.extend(problems);
            }
        }
        outcome.stood = stet::apply(&mut stets, &mut found);
        let view = self.view(&first.below);
        let known: Vec<&str> = view.rules.rules().iter().map(|rule| rule.id.as_str()).collect();
        found.extend(stet::unused(&stets, &|rule| view.runs(rule), &known));
        outcome.findings = resolve(found, &sources);
        outcome
    }
}

/// How far a text has come, by its own word where it has one.
fn stage(document: &Document, otherwise: Stage) -> Stage {
    match document.field("status").map(|field| field.value.trim().to_lowercase()) {
        Some(status) if status == "draft" => Stage::Draft,
        Some(status) if !status.is_empty() => Stage::Final,
        _ => otherwise,
    }
}

/// Runs every rule in force on one document.
fn check_document(view: &View, reading: &Reading<'_>, notes: &mut Vec<Note>) -> Vec<Diagnostic> {
    let document = reading.document;
    let language = document.language.tag.as_deref();
    let compiled = view.compiled(language);
    let hits = compiled.matcher(&view.rules).find(reading.text());
    let mut found = Vec::new();
    for (slot, &(index, severity)) in compiled.rules.iter().enumerate() {
        let rule = &view.rules.rules()[index];
        let mut findings = Findings::new(rule, severity);
        let mut hits = hits.of(slot).to_vec();
        hits.retain(|hit| rule.scope.covers_byte(document, hit.range.start));
        rule.check.document(reading, &hits, &mut findings);
        found.extend(findings.into_list());
        let noted = rule.check.summarise(reading);
        if !noted.is_empty() {
            notes.push(Note { rule: rule.id.clone(), path: reading.path().to_owned(), noted });
        }
    }
    for finding in &mut found {
        finding.document = document.index;
        finding.language = document.language.tag.clone();
    }
    found
}

fn summary(path: &str, reading: &Reading<'_>) -> ReleaseSummary {
    let language = &reading.document.language;
    ReleaseSummary {
        path: path.to_owned(),
        document: reading.document.index,
        language: language.tag.clone(),
        language_from: language.reason.to_string(),
        date: None,
        date_from: None,
    }
}

/// Findings in their order, with fingerprints, free of the sources.
fn resolve(mut found: Vec<Diagnostic>, sources: &SourceSet) -> Vec<Finding> {
    let path = |found: &Diagnostic| sources.get(found.primary.span.source).path();
    found.sort_by(|a, b| {
        let key = |d: &Diagnostic| (d.primary.span.start, d.primary.span.end);
        path(a)
            .cmp(path(b))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| a.rule.cmp(&b.rule))
            .then_with(|| a.message.cmp(&b.message))
    });
    found.dedup();
    let prints = fingerprints(&found, sources);
    found.iter().zip(prints).map(|(finding, print)| Finding::resolve(finding, sources, print)).collect()
}
