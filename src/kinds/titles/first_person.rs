//! What people say of themselves in quotations: who speaks, where the words around the quotation leave no doubt, and the words of the other
//! gender that they are made to say (“je suis ravi”).

use super::gender::{Wrong, before_titles, gender, is_other, is_subject};
use crate::mention::quotation::Quotation;
use crate::mention::title;
use crate::register::{EntryId, Gender};
use crate::rule::Reading;
use std::ops::Range;

/// Bytes between a quotation and who says it, at most.
const ATTRIBUTION: usize = 120;
/// Words between a quotation and the name after it: “a dit”, “se réjouit aussi”.
const VERBS: usize = 3;
/// Letters of the longest word before a name that may be a preposition: “con Ada Quill” is nobody who speaks.
const PREPOSITION: usize = 2;

/// Words in the wrong gender that registered people say of themselves.
pub(super) fn said(reading: &Reading<'_>) -> Vec<(EntryId, Gender, Wrong)> {
    let words = &reading.language().names;
    if words.mine.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for quotation in reading.quotations().iter().filter(|quotation| quotation.depth == 0 && quotation.close.is_some()) {
        let said: Vec<(Range<usize>, usize, String)> = own(reading, quotation);
        if said.is_empty() {
            continue;
        }
        let Some(person) = speaker(reading, quotation) else { continue };
        let Some(gender) = gender(reading, person) else { continue };
        let wrong = said.into_iter().filter(|(_, found, _)| is_other(*found, gender));
        found.extend(
            wrong.map(|(range, _, right)| (person, gender, Wrong { range, right: Some(right), doubtful: false })),
        );
    }
    found
}

/// What the speaker of a quotation says of themselves: the word, its gender, and that of the other gender.
fn own(reading: &Reading<'_>, quotation: &Quotation) -> Vec<(Range<usize>, usize, String)> {
    let (words, text) = (&reading.language().names, reading.text());
    let inner = &text[quotation.inner.clone()];
    let mut found = Vec::new();
    let mut last = String::new();
    // What stands behind a colon may be somebody else's words.
    let told = inner.find(':').unwrap_or(inner.len());
    for (at, _) in inner.char_indices().filter(|(at, c)| {
        c.is_alphabetic()
            && !inner[..*at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'))
    }) {
        last.clear();
        last.extend(inner[at..].chars().take(24).flat_map(char::to_lowercase));
        let links = words
            .mine
            .iter()
            .filter(|link| last.strip_prefix(link.as_str()).is_some_and(|rest| rest.starts_with([' ', '\u{A0}'])));
        let Some(link) = links.max_by_key(|link| link.len()) else { continue };
        let Some(mut said) = inner.get(at + link.len()..).map(|rest| rest.trim_start_matches([' ', '\u{A0}'])) else {
            continue;
        };
        while let Some(rest) = words.adverbs.iter().find_map(|word| said.strip_prefix(word.as_str())?.strip_prefix(' '))
        {
            said = rest;
        }
        let word = said.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let start = quotation.inner.end - said.len();
        let range = start..start + word.len();
        // What somebody else is quoted as saying inside the quotation is theirs.
        let quotations = reading.quotations();
        let before = quotations.partition_point(|other| other.range.start <= range.start);
        let nearest = quotations[..before].iter().rev().find(|other| other.depth <= quotation.depth + 1);
        let nested = nearest.is_some_and(|other| other.depth > quotation.depth && range.end <= other.range.end);
        if let Some((is, right)) = words.predicate(word).filter(|_| !nested && at <= told) {
            found.push((range, is, right));
        }
    }
    found
}

/// The registered person who says a quotation: the one named right after it and its verb, or the subject of the sentence that leads up to it.
fn speaker(reading: &Reading<'_>, quotation: &Quotation) -> Option<EntryId> {
    let block = reading.block_at(quotation.range.start)?;
    let (text, words) = (reading.text(), &reading.language().names);
    let (before, after) = (block.range.start..quotation.range.start, quotation.range.end..block.range.end);
    let named = |range: &Range<usize>| {
        let hits = &reading.register_mentions().hits;
        let first = hits.partition_point(|hit| hit.range.start < range.start);
        hits[first..].iter().take_while(|hit| hit.range.end <= range.end).find_map(|hit| {
            let person = title::person(reading.register(), hit, reading.document.language.tag.as_deref())?;
            Some((hit.range.clone(), person))
        })
    };
    if let Some((name, (person, whole))) = named(&after)
        && whole
        && name.start - after.start <= ATTRIBUTION
    {
        let verbs = text[after.start..before_titles(words, text, name.start)]
            .trim_start_matches([',', ' ', '\u{A0}'])
            .trim_end();
        let said: Vec<&str> = verbs.split([' ', '\u{A0}']).collect();
        let plain = verbs.chars().all(|c| c.is_lowercase() || matches!(c, ' ' | '\u{A0}' | '\'' | '’' | '-'));
        let last = said.last().map_or(0, |word| word.chars().count());
        let alone = is_alone(reading, name.end);
        return (plain && !verbs.is_empty() && said.len() <= VERBS && last > PREPOSITION && alone).then_some(person);
    }
    let lead = text[before.clone()].trim_end().strip_suffix(':')?;
    let sentences = reading.sentences();
    let sentence =
        sentences[..sentences.partition_point(|sentence| sentence.start < before.start + lead.len())].last()?;
    let start = sentence.start.max(before.start);
    let end = before.start + lead.len();
    let (name, (person, whole)) = named(&(start..end))?;
    let subject = is_subject(words, &text[start..before_titles(words, text, name.start)]);
    let short =
        end - name.end <= ATTRIBUTION && !text[name.end..end].contains(['.', ';', '!', '?', '«', '“', '"', '»', '”']);
    let other = named(&(name.end..end)).is_some();
    (whole && subject && short && !other && is_alone(reading, name.end)).then_some(person)
}

/// Whether nobody is joined to the name that ends here.
fn is_alone(reading: &Reading<'_>, end: usize) -> bool {
    let rest = reading.text()[end..].trim_start();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    !reading.language().dates.and.iter().any(|and| and == word)
}
