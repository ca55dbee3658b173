//! Which spellings of a text are one name, and what says so.

use super::slip::{Slip, keys, slip, slip_at_end};
use crate::mention::name::{Names, Side, Spelling};
use crate::mention::word::{Case, case, fold};
use crate::rule::Reading;
use crate::source::Source;
use foldhash::{HashMap, HashSet};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use xxhash_rust::xxh3::xxh3_64;

/// Letters of the shortest word that is compared: shorter ones that differ in one letter are other words.
const LETTERS: usize = 4;

/// A spelling and its uses.
pub type Spelt<'f> = (&'f str, &'f Spelling);

/// Why two spellings are one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// The same name stands beside both.
    Beside,
    /// One is only used in full, the other only alone: a family name after the full name.
    Family,
    /// Both have capitals inside, as nothing but a name has.
    Coined,
    /// The text's addresses, labels and tags have one of them.
    Echo,
    /// One stands there often, the other once.
    Often,
    /// One stands there often, the other once and with another ending.
    Ending,
}

impl Evidence {
    /// What people are told of it.
    pub fn told(self) -> &'static str {
        match self {
            Evidence::Beside => "the same word stands beside both",
            Evidence::Family => "one stands only in a whole name, the other only alone after it",
            Evidence::Coined => "both have capitals inside",
            Evidence::Echo => "an address, a label or a tag of this text has the other spelling",
            Evidence::Often => "the other spelling stands often in this text, this one once",
            Evidence::Ending => "the name has the other ending wherever else it stands in this text",
        }
    }
}

/// Words of addresses, labels, tags and file names: where a name is written a second time, in small letters.
pub struct Echoes<'a> {
    source: &'a Source,
    words: OnceCell<HashSet<&'a str>>,
}

impl<'a> Echoes<'a> {
    pub fn of(reading: &Reading<'a>) -> Self {
        Echoes { source: reading.sources.get(reading.document.source), words: OnceCell::new() }
    }

    fn words(&self) -> &HashSet<&'a str> {
        let of = |text: &'a str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 4);
        self.words.get_or_init(|| of(self.source.text()).chain(of(self.source.path())).collect())
    }

    fn has(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.words().contains(lower.as_str()) || self.words().contains(fold(word).as_str())
    }
}

/// A name that a field of the front matter (tags, people, texts of images) spells otherwise than the prose.
pub struct Fielded<'a> {
    /// As the prose has it.
    pub prose: &'a str,
    /// Its places in the text.
    pub places: &'a [Range<usize>],
    /// As the field has it.
    pub field: &'a str,
    /// Where it stands in the source.
    pub source: Range<usize>,
}

/// Names of the prose that stand in a field with a slip of the hand, each once.
pub fn fielded<'a>(reading: &'a Reading<'_>, names: &'a Names) -> Vec<Fielded<'a>> {
    let source = reading.sources.get(reading.document.source).text();
    let mut index: HashMap<u64, Vec<Spelt<'a>>> = HashMap::default();
    for (word, form) in long(names).filter(|(_, form)| !form.common) {
        keys(word).into_iter().for_each(|key| index.entry(key).or_default().push((word, form)));
    }
    let mut found: Vec<Fielded<'a>> = Vec::new();
    let fields = reading.document.fields.iter().filter(|field| field.block.is_none());
    for field in fields {
        let Some(value) = source.get(field.source.clone()) else { continue };
        let words: Vec<(usize, &str)> = value.unicode_word_indices().collect();
        for (at, (start, word)) in words.iter().enumerate() {
            let name = matches!(case(word), Case::Capital | Case::Mixed) && word.chars().all(char::is_alphabetic);
            if !name || names.words.contains_key(*word) || found.iter().any(|known| known.field == *word) {
                continue;
            }
            let beside = |at: Option<usize>, side: Side| {
                let (_, other) = words.get(at?)?;
                Some((side, fold(other)))
            };
            let neighbours = [beside(at.checked_sub(1), Side::Before), beside(Some(at + 1), Side::After)];
            let near = keys(word).into_iter().find_map(|key| {
                index.get(&key)?.iter().copied().find(|(other, form)| {
                    let Some(slip) = slip(word, other) else { return false };
                    let letters = word.chars().count().max(other.chars().count());
                    let shared = neighbours.iter().flatten().any(|beside| form.beside.contains(beside));
                    let alone = form.beside.is_empty() && words.len() == 1;
                    let strong = matches!(slip, Slip::Swap | Slip::Double | Slip::Extra) && letters > 7;
                    letters > 4 && (shared || alone && strong)
                })
            });
            let Some((prose, form)) = near else { continue };
            let from = field.source.start + start;
            found.push(Fielded { prose, places: &form.places, field: word, source: from..from + word.len() });
        }
    }
    found
}

/// Two spellings that are one slip apart, the one that is probably wrong first, with what says that they are one name.
pub fn near_words<'f>(
    names: &'f Names,
    undeclined: bool,
    judge: impl Fn(Slip, Spelt<'f>, Spelt<'f>) -> Option<Evidence>,
) -> Vec<(Spelt<'f>, Spelt<'f>, Evidence)> {
    let mut index: HashMap<u64, Vec<Spelt<'_>>> = HashMap::default();
    let words: Vec<(Spelt<'_>, Vec<u64>)> = long(names).map(|spelt| (spelt, keys(spelt.0))).collect();
    for (spelt, keys) in &words {
        keys.iter().for_each(|key| index.entry(*key).or_default().push(*spelt));
    }
    let mut found = Vec::new();
    for ((word, form), keys) in &words {
        let near: BTreeSet<&str> =
            keys.iter().filter_map(|key| index.get(key)).flatten().map(|(word, _)| *word).collect();
        let rare = (*word, *form);
        let best = near
            .into_iter()
            .map(|other| (other, &names.words[other]))
            .filter(|common| is_rarer(rare, *common))
            .filter_map(|common| {
                let slip = slip(word, common.0).or_else(|| undeclined.then(|| at_end(rare, common)).flatten())?;
                Some((common, judge(slip, rare, common)?))
            })
            .max_by_key(|(common, _)| common.1.places.len());
        if let Some((common, evidence)) = best {
            found.push((rare, common, evidence));
        }
    }
    found
}

/// The slip near the end of a family name, of which one and the same given name stands before both.
fn at_end(rare: Spelt<'_>, common: Spelt<'_>) -> Option<Slip> {
    let (one, two) = (rare.1, common.1);
    let last = one.after.is_empty() && two.after.is_empty();
    let known = !one.common && !two.common && !one.before.is_disjoint(&two.before);
    slip_at_end(rare.0, common.0).filter(|_| last && known)
}

/// Whether of two spellings the first is the one to doubt: the one without accents, for nobody puts them in by mistake; else the rarer
/// one, and the later one of two equals.
fn is_rarer(rare: Spelt<'_>, common: Spelt<'_>) -> bool {
    let (here, there) = (&rare.1.places, &common.1.places);
    if fold(rare.0) == fold(common.0) {
        let accents = |word: &str| word.chars().filter(|c| !c.is_ascii()).count();
        return accents(rare.0) < accents(common.0);
    }
    here.len() < there.len() || here.len() == there.len() && here[0].start > there[0].start
}

/// What says that two spellings are one name; the less a slip is like one of the hand, the more it takes.
pub fn evidence(slip: Slip, rare: Spelt<'_>, common: Spelt<'_>, echoes: &Echoes<'_>) -> Option<Evidence> {
    let (one, two) = (rare.1, common.1);
    let letters = rare.0.chars().count().max(common.0.chars().count());
    if one.common || letters < 5 {
        return None;
    }
    if !one.beside.is_disjoint(&two.beside) {
        return Some(Evidence::Beside);
    }
    if two.common {
        return None;
    }
    // Different names beside them are different people.
    let differ = |one: &BTreeSet<String>, two: &BTreeSet<String>| !one.is_empty() && !two.is_empty();
    if differ(&one.before, &two.before) || differ(&one.after, &two.after) {
        return None;
    }
    let long = letters
        >= match slip {
            Slip::Accent => 5,
            Slip::Swap | Slip::Double => 6,
            Slip::Extra | Slip::Changed => 7,
            _ => usize::MAX,
        };
    if !long {
        return None;
    }
    if case(rare.0) == Case::Mixed && case(common.0) == Case::Mixed && letters > 7 {
        return Some(Evidence::Coined);
    }
    let full = |form: &Spelling| form.alone == 0;
    let bare = |form: &Spelling| form.alone == form.places.len() && form.running > 0;
    let after = |full: &Spelling, bare: &Spelling| full.places[0].start < bare.places[0].start;
    let family = |whole: &Spelling, alone: &Spelling| {
        // “Statistics Canada” keeps its spelling beside “Canadá”; of a person, the given name is met alone too.
        let begins = slip != Slip::Accent || whole.before.is_empty();
        full(whole) && bare(alone) && after(whole, alone) && begins
    };
    if family(one, two) || family(two, one) {
        return Some(Evidence::Family);
    }
    if slip == Slip::Accent {
        return None;
    }
    if echoes.has(common.0) && !echoes.has(rare.0) {
        return Some(Evidence::Echo);
    }
    let (seen, here) = (two.places.len(), one.places.len());
    let often = seen >= if slip == Slip::Swap { 2 } else { 3 } && here == 1 && two.running > 0;
    (often && full(one) == full(two)).then_some(Evidence::Often)
}

/// Names of two words of which one is another one's but for one slip: of those in `rare` the nearest in `common`, the most frequent first.
pub fn near_pairs<'a, 'b>(rare: impl Iterator<Item = Two<'a>>, common: &[Two<'b>]) -> Vec<(Two<'a>, Two<'b>)> {
    let mut index: HashMap<u64, Vec<Two<'b>>> = HashMap::default();
    for name in common {
        pair_keys(name).into_iter().for_each(|key| index.entry(key).or_default().push(*name));
    }
    let near = |name: Two<'a>| {
        let found = pair_keys(&name).into_iter().filter_map(|key| index.get(&key));
        let other = found.flatten().find(|other| pair_slip(&name, other).is_some_and(|slip| slip != Slip::Accent))?;
        Some((name, *other))
    };
    rare.filter_map(near).collect()
}

/// A name of two words.
pub type Two<'a> = (&'a str, &'a str);

/// The slip between two names of two words that share one of them.
fn pair_slip(one: &Two<'_>, two: &Two<'_>) -> Option<Slip> {
    let long = |word: &str| word.chars().nth(4).is_some();
    match (fold(one.0) == fold(two.0), fold(one.1) == fold(two.1)) {
        (true, false) if long(one.1) => slip(one.1, two.1),
        (false, true) if long(one.0) => slip(one.0, two.0),
        _ => None,
    }
}

fn pair_keys(name: &Two<'_>) -> Vec<u64> {
    let whole = |word: &str| xxh3_64(fold(word).as_bytes());
    let (first, last) = (whole(name.0), whole(name.1));
    let of_last = keys(name.1).into_iter().map(|key| key ^ first);
    let of_first = keys(name.0).into_iter().map(|key| key ^ last.rotate_left(1));
    of_last.chain(of_first).collect()
}

/// The words that are long enough to be compared.
fn long<'a>(names: &'a Names) -> impl Iterator<Item = Spelt<'a>> {
    let long = |word: &str| word.chars().nth(LETTERS - 1).is_some();
    names.words.iter().filter(move |(word, _)| long(word)).map(|(word, form)| (word.as_str(), form))
}
