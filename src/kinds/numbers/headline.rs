//! `numbers/headline`: a figure in the title that the text gives otherwise.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind, Part};
use crate::mention::number::{Form, Kind as NumberKind, Number, Value};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::collections::HashMap;

/// The kind.
pub const KIND: Kind = Kind { name: "numbers/headline", page: include_str!("headline.md"), keys: &[], build };

/// Paragraphs of the text that a headline sums up.
const LEAD: usize = 3;

struct Headline;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Headline))
}

impl Check for Headline {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let blocks = &reading.document.blocks;
        let Some(title) = blocks.iter().find(|block| block.kind == BlockKind::Title && !block.range.is_empty()) else {
            return;
        };
        let is_body =
            |block: &&Block| block.kind == BlockKind::Paragraph && block.part == Part::Body && block.quotes == 0;
        let lead = blocks.iter().filter(is_body).take(LEAD).last().map_or(0, |block| block.range.end);
        // What the whole text says of each thing, and which of it stands in the lead.
        let mut said: HashMap<String, Vec<&Number>> = HashMap::new();
        let body = reading.numbers().iter().filter(|number| number.range.start >= title.range.end);
        for number in body {
            if let Some(thing) = thing(reading, number) {
                said.entry(thing).or_default().push(number);
            }
        }
        for number in reading.numbers().iter().filter(|number| title.range.contains(&number.range.start)) {
            let numbered = is_numbered(reading, number);
            let Some(found) = thing(reading, number).and_then(|thing| said.get(&thing)) else { continue };
            if found.iter().any(|other| agree(number, other)) {
                continue;
            }
            let [other, rest @ ..] = found.as_slice() else { continue };
            let alone = rest.iter().all(|more| more.may_equal(other));
            let (mine, others) = (number.value().about(), other.value().about());
            let near = if numbered {
                (mine - others).abs() <= 2.0
            } else {
                alone && mine <= others * 2.0 && others <= mine * 2.0
            };
            if near && other.range.start < lead && other.range.start >= title.range.end {
                let text = format!("the title says {}, the text {}", shown(reading, number), shown(reading, other));
                let finding = out
                    .finding(reading.span(other.range.clone()), text)
                    .label("only here, and otherwise than in the title");
                out.push(finding.related(reading.span(number.range.clone()), "the title"));
            }
        }
    }
}

/// What a number counts, as a key: its unit, the word after it, or for a number with a sign the word before it.
fn thing(reading: &Reading<'_>, number: &Number) -> Option<String> {
    let text = reading.text();
    if is_numbered(reading, number) {
        let before = text[..number.range.start].trim_end_matches(['#', ' ', '\u{A0}']);
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().filter(|word| word.chars().count() > 2)?;
        return Some(format!("#{}", word.to_lowercase()));
    }
    if !is_count(number) {
        return None;
    }
    let after = text[number.range.end..].strip_prefix([' ', '\u{A0}'])?;
    let word =
        after.split(|c: char| !(c.is_alphabetic() || c == '-')).next().filter(|word| word.chars().count() > 3)?;
    let unit = number.unit.as_ref().map(|(unit, _)| format!("{unit:?} ")).unwrap_or_default();
    Some(unit + word.to_lowercase().trim_end_matches('s'))
}

/// "#371": one of a series.
fn is_numbered(reading: &Reading<'_>, number: &Number) -> bool {
    number.label && number.value().as_whole().is_some() && reading.text()[..number.range.start].ends_with('#')
}

fn is_count(number: &Number) -> bool {
    let meant = matches!(number.form, Form::Digits | Form::Mixed) || number.form == Form::Words && !number.is_weak();
    meant
        && number.kind == NumberKind::Cardinal
        && number.is_certain()
        && !number.label
        && !number.may_be_year()
        && number.partner.is_none()
        && number.value() > Value::whole(2)
}

/// Whether one is the other, or rounds it.
fn agree(title: &Number, text: &Number) -> bool {
    if title.may_equal(text) {
        return true;
    }
    let mut unit = 10_f64.powi(i32::from(title.precision));
    if let Some(mut whole) = title.value().as_whole().filter(|whole| *whole != 0) {
        unit = 1.0;
        while whole % 10 == 0 {
            whole /= 10;
            unit *= 10.0;
        }
    }
    unit > 1.0 && (title.value().about() - text.value().about()).abs() < unit
}

/// A number with the sign that makes it one of a series.
fn shown(reading: &Reading<'_>, number: &Number) -> String {
    format!("{}{}", if is_numbered(reading, number) { "#" } else { "" }, reading.slice(number.range.clone()))
}
