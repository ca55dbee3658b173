//! `grammar/participle`: a participle of one gender after a subject of the other.

use super::agreement::{Forms, Gender, Noun, nouns, read_forms};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use unicode_segmentation::UnicodeSegmentation;

/// The kind.
pub const KIND: Kind = Kind {
    name: "grammar/participle",
    page: include_str!("participle.md"),
    keys: &[
        Key::required(
            "determiners",
            Shape::List(&Shape::Text),
            "Determiners before the subject: masculine, feminine, before a vowel.",
        ),
        Key::required(
            "verbs",
            Shape::List(&Shape::Text),
            "Forms of the verb after a subject in the singular, one or two words.",
        ),
    ],
    build,
};

/// Letters of the shortest participle.
const SHORTEST: usize = 4;

struct Participle {
    determiners: Vec<Forms>,
    verbs: Vec<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let verbs = setup.table.texts("verbs").into_iter().map(str::to_owned).collect();
    Ok(Box::new(Participle { determiners: read_forms(setup.table, "determiners"), verbs }))
}

impl Check for Participle {
    /// Looked at is only a subject that begins its sentence: another noun right before the verb may belong to a longer subject.
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        for sentence in reading.sentences() {
            if !reading.block_at(sentence.start).is_some_and(|block| out.rule.scope.covers(block)) {
                continue;
            }
            let text = reading.slice(sentence.clone());
            let words: Vec<(usize, &str)> = text.unicode_word_indices().take(8).collect();
            let Some((noun, next)) = self.subject(text, &words) else { continue };
            let Some(rest) = self.after_verb(text, &words, next) else { continue };
            let Some(&(at, participle)) = words.get(rest) else { continue };
            let stem = participle.trim_end_matches('s').trim_end_matches('e');
            let ending = &participle[stem.len()..];
            if !stem.ends_with('é') || stem.chars().count() < SHORTEST || participle.starts_with(char::is_uppercase) {
                continue;
            }
            let right = if noun.gender == Gender::Feminine { "e" } else { "" };
            if ending == right || !matches!(ending, "" | "e" | "s" | "es") {
                continue;
            }
            let range = sentence.start + at..sentence.start + at + participle.len();
            if reading.is_opaque(&range) {
                continue;
            }
            let (subject, wanted) = (words[next - 1].1, format!("{stem}{right}"));
            let gender = if noun.gender == Gender::Feminine { "feminine" } else { "masculine" };
            let finding =
                out.finding(reading.span(range.clone()), format!("“{subject}” is {gender}, and “{participle}” is not"));
            let subject = sentence.start + words[next - 1].0;
            let finding = finding.related(reading.span(subject..subject + words[next - 1].1.len()), "the subject");
            out.push(match reading.edit_span(range) {
                Some(span) => finding.replace(format!("write “{wanted}”"), Applicability::Unsafe, span, wanted),
                None => finding,
            });
        }
    }
}

impl Participle {
    /// The noun that is the subject, and the number of the word after it.
    fn subject(&self, text: &str, words: &[(usize, &str)]) -> Option<(&Noun, usize)> {
        let &(start, first) = words.first().filter(|(at, _)| *at == 0)?;
        // “L’organisation” is one word of the text.
        let (name, next) = match first.split_once(['’', '\'']) {
            Some(("L" | "Cet", name)) => (name.to_lowercase(), 1),
            _ => {
                let known = |forms: &Forms| forms.is(first);
                let &(at, word) = words.get(1).filter(|_| self.determiners.iter().any(known))?;
                (text[start + first.len()..at] == *" ").then_some(())?;
                (word.to_owned(), 2)
            }
        };
        Some((nouns().get(name.as_str())?, next))
    }

    /// The number of the word after a form of the verb that begins at a word; there may be an adverb in “-ment” between.
    fn after_verb(&self, text: &str, words: &[(usize, &str)], at: usize) -> Option<usize> {
        let start = words.get(at)?.0;
        let previous = words.get(at - 1)?;
        if text[previous.0 + previous.1.len()..start] != *" " {
            return None;
        }
        let rest = &text[start..];
        let verb =
            self.verbs.iter().filter(|verb| rest.strip_prefix(verb.as_str()).is_some_and(|rest| rest.starts_with(' ')));
        let count = verb.map(|verb| verb.split(' ').count()).max()?;
        let next = at + count;
        let adverb =
            words.get(next).is_some_and(|(_, word)| word.ends_with("ment") || matches!(*word, "déjà" | "aussi"));
        Some(if adverb { next + 1 } else { next })
    }
}
