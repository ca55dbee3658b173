//! Where findings of a pair stand, and how much they are worth there.

use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::{Block, Document, Part};
use crate::release::align::Bead;
use crate::rule::{Pair, Reading};
use crate::source::Span;

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
