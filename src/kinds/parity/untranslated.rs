//! `parity/untranslated`: passages of a translation that stand in the language of the original.

use super::place::{self, original_block, translation_block};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{BlockKind, InlineKind, Part, detect};
use crate::rule::{Check, Findings, Kind, Pair, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/untranslated",
    page: include_str!("untranslated.md"),
    keys: &[Key::new(
        "letters",
        Shape::Number,
        "Letters from which the words alone tell the language; 100 by default.",
    )],
    build,
};

struct Untranslated {
    letters: usize,
}

/// Letters from which a copy of the original is looked at.
const COPY: usize = 30;

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let letters = setup.table.get("letters").and_then(|value| value.number()).unwrap_or(100.0);
    Ok(Box::new(Untranslated { letters: letters.max(1.0) as usize }))
}

impl Check for Untranslated {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let [from, into] = pair.languages();
        for bead in pair.beads().iter().filter(|bead| !bead.target.is_empty()) {
            let originals: Vec<&str> = (bead.source.clone())
                .filter_map(|passage| original_block(pair, passage))
                .map(|block| pair.original.document.block_text(block).trim())
                .collect();
            for block in bead.target.clone().filter_map(|passage| translation_block(pair, passage)) {
                // What others said may stay in their language, and so do the names of things.
                if block.quotes > 0 || block.kind == BlockKind::Caption || block.part == Part::Notes {
                    continue;
                }
                let text = own_words(pair, block.range.clone());
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                let copy = originals.contains(&pair.translation.document.block_text(block).trim());
                let least = if copy { COPY } else { self.letters };
                if letters < least || mostly_names(&text) {
                    continue;
                }
                if detect::between(&text, &from, &into).is_none_or(|found| found != from) {
                    continue;
                }
                let mut finding = out.finding(place::span(pair.translation, block), "this passage is not translated");
                if let Some(original) = bead.source.clone().next().and_then(|passage| original_block(pair, passage)) {
                    finding = finding.related(place::span(pair.original, original), "the original");
                }
                finding = finding.because(match copy {
                    true => "it is the same as in the original".to_owned(),
                    false => format!("its words are those of “{from}”"),
                });
                if pair.is_draft() {
                    finding.severity = Severity::Info;
                }
                out.push(finding);
            }
        }
    }
}

/// The words of a block outside quotations and links, whose words are often names of pages.
fn own_words(pair: &Pair<'_, '_>, range: Range<usize>) -> String {
    let reading = pair.translation;
    let mut cut: Vec<Range<usize>> = Vec::new();
    let inlines = &reading.document.inlines;
    let first = inlines.partition_point(|inline| inline.range.start < range.start);
    for inline in inlines[first..].iter().take_while(|inline| inline.range.start < range.end) {
        if matches!(inline.kind, InlineKind::Link { .. } | InlineKind::Address | InlineKind::Emphasis) {
            cut.push(inline.range.clone());
        }
    }
    let quotations = reading.quotations();
    let first = quotations.partition_point(|quotation| quotation.range.start < range.start);
    cut.extend(quotations[first..].iter().take_while(|q| q.range.start < range.end).map(|q| q.range.clone()));
    cut.sort_by_key(|range| range.start);
    let (mut words, mut at) = (String::new(), range.start);
    for gone in cut {
        words.push_str(reading.text().get(at..gone.start).unwrap_or_default());
        at = at.max(gone.end.min(range.end));
    }
    words.push_str(reading.text().get(at..range.end).unwrap_or_default());
    words
}

/// Whether most words begin with a capital or hold no letter: names, titles, a list of sources.
fn mostly_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    plain * 2 < words.len()
}
