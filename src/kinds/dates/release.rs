//! `dates/release`: places that say different dates for one release.

use super::common::{days_between, shown};
use crate::diagnostic::Confidence;
use crate::release::date::{Reason, ReleaseDate};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind { name: "dates/release", page: include_str!("release.md"), keys: &[], build };

struct Disagreement;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Disagreement))
}

impl Check for Disagreement {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let found = reading.release_dates();
        // What was given to the run is no claim of the text.
        let claims: Vec<&ReleaseDate> = found.iter().filter(|claim| claim.reason != Reason::CommandLine).collect();
        let Some((first, rest)) = claims.split_first() else { return };
        for other in rest {
            let hour = i32::from(first.hour || other.hour);
            if days_between(first.date, other.date) <= hour || is_later_date(first, other) {
                continue;
            }
            let place = first.place.or(other.place).unwrap_or_else(|| Span::new(reading.document.source, 0..0));
            let message =
                format!("{} says {}, {} says {}", first.reason, shown(first.date), other.reason, shown(other.date));
            let mut finding = out.finding(place, message).confidence(Confidence::High);
            if let Some(place) = other.place.filter(|_| first.place.is_some()) {
                finding = finding.related(place, format!("the {} says another day", other.reason));
            }
            out.push(finding);
        }
    }
}

/// Whether a file was named when the text was begun, and the text is a few days younger: drafts are written before they go out.
fn is_later_date(first: &ReleaseDate, other: &ReleaseDate) -> bool {
    let within = days_between(first.date, other.date) <= 45;
    other.reason == Reason::FileName && within && first.date > other.date
}
