//! `wording/either`: of two spellings, one in a text.

use super::options::{IGNORE_CASE, QUOTATIONS, Tokens, filled};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::BTreeMap;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/either",
    page: include_str!("either.md"),
    keys: &[
        Key::required("pairs", Shape::Map(&Shape::Text), "Two spellings of which a text may use one."),
        Key::new("regex", Shape::Bool, "Both are regular expressions."),
        Key::new(
            "report",
            Shape::OneOf(&["minority", "all"]),
            "What is reported: the rarer spelling (the default), or every place.",
        ),
        IGNORE_CASE,
        QUOTATIONS,
    ],
    build,
};

/// Patterns stand in pairs: 0 and 1 are one, 2 and 3 the next.
struct Either {
    tokens: Tokens,
    all: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let (regex, ignore_case) =
        (setup.table.bool("regex").unwrap_or(false), setup.table.bool("ignore-case").unwrap_or(true));
    let (mut tokens, mut mistakes) = (Tokens::with(setup), Vec::new());
    for (first, place, second) in setup.table.table("pairs").map(|map| map.entries.as_slice()).unwrap_or_default() {
        for (text, range) in
            [(first.as_str(), place.clone()), (second.text().unwrap_or_default(), second.range.clone())]
        {
            match setup.pattern(Pattern { text: text.into(), regex, ignore_case, word: true }, range) {
                Ok(pattern) => tokens.patterns.push(pattern),
                Err(mistake) => mistakes.push(mistake),
            }
        }
    }
    let all = setup.table.text("report") == Some("all");
    Ok(Box::new(Either { tokens: tokens.finish(setup, mistakes)?, all }))
}

impl Check for Either {
    fn patterns(&self) -> &[Pattern] {
        &self.tokens.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let mut pairs: BTreeMap<usize, [Vec<&Hit>; 2]> = BTreeMap::new();
        for hit in self.tokens.matches(reading, hits) {
            pairs.entry(hit.pattern / 2).or_default()[hit.pattern % 2].push(hit);
        }
        for sides in pairs.into_values() {
            if sides.iter().any(Vec::is_empty) {
                continue;
            }
            // The rarer one; of two that are equally common, the one that came later.
            let rare = match sides[0].len().cmp(&sides[1].len()) {
                std::cmp::Ordering::Less => 0,
                std::cmp::Ordering::Greater => 1,
                std::cmp::Ordering::Equal => usize::from(sides[0][0].range.start < sides[1][0].range.start),
            };
            self.report(reading, &sides[rare], &sides[1 - rare], out);
            if self.all {
                self.report(reading, &sides[1 - rare], &sides[rare], out);
            }
        }
    }
}

impl Either {
    fn report(&self, reading: &Reading<'_>, these: &[&Hit], others: &[&Hit], out: &mut Findings<'_>) {
        let other = reading.slice(others[0].range.clone());
        for hit in these {
            let found = reading.slice(hit.range.clone());
            let finding =
                out.finding(reading.span(hit.range.clone()), format!("“{found}” here and “{other}” elsewhere"));
            let mut finding = filled(finding, found, &format!("“{other}”"))
                .related(reading.span(others[0].range.clone()), format!("{} so", times(others.len())));
            let plain = !self.tokens.patterns[hit.pattern].regex;
            if let Some(span) = reading.edit_span(hit.range.clone()).filter(|_| plain) {
                let replacement = super::options::like(found, other);
                finding = finding.replace(format!("write “{replacement}”"), Applicability::Unsafe, span, replacement);
            }
            out.push(finding);
        }
    }
}

fn times(count: usize) -> String {
    if count == 1 { "once".into() } else { format!("{count} times") }
}
