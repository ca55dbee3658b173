//! What the kinds of this family share: words and patterns as rules write them, exceptions, and the case of a replacement.

use crate::diagnostic::Diagnostic;
use crate::rule::{Hit, Pattern, Reading, Setup};
use crate::settings::{Key, Shape, Value};
use std::ops::Range;

/// Words, written as they are.
pub const WORDS: Key = Key::new("words", Shape::List(&Shape::Text), "Words or phrases, matched as whole words.");
/// Patterns.
pub const PATTERNS: Key =
    Key::new("patterns", Shape::List(&Shape::Text), "Regular expressions; look-around is allowed and bounded.");
/// Case.
pub const IGNORE_CASE: Key = Key::new("ignore-case", Shape::Bool, "Upper and lower case are alike; false by default.");
/// Word boundaries of patterns.
pub const WHOLE_WORDS: Key =
    Key::new("whole-words", Shape::Bool, "Matches begin and end at the boundary of a word; true by default for words.");
/// Exceptions.
pub const EXCEPT: Key = Key::new(
    "except",
    Shape::List(&Shape::Text),
    "Words that are right where they stand: matches that hold one of them, or lie inside it.",
);
/// Quotations.
pub const QUOTATIONS: Key = Key::new(
    "in-quotations",
    Shape::Bool,
    "Looks inside quotation marks too; false by default, for they are somebody's words.",
);

/// Where the patterns of a rule match and where they do not.
pub struct Tokens {
    /// Words first, then patterns, then the exceptions.
    pub patterns: Vec<Pattern>,
    exceptions: usize,
    in_quotations: bool,
}

impl Tokens {
    /// Reads `words`, `patterns` and what qualifies them.
    pub fn read(setup: &Setup<'_>) -> Result<Tokens, Vec<Diagnostic>> {
        let table = setup.table;
        let ignore_case = table.bool("ignore-case").unwrap_or(false);
        let mut tokens = Tokens::with(setup);
        let mut mistakes = Vec::new();
        for (key, regex) in [("words", false), ("patterns", true)] {
            for (text, range) in table.get(key).into_iter().flat_map(Value::texts) {
                let word = table.bool("whole-words").unwrap_or(!regex);
                match setup.pattern(Pattern { text: text.into(), regex, ignore_case, word }, range) {
                    Ok(pattern) => tokens.patterns.push(pattern),
                    Err(mistake) => mistakes.push(mistake),
                }
            }
        }
        if tokens.patterns.is_empty() && mistakes.is_empty() {
            mistakes.push(setup.mistake(setup.place(), "a rule without “words” and “patterns” finds nothing"));
        }
        tokens.finish(setup, mistakes)
    }

    /// No patterns yet, but what qualifies them.
    pub fn with(setup: &Setup<'_>) -> Tokens {
        let in_quotations = setup.table.bool("in-quotations").unwrap_or(false);
        Tokens { patterns: Vec::new(), exceptions: 0, in_quotations }
    }

    /// Adds the exceptions behind the patterns.
    pub fn finish(mut self, setup: &Setup<'_>, mistakes: Vec<Diagnostic>) -> Result<Tokens, Vec<Diagnostic>> {
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        self.exceptions = self.patterns.len();
        let except = setup.table.texts("except").into_iter().filter(|word| !word.is_empty());
        self.patterns.extend(except.map(|word| Pattern::literal(word).as_word()));
        Ok(self)
    }

    /// The hits that count: of a pattern, in prose, outside exceptions, and outside quotations unless the rule asks for them.
    pub fn matches<'h>(&'h self, reading: &'h Reading<'_>, hits: &'h [Hit]) -> impl Iterator<Item = &'h Hit> {
        let exceptions: Vec<&Range<usize>> =
            hits.iter().filter(|hit| hit.pattern >= self.exceptions).map(|hit| &hit.range).collect();
        // How far any exception that started so far reaches.
        let reach: Vec<usize> = exceptions
            .iter()
            .scan(0, |far: &mut usize, exception| {
                *far = (*far).max(exception.end);
                Some(*far)
            })
            .collect();
        let excepted = move |range: &Range<usize>| {
            let before = exceptions.partition_point(|exception| exception.start <= range.start);
            let within = before > 0 && reach[before - 1] >= range.end;
            let first = exceptions.partition_point(|exception| exception.start < range.start);
            within || exceptions[first..].iter().take_while(|e| e.start < range.end).any(|e| e.end <= range.end)
        };
        hits.iter().filter(move |hit| {
            hit.pattern < self.exceptions
                && !excepted(&hit.range)
                && !reading.is_opaque(&hit.range)
                && (self.in_quotations || !reading.is_quoted(&hit.range))
        })
    }
}

/// Fills what was found, and what the house writes instead, into the message of a rule.
pub fn filled(mut finding: Diagnostic, found: &str, instead: &str) -> Diagnostic {
    if finding.message.contains('{') {
        let message = finding.message.replace("{instead}", instead);
        finding.message = message.replace("{found}", &format!("“{found}”"));
    }
    finding
}

/// A replacement in the case of what it replaces: “Log into” gives “Log in to”, “LOG INTO” gives “LOG IN TO”. A short word in
/// capitals is an abbreviation, whose capitals mean nothing for another word.
pub fn like(found: &str, replacement: &str) -> String {
    let letters = || found.chars().filter(|c| c.is_alphabetic());
    let all_upper = letters().count() > 4 && letters().all(char::is_uppercase);
    let first_upper = letters().next().is_some_and(char::is_uppercase);
    let mut rest = replacement.chars();
    match rest.next() {
        _ if all_upper => replacement.to_uppercase(),
        Some(first) if first_upper && first.is_lowercase() => first.to_uppercase().chain(rest).collect(),
        _ => replacement.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::like;

    #[test]
    fn a_replacement_takes_the_case_of_what_it_replaces() {
        assert_eq!(like("Log into", "log in to"), "Log in to");
        assert_eq!(like("LOG INTO", "log in to"), "LOG IN TO");
        assert_eq!(like("log into", "log in to"), "log in to");
        assert_eq!(like("a", "GitHub"), "GitHub");
        assert_eq!(like("CLI", "command line"), "Command line");
    }
}
