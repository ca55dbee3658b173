//! An entry while it is put together from what stands in several places, and the organisations that entries name.

use super::{Left, Taken};
use crate::register::EntryKind;
use crate::register::draft::{Draft, Field, id};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Words by language; those of every language under an empty tag.
pub(super) type Words = BTreeMap<String, Vec<String>>;

/// An entry in the making.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    pub kind: Option<EntryKind>,
    pub id: String,
    /// Names; the first of a language is the one to write, the others are accepted.
    pub names: Words,
    pub accepted: Words,
    pub rejected: Words,
    pub acronyms: Words,
    pub families: Words,
    pub gender: String,
    pub known: bool,
    pub standing: bool,
    pub email: String,
    pub symbol: String,
    pub from: String,
    pub until: String,
    pub source: String,
    pub formers: Vec<Former>,
    pub roles: Vec<Role>,
    pub remarks: Vec<String>,
    /// Why the kind is only a guess.
    pub guess: &'static str,
}

/// An earlier name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Former {
    pub names: Words,
    pub from: String,
    pub until: String,
}

/// A post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Role {
    pub organisation: String,
    pub titles: Words,
    pub from: String,
    pub until: String,
}

/// Adds words that are not there yet.
pub(super) fn add(words: &mut Words, language: &str, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let list = words.entry(language.to_ascii_lowercase().replace('_', "-")).or_default();
    if !text.is_empty() && !list.contains(&text) {
        list.push(text);
    }
}

/// A day, month or year as registers have it.
pub(super) fn day(text: &str) -> Option<String> {
    let text = text.trim();
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return None,
    };
    let shaped = whole
        .bytes()
        .enumerate()
        .all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    (shaped && whole.parse::<jiff::civil::Date>().is_ok()).then(|| text.to_owned())
}

/// All entries of an import.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub list: Vec<Entry>,
    by_key: HashMap<String, usize>,
    pub left: Vec<Left>,
    passed: BTreeMap<String, usize>,
}

impl Entries {
    pub fn leave(&mut self, line: usize, message: impl Into<String>) {
        self.left.push(Left { line, message: message.into() });
    }

    /// Counts what a register has no place for.
    pub fn pass(&mut self, what: &str) {
        *self.passed.entry(what.to_owned()).or_default() += 1;
    }

    pub fn push(&mut self, entry: Entry) {
        self.list.push(entry);
    }

    /// Keeps the entries of which something holds; to be asked when all have been read.
    pub fn retain(&mut self, keep: impl Fn(&Entry) -> bool) {
        self.list.retain(keep);
        self.by_key.clear();
    }

    /// The entry under a key of the source, made where there is none.
    pub fn under(&mut self, key: &str) -> &mut Entry {
        let at = *self.by_key.entry(key.to_owned()).or_insert_with(|| {
            self.list.push(Entry::default());
            self.list.len() - 1
        });
        &mut self.list[at]
    }

    /// The entries as they are written, each with an id, and those of the organisations that they name.
    pub fn finish(mut self, otherwise: EntryKind) -> Taken {
        let mut ids: HashSet<String> =
            self.list.iter().map(|entry| entry.id.clone()).filter(|id| !id.is_empty()).collect();
        let guessed = self.list.iter().filter(|entry| !entry.guess.is_empty()).count();
        for entry in &mut self.list {
            let kind = *entry.kind.get_or_insert(otherwise);
            let name = [&entry.acronyms, &entry.families, &entry.names].map(|words| words.values().flatten().next());
            // Letters of a body and the family name of a person are what people call them.
            if entry.id.is_empty() && matches!(kind, EntryKind::Person | EntryKind::Organisation | EntryKind::Work) {
                entry.id = id(name.into_iter().flatten().next().map_or("", String::as_str), &mut ids);
            }
        }
        let bodies = self.list.iter().filter(|entry| entry.kind == Some(EntryKind::Organisation));
        let mut known: HashMap<String, String> = HashMap::new();
        for body in bodies {
            let forms =
                [&body.names, &body.accepted, &body.acronyms].into_iter().flat_map(|words| words.values().flatten());
            for form in forms.chain([&body.id]) {
                known.entry(form.clone()).or_insert_with(|| body.id.clone());
            }
        }
        let mut named = Vec::new();
        for role in self.list.iter_mut().flat_map(|entry| &mut entry.roles).filter(|role| !role.organisation.is_empty())
        {
            let id = known.entry(role.organisation.clone()).or_insert_with(|| {
                // What looks like an id is one, of an entry that stands elsewhere.
                if is_id(&role.organisation) {
                    return role.organisation.clone();
                }
                let mut body = Entry { id: id(&role.organisation, &mut ids), ..Entry::default() };
                body.kind = Some(EntryKind::Organisation);
                add(&mut body.names, "", &role.organisation);
                named.push(body);
                named.last().map(|body| body.id.clone()).unwrap_or_default()
            });
            role.organisation = id.clone();
        }
        self.list.extend(named);
        let entries = self.list.into_iter().map(Entry::draft).collect();
        Taken { entries, left: self.left, passed: self.passed.into_iter().collect(), guessed }
    }
}

/// Whether a text has the shape of an id: small letters, digits and hyphens.
fn is_id(text: &str) -> bool {
    text.chars().all(|c| c.is_lowercase() || c.is_numeric() || c == '-' || c == '_' || c == '.')
}

impl Entry {
    /// Turns the names of a person round that stand as in a sorted list: “Quill, Ada” is no name to be written; “Ada Quill, MP” is another thing.
    pub fn unsort(&mut self) {
        let families: Vec<String> = self.families.values().flatten().cloned().collect();
        for name in self.names.values_mut().flatten() {
            let Some((family, given)) = name.split_once(", ") else { continue };
            let mut letters = given.chars();
            let called =
                letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase);
            let sorted = families.iter().any(|known| known == family) || families.is_empty() && !family.contains(' ');
            if sorted && called && !given.contains([',', '.']) {
                if families.is_empty() {
                    add(&mut self.families, "", family);
                }
                *name = format!("{given} {family}");
            }
        }
    }

    fn draft(mut self) -> Draft {
        let kind = self.kind.unwrap_or(EntryKind::Term);
        let (table, name) = match kind {
            EntryKind::Person => ("person", "name"),
            EntryKind::Organisation => ("organisation", "name"),
            EntryKind::Work => ("work", "title"),
            EntryKind::Term | EntryKind::Boilerplate => ("term", "name"),
        };
        let mut draft = Draft::new(table);
        let mut first = BTreeMap::new();
        for (tag, mut list) in std::mem::take(&mut self.names) {
            if list.is_empty() {
                continue;
            }
            first.insert(tag.clone(), list.remove(0));
            list.iter().for_each(|text| add(&mut self.accepted, &tag, text));
        }
        for (tag, text) in &first {
            for words in [&mut self.accepted, &mut self.acronyms] {
                words.entry(tag.clone()).or_default().retain(|other| other != text);
            }
        }
        draft.text("id", self.id);
        draft.field(name, Field::Named(first));
        draft.field("family", Field::Lists(self.families));
        draft.text("gender", self.gender);
        draft.field("accepted", Field::Lists(self.accepted));
        draft.field("rejected", Field::Lists(self.rejected));
        draft.field("acronym", Field::Lists(self.acronyms));
        draft.text("symbol", self.symbol);
        draft.field("known", Field::Bool(self.known));
        draft.field("standing", Field::Bool(self.standing));
        draft.text("email", self.email);
        draft.field("from", Field::Date(self.from));
        draft.field("until", Field::Date(self.until));
        draft.text("source", self.source);
        draft.remarks = self.remarks;
        draft.remarks.extend((!self.guess.is_empty()).then(|| self.guess.to_owned()));
        for former in self.formers {
            let mut below = Draft::new(if kind == EntryKind::Person { "person.former" } else { "organisation.former" });
            below.field("name", Field::Lists(former.names));
            below.field("from", Field::Date(former.from));
            below.field("until", Field::Date(former.until));
            draft.below.push(below);
        }
        for role in self.roles {
            let mut below = Draft::new("person.role");
            below.text("organisation", role.organisation);
            below.field("title", Field::Lists(role.titles));
            below.field("from", Field::Date(role.from));
            below.field("until", Field::Date(role.until));
            draft.below.push(below);
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_months_and_years_are_dates() {
        let dates = ["2012", "2012-07", "2012-07-09", "2012-02-30", "9.7.2012", "12", "2012/07/09", "abcd"];
        let read: Vec<bool> = dates.iter().map(|text| day(text).is_some()).collect();
        assert_eq!(read, [true, true, true, false, false, false, false, false]);
    }
}
