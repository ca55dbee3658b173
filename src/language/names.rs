//! Names and titles of people: whether a language declines names, and the words of titles with their genders.

use serde::Deserialize;
use std::collections::HashMap;

/// Endings of names, each with those of which it may be another case; the name itself may be any of them.
pub type Cases = HashMap<String, Vec<String>>;

/// What is known of names and titles in a language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Names {
    /// Names take no endings: what differs from one is not inflected.
    pub undeclined: bool,
    /// The endings that the ending of a name may stand for, where the language declines names and a table of its endings is known.
    pub cases: Cases,
    /// Words that can begin a title and are said of both genders.
    pub heads: Vec<String>,
    /// Words of titles as masculine and feminine.
    pub genders: Vec<[String; 2]>,
    /// The words of `genders` end longer ones.
    pub endings: bool,
    /// Courtesy titles, the masculine ones and the feminine ones, without stops.
    pub honorifics: [Vec<String>; 2],
    /// Words between a person and what is said of them.
    pub links: Vec<String>,
    /// What is said of a person after them, as masculine and feminine.
    pub predicates: Vec<[String; 2]>,
    /// Words that say that a post is held no more, or not yet.
    pub earlier: Vec<String>,
}

impl Names {
    /// The gender of a word of a title, 0 masculine and 1 feminine, with the word of the other gender; `None` where it has one form for
    /// both, or is no such word.
    pub fn gender(&self, word: &str) -> Option<(usize, String)> {
        if self.heads.contains(&word.to_lowercase()) {
            return None;
        }
        pair(&self.genders, word, self.endings)
    }

    /// The gender of what is said of a person, and the word of the other gender.
    pub fn predicate(&self, word: &str) -> Option<(usize, String)> {
        pair(&self.predicates, word, false)
    }

    /// Whether a word can begin a title.
    pub fn heads_title(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.heads.contains(&lower) || self.gender(&lower).is_some()
    }
}

/// The longest word of the pairs that a word is, or ends in.
fn pair(pairs: &[[String; 2]], word: &str, endings: bool) -> Option<(usize, String)> {
    let lower = word.to_lowercase();
    let found = pairs.iter().flat_map(|pair| [(0, &pair[0], &pair[1]), (1, &pair[1], &pair[0])]);
    let fits = |known: &str| lower == known || (endings && lower.ends_with(known));
    let (gender, known, other) = found.filter(|(_, known, _)| fits(known)).max_by_key(|(_, known, _)| known.len())?;
    let stem = word.get(..lower.len().checked_sub(known.len())?).unwrap_or_default();
    let capital = word[stem.len().min(word.len())..].chars().next().is_some_and(char::is_uppercase);
    let mut letters = other.chars();
    let other = match letters.next() {
        Some(first) if capital => first.to_uppercase().chain(letters).collect(),
        _ => other.clone(),
    };
    Some((gender, format!("{stem}{other}")))
}

#[cfg(test)]
mod tests {
    use crate::language::Language;

    #[test]
    fn words_of_titles_have_their_other_gender() {
        let gender = |tag, word| Language::of(Some(tag)).names.gender(word);
        assert_eq!(gender("fr", "Président"), Some((0, "Présidente".into())));
        assert_eq!(gender("fr", "directrice"), Some((1, "directeur".into())));
        assert_eq!(gender("de", "Bundespräsidentin"), Some((1, "Bundespräsident".into())));
        assert_eq!(gender("fr", "ministre"), None);
        assert_eq!((gender("es", "presidente"), gender("es", "presidenta")), (None, Some((1, "presidente".into()))));
        assert_eq!(gender("ja", "président"), None);
        assert!(Language::of(Some("en")).names.undeclined && !Language::of(Some("pl")).names.undeclined);
    }
}
