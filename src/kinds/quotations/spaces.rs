//! `quotations/spaces`: blanks just inside quotation marks.

use super::marks::{Shape, closing, opening};
use crate::diagnostic::Applicability;
use crate::mention::quotation::Quotation;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape as Value};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/spaces",
    page: include_str!("spaces.md"),
    keys: &[
        Key::required(
            "inside",
            Value::OneOf(&["none", "alike", "no-break"]),
            "What stands just inside the marks: nothing, where the language has it so; the same at both ends; a no-break space.",
        ),
        Key::new("marks", Value::OneOf(&["curly", "guillemets"]), "The marks it looks at; both kinds by default."),
    ],
    build,
};

#[derive(Clone, Copy, PartialEq)]
enum Inside {
    None,
    Alike,
    NoBreak,
}

struct Spaces {
    inside: Inside,
    marks: Option<Shape>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let inside = match setup.table.text("inside") {
        Some("alike") => Inside::Alike,
        Some("no-break") => Inside::NoBreak,
        _ => Inside::None,
    };
    let marks = setup.table.text("marks").map(|marks| if marks == "curly" { Shape::Curly } else { Shape::Guillemets });
    Ok(Box::new(Spaces { inside, marks }))
}

impl Check for Spaces {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for quotation in reading.quotations() {
            let shape = Shape::of(quotation.open);
            let looked_at = match self.marks {
                Some(marks) => marks == shape,
                None => matches!(shape, Shape::Curly | Shape::Guillemets),
            };
            let looked_at = looked_at && (self.inside != Inside::None || stands_close(reading, shape));
            if looked_at && quotation.close.is_some_and(|close| Shape::of(close) == shape) {
                self.judge(reading, quotation, out);
            }
        }
    }
}

/// Whether marks of a shape stand close to the words in the language of a text. Curly ones do everywhere; where guillemets stand apart, some
/// give them the same blanks.
fn stands_close(reading: &Reading<'_>, shape: Shape) -> bool {
    match (reading.language().punctuation.spaced, shape) {
        (Some(false), _) => true,
        (None, shape) => shape == Shape::Curly,
        (Some(true), _) => false,
    }
}

impl Spaces {
    fn judge(&self, reading: &Reading<'_>, quotation: &Quotation, out: &mut Findings<'_>) {
        let inner = reading.slice(quotation.inner.clone());
        let words = inner.trim();
        let Some(close) = closing(quotation) else { return };
        if words.is_empty() {
            return;
        }
        let first = quotation.inner.start..quotation.inner.end - inner.trim_start().len();
        let last = quotation.inner.start + inner.trim_end().len()..quotation.inner.end;
        // With its mark, so that a missing blank has a place too.
        let ends = [(&first, opening(quotation).start..first.end, "after"), (&last, last.start..close.end, "before")];
        match self.inside {
            Inside::None => {
                for (blank, place, side) in ends.iter().filter(|(blank, ..)| !blank.is_empty()) {
                    let message = format!("a blank {side} the mark");
                    self.report(reading, place, blank, "", &message, out);
                }
            }
            Inside::Alike if first.is_empty() != last.is_empty() => {
                let odd = if first.is_empty() { &ends[0] } else { &ends[1] };
                let model = if first.is_empty() { reading.slice(last.clone()) } else { reading.slice(first.clone()) };
                let message = format!("no blank {} the mark, and one at the other end", odd.2);
                self.report(reading, &odd.1, odd.0, model, &message, out);
            }
            Inside::Alike => {}
            Inside::NoBreak => {
                for (blank, place, side) in &ends {
                    let found = reading.slice((*blank).clone());
                    if !matches!(found, "\u{A0}" | "\u{202F}") {
                        let message = format!("no no-break space {side} the mark");
                        self.report(reading, place, blank, "\u{A0}", &message, out);
                    }
                }
            }
        }
    }

    fn report(
        &self,
        reading: &Reading<'_>,
        place: &Range<usize>,
        blank: &Range<usize>,
        replacement: &str,
        message: &str,
        out: &mut Findings<'_>,
    ) {
        // Where a tag stands between the blank and the mark, it may be what the mark encloses: “of <name>”.
        if reading.is_opaque(place) || !blank.is_empty() && reading.edit_span(place.clone()).is_none() {
            return;
        }
        let finding = out.finding(reading.span(place.clone()), message);
        let title = if replacement.is_empty() { "leave the blank out" } else { "set the space" };
        out.push(match reading.edit_span(blank.clone()) {
            Some(span) => finding.replace(title, Applicability::Safe, span, replacement),
            None => finding,
        });
    }
}
