//! The passages of a document: the blocks that alignment looks at, as units with what the other version may share.

use super::address;
use super::align::{Unit, UnitKind};
use super::anchor::{Anchor, AnchorClass};
use crate::document::{Block, BlockKind, Document, InlineKind, OPAQUE, Part};
use std::ops::Range;

/// The blocks that stand for passages, as indices of [`Document::blocks`]: prose outside front matter, whose fields pair by name.
pub fn passages(document: &Document) -> Vec<usize> {
    let prose = |block: &Block| {
        let text = document.block_text(block);
        block.part != Part::FrontMatter && text.contains(|c: char| c.is_alphanumeric())
    };
    (0..document.blocks.len()).filter(|&index| prose(&document.blocks[index])).collect()
}

/// What a block is to alignment.
pub fn kind(block: &Block) -> UnitKind {
    match block.kind {
        BlockKind::Title | BlockKind::Heading(_) => UnitKind::Heading,
        BlockKind::ListItem => UnitKind::Item,
        BlockKind::TableCell => UnitKind::Cell,
        BlockKind::Caption => UnitKind::Caption,
        _ => UnitKind::Text,
    }
}

/// A range of a document as a unit: its words, the targets of its links, and what the caller knows beside.
pub fn unit(document: &Document, range: Range<usize>, kind: UnitKind, more: Vec<Anchor>) -> Unit {
    let text = document.text.get(range.clone()).unwrap_or_default();
    let mut unit = Unit::new(text, kind);
    unit.length -= text.chars().filter(|c| *c == OPAQUE).count().min(unit.length);
    // Inlines are in the order of their start; links nest seldom and never deeply.
    let first = document.inlines.partition_point(|inline| inline.range.start < range.start);
    for inline in document.inlines.iter().skip(first).take_while(|inline| inline.range.start < range.end) {
        match &inline.kind {
            InlineKind::Link { target, .. } => unit.anchors.push(link(target)),
            InlineKind::Image(target) => unit.anchors.push(link(target)),
            InlineKind::Code(code) if !code.trim().is_empty() => {
                unit.anchors.push(Anchor { class: AnchorClass::Name, key: code.trim().to_lowercase() });
            }
            _ => {}
        }
    }
    unit.anchors.extend(more);
    unit.anchors.sort();
    unit.anchors.dedup();
    unit
}

fn link(target: &str) -> Anchor {
    Anchor { class: AnchorClass::Link, key: address::Address::new(target).key() }
}
