//! `numbers/ordinal`: the ending of an ordinal in figures.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::mention::number::{Form, Kind as NumberKind};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape, Value};
use std::collections::BTreeMap;

/// The kind.
pub const KIND: Kind = Kind {
    name: "numbers/ordinal",
    page: include_str!("ordinal.md"),
    keys: &[Key::new(
        "endings",
        Shape::Map(&Shape::Text),
        "Endings that are not written, each with the one that is; without it, the endings of the language's own table are checked.",
    )],
    build,
};

struct Ordinal {
    endings: BTreeMap<String, String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let table = setup.table.get("endings").and_then(Value::table);
    let entries = table.into_iter().flat_map(|table| &table.entries);
    let endings = entries.filter_map(|(wrong, _, right)| Some((wrong.clone(), right.text()?.to_owned()))).collect();
    Ok(Box::new(Ordinal { endings }))
}

impl Check for Ordinal {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for number in
            reading.numbers().iter().filter(|number| number.kind == NumberKind::Ordinal && number.form == Form::Digits)
        {
            let written = reading.slice(number.figure.clone());
            let digits = written.trim_end_matches(|c: char| !c.is_ascii_digit());
            let (range, ending) = (number.figure.start + digits.len()..number.figure.end, &written[digits.len()..]);
            let right = if self.endings.is_empty() {
                by_table(reading, number.value().as_whole(), ending)
            } else {
                let found = self.endings.iter().find(|(wrong, _)| *wrong == ending).map(|(_, right)| right.as_str());
                // "1e" is no form of the first.
                found.filter(|right| !(digits == "1" && matches!(*right, "e" | "es")))
            };
            let Some(right) = right.filter(|right| !right.eq_ignore_ascii_case(ending)) else { continue };
            let text = format!("“{written}” is written “{digits}{right}”");
            let mut finding = out.finding(reading.span(number.figure.clone()), text).label("the ending of the ordinal");
            if let Some(span) = reading.edit_span(range.clone()) {
                let quoted = reading.is_quoted(&range);
                let applicability = if quoted { Applicability::Display } else { Applicability::Safe };
                finding = finding.replace(format!("write “{right}”"), applicability, span, right);
            }
            out.push(finding);
        }
    }
}

/// The ending that the language's table asks for.
fn by_table<'t>(reading: &Reading<'t>, value: Option<i128>, ending: &str) -> Option<&'t str> {
    let table = &reading.language().numbers.ordinal_ending;
    let last = u8::try_from(value?.rem_euclid(100)).ok()?;
    if !table.keys().any(|known| known.eq_ignore_ascii_case(ending)) {
        return None;
    }
    table.iter().find(|(_, numbers)| numbers.contains(&last)).map(|(ending, _)| ending.as_str())
}
