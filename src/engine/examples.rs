//! The examples that rules carry: what a rule does with each, and where it is not what its pack says.

use super::Project;
use super::fix::correct;
use crate::diagnostic::{Applicability, Diagnostic, Severity, fingerprints};
use crate::document::{self, LanguageReason, ReadOptions};
use crate::report::Finding;
use crate::rule::matcher::Matcher;
use crate::rule::{Example, Expectation, Findings, Kept, Pair, Reading, Rule, Stage, Versions};
use crate::source::{Source, SourceSet};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What came of the examples of some rules.
#[derive(Debug, Default)]
pub struct Tested {
    /// Rules that were looked at.
    pub rules: usize,
    /// Examples that ran.
    pub examples: usize,
    /// Examples that do not hold, each underlined in its pack.
    pub failures: Vec<Finding>,
    /// Ids of rules that have no example of what they report.
    pub without: Vec<String>,
    /// Ids of rules with the languages that they are written for and of which they have no example.
    pub without_language: Vec<(String, Vec<String>)>,
    /// How many examples ran in each language, and how many of them do not hold; those in none are under “”.
    pub by_language: BTreeMap<String, (usize, usize)>,
}

impl Project {
    /// Runs the examples of the rules that are wanted, on or off, in the order of their packs.
    pub fn test(&self, wanted: &dyn Fn(&Rule) -> bool) -> Tested {
        let view = self.view("");
        let mut tested = Tested::default();
        let mut failures = Vec::new();
        for rule in view.rules.rules().iter().filter(|rule| wanted(rule)) {
            tested.rules += 1;
            tested.examples += rule.examples.len();
            if !rule.examples.iter().any(|example| matches!(example.expect, Expectation::Report { .. })) {
                tested.without.push(rule.id.clone());
            }
            let spoken = |tag: &String| rule.examples.iter().any(|example| language(rule, example) == Some(tag));
            let unspoken: Vec<String> = rule.languages.iter().filter(|tag| !spoken(tag)).cloned().collect();
            if !unspoken.is_empty() && !rule.examples.is_empty() {
                tested.without_language.push((rule.id.clone(), unspoken));
            }
            for example in &rule.examples {
                let fault = failure(rule, example, &view.sources);
                let tag = language(rule, example).cloned().unwrap_or_default();
                let (ran, failed) = tested.by_language.entry(tag).or_default();
                *ran += 1;
                *failed += usize::from(fault.is_some());
                failures.extend(fault);
            }
        }
        tested.failures = failures.iter().map(|failure| Finding::resolve(failure, &view.sources, "")).collect();
        tested
    }
}

/// The language of an example: its own, or the rule's first.
fn language<'a>(rule: &'a Rule, example: &'a Example) -> Option<&'a String> {
    example.language.as_ref().or(rule.languages.first())
}

/// What is wrong with an example, underlined in its pack; `None` when it holds.
fn failure(rule: &Rule, example: &Example, sources: &SourceSet) -> Option<Diagnostic> {
    let found = run(rule, example, &example.text, sources);
    let fault = match &example.expect {
        Expectation::Silence => {
            let first = found.first()?;
            format!("the rule reports “{}” here: {}", first.text, first.message)
        }
        Expectation::Report { .. } if found.is_empty() => match language(rule, example) {
            Some(tag) if !rule.speaks(Some(tag)) => format!("the rule does not look at texts in “{tag}”"),
            _ => "the rule does not report this".to_owned(),
        },
        Expectation::Report { at, right } => {
            let texts: Vec<&str> = found.iter().map(|finding| finding.text.as_str()).collect();
            match (at, right) {
                (Some(at), _) if !texts.contains(&at.as_str()) => {
                    format!("“{at}” is not what the rule underlines, which is “{}”", texts.join("”, “"))
                }
                (_, Some(right)) => misfixed(example, &found, right)?,
                _ => return None,
            }
        }
    };
    Some(Diagnostic::new(rule.id.clone(), Severity::Error, fault, example.place))
}

/// What the fixes make of an example, where it is not the right text; `None` where it is, or where there is no fix to make.
fn misfixed(example: &Example, found: &[Finding], right: &str) -> Option<String> {
    let source = Arc::new(Source::from_text(&*example.path, &*example.text));
    let corrected = correct(found, Applicability::Unsafe, &|_| Some(source.clone()), &|_, _, _| Ok(()));
    let text = corrected.texts.get(&example.path)?;
    (text != right).then(|| format!("the fixes make “{text}” of it"))
}

/// The findings of one rule in a text.
fn run(rule: &Rule, example: &Example, text: &str, sources: &SourceSet) -> Vec<Finding> {
    let mut sources = sources.clone();
    let id = sources.add(Source::from_text(&*example.path, text));
    let language = language(rule, example).map(|tag| (tag.clone(), LanguageReason::CommandLine)).into_iter().collect();
    let options = ReadOptions { language, date: example.date, ..ReadOptions::default() };
    let documents = document::read(sources.get(id), id, &options);
    let beside: Vec<_> = (example.beside.iter().enumerate())
        .map(|(at, text)| sources.add(Source::from_text(format!("beside/{at}/{}", example.path), text.as_str())))
        .collect();
    let beside: Vec<_> = beside.into_iter().flat_map(|id| document::read(sources.get(id), id, &options)).collect();
    let originals = match &example.original {
        None => Vec::new(),
        Some((text, language)) => {
            let id = sources.add(Source::from_text(format!("original/{}", example.path), text.as_str()));
            let language = vec![(language.clone(), LanguageReason::CommandLine)];
            document::read(sources.get(id), id, &ReadOptions { language, ..ReadOptions::default() })
        }
    };
    let matcher = Matcher::new(rule.check.patterns().iter().map(|pattern| (0, pattern)));
    let mut findings = Findings::new(rule, rule.severity);
    for document in &documents {
        let reading = Reading::new(document, &sources, Stage::Final).with_register(rule.example_register.clone());
        let mut hits = matcher.find(reading.text()).of(0).to_vec();
        hits.retain(|hit| rule.scope.covers_byte(document, hit.range.start));
        if !rule.reads(document.format) || !rule.speaks(document.language.tag.as_deref()) {
            continue;
        }
        rule.check.document(&reading, &hits, &mut findings);
        if let Some(original) = &originals.first() {
            let original = Reading::new(original, &sources, Stage::Final).with_register(rule.example_register.clone());
            rule.check.pair(&Pair::new(&original, &reading), &mut findings);
        }
        rule.check.versions(&Versions { readings: vec![&reading], published: &example.published }, &mut findings);
        let mut kept = Kept::default();
        kept.add(id, rule.check.summarise(&reading));
        for document in &beside {
            kept.add(document.source, rule.check.summarise(&Reading::new(document, &sources, Stage::Final)));
        }
        rule.check.judge(&kept, &mut findings);
    }
    let mut found = findings.into_list();
    found.retain(|finding| finding.primary.span.source == id);
    found.sort_by_key(|finding| (finding.primary.span.start, finding.primary.span.end));
    let prints = fingerprints(&found, &sources);
    found.iter().zip(prints).map(|(finding, print)| Finding::resolve(finding, &sources, print)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Settings;

    #[test]
    fn an_example_that_does_not_hold_is_underlined_in_its_pack() {
        let pack = r#"
[[rule]]
id = "house/email"
kind = "wording/substitute"
replace = { "e-mail" = "email" }
[[rule.example]]
wrong = "An e-mail came."
right = "An email came."
at = "e-mail"
[[rule.example]]
wrong = "A letter came."
[[rule.example]]
wrong = "An e-mail came."
right = "An electronic letter came."
[[rule.example]]
clean = "No e-mail, please."
[[rule]]
id = "house/none"
kind = "wording/forbid"
words = "none"
"#;
        let mut settings = Settings::default();
        assert!(settings.add_pack(Source::from_text("house.toml", pack)).is_empty());
        let tested = Project::new(settings).0.test(&|_| true);
        let failures: Vec<_> = tested.failures.iter().map(|f| (f.start.line, f.message.as_str())).collect();
        let expected = [
            (11, "the rule does not report this"),
            (13, "the fixes make “An email came.” of it"),
            (16, "the rule reports “e-mail” here: “e-mail” for “email”"),
        ];
        assert_eq!(failures, expected);
        assert_eq!((tested.rules, tested.examples, tested.without.as_slice()), (2, 6, &["house/none".to_owned()][..]));
    }

    #[test]
    fn a_rule_is_tested_in_the_languages_that_it_is_written_for() {
        let pack = r#"
[[rule]]
id = "house/portal"
kind = "wording/forbid"
languages = ["en", "fr", "es"]
words = "portal"
[[rule.example]]
wrong = "The portal opened."
[[rule.example]]
wrong = "Le portal a ouvert."
lang = "fr"
[[rule.example]]
clean = "Das portal ging auf."
lang = "de"
[[rule.example]]
wrong = "Das portal ging wieder auf."
lang = "de"
"#;
        let mut settings = Settings::default();
        assert!(settings.add_pack(Source::from_text("house.toml", pack)).is_empty());
        let tested = Project::new(settings).0.test(&|_| true);
        let failures: Vec<_> = tested.failures.iter().map(|f| (f.start.line, f.message.as_str())).collect();
        assert_eq!(failures, [(16, "the rule does not look at texts in “de”")]);
        assert_eq!(tested.without_language, [("house/portal".to_owned(), vec!["es".to_owned()])]);
        let counts: Vec<_> =
            tested.by_language.iter().map(|(tag, (ran, failed))| (tag.as_str(), *ran, *failed)).collect();
        assert_eq!(counts, [("de", 2, 1), ("en", 1, 0), ("fr", 1, 0)]);
    }
}
