//! `titles/capitals`: how a house writes the capitals of titles beside a name.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::BlockKind;
use crate::mention::title::Title;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};

/// The kind.
pub const KIND: Kind = Kind {
    name: "titles/capitals",
    page: include_str!("capitals.md"),
    keys: &[
        Key::new("before", Shape::Bool, "Titles before a name are small too; off by default."),
        Key::new(
            "as-registered",
            Shape::Bool,
            "Reports titles of the register that have other capitals than there, and nothing else; off by default.",
        ),
    ],
    build,
};

struct Capitals {
    before: bool,
    as_registered: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let is = |key| setup.table.bool(key).unwrap_or(false);
    Ok(Box::new(Capitals { before: is("before"), as_registered: is("as-registered") }))
}

impl Check for Capitals {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for title in reading.titles().iter().filter(|title| title.after || self.before) {
            let text = reading.slice(title.title.clone());
            let prose = reading
                .block_at(title.title.start)
                .is_some_and(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem));
            let first = text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let raised = first.chars().next().is_some_and(char::is_uppercase) && first.chars().any(char::is_lowercase);
            // The first word of a sentence has its capital for its place.
            let before = reading.text()[..title.title.start].trim_end().chars().next_back();
            let begins = !title.after && !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '’' | '\''));
            if self.as_registered {
                if prose
                    && out.rule.scope.covers_byte(reading.document, title.name.start)
                    && let Some(finding) = otherwise(reading, title, begins, out)
                {
                    out.push(finding);
                }
                continue;
            }
            if !prose || !raised || begins || !out.rule.scope.covers_byte(reading.document, title.name.start) {
                continue;
            }
            let finding = out.finding(
                reading.span(title.title.clone()),
                format!("“{text}” has capitals {} a name", if title.after { "after" } else { "before" }),
            );
            let lower = first.to_lowercase();
            let span = reading.edit_span(title.title.start..title.title.start + first.len());
            out.push(match span {
                Some(span) => finding.replace(format!("write “{lower}”"), Applicability::Unsafe, span, lower),
                None => finding,
            });
        }
    }
}

/// A title that the register has for the person with other capitals; the first word of a sentence has its capital for its place.
fn otherwise(reading: &Reading<'_>, title: &Title, begins: bool, out: &Findings<'_>) -> Option<Diagnostic> {
    let text = reading.slice(title.title.clone());
    let roles = reading.register().entry(title.person).details.iter().flat_map(|details| &details.roles);
    let titles = roles.flat_map(|role| role.titles_in(reading.document.language.tag.as_deref()));
    // What follows the title, as the body, may stand in the range of it.
    let (mut same, mut known) = (false, None);
    for registered in titles {
        let Some(written) = text.get(..registered.text.len()) else { continue };
        let whole = !text[registered.text.len()..].starts_with(char::is_alphanumeric);
        if !whole || written.to_lowercase() != registered.text.to_lowercase() {
            continue;
        }
        let rest = |text: &str| text.chars().skip(usize::from(begins)).collect::<String>();
        same |= rest(written) == rest(&registered.text);
        known.get_or_insert(registered);
    }
    let registered = known.filter(|_| !same)?;
    let range = title.title.start..title.title.start + registered.text.len();
    let message = format!("“{}” has other capitals than “{}”", reading.slice(range.clone()), registered.text);
    let finding = out.finding(reading.span(range.clone()), message).related(registered.place, "the register has it so");
    let right = registered.text.to_string();
    Some(match reading.edit_span(range).filter(|_| !begins) {
        Some(span) => finding.replace(format!("write “{right}”"), Applicability::Unsafe, span, right),
        None => finding,
    })
}
