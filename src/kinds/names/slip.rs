//! Slips of the hand: how one spelling of a name comes of another.

use crate::mention::word::fold;

/// What a hand did to a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Accents left out or put in.
    Accent,
    /// Two neighbours exchanged, or a letter two places off.
    Swap,
    /// A letter doubled, or one of a double left out.
    Double,
    /// A letter left out or put in.
    Extra,
    /// A consonant for another letter.
    Changed,
    /// A vowel for another.
    Vowel,
}

/// How one word comes of another by one slip inside it; `None` where they are equal, or further apart, or differ at their first letter or
/// in what may be an ending.
pub fn slip(one: &str, two: &str) -> Option<Slip> {
    between(one, two, false)
}

/// How one word comes of another by one slip, which may lie in what is an ending elsewhere, but no letter is put behind it: for languages that
/// decline no names.
pub fn slip_at_end(one: &str, two: &str) -> Option<Slip> {
    between(one, two, true)
}

fn between(one: &str, two: &str, at_end: bool) -> Option<Slip> {
    if one.to_lowercase() == two.to_lowercase() {
        return None;
    }
    let (a, b): (Vec<char>, Vec<char>) = (fold(one).chars().collect(), fold(two).chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    if a.len() == b.len() {
        return same_length(&a, &b, same, at_end);
    }
    let (long, short) = if a.len() > b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() != short.len() + 1 || long[same + 1..] != short[same..] {
        return None;
    }
    // Of a double letter, the second one differs first.
    let doubled = same > 0 && long[same] == long[same - 1];
    match doubled {
        true => Some(Slip::Double),
        // An ending may be one letter longer.
        false => (same > 0 && same + if at_end { 1 } else { 2 } < long.len()).then_some(Slip::Extra),
    }
}

fn same_length(a: &[char], b: &[char], same: usize, at_end: bool) -> Option<Slip> {
    if same == a.len() {
        return Some(Slip::Accent);
    }
    let (inside, vowel) = (same > 0, |c: char| "aeiouyаеёиоуыэюя".contains(c));
    let rest = same + 1;
    if a[rest..] == b[rest..] {
        let (vowels, last) = (vowel(a[same]) && vowel(b[same]), a.len() - 1 - same);
        let ending = last == 0 || last == 1 && (vowel(a[same]) || vowel(b[same]));
        let kind = if vowels { Slip::Vowel } else { Slip::Changed };
        return (inside && (at_end && last > 0 || !ending)).then_some(kind);
    }
    // A letter that comes one place too early or too late, or two: uil, lui, ilu.
    let moved = (2..=3).find(|length| {
        let end = same + length;
        let (Some(one), Some(two)) = (a.get(same..end), b.get(same..end)) else { return false };
        let turned = one[1..] == two[..length - 1] && one[0] == two[length - 1];
        let back = two[1..] == one[..length - 1] && two[0] == one[length - 1];
        (turned || back) && a[end..] == b[end..]
    });
    moved.filter(|length| inside && (at_end || same + length < a.len())).map(|_| Slip::Swap)
}

/// What two words that are one slip apart share: hashes of the folded word, and of the word without one of its letters.
pub fn keys(word: &str) -> Vec<u64> {
    let letters: Vec<char> = fold(word).chars().take(LONGEST).collect();
    // Sums over the letters, each times a power of the base by its place, and the same one place further left: what stands behind a gap
    // moves up.
    let (mut power, mut behind) = (1u64, 0u64);
    let (mut sums, mut moved) = (vec![0u64], vec![0u64]);
    for letter in &letters {
        let letter = u64::from(*letter);
        sums.push(sums[sums.len() - 1].wrapping_add(letter.wrapping_mul(power)));
        moved.push(moved[moved.len() - 1].wrapping_add(letter.wrapping_mul(behind)));
        (behind, power) = (power, power.wrapping_mul(BASE));
    }
    let whole = moved[letters.len()];
    let mut keys: Vec<u64> =
        (0..letters.len()).map(|gap| sums[gap].wrapping_add(whole.wrapping_sub(moved[gap + 1]))).collect();
    keys.push(sums[letters.len()]);
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The base of the hashes: odd, and with bits everywhere.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Letters of a word that are looked at.
const LONGEST: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_inside_a_word_are_told_from_endings_and_other_words() {
        let cases = [
            ("Mutson", "Muston", Some(Slip::Swap)),
            ("Wullie", "Wuille", Some(Slip::Swap)),
            ("Russel", "Russell", Some(Slip::Double)),
            ("Tumblweed", "Tumbleweed", Some(Slip::Extra)),
            ("Tutanova", "Tutanota", Some(Slip::Changed)),
            ("Columbia", "Colombia", Some(Slip::Vowel)),
            ("Haydee", "Haydée", Some(Slip::Accent)),
            ("Christian", "Christina", None),
            ("Christie", "Christine", None),
            ("Hansen", "Hanson", None),
            ("Windows", "Window", None),
            ("Praha", "Prahy", None),
            ("Gambia", "Zambia", None),
            ("Lake", "Lake", None),
        ];
        for (one, two, wanted) in cases {
            assert_eq!((slip(one, two), slip(two, one)), (wanted, wanted), "{one} {two}");
            if wanted.is_some() {
                let others = keys(two);
                assert!(keys(one).iter().any(|key| others.contains(key)), "{one} {two}");
            }
        }
    }
}
