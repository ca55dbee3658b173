//! `numbers/transposed`: two digits that changed places in the number of a standard, a product or a file.

use crate::diagnostic::Diagnostic;
use crate::mention::number::IdentifierKind;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "numbers/transposed", page: include_str!("transposed.md"), keys: &[], build };

/// Bytes on either side in which a word is near.
const NEAR: usize = 60;

struct Transposed;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Transposed))
}

impl Check for Transposed {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let mut named: HashMap<(String, String), Vec<Range<usize>>> = HashMap::new();
        let identifiers = reading.identifiers().iter().filter(|identifier| identifier.kind == IdentifierKind::Code);
        let labels = reading.numbers().iter().filter(|number| number.label);
        let ranges =
            identifiers.map(|identifier| identifier.range.clone()).chain(labels.map(|number| number.range.clone()));
        for range in ranges {
            if let Some((name, digits, range)) = parts(reading, range) {
                named.entry((name, digits)).or_default().push(range);
            }
        }
        let mut singles: Vec<_> = named.iter().filter(|(_, places)| places.len() == 1).collect();
        singles.sort_by_key(|(_, places)| places[0].start);
        for ((name, digits), places) in singles {
            let place = &places[0];
            let Some(twins) = swapped(digits).find_map(|other| named.get(&(name.clone(), other))) else { continue };
            let Some(twin) = twins.iter().find(|other| share_a_word(reading, place, other)) else { continue };
            // Of two that stand once each, the later one is the surer: the first is what the writer looked at last.
            if twin.start < place.start && twins.len() == 1 {
                continue;
            }
            let written = reading.slice(twin.clone());
            let text = format!("two digits have changed places: “{written}” elsewhere");
            let finding = out.finding(reading.span(place.clone()), text).label("only here");
            out.push(finding.related(reading.span(twin.clone()), "with the same words beside it"));
        }
    }
}

/// Name and digits of what is written "BIP340", "ISO 9001" or "RFC-2119": two capitals or more, then three digits or more.
fn parts(reading: &Reading<'_>, range: Range<usize>) -> Option<(String, String, Range<usize>)> {
    let text = reading.text();
    let written = &text[range.clone()];
    let cut = written.find(|c: char| c.is_ascii_digit())?;
    let (mut name, digits) = (written[..cut].trim_end_matches('-'), &written[cut..]);
    let mut start = range.start;
    if name.is_empty() {
        let before = text[..range.start].trim_end_matches([' ', '\u{A0}', '-']);
        let from = before
            .rfind(|c: char| !c.is_ascii_uppercase())
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        name = &before[from..];
        start = from;
    }
    let capitals = name.len() >= 2 && name.bytes().all(|b| b.is_ascii_uppercase());
    (capitals && digits.len() >= 3 && digits.len() <= 6 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| (name.to_owned(), digits.to_owned(), start..range.end))
}

/// The digits with two neighbours changed, each way there is.
fn swapped(digits: &str) -> impl Iterator<Item = String> {
    let bytes = digits.as_bytes().to_vec();
    (1..bytes.len()).filter_map(move |at| {
        let mut other = bytes.clone();
        other.swap(at - 1, at);
        (other != bytes).then(|| String::from_utf8(other).unwrap_or_default())
    })
}

/// Whether one word of five letters or more stands near both, in two sentences.
fn share_a_word(reading: &Reading<'_>, one: &Range<usize>, other: &Range<usize>) -> bool {
    let (near, far) = (around(reading, one), around(reading, other));
    let apart = near.end <= far.start || far.end <= near.start;
    let known = words(reading, &near, one);
    apart && words(reading, &far, other).iter().any(|word| known.contains(word))
}

/// The part of the sentence that stands near a range.
fn around(reading: &Reading<'_>, range: &Range<usize>) -> Range<usize> {
    let text = reading.text();
    let sentences = reading.sentences();
    let sentence = sentences.get(sentences.partition_point(|sentence| sentence.end <= range.start));
    let sentence = sentence.filter(|sentence| sentence.start <= range.start).cloned().unwrap_or(range.clone());
    let floor = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start.saturating_sub(NEAR)).max(sentence.start).min(range.start);
    let end = floor(range.end + NEAR.min(text.len() - range.end)).min(sentence.end).max(range.end);
    start..end
}

fn words(reading: &Reading<'_>, around: &Range<usize>, range: &Range<usize>) -> HashSet<String> {
    let text = reading.text();
    let parts = [&text[around.start..range.start], &text[range.end..around.end]];
    let words = parts.into_iter().flat_map(|part| part.split(|c: char| !c.is_ascii_alphabetic()));
    words.filter(|word| word.len() >= 5).map(str::to_lowercase).collect()
}
