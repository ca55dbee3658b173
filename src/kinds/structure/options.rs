//! What the kinds of this family share: whole blocks compared with words.

use crate::document::Block;
use crate::rule::Reading;

/// Whether a block says nothing but one of these words, which are in lower case; dashes, hyphens and marks around it do not count.
pub(super) fn says_only(reading: &Reading<'_>, block: &Block, words: &[String]) -> bool {
    let text = reading.document.block_text(block);
    if text.len() > 80 {
        return false;
    }
    let bare = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    // A mark such as “###” has no letters at all.
    words.iter().any(|word| *word == text.trim().to_lowercase() || !bare(word).is_empty() && bare(text) == *word)
}
