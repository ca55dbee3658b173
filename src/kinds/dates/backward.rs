//! `dates/backward`: ranges of dates that end before they begin.

use super::common::{is_own, shown};
use crate::mention::date::{Form, Joint, Lead, Partial};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "dates/backward", page: include_str!("backward.md"), keys: &[], build };

struct Backward;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Backward))
}

impl Check for Backward {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for mention in reading.dates() {
            let (Form::Range { joint, between }, [first, last]) = (&mention.form, mention.points.as_slice()) else {
                continue;
            };
            let (Some(a), Some(b)) = (first.partial(), last.partial()) else { continue };
            // "to" is a range for certain after "from"; a dash always is between days, and between months that share their year.
            let governed = matches!(mention.lead, Some((Lead::From | Lead::Between, _)));
            let sure =
                || reading.language().dates.range_sure.iter().any(|word| word == reading.slice(between.clone()).trim());
            if *joint != Joint::Dash && !governed && !sure() || !is_own(reading, &mention.range) {
                continue;
            }
            if is_backward(a, b) {
                let finding = out.finding(reading.span(mention.range.clone()), "this range ends before it begins");
                let said = |partial: Partial| partial.date().map_or_else(|| "this".to_owned(), shown);
                let finding = finding
                    .related(reading.span(first.range.clone()), format!("from here: {}", said(a)))
                    .related(reading.span(last.range.clone()), format!("to here: {}", said(b)));
                out.push(finding.label("runs backwards"));
            }
        }
    }
}

/// Whether a range runs backwards whatever it leaves unsaid.
fn is_backward(a: Partial, b: Partial) -> bool {
    match (a.year, b.year) {
        (Some(from), Some(to)) => {
            (from, a.month, a.day) > (to, b.month, b.day) && a.month.is_some() == b.month.is_some()
        }
        // Without years a range of months may go on into the next year; days of one month may not.
        (None, None) => a.month == b.month && a.day.is_some() && a.day > b.day,
        _ => false,
    }
}
