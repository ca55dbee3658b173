//! Cities that CLDR does not name, from GeoNames (`tools/places/cities.py`, `rules/cities.tsv`): what people call them there, which is enough to know
//! that a word is a city, and not to correct anybody.

use super::places::Place;
use memchr::memmem;

/// A line for each city: its number, its country, and names with the tags of the languages that call it so. It is searched as it stands, for
/// most runs never ask.
const CITIES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/cities.tsv"));

/// Whether a language, or English, calls a city so.
pub(super) fn knows(language: Option<&str>, name: &str) -> bool {
    if name.is_empty() || name.contains(['\t', '\n', '=']) {
        return false;
    }
    let primary = language.and_then(|tag| tag.split(['-', '_']).next()).unwrap_or("en").to_ascii_lowercase();
    let wanted = format!("={name}");
    memmem::find_iter(CITIES.as_bytes(), wanted.as_bytes()).any(|at| {
        let whole = CITIES[at + wanted.len()..].starts_with(['\t', '\n']);
        let tags = CITIES[..at].rsplit('\t').next().unwrap_or_default();
        whole && tags.split(',').any(|tag| tag == primary || tag == "en")
    })
}

/// All of them, the largest first.
pub(super) fn all() -> impl Iterator<Item = Place> {
    CITIES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut fields = line.split('\t');
        let (number, country) = (fields.next()?, fields.next()?);
        let names = fields
            .filter_map(|field| field.split_once('='))
            .flat_map(|(tags, name)| tags.split(',').map(move |tag| (tag, name.to_owned())));
        Some(Place { kind: "city", code: format!("{country} {number}"), names: names.collect(), source: "GeoNames" })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_city() {
        let count = CITIES.lines().filter(|line| !line.starts_with('#')).count();
        assert!(count > 5000);
        assert_eq!(all().filter(|city| city.names.first().is_some_and(|(tag, _)| *tag == "en")).count(), count);
    }

    #[test]
    fn cities_are_known_in_the_language_and_in_english() {
        assert!(knows(Some("de-CH"), "Genf") && knows(Some("de"), "Geneva") && knows(None, "Geneva"));
        assert!(!knows(Some("en"), "Genf") && !knows(Some("en"), "Gene") && !knows(Some("en"), "geneva"));
        assert!(!knows(Some("en"), "") && !knows(Some("en"), "a\tb"));
    }
}
