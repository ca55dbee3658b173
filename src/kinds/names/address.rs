//! `names/address`: a name and the address beside it that spell one family name in two ways.

use super::slip::slip;
use crate::diagnostic::Diagnostic;
use crate::document::InlineKind;
use crate::mention::word::{Case, case, fold};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::source::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind { name: "names/address", page: include_str!("address.md"), keys: &[], build };

/// Letters of the shortest family name that is compared.
const FAMILY: usize = 5;
/// Bytes before an e-mail address in which its owner is named.
const REACH: usize = 160;

struct Address;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Address))
}

impl Check for Address {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for inline in &reading.document.inlines {
            let (said, target, place) = match &inline.kind {
                InlineKind::Link { target, source } => (inline.range.clone(), target.as_str(), source.clone()),
                InlineKind::Address => (0..0, reading.slice(inline.range.clone()), inline.source.clone()),
                _ => continue,
            };
            let mail = target.strip_prefix("mailto:").unwrap_or(target).split_once('@').map(|(local, _)| local);
            let mail = mail.filter(|local| !local.is_empty() && !local.contains(['/', ':', ' ']));
            let (names, owner) = match mail {
                Some(local) => (people(reading, before(reading, inline.range.start, said)), local),
                // The label of a link to somebody's page is the name and nothing else.
                None => (label(reading, &said).into_iter().collect(), last_segment(target)),
            };
            let letters = fold(&owner.chars().filter(|c| c.is_alphabetic()).collect::<String>());
            if names.iter().any(|name| name.spelt(&letters)) {
                continue;
            }
            // The nearest name is the owner's, where the address is nearly his.
            let Some(name) = names.iter().rev().find(|name| name.nearly(&letters)) else { continue };
            let shown = reading.slice(name.family.clone());
            let finding = out
                .finding(reading.span(name.family.clone()), format!("“{shown}” here, and “{owner}” in the address"))
                .related(Span::new(reading.document.source, place), "the address");
            out.push(finding);
        }
    }
}

/// A person named in a text, as the letters of addresses.
struct Person {
    given: Vec<String>,
    family: Range<usize>,
    /// The family name folded, and as addresses write it that have no marks over letters.
    spellings: Vec<String>,
}

impl Person {
    fn of(reading: &Reading<'_>, words: &[Range<usize>]) -> Option<Person> {
        let (family, given) = words.split_last()?;
        let text = reading.slice(family.clone());
        let long = text.chars().nth(FAMILY - 1).is_some() && !given.is_empty();
        let given = given.iter().map(|word| fold(reading.slice(word.clone()))).collect();
        let mut spellings = vec![fold(text), fold(&written_out(text))];
        spellings.dedup();
        long.then(|| Person { given, family: family.clone(), spellings })
    }

    /// The ways in which people make addresses of their names, around one spelling of the family name.
    fn addresses(&self, family: &str) -> Vec<String> {
        let initials: String = self.given.iter().filter_map(|name| name.chars().next()).collect();
        let mut made = vec![format!("{}{family}", self.given.concat()), format!("{initials}{family}")];
        // The first of the words may be that of a sentence.
        for given in &self.given {
            let initial: String = given.chars().take(1).collect();
            made.extend([given, &initial].into_iter().map(|given| format!("{given}{family}")));
            made.extend([given, &initial].into_iter().map(|given| format!("{family}{given}")));
        }
        made
    }

    fn spelt(&self, letters: &str) -> bool {
        self.spellings
            .iter()
            .any(|family| family == letters || self.addresses(family).iter().any(|made| made == letters))
    }

    /// Whether an address is made of this name but for one slip in the family name.
    fn nearly(&self, letters: &str) -> bool {
        let family = &self.spellings[0];
        let made = self.addresses(family);
        made.iter().any(|made| {
            let (given, behind) = match made.strip_suffix(family.as_str()) {
                Some(given) => (given, ""),
                None => ("", made.strip_prefix(family.as_str()).unwrap_or_default()),
            };
            let rest = letters.strip_prefix(given).and_then(|rest| rest.strip_suffix(behind));
            rest.is_some_and(|rest| slip(family, rest).is_some())
        })
    }
}

/// Letters with marks as two letters, as German and Nordic addresses have them.
fn written_out(word: &str) -> String {
    let mut out = String::with_capacity(word.len() + 2);
    for c in word.chars() {
        match c.to_lowercase().next().unwrap_or(c) {
            'ä' | 'æ' => out.push_str("ae"),
            'ö' | 'ø' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'å' => out.push_str("aa"),
            _ => out.push(c),
        }
    }
    out
}

/// The stretch of a block in which the owner of an e-mail address is named: before it, and the label of its link.
fn before(reading: &Reading<'_>, at: usize, label: Range<usize>) -> Range<usize> {
    let Some(block) = reading.block_at(at) else { return at..at };
    let start = reading.text().floor_char_boundary(at.saturating_sub(REACH)).max(block.range.start);
    start..label.end.max(at)
}

/// The people named in a stretch: two to four capitalised words side by side.
fn people(reading: &Reading<'_>, stretch: Range<usize>) -> Vec<Person> {
    let (mut found, mut run): (Vec<Person>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    for (at, word) in reading.slice(stretch.clone()).unicode_word_indices() {
        let range = stretch.start + at..stretch.start + at + word.len();
        let joined =
            run.last().is_none_or(|last| reading.slice(last.end..range.start).chars().all(char::is_whitespace));
        if !joined || case(word) != Case::Capital {
            found.extend(Person::of(reading, &std::mem::take(&mut run)));
        }
        if case(word) == Case::Capital {
            run.push(range);
        }
    }
    found.extend(Person::of(reading, &run));
    found
}

/// The person that a link's label is.
fn label(reading: &Reading<'_>, label: &Range<usize>) -> Option<Person> {
    let words: Vec<Range<usize>> = reading
        .slice(label.clone())
        .unicode_word_indices()
        .map(|(at, word)| label.start + at..label.start + at + word.len())
        .collect();
    let capital = words.iter().all(|word| case(reading.slice(word.clone())) == Case::Capital);
    ((2..=4).contains(&words.len()) && capital).then(|| Person::of(reading, &words)).flatten()
}

/// The last part of an address's path.
fn last_segment(target: &str) -> &str {
    let target = target.split(['?', '#']).next().unwrap_or_default();
    let rest = target.split_once("://").map_or(target, |(_, rest)| rest).trim_start_matches("//").trim_end_matches('/');
    rest.rsplit_once('/').map_or("", |(_, last)| last.trim_start_matches(['@', '~']))
}
