//! `dates/relative`: "today" and the tense of a verb against the date beside them and the release's own.

use super::common::{days_between, is_own, shown};
use crate::mention::date::{Form, Precision, Relative, Value};
use crate::release::date::{ReleaseDate, resolve};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape, Value as Setting};

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/relative",
    page: include_str!("relative.md"),
    keys: &[
        Key::new("future", Shape::List(&Shape::Text), "Regular expressions for verbs that look ahead."),
        Key::new("past", Shape::List(&Shape::Text), "Regular expressions for verbs that look back."),
    ],
    build,
};

struct Tense {
    patterns: Vec<Pattern>,
    /// How many of the patterns look ahead.
    future: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let (mut patterns, mut mistakes) = (Vec::new(), Vec::new());
    let mut read = |key: &str| {
        for (text, range) in setup.table.get(key).into_iter().flat_map(Setting::texts) {
            let pattern = Pattern::regex(text).ignoring_case();
            match setup.pattern(pattern, range) {
                Ok(pattern) => patterns.push(pattern),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        patterns.len()
    };
    let future = read("future");
    read("past");
    if mistakes.is_empty() { Ok(Box::new(Tense { patterns, future })) } else { Err(mistakes) }
}

impl Check for Tense {
    fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let Some(release) = reading.release_date() else { return };
        if self.patterns.is_empty() {
            apposition(reading, release, out);
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
        let mention = dates.get(dates.partition_point(|mention| mention.range.start < hit.range.end))?;
        let between = reading.slice(hit.range.end..mention.range.start);
        let near = between.len() <= 60 && !between.contains([';', ',', '(', ':', '.', crate::document::SEPARATOR]);
        let [point] = mention.points.as_slice() else { return None };
        if !near || mention.form != Form::Single || point.precision() != Precision::Day || point.partial().is_none() {
            return None;
        }
        let (day, _) = resolve(point, release.date)?;
        let wrong = if ahead { day < release.date } else { day > release.date };
        // A year that is not said is the nearer one, so only days that are near are sure to be on their side.
        let distance = days_between(day, release.date);
        (wrong && distance >= 2 && (point.spans.year.is_some() || distance <= 60)).then(|| (day, mention.range.clone()))
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
        let message = if ahead { "a day gone by in the future" } else { "a day to come in the past" };
        let finding = out.finding(reading.span(hit.range.start..range.end), message);
        let side = if ahead { "before" } else { "after" };
        let days = days_between(day, release.date);
        let finding = finding.related(reading.span(range), format!("{}, {days} days {side} the release", shown(day)));
        match release.place {
            Some(place) => finding.related(place, format!("the release is of {}", shown(release.date))),
            None => finding.because(format!("the release is of {} ({})", shown(release.date), release.reason)),
        }
    }
}

/// "today, 10 July" in a release of another day.
fn apposition(reading: &Reading<'_>, release: &ReleaseDate, out: &mut Findings<'_>) {
    for pair in reading.dates().windows(2) {
        let [first, second] = pair else { continue };
        let ([word], [date]) = (first.points.as_slice(), second.points.as_slice()) else { continue };
        let Value::Relative(Relative::Days(_)) = word.value else { continue };
        let between = reading.slice(first.range.end..second.range.start);
        let apposed = matches!(between.trim(), "," | "(") || between == " ";
        let day = date.partial().filter(|partial| partial.day.is_some() && apposed);
        if day.is_none() || !is_own(reading, &first.range) {
            continue;
        }
        let (Some((meant, _)), Some((said, _))) = (resolve(word, release.date), resolve(date, release.date)) else {
            continue;
        };
        if days_between(meant, said) < 2 {
            continue;
        }
        let shown_word = reading.slice(first.range.clone());
        let finding = out.finding(
            reading.span(first.range.start..second.range.end),
            format!("“{shown_word}” is not {} in this release", shown(said)),
        );
        let finding = finding.label(format!("“{shown_word}” is {}", shown(meant)));
        out.push(match release.place {
            Some(place) => finding.related(place, format!("the release is of {}", shown(release.date))),
            None => finding.because(format!("the release is of {} ({})", shown(release.date), release.reason)),
        });
    }
}
