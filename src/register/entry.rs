//! What a register knows: an entry (a person, an organisation, a work, a term, an approved text) and its forms, the ways in
//! which its name may or may not be written, each with its language and the days on which it holds.

use crate::source::Span;
use jiff::civil::Date;
use std::ops::Range;

/// Which entry of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// Which form of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormId(pub u32);

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A person.
    Person,
    /// An organisation or one of its organs.
    Organisation,
    /// A resolution, treaty or report: a title that is quoted.
    Work,
    /// An approved term.
    Term,
    /// An approved “About …” text.
    Boilerplate,
}

impl EntryKind {
    /// Every kind, in the order in which registers are read.
    pub const ALL: &'static [EntryKind] =
        &[EntryKind::Organisation, EntryKind::Person, EntryKind::Work, EntryKind::Term, EntryKind::Boilerplate];

    /// The name of its tables in a register.
    pub fn name(self) -> &'static str {
        match self {
            EntryKind::Person => "person",
            EntryKind::Organisation => "organisation",
            EntryKind::Work => "work",
            EntryKind::Term => "term",
            EntryKind::Boilerplate => "boilerplate",
        }
    }
}

/// What a form is to its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKind {
    /// The name as it is to be written.
    Preferred,
    /// Another way that is allowed.
    Accepted,
    /// The family name, alone at later mentions.
    Family,
    /// The abbreviation.
    Acronym,
    /// A name that the organisation or person bore until a day.
    Former,
    /// A way that is not allowed.
    Rejected,
}

impl FormKind {
    /// Every kind.
    pub const ALL: &'static [FormKind] = &[
        FormKind::Preferred,
        FormKind::Accepted,
        FormKind::Family,
        FormKind::Acronym,
        FormKind::Former,
        FormKind::Rejected,
    ];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            FormKind::Preferred => "name",
            FormKind::Accepted => "accepted",
            FormKind::Family => "family",
            FormKind::Acronym => "acronym",
            FormKind::Former => "former",
            FormKind::Rejected => "rejected",
        }
    }
}

/// Grammatical gender of what is said of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    /// Feminine forms.
    Feminine,
    /// Masculine forms.
    Masculine,
}

impl Gender {
    /// As a register writes it.
    pub fn name(self) -> &'static str {
        match self {
            Gender::Feminine => "feminine",
            Gender::Masculine => "masculine",
        }
    }
}

/// An entry of a register.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id; may be empty.
    pub id: Box<str>,
    /// What it is about.
    pub kind: EntryKind,
    /// Its forms, as numbers of the register.
    pub forms: Range<u32>,
    /// Where it is written.
    pub place: Span,
    /// What only some entries have.
    pub details: Option<Box<Details>>,
}

/// What only some entries have.
#[derive(Debug, Clone, Default)]
pub struct Details {
    /// The acronym needs no expansion.
    pub known: bool,
    /// A standing body: it has sessions, and is never itself the twentieth.
    pub standing: bool,
    /// First day of the entry.
    pub from: Option<Date>,
    /// Last day of the entry.
    pub until: Option<Date>,
    /// The document symbol of a work.
    pub symbol: Option<String>,
    /// The e-mail address of a person.
    pub email: Option<String>,
    /// Where the entry was taken from.
    pub source: Option<String>,
    /// Whose approved text it is.
    pub organisation: Option<String>,
    /// Gender by language; an empty tag holds for every language.
    pub gender: Vec<(String, Gender)>,
    /// Posts of a person.
    pub roles: Vec<Role>,
    /// Headings of an approved text, by language.
    pub headings: Vec<Worded>,
    /// Approved texts by language.
    pub texts: Vec<Worded>,
}

/// A post that a person holds or held.
#[derive(Debug, Clone)]
pub struct Role {
    /// The id of the organisation.
    pub organisation: String,
    /// Titles by language; the first of a language is the one to write.
    pub titles: Vec<Worded>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Where it is written.
    pub place: Span,
}

/// Words in a language and where they are written.
#[derive(Debug, Clone)]
pub struct Worded {
    /// Language tag; empty where they hold for every language.
    pub language: String,
    /// The words.
    pub text: String,
    /// Where they are written.
    pub place: Span,
}

/// One way of writing the name of an entry.
#[derive(Debug, Clone)]
pub struct Form {
    /// Whose name it is.
    pub entry: EntryId,
    /// What it is to the entry.
    pub kind: FormKind,
    /// As it is written.
    pub text: Box<str>,
    /// Language tag; empty where it holds for every language.
    pub language: Box<str>,
    /// First day on which it holds.
    pub from: Option<Date>,
    /// Last day on which it holds.
    pub until: Option<Date>,
    /// Where it is written.
    pub place: Span,
}

impl Form {
    /// Whether it belongs to texts in a language. A text whose language is not known takes the forms of every language.
    pub fn speaks(&self, language: Option<&str>) -> bool {
        speaks(&self.language, language)
    }

    /// Whether it holds on a day; on a day that is not known every form holds.
    pub fn holds_on(&self, day: Option<Date>) -> bool {
        holds(self.from, self.until, day)
    }
}

impl Role {
    /// Whether it is held on a day; on a day that is not known every post is.
    pub fn holds_on(&self, day: Option<Date>) -> bool {
        holds(self.from, self.until, day)
    }

    /// The titles for texts in a language, the one to write first.
    pub fn titles_in<'a>(&'a self, language: Option<&'a str>) -> impl Iterator<Item = &'a Worded> {
        self.titles.iter().filter(move |title| speaks(&title.language, language))
    }
}

impl Details {
    /// The gender of a person in a language; a word about that language goes before one about all.
    pub fn gender_in(&self, language: Option<&str>) -> Option<Gender> {
        let own = self.gender.iter().find(|(tag, _)| !tag.is_empty() && speaks(tag, language));
        own.or_else(|| self.gender.iter().find(|(tag, _)| tag.is_empty())).map(|(_, gender)| *gender)
    }
}

/// Whether words under a tag (empty: every language) belong to texts in a language.
pub fn speaks(tag: &str, language: Option<&str>) -> bool {
    let Some(language) = language else { return true };
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    tag.is_empty() || tag.eq_ignore_ascii_case(language) || primary(tag) == primary(language)
}

/// A last day for readers: of what ended with a year only that year is known, as a rule.
pub fn told_last(day: Date) -> String {
    match day == day.last_of_year() {
        true => format!("the end of {}", day.year()),
        false => day.to_string(),
    }
}

fn holds(from: Option<Date>, until: Option<Date>, day: Option<Date>) -> bool {
    let Some(day) = day else { return true };
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}
