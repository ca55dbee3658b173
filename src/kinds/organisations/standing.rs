//! `organisations/standing`: a body that always sits said to be the twentieth.

use crate::diagnostic::Diagnostic;
use crate::mention::number::{Kind as NumberKind, Value};
use crate::register::EntryKind;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "organisations/standing",
    page: include_str!("standing.md"),
    keys: &[
        Key::required(
            "ordinals",
            Shape::List(&Shape::Text),
            "Ordinals in words, small, and endings of figures with a ~ before them.",
        ),
        Key::required(
            "followers",
            Shape::List(&Shape::Text),
            "Words after the name with which it is still the body that is counted.",
        ),
    ],
    build,
};

/// Ordinals in words up to this one may tell one council from another.
const FEW: i128 = 3;

struct Standing {
    words: Vec<String>,
    endings: Vec<String>,
    followers: Vec<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let texts = |key| setup.table.texts(key).into_iter().map(str::to_lowercase);
    let (endings, words): (Vec<_>, Vec<_>) = texts("ordinals").partition(|word| word.starts_with('~'));
    let endings = endings.iter().map(|ending| ending.trim_start_matches('~').to_owned()).collect();
    Ok(Box::new(Standing { words, endings, followers: texts("followers").collect() }))
}

impl Standing {
    fn is_ordinal(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let rest = lower.trim_start_matches(|c: char| c.is_ascii_digit());
        let figures = lower.len() - rest.len();
        (1..=3).contains(&figures) && self.endings.iter().any(|ending| ending == rest) || self.words.contains(&lower)
    }

    /// The ordinal that stands directly before a name.
    fn ordinal(&self, reading: &Reading<'_>, name: &Range<usize>) -> Option<Range<usize>> {
        let text = reading.text();
        let before = text[..name.start].trim_end_matches([' ', '\u{A0}', '\u{202F}', '\n']);
        let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"' | '«')).next()?;
        let touches = before.len() < name.start;
        if touches && self.is_ordinal(word) {
            return Some(before.len() - word.len()..before.len());
        }
        // Ordinals in words; “a second council” is one more of the kind.
        let mut numbers = reading.numbers().iter().filter(|number| touches && number.range.end == before.len());
        let number = numbers.find(|number| {
            let certain =
                number.kind == NumberKind::Ordinal && number.is_certain() && number.value() > Value::whole(FEW);
            certain && !reading.slice(number.range.clone()).contains(|c: char| c.is_ascii_digit())
        })?;
        Some(number.range.clone())
    }

    /// Whether nothing after the name says that its session is counted.
    fn stands_alone(&self, text: &str, end: usize) -> bool {
        let rest = text[end..].trim_start_matches([' ', '\u{A0}', '\n']);
        if rest.len() == text.len() - end {
            return !rest.starts_with(['-', '’', '\'']);
        }
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
        word.is_empty() || self.followers.contains(&word)
    }
}

impl Check for Standing {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
        for hit in &reading.register_mentions().hits {
            let mut forms = register.meant(hit, language);
            let Some((id, form)) = forms.find(|(id, _)| {
                let owner = register.owner(*id);
                owner.kind == EntryKind::Organisation && owner.details.as_ref().is_some_and(|details| details.standing)
            }) else {
                continue;
            };
            let Some(ordinal) = self.ordinal(reading, &hit.range) else { continue };
            let range = ordinal.start..hit.range.end;
            let scope = out.rule.scope.covers_byte(reading.document, range.start);
            if scope && self.stands_alone(reading.text(), hit.range.end) {
                let message = format!("“{}” is a standing body: its sessions are counted", form.text);
                let finding = out.finding(reading.span(range), message);
                out.push(finding.related(register.owner(id).place, "the register has it as standing"));
            }
        }
    }
}
