//! The facts of a release as an office signs them off: its dates with their weekdays, times, figures, people with their titles,
//! organisations, works and links, those of all language versions side by side. What one version lacks is an empty cell.

mod gather;
mod html;
mod json;
mod markdown;
mod mentions;

pub use gather::gather;
pub use html::html;
pub use json::json;
pub use markdown::{HEAD, markdown};
pub use mentions::{Mention, mentions};

use serde::Serialize;

/// The facts of one release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// The title of its first version.
    pub title: String,
    /// The original, then its translations.
    pub versions: Vec<Version>,
    /// Facts, those of one class together, each class in the order of the original.
    pub facts: Vec<Fact>,
}

/// What is known of one version.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Version {
    /// The file.
    pub path: String,
    /// Which release of the file, from 0.
    pub document: usize,
    /// Language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The release's date, with its weekday, and where it is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The embargo as front matter has it, with its weekday.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embargo: Option<String>,
    /// The line that says when the text may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_line: Option<String>,
}

/// What a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// A day, a month, a year or a span of days.
    Date,
    /// A time of day.
    Time,
    /// A figure.
    Figure,
    /// A person of the register.
    Person,
    /// An organisation of the register.
    Organisation,
    /// A resolution, treaty or report of the register.
    Work,
    /// A link or an e-mail address.
    Link,
}

impl Class {
    /// What a sheet calls facts of this class.
    pub fn heading(self) -> &'static str {
        match self {
            Class::Date => "Dates",
            Class::Time => "Times",
            Class::Figure => "Figures",
            Class::Person => "People",
            Class::Organisation => "Organisations",
            Class::Work => "Works",
            Class::Link => "Links",
        }
    }
}

/// One fact and where each version says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub class: Class,
    /// Its value, the same whatever the language.
    pub value: String,
    /// What whoever signs should know.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// For each version, how it is written there; empty where it is not.
    pub places: Vec<Vec<Place>>,
}

/// A place that says a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// As it is written.
    pub text: String,
    /// Lines from 1 on which it is written so.
    pub lines: Vec<usize>,
}

impl Fact {
    /// Whether some version says it and another does not.
    pub fn is_partial(&self) -> bool {
        self.places.iter().any(Vec::is_empty)
    }
}

/// The facts of one class after those of another.
fn classes(sheet: &Sheet) -> impl Iterator<Item = (Class, &[Fact])> {
    sheet.facts.chunk_by(|a, b| a.class == b.class).filter_map(|facts| Some((facts.first()?.class, facts)))
}

/// What is said of each version: a name, and a value for each.
fn heads(sheet: &Sheet) -> Vec<(&'static str, Vec<String>)> {
    let each = |of: fn(&Version) -> Option<String>| -> Vec<String> {
        sheet.versions.iter().map(|version| of(version).unwrap_or_default()).collect()
    };
    let file = |version: &Version| match version.document {
        0 => Some(version.path.clone()),
        number => Some(format!("{} (release {})", version.path, number + 1)),
    };
    let mut heads = vec![("File", each(file)), ("Release date", each(|version| version.date.clone()))];
    for (name, values) in [
        ("Embargo", each(|version| version.embargo.clone())),
        ("Release line", each(|version| version.release_line.clone())),
    ] {
        if values.iter().any(|value| !value.is_empty()) {
            heads.push((name, values));
        }
    }
    heads
}

/// “9 July 2012 (line 3, 9)”.
fn shown(place: &Place) -> String {
    let lines: Vec<String> = place.lines.iter().map(usize::to_string).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("{} ({word} {})", place.text, lines.join(", "))
}
