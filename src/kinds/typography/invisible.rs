//! `typography/invisible`: characters that nobody sees, or that only look like letters.

use crate::diagnostic::Applicability;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The kind.
pub const KIND: Kind = Kind { name: "typography/invisible", page: include_str!("invisible.md"), keys: &[], build };

/// Candidates; whether one is wrong where it stands is told from its neighbours.
const CHARACTERS: &str = "[\u{0}-\u{8}\u{B}\u{C}\u{E}-\u{1D}\u{1F}\u{7F}-\u{9F}\u{AD}\u{200B}-\u{200F}\u{2028}-\u{202E}\u{2066}-\u{2069}\u{E000}-\u{F8FE}\u{FB00}-\u{FB06}\u{FEFF}]+";

struct Invisible {
    characters: [Pattern; 1],
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Invisible { characters: [Pattern::regex(CHARACTERS)] }))
}

impl Check for Invisible {
    fn patterns(&self) -> &[Pattern] {
        &self.characters
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let source = reading.sources.get(reading.document.source).text();
        let mut script = Script { reading, known: None };
        for hit in hits {
            let found = reading.slice(hit.range.clone());
            // One that is written as an entity (&shy;) was meant.
            let written = reading.span(hit.range.clone());
            if source.get(written.range()).is_some_and(|text| text.starts_with('&')) || !wrong(&mut script, &hit.range)
            {
                continue;
            }
            let Some(first) = found.chars().next() else { continue };
            let finding = out.finding(written, format!("{} in the text", name(first)));
            let replacement: String = found.chars().map(instead).collect();
            out.push(match reading.edit_span(hit.range.clone()) {
                // What a private character meant, nobody knows.
                Some(_) if is_private(first) => finding,
                Some(span) if replacement.is_empty() => {
                    finding.replace("leave it out", Applicability::Safe, span, replacement)
                }
                Some(span) => finding.replace(format!("write “{replacement}”"), Applicability::Safe, span, replacement),
                None => finding,
            });
        }
    }
}

/// Whether the characters of a range do not belong where they stand.
fn wrong(script: &mut Script<'_, '_>, range: &Range<usize>) -> bool {
    let reading = script.reading;
    let before = reading.text()[..range.start].chars().next_back();
    let after = reading.text()[range.end..].chars().next();
    // Joiners shape Arabic and Indic letters and emoji, and zero-width spaces part words in Thai, Khmer and their like: they are
    // looked at only between letters of scripts that have no use for them.
    let plain = |c: Option<char>| {
        c.is_none_or(|c| {
            (c as u32) < 0x530 || c.is_whitespace() || matches!(c as u32, 0x1E00..=0x2027 | 0x2030..=0x206F)
        })
    };
    reading.slice(range.clone()).chars().all(|c| match c {
        '\u{200B}'..='\u{200D}' => plain(before) && plain(after),
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            !script.is_right_to_left(range.start)
        }
        _ => true,
    })
}

/// Which blocks have letters that run from right to left.
struct Script<'a, 'r> {
    reading: &'a Reading<'r>,
    /// The last block that was asked for, and whether it has: a block of many marks is looked through once.
    known: Option<(Range<usize>, bool)>,
}

impl Script<'_, '_> {
    /// Whether the block at a place has any.
    fn is_right_to_left(&mut self, at: usize) -> bool {
        let is = |c: char| matches!(c as u32, 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF);
        if let Some((_, has)) = self.known.as_ref().filter(|(block, _)| block.contains(&at)) {
            return *has;
        }
        let Some(block) = self.reading.block_at(at) else { return false };
        let has = self.reading.document.block_text(block).contains(is);
        self.known = Some((block.range.clone(), has));
        has
    }
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FE}')
}

/// What stands instead of a character: the letters of a ligature, what Windows meant by a control character, or nothing.
fn instead(c: char) -> String {
    match c {
        '\u{FB00}'..='\u{FB06}' => std::iter::once(c).nfkc().collect(),
        '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => " ".into(),
        '\u{80}'..='\u{9F}' => {
            let byte = [c as u8];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().filter(|c| !c.is_control()).collect()
        }
        _ => String::new(),
    }
}

/// What a character is called, with its number.
fn name(c: char) -> String {
    let name = match c {
        '\u{AD}' => "a soft hyphen",
        '\u{200B}' => "a zero-width space",
        '\u{200C}' | '\u{200D}' => "a zero-width joiner",
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => "a mark of direction",
        '\u{2028}' | '\u{2029}' => "a line separator",
        '\u{FEFF}' => "a byte-order mark",
        '\u{FB00}'..='\u{FB06}' => "a ligature as one character",
        _ if is_private(c) => "a character without a meaning of its own",
        _ => "a control character",
    };
    format!("{name} (U+{:04X})", c as u32)
}
