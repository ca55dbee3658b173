//! Blocks into sentences.

use crate::document::Document;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a document, in bytes of its text, in order, without the white space between them.
pub fn sentences(document: &Document) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
        for (at, sentence) in document.block_text(block).split_sentence_bound_indices() {
            let start = block.range.start + at + (sentence.len() - sentence.trim_start().len());
            let end = block.range.start + at + sentence.trim_end().len();
            if start < end {
                match found.last_mut() {
                    Some(last)
                        if last.start >= block.range.start
                            && joins(&document.text[last.clone()], &document.text[start..end]) =>
                    {
                        last.end = end;
                    }
                    _ => found.push(start..end),
                }
            }
        }
    }
    found
}

/// Whether two pieces are one sentence after all, whatever the language: an initial and a stop before it, or a piece that goes on in
/// lower case or with a closing mark after it.
fn joins(before: &str, after: &str) -> bool {
    let mut end = before.chars().rev();
    let initial = end.next() == Some('.')
        && end.next().is_some_and(char::is_uppercase)
        && end.next().is_none_or(|c| c.is_whitespace() || c == '.');
    initial || after.starts_with(|c: char| c.is_lowercase() || matches!(c, '»' | '”' | '’' | ')' | ']'))
}

#[cfg(test)]
mod tests {
    use super::joins;

    #[test]
    fn initials_and_closing_marks_end_no_sentence() {
        assert!(joins("The paper is by J.", "Adler."));
        assert!(joins("The U.N.", "Office opened."));
        assert!(joins("« Nous venons.", "» Puis il partit."));
        assert!(!joins("They came.", "Then they left."));
        assert!(!joins("This is plan AB.", "Then they left."));
    }
}
