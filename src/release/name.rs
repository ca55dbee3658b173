//! Names as two language versions write them: the words of a name stand alike in both where the script is one. When two words that differ
//! are one name with a slip of the hand, and when they are two spellings that languages give one name, or a name and its ending.

use super::anchor::plain;
use std::collections::HashMap;

/// A word as names are compared: in lower case, without accents.
pub fn folded(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// How often each word of a text stands in it, as names are compared; addresses and code included, for they absolve too.
pub fn vocabulary(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(folded(word)).or_default() += 1;
    }
    counts
}

/// Letters that languages write for each other in names and in words of one root: v and w, c and k, c and t, y, i and j; and every vowel
/// for every other.
const ALIKE: &[&str] =
    &["aeiouy", "ijy", "vw", "ckq", "sz", "bv", "dt", "gj", "xs", "kh", "gh", "cs", "ct", "tz", "fv"];
/// Letters that one language adds where another does not: Gorbachev and Gorbatchev, Jon and John, Kutuzov and Koutouzov.
const MUTE: &str = "hteioyu";

/// Where two words differ: what stands between their common beginning and their common end.
struct Apart {
    before: usize,
    one: Vec<char>,
    other: Vec<char>,
    after: usize,
}

fn apart(one: &str, other: &str) -> Apart {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let before = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let rest = one.len().min(other.len()) - before;
    let after = one.iter().rev().zip(other.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    Apart {
        before,
        one: one[before..one.len() - after].to_vec(),
        other: other[before..other.len() - after].to_vec(),
        after,
    }
}

/// Whether two folded words are one name with a slip: a letter too few or too many, a wrong one, two that changed places. What differs in
/// the last `ending` letters may be an ending, and letters that languages write for each other are no slip.
pub fn is_slip(one: &str, other: &str, ending: usize) -> bool {
    let Apart { before, one, other, after } = apart(one, other);
    // A letter that slipped past one or two others: “Wullie” and “Wuille”. Letters that changed places are no ending.
    let past = |one: &[char], other: &[char]| match (one.split_first(), other.split_last()) {
        (Some((first, rest)), Some((last, before))) => first == last && rest == before && (1..=2).contains(&rest.len()),
        _ => false,
    };
    let turned = past(&one, &other) || past(&other, &one);
    if before + after < 3 {
        return false;
    }
    match (one.as_slice(), other.as_slice()) {
        _ if turned => after > 0,
        _ if after < ending => false,
        ([a], [b]) => !ALIKE.iter().any(|letters| letters.contains(*a) && letters.contains(*b)),
        ([a], []) | ([], [a]) => !MUTE.contains(*a),
        _ => false,
    }
}

/// Whether two folded words differ in a letter that one has twice, as words of one root often do: address and adresse.
pub fn is_doubled(one: &str, other: &str) -> bool {
    let (longer, shorter) = if one.len() > other.len() { (one, other) } else { (other, one) };
    let apart = apart(longer, shorter);
    let letters: Vec<char> = longer.chars().collect();
    let ([letter], []) = (apart.one.as_slice(), apart.other.as_slice()) else { return false };
    apart.before.checked_sub(1).and_then(|at| letters.get(at)) == Some(letter)
}

/// Whether two folded words may be one word with different endings.
pub fn is_inflected(one: &str, other: &str) -> bool {
    let Apart { before, one, other, after } = apart(one, other);
    let rest = |letters: &[char]| letters.len() + after;
    before >= 3 && rest(&one) <= 3 && rest(&other) <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand() {
        for (one, other) in [
            ("wuille", "wullie"),
            ("brenner", "brnener"),
            ("lightning", "lighting"),
            ("lindqvist", "lindqist"),
            ("brenner", "brener"),
            ("halvorsen", "halvorzen"),
        ] {
            assert_eq!(is_slip(one, other, 1), (one, other) != ("halvorsen", "halvorzen"), "{one} {other}");
        }
    }

    #[test]
    fn spellings_of_languages_and_endings_are_no_slips() {
        for (one, other) in [
            ("gorbachev", "gorbatchev"),
            ("abeba", "ababa"),
            ("vladimir", "wladimir"),
            ("yeltsin", "ieltsin"),
            ("elizabeth", "elisabeth"),
            ("center", "centre"),
            ("canada", "canadas"),
            ("leone", "leona"),
            ("pavel", "pavla"),
            ("valk", "volk"),
        ] {
            assert!(!is_slip(one, other, 2), "{one} {other}");
        }
        assert!(is_doubled("adress", "address") && !is_doubled("lighting", "lightning"));
        assert!(is_inflected("bob", "bobem") && is_inflected("alice", "alici") && !is_inflected("alice", "carol"));
    }

    #[test]
    fn nothing_makes_comparing_fail() {
        for (one, other) in [("", ""), ("a", ""), ("", "abc"), ("abc", "cba"), ("éé", "é")] {
            let _ = (is_slip(one, other, 0), is_doubled(one, other), is_inflected(one, other));
        }
        assert_eq!(folded("Éva"), "eva");
        assert_eq!(vocabulary("Éva, eva — EVA 2")["eva"], 3);
    }
}
