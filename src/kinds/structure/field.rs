//! `structure/field`: fields of a letter or a form that nobody filled in, in Markdown, where a site's templates look alike.

use crate::diagnostic::Diagnostic;
use crate::document::OPAQUE;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/field",
    page: include_str!("field.md"),
    keys: &[Key::required(
        "fields",
        Shape::List(&Shape::Text),
        "What fields are called, in small letters: “first name”.",
    )],
    build,
};

/// Bytes of the longest field with its marks.
const LONGEST: usize = 60;

struct Fields {
    fields: HashSet<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Fields { fields: setup.table.texts("fields").into_iter().map(str::to_owned).collect() }))
}

impl Check for Fields {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let source = reading.sources.get(reading.document.source);
        let whole = source.text().get(reading.document.span.clone()).unwrap_or_default();
        if !whole.contains("{{") && !whole.contains("<<") {
            return;
        }
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        for (block, text) in reading.prose() {
            // What a template fills is opaque; of “<<Name>>” a tag is taken away, and the outer marks stand side by side.
            let places = text.match_indices(OPAQUE).chain(text.match_indices("<>"));
            let places = places.map(|(at, sign)| block.range.start + at..block.range.start + at + sign.len());
            found.extend(
                places
                    .filter_map(|place| Some((place.clone(), self.field(source.slice(reading.span(place).range()))?))),
            );
        }
        found.sort_by_key(|(place, _)| place.start);
        // Where anything else stands in such marks, a generator fills the text, or the text speaks of templates.
        let filled = found.iter().filter(|(_, written)| written.starts_with("{{")).count();
        if whole.contains("{%") || whole.matches("{{").count() != filled {
            found.retain(|(_, written)| !written.starts_with("{{"));
        }
        for (place, written) in found {
            let name = written.trim_matches(['{', '}', '<', '>', ' ']);
            // The site's templates know the fields of its pages.
            if reading.document.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name)) {
                continue;
            }
            out.push(out.finding(reading.span(place), format!("“{written}” is a placeholder")));
        }
    }
}

impl Fields {
    /// The field that stands in a source, if it is one.
    fn field<'a>(&self, written: &'a str) -> Option<&'a str> {
        let inside = |open: &str, close: &str| written.strip_prefix(open)?.strip_suffix(close);
        let name = inside("{{", "}}").or_else(|| inside("<<", ">>")).filter(|_| written.len() <= LONGEST)?;
        self.fields.contains(&words(name.trim())).then_some(written)
    }
}

/// The words of a name, however they are joined: “first name” of `First Name`, `first_name`, `FIRST-NAME` and `firstName`.
fn words(name: &str) -> String {
    let mut out = String::new();
    let mut small = false;
    for letter in name.chars() {
        let parts = matches!(letter, '_' | '-' | ' ' | '\u{A0}');
        if (parts || small && letter.is_uppercase()) && !out.ends_with(' ') {
            out.push(' ');
        }
        if !parts {
            out.extend(letter.to_lowercase());
        }
        small = letter.is_lowercase();
    }
    out
}
