//! `parity/sentence`: a sentence of the original that a passage of the translation lacks, or has beside it.

use super::place::in_bead;
use crate::diagnostic::{Diagnostic, Severity};
use crate::release::align::{Bead, Odd, Unit, odd};
use crate::rule::{Check, Findings, Kind, Pair, Sentences, Setup};
use crate::source::Span;
use std::borrow::Cow;

/// The kind.
pub const KIND: Kind = Kind { name: "parity/sentence", page: include_str!("sentence.md"), keys: &[], build };

struct Sentence;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Sentence))
}

/// Characters below which a sentence is not missed.
const SHORT: usize = 25;
/// How much of the sentence the passage must be too short by: what was drawn into another sentence left most of its letters there.
const SHORTER: f32 = 0.4;
/// How much better a passage must lie beside its original without the sentence, in nats: to be worth a note where a sentence is missing, and
/// to be reported. A sentence that was parted in two looks much like one that was added.
const LIKELY: f32 = 5.0;
const SURE: f32 = 6.0;

impl Check for Sentence {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        if !pair.both_latin() {
            return;
        }
        for (bead, sentences) in pair.beads().iter().zip(pair.sentences()) {
            let gap = pair.shortfall(bead);
            for odd in left_alone(&sentences.units, gap, pair.ratio()) {
                let finding =
                    if gap > 0.0 { missing(pair, sentences, odd, out) } else { added(pair, bead, sentences, odd, out) };
                let Some(finding) = finding else { continue };
                let mut finding = finding.because(format!(
                    "the passage is {} characters {} than its original would make it, and its sentences lie beside those of the \
                     original better without this one, by {:.1} nats",
                    gap.abs().round(),
                    if gap > 0.0 { "shorter" } else { "longer" },
                    odd.odds
                ));
                if pair.is_draft() || odd.odds < SURE {
                    finding.severity = Severity::Info;
                }
                out.push(in_bead(pair, bead, finding));
            }
        }
    }
}

/// The sentences of the longer side of a bead that have no part in the other, as long as letters are wanting for another. `gap` is how many
/// characters the translation lacks of what its original would make it.
fn left_alone([here, there]: &[Vec<Unit>; 2], gap: f32, ratio: f32) -> Vec<Odd> {
    let (longer, shorter, ratio, enough, mut wanting) = match gap > 0.0 {
        true => (here, there, ratio, LIKELY, gap / ratio),
        false => (there, here, 1.0 / ratio, SURE, -gap),
    };
    let mut found: Vec<Odd> = Vec::new();
    let mut rest = Cow::Borrowed(longer.as_slice());
    let mut numbers: Vec<usize> = (0..longer.len()).collect();
    while let Some(odd) = odd(&rest, shorter, ratio, SHORT..(wanting / SHORTER).max(0.0) as usize + 1) {
        if odd.odds < enough {
            break;
        }
        wanting -= rest[odd.unit].length as f32;
        rest.to_mut().remove(odd.unit);
        found.push(Odd { unit: numbers.remove(odd.unit), ..odd });
    }
    found
}

/// A sentence of the original that the translation lacks; the finding stands where it should.
fn missing(pair: &Pair<'_, '_>, sentences: &Sentences, odd: Odd, out: &Findings<'_>) -> Option<Diagnostic> {
    let before = odd.before.checked_sub(1).and_then(|last| sentences.translation.get(last));
    let at = match before {
        Some(before) => pair.translation.span(before.clone()).end,
        None => pair.translation.span(sentences.translation.first()?.clone()).start,
    };
    let caret = Span::new(pair.translation.document.source, at..at);
    let finding = out.finding(caret, "a sentence of the original seems to be missing here");
    Some(finding.related(pair.original.span(sentences.original.get(odd.unit)?.clone()), "stands in the original"))
}

/// A sentence that the original lacks.
fn added(pair: &Pair<'_, '_>, bead: &Bead, sentences: &Sentences, odd: Odd, out: &Findings<'_>) -> Option<Diagnostic> {
    let place = pair.translation.span(sentences.translation.get(odd.unit)?.clone());
    let finding = out.finding(place, "the original seems to have no such sentence");
    let whole = pair.original_ranges(bead).into_iter().next()?;
    Some(finding.related(pair.original.span(whole), "the original's passage"))
}
