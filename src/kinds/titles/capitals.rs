//! `titles/capitals`: how a house writes the capitals of titles after a name.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::BlockKind;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "titles/capitals",
    page: include_str!("capitals.md"),
    keys: &[Key::new("before", Shape::Bool, "Titles before a name are small too; off by default.")],
    build,
};

struct Capitals {
    before: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Capitals { before: setup.table.bool("before").unwrap_or(false) }))
}

impl Check for Capitals {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for title in reading.titles().iter().filter(|title| title.after || self.before) {
            let text = reading.slice(title.title.clone());
            let prose = reading
                .block_at(title.title.start)
                .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem));
            let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let raised = first.chars().next().is_some_and(char::is_uppercase) && first.chars().any(char::is_lowercase);
            // The first word of a sentence has its capital for its place.
            let before = reading.text()[..title.title.start].trim_end().chars().next_back();
            let begins = !title.after && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '’' | '\''));
            if !prose || !raised || begins || !out.rule.scope.covers_byte(reading.document, title.name.start) {
                continue;
            }
            let finding = out.finding(
                reading.span(title.title.clone()),
                format!("“{text}” has capitals {} a name", if title.after { "after" } else { "before" }),
            );
            let lower = first.to_lowercase();
            let span = reading.edit_span(title.title.start..title.title.start + first.len());
            out.push(match span {
                Some(span) => finding.replace(format!("write “{lower}”"), Applicability::Unsafe, span, lower),
                None => finding,
            });
        }
    }
}
