//! The literals that a pattern requires: a text without any of them holds no match.

use super::Pattern;
use regex_syntax::ast::{Ast, ClassSet, ClassSetItem, RepetitionKind, RepetitionRange, parse::Parser};
use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition,
};

/// More literals than this for one pattern wake it no more rarely than asking about every block.
const MOST: usize = 256;

/// Letters and digits a required literal must have to be worth looking for.
const SHORTEST: usize = 3;

/// Weight from which on a literal is rare enough; from there, fewer literals are better than rarer ones.
const RARE_ENOUGH: usize = 16;

/// Repetitions that are counted where patterns are woken.
const COUNTED: u32 = 4;

/// Characters of a class that are looked for one by one.
const SMALL_CLASS: usize = 8;

/// Literals, ASCII letters in lower case, one of which stands in every match of a pattern; for a pattern that is a literal itself,
/// every way it may be written. `None` where the pattern requires none.
pub(super) fn required(pattern: &Pattern) -> Option<Vec<String>> {
    if !pattern.regex {
        return Some(spellings(&pattern.text, pattern.ignore_case));
    }
    // The syntax says enough: what its classes hold of all Unicode, which takes as long again to tell, is no literal.
    let mut literals = Told::of(&Parser::new().parse(&with_its_edges(&pattern.text)).ok()?).best()?;
    if pattern.ignore_case || ignores_case(&pattern.text) {
        literals = literals.iter().flat_map(|literal| in_either_case(literal)).collect();
        literals = Some(literals).filter(|literals| literals.iter().all(|literal| is_worth(literal)))?;
    }
    literals.sort();
    // Where a literal stands, one that begins it stands too.
    literals.dedup_by(|longer, literal| longer.starts_with(literal.as_str()));
    Some(literals)
}

/// Whether an expression itself says that case does not matter in some part of it, as `(?i:…)` does.
fn ignores_case(text: &str) -> bool {
    let flags = |at: usize| text[at + 2..].bytes().take_while(u8::is_ascii_alphabetic);
    text.match_indices("(?").any(|(at, _)| flags(at).any(|flag| flag == b'i'))
}

/// The expression without look-around, and with regard to case: folding the case of whole alphabets is what costs, and the
/// automata fold ASCII letters by themselves.
fn parsed(pattern: &Pattern) -> Option<Hir> {
    regex_syntax::parse(&format!("(?m){}", with_its_edges(&pattern.text))).ok()
}

/// A literal with the letters outside ASCII in either case, cut where the ways become many.
fn in_either_case(literal: &str) -> Vec<String> {
    if literal.is_ascii() {
        return vec![literal.to_owned()];
    }
    let mut ways = vec![String::new()];
    for c in literal.chars() {
        if c.is_ascii() {
            ways.iter_mut().for_each(|way| way.push(c));
            continue;
        }
        // The capital of ß is two letters of ASCII.
        let folded = |case: String| case.to_ascii_lowercase();
        let mut cases = [c.to_string(), c.to_lowercase().collect(), c.to_uppercase().collect()].map(folded).to_vec();
        cases.sort();
        cases.dedup();
        if ways.len() * cases.len() > SMALL_CLASS {
            break;
        }
        ways = ways.iter().flat_map(|way| cases.iter().map(move |case| format!("{way}{case}"))).collect();
    }
    ways
}

/// The expression over bytes that wakes a pattern without required literals: it matches wherever the pattern does, and perhaps
/// elsewhere. Boundaries, high counts and the kinds of letters outside ASCII are left out, so that the expressions of many rules
/// make one small automaton.
pub(super) fn waker(pattern: &Pattern) -> Hir {
    let Some(hir) = parsed(pattern) else { return Hir::empty() };
    Hir::concat(trimmed(&hir).into_iter().map(|part| looser(part, pattern.ignore_case)).collect())
}

/// The expression without what may be absent at its end: whether there is a match does not depend on it.
fn trimmed(hir: &Hir) -> Vec<&Hir> {
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.iter().collect(),
        _ => vec![hir],
    };
    let may_be_absent = |hir: &&&Hir| hir.properties().minimum_len() == Some(0);
    let before = parts.iter().take_while(may_be_absent).count();
    let after = parts[before..].iter().rev().take_while(may_be_absent).count();
    parts[before..parts.len() - after].to_vec()
}

fn looser(hir: &Hir, ignore_case: bool) -> Hir {
    let looser = |hir| looser(hir, ignore_case);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Hir::empty(),
        HirKind::Literal(literal) if ignore_case => {
            let runs = literal.0.chunk_by(|a, b| a.is_ascii() == b.is_ascii());
            let either = |byte: &u8| of_bytes([(*byte, *byte)], true);
            Hir::concat(
                runs.flat_map(|run| if run[0].is_ascii() { run.iter().map(either).collect() } else { vec![outside()] })
                    .collect(),
            )
        }
        HirKind::Literal(literal) => Hir::literal(literal.0.clone()),
        HirKind::Class(class) => loose_class(class, ignore_case),
        HirKind::Capture(capture) => looser(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(looser).collect()),
        HirKind::Alternation(branches) => Hir::alternation(branches.iter().map(looser).collect()),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.filter(|most| *most <= COUNTED);
            repeated(repetition.min.min(COUNTED), most, looser(&repetition.sub))
        }
    }
}

/// A class; of characters outside ASCII, only the first byte counts, but where they are a few ranges.
fn loose_class(class: &Class, ignore_case: bool) -> Hir {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start() as u32, range.end() as u32)).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let ascii = ranges.iter().filter(|(start, _)| *start < 0x80);
    let ascii: Vec<_> = ascii.map(|(start, end)| (*start as u8, (*end).min(0x7f) as u8)).collect();
    let others = ranges.iter().filter(|(_, end)| *end >= 0x80);
    let leads: Vec<_> = others.map(|(start, end)| (lead(*start.max(&0x80)), lead(*end))).collect();
    let beyond = || match class {
        _ if ignore_case => outside(),
        Class::Unicode(class) if leads.len() <= SMALL_CLASS => {
            let mut beyond = class.clone();
            beyond.intersect(&ClassUnicode::new([ClassUnicodeRange::new('\u{80}', char::MAX)]));
            Hir::class(Class::Unicode(beyond))
        }
        _ => Hir::concat(vec![
            of_bytes(leads.iter().copied(), false),
            repeated(1, None, of_bytes([(0x80, 0xBF)], false)),
        ]),
    };
    match (ascii.is_empty(), leads.is_empty()) {
        (_, true) => of_bytes(ascii, ignore_case),
        (true, false) => beyond(),
        (false, false) => Hir::alternation(vec![of_bytes(ascii, ignore_case), beyond()]),
    }
}

/// A run of bytes that ASCII does not have: whatever its case may be.
fn outside() -> Hir {
    repeated(1, None, of_bytes([(0x80, 0xFF)], false))
}

fn of_bytes(ranges: impl IntoIterator<Item = (u8, u8)>, ignore_case: bool) -> Hir {
    let mut class = ClassBytes::new(ranges.into_iter().map(|(start, end)| ClassBytesRange::new(start, end)));
    if ignore_case {
        class.case_fold_simple();
    }
    Hir::class(Class::Bytes(class))
}

fn repeated(min: u32, max: Option<u32>, sub: Hir) -> Hir {
    Hir::repetition(Repetition { min, max, greedy: true, sub: Box::new(sub) })
}

/// The first byte of a character in UTF-8.
fn lead(point: u32) -> u8 {
    let mut bytes = [0; 4];
    char::from_u32(point).unwrap_or(char::REPLACEMENT_CHARACTER).encode_utf8(&mut bytes);
    bytes[0]
}

/// How a literal may be written; the automaton folds ASCII letters by itself.
fn spellings(text: &str, ignore_case: bool) -> Vec<String> {
    let mut all = vec![text.to_owned()];
    if ignore_case && !text.is_ascii() {
        let mut letters = text.chars();
        let title: String =
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
        all.extend([text.to_lowercase(), text.to_uppercase(), title]);
    }
    let mut folded: Vec<String> = all.into_iter().map(|spelling| spelling.to_ascii_lowercase()).collect();
    folded.sort();
    folded.dedup();
    folded
}

/// What the syntax of an expression tells about the texts that it matches.
#[derive(Default)]
struct Told {
    /// All of them, ASCII letters in lower case, where they are few.
    exact: Option<Vec<String>>,
    /// Where they are many, those one of which stands at either end.
    repeated: Option<Vec<String>>,
    /// Where they are many, the set of literals that requires most.
    best: Option<Vec<String>>,
}

impl Told {
    fn exactly(texts: Vec<String>) -> Self {
        Told { exact: Some(texts), ..Told::default() }
    }

    fn of(ast: &Ast) -> Self {
        match ast {
            Ast::Empty(_) | Ast::Flags(_) | Ast::Assertion(_) => Told::exactly(vec![String::new()]),
            Ast::Literal(literal) => Told::exactly(vec![literal.c.to_ascii_lowercase().to_string()]),
            Ast::ClassBracketed(class) if !class.negated => Told { exact: characters(&class.kind), ..Told::default() },
            Ast::Group(group) => Told::of(&group.ast),
            Ast::Repetition(repetition) => Told::of(&repetition.ast).repeated(times(&repetition.op.kind)),
            Ast::Alternation(branches) => Told::either(branches.asts.iter().map(Told::of).collect()),
            Ast::Concat(parts) => Told::together(&parts.asts),
            _ => Told::default(),
        }
    }

    /// The set of literals that requires most, where it is worth looking for.
    fn best(self) -> Option<Vec<String>> {
        self.exact.filter(|literals| are_worth(literals)).or(self.best)
    }

    /// The same some times, at least and at most.
    fn repeated(self, times: (u32, Option<u32>)) -> Self {
        match (times, self.exact) {
            ((1, Some(1)), exact) => Told { exact, ..self },
            ((0, Some(1)), Some(mut texts)) if texts.len() < SMALL_CLASS => {
                texts.push(String::new());
                Told::exactly(texts)
            }
            ((0, _), _) => Told::default(),
            (_, Some(texts)) => {
                Told { best: Some(texts.clone()).filter(|texts| are_worth(texts)), repeated: Some(texts), exact: None }
            }
            (_, None) => Told { best: self.best, ..Told::default() },
        }
    }

    fn either(branches: Vec<Told>) -> Self {
        let count = |told: &Told| told.exact.as_ref().map(Vec::len);
        if branches.iter().map(count).sum::<Option<usize>>().is_some_and(|count| count <= SMALL_CLASS) {
            return Told::exactly(branches.into_iter().filter_map(|told| told.exact).flatten().collect());
        }
        let branches: Option<Vec<_>> = branches.into_iter().map(Told::best).collect();
        Told { best: branches.map(|sets| sets.concat()).filter(|set| are_worth(set)), ..Told::default() }
    }

    /// One part after the other. Parts of a few texts make runs: texts that stand in the match as one.
    fn together(parts: &[Ast]) -> Self {
        let (mut runs, mut sets, mut is_exact) = (vec![vec![String::new()]], Vec::new(), true);
        for part in parts {
            if let (Ast::Literal(literal), Some(run)) = (part, runs.last_mut()) {
                run.iter_mut().for_each(|text| text.push(literal.c.to_ascii_lowercase()));
                continue;
            }
            let told = Told::of(part);
            is_exact &= told.exact.is_some();
            sets.extend(told.best);
            match (told.exact, told.repeated) {
                (Some(texts), _) => extend(&mut runs, texts),
                // What is repeated ends one run and begins the next.
                (None, Some(texts)) => {
                    extend(&mut runs, texts.clone());
                    runs.push(texts);
                }
                (None, None) => runs.push(vec![String::new()]),
            }
        }
        if is_exact && runs.len() == 1 {
            return Told { exact: runs.pop(), ..Told::default() };
        }
        let best = runs.into_iter().filter(|run| are_worth(run)).chain(sets).max_by_key(|set| {
            let rarity = set.iter().map(|literal| rarity(literal)).min().unwrap_or_default();
            (rarity.min(RARE_ENOUGH), std::cmp::Reverse(set.len()), rarity)
        });
        Told { best, ..Told::default() }
    }
}

/// Whether looking for these literals is worth it.
fn are_worth(literals: &[String]) -> bool {
    literals.len() <= MOST && literals.iter().all(|literal| is_worth(literal))
}

/// How often a repetition repeats: at least, and at most where it ends.
fn times(kind: &RepetitionKind) -> (u32, Option<u32>) {
    match *kind {
        RepetitionKind::ZeroOrOne => (0, Some(1)),
        RepetitionKind::ZeroOrMore => (0, None),
        RepetitionKind::OneOrMore => (1, None),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => (count, Some(count)),
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => (least, None),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (least, Some(most)),
    }
}

/// Whether a literal is rare enough to be looked for: three letters and digits, or a mark that few sentences have.
fn is_worth(literal: &str) -> bool {
    literal.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST || literal.chars().any(is_rare)
}

/// How rarely a literal stands in a text: a mark that few sentences have says as much as four letters.
fn rarity(literal: &str) -> usize {
    let weight = |c: char| if is_rare(c) { 8 } else { 1 + usize::from(c.is_alphanumeric()) };
    literal.chars().map(weight).sum()
}

fn is_rare(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && !".,-'’".contains(c)
}

/// Goes on with the last run, or begins another where its ways would become many.
fn extend(runs: &mut Vec<Vec<String>>, spellings: Vec<String>) {
    match runs.last_mut() {
        Some(run) if run.len() * spellings.len() <= SMALL_CLASS => {
            *run = run.iter().flat_map(|start| spellings.iter().map(move |end| format!("{start}{end}"))).collect();
        }
        _ => runs.push(spellings),
    }
}

/// The characters of a small class, ASCII letters in lower case.
fn characters(class: &ClassSet) -> Option<Vec<String>> {
    fn put(item: &ClassSetItem, all: &mut Vec<char>) -> Option<()> {
        match item {
            ClassSetItem::Empty(_) => {}
            ClassSetItem::Literal(literal) => all.push(literal.c.to_ascii_lowercase()),
            ClassSetItem::Range(range) => {
                let range = range.start.c..=range.end.c;
                all.extend(range.take(SMALL_CLASS + 1).map(|c| c.to_ascii_lowercase()));
            }
            ClassSetItem::Union(union) => union.items.iter().try_for_each(|item| put(item, all))?,
            _ => return None,
        }
        (all.len() <= SMALL_CLASS).then_some(())
    }
    let ClassSet::Item(item) = class else { return None };
    let mut all = Vec::new();
    put(item, &mut all)?;
    all.sort_unstable();
    all.dedup();
    Some(all.into_iter().map(String::from).collect())
}

/// Stands for what a back reference matches.
pub(super) const ANYTHING: &str = "(?s:.*)";

/// The expression without its look-around groups and back references, which only narrow what it matches.
pub(super) fn without_look_around(source: &str) -> String {
    rewritten(source, false)
}

/// The same, but with what must stand right before all of it or right behind: it matches where a match and those stand.
fn with_its_edges(source: &str) -> String {
    rewritten(source, true)
}

fn rewritten(source: &str, edges: bool) -> String {
    let bytes = source.as_bytes();
    let mut kept = String::new();
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        let opens = |start: &&&str| bytes[at] == b'(' && source[at..].starts_with(**start);
        if let Some(start) = ["(?=", "(?!", "(?<=", "(?<!"].iter().find(opens) {
            kept.push_str(&source[copied..at]);
            let end = group_end(bytes, at);
            let is_edge = *start == "(?<=" && at == 0 || *start == "(?=" && end == source.len();
            if let Some(inside) = source.get(at + start.len()..end.saturating_sub(1)).filter(|_| edges && is_edge) {
                kept.push_str(&format!("(?:{})", rewritten(inside, true)));
            }
            at = end;
            copied = at;
        } else if bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(|b| (b'1'..=b'9').contains(b)) {
            kept.push_str(&source[copied..at]);
            kept.push_str(ANYTHING);
            at += 2;
            copied = at;
        } else {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
            while !source.is_char_boundary(at.min(source.len())) {
                at += 1;
            }
        }
    }
    kept.push_str(source.get(copied..).unwrap_or_default());
    kept
}

/// What stands inside the look-behind groups of an expression.
pub(super) fn look_behinds(source: &str) -> impl Iterator<Item = &str> {
    let opens = ["(?<=", "(?<!"].into_iter().flat_map(|open| source.match_indices(open));
    opens.filter_map(|(at, open)| source.get(at + open.len()..group_end(source.as_bytes(), at).saturating_sub(1)))
}

/// The byte after the group that opens at `at`.
fn group_end(bytes: &[u8], at: usize) -> usize {
    let (mut depth, mut class, mut i) = (0usize, false, at);
    while i < bytes.len() {
        match bytes[i] {
            b'\\' => i += 1,
            b'[' => class = true,
            b']' => class = false,
            b'(' if !class => depth += 1,
            b')' if !class => {
                depth -= 1;
                if depth == 0 {
                    return i + 1;
                }
            }
            _ => {}
        }
        i += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::super::Waker;
    use super::*;

    #[test]
    fn what_wakes_a_pattern_leaves_out_what_makes_automata_large() {
        let woken = |pattern: &str, text: &str| {
            let set = Waker::new(&[waker(&Pattern::regex(pattern))]).expect("small");
            !set.matches(text).expect("short").is_empty()
        };
        assert!(woken(r"\b\d{1,2}(?=x)[ap]m\b", "it is 1234pm"));
        assert!(woken(r"X{3,9}", "XXX") && !woken(r"X{3,9}", "XX"));
        assert!(!woken(r"\d+st", "ést, est"));
        assert!(woken(r"\d+st", "٣st"));
        assert!(woken(r"[é–—]x", "—x") && !woken(r"[！-～]x", "\u{FFFC}x"));
        assert!(woken(r"(?<!b)a(?= [ei])", "a e") && !woken(r"(?<!b)a(?= [ei])", "a b"));
        let upper = waker(&Pattern::regex("a?é[éx]st").ignoring_case());
        assert!(!Waker::new(&[upper]).expect("small").matches("ÉXST").expect("short").is_empty());
        assert_eq!(waker(&Pattern::regex("a*b?")), Hir::empty());
    }

    #[test]
    fn literals_that_must_stand_in_a_match() {
        let of =
            |text: &str, ignore_case| required(&Pattern { text: text.into(), regex: true, ignore_case, word: false });
        assert_eq!(of(r"\blog\s+into\b", false), Some(vec!["into".into()]));
        assert_eq!(of(r"\blog\s+into\b", true), Some(vec!["into".into()]));
        let both = ["color", "colour", "favor", "favour"].map(String::from).to_vec();
        assert_eq!(of(r"(?:colou?r|favou?r)s?", true), Some(both));
        assert_eq!(of(r"(?<!no )reply(?= to)", false), Some(vec!["reply to".into()]));
        assert_eq!(of(r"(?<=be )[ab]\d(?=, (?!not )(?:so|no))", false), Some(vec!["be a".into(), "be b".into()]));
        assert_eq!(of(r"\d+", false), None);
        assert_eq!(of(r"(\w+) \1", false), None);
        assert_eq!(of(r"\s[—–]\s", false), Some(vec!["–".into(), "—".into()]));
        assert_eq!(of(r"\d+(?:st|nd)", false), None);
        assert_eq!(of(r"\p{L}[ \xA0]+(;)(?= )", false), Some(vec![" ; ".into(), "\u{A0}; ".into()]));
        assert_eq!(of(r"log (?:in ?to|on ?to) [^.]{1,60}", true).map(|literals| literals.len()), Some(4));
        assert_eq!(of(r"\[(?:insert|fill in)\b.*", true), Some(vec!["[fill in".into(), "[insert".into()]));
        assert_eq!(of(r"\bdélégué\b", true).map(|literals| literals.len()), Some(8));
    }
}
