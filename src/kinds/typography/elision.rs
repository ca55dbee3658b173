//! `typography/elision`: a blank beside the apostrophe of an elided word.

use crate::diagnostic::Applicability;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "typography/elision", page: include_str!("elision.md"), keys: &[], build };

const BLANKS: [char; 2] = [' ', '\u{A0}'];
/// How far the mark is looked for that closes what an apostrophe may have opened.
const QUOTED: usize = 40;

struct Elision;

fn build(_setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Elision))
}

impl Check for Elision {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let elided = &reading.language().punctuation.elided;
        if elided.is_empty() {
            return;
        }
        for (at, mark) in reading.text().match_indices(['\'', '’']) {
            let Some((word, place)) = torn(reading.text(), at, mark) else { continue };
            if !elided.contains(&word.to_lowercase()) || reading.is_opaque(&place) {
                continue;
            }
            let quoted = reading.is_quoted(&place);
            let applicability = if quoted { Applicability::Unsafe } else { Applicability::Safe };
            let whole = format!("{word}{mark}");
            let finding = out.finding(reading.span(place.clone()), "a blank beside the apostrophe");
            out.push(match reading.edit_span(place) {
                Some(span) => finding.replace(format!("write “{whole}”"), applicability, span, whole),
                None => finding,
            });
        }
    }
}

/// The word before an apostrophe beside which a blank stands, and where it stands with the apostrophe and the blanks.
fn torn<'t>(text: &'t str, at: usize, mark: &str) -> Option<(&'t str, Range<usize>)> {
    let before = &text[..at];
    let head = before.strip_suffix(BLANKS).unwrap_or(before);
    let word = &head[head.trim_end_matches(char::is_alphabetic).len()..];
    let start = head.len() - word.len();
    let after = &text[at + mark.len()..];
    let next = after.trim_start_matches(BLANKS);
    let (blank_before, blank_after) = (head.len() < at, next.len() < after.len());
    let goes_on = next.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '«' | '“' | '"'));
    // After a number it is a sign (5 m'), and inside a word it is none.
    let alone = !text[..start].trim_end_matches(' ').ends_with(|c: char| c.is_numeric())
        && !text[..start].ends_with(['\'', '’', '-', '_']);
    (goes_on && alone && (blank_after || blank_before && !quotes(next))).then(|| (word, start..text.len() - next.len()))
}

/// Whether what begins here is closed by a single mark after a few words: “the variable n 'name'”.
fn quotes(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ');
    let words = text.len() - rest.len();
    let mut marks = rest.chars();
    (1..=QUOTED).contains(&words)
        && matches!(marks.next(), Some('\'' | '’'))
        && !marks.next().is_some_and(char::is_alphabetic)
}
