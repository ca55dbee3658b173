//! Where findings of a pair stand, and how much they are worth there.

use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::{Block, BlockKind, Document, Part};
use crate::release::align::Bead;
use crate::rule::{Pair, Reading};
use crate::source::Span;
use std::collections::HashMap;

/// The block of the original with this number among its passages.
pub(super) fn original_block<'a>(pair: &Pair<'a, '_>, passage: usize) -> Option<&'a Block> {
    pair.original.document.blocks.get(*pair.passages().original.get(passage)?)
}

/// The block of the translation with this number among its passages.
pub(super) fn translation_block<'a>(pair: &Pair<'a, '_>, passage: usize) -> Option<&'a Block> {
    pair.translation.document.blocks.get(*pair.passages().translation.get(passage)?)
}

/// The words of a block in the source.
pub(super) fn span(reading: &Reading<'_>, block: &Block) -> Span {
    reading.span(block.range.clone())
}

/// The place in the translation before its passage of this number: after the passage before it.
pub(super) fn caret(pair: &Pair<'_, '_>, before: usize) -> Span {
    let document = pair.translation.document;
    let at = match before.checked_sub(1).and_then(|last| translation_block(pair, last)) {
        Some(block) => pair.translation.span(block.range.clone()).end,
        None => translation_block(pair, before).map_or(start(document), |block| block.source.start),
    };
    Span::new(document.source, at..at)
}

/// Where a document begins in its source.
pub(super) fn start(document: &Document) -> usize {
    document.blocks.first().map_or(document.span.start, |block| block.source.start)
}

/// The tables of both versions: how many cells each has.
pub(super) struct Tables([HashMap<usize, usize>; 2]);

impl Tables {
    pub(super) fn of(pair: &Pair<'_, '_>) -> Self {
        Tables([pair.original, pair.translation].map(|reading| {
            let mut sizes = HashMap::new();
            let cells = reading.document.blocks.iter().filter(|block| block.kind == BlockKind::TableCell);
            cells.filter_map(|block| block.group).for_each(|group| *sizes.entry(group).or_default() += 1);
            sizes
        }))
    }

    /// Whether a bead joins two cells that have the same place in tables of as many cells: nothing of one stands elsewhere in the other.
    pub(super) fn is_cell(&self, pair: &Pair<'_, '_>, bead: &Bead) -> bool {
        if bead.source.len() != 1 || bead.target.len() != 1 {
            return false;
        }
        let both = (original_block(pair, bead.source.start), translation_block(pair, bead.target.start));
        let (Some(one), Some(other)) = both else { return false };
        let size = |side: usize, block: &Block| block.group.and_then(|group| self.0[side].get(&group).copied());
        let cells = one.kind == BlockKind::TableCell && other.kind == BlockKind::TableCell;
        cells && one.place == other.place && size(0, one).is_some() && size(0, one) == size(1, other)
    }
}

/// Parts that each version may rightly have in its own way: whom to ask, what stands below the text.
pub(super) fn is_furniture(block: &Block) -> bool {
    matches!(block.part, Part::Contact | Part::Boilerplate | Part::EndMark | Part::ReleaseLine | Part::Notes)
}

/// A finding of no more than a note, where it rests on a guess.
pub(super) fn doubtful(mut finding: Diagnostic) -> Diagnostic {
    finding.severity = Severity::Info;
    finding.confidence = Confidence::Low;
    finding
}

/// A finding in a bead: a note where the bead is a guess; with the reason where it lies.
pub(super) fn in_bead(pair: &Pair<'_, '_>, bead: &Bead, finding: Diagnostic) -> Diagnostic {
    let finding = finding.because(pair.told(bead));
    match pair.is_guess(bead) {
        true => doubtful(finding).because("the texts could be laid beside each other in another way"),
        false => finding,
    }
}
