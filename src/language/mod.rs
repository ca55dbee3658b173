//! What copydesk knows of languages: one table for each, generated from CLDR into `rules/language/<tag>.toml` (`tools/language/`). A table
//! is read when the first text in its language asks for it. Each section has a file of its own here.

mod cities;
mod dates;
pub mod digits;
mod names;
mod numbers;
mod places;
mod punctuation;
mod sentences;
mod speech;
pub mod spellout;

pub use dates::{Dates, MonthFirst, Order};
pub use names::{Cases, Names};
pub use numbers::{After, Follower, Marks, MoreWords, Numbers};
pub use places::{Place, Places};
pub use punctuation::Punctuation;
pub use sentences::Sentences;
pub use speech::Speech;

use crate::source::embedded::LANGUAGES;
use serde::Deserialize;
use std::sync::OnceLock;

/// What is known of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Language {
    /// The tag of the table, such as `fr`; empty for texts of unknown language.
    #[serde(skip)]
    pub tag: &'static str,
    /// Words and orders of dates and times.
    pub dates: Dates,
    /// What ends no sentence.
    pub sentences: Sentences,
    /// Names and titles of people.
    pub names: Names,
    /// Marks, words and signs of numbers.
    pub numbers: Numbers,
    /// Quotation marks.
    pub punctuation: Punctuation,
    /// Who said something.
    pub speech: Speech,
}

impl Language {
    /// The table for a language tag: that of the longest beginning of the tag that has one (`fr-CA` → `fr`), and the empty table, which
    /// knows only what needs no language, for others and for `None`.
    pub fn of(tag: Option<&str>) -> &'static Language {
        static TABLES: OnceLock<Vec<OnceLock<Language>>> = OnceLock::new();
        static ROOT: OnceLock<Language> = OnceLock::new();
        let place = tag.and_then(place);
        let tables = TABLES.get_or_init(|| LANGUAGES.iter().map(|_| OnceLock::new()).collect());
        match place.and_then(|place| Some((tables.get(place)?, LANGUAGES.get(place)?))) {
            Some((table, (tag, text))) => table.get_or_init(|| {
                // A table that cannot be read is a bug that `every_table_can_be_read` finds.
                let language: Language = serde_json::from_str(text).unwrap_or_default();
                Language { tag, ..language }
            }),
            None => ROOT.get_or_init(Language::default),
        }
    }

    /// The tags of all languages that have a table, sorted.
    pub fn tags() -> impl Iterator<Item = &'static str> {
        LANGUAGES.iter().map(|(tag, _)| *tag)
    }
}

/// The region of a language tag, such as `CA` of `fr-CA` and `zh-Hant-CA`.
pub fn region(tag: &str) -> Option<&str> {
    let mut parts = tag.split(['-', '_']).skip(1);
    parts.find(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// The index of the table for a tag.
fn place(tag: &str) -> Option<usize> {
    let mut tag = tag.replace('_', "-").to_ascii_lowercase();
    loop {
        if let Some(place) = LANGUAGES.iter().position(|(known, _)| known.eq_ignore_ascii_case(&tag)) {
            return Some(place);
        }
        let shorter = tag.rfind('-')?;
        tag.truncate(shorter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_read() {
        for (tag, text) in LANGUAGES {
            let read = serde_json::from_str::<Language>(text);
            assert!(read.is_ok(), "{tag}: {read:?}");
        }
        assert!(LANGUAGES.len() > 90);
    }

    #[test]
    fn a_region_falls_back_to_its_language_and_the_unknown_to_the_empty_table() {
        assert_eq!(Language::of(Some("fr-CA")).tag, "fr");
        assert_eq!(Language::of(Some("zh_Hant_TW")).tag, "zh");
        let french = &Language::of(Some("fr")).punctuation;
        assert_eq!(french.outer(Some("CH")), Some(('«', '»')));
        assert!(french.is_spaced(Some("CA")) && !french.is_spaced(Some("CH")));
        assert_eq!(Language::of(Some("EN")).tag, "en");
        assert_eq!(Language::of(Some("tlh")).tag, "");
        assert_eq!(Language::of(None).tag, "");
        assert_eq!(region("zh-Hant-HK"), Some("HK"));
        assert_eq!(region("fr"), None);
    }
}
