//! `wording/metric`: how long sentences, paragraphs, titles and texts are, and what can be reckoned from that.

use super::formula::{Formula, NAMES};
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/metric",
    page: include_str!("metric.md"),
    keys: &[
        Key::new("count", Shape::OneOf(NAMES), "What is counted."),
        Key::new("formula", Shape::Text, "Instead of one count, what is reckoned from several."),
        Key::required("in", Shape::OneOf(&["sentence", "block", "document"]), "What it is counted in."),
        Key::new("most", Shape::Number, "More than this is reported."),
        Key::new("least", Shape::Number, "Less than this is reported."),
    ],
    build,
};

/// Letters of a long word.
const LONG: usize = 7;

struct Metric {
    formula: Formula,
    /// What is counted, in words.
    name: String,
    unit: String,
    least: Option<f64>,
    most: Option<f64>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let (least, most) = (setup.table.number("least"), setup.table.number("most"));
    if least.is_none() && most.is_none() {
        return Err(vec![setup.mistake(setup.place(), "“most” or “least” is missing").help("a number from 0")]);
    }
    let Some(value) = setup.table.get("formula").or(setup.table.get("count")) else {
        return Err(vec![setup.mistake(setup.place(), "“count” or “formula” is missing")]);
    };
    let name = value.text().unwrap_or_default().to_owned();
    let formula = Formula::read(&name).map_err(|mistake| vec![setup.mistake(value.range.clone(), mistake)])?;
    let unit = setup.table.text("in").unwrap_or_default().to_owned();
    Ok(Box::new(Metric { formula, name, unit, least, most }))
}

impl Metric {
    fn units(&self, reading: &Reading<'_>, out: &Findings<'_>) -> Vec<Range<usize>> {
        let blocks =
            || reading.prose().filter(|(block, _)| out.rule.scope.covers(block)).map(|(block, _)| block.range.clone());
        match self.unit.as_str() {
            "sentence" => reading
                .sentences()
                .iter()
                .filter(|s| out.rule.scope.covers_byte(reading.document, s.start))
                .cloned()
                .collect(),
            "block" => blocks().collect(),
            _ => blocks().reduce(|first, last| first.start..last.end).into_iter().collect(),
        }
    }
}

/// One of the counts of [`NAMES`], in a part of the text.
fn count(name: &str, reading: &Reading<'_>, unit: &Range<usize>, out: &Findings<'_>) -> usize {
    let inside = |range: &Range<usize>| unit.start <= range.start && range.end <= unit.end;
    let words = || reading.slice(unit.clone()).unicode_words();
    match name {
        "sentences" => {
            let sentences = reading.sentences();
            let first = sentences.partition_point(|sentence| sentence.start < unit.start);
            sentences[first..].iter().take_while(|sentence| sentence.start < unit.end).filter(|s| inside(s)).count()
        }
        "blocks" => reading.prose().filter(|(block, _)| out.rule.scope.covers(block) && inside(&block.range)).count(),
        "characters" => reading.slice(unit.clone()).graphemes(true).count(),
        "long-words" => words().filter(|word| word.chars().count() >= LONG).count(),
        _ => words().count(),
    }
}

impl Check for Metric {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for unit in self.units(reading, out) {
            let number = self.formula.value(&|at| count(NAMES[at], reading, &unit, out));
            let limit = match (self.most, self.least) {
                (Some(most), _) if number > most => format!("at most {most}"),
                (_, Some(least)) if number < least => format!("at least {least}"),
                _ => continue,
            };
            let number = (number * 10.0).round() / 10.0;
            let message = match self.formula {
                Formula::Count(_) => format!("{number} {} in a {}, and {limit} are wanted", self.name, self.unit),
                _ => format!("{} is {number} in this {}, and {limit} is wanted", self.name, self.unit),
            };
            out.push(out.finding(reading.span(unit), message));
        }
    }
}
