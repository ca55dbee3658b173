//! People, organisations, works and terms as an office knows them, with the forms of their names, and the matching of texts
//! against them. A register is read from TOML ([`Register::read`]) or from the compiled form ([`Register::from_bytes`]).

mod begun;
mod compare;
mod compiled;
mod doubt;
pub mod draft;
mod entry;
mod fault;
mod index;
mod inflect;
mod keys;
mod near;
mod read;
mod respelt;
mod romanised;
mod search;
mod sieve;
mod spelling;
mod table;
mod words;

pub use compare::Agreement;
pub use compiled::{Store, WORTH_KEEPING};
pub use doubt::DOUBTFUL;
pub use entry::{Details, Entry, EntryId, EntryKind, Form, FormId, FormKind, Gender, Role, Worded, speaks, told_last};
pub use fault::{Context, Fault, Faulty};
pub use index::Hit;
pub use keys::REGISTER_KEYS;
pub use near::{Difference, Near};
pub use read::INVALID;
pub use search::{Answer, Likeness, places};

use crate::diagnostic::Diagnostic;
use crate::language::Cases;
use crate::source::{Source, SourceId};
use index::{Index, Known};
use std::collections::HashMap;
use std::sync::OnceLock;

/// What an office knows.
#[derive(Debug, Clone, Default)]
pub struct Register {
    entries: Vec<Entry>,
    forms: Vec<Form>,
    index: Index,
    /// People by the titles that they bear or bore, small; made when the first text asks.
    holders: OnceLock<HashMap<String, Vec<EntryId>>>,
}

/// What of a register a text mentions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Forms that stand in the text, in its order.
    pub hits: Vec<Hit>,
    /// Places that nearly are one, in the order of the text.
    pub near: Vec<Near>,
}

impl Register {
    /// A register that knows nothing.
    pub fn empty() -> Self {
        Register::default()
    }

    /// Reads registers from TOML; mistakes ([`INVALID`]) come back, and what is right is kept.
    pub fn read<'a>(sources: impl IntoIterator<Item = (SourceId, &'a Source)>) -> (Self, Vec<Diagnostic>) {
        let read = read::read(sources);
        (Register::new(read.entries, read.forms), read.problems)
    }

    fn new(entries: Vec<Entry>, forms: Vec<Form>) -> Self {
        let index = Index::new(Known { entries: &entries, forms: &forms });
        Register::with_index(entries, forms, index)
    }

    fn with_index(entries: Vec<Entry>, forms: Vec<Form>, index: Index) -> Self {
        Register { entries, forms, index, holders: OnceLock::new() }
    }

    /// What it says that a person should look at ([`DOUBTFUL`]): it can be meant, and seldom is.
    pub fn doubts(&self) -> Vec<Diagnostic> {
        doubt::doubts(self)
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Every entry, in the order of the files.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// An entry of this register.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The entry with an id that people gave it.
    pub fn by_id(&self, id: &str) -> Option<EntryId> {
        self.index.by_id(&self.entries, id)
    }

    /// A form of this register.
    pub fn form(&self, id: FormId) -> &Form {
        &self.forms[id.0 as usize]
    }

    /// The forms of an entry.
    pub fn forms(&self, id: EntryId) -> &[Form] {
        let range = &self.entry(id).forms;
        &self.forms[range.start as usize..range.end as usize]
    }

    /// The entry of a form.
    pub fn owner(&self, form: FormId) -> &Entry {
        self.entry(self.form(form).entry)
    }

    /// The approved texts, which few registers have many of.
    pub fn approved_texts(&self) -> impl Iterator<Item = &Entry> {
        self.index.texts.iter().filter_map(|&at| self.entries.get(at as usize))
    }

    /// The name of an entry as it is to be written in a language on a day; the first of any language where it has none there.
    pub fn name(&self, id: EntryId, language: Option<&str>) -> Option<&Form> {
        let preferred = || self.forms(id).iter().filter(|form| form.kind == FormKind::Preferred);
        preferred().find(|form| form.speaks(language)).or_else(|| preferred().next())
    }

    /// The people who bear or bore a title, in any language and in the order of the files; capitals make no difference.
    pub fn holders(&self, title: &str) -> &[EntryId] {
        let holders = self.holders.get_or_init(|| {
            let mut holders: HashMap<String, Vec<EntryId>> = HashMap::new();
            for (at, entry) in self.entries.iter().enumerate() {
                let roles = entry.details.iter().flat_map(|details| &details.roles);
                for title in roles.flat_map(|role| &role.titles) {
                    let known = holders.entry(title.text.to_lowercase()).or_default();
                    if known.last() != Some(&EntryId(at as u32)) {
                        known.push(EntryId(at as u32));
                    }
                }
            }
            holders
        });
        holders.get(&title.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    /// What a text mentions. Linear in the text, whatever the size of the register.
    pub fn mentions(&self, text: &str) -> Mentions {
        self.mentions_in(text, &Cases::new())
    }

    /// What a text mentions in a language whose names take these endings.
    pub fn mentions_in(&self, text: &str, cases: &Cases) -> Mentions {
        if self.is_empty() {
            return Mentions::default();
        }
        let known = Known { entries: &self.entries, forms: &self.forms };
        let (hits, near) = self.index.mentions(known, text, cases);
        Mentions { hits, near }
    }
}

#[cfg(test)]
mod tests;
