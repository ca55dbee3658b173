//! `parity/structure`: headings, lists, tables and emphasis that are built otherwise in a translation.

use super::place::{self, in_bead, original_block, translation_block};
use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, InlineKind};
use crate::release::align::Bead;
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/structure",
    page: include_str!("structure.md"),
    keys: &[Key::required(
        "compare",
        Shape::OneOf(&["heading", "list", "table", "emphasis"]),
        "What to compare: levels of headings, lengths of lists, shapes of tables, marks of emphasis.",
    )],
    build,
};

enum Compare {
    Heading,
    /// Lists, or tables.
    Group(BlockKind),
    Emphasis,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(match setup.table.text("compare") {
        Some("list") => Compare::Group(BlockKind::ListItem),
        Some("table") => Compare::Group(BlockKind::TableCell),
        Some("emphasis") => Compare::Emphasis,
        _ => Compare::Heading,
    }))
}

impl Check for Compare {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        match self {
            Compare::Heading => headings(pair, out),
            Compare::Group(kind) => groups(pair, *kind, out),
            Compare::Emphasis => emphasis(pair, out),
        }
    }
}

fn single<'p>(pair: &'p Pair<'_, '_>) -> impl Iterator<Item = &'p Bead> {
    pair.beads().iter().filter(|bead| bead.source.len() == 1 && bead.target.len() == 1)
}

/// A heading's level; a title from front matter has none.
fn level(kind: BlockKind) -> Option<u8> {
    match kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    }
}

fn headings(pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
    for bead in single(pair) {
        let blocks = (original_block(pair, bead.source.start), translation_block(pair, bead.target.start));
        let (Some(original), Some(translation)) = blocks else { continue };
        let message = match (level(original.kind), level(translation.kind)) {
            (Some(one), Some(other)) if one != other => {
                format!("a heading of level {other}, in the original of level {one}")
            }
            (Some(one), None) if translation.kind == BlockKind::Paragraph => {
                format!("a heading of level {one} in the original, and none here")
            }
            (None, Some(other)) if original.kind == BlockKind::Paragraph => {
                format!("a heading of level {other}, and none in the original")
            }
            _ => continue,
        };
        let finding = out.finding(place::span(pair.translation, translation), message);
        out.push(in_bead(pair, bead, finding.related(place::span(pair.original, original), "in the original")));
    }
}

/// How many members each list or table has, and which group of the other version its members stand beside.
fn groups(pair: &Pair<'_, '_>, kind: BlockKind, out: &mut Findings<'_>) {
    let mut beside: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut back: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for bead in pair.beads() {
        for original in bead.source.clone().filter_map(|passage| original_block(pair, passage)) {
            for translation in bead.target.clone().filter_map(|passage| translation_block(pair, passage)) {
                if let (Some(one), Some(other), true, true) =
                    (original.group, translation.group, original.kind == kind, translation.kind == kind)
                {
                    beside.entry(one).or_default().insert(other);
                    back.entry(other).or_default().insert(one);
                }
            }
        }
    }
    let size = |reading: &Reading<'_>, group: usize| {
        let blocks = reading.document.blocks.iter();
        blocks.filter(|block| block.group == Some(group) && block.kind == kind).count()
    };
    for (&one, others) in &beside {
        let Some(&other) =
            others.first().filter(|other| others.len() == 1 && back.get(other).is_some_and(|b| b.len() == 1))
        else {
            continue;
        };
        let (here, there) = (size(pair.original, one), size(pair.translation, other));
        let first = |reading: &Reading<'_>, group: usize| {
            let block = reading.document.blocks.iter().find(|block| block.group == Some(group));
            block.map(|block| place::span(reading, block))
        };
        let (Some(original), Some(translation)) = (first(pair.original, one), first(pair.translation, other)) else {
            continue;
        };
        if here != there {
            let what = if kind == BlockKind::ListItem { "a list of {} items" } else { "a table of {} cells" };
            let message = format!("{}, in the original of {here}", what.replace("{}", &there.to_string()));
            out.push(out.finding(translation, message).related(original, "in the original"));
        }
    }
}

fn emphasis(pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
    let marks = |reading: &Reading<'_>, range: Range<usize>| {
        let inlines = &reading.document.inlines;
        let first = inlines.partition_point(|inline| inline.range.start < range.start);
        let within = inlines[first..].iter().take_while(|inline| inline.range.start < range.end);
        within.filter(|inline| matches!(inline.kind, InlineKind::Emphasis | InlineKind::Strong)).count()
    };
    for bead in single(pair) {
        let blocks = (original_block(pair, bead.source.start), translation_block(pair, bead.target.start));
        let (Some(original), Some(translation)) = blocks else { continue };
        let (here, there) =
            (marks(pair.original, original.range.clone()), marks(pair.translation, translation.range.clone()));
        if here != there {
            let message = format!("{there} emphasised, in the original {here}");
            let finding = out.finding(place::span(pair.translation, translation), message);
            out.push(in_bead(pair, bead, finding.related(place::span(pair.original, original), "in the original")));
        }
    }
}
