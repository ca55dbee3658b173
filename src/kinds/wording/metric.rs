//! `wording/metric`: how long sentences, paragraphs, titles and texts are.

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
        Key::required("count", Shape::OneOf(&["words", "characters", "sentences", "blocks"]), "What is counted."),
        Key::required("in", Shape::OneOf(&["sentence", "block", "document"]), "What it is counted in."),
        Key::new("most", Shape::Integer, "More than this many are reported."),
        Key::new("least", Shape::Integer, "Fewer than this many are reported."),
    ],
    build,
};

struct Metric {
    count: String,
    unit: String,
    least: usize,
    most: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let text = |key| setup.table.text(key).unwrap_or_default().to_owned();
    let limit = |key| setup.table.integer(key).and_then(|number| usize::try_from(number).ok());
    if limit("least").is_none() && limit("most").is_none() {
        return Err(vec![setup.mistake(setup.place(), "“most” or “least” is missing").help("a whole number from 0")]);
    }
    let (least, most) = (limit("least").unwrap_or(0), limit("most").unwrap_or(usize::MAX));
    Ok(Box::new(Metric { count: text("count"), unit: text("in"), least, most }))
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

    fn measure(&self, reading: &Reading<'_>, unit: &Range<usize>, out: &Findings<'_>) -> usize {
        let inside = |range: &Range<usize>| unit.start <= range.start && range.end <= unit.end;
        match self.count.as_str() {
            "sentences" => reading.sentences().iter().filter(|sentence| inside(sentence)).count(),
            "blocks" => {
                reading.prose().filter(|(block, _)| out.rule.scope.covers(block) && inside(&block.range)).count()
            }
            "characters" => reading.slice(unit.clone()).graphemes(true).count(),
            _ => reading.slice(unit.clone()).unicode_words().count(),
        }
    }
}

impl Check for Metric {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for unit in self.units(reading, out) {
            let number = self.measure(reading, &unit, out);
            let limit = match number {
                _ if number > self.most => format!("at most {}", self.most),
                _ if number < self.least => format!("at least {}", self.least),
                _ => continue,
            };
            let message = format!("{number} {} in a {}, and {limit} are wanted", self.count, self.unit);
            out.push(out.finding(reading.span(unit), message));
        }
    }
}
