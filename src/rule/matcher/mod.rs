//! One pass over a text for the patterns of all rules. Literals of every pattern stand in one Aho–Corasick automaton; a literal
//! that is the whole pattern is a hit at once, and one that a regular expression requires wakes that expression in the block where
//! it stands. Only expressions that require no literal are asked about every block, together, as one set.

mod literals;

use crate::document::SEPARATOR;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

/// Steps that a pattern with look-around may take at one place; one that needs more is given up there and reported.
const BACKTRACK_LIMIT: usize = 100_000;

/// What a rule looks for in the text. No match crosses from one block into the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    /// A literal, or a regular expression where `regex` is set.
    pub text: String,
    /// `text` is a regular expression; look-around is allowed.
    pub regex: bool,
    /// Upper and lower case are the same.
    pub ignore_case: bool,
    /// It must begin and end at the boundary of a word.
    pub word: bool,
}

/// A place where a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which pattern of the check.
    pub pattern: usize,
    /// Where, in bytes of the text.
    pub range: Range<usize>,
}

/// The patterns of many rules, made ready.
#[derive(Default)]
pub struct Matcher {
    patterns: Vec<Compiled>,
    slots: usize,
    automaton: Option<AhoCorasick>,
    /// For each literal of the automaton, the patterns it belongs to.
    owners: Vec<Vec<usize>>,
    /// Patterns that require no literal, and the set that wakes them.
    unanchored: Vec<usize>,
    wake: Option<regex::RegexSet>,
}

/// The hits of one text, by slot.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Hits {
    by_slot: Vec<Vec<Hit>>,
    exhausted: BTreeSet<usize>,
}

struct Compiled {
    slot: usize,
    /// Its place among the patterns of its slot.
    number: usize,
    pattern: Pattern,
    program: OnceLock<Option<Program>>,
}

enum Program {
    Linear(regex::Regex),
    Fancy(fancy_regex::Regex),
}

impl Pattern {
    /// A literal.
    pub fn literal(text: impl Into<String>) -> Self {
        Pattern { text: text.into(), ..Pattern::default() }
    }

    /// A regular expression.
    pub fn regex(text: impl Into<String>) -> Self {
        Pattern { text: text.into(), regex: true, ..Pattern::default() }
    }

    /// The same, with upper and lower case alike.
    pub fn ignoring_case(mut self) -> Self {
        self.ignore_case = true;
        self
    }

    /// The same, only as a whole word.
    pub fn as_word(mut self) -> Self {
        self.word = true;
        self
    }

    /// What is wrong with the expression, if it cannot be compiled: lower case, one line.
    pub fn mistake(&self) -> Option<String> {
        if !self.regex {
            return self.text.is_empty().then(|| "an empty pattern matches everywhere".to_owned());
        }
        let error = match regex_syntax::parse(&self.text) {
            Ok(_) => return regex::Regex::new(&self.text).err().map(|_| "the expression is too large".to_owned()),
            Err(_) if fancy_regex::Regex::new(&self.text).is_ok() => return None,
            Err(error) => error,
        };
        let kind = match &error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => "not a regular expression".to_owned(),
        };
        Some(kind)
    }

    fn program(&self) -> Option<Program> {
        let flags = if self.ignore_case { "(?im)" } else { "(?m)" };
        let source = format!("{flags}(?:{})", self.text);
        match regex::Regex::new(&source) {
            Ok(regex) => Some(Program::Linear(regex)),
            Err(_) => fancy_regex::RegexBuilder::new(&source)
                .backtrack_limit(BACKTRACK_LIMIT)
                .build()
                .ok()
                .map(Program::Fancy),
        }
    }
}

impl Matcher {
    /// Makes patterns ready, each with the slot that its hits go to. Expressions are compiled when they are first woken.
    pub fn new<'a>(patterns: impl IntoIterator<Item = (usize, &'a Pattern)>) -> Self {
        let mut matcher = Matcher::default();
        let mut index: HashMap<String, usize> = HashMap::new();
        let mut wakers = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        for (slot, pattern) in patterns {
            counts.resize(counts.len().max(slot + 1), 0);
            let number = counts[slot];
            counts[slot] += 1;
            let at = matcher.patterns.len();
            matcher.patterns.push(Compiled { slot, number, pattern: pattern.clone(), program: OnceLock::new() });
            match literals::required(pattern) {
                Some(literals) => {
                    for literal in literals {
                        let next = index.len();
                        let entry = *index.entry(literal).or_insert(next);
                        matcher.owners.resize_with(matcher.owners.len().max(entry + 1), Vec::new);
                        if matcher.owners[entry].last() != Some(&at) {
                            matcher.owners[entry].push(at);
                        }
                    }
                }
                None => wakers.push((at, literals::waker(pattern))),
            }
        }
        matcher.slots = counts.len();
        matcher.automaton = automaton(index);
        matcher.unanchored = wakers.iter().map(|(at, _)| *at).collect();
        let sources: Vec<String> = wakers.into_iter().map(|(_, source)| source).collect();
        matcher.wake = (!sources.is_empty()).then(|| regex::RegexSet::new(&sources).ok()).flatten();
        matcher
    }

    /// All hits in a text, each pattern's without overlap, in the order of the text.
    pub fn find(&self, text: &str) -> Hits {
        let mut hits = Hits { by_slot: vec![Vec::new(); self.slots], exhausted: BTreeSet::new() };
        let blocks = Blocks::new(text);
        // Patterns to run, each with the blocks in which one of its literals stands.
        let mut woken: BTreeSet<(usize, usize)> = BTreeSet::new();
        if let Some(automaton) = &self.automaton {
            for found in automaton.find_overlapping_iter(text) {
                for &owner in &self.owners[found.pattern().as_usize()] {
                    let compiled = &self.patterns[owner];
                    if compiled.pattern.regex {
                        woken.insert((owner, blocks.at(found.start())));
                    } else if compiled.accepts(text, found.range()) {
                        hits.push_literal(compiled, found.range());
                    }
                }
            }
        }
        for block in 0..blocks.count() {
            let part = &text[blocks.range(block)];
            match &self.wake {
                Some(wake) => woken.extend(wake.matches(part).into_iter().map(|at| (self.unanchored[at], block))),
                None => woken.extend(self.unanchored.iter().map(|&at| (at, block))),
            }
        }
        for (at, block) in woken {
            self.patterns[at].run(text, blocks.range(block), &mut hits);
        }
        for hits in &mut hits.by_slot {
            hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.pattern));
        }
        hits
    }
}

impl Hits {
    /// The hits of one slot.
    pub fn of(&self, slot: usize) -> &[Hit] {
        self.by_slot.get(slot).map(Vec::as_slice).unwrap_or_default()
    }

    /// Slots with a pattern that needed more steps than it may take, and was given up at some place.
    pub fn exhausted(&self) -> impl Iterator<Item = usize> + '_ {
        self.exhausted.iter().copied()
    }

    /// Keeps the hits of one literal apart: the first of two that overlap.
    fn push_literal(&mut self, compiled: &Compiled, range: Range<usize>) {
        let list = &mut self.by_slot[compiled.slot];
        let overlaps =
            list.iter().rev().take(16).any(|hit| hit.pattern == compiled.number && hit.range.end > range.start);
        if !overlaps {
            list.push(Hit { pattern: compiled.number, range });
        }
    }
}

impl Compiled {
    /// Whether a literal that the automaton found, without regard to case, is the pattern as it is meant.
    fn accepts(&self, text: &str, range: Range<usize>) -> bool {
        let same = self.pattern.ignore_case || text[range.clone()] == self.pattern.text;
        same && (!self.pattern.word || is_word(text, &range))
    }

    fn run(&self, text: &str, block: Range<usize>, hits: &mut Hits) {
        let part = &text[block.clone()];
        let program = self.program.get_or_init(|| self.pattern.program());
        let mut push = |range: Range<usize>| {
            let range = block.start + range.start..block.start + range.end;
            if !range.is_empty() && (!self.pattern.word || is_word(text, &range)) {
                hits.by_slot[self.slot].push(Hit { pattern: self.number, range });
            }
        };
        match program {
            Some(Program::Linear(regex)) => regex.find_iter(part).for_each(|found| push(found.range())),
            Some(Program::Fancy(regex)) => {
                for found in regex.find_iter(part) {
                    match found {
                        Ok(found) => push(found.start()..found.end()),
                        Err(_) => {
                            hits.exhausted.insert(self.slot);
                            break;
                        }
                    }
                }
            }
            None => debug_assert!(false, "a pattern was not checked when its pack was read"),
        }
    }
}

/// Whether a range begins and ends at the boundary of a word. An end that is no letter or digit is a boundary by itself.
pub fn is_word(text: &str, range: &Range<usize>) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let joined = |a: Option<char>, b: Option<char>| a.is_some_and(word) && b.is_some_and(word);
    let (before, inside, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    !joined(before.chars().next_back(), inside.chars().next())
        && !joined(inside.chars().next_back(), after.chars().next())
}

/// One automaton over all literals, without regard to the case of ASCII letters.
fn automaton(index: HashMap<String, usize>) -> Option<AhoCorasick> {
    let mut literals: Vec<(usize, String)> = index.into_iter().map(|(literal, at)| (at, literal)).collect();
    literals.sort();
    let build = AhoCorasickBuilder::new()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .build(literals.iter().map(|(_, l)| l));
    if literals.is_empty() { None } else { build.ok() }
}

/// The blocks of a text.
struct Blocks {
    /// Where each block ends, which is where its separator stands.
    ends: Vec<usize>,
}

impl Blocks {
    fn new(text: &str) -> Self {
        let mut ends: Vec<usize> = memchr::memchr_iter(SEPARATOR as u8, text.as_bytes()).collect();
        ends.push(text.len());
        Blocks { ends }
    }

    fn count(&self) -> usize {
        self.ends.len()
    }

    fn at(&self, byte: usize) -> usize {
        self.ends.partition_point(|&end| end < byte)
    }

    fn range(&self, block: usize) -> Range<usize> {
        let start = if block == 0 { 0 } else { self.ends[block - 1] + 1 };
        start..self.ends[block]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(patterns: &[Pattern], text: &str) -> Vec<(usize, String)> {
        let matcher = Matcher::new(patterns.iter().map(|pattern| (0, pattern)));
        matcher.find(text).of(0).iter().map(|hit| (hit.pattern, text[hit.range.clone()].to_owned())).collect()
    }

    #[test]
    fn literals_and_expressions_are_found_together() {
        let patterns = [
            Pattern::literal("log into").ignoring_case().as_word(),
            Pattern::regex(r"\d+(?:st|nd|rd|th)"),
            Pattern::regex(r"(?<!no )reply"),
            Pattern::literal("École").ignoring_case(),
        ];
        let text = "Log into the 20th portal; no reply, but a reply. catalog into. ÉCOLE, école";
        let found = find(&patterns, text);
        let expected = [(0, "Log into"), (1, "20th"), (2, "reply"), (3, "ÉCOLE"), (3, "école")];
        assert_eq!(found, expected.map(|(at, text)| (at, text.to_owned())));
    }

    #[test]
    fn no_match_crosses_a_block() {
        assert_eq!(find(&[Pattern::regex("a[^x]b")], "a\u{1E}b a.b"), [(0, "a.b".to_owned())]);
        assert_eq!(find(&[Pattern::regex("^b$")], "a\u{1E}b"), [(0, "b".to_owned())]);
    }

    #[test]
    fn a_pattern_that_explodes_is_given_up_and_said() {
        let pattern = Pattern::regex(r"(?:(?=a)a|(?=a)aa)+(?<=b)c");
        let text = "a".repeat(300) + "c";
        let matcher = Matcher::new([(0, &pattern)]);
        assert_eq!(matcher.find(&text).exhausted().collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn what_is_wrong_with_an_expression_is_said() {
        assert_eq!(Pattern::regex("a(b").mistake().as_deref(), Some("unclosed group"));
        assert_eq!(Pattern::regex(r"a(?!b)").mistake(), None);
    }

    proptest! {
        #[test]
        fn one_pass_finds_what_each_pattern_finds_alone(text in "[abcéÉ \u{1E}.0-2]{0,60}", picks in prop::collection::vec(0usize..POOL.len(), 1..5)) {
            let patterns: Vec<Pattern> = picks.iter().map(|&at| pool(at)).collect();
            let together = find(&patterns, &text);
            let mut apart = Vec::new();
            for (at, pattern) in patterns.iter().enumerate() {
                let program = regex::Regex::new(&format!("(?{}m)(?:{})", if pattern.ignore_case { "i" } else { "" },
                    if pattern.regex { pattern.text.clone() } else { regex::escape(&pattern.text) })).expect("valid");
                let mut offset = 0;
                for block in text.split('\u{1E}') {
                    for found in program.find_iter(block) {
                        let range = offset + found.start()..offset + found.end();
                        if !pattern.word || is_word(&text, &range) {
                            apart.push((range.start, range.end, at));
                        }
                    }
                    offset += block.len() + 1;
                }
            }
            apart.sort();
            prop_assert_eq!(together, apart.into_iter().map(|(start, end, at)| (at, text[start..end].to_owned())).collect::<Vec<_>>());
        }
    }

    const POOL: &[(&str, bool, bool, bool)] = &[
        ("ab", false, false, false),
        ("Éa", false, true, false),
        ("abc", false, true, true),
        (r"a[bc]+", true, false, false),
        (r"\d+", true, false, true),
        (r"(?:b|ca)\.", true, true, false),
        (r"é\b", true, true, false),
        (r"[ab]c?a", true, false, false),
    ];

    fn pool(at: usize) -> Pattern {
        let (text, regex, ignore_case, word) = POOL[at];
        Pattern { text: text.into(), regex, ignore_case, word }
    }
}
