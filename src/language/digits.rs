//! The decimal digits of all scripts.

/// The code points of zero in every script that writes decimal digits (general category Nd of the Unicode Character Database 14.0.0), in
/// order; one to nine follow each.
const ZEROS: &[u32] = &[
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0,
    0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50, 0x11DA0, 0x16A60,
    0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950, 0x1FBF0,
];

/// The value of a decimal digit of any script.
pub fn value(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let code = u32::from(c);
    // Letters of most texts: Latin, Greek and Cyrillic before the first of these digits, kana and Han in the widest gap.
    if code < 0x660 || (0x1C5A..0xA620).contains(&code) {
        return None;
    }
    let after = ZEROS.partition_point(|&zero| zero <= code);
    ZEROS[..after].last().map(|zero| code - zero).filter(|&value| value < 10)
}

/// The value of a Han character that numbers are written with, up to ten (Unihan, kPrimaryNumeric); 元 is the first year of an era.
pub fn han(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' | '元' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn digits_of_any_script() {
        assert_eq!(
            "0٣۹０९x".chars().map(value).collect::<Vec<_>>(),
            [Some(0), Some(3), Some(9), Some(0), Some(9), None]
        );
    }
}
