//! `consistency/near`: a long word that stands in the text once, and is another word of it with a letter too many, too few, or two exchanged.

use super::report::is_cited;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::mention::word::{Case, Place, case};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// The kind.
pub const KIND: Kind = Kind {
    name: "consistency/near",
    page: include_str!("near.md"),
    keys: &[
        Key::new(
            "least",
            Shape::Integer,
            "How often the common word stands there; 3 by default. With 1, two words that stand there once each are shown as a pair.",
        ),
        Key::new("letters", Shape::Integer, "Letters of the shortest word; 9 by default."),
        Key::new("before", Shape::Integer, "Letters before the difference at least; 3 by default."),
        Key::new("after", Shape::Integer, "Letters after it at least, so that no ending differs; 4 by default."),
    ],
    build,
};

/// Letters of the longest word that is compared; what is longer is no word of a release.
const LONGEST: usize = 60;

struct Near {
    least: usize,
    letters: usize,
    before: usize,
    after: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let number = |key: &str, usual: usize| {
        setup.table.integer(key).and_then(|number| usize::try_from(number).ok()).unwrap_or(usual).max(1)
    };
    Ok(Box::new(Near {
        least: number("least", 3),
        letters: number("letters", 9),
        before: number("before", 3),
        after: number("after", 4),
    }))
}

impl Check for Near {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let mut words: BTreeMap<String, Vec<(Range<usize>, bool)>> = BTreeMap::new();
        for word in reading.words() {
            let written = reading.slice(word.range.clone());
            let length = written.chars().take(LONGEST + 1).count();
            if !(self.letters - 1..=LONGEST).contains(&length) || !written.chars().all(char::is_alphabetic) {
                continue;
            }
            let first = reading.document.blocks.get(word.block).is_some_and(|b| b.range.start == word.range.start);
            // A capital inside a sentence may be a name, which the same word without it is not.
            let plain = match word.case {
                Case::Lower => true,
                Case::Capital => word.place == Place::Start || first,
                _ => false,
            };
            words.entry(written.to_lowercase()).or_default().push((word.range.clone(), plain));
        }
        let common: Vec<&str> = words
            .iter()
            .filter(|(word, places)| {
                places.iter().filter(|(_, plain)| *plain).count() >= self.least && word.chars().count() >= self.letters
            })
            .map(|(word, _)| word.as_str())
            .collect();
        if common.is_empty() {
            return;
        }
        // By hashes, for of many long words the words without a letter are many times the text.
        let mut shorter: HashMap<u64, &str> = HashMap::new();
        for word in &common {
            shorter.extend(self.without_one(word).map(|key| (xxh3_64(key.as_bytes()), *word)));
        }
        for (rare, places) in words.iter() {
            let [(range, true)] = places.as_slice() else { continue };
            let lacks = shorter.get(&xxh3_64(rare.as_bytes())).copied();
            let lacks = lacks.filter(|word| self.without_one(word).any(|key| key == *rare));
            let found = lacks.or_else(|| self.meant(rare, &common)).filter(|word| *word != rare);
            let Some(word) = found.filter(|_| !is_cited(reading, range)) else { continue };
            let Some((other, _)) = words[word].iter().find(|(_, plain)| *plain) else { continue };
            let written = reading.slice(range.clone());
            if words[word].len() == 1 {
                // Each of two that stand there once may be the one that is wrong; the later one is shown.
                if other.start < range.start {
                    let message = format!("“{written}” here and “{word}” there: one of them is misspelt");
                    let finding = out.finding(reading.span(range.clone()), message);
                    let mut finding = finding.related(reading.span(other.clone()), "the other one");
                    finding.help.get_or_insert_with(|| "look up which one is right".to_owned());
                    out.push(finding);
                }
                continue;
            }
            let wanted = if case(written) == Case::Capital { capitalised(word) } else { word.to_owned() };
            let message = format!("“{written}” stands only here, beside “{word}”");
            let finding = out.finding(reading.span(range.clone()), message);
            let label = format!("{} times so", words[word].len());
            let mut finding = finding.related(reading.span(other.clone()), label);
            finding.help.get_or_insert_with(|| format!("is “{wanted}” meant?"));
            out.push(match reading.edit_span(range.clone()) {
                Some(span) => finding.replace(format!("write “{wanted}”"), Applicability::Unsafe, span, wanted),
                None => finding,
            });
        }
    }
}

impl Near {
    /// A word with each of its inner letters left out.
    fn without_one(&self, word: &str) -> impl Iterator<Item = String> + use<> {
        let letters: Vec<char> = word.chars().collect();
        let last = letters.len().saturating_sub(self.after);
        (self.before..last).map(move |gap| letters[..gap].iter().chain(&letters[gap + 1..]).collect())
    }

    /// The common word that a rare one is with a letter too many, or with two letters exchanged.
    fn meant<'a>(&self, rare: &str, common: &[&'a str]) -> Option<&'a str> {
        let known = |word: &str| common.binary_search(&word).ok().map(|at| common[at]);
        if let Some(word) = self.without_one(rare).find_map(|word| known(&word)) {
            return Some(word);
        }
        let letters: Vec<char> = rare.chars().collect();
        let last = letters.len().saturating_sub(self.after + 1);
        (self.before..last).find_map(|at| {
            let mut swapped = letters.clone();
            swapped.swap(at, at + 1);
            known(&swapped.into_iter().collect::<String>())
        })
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
