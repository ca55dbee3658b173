//! `wording/case`: how words are capitalised in titles and headings, or wherever a rule looks.

use super::options::filled;
use crate::diagnostic::Diagnostic;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "wording/case",
    page: include_str!("case.md"),
    keys: &[
        Key::new("style", Shape::OneOf(&["sentence", "title", "lower", "upper"]), "How a text is capitalised."),
        Key::new("pattern", Shape::Text, "A regular expression that the whole text must match, instead of a style."),
        Key::new("small-words", Shape::List(&Shape::Text), "Words that a title does not capitalise."),
        Key::new(
            "small-words-of",
            Shape::OneOf(&["ap", "chicago"]),
            "Whose small words hold where none are listed: the Associated Press's (the default), or Chicago's.",
        ),
        Key::new("names", Shape::List(&Shape::Text), "Names and abbreviations that keep their capitals."),
        Key::new("share", Shape::Number, "How many of the words must follow the style, from 0 to 1; 0.8 by default."),
        Key::new("after-colon", Shape::Bool, "In a sentence, the first word after a colon may have a capital."),
    ],
    build,
};

/// The articles, conjunctions and short prepositions that the Associated Press keeps small in a title.
const SMALL: &[&str] = &[
    "a", "an", "and", "as", "at", "but", "by", "for", "if", "in", "nor", "of", "on", "or", "so", "the", "to", "up",
    "yet",
];

/// Chicago keeps every preposition small.
const CHICAGO: &[&str] = &[
    "a",
    "about",
    "above",
    "across",
    "after",
    "against",
    "along",
    "among",
    "an",
    "and",
    "around",
    "as",
    "at",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "between",
    "beyond",
    "but",
    "by",
    "down",
    "during",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "nor",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "out",
    "outside",
    "over",
    "past",
    "per",
    "so",
    "the",
    "through",
    "throughout",
    "to",
    "toward",
    "towards",
    "under",
    "underneath",
    "until",
    "up",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "yet",
];

struct Case {
    style: Style,
    small: Vec<String>,
    names: Vec<String>,
    share: f64,
    after_colon: bool,
}

enum Style {
    Sentence,
    Title,
    Lower,
    Upper,
    Pattern(regex::Regex),
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let style = match (setup.table.get("pattern"), setup.table.text("style")) {
        (Some(value), _) => {
            let text = value.text().unwrap_or_default();
            setup.pattern(Pattern::regex(text), value.range.clone()).map_err(|mistake| vec![mistake])?;
            let regex = regex::Regex::new(text);
            Style::Pattern(
                regex.map_err(|_| vec![setup.mistake(value.range.clone(), "look-around is not known here")])?,
            )
        }
        (None, Some("sentence")) => Style::Sentence,
        (None, Some("title")) => Style::Title,
        (None, Some("lower")) => Style::Lower,
        (None, Some("upper")) => Style::Upper,
        (None, _) => return Err(vec![setup.mistake(setup.place(), "“style” or “pattern” is missing")]),
    };
    let texts = |key| setup.table.texts(key).into_iter().map(str::to_owned).collect::<Vec<_>>();
    let small = match texts("small-words") {
        words if words.is_empty() => {
            (if setup.table.text("small-words-of") == Some("chicago") { CHICAGO } else { SMALL })
                .iter()
                .map(|word| word.to_string())
                .collect()
        }
        words => words,
    };
    let share = setup.table.number("share").unwrap_or(0.8);
    let after_colon = setup.table.bool("after-colon").unwrap_or(true);
    Ok(Box::new(Case { style, small, names: texts("names"), share, after_colon }))
}

impl Case {
    /// The words that break the style, of how many.
    fn breaks<'t>(&self, text: &'t str) -> (Vec<&'t str>, usize) {
        let words: Vec<(usize, &str)> =
            text.unicode_word_indices().filter(|(_, w)| w.chars().any(char::is_alphabetic)).collect();
        let last = words.len().saturating_sub(1);
        let starts_anew = |at: usize| {
            let before = text[..at].trim_end_matches(|c: char| c.is_whitespace() || "“‘\"'«„([".contains(c));
            before.is_empty() || before.ends_with(['.', '!', '?', '…']) || (self.after_colon && before.ends_with(':'))
        };
        let wrong = words.iter().enumerate().filter(|&(number, &(at, word))| {
            let first = word.chars().next().is_some_and(char::is_uppercase);
            let inner = word.chars().skip(1).any(char::is_uppercase);
            let kept = self.names.iter().any(|name| name.split_whitespace().any(|part| part == word));
            !kept
                && match &self.style {
                    Style::Lower => first || inner,
                    Style::Upper => word.chars().any(char::is_lowercase),
                    Style::Sentence => !inner && first != starts_anew(at) && word != "I" && (first || number == 0),
                    Style::Title => {
                        let small = self.small.iter().any(|small| small.eq_ignore_ascii_case(word));
                        let edge = number == 0 || number == last || starts_anew(at);
                        !inner
                            && if small && !edge {
                                first
                            } else {
                                !first && word.chars().next().is_some_and(char::is_lowercase)
                            }
                    }
                    Style::Pattern(_) => false,
                }
        });
        (wrong.map(|(_, &(_, word))| word).collect(), words.len())
    }

    fn follows(&self, text: &str, wrong: &[&str], of: usize) -> bool {
        match &self.style {
            Style::Pattern(regex) => regex.is_match(text),
            Style::Lower | Style::Upper => wrong.is_empty(),
            Style::Sentence | Style::Title => wrong.len() as f64 <= (1.0 - self.share) * of as f64,
        }
    }

    fn name(&self) -> &str {
        match &self.style {
            Style::Sentence => "capitalised as a sentence",
            Style::Title => "capitalised as a title",
            Style::Lower => "in lower case",
            Style::Upper => "in capitals",
            Style::Pattern(regex) => regex.as_str(),
        }
    }
}

impl Check for Case {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for (block, text) in reading.prose().filter(|(block, _)| out.rule.scope.covers(block)) {
            let (wrong, of) = self.breaks(text);
            if of > 0 && !self.follows(text, &wrong, of) {
                let message = format!("“{text}” is not {}", self.name());
                let mut finding = out.finding(reading.span(block.range.clone()), message);
                if let Some(word) = wrong.first() {
                    finding = finding.label(format!("“{word}”, say"));
                }
                out.push(filled(finding, text, ""));
            }
        }
    }
}
