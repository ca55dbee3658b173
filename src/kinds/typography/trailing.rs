//! `typography/trailing`: blanks at the end of a line.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::document::Format;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind { name: "typography/trailing", page: include_str!("trailing.md"), keys: &[], build };

/// Places that a finding points at.
const SHOWN: usize = 8;

struct Trailing;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Trailing))
}

impl Check for Trailing {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let document = reading.document;
        let source = reading.sources.get(document.source).text();
        let range = document.span.clone();
        let Some(text) = source.get(range.clone()) else { return };
        let mut places = Vec::new();
        let mut at = range.start;
        let mut lines = text.split_inclusive('\n').peekable();
        while let Some(line) = lines.next() {
            let written = line.trim_end_matches(['\n', '\r']);
            let kept = written.trim_end_matches([' ', '\t', '\u{A0}']);
            let next = lines.peek().is_some_and(|next| !next.trim().is_empty());
            // In Markdown two blanks before another line of the paragraph break the line.
            let breaks = document.format == Format::Markdown && next && written[kept.len()..].starts_with("  ");
            if kept.len() < written.len() && !breaks {
                places.push(Span::new(document.source, at + kept.len()..at + written.len()));
            }
            at += line.len();
        }
        let Some(first) = places.first() else { return };
        let message = match places.len() {
            1 => "a line ends with blanks".to_owned(),
            count => format!("{count} lines end with blanks"),
        };
        let mut finding = out.finding(*first, message);
        for place in places[1..].iter().take(SHOWN) {
            finding = finding.related(*place, "and here");
        }
        let edits = places.iter().map(|span| Edit { span: *span, replacement: String::new() }).collect();
        out.push(finding.fix(Fix { title: "leave them out".into(), applicability: Applicability::Safe, edits }));
    }
}
