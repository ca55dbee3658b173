//! What two language versions of a passage may share whatever their words: figures, addresses, names and cognates.

use crate::language::digits;
use crate::language::spellout::is_unspaced;
use std::collections::BTreeSet;

/// How much an anchor tells, before its rarity is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AnchorClass {
    /// A date.
    Date,
    /// A link or an e-mail address.
    Link,
    /// A figure.
    Number,
    /// A name in Latin script.
    Name,
    /// The first four letters of a word.
    Cognate,
}

impl AnchorClass {
    /// The weight that its rarity is multiplied by.
    pub fn weight(self) -> f32 {
        match self {
            AnchorClass::Date => 2.5,
            AnchorClass::Link => 2.0,
            AnchorClass::Number => 1.6,
            AnchorClass::Name => 1.3,
            AnchorClass::Cognate => 0.9,
        }
    }
}

/// A key that two versions share when they speak of the same thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor {
    /// How much it tells.
    pub class: AnchorClass,
    /// What must be equal.
    pub key: String,
}

/// Letters of the prefix by which cognates are known.
const PREFIX: usize = 4;

/// The anchors that the bare text shows, each once, in a fixed order.
pub fn anchors(text: &str) -> Vec<Anchor> {
    let mut found = BTreeSet::new();
    let mut add = |class, key: String| found.insert(Anchor { class, key });
    for piece in text.split_whitespace() {
        if piece.contains("://") || (piece.contains('@') && piece.contains('.')) {
            add(AnchorClass::Link, address(piece));
            continue;
        }
        for word in piece.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if word.chars().any(char::is_numeric) {
                // Scripts without spaces put figures and words together: “2045年12月31日”.
                let keys = match word.chars().any(is_unspaced) {
                    true => figures(word).collect(),
                    false => vec![word.chars().flat_map(char::to_lowercase).map(ascii).collect()],
                };
                for key in keys {
                    add(AnchorClass::Number, key);
                }
                continue;
            }
            let folded: Vec<char> = word.chars().flat_map(char::to_lowercase).map(plain).collect();
            if word.chars().next().is_some_and(char::is_uppercase) && folded.len() >= 2 {
                add(AnchorClass::Name, folded.iter().collect());
            }
            if folded.len() >= PREFIX {
                add(AnchorClass::Cognate, folded.iter().take(PREFIX).collect());
            }
        }
    }
    found.into_iter().collect()
}

/// The groups of figures in a word.
fn figures(word: &str) -> impl Iterator<Item = String> + '_ {
    let groups = word.split(|c: char| digits::value(c).is_none()).filter(|group| !group.is_empty());
    groups.map(|group| group.chars().map(ascii).collect())
}

/// A digit of any script as one of ASCII; every other character as it is.
fn ascii(c: char) -> char {
    digits::value(c).and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

/// An address without what differs between language versions of a page: scheme, closing marks, letter case.
fn address(piece: &str) -> String {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
    let bare = bare.rsplit_once("://").map_or(bare, |(_, rest)| rest);
    bare.trim_end_matches('/').to_lowercase()
}

/// A letter without its accent.
pub(super) fn plain(letter: char) -> char {
    let mut base = letter;
    unicode_normalization::char::decompose_canonical(letter, |part| {
        if !unicode_normalization::char::is_combining_mark(part) {
            base = part;
        }
    });
    base
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_names_addresses_and_cognates_are_anchors() {
        let found = anchors("Éva counted 1950 stations (https://Example.org/a/).");
        let has = |class, key: &str| found.contains(&Anchor { class, key: key.to_owned() });
        assert!(has(AnchorClass::Name, "eva"));
        assert!(has(AnchorClass::Number, "1950"));
        assert!(has(AnchorClass::Cognate, "stat"));
        assert!(has(AnchorClass::Link, "example.org/a"));
    }

    #[test]
    fn figures_between_letters_of_scripts_without_spaces_are_anchors() {
        let found = anchors("宪章约束41个国家，至2045年12月３１日。");
        let numbers: Vec<&str> = found.iter().filter(|a| a.class == AnchorClass::Number).map(|a| &*a.key).collect();
        assert_eq!(numbers, ["12", "2045", "31", "41"]);
    }

    #[test]
    fn punctuation_is_none() {
        assert!(anchors("— … !").is_empty());
    }
}
