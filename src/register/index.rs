//! The index of a register: tables by which a text finds the forms it mentions, exactly or nearly, without ever being compared
//! with every entry. Exact forms are an automaton over words; names whose words are missing, too many or in another order are found by the
//! sum of their words, and names that are spelt otherwise by their letters ([`Spellings`]).

use super::begun::Begun;
use super::compare::{self, Agreement, Side};
use super::entry::{Entry, EntryId, EntryKind, Form, FormId, FormKind};
use super::inflect;
use super::near::{Near, Search};
use super::spelling::{Spellings, first_of_each, is_near};
use super::table::{Table, step};
use super::words::{Case, Words};
use super::{respelt, romanised};
use crate::language::Cases;
use rayon::prelude::*;
use std::ops::Range;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Marks a node of the automaton at which no form ends.
const INNER: u32 = u32::MAX;
/// What the vocabulary has under the words of what may be met nearly, and of what may not.
pub(super) const NEARLY: u32 = 0;
const EXACTLY: u32 = 1;
/// Words that a form may have.
pub(super) const MOST_WORDS: usize = 40;
/// Entries that one name may mean; a name that more share tells nobody.
const MOST_NAMESAKES: usize = 128;
/// Words with a sense of their own that a window has at most.
pub(super) const MOST_CONTENT: usize = 14;

/// A place that mentions an entry in one of its forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// The forms that agree best with it, of one entry or of several that share the name.
    pub forms: Vec<FormId>,
    /// How well they agree.
    pub agreement: Agreement,
}

/// The tables of a register.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    pub nodes: Table,
    /// Under the first of the forms that are written alike, the others: only the first is in the automaton, so that a name that many
    /// people bear is compared once.
    pub namesakes: Table,
    pub cuts: Table,
    pub spellings: Spellings,
    pub bags: Table,
    pub less: Table,
    /// Bodies by pairs of their words.
    pub bodies: Table,
    /// People by what systems of transliteration have in common.
    pub romanised: Table,
    /// The words of all forms: under [`NEARLY`] those of names and titles that may be met nearly, under [`EXACTLY`] those of the others.
    pub vocabulary: Table,
    /// Entries by their ids.
    pub ids: Table,
    /// Which entries are approved texts.
    pub texts: Vec<u32>,
    /// Which lengths in letters forms have that may be met nearly.
    lengths: Vec<bool>,
}

/// What an index is asked with.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub entries: &'a [Entry],
    pub forms: &'a [Form],
}

impl<'a> Known<'a> {
    pub fn form(&self, id: u32) -> &'a Form {
        &self.forms[id as usize]
    }

    pub fn kind(&self, form: &Form) -> EntryKind {
        self.entries[form.entry.0 as usize].kind
    }
}

impl Index {
    pub fn new(known: Known<'_>) -> Self {
        let first = first_of_each(known);
        let namesakes = namesakes(known);
        let mut leads = vec![true; known.forms.len()];
        namesakes.iter().for_each(|&(_, id)| leads[id as usize] = false);
        let parts = known.forms.par_iter().enumerate().fold(Columns::default, |mut columns, (id, form)| {
            columns.add(id as u32, form, known.kind(form), leads[id], first[id]);
            columns
        });
        let all = parts.reduce(Columns::default, Columns::and);
        let named = known.entries.iter().enumerate().filter(|(_, entry)| !entry.id.is_empty());
        let ids = named.map(|(at, entry)| (xxh3_64(entry.id.as_bytes()) as u32, at as u32));
        let mut index = Index {
            nodes: Table::new(all.nodes),
            namesakes: Table::new(namesakes),
            cuts: Table::new(all.cuts),
            spellings: Spellings::new(known, &first),
            bags: Table::new(all.bags),
            less: Table::new(all.less),
            bodies: Table::new(all.bodies),
            romanised: Table::new(all.romanised),
            vocabulary: Table::new(all.vocabulary),
            ids: Table::new(ids.collect()),
            ..Index::default()
        };
        index.measure(known);
        index
    }

    /// How many tables there are.
    pub const TABLES: usize = 11;

    /// Its tables in their order.
    pub fn tables(&self) -> [&Table; Index::TABLES] {
        let Index { nodes, namesakes, cuts, bags, less, bodies, romanised, vocabulary, ids, spellings, .. } = self;
        [nodes, namesakes, cuts, bags, less, bodies, romanised, vocabulary, ids, &spellings.letters, &spellings.halves]
    }

    /// Which lengths in letters forms have that may be met nearly.
    pub fn lengths(&self) -> &[bool] {
        &self.lengths
    }

    /// An index of what [`Index::tables`], [`Index::lengths`] and [`Spellings::parts`] gave, and the approved texts.
    pub fn of_parts(
        tables: Vec<Table>,
        lengths: Vec<bool>,
        texts: Vec<u32>,
        (folded, spellings): (String, [Vec<u32>; 3]),
    ) -> Option<Self> {
        let [nodes, namesakes, cuts, bags, less, bodies, romanised, vocabulary, ids, letters, halves] =
            tables.try_into().ok()?;
        let spellings = Spellings::of_parts([letters, halves], folded, spellings)?;
        Some(Index {
            nodes,
            namesakes,
            cuts,
            spellings,
            bags,
            less,
            bodies,
            romanised,
            vocabulary,
            ids,
            texts,
            lengths,
        })
    }

    /// Whether every number in its tables is one of so many entries and forms.
    pub fn fits(&self, entries: usize, forms: usize) -> bool {
        let below = |table: &Table, count: usize| {
            table.pairs().par_iter().all(|&(_, number)| number == INNER || (number as usize) < count)
        };
        let inner = |table: &Table| table.pairs().iter().any(|&(_, number)| number == INNER);
        let of_forms =
            [&self.nodes, &self.namesakes, &self.cuts, &self.bags, &self.less, &self.bodies, &self.romanised];
        of_forms.iter().all(|table| below(table, forms))
            && below(&self.ids, entries)
            && self.spellings.parts().1[1].iter().all(|&form| (form as usize) < forms)
            && self.texts.iter().all(|&at| (at as usize) < entries)
            && !of_forms[1..].iter().any(|table| inner(table))
            && !inner(&self.ids)
    }

    /// The first entry with an id.
    pub fn by_id(&self, entries: &[Entry], id: &str) -> Option<EntryId> {
        let same = self.ids.get(xxh3_64(id.as_bytes())).iter().filter(|&&(_, at)| *entries[at as usize].id == *id);
        same.min().map(|&(_, at)| EntryId(at))
    }

    /// Counts the letters of the forms.
    fn measure(&mut self, known: Known<'_>) {
        let texts = known.entries.iter().enumerate().filter(|(_, entry)| entry.kind == EntryKind::Boilerplate);
        self.texts = texts.map(|(at, _)| at as u32).collect();
        let longest = known.forms.iter().map(|form| form.text.len()).max().unwrap_or(0);
        self.lengths = vec![false; longest * 2 + 4];
        for form in known.forms.iter().filter(|form| is_near(form, known.kind(form))) {
            // Folding changes the length of few names, and by few letters.
            let letters = form.text.chars().filter(|c| c.is_alphanumeric()).count();
            for length in letters.saturating_sub(2)..=letters + 3 {
                if let Some(known) = self.lengths.get_mut(length) {
                    *known = true;
                }
            }
        }
    }

    /// What a text mentions: exactly, and nearly.
    pub fn mentions(&self, known: Known<'_>, text: &str, cases: &Cases) -> (Vec<Hit>, Vec<Near>) {
        let words = Words::of(text);
        let begun = Begun::new(self, &words);
        let hits = self.find(known, text, (&words, &begun), cases);
        let near = Search { index: self, known, text, words: &words, begun: &begun, hits: &hits }.all();
        (hits, near)
    }

    /// Every mention of a form: of those that overlap the longest, of equals the leftmost.
    fn find(&self, known: Known<'_>, text: &str, (words, begun): (&Words, &Begun<'_>), cases: &Cases) -> Vec<Hit> {
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < words.list.len() {
            let Some((mut hit, mut end)) = self.longest_at(known, text, (words, begun), cases, at) else {
                at += 1;
                continue;
            };
            // A short form with its article, “the Bureau”, may only be the beginning of “the Bureau of Ports”.
            let mut next = at + 1;
            while next < end {
                match self.longest_at(known, text, (words, begun), cases, next) {
                    Some((longer, after)) if after > end && after - next > end - at => {
                        (hit, end, at) = (longer, after, next);
                    }
                    _ => {}
                }
                next += 1;
            }
            hits.push(hit);
            at = end;
        }
        inflect::keep_certain(known, text, &mut hits);
        hits
    }

    /// The longest mention that begins at a word, and the word after it; one in another case only where it is longer than all others.
    fn longest_at(
        &self,
        known: Known<'_>,
        text: &str,
        (words, begun): (&Words, &Begun<'_>),
        cases: &Cases,
        start: usize,
    ) -> Option<(Hit, usize)> {
        let exact = self.exact_at(known, text, words, begun, start);
        let inflected = inflect::longest_at(self, known, &Side { text, words, range: start..start }, cases);
        match (exact, inflected) {
            (Some(exact), Some((_, end))) if end < exact.1 => Some(exact),
            // “Anną” has the letters of “Anna” when no mark counts, and is another case of it.
            (Some(exact), Some((hit, end)))
                if end == exact.1
                    && (exact.0.agreement != Agreement::Diacritics
                        || !hit.forms.iter().any(|form| inflect::is_allowed(known.form(form.0).kind))) =>
            {
                Some(exact)
            }
            (exact, inflected) => inflected.or(exact),
        }
    }

    fn exact_at(
        &self,
        known: Known<'_>,
        text: &str,
        words: &Words,
        begun: &Begun<'_>,
        start: usize,
    ) -> Option<(Hit, usize)> {
        let mut best = None;
        for (end, _, found) in begun.from(self, words, start) {
            let side = Side { text, words, range: start..end };
            if let Some((forms, agreement)) = self.best_forms(known, &side, found) {
                let range = words.list[start].range.start..words.list[end - 1].range.end;
                best = Some((Hit { range, forms, agreement }, end));
            }
        }
        best
    }

    /// The forms that agree best with some words, of those whose folded words have their hash; in the order of their numbers.
    fn best_forms(&self, known: Known<'_>, side: &Side<'_>, found: &[(u32, u32)]) -> Option<(Vec<FormId>, Agreement)> {
        let mut best: Option<(Vec<u32>, Agreement)> = None;
        for &(_, id) in found.iter().filter(|&&(_, id)| id != INNER).take(MOST_NAMESAKES) {
            let Some(agreement) = agreement(side, known.form(id), known.kind(known.form(id))) else { continue };
            match &mut best {
                Some((forms, known)) if *known == agreement => forms.push(id),
                Some((_, known)) if *known < agreement => {}
                _ => best = Some((vec![id], agreement)),
            }
        }
        let (first, agreement) = best?;
        let mut forms: Vec<FormId> = first.into_iter().flat_map(|id| self.written_alike(id)).collect();
        forms.sort_unstable();
        forms.truncate(MOST_NAMESAKES);
        Some((forms, agreement))
    }

    /// A form of the automaton, and those that are written as it is.
    pub fn written_alike(&self, id: u32) -> impl Iterator<Item = FormId> {
        std::iter::once(id).chain(self.namesakes.get(spread(id)).iter().map(|&(_, id)| id)).map(FormId)
    }
}

/// The columns of all tables while they are made.
#[derive(Default)]
struct Columns {
    nodes: Vec<(u32, u32)>,
    cuts: Vec<(u32, u32)>,
    bags: Vec<(u32, u32)>,
    less: Vec<(u32, u32)>,
    bodies: Vec<(u32, u32)>,
    romanised: Vec<(u32, u32)>,
    vocabulary: Vec<(u32, u32)>,
}

impl Columns {
    fn and(mut self, other: Columns) -> Columns {
        self.nodes.extend(other.nodes);
        self.cuts.extend(other.cuts);
        self.bags.extend(other.bags);
        self.less.extend(other.less);
        self.bodies.extend(other.bodies);
        self.romanised.extend(other.romanised);
        self.vocabulary.extend(other.vocabulary);
        self
    }

    /// Adds a form, to the automaton where it leads those that are written alike, to what is met nearly where it is the first of its letters.
    fn add(&mut self, id: u32, form: &Form, entry: EntryKind, leads: bool, first: bool) {
        if !leads && !first {
            return;
        }
        let words = Words::of(&form.text);
        let all: Vec<usize> = (0..words.list.len().min(MOST_WORDS)).collect();
        for key in keys(&words, &all, entry).into_iter().filter(|_| leads) {
            let mut hash = 0;
            for (nth, &at) in key.iter().enumerate() {
                hash = step(hash, words.list[at].hash);
                self.nodes.push((hash as u32, if nth + 1 == key.len() { id } else { INNER }));
            }
        }
        let near = first && !matches!(form.kind, FormKind::Acronym | FormKind::Rejected);
        let standing = if near { NEARLY } else { EXACTLY };
        self.vocabulary.extend(words.list.iter().map(|word| (word.hash as u32, standing)));
        if first && matches!(form.kind, FormKind::Preferred | FormKind::Accepted | FormKind::Former) {
            self.add_bags(id, &words, entry);
            respelt::add(id, form, &words, entry, &mut self.bodies, &mut self.vocabulary);
            self.romanised.extend(romanised::of_form(form, &words, entry).map(|hash| (hash as u32, id)));
            if entry == EntryKind::Organisation {
                self.add_cuts(id, &words);
            }
        }
    }

    fn add_bags(&mut self, id: u32, words: &Words, entry: EntryKind) {
        let content = content(words);
        let least = if entry == EntryKind::Person { 2 } else { 3 };
        if content.len() < least || content.len() > MOST_CONTENT {
            return;
        }
        let sum = content.iter().fold(0u64, |sum, &at| sum.wrapping_add(words.list[at].hash));
        self.bags.push((sum as u32, id));
        if entry != EntryKind::Person && content.len() >= 4 {
            let inner = &content[1..content.len() - 1];
            self.less.extend(inner.iter().map(|&at| (sum.wrapping_sub(words.list[at].hash) as u32, id)));
        }
    }

    /// Ends at which an official name may be broken off: inside its complement, before a joining word.
    fn add_cuts(&mut self, id: u32, words: &Words) {
        let (mut hash, mut content, mut joined) = (0, 0, false);
        for at in 0..words.list.len().min(MOST_WORDS) {
            // “Unies pour la”, “Unidas sobre el”: nothing ends with a preposition, and every other complement may follow. What stands behind a
            // joining word, “du port”, is a noun.
            let noun = |at: usize| {
                let long = words.key(&words.list[at]).chars().count() > 5;
                long || words.list[at].case != Case::Lower || at > 0 && words.joins(at - 1)
            };
            if at > 0 && words.joins(at) && !words.joins(at - 1) && noun(at - 1) && content >= 2 && joined {
                self.cuts.push((hash as u32, id));
            }
            hash = step(hash, words.list[at].hash);
            joined |= words.joins(at);
            content += usize::from(!words.joins(at));
        }
    }
}

/// The ways in which the words of a form are looked up: as they are, a title without its article, a name without its particles.
fn keys(words: &Words, all: &[usize], entry: EntryKind) -> Vec<Vec<usize>> {
    let mut keys = vec![all.to_vec()];
    match entry {
        EntryKind::Work if all.len() > 3 && words.key(&words.list[all[0]]).chars().count() <= 3 => {
            keys.push(all[1..].to_vec());
        }
        EntryKind::Person => {
            let without: Vec<usize> = all.iter().copied().filter(|&at| !words.joins(at)).collect();
            if without.len() < all.len() && without.len() >= 2 {
                keys.push(without);
            }
        }
        _ => {}
    }
    keys.retain(|key| !key.is_empty());
    keys
}

/// The words of a form with a sense of their own.
pub(super) fn content(words: &Words) -> Vec<usize> {
    let all = 0..words.list.len();
    // An article at the head of a title has a capital there.
    all.filter(|&at| !(words.joins(at) || at == 0 && words.list.len() > 3 && is_article(words))).collect()
}

fn is_article(words: &Words) -> bool {
    let first = &words.list[0];
    first.case == Case::Capital && words.key(first).chars().count() <= 3 && words.list[1].case == Case::Lower
}

/// Of forms that are written alike and are of one kind, for entries of one kind, each but the first, under the first.
fn namesakes(known: Known<'_>) -> Vec<(u32, u32)> {
    let key = |(id, form): (usize, &Form)| {
        let kinds = (known.kind(form) as u64) << 8 | form.kind as u64;
        (xxh3_64_with_seed(form.text.as_bytes(), kinds), id as u32)
    };
    let mut keys: Vec<(u64, u32)> = known.forms.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable();
    keys.chunk_by(|one, other| one.0 == other.0)
        .flat_map(|alike| alike[1..].iter().map(|&(_, id)| (spread(alike[0].1) as u32, id)))
        .collect()
}

/// Numbers of forms as hashes: the tables divide these by their leading bits.
fn spread(id: u32) -> u64 {
    u64::from(id.wrapping_mul(0x9E37_79B1))
}

/// How well some words agree with a form whose folded words have their hash.
fn agreement(side: &Side<'_>, form: &Form, kind: EntryKind) -> Option<Agreement> {
    let model = Words::of(&form.text);
    let all: Vec<usize> = (0..model.list.len()).collect();
    let same = |(&at, here): (&usize, usize)| model.key(&model.list[at]) == side.words.key(&side.words.list[here]);
    keys(&model, &all, kind)
        .into_iter()
        .filter(|key| key.len() == side.range.len() && key.iter().zip(side.range.clone()).all(same))
        .filter_map(|key| {
            let run = key[0]..key[key.len() - 1] + 1;
            // Only particles are left out inside a name; then gaps cannot be compared.
            let dropped = run.len() != key.len();
            let model = Side { text: &form.text, words: &model, range: run };
            compare::agreement(side, &model, kind, form.kind, dropped)
        })
        .min()
}
