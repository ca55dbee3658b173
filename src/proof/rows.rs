//! Which blocks of two texts stand in one row.

use crate::document::{Block, BlockKind, Document, Part};
use crate::rule::Pair;
use std::collections::HashMap;

/// A row as indices of blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Blocks {
    /// Of the original and of the translation.
    pub sides: [Vec<usize>; 2],
    /// Whether the texts may as well lie otherwise here.
    pub unsure: bool,
    /// The row where what is missing here stands.
    pub moved: Option<usize>,
    /// The field of front matter.
    pub field: Option<String>,
}

/// The rows of a pair: fields of front matter by their names, then the beads of passages; a row of a table is one row. Where the
/// texts cannot be compared, all of both is one row.
pub(super) fn rows(pair: &Pair<'_, '_>) -> Vec<Blocks> {
    let documents = [pair.original.document, pair.translation.document];
    let mut rows = fields(documents);
    let passages = pair.passages();
    let blocks = [&passages.original, &passages.translation];
    if pair.obstacle().is_some() {
        rows.push(Blocks { sides: blocks.map(Clone::clone), ..Blocks::default() });
        return rows;
    }
    let first = rows.len();
    let mut of_unit = [HashMap::new(), HashMap::new()];
    for bead in pair.beads() {
        let units = [bead.source.clone(), bead.target.clone()];
        let sides = [0, 1].map(|side| blocks[side].get(units[side].clone()).unwrap_or_default().to_vec());
        let joins = rows.len() > first && rows.last().is_some_and(|last| is_one_table_row(documents, last, &sides));
        if !joins {
            rows.push(Blocks::default());
        }
        let at = rows.len() - 1;
        for side in [0, 1] {
            of_unit[side].extend(units[side].clone().map(|unit| (unit, at)));
            rows[at].sides[side].extend(&sides[side]);
        }
        rows[at].unsure |= !bead.source.is_empty() && !bead.target.is_empty() && pair.is_guess(bead);
    }
    for (original, translation) in &passages.alignment.moved {
        if let (Some(&here), Some(&there)) = (of_unit[0].get(original), of_unit[1].get(translation)) {
            rows[here].moved = Some(there);
            rows[there].moved = Some(here);
        }
    }
    rows
}

/// Fields of front matter that hold prose, those of one name beside each other.
fn fields(documents: [&Document; 2]) -> Vec<Blocks> {
    let mut rows: Vec<Blocks> = Vec::new();
    let mut known: HashMap<(&str, usize), usize> = HashMap::new();
    for (side, document) in documents.iter().enumerate() {
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for field in &document.fields {
            let Some(block) = field.block.filter(|block| is_shown(document, *block)) else { continue };
            let count = seen.entry(field.name.as_str()).or_default();
            let at = *known.entry((field.name.as_str(), *count)).or_insert_with(|| {
                rows.push(Blocks { field: Some(field.name.clone()), ..Blocks::default() });
                rows.len() - 1
            });
            rows[at].sides[side].push(block);
            *count += 1;
        }
    }
    rows
}

/// Whether a field's block is prose of front matter and not the text itself.
fn is_shown(document: &Document, block: usize) -> bool {
    let shown = |block: &Block| block.part == Part::FrontMatter && !document.block_text(block).trim().is_empty();
    document.blocks.get(block).is_some_and(shown)
}

/// Whether a bead's cells stand in the row of a table that the row before it shows.
fn is_one_table_row(documents: [&Document; 2], last: &Blocks, sides: &[Vec<usize>; 2]) -> bool {
    let row = |side: usize, block: Option<&usize>| {
        let block = documents[side].blocks.get(*block?)?;
        (block.kind == BlockKind::TableCell).then_some((block.group, block.place / 1000))
    };
    let mut joined = false;
    for side in [0, 1] {
        match (last.sides[side].last(), sides[side].first()) {
            (Some(before), Some(after)) => {
                let before = row(side, Some(before));
                if before.is_none() || before != row(side, Some(after)) {
                    return false;
                }
                joined = true;
            }
            // What is missing in one row of a table is no part of another row of it.
            (None, Some(after)) if row(side, Some(after)).is_none() => return false,
            _ => {}
        }
    }
    joined
}
