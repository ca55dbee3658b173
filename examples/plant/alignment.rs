//! Rows A: what alignment makes of passages that are deleted, inserted, merged, split and swapped. Only pairs whose blocks agree in number
//! and type count; there, blocks in the same place are taken as one passage.

use crate::pairs::{Pairs, Version};
use crate::table::{Measure, Share};
use copydesk::document::{Document, ReadOptions, read};
use copydesk::release::align::{Alignment, Bead, Grain, Unit, UnitKind, align};
use copydesk::release::passage::{kind, passages};
use copydesk::rule::{Reading, Stage, unit_of};
use copydesk::source::{Source, SourceSet};
use std::collections::BTreeMap;

/// A passage: as a unit, and where it may be cut in two.
#[derive(Clone)]
struct Passage {
    unit: Unit,
    halves: Option<(Unit, Unit)>,
}

type Blocks = Vec<Passage>;

/// One block in this many is damaged, so that a run stays short.
const STRIDE: usize = 25;

/// What alignment makes of these pairs.
pub fn measure(pairs: &Pairs) -> Vec<(Measure, Share)> {
    let sides: Vec<(Blocks, Blocks)> = pairs
        .list
        .iter()
        .map(|pair| (blocks(&pair.original), blocks(&pair.translation)))
        .filter(|(here, there)| {
            let kinds = |side: &Blocks| side.iter().map(|block| block.unit.kind).collect::<Vec<_>>();
            kinds(here) == kinds(there) && here.len() > 3
        })
        .collect();
    let mut tally = Tally::default();
    for at in 0..sides.len() {
        let alien = &sides[(at + 1) % sides.len()].1;
        plant(&sides[at].0, &sides[at].1, alien, &mut tally);
    }
    tally.0.into_iter().collect()
}

/// Hits and trials of each measure.
#[derive(Default)]
struct Tally(BTreeMap<Measure, Share>);

impl Tally {
    fn add(&mut self, row: &'static str, what: &str, target: &'static str, hit: bool) {
        self.count(row, what, target, usize::from(hit), 1);
    }

    fn count(&mut self, row: &'static str, what: &str, target: &'static str, hits: usize, trials: usize) {
        let share = self.0.entry((row, what.to_owned(), target)).or_default();
        share.hits += hits;
        share.trials += trials;
    }
}

fn blocks(version: &Version) -> Blocks {
    let mut sources = SourceSet::new();
    let id = sources.add(Source::from_text(version.path.as_str(), version.text.as_str()));
    let language = vec![(version.language.clone(), copydesk::document::LanguageReason::Path)];
    let documents = read(sources.get(id), id, &ReadOptions { language, ..ReadOptions::default() });
    documents.iter().flat_map(|document| document_blocks(document, &sources)).collect()
}

fn document_blocks(document: &Document, sources: &SourceSet) -> Blocks {
    let reading = Reading::new(document, sources, Stage::Final);
    let passage = |index: usize| {
        let block = &document.blocks[index];
        let cut = halves(document.block_text(block)).map(|at| block.range.start + at);
        let unit = |range| unit_of(&reading, range, kind(block));
        let halves = cut.map(|at| (unit(block.range.start..at), unit(at..block.range.end)));
        Passage { unit: unit(block.range.clone()), halves }
    };
    passages(document).into_iter().map(passage).collect()
}

fn units(blocks: &Blocks) -> Vec<Unit> {
    blocks.iter().map(|block| block.unit.clone()).collect()
}

/// Two passages as one.
fn merged(one: &Unit, other: &Unit) -> Unit {
    let mut anchors = one.anchors.clone();
    anchors.extend(other.anchors.iter().cloned());
    anchors.sort();
    anchors.dedup();
    Unit { kind: one.kind, length: one.length + 1 + other.length, anchors }
}

/// Damages the translation at many places, one at a time.
fn plant(here: &Blocks, there: &Blocks, alien: &Blocks, tally: &mut Tally) {
    let source = units(here);
    let run = |damaged: &Blocks| align(&source, &units(damaged), Grain::Blocks);
    tally.count("A1", "links of sound pairs", "", links(&run(there), Some, here.len()), here.len());
    let text = |at: usize| there.get(at).is_some_and(|block| block.unit.kind == UnitKind::Text);
    for at in (0..there.len()).filter(|at| text(*at)).step_by(STRIDE) {
        let mut damaged = there.clone();
        damaged.remove(at);
        let found = run(&damaged);
        tally.add("A2", "alignment: deleted at its place", "≥ 98 %", gap(&found, at));
        let place = |i: usize| if i == at { None } else { Some(i - usize::from(i > at)) };
        tally.count(
            "A1",
            "alignment: links after a deletion",
            "≥ 99.9 %",
            links(&found, place, here.len()),
            here.len() - 1,
        );

        let second = (at + there.len() / 2) % there.len();
        if second > at && text(second) {
            let mut damaged = there.clone();
            damaged.remove(second);
            damaged.remove(at);
            let found = run(&damaged);
            tally.add("A4", "alignment: two deletions", "≥ 90 %", gap(&found, at) && gap(&found, second));
        }
        if let Some(foreign) = alien.iter().filter(|block| block.unit.kind == UnitKind::Text).nth(at % 3) {
            let mut damaged = there.clone();
            damaged.insert(at, foreign.clone());
            let alone = |bead: &Bead| bead.source.is_empty() && bead.target == (at..at + 1);
            tally.add("A2", "alignment: inserted at its place", "≥ 97 %", run(&damaged).beads.iter().any(alone));
        }
        if text(at + 1) {
            let mut damaged = there.clone();
            let next = damaged.remove(at + 1);
            damaged[at].unit = merged(&damaged[at].unit, &next.unit);
            tally.add("A3", "alignment: merged", "≥ 99.5 %", bead(&run(&damaged), at, 2, 1));

            let mut damaged = there.clone();
            damaged.swap(at, at + 1);
            let found = run(&damaged);
            let moved = found.moved.iter().any(|pair| [(at, at + 1), (at + 1, at)].contains(pair));
            tally.add("A3", "alignment: swapped", "≥ 98 %", moved || bead(&found, at, 2, 2));
        }
        if let Some((head, tail)) = there[at].halves.clone() {
            let mut damaged = there.clone();
            damaged.insert(at + 1, Passage { unit: tail, halves: None });
            damaged[at].unit = head;
            tally.add("A3", "alignment: split", "≥ 98.5 %", bead(&run(&damaged), at, 1, 2));
        }
        if at + 4 < there.len() {
            let mut damaged = there.clone();
            let block = damaged.remove(at);
            damaged.push(block);
            tally.add("A3", "alignment: moved to the end", "", run(&damaged).moved.contains(&(at, there.len() - 1)));
        }
    }
}

/// A paragraph cut at the end of the sentence nearest to its middle.
fn halves(text: &str) -> Option<usize> {
    let middle = text.len() / 2;
    text.match_indices(". ").map(|(at, _)| at + 1).min_by_key(|at| at.abs_diff(middle))
}

fn bead(found: &Alignment, at: usize, here: usize, there: usize) -> bool {
    found.beads.iter().any(|bead| bead.source == (at..at + here) && bead.target == (at..at + there))
}

fn gap(found: &Alignment, at: usize) -> bool {
    found.beads.iter().any(|bead| bead.source == (at..at + 1) && bead.target.is_empty())
}

/// How many units of the original are in a bead of two with the unit that they belong to.
fn links(found: &Alignment, place: impl Fn(usize) -> Option<usize>, units: usize) -> usize {
    let right = |i: usize| {
        let there = place(i);
        there.is_some_and(|j| found.beads.iter().any(|bead| bead.source == (i..i + 1) && bead.target == (j..j + 1)))
    };
    (0..units).filter(|i| right(*i)).count()
}
