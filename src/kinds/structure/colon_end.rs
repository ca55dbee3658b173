//! `structure/colon-end`: a colon at the end of a text, which announces nothing.

use super::lead_in::announces_nothing;
use crate::document::BlockKind;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "structure/colon-end", page: include_str!("colon_end.md"), keys: &[], build };

struct ColonEnd;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(ColonEnd))
}

impl Check for ColonEnd {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for (index, block) in reading.document.blocks.iter().enumerate() {
            let text = reading.document.block_text(block).trim_end();
            let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
            if !prose || !text.ends_with([':', '：']) || !announces_nothing(reading, index) {
                continue;
            }
            // A colon alone, a smiley and “Name:” are no sentence.
            let words: Vec<&str> =
                text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
            if words.len() < 3 || words.last().is_some_and(|word| word.starts_with(':')) {
                continue;
            }
            let start = text[..text.len() - 1].rfind(['.', '!', '?', ',']).map_or(0, |at| at + 1);
            let start = start + (text[start..].len() - text[start..].trim_start().len());
            let range = block.range.start + start..block.range.start + text.len();
            out.push(out.finding(reading.span(range), "nothing follows this colon"));
        }
    }
}
