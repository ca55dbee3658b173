//! The people of a text, without any register: two capitalised words or more beside the words of a title (“Ada Quill, director of the
//! port”, “director Ada Quill”) or behind a courtesy title (“Mme Ada Quill”).

use super::sight::{Person, flat};
use crate::language::Places;
use crate::mention::title;
use crate::mention::word::{Case, Place, Word, case};
use crate::register::Gender;
use crate::rule::Reading;
use std::ops::Range;

/// Words of the longest name.
const LONGEST: usize = 6;

pub(super) fn read(reading: &Reading<'_>) -> Vec<Person> {
    let words = reading.words();
    let mut found: Vec<(Range<usize>, Person)> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some(end) = name_at(reading, words, at) else {
            at += 1;
            continue;
        };
        if let Some((range, person)) = person(reading, words, at, end) {
            found.push((range, person));
        }
        at = end;
    }
    join(&mut found);
    let names: Vec<Range<usize>> = found.iter().map(|(range, _)| range.clone()).collect();
    for (_, person) in &mut found {
        person.family = family(reading, &person.name, &names);
    }
    found.into_iter().map(|(_, person)| person).collect()
}

/// “Mme St. Clair” is who was named in full elsewhere in the text: what is said there is said of that person.
fn join(found: &mut Vec<(Range<usize>, Person)>) {
    let (short, mut whole): (Vec<_>, Vec<_>) =
        std::mem::take(found).into_iter().partition(|(_, person)| person.addressed);
    for (range, person) in short {
        let ends = |name: &str| name.strip_suffix(&person.name).is_some_and(|before| before.ends_with(' '));
        match whole.iter_mut().find(|(_, other)| ends(&other.name)) {
            Some((_, other)) => {
                other.gender = person.gender;
                other.addressed = true;
            }
            None => whole.push((range, person)),
        }
    }
    whole.sort_by_key(|(range, _)| range.start);
    *found = whole;
}

/// The end of a run of words that may be a name and the titles before it: capitals, initials, and particles inside.
fn name_at(reading: &Reading<'_>, words: &[Word], start: usize) -> Option<usize> {
    if !is_capital(reading, &words[start]) {
        return None;
    }
    let (mut last, mut end) = (start, start + 1);
    while end < words.len() && end - start < 2 * LONGEST && adjoins(reading, &words[end - 1], &words[end]) {
        if is_capital(reading, &words[end]) {
            last = end;
        } else if !is_particle(reading, &words[end]) || end - last > 2 {
            break;
        }
        end += 1;
    }
    Some(last + 1)
}

/// The person whose name ends such a run, where something beside it says that it is one.
fn person(reading: &Reading<'_>, words: &[Word], start: usize, end: usize) -> Option<(Range<usize>, Person)> {
    let language = &reading.language().names;
    let text = |word: &Word| reading.slice(word.range.clone());
    // The words of titles and courtesy titles at the head of the run are none of the name.
    let is_title = |word: &Word| language.heads_title(text(word));
    let honorific = |word: &Word| honorific(reading, text(word));
    let mut first = (start..end).rev().find(|at| is_title(&words[*at]) || honorific(&words[*at]).is_some());
    first = first.map(|at| at + 1);
    let courtesy = match first {
        Some(at) => honorific(&words[at - 1]),
        None => start
            .checked_sub(1)
            .filter(|before| words[*before].block == words[start].block)
            .and_then(|before| honorific(&words[before])),
    };
    let mut first = first.unwrap_or(start);
    while first < end && !is_capital(reading, &words[first]) {
        first += 1;
    }
    let capitals = words[first..end].iter().filter(|word| is_capital(reading, word)).count();
    let initials = words[first..end].iter().filter(|word| text(word).chars().nth(1).is_none()).count();
    if end - first > LONGEST || capitals < 2 || capitals - initials.min(capitals) < 1 {
        return None;
    }
    // A word that has its capital for its place may be none of the name.
    if words[first].place == Place::Start && capitals > 3 {
        return None;
    }
    let range = words[first].range.start..words[end - 1].range.end;
    let name = flat(reading.slice(range.clone()));
    let place = Places::knows(reading.document.language.tag.as_deref(), &name);
    if place || reading.is_opaque(&range) || !name.chars().any(char::is_lowercase) {
        return None;
    }
    let titles = title::beside(reading.text(), language, &range);
    let title = titles.iter().find(|title| title.after).or_else(|| titles.first()).filter(|title| !title.earlier);
    if titles.is_empty() && courtesy.is_none() {
        return None;
    }
    let title = title.map(|title| short(&flat(reading.slice(title.title.clone())))).filter(|title| !title.is_empty());
    let of_title = title.as_deref().and_then(|title| {
        let words = title.split(|c: char| !(c.is_alphanumeric() || c == '-'));
        words.filter(|word| !word.is_empty()).find_map(|word| Some((gender(language.gender(word)?.0), word.to_owned())))
    });
    let addressed = courtesy.is_some();
    let gender = courtesy.or(of_title);
    Some((range, Person { name, title, gender, addressed, family: None }))
}

/// Words of the longest title that stands in small letters; beyond them a sentence goes on.
const LONGEST_TITLE: usize = 8;

/// A title without the sentence that follows it.
fn short(title: &str) -> String {
    let words: Vec<&str> = title.split(' ').collect();
    if words.len() <= LONGEST_TITLE {
        return title.to_owned();
    }
    // Capitals go on over the small words between them, and no further.
    let mut end = 1;
    for (at, word) in words.iter().enumerate().skip(1) {
        match word.starts_with(char::is_uppercase) {
            true => end = at + 1,
            false if word.chars().count() > 3 => break,
            false => {}
        }
    }
    words[..end].join(" ")
}

fn gender(number: usize) -> Gender {
    if number == 1 { Gender::Feminine } else { Gender::Masculine }
}

/// The gender of a courtesy title.
fn honorific(reading: &Reading<'_>, word: &str) -> Option<(Gender, String)> {
    let lower = word.to_lowercase();
    let number = reading.language().names.honorifics.iter().position(|words| words.contains(&lower))?;
    Some((gender(number), word.to_owned()))
}

/// The longest end of a name that stands alone in the text, and how often.
fn family(reading: &Reading<'_>, name: &str, names: &[Range<usize>]) -> Option<(String, usize)> {
    let text = reading.text();
    let starts = name.match_indices([' ', '-']).filter(|(_, mark)| *mark == " ").map(|(at, _)| at + 1);
    starts.filter(|start| name[*start..].starts_with(char::is_uppercase)).find_map(|start| {
        let part = &name[start..];
        let alone = text.match_indices(part).filter(|(at, _)| {
            let inside = names.iter().any(|range| range.start <= *at && *at < range.end);
            let after = text[at + part.len()..].chars().next();
            let before = text[..*at].trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '.').next();
            let follows_capital = before.is_some_and(|word| {
                let honorific = honorific(reading, word.trim_end_matches('.')).is_some();
                text[..*at].ends_with([' ', '-']) && word.starts_with(char::is_uppercase) && !honorific
            });
            !inside && !follows_capital && !after.is_some_and(char::is_alphanumeric)
        });
        let count = alone.count();
        (count > 0).then(|| (part.to_owned(), count))
    })
}

fn is_capital(reading: &Reading<'_>, word: &Word) -> bool {
    let text = reading.slice(word.range.clone());
    match case(text) {
        Case::Capital => true,
        Case::Mixed => text.starts_with(char::is_uppercase),
        _ => false,
    }
}

/// A short word inside a name: “van”, “de la”, “al”.
fn is_particle(reading: &Reading<'_>, word: &Word) -> bool {
    let text = reading.slice(word.range.clone());
    // A preposition between a title and a name is as short, but then what follows is a place or a body and no name is told by it.
    case(text) == Case::Lower && text.chars().count() <= 3 && text.chars().all(char::is_alphabetic)
}

/// Whether a word follows another as the words of a name do.
fn adjoins(reading: &Reading<'_>, one: &Word, two: &Word) -> bool {
    let between = &reading.text()[one.range.end..two.range.start];
    let short = one.range.len() <= 3;
    let space = |text: &str| text.chars().all(char::is_whitespace) && text.chars().count() <= 2;
    one.block == two.block
        && (matches!(between, "-" | "’" | "'" | "‑")
            || space(between) && !between.is_empty()
            || short && between.strip_prefix('.').is_some_and(|rest| rest.is_empty() || space(rest)))
}
