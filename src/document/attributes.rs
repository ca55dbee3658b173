//! Tags with very many attributes. The tokenizer (html5gum 0.9) reads an attribute in double quotes from within the one before it, so
//! that a tag with some thousands of them takes all of the stack. A slash between two attributes means nothing and makes it return.

use std::borrow::Cow;

/// Attributes in a row that are read one from within the other.
const DEEPEST: usize = 64;

/// The text with a slash for the blank before an attribute, where so many stand in a row. Of the same length, and the same where no
/// tag is so full.
pub(super) fn parted(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut slashes = Vec::new();
    // Which quotation marks are reached from an attribute before, and the length of that row. Where a mark could open a value or
    // close one, both are followed: there are never more than two.
    let mut reached: Vec<(usize, usize)> = Vec::new();
    for open in memchr::memchr_iter(b'"', bytes) {
        if bytes[..open].iter().rev().find(|byte| !is_blank(byte)) != Some(&b'=') {
            continue;
        }
        let row = reached.iter().find(|(at, _)| *at == open).map_or(0, |(_, row)| *row) + 1;
        reached.retain(|(at, _)| *at > open);
        let Some((close, next)) = next(bytes, open) else { continue };
        if row == DEEPEST {
            slashes.push(close + 1);
        } else {
            reached.push((next, row));
        }
    }
    if slashes.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut parted = text.to_owned();
    slashes.iter().for_each(|at| parted.replace_range(*at..at + 1, "/"));
    Cow::Owned(parted)
}

/// Where a value ends that begins at `open`, and where that of the next attribute begins, if that is in double quotes too.
fn next(bytes: &[u8], open: usize) -> Option<(usize, usize)> {
    let close = open + 1 + memchr::memchr(b'"', &bytes[open + 1..])?;
    let name = skip(bytes, close + 1, is_blank);
    let sign = skip(bytes, name, |byte| !is_blank(byte) && !b"/>=".contains(byte));
    let next = skip(bytes, sign + 1, is_blank);
    let follows = name > close + 1 && sign > name && bytes.get(sign) == Some(&b'=') && bytes.get(next) == Some(&b'"');
    follows.then_some((close, next))
}

fn skip(bytes: &[u8], at: usize, over: impl Fn(&u8) -> bool) -> usize {
    at + bytes.iter().skip(at).take_while(|byte| over(byte)).count()
}

fn is_blank(byte: &u8) -> bool {
    b"\t\n\x0C\r ".contains(byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_rows_are_parted() {
        let row = |count: usize| format!("<p{}>“a=\"b\" c”", " a=\"b\"".repeat(count));
        assert_eq!(parted(&row(DEEPEST)), row(DEEPEST));
        let long = row(DEEPEST + 2);
        let parted = parted(&long);
        assert_eq!(parted.len(), long.len());
        assert_eq!(
            (parted.matches('/').count(), parted.find('/')),
            (1, long.match_indices(" a=").nth(DEEPEST).map(|(at, _)| at))
        );
    }

    #[test]
    fn rows_are_seen_whatever_stands_in_names_and_values() {
        for attribute in [" a=\"\"", "\n\n\"a=\n\"=\"", " a\"b=\"c=d>\"", " a=\" b=\""] {
            let text = format!("<p{}>", attribute.repeat(1000));
            assert!(matches!(parted(&text), Cow::Owned(_)), "{attribute}");
        }
    }
}
