//! `wording/repeat`: a word written twice in a row.

use super::options::filled;
use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::Block;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/repeat",
    page: include_str!("repeat.md"),
    keys: &[
        Key::new("except", Shape::List(&Shape::Text), "Words that are rightly written twice."),
        Key::new("ignore-case", Shape::Bool, "Upper and lower case are alike; true by default."),
        Key::new("only", Shape::List(&Shape::Text), "Only these words; by default every word of letters."),
    ],
    build,
};

struct Repeat {
    except: Vec<String>,
    only: Vec<String>,
    ignore_case: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let words = |key| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    let ignore_case = setup.table.bool("ignore-case").unwrap_or(true);
    Ok(Box::new(Repeat { except: words("except"), only: words("only"), ignore_case }))
}

impl Repeat {
    fn counts(&self, word: &str) -> bool {
        let folded = word.to_lowercase();
        word.chars().all(char::is_alphabetic)
            && !self.except.contains(&folded)
            && (self.only.is_empty() || self.only.contains(&folded))
    }

    fn same(&self, first: &str, second: &str) -> bool {
        if self.ignore_case { first.to_lowercase() == second.to_lowercase() } else { first == second }
    }
}

impl Check for Repeat {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let covered = |block: &Block, text: &str| may_repeat(text) && out.rule.scope.covers(block);
        let blocks: Vec<_> = reading.prose().filter(|(block, text)| covered(block, text)).collect();
        for (block, text) in blocks {
            let mut previous: Option<Range<usize>> = None;
            for (at, word) in text.split_word_bound_indices() {
                if word.chars().all(char::is_whitespace) {
                    continue;
                }
                let range = at..at + word.len();
                if let Some(before) = previous.replace(range.clone())
                    && self.same(&text[before.clone()], word)
                    && before.end < at
                    && self.counts(word)
                {
                    let twice = block.range.start + before.start..block.range.start + range.end;
                    report(reading, twice, &text[before], out);
                }
            }
        }
    }
}

/// Whether some word may stand twice, as far as letters on both sides of white space tell; to divide a text into words takes
/// longer.
fn may_repeat(text: &str) -> bool {
    let ends = |piece: &str| piece.len() - piece.trim_end_matches(char::is_alphabetic).len();
    let mut pieces = text.split_whitespace();
    let Some(mut before) = pieces.next() else { return false };
    pieces.any(|piece| {
        let first = &before[before.len() - ends(before)..];
        let second = &piece[..piece.len() - piece.trim_start_matches(char::is_alphabetic).len()];
        before = piece;
        // Scripts that write no spaces have several words in a run of letters.
        let spaced = |run: &str| run.chars().all(|c| c < '\u{E00}');
        let same = || first.to_lowercase() == second.to_lowercase();
        match first.is_ascii() && second.is_ascii() {
            true => !first.is_empty() && first.eq_ignore_ascii_case(second),
            false => !spaced(first) || !spaced(second) || !first.is_empty() && same(),
        }
    })
}

fn report(reading: &Reading<'_>, twice: Range<usize>, word: &str, out: &mut Findings<'_>) {
    if reading.is_opaque(&twice) {
        return;
    }
    let finding = out.finding(reading.span(twice.clone()), format!("“{word}” stands twice"));
    let mut finding = filled(finding, word, "");
    if let Some(span) = reading.edit_span(twice) {
        finding = finding.replace("write it once", Applicability::Unsafe, span, word);
    }
    out.push(finding);
}
