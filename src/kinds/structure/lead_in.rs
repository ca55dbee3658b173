//! `structure/lead-in`: words that announce an address or a list, at the end of a block, with nothing after them.

use super::colon_end::is_sentence;
use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, InlineKind, OPAQUE, Part};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/lead-in",
    page: include_str!("lead_in.md"),
    keys: &[Key::required(
        "endings",
        Shape::List(&Shape::Text),
        "Regular expressions for the words that announce something; upper and lower case are alike.",
    )],
    build,
};

struct LeadIn {
    endings: Vec<Pattern>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(LeadIn {
        endings: setup.expressions("endings", |text| Pattern::regex(text).ignoring_case().as_word())?,
    }))
}

impl Check for LeadIn {
    fn patterns(&self) -> &[Pattern] {
        &self.endings
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        // Two endings may match at one place ("see" in "visit us to see").
        let mut reported = None;
        for hit in hits {
            let Some(index) = reading.document.block_at(hit.range.start) else { continue };
            let colon = reading.text()[hit.range.end..].trim_start().starts_with([':', '：']);
            // A sentence that ends the text with a colon is told by `structure/colon-end`.
            let sentence = || is_sentence(reading.document.block_text(&reading.document.blocks[index]).trim_end());
            if colon && announces_nothing(reading, index) && sentence() {
                continue;
            }
            if reported != Some(index) && ends_its_block(reading, index, &hit.range) && !goes_on(reading, index) {
                let finding = out.finding(reading.span(hit.range.clone()), "nothing follows these words");
                out.push(finding.label("announces something that is not there"));
                reported = Some(index);
            }
        }
    }
}

/// Whether a range ends a paragraph or an item, but for a colon, and is no link itself.
fn ends_its_block(reading: &Reading<'_>, index: usize, range: &Range<usize>) -> bool {
    let block = &reading.document.blocks[index];
    let rest = &reading.text()[range.end.min(block.range.end)..block.range.end];
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)
        && rest.chars().all(|c| c.is_whitespace() || matches!(c, ':' | '：'))
        && !points_somewhere(reading, range)
}

/// Whether what was announced stands in the next block.
fn goes_on(reading: &Reading<'_>, index: usize) -> bool {
    let blocks = &reading.document.blocks;
    let Some(next) = blocks.get(index + 1) else { return false };
    let nested = next.quotes > blocks[index].quotes || next.depth > blocks[index].depth;
    match next.kind {
        BlockKind::Opaque | BlockKind::ListItem | BlockKind::TableCell | BlockKind::Caption => true,
        BlockKind::Paragraph => nested || points_somewhere(reading, &next.range),
        _ => false,
    }
}

/// Whether the text, or its body, ends after a block that ends with a colon: then the colon itself is what is wrong. A heading may
/// well begin what was announced.
pub(super) fn announces_nothing(reading: &Reading<'_>, index: usize) -> bool {
    let next = reading.document.blocks.get(index + 1);
    next.is_none_or(|next| matches!(next.part, Part::Boilerplate | Part::Contact | Part::EndMark) && next.depth == 0)
}

/// Whether a range holds a link, an address, or what cannot be read as prose.
fn points_somewhere(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let words = reading.slice(range.clone());
    let start = reading.block_at(range.start).map_or(range.start, |block| block.range.start);
    let inlines = &reading.document.inlines;
    let first = inlines.partition_point(|inline| inline.range.start < start);
    words.contains([OPAQUE, '@'])
        || words.contains("://")
        || words.contains("www.")
        || inlines[first..].iter().take_while(|inline| inline.range.start < range.end).any(|inline| {
            matches!(inline.kind, InlineKind::Link { .. } | InlineKind::Address) && range.start < inline.range.end
        })
}
