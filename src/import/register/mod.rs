//! What other programs know of people, bodies and terms, as entries of a register: tables (CSV), address books (vCard), Wikidata
//! (JSON) and terminologies (TBX). Text goes in; entries come out, and beside them everything that could not be carried, with its line.

mod entry;
mod table;
mod tbx;
mod vcard;
mod wikidata;

pub use table::COLUMNS;

use crate::register::EntryKind;
use crate::register::draft::Draft;

/// A form in which registers are kept elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values with a line of headings; semicolons and tabs divide too.
    Csv,
    /// vCard 3.0 (RFC 2426) and 4.0 (RFC 6350).
    Vcard,
    /// Results of the Wikidata query service, or Wikidata entities.
    Wikidata,
    /// TermBase eXchange, ISO 30042, with data categories as attributes (DCA) or as tags (DCT), and its edition of 2008.
    Tbx,
}

impl Format {
    /// Every form, with its name and the endings of its files.
    pub const ALL: &'static [(Format, &'static str, &'static [&'static str])] = &[
        (Format::Csv, "csv", &["csv", "tsv"]),
        (Format::Vcard, "vcard", &["vcf", "vcard"]),
        (Format::Wikidata, "wikidata", &["json"]),
        (Format::Tbx, "tbx", &["tbx", "xml"]),
    ];

    /// The form with a name.
    pub fn named(name: &str) -> Option<Format> {
        Format::ALL.iter().find(|(_, known, _)| *known == name).map(|(format, ..)| *format)
    }

    /// The form that files with an ending have.
    pub fn of_ending(ending: &str) -> Option<Format> {
        let ending = ending.to_ascii_lowercase();
        Format::ALL.iter().find(|(.., endings)| endings.contains(&ending.as_str())).map(|(format, ..)| *format)
    }
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// The entries, in the order in which they stand; organisations that were only named by others come last.
    pub entries: Vec<Draft>,
    /// What was not carried, in the order of the lines.
    pub left: Vec<Left>,
    /// What a register has no place for, as address books have telephone numbers: counted, for nobody looks for it there.
    pub passed: Vec<(String, usize)>,
    /// Entries that are taken for organisations, because nothing says what they are; each has a remark.
    pub guessed: usize,
}

/// Something that was not carried.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// Where it stands; the first line is 1.
    pub line: usize,
    /// What it is and why.
    pub message: String,
}

/// Reads a text of some form. `kind` is what entries are where the text does not say.
pub fn import(format: Format, text: &str, kind: Option<EntryKind>) -> Taken {
    let mut taken = match format {
        Format::Csv => table::read(text, kind),
        Format::Vcard => vcard::read(text, kind),
        Format::Wikidata => wikidata::read(text, kind),
        Format::Tbx => tbx::read(text, kind),
    };
    taken.left.sort();
    taken
}
