//! Roman numerals, where nothing else can be meant: two or more of I, V and X, longer ones with L, C, D and M, and those with an ordinal's ending.

/// The value of a word that is a Roman numeral in capitals.
pub(super) fn value(word: &str) -> Option<u32> {
    // "MIX", "LCD" and "CIV" are words: what has larger letters is four letters long and begins as a year or a number of forty and more does.
    let small = word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let large = word.len() >= 4
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C' | b'D' | b'M'))
        && ["MM", "MCM", "MDC", "XL", "LX", "XC"].iter().any(|start| word.starts_with(start));
    if word.len() < 2 || !(small || large) {
        return None;
    }
    read(word)
}

/// The value of an ordinal in Roman numerals, and the length of its numeral: "XXIe", "Ve".
pub(super) fn ordinal(word: &str, endings: &[String]) -> Option<(u32, usize)> {
    let length = word.find(|c: char| !matches!(c, 'I' | 'V' | 'X')).filter(|length| *length > 0)?;
    let ending = &word[length..];
    let known = ending.starts_with(char::is_lowercase) && endings.iter().any(|known| known == ending);
    known.then(|| Some((read(&word[..length])?, length)))?
}

/// What the letters are worth, where they are written as numerals are.
fn read(word: &str) -> Option<u32> {
    let value = word.bytes().rev().fold((0_u32, 0_u32), |(sum, last), letter| {
        let worth = match letter {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            b'D' => 500,
            _ => 1000,
        };
        (if worth < last { sum.saturating_sub(worth) } else { sum + worth }, worth)
    });
    (write(value.0) == word).then_some(value.0)
}

/// A small number as it is written.
fn write(mut number: u32) -> String {
    let mut written = String::new();
    let letters = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    for (worth, letters) in letters {
        while number >= worth && written.len() < 16 {
            written.push_str(letters);
            number -= worth;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{ordinal, value};

    #[test]
    fn only_numerals_as_they_are_written() {
        assert_eq!(value("XXI"), Some(21));
        assert_eq!(value("XIV"), Some(14));
        assert_eq!([value("IIX"), value("X"), value("VIV"), value("MIX")], [None; 4]);
        assert_eq!([value("MMXII"), value("XLII"), value("LIV"), value("XL")], [Some(2012), Some(42), None, None]);
        let endings = ["e".to_owned(), "ème".to_owned()];
        assert_eq!(ordinal("XXIe", &endings), Some((21, 3)));
        assert_eq!([ordinal("Ive", &endings), ordinal("XXI", &endings)], [None; 2]);
    }
}
