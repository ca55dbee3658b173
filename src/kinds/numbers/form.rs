//! `numbers/form`: figures that no language writes so, or that another language does.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::mention::number::{Flaw, Form, Number};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape, Value};

const FLAWS: &[&str] = &["malformed", "decimal", "group"];

/// The kind.
pub const KIND: Kind = Kind {
    name: "numbers/form",
    page: include_str!("form.md"),
    keys: &[Key::required("flaw", Shape::OneOf(FLAWS), "What it looks for: malformed, decimal or group.")],
    build,
};

struct Shapes {
    flaw: Flaw,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let flaw = match setup.table.get("flaw").and_then(Value::text) {
        Some("decimal") => Flaw::Decimal,
        Some("group") => Flaw::Group,
        _ => Flaw::Malformed,
    };
    Ok(Box::new(Shapes { flaw }))
}

impl Check for Shapes {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for number in reading.numbers() {
            let figures = reading.slice(number.figure.clone());
            let last = figures.char_indices().rev().find(|(_, c)| c.is_numeric());
            let figures = &figures[..last.map_or(figures.len(), |(at, c)| at + c.len_utf8())];
            let range = number.figure.start..number.figure.start + figures.len();
            if reading.is_opaque(&range) || number.label || !figures.is_ascii() && self.flaw == Flaw::Malformed {
                continue;
            }
            match self.flaw {
                Flaw::Malformed if number.flaw == Some(Flaw::Malformed) => {
                    let finding = out.finding(reading.span(range), "the digits are not grouped as in any number");
                    out.push(finding.label("groups have three digits"));
                }
                Flaw::Decimal if number.flaw == Some(Flaw::Decimal) && is_measured(number) => {
                    let mark = if figures.contains(',') && !figures.contains('.') { "," } else { "." };
                    let right = if mark == "," { "." } else { "," };
                    let text = format!("“{mark}” is not the decimal mark of this language");
                    let mut finding = out.finding(reading.span(range.clone()), text).label(format!("“{right}” is"));
                    // With a grouping mark too, both would have to change.
                    if figures.matches([',', '.']).count() == 1
                        && !reading.is_quoted(&range)
                        && let Some(span) = reading.edit_span(range)
                    {
                        let written = figures.replace(mark, right);
                        finding = finding.replace("write the language’s mark", Applicability::Unsafe, span, written);
                    }
                    out.push(finding);
                }
                Flaw::Group if is_foreign_group(number, figures) => {
                    let text = "the digits are grouped as another language groups them";
                    let finding = out.finding(reading.span(range), text);
                    out.push(finding.label(format!("read as {}", number.foreign.unwrap_or_else(|| number.value()))));
                }
                _ => {}
            }
        }
    }
}

/// Whether a quantity is meant, and no version or section.
fn is_measured(number: &Number) -> bool {
    (number.unit.is_some() || number.form == Form::Mixed) && number.precision >= -6
}

/// Whether the grouping marks are another language's: two or more of them, or one before three zeros, which no decimal ends with.
fn is_foreign_group(number: &Number, figures: &str) -> bool {
    let marks = figures.matches([',', '.']).count();
    let zeros = figures.ends_with(",000") || figures.ends_with(".000");
    match number.flaw {
        Some(Flaw::Group) => marks > 1 || zeros,
        None => number.foreign.is_some() && zeros && marks == 1 && !figures.starts_with('0') && number.unit.is_none(),
        _ => false,
    }
}
