//! `wording/sequence`: several things one after the other, with other words between them.

use super::options::{IGNORE_CASE, QUOTATIONS, Tokens, filled};
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape, Value};
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/sequence",
    page: include_str!("sequence.md"),
    keys: &[
        Key::required(
            "steps",
            Shape::List(&Shape::Text),
            "What follows one another: regular expressions, held to whole words.",
        ),
        Key::new("apart", Shape::Integer, "Words that may stand between two steps; 0 by default."),
        IGNORE_CASE,
        QUOTATIONS,
    ],
    build,
};

struct Sequence {
    tokens: Tokens,
    apart: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let ignore_case = setup.table.bool("ignore-case").unwrap_or(true);
    let (mut tokens, mut mistakes) = (Tokens::with(setup), Vec::new());
    for (text, range) in setup.table.get("steps").into_iter().flat_map(Value::texts) {
        match setup.pattern(Pattern { text: text.into(), regex: true, ignore_case, word: true }, range) {
            Ok(pattern) => tokens.patterns.push(pattern),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    let apart = setup.table.integer("apart").and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    Ok(Box::new(Sequence { tokens: tokens.finish(setup, mistakes)?, apart }))
}

impl Check for Sequence {
    fn patterns(&self) -> &[Pattern] {
        &self.tokens.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let found: Vec<&Hit> = self.tokens.matches(reading, hits).collect();
        let mut end = 0;
        for (at, first) in found.iter().enumerate().filter(|(_, hit)| hit.pattern == 0) {
            if first.range.start < end {
                continue;
            }
            let mut last = *first;
            for step in 1..self.tokens.patterns.len() {
                let next = found[at..].iter().find(|hit| hit.pattern == step && hit.range.start >= last.range.end);
                match next.filter(|next| self.near(reading.text(), last.range.end, next.range.start)) {
                    Some(next) => last = next,
                    None => break,
                }
            }
            if last.pattern + 1 == self.tokens.patterns.len() {
                let whole = first.range.start..last.range.end;
                end = whole.end;
                let found = reading.slice(whole.clone());
                let message = format!("“{found}” is not written here");
                out.push(filled(out.finding(reading.span(whole), message), found, ""));
            }
        }
    }
}

impl Sequence {
    /// Whether no more words than allowed stand between two places of one sentence.
    fn near(&self, text: &str, from: usize, to: usize) -> bool {
        // A step further off than this is another matter, however the words are counted.
        let between = &text[from..to];
        between.len() <= 40 * (self.apart + 1)
            && !between.contains(['.', '!', '?', '。', crate::document::SEPARATOR])
            && between.unicode_words().count() <= self.apart
    }
}
