//! `structure/end-stop`: a paragraph that ends in the middle of nothing.

use crate::document::{Block, BlockKind, InlineKind, OPAQUE, Part};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/end-stop",
    page: include_str!("end_stop.md"),
    keys: &[Key::new("words", Shape::Integer, "Paragraphs with fewer words are not looked at; 12 by default.")],
    build,
};

struct EndStop {
    words: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(EndStop { words: setup.table.integer("words").unwrap_or(12).max(1) as usize }))
}

impl Check for EndStop {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let blocks = &reading.document.blocks;
        let looked_at: Vec<usize> =
            (0..blocks.len()).filter(|&index| self.looked_at(reading, &blocks[index])).collect();
        let open: Vec<usize> =
            looked_at.iter().copied().filter(|&index| is_open(reading.document.block_text(&blocks[index]))).collect();
        // Verse, slides and captions have no stops: the others of the text must have them.
        let closed = looked_at.len() - open.len();
        if closed < 3 || closed < 4 * open.len() {
            return;
        }
        for index in open {
            let block = &blocks[index];
            if ends_in_markup(reading, block) || !goes_on_anew(reading, index) || !is_sentence(reading, block) {
                continue;
            }
            let text = reading.document.block_text(block).trim_end();
            let last = text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            let last = (last..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            let range = block.range.start + last..block.range.start + text.len();
            out.push(out.finding(reading.span(range), "this paragraph ends without a stop"));
        }
    }
}

impl EndStop {
    fn looked_at(&self, reading: &Reading<'_>, block: &Block) -> bool {
        let body =
            block.kind == BlockKind::Paragraph && block.part == Part::Body && block.quotes == 0 && block.depth == 0;
        let text = reading.document.block_text(block);
        body && text.split_whitespace().nth(self.words - 1).is_some()
            && text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }
}

/// Whether a text ends with a letter or a figure, closing marks aside.
fn is_open(text: &str) -> bool {
    let bare = text.trim_end().trim_end_matches(['”', '"', '»', '’', ')', ']', '\'', ' ', '\u{A0}', '\u{202F}']);
    bare.ends_with(|c: char| c.is_alphanumeric())
}

/// Whether what stands after the last stop is a sentence: long enough to be no signature, with mostly small words, so that it is no
/// line of titles. A block that is HTML with attributes is a caption or a label as often as a paragraph.
fn is_sentence(reading: &Reading<'_>, block: &Block) -> bool {
    let source = reading.sources.get(reading.document.source).text();
    let before = source.get(..block.source.start).unwrap_or_default().trim_end();
    let written = source.get(block.source.clone()).unwrap_or_default();
    let labelled =
        [before, written].iter().any(|text| text.ends_with('>') && !text.ends_with("<p>")) || written.starts_with('<');
    let text = reading.document.block_text(block);
    let stop = text
        .rmatch_indices(['.', '!', '?', '…', ':'])
        .find(|(at, mark)| text[at + mark.len()..].starts_with([' ', '”', '»', '"']));
    let last: Vec<&str> = text[stop.map_or(0, |(at, mark)| at + mark.len())..].split_whitespace().collect();
    let small = last.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    last.len() >= 8 && 5 * small >= 3 * last.len() && !labelled
}

/// Whether a paragraph ends in a link, an address, code or a template, is one piece of emphasis (a caption, a heading by hand), or begins
/// with a label in bold.
fn ends_in_markup(reading: &Reading<'_>, block: &Block) -> bool {
    let text = reading.document.block_text(block);
    let end = block.range.start + text.trim_end().len();
    let inlines = &reading.document.inlines;
    let first = inlines.partition_point(|inline| inline.range.start < block.range.start);
    let inside = inlines[first..].iter().take_while(|inline| inline.range.start < block.range.end);
    text.contains(OPAQUE)
        || text.contains("://")
        || inside.clone().any(|inline| match inline.kind {
            InlineKind::Strong
                if inline.range.start == block.range.start
                    && reading.slice(inline.range.clone()).trim_end().ends_with(':') =>
            {
                true
            }
            InlineKind::Emphasis | InlineKind::Strong => {
                inline.range.start <= block.range.start + 1 && inline.range.len() * 2 > text.len()
                    || inline.range.end >= end
            }
            _ => inline.range.end + 2 >= end,
        })
}

/// Whether what follows is a paragraph or a heading that begins with a capital, or nothing.
fn goes_on_anew(reading: &Reading<'_>, index: usize) -> bool {
    let Some(next) = reading.document.blocks.get(index + 1) else { return true };
    let text = reading.document.block_text(next);
    let level = next.depth == 0 && next.quotes == 0;
    matches!(next.kind, BlockKind::Paragraph | BlockKind::Heading(_))
        && level
        && text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}
