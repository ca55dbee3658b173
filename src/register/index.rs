//! The index of a register: tables by which a text finds the forms it mentions, exactly or nearly, without ever being compared
//! with every entry. Exact forms are an automaton over words; names whose words are missing, too many or in another order are found by the
//! sum of their words, and names that are spelt otherwise by their letters ([`Spellings`]).

use super::compare::{self, Agreement, Side};
use super::entry::{Entry, EntryId, EntryKind, Form, FormId, FormKind};
use super::inflect;
use super::spelling::{SHORT, Spellings, first_of_each, is_near};
use super::table::{Table, step};
use super::words::{Case, Words};
use super::{respelt, romanised};
use crate::language::Cases;
use rayon::prelude::*;
use std::ops::Range;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Marks a node of the automaton at which no form ends.
const INNER: u32 = u32::MAX;
/// Words that a form may have.
pub(super) const MOST_WORDS: usize = 40;
/// Candidates of one place that are verified; more share a first name, and the other end tells them apart.
const MOST_CANDIDATES: usize = 256;
/// Entries that one name may mean; a name that more share tells nobody.
const MOST_NAMESAKES: usize = 128;
/// Words that no name has, of those that are nearly a name: two slips in two words, and a space in the wrong place between two others.
const MOST_STRANGE: usize = 4;
/// The same for names of fewer than [`SHORT`] letters, of which one slip makes another space or letter.
const STRANGE_IN_SHORT: usize = 2;
/// Words with a sense of their own that a window has at most.
const MOST_CONTENT: usize = 14;

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

/// A place that nearly mentions an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Near {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// The form that was probably meant.
    pub form: FormId,
    /// What is different.
    pub difference: Difference,
}

/// How a near mention differs from a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Letters are wrong, missing, doubled or exchanged.
    Letters,
    /// The letters are the same, spaces or hyphens are not.
    Spacing,
    /// The words stand in another order.
    Order,
    /// A word stands for another; where it stands.
    Changed(Range<usize>),
    /// A word is missing: the folded word.
    Missing(String),
    /// A word too many; where it stands.
    Extra(Range<usize>),
    /// The end is missing.
    Truncated,
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
    /// The words of all names and titles that may be met nearly.
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
    fn form(&self, id: u32) -> &'a Form {
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

    /// Every mention of a form: of those that overlap the longest, of equals the leftmost.
    pub fn find(&self, known: Known<'_>, text: &str, words: &Words, cases: &Cases) -> Vec<Hit> {
        let (mut hits, mut at) = (Vec::new(), 0);
        while at < words.list.len() {
            let Some((mut hit, mut end)) = self.longest_at(known, text, words, cases, at) else {
                at += 1;
                continue;
            };
            // A short form with its article, “the Bureau”, may only be the beginning of “the Bureau of Ports”.
            let mut next = at + 1;
            while next < end {
                match self.longest_at(known, text, words, cases, next) {
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
        words: &Words,
        cases: &Cases,
        start: usize,
    ) -> Option<(Hit, usize)> {
        let exact = self.exact_at(known, text, words, start);
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

    fn exact_at(&self, known: Known<'_>, text: &str, words: &Words, start: usize) -> Option<(Hit, usize)> {
        let (mut best, mut hash) = (None, 0);
        for end in start + 1..=words.list.len().min(start + MOST_WORDS) {
            hash = step(hash, words.list[end - 1].hash);
            let found = self.nodes.get(hash);
            if found.is_empty() {
                break;
            }
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

    /// Places that nearly mention a form and lie in none of the hits.
    pub fn near(&self, known: Known<'_>, text: &str, words: &Words, hits: &[Hit]) -> Vec<Near> {
        let mut found = Vec::new();
        let mut hit = hits.iter().peekable();
        let names: Vec<bool> = words.list.iter().map(|word| self.vocabulary.has(word.hash)).collect();
        for start in 0..words.list.len() {
            // No near name begins inside an exact one.
            let place = words.list[start].range.start;
            while hit.next_if(|hit| hit.range.end <= place).is_some() {}
            if hit.peek().is_some_and(|hit| hit.range.start < place) {
                continue;
            }
            self.cut_at(known, text, words, start, &mut found);
            self.letters_at(known, text, words, (start, &names), hit.peek().copied(), &mut found);
            self.bags_at(known, text, words, (start, &names), &mut found);
        }
        respelt::find(&self.bodies, known, text, (words, &names), &mut found);
        romanised::find(&self.romanised, known, text, words, &mut found);
        let whole: Vec<Near> = found.iter().filter_map(|near| whole_name(known, text, words, near)).collect();
        found.extend(whole);
        found.retain(|near| allowed(known, near, hits));
        settle(known, found)
    }

    /// Official names that end too early.
    fn cut_at(&self, known: Known<'_>, text: &str, words: &Words, start: usize, out: &mut Vec<Near>) {
        if words.list[start].case != Case::Capital || goes_before(text, words, start) {
            return;
        }
        let mut hash = 0;
        for end in start + 1..=words.list.len().min(start + MOST_WORDS) {
            hash = step(hash, words.list[end - 1].hash);
            if !self.nodes.has(hash) {
                return;
            }
            let side = Side { text, words, range: start..end };
            if end > start + 1 && compare::is_hard(compare::gap(&side, end - 2)) {
                return;
            }
            let Some(&(_, form)) = self.cuts.get(hash).first() else { continue };
            let model = Words::of(&known.form(form).text);
            if ends_here(text, words, end, &model) && begins_same(words, start..end, &model) {
                let range = words.list[start].range.start..words.list[end - 1].range.end;
                out.push(Near { range, form: FormId(form), difference: Difference::Truncated });
            }
        }
    }

    /// Names whose letters differ a little.
    fn letters_at(
        &self,
        known: Known<'_>,
        text: &str,
        words: &Words,
        (start, names): (usize, &[bool]),
        hit: Option<&Hit>,
        out: &mut Vec<Near>,
    ) {
        if words.list[start].case == Case::Lower {
            return;
        }
        let (mut titled, mut strange) = (false, 0);
        for end in start + 1..=words.list.len().min(start + MOST_CONTENT) {
            let side = Side { text, words, range: start..end };
            let Some(colon) = goes_on(&side) else { return };
            titled |= colon;
            strange += usize::from(!names[end - 1] && !words.joins(end - 1));
            if strange > MOST_STRANGE {
                return;
            }
            let key = words.compact(start..end);
            if key.len() > 160 {
                return;
            }
            let length = key.chars().count();
            let possible = self.lengths.get(length).is_some_and(|known| *known);
            let too_strange = length < SHORT && strange > STRANGE_IN_SHORT;
            if !possible || too_strange || !compare::looks_like_name(words, start..end) {
                continue;
            }
            let range = words.list[start].range.start..words.list[end - 1].range.end;
            // Nor is it one, or ends inside the one that begins with it.
            if hit.is_some_and(|hit| hit.range == range || hit.range.start < range.end && hit.range.end > range.end) {
                continue;
            }
            if let Some(near) = self.spellings.nearest(key).and_then(|(form, same)| {
                let kind = known.kind(known.form(form));
                let fits =
                    (!titled || kind == EntryKind::Work) && fits(known.form(form), kind, text, words, start..end);
                let difference = if same { Difference::Spacing } else { Difference::Letters };
                fits.then_some(Near { range, form: FormId(form), difference })
            }) {
                out.push(near);
            }
        }
    }

    /// Names whose words stand in another order, or of which one word differs.
    fn bags_at(
        &self,
        known: Known<'_>,
        text: &str,
        words: &Words,
        (start, names): (usize, &[bool]),
        out: &mut Vec<Near>,
    ) {
        if words.joins(start) || !names[start] {
            return;
        }
        let (mut bag, mut content, mut strange, mut titled) = (0u64, Vec::new(), 0, false);
        for end in start + 1..=words.list.len().min(start + 3 * MOST_CONTENT) {
            let side = Side { text, words, range: start..end };
            let Some(colon) = goes_on(&side) else { return };
            titled |= colon;
            if words.joins(end - 1) {
                continue;
            }
            content.push(end - 1);
            // One word may be another or too many.
            strange += usize::from(!names[end - 1]);
            if strange > 1 {
                return;
            }
            let hash = words.list[end - 1].hash;
            bag = bag.wrapping_add(hash);
            if content.len() > MOST_CONTENT {
                return;
            }
            if content.len() < 2 || !names[end - 1] {
                continue;
            }
            let window = Window { side, content: &content };
            let near = self.bag(known, &window, bag);
            out.extend(near.filter(|near| !titled || known.kind(known.form(near.form.0)) == EntryKind::Work));
        }
    }

    fn bag(&self, known: Known<'_>, window: &Window<'_>, bag: u64) -> Option<Near> {
        let ordered = self.bags.get(bag).iter().find_map(|&(_, form)| window.reordered(known, form));
        if ordered.is_some() || window.content.len() < 3 {
            return ordered;
        }
        if let Some(near) = self.less.get(bag).iter().find_map(|&(_, form)| window.altered(known, form)) {
            return Some(near);
        }
        let inner = &window.content[1..window.content.len() - 1];
        inner.iter().find_map(|&at| {
            let rest = bag.wrapping_sub(window.side.words.list[at].hash);
            let tables = self.bags.get(rest).iter().chain(self.less.get(rest));
            tables.take(MOST_CANDIDATES).find_map(|&(_, form)| window.altered(known, form))
        })
    }
}

/// Words of a text that may be those of a form.
struct Window<'a> {
    side: Side<'a>,
    content: &'a [usize],
}

impl Window<'_> {
    fn near(&self, form: u32, difference: Difference) -> Near {
        let words = &self.side.words.list;
        let (first, last) = (self.content[0], self.content[self.content.len() - 1]);
        Near { range: words[first].range.start..words[last].range.end, form: FormId(form), difference }
    }

    /// The words of a form in another order.
    fn reordered(&self, known: Known<'_>, id: u32) -> Option<Near> {
        let form = known.form(id);
        let model = Words::of(&form.text);
        let keys = |words: &Words, at: &[usize]| -> Vec<String> {
            at.iter().map(|&at| words.key(&words.list[at]).to_owned()).collect()
        };
        let (ours, theirs) = (keys(self.side.words, self.content), keys(&model, &content(&model)));
        let sorted = |mut keys: Vec<String>| {
            keys.sort();
            keys
        };
        let kind = known.kind(form);
        let named = matches!(kind, EntryKind::Person | EntryKind::Organisation);
        let written = self.content.iter().all(|&at| self.side.words.list[at].case != Case::Lower);
        // A comma between the family name and the others is how lists are written; between words of a body it is a list.
        let comma = (self.content[0]..self.content[self.content.len() - 1])
            .any(|at| compare::gap(&self.side, at).contains(','));
        let like_name = match kind {
            EntryKind::Person => written && !comma,
            EntryKind::Organisation => !comma && self.side.words.list[self.content[0]].case != Case::Lower,
            _ => false,
        };
        let differs = ours != theirs && sorted(ours) == sorted(theirs);
        (named && like_name && differs).then(|| self.near(id, Difference::Order))
    }

    /// The words of a form in its order, but for one inside that is missing, too many or another.
    fn altered(&self, known: Known<'_>, id: u32) -> Option<Near> {
        let form = known.form(id);
        let model = Words::of(&form.text);
        let theirs = content(&model);
        let ours = self.content;
        let same = |a: usize, b: usize| self.side.words.list[ours[a]].hash == model.list[theirs[b]].hash;
        let shortest = ours.len().min(theirs.len());
        let front = (0..shortest).take_while(|&i| same(i, i)).count();
        let back = (0..shortest - front).take_while(|&i| same(ours.len() - 1 - i, theirs.len() - 1 - i)).count();
        if front == 0 || back == 0 {
            return None;
        }
        let (odd, lost) = (ours.len() - front - back, theirs.len() - front - back);
        let place = |at: usize| self.side.words.list[ours[at]].range.clone();
        let difference = match (odd, lost) {
            (0, 1) => Difference::Missing(model.key(&model.list[theirs[front]]).to_owned()),
            (1, 0) => Difference::Extra(place(front)),
            (1, 1) => Difference::Changed(place(front)),
            _ => return None,
        };
        let organisation = known.kind(form) == EntryKind::Organisation;
        let similar = matches!(difference, Difference::Changed(_)) && {
            let (a, b) =
                (self.side.words.key(&self.side.words.list[ours[front]]), model.key(&model.list[theirs[front]]));
            strsim::osa_distance(a, b) * 3 <= a.chars().count().max(b.chars().count())
        };
        // Bodies of one family share most words and differ in one: another word is another body. People have middle names.
        let person = known.kind(form) == EntryKind::Person;
        (!person && (!organisation || similar)).then(|| self.near(id, difference))
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
        if first && !matches!(form.kind, FormKind::Acronym | FormKind::Rejected) {
            self.vocabulary.extend(words.list.iter().map(|word| (word.hash as u32, 0)));
        }
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
            if at > 0 && words.joins(at) && !words.joins(at - 1) && content >= 2 && joined {
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
fn content(words: &Words) -> Vec<usize> {
    let all = 0..words.list.len();
    // An article at the head of a title has a capital there.
    all.filter(|&at| !(words.joins(at) || at == 0 && words.list.len() > 3 && is_article(words))).collect()
}

fn is_article(words: &Words) -> bool {
    let first = &words.list[0];
    first.case == Case::Capital && words.key(first).chars().count() <= 3 && words.list[1].case == Case::Lower
}

/// Whether a colon stands before the last of some words, as in the titles of works alone; `None` where no name runs on to that word, as
/// over the end of a sentence.
pub(super) fn goes_on(side: &Side<'_>) -> Option<bool> {
    let Some(at) = side.range.len().checked_sub(2).map(|before| side.range.start + before) else { return Some(false) };
    let gap = compare::gap(side, at);
    if gap.trim_end() == ":" && gap.len() <= 2 {
        return Some(true);
    }
    let ends = gap.contains('.') && gap.ends_with(' ') && side.words.key(&side.words.list[at]).chars().count() > 3;
    (!ends && !compare::is_hard(gap)).then_some(false)
}

/// Whether a near place reads like the form: as many words but for spacing, names with their capitals.
fn fits(form: &Form, kind: EntryKind, text: &str, words: &Words, range: Range<usize>) -> bool {
    let side = Side { text, words, range: range.clone() };
    let gaps: Vec<&str> = (range.start..range.end - 1).map(|at| compare::gap(&side, at)).collect();
    let stops = |at: usize| words.key(&words.list[range.start + at]).chars().count() <= 3;
    // A name that has commas may be written with them.
    let commas = form.text.matches(',').count();
    let listed = gaps.iter().filter(|gap| gap.contains(',')).count() > commas;
    let sound =
        !listed && gaps.iter().enumerate().all(|(at, gap)| !gap.contains('/') && (!gap.contains('.') || stops(at)));
    let capital = kind != EntryKind::Person
        || range
            .clone()
            .all(|at| words.list[at].case != Case::Lower || words.key(&words.list[at]).chars().count() <= 3);
    // One word is near one word, or near two that were joined; particles are joined to what they stand before.
    let model = Words::of(&form.text);
    let particles = (0..model.list.len()).filter(|&at| model.joins(at)).count();
    let close = model.list.len().abs_diff(range.len()) <= particles.max(1);
    sound && capital && close
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

/// Whether another word of a name stands right before a place: the “European Court of Justice” is not the beginning of a longer name. A short
/// word, as an article, begins the sentence.
fn goes_before(text: &str, words: &Words, start: usize) -> bool {
    let Some(before) = start.checked_sub(1).map(|before| &words.list[before]) else { return false };
    let gap = &text[before.range.end..words.list[start].range.start];
    gap == " " && before.case == Case::Capital && words.key(before).chars().count() > 3
}

/// Whether a broken-off name really ends: a stop, or a short word that does not go on as the form does.
fn ends_here(text: &str, words: &Words, end: usize, model: &Words) -> bool {
    let Some(next) = words.list.get(end) else { return true };
    let gap = &text[words.list[end - 1].range.end..next.range.start];
    if gap.chars().any(|c| !c.is_whitespace()) {
        return !gap.contains(['-', '\'', '’', '‐', '‑', '/']);
    }
    let joining = (0..model.list.len()).any(|at| model.joins(at) && model.list[at].hash == next.hash);
    next.case == Case::Lower && words.key(next).chars().count() <= 4 && !joining
}

fn begins_same(words: &Words, range: Range<usize>, model: &Words) -> bool {
    model.list.len() > range.len()
        && range.clone().zip(&model.list).all(|(at, word)| words.key(&words.list[at]) == model.key(word))
}

/// Whether a near place may be said beside the exact ones: none of them is it, holds it or crosses it.
fn allowed(known: Known<'_>, near: &Near, hits: &[Hit]) -> bool {
    let entry = known.form(near.form.0).entry;
    let first = hits.partition_point(|hit| hit.range.end <= near.range.start);
    hits[first..].iter().take_while(|hit| hit.range.start < near.range.end).all(|hit| {
        let inside = near.range.start <= hit.range.start && hit.range.end <= near.range.end && hit.range != near.range;
        let own = hit.forms.iter().any(|form| known.form(form.0).entry == entry);
        // The form stands there as it is, and what is more adjoins it.
        if hit.forms.contains(&near.form) {
            return false;
        }
        // A name that is part of the longer one: “United Nations” in that of an agency.
        let part = || hit.forms.iter().any(|form| stands_in(&known.form(form.0).text, &known.form(near.form.0).text));
        let parts = matches!(
            near.difference,
            Difference::Order | Difference::Changed(_) | Difference::Extra(_) | Difference::Missing(_)
        );
        inside && (own || parts || part())
    })
}

/// The whole name of which a near family name is the end, where the words before it are nearly the others: of who is written in full, the
/// full name is told.
fn whole_name(known: Known<'_>, text: &str, words: &Words, near: &Near) -> Option<Near> {
    let family = known.form(near.form.0);
    if family.kind != FormKind::Family || near.difference != Difference::Letters {
        return None;
    }
    let start = words.list.partition_point(|word| word.range.start < near.range.start);
    let forms = known.entries[family.entry.0 as usize].forms.clone();
    let tail = Words::of(&family.text).list.len();
    forms.filter(|&id| matches!(known.form(id).kind, FormKind::Preferred | FormKind::Accepted)).find_map(|id| {
        let form = &known.form(id).text;
        let model = Words::of(form);
        let given = model.list.len().checked_sub(tail).filter(|given| *given > 0 && form.ends_with(&*family.text))?;
        let first = start.checked_sub(given)?;
        let side = Side { text, words, range: first..start + 1 };
        let joined = (first..start)
            .all(|at| !compare::is_hard(compare::gap(&side, at)) && !compare::gap(&side, at).contains(','));
        let alike = (0..given).all(|nth| {
            let (word, other) = (&words.list[first + nth], &model.list[nth]);
            let (one, two) = (words.key(word), model.key(other));
            let long = one.chars().count().min(two.chars().count()) >= 4;
            (word.case == Case::Lower) == (other.case == Case::Lower)
                && (one == two || long && strsim::osa_distance(one, two) <= 1)
        });
        let range = words.list[first].range.start..near.range.end;
        (joined && alike).then_some(Near { range, form: FormId(id), difference: Difference::Letters })
    })
}

/// Whether the words of one name follow one another in another.
fn stands_in(part: &str, whole: &str) -> bool {
    let (part, whole) = (Words::of(part), Words::of(whole));
    let hashes = |words: &Words| -> Vec<u64> { words.list.iter().map(|word| word.hash).collect() };
    let (part, whole) = (hashes(&part), hashes(&whole));
    !part.is_empty() && whole.windows(part.len()).any(|run| run == part)
}

/// Of places that overlap, the longest; of equals, the least different.
fn settle(known: Known<'_>, mut found: Vec<Near>) -> Vec<Near> {
    let rank = |near: &Near| match near.difference {
        Difference::Spacing => 0,
        Difference::Letters => 1,
        Difference::Order => 2,
        _ => 3,
    };
    found.sort_by_key(|near| {
        (std::cmp::Reverse(near.range.len()), near.range.start, rank(near), known.form(near.form.0).kind, near.form)
    });
    let mut kept: Vec<Near> = Vec::new();
    for near in found {
        if kept.iter().all(|other| near.range.end <= other.range.start || other.range.end <= near.range.start) {
            kept.push(near);
        }
    }
    kept.sort_by_key(|near| near.range.start);
    kept
}
