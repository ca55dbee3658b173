//! Registers from TOML: what is right is kept, and each mistake is underlined in the register itself.

use super::entry::{Details, Entry, EntryId, EntryKind, Form, FormKind, Gender, Role, Worded};
use super::keys::REGISTER_KEYS;
use crate::diagnostic::{Diagnostic, Severity};
use crate::settings::{self, Date, Table, Value};
use crate::source::{Source, SourceId, Span};
use std::collections::HashMap;
use std::ops::Range;

/// The rule name of mistakes in registers.
pub const INVALID: &str = "register/invalid";

/// Entries and forms as they were read.
#[derive(Default)]
pub(super) struct Read {
    pub entries: Vec<Entry>,
    pub forms: Vec<Form>,
    pub problems: Vec<Diagnostic>,
    /// Organisations that entries name, and where.
    named: Vec<(String, Span)>,
}

/// Reads registers, in their order.
pub(super) fn read<'a>(sources: impl IntoIterator<Item = (SourceId, &'a Source)>) -> Read {
    let mut read = Read::default();
    for (id, source) in sources {
        let (table, problems) = settings::parse(source, id, REGISTER_KEYS, INVALID);
        read.problems.extend(problems);
        for &kind in EntryKind::ALL {
            for table in table.tables(kind.name()) {
                read.entry(id, kind, table);
            }
        }
    }
    read.references();
    read
}

impl Read {
    fn entry(&mut self, source: SourceId, kind: EntryKind, table: &Table) {
        let first = self.forms.len() as u32;
        let (from, until) = self.days(source, table);
        let name = if kind == EntryKind::Work { "title" } else { "name" };
        let born = table.tables("former").filter_map(|former| former.get("until")).filter_map(Value::date).max();
        for (key, form) in [
            (name, FormKind::Preferred),
            ("accepted", FormKind::Accepted),
            ("family", FormKind::Family),
            ("acronym", FormKind::Acronym),
            ("rejected", FormKind::Rejected),
        ] {
            // The name of today began after the last day of the one before.
            let since = from.filter(|_| born.is_none());
            self.forms_under(source, table, key, form, since, until);
        }
        for former in table.tables("former") {
            let (from, until) = self.days(source, former);
            self.forms_under(source, former, "name", FormKind::Former, from, until);
            self.forms_under(source, former, "acronym", FormKind::Former, from, until);
        }
        self.names(source, table);
        let details = Details {
            known: table.bool("known").unwrap_or(false),
            standing: table.bool("standing").unwrap_or(false),
            from,
            until,
            symbol: table.text("symbol").map(str::to_owned),
            email: table.text("email").map(str::to_owned),
            source: table.text("source").map(str::to_owned),
            organisation: table.text("organisation").map(str::to_owned),
            gender: genders(table),
            roles: table.tables("role").map(|role| self.role(source, role)).collect(),
            headings: worded(source, table, "heading"),
            texts: worded(source, table, "text"),
        };
        let plain = !details.known
            && !details.standing
            && from.is_none()
            && until.is_none()
            && table.entries.iter().all(|(key, ..)| {
                matches!(key.as_str(), "id" | "name" | "title" | "accepted" | "rejected" | "acronym" | "family")
            });
        let place = ["id", name, "text"].into_iter().find_map(|key| table.get(key)).map_or(&table.range, |v| &v.range);
        self.entries.push(Entry {
            id: table.text("id").unwrap_or_default().into(),
            kind,
            forms: first..self.forms.len() as u32,
            place: Span::new(source, place.clone()),
            details: (!plain).then(|| Box::new(details)),
        });
    }

    fn forms_under(
        &mut self,
        source: SourceId,
        table: &Table,
        key: &str,
        kind: FormKind,
        from: Option<jiff::civil::Date>,
        until: Option<jiff::civil::Date>,
    ) {
        let entry = EntryId(self.entries.len() as u32);
        for worded in worded(source, table, key) {
            let (text, language) = (worded.text.trim().into(), worded.language.into());
            self.forms.push(Form { entry, kind, text, language, from, until, place: worded.place });
        }
    }

    fn role(&mut self, source: SourceId, table: &Table) -> Role {
        let (from, until) = self.days(source, table);
        let titles = worded(source, table, "title");
        let place = table.get("title").map_or(&table.range, |title| &title.range).clone();
        self.names(source, table);
        let organisation = table.text("organisation").unwrap_or_default().to_owned();
        Role { organisation, titles, from, until, place: Span::new(source, place) }
    }

    /// Remembers the organisation that a table names.
    fn names(&mut self, source: SourceId, table: &Table) {
        if let Some(value) = table.get("organisation")
            && let Some(name) = value.text()
        {
            self.named.push((name.to_owned(), Span::new(source, value.range.clone())));
        }
    }

    /// First and last day of a table.
    fn days(&mut self, source: SourceId, table: &Table) -> (Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
        let day = |key| table.get(key).and_then(Value::date);
        let (from, until) = (day("from").map(Date::first), day("until").map(Date::last));
        if let (Some(first), Some(last), Some(value)) = (from, until, table.get("until"))
            && last < first
        {
            let message = "the last day comes before the first";
            self.problems.push(mistake(source, value.range.clone(), message));
        }
        (from, until)
    }

    /// What the entries say of one another that cannot be.
    fn references(&mut self) {
        let mut found = Vec::new();
        let mut ids: HashMap<&str, &Entry> = HashMap::new();
        for entry in self.entries.iter().filter(|entry| !entry.id.is_empty()) {
            if let Some(first) = ids.insert(&entry.id, entry) {
                found.push(
                    invalid(entry.place, format!("two entries have the id “{}”", entry.id))
                        .related(first.place, "the first is here"),
                );
            }
        }
        for (name, place) in self.named.iter().filter(|(name, _)| !name.is_empty()) {
            if ids.get(name.as_str()).is_none_or(|entry| entry.kind != EntryKind::Organisation) {
                found.push(unknown(*place, name, &ids));
            }
        }
        self.problems.extend(found);
    }
}

fn unknown(place: Span, name: &str, ids: &HashMap<&str, &Entry>) -> Diagnostic {
    let mut found = invalid(place, format!("no organisation has the id “{name}”"));
    let mut names: Vec<&str> =
        ids.values().filter(|entry| entry.kind == EntryKind::Organisation).map(|entry| &*entry.id).collect();
    names.sort_unstable();
    found.help = settings::suggest(name, names).map(|near| format!("did you mean “{near}”?"));
    found
}

fn genders(table: &Table) -> Vec<(String, Gender)> {
    let Some(value) = table.get("gender") else { return Vec::new() };
    let gender = |value: &Value| match value.text() {
        Some("feminine") => Some(Gender::Feminine),
        Some("masculine") => Some(Gender::Masculine),
        _ => None,
    };
    let read = value.by_language().into_iter();
    read.filter_map(|(tag, value)| Some((tag.unwrap_or_default().to_owned(), gender(value)?))).collect()
}

fn worded(source: SourceId, table: &Table, key: &str) -> Vec<Worded> {
    let Some(value) = table.get(key) else { return Vec::new() };
    let words = |(tag, value): (Option<&str>, &Value)| {
        let language = tag.unwrap_or_default().to_ascii_lowercase();
        let texts = value.texts().filter(|(text, _)| !text.trim().is_empty());
        texts
            .map(|(text, range)| Worded {
                language: language.clone(),
                text: text.to_owned(),
                place: Span::new(source, range),
            })
            .collect::<Vec<_>>()
    };
    value.by_language().into_iter().flat_map(words).collect()
}

fn mistake(source: SourceId, range: Range<usize>, message: &str) -> Diagnostic {
    invalid(Span::new(source, range), message)
}

fn invalid(place: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(INVALID, Severity::Error, message, place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let source = Source::from_text("register.toml", text);
        let read = read([(SourceId(0), &source)]);
        let show = |p: Diagnostic| format!("{} @{}", p.message, source.slice(p.primary.span.range()));
        read.problems.into_iter().map(show).collect()
    }

    #[test]
    fn mistakes_are_underlined_in_the_register() {
        let found = problems(
            r#"
[[organisation]]
id = "port"
name = { en = "Port Authority", fr = "Autorité portuaire" }
[[organisation]]
id = "port"
name = { en = "Port Authority" }
rejected = { fr = ["Autorité portuaire"] }
[[person]]
name = "Ada Quill"
[[person.role]]
organisation = "prot"
title = { fr = "directrice" }
from = 2012-01-01
until = "2011"
"#,
        );
        let expected = [
            "the last day comes before the first @\"2011\"",
            "two entries have the id “port” @\"port\"",
            "no organisation has the id “prot” @\"prot\"",
        ];
        let mut sorted = [found.clone(), Vec::new()].concat();
        sorted.sort();
        let mut wanted = expected.map(str::to_owned).to_vec();
        wanted.sort();
        assert_eq!(sorted, wanted);
    }

    #[test]
    fn a_register_as_the_design_shows_it_is_read() {
        let found = problems(
            r#"
[[organisation]]
id        = "harbour"
name      = { en = "Harbour Council", fr = "Conseil du port" }
accepted  = { en = ["the Council"], fr = ["le Conseil"] }
acronym   = { en = "HC", fr = "CP" }
known     = false
standing  = true
from      = 2006-03-15
[[organisation.former]]
name  = { en = "Harbour Commission" }
until = 2006-03-14
[[person]]
id      = "quill"
name    = "Ada Quill"
family  = "Quill"
gender  = "feminine"
accepted = ["A. Quill"]
[[person.role]]
organisation = "harbour"
title  = { en = "President", fr = "présidente" }
from   = 2001-02-01
[[work]]
title  = { en = "The keeping and mending of quays" }
symbol = "H/12"
[[term]]
name     = { en = "mooring rights" }
[[boilerplate]]
organisation = "harbour"
heading = { en = "About the Harbour Council" }
text    = { en = "It keeps the harbour." }
"#,
        );
        assert_eq!(found, Vec::<String>::new());
    }
}
