//! Reads the facts of a release from what its versions mention.

use super::{Class, Fact, Place, Sheet, Version};
use crate::document::{BlockKind, InlineKind, Part};
use crate::mention::date::{Mention, Partial, Point, Time, Value};
use crate::mention::number::{Form, Unit};
use crate::register::{EntryId, EntryKind};
use crate::release::address::Address;
use crate::release::date::{resolve, written};
use crate::rule::Reading;
use jiff::civil::{Date, Weekday};
use std::collections::HashMap;
use std::ops::Range;

/// Characters of a title or of a place that a sheet shows.
const LONGEST: usize = 200;

/// The facts of a release, from the readings of its versions, the original first.
pub fn gather(versions: &[&Reading<'_>]) -> Sheet {
    let mut sheet = Sheet::default();
    let mut rows = Rows { versions: versions.len(), ..Rows::default() };
    for (at, reading) in versions.iter().enumerate() {
        sheet.versions.push(version(reading));
        dates(reading, at, &mut rows);
        figures(reading, at, &mut rows);
        entries(reading, at, &mut rows);
        links(reading, at, &mut rows);
    }
    sheet.title = versions.first().map(|reading| title(reading)).unwrap_or_default();
    sheet.facts = rows.facts;
    // Stable: within a class the order of the original stays.
    sheet.facts.sort_by_key(|fact| fact.class);
    sheet
}

#[derive(Default)]
struct Rows {
    versions: usize,
    facts: Vec<Fact>,
    known: HashMap<(Class, String), usize>,
}

impl Rows {
    /// Adds a place to the fact of a key; `value` names the fact where it is new.
    fn add(&mut self, class: Class, key: String, at: usize, text: String, line: usize, value: impl FnOnce() -> String) {
        let index = *self.known.entry((class, key)).or_insert(self.facts.len());
        if index == self.facts.len() {
            self.facts.push(Fact { class, value: value(), notes: Vec::new(), places: vec![Vec::new(); self.versions] });
        }
        let Some(places) = self.facts.get_mut(index).and_then(|fact| fact.places.get_mut(at)) else { return };
        match places.iter_mut().find(|place| place.text == text) {
            Some(place) if place.lines.contains(&line) => {}
            Some(place) => place.lines.push(line),
            None => places.push(Place { text, lines: vec![line] }),
        }
    }

    fn note(&mut self, class: Class, key: &str, note: String) {
        let index = self.known.get(&(class, key.to_owned())).copied();
        if let Some(fact) = index.and_then(|index| self.facts.get_mut(index)).filter(|fact| !fact.notes.contains(&note))
        {
            fact.notes.push(note);
        }
    }
}

fn version(reading: &Reading<'_>) -> Version {
    let document = reading.document;
    let embargo = ["embargo", "embargo-until", "embargo_until"].into_iter().find_map(|name| document.field(name));
    let line = document.blocks.iter().find(|block| block.part == Part::ReleaseLine && !block.range.is_empty());
    Version {
        path: reading.path().to_owned(),
        document: document.index,
        language: document.language.tag.clone(),
        date: reading.release_date().map(|release| format!("{} ({})", day(release.date), release.reason)),
        embargo: embargo.map(|field| match written(&field.value) {
            Some((date, _)) => format!("{} ({})", cut(&field.value), name(date.weekday())),
            None => cut(&field.value),
        }),
        release_line: line.map(|block| cut(document.block_text(block))),
    }
}

/// The title, or the first words that there are.
fn title(reading: &Reading<'_>) -> String {
    let heading = |kind: BlockKind| matches!(kind, BlockKind::Title | BlockKind::Heading(1));
    let first = reading.prose().find(|(block, _)| heading(block.kind)).or_else(|| reading.prose().next());
    first.map_or_else(|| reading.path().to_owned(), |(_, text)| cut(text))
}

fn line(reading: &Reading<'_>, range: &Range<usize>) -> usize {
    reading.sources.get(reading.document.source).line(reading.span(range.clone()).start)
}

fn words(reading: &Reading<'_>, range: &Range<usize>) -> String {
    cut(reading.slice(range.clone()))
}

fn dates(reading: &Reading<'_>, at: usize, rows: &mut Rows) {
    let release = reading.release_date().map(|release| release.date);
    for mention in reading.dates() {
        for (points, range) in spans(mention) {
            let Some((key, value)) = meaning(points, release) else { continue };
            rows.add(Class::Date, key.clone(), at, words(reading, &range), line(reading, &range), || value);
            for point in points {
                let (Some(said), Some(is)) = (point.weekday, known_day(point, release)) else { continue };
                if said != is.weekday() {
                    rows.note(
                        Class::Date,
                        &key,
                        format!("a {} is written, and it is a {}", name(said), name(is.weekday())),
                    );
                }
            }
        }
    }
    for time in reading.times() {
        let (value, range) = (clock(time), &time.range);
        let key = time.universal().map_or_else(|| value.clone(), |minute| minute.to_string());
        rows.add(Class::Time, key, at, words(reading, range), line(reading, range), || value);
    }
}

/// The dates of a mention that stand for themselves: both ends of a range together, the dates of a list one by one.
fn spans(mention: &Mention) -> Vec<(&[Point], Range<usize>)> {
    match mention.form {
        crate::mention::date::Form::List => {
            mention.points.iter().map(|point| (std::slice::from_ref(point), point.range.clone())).collect()
        }
        _ => vec![(mention.points.as_slice(), mention.range.clone())],
    }
}

/// What makes two mentions one fact, and how a sheet writes it. `None` where nothing is meant.
fn meaning(points: &[Point], release: Option<Date>) -> Option<(String, String)> {
    let (first, last) = (points.first()?, points.last()?);
    if let Some(partial) = points.iter().filter_map(Point::partial).find(|partial| partial.is_impossible()) {
        let written = parts(partial);
        return Some((format!("impossible {written}"), format!("{written}, which is no day of the calendar")));
    }
    let days = |point: &Point| match point.partial() {
        Some(Partial { year: None, .. }) | None => resolve(point, release?),
        // What is said in full needs no release to be understood.
        Some(_) => resolve(point, release.unwrap_or(Date::constant(2000, 1, 1))),
    };
    match (days(first), days(last)) {
        (Some((start, _)), Some((_, end))) if start == end => Some((start.to_string(), day(start))),
        (Some((start, _)), Some((_, end))) => Some((format!("{start}/{end}"), span(first, last, start, end))),
        _ => {
            let partial = first.partial()?;
            let written = parts(partial);
            Some((format!("partial {written}"), format!("{written}, of which the year is not known")))
        }
    }
}

/// A span of days as a month or a year where it is one.
fn span(first: &Point, last: &Point, start: Date, end: Date) -> String {
    match first.value {
        Value::Date(Partial { month: None, .. }) if first == last => start.year().to_string(),
        Value::Date(Partial { day: None, .. }) if first == last => format!("{:04}-{:02}", start.year(), start.month()),
        _ => format!("{} to {}", day(start), day(end)),
    }
}

fn known_day(point: &Point, release: Option<Date>) -> Option<Date> {
    let exact = point.partial()?;
    exact.date().or_else(|| {
        // The weekday itself may have told which year is meant; then nothing can differ.
        let (start, end) = resolve(&Point { weekday: None, ..point.clone() }, release?)?;
        (start == end).then_some(start)
    })
}

fn parts(partial: Partial) -> String {
    let two = |part: Option<u8>| part.map_or_else(String::new, |part| format!("-{part:02}"));
    let year = partial.year.map_or_else(|| "····".to_owned(), |year| format!("{year:04}"));
    format!("{year}{}{}", two(partial.month), two(partial.day))
}

fn day(date: Date) -> String {
    format!("{date} {}", name(date.weekday()))
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

fn clock(time: &Time) -> String {
    let zone = time.zone.as_ref().map_or_else(String::new, |zone| format!(" {}", cut(&zone.name)));
    format!("{:02}:{:02}{zone}", time.hour, time.minute)
}

/// Figures, each with what it counts. A number in words belongs to the fact that figures state elsewhere, and makes none of its own.
fn figures(reading: &Reading<'_>, at: usize, rows: &mut Rows) {
    for number in reading.numbers().iter().filter(|number| !number.label) {
        let (mut key, unit) = (number.value().to_string(), number.unit.as_ref().map(|(unit, _)| *unit));
        key.push_str(&match unit {
            None => String::new(),
            Some(Unit::Percent) => " %".to_owned(),
            Some(Unit::Permille) => " ‰".to_owned(),
            Some(Unit::Measure(name)) => format!(" {name}"),
            Some(Unit::Currency { code, .. }) => format!(" {code}"),
        });
        let figures = matches!(number.form, Form::Digits | Form::Mixed);
        if figures || !number.is_weak() && rows.known.contains_key(&(Class::Figure, key.clone())) {
            let value = || key.clone();
            rows.add(
                Class::Figure,
                key.clone(),
                at,
                words(reading, &number.range),
                line(reading, &number.range),
                value,
            );
        }
    }
}

/// People, organisations and works of the register.
fn entries(reading: &Reading<'_>, at: usize, rows: &mut Rows) {
    let register = reading.register();
    let hits = reading.register_mentions();
    let exact = hits.hits.iter().filter_map(|hit| Some((hit.range.clone(), *hit.forms.first()?, false)));
    let near = hits.near.iter().map(|near| (near.range.clone(), near.form, true));
    for (range, form, nearly) in exact.chain(near) {
        let id = register.form(form).entry;
        let class = match register.entry(id).kind {
            EntryKind::Person => Class::Person,
            EntryKind::Organisation => Class::Organisation,
            EntryKind::Work => Class::Work,
            EntryKind::Term | EntryKind::Boilerplate => continue,
        };
        let mut written = words(reading, &range);
        if let Some(title) = title_near(reading, id, &range).filter(|_| class == Class::Person) {
            written = format!("{written}, {title}");
        }
        let key = id.0.to_string();
        let value = || register.name(id, Some("en")).map(|form| form.text.to_string()).unwrap_or_default();
        rows.add(class, key.clone(), at, written.clone(), line(reading, &range), value);
        for post in posts(reading, id) {
            rows.note(class, &key, post);
        }
        if nearly {
            rows.note(class, &key, format!("“{written}” is nearly this name, and not it"));
        }
    }
}

/// The posts that the register gives a person on the day of the release.
fn posts(reading: &Reading<'_>, id: EntryId) -> Vec<String> {
    let register = reading.register();
    let day = reading.release_date().map(|release| release.date);
    let roles = register.entry(id).details.iter().flat_map(|details| &details.roles);
    let held = roles.filter(|role| role.holds_on(day)).filter_map(|role| {
        let title = role.titles_in(Some("en")).next().or(role.titles.first())?;
        let body = register.by_id(&role.organisation).and_then(|id| register.name(id, Some("en")));
        Some(match body {
            Some(body) => format!("{}, {}", title.text, body.text),
            None => title.text.clone(),
        })
    });
    held.collect()
}

/// A title of a person that stands in the sentence of a mention.
fn title_near(reading: &Reading<'_>, id: EntryId, range: &Range<usize>) -> Option<String> {
    let sentences = reading.sentences();
    let at = sentences.partition_point(|sentence| sentence.end <= range.start);
    let sentence = sentences.get(at).filter(|sentence| sentence.start <= range.start)?;
    let text = reading.slice(sentence.clone());
    let language = reading.document.language.tag.as_deref();
    let roles = reading.register().entry(id).details.iter().flat_map(|details| &details.roles);
    let titles = roles.flat_map(|role| role.titles_in(language)).map(|title| title.text.as_str());
    let found = titles.filter_map(|title| {
        let start = text.find(title).or_else(|| text.to_lowercase().find(&title.to_lowercase()))?;
        text.get(start..start + title.len()).map(cut)
    });
    found.max_by_key(String::len)
}

fn links(reading: &Reading<'_>, at: usize, rows: &mut Rows) {
    for inline in &reading.document.inlines {
        let target = match &inline.kind {
            InlineKind::Link { target, .. } => target.clone(),
            InlineKind::Address => reading.slice(inline.range.clone()).to_owned(),
            _ => continue,
        };
        if target.is_empty() || target.starts_with('#') {
            continue;
        }
        let target = cut(&target);
        let key = Address::new(&target).key();
        rows.add(Class::Link, key, at, target.clone(), line(reading, &inline.range), || target);
    }
}

/// A text on one line, not too long.
fn cut(text: &str) -> String {
    let mut short: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = short.char_indices().nth(LONGEST) {
        short.truncate(end);
        short.push('…');
    }
    short
}
