//! `numbers/remainder`: percentages of one whole that are more than the whole.

use crate::diagnostic::Diagnostic;
use crate::mention::number::{Number, Unit, Value};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashSet;

/// The kind.
pub const KIND: Kind = Kind {
    name: "numbers/remainder",
    page: include_str!("remainder.md"),
    keys: &[Key::required("rest", Shape::List(&Shape::Text), "Words for what remains: “remaining”, “restants”.")],
    build,
};

struct Remainder {
    rest: HashSet<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Remainder { rest: super::words(setup, "rest") }))
}

impl Check for Remainder {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let sentences = reading.sentences();
        let numbers: Vec<&Number> = reading.numbers().iter().filter(|number| is_percentage(number)).collect();
        for (at, last) in numbers.iter().enumerate() {
            let Some(sentence) = sentences.get(sentences.partition_point(|s| s.end <= last.range.start)) else {
                continue;
            };
            let before = numbers[..at].iter().rev().take_while(|number| number.range.start >= sentence.start);
            let parts: Vec<&&Number> = before.collect();
            // With one part before it the remainder is what that part leaves, and nothing else.
            let [part] = parts.as_slice() else { continue };
            let sum = part.value().plus(last.value());
            if self.remains(reading, last)
                && is_series(reading, part, last)
                && sum.is_some_and(|sum| sum > Value::whole(101))
            {
                let text = format!("{}% and the remaining {}% are more than the whole", part.value(), last.value());
                let finding = out.finding(reading.span(last.range.clone()), text).label("what remains is less");
                out.push(finding.related(reading.span(part.range.clone()), "the first part"));
            }
        }
    }
}

impl Remainder {
    /// Whether a word for what remains stands beside the number.
    fn remains(&self, reading: &Reading<'_>, number: &Number) -> bool {
        let text = reading.text();
        let before = text[..number.range.start].split_whitespace().next_back().unwrap_or_default();
        let after = text[number.range.end..].split_whitespace().next().unwrap_or_default();
        let is = |word: &str| self.rest.contains(&word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase());
        // The words must stand in the same block.
        let near = |word: &str| !word.contains(crate::document::SEPARATOR) && is(word);
        near(before) || near(after)
    }
}

/// Whether the second is said beside the first, and not of it ("80% of the remaining 50%").
fn is_series(reading: &Reading<'_>, part: &Number, last: &Number) -> bool {
    let between = reading.text().get(part.range.end..last.range.start).unwrap_or_default();
    let and = &reading.language().dates.and;
    between.contains([',', ';'])
        || between.split_whitespace().any(|word| and.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

fn is_percentage(number: &Number) -> bool {
    matches!(number.unit, Some((Unit::Percent, _))) && number.partner.is_none() && number.is_certain()
}
