//! `parity/passage`: passages that are missing from a translation, that only it has, that stand elsewhere, that it joins or parts.

use super::place::{self, caret, doubtful, in_bead, original_block, translation_block};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Block;
use crate::release::align::{Bead, Unit};
use crate::release::anchor::{Anchor, AnchorClass};
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::BTreeSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/passage",
    page: include_str!("passage.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["missing", "added", "moved", "joined"]),
        "What to report: passages that the translation lacks, that only it has, that stand elsewhere, that are joined or parted.",
    )],
    build,
};

/// Letters below which a passage alone is worth no more than a note.
const SHORT: usize = 25;

enum Passage {
    Missing,
    Added,
    Moved,
    Joined,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(match setup.table.text("report") {
        Some("added") => Passage::Added,
        Some("moved") => Passage::Moved,
        Some("joined") => Passage::Joined,
        _ => Passage::Missing,
    }))
}

impl Check for Passage {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        match self {
            Passage::Missing => missing(pair, out),
            Passage::Added => added(pair, out),
            Passage::Moved => moved(pair, out),
            Passage::Joined => joined(pair, out),
        }
    }
}

/// Neighbouring passages of one version that nothing in the other answers.
struct Alone<'a, 'p> {
    /// The first of their beads.
    bead: &'p Bead,
    blocks: Vec<&'a Block>,
    /// What makes it doubtful that they are missing, in the order of the reasons in [`weighed`].
    doubts: [bool; 5],
}

/// One side of a pair.
struct Side<'a, 'p> {
    reading: &'p Reading<'a>,
    block: fn(&Pair<'a, 'p>, usize) -> Option<&'a Block>,
    /// A bead's passages on this side, and on the other.
    here: fn(&Bead) -> &Range<usize>,
    there: fn(&Bead) -> &Range<usize>,
    moved: BTreeSet<usize>,
}

fn alone<'a, 'p>(pair: &'p Pair<'a, 'p>, side: &Side<'a, 'p>) -> Vec<Alone<'a, 'p>> {
    let lonely =
        |bead: &Bead| (side.there)(bead).is_empty() && !(side.here)(bead).clone().all(|i| side.moved.contains(&i));
    let told = |(at, run): (usize, &'p [Bead])| {
        let passages = run.iter().flat_map(|bead| (side.here)(bead).clone()).filter(|i| !side.moved.contains(i));
        let blocks: Vec<&Block> = passages.filter_map(|passage| (side.block)(pair, passage)).collect();
        let bead = run.first().filter(|_| !blocks.is_empty())?;
        let letters: usize = blocks.iter().map(|block| letters(side.reading.document.block_text(block))).sum();
        let furniture = blocks.iter().all(|block| place::is_furniture(block));
        let guess = run.iter().all(|bead| pair.is_guess(bead));
        let (absorbed, said) = (absorbed(pair, at, run.len()), said_beside(pair, at, run.len()));
        Some(Alone { bead, blocks, doubts: [letters < SHORT, furniture, guess, absorbed, said] })
    };
    runs(pair.beads(), lonely).into_iter().filter_map(told).collect()
}

fn missing<'a, 'p>(pair: &'p Pair<'a, 'p>, out: &mut Findings<'_>) {
    let moved = pair.passages().alignment.moved.iter().map(|(here, _)| *here).collect();
    let side = Side {
        reading: pair.original,
        block: original_block,
        here: |bead| &bead.source,
        there: |bead| &bead.target,
        moved,
    };
    for Alone { bead, blocks, doubts } in alone(pair, &side) {
        let message = match blocks.len() {
            1 => "a passage of the original is missing here".to_owned(),
            count => format!("{count} passages of the original are missing here"),
        };
        let mut finding = out.finding(caret(pair, bead.target.start), message);
        for (number, block) in blocks.iter().take(3).enumerate() {
            let label = if number == 0 { "stands in the original" } else { "and this" };
            finding = finding.related(place::span(pair.original, block), label);
        }
        out.push(weighed(pair, finding.because(pair.told(bead)), doubts));
    }
}

fn added<'a, 'p>(pair: &'p Pair<'a, 'p>, out: &mut Findings<'_>) {
    let moved = pair.passages().alignment.moved.iter().map(|(_, there)| *there).collect();
    let side = Side {
        reading: pair.translation,
        block: translation_block,
        here: |bead| &bead.target,
        there: |bead| &bead.source,
        moved,
    };
    for Alone { bead, blocks, doubts } in alone(pair, &side) {
        let Some(first) = blocks.first() else { continue };
        let message = match blocks.len() {
            1 => "the original has no such passage".to_owned(),
            count => format!("the original has none of these {count} passages"),
        };
        let mut finding = out.finding(place::span(pair.translation, first), message);
        let after = bead.source.start.checked_sub(1).and_then(|before| original_block(pair, before));
        if let Some(before) = after {
            let end = place::span(pair.original, before).end;
            finding = finding
                .related(crate::source::Span::new(pair.original.document.source, end..end), "it would stand here");
        }
        out.push(weighed(pair, finding.because(pair.told(bead)), doubts));
    }
}

/// A finding about passages alone: a note where one of the reasons for doubt holds, or where the texts are drafts.
fn weighed(pair: &Pair<'_, '_>, mut finding: Diagnostic, doubts: [bool; 5]) -> Diagnostic {
    let reasons = [
        "it is short",
        "each version may have this part in its own way",
        "the texts could be laid beside each other in another way",
        "the passage beside it is long enough to hold it",
        "the passage beside it has its figures",
    ];
    let mut any = false;
    for (_, reason) in doubts.iter().zip(reasons).filter(|(doubt, _)| **doubt) {
        finding = finding.because(reason);
        any = true;
    }
    if any {
        finding = doubtful(finding);
    } else if pair.is_draft() {
        finding.severity = Severity::Info;
        finding = finding.because("a draft may be unfinished");
    }
    finding
}

fn moved(pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
    if pair.obstacle().is_some() {
        return;
    }
    for &(here, there) in &pair.passages().alignment.moved {
        let (Some(original), Some(translation)) = (original_block(pair, here), translation_block(pair, there)) else {
            continue;
        };
        let finding =
            out.finding(place::span(pair.translation, translation), "this passage stands elsewhere in the original");
        let finding = finding.related(place::span(pair.original, original), "it stands here");
        let short = letters(pair.translation.document.block_text(translation)) < SHORT;
        let furniture = place::is_furniture(original) || place::is_furniture(translation);
        out.push(if short || furniture { doubtful(finding) } else { finding });
    }
}

fn joined(pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
    if pair.obstacle().is_some() {
        return;
    }
    for bead in pair.beads().iter().filter(|bead| bead.source.len() > 1 || bead.target.len() > 1) {
        let (Some(translation), false) = (translation_block(pair, bead.target.start), bead.source.is_empty()) else {
            continue;
        };
        if bead.target.is_empty() {
            continue;
        }
        let message = match (bead.source.len(), bead.target.len()) {
            (1, parts) => format!("one passage of the original is {parts} here"),
            (parts, 1) => format!("{parts} passages of the original are one here"),
            (some, others) => format!("{some} passages of the original are parted otherwise into {others} here"),
        };
        let mut finding = out.finding(place::span(pair.translation, translation), message);
        for block in bead.target.clone().skip(1).filter_map(|passage| translation_block(pair, passage)) {
            finding = finding.related(place::span(pair.translation, block), "and this");
        }
        for block in bead.source.clone().filter_map(|passage| original_block(pair, passage)) {
            finding = finding.related(place::span(pair.original, block), "in the original");
        }
        out.push(in_bead(pair, bead, finding));
    }
}

/// Runs of neighbouring beads for which a question holds, with the index of the first.
fn runs(beads: &[Bead], holds: impl Fn(&Bead) -> bool) -> Vec<(usize, &[Bead])> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < beads.len() {
        let length = beads[at..].iter().take_while(|bead| holds(bead)).count();
        if length > 0 {
            runs.push((at, &beads[at..at + length]));
        }
        at += length.max(1);
    }
    runs
}

/// Whether a neighbour of these beads is so much longer on one side that what is missing may stand in it.
fn absorbed(pair: &Pair<'_, '_>, at: usize, count: usize) -> bool {
    let beads = pair.beads();
    let total = |bead: &Bead| -> (f64, f64) {
        let sum = |ranges: Vec<Range<usize>>, text: &str| -> f64 {
            ranges.into_iter().filter_map(|range| text.get(range)).map(|text| text.chars().count() as f64).sum()
        };
        (
            sum(pair.original_ranges(bead), pair.original.text()),
            sum(pair.translation_ranges(bead), pair.translation.text()),
        )
    };
    let both: Vec<(f64, f64)> =
        beads.iter().filter(|b| !b.source.is_empty() && !b.target.is_empty()).map(&total).collect();
    let (here, there) = both.iter().fold((0.0, 0.0), |sum, (a, b)| (sum.0 + a, sum.1 + b));
    let ratio = (there + 100.0) / (here + 100.0);
    let alone = beads[at..at + count].iter().map(&total).fold((0.0, 0.0), |sum, (a, b)| (sum.0 + a, sum.1 + b));
    let neighbours = [at.checked_sub(1), Some(at + count)].into_iter().flatten().filter_map(|index| beads.get(index));
    neighbours.filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()).any(|bead| {
        let (a, b) = total(bead);
        // What is missing there would make the neighbour longer there.
        let surplus = if alone.0 > 0.0 { b - a * ratio } else { a * ratio - b };
        let expected = if alone.0 > 0.0 { alone.0 * ratio } else { alone.1 };
        surplus > expected * 0.6 && surplus > 0.25 * b.max(a)
    })
}

/// Whether a neighbour of these beads has, on the side where they have nothing, a figure, date or address of theirs that its own other
/// side lacks: then a part of them was laid with it.
fn said_beside(pair: &Pair<'_, '_>, at: usize, count: usize) -> bool {
    let (beads, [original, translation]) = (pair.beads(), &pair.passages().units);
    let facts = |units: &[Unit], range: &Range<usize>| -> BTreeSet<Anchor> {
        let anchors = units[range.clone()].iter().flat_map(|unit| &unit.anchors);
        anchors.filter(|anchor| anchor.class <= AnchorClass::Number).cloned().collect()
    };
    let both = |bead: &Bead| [facts(original, &bead.source), facts(translation, &bead.target)];
    let mut alone = [BTreeSet::new(), BTreeSet::new()];
    for bead in &beads[at..at + count] {
        both(bead).into_iter().zip(&mut alone).for_each(|(facts, all)| all.extend(facts));
    }
    let [ours, theirs] = alone;
    let neighbours = [at.checked_sub(1), Some(at + count)].into_iter().flatten().filter_map(|index| beads.get(index));
    neighbours.map(both).any(|[here, there]| {
        let answered = |facts: &BTreeSet<Anchor>, same: &BTreeSet<Anchor>, other: &BTreeSet<Anchor>| {
            facts.iter().any(|fact| other.contains(fact) && !same.contains(fact))
        };
        answered(&ours, &here, &there) || answered(&theirs, &there, &here)
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}
