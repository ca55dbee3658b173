//! `titles/one`: two titles for one person in one text, where the register gives none.

use crate::diagnostic::Diagnostic;
use crate::mention::title::agrees;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::collections::HashMap;

/// The kind.
pub const KIND: Kind = Kind { name: "titles/one", page: include_str!("one.md"), keys: &[], build };

struct One;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(One))
}

impl Check for One {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let (register, words) = (reading.register(), &reading.language().names);
        let language = reading.document.language.tag.as_deref();
        let mut first = HashMap::new();
        for title in reading.titles().iter().filter(|title| title.after && !title.earlier && !title.open) {
            let details = register.entry(title.person).details.as_ref();
            let given = details.is_some_and(|d| d.roles.iter().any(|role| role.titles_in(language).next().is_some()));
            let scope = &out.rule.scope;
            if given || !scope.covers_byte(reading.document, title.name.start) {
                continue;
            }
            let before = *first.entry(title.person).or_insert(title);
            let (own, known) = (reading.slice(title.title.clone()), reading.slice(before.title.clone()));
            // Two posts in two bodies are two posts.
            let same_body = title.organisations == before.organisations;
            if same_body && !agrees(words, own, known) && !agrees(words, known, own) {
                let name = register.name(title.person, language).map_or("", |form| &*form.text);
                let finding =
                    out.finding(reading.span(title.title.clone()), format!("{name} has two titles in this text"));
                let finding =
                    finding.label("here this one").related(reading.span(before.title.clone()), "before, this one");
                out.push(
                    finding.related(register.entry(title.person).place, "the register has no title in this language"),
                );
            }
        }
    }
}
