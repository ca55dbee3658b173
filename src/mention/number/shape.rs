//! What figures are by the shape of what they stand in: identifiers, telephone numbers, pairs, list markers, the names of things.

use super::figures::{Figures, Worth, is_space};
use super::scan::{Scanner, is_letter, joins, plain};
use super::{Form, Identifier, IdentifierKind, Kind, Value};
use crate::document::SEPARATOR;
use crate::language::{digits, spellout};
use std::ops::Range;

impl Scanner<'_> {
    /// Whether a joint stands here with a digit right after it.
    pub(super) fn glues(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(|c| joins(c) && c != ':' && self.is_digit_at(at + c.len_utf8()))
            || self.is_digit_at(at)
    }

    /// Where an identifier ends: letters and digits, and joints with one of those after them.
    pub(super) fn identifier_end(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(c) = self.char_at(end) {
            let after = end + c.len_utf8();
            let inner = is_letter(c) || digits::value(c).is_some();
            let joint = joins(c) && self.char_at(after).is_some_and(|c| is_letter(c) || digits::value(c).is_some());
            if !inner && !joint {
                break;
            }
            end = after;
        }
        end
    }

    /// Where an identifier began that goes on here: "S/RES/1325" with the last part at hand.
    pub(super) fn identifier_start(&self, at: usize) -> usize {
        let before = &self.text[..at];
        let part = before.char_indices().rev().take(32);
        let mut start = at;
        for (index, c) in part {
            if !(is_letter(c) || digits::value(c).is_some() || matches!(c, '/' | '-' | '.' | '_')) {
                break;
            }
            start = index;
        }
        let joint = before.ends_with(['/', '-', '.', '_']);
        if joint { start } else { at }
    }

    pub(super) fn identifier(&mut self, range: Range<usize>, kind: IdentifierKind) -> usize {
        let end = range.end;
        // A part of it may have been read as one of its own.
        while self.found.identifiers.last().is_some_and(|last| last.range.start >= range.start) {
            self.found.identifiers.pop();
        }
        self.found.identifiers.push(Identifier { range, kind });
        end
    }

    /// Whether figures at the beginning of a block only number it: "4.", "2)", "(3)".
    pub(super) fn is_list_marker(&self, at: usize, end: usize) -> bool {
        let begins = |at: usize| self.char_before(at).is_none_or(|c| c == SEPARATOR);
        let closed = self.text[end..].starts_with(['.', ')']);
        let gap = self.text[end..].chars().nth(1).is_none_or(|c| c.is_whitespace() || c == SEPARATOR);
        let start = if self.char_before(at) == Some('(') { at - 1 } else { at };
        end - at <= 3 && closed && gap && begins(start)
    }

    /// Whether figures are the mark of a note: "[12]".
    pub(super) fn is_note_mark(&self, at: usize, end: usize) -> bool {
        self.char_before(at) == Some('[') && self.text[end..].starts_with(']')
    }

    /// Whether five figures are a postcode: after a comma, a bracket or at the beginning, before a name ("12 rue Haute, 75001 Paris"), or after
    /// two capitals ("Orle, CA 90210").
    pub(super) fn is_postcode(&self, at: usize, end: usize) -> bool {
        if end - at != 5 {
            return false;
        }
        let (before, rest) = (self.text[..at].trim_end_matches(is_space), &self.text[end..]);
        let named = rest.strip_prefix([' ', '\u{A0}']).is_some_and(|rest| rest.starts_with(char::is_uppercase));
        let apart = before.is_empty() || before.ends_with([',', '(', SEPARATOR]);
        let mut letters = before.chars().rev();
        let state = letters.by_ref().take(2).filter(char::is_ascii_uppercase).count() == 2
            && letters.next().is_some_and(is_space)
            && before.len() < at;
        named && apart || state && !rest.starts_with([' ', '%', '€'])
    }

    /// Whether what stands before makes the number a name: a sign, or a word with a capital that does not begin a sentence.
    pub(super) fn is_label(&self, at: usize) -> bool {
        let before = &self.text[..at];
        if before.ends_with(['#', '№', '§', '°']) {
            return true;
        }
        let trimmed = before.trim_end_matches(|c| is_space(c) || matches!(c, '.' | '#' | '°' | 'º'));
        if trimmed.len() == before.len() || before.len() - trimmed.len() > 6 {
            return false;
        }
        if before[trimmed.len()..].contains('#') {
            return true;
        }
        let start = trimmed.char_indices().rev().take_while(|(_, c)| is_letter(*c)).last();
        let Some((start, first)) = start else { return false };
        let abbreviated = before[trimmed.len()..].contains(['.', '°', 'º']);
        let lead = trimmed[..start].trim_end_matches(is_space);
        let in_sentence =
            lead.chars().next_back().is_some_and(|c| c != SEPARATOR && !matches!(c, '.' | '!' | '?' | ':' | '“' | '"'));
        (first.is_uppercase() && in_sentence && !self.language.numbers.nouns_capital)
            || abbreviated && trimmed.len() - start <= 3
    }

    /// A telephone number: a plus sign and seven digits or more, or runs as they are dictated.
    pub(super) fn phone(&self, at: usize, before: Option<char>) -> Option<usize> {
        let bytes = self.text.as_bytes();
        // Most figures are short and alone.
        let mut runs: [usize; 12] = [0; 12];
        let mut marks: [u8; 12] = [0; 12];
        let (mut count, mut end, mut at_byte) = (0, at, at);
        loop {
            let start = at_byte;
            while bytes.get(at_byte).is_some_and(u8::is_ascii_digit) {
                at_byte += 1;
            }
            if at_byte == start || count == runs.len() {
                break;
            }
            runs[count] = at_byte - start;
            count += 1;
            end = at_byte;
            let gap = match bytes.get(at_byte) {
                Some(b' ' | b'-' | b'.') => 1,
                Some(b')') if before == Some('(') && count == 1 => {
                    1 + usize::from(bytes.get(at_byte + 1) == Some(&b' '))
                }
                // A no-break space or a hyphen of its own.
                Some(0xC2) if bytes.get(at_byte + 1) == Some(&0xA0) => 2,
                Some(0xE2) if matches!(bytes.get(at_byte + 1..at_byte + 3), Some([0x80, 0x91 | 0xAF | 0x90])) => 3,
                _ => break,
            };
            marks[count - 1] = bytes[at_byte];
            at_byte += gap;
            if bytes.get(at_byte) == Some(&b'(') {
                at_byte += 1;
            }
        }
        let runs = &runs[..count];
        let marks = &marks[..count.saturating_sub(1)];
        let digits: usize = runs.iter().sum();
        let same = marks.windows(2).all(|pair| pair[0] == pair[1]);
        let zero = bytes.get(at) == Some(&b'0');
        let is = match runs {
            _ if digits > 15 => false,
            _ if before == Some('+') => digits >= 7,
            [3, 3, 4] if before == Some('(') => true,
            // 613-555-0100, 555-0100, 1-800-555-0100
            [3, 3, 4] | [1, 3, 3, 4] => marks.iter().all(|mark| matches!(mark, b'-' | b'.')) || !same,
            [3, 4] => marks == [b'-'],
            // 01 42 34 56 78
            [2, 2, 2, 2, ..] => same && runs.iter().all(|run| *run == 2),
            [_, _, ..] if zero => runs[0] >= 2 && digits >= 8 && marks.iter().all(|mark| *mark != b'.'),
            _ => false,
        };
        is.then_some(end)
    }

    /// Two numbers with a sign between them, or a chain of more: a range, a fraction, a score, a time, a code.
    pub(super) fn pair(&mut self, figures: &Figures) -> Option<usize> {
        let (at, end) = (figures.range.start, figures.range.end);
        let sign = self.char_at(end)?;
        let after = end + sign.len_utf8();
        if !matches!(sign, '-' | '\u{2010}' | '\u{2011}' | '/' | '⁄' | ':' | '×') || !self.is_digit_at(after) {
            return None;
        }
        let second = Figures::read(self.text, after);
        let more = self.char_at(second.range.end).is_some_and(|c| {
            matches!(c, '-' | '\u{2010}' | '\u{2011}' | '/' | ':') && self.is_digit_at(second.range.end + c.len_utf8())
        });
        let whole = |figures: &Figures| match figures.worth(self.marks) {
            Worth::Number { value, .. } => Some(value),
            Worth::Identifier => None,
        };
        if more {
            let end = self.identifier_end(second.range.end);
            return Some(self.identifier(at..end, IdentifierKind::Code));
        }
        let (Some(first), Some(last)) = (whole(figures), whole(&second)) else {
            let end = self.identifier_end(second.range.end);
            return Some(self.identifier(at..end, IdentifierKind::Code));
        };
        let plain_pair = figures.is_plain() && second.is_plain();
        match sign {
            '/' | '⁄' if plain_pair && first < last && figures.first_digits() <= 2 && second.first_digits() <= 2 => {
                let parts = first.as_whole().zip(last.as_whole());
                let value = parts
                    .and_then(|(first, last)| Value::fraction(first, last).filter(|_| first > 0 && common_part(last)));
                match value {
                    Some(value) => {
                        let mut number = plain(at..second.range.end, value, Form::Digits, Kind::Fraction);
                        // "1 1/2"
                        let whole = self.found.numbers.last().filter(|last| {
                            let gap = self.text.get(last.range.end..at);
                            let plain = last.form == Form::Digits && last.kind == Kind::Cardinal && last.unit.is_none();
                            plain
                                && last.figure == last.range
                                && gap.is_some_and(|gap| gap.chars().all(is_space) && gap.len() <= 3)
                        });
                        if let Some((sum, start)) =
                            whole.and_then(|whole| Some((whole.value().plus(value)?, whole.range.start)))
                        {
                            self.found.numbers.pop();
                            number.values = vec![sum];
                            number.range.start = start;
                            number.figure.start = start;
                        }
                        Some(self.finish(number))
                    }
                    None => Some(self.identifier(at..second.range.end, IdentifierKind::Pair)),
                }
            }
            // A range is read as its two ends, the second one in the next step.
            '-' | '\u{2010}' | '\u{2011}' if first < last && !second.begins_with_zero() => {
                let mut number = plain(at..end, first, Form::Digits, Kind::Cardinal);
                number.label = self.is_label(at);
                self.found.numbers.push(number);
                Some(after)
            }
            _ => {
                let end = self.identifier_end(second.range.end);
                Some(self.identifier(at..end, IdentifierKind::Pair))
            }
        }
    }

    /// The length of an ordinal's ending that stands here.
    pub(super) fn ordinal_ending(&self, at: usize) -> Option<usize> {
        let endings = self.language.numbers.after_ordinal.iter();
        let rest = self.text.get(at..)?;
        let stands = |ending: &&String| {
            rest.get(..ending.len()).is_some_and(|found| found.eq_ignore_ascii_case(ending))
                && rest[ending.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric() || spellout::is_unspaced(c))
        };
        endings.filter(stands).map(String::len).max()
    }
}

/// Parts that things are divided in.
fn common_part(denominator: i128) -> bool {
    matches!(denominator, 2..=10 | 12 | 16 | 20 | 25 | 32 | 50 | 64)
}
