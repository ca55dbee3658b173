//! Characters and bytes on disk counted once, at marks along the text, so that a place in a line of 10 MB costs no more than one in a
//! short line.

use super::Encoding;

/// Bytes of text between two marks, about.
const STEP: usize = 4096;

/// Counts up to a byte of the text.
#[derive(Debug, Clone, Copy)]
struct Mark {
    byte: usize,
    chars: usize,
    disk: usize,
}

/// Marks in the order of the text; the first is its start.
#[derive(Debug)]
pub(super) struct Marks(Vec<Mark>);

impl Marks {
    pub fn new(text: &str, encoding: &Encoding) -> Self {
        let mut marks = vec![Mark { byte: 0, chars: 0, disk: encoding.disk_offset(text, 0) }];
        let mut last = marks[0];
        while text.len() - last.byte > STEP {
            let byte = text.ceil_char_boundary(last.byte + STEP);
            last = last.on(&text[last.byte..byte], encoding);
            marks.push(last);
        }
        Marks(marks)
    }

    /// Characters before a byte, which lies on a boundary, and the byte's offset on disk.
    pub fn at(&self, text: &str, byte: usize, encoding: &Encoding) -> (usize, usize) {
        let after = self.0.partition_point(|mark| mark.byte <= byte);
        let mark = self.0[after.saturating_sub(1)];
        let here = mark.on(&text[mark.byte..byte], encoding);
        (here.chars, here.disk)
    }
}

impl Mark {
    /// The mark at the end of a piece that starts at this one.
    fn on(self, piece: &str, encoding: &Encoding) -> Mark {
        Mark {
            byte: self.byte + piece.len(),
            chars: self.chars + piece.chars().count(),
            disk: self.disk + encoding.encoded_len(piece),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::source::Source;

    #[test]
    fn places_far_into_a_line_are_exact_in_every_encoding() {
        let text = "été 🦀 ".repeat(3_000);
        let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let utf_16 = Source::from_bytes("a.txt", utf_16).expect("valid");
        let utf_8 = Source::from_text("a.txt", text.as_str());
        for (count, (byte, _)) in text.char_indices().enumerate().step_by(97) {
            let (a, b) = (utf_8.position(byte), utf_16.position(byte));
            assert_eq!((a.column, a.byte, b.column), (count + 1, byte, count + 1));
            assert_eq!(b.byte, 2 + 2 * text[..byte].encode_utf16().count());
        }
    }
}
