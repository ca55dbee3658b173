//! `dates/zero`: a zero before the day of a date in words.

use super::common::{is_own, is_running, points};
use crate::diagnostic::Applicability;
use crate::mention::date::Written;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "dates/zero", page: include_str!("zero.md"), keys: &[], build };

struct Zero;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Zero))
}

impl Check for Zero {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for (_, point) in points(reading) {
            let Some(day) = point.spans.day.clone() else { continue };
            // "Mon, 09 Jul 2012 11:00" is a stamp of a machine, and "03-Nov-2020" is one form for all days.
            let between = point.spans.month.as_ref().map(|month| reading.slice(day.end.min(month.start)..month.start));
            let clock = reading.text()[point.range.end..].trim_start_matches([' ', ',']).get(2..3) == Some(":");
            let own = is_own(reading, &point.range) && is_running(reading, &point.range);
            let words =
                matches!(point.written, Written::Words(_)) || matches!(point.written, Written::Short(_)) && !clock;
            if !words || between == Some("-") || clock || !own || !reading.slice(day.clone()).starts_with('0') {
                continue;
            }
            let finding = out.finding(reading.span(point.range.clone()), "a zero before the day of a date in words");
            let finding = finding.label("written without it");
            out.push(match reading.edit_span(day.start..day.start + 1) {
                Some(span) => finding.replace("leave the zero out", Applicability::Safe, span, ""),
                None => finding,
            });
        }
    }
}
