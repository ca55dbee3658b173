//! `organisations/one-name`: two names for one body in one text.

use crate::diagnostic::Diagnostic;
use crate::register::{EntryKind, FormKind};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::collections::HashMap;

/// The kind.
pub const KIND: Kind = Kind { name: "organisations/one-name", page: include_str!("one_name.md"), keys: &[], build };

struct OneName;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(OneName))
}

impl Check for OneName {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
        let mut first = HashMap::new();
        for hit in &reading.register_mentions().hits {
            let mut forms = register.meant(hit, language);
            let Some((id, form)) = forms.next().filter(|(id, _)| register.owner(*id).kind == EntryKind::Organisation)
            else {
                continue;
            };
            let whole = matches!(form.kind, FormKind::Preferred | FormKind::Accepted) && form.text.contains(' ');
            if !whole || forms.next().is_some() || !out.rule.scope.covers_byte(reading.document, hit.range.start) {
                continue;
            }
            let (known, range) = first.entry(form.entry).or_insert((id, hit.range.clone()));
            let before = &register.form(*known).text;
            // A short form is made of words of the long one.
            let part = |short: &str, long: &str| short.split(' ').all(|word| long.contains(word));
            if *known != id && !part(&form.text, before) && !part(before, &form.text) {
                let message = format!("“{}” and “{before}” are one body", form.text);
                let finding = out.finding(reading.span(hit.range.clone()), message);
                out.push(
                    finding
                        .related(reading.span(range.clone()), "called so before")
                        .related(form.place, "both are in the register"),
                );
            }
        }
    }
}
