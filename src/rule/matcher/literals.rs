//! The literals that a pattern requires: a text without any of them holds no match.

use super::Pattern;
use super::look_around::with_its_edges;
use super::syntax::{self, SMALL_CLASS, is_worth};
use crate::source::embedded;
use regex_syntax::hir::{
    Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition,
};

/// Repetitions that are counted where patterns are woken.
const COUNTED: u32 = 4;

/// Literals, ASCII letters in lower case, one of which stands in every match of a pattern; for a pattern that is a literal itself,
/// every way it may be written. `None` where the pattern requires none.
pub(super) fn required(pattern: &Pattern) -> Option<Vec<String>> {
    if !pattern.regex {
        return Some(spellings(&pattern.text, pattern.ignore_case));
    }
    let mut literals = told(&pattern.text)?;
    if pattern.ignore_case || ignores_case(&pattern.text) {
        literals = literals.iter().flat_map(|literal| in_either_case(literal)).collect();
        literals = Some(literals).filter(|literals| literals.iter().all(|literal| is_worth(literal)))?;
    }
    literals.sort();
    // Where a literal stands, one that begins it stands too.
    literals.dedup_by(|longer, literal| longer.starts_with(literal.as_str()));
    Some(literals)
}

/// What the syntax of an expression requires; of our own packs it was told when the program was built.
fn told(text: &str) -> Option<Vec<String>> {
    match embedded::REQUIRED.binary_search_by_key(&text, |(text, _)| text) {
        Ok(at) => Some(embedded::REQUIRED[at].1)
            .filter(|all| !all.is_empty())
            .map(|all| all.split('\0').map(str::to_owned).collect()),
        Err(_) => syntax::literals(text),
    }
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
