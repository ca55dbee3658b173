//! `dates/range`: how a range of dates is written.

use super::common::{is_own, is_running};
use crate::diagnostic::Applicability;
use crate::mention::date::{Form, Joint, Lead, Mention, Precision};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

const FAULTS: &[&str] = &["word-and-dash", "governed", "one-sided", "hyphen", "dash"];

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/range",
    page: include_str!("range.md"),
    keys: &[
        Key::required("fault", Shape::OneOf(FAULTS), "What is reported."),
        Key::new(
            "from",
            Shape::List(&Shape::Text),
            "For `word-and-dash`: words before a range that ask for a word between its ends, beside those for “between”.",
        ),
    ],
    build,
};

struct Ranges {
    fault: &'static str,
    from: Vec<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let named = setup.table.text("fault").unwrap_or_default();
    let fault = FAULTS.iter().copied().find(|fault| *fault == named).unwrap_or("word-and-dash");
    let from = setup.table.texts("from").into_iter().map(str::to_lowercase).collect();
    Ok(Box::new(Ranges { fault, from }))
}

impl Check for Ranges {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for mention in reading.dates() {
            let Form::Range { between, joint } = &mention.form else { continue };
            if !is_own(reading, &mention.range) || !is_running(reading, &mention.range) {
                continue;
            }
            match self.fault {
                "word-and-dash" => self.word_and_dash(reading, mention, *joint, out),
                "governed" => governed(reading, mention, out),
                "one-sided" => one_sided(reading, mention, between, *joint, out),
                "hyphen" => hyphen(reading, mention, between, *joint, out),
                _ => dash(reading, mention, between, *joint, out),
            }
        }
    }
}

impl Ranges {
    /// "between 2–10 July": a word that asks for "and" or "to", and a dash.
    fn word_and_dash(&self, reading: &Reading<'_>, mention: &Mention, joint: Joint, out: &mut Findings<'_>) {
        let Some((lead, place)) = &mention.lead else { return };
        let word = reading.slice(place.clone());
        // "from 2009–2012" after "members from" may be a place; years alone and a lead that means "of" are left to the reader.
        let year = mention.precision() == Some(Precision::Year);
        let from = || self.from.iter().any(|from| *from == word.to_lowercase());
        if joint != Joint::Dash || !(*lead == Lead::Between || *lead == Lead::From && !year && from()) {
            return;
        }
        let finding =
            out.finding(reading.span(place.start..mention.range.end), format!("“{word}” before a range with a dash"));
        out.push(finding.related(reading.span(place.clone()), "asks for a word between the two dates"));
    }
}

/// "on 18 June – 6 July": a word for one day before a range.
fn governed(reading: &Reading<'_>, mention: &Mention, out: &mut Findings<'_>) {
    let Some((Lead::On, place)) = &mention.lead else { return };
    let days = mention.points.iter().all(|point| point.precision() == Precision::Day);
    if !days {
        return;
    }
    let word = reading.slice(place.clone());
    let finding = out.finding(
        reading.span(place.start..mention.range.end),
        format!("“{word}” puts on one day what is a range of days"),
    );
    out.push(finding.related(reading.span(mention.range.clone()), "the range"));
}

/// "2 -10 July": a blank on one side of the dash.
fn one_sided(reading: &Reading<'_>, mention: &Mention, between: &Range<usize>, joint: Joint, out: &mut Findings<'_>) {
    let text = reading.slice(between.clone());
    let (before, after) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
    if joint != Joint::Dash || before == after {
        return;
    }
    let finding = out.finding(reading.span(mention.range.clone()), "a blank on one side of the dash only");
    let side = if before { "before" } else { "after" };
    let finding = finding.label(format!("there is a blank {side} the dash and none on the other side"));
    let blank = text.trim();
    out.push(match reading.edit_span(between.clone()) {
        Some(span) => finding.replace("close the dash up", Applicability::Safe, span, blank),
        None => finding,
    });
}

/// "2-10 July": a hyphen for the dash.
fn hyphen(reading: &Reading<'_>, mention: &Mention, between: &Range<usize>, joint: Joint, out: &mut Findings<'_>) {
    let text = reading.slice(between.clone());
    let Some(at) = text.find('-').filter(|_| joint == Joint::Dash && text.trim().len() == 1) else { return };
    let finding = out.finding(reading.span(mention.range.clone()), "a hyphen between the dates of a range");
    let place = between.start + at..between.start + at + 1;
    out.push(match reading.edit_span(place) {
        Some(span) => finding.replace("write a dash", Applicability::Safe, span, "–"),
        None => finding,
    });
}

/// "2–10 July": any dash, for houses that write a word.
fn dash(reading: &Reading<'_>, mention: &Mention, between: &Range<usize>, joint: Joint, out: &mut Findings<'_>) {
    if joint != Joint::Dash {
        return;
    }
    let finding = out.finding(reading.span(mention.range.clone()), "a dash between the dates of a range");
    out.push(finding.related(reading.span(between.clone()), "a word stands here in this house's texts"));
}
