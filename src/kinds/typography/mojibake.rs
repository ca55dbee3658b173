//! `typography/mojibake`: letters that were written in UTF-8 and read in another encoding.

use crate::diagnostic::Applicability;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "typography/mojibake", page: include_str!("mojibake.md"), keys: &[], build };

/// What the bytes of UTF-8 look like in Windows-1252: a lead byte and its continuation, several times over.
const BYTES: &str = "(?:[\u{C2}-\u{F4}][\u{80}-\u{BF}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3})+";

struct Mojibake {
    bytes: [Pattern; 1],
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Mojibake { bytes: [Pattern::regex(BYTES)] }))
}

impl Check for Mojibake {
    fn patterns(&self) -> &[Pattern] {
        &self.bytes
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        for hit in hits {
            let found = reading.slice(hit.range.clone());
            let before = reading.text()[..hit.range.start].chars().next_back();
            let Some(meant) = meant(found, before) else { continue };
            let finding = out.finding(
                reading.span(hit.range.clone()),
                format!("“{found}” was “{meant}” before it was read wrongly"),
            );
            out.push(match reading.edit_span(hit.range.clone()) {
                Some(span) => finding.replace(format!("write “{meant}”"), Applicability::Unsafe, span, meant),
                None => finding,
            });
        }
    }
}

/// What was written before it was read in the wrong encoding; `None` where the characters can be meant as they stand.
fn meant(found: &str, before: Option<char>) -> Option<String> {
    // A word in capitals before a closing mark, such as « LIBERTÉ», looks like it by chance.
    let chance = found.chars().count() == 2
        && before.is_some_and(|c| !c.is_lowercase())
        && found.ends_with(['»', '”', '“', '’', '‘', '…', '–', '—', '\u{A0}', '«', '•', '‹', '›']);
    if chance {
        return None;
    }
    let text = decoded(found)?;
    // Twice read wrongly, twice read back.
    let text = decoded(&text).unwrap_or(text);
    let strange = |c: char| !is_usual(c);
    let letters = text.chars().count();
    let usual = !text.contains(strange) || letters > 1 && text.chars().all(|c| matches!(c as u32, 0x370..=0x52F));
    usual.then_some(text)
}

/// The bytes of a text in Windows-1252, read as UTF-8.
fn decoded(text: &str) -> Option<String> {
    let bytes: Option<Vec<u8>> = text
        .chars()
        .map(|c| match c as u32 {
            // Windows leaves five bytes undefined, which browsers read as control characters.
            0x81 | 0x8D | 0x8F | 0x90 | 0x9D => Some(c as u8),
            _ => {
                let one = c.to_string();
                let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(&one);
                (!failed && bytes.len() == 1).then(|| bytes[0])
            }
        })
        .collect();
    let text = String::from_utf8(bytes?).ok()?;
    (!text.is_ascii()).then_some(text)
}

/// Characters of western and central European texts, and pictures.
fn is_usual(c: char) -> bool {
    matches!(c as u32, 0xA0..=0x17F | 0x2013..=0x2026 | 0x202F | 0x20AC | 0x2122 | 0x1F300..=0x1FAFF)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn what_was_read_wrongly_is_read_back_and_what_is_meant_stands() {
        assert_eq!(meant("Ã©", Some('t')).as_deref(), Some("é"));
        assert_eq!(meant("â€™", Some('l')).as_deref(), Some("’"));
        assert_eq!(meant("Ã\u{192}Â©", Some('t')).as_deref(), Some("é"));
        assert_eq!(meant("Ð¼Ð¸Ñ€", None).as_deref(), Some("мир"));
        assert_eq!(meant("É»", Some('T')), None);
        assert_eq!(meant("Ã»", Some('M')), None);
        assert_eq!(meant("Ä“", Some(' ')), None);
    }
}
