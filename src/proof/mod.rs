//! Two language versions of a release side by side, to be read by a reviser: rows of passages that stand for each other, what each
//! mentions, and every finding at the words it is about. [`read`] puts them together as data, [`html`] writes them as one page.

mod html;
mod inks;
mod notes;
mod places;
mod read;
mod rows;

pub use html::html;
pub use read::read;

use crate::diagnostic::Severity;
use crate::facts::Class;
use std::collections::BTreeSet;
use std::ops::Range;

/// A release: its original beside each of its other versions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// The title of the original.
    pub title: String,
    /// Original and translation, two by two.
    pub sections: Vec<Section>,
}

/// Two versions side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Original and translation.
    pub versions: [Version; 2],
    /// In the order of both texts.
    pub rows: Vec<Row>,
    /// Every finding in the order of the rows; its number is its place here, from 1.
    pub notes: Vec<Note>,
    /// What agrees, by kind; kinds that neither text mentions are left out.
    pub tallies: Vec<Tally>,
    /// Why the passages do not stand beside each other.
    pub obstacle: Option<&'static str>,
}

/// What is known of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The file.
    pub path: String,
    /// Language tag.
    pub language: Option<String>,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The release's date, year-month-day.
    pub date: Option<String>,
}

/// Passages that stand for each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Of the original and of the translation; one of them may be empty.
    pub sides: [Vec<Passage>; 2],
    /// The row where what is missing here stands.
    pub moved: Option<usize>,
    /// Whether the texts may as well lie otherwise here.
    pub unsure: bool,
    /// The field of front matter that the row shows.
    pub field: Option<String>,
    /// The findings to be told beside it, as places in [`Section::notes`].
    pub notes: Vec<usize>,
    /// What is mentioned in it.
    pub kinds: BTreeSet<Kind>,
}

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub shape: Shape,
    /// Block quotations around it.
    pub quotes: u8,
    /// Lists around it.
    pub depth: u8,
    /// Its words.
    pub text: String,
    /// What is marked in it.
    pub inks: Vec<Ink>,
    /// Findings that are about the whole of it, as places in [`Section::notes`].
    pub whole: Vec<usize>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A title or heading, by its level from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// An item of a list, with the number that it shows.
    Item(Option<u64>),
    /// A cell of a table.
    Cell,
}

/// A mark in a passage, in bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ink {
    /// Where.
    pub range: Range<usize>,
    /// What.
    pub what: What,
}

/// What is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A mention, and whether the other version has the same.
    Mention(Kind, bool),
    /// A link and its target, which may be anything.
    Link(String),
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code and its content.
    Code(String),
    /// An image and its target.
    Image(String),
    /// The mark of a footnote.
    NoteMark(String),
    /// Markup that is no prose.
    Markup,
    /// The words of a finding, as a place in [`Section::notes`], and whether its number stands there; an empty range is the place
    /// where something should stand.
    Finding(usize, bool),
}

/// What is tinted alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Passages as a whole: missing, added, moved, untranslated.
    Passage,
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
    /// Words between quotation marks.
    Quotation,
    /// A link or an e-mail address.
    Link,
}

impl Kind {
    /// Every kind, in the order in which a page lists them.
    pub const ALL: [Kind; 9] = [
        Kind::Passage,
        Kind::Date,
        Kind::Time,
        Kind::Figure,
        Kind::Person,
        Kind::Organisation,
        Kind::Work,
        Kind::Quotation,
        Kind::Link,
    ];

    /// Its name in a page’s style, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Passage => "passage",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::Figure => "figure",
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Work => "work",
            Kind::Quotation => "quotation",
            Kind::Link => "link",
        }
    }

    /// What a page calls several of them.
    pub fn heading(self) -> &'static str {
        match self {
            Kind::Passage => "Passages",
            Kind::Date => "Dates",
            Kind::Time => "Times",
            Kind::Figure => "Figures",
            Kind::Person => "People",
            Kind::Organisation => "Organisations",
            Kind::Work => "Works",
            Kind::Quotation => "Quotations",
            Kind::Link => "Links",
        }
    }
}

impl From<Class> for Kind {
    fn from(class: Class) -> Self {
        match class {
            Class::Date => Kind::Date,
            Class::Time => Kind::Time,
            Class::Figure => Kind::Figure,
            Class::Person => Kind::Person,
            Class::Organisation => Kind::Organisation,
            Class::Work => Kind::Work,
            Class::Link => Kind::Link,
        }
    }
}

/// How much of one kind agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Of what.
    pub kind: Kind,
    /// In both versions.
    pub both: usize,
    /// In the original alone and in the translation alone.
    pub alone: [usize; 2],
    /// Findings about it.
    pub findings: usize,
}

/// A finding as it stands beside a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How much harm it does.
    pub severity: Severity,
    /// The rule’s id.
    pub rule: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What it is about; `None` where that is nothing a page tints.
    pub kind: Option<Kind>,
    /// The row beside which it stands; `None` where it stands in neither text.
    pub row: Option<usize>,
    /// The file, line and column, for those who put it right.
    pub place: String,
    /// Whether words are marked with its number.
    pub is_marked: bool,
}
