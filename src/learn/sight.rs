//! Reads one release version: the people that stand beside a title, and the organisations that stand beside their abbreviation.

use super::people;
use crate::kinds::abbreviations::abbreviations;
use crate::mention::word::Place;
use crate::register::Gender;
use crate::rule::Reading;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A person named beside a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The whole name as it is written.
    pub name: String,
    /// What the text says that the person is.
    pub title: Option<String>,
    /// The gender that a courtesy title or a title has, and that word.
    pub gender: Option<(Gender, String)>,
    /// That word is a courtesy title, which leaves no doubt; the masculine of a title may be meant for both.
    pub addressed: bool,
    /// A family name that stands alone elsewhere in the text, and how often.
    pub family: Option<(String, usize)>,
}

/// An organisation named beside its abbreviation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// The name as it is written.
    pub name: String,
    /// The letters.
    pub letters: String,
}

/// What one version of a release names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sightings {
    /// Which release, by a number of the asker's.
    pub release: usize,
    /// The language of the text.
    pub language: String,
    /// The day of the release.
    pub date: Option<Date>,
    /// The people, in the order of the text; as often as they are named so.
    pub people: Vec<Person>,
    /// The organisations, in the order of the text.
    pub bodies: Vec<Body>,
    /// Words that stand in small letters.
    pub small: BTreeSet<String>,
}

/// What a text names.
pub fn sight(reading: &Reading<'_>, release: usize) -> Sightings {
    let mut bodies = Vec::new();
    for (letters, abbreviation) in abbreviations(reading) {
        for definition in abbreviation.definitions {
            let name = unpossessed(&flat(reading.slice(definition.long.clone()))).to_owned();
            // A long form in small letters is a term, and a first word has its capital for its place.
            let capitals = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
            let first = reading.words().binary_search_by_key(&definition.long.start, |word| word.range.start);
            let own = first.ok().and_then(|at| reading.words().get(at)).is_some_and(|word| word.place != Place::Start);
            let named = capitals > 1 || own && name.starts_with(char::is_uppercase);
            if named && !reading.is_opaque(&definition.long) {
                bodies.push((definition.long.start, Body { name, letters: letters.clone() }));
            }
        }
    }
    bodies.sort_by_key(|(at, _)| *at);
    let words = reading.words().iter().map(|word| reading.slice(word.range.clone()));
    let small = words.filter(|word| word.starts_with(char::is_lowercase) && word.chars().nth(1).is_some());
    Sightings {
        release,
        language: reading.document.language.tag.clone().unwrap_or_default(),
        date: reading.day(),
        people: people::read(reading),
        bodies: bodies.into_iter().map(|(_, body)| body).collect(),
        small: small.map(str::to_owned).collect(),
    }
}

/// Words on one line.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without the ending that says that something is its own.
fn unpossessed(name: &str) -> &str {
    name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")).unwrap_or(name)
}
