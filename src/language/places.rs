//! Countries, regions, cities and currencies as each language calls them, from CLDR (`tools/places/`, `rules/places/<tag>.toml`), and more
//! cities from GeoNames. Nobody
//! types them into a register, and none of them is a misspelling of a name that is there.

use super::cities;
use crate::source::embedded::PLACES;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// Names of one kind by their codes; the first is the usual one.
type Names = BTreeMap<String, OneOrMore>;

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn names(&self) -> &[String] {
        match self {
            OneOrMore::One(name) => std::slice::from_ref(name),
            OneOrMore::More(names) => names,
        }
    }
}

/// The names of one language.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Table {
    /// Words that are right as they stand and a slip away from the name of a country.
    alike: Vec<String>,
    /// Codes of the countries in which the language is official.
    own: Vec<String>,
    /// Such words that are right in other languages alone.
    foreign: Vec<String>,
    countries: Names,
    regions: Names,
    cities: Names,
    currencies: Names,
    languages: Names,
}

/// What a language calls countries, regions, cities and currencies.
#[derive(Debug, Default)]
pub struct Places {
    /// Codes (ISO 3166, UN M.49, time zones, ISO 4217) by names in small letters.
    codes: HashMap<String, String>,
    /// The names of countries by their codes.
    countries: BTreeMap<String, Vec<String>>,
    alike: HashSet<String>,
    own: Vec<String>,
    /// What languages are called, which is what people and things of their countries are called too. English only.
    languages: HashSet<String>,
    foreign: HashSet<String>,
}

impl Places {
    /// The names of a language; those of English where it has no table.
    pub fn of(tag: Option<&str>) -> &'static Places {
        static TABLES: OnceLock<Vec<OnceLock<Places>>> = OnceLock::new();
        static NONE: OnceLock<Places> = OnceLock::new();
        let tables = TABLES.get_or_init(|| PLACES.iter().map(|_| OnceLock::new()).collect());
        let primary = tag.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("en").to_ascii_lowercase();
        let place = |tag: &str| PLACES.binary_search_by_key(&tag, |(known, _)| known).ok();
        match place(&primary).or_else(|| place("en")).and_then(|at| Some((tables.get(at)?, PLACES.get(at)?))) {
            // A table that cannot be read is a bug that `every_table_can_be_read` finds.
            Some((table, (_, text))) => {
                table.get_or_init(|| Places::new(serde_json::from_str(text).unwrap_or_default()))
            }
            None => NONE.get_or_init(Places::default),
        }
    }

    fn new(table: Table) -> Self {
        let mut codes = HashMap::new();
        let countries = table.countries.iter().map(|(code, names)| (code.clone(), names.names().to_vec())).collect();
        // Of two that share a name, the country is meant.
        for names in [table.countries, table.regions, table.cities, table.currencies] {
            for (code, names) in names {
                for name in names.names() {
                    codes.entry(plain(name)).or_insert_with(|| code.clone());
                }
            }
        }
        let languages = table.languages.values().flat_map(|names| names.names().iter().cloned()).collect();
        let [alike, foreign] = [table.alike, table.foreign].map(|words| words.into_iter().collect());
        Places { codes, countries, alike, foreign, own: table.own, languages }
    }

    /// The names of countries in a language, those among them that it writes as English does.
    pub fn countries(tag: &str) -> impl Iterator<Item = &'static str> {
        let (own, english) = (Places::of(Some(tag)), Places::of(Some("en")));
        english.countries.iter().flat_map(|(code, names)| own.countries.get(code).unwrap_or(names)).map(String::as_str)
    }

    /// Whether a folded word is right as it stands, though it is a slip away from the name of a country.
    pub fn is_alike(&self, folded: &str) -> bool {
        self.alike.contains(folded)
    }

    /// Whether a folded word is right in other languages, and in this one a slip away from the name of a country.
    pub fn is_right_elsewhere(&self, folded: &str) -> bool {
        self.foreign.contains(folded)
    }

    /// The code of what these words name, whatever their capitals: `FR`, `002`, `Europe/Paris`, `EUR`.
    pub fn code(&self, name: &str) -> Option<&str> {
        self.codes.get(&plain(name)).map(String::as_str)
    }

    /// Whether a word tells of people who write in another language than this one: what another language is called, and the name of
    /// a place that is no country in which this one is official, or an adjective of it. English only.
    pub fn is_foreign(&self, word: &str) -> bool {
        let elsewhere = |(code, _): (&'static str, &str)| !self.own.iter().any(|own| own == code);
        self.languages.contains(word) || Places::of_word(Some("en"), word).is_some_and(elsewhere)
    }

    /// Whether words name a country, a region, a city or a currency in a language, or as English does.
    pub fn knows(language: Option<&str>, name: &str) -> bool {
        Places::of(language).code(name).is_some()
            || Places::of(Some("en")).code(name).is_some()
            || cities::knows(language, name)
    }
}

impl Places {
    /// The place that a word or an adjective is of, as English or a language has it, and what the word adds to its name: `AU` and “n” of
    /// “Australian”.
    pub fn of_word<'a>(language: Option<&str>, word: &'a str) -> Option<(&'static str, &'a str)> {
        let tables = [Places::of(language), Places::of(Some("en"))];
        let ends = word.char_indices().map(|(at, _)| at).skip(LETTERS).chain([word.len()]);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().take(ENDING + 1).find_map(|end| {
            let code = tables.iter().find_map(|table| table.code(&word[..end]))?;
            Some((code, &word[end..]))
        })
    }
}

/// A country, a region, a city or a currency, with its names in all languages.
#[derive(Debug)]
pub struct Place {
    /// What it is: “country”, “region”, “city”, “currency”.
    pub kind: &'static str,
    /// Its code: ISO 3166, UN M.49, a time zone, ISO 4217; of a city that CLDR has not, its country and its number in GeoNames.
    pub code: String,
    /// Its names, each with its language; of a language that has several the usual one comes first.
    pub names: Vec<(&'static str, String)>,
    /// Who says so: “CLDR” or “GeoNames”.
    pub source: &'static str,
}

impl Place {
    /// Every place. It reads the tables of all languages, which is for people who ask and not for checks.
    pub fn all() -> Vec<Place> {
        let tables: Vec<(&str, [(&str, Names); 4])> = PLACES
            .iter()
            .map(|(tag, text)| {
                let Table { countries, regions, cities, currencies, .. } =
                    serde_json::from_str(text).unwrap_or_default();
                let kinds = [("country", countries), ("region", regions), ("city", cities), ("currency", currencies)];
                (*tag, kinds)
            })
            .collect();
        let Some((_, english)) = tables.iter().find(|(tag, _)| *tag == "en") else { return Vec::new() };
        let places = english.iter().enumerate().flat_map(|(nth, (kind, all))| {
            let tables = &tables;
            all.iter().map(move |(code, usual)| {
                // A language that has no name of its own writes it as English does.
                let names = tables.iter().flat_map(|(tag, kinds)| {
                    let names = kinds[nth].1.get(code).unwrap_or(usual).names();
                    names.iter().map(|name| (*tag, name.clone()))
                });
                Place { kind, code: code.clone(), names: names.collect(), source: "CLDR" }
            })
        });
        places.chain(cities::all()).collect()
    }
}

/// Letters of the shortest name that adjectives are told from.
const LETTERS: usize = 4;
/// Letters that an adjective adds to the name of a place, at most.
const ENDING: usize = 4;

/// Small letters with one kind of apostrophe, hyphen and space.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.nfc().flat_map(char::to_lowercase).map(|c| match c {
            '’' | '‘' | 'ʼ' => '\'',
            '‐' | '‑' => '-',
            c => c,
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_read() {
        assert!(PLACES.len() > 90);
        for (tag, text) in PLACES {
            let table: Result<Table, _> = serde_json::from_str(text);
            assert!(table.is_ok_and(|table| !table.countries.is_empty()), "{tag}");
        }
    }

    #[test]
    fn countries_cities_and_currencies_are_known_by_their_names() {
        let code = |tag, name| Places::of(Some(tag)).code(name);
        assert_eq!(code("fr", "Côte d'Ivoire"), Some("CI"));
        assert_eq!(code("fr-CA", "ÉTATS-UNIS"), Some("US"));
        assert_eq!(code("de", "Genf"), None, "CLDR has no zone of that name");
        assert!(Places::knows(Some("de"), "Genf"), "GeoNames has it");
        assert_eq!(code("ru", "Каир"), Some("Africa/Cairo"));
        assert_eq!(code("en", "euros"), Some("EUR"));
        assert_eq!(code("en", "Africa"), Some("002"));
        assert_eq!(code("en", "Harbour"), None);
        assert!(Places::knows(Some("fr"), "Bangkok"), "as English has it");
        assert!(Places::knows(None, "Iran") && !Places::knows(Some("en"), "Irann"));
    }

    #[test]
    fn adjectives_are_known_by_the_countries_in_them() {
        assert_eq!(Places::of_word(Some("en"), "Australian"), Some(("AU", "n")));
        assert_eq!(Places::of_word(Some("en"), "Nigerien"), Some(("NE", "ien")));
        assert_eq!(Places::of_word(Some("en"), "Niger"), Some(("NE", "")));
        assert_eq!(Places::of_word(Some("en"), "Per"), None);
        let foreign = |word| Places::of(Some("en")).is_foreign(word);
        assert!(["Swiss", "Turkish", "Norway", "Russian"].into_iter().all(foreign));
        assert!(!["English", "Canada", "Canadian", "Harbour"].into_iter().any(foreign));
    }

    #[test]
    fn every_place_has_its_names_in_the_languages() {
        let all = Place::all();
        let switzerland = all.iter().find(|place| place.code == "CH").expect("is a country");
        assert_eq!(switzerland.kind, "country");
        assert!(switzerland.names.contains(&("fr", "Suisse".into())));
        let paris = all.iter().find(|place| place.code == "Europe/Paris").expect("is a city");
        assert!(paris.names.contains(&("de", "Paris".into())), "as English has it");
    }
}
