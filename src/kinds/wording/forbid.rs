//! `wording/forbid`: words that must not stand in a text.

use super::options::{EXCEPT, IGNORE_CASE, PATTERNS, QUOTATIONS, Tokens, WHOLE_WORDS, WORDS, filled};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/forbid",
    page: include_str!("forbid.md"),
    keys: &[
        WORDS,
        PATTERNS,
        Key::new(
            "rewrite",
            Shape::List(&Shape::Text),
            "A regular expression and what takes its place in the words that were found: a correction to look at.",
        ),
        IGNORE_CASE,
        WHOLE_WORDS,
        EXCEPT,
        QUOTATIONS,
    ],
    build,
};

struct Forbid {
    tokens: Tokens,
    rewrite: Option<(regex::Regex, String)>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let rewrite = match setup.table.get("rewrite") {
        None => None,
        Some(value) => match value.texts().map(|(text, _)| text).collect::<Vec<_>>()[..] {
            [from, to] => match regex::Regex::new(from) {
                Ok(from) => Some((from, to.to_owned())),
                Err(_) => return Err(vec![setup.mistake(value.range.clone(), "the first is no regular expression")]),
            },
            _ => {
                let mistake = setup.mistake(value.range.clone(), "two strings are expected here");
                return Err(vec![mistake.help("a regular expression, and what takes its place")]);
            }
        },
    };
    Ok(Box::new(Forbid { tokens: Tokens::read(setup)?, rewrite }))
}

impl Check for Forbid {
    fn patterns(&self) -> &[Pattern] {
        &self.tokens.patterns
    }

    fn speaks_only_of_hits(&self) -> bool {
        true
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        for hit in self.tokens.matches(reading, hits) {
            let found = reading.slice(hit.range.clone());
            let finding = out.finding(reading.span(hit.range.clone()), format!("“{found}” is not used here"));
            let mut finding = filled(finding, found, "");
            if let (Some((from, to)), Some(span)) = (&self.rewrite, reading.edit_span(hit.range.clone())) {
                let replacement = from.replace_all(found, to.as_str());
                let title =
                    if replacement.is_empty() { "leave it out".into() } else { format!("write “{replacement}”") };
                finding = finding.replace(title, Applicability::Unsafe, span, replacement);
            }
            out.push(finding);
        }
    }
}
