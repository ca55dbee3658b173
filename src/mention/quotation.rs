//! Quotations: what stands between an opening mark and its closing one. Read from the marks alone; whether they are the right
//! ones for a language is the `quotations/` rules' question.

use crate::document::{Document, SEPARATOR};
use std::ops::Range;

/// A quotation, in bytes of the document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Marks included.
    pub range: Range<usize>,
    /// Without the marks.
    pub inner: Range<usize>,
    /// The opening mark.
    pub open: char,
    /// The closing mark; `None` where the block ends first.
    pub close: Option<char>,
    /// Quotations around it.
    pub depth: usize,
}

impl Quotation {
    /// Whether the marks are those of the title of a work, as Chinese has them: nobody's words.
    pub fn is_title(&self) -> bool {
        self.open == '《'
    }
}

/// What a mark may be at its place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Open,
    Close,
    Neither,
}

/// The quotations of a document, in the order of their start. A quotation ends with its block at the latest.
pub fn read(document: &Document) -> Vec<Quotation> {
    let mut found = Vec::new();
    for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
        read_block(document.block_text(block), block.range.start, &mut found);
    }
    found.sort_by_key(|quotation| quotation.range.start);
    found
}

/// Reads the quotations of one block's text that starts at `offset`.
fn read_block(text: &str, offset: usize, found: &mut Vec<Quotation>) {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut previous: Option<char> = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, mark)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let role = if mark.is_ascii() && mark != '"' { Role::Neither } else { role(mark, previous, next, &open) };
        match role {
            Role::Open if open.len() < 8 => open.push((at, mark)),
            Role::Close => {
                // Closes the innermost that it can close; what was opened inside it and never closed is dropped.
                if let Some(level) = open.iter().rposition(|&(_, opening)| closes(opening, mark)) {
                    open.truncate(level + 1);
                    let (start, opening) = open[level];
                    open.truncate(level);
                    let inner = offset + start + opening.len_utf8()..offset + at;
                    let range = offset + start..offset + at + mark.len_utf8();
                    found.push(Quotation { range, inner, open: opening, close: Some(mark), depth: level });
                }
            }
            _ => {}
        }
        previous = Some(mark);
    }
    // Only the outermost: an unclosed single mark is far more often an apostrophe.
    if let Some(&(start, opening)) = open.first().filter(|(_, opening)| !matches!(opening, '‘' | '\'' | '‚')) {
        let end = offset + text.len();
        let inner = offset + start + opening.len_utf8()..end;
        found.push(Quotation { range: offset + start..end, inner, open: opening, close: None, depth: 0 });
    }
}

/// Whether `close` may end what `open` began. Mixed kinds count, for a draft may be wrong: the rules say so.
fn closes(open: char, close: char) -> bool {
    match open {
        '“' | '”' | '„' | '‟' | '"' | '«' | '»' => matches!(close, '”' | '“' | '"' | '»' | '«'),
        '‘' | '‚' | '‛' => matches!(close, '’' | '‘'),
        '‹' | '›' => matches!(close, '›' | '‹'),
        '「' => close == '」',
        '『' => close == '』',
        '《' => close == '》',
        _ => false,
    }
}

/// Every mark that may open or close a quotation.
const MARKS: [char; 19] =
    ['"', '«', '»', '‘', '’', '‚', '‛', '“', '”', '„', '‟', '‹', '›', '「', '」', '『', '』', '《', '》'];

/// What a mark is where it stands.
fn role(mark: char, previous: Option<char>, next: Option<char>, open: &[(usize, char)]) -> Role {
    if !MARKS.contains(&mark) {
        return Role::Neither;
    }
    let before = previous.is_none_or(|c| c.is_whitespace() || "([{—–-/«“„'’\u{FFFC}".contains(c) || c == SEPARATOR);
    let after = next.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-/»”…".contains(c) || c == SEPARATOR);
    let is_open = |kinds: &[char]| open.iter().any(|(_, opening)| kinds.contains(opening));
    match mark {
        '„' | '‟' | '「' | '『' | '《' => Role::Open,
        // Swedish and Finnish open and close with one mark.
        '”' if before && !after && open.is_empty() => Role::Open,
        '」' | '』' | '》' | '”' => Role::Close,
        // German closes with the mark that English opens with.
        '“' if is_open(&['„']) && !before => Role::Close,
        // Close behind a word and before a blank it ends what nobody began.
        '“' if open.is_empty() && !before && after => Role::Neither,
        '“' => Role::Open,
        // Guillemets point inwards in some languages and outwards in others.
        '«' | '‹' if is_open(&['»', '›']) && !before => Role::Close,
        '«' | '‹' => Role::Open,
        '»' | '›' if is_open(&['«', '‹', '“', '"', '„']) => Role::Close,
        '»' | '›' if before && !after => Role::Open,
        '»' | '›' => Role::Close,
        '‘' | '‚' | '‛' if before && !after => Role::Open,
        '’' if is_open(&['‘', '‚', '‛']) && after => Role::Close,
        '"' if is_open(&['"', '«', '“', '„']) && (after || !before) => Role::Close,
        '"' if !after || before => Role::Open,
        _ => Role::Neither,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        read_block(text, 0, &mut found);
        found.sort_by_key(|quotation| quotation.range.start);
        found.into_iter().map(|quotation| &text[quotation.inner]).collect()
    }

    #[test]
    fn marks_of_many_languages() {
        assert_eq!(quoted("She said, “We don’t know,” and left."), ["We don’t know,"]);
        assert_eq!(quoted("Er sagte: „Wir kommen.“ Dann ging er."), ["Wir kommen."]);
        assert_eq!(quoted("Il a dit : « Oui, “peut-être”, non. »"), [" Oui, “peut-être”, non. ", "peut-être"]);
        assert_eq!(quoted("He called it \"open\" and \"free\"."), ["open", "free"]);
        assert_eq!(quoted("彼は「はい」と言った。"), ["はい"]);
    }

    #[test]
    fn apostrophes_quote_nothing() {
        assert_eq!(quoted("The users’ rights in the ’90s, rock ’n’ roll, it's 5' 6\" tall"), Vec::<&str>::new());
    }

    #[test]
    fn a_mark_of_the_wrong_kind_closes_too_and_an_open_one_ends_with_the_block() {
        assert_eq!(quoted("a dit, «Nous sommes là. \""), ["Nous sommes là. "]);
        assert_eq!(quoted("“We go on"), ["We go on"]);
    }
}
