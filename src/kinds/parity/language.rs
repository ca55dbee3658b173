//! `parity/language`: a release that does not exist in every language it is published in.

use super::place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::{Check, Findings, Kind, Setup, Stage, Versions};
use crate::source::Span;

/// The kind.
pub const KIND: Kind = Kind { name: "parity/language", page: include_str!("language.md"), keys: &[], build };

struct Language;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Language))
}

impl Check for Language {
    fn versions(&self, versions: &Versions<'_, '_>, out: &mut Findings<'_>) {
        let Some(original) = versions.readings.first() else { return };
        let tags: Vec<&str> =
            versions.readings.iter().filter_map(|reading| reading.document.language.tag.as_deref()).collect();
        // A text whose language is not known may be the one that is missing.
        if tags.len() < versions.readings.len() {
            return;
        }
        let missing: Vec<&str> = versions
            .published
            .iter()
            .map(String::as_str)
            .filter(|wanted| !tags.iter().any(|tag| covers(wanted, tag)))
            .collect();
        if missing.is_empty() || missing.len() == versions.published.len() {
            return;
        }
        let start = place::start(original.document);
        let title = original.prose().next().map(|(block, _)| place::span(original, block));
        let span = title.unwrap_or(Span::new(original.document.source, start..start));
        let message = format!("this release has no version in {}", missing.join(", "));
        let mut finding = out.finding(span, message).because(format!("it exists in {}", tags.join(", ")));
        if original.stage == Stage::Draft {
            finding.severity = Severity::Info;
        }
        out.push(finding);
    }
}

/// Whether a text in `tag` is a version in `wanted`: `fr-CA` is one in `fr`, and `fr` none in `fr-CA`.
fn covers(wanted: &str, tag: &str) -> bool {
    let (wanted, tag) = (wanted.to_ascii_lowercase(), tag.to_ascii_lowercase());
    tag == wanted || tag.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with(['-', '_']))
}
