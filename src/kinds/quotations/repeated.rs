//! `quotations/repeated`: one quotation that stands in two places and does not read the same.

use crate::document::OPAQUE;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashMap;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/repeated",
    page: include_str!("repeated.md"),
    keys: &[Key::new("words", Shape::Integer, "Quotations with fewer words are not compared; 8 by default.")],
    build,
};

/// Words in a row that two quotations must share to be taken for one.
const SHARED: usize = 4;

struct Repeated {
    words: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Repeated { words: setup.table.integer("words").unwrap_or(8).max(SHARED as i64) as usize }))
}

impl Check for Repeated {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        // Where each run of words stood first: number of the quotation.
        let mut first: HashMap<Vec<String>, usize> = HashMap::new();
        let mut kept: Vec<(usize, Vec<String>)> = Vec::new();
        for (index, quotation) in reading.quotations().iter().enumerate() {
            let text = reading.slice(quotation.inner.clone());
            let words: Vec<String> = text.unicode_words().map(str::to_lowercase).collect();
            // What was left out or put in is said with points or brackets; it differs on purpose.
            if words.len() < self.words
                || quotation.depth > 0
                || text.contains(['…', '[', OPAQUE])
                || text.contains("..")
                || is_formula(text)
            {
                continue;
            }
            let runs: Vec<&[String]> = words.windows(SHARED).collect();
            let mut shared: HashMap<usize, usize> = HashMap::new();
            for run in &runs {
                if let Some(&earlier) = first.get(*run) {
                    *shared.entry(earlier).or_insert(0) += 1;
                }
            }
            let best = shared.into_iter().max_by_key(|&(earlier, count)| (count, std::cmp::Reverse(earlier)));
            if let Some((earlier, count)) = best
                && let Some((place, model)) = kept.get(earlier)
                && 2 * count >= runs.len().min(model.len() - SHARED + 1)
                && !holds(model, &words)
                && !holds(&words, model)
            {
                let other = &reading.quotations()[*place];
                let finding =
                    out.finding(reading.span(quotation.range.clone()), "this quotation reads otherwise elsewhere");
                let finding = finding.label(differing(&words, model));
                out.push(finding.related(reading.span(other.range.clone()), "and here"));
            }
            for run in runs {
                first.entry(run.to_vec()).or_insert(kept.len());
            }
            kept.push((index, words));
        }
    }
}

/// Whether a text is a formula: two of them differ where they count something else.
fn is_formula(text: &str) -> bool {
    text.contains(['=', '×', '÷']) || [" * ", " / ", ")/(", " + "].iter().any(|sign| text.contains(sign))
}

/// Whether `part` stands in `whole`, word for word.
fn holds(whole: &[String], part: &[String]) -> bool {
    let Some(first) = part.first() else { return true };
    // Each start is compared until the first word that differs; words are seldom alike, so this stays linear.
    whole.iter().enumerate().filter(|(_, word)| *word == first).take(64).any(|(at, _)| whole[at..].starts_with(part))
}

/// The first words that differ, for the label.
fn differing(words: &[String], model: &[String]) -> String {
    let start = model.iter().position(|word| words.first() == Some(word)).unwrap_or(0);
    let pairs = words.iter().zip(&model[start.min(model.len())..]);
    match pairs.into_iter().find(|(a, b)| a != b) {
        Some((here, there)) => format!("“{here}” here, “{there}” there"),
        None => "one says more than the other".to_owned(),
    }
}
