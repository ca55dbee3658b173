//! Tags of languages: which there are, and which was meant. The list is CLDR's (`languages.txt`): every language that it has a name
//! for. A tag that nobody knows would switch rules off without a word.

use super::suggest;

use std::sync::OnceLock;

const LIST: &str = include_str!("languages.txt");

/// The languages there are, by their shortest tags.
pub fn languages() -> impl Iterator<Item = &'static str> {
    lines().iter().map(|(tag, _)| *tag)
}

/// Tags in their order, and what else is written for each.
fn lines() -> &'static [(&'static str, &'static str)] {
    static LINES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    LINES.get_or_init(|| {
        let lines = LIST.lines().filter(|line| !line.starts_with('#'));
        let mut lines: Vec<_> = lines.filter_map(|line| line.split_once('\t')).collect();
        lines.sort_unstable();
        lines
    })
}

/// Whether a tag names a language, perhaps with script, region and variants; if not, what was perhaps meant.
pub fn check_language(tag: &str) -> Result<(), String> {
    let mut parts = tag.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    // A register asks this for each of its names.
    let known = |tag: &str| lines().binary_search_by_key(&tag, |(known, _)| known).is_ok();
    if !known(language) && !known(&language.to_ascii_lowercase()) {
        return Err(match meant(tag).or_else(|| meant(language)) {
            Some(meant) => format!("did you mean “{meant}”?"),
            None => "a language is written as its tag, such as en, fr or pt-BR".into(),
        });
    }
    // What follows an “x” is private.
    match parts.take_while(|part| !part.eq_ignore_ascii_case("x")).find(|part| !is_subtag(part)) {
        Some(odd) => {
            Err(format!("“{odd}” is no script, region or variant; they are written as in zh-Hant, en-GB or es-419"))
        }
        None => Ok(()),
    }
}

/// A script of four letters, a region of two letters or three digits, or a variant.
fn is_subtag(part: &str) -> bool {
    let letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let digits = part.bytes().all(|byte| byte.is_ascii_digit());
    match part.len() {
        2 => letters,
        3 => digits,
        4 => letters || part.starts_with(|c: char| c.is_ascii_digit()),
        5..=8 => part.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        _ => false,
    }
}

/// The tag of a language that was named by another code or by its name, or the nearest tag.
fn meant(word: &str) -> Option<&'static str> {
    let folded = word.to_lowercase();
    let named = lines().iter().find(|(_, words)| words.split('\t').any(|word| word.to_lowercase() == folded));
    // Of the tags that are as near, one that is written often comes first, and those have two letters.
    let short = || languages().filter(|tag| tag.len() == 2);
    named.map(|(tag, _)| *tag).or_else(|| nearest_start(&folded, short())).or_else(|| {
        let names = || lines().iter().flat_map(|(_, words)| words.split('\t')).filter(|name| name.len() > 3);
        let name = suggest(word, names()).filter(|_| word.len() > 3)?;
        lines().iter().find(|(_, words)| words.split('\t').any(|word| word == name)).map(|(tag, _)| *tag)
    })
}

/// The tag that a code of three letters begins with: “enn” for “en”.
fn nearest_start(word: &str, tags: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    (word.len() == 3).then_some(())?;
    tags.into_iter().find(|tag| word.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_there_are_pass() {
        for tag in [
            "en",
            "fr-CA",
            "pt_BR",
            "zh-Hant-TW",
            "es-419",
            "sr-Latn",
            "de-1996",
            "und",
            "tlh",
            "EN",
            "en-x-house",
            "fil",
            "no",
        ] {
            assert_eq!(check_language(tag), Ok(()), "{tag}");
        }
    }

    #[test]
    fn others_are_refused_with_the_one_that_was_meant() {
        for (tag, help) in [
            ("eng", "did you mean “en”?"),
            ("iw", "did you mean “he”?"),
            ("English", "did you mean “en”?"),
            ("englsh", "did you mean “en”?"),
            ("français", "did you mean “fr”?"),
            ("frn", "did you mean “fr”?"),
            ("enn", "did you mean “en”?"),
            ("enx", "did you mean “en”?"),
            ("fre-CA", "did you mean “fr”?"),
            ("", "a language is written as its tag, such as en, fr or pt-BR"),
            ("en-GBR", "“GBR” is no script, region or variant; they are written as in zh-Hant, en-GB or es-419"),
        ] {
            assert_eq!(check_language(tag), Err(help.to_owned()), "{tag}");
        }
    }

    #[test]
    fn every_language_that_there_is_data_for_is_known() {
        for (tag, _) in crate::source::embedded::LANGUAGES {
            assert_eq!(check_language(tag), Ok(()), "{tag}");
        }
    }
}
