//! Addresses of links without what rightly differs between language versions of a page: scheme, `www`, the language in host, path
//! or query, the fragment.

/// An address, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Host in lower case without `www` and language; empty for a path within the site.
    pub host: String,
    /// Segments of the path without the language.
    pub path: Vec<String>,
    /// The query without the language.
    pub query: String,
    /// The languages that host, path and query name.
    pub languages: Vec<String>,
}

impl Address {
    /// Takes an address apart. Anything is an address; what has no host is a path.
    pub fn new(target: &str) -> Self {
        let target = target.trim().trim_start_matches('<').trim_end_matches('>');
        let (target, _) = target.split_once('#').unwrap_or((target, ""));
        let (main, query) = target.split_once('?').unwrap_or((target, ""));
        let mut languages = Vec::new();
        let (host, path) = match main.split_once("://").map(|(_, rest)| rest).or(main.strip_prefix("//")) {
            Some(rest) => rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path)),
            None if is_host(main) => main.split_once('/').map_or((main, ""), |(host, path)| (host, path)),
            None => ("", main.strip_prefix("mailto:").or(main.strip_prefix("tel:")).unwrap_or(main)),
        };
        let labels: Vec<String> = host.to_lowercase().split('.').map(str::to_owned).collect();
        let last = labels.len().saturating_sub(1);
        let mut kept: Vec<String> = Vec::new();
        for (at, label) in labels.into_iter().enumerate() {
            if at < last && is_language(&label) {
                languages.push(label);
            } else if label != "www" {
                kept.push(label);
            }
        }
        let mut segments = Vec::new();
        for segment in path.split('/').filter(|segment| !segment.is_empty() && *segment != ".") {
            let segment = decoded(segment);
            if is_language(&segment) {
                languages.push(segment.to_lowercase());
                continue;
            }
            segments.push(segment);
        }
        // “page.fr.html”, “page-eng.html”, “form_fr.pdf”: a language before the ending of the last segment.
        if let Some(file) = segments.last_mut() {
            let (stem, ending) = match file.rsplit_once('.') {
                Some((stem, ending)) if ending.len() <= 5 => (stem.to_owned(), format!(".{ending}")),
                _ => (file.clone(), String::new()),
            };
            if is_language(stem.trim_matches('.')) && !ending.is_empty() {
                languages.push(stem.to_lowercase());
                *file = ending;
            } else if let Some((rest, tag)) = stem.rsplit_once(['.', '-', '_']).filter(|(_, tag)| is_language(tag)) {
                languages.push(tag.to_lowercase());
                *file = format!("{rest}{ending}");
            }
        }
        let mut parts: Vec<&str> = Vec::new();
        for part in query.split(['&', ';']).filter(|part| !part.is_empty()) {
            let value = part.split_once('=').map_or(part, |(_, value)| value);
            if is_language(value) {
                languages.push(value.to_lowercase());
            } else if !part.starts_with("utm_") {
                parts.push(part);
            }
        }
        Address { host: kept.join("."), path: segments, query: parts.join("&"), languages }
    }

    /// What two language versions of one page share.
    pub fn key(&self) -> String {
        let mut key = format!("{}/{}", self.host, self.path.join("/"));
        if !self.query.is_empty() {
            key.push('?');
            key.push_str(&self.query);
        }
        key.to_lowercase()
    }

    /// Whether it leads out of the site that the text stands on.
    pub fn is_external(&self) -> bool {
        !self.host.is_empty()
    }

    /// Whether the path says these words, which are given without white space and in lower case: most of its own words of four letters
    /// and more, and four at least, as where a page is filed under its title.
    pub fn names(&self, words: &str) -> bool {
        let pieces = self.path.iter().flat_map(|segment| segment.split(|c: char| !c.is_alphanumeric()));
        let (mut said, mut all) = (0, 0);
        for piece in pieces.filter(|piece| piece.chars().count() >= 4 && piece.chars().all(char::is_alphabetic)) {
            all += 1;
            said += usize::from(words.contains(&piece.to_lowercase()));
        }
        said >= 4 && said * 5 >= all * 3
    }

    /// The figures of the path, in their order: dates, numbers, versions stay when words are translated.
    pub fn figures(&self) -> Vec<&str> {
        let pieces = self.path.iter().flat_map(|segment| segment.split(|c: char| !c.is_ascii_digit()));
        pieces.filter(|piece| !piece.is_empty()).collect()
    }
}

/// `example.org/path` written without a scheme.
fn is_host(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    !text.starts_with(['/', '.']) && !text.contains('@') && host.starts_with("www.")
}

/// Whether a label, segment or value names a language: a tag of two letters with or without a region, or the three-letter codes
/// that sites put into paths.
fn is_language(text: &str) -> bool {
    let primary = text.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let rest = text.get(primary.len()..).unwrap_or_default();
    let region =
        rest.is_empty() || (rest.len() >= 3 && rest.len() <= 5 && rest[1..].bytes().all(|b| b.is_ascii_alphanumeric()));
    region && LANGUAGES.contains(&primary.as_str())
}

/// Codes of ISO 639-1 and, of ISO 639-2, those seen in addresses of official sites.
const LANGUAGES: &[&str] = &[
    "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "deu", "el", "en", "eng", "es", "esp", "et", "eu", "fa", "fi",
    "fr", "fra", "fre", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ita", "ja", "ka", "kk", "ko",
    "lt", "lv", "mk", "ms", "nb", "nl", "nn", "no", "pl", "por", "pt", "ro", "ru", "rus", "sk", "sl", "spa", "sq",
    "sr", "sv", "sw", "th", "tr", "uk", "ur", "vi", "zh",
];

/// Percent signs decoded where the result is UTF-8.
fn decoded(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|b| (*b as char).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| segment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_filed_under_its_title() {
        let page = Address::new("https://norvale.example.org/2031/event/A1-building_harbours_without_borders_acr/");
        assert!(page.names("buildingharbourswithoutborders"));
        assert!(!page.names("construiredesports"));
        assert!(!Address::new("https://norvale.example.org/overview").names("overview"));
    }

    #[test]
    fn language_versions_of_a_page_have_one_key() {
        let same = [
            ("https://www.example.org/en/news/2024/a.html", "http://example.org/fr/news/2024/a.html"),
            ("https://en.example.org/a", "https://fr.example.org/a/"),
            ("https://example.org/a.en.html#top", "https://example.org/a.fr.html"),
            ("https://example.org/form-eng.pdf", "https://example.org/form-fra.pdf"),
            ("https://example.org/?page=3&lang=en", "https://example.org/?lang=fr-CA&page=3"),
            ("/en/posts/b", "/fr/posts/b"),
            ("https://example.org/%C3%A9t%C3%A9", "https://example.org/été"),
        ];
        for (one, other) in same {
            assert_eq!(Address::new(one).key(), Address::new(other).key());
        }
        for (one, other) in [("https://a.org/b", "https://a.org/c"), ("https://a.org/b", "https://c.org/b")] {
            assert_ne!(Address::new(one).key(), Address::new(other).key());
        }
    }

    #[test]
    fn anything_is_an_address() {
        for text in ["", "#", "?", "://", "http://", "mailto:", "%", "%é1", "a%C3", "www.", "-eng.", ".fr.", "é-fr_é"]
        {
            let _ = Address::new(text).key();
        }
        assert_eq!(Address::new("/it/2015/12/23/faq").figures(), ["2015", "12", "23"]);
    }
}
