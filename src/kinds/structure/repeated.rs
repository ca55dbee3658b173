//! `structure/repeated`: a paragraph that stands twice in a section.

use crate::document::{BlockKind, OPAQUE, Part};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashMap;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/repeated",
    page: include_str!("repeated.md"),
    keys: &[Key::new("words", Shape::Integer, "Paragraphs with fewer words may stand twice; 12 by default.")],
    build,
};

struct Repeated {
    words: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Repeated { words: setup.table.integer("words").unwrap_or(12).max(1) as usize }))
}

impl Check for Repeated {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let mut first = HashMap::new();
        let mut section = 0;
        for block in &reading.document.blocks {
            section += usize::from(matches!(block.kind, BlockKind::Heading(_)));
            let text = reading.document.block_text(block);
            let words: Vec<&str> = text.split_whitespace().collect();
            let body = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) && block.part == Part::Body;
            // Code and templates inside look alike here and are not.
            if !body || words.len() < self.words || text.contains(OPAQUE) {
                continue;
            }
            // Two lists, such as two days of a programme, may have an item in common; two sections may say one thing of two matters.
            let key = (section, block.group, words.join(" ").to_lowercase());
            match first.get(&key) {
                Some(earlier) => {
                    let finding = out.finding(reading.span(block.range.clone()), "this paragraph stands twice");
                    let range: std::ops::Range<usize> = Clone::clone(earlier);
                    out.push(finding.related(reading.span(range), "it stands here too"));
                }
                None => {
                    first.insert(key, block.range.clone());
                }
            }
        }
    }
}
