//! `dates/relative`: "today" and the tense of a verb against the date beside them and the release's own.

use super::common::{against, days_between, is_own, shown, weekday_word};
use crate::mention::date::{Form, Lead, Precision, Relative, Value};
use crate::release::date::{Reason, ReleaseDate, resolve};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/relative",
    page: include_str!("relative.md"),
    keys: &[
        Key::new("future", Shape::List(&Shape::Text), "Regular expressions for verbs that look ahead."),
        Key::new("past", Shape::List(&Shape::Text), "Regular expressions for verbs that look back."),
        Key::new(
            "far",
            Shape::Integer,
            "With verbs: more days than this are far from the release, and dates on their side of it that are further away are reported.",
        ),
    ],
    build,
};

struct Tense {
    patterns: Vec<Pattern>,
    /// How many of the patterns look ahead.
    future: usize,
    /// Days beyond which a date is far; then only far ones are reported.
    far: Option<i32>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let (patterns, future) = super::common::two_lists(setup, "future", "past")?;
    let far = setup.table.integer("far").and_then(|days| i32::try_from(days).ok());
    Ok(Box::new(Tense { patterns, future, far }))
}

impl Check for Tense {
    fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let Some(release) = reading.release_date() else { return };
        if self.patterns.is_empty() {
            apposition(reading, release, out);
            weekday(reading, release, out);
            bracketed(reading, release, out);
        }
        for hit in hits {
            let ahead = hit.pattern < self.future;
            if let Some(wrong) = self.date_of(reading, hit, release, ahead).filter(|_| is_own(reading, &hit.range)) {
                out.push(self.finding(reading, hit, release, ahead, wrong, out));
            }
        }
    }
}

impl Tense {
    /// The day of the date right after a verb, and where it is written, where it lies on the wrong side of the release's.
    fn date_of(
        &self,
        reading: &Reading<'_>,
        hit: &Hit,
        release: &ReleaseDate,
        ahead: bool,
    ) -> Option<(jiff::civil::Date, std::ops::Range<usize>)> {
        let dates = reading.dates();
        // "findet am 9. Juli statt": the date may stand inside.
        let mention = dates.get(dates.partition_point(|mention| mention.range.start < hit.range.start))?;
        let between = reading.slice(hit.range.end.min(mention.range.start)..mention.range.start);
        let near = between.len() <= 60 && !between.contains([';', ',', '(', ':', '.', crate::document::SEPARATOR]);
        let [point] = mention.points.as_slice() else { return None };
        if !near || mention.form != Form::Single || point.precision() != Precision::Day || point.partial().is_none() {
            return None;
        }
        let (day, _) = resolve(point, release.date)?;
        if let Some(far) = self.far {
            let there = if ahead { day > release.date } else { day < release.date };
            return (there && days_between(day, release.date) > far).then(|| (day, mention.range.clone()));
        }
        let wrong = if ahead { day < release.date } else { day > release.date };
        // A year that is not said is the nearer one, so only days that are near are sure to be on their side. A year long gone by is told, and
        // what is told may look ahead ("the council that will be held in 1998").
        let distance = days_between(day, release.date);
        let most = if point.spans.year.is_some() { 730 } else { 60 };
        (wrong && (2..=most).contains(&distance)).then(|| (day, mention.range.clone()))
    }

    fn finding(
        &self,
        reading: &Reading<'_>,
        hit: &Hit,
        release: &ReleaseDate,
        ahead: bool,
        (day, range): (jiff::civil::Date, std::ops::Range<usize>),
        out: &Findings<'_>,
    ) -> crate::diagnostic::Diagnostic {
        let message = match (self.far, ahead) {
            (Some(_), _) => "a day far from the release",
            (None, true) => "a day gone by in the future",
            (None, false) => "a day to come in the past",
        };
        let finding = out.finding(reading.span(hit.range.start..range.end), message);
        let side = if day < release.date { "before" } else { "after" };
        let days = days_between(day, release.date);
        let finding = finding.related(reading.span(range), format!("{}, {days} days {side} the release", shown(day)));
        against(finding, release)
    }
}

/// "today, Tuesday" in a release of a Monday.
fn weekday(reading: &Reading<'_>, release: &ReleaseDate, out: &mut Findings<'_>) {
    for pair in reading.dates().windows(2) {
        let [first, second] = pair else { continue };
        let ([word], [named]) = (first.points.as_slice(), second.points.as_slice()) else { continue };
        let (Value::Relative(Relative::Days(_)), Value::Relative(Relative::Weekday(said, None))) =
            (word.value, named.value)
        else {
            continue;
        };
        // "today, Tuesday," and "today (Tuesday)", but not "today, Monday's paper" and "yesterday, Monday and Friday".
        let between = reading.slice(first.range.end..second.range.start);
        let after = reading.text()[second.range.end..].chars().next();
        let apposed = match between.trim() {
            "," | "，" => {
                after.is_none_or(|c| matches!(c, ',' | '.' | ';' | ':' | '，' | '。' | crate::document::SEPARATOR))
            }
            "(" | "（" => matches!(after, Some(')' | '）')),
            _ => false,
        };
        let Some((meant, _)) = resolve(word, release.date).filter(|_| apposed && is_own(reading, &first.range)) else {
            continue;
        };
        // A text is written the day before it appears, and what is not part of the text may say when that was.
        let apart = (i32::from(said.to_monday_zero_offset()) - i32::from(meant.weekday().to_monday_zero_offset()))
            .rem_euclid(7);
        let written = matches!(release.reason, Reason::Masthead | Reason::Dateline) && !release.hour;
        if apart == 0 || !written && matches!(apart, 1 | 6) {
            continue;
        }
        let (shown_word, shown_day) = (reading.slice(first.range.clone()), reading.slice(second.range.clone()));
        let message = format!("“{shown_word}” is no {shown_day} in this release");
        let right = weekday_word(reading.language(), meant.weekday());
        let finding = out.finding(reading.span(first.range.start..second.range.end), message);
        let finding = finding.label(format!("“{shown_word}” is {}, a {right}", shown(meant)));
        out.push(against(finding, release));
    }
}

/// "last year (2010)" and "next month (September)" in a release of July 2012.
fn bracketed(reading: &Reading<'_>, release: &ReleaseDate, out: &mut Findings<'_>) {
    let now = (i32::from(release.date.year()), i32::from(release.date.month()));
    for pair in reading.dates().windows(2) {
        let [first, second] = pair else { continue };
        let ([word], [date]) = (first.points.as_slice(), second.points.as_slice()) else { continue };
        let between = reading.slice(first.range.end..second.range.start);
        let enclosed =
            matches!(between.trim(), "(" | "（") && reading.text()[second.range.end..].starts_with([')', '）']);
        let Some(said) = date.partial().filter(|_| enclosed && is_own(reading, &first.range)) else { continue };
        let (year, month) = match word.value {
            Value::Relative(Relative::Years(years)) => (now.0 + i32::from(years), None),
            Value::Relative(Relative::Months(months)) => {
                let all = now.0 * 12 + now.1 - 1 + i32::from(months);
                (all.div_euclid(12), Some(all.rem_euclid(12) + 1))
            }
            _ => continue,
        };
        let other_month = month.zip(said.month).is_some_and(|(meant, said)| meant != i32::from(said));
        let other_year = said.year.is_some_and(|said| i32::from(said) != year);
        // In the last days and the first ones of a year or month, a text that is written in one may appear in the other.
        let edge = release.date.day() <= 3 || release.date.day() >= 28;
        let turns = edge && (month.is_some() || matches!(now.1, 1 | 12));
        if turns || !(other_month || other_year) {
            continue;
        }
        let shown_word = reading.slice(first.range.clone());
        let meant = month.map_or_else(|| year.to_string(), |month| format!("{year}-{month:02}"));
        let message = format!("“{shown_word}” is not {} in this release", reading.slice(second.range.clone()));
        let finding = out.finding(reading.span(first.range.start..second.range.end), message);
        out.push(against(finding.label(format!("“{shown_word}” is {meant}")), release));
    }
}

/// "today, 10 July" in a release of another day, "next week, on 3 July" in one of another week.
fn apposition(reading: &Reading<'_>, release: &ReleaseDate, out: &mut Findings<'_>) {
    for pair in reading.dates().windows(2) {
        let [first, second] = pair else { continue };
        let ([word], [date]) = (first.points.as_slice(), second.points.as_slice()) else { continue };
        let days = match word.value {
            Value::Relative(Relative::Days(_)) => true,
            Value::Relative(Relative::Weeks(_) | Relative::Months(_)) => false,
            _ => continue,
        };
        let between = reading.slice(first.range.end..second.range.start);
        // "next week, on 3 July": the word that puts something on a day belongs to the date.
        let on = match &second.lead {
            Some((Lead::On, place)) if place.start >= first.range.end => place.start,
            _ => second.range.start,
        };
        let joint = reading.slice(first.range.end..on).trim();
        let apposed = if days { matches!(joint, "," | "(") || between == " " } else { matches!(joint, "," | "(") };
        let day = date.partial().filter(|partial| partial.day.is_some() && apposed);
        if day.is_none() || !is_own(reading, &first.range) {
            continue;
        }
        let (Some((meant, last)), Some((said, _))) = (resolve(word, release.date), resolve(date, release.date)) else {
            continue;
        };
        // A text is written the day before it appears, and weeks begin on Sundays and on Mondays.
        if said >= meant && said <= last || days_between(meant, said).min(days_between(last, said)) < 2 {
            continue;
        }
        let shown_word = reading.slice(first.range.clone());
        let finding = out.finding(
            reading.span(first.range.start..second.range.end),
            format!("“{shown_word}” is not {} in this release", shown(said)),
        );
        let period = if meant == last { shown(meant) } else { format!("{} to {}", shown(meant), shown(last)) };
        let finding = finding.label(format!("“{shown_word}” is {period}"));
        out.push(against(finding, release));
    }
}
