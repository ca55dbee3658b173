//! Dates in words: days, months and years that stand together. A group is what one month or one year governs: "8, 9 and 10 July 2012".

use super::scan::Scan;
use super::{Joint, Partial, Point, Spans, Value, Written};
use crate::language::{MonthFirst, Order};
use std::ops::Range;

/// Dates that stand together, and what joins them.
pub(super) struct Group {
    pub points: Vec<Point>,
    /// Between each two points.
    pub joints: Vec<(Joint, Range<usize>)>,
    /// The token after it.
    pub next: usize,
}

/// More days than this are no list of days.
pub(super) const MOST: usize = 10;

impl Scan<'_> {
    /// The group of dates that begins at a token.
    pub(super) fn group(&self, at: usize) -> Option<Group> {
        let weekday = self.entry(at).and_then(|entry| entry.weekday);
        let mut begin = at;
        if weekday.is_some() {
            if !self.joins_weekday(at) || !self.sure_weekday(at) {
                return None;
            }
            begin = at + 1;
        }
        // "mar" is Tuesday and March.
        if let Some(group) =
            self.entry(at).filter(|entry| entry.month.is_some()).and_then(|_| self.month_first(at, false))
        {
            return Some(group);
        }
        let single = |(point, next): (Point, usize)| Group { points: vec![point], joints: Vec::new(), next };
        let mut group = match (self.number(begin), self.entry(begin)) {
            (Some(number), _) => {
                let figures = self.figures(begin).or_else(|| self.signs(begin)).map(single);
                let words = || if number.digits <= 2 { self.day_first(begin, false) } else { self.year_first(begin) };
                figures.or_else(words)?
            }
            (_, Some(entry)) if entry.month.is_some() => self.month_first(begin, false)?,
            _ => return None,
        };
        if let (Some((weekday, _)), Some(token)) = (weekday, self.token(at)) {
            let first = group.points.first_mut()?;
            first.partial()?.day?;
            first.weekday = Some(weekday);
            first.spans.weekday = Some(token.start..token.end);
            first.range.start = token.start;
        }
        self.weekday_after(&mut group);
        Some(group)
    }

    /// Takes a weekday that stands after a date.
    fn weekday_after(&self, group: &mut Group) {
        let at = group.next;
        let (Some(token), Some(entry), Some(last)) = (self.token(at), self.entry(at), group.points.last_mut()) else {
            return;
        };
        let Some((weekday, long)) = entry.weekday else { return };
        let Some(gap) = self.text.get(last.range.end..token.start) else { return };
        let dates = &self.lexicon.language.dates;
        let after =
            dates.patterns.first().is_some_and(|pattern| pattern.trim_end_matches("'гараг'").trim_end().ends_with('E'));
        let bracketed = gap.trim_start() == "(" || gap.trim_start() == "（";
        let inner = gap.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-'));
        let joined = inner.is_empty() || dates.glue.iter().any(|glue| glue == inner);
        // A weekday before the next date is that one's.
        let next = matches!(self.number(at + 1), Some(number) if number.digits <= 2) && self.joins_weekday(at);
        let free = last.weekday.is_none() && last.spans.day.is_some() && (long || bracketed);
        if free && (bracketed || (after && joined && gap.len() <= 16 && !next)) {
            last.weekday = Some(weekday);
            last.spans.weekday = Some(token.start..token.end);
            last.range.end = token.end;
            group.next = at + 1;
        }
    }

    /// "8, 9 and 10 July 2012" from its first day; `dated` where a year stands before.
    fn day_first(&self, begin: usize, dated: bool) -> Option<Group> {
        let (mut days, mut joints) = (Vec::new(), Vec::new());
        let mut at = begin;
        loop {
            let weekday = if days.is_empty() { None } else { self.entry(at).and_then(|entry| entry.weekday) };
            let at_weekday = at;
            if weekday.is_some() {
                at += 1;
            }
            days.push((self.day(at)?, at, weekday.map(|(weekday, _)| (weekday, at_weekday))));
            if self.month(at + 1).is_some() && self.joins(at, self.lexicon.comma_after_day) {
                break;
            }
            if days.len() == MOST {
                return None;
            }
            joints.push(self.joint(at)?);
            if self.entry(at + 1).is_some_and(|entry| entry.weekday.is_some()) && !self.joins_weekday(at + 1) {
                return None;
            }
            at += 1;
        }
        let place = at + 1;
        let (month, long) = self.month(place)?;
        if joints.last().is_some_and(|(joint, _)| *joint == Joint::Comma) {
            return None;
        }
        let dash = self.gap(at) == "-";
        // After a month in words comes a year, or nothing; a dash before the month asks for one before the year.
        let year = self.year(place + 1).filter(|_| {
            self.joins(place, true) && (dash || self.gap(place) != "-")
                || self.gap(at).is_empty() && self.gap(place).is_empty()
        });
        // "1 ғинуар, дүшәмбе, 1900": the weekday between month and year.
        let weekday_within = year.is_none() && self.lexicon.weekday_within && self.joins(place, true);
        let weekday_within = self.entry(place + 1).and_then(|entry| entry.weekday).filter(|_| weekday_within);
        if let Some((weekday, _)) = weekday_within
            && let Some(year) = self.year(place + 2).filter(|_| self.joins(place + 1, true) && days.len() == 1)
            && let (Some((day, at, _)), Some(end), Some(named)) =
                (days.first(), self.token(place + 2), self.token(place + 1))
        {
            let (token, month_token) = (self.token(*at)?, self.token(place)?);
            let value = Partial { day: u8::try_from(day.value).ok(), month: Some(month), year: self.year_value(year) };
            let spans = Spans {
                weekday: Some(named.start..named.end),
                day: Some(token.start..token.end),
                month: Some(month_token.start..month_token.end),
                year: Some(end.start..end.end),
            };
            let written = Written::Words(Order::Dmy);
            let point = Point {
                range: token.start..end.end,
                value: Value::Date(value),
                weekday: Some(weekday),
                spans,
                written,
            };
            return Some(Group { points: vec![point], joints: Vec::new(), next: place + 3 });
        }
        if !self.cased(place) && year.is_none() || !self.sure_short(place, dated || year.is_some() || days.len() > 1) {
            return None;
        }
        if days.iter().any(|(day, ..)| day.value > 31) && year.is_none() {
            return None;
        }
        let written = if long { Written::Words(Order::Dmy) } else { Written::Short(Order::Dmy) };
        let (month_token, year_token) = (self.token(place)?, year.and_then(|_| self.token(place + 1)));
        let count = days.len();
        let points = days.into_iter().enumerate().filter_map(|(number, (day, at, weekday))| {
            let token = self.token(at)?;
            let last = number + 1 == count;
            let weekday_token = weekday.and_then(|(_, at)| self.token(at));
            let spans = Spans {
                weekday: weekday_token.map(|token| token.start..token.end),
                day: Some(token.start..token.end),
                month: last.then_some(month_token.start..month_token.end),
                year: year_token.filter(|_| last).map(|token| token.start..token.end),
            };
            let end = if last { year_token.unwrap_or(month_token).end } else { token.end };
            let value = Partial {
                day: u8::try_from(day.value).ok(),
                month: Some(month),
                year: year.and_then(|year| self.year_value(year)),
            };
            let start = weekday_token.map_or(token.start, |token| token.start);
            let weekday = weekday.map(|(weekday, _)| weekday);
            Some(Point { range: start..end, value: Value::Date(value), weekday, spans, written })
        });
        Some(Group { points: points.collect(), joints, next: place + 1 + usize::from(year.is_some()) })
    }

    /// "July 9, 10 and 11, 2012", "July 2012" and "July"; `dated` where a year stands before.
    fn month_first(&self, begin: usize, dated: bool) -> Option<Group> {
        let token = *self.token(begin)?;
        let (month, long) = self.month(begin)?;
        let order = self.lexicon.language.dates.order;
        let year_after =
            |at: usize, commas: bool| self.year(at + 1).filter(|_| self.joins(at, commas)).map(|year| (year, at + 1));
        let (mut days, mut joints, mut at) = (Vec::new(), Vec::new(), begin);
        let month_first = self.lexicon.language.dates.month_first;
        let allows = dated || matches!(order, Order::Mdy | Order::Ymd) || month_first != MonthFirst::Never;
        if allows
            && self.joins(begin, dated)
            && self.gap(begin) != "-"
            && self.day(begin + 1).is_some()
            && !self.is_clock(begin + 1)
        {
            at = begin + 1;
            days.push((self.day(at)?, at));
            // Further days, as long as what joins them says that they are days.
            while days.len() < MOST {
                let (Some(joint), Some(day)) = (self.joint(at), self.day(at + 1)) else { break };
                if self.month(at + 2).is_some() && self.joins(at + 1, false) && order != Order::Mdy
                    || self.is_clock(at + 1)
                {
                    break;
                }
                days.push((day, at + 1));
                joints.push(joint);
                at += 1;
            }
            let mut year = year_after(at, true);
            // "July 9, 12 people" and "July 9 and 12 people" hold one date.
            let plain = |at: usize| year_after(at, true).is_some() || !self.counts_something(at);
            let kept = (1..=days.len()).rev().find(|&kept| {
                let last = days[kept - 1].1;
                kept == 1 || plain(last) && joints[kept - 2].0 != Joint::Comma
            })?;
            if kept < days.len() {
                days.truncate(kept);
                joints.truncate(kept - 1);
                at = days[kept - 1].1;
                year = year_after(at, true);
            }
            // "In July 14 people came": a month and a number.
            let ordinal = days[0].0.ordinal;
            if kept == 1 && year.is_none() && !ordinal && self.counts_something(at) && self.within(token.start) {
                days.clear();
                at = begin;
            }
            if month_first == MonthFirst::WithYear && year.is_none()
                || days.first().is_some_and(|(day, _)| day.value > 31) && year.is_none()
            {
                days.clear();
                joints.clear();
                at = begin;
            }
        }
        let year = year_after(at, true).filter(|(_, place)| {
            // "In July, 2000 people": a comma and something counted.
            !(days.is_empty() && self.gap(*place - 1).contains(',') && self.counts_something(*place))
        });
        // "Jan–Mar 2012": the year of the second month is that of the first.
        let paired = days.is_empty()
            && year.is_none()
            && self.month(begin + 1).is_some()
            && self.year(begin + 2).is_some()
            && self.joint(begin).is_some_and(|(joint, _)| matches!(joint, Joint::Dash | Joint::Word));
        let sure = dated || year.is_some() || !days.is_empty() || paired;
        let capital = self.lexicon.language.dates.capital;
        let certain = dated || year.is_some() || paired && self.cased(begin) || sure && self.cased(begin) && capital;
        if !(self.cased(begin) || year.is_some() && !days.is_empty()) || !self.sure_short(begin, certain) {
            return None;
        }
        if !sure && !self.lone_month(begin) {
            return None;
        }
        let next = year.map_or(at + 1, |(_, place)| place + 1);
        let year_token = year.and_then(|(_, place)| self.token(place));
        let year_span = year_token.map(|token| token.start..token.end);
        let year_value = year.and_then(|(year, _)| self.year_value(year));
        let written = if long { Written::Words(order_of(order)) } else { Written::Short(order_of(order)) };
        if days.is_empty() {
            let spans = Spans { month: Some(token.start..token.end), year: year_span, ..Spans::default() };
            let end = year_token.map_or(token.end, |token| token.end);
            let value = Value::Date(Partial { year: year_value, month: Some(month), day: None });
            let point = Point { range: token.start..end, value, weekday: None, spans, written };
            return Some(Group { points: vec![point], joints: Vec::new(), next });
        }
        let count = days.len();
        let points = days.into_iter().enumerate().filter_map(|(number, (day, at))| {
            let own = self.token(at)?;
            let (first, last) = (number == 0, number + 1 == count);
            let spans = Spans {
                weekday: None,
                day: Some(own.start..own.end),
                month: first.then_some(token.start..token.end),
                year: year_span.clone().filter(|_| last),
            };
            let start = if first { token.start } else { own.start };
            let end = year_token.filter(|_| last).map_or(own.end, |token| token.end);
            let value = Partial { day: u8::try_from(day.value).ok(), month: Some(month), year: year_value };
            Some(Point { range: start..end, value: Value::Date(value), weekday: None, spans, written })
        });
        Some(Group { points: points.collect(), joints, next })
    }

    /// "2012. július 9." and "2012 m. liepos 9 d.", in languages that begin with the year.
    fn year_first(&self, begin: usize) -> Option<Group> {
        let year = self.year(begin)?;
        let dates = &self.lexicon.language.dates;
        let opens = dates.patterns.iter().any(|pattern| pattern.trim_start_matches("EEEE, ").starts_with('y'));
        if !opens || !self.joins(begin, true) {
            return None;
        }
        let own = *self.token(begin)?;
        let year_value = self.year_value(year);
        // Year, day, month: 2012 ж. 9 шілде.
        if self.day(begin + 1).is_some() && self.month(begin + 2).is_some() && self.joins(begin + 1, false) {
            let mut group = self.day_first(begin + 1, true)?;
            if group.points.first()?.partial()?.year.is_some() {
                return None;
            }
            let first = group.points.first_mut()?;
            first.range.start = own.start;
            first.spans.year = Some(own.start..own.end);
            for point in &mut group.points {
                give_year(point, year_value);
            }
            return Some(group);
        }
        self.month(begin + 1)?;
        let mut group = self.month_first(begin + 1, true)?;
        let first = group.points.first_mut()?;
        if first.partial()?.year.is_some() {
            return None;
        }
        first.range.start = own.start;
        first.spans.year = Some(own.start..own.end);
        for point in &mut group.points {
            give_year(point, year_value);
        }
        Some(group)
    }
}

/// Months in words stand before the day here, whatever the language's own order.
fn order_of(order: Order) -> Order {
    if order == Order::Ymd { Order::Ymd } else { Order::Mdy }
}

/// Gives a date a year that it does not say itself.
pub(super) fn give_year(point: &mut Point, year: Option<i16>) {
    if let Value::Date(partial) = &mut point.value {
        partial.year = partial.year.or(year);
    }
}
