//! Figures with their marks: what "1,000", "1.000,5", "1 000" and "1,00,0" are worth in a language. A mark that the language uses decides;
//! where the other convention would read another value, that is kept beside it.

use super::{Flaw, Value};
use crate::language::digits;
use std::ops::Range;

/// The most digits that are a number; longer runs are identifiers.
const DIGITS: usize = 30;

/// Figures as they are written: runs of digits and the marks between them.
#[derive(Debug, Default)]
pub(super) struct Figures {
    /// Where they stand.
    pub range: Range<usize>,
    runs: Vec<Run>,
    marks: Vec<char>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    value: i128,
    digits: usize,
    zero: bool,
}

/// What figures are worth.
#[derive(Debug, PartialEq)]
pub(super) enum Worth {
    /// A number.
    Number {
        /// As the language reads it.
        value: Value,
        /// As the other convention reads it, where it reads it otherwise.
        foreign: Option<Value>,
        /// The numbers they are if the spaces between them group nothing.
        apart: Vec<Value>,
        /// Digits after the decimal mark.
        places: u8,
        /// What is wrong with how they are written.
        flaw: Option<Flaw>,
    },
    /// A version, an address of the Internet, a code: no quantity.
    Identifier,
}

/// The marks of a language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    pub decimal: char,
    pub group: char,
}

/// A kind of space.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘')
}

/// Marks that are one are compared as one.
fn alike(mark: char) -> char {
    match mark {
        '\u{A0}' | '\u{202F}' | '\u{2009}' | '\u{2007}' => ' ',
        '’' | '‘' => '\'',
        '，' | '٬' => ',',
        '．' => '.',
        mark => mark,
    }
}

impl Figures {
    /// The figures that begin at a place with a digit.
    pub fn read(text: &str, at: usize) -> Figures {
        let mut figures = Figures { range: at..at, ..Figures::default() };
        let mut at = at;
        loop {
            let (run, end) = run(text, at);
            if figures.runs.len() < 64 {
                figures.runs.push(run);
            }
            figures.range.end = end;
            let mut rest = text[end..].chars();
            let Some(mark) = rest.next() else { break };
            let mut next = rest.as_str();
            // "58\u{2009} 469": who sets a narrow space means one number, whatever else was typed.
            let doubled = if is_space(mark) && mark != ' ' { next.strip_prefix(is_space) } else { None };
            next = doubled.unwrap_or(next);
            let joins = match mark {
                '.' | ',' | '٬' | '٫' | '．' | '，' => {
                    next.chars().next().is_some_and(|c| digits::value(c).is_some())
                }
                mark if is_apostrophe(mark) => groups(next),
                mark if is_space(mark) => groups(next) && figures.may_group(mark),
                _ => false,
            };
            if !joins || figures.marks.len() >= 63 {
                break;
            }
            figures.marks.push(mark);
            at = text.len() - next.len();
        }
        figures
    }

    /// Whether a group of three may follow after a space: the first run is no longer than three, the others are three, and all marks are
    /// this one.
    fn may_group(&self, mark: char) -> bool {
        let (first, others) = (self.runs.first(), self.runs.get(1..).unwrap_or_default());
        first.is_some_and(|run| run.digits <= 3 && !(run.zero && run.digits > 0))
            && others.iter().all(|run| run.digits == 3)
            && self.marks.iter().all(|known| *known == mark)
    }

    /// Whether there is one run and no mark.
    pub fn is_plain(&self) -> bool {
        self.marks.is_empty()
    }

    /// The whole number of a single run.
    pub fn whole(&self) -> Option<i128> {
        self.runs.first().filter(|run| self.is_plain() && run.digits <= 18).map(|run| run.value)
    }

    /// Digits of the first run.
    pub fn first_digits(&self) -> usize {
        self.runs.first().map_or(0, |run| run.digits)
    }

    /// Whether the first run begins with zero and goes on.
    pub fn begins_with_zero(&self) -> bool {
        self.runs.first().is_some_and(|run| run.zero && run.digits > 1)
    }

    /// What they are worth in a language with these marks.
    pub fn worth(&self, marks: Marks) -> Worth {
        if self.runs.iter().map(|run| run.digits).sum::<usize>() > DIGITS {
            return Worth::Identifier;
        }
        let kinds: Vec<char> = self.marks.iter().map(|mark| alike(*mark)).collect();
        let marks = Marks { decimal: alike(marks.decimal), group: alike(marks.group) };
        match kinds.as_slice() {
            [] if self.begins_with_zero() => Worth::Identifier,
            [] => number(self.joined(self.runs.len()), 0, None),
            ['٫'] => number(self.decimal(), self.places(), None),
            [mark @ ('.' | ',')] => self.one_mark(*mark, marks),
            [first, rest @ ..] if rest.iter().all(|mark| mark == first) => self.one_kind(*first, marks),
            [groups @ .., last]
                if groups.iter().all(|mark| Some(mark) == groups.first()) && Some(last) != groups.first() =>
            {
                self.groups_and_decimals(groups.first().copied().unwrap_or(' '), *last, marks)
            }
            _ => Worth::Identifier,
        }
    }

    /// One point or comma.
    fn one_mark(&self, mark: char, marks: Marks) -> Worth {
        let grouped = self.is_grouped(self.runs.len());
        let (whole, decimal) = (self.joined(self.runs.len()), self.decimal());
        if mark == marks.decimal {
            let foreign = whole.filter(|_| grouped);
            return with_foreign(number(decimal, self.places(), None), foreign);
        }
        if grouped && mark == marks.group {
            return number(whole, 0, None);
        }
        if grouped {
            // A mark the language does not use, before three digits: either convention of the others is possible.
            return with_foreign(number(whole, 0, Some(Flaw::Group)), decimal);
        }
        if self.begins_with_zero() {
            return Worth::Identifier;
        }
        number(decimal, self.places(), Some(Flaw::Decimal))
    }

    /// Several marks of one kind, or one that is no point and no comma.
    fn one_kind(&self, mark: char, marks: Marks) -> Worth {
        let whole = self.joined(self.runs.len());
        let grouped = self.is_grouped(self.runs.len());
        if mark == '.' && (!grouped || self.runs.len() == 4 && self.runs.iter().all(|run| run.value < 256)) {
            return Worth::Identifier;
        }
        if !grouped && mark == ',' && self.is_list() {
            return Worth::Identifier;
        }
        let flaw = match mark {
            _ if !grouped => Some(Flaw::Malformed),
            ' ' | '\'' => None,
            mark => (mark != marks.group).then_some(Flaw::Group),
        };
        match number(whole, 0, flaw) {
            Worth::Number { value, foreign, places, flaw, .. } => {
                // A later group that begins with zero is no number of its own.
                let certain = self.marks.iter().any(|mark| *mark != ' ') || self.runs[1..].iter().any(|run| run.zero);
                let runs = self.runs.iter().map(|run| Value::whole(run.value));
                let apart = if certain { Vec::new() } else { runs.collect() };
                Worth::Number { value, foreign, apart, places, flaw }
            }
            identifier => identifier,
        }
    }

    fn groups_and_decimals(&self, group: char, decimal: char, marks: Marks) -> Worth {
        if !matches!(decimal, '.' | ',' | '٫') {
            return Worth::Identifier;
        }
        let count = self.runs.len();
        let value = self.decimal();
        let flaw = match decimal {
            _ if !self.is_grouped(count - 1) => Some(Flaw::Malformed),
            '٫' => None,
            decimal if decimal != marks.decimal => Some(Flaw::Decimal),
            _ => (!matches!(group, ' ' | '\'') && group != marks.group).then_some(Flaw::Group),
        };
        // One group that is none is two numbers: an interval, a list.
        if flaw == Some(Flaw::Malformed) && (group == '.' || count < 4) {
            return Worth::Identifier;
        }
        number(value, self.places(), flaw)
    }

    /// The first runs written as one number.
    fn joined(&self, count: usize) -> Option<Value> {
        let mut value = 0_i128;
        for run in self.runs.iter().take(count) {
            value = value.checked_mul(10_i128.checked_pow(u32::try_from(run.digits).ok()?)?)?.checked_add(run.value)?;
        }
        Some(Value::whole(value))
    }

    /// With the last run after the decimal mark.
    fn decimal(&self) -> Option<Value> {
        self.joined(self.runs.len())?.scaled(-i32::from(self.places()))
    }

    /// Digits of the last run.
    fn places(&self) -> u8 {
        self.runs.last().and_then(|run| u8::try_from(run.digits).ok()).unwrap_or_default()
    }

    /// Whether the first runs are groups: of three, or as India groups: two, two, three. None begins with a zero.
    fn is_grouped(&self, count: usize) -> bool {
        let runs = &self.runs[..count.min(self.runs.len())];
        let [first, middle @ .., last] = runs else { return true };
        let by = |size: usize| first.digits <= size && middle.iter().all(|run| run.digits == size) && last.digits == 3;
        let indian = || self.marks.iter().take(count.saturating_sub(1)).all(|mark| alike(*mark) == ',') && by(2);
        !first.zero && (by(3) || indian())
    }

    /// Runs that are a list without spaces: "1,2,3", "10,12,14".
    fn is_list(&self) -> bool {
        let starts = self.runs.iter().skip(1).all(|run| !run.zero);
        starts && !self.runs.iter().skip(1).any(|run| run.digits == 3)
    }
}

fn number(value: Option<Value>, places: u8, flaw: Option<Flaw>) -> Worth {
    match value {
        Some(value) => Worth::Number { value, foreign: None, apart: Vec::new(), places, flaw },
        None => Worth::Identifier,
    }
}

fn with_foreign(worth: Worth, other: Option<Value>) -> Worth {
    match worth {
        Worth::Number { value, apart, places, flaw, .. } => {
            Worth::Number { value, foreign: other.filter(|other| *other != value), apart, places, flaw }
        }
        identifier => identifier,
    }
}

/// The run of digits at a place, and where it ends.
fn run(text: &str, at: usize) -> (Run, usize) {
    let (mut run, mut end) = (Run { value: 0, digits: 0, zero: false }, at);
    for c in text[at..].chars() {
        let Some(digit) = digits::value(c) else { break };
        run.zero |= run.digits == 0 && digit == 0;
        run.value = run.value.saturating_mul(10).saturating_add(i128::from(digit));
        run.digits += 1;
        end += c.len_utf8();
    }
    (run, end)
}

/// Whether three digits follow, and no fourth.
fn groups(text: &str) -> bool {
    let mut characters = text.chars();
    let three = characters.by_ref().take(3).filter(|c| digits::value(*c).is_some()).count() == 3;
    three && characters.next().is_none_or(|c| digits::value(c).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worth(text: &str, decimal: char, group: char) -> String {
        match Figures::read(text, 0).worth(Marks { decimal, group }) {
            Worth::Number { value, foreign, apart, flaw, .. } => {
                let foreign = foreign.map(|value| format!(" or {value}")).unwrap_or_default();
                let apart: String = apart.iter().map(|value| format!(" | {value}")).collect();
                format!("{value}{foreign}{apart}{}", flaw.map(|flaw| format!(" {flaw:?}")).unwrap_or_default())
            }
            Worth::Identifier => "identifier".to_owned(),
        }
    }

    #[test]
    fn the_language_decides_what_a_mark_is() {
        let english = |text| worth(text, '.', ',');
        assert_eq!(english("1,000"), "1000");
        assert_eq!(english("1,234,567.89"), "1234567.89");
        assert_eq!(english("1.000"), "1 or 1000");
        assert_eq!(english("12,34,567"), "1234567");
        assert_eq!(english("2,5"), "2.5 Decimal");
        assert_eq!(english("1.234.567"), "1234567 Group");
        assert_eq!(english("1.000,50"), "1000.5 Decimal");
        let french = |text| worth(text, ',', '\u{202F}');
        assert_eq!(french("1\u{202F}000,5"), "1000.5");
        assert_eq!(french("1 000"), "1000");
        assert_eq!(french("301 549"), "301549 | 301 | 549");
        assert_eq!(french("3.5"), "3.5 Decimal");
        assert_eq!(french("120,000"), "120 or 120000");
        assert_eq!(worth("1’000.50", '.', '’'), "1000.5");
        assert_eq!(worth("١٬٢٣٤٫٥", '٫', '٬'), "1234.5");
    }

    #[test]
    fn what_is_no_quantity_is_an_identifier() {
        let english = |text| worth(text, '.', ',');
        for text in
            ["0.20.0", "22.02.122", "0,2.5", "192.168.100.200", "1,2,3", "007", "12345678901234567890123456789012"]
        {
            assert_eq!(english(text), "identifier", "{text}");
        }
        assert_eq!(english("1,00,0"), "1000 Malformed");
        assert_eq!(english("1,0000,000"), "10000000 Malformed");
    }

    #[test]
    fn a_space_groups_only_before_three_digits() {
        assert_eq!(Figures::read("2012 300 people", 0).range, 0..4);
        assert_eq!(Figures::read("10 000 000 people", 0).range, 0..10);
        assert_eq!(Figures::read("10 0000", 0).range, 0..2);
        assert_eq!(Figures::read("58\u{2009} 469 people", 0).range, 0..9);
        assert_eq!(Figures::read("58  469", 0).range, 0..2);
    }
}
