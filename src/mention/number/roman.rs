//! Roman numerals, where nothing else can be meant: two or more of I, V and X.

/// The value of a word that is a Roman numeral in capitals.
pub(super) fn value(word: &str) -> Option<u32> {
    if word.len() < 2 || !word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) {
        return None;
    }
    let value = word.bytes().rev().fold((0_u32, 0_u32), |(sum, last), letter| {
        let worth = match letter {
            b'I' => 1,
            b'V' => 5,
            _ => 10,
        };
        (if worth < last { sum.saturating_sub(worth) } else { sum + worth }, worth)
    });
    (write(value.0) == word).then_some(value.0)
}

/// A small number as it is written.
fn write(mut number: u32) -> String {
    let mut written = String::new();
    for (worth, letters) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while number >= worth && written.len() < 16 {
            written.push_str(letters);
            number -= worth;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn only_numerals_as_they_are_written() {
        assert_eq!(value("XXI"), Some(21));
        assert_eq!(value("XIV"), Some(14));
        assert_eq!([value("IIX"), value("X"), value("VIV"), value("MIX")], [None; 4]);
    }
}
