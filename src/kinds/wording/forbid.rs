//! `wording/forbid`: words that must not stand in a text.

use super::options::{EXCEPT, IGNORE_CASE, PATTERNS, QUOTATIONS, Tokens, WHOLE_WORDS, WORDS};
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/forbid",
    page: include_str!("forbid.md"),
    keys: &[WORDS, PATTERNS, IGNORE_CASE, WHOLE_WORDS, EXCEPT, QUOTATIONS],
    build,
};

struct Forbid(Tokens);

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Forbid(Tokens::read(setup)?)))
}

impl Check for Forbid {
    fn patterns(&self) -> &[Pattern] {
        &self.0.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        for hit in self.0.matches(reading, hits) {
            let message = format!("“{}” is not used here", reading.slice(hit.range.clone()));
            out.push(out.finding(reading.span(hit.range.clone()), message));
        }
    }
}
