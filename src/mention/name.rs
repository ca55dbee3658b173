//! The names of a text: words that have a capital wherever they stand, each spelling with its places and the names beside it.

use super::word::{Case, Place, Word, fold};
use foldhash::HashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Letters of the longest small word inside a name: “da”, “van”, “des”.
const PARTICLE: usize = 3;

/// One spelling of a word of a name.
#[derive(Debug, Default)]
pub struct Spelling {
    /// Where it stands, in the order of the text.
    pub places: Vec<Range<usize>>,
    /// How often in running text.
    pub running: usize,
    /// How often it is a name by itself, with no name beside it.
    pub alone: usize,
    /// The folded names right before it.
    pub before: BTreeSet<String>,
    /// The folded names right after it.
    pub after: BTreeSet<String>,
    /// The folded capitalised words right before and right after it, names or not.
    pub beside: BTreeSet<(Side, String)>,
    /// The word stands in the text without a capital too.
    pub common: bool,
}

/// A side of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Left of it.
    Before,
    /// Right of it.
    After,
}

/// The names of a text.
#[derive(Debug, Default)]
pub struct Names {
    /// Every word of a name, as it is written.
    pub words: BTreeMap<String, Spelling>,
    /// Names of two words side by side, small words between them left out.
    pub pairs: BTreeMap<(String, String), Vec<Range<usize>>>,
    /// Names with one number behind them: Lakes 10.
    pub numbered: BTreeMap<String, Vec<Range<usize>>>,
}

/// Reads the names of a text with these words. `and` joins names in its language; what is opaque is none. Linear in the text.
pub fn read(text: &str, words: &[Word], and: &[String], is_opaque: &dyn Fn(&Range<usize>) -> bool) -> Names {
    let slice = |range: Range<usize>| &text[range];
    let text = |at: usize| slice(words[at].range.clone());
    let lower = (0..words.len()).filter(|at| words[*at].case == Case::Lower);
    let lower: HashSet<&str> = lower.map(text).collect();
    let common = |at: usize| lower.contains(text(at).to_lowercase().as_str());
    let is_capital = |at: usize| {
        let word = text(at);
        matches!(words[at].case, Case::Capital | Case::Mixed)
            && word.chars().nth(1).is_some()
            && word.chars().all(char::is_alphabetic)
            && !is_opaque(&words[at].range)
    };
    let capital: Vec<bool> = (0..words.len()).map(is_capital).collect();
    let named: Vec<bool> = (0..words.len()).map(|at| capital[at] && !common(at)).collect();
    let touches = |one: usize, two: usize| {
        words[one].block == words[two].block
            && matches!(
                slice(words[one].range.end..words[two].range.start),
                " " | "\n" | "\u{a0}" | "-" | "‑" | ". " | "'" | "’"
            )
    };
    // The word before each word that is of one sort with it, over one small word.
    let before = |at: usize, sort: &[bool]| -> Option<usize> {
        let one = at.checked_sub(1).filter(|one| touches(*one, at))?;
        if sort[one] {
            return Some(one);
        }
        let small = words[one].case == Case::Lower && text(one).chars().nth(PARTICLE).is_none();
        let small = small && !and.iter().any(|and| and == text(one));
        one.checked_sub(1).filter(|two| small && sort[*two] && touches(*two, one))
    };
    let mut names = Names::default();
    let mut beside = vec![false; words.len()];
    for at in (0..words.len()).filter(|at| named[*at]) {
        let Some(first) = before(at, &named) else { continue };
        (beside[first], beside[at]) = (true, true);
        of(&mut names, text(at)).before.insert(fold(text(first)));
        of(&mut names, text(first)).after.insert(fold(text(at)));
        let range = words[first].range.start..words[at].range.end;
        names.pairs.entry((text(first).to_owned(), text(at).to_owned())).or_default().push(range);
    }
    for at in (0..words.len()).filter(|at| capital[*at]) {
        let Some(first) = before(at, &capital).filter(|first| named[*first] || words[*first].place != Place::Start)
        else {
            continue;
        };
        let (one, two) = (text(first), text(at));
        of(&mut names, two).beside.insert((Side::Before, fold(one)));
        of(&mut names, one).beside.insert((Side::After, fold(two)));
    }
    let is_number = |at: usize| words.get(at).is_some_and(|_| text(at).chars().all(|c| c.is_ascii_digit()));
    for at in (0..words.len()).filter(|at| named[*at] && is_number(at + 1) && touches(*at, at + 1)) {
        // “Lakes 10 and 11” are two of them.
        let joined = (at + 3 < words.len()) && words[at + 2].case == Case::Lower && is_number(at + 3);
        let one = !is_number(at + 2) && !joined;
        if one {
            names.numbered.entry(text(at).to_owned()).or_default().push(words[at].range.clone());
        }
    }
    for at in (0..words.len()).filter(|at| capital[*at]) {
        let name = of(&mut names, text(at));
        name.places.push(words[at].range.clone());
        name.running += usize::from(words[at].place == Place::Running);
        name.common = common(at);
        name.alone += usize::from(!beside[at]);
    }
    names
}

fn of<'n>(names: &'n mut Names, word: &str) -> &'n mut Spelling {
    names.words.entry(word.to_owned()).or_default()
}
