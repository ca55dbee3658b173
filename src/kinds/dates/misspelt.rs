//! `dates/misspelt`: words beside a day or a year that are a month with a slip of the finger.

use super::common::is_own;
use crate::diagnostic::Applicability;
use crate::language::Language;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "dates/misspelt", page: include_str!("misspelt.md"), keys: &[], build };

struct Misspelt {
    patterns: Vec<Pattern>,
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    // A word between a day and a year, or before a year, or before a day and a year.
    let year = r"(?:19|20)[0-9][0-9]\b";
    let day = r"[0-3]?[0-9](?:st|nd|rd|th|er|º|\.)?";
    // All beyond ASCII, of which letters are told below: the class of all letters is what takes long to make.
    let word = r"[A-Za-z\x{C0}-\x{10FFFF}]+";
    let patterns = [
        format!(r"\b{day} (?:de |of )?{word},? (?:de |del )?{year}"),
        format!(r"\b{word} (?:of |de |{day},? )?{year}"),
    ];
    Ok(Box::new(Misspelt { patterns: patterns.map(Pattern::regex).into() }))
}

impl Check for Misspelt {
    fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let language = reading.language();
        let months = &language.dates.months;
        let mut reported = std::collections::HashSet::new();
        for hit in hits {
            let text = reading.slice(hit.range.clone());
            let mut at = 0;
            for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
                let start = hit.range.start + at;
                at += word.len();
                let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
                let range = start..start + word.len();
                let Some(month) = meant(word, months) else { continue };
                // Few words come this far: only for them the tables of all languages are read.
                let other = Language::tags().any(|tag| is_month(word, Language::of(Some(tag))));
                if other || !is_own(reading, &range) || !reported.insert(range.start) {
                    continue;
                }
                let finding = out.finding(reading.span(range.clone()), format!("“{word}” is no month"));
                let finding = finding.label(format!("“{month}” is meant"));
                out.push(match reading.edit_span(range) {
                    Some(span) => finding.replace(format!("write “{month}”"), Applicability::Unsafe, span, month),
                    None => finding,
                });
            }
        }
    }
}

/// Whether a language has this word for a month.
fn is_month(word: &str, language: &Language) -> bool {
    let dates = &language.dates;
    let lower = word.to_lowercase();
    dates.months.iter().chain(&dates.months_short).flatten().any(|month| month.to_lowercase() == lower)
}

/// The month that a word is with one slip: a letter too many or too few, two that changed places, or one that is another.
fn meant<'m>(word: &str, months: &'m [Vec<String>]) -> Option<&'m str> {
    let lower = word.to_lowercase();
    let length = lower.chars().count();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let mut known = months.iter().filter_map(|words| words.first());
    let first = |word: &str| word.chars().next().into_iter().flat_map(char::to_lowercase).next();
    let near = known.find(|month| {
        // Short names are near to too many words; the first letter is seldom wrong.
        if first(month) != first(word) {
            return false;
        }
        let month_lower = month.to_lowercase();
        let size = month.chars().count();
        size >= 6
            && size.abs_diff(length) <= 1
            && lower != month_lower
            && strsim::damerau_levenshtein(&lower, &month_lower) == 1
    })?;
    // An English month has a capital; "augusts" and "septembers" are not meant.
    let written_as_month = near.chars().next().is_some_and(char::is_uppercase) == capital || !capital;
    (written_as_month && !lower.starts_with(&near.to_lowercase())).then_some(near.as_str())
}
