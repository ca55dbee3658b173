//! The words and numbers of a text that dates are made of, in their order.

use super::lexicon::{Entry, Lexicon};
use crate::language::digits;

/// A word or number with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub start: usize,
    /// After an ordinal ending, and after the stop of a word cut short.
    pub end: usize,
    pub kind: Kind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A run of digits.
    Number(Number),
    /// A word of the lexicon.
    Word(Entry),
}

/// A run of digits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// Its value; numbers of more than nine digits are capped.
    pub value: u32,
    /// How many digits it has.
    pub digits: u8,
    /// Where the digits end.
    pub digits_end: usize,
    /// Whether an ordinal ending follows.
    pub ordinal: bool,
}

impl Token {
    pub fn number(&self) -> Option<Number> {
        match self.kind {
            Kind::Number(number) => Some(number),
            Kind::Word(_) => None,
        }
    }

    pub fn entry(&self) -> Option<Entry> {
        match self.kind {
            Kind::Word(entry) => Some(entry),
            Kind::Number(_) => None,
        }
    }
}

/// The tokens of a text, in its order, put into `tokens`.
pub(super) fn read(text: &str, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    tokens.clear();
    let mut at = 0;
    if let Some(words) = &lexicon.words {
        for hit in words.find_iter(text) {
            let (start, mut end) = (hit.start(), hit.end());
            if !stands_alone(text, start, end, lexicon) {
                continue;
            }
            let Some(&entry) = lexicon.entries.get(hit.pattern().as_usize()) else { continue };
            numbers(text, at..start, lexicon, tokens);
            let short = entry.month.is_some_and(|(_, long)| !long) || entry.weekday.is_some_and(|(_, long)| !long);
            if short && text[end..].starts_with('.') {
                end += 1;
            }
            tokens.push(Token { start, end, kind: Kind::Word(entry) });
            at = end;
        }
    }
    numbers(text, at..text.len(), lexicon, tokens);
}

/// Whether a word is not part of a longer one.
fn stands_alone(text: &str, start: usize, end: usize, lexicon: &Lexicon) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    if lexicon.unspaced {
        let first = text[start..].chars().next().is_some_and(|c| c.is_ascii_alphanumeric());
        return !first || !text[..start].ends_with(|c: char| c.is_ascii_alphanumeric());
    }
    !text[..start].ends_with(part) && !text[end..].starts_with(part)
}

/// The numbers in part of a text.
fn numbers(text: &str, range: std::ops::Range<usize>, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while at < range.end {
        let byte = bytes[at];
        if byte < 0x80 {
            if byte.is_ascii_digit() {
                let token = number(text, at, lexicon);
                at = token.end;
                tokens.push(token);
            } else {
                at += 1;
            }
            continue;
        }
        // Digits of other scripts begin at U+0660; Latin and Greek and Cyrillic letters lie before.
        let Some(c) = text[at..].chars().next() else { break };
        if u32::from(c) >= 0x660 && digits::value(c).is_some() {
            let token = number(text, at, lexicon);
            at = token.end.max(at + c.len_utf8());
            tokens.push(token);
        } else if lexicon.signed && digits::han(c).is_some() {
            let (token, end) = han(text, at, lexicon);
            at = end;
            tokens.extend(token);
        } else {
            at += c.len_utf8();
        }
    }
}

/// The number that begins at a digit.
fn number(text: &str, start: usize, lexicon: &Lexicon) -> Token {
    let (mut value, mut count, mut end) = (0u32, 0u8, start);
    for c in text[start..].chars() {
        let Some(digit) = digits::value(c) else { break };
        value = value.saturating_mul(10).saturating_add(digit).min(999_999_999);
        count = count.saturating_add(1);
        end += c.len_utf8();
    }
    let rest = &text[end..];
    let suffix = if count > 2 {
        None
    } else {
        lexicon.language.dates.ordinals.iter().filter(|e| begins(rest, e)).map(String::len).max()
    };
    let number = Number { value, digits: count, digits_end: end, ordinal: suffix.is_some() };
    Token { start, end: end + suffix.unwrap_or(0), kind: Kind::Number(number) }
}

/// The number of Han characters that begins at one, where a sign of dates follows: 二〇一二年, 七月, 二十一日, 元年; and where the run ends.
fn han(text: &str, start: usize, lexicon: &Lexicon) -> (Option<Token>, usize) {
    let (mut end, mut count, mut value, mut whole) = (start, 0_u8, 0_u32, 0_u32);
    let mut tens = false;
    for c in text[start..].chars() {
        let Some(digit) = digits::han(c) else { break };
        (count, end) = (count.saturating_add(1), end + c.len_utf8());
        if digit == 10 {
            // 十 is ten, 二十 is twenty.
            whole = whole.saturating_add(10 * value.max(1));
            (value, tens) = (0, true);
        } else if tens {
            value = digit;
        } else {
            value = value.saturating_mul(10).saturating_add(digit).min(999_999_999);
        }
    }
    let value = whole.saturating_add(value);
    let rest = &text[end..];
    let dates = &lexicon.language.dates;
    let signed = [&dates.year_sign, &dates.month_sign, &dates.day_sign]
        .iter()
        .any(|signs| signs.iter().any(|sign| rest.starts_with(sign.as_str())));
    let digits = if tens { 2 } else { count };
    let number = Number { value, digits, digits_end: end, ordinal: false };
    (signed.then_some(Token { start, end, kind: Kind::Number(number) }), end)
}

/// Whether a text begins with an ending after which no letter follows.
fn begins(text: &str, ending: &str) -> bool {
    let Some(head) = text.get(..ending.len()) else { return false };
    (head == ending || head.eq_ignore_ascii_case(ending)) && !text[ending.len()..].starts_with(char::is_alphanumeric)
}
