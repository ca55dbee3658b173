//! Figures as two language versions can compare them: what is written in digits, with every value that the marks in it permit in
//! some language. Nothing is claimed about what a figure counts.

use std::collections::BTreeSet;
use std::ops::Range;

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Where it stands.
    pub range: Range<usize>,
    /// Every value it may have, as digits with at most one point and no needless zeros; a version keeps all its points.
    pub values: BTreeSet<String>,
    /// The numbers that it may be instead, where a blank in it may divide two.
    pub parts: Vec<String>,
    /// Letters that adjoin it on the left, as in `BIP133`: part of a name.
    pub prefix: String,
    /// Whether a percent sign follows.
    pub percent: bool,
    /// Whether it opens its text as the number of an item.
    pub marker: bool,
}

impl Figure {
    /// The value to show and to compare sizes by: the first reading.
    pub fn value(&self) -> &str {
        self.values.iter().next().map_or("", String::as_str)
    }

    /// Whether both may be one value.
    pub fn equals(&self, other: &Figure) -> bool {
        self.prefix == other.prefix && self.values.iter().any(|value| other.values.contains(value))
    }

    /// Whether one may be the other in thousands, in ten thousands, in millions and so on, as where "40 million" stands for
    /// 40,000,000.
    pub fn scales(&self, other: &Figure) -> bool {
        let scaled = |one: &Figure, other: &Figure| {
            one.values
                .iter()
                .any(|value| [3, 4, 6, 8, 9, 12].iter().any(|zeros| other.values.contains(&shifted(value, *zeros))))
        };
        scaled(self, other) || scaled(other, self)
    }

    /// Whether both may be one hour, on a clock of twelve hours and one of twenty-four.
    pub fn is_hour_of(&self, other: &Figure) -> bool {
        let hour = |figure: &Figure| figure.value().parse::<u8>().ok().filter(|hour| *hour <= 24);
        matches!((hour(self), hour(other)), (Some(a), Some(b)) if a.abs_diff(b) == 12)
    }
}

impl Figure {
    /// Whether one is the decade of which the other writes only the last figures: “the 1950s”, « les années 50 ».
    pub fn is_decade_of(&self, other: &Figure) -> bool {
        let year = |figure: &Figure| figure.value().parse::<u32>().ok().filter(|year| year % 10 == 0);
        let short = |long: u32, short: u32| (1100..2100).contains(&long) && short < 100 && long % 100 == short;
        matches!((year(self), year(other)), (Some(a), Some(b)) if short(a, b) || short(b, a))
    }
}

/// A value with the point so many places to the right.
fn shifted(value: &str, zeros: usize) -> String {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let mut fraction: Vec<char> = fraction.chars().collect();
    let mut digits = whole.to_owned();
    for at in 0..zeros {
        digits.push(fraction.get(at).copied().unwrap_or('0'));
    }
    fraction.drain(..zeros.min(fraction.len()));
    let fraction: String = fraction.into_iter().collect();
    plain(&digits, &fraction)
}

/// Whole and fraction without needless zeros.
fn plain(whole: &str, fraction: &str) -> String {
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction.trim_end_matches('0') {
        "" => whole.to_owned(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// The value of a digit of any script that writes numbers in tens.
fn digit(c: char) -> Option<char> {
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '٠'..='٩' => c as u32 - '٠' as u32,
        '۰'..='۹' => c as u32 - '۰' as u32,
        '०'..='९' => c as u32 - '०' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        _ => return None,
    };
    char::from_digit(value, 10)
}

/// What may stand between two digits of one figure.
fn separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '٬' | '٫' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

fn blank(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The figures of a text, in its order; ranges begin at `offset`.
pub fn figures(text: &str, offset: usize) -> Vec<Figure> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found: Vec<Figure> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        if digit(chars[at].1).is_none() {
            at += 1;
            continue;
        }
        let start = at;
        // Groups of digits with the separator before each but the first.
        let mut groups: Vec<(Option<char>, String)> = Vec::new();
        let mut before = None;
        loop {
            let mut group = String::new();
            while let Some(value) = chars.get(at).and_then(|(_, c)| digit(*c)) {
                group.push(value);
                at += 1;
            }
            let length = group.len();
            groups.push((before, group));
            let Some(&(_, next)) = chars.get(at) else { break };
            let run = chars[at + 1..].iter().take_while(|(_, c)| digit(*c).is_some()).count();
            let first = groups.len() == 1;
            let goes_on = match blank(next) {
                // A blank divides thousands, and only where nothing but blanks does.
                true => {
                    run == 3
                        && (if first { length <= 3 } else { length == 3 })
                        && groups.iter().skip(1).all(|(s, _)| s.is_some_and(blank))
                }
                false => separator(next) && run > 0,
            };
            if !goes_on {
                break;
            }
            before = Some(next);
            at += 1;
        }
        let prefix: String = {
            let letters = chars[..start].iter().rev().take_while(|(_, c)| c.is_ascii_alphabetic()).count();
            chars[start - letters..start].iter().map(|(_, c)| c.to_ascii_lowercase()).collect()
        };
        let rest = text.get(chars.get(at).map_or(text.len(), |(byte, _)| *byte)..).unwrap_or_default();
        let end = text.len() - rest.len();
        let ahead = rest.trim_start_matches(blank);
        let percent = ahead.starts_with(['%', '٪', '％']);
        let opens = start == 0 || chars[..start].iter().all(|(_, c)| c.is_whitespace() || matches!(c, '#' | '('));
        let marker =
            opens && groups.len() == 1 && groups[0].1.len() <= 2 && rest.starts_with(['.', ')', ':', '、', '．']);
        let (values, parts) = read(&groups);
        let range = offset + chars[start].0..offset + end;
        // Marks of two sorts that make no number, as in the interval “[0,2.5)”: nobody can say which digits belong together.
        if values.is_empty() {
            continue;
        }
        found.push(Figure { range, values, parts, prefix, percent, marker });
    }
    found
}

/// The values that groups of digits may have, and the numbers that they may be apart.
fn read(groups: &[(Option<char>, String)]) -> (BTreeSet<String>, Vec<String>) {
    let mut values = BTreeSet::new();
    let mut parts = Vec::new();
    let digits = |groups: &[(Option<char>, String)]| groups.iter().map(|(_, group)| group.as_str()).collect::<String>();
    let Some((_, first)) = groups.first() else { return (values, parts) };
    let rest = &groups[1..];
    let Some((last, tail)) = rest.split_last() else {
        values.insert(plain(first, ""));
        return (values, parts);
    };
    let same = rest.iter().all(|(separator, _)| *separator == last.0);
    let thousands = |groups: &[(Option<char>, String)]| {
        first.len() <= 3
            && first != "0"
            && groups.iter().all(|(_, group)| group.len() == 3 || group.len() == 2)
            && groups.last().is_none_or(|(_, group)| group.len() == 3)
    };
    let decimal = |separator: Option<char>| separator.is_some_and(|c| matches!(c, '.' | ',' | '٫'));
    if same {
        if thousands(rest) && last.0 != Some('٫') {
            values.insert(plain(&digits(groups), ""));
        }
        if rest.len() == 1 && decimal(last.0) {
            values.insert(plain(first, &last.1));
        }
        if last.0.is_some_and(blank) {
            parts = groups.iter().map(|(_, group)| plain(group, "")).collect();
        }
    } else if decimal(last.0) && tail.iter().all(|(separator, _)| *separator != last.0) && thousands(tail) {
        values.insert(plain(&digits(&groups[..groups.len() - 1]), &last.1));
    }
    if values.is_empty() && same {
        // A version, a date in figures, a list without blanks: the digits as they stand.
        let version = rest.iter().fold(first.clone(), |text, (_, group)| format!("{text}.{group}"));
        parts.extend(groups.iter().map(|(_, group)| plain(group, "")));
        values.insert(if groups.len() > 2 { format!("v{version}") } else { version });
    }
    (values, parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        figures(text, 0).iter().map(|figure| figure.values.iter().cloned().collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn a_figure_has_every_value_that_its_marks_permit() {
        assert_eq!(values("1,234 and 1.234,5 and 1 234 and 12 345,60"), ["1.234|1234", "1234.5", "1234", "12345.6"]);
        assert_eq!(values("0,5 % of 1’000 and 1,00,000; ١٬٢٣٤"), ["0.5", "1000", "100000", "1234"]);
        assert_eq!(values("version 0.21.0, BIP133, 18:30, 2031年5月"), ["v0.21.0", "133", "18", "30", "2031", "5"]);
        assert_eq!(values("EN 301 549"), ["301549"]);
        assert_eq!(figures("EN 301 549", 0)[0].parts, ["301", "549"]);
        assert_eq!(values("in 2019, 2020 and 30.").len(), 3);
    }

    #[test]
    fn scales_and_hours() {
        let one = |text: &str| figures(text, 0).remove(0);
        assert!(one("40 million").scales(&one("40,000,000")));
        assert!(one("1.5").scales(&one("1 500 000")));
        assert!(!one("4").scales(&one("40")));
        assert!(one("5 pm").is_hour_of(&one("17 h")));
        assert!(one("1950").is_decade_of(&one("50")) && !one("1950").is_decade_of(&one("60")));
        assert!(!one("1955").is_decade_of(&one("55")));
        assert!(figures("[0,2.5)", 0).is_empty());
        assert!(one("4. First").marker && !one("4.5").marker);
    }

    #[test]
    fn nothing_makes_reading_fail() {
        for text in ["", "1", "1.", ".1", "1..2", "1 ", "٠", "1,", "999999999999999999999999999999,5", "é1é", "1\u{a0}"]
        {
            let _ = figures(text, 3);
        }
    }
}
