//! The pass over a text that finds its numbers.

use super::figures::{Figures, Marks, Worth};
use super::{Flaw, Form, Identifier, IdentifierKind, Kind, Number, Numbers, Value, roman};
use crate::document::{Document, InlineKind};
use crate::language::{Language, digits, region, spellout};
use std::ops::Range;

/// The numbers of a document. `taken` are ranges that are read already, such as dates and times, in any order; no number begins in one.
pub fn read(document: &Document, language: &'static Language, taken: &[Range<usize>]) -> Numbers {
    let addresses = document.inlines.iter().filter(|inline| inline.kind == InlineKind::Address);
    let mut closed: Vec<Range<usize>> =
        addresses.map(|inline| inline.range.clone()).chain(taken.iter().cloned()).collect();
    closed.sort_by_key(|range| (range.start, range.end));
    let tag = document.language.tag.as_deref();
    scan(&document.text, language, tag.and_then(region), &closed)
}

/// The numbers of a text in a language, but those that begin in `taken` ranges, which are in order.
pub fn read_text(text: &str, tag: Option<&str>, taken: &[Range<usize>]) -> Numbers {
    scan(text, Language::of(tag), tag.and_then(region), taken)
}

/// The numbers of a text, but those that begin in closed ranges, which are in order.
fn scan(text: &str, language: &'static Language, region: Option<&str>, closed: &[Range<usize>]) -> Numbers {
    let first = |mark: &str, default| mark.chars().next().unwrap_or(default);
    let numbers = &language.numbers;
    let mut starts = [false; 128];
    for (letter, start) in ('\0'..'\u{80}').zip(&mut starts) {
        *start = numbers.words().begins(letter);
    }
    let (mut more, mut more_starts) = (Vec::new(), [false; 128]);
    for words in numbers.more() {
        let letter = words.words.chars().next().unwrap_or(' ');
        match u8::try_from(letter) {
            Ok(byte) if byte < 0x80 => {
                starts[usize::from(byte)] = true;
                more_starts[usize::from(byte)] = true;
            }
            _ => more.push(letter),
        }
    }
    let marks = Marks { decimal: first(numbers.decimal_in(region), '.'), group: first(numbers.group_in(region), ',') };
    let native = Marks { decimal: first(&numbers.native_decimal, '٫'), group: first(&numbers.native_group, '٬') };
    let mut scanner = Scanner { text, language, marks, native, starts, more_starts, more, found: Numbers::default() };
    let (mut at, mut next) = (0, 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        // Blanks and stops need no look at the closed ranges.
        if byte < 0x80 && !byte.is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        while closed.get(next).is_some_and(|range| range.end <= at) {
            next += 1;
        }
        if let Some(range) = closed.get(next).filter(|range| range.start <= at) {
            at = range.end;
            continue;
        }
        let limit = closed.get(next).map_or(text.len(), |range| range.start);
        at = scanner.step(at, byte).max(at + 1);
        // A number does not run into a date: it is given up, and what stands before the date is passed over.
        if at > limit {
            let inside = |range: &Range<usize>| range.end > limit;
            while scanner.found.numbers.last().is_some_and(|number| inside(&number.range)) {
                scanner.found.numbers.pop();
            }
            while scanner.found.identifiers.last().is_some_and(|identifier| inside(&identifier.range)) {
                scanner.found.identifiers.pop();
            }
        }
        while !text.is_char_boundary(at) {
            at += 1;
        }
    }
    scanner.found
}

/// A pass over one text.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) language: &'static Language,
    pub(super) marks: Marks,
    pub(super) native: Marks,
    /// Letters of ASCII, in lower case, that a number word may begin with.
    pub(super) starts: [bool; 128],
    /// Those that a word for a number begins with which the rules do not write.
    pub(super) more_starts: [bool; 128],
    /// Other letters of that sort.
    pub(super) more: Vec<char>,
    pub(super) found: Numbers,
}

/// A letter of a script that sets spaces between words.
pub(super) fn is_letter(c: char) -> bool {
    // Cyrillic without its rarer letters: what most words of such a text are made of.
    matches!(c, '\u{410}'..='\u{44F}') || c.is_alphabetic() && !spellout::is_unspaced(c)
}

/// A letter in lower case, without tables where most letters are.
fn lower(c: char) -> char {
    match c {
        c if c.is_ascii() => c.to_ascii_lowercase(),
        '\u{430}'..='\u{44F}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' => c,
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// What joins the parts of an identifier.
pub(super) fn joins(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '.' | '/' | '_' | ':' | '#' | '&' | '=' | '+' | '~' | '@' | '\\')
}

/// The value of a fraction that is one character (UCD, Numeric_Value).
fn vulgar(c: char) -> Option<Value> {
    let (numerator, denominator) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Value::fraction(numerator, denominator)
}

impl Scanner<'_> {
    pub(super) fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    pub(super) fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    pub(super) fn is_digit_at(&self, at: usize) -> bool {
        self.char_at(at).is_some_and(|c| digits::value(c).is_some())
    }

    /// Reads what begins here; where reading goes on.
    fn step(&mut self, at: usize, byte: u8) -> usize {
        if byte.is_ascii_digit() {
            return self.figure(at);
        }
        if byte.is_ascii_alphabetic() {
            return self.word(at, char::from(byte));
        }
        let Some(c) = self.char_at(at) else { return at + 1 };
        if matches!(c, '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}') {
            self.unspaced(at, c)
        } else if digits::value(c).is_some() {
            self.figure(at)
        } else if let Some(value) = vulgar(c) {
            let number = plain(at..at + c.len_utf8(), value, Form::Digits, Kind::Fraction);
            self.finish(number)
        } else if is_letter(c) {
            self.word(at, c)
        } else if spellout::is_unspaced(c) {
            self.unspaced(at, c)
        } else {
            at + c.len_utf8()
        }
    }

    /// Where the word that begins here ends.
    pub(super) fn word_end(&self, at: usize) -> usize {
        let mut end = at;
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(end) {
            if byte.is_ascii_alphabetic() {
                end += 1;
                continue;
            }
            match self.char_at(end).filter(|c| !c.is_ascii() && (is_letter(*c) || matches!(c, '\u{300}'..='\u{36F}'))) {
                Some(c) => end += c.len_utf8(),
                None => break,
            }
        }
        end
    }

    /// A word: a number word, a Roman numeral, or the beginning of an identifier.
    fn word(&mut self, at: usize, first: char) -> usize {
        let end = self.word_end(at);
        let next = self.text.as_bytes().get(end).copied().unwrap_or(b' ');
        // Other scripts write particles before figures.
        let names = first < '\u{530}' || matches!(first, '\u{1E00}'..='\u{1FFF}');
        let glued = names && next.is_ascii_digit() || names && (!next.is_ascii_whitespace() && self.glues(end));
        if glued && !self.is_currency_code(at..end) {
            let end = self.identifier_end(end);
            self.found
                .identifiers
                .push(Identifier { range: self.identifier_start(at)..end, kind: IdentifierKind::Code });
            return end;
        }
        let lower = lower(first);
        let starts = match u8::try_from(lower) {
            Ok(byte) if byte < 0x80 => self.starts[usize::from(byte)],
            _ => self.language.numbers.words().begins(lower) || self.more.contains(&lower),
        };
        if starts && let Some(end) = self.number_words(at) {
            return end;
        }
        if matches!(first, 'I' | 'V' | 'X' | 'L' | 'M')
            && let Some(value) = self.text.get(at..end).and_then(roman::value)
        {
            let mut number = plain(at..end, Value::whole(i128::from(value)), Form::Roman, Kind::Cardinal);
            number.label = true;
            self.found.numbers.push(number);
        } else if matches!(first, 'I' | 'V' | 'X')
            && let Some((value, _)) = roman::ordinal(&self.text[at..end], &self.language.numbers.after_ordinal)
        {
            self.found.numbers.push(plain(at..end, Value::whole(i128::from(value)), Form::Roman, Kind::Ordinal));
        }
        end
    }

    /// A word for a number that the rules do not write: "half", "anderthalb".
    fn more_words(&self, at: usize) -> Option<Number> {
        let rest = &self.text[at..];
        let first = self.char_at(at)?;
        let (unspaced, lower) = (spellout::is_unspaced(first), lower(first));
        if !self.more_starts.get(lower as usize).copied().unwrap_or_else(|| self.more.contains(&lower)) {
            return None;
        }
        let same = |text: &str, words: &str| {
            let mut letters = text.char_indices();
            for wanted in words.chars() {
                let (_, found) = letters.next()?;
                let gap = wanted == ' ' && super::figures::is_space(found);
                if !gap && found != wanted && found.to_lowercase().next() != Some(wanted) {
                    return None;
                }
            }
            let end = letters.next().map_or(text.len(), |(end, _)| end);
            (unspaced || !text[end..].starts_with(char::is_alphanumeric)).then_some(end)
        };
        self.language.numbers.more().iter().filter(|more| more.first == lower).find_map(|more| {
            let end = same(rest, &more.words)?;
            if !more.then.is_empty() {
                same(&rest[end..], &more.then)?;
            }
            let value = Value::fraction(more.value.0, more.value.1)?;
            let kind = if value.as_whole().is_some() { Kind::Cardinal } else { Kind::Fraction };
            Some(plain(at..at + end, value, Form::Words, kind))
        })
    }

    /// A number in words, with what follows it.
    fn number_words(&mut self, at: usize) -> Option<usize> {
        let words = self.language.numbers.words().read(self.text, at);
        // "half a million", and "tausend" where the rules do not go on.
        if let Some(number) = self.more_words(at)
            && words.as_ref().is_none_or(|words| words.end <= number.range.end)
        {
            return Some(self.finish(number));
        }
        let words = words?;
        // A part of a longer compound ("one-off", "two-thirds") is read all the same; a part of a word is none.
        let kind = if words.ordinal { Kind::Ordinal } else { Kind::Cardinal };
        let mut value = Value::whole(i128::from(words.value));
        let mut precision = 0;
        if let Some((decimals, places)) = words.decimals {
            value = Value::whole(i128::from(decimals)).scaled(-i32::from(places))?.plus(value)?;
            precision = -i8::try_from(places).ok()?;
        }
        let mut number = plain(at..words.end, value, Form::Words, kind);
        number.precision = precision;
        Some(self.finish(number))
    }

    /// A letter of a script without spaces: a number word there has two characters or more, or a scale or a unit after it.
    fn unspaced(&mut self, at: usize, c: char) -> usize {
        let words = self.language.numbers.words();
        // It has two letters or more.
        let goes_on = || self.char_at(at + c.len_utf8()).is_some_and(|c| words.has(c));
        if (words.begins(c) && goes_on() || self.parts_sign(at + c.len_utf8()).is_some())
            && let Some(found) = words.read(self.text, at)
            && (self.text[at..found.end].chars().count() > 1 || self.parts_sign(found.end).is_some())
        {
            return self.number_words(at).unwrap_or(found.end);
        }
        if self.more.contains(&c)
            && let Some(number) = self.more_words(at)
        {
            return self.finish(number);
        }
        at + c.len_utf8()
    }

    /// Figures, and all that may be around them.
    fn figure(&mut self, at: usize) -> usize {
        let before = self.char_before(at);
        if let Some(end) = self.phone(at, before) {
            let start = if before == Some('+') || before == Some('(') { at - 1 } else { at };
            return self.identifier(start..end, IdentifierKind::Phone);
        }
        let figures = Figures::read(self.text, at);
        let end = figures.range.end;
        // Signs of the middle of an address, a path or a name.
        if before.is_some_and(|c| matches!(c, '/' | '_' | '@' | '=' | '&' | '~' | '\\')) {
            let end = self.identifier_end(end);
            return self.identifier(self.identifier_start(at)..end, IdentifierKind::Code);
        }
        if self.is_list_marker(at, end) || self.is_note_mark(at, end) {
            return end;
        }
        if figures.is_plain() && self.is_postcode(at, end) {
            return self.identifier(at..end, IdentifierKind::Code);
        }
        if let Some(end) = self.pair(&figures) {
            return end;
        }
        let native = self.char_at(at).is_some_and(|c| !c.is_ascii() && !matches!(c, '\u{FF10}'..='\u{FF19}'));
        let marks = if native { self.native } else { self.marks };
        let worth = figures.worth(marks);
        let Worth::Number { value, foreign, apart, places, flaw } = worth else {
            let end = self.identifier_end(end);
            let kind = if figures.is_plain() { IdentifierKind::Code } else { IdentifierKind::Version };
            return self.identifier(at..end, kind);
        };
        let mut number = plain(at..end, value, Form::Digits, Kind::Cardinal);
        number.foreign = foreign;
        number.apart = apart;
        number.flaw = flaw;
        number.precision = -i8::try_from(places).unwrap_or_default();
        number.label = self.is_label(at);
        if let Some((fraction, c)) = self.char_at(end).and_then(|c| Some((vulgar(c)?, c))) {
            number.values = value.plus(fraction).into_iter().chain(Some(value)).take(1).collect();
            number.kind = Kind::Fraction;
            number.figure.end += c.len_utf8();
            number.range.end = number.figure.end;
            return self.finish(number);
        }
        let Some(next) = self.char_at(end) else { return self.finish(number) };
        if let Some(length) = self.ordinal_ending(end) {
            number.kind = Kind::Ordinal;
            number.figure.end = end + length;
            number.range.end = number.figure.end;
            self.found.numbers.push(number);
            return end + length;
        }
        let after = end + next.len_utf8();
        let technical = match next {
            next if is_letter(next) => !self.has_sign(end),
            '_' | '@' | '=' | '&' | '~' | '\\' => self.char_at(after).is_some_and(char::is_alphanumeric),
            '.' => self.char_at(after).is_some_and(char::is_lowercase) && !figures.range.is_empty(),
            _ => false,
        };
        if technical {
            let end = self.identifier_end(end);
            return self.identifier(at..end, IdentifierKind::Code);
        }
        self.finish(number)
    }
}

/// A number without anything around it.
pub(super) fn plain(range: Range<usize>, value: Value, form: Form, kind: Kind) -> Number {
    Number {
        figure: range.clone(),
        range,
        values: vec![value],
        foreign: None,
        apart: Vec::new(),
        precision: 0,
        form,
        kind,
        unit: None,
        label: false,
        flaw: None::<Flaw>,
        partner: None,
    }
}
