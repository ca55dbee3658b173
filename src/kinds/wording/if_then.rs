//! `wording/if-then`: where one thing stands, another must stand too.

use super::options::{IGNORE_CASE, filled};
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape, Value};
use std::collections::HashSet;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/if-then",
    page: include_str!("if_then.md"),
    keys: &[
        Key::required("if", Shape::Text, "What may stand in the text: a regular expression."),
        Key::required("then", Shape::Text, "What must stand in the text then: a regular expression."),
        Key::new("except", Shape::List(&Shape::Text), "Matches of `if` that need nothing."),
        Key::new(
            "report",
            Shape::OneOf(&["first", "all"]),
            "What is reported: each text once (the default), or every place.",
        ),
        IGNORE_CASE,
    ],
    build,
};

struct IfThen {
    /// `if` and `then`.
    patterns: [Pattern; 2],
    /// The same, where they have a group: what it matched is what is compared.
    groups: [Option<regex::Regex>; 2],
    except: Vec<String>,
    all: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let ignore_case = setup.table.bool("ignore-case").unwrap_or(false);
    let read = |key: &str| {
        let value = setup.table.get(key).ok_or_else(|| setup.mistake(setup.place(), format!("“{key}” is missing")))?;
        let text = value.text().unwrap_or_default().to_owned();
        setup.pattern(Pattern { text, regex: true, ignore_case, word: false }, value.range.clone())
    };
    let patterns = match (read("if"), read("then")) {
        (Ok(first), Ok(second)) => [first, second],
        (first, second) => return Err([first.err(), second.err()].into_iter().flatten().collect()),
    };
    let groups = [patterns[0].groups(), patterns[1].groups()];
    let except =
        setup.table.get("except").map(Value::texts).into_iter().flatten().map(|(text, _)| text.to_owned()).collect();
    Ok(Box::new(IfThen { patterns, groups, except, all: setup.table.text("report") == Some("all") }))
}

impl IfThen {
    /// What of a match is compared: the first group, or the whole. The pattern is asked again in the block, for it may look around.
    fn compared<'t>(&self, reading: &Reading<'t>, hit: &Hit) -> &'t str {
        let whole = reading.slice(hit.range.clone());
        let Some(regex) = &self.groups[hit.pattern] else { return whole };
        let group = regex.captures(whole).and_then(|captures| captures.iter().skip(1).flatten().next());
        group.map_or(whole, |group| group.as_str())
    }
}

impl Check for IfThen {
    fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let consequents: HashSet<&str> =
            hits.iter().filter(|hit| hit.pattern == 1).map(|hit| self.compared(reading, hit)).collect();
        let compares = self.groups[1].is_some();
        let mut said = HashSet::new();
        for hit in hits.iter().filter(|hit| hit.pattern == 0) {
            let text = self.compared(reading, hit);
            let met = if compares { consequents.contains(text) } else { !consequents.is_empty() };
            if met || self.except.iter().any(|word| word == text) || reading.is_opaque(&hit.range) {
                continue;
            }
            if said.insert(text) || self.all {
                let message = format!("“{text}” needs what this rule asks for, and it is not there");
                out.push(filled(out.finding(reading.span(hit.range.clone()), message), text, ""));
            }
        }
    }
}
