//! `wording/count`: how often something may or must stand in a sentence, a block or a text.

use super::options::{IGNORE_CASE, PATTERNS, QUOTATIONS, Tokens, WHOLE_WORDS, WORDS};
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/count",
    page: include_str!("count.md"),
    keys: &[
        WORDS,
        PATTERNS,
        IGNORE_CASE,
        WHOLE_WORDS,
        QUOTATIONS,
        Key::new("most", Shape::Integer, "More than this many are reported."),
        Key::new("least", Shape::Integer, "Fewer than this many are reported."),
        Key::new("in", Shape::OneOf(&["sentence", "block", "document"]), "What is counted in; “block” by default."),
    ],
    build,
};

struct Count {
    tokens: Tokens,
    least: usize,
    most: usize,
    unit: Unit,
}

#[derive(Clone, Copy)]
enum Unit {
    Sentence,
    Block,
    Document,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let limit = |key| setup.table.integer(key).and_then(|number| usize::try_from(number).ok());
    if limit("least").is_none() && limit("most").is_none() {
        return Err(vec![setup.mistake(setup.place(), "“most” or “least” is missing").help("a whole number from 0")]);
    }
    let unit = match setup.table.text("in") {
        Some("sentence") => Unit::Sentence,
        Some("document") => Unit::Document,
        _ => Unit::Block,
    };
    let (least, most) = (limit("least").unwrap_or(0), limit("most").unwrap_or(usize::MAX));
    Ok(Box::new(Count { tokens: Tokens::read(setup)?, least, most, unit }))
}

impl Count {
    fn units(&self, reading: &Reading<'_>, out: &Findings<'_>) -> Vec<Range<usize>> {
        let covered = |at: usize| out.rule.scope.covers_byte(reading.document, at);
        match self.unit {
            Unit::Sentence => reading.sentences().iter().filter(|sentence| covered(sentence.start)).cloned().collect(),
            Unit::Block => {
                reading.prose().map(|(block, _)| block.range.clone()).filter(|range| covered(range.start)).collect()
            }
            Unit::Document => vec![0..reading.text().len()],
        }
    }
}

impl Check for Count {
    fn patterns(&self) -> &[Pattern] {
        &self.tokens.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let found: Vec<&Hit> = self.tokens.matches(reading, hits).collect();
        for unit in self.units(reading, out) {
            let first = found.partition_point(|hit| hit.range.start < unit.start);
            let inside: Vec<&Hit> =
                found[first..].iter().take_while(|hit| hit.range.end <= unit.end).copied().collect();
            let count = inside.len();
            if count > self.most {
                // The first that is too many.
                let place = inside[self.most].range.clone();
                out.push(
                    out.finding(reading.span(place), format!("{count} times, and at most {} are allowed", self.most)),
                );
            } else if count < self.least {
                out.push(
                    out.finding(reading.span(unit), format!("{count} times, and at least {} are needed", self.least)),
                );
            }
        }
    }
}
