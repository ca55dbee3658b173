//! `structure/dateline`: the place and the date that a release begins with: missing, there twice, or not in capitals.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::{BlockKind, Part};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashMap;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/dateline",
    page: include_str!("dateline.md"),
    keys: &[Key::required("report", Shape::OneOf(&["twice", "missing", "capitals"]), "What is reported.")],
    build,
};

/// Bytes of the longest place.
const PLACE: usize = 60;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Report {
    Twice,
    Missing,
    Capitals,
}

struct Dateline {
    report: Report,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let report = match setup.table.text("report") {
        Some("missing") => Report::Missing,
        Some("capitals") => Report::Capitals,
        _ => Report::Twice,
    };
    Ok(Box::new(Dateline { report }))
}

/// The dateline that a paragraph begins with.
struct Found {
    /// From the place to the end of the date.
    range: Range<usize>,
    place: Range<usize>,
}

impl Check for Dateline {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let found = datelines(reading);
        match self.report {
            Report::Twice => {
                let mut first: HashMap<&str, &Range<usize>> = HashMap::new();
                for line in &found {
                    let text = reading.slice(line.range.clone());
                    if let Some(earlier) = first.get(text) {
                        let finding = out.finding(reading.span(line.range.clone()), "the dateline stands here again");
                        out.push(finding.related(reading.span((*earlier).clone()), "it stands here"));
                    } else {
                        first.insert(text, &line.range);
                    }
                }
            }
            Report::Missing if found.is_empty() => {
                let body = reading.document.blocks.iter().find(|block| {
                    block.kind == BlockKind::Paragraph && block.part == Part::Body && block.range.len() > PLACE
                });
                if let Some(block) = body {
                    let end = reading.document.block_text(block).find(' ').unwrap_or(block.range.len());
                    let range = block.range.start..block.range.start + end;
                    out.push(out.finding(reading.span(range), "the text begins without place and date"));
                }
            }
            Report::Capitals => {
                let Some(line) = found.first() else { return };
                // What stands after the comma is the region, which keeps its small letters.
                let place = reading.slice(line.place.clone());
                let upper = place.to_uppercase();
                if upper != place {
                    let finding =
                        out.finding(reading.span(line.place.clone()), format!("“{place}” is written “{upper}”"));
                    out.push(match reading.edit_span(line.place.clone()) {
                        Some(span) => finding.replace(format!("write “{upper}”"), Applicability::Unsafe, span, upper),
                        None => finding,
                    });
                }
            }
            Report::Missing => {}
        }
    }
}

/// The datelines of a text: a paragraph that begins with a place, then a date, then a dash or a colon.
fn datelines(reading: &Reading<'_>) -> Vec<Found> {
    let dates = reading.dates();
    let paragraphs = reading.document.blocks.iter().filter(|block| {
        block.kind == BlockKind::Paragraph && !matches!(block.part, Part::Contact | Part::Notes) && block.depth == 0
    });
    let mut found = Vec::new();
    for block in paragraphs {
        let start = block.range.start;
        let next = dates.partition_point(|date| date.range.start < start);
        let Some(date) = dates.get(next).filter(|date| date.range.end <= block.range.end) else { continue };
        let before = reading.slice(start..date.range.start);
        let after = reading.slice(date.range.end..block.range.end).trim_start_matches(['\u{A0}', ' ', ')', '.']);
        let mut words = after.chars();
        let dash = words.next().is_some_and(|c| matches!(c, '–' | '—' | '-' | ':')) && words.next() != Some('\u{1E}');
        if before.is_empty() || before.len() > PLACE || !dash || !is_place(before) {
            continue;
        }
        let place = before.split([',', '(', '–', '—', '-']).next().unwrap_or(before).trim_end().len();
        found.push(Found { range: start..date.range.end, place: start..start + place });
    }
    found
}

/// Whether words before a date can be a place: a capital first, short words in small letters between, and an end that leads to the date.
fn is_place(text: &str) -> bool {
    let first = text.chars().next().is_some_and(char::is_uppercase);
    let small = |word: &str| word.chars().next().is_some_and(char::is_lowercase) && word.chars().count() > 3;
    first
        && text.trim_end().ends_with([',', '(', '–', '—', '-'])
            | text.trim_end().ends_with(" le")
            | text.trim_end().ends_with(" den")
        && !text.split_whitespace().any(small)
        && !text.contains(['.', ':', ';', '!', '?'])
}
