//! Blocks into sentences.

use crate::document::Document;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a document, in bytes of its text, in order, without the white space between them.
pub fn sentences(document: &Document) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
        for (at, sentence) in document.block_text(block).split_sentence_bound_indices() {
            let start = block.range.start + at + (sentence.len() - sentence.trim_start().len());
            let end = block.range.start + at + sentence.trim_end().len();
            if start < end {
                found.push(start..end);
            }
        }
    }
    found
}
