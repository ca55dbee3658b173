//! The language of a text from the text itself, where that is certain.

use super::Document;
use whatlang::Lang;

/// Bytes of a text that are looked at; more tell no more.
const ENOUGH: usize = 4_000;
/// Letters below which a text is too short to tell.
const TOO_FEW: usize = 40;

/// The tag of the language, where it is certain.
pub(super) fn language(document: &Document) -> Option<&'static str> {
    of(&document.text)
}

/// The tag of the language of a text, where it is certain.
pub fn of(text: &str) -> Option<&'static str> {
    let text = &text[..text.floor_char_boundary(ENOUGH)];
    if text.chars().filter(|c| c.is_alphabetic()).count() < TOO_FEW {
        return None;
    }
    let found = whatlang::detect(text).filter(whatlang::Info::is_reliable)?;
    TAGS.iter().find(|(language, _)| *language == found.lang()).map(|(_, tag)| *tag)
}

/// Which of two languages, by their two-letter tags, a text is written in, where that is certain.
pub fn between(text: &str, one: &str, other: &str) -> Option<&'static str> {
    let lang = |tag: &str| TAGS.iter().find(|(_, known)| *known == tag).map(|(lang, _)| *lang);
    let (one, other) = (lang(one)?, lang(other)?);
    if one == other || text.chars().filter(|c| c.is_alphabetic()).count() < TOO_FEW / 2 {
        return None;
    }
    let found = whatlang::Detector::with_allowlist(vec![one, other]).detect(text)?;
    TAGS.iter().find(|(language, _)| *language == found.lang()).map(|(_, tag)| *tag)
}

/// The two-letter tags of ISO 639-1.
const TAGS: &[(Lang, &str)] = &[
    (Lang::Ara, "ar"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tha, "th"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Vie, "vi"),
];
