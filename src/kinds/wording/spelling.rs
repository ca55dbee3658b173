//! `wording/spelling`: words that a Hunspell dictionary does not know.

use super::options::filled;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/spelling",
    page: include_str!("spelling.md"),
    keys: &[
        Key::required(
            "dictionary",
            Shape::Text,
            "Path of the dictionary without its ending: `.aff` and `.dic` stand beside each other.",
        ),
        Key::new("accept", Shape::List(&Shape::Text), "Words that are right though the dictionary lacks them."),
        Key::new(
            "ignore-names",
            Shape::Bool,
            "Words with a capital inside a sentence are left alone; true by default.",
        ),
    ],
    build,
};

struct Spelling {
    dictionary: Arc<spellbook::Dictionary>,
    accept: HashSet<String>,
    ignore_names: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let Some(value) = setup.table.get("dictionary") else {
        return Err(vec![setup.mistake(setup.place(), "“dictionary” is missing")]);
    };
    let name = value.text().unwrap_or_default();
    let dictionary = setup.dictionary(name).map_err(|reason| vec![setup.mistake(value.range.clone(), reason)])?;
    let accept = setup.table.texts("accept").into_iter().map(str::to_owned).collect();
    let ignore_names = setup.table.bool("ignore-names").unwrap_or(true);
    Ok(Box::new(Spelling { dictionary, accept, ignore_names }))
}

impl Spelling {
    fn knows(&self, word: &str, starts_sentence: bool) -> bool {
        let name = word.chars().next().is_some_and(char::is_uppercase) && !starts_sentence;
        let inner = word.chars().skip(1).any(char::is_uppercase);
        (self.ignore_names && (name || inner))
            || word.chars().any(char::is_numeric)
            || word.graphemes(true).count() < 2
            || self.accept.contains(word)
            || self.accept.contains(&word.to_lowercase())
            || self.dictionary.check(word)
            || self.dictionary.check(&word.replace('’', "'"))
            || parts(word).is_some_and(|mut parts| parts.all(|part| part.is_empty() || self.dictionary.check(part)))
    }

    fn report(&self, reading: &Reading<'_>, range: Range<usize>, word: &str, out: &mut Findings<'_>) {
        let mut suggestions = Vec::new();
        self.dictionary.suggest(word, &mut suggestions);
        let finding = out.finding(reading.span(range.clone()), format!("“{word}” is not in the dictionary"));
        let mut finding = filled(finding, word, "");
        if let (Some(first), Some(span)) = (suggestions.first(), reading.edit_span(range)) {
            finding = finding.replace(format!("write “{first}”"), Applicability::Display, span, first.clone());
        }
        out.push(finding);
    }
}

/// The parts of a word with an apostrophe (an elided article, a possessive).
fn parts(word: &str) -> Option<impl Iterator<Item = &str>> {
    word.contains(['’', '\'']).then(|| word.split(['’', '\'']).filter(|part| part.chars().count() > 1))
}

impl Check for Spelling {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let starts: HashSet<usize> = reading.sentences().iter().map(|sentence| sentence.start).collect();
        for (block, text) in reading.prose().filter(|(block, _)| out.rule.scope.covers(block)) {
            for (at, word) in text.unicode_word_indices().filter(|(_, word)| word.chars().any(char::is_alphabetic)) {
                let range = block.range.start + at..block.range.start + at + word.len();
                if !self.knows(word, at == 0 || starts.contains(&range.start)) && !reading.is_opaque(&range) {
                    self.report(reading, range, word, out);
                }
            }
        }
    }
}
