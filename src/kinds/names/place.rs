//! `names/place`: the name of a country with a slip of the hand in it, without a register.

use super::slip::{Slip, keys, slip};
use super::spelling::is_registered;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::{BlockKind, InlineKind, Part, detect};
use crate::language::Places;
use crate::mention::word::{Case, Place as At, Word, fold};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use foldhash::HashMap;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// The kind.
pub const KIND: Kind = Kind { name: "names/place", page: include_str!("place.md"), keys: &[], build };

/// Letters of the shortest word that is looked up.
const LETTERS: usize = 5;
/// Letters of the other words of a name, at least: “San” says little of what stands beside it.
const BESIDE: usize = 4;
/// Letters of the longest abbreviation before a name: “Mr.”, “St.”.
const INITIALS: usize = 3;
/// Places that a finding points at.
const SHOWN: usize = 4;

/// The names of countries, by language; made when a text in it is read.
#[derive(Default)]
struct Place {
    countries: Mutex<BTreeMap<String, Arc<Countries>>>,
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Place::default()))
}

impl Check for Place {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let Some(tag) = reading.document.language.tag.as_deref() else { return };
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_lowercase();
        let countries = {
            let mut known = self.countries.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(primary).or_insert_with_key(|tag| Arc::new(Countries::of(tag))).clone()
        };
        let mut found: BTreeMap<(&str, Meant<'_>), Vec<Range<usize>>> = BTreeMap::new();
        for (at, word) in reading.words().iter().enumerate() {
            let text = reading.slice(word.range.clone());
            if word.case != Case::Capital || text.chars().nth(LETTERS - 1).is_none() {
                continue;
            }
            if let Some(meant) = countries.meant(reading, tag, at)
                && out.rule.scope.covers_byte(reading.document, word.range.start)
                && !reading.is_opaque(&word.range)
                && !is_registered(reading, &word.range)
            {
                found.entry((text, meant)).or_default().push(word.range.clone());
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|(_, places)| places[0].start);
        for ((written, Meant { name, word }), places) in found {
            let message = format!("“{written}” is spelt otherwise than “{word}”");
            let mut finding = out.finding(reading.span(places[0].clone()), message);
            for place in places.iter().skip(1).take(SHOWN) {
                finding = finding.related(reading.span(place.clone()), "and here");
            }
            if name != word {
                finding = finding.because(format!("the country is “{name}”"));
            }
            finding.help.get_or_insert_with(|| format!("write “{word}” if the country is meant"));
            if let Some(span) = reading.edit_span(places[0].clone()).filter(|_| places.len() == 1) {
                finding = finding.replace(format!("write “{word}”"), Applicability::Unsafe, span, word);
            }
            out.push(finding);
        }
    }
}

/// The names of countries in a language, by what a slip leaves of their words.
struct Countries {
    names: Vec<Name>,
    /// A name and which of its words.
    index: HashMap<u64, Vec<(usize, usize)>>,
}

struct Name {
    name: &'static str,
    words: Vec<&'static str>,
}

/// What was probably meant: the name of a country, and the word of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meant<'a> {
    name: &'a str,
    word: &'a str,
}

impl Countries {
    fn of(tag: &str) -> Self {
        let mut names = Vec::new();
        let mut index: HashMap<u64, Vec<(usize, usize)>> = HashMap::default();
        for name in Places::countries(tag) {
            let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
            for (at, word) in words.iter().enumerate().filter(|(_, word)| word.chars().nth(LETTERS - 1).is_some()) {
                for key in looked_up(word) {
                    index.entry(key).or_default().push((names.len(), at));
                }
            }
            names.push(Name { name, words });
        }
        Countries { names, index }
    }

    /// The country whose name a word is but for a slip, or a word of whose name.
    fn meant(&self, reading: &Reading<'_>, tag: &str, at: usize) -> Option<Meant<'static>> {
        let word = &reading.words()[at];
        let text = reading.slice(word.range.clone());
        let mut found: Vec<(usize, usize)> =
            looked_up(text).into_iter().filter_map(|key| self.index.get(&key)).flatten().copied().collect();
        if found.is_empty() {
            return None;
        }
        found.sort_unstable();
        found.dedup();
        // A word that stands in the name of any country, as it is, is no slip in that of another.
        let folded = fold(text);
        if Places::knows(Some(tag), text) || Places::of(Some(tag)).is_alike(&folded) || self.has(&folded) {
            return None;
        }
        found.into_iter().find_map(|(name, part)| {
            let Name { name, words } = &self.names[name];
            let one = words.len() == 1;
            if !is_slip(text, words[part], one) {
                return None;
            }
            let stands = if one { is_alone(reading, at) } else { has_others(reading, at, words, part) };
            // Right in another language, where the sentence is in that.
            let foreign = Places::of(Some(tag)).is_right_elsewhere(&folded);
            let stands = stands && (!foreign || is_own(reading, at, !one));
            stands.then_some(Meant { name, word: words[part] })
        })
    }

    /// Whether a folded word stands in a name.
    fn has(&self, folded: &str) -> bool {
        let places = looked_up(folded).into_iter().filter_map(|key| self.index.get(&key)).flatten();
        places.into_iter().any(|&(name, part)| fold(self.names[name].words[part]) == folded)
    }
}

/// What a word is looked up by: the keys of slips, and its letters with each double one once.
fn looked_up(word: &str) -> Vec<u64> {
    let mut found = keys(word);
    found.extend(keys(&single(word)));
    found.sort_unstable();
    found.dedup();
    found
}

fn single(word: &str) -> String {
    let mut letters: Vec<char> = fold(word).chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// Whether a word is another one but for a slip that a name of its length shows; less is asked of a word that others of its name stand
/// beside. What differs in accents only is left to others.
fn is_slip(text: &str, word: &str, alone: bool) -> bool {
    let letters = text.chars().count().max(word.chars().count());
    let [by_itself, beside] = match slip(text, word) {
        Some(Slip::Accent) => return false,
        Some(Slip::Swap | Slip::Double) => [6, 5],
        Some(Slip::Extra | Slip::Vowel) => [8, 6],
        Some(Slip::Changed) => [9, 6],
        // Two letters doubled, or one doubled and another not: Phillipines.
        None if single(text) == single(word) => [8, 8],
        None => return false,
    };
    let least = if alone { by_itself } else { beside };
    fold(text) != fold(word) && letters >= least
}

/// Whether a word stands by itself: one beside another name is part of that, as a family name is.
fn is_alone(reading: &Reading<'_>, at: usize) -> bool {
    let words = reading.words();
    let word = &words[at];
    let letters = |word: &Word| reading.slice(word.range.clone()).chars().count();
    let joined = |one: &Word, two: &Word| {
        let gap = reading.text().get(one.range.end..two.range.start).unwrap_or_default();
        let stop = gap == ". " && letters(one) <= INITIALS;
        one.block == two.block && (stop || matches!(gap, " " | "\u{A0}" | "\n" | "-" | "‑" | "’" | "'" | "&" | " & "))
    };
    let is_name = |other: &Word| {
        // A word at the beginning of a sentence has its capital for its place, where the text has it small too.
        let folded = fold(reading.slice(other.range.clone()));
        let small = |at: &usize| words[*at].case == Case::Lower;
        let common = reading.words_by_fold().get(&folded).is_some_and(|places| places.iter().any(small));
        other.case != Case::Lower
            && letters(other) > 1
            && !(other.place == At::Start && (common || letters(other) <= 2))
    };
    let before = at.checked_sub(1).map(|before| &words[before]);
    let after = words.get(at + 1);
    !before.is_some_and(|before| joined(before, word) && is_name(before))
        && !after.is_some_and(|after| joined(word, after) && is_name(after))
}

/// Whether a word stands where the text speaks in its own words and its own language: in running text, after a word that begins no name.
fn is_own(reading: &Reading<'_>, at: usize, held: bool) -> bool {
    let words = reading.words();
    let (word, block) = (&words[at], &reading.document.blocks[words[at].block]);
    let prose = block.part == Part::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
    let marked = reading.document.inlines.iter().any(|inline| {
        !matches!(inline.kind, InlineKind::Address | InlineKind::NoteMark(_))
            && inline.range.start < word.range.end
            && word.range.start < inline.range.end
    });
    // “the war in Afganistan”, and not “Embajada de Afganistan” or “Kabul, Afganistan”.
    let after = |at: usize| -> Option<usize> {
        let before = at.checked_sub(1)?;
        let gap = reading.text().get(words[before].range.end..words[at].range.start)?;
        (words[before].block == words[at].block && matches!(gap, " " | "\u{A0}" | "\n")).then_some(before)
    };
    let small = |at: usize| words[at].case == Case::Lower;
    let spoken = after(at).is_some_and(|one| small(one) && after(one).is_some_and(small));
    let own = reading.document.language.tag.as_deref().and_then(|tag| tag.split('-').next());
    prose
        && !marked
        && (held || spoken)
        && !reading.is_quoted(&word.range)
        && detect::of(reading.slice(block.range.clone())).is_some_and(|found| Some(found) == own)
}

/// Whether all other words of a name stand around the word that is one part of it.
fn has_others(reading: &Reading<'_>, at: usize, name: &[&str], part: usize) -> bool {
    let letters: usize = name.iter().map(|word| word.chars().count()).sum::<usize>() - name[part].chars().count();
    let before: Option<usize> = name[..part].iter().rev().try_fold(at, |at, word| neighbour(reading, at, true, word));
    let after: Option<usize> = name[part + 1..].iter().try_fold(at, |at, word| neighbour(reading, at, false, word));
    letters >= BESIDE && before.is_some() && after.is_some()
}

/// The word before or after another, where it is the one that is wanted and no mark divides them.
fn neighbour(reading: &Reading<'_>, from: usize, back: bool, wanted: &str) -> Option<usize> {
    let words = reading.words();
    let next = |at: usize| if back { at.checked_sub(1) } else { Some(at + 1) };
    let is_and = |word: &Word| {
        let text = reading.slice(word.range.clone());
        word.case == Case::Lower && reading.language().dates.and.iter().any(|and| and == text)
    };
    let mut at = next(from)?;
    // “Bosnia & Herzegovina” is written with the word too.
    if is_and(words.get(at)?) {
        at = next(at)?;
    }
    let (word, other) = (words.get(at)?, &words[from]);
    let (start, end) = if back { (word.range.end, other.range.start) } else { (other.range.end, word.range.start) };
    let gap = reading.text().get(start..end)?;
    let joined = word.block == other.block && gap.len() <= 8 && !gap.contains(|c: char| ",;:()!?\"“”«»/".contains(c));
    (joined && fold(reading.slice(word.range.clone())) == fold(wanted)).then_some(at)
}
