//! `parity/sentence`: a sentence of the original that a passage of the translation lacks, or has beside it.

use super::place::in_bead;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Findings, Kind, Pair, Setup};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind { name: "parity/sentence", page: include_str!("sentence.md"), keys: &[], build };

struct Sentence;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Sentence))
}

/// Characters below which a sentence is not missed.
const SHORT: f64 = 40.0;
/// A sentence alone that another way of pairing would put elsewhere at less than this, in nats, is not reported.
const SURE: f32 = 1.0;
/// Characters of a translation for one of its original, as a rule, and characters of both that this rule weighs.
const USUAL: f64 = 1.08;
const SHRINK: f64 = 1_000.0;
/// How the length of a translation varies, in characters squared for each character (Gale and Church 1993: 6.8). What is no more
/// than this is no sign of a sentence: one that was parted in two is often a little longer.
const VARIANCE: f64 = 6.8;
/// How much of the sentence the passage must be too short by.
const SHORTER: f64 = 0.6;

impl Check for Sentence {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        if !pair.both_latin() {
            return;
        }
        let beads = pair.beads();
        let count = |text: Option<&str>| text.unwrap_or_default().chars().count() as f64;
        let lengths: Vec<(f64, f64)> = beads
            .iter()
            .map(|bead| {
                let here =
                    pair.original_ranges(bead).into_iter().map(|range| count(pair.original.text().get(range))).sum();
                let there = pair
                    .translation_ranges(bead)
                    .into_iter()
                    .map(|range| count(pair.translation.text().get(range)))
                    .sum();
                (here, there)
            })
            .collect();
        let both = lengths.iter().filter(|(here, there)| *here > 0.0 && *there > 0.0);
        let (here, there) = both.fold((SHRINK, USUAL * SHRINK), |sum, (a, b)| (sum.0 + a, sum.1 + b));
        let ratio = there / here;
        for ((bead, sentences), (here, there)) in beads.iter().zip(pair.sentences()).zip(&lengths) {
            if bead.source.is_empty() || bead.target.is_empty() || pair.is_guess(bead) {
                continue;
            }
            for alone in sentences.alignment.beads.iter().filter(|alone| alone.margin >= SURE) {
                if alone.target.is_empty() == alone.source.is_empty() {
                    continue;
                }
                let missing = alone.target.is_empty();
                let range = match missing {
                    true => sentences.original.get(alone.source.start),
                    false => sentences.translation.get(alone.target.start),
                };
                let Some(range) = range.cloned() else { continue };
                let text = if missing { pair.original.text() } else { pair.translation.text() };
                let length = count(text.get(range.clone()));
                // In the units of the translation.
                let (expected, gap) = match missing {
                    true => (length * ratio, here * ratio - there),
                    false => (length, there - here * ratio),
                };
                let noise = (VARIANCE * here * ratio).sqrt();
                if length < SHORT || gap < noise.max(expected * SHORTER) {
                    continue;
                }
                let finding = match missing {
                    true => {
                        let before = alone.target.start.checked_sub(1).and_then(|last| sentences.translation.get(last));
                        let at = match (before, sentences.translation.first()) {
                            (Some(before), _) => pair.translation.span(before.clone()).end,
                            (None, Some(first)) => pair.translation.span(first.clone()).start,
                            (None, None) => continue,
                        };
                        let caret = Span::new(pair.translation.document.source, at..at);
                        let finding = out.finding(caret, "a sentence of the original seems to be missing here");
                        finding.related(pair.original.span(range.clone()), "stands in the original")
                    }
                    false => {
                        let finding = out.finding(
                            pair.translation.span(range.clone()),
                            "the original seems to have no such sentence",
                        );
                        let whole = pair.original_ranges(bead).into_iter().next();
                        match whole {
                            Some(whole) => finding.related(pair.original.span(whole), "the original's passage"),
                            None => finding,
                        }
                    }
                };
                let mut finding = finding.because(format!(
                    "the passage is {} characters {} than its original would make it",
                    gap.round(),
                    if missing { "shorter" } else { "longer" }
                ));
                if pair.is_draft() {
                    finding.severity = Severity::Info;
                }
                out.push(in_bead(pair, bead, finding));
            }
        }
    }
}
