//! `structure/brackets`: a round bracket without its counterpart.

use crate::document::{BlockKind, SEPARATOR};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "structure/brackets", page: include_str!("brackets.md"), keys: &[], build };

struct Brackets {
    brackets: [Pattern; 1],
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Brackets { brackets: [Pattern::regex("[()]")] }))
}

impl Check for Brackets {
    fn patterns(&self) -> &[Pattern] {
        &self.brackets
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let document = reading.document;
        let mut rest = hits;
        // What is open at the end of a block may be closed in one of the next: “(The first.¶ The second.)”.
        let mut carried: Option<Range<usize>> = None;
        for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
            let inside = rest.partition_point(|hit| hit.range.start < block.range.end);
            let (mine, later) = rest.split_at(inside);
            rest = later;
            if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title) {
                report(reading, carried.take(), "closes", out);
            }
            let mut open: Vec<Range<usize>> = Vec::new();
            let mut stray = None;
            for hit in mine.iter().filter(|hit| hit.range.start >= block.range.start) {
                let place = hit.range.clone();
                if reading.is_opaque(&place) {
                    continue;
                }
                // A face at the end of an aside often closes it too: “(thanks :)”.
                let smiley = is_smiley(reading, &place);
                if reading.slice(place.clone()) == "(" {
                    if !smiley {
                        open.push(place);
                    }
                } else if smiley && reading.text()[place.end..].trim_start().starts_with(')') {
                    // The face is complete, and the next bracket ends the aside: “(thanks :) )”.
                } else if open.pop().is_none()
                    && carried.take().is_none()
                    && !smiley
                    && !is_mark(reading, &place)
                    && !is_interval(reading, &place)
                {
                    stray = stray.or(Some(place));
                }
            }
            report(reading, stray, "opens", out);
            // A link that was not read as one is another rule's.
            let is_link = |place: &&Range<usize>| reading.text()[..place.start].ends_with(']');
            if let Some(unclosed) = open.iter().find(|place| !is_link(place) && !begins_interval(reading, place)) {
                report(reading, carried.replace(unclosed.clone()), "closes", out);
            }
        }
        report(reading, carried, "closes", out);
    }
}

fn report(reading: &Reading<'_>, place: Option<Range<usize>>, missing: &str, out: &mut Findings<'_>) {
    if let Some(place) = place {
        // With a word, so that it can be found.
        let text = reading.text();
        let end = match missing {
            "closes" => text[place.end..].find([' ', SEPARATOR]).map_or(text.len(), |at| place.end + at),
            _ => place.end,
        };
        let start = match missing {
            "closes" => place.start,
            _ => text[..place.start].rfind([' ', SEPARATOR]).map_or(0, |at| at + 1),
        };
        out.push(out.finding(reading.span(start..end), format!("nothing {missing} this bracket")));
    }
}

/// Bytes of the longest face.
const FACE: usize = 40;

/// Whether a bracket is the mouth of a face: “:)”, “;-)”, “:(”.
fn is_smiley(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    // “;(see below)”: a word follows a bracket, and no face.
    let word = reading.text()[place.end..].starts_with(char::is_alphanumeric);
    if word && reading.slice(place.clone()) == "(" {
        return false;
    }
    let before = &reading.text()[..place.start];
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(FACE))..];
    let before = before.trim_end_matches(['-', '~', '\'', '^', '(', ')']);
    before.ends_with([':', ';', '^', '_'])
        || reading.text()[place.end..].starts_with([':', ';']) && reading.slice(place.clone()) == "("
}

/// Bytes of the longest interval.
const INTERVAL: usize = 40;

/// Whether a closing bracket ends an interval that leaves out its end: “[0, 1)”, “<0.4.0, 0.9.0)”.
fn is_interval(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let before = &reading.text()[..place.start];
    let open = before.rfind(['[', ']', '(', ')', '<', '>', '≤', '≥']).filter(|&at| place.start - at <= INTERVAL);
    open.is_some_and(|at| {
        let within = before[at..].trim_start_matches(['<', '>', '≤', '≥', '=']);
        within.contains([',', ';']) && (within.starts_with('[') || is_numeric(within))
    })
}

/// Whether an opening bracket begins an interval that leaves out its beginning: “(0, 1]”, “(1.2, <2.0]”, “(a, b]”.
fn begins_interval(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let after = &reading.text()[place.end..];
    let Some(close) = after.find([']', '[', '(', ')', SEPARATOR]).filter(|&at| at <= INTERVAL) else { return false };
    let bounds = after[..close].split([',', ';']).map(str::trim);
    after[close..].starts_with([']', '[']) && bounds.clone().count() == 2 && bounds.clone().all(is_bound)
}

/// Whether words are one end of an interval: a figure, a version or a single letter.
fn is_bound(text: &str) -> bool {
    is_numeric(text) || text.chars().count() == 1
}

/// Whether words are figures, versions and what stands between them.
fn is_numeric(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(|c| !c.is_alphabetic() || matches!(c, 'v' | 'x'))
}

/// Whether a closing bracket ends the mark of a list: “a)”, “12)”, “iv)”.
fn is_mark(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let before = &reading.text()[..place.start];
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or_default();
    (1..=4).contains(&word.chars().count())
        && (word.chars().all(|c| c.is_ascii_digit() || c == '.')
            || word.chars().count() == 1
            || word.chars().all(|c| "ivxIVX".contains(c)))
}
