//! `structure/headline`: a title that belongs to another release, or names another version or another year than the text.

use crate::diagnostic::Diagnostic;
use crate::document::BlockKind;
use crate::mention::date::{Partial, Value};
use crate::mention::number::IdentifierKind;
use crate::mention::word::fold;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/headline",
    page: include_str!("headline.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["copied", "version", "month"]),
        "“copied”: no word of the title is in the file's name; “version”: the version is another one; “month”: the month of a regular issue is of last year.",
    )],
    build,
};

/// Letters of the shortest word that says what a text is about.
const WORD: usize = 4;
/// Letters that two forms of a word have in common.
const STEM: usize = 5;
/// Words that the name of a file has before it says what the text is about.
const NAMED: usize = 4;
/// Fields that give a text the name under which it is filed.
const FIELDS: &[&str] = &["slug", "permalink", "url", "path"];

/// What of a title is wrong, and what is said of it.
type Fault = (Range<usize>, String);

struct Headline {
    report: Report,
}

#[derive(Clone, Copy)]
enum Report {
    Copied,
    Version,
    Month,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let report = match setup.table.text("report") {
        Some("version") => Report::Version,
        Some("month") => Report::Month,
        _ => Report::Copied,
    };
    Ok(Box::new(Headline { report }))
}

impl Check for Headline {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let blocks = &reading.document.blocks;
        let title = blocks.iter().find(|block| block.kind == BlockKind::Title && !block.range.is_empty());
        let Some(title) = title.map(|block| block.range.clone()) else { return };
        let filed = |judge: fn(&Reading<'_>, &Range<usize>, &str) -> Option<Fault>| {
            names(reading).into_iter().find_map(|name| judge(reading, &title, &name))
        };
        let found = match self.report {
            Report::Copied => filed(copied),
            Report::Version => filed(version),
            Report::Month => month(reading, &title),
        };
        if let Some((range, message)) = found {
            let finding = out.finding(reading.span(range), message);
            let dated =
                matches!(self.report, Report::Month).then(|| reading.release_date().and_then(|date| date.place));
            out.push(match dated.flatten() {
                Some(place) => finding.related(place, "the date of the text"),
                None => finding,
            });
        }
    }
}

/// The month of an issue that is one of last year, while the same month of the year of the release has just begun or ended.
fn month(reading: &Reading<'_>, title: &Range<usize>) -> Option<Fault> {
    let release = reading.release_date()?.date;
    let text = reading.slice(title.clone());
    let mut found =
        reading.dates().iter().filter(|date| title.start <= date.range.start && date.range.end <= title.end);
    let (date, None) = (found.next()?, found.next()) else { return None };
    let [point] = date.points.as_slice() else { return None };
    let Value::Date(Partial { year: Some(year), month: Some(month), day: None }) = point.value else { return None };
    // “after the storm of January 2025” looks back; an issue ends with its month, and a name or a mark stands before it.
    let before = text.get(..date.range.start - title.start)?.trim_end();
    let last = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let issue = date.range.end == title.end && !before.is_empty() && !last.starts_with(char::is_lowercase);
    let late = (i32::from(release.year()) - i32::from(year)) * 12 + i32::from(release.month()) - i32::from(month);
    (issue && (12..=13).contains(&late)).then(|| {
        let written = reading.slice(date.range.clone());
        (date.range.clone(), format!("this issue is of “{written}”, and the text of {release}"))
    })
}

/// The names under which the text is filed: what front matter says, and the file's own name or that of its folder.
fn names(reading: &Reading<'_>) -> Vec<String> {
    let fields = reading.document.fields.iter().filter(|field| FIELDS.contains(&field.name.as_str()));
    let last = |path: &str| path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let mut names: Vec<String> = fields.map(|field| last(&field.value)).collect();
    let mut parts = reading.path().rsplit(['/', '\\']);
    let file = parts.next().unwrap_or_default();
    let stem = file.split_once('.').map_or(file, |(stem, _)| stem);
    names.push(if stem == "index" { parts.next().unwrap_or_default() } else { file }.to_owned());
    names
}

/// Words by what they begin with, folded.
fn stems(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().all(char::is_alphabetic));
    let stem = |word: &str| fold(word).chars().take(STEM).collect::<String>();
    words.filter(|word| word.chars().nth(WORD - 1).is_some()).map(stem).collect()
}

/// A title of which the file's name has no word, while the text has those of the name.
fn copied(reading: &Reading<'_>, title: &Range<usize>, name: &str) -> Option<Fault> {
    let (filed, said) = (stems(name), stems(reading.slice(title.clone())));
    if filed.len() < NAMED || said.len() < NAMED || !filed.is_disjoint(&said) {
        return None;
    }
    let body = stems(reading.text().get(title.end..)?);
    let share = |words: &HashSet<String>| words.iter().filter(|word| body.contains(*word)).count();
    // The name says what the text is about, in its language; the title does not.
    let fits = share(&filed) * 3 >= filed.len() * 2 && share(&said) * 3 <= said.len() * 2;
    fits.then(|| (title.clone(), format!("no word of this title is in the name of the file, “{name}”")))
}

/// The version in a title, where the file's name and another place have another one.
fn version(reading: &Reading<'_>, title: &Range<usize>, name: &str) -> Option<Fault> {
    let versions = reading.identifiers().iter().filter(|identifier| identifier.kind == IdentifierKind::Version);
    let mut own = versions.filter(|version| title.start <= version.range.start && version.range.end <= title.end);
    let (first, None) = (own.next()?, own.next()) else { return None };
    let said: Vec<&str> = figures(reading.slice(first.range.clone()));
    let filed = figures(name);
    // The date before the name is none of it.
    let date = filed.first().is_some_and(|year| year.len() == 4) && filed.len() > said.len();
    let filed = if date { filed.get(3..)? } else { &filed };
    let near = filed.len() == said.len() && filed.len() > 1 && filed[0] == said[0] && filed != said;
    let written = filed.join(".");
    let source = reading.sources.get(reading.document.source).text();
    (near && source.contains(&written)).then(|| {
        let message =
            format!("the title says “{}”, the name of the file {written}", reading.slice(first.range.clone()));
        (first.range.clone(), message)
    })
}

/// The groups of figures in a text.
fn figures(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect()
}
