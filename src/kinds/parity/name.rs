//! `parity/name`: names that a translation writes otherwise than its original, that it gives for another, or that its lists lack. No
//! register is needed: names in Latin script stand alike in both, and what is said of them rests on what stands alike around them.

use super::place::in_bead;
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::mention::word::{Place, Word};
use crate::release::align::Bead;
use crate::release::name::{folded, is_doubled, is_inflected, is_slip};
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/name",
    page: include_str!("name.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["spelling", "other", "missing"]),
        "What to report: names written otherwise, one person for another, names that lists lack.",
    )],
    build,
};

enum Report {
    Spelling,
    Other,
    Missing,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(match setup.table.text("report") {
        Some("other") => Report::Other,
        Some("missing") => Report::Missing,
        _ => Report::Spelling,
    }))
}

/// Letters below which a word is too short to be known again by its neighbours.
const SHORT: usize = 3;
/// Letters below which a slip in a word is another word.
const LEAST: usize = 5;
/// Names on either side of a place in a list that make it a list of names.
const LISTED: usize = 3;
/// Words before a bracket that may be what it abbreviates.
const BEFORE: usize = 4;
/// Words of the longest name.
const WORDS: usize = 5;

/// A word of one version.
struct Token<'w> {
    word: &'w Word,
    text: &'w str,
    folded: &'w str,
}

impl Token<'_> {
    fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    fn length(&self) -> usize {
        self.folded.chars().count()
    }
}

/// One version: its words, and how often each stands in it.
struct Side<'r, 'a> {
    reading: &'r Reading<'a>,
    tokens: Vec<Token<'r>>,
    /// Words that stand in it without a capital, and so are no names.
    common: OnceCell<HashSet<String>>,
    /// Letters at the end of a word that may be an ending.
    ending: usize,
}

impl<'r, 'a> Side<'r, 'a> {
    fn new(reading: &'r Reading<'a>) -> Self {
        let token = |(word, folded): (&'r Word, &'r String)| {
            let text = reading.text().get(word.range.clone())?;
            let latin = text.chars().all(|c| c.is_alphabetic() && (c as u32) < 0x250);
            latin.then_some(Token { word, text, folded })
        };
        let tokens: Vec<Token<'r>> = reading.words().iter().zip(reading.folded_words()).filter_map(token).collect();
        let ending = if reading.language().names.undeclined { 2 } else { 3 };
        Side { reading, tokens, common: OnceCell::new(), ending }
    }

    fn count(&self, folded: &str) -> usize {
        self.reading.vocabulary().get(folded).copied().unwrap_or(0)
    }

    fn is_common(&self, folded: &str) -> bool {
        let small =
            || self.tokens.iter().filter(|token| !token.is_capital()).map(|token| token.folded.to_owned()).collect();
        self.common.get_or_init(small).contains(folded)
    }

    /// Whether two words stand side by side somewhere, both with a capital: a name of more than one word.
    fn joins(&self, one: &str, other: &str) -> bool {
        let stands = |at: usize| {
            self.tokens[at].folded == one
                && self.tokens[at].is_capital()
                && self.neighbour(at, true).is_some_and(|next| next.is_capital() && next.folded == other)
        };
        (0..self.tokens.len()).any(stands)
    }

    /// The words that stand in these ranges, as indices.
    fn within(&self, ranges: &[Range<usize>]) -> Vec<usize> {
        let mut found = Vec::new();
        for range in ranges {
            let first = self.tokens.partition_point(|token| token.word.range.start < range.start);
            let last = self.tokens.partition_point(|token| token.word.range.start < range.end);
            found.extend(first..last.max(first));
        }
        found
    }

    /// The word directly before or after one, with nothing but a space or a hyphen between.
    fn neighbour(&self, at: usize, after: bool) -> Option<&Token<'r>> {
        let other = if after { at + 1 } else { at.checked_sub(1)? };
        let (one, other) = (self.tokens.get(at)?, self.tokens.get(other)?);
        let (first, second) = if after { (one, other) } else { (other, one) };
        let between = self.reading.text().get(first.word.range.end..second.word.range.start)?;
        let near = between.chars().count() == 1 && between.contains([' ', '\u{a0}', '\u{202f}', '-', '‑', '\n']);
        near.then_some(other)
    }

    /// Whether a word stands alone in brackets.
    fn is_bracketed(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let text = self.reading.text();
        text[..token.word.range.start].ends_with(['(', '（']) && text[token.word.range.end..].starts_with([')', '）'])
    }

    /// The names before the bracket that a word stands in.
    fn before_bracket(&self, at: usize) -> Vec<&Token<'r>> {
        let before = self.tokens[at.saturating_sub(BEFORE)..at].iter();
        let block = self.tokens[at].word.block;
        before.filter(|token| token.word.block == block && token.is_capital() && token.length() > SHORT).collect()
    }
}

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        if pair.obstacle().is_some() {
            return;
        }
        let (original, translation) = (Side::new(pair.original), Side::new(pair.translation));
        let mut told = BTreeSet::new();
        for (number, bead) in pair.beads().iter().enumerate() {
            if bead.source.is_empty() || bead.target.is_empty() {
                continue;
            }
            match self {
                Report::Spelling => spelling(pair, bead, &original, &translation, &mut told, out),
                Report::Other => other(pair, bead, number, &original, &translation, out),
                Report::Missing => missing(pair, bead, &original, &translation, out),
            }
        }
    }
}

/// Why two words of one passage are one name.
enum Known {
    /// The word beside them is the same in both.
    Beside(String),
    /// One version writes it elsewhere as the other does here; the second value says which.
    Elsewhere(bool),
    /// Both stand in brackets after the same word.
    Bracketed(String),
}

fn spelling(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    original: &Side<'_, '_>,
    translation: &Side<'_, '_>,
    told: &mut BTreeSet<(String, String)>,
    out: &mut Findings<'_>,
) {
    let here = original.within(&pair.original_ranges(bead));
    let there = translation.within(&pair.translation_ranges(bead));
    // What one passage has more often than the other.
    let more = |side: &Side<'_, '_>, list: &[usize], far: &Side<'_, '_>, others: &[usize]| -> Vec<usize> {
        let mut counts: HashMap<&str, isize> = HashMap::new();
        list.iter().for_each(|at| *counts.entry(side.tokens[*at].folded).or_default() += 1);
        others.iter().for_each(|at| *counts.entry(far.tokens[*at].folded).or_default() -= 1);
        list.iter().copied().filter(|at| counts.get(side.tokens[*at].folded).is_some_and(|more| *more > 0)).collect()
    };
    let (ours, theirs) = (more(original, &here, translation, &there), more(translation, &there, original, &here));
    for &at in &theirs {
        let word = &translation.tokens[at];
        if word.length() < LEAST || !word.is_capital() {
            continue;
        }
        for &from in &ours {
            let model = &original.tokens[from];
            let Some(known) = known(original, from, translation, at) else { continue };
            if !told.insert((model.folded.to_owned(), word.folded.to_owned())) {
                continue;
            }
            let message = format!("“{}” is “{}” in the original", word.text, model.text);
            let finding = out.finding(pair.translation.span(word.word.range.clone()), message);
            let finding = finding.related(pair.original.span(model.word.range.clone()), "the original says");
            let finding = finding.because(match known {
                Known::Beside(word) => format!("both stand beside “{word}”"),
                Known::Bracketed(word) => format!("both stand in brackets after “{word}”"),
                Known::Elsewhere(true) => format!("elsewhere in this version it is “{}”", model.text),
                Known::Elsewhere(false) => format!("elsewhere in the original it is “{}”", word.text),
            });
            out.push(in_bead(pair, bead, finding));
            break;
        }
    }
}

fn known(original: &Side<'_, '_>, from: usize, translation: &Side<'_, '_>, at: usize) -> Option<Known> {
    let (model, word) = (&original.tokens[from], &translation.tokens[at]);
    let ending = original.ending.max(translation.ending);
    let (foreign, strange) = (original.count(word.folded) == 0, translation.count(model.folded) == 0);
    // Both are unknown to the other version, and a name goes on beside them that both write alike.
    if foreign && strange && model.is_capital() && is_slip(model.folded, word.folded, ending) {
        let common = original.is_common(model.folded) || translation.is_common(word.folded);
        let same = |after: bool| {
            let (one, other) = (original.neighbour(from, after)?, translation.neighbour(at, after)?);
            let name = one.folded == other.folded && one.is_capital() && other.is_capital() && one.length() >= SHORT;
            // A family name follows the given name; what stands before is as often a word that is translated.
            let sure = !common && (!after || !is_doubled(model.folded, word.folded));
            (name && sure).then(|| other.text.to_owned())
        };
        if let Some(beside) = same(false).or_else(|| same(true)) {
            return Some(Known::Beside(beside));
        }
    }
    let seldom = |side: &Side<'_, '_>, word: &Token<'_>| side.count(word.folded) == 1;
    let near = model.length() >= LEAST
        && is_slip(model.folded, word.folded, ending)
        && !is_doubled(model.folded, word.folded)
        && model.is_capital();
    if foreign && !strange && near && seldom(translation, word) {
        return Some(Known::Elsewhere(true));
    }
    if strange && !foreign && near && seldom(original, model) {
        return Some(Known::Elsewhere(false));
    }
    if foreign && !strange && original.is_bracketed(from) && translation.is_bracketed(at) {
        // Abbreviations are those of their language.
        let acronym = |token: &Token<'_>| !token.text.contains(char::is_lowercase);
        let (one, two) = (original.before_bracket(from), translation.before_bracket(at));
        let same = two.iter().find(|name| one.iter().any(|other| other.folded == name.folded));
        return same.filter(|_| !acronym(model) && !acronym(word)).map(|name| Known::Bracketed(name.text.to_owned()));
    }
    None
}

/// Names that both versions have often and write alike: in the original, always with a capital.
fn is_shared_name(token: &Token<'_>, one: &Side<'_, '_>, other: &Side<'_, '_>) -> bool {
    let capital = token.is_capital() && token.text.chars().skip(1).all(char::is_lowercase) && token.length() >= SHORT;
    let common = || one.is_common(token.folded) || other.is_common(token.folded);
    capital && !common() && one.count(token.folded) > 1 && other.count(token.folded) > 1
}

fn other(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    number: usize,
    original: &Side<'_, '_>,
    translation: &Side<'_, '_>,
    out: &mut Findings<'_>,
) {
    let Some(sentences) = pair.sentences().get(number) else { return };
    for both in &sentences.alignment.beads {
        let (here, there) =
            (sentences.original.get(both.source.clone()), sentences.translation.get(both.target.clone()));
        let (Some(here), Some(there)) = (here, there) else { continue };
        if here.is_empty() || there.is_empty() {
            continue;
        }
        let (ours, theirs) = (original.within(here), translation.within(there));
        let only = |side: &Side<'_, '_>, list: &[usize], far: &Side<'_, '_>, others: &[usize]| -> Vec<usize> {
            let mut found: Vec<usize> = Vec::new();
            for &at in list {
                let token = &side.tokens[at];
                let stands = |other: &usize| {
                    let other = far.tokens[*other].folded;
                    other == token.folded || is_inflected(other, token.folded)
                };
                let twice = found.iter().any(|other| side.tokens[*other].folded == token.folded);
                if !twice && is_shared_name(token, side, far) && !others.iter().any(stands) {
                    found.push(at);
                }
            }
            found
        };
        let one = only(original, &ours, translation, &theirs);
        let two = only(translation, &theirs, original, &ours);
        let ([one], [two]) = (one.as_slice(), two.as_slice()) else { continue };
        let (model, word) = (&original.tokens[*one], &translation.tokens[*two]);
        // Given name and family name of one person.
        let one_person =
            |side: &Side<'_, '_>| side.joins(model.folded, word.folded) || side.joins(word.folded, model.folded);
        if one_person(original)
            || one_person(translation)
            || model.word.place == Place::Display
            || word.word.place == Place::Display
        {
            continue;
        }
        let message = format!("“{}” stands here, and “{}” in the original", word.text, model.text);
        let finding = out.finding(pair.translation.span(word.word.range.clone()), message);
        let mut finding = finding.related(pair.original.span(model.word.range.clone()), "the original says");
        finding = finding.because("both versions have both names elsewhere, and this sentence has one of them each");
        finding.confidence = Confidence::Medium;
        out.push(in_bead(pair, bead, finding));
    }
}

/// The pieces of a text between commas, semicolons and words for “and”, with their places.
fn pieces<'t>(reading: &Reading<'t>, range: &Range<usize>) -> Vec<(Range<usize>, &'t str)> {
    let Some(text) = reading.text().get(range.clone()) else { return Vec::new() };
    let joints = &reading.language().dates.and;
    let mut found = Vec::new();
    let mut start = 0;
    let mut put = |from: usize, to: usize| {
        let piece = &text[from..to];
        let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && !"()[]".contains(c));
        let lead = piece.find(bare).unwrap_or(0);
        if !bare.is_empty() {
            found.push((range.start + from + lead..range.start + from + lead + bare.len(), bare));
        }
    };
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        if matches!(next, ',' | ';' | '、' | '，' | '；' | '،') {
            put(start, at);
            start = at + next.len_utf8();
        } else if next.is_whitespace() {
            let rest = &text[at + next.len_utf8()..];
            let joint = joints.iter().find(|joint| {
                rest.strip_prefix(joint.as_str()).is_some_and(|rest| rest.starts_with(char::is_whitespace))
            });
            if let Some(joint) = joint {
                put(start, at);
                start = at + next.len_utf8() + joint.len();
                at = start;
                continue;
            }
        }
        at += next.len_utf8();
    }
    put(start, text.len());
    found
}

fn missing(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    original: &Side<'_, '_>,
    translation: &Side<'_, '_>,
    out: &mut Findings<'_>,
) {
    let pieces = |reading, ranges: Vec<Range<usize>>| -> Vec<(Range<usize>, &str)> {
        ranges.iter().flat_map(|range| pieces(reading, range)).collect()
    };
    let here = pieces(pair.original, pair.original_ranges(bead));
    if here.len() <= LISTED {
        return;
    }
    let there = pieces(pair.translation, pair.translation_ranges(bead));
    let key = |text: &str| folded(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let (mine, yours): (Vec<String>, Vec<String>) =
        (here.iter().map(|(_, text)| key(text)).collect(), there.iter().map(|(_, text)| key(text)).collect());
    for (one, other, far, near, lost) in
        [(&here, &mine, &yours, translation, true), (&there, &yours, &mine, original, false)]
    {
        for (at, (range, text)) in one.iter().enumerate() {
            let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| other.get(at)), other.get(at + 1))
            else {
                continue;
            };
            // The members around it are neighbours in the other version.
            let Some(place) = far.windows(2).position(|both| both[0] == *before && both[1] == *after) else { continue };
            let run = |step: &mut dyn Iterator<Item = usize>| {
                step.take_while(|at| other.get(*at).is_some_and(|key| far.contains(key))).count()
            };
            let listed = run(&mut (0..at).rev()) + run(&mut (at + 1..other.len()));
            let words: Vec<&str> = text.split_whitespace().collect();
            let name = words.len() <= WORDS
                && words.iter().all(|word| word.starts_with(char::is_alphabetic))
                && text.starts_with(char::is_uppercase);
            let strange = words
                .iter()
                .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
                .filter(|word| word.chars().count() >= SHORT)
                .all(|word| near.count(&folded(word)) == 0);
            if listed < LISTED || !name || !strange {
                continue;
            }
            let finding = match lost {
                true => {
                    let end = there.get(place).map_or(0, |(range, _)| range.end);
                    let at = pair.translation.span(end..end).start;
                    let caret = Span::new(pair.translation.document.source, at..at);
                    let finding = out.finding(caret, format!("“{text}” of the original is missing from this list"));
                    finding.related(pair.original.span(range.clone()), "stands in the original")
                }
                false => {
                    let span = pair.translation.span(range.clone());
                    let finding = out.finding(span, format!("“{text}” is not in the original's list"));
                    let end = here.get(place).map_or(0, |(range, _)| range.end);
                    let at = pair.original.span(end..end).start;
                    finding.related(Span::new(pair.original.document.source, at..at), "it would stand here")
                }
            };
            let mut finding = finding.because(format!("{listed} other members of the list stand in both"));
            if pair.is_draft() {
                finding.severity = Severity::Info;
            }
            out.push(in_bead(pair, bead, finding));
        }
    }
}
