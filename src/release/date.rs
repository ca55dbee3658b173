//! The release's own date, which is what "today" means in it, with the reason why it is that one; and what a date that says no year means
//! on that day. Without such a date nothing is assumed.

use crate::document::{BlockKind, Document, Part};
use crate::mention::date::{self, Form, Lead, Mention, Partial, Point, Relative, Value, Written};
use crate::source::Span;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// Where a release's date was found, best reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Front matter names it.
    FrontMatter,
    /// It stands above the text.
    Masthead,
    /// The text begins with it.
    Dateline,
    /// The file's name or folder.
    FileName,
    /// Given to the run.
    CommandLine,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Reason::FrontMatter => "front matter",
            Reason::Masthead => "masthead",
            Reason::Dateline => "dateline",
            Reason::FileName => "file name",
            Reason::CommandLine => "command line",
        })
    }
}

/// The release's date as one place says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseDate {
    /// The day.
    pub date: Date,
    /// Where it was found.
    pub reason: Reason,
    /// Where it is written, where that is in the draft.
    pub place: Option<Span>,
    /// Whether it is said to the hour in some zone, so that it may be the day before or after elsewhere.
    pub hour: bool,
}

/// The fields of front matter that hold the day of publication, best first.
pub const FIELDS: &[&str] =
    &["date", "publishdate", "publish-date", "pubdate", "published", "date_published", "release-date", "release_date"];

/// Every place that says the release's date, best reason first.
pub fn find(document: &Document, mentions: &[Mention], path: &str) -> Vec<ReleaseDate> {
    let mut found = Vec::new();
    if let Some(field) = FIELDS.iter().find_map(|name| document.field(name))
        && let Some((date, hour)) = written(&field.value)
    {
        let place = Some(Span::new(document.source, field.source.clone()));
        found.push(ReleaseDate { date, reason: Reason::FrontMatter, place, hour });
    }
    let (mut masthead, mut body) = (true, 0);
    for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
        let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Title);
        if block.part == Part::FrontMatter || !prose {
            continue;
        }
        let first = mentions.partition_point(|mention| mention.range.start < block.range.start);
        let mention = mentions.get(first).filter(|mention| mention.range.end <= block.range.end);
        let dated = mention.and_then(|mention| Some((mention, single(mention)?)));
        if let Some((mention, date)) = dated {
            let place = || Some(document.span_of(mention.range.clone()));
            let text = document.block_text(block);
            let within = mention.range.start - block.range.start..mention.range.end - block.range.start;
            // "Genève, le 9 juillet": the article belongs to the date.
            let on = mention
                .lead
                .as_ref()
                .filter(|(lead, _)| *lead == Lead::On)
                .map(|(_, range)| range.start - block.range.start);
            let alone = |text: &str| !text.contains(char::is_alphanumeric);
            let alone = block.quotes == 0 && alone(&text[..within.start]) && alone(&text[within.end..]);
            if masthead && block.part == Part::Masthead && alone {
                found.push(ReleaseDate { date, reason: Reason::Masthead, place: place(), hour: false });
                masthead = false;
            } else if block.kind == BlockKind::Paragraph && is_dateline(text, within, on) {
                found.push(ReleaseDate { date, reason: Reason::Dateline, place: place(), hour: false });
                break;
            }
        }
        // A dateline stands at the top: in the first paragraphs of the body.
        body += usize::from(block.kind == BlockKind::Paragraph && matches!(block.part, Part::Body));
        if body >= 3 {
            break;
        }
    }
    if let Some(date) = in_path(path) {
        found.push(ReleaseDate { date, reason: Reason::FileName, place: None, hour: false });
    }
    if let Some(date) = document.given_date {
        found.push(ReleaseDate { date, reason: Reason::CommandLine, place: None, hour: false });
    }
    found
}

/// The day that a mention of one full date names.
fn single(mention: &Mention) -> Option<Date> {
    match (&mention.form, mention.points.as_slice()) {
        (Form::Single, [point]) => point.partial()?.date(),
        _ => None,
    }
}

/// Whether a date in a paragraph is that of its dateline: "[Geneva, 9 July 2012] -- The …", "GENEVA, 9 July 2012 – The …". Before it stand a
/// few words without a verb's full stop, after it a dash. `on` is where the word for "on" begins that stands before it.
fn is_dateline(text: &str, date: Range<usize>, on: Option<usize>) -> bool {
    let before = text.get(..on.unwrap_or(date.start)).unwrap_or_default();
    let place = before
        .trim()
        .trim_start_matches(['[', '(', '*', '_'])
        .trim_end_matches(['(', ',', '[', ' ', '–', '—', '-', '،']);
    let named = place.is_empty()
        || place.chars().next().is_some_and(|c| !c.is_lowercase())
            && before.trim_end().ends_with([',', '(', '–', '—', '-', '،', '[', '،']);
    let words = place.split_whitespace().count();
    let rest = text[date.end..].trim_start_matches([']', ')', '.', ' ', '\u{A0}', '*', '_', '）', '\u{2009}']);
    let closed = rest.len() < text.len() - date.end;
    let dash = rest.starts_with(['–', '—', '―']) || rest.starts_with("--") || rest.starts_with("- ") && closed;
    named && words <= 8 && before.len() <= 80 && dash
}

/// A date as front matter writes it, and whether an hour is said with it.
pub fn written(value: &str) -> Option<(Date, bool)> {
    let value = value.trim();
    let head = value.get(..10).filter(|head| {
        head.bytes()
            .enumerate()
            .all(|(at, b)| if at == 4 || at == 7 { matches!(b, b'-' | b'/') } else { b.is_ascii_digit() })
    });
    if let Some(head) = head {
        let rest = &value[10..];
        if rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        return Some((head.replace('/', "-").parse().ok()?, !rest.trim().is_empty()));
    }
    let read = date::read_text(value, Some("en"));
    let mention = read.dates.first().filter(|mention| mention.range.start == 0)?;
    let sure = !matches!(mention.points.first()?.written, Written::Figures { ambiguous: true, .. });
    Some((single(mention).filter(|_| sure)?, !read.times.is_empty()))
}

/// The date in a file's name or in its folders: `2012-07-09-title.md`, `2012-07-09/index.md`, `2012/07/09/title.md`.
pub fn in_path(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split(['/', '\\']).collect();
    let begins = |part: &&&str| {
        let head = part.get(..10)?;
        let day = Date::strptime("%Y-%m-%d", head).or_else(|_| Date::strptime("%Y_%m_%d", head)).ok()?;
        let ends = !part[10..].starts_with(|c: char| c.is_ascii_digit());
        ends.then_some(day)
    };
    // The name tells more than its folders.
    parts.iter().rev().take(2).find_map(|part| begins(&part)).or_else(|| {
        let [year, month, day] = parts.get(parts.len().checked_sub(4)?..parts.len() - 1)? else { return None };
        let number = |text: &str, length: usize| (text.len() == length).then(|| text.parse::<i16>().ok()).flatten();
        let (month, day) = (i8::try_from(number(month, 2)?).ok()?, i8::try_from(number(day, 2)?).ok()?);
        Date::new(number(year, 4)?, month, day).ok()
    })
}

/// The first and the last day that a date means in a text of a day. `None` where it means none: a day that does not exist, a decade.
pub fn resolve(point: &Point, release: Date) -> Option<(Date, Date)> {
    let day = |date: Option<Date>| date.map(|date| (date, date));
    match point.value {
        Value::Date(partial) => of_partial(partial, point.weekday, release),
        Value::Relative(Relative::Days(days)) => day(release.checked_add(jiff::Span::new().days(i64::from(days))).ok()),
        Value::Relative(Relative::Weekday(weekday, which)) => day(of_weekday(weekday, which, release)),
        Value::Relative(Relative::Weeks(weeks)) => {
            let back = i64::from(release.weekday().to_monday_zero_offset());
            let monday = release.checked_add(jiff::Span::new().days(i64::from(weeks) * 7 - back)).ok()?;
            Some((monday, monday.checked_add(jiff::Span::new().days(6)).ok()?))
        }
        Value::Relative(Relative::Months(months)) => {
            let first = release.first_of_month().checked_add(jiff::Span::new().months(i64::from(months))).ok()?;
            Some((first, first.last_of_month()))
        }
        Value::Relative(Relative::Years(years)) => {
            let year = release.year().checked_add(i16::from(years))?;
            of_partial(Partial { year: Some(year), ..Partial::default() }, None, release)
        }
        Value::Quarter { quarter, year } => {
            let month = i8::try_from(quarter).ok()?.checked_mul(3)?.checked_sub(2)?;
            let first = Date::new(year.unwrap_or(release.year()), month, 1).ok()?;
            let last = Date::new(first.year(), month + 2, 1).ok()?;
            Some((first, last.last_of_month()))
        }
        Value::Season { .. } | Value::Decade(_) => None,
    }
}

/// The days that a partial date means. Of the years that a date without one may lie in, the weekday decides, then nearness.
fn of_partial(partial: Partial, weekday: Option<Weekday>, release: Date) -> Option<(Date, Date)> {
    let Partial { year, month, day } = partial;
    let Some(month) = month else {
        let year = year?;
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    };
    let month = i8::try_from(month).ok()?;
    let day = day.map(|day| i8::try_from(day).unwrap_or(0));
    let years = match year {
        Some(year) => year..=year,
        None => release.year() - 1..=release.year() + 1,
    };
    let candidates = years.filter_map(|year| Date::new(year, month, day.unwrap_or(1)).ok());
    let fits = |date: &Date| weekday.is_none_or(|weekday| day.is_none() || date.weekday() == weekday);
    let distance = |date: &Date| (!fits(date), release.until(*date).map_or(i32::MAX, |span| span.get_days().abs()));
    let first = candidates.min_by_key(distance)?;
    Some((first, if day.is_some() { first } else { first.last_of_month() }))
}

/// The weekday that a text of a day means.
fn of_weekday(weekday: Weekday, which: Option<i8>, release: Date) -> Option<Date> {
    match which {
        Some(-1) => release.nth_weekday(-1, weekday).ok(),
        Some(0) => {
            let offset =
                i64::from(weekday.to_monday_zero_offset()) - i64::from(release.weekday().to_monday_zero_offset());
            release.checked_add(jiff::Span::new().days(offset)).ok()
        }
        Some(_) => release.nth_weekday(1, weekday).ok(),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ReadOptions, read};
    use crate::source::{Source, SourceId};
    use jiff::civil::date;

    fn found(path: &str, text: &str) -> Vec<(String, Reason)> {
        let source = Source::from_text(path, text);
        let language = vec![("en".to_owned(), crate::document::LanguageReason::CommandLine)];
        let documents = read(&source, SourceId(0), &ReadOptions { language, ..ReadOptions::default() });
        let document = &documents[0];
        let mentions = date::read(document);
        find(document, &mentions.dates, path).into_iter().map(|found| (found.date.to_string(), found.reason)).collect()
    }

    #[test]
    fn every_place_that_says_the_date() {
        let text = "---\ndate: 2012-07-09T10:00:00+02:00\n---\n\n# Title\n\n[Geneva, 8 July 2012] -- The council met.";
        let day = |day: u8, reason| (format!("2012-07-{day:02}"), reason);
        let expected = [day(9, Reason::FrontMatter), day(8, Reason::Dateline), day(7, Reason::FileName)];
        assert_eq!(found("2012-07-07-title.md", text), expected);
        assert_eq!(
            found("a.md", "# T\n\n9 July 2012\n\nThe council met on 3 July 2012 – it rained."),
            [day(9, Reason::Masthead)]
        );
        assert_eq!(found("a.md", "# T\n\nOn 3 July 2012 the council met."), []);
        assert_eq!(found("2012/07/09/title.md", "# T\n\nIt rained."), [day(9, Reason::FileName)]);
    }

    #[test]
    fn front_matter_writes_dates_in_many_ways() {
        for value in [
            "2012-07-09",
            "2012-07-09T23:30:00-05:00",
            "2012-07-09 10:00",
            "2012/07/09",
            "July 9, 2012",
            "Mon, 09 Jul 2012 10:00:00 +0000",
            "9 July 2012",
        ] {
            assert_eq!(written(value).map(|(date, _)| date), Some(date(2012, 7, 9)), "{value}");
        }
        for value in ["2012-14-09", "2012-02-30", "soon", "07/09/2012", "2012-07-091"] {
            assert_eq!(written(value), None, "{value}");
        }
    }

    #[test]
    fn a_date_without_a_year_is_the_near_one_and_the_weekday_decides() {
        let resolved = |text: &str, release| {
            let read = date::read_text(text, Some("en"));
            resolve(&read.dates[0].points[0], release).map(|(first, last)| (first.to_string(), last.to_string()))
        };
        let day = |day: &str| Some((day.to_owned(), day.to_owned()));
        assert_eq!(resolved("3 January", date(2012, 12, 20)), day("2013-01-03"));
        assert_eq!(resolved("Monday 9 July", date(2013, 1, 20)), day("2012-07-09"));
        assert_eq!(resolved("yesterday", date(2012, 3, 1)), day("2012-02-29"));
        assert_eq!(resolved("next Monday", date(2012, 7, 9)), day("2012-07-16"));
        assert_eq!(resolved("July 2012", date(2012, 3, 1)), Some(("2012-07-01".into(), "2012-07-31".into())));
        assert_eq!(resolved("31 April 2012", date(2012, 3, 1)), None);
    }
}
