//! Forms by their letters: which form is spelt as some letters are, but for a slip. A text is never compared with every form: it looks up
//! what it would be without the slip. Names of up to twenty letters lie under their letters and under what is left when the letter at
//! each place is gone; longer ones under either half, of which a single slip leaves one whole, and under a half and a third of the other
//! where many share the half.

use super::Register;
use super::entry::{EntryKind, Form, FormKind};
use super::index::Known;
use super::sieve::{Sieve, Slips};
use super::table::{Table, step};
use super::words::compact;
use rayon::prelude::*;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// Letters up to which a form lies under its deletions; from here on under its halves.
pub(super) const SHORT: usize = 20;
/// Letters from which on a name may be met with any slip; a shorter one with letters exchanged or doubled, one of four in its own alone.
const FREE: usize = 8;
/// Letters that are looked up together: what is known of them meanwhile stays near.
const TOGETHER: usize = 256;
/// Forms under one key that are looked at.
const MOST_CANDIDATES: usize = 64;

/// The forms that may be met nearly, each spelling once.
#[derive(Debug, Clone, Default)]
pub(super) struct Spellings {
    pub letters: Table,
    pub halves: Table,
    /// The folded letters of all spellings, one after the other.
    folded: String,
    /// Where each begins; one more at the end.
    starts: Vec<u32>,
    /// A form that is spelt so.
    forms: Vec<u32>,
    /// What the short ones are but for a piece.
    sieve: Sieve,
}

/// Of forms that are spelt alike, in one language and for entries of one kind, the first: no other need be looked up.
pub(super) fn first_of_each(known: Known<'_>) -> Vec<bool> {
    let key = |(at, form): (usize, &Form)| {
        let kind = known.kind(form) as u64;
        let named = matches!(form.kind, FormKind::Preferred | FormKind::Accepted) as u64;
        let near = is_near(form, known.kind(form)) as u64;
        let former = (form.kind == FormKind::Former) as u64;
        let language = xxh3_64(form.language.as_bytes());
        (
            xxh3_64_with_seed(compact(&form.text).as_bytes(), language ^ (kind << 3 | former << 2 | named << 1 | near)),
            at as u32,
        )
    };
    let mut keys: Vec<(u64, u32)> = known.forms.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable();
    keys.dedup_by_key(|(hash, _)| *hash);
    let mut first = vec![false; known.forms.len()];
    keys.iter().for_each(|(_, at)| first[*at as usize] = true);
    first
}

/// Letters of the shortest title of a work that is met nearly: a short one, “The Quay”, is common words.
const TITLE: usize = 20;

/// Whether a form is met nearly: acronyms and rejected forms are not.
pub(super) fn is_near(form: &Form, entry: EntryKind) -> bool {
    let named = matches!(entry, EntryKind::Person | EntryKind::Organisation)
        || entry == EntryKind::Work && form.text.chars().filter(|c| c.is_alphabetic()).take(TITLE).count() == TITLE;
    named && matches!(form.kind, FormKind::Preferred | FormKind::Accepted | FormKind::Family | FormKind::Former)
}

impl Spellings {
    pub fn new(known: Known<'_>, first: &[bool]) -> Self {
        let mut spellings = Spellings { starts: vec![0], ..Spellings::default() };
        for (id, form) in known.forms.iter().enumerate() {
            if first[id] && is_near(form, known.kind(form)) {
                spellings.folded.push_str(&compact(&form.text));
                spellings.starts.push(spellings.folded.len() as u32);
                spellings.forms.push(id as u32);
            }
        }
        spellings.sieve = Sieve::new(spellings.forms.len());
        for at in 0..spellings.forms.len() as u32 {
            let letters: Vec<char> = spellings.get(at).chars().collect();
            if letters.len() <= SHORT {
                spellings.sieve.add(&letters);
            }
        }
        let all = 0..spellings.forms.len() as u32;
        let parts = all.into_par_iter().fold(Columns::default, |mut columns, at| {
            columns.add(at, spellings.get(at));
            columns
        });
        let all = parts.reduce(Columns::default, Columns::and);
        Spellings { letters: Table::new(all.letters), halves: Table::new(all.halves), ..spellings }
    }

    /// What [`Spellings::of_parts`] makes it of again.
    pub fn parts(&self) -> (&str, [&[u32]; 3]) {
        (&self.folded, [&self.starts, &self.forms, self.sieve.bits()])
    }

    /// Spellings of their parts; `None` where these do not fit one another.
    pub fn of_parts(tables: [Table; 2], folded: String, [starts, forms, bits]: [Vec<u32>; 3]) -> Option<Self> {
        let [letters, halves] = tables;
        let cuts = starts.par_windows(2).all(|pair| pair[0] <= pair[1])
            && starts.par_iter().all(|&at| folded.is_char_boundary(at as usize));
        let known = |table: &Table| table.pairs().par_iter().all(|&(_, at)| (at as usize) < forms.len());
        let sieve = Sieve::of_bits(bits)?;
        (cuts && starts.len() == forms.len() + 1 && known(&letters) && known(&halves)).then_some(Spellings {
            letters,
            halves,
            folded,
            starts,
            forms,
            sieve,
        })
    }

    fn get(&self, at: u32) -> &str {
        &self.folded[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize]
    }

    /// For each of some folded letters the form nearest to them, within what their number allows, and whether the letters are the same.
    pub fn nearest(&self, keys: &[&str]) -> Vec<Option<(u32, bool)>> {
        keys.chunks(TOGETHER).flat_map(|keys| self.nearest_of(keys)).collect()
    }

    fn nearest_of(&self, keys: &[&str]) -> Vec<Option<(u32, bool)>> {
        let all: Vec<Vec<char>> = keys.iter().map(|key| key.chars().collect()).collect();
        let slips = self.sieve.slips(&all);
        let mut found = self.same(keys, &slips);
        let mut candidates: Vec<Vec<u32>> = vec![Vec::new(); keys.len()];
        let mut asked = Asked::default();
        for (nth, slips) in slips.into_iter().enumerate().filter(|&(nth, _)| found[nth].is_none()) {
            let letters = &all[nth];
            if letters.len() <= SHORT + 1 {
                short(keys[nth], letters, slips, nth, &mut asked);
            }
            if letters.len() + 2 >= SHORT {
                self.long(letters, &mut candidates[nth]);
            }
        }
        for (at, found) in self.letters.get_all(&asked.hashes) {
            candidates[asked.of[at]].extend(numbers(found));
        }
        for (nth, candidates) in candidates.iter_mut().enumerate().filter(|(_, candidates)| !candidates.is_empty()) {
            candidates.sort_unstable();
            candidates.dedup();
            found[nth] = self.best(&all[nth], candidates);
        }
        found
    }

    /// The forms of the same letters.
    fn same(&self, keys: &[&str], slips: &[Slips]) -> Vec<Option<(u32, bool)>> {
        let mut same = vec![None; keys.len()];
        let mut asked = Asked::default();
        for (nth, _) in slips.iter().enumerate().filter(|(_, slips)| slips.none) {
            asked.ask(xxh3_64(keys[nth].as_bytes()), nth);
        }
        for (at, found) in self.letters.get_all(&asked.hashes) {
            let nth = asked.of[at];
            let form = found.iter().find(|&&(_, at)| self.get(at) == keys[nth]);
            same[nth] = form.map(|&(_, at)| (self.forms[at as usize], true));
        }
        same
    }

    /// Names of [`SHORT`] letters or more that share a half with some letters.
    fn long(&self, letters: &[char], out: &mut Vec<u32>) {
        // Names of two letters less to two more.
        for half in (letters.len() - 2).max(SHORT) / 2..=(letters.len() + 2) / 2 {
            for (half, thirds) in halves(letters, half).into_iter().zip(thirds(letters, half)) {
                let all = self.halves.get(half);
                if all.len() <= MOST_CANDIDATES {
                    out.extend(numbers(all));
                    continue;
                }
                // Many share it, as “Institute of”: of the other half a slip leaves one part whole.
                for third in thirds {
                    out.extend(numbers(self.halves.get(step(half, third))));
                }
            }
        }
        // Two letters that are exchanged across the middle break both halves.
        let middle = letters.len() / 2;
        if letters.len() >= SHORT && letters.len().is_multiple_of(2) {
            let mut exchanged = letters.to_vec();
            exchanged.swap(middle - 1, middle);
            let [head, _] = halves(&exchanged, middle);
            out.extend(numbers(self.halves.get(head)));
        }
    }

    /// The nearest of some spellings.
    fn best(&self, letters: &[char], candidates: &[u32]) -> Option<(u32, bool)> {
        // Names of a few letters are one slip away, or none; the first of them is as near as any.
        let least = usize::from(letters.len() + 1 < SHORT);
        let mut nearest: Option<(usize, u32)> = None;
        let mut model = Vec::new();
        for &at in candidates {
            model.clear();
            model.extend(self.get(at).chars());
            let Some(edits) = distance(letters, &model) else { continue };
            if nearest.is_none_or(|(fewest, _)| edits < fewest) {
                nearest = Some((edits, self.forms[at as usize]));
            }
            if edits <= least {
                break;
            }
        }
        nearest.map(|(edits, form)| (form, edits == 0))
    }
}

/// Keys to be looked up, each for one of several letters.
#[derive(Default)]
struct Asked {
    hashes: Vec<u64>,
    of: Vec<usize>,
}

impl Asked {
    fn ask(&mut self, hash: u64, of: usize) {
        self.hashes.push(hash);
        self.of.push(of);
    }
}

/// Asks for names of up to [`SHORT`] letters of which a slip at one of these places makes the letters.
fn short(key: &str, letters: &[char], Slips { less, as_many, more, .. }: Slips, of: usize, asked: &mut Asked) {
    let count = letters.len();
    if count < 4 {
        return;
    }
    let doubled = |at: usize| at + 1 < count && letters[at] == letters[at + 1];
    let mut buffer = String::with_capacity(key.len());
    for at in more {
        if count + 1 >= FREE {
            asked.ask(under(key, at), of);
        } else if at < count && !doubled(at) {
            buffer.clear();
            buffer.extend(&letters[..=at]);
            buffer.extend(&letters[at..]);
            asked.ask(xxh3_64(buffer.as_bytes()), of);
        }
    }
    for at in (less.start..less.end.min(count)).filter(|&at| count > FREE || count > 5 && doubled(at)) {
        without(letters, at, &mut buffer);
        asked.ask(xxh3_64(buffer.as_bytes()), of);
    }
    for at in as_many.start..as_many.end.min(count) {
        if count >= FREE {
            without(letters, at, &mut buffer);
            asked.ask(under(&buffer, at), of);
        }
        if at + 1 < count && letters[at] != letters[at + 1] {
            buffer.clear();
            buffer.extend(&letters[..at]);
            buffer.extend([letters[at + 1], letters[at]]);
            buffer.extend(&letters[at + 2..]);
            asked.ask(xxh3_64(buffer.as_bytes()), of);
        }
    }
}

/// The first numbers under a key.
fn numbers(pairs: &[(u32, u32)]) -> impl Iterator<Item = u32> {
    pairs.iter().take(MOST_CANDIDATES).map(|&(_, number)| number)
}

/// The columns of the tables while they are made.
#[derive(Default)]
struct Columns {
    letters: Vec<(u32, u32)>,
    halves: Vec<(u32, u32)>,
}

impl Columns {
    fn and(mut self, other: Columns) -> Columns {
        self.letters.extend(other.letters);
        self.halves.extend(other.halves);
        self
    }

    fn add(&mut self, id: u32, key: &str) {
        let letters: Vec<char> = key.chars().collect();
        if letters.len() <= SHORT {
            self.letters.push((xxh3_64(key.as_bytes()) as u32, id));
            let mut buffer = String::with_capacity(key.len());
            for at in 0..if letters.len() < FREE { 0 } else { letters.len() } {
                without(&letters, at, &mut buffer);
                self.letters.push((under(&buffer, at) as u32, id));
            }
        }
        if letters.len() >= SHORT {
            let half = letters.len() / 2;
            for (half, thirds) in halves(&letters, half).into_iter().zip(thirds(&letters, half)) {
                let parts = thirds.map(|third| (step(half, third) as u32, id));
                self.halves.extend([(half as u32, id)].into_iter().chain(parts));
            }
        }
    }
}

/// Letters but the one at a place.
fn without(letters: &[char], at: usize, out: &mut String) {
    out.clear();
    out.extend(&letters[..at]);
    out.extend(&letters[at + 1..]);
}

/// The key of letters of which the one at a place is gone.
fn under(rest: &str, at: usize) -> u64 {
    xxh3_64_with_seed(rest.as_bytes(), at as u64 + 1)
}

/// The keys of the two halves that a name of twice so many letters or one more has, taken from letters that may be fewer or more.
fn halves(letters: &[char], half: usize) -> [u64; 2] {
    let half = half.min(letters.len());
    let (head, tail) = (&letters[..half], &letters[letters.len() - half..]);
    let seed = (half as u64) << 32;
    [(head, seed), (tail, seed | 1)].map(|(half, seed)| half.iter().fold(seed, |hash, c| step(hash, u64::from(*c))))
}

/// For each half, the keys of the first and the last third of the other half: counted from the side of the first half, and from the end.
/// The third between them keeps two letters that are exchanged from breaking both.
fn thirds(letters: &[char], half: usize) -> [[u64; 2]; 2] {
    let (third, count) = (half / 3, letters.len());
    let key = |from: usize, seed: u64| {
        let part = letters.get(from..from + third).unwrap_or_default();
        part.iter().fold(seed, |hash, c| step(hash, u64::from(*c)))
    };
    let head = [key(half, 2), key(count.saturating_sub(third), 3)];
    let tail = [key(count.saturating_sub(half + third), 4), key(0, 5)];
    [head, tail]
}

/// Edits between folded letters, where they are few enough for the length of the name.
fn distance(text: &[char], model: &[char]) -> Option<usize> {
    let edits = edits(text, model, if model.len() < SHORT { 1 } else { 2 })?;
    let allowed = match model.len() {
        0..=4 => edits == 0,
        5..FREE => edits == 0 || exchanged_or_doubled(text, model),
        _ => true,
    };
    allowed.then_some(edits)
}

/// Edits that make some letters others (one letter changed, missing, or too many, or two neighbours exchanged), none where it takes more than
/// `most`. The first letters that differ are edited in each way, which with few edits costs no more than to read the letters.
pub(super) fn edits(ours: &[char], theirs: &[char], most: usize) -> Option<usize> {
    let front = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let (ours, theirs) = (&ours[front..], &theirs[front..]);
    let back = ours.iter().rev().zip(theirs.iter().rev()).take_while(|(a, b)| a == b).count();
    let (ours, theirs) = (&ours[..ours.len() - back], &theirs[..theirs.len() - back]);
    if ours.is_empty() && theirs.is_empty() {
        return Some(0);
    }
    let fewer = most.checked_sub(1).filter(|_| ours.len().abs_diff(theirs.len()) <= most)?;
    let after = |a: usize, b: usize| edits(ours.get(a..)?, theirs.get(b..)?, fewer).map(|edits| edits + 1);
    let exchanged = matches!((ours, theirs), ([a, b, ..], [c, d, ..]) if a == d && b == c);
    let ways = [(1, 1), (1, 0), (0, 1), (2, 2)].into_iter().take(if exchanged { 4 } else { 3 });
    ways.filter_map(|(a, b)| after(a, b)).min()
}

/// Whether two neighbours are exchanged, or a letter is doubled or written once: slips of the hand, not other names.
fn exchanged_or_doubled(a: &[char], b: &[char]) -> bool {
    let single = |word: &[char]| {
        let mut letters = word.to_vec();
        letters.dedup();
        letters
    };
    let sorted = |word: &[char]| {
        let mut letters = word.to_vec();
        letters.sort_unstable();
        letters
    };
    single(a) == single(b) || a.len() == b.len() && sorted(a) == sorted(b)
}

impl Register {
    /// The form that is spelt as some words are but for a slip, where one is; for tests.
    #[cfg(test)]
    pub(super) fn spelt_nearly(&self, words: &str) -> Option<&Form> {
        let (form, _) = self.index.spellings.nearest(&[&compact(words)])[0]?;
        self.forms.get(form as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId};
    use proptest::prelude::*;
    use std::fmt::Write as _;

    /// A register of people with these names.
    fn register(names: &[String]) -> Register {
        let mut text = String::new();
        for name in names {
            let _ = writeln!(text, "[[person]]\nname = \"{name}\"");
        }
        let (register, problems) = Register::read([(SourceId(0), &Source::from_text("r", text))]);
        assert!(problems.is_empty(), "{problems:?}");
        register
    }

    /// A slip at a place: a letter wrong, missing, too many, or exchanged with the next; spaces stay.
    fn slip(name: &str, kind: usize, place: usize, letter: char) -> String {
        let mut letters: Vec<char> = name.chars().collect();
        let at = place % letters.len();
        match kind % 4 {
            0 if letters[at] != ' ' => letters[at] = letter,
            1 if letters[at] != ' ' => drop(letters.remove(at)),
            2 => letters.insert(at, letter),
            _ if at + 1 < letters.len() && letters[at] != ' ' && letters[at + 1] != ' ' => letters.swap(at, at + 1),
            _ => {}
        }
        letters.into_iter().collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        /// Any single slip in a name of eight letters or more is found, in the name whose slip it is or in one that is as near.
        #[test]
        fn a_single_slip_is_found(
            names in proptest::collection::vec("[A-Z][a-zé]{3,9} [A-Z][a-z]{3,14}( [A-Z][a-z]{4,8})?", 1..12),
            kind in 0usize..4, place in 0usize..40, letter in proptest::char::range('a', 'z'),
        ) {
            let register = register(&names);
            let text = slip(&names[0], kind, place, letter);
            let folded = compact(&text);
            let near = register.spelt_nearly(&text);
            prop_assert!(near.is_some(), "{text} of {}", names[0]);
            let edits = strsim::osa_distance(&folded, &compact(&near.expect("is some").text));
            prop_assert!(edits <= 1, "{text}: {edits}");
            // In a sentence it is told of as what it is, whatever stands around it.
            let sentence = format!("so said {text} today");
            let mentions = register.mentions(&sentence);
            let capitals = text.split(' ').all(|word| word.starts_with(char::is_uppercase));
            if capitals && folded != compact(&names[0]) && !names.contains(&text) {
                prop_assert!(!mentions.near.is_empty() || !mentions.hits.is_empty(), "{sentence}");
            }
        }

        /// No name of a register is told of as a slip in another of its names.
        #[test]
        fn no_name_is_a_slip_in_another(
            names in proptest::collection::vec("[A-B][a-b]{3,5} [A-B][a-b]{4,6}", 1..30),
        ) {
            let register = register(&names);
            for name in &names {
                let mentions = register.mentions(&format!("so said {name} today"));
                prop_assert_eq!(&mentions.near, &Vec::new());
                prop_assert_eq!(mentions.hits.len(), 1);
            }
        }
    }

    #[test]
    fn letters_exchanged_in_the_middle_of_a_long_name_are_a_slip() {
        let register = register(&["Abcdefghij Klmnopqrst Uvwxyz".to_owned()]);
        assert!(register.spelt_nearly("Abcdefghij Klmonpqrst Uvwxyz").is_some());
        assert!(register.spelt_nearly("Abcdefghij Klnmopqrst Uvwxyz").is_some());
        assert!(register.spelt_nearly("Abcdefghij Klmpnoqrst Uvwxyz").is_some());
    }

    #[test]
    fn a_slip_in_a_long_name_is_found_where_many_share_its_half() {
        let mut names: Vec<String> = Vec::new();
        for (a, b) in (b'a'..=b'z').flat_map(|a| (b'a'..=b'z').map(move |b| (a as char, b as char))).take(300) {
            names.push(format!("Institute of O{a}quinterbo{b}n"));
        }
        let meant = "Institute of Orbalpestivum";
        names.push(meant.to_owned());
        let register = register(&names);
        assert!(register.index.spellings.halves.pairs().len() > 4 * MOST_CANDIDATES);
        for place in "Institute of ".len() + 1..meant.len() {
            for kind in 0..4 {
                let text = slip(meant, kind, place, 'x');
                let near = register.spelt_nearly(&text).map(|form| form.text.to_string());
                assert_eq!(near.as_deref(), Some(meant), "{text}");
            }
        }
    }

    #[test]
    fn names_that_many_share_are_looked_up_once() {
        let names = vec!["Martha Quillfeather".to_owned(); 500];
        let register = register(&names);
        assert_eq!(register.index.spellings.forms.len(), 1);
        assert!(register.spelt_nearly("Marta Quillfeather").is_some());
        assert!(register.spelt_nearly("Marta Quilfeather").is_none(), "two slips in eighteen letters");
    }
}
