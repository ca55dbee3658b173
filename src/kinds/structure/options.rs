//! What the kinds of this family share: expressions as rules write them, and whole blocks compared with words.

use crate::diagnostic::Diagnostic;
use crate::document::Block;
use crate::rule::{Pattern, Reading, Setup};
use crate::settings::Value;

/// The expressions of a key, upper and lower case alike; mistakes are underlined in the pack.
pub(super) fn expressions(setup: &Setup<'_>, key: &str) -> Result<Vec<Pattern>, Vec<Diagnostic>> {
    let (mut found, mut mistakes) = (Vec::new(), Vec::new());
    for (text, range) in setup.table.get(key).into_iter().flat_map(Value::texts) {
        let pattern = Pattern::regex(text).ignoring_case().as_word();
        match setup.pattern(pattern, range) {
            Ok(pattern) => found.push(pattern),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if mistakes.is_empty() { Ok(found) } else { Err(mistakes) }
}

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
