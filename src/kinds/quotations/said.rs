//! The words beside a quotation by which it is given to somebody.

use std::ops::Range;

/// Words that are looked at: an auxiliary, a participle, a pronoun, and one more.
const MOST: usize = 4;

/// The first words of a text, as long as they are in small letters and nothing but a blank or a hyphen divides them. The “t” between two
/// hyphens is none: “a-t-il”.
pub fn first_words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    while words.len() < MOST {
        let length = text[start..].find(|c: char| !c.is_lowercase()).unwrap_or(text.len() - start);
        if length == 0 {
            break;
        }
        let end = start + length;
        let next = text[end..].chars().next();
        let sound = &text[start..end] == "t" && next == Some('-') && text[..start].ends_with('-');
        if !sound {
            words.push(start..end);
        }
        match next {
            Some(' ' | '-') => start = end + 1,
            _ => break,
        }
    }
    words
}
