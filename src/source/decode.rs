//! Bytes to text and back: UTF-8, UTF-16 with a byte-order mark, and legacy encodings that are recognised with certainty.
//! Offsets in the decoded text can be turned back into offsets on disk.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE};

/// How a file encodes its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    encoding: &'static encoding_rs::Encoding,
    /// Bytes of the byte-order mark at the start of the file; 0 when there is none.
    mark: usize,
}

/// Why bytes could not be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// The first byte, from 0, that could not be read.
    pub byte: usize,
    /// What was found there, for people.
    pub reason: String,
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "not readable as text: {} at byte {}", self.reason, self.byte)
    }
}

impl std::error::Error for DecodeError {}

impl Encoding {
    /// UTF-8 without a byte-order mark.
    pub fn utf8() -> Self {
        Encoding { encoding: UTF_8, mark: 0 }
    }

    /// The encoding's name, such as `UTF-8` or `windows-1252`.
    pub fn name(&self) -> &'static str {
        self.encoding.name()
    }

    /// The offset on disk of a byte of the decoded text.
    pub fn disk_offset(&self, text: &str, byte: usize) -> usize {
        self.mark + self.encoded_len(&text[..byte])
    }

    /// The bytes of `text` in this encoding, byte-order mark included; `None` when a character has no place in it.
    pub fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let mut bytes = match (self.encoding, self.mark) {
            (_, 0) => Vec::new(),
            (e, _) if e == UTF_16LE => vec![0xFF, 0xFE],
            (e, _) if e == UTF_16BE => vec![0xFE, 0xFF],
            _ => vec![0xEF, 0xBB, 0xBF],
        };
        if self.encoding == UTF_16LE {
            bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        } else if self.encoding == UTF_16BE {
            bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        } else {
            let (encoded, _, lost) = self.encoding.encode(text);
            if lost {
                return None;
            }
            bytes.extend_from_slice(&encoded);
        }
        Some(bytes)
    }

    pub(super) fn encoded_len(&self, text: &str) -> usize {
        if self.encoding == UTF_8 {
            text.len()
        } else if self.encoding == UTF_16LE || self.encoding == UTF_16BE {
            2 * text.encode_utf16().count()
        } else {
            self.encoding.encode(text).0.len()
        }
    }
}

/// Decodes the bytes of a file.
pub(super) fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), DecodeError> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        if encoding == UTF_8 {
            let text = std::str::from_utf8(&bytes[mark..]).map_err(|e| invalid(&bytes, mark + e.valid_up_to()))?;
            return Ok((text.to_owned(), Encoding { encoding, mark }));
        }
        let text = encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
            .ok_or_else(|| DecodeError { byte: mark, reason: format!("invalid {}", encoding.name()) })?;
        return Ok((text.into_owned(), Encoding { encoding, mark }));
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => match memchr::memchr(0, text.as_bytes()) {
            // UTF-16 without a mark and binary files are full of NUL; a stray one is only an invisible character.
            Some(first) if mostly_binary(text.as_bytes()) => {
                return Err(DecodeError { byte: first, reason: "a NUL byte, as in a binary file".into() });
            }
            _ => return Ok((text, Encoding::utf8())),
        },
        Err(error) => error,
    };
    let valid_up_to = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    legacy(&bytes, valid_up_to).ok_or_else(|| invalid(&bytes, valid_up_to))
}

/// Whether control characters make up more than a hundredth of the first 64 KiB.
fn mostly_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1 << 16)];
    let control = head.iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B)).count();
    control * 100 > head.len()
}

/// A legacy encoding, where the detector is sure of it and the bytes decode without loss and encode back to themselves.
fn legacy(bytes: &[u8], first_high: usize) -> Option<(String, Encoding)> {
    if memchr::memchr(0, bytes).is_some() {
        return None;
    }
    // A file that is valid UTF-8 for long stretches of other than ASCII text is broken UTF-8, not a legacy encoding.
    if std::str::from_utf8(&bytes[..first_high]).is_ok_and(|text| !text.is_ascii()) {
        return None;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let (again, _, lost) = encoding.encode(&text);
    let faithful = !lost && *again == *bytes && !text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c));
    // The detector always answers; it is believed when what comes out is plainly a language.
    let sure = faithful && whatlang::detect(&text).is_some_and(|found| found.is_reliable());
    sure.then(|| (text.into_owned(), Encoding { encoding, mark: 0 }))
}

fn invalid(bytes: &[u8], at: usize) -> DecodeError {
    let reason = match bytes.get(at) {
        Some(byte) => format!("0x{byte:02X} is not UTF-8 and no other encoding is certain"),
        None => "the file ends inside a character".into(),
    };
    DecodeError { byte: at, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_no_text_and_counts_on_disk() {
        let (text, encoding) = decode(b"\xEF\xBB\xBFabc".to_vec()).expect("valid");
        assert_eq!(text, "abc");
        assert_eq!(encoding.disk_offset(&text, 1), 4);
        assert_eq!(encoding.encode(&text).expect("encodes"), b"\xEF\xBB\xBFabc");
    }

    #[test]
    fn utf_16_is_read_and_written_back() {
        let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain("é 9".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (text, encoding) = decode(bytes.clone()).expect("valid");
        assert_eq!(text, "é 9");
        assert_eq!(encoding.disk_offset(&text, "é ".len()), 6);
        assert_eq!(encoding.encode(&text).expect("encodes"), bytes);
    }

    #[test]
    fn a_legacy_encoding_is_read_when_it_is_certain() {
        let (bytes, ..) = encoding_rs::WINDOWS_1252
            .encode("La déclaration a été adoptée à l’unanimité par l’assemblée générale réunie à Genève.");
        let (text, encoding) = decode(bytes.to_vec()).expect("certain");
        assert!(text.contains("déclaration a été adoptée"));
        assert_eq!(encoding.disk_offset(&text, "La dé".len()), 5);
    }

    #[test]
    fn a_broken_byte_is_named() {
        let error = decode(b"caf\xC3\xA9 \xFF\xFE\xFD".to_vec()).expect_err("broken");
        assert_eq!(error.byte, 6);
    }
}
