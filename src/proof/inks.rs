//! What is marked in the passages of a text beside findings: mentions, links, emphasis.

use super::{Ink, Kind, What};
use crate::document::InlineKind;
use crate::facts::mentions;
use crate::mention::quotation::Quotation;
use crate::rule::Reading;
use std::collections::BTreeSet;
use std::ops::Range;

/// A mention of a kind that a page tints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tint {
    pub kind: Kind,
    /// In bytes of the document's text.
    pub range: Range<usize>,
    /// What makes it the same as one of the other version; empty where that is not told by a key.
    pub key: String,
    /// It is in words, which the other version may say in figures, and need not.
    pub is_words: bool,
}

/// The mentions of a text, in its order.
pub(super) fn tints(reading: &Reading<'_>) -> Vec<Tint> {
    let tint = |kind, range, key| Tint { kind, range, key, is_words: false };
    let facts = mentions(reading).into_iter();
    let mut found: Vec<Tint> =
        facts.map(|m| Tint { is_words: m.is_words, ..tint(m.class.into(), m.range, m.key) }).collect();
    let said = |quotation: &&Quotation| quotation.depth == 0 && quotation.close.is_some() && !quotation.is_title();
    let outer = reading.quotations().iter().filter(said);
    found.extend(outer.map(|quotation| tint(Kind::Quotation, quotation.range.clone(), String::new())));
    found.extend(reading.titles().iter().map(|title| tint(Kind::Person, title.title.clone(), String::new())));
    found.sort_by_key(|tint| (tint.range.start, tint.range.end));
    found
}

/// Keys of what a text mentions, with and without those in words.
pub(super) fn keys(tints: &[Tint], with_words: bool) -> BTreeSet<(Kind, &str)> {
    let told = tints.iter().filter(|tint| !tint.key.is_empty() && (with_words || !tint.is_words));
    told.map(|tint| (tint.kind, tint.key.as_str())).collect()
}

/// Links, emphasis and what is no prose, by block, in bytes of the document's text.
pub(super) fn inlines(reading: &Reading<'_>, blocks: &mut [Vec<Ink>]) {
    for inline in &reading.document.inlines {
        let what = match &inline.kind {
            InlineKind::Link { target, .. } => What::Link(target.clone()),
            InlineKind::Address => What::Link(address(reading.slice(inline.range.clone()))),
            InlineKind::Emphasis => What::Emphasis,
            InlineKind::Strong => What::Strong,
            InlineKind::Code(code) => What::Code(code.clone()),
            InlineKind::Image(target) => What::Image(target.clone()),
            InlineKind::Markup => What::Markup,
            InlineKind::NoteMark(label) => What::NoteMark(label.clone()),
        };
        add(reading, Ink { range: inline.range.clone(), what }, blocks);
    }
}

/// Adds a mark to the block that it begins in.
pub(super) fn add(reading: &Reading<'_>, ink: Ink, blocks: &mut [Vec<Ink>]) {
    let block = reading.document.block_at(ink.range.start);
    if let Some(inks) = block.and_then(|block| blocks.get_mut(block)) {
        inks.push(ink);
    }
}

/// Where an address that is written out leads.
fn address(written: &str) -> String {
    match written.contains('@') && !written.contains(':') {
        true => format!("mailto:{written}"),
        false => written.to_owned(),
    }
}
