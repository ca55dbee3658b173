//! Dates in figures: 2012-07-09, 09.07.2012, 7/9/12, 2012年7月9日.

use super::lexicon::WEEK;
use super::scan::Scan;
use super::token::{Number, Token};
use super::{Partial, Point, Spans, Value, Written};
use crate::language::{Order, digits};
use jiff::civil::Weekday;
use std::ops::Range;

/// Years that figures are taken for.
const YEARS: std::ops::RangeInclusive<u32> = 1000..=2999;

impl Scan<'_> {
    /// The date in figures that begins at a token, and the token after it.
    pub(super) fn figures(&self, at: usize) -> Option<(Point, usize)> {
        let [a, b, c] = [self.number(at)?, self.number(at + 1)?, self.number(at + 2)?];
        if a.ordinal || b.ordinal || c.ordinal {
            return None;
        }
        let separator = self.gap(at);
        if separator != self.gap(at + 1) || !matches!(separator, "/" | "-" | "." | "\u{2010}" | "\u{2011}" | ". ") {
            return None;
        }
        // Part of something longer: a path, a version, a telephone number, a symbol.
        let (first, last) = (self.token(at)?, self.token(at + 2)?);
        let before = self.text[..first.start].chars().next_back();
        let rest = &self.text[last.end..];
        let mut after = rest.chars();
        let next = after.next();
        let joined = next.is_some_and(|c| "/-.,:".contains(c)) && after.next().is_some_and(|c| c.is_ascii_digit());
        let clock = next == Some('T') && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        if before.is_some_and(|c| c.is_alphanumeric() || "/-.,_#+:=".contains(c))
            || (next.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '/') && !clock && !self.lexicon.unspaced)
            || joined
            || next == Some('-')
        {
            return None;
        }
        let two = |number: Number| number.digits <= 2;
        if a.digits == 4 && two(b) && two(c) && YEARS.contains(&a.value) {
            let iso = separator == "-" && b.digits == 2 && c.digits == 2;
            // “1990-12-34” is rather a number of something, and “2019.2.0” a version where the year does not come first.
            let ordered = self.lexicon.language.dates.figures_in(self.region) == Order::Ymd;
            if b.value > 31 || c.value > 31 || b.value == 0 || c.value == 0 || separator == "." && !ordered {
                return None;
            }
            let written = if iso { Written::Iso } else { Written::Figures { order: Order::Ymd, ambiguous: false } };
            return self.point([at, at + 1, at + 2], [a, b, c], written);
        }
        let year = match c.digits {
            4 => YEARS.contains(&c.value).then_some(c)?,
            // Two figures for the year only as they are usual, with a stroke: 10.04.12 may be a version. With points in languages that write
            // them so, after a word that says date.
            2 if two(a) && two(b) && (separator == "/" || separator == "." && self.short_with_points(at, [a, b])) => {
                Number { value: if c.value < 70 { 2000 } else { 1900 } + c.value, ..c }
            }
            _ => return None,
        };
        let dates = &self.lexicon.language.dates;
        // 9.1.1706 is a version; with points a date has a year of our time, and in some languages two figures for day and month.
        let pointed = (1900..=2100).contains(&year.value) && (!dates.pointed_in_twos || a.digits == 2 && b.digits == 2);
        if separator.starts_with('.') && !pointed {
            return None;
        }
        if !two(a)
            || !two(b)
            || a.value == 0
            || b.value == 0
            || a.value > 31
            || b.value > 31
            || a.value > 12 && b.value > 12 && c.digits == 2
        {
            return None;
        }
        let usual = dates.figures_in(self.region);
        let open = dates.open_order && self.region.is_none() || self.lexicon.language.tag.is_empty();
        let order = match (a.value > 12, b.value > 12) {
            (true, false) => Order::Dmy,
            (false, true) => Order::Mdy,
            _ if separator == "." => Order::Dmy,
            _ if usual == Order::Mdy => Order::Mdy,
            _ => Order::Dmy,
        };
        let ambiguous = a.value <= 12 && b.value <= 12 && a.value != b.value && open && separator != ".";
        let written = Written::Figures { order, ambiguous };
        match order {
            Order::Mdy => self.point([at + 2, at, at + 1], [year, a, b], written),
            _ => self.point([at + 2, at + 1, at], [year, b, a], written),
        }
        .map(|(point, _)| (point, at + 3))
    }

    /// Whether a year of two figures may stand after points here: "am 09.07.12".
    fn short_with_points(&self, at: usize, [day, month]: [Number; 2]) -> bool {
        let (dates, Some(token)) = (&self.lexicon.language.dates, self.token(at)) else { return false };
        let said = [&dates.on, &dates.from, &dates.articles, &dates.between, &dates.range];
        let whole = day.digits == 2 && month.digits == 2 && day.value <= 31 && month.value <= 12;
        dates.short_with_points && whole && said.iter().any(|words| self.preceded(token.start, words).is_some())
    }

    /// A date of three tokens, given as year, month and day.
    fn point(&self, places: [usize; 3], parts: [Number; 3], written: Written) -> Option<(Point, usize)> {
        let span = |place: usize| self.token(place).map(|token| token.start..token.end);
        let [year, month, day] = parts;
        let start = places.iter().filter_map(|&place| self.token(place)).map(|token| token.start).min()?;
        let end = places.iter().filter_map(|&place| self.token(place)).map(|token| token.end).max()?;
        let value = Partial {
            year: self.year_value(year),
            month: u8::try_from(month.value).ok(),
            day: u8::try_from(day.value).ok(),
        };
        let spans = Spans { weekday: None, year: span(places[0]), month: span(places[1]), day: span(places[2]) };
        let next = places.iter().max()? + 1;
        Some((Point { range: start..end, value: Value::Date(value), weekday: None, spans, written }, next))
    }

    /// Whether a number is the first of days that share the sign after the last one.
    pub(super) fn day_before_joint(&self, at: usize) -> bool {
        let day =
            |at: usize| self.number(at).is_some_and(|number| (1..=31).contains(&number.value) && number.digits <= 2);
        let mut next = at;
        while next < at + 6 && day(next) && self.joint(next).is_some() {
            next += 1;
        }
        let signed =
            |token: &Token| self.sign(&self.lexicon.language.dates.day_sign, &self.text[token.end..]).is_some();
        next > at && day(next) && self.token(next).is_some_and(signed)
    }

    /// The date that begins at a token in a script that puts a sign after each number, and the token after it.
    pub(super) fn signs(&self, at: usize) -> Option<(Point, usize)> {
        let dates = &self.lexicon.language.dates;
        if dates.day_sign.is_empty() {
            return None;
        }
        // A year that is not understood stands before: the 7th month of the 6th year of an era.
        let before = self.text[..self.token(at)?.start].trim_end();
        let before = dates.year_sign.iter().find_map(|sign| before.strip_suffix(sign.as_str()));
        if before.is_some_and(|before| before.ends_with(|c: char| digits::value(c).is_some())) {
            return None;
        }
        let (mut value, mut spans, mut next, mut end) = (Partial::default(), Spans::default(), at, 0);
        while let (Some(number), Some(token)) = (self.number(next), self.token(next)) {
            if next > at && !self.text.get(end..token.start).is_some_and(|gap| gap.trim().is_empty()) {
                break;
            }
            // "7月8、9日", "7월 8~12일": the sign stands after the last day.
            if value.month.is_some() && self.day_before_joint(next) {
                value.day = u8::try_from(number.value).ok();
                spans.day = Some(token.start..token.end);
                (end, next) = (token.end, next + 1);
                break;
            }
            let rest = &self.text[token.end..];
            let blank = rest.len() - rest.trim_start_matches(' ').len();
            let rest = &rest[blank..];
            let signs = [&dates.year_sign, &dates.month_sign, &dates.day_sign];
            let sign = (0..signs.len()).find_map(|part| Some((part, self.sign(signs[part], rest)?)));
            let Some((part, length)) = sign else { break };
            let after = token.end + blank + length;
            let small = u8::try_from(number.value).ok().filter(|value| (1..=31).contains(value));
            match part {
                0 if value == Partial::default() && number.digits == 4 => {
                    // 1990年代 is a decade.
                    if self.sign(&dates.decade_after, rest).is_some() {
                        return None;
                    }
                    value.year = i16::try_from(number.value).ok();
                    spans.year = Some(token.start..token.end);
                }
                // 令和6年: the year of an era.
                0 if value == Partial::default() && number.digits <= 3 => {
                    let before = &self.text[..token.start];
                    let (name, first) = dates.eras.iter().find(|(name, _)| before.ends_with(name.as_str()))?;
                    value.year = Some(first.saturating_add(i16::try_from(number.value).ok()?));
                    spans.year = Some(token.start - name.len()..token.end);
                }
                1 if value.month.is_none() && value.day.is_none() && small.is_some_and(|month| month <= 12) => {
                    value.month = small;
                    spans.month = Some(token.start..token.end);
                }
                2 if value.day.is_none() && small.is_some() => {
                    value.day = small;
                    spans.day = Some(token.start..token.end);
                }
                _ => break,
            }
            (end, next) = (after, next + 1);
            if value.day.is_some() {
                break;
            }
        }
        // "2012年7月9日（月）"
        let mut weekday = None;
        if value.day.is_some()
            && let Some((which, range)) = self.bracketed_weekday(end)
        {
            end = range.end + self.text[range.end..].chars().next().map_or(0, char::len_utf8);
            (weekday, spans.weekday) = (Some(which), Some(range));
            while self.token(next).is_some_and(|token| token.start < end) {
                next += 1;
            }
        }
        let said = (value.year.is_some() || value.month.is_some()) && (value.day.is_none() || value.month.is_some());
        let start = spans.year.as_ref().map_or(self.token(at)?.start, |year| year.start);
        let written = if value.month.is_some() { Written::Words(Order::Ymd) } else { Written::Other };
        (said && next > at)
            .then_some((Point { range: start..end, value: Value::Date(value), weekday, spans, written }, next))
    }

    /// The weekday that stands as one character in brackets at a place.
    fn bracketed_weekday(&self, at: usize) -> Option<(Weekday, Range<usize>)> {
        let inner = self.text[at..].strip_prefix(['(', '（'])?;
        let start = self.text.len() - inner.len();
        let names = &self.lexicon.language.dates.weekdays_narrow;
        let (place, name) = names.iter().enumerate().find(|(_, name)| inner.starts_with(name.as_str()))?;
        inner[name.len()..].starts_with([')', '）']).then_some((*WEEK.get(place)?, start..start + name.len()))
    }
}
