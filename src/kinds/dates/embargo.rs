//! `dates/embargo`: an embargo that contradicts what stands beside it.

use super::common::shown;
use crate::diagnostic::Severity;
use crate::document::Part;
use crate::release::date::{Reason, resolve, written};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/embargo",
    page: include_str!("embargo.md"),
    keys: &[
        Key::required(
            "at-once",
            Shape::List(&Shape::Text),
            "Regular expressions for words that let a text be used at once.",
        ),
        Key::required("until", Shape::List(&Shape::Text), "Regular expressions for words that forbid it until a time."),
    ],
    build,
};

struct Embargo {
    patterns: Vec<Pattern>,
    /// How many of them let the text be used at once.
    at_once: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let (patterns, at_once) = super::common::two_lists(setup, "at-once", "until")?;
    Ok(Box::new(Embargo { patterns, at_once }))
}

impl Check for Embargo {
    fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        // Only furniture counts: a text about embargoes says the word too.
        let furniture = |hit: &&Hit| {
            let block = reading.block_at(hit.range.start);
            block.is_some_and(|block| {
                block.part == Part::ReleaseLine || block.range.start == hit.range.start && block.range.len() <= 160
            }) && !reading.is_quoted(&hit.range)
        };
        let at_once = hits.iter().filter(furniture).find(|hit| hit.pattern < self.at_once);
        let until = hits.iter().filter(furniture).find(|hit| hit.pattern >= self.at_once);
        let field = reading.document.field("embargo").filter(|field| !field.value.trim().is_empty());
        let field_day = field.and_then(|field| written(&field.value));
        let held = until.map(|hit| reading.span(hit.range.clone()));
        let held = held.or_else(|| {
            let field = field.filter(|field| field_day.is_some() || field.value.trim() == "true")?;
            Some(Span::new(reading.document.source, field.source.clone()))
        });
        if let (Some(now), Some(held)) = (at_once, held) {
            let finding = out.finding(reading.span(now.range.clone()), "for immediate release, and under embargo");
            out.push(finding.related(held, "the embargo"));
        }
        let Some(release) = reading.release_date().filter(|found| found.reason != Reason::CommandLine) else { return };
        // The day in the line, else that of the field.
        let line = until.and_then(|hit| {
            let end = reading.block_at(hit.range.start)?.range.end;
            let mention = reading.dates().iter().find(|m| m.range.start >= hit.range.end && m.range.end <= end)?;
            let (day, _) = resolve(mention.points.first().filter(|point| point.spans.day.is_some())?, release.date)?;
            Some((day, reading.span(mention.range.clone())))
        });
        let field =
            field.and_then(|field| Some((field_day?.0, Span::new(reading.document.source, field.source.clone()))));
        for (day, place) in line.into_iter().chain(field) {
            let far = super::common::days_between(day, release.date) > i32::from(release.hour);
            // A date that is printed with the text is that of its publication; front matter may say when it was written.
            if far && day > release.date && matches!(release.reason, Reason::Masthead | Reason::Dateline) {
                let message =
                    format!("the embargo ends on {}, after the release’s date {}", shown(day), shown(release.date));
                let mut finding = out.finding(place, message);
                finding.severity = Severity::Warning;
                out.push(match release.place {
                    Some(place) => finding.related(place, "what readers take for the day of publication"),
                    None => finding,
                });
            } else if far && day < release.date {
                let message =
                    format!("the embargo ends on {}, before the release’s date {}", shown(day), shown(release.date));
                let finding = out.finding(place, message);
                out.push(match release.place {
                    Some(place) => finding.related(place, format!("{} says {}", release.reason, shown(release.date))),
                    None => finding,
                });
            }
        }
    }
}
