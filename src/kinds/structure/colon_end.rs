//! `structure/colon-end`: a colon at the end of a text, which announces nothing.

use super::lead_in::announces_nothing;
use crate::document::BlockKind;
use crate::language::spellout::is_unspaced;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "structure/colon-end", page: include_str!("colon_end.md"), keys: &[], build };

/// Letters of a sentence in a script without blanks.
const LETTERS: usize = 6;

struct ColonEnd;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(ColonEnd))
}

/// Whether what ends with a colon is a sentence: a colon alone, a smiley and “Name:” are none. Scripts without blanks count by letters.
pub(super) fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let long = words.len() >= 3 || text.chars().filter(|c| is_unspaced(*c)).count() >= LETTERS;
    long && !words.last().is_some_and(|word| word.starts_with(':'))
}

impl Check for ColonEnd {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for (index, block) in reading.document.blocks.iter().enumerate() {
            let text = reading.document.block_text(block).trim_end();
            let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
            if !prose || !text.ends_with([':', '：']) || !announces_nothing(reading, index) {
                continue;
            }
            if !is_sentence(text) {
                continue;
            }
            let body = text.trim_end_matches([':', '：']);
            let start = body
                .char_indices()
                .rfind(|(_, c)| matches!(c, '.' | '!' | '?' | ',' | '。' | '！' | '？' | '，' | '、'))
                .map_or(0, |(at, c)| at + c.len_utf8());
            let start = start + (text[start..].len() - text[start..].trim_start().len());
            let range = block.range.start + start..block.range.start + text.len();
            out.push(out.finding(reading.span(range), "nothing follows this colon"));
        }
    }
}
