//! `consistency/habit`: words in one of two spellings, beside other words that the text writes in the other one.

use super::report::{MOST, is_foreign, is_link};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::mention::word::{Case, Place};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

/// The kind.
pub const KIND: Kind = Kind {
    name: "consistency/habit",
    page: include_str!("habit.md"),
    keys: &[
        Key::required("letters", Shape::OneOf(&["is-iz", "our-or"]), "The letters in which the spellings differ."),
        Key::new("least", Shape::Integer, "How many words the text writes in its own way at least; 3 by default."),
        Key::new("ratio", Shape::Integer, "How many places of these there are for one of the others; 3 by default."),
        Key::new("sure", Shape::Integer, "From how many on it is more than a note; 6 by default."),
    ],
    build,
};

struct Habit {
    pairs: &'static Pairs,
    least: usize,
    ratio: usize,
    sure: usize,
}

/// The words that have both spellings, by what stands before the letters: a line for each, with what may stand behind them.
struct Pairs {
    forms: [&'static str; 2],
    text: &'static str,
    lines: OnceLock<Vec<&'static str>>,
}

static IS: Pairs = Pairs { forms: ["is", "iz"], text: include_str!("pairs/is.txt"), lines: OnceLock::new() };
static OUR: Pairs = Pairs { forms: ["our", "or"], text: include_str!("pairs/our.txt"), lines: OnceLock::new() };

impl Pairs {
    /// The spelling of a word in small letters, with where its letters begin; `None` for one that has no other spelling.
    fn spelling(&self, word: &str) -> Option<(usize, usize)> {
        let of = |form: usize| {
            let mut places = word.match_indices(self.forms[form]);
            places.find_map(|(at, letters)| self.has(&word[..at], &word[at + letters.len()..]).then_some((form, at)))
        };
        of(0).or_else(|| of(1))
    }

    fn has(&self, before: &str, behind: &str) -> bool {
        let lines = self.lines.get_or_init(|| self.text.lines().collect());
        let stem = |line: &&'static str| line.split(' ').next().unwrap_or_default();
        let Ok(at) = lines.binary_search_by_key(&before, stem) else { return false };
        let behind = if behind.is_empty() { "-" } else { behind };
        lines[at].split(' ').skip(1).any(|end| end == behind)
    }
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let number = |key: &str, otherwise: usize| {
        setup.table.integer(key).and_then(|n| usize::try_from(n).ok()).unwrap_or(otherwise).max(1)
    };
    let pairs = if setup.table.text("letters") == Some("our-or") { &OUR } else { &IS };
    Ok(Box::new(Habit { pairs, least: number("least", 3), ratio: number("ratio", 3), sure: number("sure", 6) }))
}

/// One place of a word.
struct Seen {
    stem: String,
    /// The word, in bytes of the document's text.
    range: Range<usize>,
    /// Where its letters begin.
    at: usize,
}

impl Check for Habit {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let [one, other] = self.seen(reading);
        let form = usize::from(other.len() > one.len());
        let (common, rare) = if form == 0 { (one, other) } else { (other, one) };
        let mut words: Vec<&str> = common.iter().map(|place| place.stem.as_str()).collect();
        words.sort_unstable();
        words.dedup();
        if rare.is_empty() || words.len() < self.least || common.len() < rare.len() * self.ratio {
            return;
        }
        let (own, letters) = (self.pairs.forms[form], self.pairs.forms[1 - form]);
        let first = reading.slice(rare[0].range.clone());
        let message = format!("“{first}” has “{letters}”, and {} other words of the text have “{own}”", words.len());
        let mut finding = out.finding(reading.span(rare[0].range.clone()), message);
        if common.len() < rare.len() * self.sure {
            finding.severity = Severity::Info;
        }
        finding = finding.label(format!("“{letters}” here"));
        for place in rare[1..].iter().take(MOST) {
            finding = finding.related(reading.span(place.range.clone()), "and here");
        }
        for (at, place) in common.iter().take(MOST).enumerate() {
            let label = if at == 0 { format!("“{own}” at {} places", common.len()) } else { "so".into() };
            finding = finding.related(reading.span(place.range.clone()), label);
        }
        let written = |place: &Seen| {
            let (start, end) = (place.range.start + place.at, place.range.start + place.at + letters.len());
            format!("{}{own}{}", reading.slice(place.range.start..start), reading.slice(end..place.range.end))
        };
        finding.help.get_or_insert_with(|| format!("write “{}”, as in the other words", written(&rare[0])));
        let edits = rare
            .iter()
            .map(|place| Some(Edit { span: reading.edit_span(place.range.clone())?, replacement: written(place) }));
        if let Some(edits) = edits.collect::<Option<Vec<_>>>() {
            let title = format!("write “{}”", written(&rare[0]));
            finding = finding.fix(Fix { title, applicability: Applicability::Unsafe, edits });
        }
        out.push(finding);
    }
}

impl Habit {
    /// The places of words of either spelling. A word that stands there in both is a matter of that word.
    fn seen(&self, reading: &Reading<'_>) -> [Vec<Seen>; 2] {
        let mut seen: [Vec<Seen>; 2] = [Vec::new(), Vec::new()];
        let mut forms: BTreeMap<String, [bool; 2]> = BTreeMap::new();
        for word in reading.words() {
            let written = reading.slice(word.range.clone());
            let plain = word.case == Case::Lower || word.case == Case::Capital && word.place == Place::Start;
            if !plain || !written.is_ascii() {
                continue;
            }
            let lower = written.to_ascii_lowercase();
            let Some((form, at)) = self.pairs.spelling(&lower) else { continue };
            if !is_own(reading, &word.range) {
                continue;
            }
            let stem = lower[..at].to_owned();
            forms.entry(stem.clone()).or_default()[form] = true;
            seen[form].push(Seen { stem, range: word.range.clone(), at });
        }
        for places in &mut seen {
            places.retain(|place| forms.get(&place.stem) != Some(&[true, true]));
        }
        seen
    }
}

/// Whether a word is the author's: not quoted, not what a link says as a whole, not in another language.
fn is_own(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let quotations = reading.quotations();
    let before = quotations.partition_point(|quotation| quotation.range.start <= range.start);
    let quoted = quotations[..before].iter().rev().take(8).any(|quotation| range.end <= quotation.range.end);
    let block = reading.block_at(range.start);
    !quoted && !is_link(reading, range) && block.is_some_and(|block| block.quotes == 0) && !is_foreign(reading, range)
}
