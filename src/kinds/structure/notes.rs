//! `structure/notes`: marks of notes without a note, and notes without a mark.

use crate::document::{BlockKind, Format, InlineKind};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "structure/notes", page: include_str!("notes.md"), keys: &[], build };

struct Notes {
    marks: [Pattern; 2],
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Notes { marks: [Pattern::regex(r"\[\^[^\s\[\]\x{1E}]{1,40}\]"), Pattern::regex(r"\[\d{1,3}\]")] }))
}

impl Check for Notes {
    fn patterns(&self) -> &[Pattern] {
        &self.marks
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        match reading.document.format {
            Format::Markdown => {
                markdown(reading, hits, out);
                plain(reading, hits, out);
            }
            Format::Plain => plain(reading, hits, out),
            Format::Html => {}
        }
    }
}

/// Markdown leaves a mark without a note as it is written, and hides a note without a mark.
fn markdown(reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
    for hit in hits.iter().filter(|hit| hit.pattern == 0 && !reading.is_opaque(&hit.range)) {
        out.push(out.finding(reading.span(hit.range.clone()), "no note belongs to this mark"));
    }
    let marks: Vec<&str> = reading
        .document
        .inlines
        .iter()
        .filter_map(|inline| match &inline.kind {
            InlineKind::NoteMark(label) => Some(label.as_str()),
            _ => None,
        })
        .collect();
    let marks: std::collections::HashSet<&str> = marks.into_iter().collect();
    let source = reading.sources.get(reading.document.source).text();
    let mut at = reading.document.span.start;
    for line in source.get(reading.document.span.clone()).unwrap_or_default().split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((label, _)) = line.strip_prefix("[^").and_then(|rest| rest.split_once("]:")) else { continue };
        // A block of code may show how notes are written.
        let read = reading.document.blocks.iter().any(|block| block.part == crate::document::Part::Notes);
        if read && !label.contains(['[', ']']) && !marks.contains(label) {
            let place = Span::new(reading.document.source, start..start + label.len() + 3);
            out.push(out.finding(place, "no mark leads to this note"));
        }
    }
}

/// In plain text notes begin with their mark at the start of a block: “[1] The note.”
fn plain(reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
    let (mut notes, mut marks) = (BTreeMap::<&str, Range<usize>>::new(), BTreeMap::<&str, Range<usize>>::new());
    for hit in hits.iter().filter(|hit| hit.pattern == 1) {
        let label = reading.slice(hit.range.clone());
        let first = reading.block_at(hit.range.start).is_some_and(|block| block.range.start == hit.range.start);
        let list = if first { &mut notes } else { &mut marks };
        list.entry(label).or_insert_with(|| hit.range.clone());
    }
    if notes.is_empty() && are_counted(reading, &marks) {
        for (_, range) in marks {
            out.push(out.finding(reading.span(range), "no note belongs to this mark"));
        }
        return;
    }
    // One of both kinds shows that the text has notes at all.
    if notes.is_empty() || marks.is_empty() || !notes.keys().any(|label| marks.contains_key(label)) {
        return;
    }
    for (_, range) in marks.iter().filter(|(label, _)| !notes.contains_key(**label)) {
        out.push(out.finding(reading.span(range.clone()), "no note belongs to this mark"));
    }
    for (_, range) in notes.iter().filter(|(label, _)| !marks.contains_key(**label)) {
        out.push(out.finding(reading.span(range.clone()), "no mark leads to this note"));
    }
}

/// Whether marks are counted from one in the order of the text, two or more, behind what they belong to, and nothing below them may be the
/// notes: a list, or a block that begins with a digit.
fn are_counted(reading: &Reading<'_>, marks: &BTreeMap<&str, Range<usize>>) -> bool {
    let mut places: Vec<(&Range<usize>, &str)> = marks.iter().map(|(label, range)| (range, *label)).collect();
    places.sort_by_key(|(range, _)| range.start);
    let counted = places.iter().enumerate().all(|(at, (_, label))| *label == format!("[{}]", at + 1));
    let follows = |(range, _): &(&Range<usize>, &str)| {
        let before = reading.text()[..range.start].trim_end_matches([' ', '\u{A0}']);
        let closes = |c: char| matches!(c, '.' | ',' | ';' | '!' | '?' | ')' | '”' | '»' | '"');
        before.ends_with(|c: char| closes(c) || c.is_alphabetic() && before.len() < range.start)
    };
    let below = places.last().map_or(0, |(range, _)| range.end);
    let list = reading.document.blocks.iter().filter(|block| block.range.start > below).any(|block| {
        let text = reading.document.block_text(block).trim_start();
        matches!(block.kind, BlockKind::ListItem) || text.starts_with(|c: char| c.is_numeric() || c == '(' || c == '[')
    });
    places.len() > 1 && counted && !list && places.iter().all(follows)
}
