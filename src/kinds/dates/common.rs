//! What the kinds of this family share: which dates are the release's own words, and how a day is written in a message.

use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, Part};
use crate::language::Language;
use crate::mention::date::{Mention, Point};
use crate::release::date::ReleaseDate;
use crate::rule::{Pattern, Reading, Setup};
use crate::settings::Value as Setting;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// The first year that the Gregorian calendar may be taken for granted in; in parts of Europe the Julian one held on until 1923.
pub const GREGORIAN: i16 = 1924;

/// Whether a range is the release's own words: no quotation, no title of a work in italics, no block quotation.
pub fn is_own(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let quoted = reading.block_at(range.start).is_some_and(|block| block.quotes > 0);
    !quoted && !reading.is_quoted(range) && !reading.is_opaque(range)
}

/// Whether a range stands in running text, where a style for dates holds: no table and no front matter but a title.
pub fn is_running(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let block = reading.block_at(range.start);
    block.is_some_and(|block| {
        let fields = block.part == Part::FrontMatter && block.kind != BlockKind::Title;
        block.kind != BlockKind::TableCell && block.kind != BlockKind::Caption && !fields
    })
}

/// The mentions with their dates one by one.
pub fn points<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = (&'r Mention, &'r Point)> {
    reading.dates().iter().flat_map(|mention| mention.points.iter().map(move |point| (mention, point)))
}

/// The word for a weekday in a language; the English one where the language has no table.
pub fn weekday_word(language: &'static Language, weekday: Weekday) -> &'static str {
    let place = usize::try_from(weekday.to_monday_zero_offset()).unwrap_or(0);
    let word = |language: &'static Language| language.dates.weekdays.get(place)?.first().map(String::as_str);
    word(language).or_else(|| word(Language::of(Some("en")))).unwrap_or_default()
}

/// The regular expressions of two options, those of the first before those of the second, and how many are of the first.
pub fn two_lists(setup: &Setup<'_>, first: &str, second: &str) -> Result<(Vec<Pattern>, usize), Vec<Diagnostic>> {
    let (mut patterns, mut mistakes) = (Vec::new(), Vec::new());
    let mut read = |key: &str| {
        for (text, range) in setup.table.get(key).into_iter().flat_map(Setting::texts) {
            match setup.pattern(Pattern::regex(text).ignoring_case(), range) {
                Ok(pattern) => patterns.push(pattern),
                Err(mistake) => mistakes.push(mistake),
            }
        }
        patterns.len()
    };
    let count = read(first);
    read(second);
    if mistakes.is_empty() { Ok((patterns, count)) } else { Err(mistakes) }
}

/// A finding with the release's date that it was held against.
pub fn against(finding: Diagnostic, release: &ReleaseDate) -> Diagnostic {
    match release.place {
        Some(place) => finding.related(place, format!("the release is of {}", shown(release.date))),
        None => finding.because(format!("the release is of {} ({})", shown(release.date), release.reason)),
    }
}

/// A day as messages show it: in figures, which mean the same everywhere.
pub fn shown(date: Date) -> String {
    date.to_string()
}

/// The days between two dates, always positive.
pub fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(i32::MAX, |span| span.get_days().abs())
}
