//! What a text mentions of the facts that an office signs off: each with its place and a key that is the same in every language.

use super::Class;
use crate::document::InlineKind;
use crate::mention::date::{self, Partial, Point, Time, Value};
use crate::mention::number::{Form, Unit};
use crate::register::{EntryId, EntryKind};
use crate::release::address::Address;
use crate::release::date::resolve;
use crate::rule::Reading;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// Characters of a title or of a place that a sheet shows.
const LONGEST: usize = 200;

/// A mention of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What it is.
    pub class: Class,
    /// Where, in bytes of the document's text.
    pub range: Range<usize>,
    /// What makes two mentions of one class the same fact, whatever their language.
    pub key: String,
    /// What a sheet calls the fact.
    pub value: String,
    /// What whoever signs should know.
    pub notes: Vec<String>,
    /// As it is written, with a person's title; the target of a link.
    pub text: String,
    /// It is a number in words, which states nothing that figures do not.
    pub is_words: bool,
}

impl Mention {
    fn new(reading: &Reading<'_>, class: Class, range: Range<usize>, key: String, value: String) -> Self {
        let text = cut(reading.slice(range.clone()));
        Mention { class, range, key, value, notes: Vec::new(), text, is_words: false }
    }
}

/// The mentions of a text: dates, times, figures, entries of the register and links, each sort in the order of the text.
pub fn mentions(reading: &Reading<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    dates(reading, &mut found);
    figures(reading, &mut found);
    entries(reading, &mut found);
    links(reading, &mut found);
    found
}

fn dates(reading: &Reading<'_>, out: &mut Vec<Mention>) {
    let release = reading.release_date().map(|release| release.date);
    for mention in reading.dates() {
        for (points, range) in spans(mention) {
            let Some((key, value)) = meaning(points, release) else { continue };
            let wrong = |point: &Point| {
                let (said, is) = (point.weekday?, known_day(point, release)?.weekday());
                (said != is).then(|| format!("a {} is written, and it is a {}", name(said), name(is)))
            };
            let notes = points.iter().filter_map(wrong).collect();
            out.push(Mention { notes, ..Mention::new(reading, Class::Date, range, key, value) });
        }
    }
    for time in reading.times() {
        let value = clock(time);
        let key = time.universal().map_or_else(|| value.clone(), |minute| minute.to_string());
        out.push(Mention::new(reading, Class::Time, time.range.clone(), key, value));
    }
}

/// The dates of a mention that stand for themselves: both ends of a range together, the dates of a list one by one.
fn spans(mention: &date::Mention) -> Vec<(&[Point], Range<usize>)> {
    match mention.form {
        date::Form::List => {
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

pub(super) fn day(date: Date) -> String {
    format!("{date} {}", name(date.weekday()))
}

pub(super) fn name(weekday: Weekday) -> &'static str {
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

/// Figures, each with what it counts.
fn figures(reading: &Reading<'_>, out: &mut Vec<Mention>) {
    for number in reading.numbers().iter().filter(|number| !number.label) {
        let is_words = !matches!(number.form, Form::Digits | Form::Mixed);
        if is_words && number.is_weak() {
            continue;
        }
        let (mut key, unit) = (number.value().to_string(), number.unit.as_ref().map(|(unit, _)| *unit));
        key.push_str(&match unit {
            None => String::new(),
            Some(Unit::Percent) => " %".to_owned(),
            Some(Unit::Permille) => " ‰".to_owned(),
            Some(Unit::Measure(name)) => format!(" {name}"),
            Some(Unit::Currency { code, .. }) => format!(" {code}"),
        });
        let mention = Mention::new(reading, Class::Figure, number.range.clone(), key.clone(), key);
        out.push(Mention { is_words, ..mention });
    }
}

/// People, organisations and works of the register.
fn entries(reading: &Reading<'_>, out: &mut Vec<Mention>) {
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
        let value = register.name(id, Some("en")).map(|form| form.text.to_string()).unwrap_or_default();
        let mut mention = Mention::new(reading, class, range.clone(), id.0.to_string(), value);
        if let Some(title) = title_near(reading, id, &range).filter(|_| class == Class::Person) {
            mention.text = format!("{}, {title}", mention.text);
        }
        mention.notes = posts(reading, id);
        if nearly {
            mention.notes.push(format!("“{}” is nearly this name, and not it", mention.text));
        }
        out.push(mention);
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

fn links(reading: &Reading<'_>, out: &mut Vec<Mention>) {
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
        let mention = Mention::new(reading, Class::Link, inline.range.clone(), key, target.clone());
        out.push(Mention { text: target, ..mention });
    }
}

/// A text on one line, not too long.
pub(super) fn cut(text: &str) -> String {
    let mut short: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = short.char_indices().nth(LONGEST) {
        short.truncate(end);
        short.push('…');
    }
    short
}
