//! The compiled form of a register: entries, forms and tables as bytes that are read back as they lie. It is made for the copydesk that
//! reads it and for nobody else; bytes that are not whole, or not of this version, are refused and the TOML is read instead.

use super::Register;
use super::entry::{Details, Entry, EntryId, EntryKind, Form, FormKind, Gender, Role, Worded};
use super::index::Index;
use super::table::Table;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, SourceId, Span};
use jiff::civil::Date;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// What the bytes begin with: the version, and a number for the code of this room, which changes with how registers are read, folded or
/// indexed.
const HEAD: &[u8] =
    concat!("copydesk register, ", env!("CARGO_PKG_VERSION"), " ", env!("COPYDESK_REGISTER_CODE"), "\n").as_bytes();

/// Registers smaller than this together (in bytes of TOML) are read faster than a file is looked up.
pub const WORTH_KEEPING: usize = 200_000;

/// Where compiled registers are kept between runs.
pub trait Store {
    /// What was kept under a key.
    fn get(&self, key: u64) -> Option<Vec<u8>>;
    /// Keeps it, where that can be done.
    fn put(&self, key: u64, bytes: &[u8]);
}

impl Register {
    /// Reads registers as [`Register::read`] does, large ones from what was compiled before of the same text.
    pub fn read_kept(sources: &[(SourceId, &Source)], store: &dyn Store) -> (Self, Vec<Diagnostic>) {
        let size: usize = sources.iter().map(|(_, source)| source.text().len()).sum();
        if size < WORTH_KEEPING {
            return Register::read(sources.iter().copied());
        }
        let mut hash = Xxh3::new();
        hash.update(HEAD);
        for (_, source) in sources {
            hash.update(&(source.text().len() as u64).to_le_bytes());
            hash.update(source.text().as_bytes());
        }
        let key = hash.digest();
        let ids: Vec<SourceId> = sources.iter().map(|(id, _)| *id).collect();
        if let Some(register) = store.get(key).and_then(|bytes| Register::from_bytes(&bytes, &ids)) {
            return (register, Vec::new());
        }
        let (register, problems) = Register::read(sources.iter().copied());
        // Mistakes are told each time, so that only what has none is kept.
        if problems.is_empty() {
            store.put(key, &register.compiled(&ids));
        }
        (register, problems)
    }

    /// The compiled form of a register that was read from one source.
    pub fn to_bytes(&self) -> Vec<u8> {
        let source = self.entries.first().map_or(SourceId(0), |entry| entry.place.source);
        self.compiled(&[source])
    }

    fn compiled(&self, sources: &[SourceId]) -> Vec<u8> {
        let mut writer = Writer { out: Vec::new(), sources };
        writer.number(self.entries.len() as u64);
        self.entries.iter().for_each(|entry| writer.entry(entry));
        writer.number(self.forms.len() as u64);
        self.forms.iter().for_each(|form| writer.form(form));
        let mut out = HEAD.to_vec();
        let words = writer.out;
        out.extend((words.len() as u64).to_le_bytes());
        out.extend(words);
        let lengths: Vec<u32> = self.index.lengths().iter().map(|known| u32::from(*known)).collect();
        column(&mut out, &lengths);
        column(&mut out, &self.index.texts);
        let (folded, columns) = self.index.spellings.parts();
        columns.into_iter().for_each(|numbers| column(&mut out, numbers));
        out.extend((folded.len() as u64).to_le_bytes());
        out.extend(folded.as_bytes());
        for table in self.index.tables() {
            pairs(&mut out, table.pairs());
        }
        out.extend(xxh3_64(&out).to_le_bytes());
        out
    }

    /// A register from its compiled form; `sources` are those that it was read from, in the same order. `None` where the bytes are not
    /// whole or were made by another version.
    pub fn from_bytes(bytes: &[u8], sources: &[SourceId]) -> Option<Self> {
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if !body.starts_with(HEAD) || xxh3_64(body) != u64::from_le_bytes(*sum) {
            return None;
        }
        let rest = body.get(HEAD.len()..)?;
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (words, tables) = rest.split_at_checked(length)?;
        let (words, index) = rayon::join(|| read_words(words, sources), || read_index(tables));
        let ((entries, forms), index) = (words?, index?);
        let whole =
            entries.iter().all(|entry| entry.forms.start <= entry.forms.end && entry.forms.end as usize <= forms.len())
                && forms.iter().all(|form| (form.entry.0 as usize) < entries.len())
                && index.fits(entries.len(), forms.len());
        whole.then_some(Register::with_index(entries, forms, index))
    }
}

fn column(out: &mut Vec<u8>, numbers: &[u32]) {
    out.extend((numbers.len() as u64).to_le_bytes());
    out.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
}

fn pairs(out: &mut Vec<u8>, pairs: &[(u32, u32)]) {
    out.extend((pairs.len() as u64).to_le_bytes());
    out.extend(pairs.iter().flat_map(|&(hash, number)| (u64::from(number) << 32 | u64::from(hash)).to_le_bytes()));
}

fn read_pairs(bytes: &mut &[u8]) -> Option<Vec<(u32, u32)>> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?.checked_mul(8)?;
    let (pairs, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    let both = pairs.as_chunks::<8>().0.iter().map(|both| u64::from_le_bytes(*both));
    Some(both.map(|both| (both as u32, (both >> 32) as u32)).collect())
}

fn read_column(bytes: &mut &[u8]) -> Option<Vec<u32>> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*length)).ok()?.checked_mul(4)?;
    let (column, rest) = rest.split_at_checked(length)?;
    *bytes = rest;
    Some(column.as_chunks::<4>().0.iter().map(|number| u32::from_le_bytes(*number)).collect())
}

fn read_index(mut bytes: &[u8]) -> Option<Index> {
    let lengths = read_column(&mut bytes)?.into_iter().map(|known| known != 0).collect();
    let texts = read_column(&mut bytes)?;
    let columns = [read_column(&mut bytes)?, read_column(&mut bytes)?, read_column(&mut bytes)?];
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (folded, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let folded = std::str::from_utf8(folded).ok()?.to_owned();
    bytes = rest;
    let mut tables = Vec::new();
    for _ in 0..Index::TABLES {
        tables.push(Table::of_pairs(read_pairs(&mut bytes)?)?);
    }
    Index::of_parts(tables, lengths, texts, (folded, columns))
}

fn read_words(bytes: &[u8], sources: &[SourceId]) -> Option<(Vec<Entry>, Vec<Form>)> {
    let mut reader = Reader { bytes, sources };
    let entries = reader.list(Reader::entry)?;
    let forms = reader.list(Reader::form)?;
    Some((entries, forms))
}

struct Writer<'a> {
    out: Vec<u8>,
    sources: &'a [SourceId],
}

impl Writer<'_> {
    /// Seven bits a byte, the last one below 128.
    fn number(&mut self, mut number: u64) {
        while number >= 128 {
            self.out.push(number as u8 | 128);
            number >>= 7;
        }
        self.out.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.out.extend(text.as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.number(u64::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    fn date(&mut self, date: Option<Date>) {
        let days = date.map(|date| (date.year() as u64) << 16 | (date.month() as u64) << 8 | date.day() as u64);
        self.number(days.map_or(0, |days| days + 1));
    }

    fn span(&mut self, span: Span) {
        let source = self.sources.iter().position(|id| *id == span.source).unwrap_or(0);
        self.number(source as u64);
        self.number(span.start as u64);
        self.number((span.end - span.start) as u64);
    }

    fn worded(&mut self, list: &[Worded]) {
        self.number(list.len() as u64);
        for worded in list {
            self.text(&worded.language);
            self.text(&worded.text);
            self.span(worded.place);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.text(&entry.id);
        self.number(kind(EntryKind::ALL, entry.kind));
        self.number(u64::from(entry.forms.start));
        self.number(u64::from(entry.forms.end));
        self.span(entry.place);
        self.number(u64::from(entry.details.is_some()));
        let Some(details) = entry.details.as_deref() else { return };
        self.number(u64::from(details.known) | u64::from(details.standing) << 1);
        self.date(details.from);
        self.date(details.until);
        for text in [&details.symbol, &details.email, &details.source, &details.organisation] {
            self.optional(text.as_deref());
        }
        self.number(details.gender.len() as u64);
        for (tag, gender) in &details.gender {
            self.text(tag);
            self.number(u64::from(*gender == Gender::Feminine));
        }
        self.number(details.roles.len() as u64);
        for role in &details.roles {
            self.text(&role.organisation);
            self.worded(&role.titles);
            self.date(role.from);
            self.date(role.until);
            self.span(role.place);
        }
        self.worded(&details.headings);
        self.worded(&details.texts);
    }

    fn form(&mut self, form: &Form) {
        self.number(u64::from(form.entry.0));
        self.number(kind(FormKind::ALL, form.kind));
        self.text(&form.text);
        self.text(&form.language);
        self.date(form.from);
        self.date(form.until);
        self.span(form.place);
    }
}

/// The place of a kind in the list of all.
fn kind<T: PartialEq>(all: &[T], kind: T) -> u64 {
    all.iter().position(|known| *known == kind).unwrap_or(0) as u64
}

struct Reader<'a> {
    bytes: &'a [u8],
    sources: &'a [SourceId],
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u64::from(byte & 127) << shift;
            if *byte < 128 {
                return Some(number);
            }
        }
        None
    }

    fn size(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.size()?;
        let (text, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        std::str::from_utf8(text).ok()
    }

    fn optional(&mut self) -> Option<Option<String>> {
        let there = self.number()? != 0;
        let text = self.text()?;
        Some(there.then(|| text.to_owned()))
    }

    fn date(&mut self) -> Option<Option<Date>> {
        let Some(days) = self.number()?.checked_sub(1) else { return Some(None) };
        Date::new((days >> 16) as i16, (days >> 8 & 255) as i8, (days & 255) as i8).ok().map(Some)
    }

    fn span(&mut self) -> Option<Span> {
        let source = *self.sources.get(self.size()?)?;
        let start = self.size()?;
        Some(Span::new(source, start..start.checked_add(self.size()?)?))
    }

    fn list<T>(&mut self, one: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.size()?;
        // Each takes a byte at least, so that no number makes room that is not needed.
        let mut list = Vec::with_capacity(count.min(self.bytes.len()));
        for _ in 0..count {
            list.push(one(self)?);
        }
        Some(list)
    }

    fn worded(&mut self) -> Option<Worded> {
        let (language, text) = (self.text()?.to_owned(), self.text()?.to_owned());
        Some(Worded { language, text, place: self.span()? })
    }

    fn role(&mut self) -> Option<Role> {
        Some(Role {
            organisation: self.text()?.to_owned(),
            titles: self.list(Self::worded)?,
            from: self.date()?,
            until: self.date()?,
            place: self.span()?,
        })
    }

    fn gender(&mut self) -> Option<(String, Gender)> {
        let tag = self.text()?.to_owned();
        Some((tag, if self.number()? == 1 { Gender::Feminine } else { Gender::Masculine }))
    }

    fn entry(&mut self) -> Option<Entry> {
        let id = self.text()?.into();
        let kind = *EntryKind::ALL.get(self.size()?)?;
        let forms = self.small()?..self.small()?;
        let place = self.span()?;
        let details = if self.number()? == 0 { None } else { Some(Box::new(self.details()?)) };
        Some(Entry { id, kind, forms, place, details })
    }

    fn details(&mut self) -> Option<Details> {
        let marks = self.number()?;
        Some(Details {
            known: marks & 1 != 0,
            standing: marks & 2 != 0,
            from: self.date()?,
            until: self.date()?,
            symbol: self.optional()?,
            email: self.optional()?,
            source: self.optional()?,
            organisation: self.optional()?,
            gender: self.list(Self::gender)?,
            roles: self.list(Self::role)?,
            headings: self.list(Self::worded)?,
            texts: self.list(Self::worded)?,
        })
    }

    fn form(&mut self) -> Option<Form> {
        Some(Form {
            entry: EntryId(self.small()?),
            kind: *FormKind::ALL.get(self.size()?)?,
            text: self.text()?.into(),
            language: self.text()?.into(),
            from: self.date()?,
            until: self.date()?,
            place: self.span()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::FormId;
    use std::cell::RefCell;
    use std::collections::HashMap;

    #[derive(Default)]
    struct Memory(RefCell<HashMap<u64, Vec<u8>>>);

    impl Store for Memory {
        fn get(&self, key: u64) -> Option<Vec<u8>> {
            self.0.borrow().get(&key).cloned()
        }

        fn put(&self, key: u64, bytes: &[u8]) {
            self.0.borrow_mut().insert(key, bytes.to_owned());
        }
    }

    const TEXT: &str = r#"
[[organisation]]
id = "port"
name = { en = "Coastal Port Authority", fr = "Autorité portuaire de la côte" }
acronym = "CPA"
known = true
from = 1946-02-03
[[organisation.former]]
name = "Quay Board"
until = 1946-02-02
[[person]]
id = "quill"
name = "Ada Quill"
gender = { fr = "feminine", de = "masculine" }
email = "ada@port.example"
source = "the list"
[[person.role]]
organisation = "port"
title = { en = ["Director", "Head"] }
until = "2012-07"
[[boilerplate]]
organisation = "port"
heading = "About"
text = { en = "It keeps the port." }
"#;

    #[test]
    fn what_is_compiled_is_read_back_whole() {
        let source = Source::from_text("r", TEXT);
        let (register, problems) = Register::read([(SourceId(3), &source)]);
        assert!(problems.is_empty());
        let bytes = register.to_bytes();
        let back = Register::from_bytes(&bytes, &[SourceId(3)]).expect("whole");
        assert_eq!(format!("{register:?}"), format!("{back:?}"));
        assert_eq!(back.by_id("quill"), Some(EntryId(1)));
        assert_eq!(back.by_id("none"), None);
        let text = "Ada Qill of the Coastal Port Authority (CPA), once the Quay Board.";
        assert_eq!(register.mentions(text), back.mentions(text));
        assert_eq!(back.mentions(text).hits.len(), 3);
        let moved = Register::from_bytes(&bytes, &[SourceId(5)]).expect("whole");
        assert_eq!(moved.entry(EntryId(0)).place.source, SourceId(5));
        assert_eq!(back.form(FormId(0)).text, register.form(FormId(0)).text);
    }

    #[test]
    fn bytes_that_are_not_whole_are_refused() {
        let (register, _) = Register::read([(SourceId(0), &Source::from_text("r", TEXT))]);
        let bytes = register.to_bytes();
        for end in 0..bytes.len() {
            assert!(Register::from_bytes(&bytes[..end], &[SourceId(0)]).is_none());
        }
        // Bytes that were changed on purpose have a right sum: they may be refused or mean something else, and nothing breaks.
        for at in HEAD.len()..bytes.len() - 8 {
            let mut other = bytes.clone();
            other[at] ^= 1 << (at % 8);
            let end = other.len() - 8;
            assert!(Register::from_bytes(&other, &[SourceId(0)]).is_none());
            let sum = xxh3_64(&other[..end]).to_le_bytes();
            other[end..].copy_from_slice(&sum);
            if let Some(register) = Register::from_bytes(&other, &[SourceId(0)]) {
                register.mentions("Ada Quill of the Coastal Port Authority (CPA), once the Quay Board");
                register.by_id("port");
            }
        }
    }

    #[test]
    fn only_large_registers_are_kept_and_only_without_mistakes() {
        let store = Memory::default();
        let read = |text: &str| {
            let source = Source::from_text("r", text);
            Register::read_kept(&[(SourceId(0), &source)], &store)
        };
        read(TEXT);
        assert!(store.0.borrow().is_empty());
        let large = format!("{TEXT}{}", "# a long remark\n".repeat(WORTH_KEEPING / 16));
        read(&format!("{large}nmae = 1\n"));
        assert!(store.0.borrow().is_empty());
        let first = format!("{:?}", read(&large).0);
        assert_eq!(store.0.borrow().len(), 1);
        assert_eq!(format!("{:?}", read(&large).0), first);
        store.0.borrow_mut().values_mut().for_each(|bytes| bytes.truncate(100));
        assert_eq!(format!("{:?}", read(&large).0), first, "what is broken is made again");
    }
}
