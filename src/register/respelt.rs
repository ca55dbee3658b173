//! Long names of bodies of which several words are spelt otherwise at once: “Organization for Coastal Co-opration and Development”. Most
//! words agree, in their places, and each other one is near its counterpart. A body lies under pairs of its words, so that one that is left whole
//! finds it wherever the slips are.

use super::compare::{self, Side};
use super::entry::{EntryKind, Form, FormId, FormKind};
use super::index::{Hit, Known};
use super::near::{Difference, Near, goes_on};
use super::spelling::edits;
use super::table::{Table, step};
use super::words::{Case, Words};
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Words with a sense of their own that a name has at least: of four, two may be spelt otherwise.
const LEAST: usize = 4;
/// Words that it has at most.
const MOST: usize = 14;
/// Names under one pair of words that are looked at; where more share it, another pair tells them apart.
const MOST_CANDIDATES: usize = 64;
/// The furthest two words of a pair stand apart.
const WIDEST: usize = 3;

/// A word with a sense of its own, or several that hyphens join.
struct Token {
    words: Range<usize>,
    hash: u64,
}

/// A text or a name as its words with a sense of their own.
pub(super) struct Tokens(Vec<Token>);

impl Tokens {
    pub fn of(text: &str, words: &Words) -> Self {
        let mut tokens: Vec<Token> = Vec::new();
        for (at, word) in words.list.iter().enumerate() {
            if let Some(last) = tokens.last_mut().filter(|last| last.words.end == at) {
                let gap = &text[words.list[at - 1].range.end..word.range.start];
                if matches!(gap, "-" | "‐" | "‑") {
                    last.words.end += 1;
                    last.hash = xxh3_64(words.compact(last.words.clone()).as_bytes());
                    continue;
                }
            }
            if !words.joins(at) {
                tokens.push(Token { words: at..at + 1, hash: word.hash });
            }
        }
        Tokens(tokens)
    }

    fn pair(&self, at: usize, apart: usize) -> Option<u64> {
        Some(step(step(self.0.get(at)?.hash, self.0.get(at + apart)?.hash), apart as u64))
    }
}

/// Adds the pairs under which a form is found, as many as leave one whole wherever half of its words are spelt otherwise, and what its hyphens
/// join to the words that names have.
pub(super) fn add(
    id: u32,
    form: &Form,
    words: &Words,
    entry: EntryKind,
    out: &mut Vec<(u32, u32)>,
    vocabulary: &mut Vec<(u32, u32)>,
) {
    let named = matches!(form.kind, FormKind::Preferred | FormKind::Accepted | FormKind::Former);
    if entry != EntryKind::Organisation || !named || words.list.len() < LEAST {
        return;
    }
    let tokens = Tokens::of(&form.text, words);
    let count = tokens.0.len();
    if !(LEAST..=MOST).contains(&count) {
        return;
    }
    let widest = match count {
        4 => WIDEST,
        5 | 6 => 2,
        _ => 1,
    };
    let pairs = (1..=widest).flat_map(|apart| (0..count - apart).map(move |at| (at, apart)));
    out.extend(pairs.filter_map(|(at, apart)| Some((tokens.pair(at, apart)? as u32, id))));
    vocabulary.extend(tokens.0.iter().filter(|token| token.words.len() > 1).map(|token| (token.hash as u32, 0)));
}

/// The places of a text that are such a name. `names` says of each word whether any name has it: a pair that is left whole has only such.
pub(super) fn find(
    table: &Table,
    known: Known<'_>,
    text: &str,
    (words, names): (&Words, &[bool]),
    hits: &[Hit],
    out: &mut Vec<Near>,
) {
    if table.is_empty() {
        return;
    }
    let tokens = Tokens::of(text, words);
    // What hyphens join may be one word in the name.
    let whole = |at: usize| {
        let token: Option<&Token> = tokens.0.get(at);
        token.is_some_and(|token| token.words.len() > 1 || names[token.words.start])
    };
    // A name that stands there whole can only be a part of another that holds it: its first two words say of which.
    let mut hit = hits.iter().peekable();
    let mut in_hit = |at: usize| {
        let place = words.list[tokens.0[at].words.start].range.start;
        while hit.next_if(|hit| hit.range.end <= place).is_some() {}
        hit.peek().copied().filter(|hit| hit.range.start <= place)
    };
    let pairs = (0..tokens.0.len()).filter(|&at| whole(at)).flat_map(|at| {
        let hit = in_hit(at);
        (1..=WIDEST).map(move |apart| (at, apart, hit))
    });
    for (at, apart, hit) in pairs {
        let Some(other) = tokens.0.get(at + apart).filter(|_| whole(at + apart)) else { continue };
        let place = |token: &Token| words.list[token.words.start].range.start;
        let hit = hit.filter(|hit: &&Hit| place(other) < hit.range.end);
        let later = |hit: &Hit| at > 0 && place(&tokens.0[at - 1]) >= hit.range.start;
        if hit.is_some_and(|hit| later(hit) || apart > 1) {
            continue;
        }
        let Some(pair) = tokens.pair(at, apart) else { continue };
        let found = table.get(pair);
        if found.len() > MOST_CANDIDATES {
            continue;
        }
        for &(_, id) in found {
            let form = &known.forms[id as usize];
            let holds = |hit: &Hit| form.text.len() > hit.range.len() && form.text.contains(&text[hit.range.clone()]);
            if hit.is_some_and(|hit| !holds(hit)) {
                continue;
            }
            let model = Words::of(&form.text);
            let theirs = Tokens::of(&form.text, &model);
            let starts = (0..theirs.0.len()).filter(|&nth| theirs.pair(nth, apart) == Some(pair));
            for start in starts.filter_map(|nth| at.checked_sub(nth)) {
                let Some(ours) = tokens.0.get(start..start + theirs.0.len()) else { continue };
                let side = Side { text, words, range: ours[0].words.start..ours[ours.len() - 1].words.end };
                let form_side =
                    Side { text: &form.text, words: &model, range: theirs.0[0].words.start..model.list.len() };
                if is_respelt(&side, ours, &form_side, &theirs.0) && runs_on(&side, &form_side) {
                    let range = words.list[side.range.start].range.start..words.list[side.range.end - 1].range.end;
                    out.push(Near { range, form: FormId(id), difference: Difference::Letters });
                }
            }
        }
    }
}

/// Whether some words may be one name: no sentence ends in them, and they have no comma that the name has not.
fn runs_on(side: &Side<'_>, form: &Side<'_>) -> bool {
    let gaps = |side: &Side<'_>| {
        (side.range.start..side.range.end - 1).filter(|&at| compare::gap(side, at).contains(',')).count()
    };
    let (start, end) = (side.range.start, side.range.end);
    let whole = (start + 1..=end)
        .all(|end| goes_on(&Side { text: side.text, words: side.words, range: start..end }) == Some(false));
    whole && gaps(side) <= gaps(form)
}

/// Whether half the words or more are those of a name, each in its place, and each other one is near its counterpart.
fn is_respelt(side: &Side<'_>, ours: &[Token], form: &Side<'_>, theirs: &[Token]) -> bool {
    let mut odd = 0;
    for (one, two) in ours.iter().zip(theirs) {
        let small = |side: &Side<'_>, token: &Token| side.words.list[token.words.start].case == Case::Lower;
        if small(side, one) != small(form, two) {
            return false;
        }
        let (one, two) = (side.words.compact(one.words.clone()), form.words.compact(two.words.clone()));
        if one != two {
            odd += 1;
            if !is_near(one, two) {
                return false;
            }
        }
    }
    let joining = |side: &Side<'_>| -> Vec<String> {
        let joins = side.range.clone().filter(|&at| side.words.joins(at));
        joins.map(|at| side.words.key(&side.words.list[at]).to_owned()).collect()
    };
    let (small, model) = (joining(side), joining(form));
    let shared = small.iter().zip(&model).take_while(|(a, b)| a == b).count();
    let rest = small[shared..].iter().rev().zip(model[shared..].iter().rev()).take_while(|(a, b)| a == b).count();
    let joined = small.len().max(model.len()) - shared - rest <= 1;
    (1..=theirs.len() / 2).contains(&odd) && joined && side.words.list[side.range.start].case != Case::Lower
}

/// Whether a word is another one but for a slip or two; words with digits and short ones are what they are.
fn is_near(one: &str, two: &str) -> bool {
    let letters = |word: &str| -> Vec<char> { word.chars().collect() };
    let (ours, theirs) = (letters(one), letters(two));
    let most = match ours.len().min(theirs.len()) {
        0..=4 => return false,
        5..=7 => 1,
        _ => 2,
    };
    !one.contains(|c: char| c.is_ascii_digit()) && edits(&ours, &theirs, most).is_some()
}
