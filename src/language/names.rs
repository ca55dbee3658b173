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
    /// Words that can begin a title and have one gender whoever bears it, so that nothing beside them tells whose it is.
    pub fixed: Vec<String>,
    /// Words that can begin a title as masculine and feminine.
    pub genders: Vec<[String; 2]>,
    /// Words beside these as masculine and feminine.
    pub adjectives: Vec<[String; 2]>,
    /// Words beside these that may be said of both genders.
    pub either: Vec<String>,
    /// The words of `heads` and `genders` end longer ones.
    pub endings: bool,
    /// Courtesy titles, the masculine ones and the feminine ones, without stops.
    pub honorifics: [Vec<String>; 2],
    /// Words between a person and what is said of them.
    pub links: Vec<String>,
    /// Words by which people say what they are themselves: “je suis”.
    pub mine: Vec<String>,
    /// Words that may stand between `links` or `mine` and what is said.
    pub adverbs: Vec<String>,
    /// What is said of a person after them, as masculine and feminine.
    pub predicates: Vec<[String; 2]>,
    /// Words after one of `predicates` at the beginning of a sentence that is about the person after the comma.
    pub openers: Vec<String>,
    /// Definite articles in the case of the subject.
    pub articles: Vec<String>,
    /// Of these, those that agree with the person before a title of one form, as masculine and feminine.
    pub agreeing: Vec<[String; 2]>,
    /// Words after which a clause begins with its subject.
    pub clauses: Vec<String>,
    /// A link and the beginning of the word after what stands behind it, where that is a thought and said of nobody (“s’est dit que”).
    pub thoughts: Vec<[String; 2]>,
    /// Words that say that a post is held no more, or not yet.
    pub earlier: Vec<String>,
}

impl Names {
    /// The gender of a word of a title, 0 masculine and 1 feminine, with the word of the other gender; `None` where it has one form for
    /// both, or is no such word.
    pub fn gender(&self, word: &str) -> Option<(usize, String)> {
        let lower = word.to_lowercase();
        let listed = |words: &[String], ends: bool| {
            words.iter().any(|known| lower == *known || ends && lower.ends_with(known.as_str()))
        };
        if listed(&self.heads, self.endings) || listed(&self.either, false) || listed(&self.fixed, false) {
            return None;
        }
        let whole = pair(&self.genders, word, self.endings).or_else(|| pair(&self.adjectives, word, false));
        whole.or_else(|| self.compound(word))
    }

    /// The gender of a word of several (“diretor-geral”, “sous-directrice”): that of the first part that has one.
    fn compound(&self, word: &str) -> Option<(usize, String)> {
        if !word.contains('-') {
            return None;
        }
        let parts: Vec<(&str, Option<(usize, String)>)> =
            word.split('-').map(|part| (part, self.gender(part))).collect();
        let gender = parts.iter().find_map(|(_, found)| found.as_ref().map(|found| found.0))?;
        let other = parts.into_iter().map(|(part, found)| match found {
            Some((is, other)) if is == gender => other,
            _ => part.to_owned(),
        });
        Some((gender, other.collect::<Vec<_>>().join("-")))
    }

    /// A title as it is written for the other gender.
    pub fn swapped(&self, title: &str) -> String {
        let word = |word: &str| self.gender(word).map_or_else(|| word.to_owned(), |(_, other)| other);
        title.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    /// The gender of what is said of a person, and the word of the other gender.
    pub fn predicate(&self, word: &str) -> Option<(usize, String)> {
        pair(&self.predicates, word, false)
    }

    /// Whether a word can begin a title.
    pub fn heads_title(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let ends = |known: &String| lower == *known || self.endings && lower.ends_with(known.as_str());
        self.heads.iter().chain(&self.fixed).any(ends)
            || pair(&self.genders, &lower, self.endings).is_some()
            || lower.split_once('-').is_some_and(|_| lower.split('-').any(|part| self.heads_title(part)))
    }

    /// Whether a word stands beside those that can begin a title.
    pub fn joins_title(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.either.contains(&lower) || self.adjectives.iter().flatten().any(|known| *known == lower)
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
        assert_eq!(gender("pt", "diretor-geral"), Some((0, "diretora-geral".into())));
        assert_eq!(gender("fr", "sous-directrice"), Some((1, "sous-directeur".into())));
        assert_eq!((gender("de", "Vorstandsvorsitzende"), gender("de", "neue")), (None, None));
        assert_eq!(gender("de", "Vorstandsvorsitzender"), Some((0, "Vorstandsvorsitzende".into())));
        assert_eq!((gender("es", "presidente"), gender("es", "presidenta")), (None, Some((1, "presidente".into()))));
        assert_eq!(gender("ja", "président"), None);
        assert!(Language::of(Some("en")).names.undeclined && !Language::of(Some("pl")).names.undeclined);
    }
}
