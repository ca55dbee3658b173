//! `wording/require`: words that must stand in a text.

use super::options::{IGNORE_CASE, PATTERNS, Tokens, WHOLE_WORDS, WORDS};
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/require",
    page: include_str!("require.md"),
    keys: &[
        WORDS,
        PATTERNS,
        IGNORE_CASE,
        WHOLE_WORDS,
        Key::new("all", Shape::Bool, "Each of them must be there; by default one is enough."),
    ],
    build,
};

struct Require {
    tokens: Tokens,
    all: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Require { tokens: Tokens::read(setup)?, all: setup.table.bool("all").unwrap_or(false) }))
}

impl Check for Require {
    fn patterns(&self) -> &[Pattern] {
        &self.tokens.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let is_there = |at: usize| hits.iter().any(|hit| hit.pattern == at);
        let missing: Vec<usize> = (0..self.tokens.patterns.len()).filter(|&at| !is_there(at)).collect();
        let met = if self.all { missing.is_empty() } else { missing.len() < self.tokens.patterns.len() };
        let Some(first) = reading.prose().find(|(block, _)| out.rule.scope.covers(block)) else { return };
        if !met {
            let names: Vec<_> = missing.iter().map(|&at| format!("“{}”", self.tokens.patterns[at].text)).collect();
            let joined = names.join(if self.all { " and " } else { " or " });
            out.push(out.finding(reading.span(first.0.range.clone()), format!("{joined} is missing")));
        }
    }
}
