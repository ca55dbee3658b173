//! `parity/date`: dates, weekdays and times of day that a translation gives otherwise than its original, or leaves out.

use super::place::{self, doubtful, in_bead};
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::BlockKind;
use crate::mention::date::{Mention, Partial, Point, Relative, Time, Value, Written};
use crate::release::align::Bead;
use crate::release::figure::groups;
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use jiff::civil::Weekday;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/date",
    page: include_str!("date.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["date", "missing", "weekday", "time"]),
        "What to report: dates that differ, dates that one version has alone, weekdays that differ, times of day that differ.",
    )],
    build,
};

enum Report {
    Date,
    Missing,
    Weekday,
    Time,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(match setup.table.text("report") {
        Some("missing") => Report::Missing,
        Some("weekday") => Report::Weekday,
        Some("time") => Report::Time,
        _ => Report::Date,
    }))
}

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let tables = place::Tables::of(pair);
        for bead in pair.beads().iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()) {
            let (here, there) = (pair.original_ranges(bead), pair.translation_ranges(bead));
            if let Report::Time = self {
                times(
                    pair,
                    bead,
                    within(pair.original.times(), &here, time_range),
                    within(pair.translation.times(), &there, time_range),
                    out,
                );
                continue;
            }
            let (original, translation) = (points(pair.original, &here), points(pair.translation, &there));
            match self {
                Report::Weekday => weekdays(pair, bead, &original, &translation, out),
                Report::Missing => missing(pair, bead, &original, &translation, tables.is_cell(pair, bead), out),
                _ => other(pair, bead, &original, &translation, out),
            }
        }
    }
}

/// What of a list in the order of the text lies in these ranges.
fn within<'m, T>(all: &'m [T], ranges: &[Range<usize>], place: fn(&T) -> &Range<usize>) -> Vec<&'m T> {
    let mut found = Vec::new();
    for range in ranges {
        let first = all.partition_point(|one| place(one).start < range.start);
        found.extend(all[first..].iter().take_while(|one| place(one).start < range.end));
    }
    found
}

fn time_range(time: &Time) -> &Range<usize> {
    &time.range
}

fn mention_range(mention: &Mention) -> &Range<usize> {
    &mention.range
}

fn points<'p>(reading: &'p Reading<'_>, ranges: &[Range<usize>]) -> Vec<&'p Point> {
    within(reading.dates(), ranges, mention_range).into_iter().flat_map(|mention| &mention.points).collect()
}

/// Day and month, or month and year, or a month alone; not a year alone, which the figures compare.
fn dated(point: &Point) -> Option<Partial> {
    point.partial().filter(|partial| partial.month.is_some())
}

/// Whether two dates may be one: what both say is equal, and they say something both.
fn compatible(one: &Point, other: &Point) -> bool {
    let agree = |a: Partial, b: Partial| {
        let equal = |a: Option<u8>, b: Option<u8>| a.is_none() || b.is_none() || a == b;
        let year = a.year.is_none() || b.year.is_none() || a.year == b.year;
        equal(a.day, b.day) && equal(a.month, b.month) && year
    };
    let turned = |point: &Point, partial: Partial| match point.written {
        Written::Figures { ambiguous: true, .. } => Partial { day: partial.month, month: partial.day, ..partial },
        _ => partial,
    };
    let (Some(a), Some(b)) = (dated(one), dated(other)) else { return false };
    agree(a, b) || agree(turned(one, a), b) || agree(a, turned(other, b))
}

/// Dates of one side that none of the other may be.
fn unmatched<'p>(one: &[&'p Point], other: &[&Point]) -> Vec<&'p Point> {
    let alone = |point: &&&Point| dated(point).is_some() && !other.iter().any(|there| compatible(point, there));
    one.iter().filter(alone).copied().collect()
}

/// How exactly a date is said, so that only dates of one sort are set against each other.
fn sort(point: &Point) -> (bool, bool) {
    let partial = dated(point).unwrap_or_default();
    (partial.day.is_some(), partial.year.is_some())
}

/// What is left on both sides, in pairs of one sort.
fn pairs<'p>(originals: &[&'p Point], translations: &[&'p Point]) -> Vec<(&'p Point, &'p Point)> {
    let mut free = translations.to_vec();
    let mut found = Vec::new();
    for one in originals {
        let same = free.iter().position(|other| sort(one) == sort(other));
        let near = || free.iter().position(|other| sort(one).0 == sort(other).0);
        if let Some(at) = same.or_else(near) {
            found.push((*one, free.remove(at)));
        }
    }
    found
}

fn other(pair: &Pair<'_, '_>, bead: &Bead, original: &[&Point], translation: &[&Point], out: &mut Findings<'_>) {
    let (originals, translations) = (unmatched(original, translation), unmatched(translation, original));
    let sure = originals.len() == 1 && translations.len() == 1;
    for (one, other) in pairs(&originals, &translations) {
        let [said, says] = [pair.original.slice(one.range.clone()), pair.translation.slice(other.range.clone())];
        let finding =
            out.finding(pair.translation.span(other.range.clone()), format!("“{says}” is “{said}” in the original"));
        let mut finding = finding.related(pair.original.span(one.range.clone()), "the original says");
        finding = finding.because(format!("read as {} here and {} there", shown(other), shown(one)));
        let month_alone = !sort(one).0 && !sort(one).1;
        if !sure || month_alone {
            finding.severity = Severity::Warning;
            finding.confidence = Confidence::Medium;
            finding = finding.because(match sure {
                true => "the name of a month may be another word",
                false => "several dates of the passage differ; which stands for which is a guess",
            });
        }
        out.push(in_bead(pair, bead, finding));
    }
}

fn missing(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    original: &[&Point],
    translation: &[&Point],
    cell: bool,
    out: &mut Findings<'_>,
) {
    let (originals, translations) = (unmatched(original, translation), unmatched(translation, original));
    let paired = pairs(&originals, &translations);
    let anywhere = |point: &Point, reading: &Reading<'_>| {
        reading.dates().iter().flat_map(|mention| &mention.points).any(|other| compatible(point, other))
    };
    // “Today” may stand for a date, and so may figures that were not read as one.
    let relative = |points: &[&Point]| points.iter().any(|point| matches!(point.value, Value::Relative(_)));
    let digits = |point: &Point, reading: &Reading<'_>, ranges: &[Range<usize>]| {
        let day = dated(point).and_then(|partial| partial.day).map(|day| day.to_string());
        let texts = ranges.iter().filter_map(|range| reading.text().get(range.clone()));
        day.is_none_or(|day| texts.flat_map(groups).any(|group| group == day))
    };
    let heading = place::translation_block(pair, bead.target.start)
        .is_some_and(|block| matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)));
    let weighed = |finding: Diagnostic| {
        let finding = in_bead(pair, bead, finding);
        if heading { doubtful(finding) } else { finding }
    };
    let (here, there) = (pair.original_ranges(bead), pair.translation_ranges(bead));
    let accuses = |point: &Point| sort(point).0;
    for point in
        originals.iter().filter(|point| accuses(point) && !paired.iter().any(|(one, _)| std::ptr::eq(*one, **point)))
    {
        // What fills a cell stands there, whatever the rest says.
        let whole = cell && covers(pair.original, &here, point);
        if (!whole && anywhere(point, pair.translation))
            || relative(translation)
            || digits(point, pair.translation, &there)
        {
            continue;
        }
        let end = pair.translation.span(there.last().cloned().unwrap_or(0..0)).end;
        let message =
            format!("“{}” of the original is missing from this passage", pair.original.slice(point.range.clone()));
        let finding = out.finding(Span::new(pair.translation.document.source, end..end), message);
        out.push(weighed(finding.related(pair.original.span(point.range.clone()), "the original says")));
    }
    for point in translations
        .iter()
        .filter(|point| accuses(point) && !paired.iter().any(|(_, other)| std::ptr::eq(*other, **point)))
    {
        let whole = cell && covers(pair.translation, &there, point);
        if (!whole && anywhere(point, pair.original)) || relative(original) || digits(point, pair.original, &here) {
            continue;
        }
        let message = format!("“{}” is not in the original", pair.translation.slice(point.range.clone()));
        let mut finding = out.finding(pair.translation.span(point.range.clone()), message);
        if let Some(range) = here.first() {
            finding = finding.related(pair.original.span(range.clone()), "the original's passage");
        }
        out.push(weighed(finding));
    }
}

/// Whether a date is all that stands in these ranges.
fn covers(reading: &Reading<'_>, ranges: &[Range<usize>], point: &Point) -> bool {
    let [range] = ranges else { return false };
    let bare =
        |from: usize, to: usize| reading.text().get(from..to).is_some_and(|text| !text.contains(char::is_alphanumeric));
    bare(range.start, point.range.start) && bare(point.range.end, range.end)
}

/// The weekday that a date names, or that stands alone.
fn weekday(point: &Point) -> Option<Weekday> {
    match point.value {
        Value::Relative(Relative::Weekday(weekday, _)) => Some(weekday),
        _ => point.weekday,
    }
}

fn weekdays(pair: &Pair<'_, '_>, bead: &Bead, original: &[&Point], translation: &[&Point], out: &mut Findings<'_>) {
    let named = |points: &[&Point]| points.iter().filter_map(|point| weekday(point)).collect::<Vec<_>>();
    let (here, there) = (named(original), named(translation));
    let only = |points: &[&'_ Point], others: &[Weekday]| -> Vec<usize> {
        let alone = |point: &Point| weekday(point).is_some_and(|weekday| !others.contains(&weekday));
        points.iter().enumerate().filter(|(_, point)| alone(point)).map(|(index, _)| index).collect()
    };
    let (one, other) = (only(original, &there), only(translation, &here));
    let ([one], [other]) = (one.as_slice(), other.as_slice()) else { return };
    let (Some(one), Some(other)) = (original.get(*one), translation.get(*other)) else { return };
    let [said, says] = [pair.original.slice(one.range.clone()), pair.translation.slice(other.range.clone())];
    let message = format!("“{says}” names another weekday than “{said}” in the original");
    let finding = out.finding(pair.translation.span(other.range.clone()), message);
    out.push(in_bead(pair, bead, finding.related(pair.original.span(one.range.clone()), "the original says")));
}

fn times(pair: &Pair<'_, '_>, bead: &Bead, original: Vec<&Time>, translation: Vec<&Time>, out: &mut Findings<'_>) {
    let same = |one: &Time, other: &Time| {
        // An hour without “p.m.” may be meant on a clock of twelve hours.
        let unsure = one.half.is_none() || other.half.is_none();
        let hour = one.hour == other.hour || (unsure && one.hour.abs_diff(other.hour) == 12);
        let instant = one.universal().is_some() && one.universal() == other.universal();
        (hour && one.minute == other.minute) || instant
    };
    let alone = |one: &[&Time], other: &[&Time]| -> Vec<usize> {
        let alone = |time: &Time| !other.iter().any(|there| same(time, there));
        one.iter().enumerate().filter(|(_, time)| alone(time)).map(|(index, _)| index).collect()
    };
    let (one, other) = (alone(&original, &translation), alone(&translation, &original));
    let ([one], [other]) = (one.as_slice(), other.as_slice()) else { return };
    let (Some(one), Some(other)) = (original.get(*one), translation.get(*other)) else { return };
    let [said, says] = [pair.original.slice(one.range.clone()), pair.translation.slice(other.range.clone())];
    let finding =
        out.finding(pair.translation.span(other.range.clone()), format!("“{says}” is “{said}” in the original"));
    let finding = finding.related(pair.original.span(one.range.clone()), "the original says");
    let clock = |time: &Time| format!("{}:{:02}", time.hour, time.minute);
    out.push(in_bead(pair, bead, finding.because(format!("read as {} here and {} there", clock(other), clock(one)))));
}

/// A date for the chain of reasons: year-month-day, with a question mark for what is not said.
fn shown(point: &Point) -> String {
    let Some(partial) = dated(point) else { return "no date".into() };
    let part = |part: Option<u8>| part.map_or("?".to_owned(), |part| format!("{part:02}"));
    let year = partial.year.map_or("?".to_owned(), |year| year.to_string());
    format!("{year}-{}-{}", part(partial.month), part(partial.day))
}
