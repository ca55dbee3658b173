//! Puts a proof together from readings, their pairs and what was found.

use super::inks::{Tint, add, inlines, keys, tints};
use super::notes::Desk;
use super::places::Places;
use super::rows::{Blocks, rows};
use super::{Ink, Kind, Note, Passage, Proof, Row, Section, Shape, Tally, Version, What};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind};
use crate::page::direction;
use crate::rule::{Obstacle, Pair, Reading};
use std::collections::BTreeSet;

/// The proof of a release: each pair a section. `found` is every finding of the release, in the order of a report.
pub fn read(pairs: &[&Pair<'_, '_>], found: &[Diagnostic]) -> Proof {
    let mut proof = Proof::default();
    let mut shown = Vec::new();
    for pair in pairs {
        // What is wrong with an original alone is told once, however many versions stand beside it.
        let original = (pair.original.document.source, pair.original.document.index);
        proof.sections.push(section(pair, found, !shown.contains(&original)));
        shown.push(original);
    }
    proof.title = pairs.first().map(|pair| title(pair.original)).unwrap_or_default();
    proof
}

fn title(reading: &Reading<'_>) -> String {
    let heading = |kind: BlockKind| matches!(kind, BlockKind::Title | BlockKind::Heading(1));
    let first = reading.prose().find(|(block, _)| heading(block.kind)).or_else(|| reading.prose().next());
    let text = first.map_or(reading.path(), |(_, text)| text);
    let mut short: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = short.char_indices().nth(160) {
        short.truncate(end);
        short.push('…');
    }
    short
}

fn section(pair: &Pair<'_, '_>, found: &[Diagnostic], with_original: bool) -> Section {
    let readings = [pair.original, pair.translation];
    let blocks = rows(pair);
    let row_of = [0, 1].map(|side| {
        let mut of = vec![None; readings[side].document.blocks.len()];
        for (row, blocks) in blocks.iter().enumerate() {
            for &block in &blocks.sides[side] {
                of[block] = Some(row);
            }
        }
        of
    });
    let mentioned = readings.map(tints);
    let mut inks = readings.map(|reading| vec![Vec::new(); reading.document.blocks.len()]);
    let mut wholes = readings.map(|reading| vec![Vec::new(); reading.document.blocks.len()]);
    for side in [0, 1] {
        tint(readings[side], &mentioned[side], &keys(&mentioned[1 - side], true), &mut inks[side]);
        inlines(readings[side], &mut inks[side]);
    }
    let places = readings.map(Places::new);
    let desk = Desk { pair, places, rows: &blocks, row_of, with_original };
    let mut notes = Vec::new();
    for (number, placed) in desk.place(found).into_iter().enumerate() {
        let mut note = placed.note;
        for (side, spot, numbered) in placed.spots {
            let block = &readings[side].document.blocks[spot.block];
            note.kind = note.kind.or_else(|| kind_at(&mentioned[side], &spot.range));
            match spot.range == block.range {
                true => wholes[side][spot.block].push(number),
                false => inks[side][spot.block].push(Ink { range: spot.range, what: What::Finding(number, numbered) }),
            }
        }
        notes.push(note);
    }
    let mut rows: Vec<Row> = blocks.iter().map(|row| set(row, readings, &mut inks, &mut wholes)).collect();
    for (number, note) in notes.iter().enumerate() {
        if let Some(row) = note.row.and_then(|row| rows.get_mut(row)) {
            row.notes.push(number);
            row.kinds.extend(note.kind);
        }
    }
    Section {
        versions: readings.map(version),
        tallies: tallies(&rows, &mentioned, &notes),
        obstacle: pair.obstacle().map(obstacle),
        rows,
        notes,
    }
}

fn version(reading: &Reading<'_>) -> Version {
    Version {
        path: reading.path().to_owned(),
        language: reading.document.language.tag.clone(),
        direction: direction(reading.text()),
        date: reading.release_date().map(|release| release.date.to_string()),
    }
}

fn obstacle(obstacle: &Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Empty => "the translation has no text",
        Obstacle::NoOriginal => "the original has no text",
        Obstacle::Same => "both files hold the same text",
        Obstacle::Language(_) => "the translation is written in the language of the original",
        Obstacle::ThirdLanguage(_) => "the translation is written in another language than it should be",
        Obstacle::Length => "one text is many times as long as the other",
        Obstacle::Unrelated(_) => "the two texts do not look like translations of each other",
    }
}

/// Marks the mentions of a text, and which of them the other text has too.
fn tint(reading: &Reading<'_>, tints: &[Tint], there: &BTreeSet<(Kind, &str)>, blocks: &mut [Vec<Ink>]) {
    for tint in tints {
        let same = tint.key.is_empty() || tint.is_words || there.contains(&(tint.kind, tint.key.as_str()));
        add(reading, Ink { range: tint.range.clone(), what: What::Mention(tint.kind, same) }, blocks);
    }
}

/// The kind of mention that the words of a finding touch; a quotation only where nothing else is there.
fn kind_at(tints: &[Tint], range: &std::ops::Range<usize>) -> Option<Kind> {
    let after = tints.partition_point(|tint| tint.range.start < range.end);
    let near = tints[..after].iter().rev().take(12).filter(|tint| range.start < tint.range.end);
    near.map(|tint| tint.kind).min_by_key(|kind| *kind == Kind::Quotation)
}

/// A row with its passages and their marks.
fn set(
    blocks: &Blocks,
    readings: [&Reading<'_>; 2],
    inks: &mut [Vec<Vec<Ink>>; 2],
    wholes: &mut [Vec<Vec<usize>>; 2],
) -> Row {
    let mut row = Row { moved: blocks.moved, unsure: blocks.unsure, field: blocks.field.clone(), ..Row::default() };
    for (side, reading) in readings.into_iter().enumerate() {
        for &index in &blocks.sides[side] {
            let block = &reading.document.blocks[index];
            let text = reading.document.block_text(block).to_owned();
            let mut marks = std::mem::take(&mut inks[side][index]);
            for ink in &mut marks {
                // What begins in a block ends in it.
                let start = ink.range.start.saturating_sub(block.range.start).min(text.len());
                ink.range = start..ink.range.end.saturating_sub(block.range.start).clamp(start, text.len());
                if let What::Mention(kind, _) = ink.what {
                    row.kinds.insert(kind);
                }
            }
            row.sides[side].push(Passage {
                shape: shape(block),
                quotes: block.quotes,
                depth: block.depth,
                text,
                inks: marks,
                whole: std::mem::take(&mut wholes[side][index]),
            });
        }
    }
    if row.sides.iter().any(Vec::is_empty) {
        row.kinds.insert(Kind::Passage);
    }
    row
}

fn shape(block: &Block) -> Shape {
    match block.kind {
        BlockKind::Title => Shape::Heading(1),
        BlockKind::Heading(level) => Shape::Heading(level),
        BlockKind::ListItem => Shape::Item(block.number),
        BlockKind::TableCell => Shape::Cell,
        _ => Shape::Paragraph,
    }
}

/// How much agrees: facts by their keys, quotations and passages by the rows.
fn tallies(rows: &[Row], mentioned: &[Vec<Tint>; 2], notes: &[Note]) -> Vec<Tally> {
    let strong = [0, 1].map(|side| keys(&mentioned[side], false));
    let any = [0, 1].map(|side| keys(&mentioned[side], true));
    let quotations = |passages: &[Passage]| {
        let inks = passages.iter().flat_map(|passage| &passage.inks);
        inks.filter(|ink| matches!(ink.what, What::Mention(Kind::Quotation, _))).count()
    };
    let tally = |kind: Kind| {
        let of_kind = |(known, _): &&(Kind, &str)| *known == kind;
        let mut tally = Tally { kind, both: 0, alone: [0, 0], findings: 0 };
        match kind {
            Kind::Passage | Kind::Quotation => {
                for row in rows {
                    let counts = [0, 1].map(|side| match kind {
                        Kind::Passage => usize::from(!row.sides[side].is_empty()),
                        _ => quotations(&row.sides[side]),
                    });
                    let both = counts[0].min(counts[1]);
                    tally.both += both;
                    tally.alone[0] += counts[0] - both;
                    tally.alone[1] += counts[1] - both;
                }
            }
            _ => {
                let all: BTreeSet<_> = strong[0].union(&strong[1]).filter(of_kind).collect();
                tally.both = all.iter().filter(|key| any[0].contains(key) && any[1].contains(key)).count();
                tally.alone = [0, 1].map(|side| all.iter().filter(|key| !any[1 - side].contains(key)).count());
            }
        }
        tally.findings = notes.iter().filter(|note| note.kind == Some(kind)).count();
        tally
    };
    let told = |tally: &Tally| tally.both + tally.alone[0] + tally.alone[1] + tally.findings > 0;
    Kind::ALL.into_iter().map(tally).filter(told).collect()
}
