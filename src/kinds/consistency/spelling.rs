//! `consistency/spelling`: one word in two spellings, told by the letters in which spellings differ.

use super::variants::{Preference, Seen, judge, notes, report};
use crate::diagnostic::Diagnostic;
use crate::mention::word::{Case, Place, fold};
use crate::rule::{Check, Findings, Hit, Kept, Kind, Noted, Pattern, Reading, Setup};
use crate::settings::{Key, Shape, Value};
use regex::Regex;
use std::sync::OnceLock;

/// The kind.
pub const KIND: Kind = Kind {
    name: "consistency/spelling",
    page: include_str!("spelling.md"),
    keys: &[
        Key::new(
            "letters",
            Shape::List(&Shape::Text),
            "Regular expressions for whole words in small letters; their group is what the spellings differ in.",
        ),
        Key::new("accents", Shape::Bool, "Compares words that differ in nothing but an accent inside them."),
        Key::new("across", Shape::Bool, "Compares the files of a run, not the places of a text."),
        Key::new("least", Shape::Integer, "How often the common form stands there; 2 by default."),
        Key::new("ratio", Shape::Integer, "How many common places there are for a rare one; 2 by default."),
        Key::new("even", Shape::Bool, "Reports the terms of which no form is the rarer one, and changes nothing."),
    ],
    build,
};

/// Letters of the shortest word whose accents are compared.
const ACCENTED: usize = 6;
/// Letters at the end of a word whose accents may be those of another form of it (“annonce”, “annoncé”).
const ENDING: usize = 3;

struct Spelling {
    letters: Vec<String>,
    accents: bool,
    across: bool,
    preference: Preference,
    /// All of [`Spelling::letters`] in one; made when the first word is looked at.
    expression: OnceLock<Option<Regex>>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let number = |key: &str| setup.table.integer(key).and_then(|n| usize::try_from(n).ok()).unwrap_or(2).max(1);
    let mut mistakes = Vec::new();
    for (text, range) in setup.table.get("letters").into_iter().flat_map(Value::texts) {
        match setup.pattern(Pattern::regex(text), range.clone()) {
            Ok(_) if text.contains('(') => {}
            Ok(_) => mistakes.push(setup.mistake(range, "a group must say which letters differ")),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    Ok(Box::new(Spelling {
        letters: setup.table.texts("letters").into_iter().map(str::to_owned).collect(),
        accents: setup.table.bool("accents").unwrap_or(false),
        across: setup.table.bool("across").unwrap_or(false),
        preference: Preference {
            least: number("least"),
            ratio: number("ratio"),
            even: setup.table.bool("even").unwrap_or(false),
        },
        expression: OnceLock::new(),
    }))
}

impl Check for Spelling {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        if !self.across {
            report(reading, &self.seen(reading), self.preference, out);
        }
    }

    fn summarise(&self, reading: &Reading<'_>) -> Vec<Noted> {
        if self.across { notes(reading, &self.seen(reading)) } else { Vec::new() }
    }

    fn judge(&self, kept: &Kept, out: &mut Findings<'_>) {
        if self.across {
            judge(kept, self.preference, |_| true, out);
        }
    }
}

impl Spelling {
    fn expression(&self) -> Option<&Regex> {
        let make = || {
            let all: Vec<String> = self.letters.iter().map(|letters| format!("^(?:{letters})$")).collect();
            Regex::new(&all.join("|")).ok().filter(|_| !all.is_empty())
        };
        self.expression.get_or_init(make).as_ref()
    }

    /// The words that have two spellings, each with the letters in which they differ.
    fn seen(&self, reading: &Reading<'_>) -> Vec<Seen> {
        let mut seen = Vec::new();
        for word in reading.words() {
            let written = reading.slice(word.range.clone());
            let plain = match word.case {
                Case::Lower => true,
                Case::Capital => word.place == Place::Start,
                _ => false,
            };
            if !plain || word.range.len() < 4 {
                continue;
            }
            let lower = written.to_lowercase();
            if lower.len() != written.len() {
                continue;
            }
            if let Some(found) = self.expression().and_then(|expression| expression.captures(&lower)) {
                if let Some(group) = found.iter().skip(1).flatten().next() {
                    let key = format!("{}\u{0}{}", &lower[..group.start()], &lower[group.end()..]);
                    let spot = word.range.start + group.start()..word.range.start + group.end();
                    seen.push(Seen { key, range: word.range.clone(), spot });
                }
            } else if self.accents && word.case == Case::Lower && lower.chars().count() >= ACCENTED {
                seen.extend(accented(&lower).map(|key| Seen {
                    key,
                    range: word.range.clone(),
                    spot: word.range.clone(),
                }));
            }
        }
        seen
    }
}

/// What a word and one that differs in accents have in common: its letters without accents, and its ending as it stands.
fn accented(lower: &str) -> Option<String> {
    let ending = lower.char_indices().rev().nth(ENDING - 1).map(|(at, _)| at)?;
    // A prefix that makes another word with an accent: “répartir” is not “repartir”.
    let (start, rest) = (fold(&lower[..ending]), &lower[ending..]);
    (!start.starts_with("re")).then(|| format!("{start}\u{1}{rest}"))
}
