//! `dates/year`: dates of the wrong year or of another issue, as templates leave them, with the evidence that the text itself gives.

use super::common::{days_between, is_own, points, shown, weekday_word};
use super::weekday::other_year;
use crate::document::{BlockKind, Part};
use crate::mention::date::{Form, Mention, Partial, Point, Precision};
use crate::release::date::{Reason, ReleaseDate, resolve};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use jiff::civil::Date;

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/year",
    page: include_str!("year.md"),
    keys: &[
        Key::new("updated", Shape::List(&Shape::Text), "Words before the date of a revision, such as “updated”."),
        Key::new(
            "compared",
            Shape::List(&Shape::Text),
            "Words before a date that compare years or remember one, such as “since”.",
        ),
    ],
    build,
};

struct Years {
    updated: Vec<String>,
    compared: Vec<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let words = |key: &str| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    Ok(Box::new(Years { updated: words("updated"), compared: words("compared") }))
}

impl Check for Years {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        beside_the_title(reading, &self.compared, out);
        // What was given to the run is the day of the run more often than that of the text.
        let Some(release) = reading.release_date().filter(|found| found.reason != Reason::CommandLine).cloned() else {
            weekday_in_release_year(reading, reading.release_date(), out);
            return;
        };
        weekday_in_release_year(reading, Some(&release), out);
        self.revised_before(reading, &release, out);
        new_year(reading, &release, out);
    }
}

/// Weekday and day without a year that do not fit in the year of the release, whichever way it is turned.
fn weekday_in_release_year(reading: &Reading<'_>, release: Option<&ReleaseDate>, out: &mut Findings<'_>) {
    let Some(release) = release else { return };
    for (_, point) in points(reading) {
        let (Some(weekday), Some(partial)) = (point.weekday, point.partial()) else { continue };
        if partial.year.is_some() || partial.day.is_none() || !is_own(reading, &point.range) {
            continue;
        }
        let bare = Point { weekday: None, ..point.clone() };
        let Some((date, _)) = resolve(&bare, release.date) else { continue };
        if date.weekday() == weekday
            || days_between(date, release.date) > 120
            || tells_of_other_years(reading, point, date)
        {
            continue;
        }
        let word = point.spans.weekday.clone().map_or("", |span| reading.slice(span));
        let right = weekday_word(reading.language(), date.weekday());
        let message = format!("“{word}” is not the weekday of {}", shown(date));
        let finding = out.finding(reading.span(point.range.clone()), message);
        let mut finding = finding.label(format!("{} is a {right}", shown(date))).because(format!(
            "the release is of {} ({})",
            shown(release.date),
            release.reason
        ));
        let near = super::weekday::nearest(date, weekday);
        let fits = other_year(date, weekday).map(|other| format!("; it fits in {}", other.year())).unwrap_or_default();
        finding.help = Some(format!("write “{right}”, or the date of the weekday: {}{fits}", shown(near)));
        out.push(match release.place {
            Some(place) => finding.related(place, format!("the release is of {}", shown(release.date))),
            None => finding,
        });
    }
}

/// Whether the block of a date speaks of another year than the one it would lie in.
fn tells_of_other_years(reading: &Reading<'_>, point: &Point, date: Date) -> bool {
    let Some(block) = reading.block_at(point.range.start) else { return true };
    let dates = reading.dates();
    let first = dates.partition_point(|mention| mention.range.start < block.range.start);
    let own = dates[first..].iter().take_while(|mention| mention.range.start < block.range.end);
    let mut years =
        own.flat_map(|mention| &mention.points).filter_map(Point::partial).filter_map(|partial| partial.year);
    years.any(|year| year != date.year())
}

/// Whether a block is a title.
fn is_title(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Title | BlockKind::Heading(1))
}

/// The title names a month or a day, and the first date of the body names the same one in another year, or the same weekday of another
/// week; and the body never names the one of the title, or names it after the same words.
fn beside_the_title(reading: &Reading<'_>, compared: &[String], out: &mut Findings<'_>) {
    let block = |mention: &Mention| reading.block_at(mention.range.start);
    let titled = reading.dates().iter().find_map(|mention| {
        let title = block(mention).is_some_and(|block| is_title(block.kind));
        match (&mention.form, mention.points.as_slice()) {
            (Form::Single, [point]) if title => {
                Some((point, point.partial().filter(|partial| partial.year.is_some() && partial.month.is_some())?))
            }
            _ => None,
        }
    });
    let Some((title, said)) = titled else { return };
    let body = reading
        .dates()
        .iter()
        .filter(|mention| block(mention).is_some_and(|block| block.part == Part::Body && !is_title(block.kind)));
    let mut body = body
        .flat_map(|mention| mention.points.iter())
        .filter(|point| point.partial().is_some_and(|partial| partial.year.is_some() && partial.month.is_some()));
    let Some(first) = body.next() else { return };
    let Some(other) = first.partial() else { return };
    let agrees = |partial: Partial| partial == said;
    let again = body.find(|point| point.partial().is_some_and(agrees));
    let twice = again.is_some_and(|again| same_words(reading, again, first));
    if agrees(other) || again.is_some() && !twice || !is_own(reading, &first.range) {
        return;
    }
    let years = said.year.zip(other.year).map_or(0, |(a, b)| i32::from(a) - i32::from(b));
    let same_day = said.month == other.month && (said.day == other.day) && title.precision() == first.precision();
    let other_year = same_day && years != 0 && years.abs() <= 3 && !is_anniversary(reading, first, compared);
    let week = title.weekday.is_some() && title.weekday == first.weekday && said.month == other.month && years == 0;
    if !(other_year || week) {
        return;
    }
    let what = if other_year { "the title names another year" } else { "the title names another day" };
    let finding = out.finding(reading.span(first.range.clone()), what);
    let finding = finding.label("the first date of the text");
    let finding = finding.related(reading.span(title.range.clone()), "the title says this");
    out.push(match again {
        Some(again) => finding.related(reading.span(again.range.clone()), "and so does the text, after the same words"),
        None => finding.because("the text never says the date of the title".to_owned()),
    });
}

/// Whether the same three words stand before two dates, so that they say the same thing of both.
fn same_words(reading: &Reading<'_>, a: &Point, b: &Point) -> bool {
    let words = |point: &Point| {
        let before = &reading.text()[..point.range.start];
        let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.take(3).map(str::to_lowercase).collect::<Vec<_>>()
    };
    let (a, b) = (words(a), words(b));
    a == b && a.iter().map(String::len).sum::<usize>() >= 10
}

/// Whether the sentence of a date compares years or remembers one.
fn is_anniversary(reading: &Reading<'_>, point: &Point, compared: &[String]) -> bool {
    let before: String =
        reading.text()[..point.range.start].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let before = before.to_lowercase();
    compared.iter().any(|word| before.split(|c: char| !c.is_alphabetic()).any(|found| found == *word))
}

/// In January and February, a title or first line with the month of the release, of the year after: the release's year is the old one.
fn new_year(reading: &Reading<'_>, release: &ReleaseDate, out: &mut Findings<'_>) {
    if release.date.month() > 2 || release.reason != Reason::FrontMatter {
        return;
    }
    let title = reading.dates().iter().filter(|mention| {
        reading
            .block_at(mention.range.start)
            .is_some_and(|block| is_title(block.kind) || matches!(block.kind, BlockKind::Heading(_)))
    });
    let next = release.date.year() + 1;
    let odd = title.flat_map(|mention| &mention.points).find(|point| {
        point.partial().is_some_and(|partial| {
            partial.year == Some(next) && partial.month.map(i32::from) == Some(i32::from(release.date.month()))
        })
    });
    if let (Some(point), Some(place)) = (odd, release.place) {
        let finding = out.finding(place, "the release’s date may be of the wrong year");
        let finding = finding.label(format!("{}, where the text says {next}", release.date.year()));
        out.push(finding.related(reading.span(point.range.clone()), "the same month of the next year"));
    }
}

impl Years {
    /// "Updated 22 July" in a text that appeared in September.
    fn revised_before(&self, reading: &Reading<'_>, release: &ReleaseDate, out: &mut Findings<'_>) {
        for (mention, point) in points(reading) {
            if point.precision() != Precision::Day
                || mention.points.len() != 1
                || point.partial().is_none_or(|p| p.year.is_none())
            {
                continue;
            }
            let Some((date, _)) = resolve(point, release.date) else { continue };
            let before = reading.text()[..point.range.start].trim_end_matches(|c: char| c.is_whitespace() || c == ':');
            let revised = self.updated.iter().any(|word| {
                let start = before.len().saturating_sub(word.len());
                before.get(start..).is_some_and(|found| found.to_lowercase() == *word)
                    && !before[..start].ends_with(char::is_alphanumeric)
            });
            if !revised
                || date >= release.date
                || days_between(date, release.date) < 2
                || !is_own(reading, &point.range)
            {
                continue;
            }
            let finding = out.finding(reading.span(point.range.clone()), "revised before it appeared");
            let finding = finding.label(format!("{} days before the release’s date", days_between(date, release.date)));
            out.push(match release.place {
                Some(place) => finding.related(place, format!("the release is of {}", shown(release.date))),
                None => finding.because(format!("the release is of {} ({})", shown(release.date), release.reason)),
            });
        }
    }
}
