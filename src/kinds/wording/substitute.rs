//! `wording/substitute`: words for which a house writes others.

use super::options::{EXCEPT, IGNORE_CASE, QUOTATIONS, Tokens, WHOLE_WORDS, filled, like};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use std::sync::OnceLock;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/substitute",
    page: include_str!("substitute.md"),
    keys: &[
        Key::required(
            "replace",
            Shape::Map(&Shape::List(&Shape::Text)),
            "What is written, and what the house writes instead.",
        ),
        Key::new(
            "regex",
            Shape::Bool,
            "The keys of `replace` are regular expressions; `$1` in a value is what a group matched.",
        ),
        Key::new(
            "fix",
            Shape::OneOf(&["safe", "unsafe", "display"]),
            "Who may apply the replacement; “unsafe” by default.",
        ),
        IGNORE_CASE,
        WHOLE_WORDS,
        EXCEPT,
        QUOTATIONS,
    ],
    build,
};

struct Substitute {
    tokens: Tokens,
    /// What stands instead, for each pattern; the first is the one that a fix writes.
    instead: Vec<Vec<String>>,
    /// For replacements that name groups; made when the first match asks for them.
    groups: Vec<Option<OnceLock<Option<regex::Regex>>>>,
    applicability: Applicability,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let table = setup.table;
    let (regex, ignore_case) = (table.bool("regex").unwrap_or(false), table.bool("ignore-case").unwrap_or(false));
    let word = table.bool("whole-words").unwrap_or(true);
    let (mut tokens, mut instead, mut groups, mut mistakes) = (Tokens::with(setup), Vec::new(), Vec::new(), Vec::new());
    for (text, place, value) in table.table("replace").map(|map| map.entries.as_slice()).unwrap_or_default() {
        let replacements: Vec<String> = value.texts().map(|(text, _)| text.to_owned()).collect();
        let named = regex && replacements.iter().any(|replacement| replacement.contains('$'));
        match setup.pattern(Pattern { text: text.clone(), regex, ignore_case, word }, place.clone()) {
            Ok(pattern) => {
                groups.push(named.then(OnceLock::new));
                tokens.patterns.push(pattern);
                instead.push(replacements);
            }
            Err(mistake) => mistakes.push(mistake),
        }
    }
    let tokens = tokens.finish(setup, mistakes)?;
    let applicability = table.text("fix").and_then(Applicability::parse).unwrap_or(Applicability::Unsafe);
    Ok(Box::new(Substitute { tokens, instead, groups, applicability }))
}

impl Substitute {
    /// The replacements for a match, in the case of what was found.
    fn replacements(&self, pattern: usize, found: &str) -> Vec<String> {
        let groups = self.groups[pattern].as_ref();
        let groups = groups.and_then(|groups| groups.get_or_init(|| self.tokens.patterns[pattern].groups()).as_ref());
        let expand = |replacement: &String| match groups {
            Some(groups) => {
                let expanded = groups.replace(found, replacement.as_str()).into_owned();
                if self.tokens.patterns[pattern].ignore_case { like(found, &expanded) } else { expanded }
            }
            None => like(found, replacement),
        };
        let replacements: Vec<String> = self.instead[pattern].iter().map(expand).collect();
        // One of the forms that the house writes is right already.
        if replacements.iter().chain(&self.instead[pattern]).any(|right| right == found) {
            Vec::new()
        } else {
            replacements
        }
    }
}

/// Of hits that overlap, the one that begins first, and of those the longest.
fn longest<'h>(hits: impl Iterator<Item = &'h Hit>) -> Vec<&'h Hit> {
    let mut hits: Vec<&Hit> = hits.collect();
    hits.sort_by_key(|hit| (hit.range.start, std::cmp::Reverse(hit.range.end), hit.pattern));
    let mut end = 0;
    hits.retain(|hit| {
        let apart = hit.range.start >= end;
        end = if apart { hit.range.end } else { end };
        apart
    });
    hits
}

impl Check for Substitute {
    fn patterns(&self) -> &[Pattern] {
        &self.tokens.patterns
    }

    fn speaks_only_of_hits(&self) -> bool {
        true
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        for hit in longest(self.tokens.matches(reading, hits)) {
            let found = reading.slice(hit.range.clone());
            let replacements = self.replacements(hit.pattern, found);
            let Some(first) = replacements.first() else { continue };
            let list =
                replacements.iter().map(|replacement| format!("“{replacement}”")).collect::<Vec<_>>().join(" or ");
            let finding = out.finding(reading.span(hit.range.clone()), format!("“{found}” for {list}"));
            let mut finding = filled(finding, found, &list);
            finding.help.get_or_insert_with(|| format!("write {list}"));
            // With several replacements a person chooses; a quotation is never changed unattended.
            let applicability = match replacements.len() {
                1 if reading.is_quoted(&hit.range) => Applicability::Unsafe.min(self.applicability),
                1 => self.applicability,
                _ => Applicability::Display,
            };
            if let Some(span) = reading.edit_span(hit.range.clone()) {
                finding = finding.replace(format!("write “{first}”"), applicability, span, first);
            }
            out.push(finding);
        }
    }
}
