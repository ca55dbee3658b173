//! `structure/contact`: a contact without a way to reach anybody.

use crate::document::{InlineKind, Part};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "structure/contact", page: include_str!("contact.md"), keys: &[], build };

/// Figures that a telephone number has at least.
const FIGURES: usize = 5;

struct Contact;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Contact))
}

impl Check for Contact {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let mut blocks = reading.document.blocks.iter().filter(|block| block.part == Part::Contact);
        let Some(first) = blocks.next().filter(|block| !block.range.is_empty()) else { return };
        let end = blocks.next_back().map_or(first.range.end, |last| last.range.end.max(first.range.end));
        let whole = first.range.start..end;
        let text = reading.slice(whole.clone());
        let figures = text.chars().filter(char::is_ascii_digit).count();
        let linked = reading.document.inlines.iter().any(|inline| {
            whole.contains(&inline.range.start) && matches!(inline.kind, InlineKind::Link { .. } | InlineKind::Address)
        });
        if !text.contains(['@', crate::document::OPAQUE]) && figures < FIGURES && !linked {
            let finding =
                out.finding(reading.span(first.range.clone()), "this contact has no telephone number and no address");
            out.push(finding);
        }
    }
}
