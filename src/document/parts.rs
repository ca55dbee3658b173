//! The parts of a release, told by their shape: the date above the text, the release line, the “About …” text, whom to ask, the end
//! mark and the notes after it.

use super::{Block, BlockKind, Document, Part};
use std::ops::Range;

/// Characters of the longest line that is furniture and no paragraph.
const LINE: usize = 200;

/// How the “About …” text begins, in the languages of the releases that were looked at.
const ABOUT: &[&str] =
    &["about ", "à propos ", "a propos ", "acerca de ", "sobre ", "über ", "informazioni su ", "over "];
/// How a contact begins.
const CONTACT: &[&str] = &["contact", "media contact", "press contact", "contacto", "kontakt", "pressekontakt"];
/// How the line begins that says when a text may be used.
const RELEASE: &[&str] = &["for immediate release", "embargo", "pour diffusion immédiate", "sous embargo"];

fn begins(text: &str, words: &[&str]) -> bool {
    // Only the first words are looked at, however long the text is.
    let head: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
    words.iter().any(|word| head.starts_with(word))
}

/// Whether no more than `limit` characters stand in a text.
pub(super) fn within(text: &str, limit: usize) -> bool {
    text.chars().nth(limit).is_none()
}

/// Words that end a release, in the languages of the releases that were looked at; by themselves in capitals, or between dashes.
const ENDS: &[&str] = &["ends", "end", "fin", "ende", "einde", "fim", "fine", "конец"];

/// Whether a line ends the text of a release: “###”, “-30-”, “ENDS”.
pub(super) fn is_end_mark(text: &str) -> bool {
    let text = text.trim();
    if matches!(text, "###" | "# # #" | "***" | "* * *") {
        return true;
    }
    let word = text.trim_matches(['-', '–', '—', ' ']);
    let dashed = text.starts_with(['-', '–', '—']) && text.ends_with(['-', '–', '—']);
    let end = within(word, 8) && ENDS.contains(&word.to_lowercase().as_str());
    dashed && (word == "30" || end) || end && word.len() > 3 && word == text && word == word.to_uppercase()
}

/// Whether the words of a picture are the name of its file.
pub(crate) fn is_file_name(text: &str) -> bool {
    let ending = text.trim_end().rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(
        ending.as_deref(),
        Some("png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "bmp" | "tiff" | "tif" | "heic" | "pdf")
    )
}

/// Whether a line says when a text may be used.
pub(super) fn is_release_line(text: &str) -> bool {
    within(text, LINE) && begins(text, RELEASE)
}

/// Whether a line is the heading of an “About …” text.
pub(super) fn is_about(text: &str) -> bool {
    within(text, LINE / 2) && !text.ends_with(['.', '?', '!', ':']) && begins(text, ABOUT)
}

/// Whether a line says whom to ask.
pub(super) fn is_contact(text: &str) -> bool {
    within(text, LINE) && begins(text, CONTACT)
}

/// Whether a line is only a date: a year and little else.
pub(super) fn is_masthead(text: &str) -> bool {
    within(text, 40) && text.split_whitespace().count() <= 6 && has_year(text)
}

/// Whether a line is a date that begins with its day or its year and a stop, which readers of markup take for the first item of a list:
/// “12. Juli 2012”, “2012. július 12.”.
pub(super) fn is_numbered_date(line: &str) -> bool {
    let Some((number, rest)) = line.split_once(". ") else { return false };
    let Ok(number) = number.parse::<u16>() else { return false };
    let words: Vec<&str> = rest.split_whitespace().take(3).map(|word| word.trim_end_matches('.')).collect();
    let [first, second] = words.as_slice() else { return false };
    let month = first.chars().count() > 2 && first.chars().all(char::is_alphabetic);
    let value = second.parse::<u16>().unwrap_or_default();
    let (day, year) = (1..=31, 1900..2100);
    month && (day.contains(&number) && year.contains(&value) || year.contains(&number) && day.contains(&value))
}

/// Whether a paragraph begins with place and date: “[Geneva, 9 July 2012] --”, “GENEVA, 9 July 2012 –”.
pub(super) fn is_dateline(text: &str) -> bool {
    let head: String = text.chars().take(90).collect();
    let ends = ["] ", "]-", " -- ", " – ", " — ", " - ", ": "];
    let Some(end) = ends.iter().filter_map(|sign| head.find(sign)).min() else { return false };
    let place = &head[..end];
    place.chars().next().is_some_and(|c| c == '[' || c.is_uppercase()) && has_year(place) && place.contains(',')
}

fn has_year(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// Tells the parts of a document whose markup does not: blocks that its reader took for the body.
pub(super) fn assign(document: &mut Document) {
    let Document { blocks, text, inlines, .. } = document;
    let strong = |range: &Range<usize>| {
        let at = inlines.partition_point(|inline| inline.range.start < range.start);
        inlines.get(at).is_some_and(|inline| inline.range == *range && inline.kind == super::InlineKind::Strong)
    };
    // The part that goes on, and the level of the heading that began it.
    let (mut part, mut level): (Part, Option<u8>) = (Part::Body, None);
    let mut before_body = true;
    for Block { kind, part: own, range, .. } in blocks.iter_mut().filter(|block| block.part == Part::Body) {
        let words = &text[range.clone()];
        let heading = match kind {
            BlockKind::Heading(level) => Some(*level),
            // A paragraph that is strong as a whole is a heading to its readers.
            BlockKind::Paragraph if range.start < range.end && strong(range) => Some(6),
            _ => None,
        };
        if heading.is_some_and(|this| level.is_none_or(|began| this <= began)) && part != Part::Notes {
            (part, level) = (Part::Body, None);
        }
        match heading {
            Some(this) if is_about(words) => (part, level) = (Part::Boilerplate, Some(this)),
            Some(this) if is_contact(words) => (part, level) = (Part::Contact, Some(this)),
            _ => {}
        }
        *own = part;
        if *kind == BlockKind::Paragraph {
            if is_end_mark(words) {
                (*own, part, level) = (Part::EndMark, Part::Notes, None);
            } else if before_body && is_release_line(words) {
                *own = Part::ReleaseLine;
            } else if before_body && is_masthead(words) {
                *own = Part::Masthead;
            } else if range.start < range.end {
                before_body = false;
            }
        }
    }
}
