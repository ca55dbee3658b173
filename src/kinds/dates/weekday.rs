//! `dates/weekday`: weekdays that the date beside them does not fall on.

use super::common::{GREGORIAN, is_own, points, shown, weekday_word};
use crate::diagnostic::{Confidence, Severity};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use jiff::civil::{Date, Weekday};

/// The kind.
pub const KIND: Kind = Kind { name: "dates/weekday", page: include_str!("weekday.md"), keys: &[], build };

struct WrongWeekday;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(WrongWeekday))
}

impl Check for WrongWeekday {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let language = reading.language();
        for (_, point) in points(reading) {
            let (Some(weekday), Some(partial), Some(span)) =
                (point.weekday, point.partial(), point.spans.weekday.clone())
            else {
                continue;
            };
            // A date without a year is left to `dates/year`, which reckons with the release's date.
            let Some(date) = partial.date().filter(|date| date.year() >= GREGORIAN) else { continue };
            if date.weekday() == weekday {
                continue;
            }
            let right = weekday_word(language, date.weekday());
            let written = reading.slice(span.clone());
            let message = format!("“{written}” is not the weekday of {}", shown(date));
            let near = nearest(date, weekday);
            let mut help = format!("write “{right}” if the date is right, or the date of the weekday: {}", shown(near));
            if let Some(other) = other_year(date, weekday) {
                help = format!("{help}, or the year {}, in which it fits", other.year());
            }
            let mut finding = out.finding(reading.span(point.range.clone()), message);
            finding.help = Some(help);
            let day = point.spans.day.clone().unwrap_or_else(|| point.range.clone());
            let finding = finding
                .label(format!("{} is a {right}", shown(date)))
                .related(reading.span(span.clone()), format!("the weekday: “{right}” would fit the date"))
                .related(reading.span(day), format!("the date: {} would fit the weekday", shown(near)))
                .because(format!("{} fell on a {right} in the Gregorian calendar", shown(date)));
            // Somebody's own words may be given with their mistake.
            if is_own(reading, &point.range) {
                out.push(finding);
            } else {
                let mut finding = finding.confidence(Confidence::Medium);
                finding.severity = Severity::Warning;
                out.push(finding);
            }
        }
    }
}

/// The nearest day that falls on a weekday.
pub(super) fn nearest(date: Date, weekday: Weekday) -> Date {
    let forward = i64::from((weekday.to_monday_zero_offset() - date.weekday().to_monday_zero_offset()).rem_euclid(7));
    let days = if forward <= 3 { forward } else { forward - 7 };
    date.checked_add(jiff::Span::new().days(days)).unwrap_or(date)
}

/// The same day of the year before or after, where it falls on the weekday.
pub(super) fn other_year(date: Date, weekday: Weekday) -> Option<Date> {
    [1, -1].into_iter().find_map(|years| {
        let other = Date::new(date.year().checked_add(years)?, date.month(), date.day()).ok()?;
        (other.weekday() == weekday).then_some(other)
    })
}
