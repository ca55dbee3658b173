//! `names/first-mention`: the family name of a person before the whole name, or without it.

use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, Part};
use crate::mention::title;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashMap;

/// The kind.
pub const KIND: Kind = Kind {
    name: "names/first-mention",
    page: include_str!("first_mention.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["later", "never"]),
        "“later”: the whole name comes after the family name; “never”: it never comes.",
    )],
    build,
};

struct FirstMention {
    never: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(FirstMention { never: setup.table.text("report") == Some("never") }))
}

impl Check for FirstMention {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
        let (mut whole, mut family) = (HashMap::new(), HashMap::new());
        let mentions = reading.register_mentions();
        for near in &mentions.near {
            // A misspelt name is a name.
            whole.entry(register.form(near.form).entry).or_insert_with(|| near.range.clone());
        }
        for hit in &mentions.hits {
            let Some((person, full)) = title::person(register, hit, language) else { continue };
            if full {
                whole.entry(person).or_insert_with(|| hit.range.clone());
            } else if alone(reading, hit.range.start, hit.range.end) && !reading.is_quoted(&hit.range) {
                family.entry(person).or_insert_with(|| hit.range.clone());
            }
        }
        let mut found: Vec<_> = family.into_iter().collect();
        found.sort_by_key(|(_, range)| range.start);
        for (person, range) in found {
            let text = reading.slice(range.clone());
            let later = whole.get(&person).filter(|place| place.start > range.start);
            let name = register.name(person, language);
            let message = match later {
                Some(_) if !self.never => format!("“{text}” stands before the whole name"),
                None if self.never && !whole.contains_key(&person) => format!("“{text}” is never named in full"),
                _ => continue,
            };
            if !out.rule.scope.covers_byte(reading.document, range.start) {
                continue;
            }
            let mut finding = out.finding(reading.span(range), message);
            if let Some(later) = later {
                finding = finding.related(reading.span(later.clone()), "the whole name comes here");
            }
            if let Some(name) = name {
                finding = finding.related(name.place, "the register has the whole name");
                finding.help.get_or_insert_with(|| format!("write “{}” where the person is first named", name.text));
            }
            out.push(finding);
        }
    }
}

/// Whether a family name stands by itself in running text: no given name, no longer name around it.
fn alone(reading: &Reading<'_>, start: usize, end: usize) -> bool {
    let Some(block) = reading.block_at(start) else { return false };
    let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem) && block.part == Part::Body;
    let before = &reading.text()[block.range.start..start];
    let after = &reading.text()[end.min(block.range.end)..block.range.end];
    let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    // “Jonas Reed” and “J. Reed” are other people; “Mr Reed” is one.
    let honorific = last.trim_end_matches('.').to_lowercase();
    let honorific = reading.language().names.honorifics.iter().any(|list| list.contains(&honorific));
    let first = last.chars().find(|c| c.is_alphabetic());
    let named =
        first.is_some_and(char::is_uppercase) && before.trim_end().len() > last.len() || last.ends_with(['-', '&']);
    let next = after.strip_prefix([' ', '\u{A0}', '-']).and_then(|after| after.chars().next());
    prose && (honorific || !named) && !next.is_some_and(|c| c.is_uppercase() || c == '&' || c.is_ascii_digit())
}
