//! `numbers/twice`: a number in words with the same number in figures after it, and one whose figures say something else.

use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::mention::number::{Form, Kind as NumberKind, Number, Value};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "numbers/twice", page: include_str!("twice.md"), keys: &[], build };

struct Twice;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Twice))
}

impl Check for Twice {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for pair in reading.numbers().windows(2) {
            let [words, figures] = pair else { continue };
            if words.form != Form::Words || figures.form == Form::Words || !in_brackets(reading, words, figures) {
                continue;
            }
            let both = words.range.start
                ..reading.text()[figures.range.end..]
                    .chars()
                    .next()
                    .map_or(figures.range.end, |c| figures.range.end + c.len_utf8());
            let opening = reading.text()[words.range.end..figures.range.start].trim_end_matches(['(', '（']).len();
            if words.kind == figures.kind && words.may_equal(figures) {
                // A quotation is somebody's own way to write.
                if reading.is_quoted(&both) {
                    continue;
                }
                let text = "one number stands here in words and in figures";
                let mut finding = out.finding(reading.span(both.clone()), text).label("the same number twice");
                finding.severity = Severity::Warning;
                let after = words.range.end..both.end;
                if opening <= 1
                    && !reading.is_quoted(&both)
                    && let Some(span) = reading.edit_span(after)
                {
                    finding = finding.replace("leave out the figures", Applicability::Unsafe, span, "");
                }
                out.push(finding);
            } else if disagree(reading, words, figures) {
                let text = format!("the words say {}, the figures {}", words.value(), figures.value());
                let finding = out.finding(reading.span(figures.range.clone()), text);
                let finding = finding.label("another number");
                out.push(finding.related(reading.span(words.range.clone()), "the same number in words"));
            }
        }
    }
}

/// Whether the second stands in brackets right after the first, with nothing else in them.
fn in_brackets(reading: &Reading<'_>, words: &Number, figures: &Number) -> bool {
    let text = reading.text();
    let Some(between) = text.get(words.range.end..figures.range.start) else { return false };
    matches!(between.trim_start(), "(" | "（")
        && between.len() <= 5
        && text[figures.range.end..].starts_with([')', '）'])
}

/// Whether two numbers that should be one are certainly two: no year, no reference to a note, no age after a name.
fn disagree(reading: &Reading<'_>, words: &Number, figures: &Number) -> bool {
    let ordinals = words.kind == NumberKind::Ordinal && figures.kind == NumberKind::Ordinal;
    let rest = &reading.text()[figures.range.end..];
    // What is counted follows; in German it has a capital.
    let nouns_capital = reading.language().numbers.nouns_capital;
    let is_counted = |c: char| c.is_lowercase() || nouns_capital && c.is_alphabetic();
    let counted = rest.get(1..).is_some_and(|rest| {
        let mut after = rest.chars();
        after.next() == Some(' ') && after.next().is_some_and(is_counted)
    });
    let alike = words.kind == figures.kind
        && words.unit.as_ref().map(|unit| unit.0) == figures.unit.as_ref().map(|unit| unit.0);
    let small = words.value() < Value::whole(3) && !ordinals;
    let far = figures.value() > Value::whole(words.value().as_whole().unwrap_or_default().saturating_mul(4));
    !words.is_weak()
        && !small
        && figures.is_certain()
        && !figures.may_be_year()
        && !far
        && (ordinals || counted && alike)
}
