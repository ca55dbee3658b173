//! One pass over a text for the patterns of all rules. Literals of every pattern stand in one Aho–Corasick automaton; a literal
//! that is the whole pattern is a hit at once, and one that a regular expression requires wakes that expression in the block where
//! it stands. Only expressions that require no literal are asked about every block, together, as one set.

mod literals;
mod look_around;
mod program;
mod syntax;
mod waker;

use crate::document::SEPARATOR;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use program::Program;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use waker::Waker;

/// Bytes of text from which on an automaton that takes longer to make and runs quickly pays.
const LONG: usize = 1 << 20;

/// Bytes of literals for which that automaton stays within some sixteen megabytes.
const QUICK: usize = 1 << 16;

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
    automaton: Automaton,
    /// For each literal of the automaton, the patterns it belongs to.
    owners: Vec<Vec<usize>>,
    /// For each expression of the automaton that wakes patterns without literals, the patterns it wakes.
    unanchored: Vec<Vec<usize>>,
    wake: Option<Waker>,
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

/// A pattern that is to run in a block, and where its literals stand; nowhere when something else woke it.
struct Woken {
    pattern: usize,
    block: usize,
    literals: Vec<usize>,
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
            // Compiling is what costs, and only a counted repetition or a very long expression can be too large.
            Ok(_) if !has_count(&self.text) && self.text.len() < 4096 => return None,
            Ok(_) => return Program::new(self).is_none().then(|| "the expression is too large".to_owned()),
            Err(error) => match self.mistake_around() {
                None => return None,
                Some(mistake) if mistake.is_empty() => error,
                Some(mistake) => return Some(mistake),
            },
        };
        let kind = match &error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => "not a regular expression".to_owned(),
        };
        Some(kind)
    }

    /// What is wrong with an expression that looks around; empty where the linear parser says it better. One whose parts are
    /// plain is not compiled, for that costs.
    fn mistake_around(&self) -> Option<String> {
        let plain = |text: &str| regex_syntax::parse(text).is_ok();
        let parsed =
            plain(&look_around::without_look_around(&self.text)) && fancy_regex::Expr::parse_tree(&self.text).is_ok();
        if parsed && !has_count(&self.text) && look_around::look_behinds(&self.text).all(plain) {
            return None;
        }
        fancy_regex::Regex::new(&self.text).is_err().then(String::new)
    }

    /// The expression with its groups, for the text of one of its matches: what it sees around a match is left out.
    pub fn groups(&self) -> Option<regex::Regex> {
        // Compiling costs, and most patterns have no group.
        if !self.regex
            || !self.text.replace("(?", "").contains('(') && !self.text.contains("(?P<") && !self.text.contains("(?<")
        {
            return None;
        }
        let flags = self.flags();
        let regex =
            regex::Regex::new(&format!("{flags}^(?:{})$", look_around::without_look_around(&self.text))).ok()?;
        (self.regex && regex.captures_len() > 1).then_some(regex)
    }

    /// An expression with this pattern's options. The boundaries are part of it, so that of several ways to match the one is
    /// taken that stands between them. With look-around, boundaries are assertions, which cost nothing to compile where each
    /// look-around would be a program of its own.
    fn source(&self, text: &str, look_around: bool) -> String {
        let flags = self.flags();
        match (self.word, look_around) {
            (false, _) => format!("{flags}(?:{text})"),
            (true, false) => {
                format!(r"{flags}(?:\b{{start-half}}|\b{{end}})(?:{text})(?:\b{{end-half}}|\b{{start}})")
            }
            (true, true) => {
                format!(r"{flags}(?:\b{{start-half}}|\b{{end-half}})(?:{text})(?:\b{{end-half}}|\b{{start-half}})")
            }
        }
    }

    fn flags(&self) -> &'static str {
        if self.ignore_case { "(?im)" } else { "(?m)" }
    }
}

impl Matcher {
    /// Makes patterns ready, each with the slot that its hits go to. Expressions are compiled when they are first woken.
    pub fn new<'a>(patterns: impl IntoIterator<Item = (usize, &'a Pattern)>) -> Self {
        let mut matcher = Matcher::default();
        let mut index: HashMap<String, usize> = HashMap::new();
        let mut wakers = Vec::new();
        let mut counts: Vec<usize> = Vec::new();
        let patterns: Vec<(usize, &Pattern)> = patterns.into_iter().collect();
        // What the expression of a house requires is told by parsing it, which takes longer than all the rest.
        let required: Vec<_> = patterns.par_iter().map(|(_, pattern)| literals::required(pattern)).collect();
        for ((slot, pattern), required) in patterns.into_iter().zip(required) {
            counts.resize(counts.len().max(slot + 1), 0);
            let number = counts[slot];
            counts[slot] += 1;
            let at = matcher.patterns.len();
            matcher.patterns.push(Compiled { slot, number, pattern: pattern.clone(), program: OnceLock::new() });
            match required {
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
        // Patterns that differ only in what the automaton leaves out are woken as one.
        let mut expressions = Vec::new();
        let mut alike: HashMap<String, usize> = HashMap::new();
        for (at, expression) in wakers {
            let place = *alike.entry(expression.to_string()).or_insert(expressions.len());
            if place == expressions.len() {
                expressions.push(expression);
                matcher.unanchored.push(Vec::new());
            }
            matcher.unanchored[place].push(at);
        }
        let waker = || (!expressions.is_empty()).then(|| Waker::new(&expressions)).flatten();
        (matcher.automaton, matcher.wake) = rayon::join(|| Automaton::new(index), waker);
        matcher
    }

    /// All hits in a text, each pattern's without overlap, in the order of the text.
    pub fn find(&self, text: &str) -> Hits {
        let mut hits = Hits { by_slot: vec![Vec::new(); self.slots], exhausted: BTreeSet::new() };
        let blocks = Blocks::new(text);
        // Where the last hit of each literal ended: the first of two that overlap counts.
        let mut ends: Vec<usize> = vec![0; self.patterns.len()];
        // Patterns to run, each with the blocks in which one of its literals stands.
        let mut woken: Vec<Woken> = Vec::new();
        // For each pattern its last place in `woken`; the automaton goes through the blocks in their order.
        let mut latest: Vec<usize> = vec![usize::MAX; self.patterns.len()];
        if let Some(automaton) = self.automaton.for_text(text.len()) {
            // Folded here, and not by the automaton, which would be twice as large and take twice as long to make.
            let folded = text.to_ascii_lowercase();
            for found in automaton.find_overlapping_iter(&folded) {
                for &owner in &self.owners[found.pattern().as_usize()] {
                    let compiled = &self.patterns[owner];
                    if compiled.pattern.regex {
                        let block = blocks.at(found.start());
                        match woken.get_mut(latest[owner]).filter(|woken| woken.block == block) {
                            Some(woken) => woken.literals.push(found.start()),
                            None => {
                                latest[owner] = woken.len();
                                woken.push(Woken { pattern: owner, block, literals: vec![found.start()] });
                            }
                        }
                    } else if compiled.accepts(text, found.range()) && ends[owner] <= found.start() {
                        ends[owner] = found.end();
                        hits.by_slot[compiled.slot].push(Hit { pattern: compiled.number, range: found.range() });
                    }
                }
            }
        }
        let asked = if self.unanchored.is_empty() { 0 } else { blocks.count() };
        for block in 0..asked {
            let part = &text[blocks.range(block)];
            let push = |pattern: usize| woken.push(Woken { pattern, block, literals: Vec::new() });
            match self.wake.as_ref().and_then(|wake| wake.matches(part)) {
                Some(woken) => woken.into_iter().flat_map(|at| &self.unanchored[at]).copied().for_each(push),
                None => self.unanchored.iter().flatten().copied().for_each(push),
            }
        }
        woken.sort_unstable_by_key(|woken| (woken.pattern, woken.block));
        self.compile(&woken);
        let mut given_up = None;
        for Woken { pattern, block, mut literals } in woken {
            literals.sort_unstable();
            if given_up != Some(pattern) && !self.patterns[pattern].run(text, blocks.range(block), &literals, &mut hits)
            {
                given_up = Some(pattern);
                hits.exhausted.insert(self.patterns[pattern].slot);
            }
        }
        for hits in &mut hits.by_slot {
            hits.sort_by_key(|hit| (hit.range.start, hit.range.end, hit.pattern));
        }
        hits
    }
}

impl Matcher {
    /// Compiles what is woken for the first time, on all cores: in a short run nothing else takes as long.
    fn compile(&self, woken: &[Woken]) {
        let mut fresh: Vec<&Compiled> = woken.iter().map(|woken| &self.patterns[woken.pattern]).collect();
        fresh.retain(|compiled| compiled.program.get().is_none());
        fresh.dedup_by(|one, other| std::ptr::eq(*one, *other));
        fresh.par_iter().for_each(|compiled| {
            compiled.program.get_or_init(|| Program::new(&compiled.pattern));
        });
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
}

impl Compiled {
    /// Whether a literal that the automaton found, without regard to case, is the pattern as it is meant.
    fn accepts(&self, text: &str, range: Range<usize>) -> bool {
        let same = self.pattern.ignore_case || text[range.clone()] == self.pattern.text;
        same && (!self.pattern.word || is_word(text, &range))
    }

    /// Adds the matches in a block, of which each holds one of the literals; `false` when the pattern needed more steps than it
    /// may take.
    fn run(&self, text: &str, block: Range<usize>, literals: &[usize], hits: &mut Hits) -> bool {
        let part = &text[block.clone()];
        let program = self.program.get_or_init(|| Program::new(&self.pattern));
        let push = |range: Range<usize>| {
            let range = block.start + range.start..block.start + range.end;
            if !range.is_empty() && (!self.pattern.word || is_word(text, &range)) {
                hits.by_slot[self.slot].push(Hit { pattern: self.number, range });
            }
        };
        let literals = literals.iter().map(|literal| literal - block.start);
        program.as_ref().is_some_and(|program| program.run(part, literals, push))
    }
}

/// Whether an expression counts many repetitions, as `a{300}` does.
fn has_count(text: &str) -> bool {
    let many = |count: &str| {
        let digits = count.split(|c: char| !c.is_ascii_digit() && c != ',').next().unwrap_or_default();
        digits.split(',').any(|number| number.len() > 2)
    };
    text.split('{').skip(1).any(many)
}

/// Whether a range begins and ends at the boundary of a word. An end that is no letter or digit is a boundary by itself. An
/// apostrophe after the word joins it to what follows ("can" is no word of "can’t"), but for a possessive s.
pub fn is_word(text: &str, range: &Range<usize>) -> bool {
    let joined = |a: Option<char>, b: Option<char>| a.is_some_and(is_letter) && b.is_some_and(is_letter);
    let (before, inside, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let starts_inside = joined(before.chars().next_back(), inside.chars().next());
    let ends_inside = joined(inside.chars().next_back(), after.chars().next());
    !(starts_inside || ends_inside || inside.ends_with(is_letter) && contracted(after))
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether what follows a word is an apostrophe and the rest of a contraction.
fn contracted(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(['\'', '’']) else { return false };
    let letters = rest.split(|c: char| !is_letter(c)).next().unwrap_or_default();
    !letters.is_empty() && !letters.eq_ignore_ascii_case("s")
}

/// One automaton over all literals, in texts whose ASCII letters are small: one that is made quickly, and for long texts one that
/// runs quickly.
#[derive(Default)]
struct Automaton {
    literals: Vec<String>,
    ready: Option<AhoCorasick>,
    quick: OnceLock<Option<AhoCorasick>>,
    /// Bytes of text read so far.
    read: AtomicUsize,
}

impl Automaton {
    fn new(index: HashMap<String, usize>) -> Self {
        let mut literals: Vec<(usize, String)> = index.into_iter().map(|(literal, at)| (at, literal)).collect();
        literals.sort();
        let literals: Vec<String> = literals.into_iter().map(|(_, literal)| literal).collect();
        let ready = (!literals.is_empty()).then(|| build(&literals, AhoCorasickKind::NoncontiguousNFA)).flatten();
        Automaton { literals, ready, ..Automaton::default() }
    }

    /// The automaton for one more text of this length. Both find the same in the same order.
    fn for_text(&self, length: usize) -> Option<&AhoCorasick> {
        let worth = self.read.fetch_add(length, Ordering::Relaxed) > LONG;
        let quick = || {
            let small = self.literals.iter().map(String::len).sum::<usize>() <= QUICK;
            build(&self.literals, if small { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA })
        };
        worth.then(|| self.quick.get_or_init(quick).as_ref()).flatten().or(self.ready.as_ref())
    }
}

fn build(literals: &[String], kind: AhoCorasickKind) -> Option<AhoCorasick> {
    AhoCorasickBuilder::new().match_kind(MatchKind::Standard).kind(Some(kind)).build(literals).ok()
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
    fn a_word_ends_where_its_contraction_does() {
        let can = [Pattern::literal("can").as_word(), Pattern::regex("a|an|ant").as_word()];
        let found = find(&can, "can’t can't cannot, the can’s lid: can; an ant’s a");
        let expected = [(0, "can"), (0, "can"), (1, "an"), (1, "ant"), (1, "a")];
        assert_eq!(found, expected.map(|(at, text)| (at, text.to_owned())));
    }

    #[test]
    fn look_around_is_seen_in_long_blocks() {
        let patterns = [Pattern::regex("(?<=x)needle(?=y)"), Pattern::regex(r"(n)e\1?edle(?=y)")];
        let filler = "hay é ".repeat(9_000);
        let text = format!("{filler}xneedley{filler}xneedle{filler}xneedley");
        assert_eq!(find(&patterns, &text).len(), 4);
        // What may look behind without end sees as far as every other: each place anew would cost the square of the block.
        let far = [Pattern::regex("(?<=x.*)needle")];
        assert_eq!(find(&far, &format!("x{}needle", "hay ".repeat(5_000))).len(), 0);
        assert_eq!(find(&far, &format!("x{}needle", "hay ".repeat(400))).len(), 1);
        assert_eq!(find(&far, &format!("{}x needle", "hay ".repeat(5_000))).len(), 1);
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
        assert_eq!(Pattern::regex(r"(?<=a|bc)d{2,3}(?!e)").mistake(), None);
        assert_eq!(Pattern::regex(r"\w{999}{999}").mistake().as_deref(), Some("the expression is too large"));
        assert!(Pattern::regex(r"(?<=a(?=b)c").mistake().is_some());
    }

    proptest! {
        #[test]
        fn one_pass_finds_what_each_pattern_finds_alone(text in "[abcéÉ \u{1E}.0-2]{0,60}", picks in prop::collection::vec(0usize..POOL.len(), 1..5)) {
            let patterns: Vec<Pattern> = picks.iter().map(|&at| pool(at)).collect();
            let together = find(&patterns, &text);
            let mut apart = Vec::new();
            for (at, pattern) in patterns.iter().enumerate() {
                let text_of = if pattern.regex { pattern.text.clone() } else { regex::escape(&pattern.text) };
                let program = regex::Regex::new(&pattern.source(&text_of, false)).expect("valid");
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
        (r"abc?|(?:bc)+", true, true, true),
        (r"(?:abc|ab.a)\b", true, false, false),
        (r"(?i:aé)[b-c]{1}", true, false, false),
        (r"(?:ab){2}c?", true, false, false),
    ];

    fn pool(at: usize) -> Pattern {
        let (text, regex, ignore_case, word) = POOL[at];
        Pattern { text: text.into(), regex, ignore_case, word }
    }
}
