//! The literals that a pattern requires: a text without any of them holds no match.

use super::Pattern;
use regex_syntax::hir::{Class, Hir, HirKind};

/// More literals than this for one pattern wake it no more rarely than asking about every block.
const MOST: usize = 256;

/// Bytes a required literal must have to be worth looking for.
const SHORTEST: usize = 2;

/// Literals, ASCII letters in lower case, one of which stands in every match of a pattern; for a pattern that is a literal itself,
/// every way it may be written. `None` where the pattern requires none.
pub(super) fn required(pattern: &Pattern) -> Option<Vec<String>> {
    if !pattern.regex {
        return Some(spellings(&pattern.text, pattern.ignore_case));
    }
    let hir = regex_syntax::parse(&format!(
        "(?{}m){}",
        if pattern.ignore_case { "i" } else { "" },
        without_look_around(&pattern.text)
    ));
    let mut literals = best(&hir.ok()?)?;
    literals.sort();
    literals.dedup();
    Some(literals)
}

/// The expression that wakes a pattern without required literals: the pattern itself, or what is left without look-around.
pub(super) fn waker(pattern: &Pattern) -> String {
    let flags = if pattern.ignore_case { "(?im)" } else { "(?m)" };
    let source = format!("{flags}(?:{})", without_look_around(&pattern.text));
    if regex_syntax::parse(&source).is_ok() { source } else { String::new() }
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
    let worth =
        |literals: &Vec<String>| literals.len() <= MOST && literals.iter().all(|literal| literal.len() >= SHORTEST);
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            Some(vec![text.to_ascii_lowercase()]).filter(worth)
        }
        HirKind::Capture(capture) => best(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => best(&repetition.sub),
        HirKind::Alternation(branches) => {
            let branches: Option<Vec<_>> = branches.iter().map(best).collect();
            branches.map(|branches| branches.concat()).filter(worth)
        }
        HirKind::Concat(parts) => {
            let runs = runs(parts).into_iter().map(|run| vec![run]).filter(worth);
            let sets = runs.chain(parts.iter().filter_map(best));
            sets.max_by_key(|set| (set.iter().map(String::len).min(), std::cmp::Reverse(set.len())))
        }
        _ => None,
    }
}

/// Runs of parts that stand for one ASCII text whatever its case, as `(?i)` writes them.
fn runs(parts: &[Hir]) -> Vec<String> {
    let mut runs = vec![String::new()];
    for part in parts {
        let letters = match part.kind() {
            HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok().map(str::to_ascii_lowercase),
            HirKind::Class(class) => one_letter(class).map(String::from),
            _ => None,
        };
        match (letters, runs.last_mut()) {
            (Some(letters), Some(run)) => run.push_str(&letters),
            _ => runs.push(String::new()),
        }
    }
    runs
}

/// The ASCII letter whose cases a class holds. `(?i)` adds the Kelvin sign to k and the long s to s; a text with one of those
/// instead is no loss.
fn one_letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let mut letter = None;
    for range in class.iter() {
        if range.end() as u32 - range.start() as u32 > 1 {
            return None;
        }
        for c in range.start()..=range.end() {
            let folded = match c {
                '\u{212A}' => 'k',
                '\u{17F}' => 's',
                c if c.is_ascii() => c.to_ascii_lowercase(),
                _ => return None,
            };
            if letter.is_some_and(|letter| letter != folded) {
                return None;
            }
            letter = Some(folded);
        }
    }
    letter
}

/// The expression without its look-around groups and back references, which only narrow what it matches.
fn without_look_around(source: &str) -> String {
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
            kept.push_str("(?s:.*)");
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
    use super::*;

    #[test]
    fn literals_that_must_stand_in_a_match() {
        let of =
            |text: &str, ignore_case| required(&Pattern { text: text.into(), regex: true, ignore_case, word: false });
        assert_eq!(of(r"\blog\s+into\b", false), Some(vec!["into".into()]));
        assert_eq!(of(r"\blog\s+into\b", true), Some(vec!["into".into()]));
        assert_eq!(of(r"(?:colou?r|favou?r)s?", true), Some(vec!["colo".into(), "favo".into()]));
        assert_eq!(of(r"(?<!no )reply(?= to)", false), Some(vec!["reply".into()]));
        assert_eq!(of(r"\d+", false), None);
        assert_eq!(of(r"(\w+) \1", false), None);
    }
}
