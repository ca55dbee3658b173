//! Entries written as TOML for an editor to read and amend: what was imported from elsewhere or learned from an archive.

use crate::source::hidden;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

/// An entry, or a table under one, as it will be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// `person`, `person.role`, `organisation.former` …
    pub table: &'static str,
    /// Behind the header.
    pub note: String,
    /// Keys in their order, each with a remark; what is empty is left out.
    pub fields: Vec<(&'static str, Field, String)>,
    /// Lines of remarks after them.
    pub remarks: Vec<String>,
    /// The tables under it.
    pub below: Vec<Draft>,
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A string.
    Text(String),
    /// A day, month or year as a register has it: `2012-07-09`, `2012-07`, `2012`.
    Date(String),
    /// A truth value.
    Bool(bool),
    /// A string for each language; under an empty tag, for all.
    Named(BTreeMap<String, String>),
    /// Strings for each language; under an empty tag, for all.
    Lists(BTreeMap<String, Vec<String>>),
}

impl Field {
    fn is_empty(&self) -> bool {
        match self {
            Field::Text(text) | Field::Date(text) => text.trim().is_empty(),
            Field::Bool(value) => !value,
            Field::Named(named) => named.is_empty(),
            Field::Lists(lists) => lists.values().all(Vec::is_empty),
        }
    }

    fn write(&self) -> String {
        match self {
            Field::Text(text) => quoted(text),
            // A whole day is a date of TOML; less than one is a string.
            Field::Date(date) if date.len() == 10 => date.clone(),
            Field::Date(date) => quoted(date),
            Field::Bool(value) => value.to_string(),
            Field::Named(named) => by_language(named.iter().map(|(tag, text)| (tag, quoted(text)))),
            Field::Lists(lists) => {
                let full = lists.iter().filter(|(_, list)| !list.is_empty());
                by_language(full.map(|(tag, list)| {
                    let list: Vec<String> = list.iter().map(|text| quoted(text)).collect();
                    // A list of one may be written without brackets.
                    (tag, if list.len() == 1 { list.concat() } else { format!("[{}]", list.join(", ")) })
                }))
            }
        }
    }
}

impl Draft {
    /// An entry of a table without keys.
    pub fn new(table: &'static str) -> Self {
        Draft { table, ..Draft::default() }
    }

    /// Adds a key; what is empty is not written.
    pub fn field(&mut self, key: &'static str, value: Field) {
        self.remarked(key, value, String::new());
    }

    /// Adds a string.
    pub fn text(&mut self, key: &'static str, value: impl Into<String>) {
        self.field(key, Field::Text(value.into()));
    }

    /// Adds a key with a remark behind it.
    pub fn remarked(&mut self, key: &'static str, value: Field, remark: String) {
        if !value.is_empty() {
            self.fields.push((key, value, remark));
        }
    }

    /// The id, where it has one.
    pub fn id(&self) -> Option<&str> {
        self.fields.iter().find_map(|(key, value, _)| match value {
            Field::Text(text) if *key == "id" => Some(text.as_str()),
            _ => None,
        })
    }

    fn write(&self, out: &mut String) {
        let note = if self.note.is_empty() { String::new() } else { format!(" # {}", flat(&self.note)) };
        let _ = writeln!(out, "[[{}]]{note}", self.table);
        for (key, value, remark) in &self.fields {
            let remark = if remark.is_empty() { String::new() } else { format!(" # {}", flat(remark)) };
            let _ = writeln!(out, "{key} = {}{remark}", value.write());
        }
        for remark in &self.remarks {
            let _ = writeln!(out, "# {}", flat(remark));
        }
        for below in &self.below {
            out.push('\n');
            below.write(out);
        }
    }
}

/// Entries as a register, under remarks of its own.
pub fn write(remarks: &[String], entries: &[Draft]) -> String {
    let mut out = String::new();
    for remark in remarks {
        let _ = writeln!(out, "# {}", flat(remark));
    }
    for entry in entries {
        if !out.is_empty() {
            out.push('\n');
        }
        entry.write(&mut out);
    }
    out
}

/// A short name for an entry, made of the words of its own: lower case, without diacritics, with hyphens; a number makes it the only one.
pub fn id(name: &str, taken: &mut HashSet<String>) -> String {
    let words = super::words::Words::of(name);
    let list: Vec<&str> = words.list.iter().map(|word| words.key(word)).collect();
    let base = list.join("-");
    let mut id = base.clone();
    let mut number = 2;
    while id.is_empty() || !taken.insert(id.clone()) {
        id = if base.is_empty() { format!("entry-{number}") } else { format!("{base}-{number}") };
        number += 1;
    }
    id
}

fn by_language<'a>(values: impl Iterator<Item = (&'a String, String)>) -> String {
    let values: Vec<(&String, String)> = values.collect();
    match values.as_slice() {
        [(tag, value)] if tag.is_empty() => value.clone(),
        _ => {
            let pairs: Vec<String> = values.iter().map(|(tag, value)| format!("{} = {value}", key(tag))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
    }
}

/// A key of TOML: bare where it may be.
fn key(tag: &str) -> String {
    let bare = !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { tag.to_owned() } else { quoted(tag) }
}

/// A string of TOML on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.trim().chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            // Nobody would see them in an editor.
            c if c.is_control() || hidden(c) => {
                let _ = match u32::from(c) {
                    code @ ..=0xFFFF => write!(out, "\\u{code:04X}"),
                    code => write!(out, "\\U{code:08X}"),
                };
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A remark on one line.
fn flat(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() || hidden(c) { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Register;
    use crate::source::{Source, SourceId};

    #[test]
    fn what_is_written_is_a_register() {
        let mut person = Draft::new("person");
        let mut taken = HashSet::new();
        person.text("id", id("Łucja “Lu” O’Quill", &mut taken));
        person.field("name", Field::Named([("".into(), "Łucja \"Lu\" O’Quill\\\u{7}\u{202E}\u{E0041}".into())].into()));
        person.field("accepted", Field::Lists([("en".into(), vec!["Lu".into()]), ("fr".into(), vec![])].into()));
        person.remarked("gender", Field::Text("feminine".into()), "“Mme”, twice\nor more".into());
        person.field("rejected", Field::Lists(BTreeMap::new()));
        let mut role = Draft::new("person.role");
        role.field("title", Field::Named([("en".into(), "Director".into()), ("zh-Hant".into(), "x".into())].into()));
        role.field("from", Field::Date("2012-07".into()));
        role.field("until", Field::Date("2012-08-01".into()));
        person.below.push(role);
        let text = write(&["two\nlines".into()], &[person]);
        assert_eq!(
            text,
            "# two lines\n\n[[person]]\nid = \"lucja-lu-o-quill\"\nname = \"Łucja \\\"Lu\\\" O’Quill\\\\\\u0007\\u202E\\U000E0041\"\n\
             accepted = { en = \"Lu\" }\ngender = \"feminine\" # “Mme”, twice or more\n\n[[person.role]]\n\
             title = { en = \"Director\", zh-Hant = \"x\" }\nfrom = \"2012-07\"\nuntil = 2012-08-01\n"
        );
        let (register, problems) = Register::read([(SourceId(0), &Source::from_text("r", text))]);
        assert_eq!((register.entries().len(), problems.len()), (1, 0));
        assert_eq!(id("Lucja lu o quill", &mut taken), "lucja-lu-o-quill-2");
        assert_eq!(id("…", &mut taken), "entry-2");
    }
}
