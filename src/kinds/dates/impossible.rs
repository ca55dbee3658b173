//! `dates/impossible`: days that no calendar has.

use super::common::{GREGORIAN, is_own, points};
use crate::mention::date::{Partial, Written};
use crate::release::date::{FIELDS, written};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::source::Span;
use jiff::civil::Date;

/// The kind.
pub const KIND: Kind = Kind { name: "dates/impossible", page: include_str!("impossible.md"), keys: &[], build };

struct Impossible;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Impossible))
}

impl Check for Impossible {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        front_matter(reading, out);
        for (_, point) in points(reading) {
            let Some(partial) = point.partial().filter(|partial| partial.is_impossible()) else { continue };
            let old = partial.year.is_some_and(|year| year < GREGORIAN);
            // Numbers with strokes may be something else than a date.
            let doubtful = matches!(point.written, Written::Figures { .. })
                && (partial.month.is_some_and(|month| month > 12) && partial.day.is_some_and(|day| day > 12));
            if old || doubtful || !is_own(reading, &point.range) {
                continue;
            }
            let finding = out.finding(reading.span(point.range.clone()), "this day does not exist");
            out.push(finding.label(reason(partial)));
        }
    }
}

/// Dates of front matter that have the form of a date and are none.
fn front_matter(reading: &Reading<'_>, out: &mut Findings<'_>) {
    let fields = reading.document.fields.iter();
    for field in fields.filter(|field| FIELDS.contains(&field.name.as_str()) || field.name == "embargo") {
        let value = field.value.trim();
        let mut parts = value.splitn(3, '-');
        let mut figures = |length: usize| {
            let part = parts.next()?.get(..length)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<i16>().ok())?
        };
        let (Some(year), Some(month), Some(day)) = (figures(4), figures(2), figures(2)) else { continue };
        let [month, day] = [month, day].map(|part| u8::try_from(part).ok());
        let partial = Partial { year: Some(year), month, day };
        // A zero is how templates leave the day open.
        if partial.is_impossible() && written(value).is_none() && (month, day) != (Some(0), Some(0)) {
            let place = Span::new(reading.document.source, field.source.clone());
            out.push(out.finding(place, "this day does not exist").label(reason(partial)));
        }
    }
}

/// Why a day does not exist.
fn reason(partial: Partial) -> String {
    let (month, day) = (partial.month.unwrap_or(0), partial.day.unwrap_or(0));
    let first = i8::try_from(month).ok().and_then(|month| Date::new(partial.year.unwrap_or(2000), month, 1).ok());
    match first {
        None => format!("there is no month {month}"),
        Some(_) if day == 0 => "a month begins with day 1".to_owned(),
        Some(first) => {
            let year = partial.year.filter(|_| month == 2).map(|year| format!(" in {year}")).unwrap_or_default();
            format!("this month has {} days{year}", first.days_in_month())
        }
    }
}
