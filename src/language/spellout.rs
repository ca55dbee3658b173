//! Number words, read by the rules that CLDR writes them with (RBNF, rule-based number formats), turned round: a rule says what
//! stands before and after its own words, and so what they are worth together. "←←" is the multiple, "→→" the rest, "=" the same
//! number by another set, and what stands in brackets is left out where nothing remains.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

/// No rule reaches further; CLDR writes figures from here on.
const LIMIT: u64 = 1_000_000_000_000_000_000;

/// Rests of rests that are followed. A number below [`LIMIT`] has fewer; a text without end is cut here.
const DEPTH: usize = 24;

/// The rules of one language, made ready for reading.
#[derive(Debug, Default)]
pub struct Spellout {
    /// The letters of all words, in order.
    letters: Vec<char>,
    sets: Vec<Set>,
    productions: Vec<Production>,
    /// A bit for each letter that a number may begin with, several for one bit: most letters are told by it.
    first: u64,
    /// Literals that begin a production, letter by letter.
    trie: Vec<Node>,
    /// For each set, the productions that begin with a number of it.
    after_set: Vec<Vec<usize>>,
    /// The words for the decimal mark, each with its spaces, and the set its figures are of.
    points: Vec<(usize, String)>,
    /// What was read before: the same letters mean the same number.
    known: RwLock<Known>,
}

/// What was read, by the letters that were looked at, as a tree: who begins with the same letters has read the same.
#[derive(Debug, Default)]
struct Known {
    nodes: Vec<KnownNode>,
}

#[derive(Debug, Default)]
struct KnownNode {
    next: Vec<(char, usize)>,
    /// At the last letter that was looked at: what was read, with letters counted for its end.
    read: Option<Option<Words>>,
}

/// No more letters than this are kept of what was read.
const KNOWN: usize = 50_000;

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Where it ends, in bytes of the text.
    pub end: usize,
    /// Its value, without what follows the word for the decimal mark.
    pub value: u64,
    /// The figures after the word for the decimal mark, and how many there are.
    pub decimals: Option<(u64, u8)>,
    /// It is an ordinal and nothing else.
    pub ordinal: bool,
}

#[derive(Debug)]
struct Set {
    public: bool,
    ordinal: bool,
}

/// One way a rule may be written out.
#[derive(Debug, Clone)]
struct Production {
    set: usize,
    base: u64,
    /// The base of the next rule: values of this one are smaller.
    limit: u64,
    divisor: u64,
    parts: Parts,
    /// The bracket was written, so something remains.
    rest: bool,
    tokens: Vec<Token>,
    /// The first two letters of the words after the first number, where they are words.
    second: Option<(char, char)>,
}

/// The numbers a production is made of, as far as they are known.
#[derive(Debug, Clone, Copy, Default)]
struct Parts {
    multiple: Option<u64>,
    rest: Option<u64>,
    same: Option<u64>,
    /// A part that must lie in a range, though the words that say so do not say which number it is.
    within: Option<(Role, u64, u64)>,
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Literal(String),
    Number(Role, usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Multiple,
    Rest,
    Same,
}

#[derive(Debug, Default)]
struct Node {
    next: Vec<(char, usize)>,
    productions: Vec<usize>,
}

/// A number of a set, from the place a chart belongs to up to `end`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Item {
    set: usize,
    value: u64,
    /// The end of the range where the same words stand for many numbers: they only agree with one that stands elsewhere, as the "e" of
    /// Portuguese and Irish thousands do.
    limit: u64,
    end: usize,
}

/// The numbers of all sets that begin at one place.
#[derive(Debug, Default)]
struct Chart {
    at: usize,
    items: Vec<Item>,
    /// For each set, its last item, and for each item the one of its set before it; counted from 1. Languages with a set for every case
    /// and gender have hundreds of items, and few in each set.
    last: Vec<u16>,
    before: Vec<u16>,
}

impl Chart {
    fn new(at: usize, sets: usize) -> Self {
        Chart { at, last: vec![0; sets], ..Chart::default() }
    }

    /// The items of a set.
    fn of(&self, set: usize) -> impl Iterator<Item = Item> {
        let mut next = self.last.get(set).copied().unwrap_or_default();
        std::iter::from_fn(move || {
            let place = usize::from(next).checked_sub(1)?;
            next = self.before.get(place).copied().unwrap_or_default();
            self.items.get(place).copied()
        })
    }

    /// Adds an item that is not there yet.
    fn add(&mut self, item: Item) {
        let place = u16::try_from(self.items.len() + 1).ok();
        let (Some(place), false) = (place, self.of(item.set).any(|known| known == item)) else { return };
        self.items.push(item);
        self.before.push(self.last[item.set]);
        self.last[item.set] = place;
    }
}

/// A text, and how far into it was looked.
struct Text<'t> {
    text: &'t str,
    seen: Cell<usize>,
    /// Whether the end of the text was met, which is no letter.
    ended: Cell<bool>,
}

impl<'t> Text<'t> {
    fn new(text: &'t str) -> Self {
        Text { text, seen: Cell::new(0), ended: Cell::new(false) }
    }

    /// The letter at a place as it is compared, and where the next one begins.
    fn letter(&self, at: usize) -> Option<(char, usize)> {
        let found = letter(self.text, at);
        match found {
            Some((_, end)) => self.seen.set(self.seen.get().max(end)),
            None => self.ended.set(true),
        }
        found
    }

    /// The next two letters as they are compared.
    fn two_letters(&self, at: usize) -> Option<(char, char)> {
        let (first, next) = self.letter(at)?;
        Some((first, self.letter(next)?.0))
    }

    /// Whether a gap lies right before a place.
    fn after_gap(&self, at: usize) -> bool {
        self.text.get(..at).is_some_and(|before| before.ends_with(is_gap))
    }

    /// Where a literal ends that stands at a place. Its commas may be left out.
    fn follow(&self, literal: &str, at: usize) -> Option<usize> {
        let mut at = at;
        for wanted in literal.chars() {
            match self.letter(at) {
                Some((found, end)) if found == wanted => at = end,
                _ if wanted == ',' => {}
                // A space that the word before has brought with it.
                _ if wanted == ' ' && self.after_gap(at) => {}
                _ => return None,
            }
        }
        Some(at)
    }

    /// Whether a word ends here. Scripts that set no spaces between words end one anywhere.
    fn ends_word(&self, at: usize) -> bool {
        self.letter(at);
        let mut around = self.text.get(at..).unwrap_or_default().trim_start_matches('\u{AD}').chars();
        let last = self.text.get(..at).and_then(|before| before.chars().next_back());
        let spaced = |c: char| c.is_alphanumeric() && !is_unspaced(c);
        !(last.is_some_and(spaced) && around.next().is_some_and(|c| spaced(c) || is_mark(c)))
    }
}

impl Known {
    /// What was read where a text has the same letters; `Err` where that is not known.
    fn find(&self, text: &str, start: usize) -> Result<Option<Words>, ()> {
        let (mut node, mut at, mut ends) = (self.nodes.first().ok_or(())?, start, 0);
        let mut end = start;
        loop {
            if let Some(read) = node.read {
                let Some(words) = read else { return Ok(None) };
                // The end is counted in letters.
                while ends < words.end {
                    end = letter(text, end).ok_or(())?.1;
                    ends += 1;
                }
                return Ok(Some(Words { end, ..words }));
            }
            let (found, next) = letter(text, at).ok_or(())?;
            let place = node.next.iter().find(|(c, _)| *c == found).ok_or(())?.1;
            (node, at) = (self.nodes.get(place).ok_or(())?, next);
        }
    }

    /// Keeps what was read from a place by letters up to another one.
    fn keep(&mut self, text: &str, start: usize, seen: usize, read: Option<Words>) {
        if self.nodes.is_empty() {
            self.nodes.push(KnownNode::default());
        }
        let (mut node, mut at, mut letters, mut end) = (0, start, 0, None);
        while at < seen {
            if read.is_some_and(|words| words.end == at) {
                end = Some(letters);
            }
            let Some((found, next)) = letter(text, at) else { return };
            node = match self.nodes[node].next.iter().find(|(c, _)| *c == found) {
                Some((_, next)) => *next,
                None if self.nodes.len() < KNOWN => {
                    self.nodes.push(KnownNode::default());
                    let made = self.nodes.len() - 1;
                    self.nodes[node].next.push((found, made));
                    made
                }
                None => return,
            };
            (at, letters) = (next, letters + 1);
        }
        // What ends between two letters, before a soft hyphen, is not kept.
        self.nodes[node].read = match (read, end) {
            (None, _) => Some(None),
            (Some(words), Some(end)) => Some(Some(Words { end, ..words })),
            (Some(_), None) => None,
        };
    }
}

impl Spellout {
    /// Makes rules ready, in ICU's notation: the name of a set with a colon, then its rules, a line each. Lines that are no rules
    /// are passed over.
    pub fn new(rules: &str) -> Self {
        let mut ready = Spellout::default();
        let mut names: HashMap<&str, usize> = HashMap::new();
        for name in rules.lines().filter(|line| line.starts_with('%')).filter_map(|line| line.strip_suffix(':')) {
            names.insert(name, ready.sets.len());
            ready.sets.push(Set { public: !name.starts_with("%%"), ordinal: name.contains("ordinal") });
        }
        let mut written: Vec<Vec<(u64, u64, &str)>> = vec![Vec::new(); ready.sets.len()];
        let mut set = 0;
        for line in rules.lines() {
            if let Some(name) = line.strip_suffix(':').filter(|line| line.starts_with('%')) {
                set = names.get(name).copied().unwrap_or_default();
            } else if let Some((head, body)) = line.split_once(':') {
                let body = body.strip_prefix(' ').unwrap_or(body);
                if head.starts_with('x') {
                    let word = body.trim_start_matches('←').split('→').next().unwrap_or_default();
                    ready.points.push((set, normal(word)));
                } else if let (Some((base, divisor)), Some(rules)) = (base(head), written.get_mut(set)) {
                    rules.push((base, divisor, body));
                }
            }
        }
        let empty: Vec<bool> =
            written.iter().map(|rules| rules.iter().any(|(base, _, body)| *base == 0 && body.is_empty())).collect();
        for (set, rules) in written.iter().enumerate() {
            for (at, (base, divisor, body)) in rules.iter().enumerate() {
                let limit = rules.get(at + 1).map_or(LIMIT, |next| next.0);
                for (rest, body) in brackets(body) {
                    let parts = Parts { rest: (rest == Some(false)).then_some(0), ..Parts::default() };
                    let whole = Production {
                        set,
                        base: *base,
                        limit,
                        divisor: *divisor,
                        parts,
                        rest: rest == Some(true),
                        tokens: Vec::new(),
                        second: None,
                    };
                    for body in plurals(&body) {
                        ready.write_out(&whole, tokens(&body, set, &names), &empty);
                    }
                }
            }
        }
        ready.index();
        ready
    }

    /// Whether there is anything to read.
    pub fn is_empty(&self) -> bool {
        self.productions.is_empty()
    }

    /// Adds a production, and one without each number whose set may write nothing for it.
    fn write_out(&mut self, whole: &Production, tokens: Vec<Token>, empty: &[bool]) {
        let silent = tokens.iter().position(|token| matches!(token, Token::Number(Role::Rest, set) if empty[*set]));
        if let Some(at) = silent {
            let mut without = tokens.clone();
            without.remove(at);
            let parts = Parts { rest: Some(0), ..whole.parts };
            self.productions.push(Production { parts, tokens: without, ..whole.clone() });
        }
        self.productions.push(Production { tokens, ..whole.clone() });
    }

    fn index(&mut self) {
        self.after_set = vec![Vec::new(); self.sets.len()];
        self.trie.push(Node::default());
        for production in &mut self.productions {
            if let Some(Token::Literal(literal)) = production.tokens.get(1) {
                let mut letters = literal.chars();
                let second = letters.next().zip(letters.next());
                production.second =
                    second.filter(|(first, next)| *first != ',' && *next != ',' && (*first, *next) != (' ', ' '));
            }
        }
        for number in 0..self.productions.len() {
            match self.productions[number].tokens.first().cloned() {
                Some(Token::Number(_, set)) => self.after_set[set].push(number),
                Some(Token::Literal(literal)) => {
                    let node = literal.chars().fold(0, |node, c| self.step(node, c));
                    self.trie[node].productions.push(number);
                }
                None => {}
            }
        }
        for node in &mut self.trie {
            node.next.sort_unstable();
        }
        self.first = self.trie[0].next.iter().fold(0, |bits, (letter, _)| bits | bit(*letter));
        let literals =
            self.productions.iter().flat_map(|production| &production.tokens).filter_map(|token| match token {
                Token::Literal(literal) => Some(literal),
                Token::Number(..) => None,
            });
        self.letters = literals.flat_map(|literal| literal.chars()).collect();
        self.letters.sort_unstable();
        self.letters.dedup();
    }

    /// The node after a letter, made where there is none.
    fn step(&mut self, node: usize, letter: char) -> usize {
        if let Some((_, next)) = self.trie[node].next.iter().find(|(c, _)| *c == letter) {
            return *next;
        }
        self.trie.push(Node::default());
        let next = self.trie.len() - 1;
        self.trie[node].next.push((letter, next));
        next
    }

    /// The words that stand for a number by themselves, in all sets of rules.
    pub fn of_round(&self, value: u64) -> impl Iterator<Item = &str> {
        self.productions.iter().filter(move |production| production.base == value).filter_map(|production| {
            match production.tokens.as_slice() {
                [Token::Literal(word)] => Some(word.as_str()),
                _ => None,
            }
        })
    }

    /// Whether a number may begin with this letter, in lower case.
    pub fn begins(&self, letter: char) -> bool {
        self.first & bit(letter) != 0
            && self.trie.first().is_some_and(|root| root.next.binary_search_by_key(&letter, |(c, _)| *c).is_ok())
    }

    /// Whether a letter, in lower case, stands in any word of a number.
    pub fn has(&self, letter: char) -> bool {
        self.letters.binary_search(&letter).is_ok()
    }

    /// The longest number in words that begins at a place of a text and ends with a word.
    pub fn read(&self, text: &str, at: usize) -> Option<Words> {
        if !self.has_literal(text, at) {
            return None;
        }
        let seen = &Text::new(text);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).find(text, at);
        known.unwrap_or_else(|()| {
            let read = self.read_anew(seen, at);
            if !seen.ended.get() {
                self.known.write().unwrap_or_else(PoisonError::into_inner).keep(text, at, seen.seen.get(), read);
            }
            read
        })
    }

    /// The longest number in words, by the rules.
    fn read_anew(&self, text: &Text<'_>, at: usize) -> Option<Words> {
        let mut charts = Vec::new();
        let chart = self.chart(text, at, 0, &mut charts);
        let items = charts.get(chart).map(|chart: &Chart| chart.items.as_slice()).unwrap_or_default();
        let public = |item: &&Item| {
            self.sets[item.set].public && item.limit == item.value + 1 && item.end > at && text.ends_word(item.end)
        };
        let end = items.iter().filter(public).map(|item| item.end).max()?;
        let best = |ordinal| {
            items.iter().filter(public).find(|item| item.end == end && self.sets[item.set].ordinal == ordinal).copied()
        };
        let cardinal = best(false);
        let item = cardinal.or_else(|| best(true))?;
        let words = Words { end, value: item.value, decimals: None, ordinal: cardinal.is_none() };
        Some(if words.ordinal { words } else { self.decimals(text, words) })
    }

    /// The number with what follows the word for the decimal mark, figure by figure.
    fn decimals(&self, text: &Text<'_>, words: Words) -> Words {
        for (set, point) in &self.points {
            let Some(mut at) = text.follow(point, words.end) else { continue };
            let (mut value, mut count) = (0_u64, 0_u8);
            let mut end = words.end;
            while count < 9 {
                let mut charts = Vec::new();
                let chart = self.chart(text, at, DEPTH - 1, &mut charts);
                let items = charts.get(chart).map(|chart: &Chart| chart.items.as_slice()).unwrap_or_default();
                let ordinal = self.sets.get(*set).is_some_and(|set| set.ordinal);
                let figure = items.iter().find(|item| {
                    let set = &self.sets[item.set];
                    set.public && set.ordinal == ordinal && item.value < 10 && text.ends_word(item.end)
                });
                let Some(figure) = figure else { break };
                (value, count, end) = (value * 10 + figure.value, count + 1, figure.end);
                match text.follow(" ", end) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            if count > 0 {
                return Words { end, decimals: Some((value, count)), ..words };
            }
        }
        words
    }

    /// All numbers of all sets that begin at a place; the index of its chart.
    fn chart(&self, text: &Text<'_>, at: usize, depth: usize, charts: &mut Vec<Chart>) -> usize {
        if let Some(known) = charts.iter().position(|chart| chart.at == at) {
            return known;
        }
        let literals = if depth < DEPTH { self.literals(text, at) } else { Vec::new() };
        if literals.is_empty() && depth == 0 {
            return 0;
        }
        let mut found = Chart::new(at, if literals.is_empty() { 0 } else { self.sets.len() });
        if !literals.is_empty() {
            for (production, end) in literals {
                self.run(production, 1, end, self.productions[production].parts, text, depth, charts, &mut found);
            }
            let mut next = 0;
            let mut ahead = (usize::MAX, None);
            let mut open = false;
            while let Some(item) = found.items.get(next).copied() {
                next += 1;
                if ahead.0 != item.end {
                    ahead = (item.end, text.two_letters(item.end));
                    // A space that the word has brought with it may be the first letter of what follows.
                    open = text.after_gap(item.end);
                }
                for &number in &self.after_set[item.set] {
                    let production = &self.productions[number];
                    // Most of what may go on does not, which two letters show.
                    if !open && production.second.is_some_and(|second| ahead.1 != Some(second)) {
                        continue;
                    }
                    let Some(Token::Number(role, _)) = production.tokens.first() else { continue };
                    if let Some(parts) = production.with(production.parts, *role, item) {
                        self.run(number, 1, item.end, parts, text, depth, charts, &mut found);
                    }
                }
            }
        }
        charts.push(found);
        charts.len() - 1
    }

    /// Goes on with a production from one of its tokens, and keeps the numbers it ends as.
    #[allow(clippy::too_many_arguments)]
    fn run(
        &self,
        number: usize,
        token: usize,
        at: usize,
        parts: Parts,
        text: &Text<'_>,
        depth: usize,
        charts: &mut Vec<Chart>,
        found: &mut Chart,
    ) {
        let production = &self.productions[number];
        match production.tokens.get(token) {
            None => {
                let Some(value) = production.value(parts) else { return };
                let limit = if self.is_open(production) { production.limit } else { value + 1 };
                let item = Item { set: production.set, value, limit, end: at };
                found.add(item);
            }
            Some(Token::Literal(literal)) => {
                if let Some(end) = text.follow(literal, at) {
                    self.run(number, token + 1, end, parts, text, depth, charts, found);
                }
            }
            Some(Token::Number(role, set)) => {
                let chart = self.chart(text, at, depth + 1, charts);
                let items: Vec<Item> = charts.get(chart).map(|chart| chart.of(*set).collect()).unwrap_or_default();
                for item in items {
                    if let Some(parts) = production.with(parts, *role, item) {
                        self.run(number, token + 1, item.end, parts, text, depth, charts, found);
                    }
                }
            }
        }
    }

    /// Whether its words are the same for many numbers.
    fn is_open(&self, production: &Production) -> bool {
        production.parts.rest.is_none()
            && !self.sets[production.set].public
            && !production.tokens.iter().any(|token| matches!(token, Token::Number(..)))
    }

    /// Whether a literal that begins a number stands here.
    fn has_literal(&self, text: &str, at: usize) -> bool {
        let (mut node, mut at) = (self.trie.first(), at);
        while let Some(branch) = node
            && let Some((found, end)) = letter(text, at)
            && let Ok(place) = branch.next.binary_search_by_key(&found, |(c, _)| *c)
        {
            (node, at) = (self.trie.get(branch.next[place].1), end);
            if node.is_some_and(|node| !node.productions.is_empty()) {
                return true;
            }
        }
        false
    }

    /// The productions that begin with a literal that stands here, each with the literal's end.
    fn literals(&self, text: &Text<'_>, at: usize) -> Vec<(usize, usize)> {
        let (mut found, mut node, mut at) = (Vec::new(), 0, at);
        while let Some((letter, end)) = text.letter(at) {
            let next = self.trie.get(node).and_then(|node| {
                let place = node.next.binary_search_by_key(&letter, |(c, _)| *c).ok()?;
                node.next.get(place)
            });
            let Some((_, next)) = next else { break };
            (node, at) = (*next, end);
            found.extend(self.trie[node].productions.iter().map(|production| (*production, at)));
        }
        found
    }
}

impl Production {
    /// The parts with one more; `None` where it cannot be one of this rule.
    fn with(&self, parts: Parts, role: Role, item: Item) -> Option<Parts> {
        if item.limit > item.value + 1 {
            return Some(Parts { within: Some((role, item.value, item.limit)), ..parts });
        }
        let value = item.value;
        match role {
            Role::Same => (self.base..self.limit).contains(&value).then_some(Parts { same: Some(value), ..parts }),
            Role::Rest => {
                let possible = value < self.divisor && !(self.rest && value == 0);
                possible.then_some(Parts { rest: Some(value), ..parts })
            }
            Role::Multiple => {
                let least = value.checked_mul(self.divisor)?;
                let possible = least < self.limit && least.saturating_add(self.divisor) > self.base;
                possible.then_some(Parts { multiple: Some(value), ..parts })
            }
        }
    }

    /// What the whole is worth; `None` where the rule does not write it so.
    fn value(&self, parts: Parts) -> Option<u64> {
        let value = match parts {
            Parts { same: Some(value), .. } => value,
            Parts { multiple: None, rest: None, within: None, .. } => self.base,
            Parts { multiple: None, rest: None, within: Some((Role::Same, from, _)), .. } => from,
            Parts { multiple, rest, within, .. } => {
                // Where nothing else says which number it is, it is the first of the range.
                let first = |wanted| within.filter(|(role, ..)| *role == wanted).map(|(_, from, _)| from);
                let multiple = multiple.or_else(|| first(Role::Multiple)).unwrap_or(self.base / self.divisor);
                let rest = rest.or_else(|| first(Role::Rest)).unwrap_or_default();
                multiple.checked_mul(self.divisor)?.checked_add(rest)?
            }
        };
        let agrees = parts.within.is_none_or(|(role, from, to)| {
            let part = match role {
                Role::Same => value,
                Role::Rest => value % self.divisor,
                Role::Multiple => value / self.divisor,
            };
            (from..to).contains(&part)
        });
        (agrees && (self.base..self.limit).contains(&value)).then_some(value)
    }
}

/// The base of a rule and its divisor: the greatest power of the radix that is not above the base.
fn base(head: &str) -> Option<(u64, u64)> {
    let lower = head.chars().filter(|c| *c == '>').count();
    let head = head.trim_end_matches('>');
    let (base, radix) = head.split_once('/').unwrap_or((head, "10"));
    let (base, radix): (u64, u64) = (base.parse().ok()?, radix.parse().ok()?);
    let mut divisor = 1_u64;
    while radix > 1 && divisor.checked_mul(radix).is_some_and(|next| next <= base) {
        divisor *= radix;
    }
    Some((base, (0..lower).fold(divisor, |divisor, _| (divisor / radix).max(1))))
}

/// The body with its bracket and without it; one alone where there is none.
fn brackets(body: &str) -> Vec<(Option<bool>, String)> {
    let parts = body
        .split_once('[')
        .and_then(|(before, rest)| rest.split_once(']').map(|(inner, after)| (before, inner, after)));
    let Some((before, inner, after)) = parts else { return vec![(None, body.to_owned())] };
    let (with, without) = inner.split_once('|').unwrap_or((inner, ""));
    vec![(Some(true), format!("{before}{with}{after}")), (Some(false), format!("{before}{without}{after}"))]
}

/// The body once for each form of a plural in it.
fn plurals(body: &str) -> Vec<String> {
    let parts = body
        .split_once("$(")
        .and_then(|(before, rest)| rest.split_once(")$").map(|(inner, after)| (before, inner, after)));
    let Some((before, inner, after)) = parts else { return vec![body.to_owned()] };
    let forms = inner.split('{').skip(1).filter_map(|form| form.split_once('}')).map(|(form, _)| form);
    let mut bodies: Vec<String> = forms.flat_map(|form| plurals(&format!("{before}{form}{after}"))).collect();
    bodies.sort();
    bodies.dedup();
    bodies
}

/// Literals and numbers of a body.
fn tokens(body: &str, own: usize, names: &HashMap<&str, usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut literal = String::new();
    let mut rest = body.strip_prefix('\'').unwrap_or(body);
    while let Some(mark) = rest.chars().next() {
        let role = match mark {
            '←' => Some(Role::Multiple),
            '→' => Some(Role::Rest),
            '=' => Some(Role::Same),
            _ => None,
        };
        let inner = &rest[mark.len_utf8()..];
        let Some((role, (name, after))) = role.zip(inner.split_once(mark)) else {
            literal.push(mark);
            rest = inner;
            continue;
        };
        if !literal.is_empty() {
            tokens.push(Token::Literal(normal(&std::mem::take(&mut literal))));
        }
        tokens.push(Token::Number(role, names.get(name).copied().unwrap_or(own)));
        rest = after.strip_prefix('→').filter(|_| name.is_empty() && role == Role::Rest).unwrap_or(after);
    }
    if !literal.is_empty() {
        tokens.push(Token::Literal(normal(&literal)));
    }
    tokens.retain(|token| !matches!(token, Token::Literal(text) if text.is_empty()));
    tokens
}

/// A literal as it is compared: lower case, one space for every kind of space and hyphen, no soft hyphens.
fn normal(literal: &str) -> String {
    let mut normal = String::new();
    for c in literal.chars().filter(|c| *c != '\u{AD}').flat_map(char::to_lowercase) {
        match if is_gap(c) { ' ' } else { c } {
            ' ' if normal.ends_with(' ') => {}
            c => normal.push(c),
        }
    }
    normal
}

/// What may stand between two number words.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn bit(letter: char) -> u64 {
    1 << (u32::from(letter) % 64)
}

/// The letter at a place as it is compared, and where the next one begins. A soft hyphen is passed over; spaces are one.
fn letter(text: &str, at: usize) -> Option<(char, usize)> {
    let byte = *text.as_bytes().get(at)?;
    if byte.is_ascii_alphabetic() {
        return Some((char::from(byte.to_ascii_lowercase()), at + 1));
    }
    let rest = text.get(at..)?;
    // The letters that most texts beyond ASCII are made of, without a look into tables: Cyrillic, kana, Han, Hangul.
    let found = rest.chars().next()?;
    let lower = match found {
        '\u{430}'..='\u{44F}' | '\u{3041}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => {
            Some(found)
        }
        '\u{410}'..='\u{42F}' => char::from_u32(u32::from(found) + 0x20),
        _ => None,
    };
    if let Some(lower) = lower {
        return Some((lower, at + found.len_utf8()));
    }
    let rest = rest.trim_start_matches('\u{AD}');
    let first = rest.chars().next()?;
    let start = text.len() - rest.len();
    if is_gap(first) {
        let gap: usize = rest.chars().take_while(|c| c.is_whitespace()).map(char::len_utf8).sum();
        return Some((' ', start + gap.max(first.len_utf8())));
    }
    Some((first.to_lowercase().next().unwrap_or(first), start + first.len_utf8()))
}

/// A letter of a script that sets no spaces between words: Han, kana, Thai and its neighbours; and Hangul, which joins its particles.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}'
        | '\u{3005}'..='\u{30FF}' | '\u{3130}'..='\u{318F}' | '\u{31F0}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}')
}

/// A combining mark.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "%spellout-cardinal:\nx.x: ←← point →→\n0: zero\n1: one\n2: two\n3: three\n4: four\n5: five\n6: six\n7: seven\n\
        8: eight\n9: nine\n10: ten\n11: eleven\n12: twelve\n13: thirteen\n14: =%spellout-cardinal-verbose=\n20: twenty[-→→]\n30: thirty[-→→]\n40: forty[-→→]\n100: ←← hundred[ →→]\n\
        1000: ←← thousand[ →→]\n1000000: ←← million[ →→]\n%%and:\n1: ' and =%spellout-cardinal-verbose=\n100: ' =%spellout-cardinal-verbose=\n\
        %spellout-cardinal-verbose:\n0: =%spellout-cardinal=\n100: ←← hundred[→%%and→]\n1000: ←← thousand[→%%and→]\n%spellout-ordinal:\n1: first\n2: second\n\
        13: =%spellout-cardinal=th\n";

    fn read(text: &str) -> Option<(&str, u64, bool)> {
        Spellout::new(ENGLISH).read(text, 0).map(|words| (&text[..words.end], words.value, words.ordinal))
    }

    #[test]
    fn the_longest_number_is_read() {
        assert_eq!(read("twenty-one trees"), Some(("twenty-one", 21, false)));
        assert_eq!(
            read("Two Hundred and thirteen thousand and forty"),
            Some(("Two Hundred and thirteen thousand and forty", 213_040, false))
        );
        assert_eq!(read("two hundred hundred"), Some(("two hundred", 200, false)));
        assert_eq!(read("thirteenth (13th)"), Some(("thirteenth", 13, true)));
        assert_eq!(read("three and four"), Some(("three", 3, false)));
    }

    #[test]
    fn a_word_that_only_begins_like_one_is_none() {
        assert_eq!(read("tension"), None);
        assert_eq!(read("nines"), None);
        assert_eq!(read("onerous"), None);
    }

    #[test]
    fn figures_after_the_point_are_read_one_by_one() {
        let text = "one point four million";
        let words = Spellout::new(ENGLISH).read(text, 0);
        assert_eq!(words, Some(Words { end: 14, value: 1, decimals: Some((4, 1)), ordinal: false }));
    }

    #[test]
    fn a_chain_without_end_ends() {
        let text = "one thousand one million ".repeat(5_000);
        assert!(Spellout::new(ENGLISH).read(&text, 0).is_some());
    }
}
