//! `parity/quotation`: quotations that a translation tears out of their sentence, gives to another speaker, or does not mark.

use super::place::{self, in_bead, original_block, translation_block};
use crate::diagnostic::{Confidence, Diagnostic};
use crate::document::BlockKind;
use crate::mention::quotation::Quotation;
use crate::mention::title;
use crate::register::EntryId;
use crate::release::align::Bead;
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/quotation",
    page: include_str!("quotation.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["moved", "speaker", "missing", "dropped"]),
        "What to report: quotations torn out of their sentence, given to another, not marked as one, left out.",
    )],
    build,
};

enum Report {
    Moved,
    Speaker,
    Missing,
    Dropped,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(match setup.table.text("report") {
        Some("speaker") => Report::Speaker,
        Some("missing") => Report::Missing,
        Some("dropped") => Report::Dropped,
        _ => Report::Moved,
    }))
}

/// Characters below which words in quotation marks are a name or a word that is spoken of.
const SHORT: usize = 25;
/// Characters from which a quotation is missed.
const LONG: usize = 60;
/// How much of a quotation its passage must be too short by.
const SHORTER: f32 = 0.7;
/// Bytes between a quotation and the name of its speaker.
const REACH: usize = 160;

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let both = |(_, bead): &(usize, &Bead)| !bead.source.is_empty() && !bead.target.is_empty();
        for (at, bead) in pair.beads().iter().enumerate().filter(both) {
            let here = outer(pair.original, &pair.original_ranges(bead), SHORT);
            if here.is_empty() {
                continue;
            }
            let there = outer(pair.translation, &pair.translation_ranges(bead), SHORT);
            match self {
                Report::Moved => moved(pair, bead, &here, &there, out),
                Report::Speaker if here.len() == there.len() => {
                    for (one, other) in here.iter().zip(&there) {
                        speaker(pair, bead, one, other, out);
                    }
                }
                Report::Missing if there.is_empty() => missing(pair, bead, &here, out),
                Report::Dropped if there.len() < here.len() && whole(pair, at) => {
                    dropped(pair, bead, &here, &there, out)
                }
                _ => {}
            }
        }
    }
}

/// Whether a passage has as many sentences as its original: where one is gone with its quotation, the sentence is missed.
fn whole(pair: &Pair<'_, '_>, bead: usize) -> bool {
    let sentences = pair.sentences().get(bead);
    pair.both_latin() && sentences.is_some_and(|both| both.translation.len() >= both.original.len())
}

/// The quotations in these ranges that stand in no other and have so many characters.
fn outer<'r>(reading: &'r Reading<'_>, ranges: &[Range<usize>], least: usize) -> Vec<&'r Quotation> {
    let quotations = reading.quotations();
    let mut found = Vec::new();
    for range in ranges {
        let first = quotations.partition_point(|quotation| quotation.range.start < range.start);
        let within = quotations[first..].iter().take_while(|quotation| quotation.range.start < range.end);
        // What is a link from one mark to the other is the title of a page.
        let linked = |quotation: &Quotation| reading.document.link_over(&quotation.inner).is_some();
        let said = |quotation: &&Quotation| quotation.depth == 0 && !quotation.is_title() && !linked(quotation);
        found.extend(within.filter(said).filter(|quotation| characters(reading, quotation) >= least));
    }
    found
}

fn characters(reading: &Reading<'_>, quotation: &Quotation) -> usize {
    reading.text().get(quotation.inner.clone()).unwrap_or_default().chars().count()
}

/// Words of the block around a quotation, outside it and outside the dateline.
fn around(reading: &Reading<'_>, quotation: &Quotation) -> usize {
    let Some(block) = reading.block_at(quotation.range.start) else { return usize::MAX };
    let before = reading.text().get(block.range.start..quotation.range.start).unwrap_or_default();
    let after = reading.text().get(quotation.range.end.min(block.range.end)..block.range.end).unwrap_or_default();
    // “[Geneva, 9 July 2012] –” says where and when, and nothing about the quotation.
    let before = match before.trim_start().starts_with(['[', '(']) {
        true => before.rsplit([']', ')']).next().unwrap_or_default(),
        false => before,
    };
    let words = |text: &str| text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    words(before) + words(after)
}

/// A part of a sentence of the original, in quotation marks, that stands alone in the translation.
fn moved(pair: &Pair<'_, '_>, bead: &Bead, here: &[&Quotation], there: &[&Quotation], out: &mut Findings<'_>) {
    let ([one], [other]) = (here, there) else { return };
    let text = pair.original.text();
    let inner = text.get(one.inner.clone()).unwrap_or_default().trim();
    // A whole sentence may stand in a paragraph of its own.
    let part = inner.starts_with(char::is_lowercase);
    let paragraph =
        pair.translation.block_at(other.range.start).is_some_and(|b| b.kind == BlockKind::Paragraph && b.quotes == 0);
    if !part || !paragraph || around(pair.original, one) < 6 || around(pair.translation, other) > 0 {
        return;
    }
    let finding = out.finding(
        pair.translation.span(bare(pair.translation, other)),
        "this quotation stands alone, and inside a sentence in the original",
    );
    let finding = finding.related(pair.original.span(one.range.clone()), "it stands here");
    out.push(in_bead(pair, bead, finding.because("it is part of a sentence, which says nothing without the rest")));
}

/// The words of a quotation without the blanks inside its marks.
fn bare(reading: &Reading<'_>, quotation: &Quotation) -> Range<usize> {
    let text = reading.text().get(quotation.inner.clone()).unwrap_or_default();
    let start = quotation.inner.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

/// The person that the words about a quotation name: the nearest one outside it in the same sentence.
fn speaker_of(reading: &Reading<'_>, quotation: &Quotation) -> Option<(EntryId, Range<usize>)> {
    let block = reading.block_at(quotation.range.start)?;
    let language = reading.document.language.tag.as_deref();
    let hits = &reading.register_mentions().hits;
    let first = hits.partition_point(|hit| hit.range.start < block.range.start);
    let within = hits[first..].iter().take_while(|hit| hit.range.start < block.range.end);
    let outside = within.filter(|hit| hit.range.end <= quotation.range.start || hit.range.start >= quotation.range.end);
    let far = |range: &Range<usize>| {
        quotation.range.start.saturating_sub(range.end).max(range.start.saturating_sub(quotation.range.end))
    };
    let people =
        outside.filter_map(|hit| Some((title::person(reading.register(), hit, language)?.0, hit.range.clone())));
    let same_sentence = |range: &Range<usize>| {
        let between = match range.end <= quotation.range.start {
            true => range.end..quotation.range.start,
            false => quotation.range.end..range.start,
        };
        !reading.text().get(between).unwrap_or_default().contains(['.', '!', '?', '。'])
    };
    let near = |range: &Range<usize>| far(range) <= REACH && same_sentence(range) && !reading.is_quoted(range);
    people.filter(|(_, range)| near(range)).min_by_key(|(_, range)| far(range))
}

fn speaker(pair: &Pair<'_, '_>, bead: &Bead, one: &Quotation, other: &Quotation, out: &mut Findings<'_>) {
    if !std::ptr::eq(pair.original.register(), pair.translation.register()) {
        return;
    }
    let (Some((said, here)), Some((says, there))) =
        (speaker_of(pair.original, one), speaker_of(pair.translation, other))
    else {
        return;
    };
    if said == says {
        return;
    }
    let name = |entry| {
        let language = pair.translation.document.language.tag.as_deref();
        pair.translation.register().name(entry, language).map_or("", |form| &*form.text)
    };
    let message = format!("this quotation is {}'s here, and {}'s in the original", name(says), name(said));
    let finding = out.finding(pair.translation.span(there), message);
    let finding = finding.related(pair.original.span(here), "the original names another");
    let finding = finding.related(pair.translation.span(other.range.clone()), "the quotation");
    out.push(in_bead(pair, bead, finding.because("each is the person named nearest to the quotation")));
}

/// A quotation that the translation has no marks for.
fn missing(pair: &Pair<'_, '_>, bead: &Bead, here: &[&Quotation], out: &mut Findings<'_>) {
    let long: Vec<&&Quotation> =
        here.iter().filter(|one| characters(pair.original, one) >= LONG && one.close.is_some()).collect();
    let Some(one) = long.first() else { return };
    let blocks = || bead.target.clone().filter_map(|passage| translation_block(pair, passage));
    // Block quotations and dialogue after a dash have no marks; shorter quotations may be parts of this one.
    let marked = blocks().any(|block| {
        let text = pair.translation.document.block_text(block).trim_start();
        block.quotes > 0
            || text.starts_with(['—', '–', '―', '-'])
            || text.contains(['«', '»', '“', '”', '„', '"', '「', '」'])
    });
    let quoted = bead.source.clone().filter_map(|passage| original_block(pair, passage)).any(|block| block.quotes > 0);
    let prose = blocks().all(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem));
    if marked || quoted || !prose {
        return;
    }
    let Some(block) = blocks().next() else { return };
    let message = "the original has a quotation in this passage, and nothing is marked as one here";
    let mut finding = out.finding(place::span(pair.translation, block), message);
    finding = finding.related(pair.original.span(one.range.clone()), "the quotation");
    finding.confidence = Confidence::Medium;
    out.push(in_bead(pair, bead, finding));
}

/// A quotation that is gone: the passage has fewer, and is too short by about its length.
fn dropped(pair: &Pair<'_, '_>, bead: &Bead, here: &[&Quotation], there: &[&Quotation], out: &mut Findings<'_>) {
    let length = |one: &Quotation| characters(pair.original, one) as f32 * pair.ratio();
    let gap = pair.shortfall(bead);
    let sum = |quotations: &[&Quotation]| quotations.iter().map(|one| length(one)).sum::<f32>();
    let left = there.iter().map(|one| characters(pair.translation, one) as f32).sum::<f32>();
    // The one without which the others are as long as those of the translation.
    let without = |one: &&&Quotation| (sum(here) - length(one) - left).abs();
    let long = here.iter().filter(|one| characters(pair.original, one) >= LONG && one.close.is_some());
    let Some(one) = long.min_by(|a, b| without(a).total_cmp(&without(b))) else { return };
    let Some(block) = bead.target.clone().find_map(|passage| translation_block(pair, passage)) else { return };
    if gap < SHORTER * length(one) {
        return;
    }
    let finding = out.finding(place::span(pair.translation, block), "a quotation of the original is missing here");
    let finding = finding.related(pair.original.span(one.range.clone()), "the quotation");
    let shorter = gap.round();
    out.push(in_bead(
        pair,
        bead,
        finding.because(format!("the passage is {shorter} characters shorter than its original would make it")),
    ));
}
