//! `dates/ago`: a year, and how many years ago that is said to be.

use super::common::{against, is_own};
use crate::diagnostic::Diagnostic;
use crate::document::SEPARATOR;
use crate::mention::date::{Form, Mention, Partial};
use crate::mention::number::{Kind as NumberKind, Number};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "dates/ago", page: include_str!("ago.md"), keys: &[], build };

struct Ago;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Ago))
}

impl Check for Ago {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let Some(release) = reading.release_date() else { return };
        let now = i64::from(release.date.year());
        let mut dates = reading.dates().iter().peekable();
        let mut before: Option<&Mention> = None;
        for number in reading.numbers() {
            while let Some(mention) = dates.next_if(|mention| mention.range.start < number.range.start) {
                before = Some(mention);
            }
            let Some((years, phrase)) = ago(reading, number) else { continue };
            let year = before.and_then(|mention| year_before(reading, mention, &phrase));
            let Some((year, place)) = year.or_else(|| year_after(reading, dates.peek()?, &phrase)) else { continue };
            let really = now - i64::from(year);
            let whole = phrase.start.min(place.start)..phrase.end.max(place.end);
            if (really - years).abs() < 2 || !is_own(reading, &whole) {
                continue;
            }
            let finding = out.finding(reading.span(whole), format!("{year} is {really} years ago"));
            let finding = finding.label(format!("{years} years ago is {}", now - years));
            out.push(against(finding, release));
        }
    }
}

/// How many years ago a number with the words around it says, and the whole of it.
fn ago(reading: &Reading<'_>, number: &Number) -> Option<(i64, Range<usize>)> {
    let years = number.value().as_whole().filter(|years| (2..=1000).contains(years))?;
    if number.kind != NumberKind::Cardinal || !number.is_certain() || number.partner.is_some() {
        return None;
    }
    let (before, after) = (&reading.text()[..number.figure.start], &reading.text()[number.figure.end..]);
    let phrase = reading.language().dates.years_ago.iter().find_map(|pattern| {
        let (lead, rest) = pattern.split_once("{0}")?;
        let start = before.len().checked_sub(lead.len())?;
        let same =
            |text: Option<&str>, wanted: &str| text.is_some_and(|text| text.to_lowercase() == wanted.to_lowercase());
        let ends = !after.get(rest.len()..)?.starts_with(char::is_alphanumeric);
        let begins = lead.is_empty() || !before.get(..start)?.ends_with(char::is_alphanumeric);
        let fits = ends && begins && same(before.get(start..), lead) && same(after.get(..rest.len()), rest);
        fits.then(|| start..number.figure.end + rest.len())
    })?;
    Some((i64::try_from(years).ok()?, phrase))
}

/// The year of "in 1998, thirty years ago", "in 1998 (thirty years ago)" and where it stands.
fn year_before(reading: &Reading<'_>, mention: &Mention, phrase: &Range<usize>) -> Option<(i16, Range<usize>)> {
    let between = reading.text().get(mention.range.end..phrase.start)?.trim();
    let closed = |ends: &[char]| {
        reading.text()[phrase.end..].trim_start().chars().next().is_none_or(|c| ends.contains(&c) || c == SEPARATOR)
    };
    let apposed = match between {
        "," | "–" | "—" => closed(&[',', '.', ';', ')', '–', '—']),
        "(" | "（" => closed(&[')', '）']),
        _ => false,
    };
    year_of(mention).filter(|_| apposed)
}

/// The year of "thirty years ago, in 1998" and where it stands.
fn year_after(reading: &Reading<'_>, mention: &Mention, phrase: &Range<usize>) -> Option<(i16, Range<usize>)> {
    let between = reading.text().get(phrase.end..mention.range.start)?.trim();
    let word = between.strip_prefix([',', '('])?.trim();
    let within = &reading.language().dates.within;
    let plain = word.split_whitespace().all(|word| within.iter().any(|known| known.eq_ignore_ascii_case(word)));
    year_of(mention).filter(|_| plain && word.len() <= 12)
}

/// The one year that a mention names.
fn year_of(mention: &Mention) -> Option<(i16, Range<usize>)> {
    match (&mention.form, mention.points.as_slice()) {
        (Form::Single, [point]) => match point.partial()? {
            Partial { year: Some(year), .. } => Some((year, point.range.clone())),
            _ => None,
        },
        _ => None,
    }
}
