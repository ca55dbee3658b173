//! The literals that a pattern requires: a text without any of them holds no match.

use super::Pattern;
use regex_syntax::hir::{Class, ClassBytes, ClassBytesRange, Hir, HirKind, Repetition};

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
    let mut literals = best(&parsed(pattern)?)?;
    if pattern.ignore_case {
        literals = literals.iter().flat_map(|literal| in_either_case(literal)).collect();
        literals = Some(literals).filter(|literals| literals.iter().all(|literal| is_worth(literal)))?;
    }
    literals.sort();
    literals.dedup();
    Some(literals)
}

/// The expression without look-around, and with regard to case: folding the case of whole alphabets is what costs, and the
/// automata fold ASCII letters by themselves.
fn parsed(pattern: &Pattern) -> Option<Hir> {
    regex_syntax::parse(&format!("(?m){}", without_look_around(&pattern.text))).ok()
}

/// A literal with the letters outside ASCII in either case, cut where the ways become many.
fn in_either_case(literal: &str) -> Vec<String> {
    if literal.is_ascii() {
        return vec![literal.to_owned()];
    }
    let mut ways = vec![String::new()];
    for c in literal.chars() {
        let mut cases = vec![c.to_string()];
        if !c.is_ascii() {
            cases.extend([c.to_lowercase().collect(), c.to_uppercase().collect()]);
            cases.sort();
            cases.dedup();
        }
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

/// A class; of characters outside ASCII, only the first byte counts.
fn loose_class(class: &Class, ignore_case: bool) -> Hir {
    let ranges: Vec<(u32, u32)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start() as u32, range.end() as u32)).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let ascii = ranges.iter().filter(|(start, _)| *start < 0x80);
    let ascii: Vec<_> = ascii.map(|(start, end)| (*start as u8, (*end).min(0x7f) as u8)).collect();
    let others = ranges.iter().filter(|(_, end)| *end >= 0x80);
    let leads: Vec<_> = others.map(|(start, end)| (lead(*start.max(&0x80)), lead(*end))).collect();
    let beyond = || match ignore_case {
        true => outside(),
        false => Hir::concat(vec![
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

/// The set of literals that requires most, where it is worth looking for.
fn best(hir: &Hir) -> Option<Vec<String>> {
    let worth = |literals: &Vec<String>| literals.len() <= MOST && literals.iter().all(|literal| is_worth(literal));
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            Some(vec![text.to_ascii_lowercase()]).filter(worth)
        }
        HirKind::Class(class) => spellings_of(class).filter(worth),
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        HirKind::Alternation(branches) => {
            let branches: Option<Vec<_>> = branches.iter().map(best).collect();
            branches.map(|branches| branches.concat()).filter(worth)
        }
        HirKind::Concat(parts) => {
            let sets = runs(parts).into_iter().filter(worth).chain(parts.iter().filter_map(best));
            sets.max_by_key(|set| {
                let rarity = set.iter().map(|literal| rarity(literal)).min().unwrap_or_default();
                (rarity.min(RARE_ENOUGH), std::cmp::Reverse(set.len()), rarity)
            })
        }
        _ => None,
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

/// Runs of parts that stand for one text in a few spellings, such as those that differ in case.
fn runs(parts: &[Hir]) -> Vec<Vec<String>> {
    let mut runs = vec![vec![String::new()]];
    for part in parts {
        match (part.kind(), exact(part)) {
            (_, Some(spellings)) => extend(&mut runs, spellings),
            // What is repeated ends one run and begins the next.
            (HirKind::Repetition(repetition), None) if repetition.min > 0 && exact(&repetition.sub).is_some() => {
                let spellings = exact(&repetition.sub).unwrap_or_default();
                extend(&mut runs, spellings.clone());
                runs.push(spellings);
            }
            _ => runs.push(vec![String::new()]),
        }
    }
    runs
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

/// Everything that an expression matches, ASCII letters in lower case, where that is a few texts.
fn exact(hir: &Hir) -> Option<Vec<String>> {
    let few = |spellings: &Vec<String>| spellings.len() <= SMALL_CLASS;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Some(vec![String::new()]),
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(|text| vec![text.to_ascii_lowercase()]),
        HirKind::Class(class) => spellings_of(class),
        HirKind::Capture(capture) => exact(&capture.sub),
        HirKind::Repetition(repetition) if repetition.max == Some(1) => {
            let mut spellings = exact(&repetition.sub)?;
            spellings.push(String::new());
            Some(spellings).filter(few)
        }
        HirKind::Repetition(_) => None,
        HirKind::Alternation(branches) => {
            let branches: Option<Vec<_>> = branches.iter().map(exact).collect();
            branches.map(|branches| branches.concat()).filter(few)
        }
        HirKind::Concat(parts) => {
            let mut runs = vec![vec![String::new()]];
            for part in parts {
                extend(&mut runs, exact(part)?);
            }
            runs.pop().filter(|_| runs.is_empty())
        }
    }
}

/// The characters of a small class, ASCII letters in lower case. `(?i)` adds the Kelvin sign to k and the long s to s, which
/// no draft has, and which would make every word with those letters many.
fn spellings_of(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let size: u32 = class.iter().map(|range| range.end() as u32 - range.start() as u32 + 1).sum();
    let chars = class.iter().flat_map(|range| range.start()..=range.end());
    let mut spellings: Vec<String> = match size as usize {
        0..=SMALL_CLASS => {
            chars.filter(|c| !"\u{212A}\u{17F}".contains(*c)).map(|c| c.to_ascii_lowercase().into()).collect()
        }
        _ => return None,
    };
    spellings.sort();
    spellings.dedup();
    Some(spellings)
}

/// Stands for what a back reference matches.
pub(super) const ANYTHING: &str = "(?s:.*)";

/// The expression without its look-around groups and back references, which only narrow what it matches.
pub(super) fn without_look_around(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut kept = String::new();
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        let look_around = ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|start| source[at..].starts_with(start));
        if look_around {
            kept.push_str(&source[copied..at]);
            at = group_end(bytes, at);
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
        assert!(woken(r"[é–—]x", "—x"));
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
        assert_eq!(of(r"(?<!no )reply(?= to)", false), Some(vec!["reply".into()]));
        assert_eq!(of(r"\d+", false), None);
        assert_eq!(of(r"(\w+) \1", false), None);
        assert_eq!(of(r"\s[—–]\s", false), Some(vec!["–".into(), "—".into()]));
        assert_eq!(of(r"\d+(?:st|nd)", false), None);
        assert_eq!(of(r"\p{L}[ \xA0]+(;)(?= )", false), Some(vec![" ;".into(), "\u{A0};".into()]));
        assert_eq!(of(r"log (?:in ?to|on ?to) [^.]{1,60}", true).map(|literals| literals.len()), Some(4));
        assert_eq!(of(r"\[(?:insert|fill in)\b.*", true), Some(vec!["[fill in".into(), "[insert".into()]));
        assert_eq!(of(r"\bdélégué\b", true).map(|literals| literals.len()), Some(8));
    }
}
