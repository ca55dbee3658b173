//! `parity/field`: front matter that must be the same in every version: status, embargo, date, the hash of the original.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{self, Block, Field, ReadOptions};
use crate::release::revision;
use crate::rule::{Check, Findings, Kind, Pair, Resources, Setup};
use crate::settings::{Key, Shape};
use crate::source::{Source, SourceId, Span};
use std::collections::HashSet;
use std::sync::Arc;

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
    resources: Arc<dyn Resources>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let names = |key: &str| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    let revision = setup.table.text("revision").map(str::to_lowercase);
    let (fields, days) = (names("fields"), names("days"));
    Ok(Box::new(Fields { fields, days, revision, resources: setup.resources.clone() }))
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
        let then = field.value.trim();
        if then == now {
            return;
        }
        let message = "the original has changed since this translation was last revised";
        let mut finding = out.finding(span(pair, field, true), message);
        finding = finding.because(format!("its text is now “{now}”, and “{then}” was translated"));
        let changed = self.changed(pair, then);
        for block in changed.iter().flatten().take(SHOWN) {
            finding = finding.related(pair.original.span(block.range.clone()), "changed since");
        }
        match &changed {
            Some(blocks) if blocks.is_empty() => {
                finding = finding.because("since then passages were only taken out of it")
            }
            Some(blocks) => {
                finding = finding.because(format!("{} of its passages are new or changed since", blocks.len()))
            }
            None => {}
        }
        if changed.is_none_or(|blocks| blocks.is_empty()) {
            let start = super::place::start(original);
            finding = finding.related(Span::new(original.source, start..start), "the original");
        }
        out.push(finding);
    }
}

/// Passages that a finding points at.
const SHOWN: usize = 5;

impl Fields {
    /// The passages of the original that the text with this hash had not; `None` where no history holds that text.
    fn changed<'a>(&self, pair: &Pair<'a, '_>, hash: &str) -> Option<Vec<&'a Block>> {
        let original = pair.original.document;
        let path = pair.original.path();
        let read = |text: &str| document::read(&Source::from_text(path, text), SourceId(0), &ReadOptions::default());
        let place = original.index;
        let is_it = |text: &str| read(text).get(place).is_some_and(|document| revision::hash(document) == hash);
        let former = self.resources.former(path, &is_it)?;
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let documents = read(&former);
        let then = documents.get(place)?;
        let known: HashSet<String> = then.blocks.iter().map(|block| words(then.block_text(block))).collect();
        let prose = original.blocks.iter().filter(|block| !block.range.is_empty());
        Some(prose.filter(|block| !known.contains(&words(original.block_text(block)))).collect())
    }
}
