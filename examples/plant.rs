//! Plants faults in translations that are sound, and prints how many alignment finds.
//!
//! usage: `cargo run --example plant -- FOLDER ORIGINAL TRANSLATION`, where FOLDER/ORIGINAL and FOLDER/TRANSLATION hold files of
//! the same names. Only pairs whose blocks agree in number and type count; there, blocks in the same place are taken as one passage.

use copydesk::document::{self, BlockKind, ReadOptions};
use copydesk::release::align::{Alignment, Grain, Unit, UnitKind, align};
use copydesk::source::{Source, SourceId};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

type Blocks = Vec<(UnitKind, String)>;

/// One block in this many is damaged, so that a run stays short.
const STRIDE: usize = 25;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, original, translation] = arguments.as_slice() else {
        return Err("give a folder and the names of two folders in it".into());
    };
    let folder = Path::new(folder);
    let mut names: Vec<_> = fs::read_dir(folder.join(original))?.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    let (mut pairs, mut files) = (Vec::new(), 0);
    for name in &names {
        let Ok(there) = fs::read(folder.join(translation).join(name)) else { continue };
        let here = fs::read(folder.join(original).join(name))?;
        let (here, there) = (blocks(here)?, blocks(there)?);
        files += 1;
        let kinds = |side: &Blocks| side.iter().map(|block| block.0).collect::<Vec<_>>();
        if kinds(&here) == kinds(&there) && here.len() > 3 {
            pairs.push((here, there));
        }
    }
    let mut tally = Tally::default();
    for at in 0..pairs.len() {
        let alien = &pairs[(at + 1) % pairs.len()].1;
        plant(&pairs[at].0, &pairs[at].1, alien, &mut tally);
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{} of {files} pairs agree in their blocks", pairs.len())?;
    for (what, (hits, all)) in &tally.0 {
        writeln!(out, "{what:28} {:6.2} %  ({hits} of {all})", 100.0 * *hits as f64 / (*all).max(1) as f64)?;
    }
    Ok(())
}

/// Hits and trials of each measure.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, (usize, usize)>);

impl Tally {
    fn add(&mut self, what: &'static str, hit: bool) {
        self.count(what, usize::from(hit), 1);
    }

    fn count(&mut self, what: &'static str, hits: usize, trials: usize) {
        let counts = self.0.entry(what).or_default();
        *counts = (counts.0 + hits, counts.1 + trials);
    }
}

fn blocks(bytes: Vec<u8>) -> Result<Blocks, Box<dyn Error>> {
    let source = Source::from_bytes("draft.md", bytes).map_err(|error| error.to_string())?;
    let mut blocks = Vec::new();
    for document in document::read(&source, SourceId(0), &ReadOptions::default()) {
        for block in copydesk::release::passage::passages(&document).into_iter().map(|index| &document.blocks[index]) {
            let kind = match block.kind {
                BlockKind::Title | BlockKind::Heading(_) => UnitKind::Heading,
                BlockKind::ListItem => UnitKind::Item,
                BlockKind::TableCell => UnitKind::Cell,
                _ => UnitKind::Text,
            };
            blocks.push((kind, document.block_text(block).to_owned()));
        }
    }
    Ok(blocks)
}

fn units(blocks: &Blocks) -> Vec<Unit> {
    blocks.iter().map(|(kind, text)| Unit::new(text, *kind)).collect()
}

/// Damages the translation at many places, one at a time.
fn plant(here: &Blocks, there: &Blocks, alien: &Blocks, tally: &mut Tally) {
    let source = units(here);
    let run = |damaged: &Blocks| align(&source, &units(damaged), Grain::Blocks);
    tally.count("sound links", links(&run(there), Some, here.len()), here.len());
    let text = |at: usize| there.get(at).is_some_and(|block| block.0 == UnitKind::Text);
    for at in (0..there.len()).filter(|at| text(*at)).step_by(STRIDE) {
        let mut damaged = there.clone();
        damaged.remove(at);
        let found = run(&damaged);
        tally.add("A2 deleted at its place", gap(&found, at));
        let place = |i: usize| if i == at { None } else { Some(i - usize::from(i > at)) };
        tally.count("A1 links after a deletion", links(&found, place, here.len()), here.len() - 1);

        let second = (at + there.len() / 2) % there.len();
        if second > at && text(second) {
            let mut damaged = there.clone();
            damaged.remove(second);
            damaged.remove(at);
            let found = run(&damaged);
            tally.add("A4 two deletions", gap(&found, at) && gap(&found, second));
        }
        if let Some(foreign) = alien.iter().filter(|block| block.0 == UnitKind::Text).nth(at % 3) {
            let mut damaged = there.clone();
            damaged.insert(at, foreign.clone());
            let alone = |bead: &copydesk::release::align::Bead| bead.source.is_empty() && bead.target == (at..at + 1);
            tally.add("A2 inserted at its place", run(&damaged).beads.iter().any(alone));
        }
        if text(at + 1) {
            let mut damaged = there.clone();
            let (_, next) = damaged.remove(at + 1);
            damaged[at].1.push(' ');
            damaged[at].1.push_str(&next);
            tally.add("A3 merged", bead(&run(&damaged), at, 2, 1));

            let mut damaged = there.clone();
            damaged.swap(at, at + 1);
            let found = run(&damaged);
            let moved = found.moved.iter().any(|pair| [(at, at + 1), (at + 1, at)].contains(pair));
            tally.add("A3 swapped", moved || bead(&found, at, 2, 2));
        }
        if let Some((head, tail)) = halves(&there[at].1) {
            let mut damaged = there.clone();
            damaged.insert(at + 1, (UnitKind::Text, tail.to_owned()));
            damaged[at].1 = head.to_owned();
            tally.add("A3 split", bead(&run(&damaged), at, 1, 2));
        }
        if at + 4 < there.len() {
            let mut damaged = there.clone();
            let block = damaged.remove(at);
            damaged.push(block);
            tally.add("moved to the end", run(&damaged).moved.contains(&(at, there.len() - 1)));
        }
    }
}

/// A paragraph cut at the end of the sentence nearest to its middle.
fn halves(text: &str) -> Option<(&str, &str)> {
    let middle = text.len() / 2;
    let at = text.match_indices(". ").map(|(at, _)| at + 1).min_by_key(|at| at.abs_diff(middle))?;
    Some((&text[..at], &text[at + 1..]))
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
