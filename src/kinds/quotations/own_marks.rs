//! `quotations/own-marks`: quotations with other marks than those of the language, or of the house.

use super::marks::{Shape, around, closing, opening};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::language::{Language, region};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape as Value};

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/own-marks",
    page: include_str!("own_marks.md"),
    keys: &[Key::new(
        "marks",
        Value::List(&Value::Text),
        "The opening mark and the closing one; those of the text's language and region by default.",
    )],
    build,
};

struct OwnMarks {
    marks: Option<(char, char)>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let Some(value) = setup.table.get("marks") else { return Ok(Box::new(OwnMarks { marks: None })) };
    let marks: Vec<char> = value.texts().filter_map(|(text, _)| text.chars().next()).collect();
    match marks[..] {
        [open, close] => Ok(Box::new(OwnMarks { marks: Some((open, close)) })),
        _ => Err(vec![
            setup.mistake(value.range.clone(), "two marks are expected here, the opening one and the closing one"),
        ]),
    }
}

impl Check for OwnMarks {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let tag = reading.document.language.tag.as_deref();
        let own = || Language::of(tag).punctuation.outer(tag.and_then(region));
        let Some((open, close)) = self.marks.or_else(own) else { return };
        for quotation in reading.quotations().iter().filter(|quotation| quotation.depth == 0) {
            let (Some(end), Some(last)) = (closing(quotation), quotation.close) else { continue };
            // Single marks may be scare quotes or letters that are left out.
            let looked_at = Shape::of(quotation.open) != Shape::Other && Shape::of(last) != Shape::Other;
            if !looked_at
                || (quotation.open, last) == (open, close)
                || around(reading, &end).1.is_some_and(char::is_alphanumeric)
            {
                continue;
            }
            let start = opening(quotation);
            let finding =
                out.finding(reading.span(start.clone()), format!("{} {last} for {open} {close}", quotation.open));
            let finding = finding.related(reading.span(end.clone()), "ends here");
            let edits = [(start, open), (end, close)]
                .map(|(place, mark)| reading.edit_span(place).map(|span| Edit { span, replacement: mark.to_string() }));
            out.push(match edits {
                [Some(first), Some(second)] => finding.fix(Fix {
                    title: format!("write {open} {close}"),
                    applicability: Applicability::Unsafe,
                    edits: vec![first, second],
                }),
                _ => finding,
            });
        }
    }
}
