//! The hash of an original by which a translation knows which text it was made from.

use crate::document::Document;
use xxhash_rust::xxh3::Xxh3;

/// The hash of what a document says: its prose without white space between words, stets and markup. 16 digits.
pub fn hash(document: &Document) -> String {
    let mut hasher = Xxh3::new();
    for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
        for word in document.block_text(block).split_whitespace() {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        hasher.update(b"\n");
    }
    format!("{:016x}", hasher.digest())
}
