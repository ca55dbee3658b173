//! `consistency/compound`: one compound with a hyphen here, as one word or as two there.

use super::variants::{Preference, Seen, judge, notes, report};
use crate::diagnostic::Diagnostic;
use crate::mention::word::{Case, Place, Word};
use crate::rule::{Check, Findings, Hit, Kept, Kind, Noted, Reading, Setup};
use crate::settings::{Key, Shape};
use foldhash::{HashMap, HashSet};
use std::collections::BTreeMap;

/// The kind.
pub const KIND: Kind = Kind {
    name: "consistency/compound",
    page: include_str!("compound.md"),
    keys: &[
        Key::new("across", Shape::Bool, "Compares the files of a run, not the places of a text."),
        Key::new("least", Shape::Integer, "How often the common form stands there; 2 by default."),
        Key::new("ratio", Shape::Integer, "How many common places there are for a rare one; 2 by default."),
        Key::new("even", Shape::Bool, "Reports the terms of which no form is the rarer one, and changes nothing."),
        Key::new(
            "apart",
            Shape::List(&Shape::Text),
            "First parts that make another word with a hyphen, as “re” does in “re-sign”.",
        ),
        Key::new("end", Shape::Integer, "Letters of the shortest second part; 3 by default."),
        Key::new(
            "before",
            Shape::List(&Shape::Text),
            "Words after which two words are one noun; none: two words are not compared.",
        ),
        Key::new("after", Shape::List(&Shape::Text), "Words before which a noun ends."),
        Key::new("open", Shape::Bool, "Compares two words with one word, where the text has no hyphen between them."),
    ],
    build,
};

/// Letters of the shortest compound.
const SHORTEST: usize = 5;
/// Letters of the shorter part of a compound that may be written as two words, and of a second part. Shorter ones are endings: “étudiant-e”.
const PART: usize = 3;

struct Compound {
    across: bool,
    preference: Preference,
    end: usize,
    apart: HashSet<String>,
    before: HashSet<String>,
    after: HashSet<String>,
    open: bool,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let set = |key: &str| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    let number = |key: &str, usual: usize| {
        setup.table.integer(key).and_then(|n| usize::try_from(n).ok()).unwrap_or(usual).max(1)
    };
    Ok(Box::new(Compound {
        across: setup.table.bool("across").unwrap_or(false),
        preference: Preference {
            least: number("least", 2),
            ratio: number("ratio", 2),
            even: setup.table.bool("even").unwrap_or(false),
        },
        end: number("end", PART),
        apart: set("apart"),
        before: set("before"),
        after: set("after"),
        open: setup.table.bool("open").unwrap_or(false),
    }))
}

impl Check for Compound {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        if !self.across {
            let text = Text { reading, words: reading.words() };
            let mut seen = self.joined(&text);
            seen.extend(self.apart(&text, &seen));
            if self.open {
                seen.extend(self.open(&text, &seen));
            }
            report(reading, &seen, self.preference, out);
        }
    }

    fn summarise(&self, reading: &Reading<'_>) -> Vec<Noted> {
        if !self.across {
            return Vec::new();
        }
        notes(reading, &self.joined(&Text { reading, words: reading.words() }))
    }

    fn judge(&self, kept: &Kept, out: &mut Findings<'_>) {
        if self.across {
            judge(kept, self.preference, |_| true, out);
        }
    }
}

/// What stands between two words of one block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Hyphen,
    Blank,
    /// Something else, or another block.
    Other,
}

struct Text<'a> {
    reading: &'a Reading<'a>,
    words: &'a [Word],
}

impl<'a> Text<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.reading.slice(self.words[at].range.clone())
    }

    /// What stands after a word and before the next one.
    fn gap(&self, at: usize) -> Gap {
        let (Some(one), Some(two)) = (self.words.get(at), self.words.get(at + 1)) else { return Gap::Other };
        if one.block != two.block {
            return Gap::Other;
        }
        match self.reading.slice(one.range.end..two.range.start) {
            "-" | "\u{2010}" | "\u{2011}" => Gap::Hyphen,
            " " | "\u{A0}" => Gap::Blank,
            _ => Gap::Other,
        }
    }

    /// Whether a hyphen stands right before or after a word, even with no word at its other side (“pre- and post-”), or
    /// what shows that it is a code.
    fn touches_hyphen(&self, at: usize, after: bool) -> bool {
        let range = &self.words[at].range;
        let text = self.reading.text();
        let neighbour = if after { text[range.end..].chars().next() } else { text[..range.start].chars().next_back() };
        neighbour.is_some_and(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}' | '–' | '\'' | '’' | '{' | '}'))
    }

    /// Whether another word with a capital follows.
    fn begins_name(&self, at: usize) -> bool {
        self.gap(at) == Gap::Blank && self.words[at + 1].case != Case::Lower
    }

    /// Whether a word may be part of a term and no name: small letters, or a capital for its place.
    fn is_plain(&self, at: usize) -> bool {
        let word = &self.words[at];
        let first = self.reading.document.blocks.get(word.block).is_some_and(|b| b.range.start == word.range.start);
        match word.case {
            Case::Lower => self.word(at).chars().all(char::is_alphabetic),
            // At the start of a name the capital is not that of its place alone.
            Case::Capital => (word.place == Place::Start || first) && !self.begins_name(at),
            _ => false,
        }
    }
}

impl Compound {
    /// Compounds with a hyphen, and the words that are written as one.
    fn joined(&self, text: &Text<'_>) -> Vec<Seen> {
        let mut hyphened = Vec::new();
        for at in (0..text.words.len()).filter(|at| text.gap(*at) == Gap::Hyphen) {
            let (one, two) = (&text.words[at], &text.words[at + 1]);
            let second = two.case == Case::Lower && text.word(at + 1).chars().count() >= self.end;
            let outer = text.touches_hyphen(at, false) || text.touches_hyphen(at + 1, true);
            if !second || outer || !text.is_plain(at) {
                continue;
            }
            let first = text.word(at).to_lowercase();
            let key = format!("{first}{}", text.word(at + 1));
            if !self.apart.contains(&first) && is_long(&key) {
                let (one, two) = (&one.range, &two.range);
                hyphened.push(Seen { key, range: one.start..two.end, spot: one.end..two.start });
            }
        }
        // Where the hyphen would stand is known from the other form, but for what other files may write.
        let splits: HashMap<&str, usize> =
            hyphened.iter().map(|place| (place.key.as_str(), place.spot.start - place.range.start)).collect();
        let mut closed = Vec::new();
        let all = if self.across || !splits.is_empty() { 0..text.words.len() } else { 0..0 };
        for at in all {
            let range = text.words[at].range.clone();
            if range.len() < SHORTEST || text.touches_hyphen(at, false) || text.touches_hyphen(at, true) {
                continue;
            }
            let key = text.word(at).to_lowercase();
            let split = if self.across { Some(0) } else { splits.get(key.as_str()).copied() };
            let Some(spot) = split.map(|split| range.start + split) else { continue };
            let told = self.across || spot < range.end;
            if told && key.len() == range.len() && is_long(&key) && text.is_plain(at) {
                closed.push(Seen { key, spot: spot..spot, range });
            }
        }
        hyphened.extend(closed);
        hyphened.sort_by_key(|place| place.range.start);
        hyphened
    }

    /// Two words that are a noun, or stand before one, where another form of the same compound does so too. Compared is only what stands
    /// in the same surroundings, for “we sign up” and “the sign-up form” are both right.
    fn apart(&self, text: &Text<'_>, joined: &[Seen]) -> Vec<Seen> {
        if self.before.is_empty() || joined.is_empty() {
            return Vec::new();
        }
        let mut ends: HashMap<usize, &Seen> = HashMap::default();
        let mut keys: HashMap<&str, usize> = HashMap::default();
        for place in joined.iter().filter(|place| !place.spot.is_empty()) {
            keys.insert(&place.key, place.spot.start - place.range.start);
            ends.insert(place.range.end, place);
        }
        let mut seen = Vec::new();
        for at in 0..text.words.len() {
            // A compound with a hyphen ends here, or the second of two words.
            let end = text.words[at].range.end;
            let (first, place) = if let Some(place) = ends.get(&end) {
                (at - 1, (*place).clone())
            } else if at > 0 && text.gap(at - 1) == Gap::Blank && text.is_plain(at - 1) && text.is_plain(at) {
                if text.touches_hyphen(at - 1, false) || text.touches_hyphen(at, true) {
                    continue;
                }
                let (one, two) = (&text.words[at - 1].range, &text.words[at].range);
                let key = format!("{}{}", text.word(at - 1).to_lowercase(), text.word(at));
                let short = text.word(at - 1).chars().count().min(text.word(at).chars().count()) < PART;
                if short || keys.get(key.as_str()) != Some(&one.len()) {
                    continue;
                }
                (at - 1, Seen { key, range: one.start..two.end, spot: one.end..two.start })
            } else {
                continue;
            };
            if let Some(surroundings) = self.surroundings(text, first, at) {
                seen.push(Seen { key: format!("{} {surroundings}", place.key), ..place });
            }
        }
        seen
    }

    /// Two words that are a noun, or stand before one, and the same in one word where it does so too.
    fn open(&self, text: &Text<'_>, joined: &[Seen]) -> Vec<Seen> {
        let hyphened: HashSet<&str> = joined.iter().map(|place| place.key.as_str()).collect();
        let (mut seen, mut wholes) = (Vec::new(), BTreeMap::new());
        for last in 1..text.words.len() {
            let first = last - 1;
            // “any one” is not “anyone”: what stands before a noun is no part of it.
            let parts = [first, last].iter().all(|at| text.words[*at].range.len() >= PART && text.is_plain(*at));
            if text.gap(first) != Gap::Blank || !parts || self.before.contains(text.word(first)) {
                continue;
            }
            let Some(surroundings) = self.surroundings(text, first, last) else { continue };
            let (one, two) = (&text.words[first].range, &text.words[last].range);
            let whole = format!("{}{}", text.word(first).to_lowercase(), text.word(last));
            let known = || is_long(&whole) && text.reading.words_by_fold().contains_key(&whole);
            if hyphened.contains(whole.as_str()) || !known() {
                continue;
            }
            let key = format!("{whole} {surroundings}");
            seen.push(Seen { key, range: one.start..two.end, spot: one.end..two.start });
            wholes.insert(whole, one.len());
        }
        for (whole, split) in wholes {
            for &at in text.reading.words_by_fold().get(&whole).into_iter().flatten() {
                let range = text.words[at].range.clone();
                let clear = !text.touches_hyphen(at, false) && !text.touches_hyphen(at, true);
                let surroundings = self.surroundings(text, at, at).filter(|_| clear && text.is_plain(at));
                let Some(surroundings) = surroundings.filter(|_| range.len() == whole.len()) else { continue };
                let spot = range.start + split;
                seen.push(Seen { key: format!("{whole} {surroundings}"), range, spot: spot..spot });
            }
        }
        seen
    }

    /// In what surroundings a compound stands, if they show a noun: the noun that follows it, or nothing where the compound is the noun.
    fn surroundings(&self, text: &Text<'_>, first: usize, last: usize) -> Option<String> {
        let before = first.checked_sub(1).filter(|before| text.gap(*before) == Gap::Blank)?;
        if !self.before.contains(&text.word(before).to_lowercase()) {
            return None;
        }
        let rest = &text.reading.text()[text.words[last].range.end..];
        if text.gap(last) != Gap::Blank {
            return rest.trim_start_matches(['”', '"', ')']).starts_with(['.', '!', '?', ';']).then(String::new);
        }
        let next = text.word(last + 1);
        if self.after.contains(next) {
            return Some(String::new());
        }
        let noun = text.words[last + 1].case == Case::Lower
            && next.chars().count() > PART
            && !text.touches_hyphen(last + 1, true);
        (noun && !self.before.contains(next)).then(|| next.trim_end_matches('s').to_owned())
    }
}

fn is_long(key: &str) -> bool {
    key.chars().count() >= SHORTEST
}
