//! `consistency/case`: one term in capitals here and not there.

use super::report::report;
use super::variants::{Preference, Seen, judge, notes};
use crate::diagnostic::Diagnostic;
use crate::mention::word::{Case, Place, Word, case, fold};
use crate::rule::{Check, Findings, Hit, Kept, Kind, Noted, Reading, Setup};
use crate::settings::{Key, Shape};
use foldhash::{HashMap, HashSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "consistency/case",
    page: include_str!("case.md"),
    keys: &[
        Key::required(
            "variant",
            Shape::OneOf(&["shouted", "name", "phrase", "noun"]),
            "Which difference of case is looked for.",
        ),
        Key::new("least", Shape::Integer, "How often the form that the text prefers stands there; 4 by default."),
        Key::new(
            "across",
            Shape::Bool,
            "Compares the files of a run, not the places of a text; for “name” and “phrase”.",
        ),
        Key::new("determiners", Shape::List(&Shape::Text), "For “noun”: the words that show a noun after them."),
        Key::new(
            "acts",
            Shape::List(&Shape::Text),
            "For “noun”: nouns for acts and meetings, which a name behind them does not make a name.",
        ),
    ],
    build,
};

/// Letters of the longest word that only links others, as in “Bank of the Lakes”.
const LINK: usize = 4;
/// How many common places there are for one that is rare.
const RATIO: usize = 3;
/// The same for files.
const RATIO_OF_FILES: usize = 4;
/// Letters of the shortest name with capitals inside.
const NAME: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    /// INTERNET beside Internet.
    Shouted,
    /// Github beside GitHub.
    Name,
    /// Human Rights beside human rights.
    Phrase,
    /// the Resolution beside this resolution.
    Noun,
}

struct CaseOf {
    variant: Variant,
    least: usize,
    across: bool,
    determiners: HashSet<String>,
    acts: HashSet<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let set = |key: &str| setup.table.texts(key).into_iter().map(str::to_lowercase).collect();
    let variant = match setup.table.text("variant") {
        Some("shouted") => Variant::Shouted,
        Some("name") => Variant::Name,
        Some("phrase") => Variant::Phrase,
        _ => Variant::Noun,
    };
    let least = setup.table.integer("least").and_then(|least| usize::try_from(least).ok()).unwrap_or(4).max(1);
    let across = setup.table.bool("across").unwrap_or(false);
    Ok(Box::new(CaseOf { variant, least, across, determiners: set("determiners"), acts: set("acts") }))
}

impl Check for CaseOf {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        if self.across {
            return;
        }
        let text = Text { reading, words: reading.words() };
        let mut found = match self.variant {
            Variant::Shouted => self.shouted(&text),
            Variant::Name => self.names(&text),
            Variant::Phrase => self.phrases(&text),
            Variant::Noun => self.nouns(&text),
        };
        found.sort_by_key(|(rare, _)| rare.first().map(|place| place.start));
        for (rare, common) in found {
            report(reading, &rare, &common, out);
        }
    }

    fn summarise(&self, reading: &Reading<'_>) -> Vec<Noted> {
        let text = Text { reading, words: reading.words() };
        let seen = match self.variant {
            _ if !self.across => return Vec::new(),
            Variant::Name => names_of(&text),
            Variant::Phrase => terms_of(&text),
            _ => return Vec::new(),
        };
        notes(reading, &seen)
    }

    fn judge(&self, kept: &Kept, out: &mut Findings<'_>) {
        if self.across {
            let preference = Preference { least: self.least, ratio: RATIO_OF_FILES, even: false };
            let prevails: fn(&str) -> bool = match self.variant {
                Variant::Name => |form| case(form) == Case::Mixed,
                _ => |form| case(form) == Case::Lower,
            };
            judge(kept, preference, prevails, out);
        }
    }
}

/// The names of a text that others may write with other capitals inside: what stands where a capital means something. A name that the text
/// itself writes in two ways is a matter of that text.
fn names_of(text: &Text<'_>) -> Vec<Seen> {
    let name = |word: &Word| {
        let name = text.reading.slice(word.range.clone());
        let written = matches!(word.case, Case::Mixed | Case::Capital) && !is_plural_of_letters(name);
        (written && name.chars().count() >= NAME).then_some(name)
    };
    let mut forms: HashMap<String, HashSet<&str>> = HashMap::default();
    for name in text.words.iter().filter_map(name) {
        forms.entry(name.to_lowercase()).or_default().insert(name);
    }
    let running = text.words.iter().filter(|word| word.place == Place::Running);
    let seen = running.filter_map(|word| {
        let key = name(word)?.to_lowercase();
        (forms.get(&key)?.len() == 1).then(|| Seen { key, range: word.range.clone(), spot: word.range.clone() })
    });
    seen.collect()
}

/// The terms of two words of a text, each with capitals or without: in capitals where they make no name, and without where they stand
/// between a short word and the end of their phrase.
fn terms_of(text: &Text<'_>) -> Vec<Seen> {
    let mut seen = Vec::new();
    for first in 0..text.words.len().saturating_sub(1) {
        let plain = |at: usize| text.words[at].place == Place::Running && text.word(at).len() >= LINK;
        if !(plain(first) && plain(first + 1) && text.joined(first, " ")) {
            continue;
        }
        let term = match (text.words[first].case, text.words[first + 1].case) {
            (Case::Capital, Case::Capital) => !text.named_before(first) && !text.named_after(first + 1, true),
            (Case::Lower, Case::Lower) => {
                let before = first.checked_sub(1).filter(|before| text.joined(*before, " "));
                before.is_some_and(|before| text.is_link(before)) && closes(text, first + 1)
            }
            _ => false,
        };
        if term {
            let range = text.words[first].range.start..text.words[first + 1].range.end;
            seen.push(Seen { key: text.reading.slice(range.clone()).to_lowercase(), spot: range.clone(), range });
        }
    }
    seen
}

/// The places of a rarer form and those of the form that the text prefers.
type Variants = (Vec<Range<usize>>, Vec<Range<usize>>);

/// The words of a text with their neighbours.
struct Text<'a> {
    reading: &'a Reading<'a>,
    words: &'a [Word],
}

impl<'a> Text<'a> {
    fn word(&self, at: usize) -> &'a str {
        self.reading.slice(self.words[at].range.clone())
    }

    /// The word after another one of its block, with nothing but `gap` between.
    fn joined(&self, first: usize, gap: &str) -> bool {
        let (Some(one), Some(two)) = (self.words.get(first), self.words.get(first + 1)) else { return false };
        one.block == two.block && self.reading.slice(one.range.end..two.range.start) == gap
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words[at].case != Case::Lower || self.word(at).starts_with(|c: char| c.is_ascii_digit())
    }

    fn is_link(&self, at: usize) -> bool {
        let word = &self.words[at];
        (word.case == Case::Lower || word.place == Place::Start) && self.word(at).chars().count() <= LINK
    }

    /// Whether a name goes on before a word: a capital right before it, or before the short words that stand between.
    fn named_before(&self, at: usize) -> bool {
        let mut at = at;
        for steps in 0..4 {
            let Some(before) = at.checked_sub(1).filter(|before| self.words[*before].block == self.words[at].block)
            else {
                return false;
            };
            let gap = self.reading.slice(self.words[before].range.end..self.words[at].range.start);
            // A list of names goes on over its commas.
            if !(gap.chars().all(char::is_whitespace) || matches!(gap, "-" | "’" | "'" | "’ " | ", " | " & " | "/"))
            {
                return false;
            }
            if self.is_link(before) {
                at = before;
                continue;
            }
            // A sentence begins with a capital that says nothing.
            let start = self.words[before].place == Place::Start && steps == 0 && !gap.contains(',');
            return self.is_capital(before) && !(start && self.words[before].range.len() <= LINK);
        }
        false
    }

    /// Whether a name goes on after a word.
    fn named_after(&self, at: usize, over_links: bool) -> bool {
        let mut at = at;
        for _ in 0..4 {
            let Some(after) = self.words.get(at + 1).filter(|after| after.block == self.words[at].block) else {
                return false;
            };
            let gap = self.reading.slice(self.words[at].range.end..after.range.start);
            if !(gap.chars().all(char::is_whitespace)
                || matches!(gap, "-" | "’" | "'" | ", " | " & " | "/" | " (" | " “" | " «" | " \""))
            {
                return false;
            }
            at += 1;
            if gap.contains('(') {
                // The letters of an abbreviation behind it explain the capitals.
                return matches!(self.words[at].case, Case::Shouted | Case::Mixed);
            }
            if !(over_links && self.is_link(at)) {
                return self.is_capital(at);
            }
        }
        false
    }
}

impl CaseOf {
    /// Whether these are the rare places and those the common ones, beyond doubt.
    fn decides(&self, rare: usize, common: usize) -> bool {
        rare > 0 && common >= self.least && common >= rare * RATIO
    }

    fn shouted(&self, text: &Text<'_>) -> Vec<Variants> {
        let mut found = Vec::new();
        for places in text.reading.words_by_fold().values().filter(|places| places.len() > self.least) {
            let places: Vec<&Word> = places.iter().map(|at| &text.words[*at]).collect();
            let is = |word: &Word, wanted: Case| word.case == wanted;
            let letters = text.reading.slice(places[0].range.clone()).chars().count();
            if letters < 5 || places.iter().any(|word| is(word, Case::Lower) || is(word, Case::Mixed)) {
                continue;
            }
            let common = ranges(places.iter().filter(|word| word.place == Place::Running && is(word, Case::Capital)));
            let shouted: Vec<_> = places.iter().filter(|word| is(word, Case::Shouted)).collect();
            let rare =
                ranges(shouted.iter().filter(|word| word.place != Place::Display && !shouts(text, word)).copied());
            if rare.len() == shouted.len() && self.decides(rare.len(), common.len()) {
                found.push((rare, common));
            }
        }
        found
    }

    fn names(&self, text: &Text<'_>) -> Vec<Variants> {
        let mut found = Vec::new();
        for places in text.reading.words_by_fold().values().filter(|places| places.len() > self.least) {
            let mut forms: HashMap<&str, Vec<&Word>> = HashMap::default();
            for word in places.iter().map(|at| &text.words[*at]) {
                forms.entry(text.reading.slice(word.range.clone())).or_default().push(word);
            }
            let Some((name, common)) = forms.iter().max_by_key(|(form, places)| (places.len(), *form)) else {
                continue;
            };
            if case(name) != Case::Mixed || name.chars().count() < NAME || is_plural_of_letters(name) {
                continue;
            }
            let rest = |form: &str| form.chars().skip(1).collect::<String>();
            for (form, rare) in forms.iter().filter(|(form, _)| *form != name && fold(form).len() == fold(name).len()) {
                // “OpenStack” at the start of a sentence for “openStack”: its place asks for the capital.
                let first_only = rest(form) == rest(name);
                let rare: Vec<_> =
                    rare.iter().filter(|word| !first_only || word.place == Place::Running).copied().collect();
                let doubtful =
                    matches!(case(form), Case::Lower | Case::Shouted) || form.to_lowercase() != name.to_lowercase();
                if !doubtful && self.decides(rare.len(), common.len()) {
                    found.push((ranges(rare.iter()), ranges(common.iter())));
                }
            }
        }
        found
    }

    /// Two or three words in capitals that make no name here, and stand without them elsewhere.
    fn phrases(&self, text: &Text<'_>) -> Vec<Variants> {
        let mut candidates: HashMap<Vec<String>, Vec<Range<usize>>> = HashMap::default();
        let mut at = 0;
        while at < text.words.len() {
            let plain = |at: usize| {
                text.words[at].place == Place::Running
                    && text.words[at].case == Case::Capital
                    && text.word(at).len() > 2
            };
            let mut end = at;
            while end < text.words.len() && plain(end) && (end == at || text.joined(end - 1, " ")) {
                end += 1;
            }
            if (2..=3).contains(&(end - at)) && !text.named_before(at) && !text.named_after(end - 1, true) {
                let key = (at..end).map(|at| text.word(at).to_lowercase()).collect();
                candidates.entry(key).or_default().push(text.words[at].range.start..text.words[end - 1].range.end);
            }
            at = end.max(at + 1);
        }
        // By their first word, so that the text is gone through once.
        let mut by_first: HashMap<&str, Vec<&Vec<String>>> = HashMap::default();
        for key in candidates.keys() {
            by_first.entry(key[0].as_str()).or_default().push(key);
        }
        let mut lower: HashMap<&Vec<String>, Vec<Range<usize>>> = HashMap::default();
        for at in 0..text.words.len() {
            let place = text.words[at].place;
            for key in by_first.get(text.word(at)).into_iter().flatten().filter(|_| place == Place::Running) {
                let last = at + key.len() - 1;
                let same = |step: usize| {
                    at + step < text.words.len()
                        && (step == 0 || text.joined(at + step - 1, " "))
                        && alike(text.word(at + step), &key[step])
                };
                if (0..key.len()).all(same) {
                    lower.entry(key).or_default().push(text.words[at].range.start..text.words[last].range.end);
                }
            }
        }
        let mut found = Vec::new();
        for (key, rare) in &candidates {
            let mut common = lower.remove(key).unwrap_or_default();
            if self.decides(rare.len(), common.len()) {
                // The first one shown is the suggestion, so it has the same number.
                let number = rare[0].len();
                common.sort_by_key(|place| (place.len() != number, place.start));
                if common[0].len() == number {
                    found.push((rare.clone(), common));
                }
            }
        }
        found
    }

    /// One word with a capital after a determiner, which is no name here, and stands without it elsewhere.
    fn nouns(&self, text: &Text<'_>) -> Vec<Variants> {
        let determined = |at: usize| {
            at.checked_sub(1).is_some_and(|before| {
                [" ", "’", "'", "’ ", "' "].iter().any(|gap| text.joined(before, gap))
                    && self.determiners.contains(&text.word(before).to_lowercase())
            })
        };
        let mut groups: HashMap<String, [Vec<usize>; 2]> = HashMap::default();
        let running = |case: Case| {
            let long = move |word: &Word| word.place == Place::Running && word.case == case && word.range.len() > 4;
            (0..text.words.len()).filter(move |at| long(&text.words[*at]))
        };
        for at in running(Case::Capital) {
            groups.entry(text.word(at).to_lowercase()).or_default()[0].push(at);
        }
        for at in running(Case::Lower) {
            if let Some(group) = groups.get_mut(text.word(at)) {
                group[1].push(at);
            }
        }
        let mut found = Vec::new();
        for (word, [capital, lower]) in groups {
            let act = self.acts.contains(&word);
            let plain = |at: usize| {
                let before = at.checked_sub(1).is_none_or(|before| !text.named_before(before));
                determined(at) && before && !text.named_after(at, !act) && closes(text, at)
            };
            // A noun that has a determiner as often as not, and no verb or adjective that happens to be spelt so.
            let after = lower.iter().filter(|at| determined(**at)).count();
            let all_plain = capital.iter().all(|at| plain(*at));
            if all_plain && after >= 2 && after * 3 >= lower.len() && self.decides(capital.len(), lower.len()) {
                let range = |at: &usize| text.words[*at].range.clone();
                found.push((capital.iter().map(range).collect(), lower.iter().map(range).collect()));
            }
        }
        found
    }
}

/// Whether the word after a noun ends the phrase that it stands in: a short word or a mark.
fn closes(text: &Text<'_>, at: usize) -> bool {
    !text.joined(at, " ") || text.is_link(at + 1)
}

/// Whether a word is the other one, or its plural or singular in `s`.
fn alike(word: &str, other: &str) -> bool {
    word.trim_end_matches('s') == other.trim_end_matches('s')
}

/// `APIs`: capitals with an ending.
fn is_plural_of_letters(word: &str) -> bool {
    word.strip_suffix('s').is_some_and(|rest| case(rest) == Case::Shouted)
}

/// Whether the words around one are shouted too: then it is the line that shouts.
fn shouts(text: &Text<'_>, word: &Word) -> bool {
    let at = text.words.partition_point(|other| other.range.start < word.range.start);
    let shouted = |at: Option<usize>| {
        at.filter(|at| text.words.get(*at).is_some_and(|other| other.block == word.block))
            .is_some_and(|at| text.words[at].case == Case::Shouted)
    };
    shouted(at.checked_sub(1)) || shouted(Some(at + 1))
}

fn ranges<'a>(words: impl Iterator<Item = &'a &'a Word>) -> Vec<Range<usize>> {
    words.map(|word| word.range.clone()).collect()
}
