//! `grammar/modal`: a finite verb or a participle where a verb such as “müssen” or “poder” asks for an infinitive.

use super::verbs::{Verbs, Word};
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashSet;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "grammar/modal",
    page: include_str!("modal.md"),
    keys: &[
        Key::required("verbs", Shape::OneOf(&["de", "es"]), "The lexicon that knows the forms of verbs."),
        Key::required("modals", Shape::List(&Shape::Text), "Forms of the verbs that ask for an infinitive."),
        Key::new("between", Shape::List(&Shape::Text), "Words that may stand between such a verb and the infinitive."),
        Key::new(
            "clauses",
            Shape::List(&Shape::Text),
            "Words that begin a clause, at whose end the verb may stand before that of the next.",
        ),
        Key::new("links", Shape::List(&Shape::Text), "Words that link clauses or parts of them."),
        Key::new("relative", Shape::List(&Shape::Text), "Words that begin a clause behind a comma."),
        Key::new("nouns", Shape::List(&Shape::Text), "Words behind which a form is a noun: “el debe”."),
        Key::new("ends", Shape::Bool, "Whether the infinitive stands at the end of the sentence."),
    ],
    build,
};

/// Words before a verb among which the beginning of its clause is looked for.
const BACK: usize = 40;
/// Words between a verb and the infinitive at the end of its sentence, at most.
const MOST: usize = 14;

struct Modal {
    verbs: &'static Verbs,
    modals: HashSet<String>,
    between: HashSet<String>,
    clauses: HashSet<String>,
    links: HashSet<String>,
    relative: HashSet<String>,
    nouns: HashSet<String>,
    ends: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let set = |key: &str| setup.table.texts(key).into_iter().map(str::to_owned).collect();
    Ok(Box::new(Modal {
        verbs: if setup.table.text("verbs") == Some("de") { &super::verbs::GERMAN } else { &super::verbs::SPANISH },
        modals: set("modals"),
        between: set("between"),
        clauses: set("clauses"),
        links: set("links"),
        relative: set("relative"),
        nouns: set("nouns"),
        ends: setup.table.bool("ends").unwrap_or(false),
    }))
}

/// The words of a block with where they begin.
struct Words<'a> {
    text: &'a str,
    all: Vec<(usize, &'a str)>,
}

impl<'a> Words<'a> {
    fn word(&self, at: usize) -> Option<&'a str> {
        self.all.get(at).map(|(_, word)| *word)
    }

    /// What stands between a word and the one after it, or the end.
    fn behind(&self, at: usize) -> &'a str {
        let end = self.all.get(at).map_or(0, |(start, word)| start + word.len());
        let next = self.all.get(at + 1).map_or(self.text.len(), |(start, _)| *start);
        self.text.get(end..next).unwrap_or_default()
    }

    /// Whether the next word belongs to the same clause: there is no mark between them, and nothing that is no prose.
    fn goes_on(&self, at: usize) -> bool {
        let gap = self.behind(at);
        !gap.is_empty() && at + 1 < self.all.len() && gap.chars().all(|c| matches!(c, ' ' | '\u{A0}' | '\n'))
    }

    /// The first word of the clause of a word.
    fn first(&self, at: usize) -> usize {
        (0..at).rev().take(BACK).take_while(|before| self.goes_on(*before)).last().unwrap_or(at)
    }
}

impl Modal {
    /// Whether the clause may end with the verb, or the form is no verb.
    fn is_other(&self, words: &Words<'_>, at: usize) -> bool {
        let first = words.first(at);
        let folded = |at: usize| words.word(at).unwrap_or_default().to_lowercase();
        let comma = first.checked_sub(1).is_some_and(|before| words.behind(before).contains(','));
        (first..at).any(|before| self.clauses.contains(&folded(before)))
            || comma && (first..at.min(first + 2)).any(|before| self.relative.contains(&folded(before)))
            || at > first && self.nouns.contains(&folded(at - 1))
    }

    /// The word right behind, which is a verb and no infinitive.
    fn next(&self, words: &Words<'_>, at: usize) -> Option<usize> {
        let mut next = at;
        loop {
            next = words.goes_on(next).then_some(next + 1)?;
            let word = words.word(next)?;
            match self.verbs.get(word) {
                Some(Word::Finite) => return Some(next),
                // “kann gezielt geöffnet werden”: where the infinitive stands at the end, a participle may stand before it.
                Some(Word::Participle) if !self.ends => return Some(next),
                _ if self.between.contains(word) && next < at + 2 => {}
                _ => return None,
            }
        }
    }

    /// The last word of the sentence, where the infinitive should stand and none stands before it.
    fn last(&self, words: &Words<'_>, at: usize) -> Option<usize> {
        let goes_on = |word: &usize| words.goes_on(*word);
        let last = (at..words.all.len()).take_while(goes_on).take(MOST + 2).last()? + 1;
        let closed = words.behind(last).starts_with(['.', '!', '?']) && !words.behind(last).starts_with("...");
        let clear = |at: usize| {
            let word = words.word(at).unwrap_or_default();
            let folded = word.to_lowercase();
            !self.clauses.contains(&folded)
                && !self.links.contains(&folded)
                && matches!(self.verbs.get(word), None | Some(Word::Participle))
        };
        let is_verb = matches!(self.verbs.get(words.word(last)?), Some(Word::Finite | Word::Participle));
        (closed && last - at <= MOST && is_verb && (at + 1..last).all(clear)).then_some(last)
    }
}

impl Check for Modal {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for (block, text) in reading.prose() {
            let words = Words { text, all: text.unicode_word_indices().collect() };
            for (at, (start, modal)) in words.all.iter().enumerate() {
                let begins = || at == 0 || !words.goes_on(at - 1);
                let known = self.modals.contains(*modal) || begins() && self.modals.contains(&modal.to_lowercase());
                if !known {
                    continue;
                }
                let last = || self.ends.then(|| self.last(&words, at)).flatten();
                let found = self.next(&words, at).or_else(last).filter(|_| !self.is_other(&words, at));
                let Some((from, verb)) = found.and_then(|found| words.all.get(found)) else { continue };
                let place = |from: usize, word: &str| {
                    let from = block.range.start + from;
                    reading.span(from..from + word.len())
                };
                let finding =
                    out.finding(place(*from, verb), format!("“{verb}” is no infinitive, and “{modal}” asks for one"));
                out.push(finding.related(place(*start, modal), "the verb that asks for it"));
            }
        }
    }
}
