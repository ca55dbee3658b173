//! `parity/field`: front matter that must be the same in every version: status, embargo, date, the hash of the original.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Field;
use crate::release::revision;
use crate::rule::{Check, Findings, Kind, Pair, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/field",
    page: include_str!("field.md"),
    keys: &[
        Key::new("fields", Shape::List(&Shape::Text), "Fields of front matter that are the same in every version."),
        Key::new("days", Shape::List(&Shape::Text), "Fields of which only the day must be the same."),
        Key::new("revision", Shape::Text, "The field that holds the hash of the original that was translated."),
    ],
    build,
};

struct Fields {
    fields: Vec<String>,
    days: Vec<String>,
    revision: Option<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let names = |key: &str| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    let revision = setup.table.text("revision").map(str::to_lowercase);
    Ok(Box::new(Fields { fields: names("fields"), days: names("days"), revision }))
}

impl Check for Fields {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let (original, translation) = (pair.original.document, pair.translation.document);
        let span = |pair: &Pair<'_, '_>, field: &Field, here: bool| {
            let reading = if here { pair.translation } else { pair.original };
            Span::new(reading.document.source, field.source.clone())
        };
        for (name, day) in self.fields.iter().map(|name| (name, false)).chain(self.days.iter().map(|name| (name, true)))
        {
            let (Some(one), Some(other)) = (original.field(name), translation.field(name)) else { continue };
            let [here, there] = [one, other].map(|field| {
                let value = field.value.trim().to_lowercase();
                if day { value.split(['T', 't', ' ']).next().unwrap_or_default().to_owned() } else { value }
            });
            if here == there || here.is_empty() || there.is_empty() {
                continue;
            }
            let message = format!("{name} is “{}” here and “{}” in the original", other.value.trim(), one.value.trim());
            let mut finding =
                out.finding(span(pair, other, true), message).related(span(pair, one, false), "in the original");
            // A version still in work is not the release that the other is.
            if pair.is_draft() {
                finding.severity = Severity::Info;
            }
            out.push(finding);
        }
        let Some(field) = self.revision.as_deref().and_then(|name| translation.field(name)) else { return };
        let now = revision::hash(original);
        if field.value.trim() != now {
            let start = super::place::start(original);
            let finding = out
                .finding(span(pair, field, true), "the original has changed since this translation was last revised");
            let finding = finding.related(Span::new(original.source, start..start), "the original");
            out.push(finding.because(format!("its text is now “{now}”, and “{}” was translated", field.value.trim())));
        }
    }
}
