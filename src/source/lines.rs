//! Where lines start.

/// Byte offsets at which lines start; the first is 0. `\n`, `\r\n` and a lone `\r` end a line.
pub(super) fn starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut starts = vec![0];
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let pair = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
        if !pair {
            starts.push(at + 1);
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::starts;

    #[test]
    fn every_kind_of_line_ending_ends_one_line() {
        assert_eq!(starts("a\nb\r\nc\rd"), [0, 2, 5, 7]);
        assert_eq!(starts(""), [0]);
        assert_eq!(starts("\n"), [0, 1]);
    }
}
