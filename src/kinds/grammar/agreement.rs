//! `grammar/agreement`: a determiner, an ordinal or adjective, and a noun of one gender.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape, Table};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "grammar/agreement",
    page: include_str!("agreement.md"),
    keys: &[
        Key::required("nouns", Shape::OneOf(&["fr"]), "The lexicon that knows the gender of nouns."),
        Key::required(
            "determiners",
            Shape::List(&Shape::Text),
            "Masculine, feminine and the form before a vowel, with “|” between.",
        ),
        Key::new("adjectives", Shape::List(&Shape::Text), "What may stand before the noun: masculine, feminine."),
    ],
    build,
};

/// Nouns with their gender, generated from a dictionary.
const NOUNS: &str = include_str!("nouns/fr.txt");

/// Words that may stand between the determiner and the noun.
const BETWEEN: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Masculine,
    Feminine,
}

pub(super) struct Noun {
    /// Its gender.
    pub(super) gender: Gender,
    /// It is also a form of a verb, before which “la” is a pronoun.
    verb: bool,
}

/// The two genders of a word, and its form before a vowel.
pub(super) struct Forms {
    masculine: String,
    feminine: String,
    elided: String,
}

struct Agreement {
    determiners: Vec<Forms>,
    adjectives: Vec<Forms>,
}

/// A word of the text that shows a gender.
struct Shown<'a> {
    range: Range<usize>,
    forms: &'a Forms,
    gender: Gender,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let (determiners, adjectives) = (read_forms(setup.table, "determiners"), read_forms(setup.table, "adjectives"));
    Ok(Box::new(Agreement { determiners, adjectives }))
}

/// The nouns of the lexicon, read when the first text asks for them.
pub(super) fn nouns() -> &'static HashMap<&'static str, Noun> {
    static READ: LazyLock<HashMap<&'static str, Noun>> =
        LazyLock::new(|| NOUNS.lines().filter_map(read_noun).collect());
    &READ
}

fn read_noun(line: &'static str) -> Option<(&'static str, Noun)> {
    let mut fields = line.split(' ').filter(|_| !line.starts_with('#'));
    let (word, gender) = (fields.next()?, fields.next()?);
    let gender = if gender == "m" { Gender::Masculine } else { Gender::Feminine };
    Some((word, Noun { gender, verb: fields.next().is_some() }))
}

/// The forms of a key of a rule.
pub(super) fn read_forms(table: &Table, key: &str) -> Vec<Forms> {
    let read = |text: &str| {
        let mut forms = text.split('|').map(|form| form.trim().to_owned());
        let (masculine, feminine) = (forms.next().unwrap_or_default(), forms.next().unwrap_or_default());
        let elided = forms.next().unwrap_or_default();
        Forms { masculine, feminine, elided }
    };
    table.texts(key).into_iter().map(read).collect()
}

impl Forms {
    /// The gender that a form shows; `None` for another word, and for one that both genders share.
    fn gender(&self, word: &str) -> Option<Gender> {
        let folded = word.to_lowercase();
        match (folded == self.masculine, folded == self.feminine) {
            (true, false) => Some(Gender::Masculine),
            (false, true) => Some(Gender::Feminine),
            _ => None,
        }
    }

    /// Whether a word is one of the forms, of whatever gender.
    pub(super) fn is(&self, word: &str) -> bool {
        let folded = word.to_lowercase();
        [&self.masculine, &self.feminine].into_iter().any(|form| *form == folded)
    }

    fn of(&self, gender: Gender) -> &str {
        if gender == Gender::Masculine { &self.masculine } else { &self.feminine }
    }
}

/// An ordinal in figures: it shows no gender, but for that of the first.
fn is_ordinal(word: &str) -> bool {
    let digits = word.trim_end_matches(char::is_alphabetic);
    let ending = &word[digits.len()..];
    !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) && matches!(ending, "e" | "ème" | "ième" | "eme")
        || word.len() > 4 && word.ends_with("ième") && word.chars().all(char::is_alphabetic)
}

impl Agreement {
    /// The determiner that ends at a word: one word, or two with a space between.
    fn determiner<'s>(&'s self, text: &str, words: &[(usize, &str)], at: usize) -> Option<Shown<'s>> {
        let end = words[at].0 + words[at].1.len();
        // The longer one first: “de la” before “la”.
        [at.checked_sub(1), Some(at)].into_iter().flatten().find_map(|first| {
            let range = words[first].0..end;
            let found = self.determiners.iter().find_map(|forms| Some((forms, forms.gender(&text[range.clone()])?)));
            found.map(|(forms, gender)| Shown { range, forms, gender })
        })
    }

    fn adjective<'s>(&'s self, (at, word): (usize, &str)) -> Option<Shown<'s>> {
        let found = self.adjectives.iter().find_map(|forms| Some((forms, forms.gender(word)?)));
        found.map(|(forms, gender)| Shown { range: at..at + word.len(), forms, gender })
    }

    /// Looks back from a noun to its determiner. `None` when there is none.
    fn before<'s>(&'s self, text: &str, words: &[(usize, &str)], noun: usize) -> Option<(Vec<Shown<'s>>, usize)> {
        let mut shown = Vec::new();
        for back in 1..=BETWEEN + 1 {
            let at = noun.checked_sub(back)?;
            let (start, word) = words[at];
            let between = &text[start + word.len()..words[at + 1].0];
            if between.is_empty() || !between.chars().all(char::is_whitespace) {
                return None;
            }
            if let Some(determiner) = self.determiner(text, words, at) {
                shown.push(determiner);
                return Some((shown, back - 1));
            }
            match self.adjective((start, word)) {
                Some(adjective) => shown.push(adjective),
                None if is_ordinal(word) => {}
                None => return None,
            }
        }
        None
    }

    fn report(
        &self,
        reading: &Reading<'_>,
        shown: &[Shown<'_>],
        noun: Range<usize>,
        to: Gender,
        out: &mut Findings<'_>,
    ) {
        let Some(start) = shown.iter().map(|shown| shown.range.start).min() else { return };
        let whole = start..noun.end;
        let mut right = reading.slice(whole.clone()).to_owned();
        // From the end, so that the places before stay where they are.
        for word in shown {
            let before_vowel = reading.text()[word.range.end..].trim_start().starts_with(is_vowel);
            let elided = before_vowel
                && !word.forms.elided.is_empty()
                && (to == Gender::Masculine || word.forms.elided.ends_with('’'));
            let form = if elided { &word.forms.elided } else { word.forms.of(to) };
            let end = if form.ends_with('’') {
                noun.start.min(
                    word.range.end
                        + (reading.text()[word.range.end..].len()
                            - reading.text()[word.range.end..].trim_start().len()),
                )
            } else {
                word.range.end
            };
            right.replace_range(word.range.start - start..end - start, &like(reading.slice(word.range.clone()), form));
        }
        let name = if to == Gender::Masculine { "masculine" } else { "feminine" };
        let message = format!("“{}” is {name}", reading.slice(noun));
        let mut finding = out.finding(reading.span(whole.clone()), message);
        finding.help.get_or_insert_with(|| format!("write “{right}”"));
        if let Some(span) = reading.edit_span(whole) {
            finding = finding.replace(format!("write “{right}”"), Applicability::Unsafe, span, right);
        }
        out.push(finding);
    }
}

fn is_vowel(c: char) -> bool {
    "aeiouyéèêàâîïôûœ".contains(c.to_lowercase().next().unwrap_or(c))
}

/// A form with a capital where the word that it replaces has one.
fn like(found: &str, form: &str) -> String {
    let mut letters = form.chars();
    match letters.next() {
        Some(first) if found.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => form.to_owned(),
    }
}

impl Check for Agreement {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for (block, _) in reading.prose().filter(|(block, _)| out.rule.scope.covers(block)) {
            let text = &reading.text()[..block.range.end];
            let words: Vec<(usize, &str)> =
                text[block.range.start..].unicode_word_indices().map(|(at, w)| (block.range.start + at, w)).collect();
            for (at, &(start, word)) in words.iter().enumerate() {
                let folded = word.to_lowercase();
                let Some(noun) = nouns().get(folded.as_str()) else { continue };
                let Some((mut shown, between)) = self.before(text, &words, at) else { continue };
                shown.retain(|shown| shown.gender != noun.gender);
                // A name of its own has its own gender, and a pronoun stands before a verb.
                let doubtful = between == 0 && (noun.verb || word.starts_with(char::is_uppercase));
                let range = start..start + word.len();
                let compound = text[range.end..].starts_with(['-', '’', '\'']);
                if !shown.is_empty() && !doubtful && !compound && !reading.is_opaque(&range) {
                    self.report(reading, &shown, range, noun.gender, out);
                }
            }
        }
    }
}
