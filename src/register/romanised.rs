//! Names that came through another script: “Aleksandr Chernyshov” is “Alexandr Tchernyshov” in another system of transliteration. Names are found
//! by what the systems have in common (for Cyrillic: ISO 9, BGN/PCGN 1947, ICAO Doc 9303, and the French and German ones), where a slip of
//! the hand would be too many.

use super::compare::{self, Side};
use super::entry::{EntryKind, Form, FormId, FormKind};
use super::index::Known;
use super::near::{Difference, Near, goes_on};
use super::table::{Table, step};
use super::words::{Case, Words, fold_into};
use xxhash_rust::xxh3::xxh3_64;

/// Words of a name.
const MOST: usize = 4;
/// Letters of the shortest name.
const LETTERS: usize = 8;
/// Names under one key that are looked at.
const MOST_CANDIDATES: usize = 16;

/// What is written one way or another, the longer first, and what stands for it: щ, ч, ш, ж, х, кс, у.
const WAYS: &[(&str, &str)] = &[
    ("schtsch", "sc"),
    ("shch", "sc"),
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("ch", "c"),
    ("sh", "s"),
    ("zh", "z"),
    ("kh", "h"),
    ("ks", "x"),
    ("ou", "u"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
];

/// A word as all systems have it, without marks, so that č is ch and š is sh: one letter for what some write with two, one of each double one.
fn common(word: &str) -> String {
    let mut folded = String::new();
    fold_into(word, &mut folded);
    let mut out = String::with_capacity(folded.len());
    let (mut rest, mut last) = (folded.as_str(), None);
    while let Some(letter) = rest.chars().next() {
        let begins = |way: &str| way.as_bytes()[0] == rest.as_bytes()[0] && rest.starts_with(way);
        let way = WAYS.iter().find(|(way, _)| begins(way));
        let (here, after) = rest.split_at(way.map_or(letter.len_utf8(), |(way, _)| way.len()));
        for letter in way.map_or(here, |(_, letters)| letters).chars() {
            // “Aliev” and “Aliyev”: what glides into a vowel is written or not.
            if letter == 'e' && last == Some('i') {
                out.pop();
                last = out.chars().next_back();
            }
            if last != Some(letter) {
                out.push(letter);
                last = Some(letter);
            }
        }
        rest = after;
    }
    out
}

fn key(words: impl Iterator<Item = u64>) -> u64 {
    words.fold(0, step)
}

/// The hash under which a form lies.
pub(super) fn of_form(form: &Form, words: &Words, entry: EntryKind) -> Option<u64> {
    let named = matches!(form.kind, FormKind::Preferred | FormKind::Accepted | FormKind::Former);
    let letters = words.compact(0..words.list.len()).chars().count();
    let fits = named && entry == EntryKind::Person && (2..=MOST).contains(&words.list.len()) && letters >= LETTERS;
    fits.then(|| key(words.list.iter().map(|word| xxh3_64(common(&form.text[word.range.clone()]).as_bytes()))))
}

/// The places of a text that are such a name.
pub(super) fn find(table: &Table, known: Known<'_>, text: &str, words: &Words, out: &mut Vec<Near>) {
    if table.is_empty() {
        return;
    }
    let named = |at: usize| words.list[at].case == Case::Capital || words.joins(at);
    let hash = |at: usize| xxh3_64(common(&text[words.list[at].range.clone()]).as_bytes());
    for start in (0..words.list.len()).filter(|&start| words.list[start].case == Case::Capital) {
        let side = |end: usize| Side { text, words, range: start..end };
        let last = words.list.len().min(start + MOST);
        let run = (start + 1..=last).take_while(|&end| named(end - 1) && goes_on(&side(end)) == Some(false)).count();
        let like_name = |end: &usize| compare::looks_like_name(words, start..*end);
        let Some(last) = (start + 2..=start + run).rev().find(like_name) else { continue };
        let mut joined = step(0, hash(start));
        for end in start + 2..=last {
            joined = step(joined, hash(end - 1));
            if !like_name(&end) {
                continue;
            }
            let side = side(end);
            let same = |form: &Form| {
                let model = Words::of(&form.text);
                let mut pairs = (start..end).zip(&model.list);
                model.list.len() == end - start
                    && words.compact(start..end) != model.compact(0..model.list.len())
                    && pairs.all(|(at, word)| {
                        common(&text[words.list[at].range.clone()]) == common(&form.text[word.range.clone()])
                    })
            };
            let commas = (start..end - 1).any(|at| compare::gap(&side, at).contains([',', '/']));
            let found =
                table.get(joined).iter().take(MOST_CANDIDATES).find(|&&(_, id)| same(&known.forms[id as usize]));
            if let Some(&(_, id)) = found.filter(|_| !commas) {
                let range = words.list[start].range.start..words.list[end - 1].range.end;
                out.push(Near { range, form: FormId(id), difference: Difference::Letters });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::common;

    #[test]
    fn systems_of_transliteration_have_words_in_common() {
        for ways in [
            &["Chernyshov", "Tchernyshov", "Černyšov", "Chernishov"][..],
            &["Aleksandr", "Alexandr"],
            &["Aliev", "Aliyev", "Alijev"],
            &["Yuliya", "Iuliia", "Julija", "Juliia"],
            &["Khrushchov", "Hruščov"],
            &["Zhukov", "Žukov"],
            &["Volkov", "Wolkow"],
        ] {
            let first = common(ways[0]);
            for way in &ways[1..] {
                assert_eq!(common(way), first, "{way}");
            }
        }
        for (one, two) in [("Sergei", "Grigori"), ("Petrov", "Pavlov"), ("Anna", "Inna"), ("Ivan", "Igor")] {
            assert_ne!(common(one), common(two));
        }
    }
}
