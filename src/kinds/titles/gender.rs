//! `titles/gender`: titles, courtesy titles and participles whose gender is not that of the person.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::language::Names;
use crate::mention::title;
use crate::register::{EntryId, Gender};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "titles/gender", page: include_str!("gender.md"), keys: &[], build };

struct Genders;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Genders))
}

/// A word said of a person in the other gender.
struct Wrong {
    range: Range<usize>,
    right: Option<String>,
}

impl Check for Genders {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let (register, words) = (reading.register(), &reading.language().names);
        let language = reading.document.language.tag.as_deref();
        let mut found: Vec<(EntryId, Gender, Wrong)> = Vec::new();
        for title in reading.titles() {
            let Some(gender) = gender(reading, title.person) else { continue };
            let wrong = in_title(words, reading.text(), &title.title, gender);
            found.extend(wrong.into_iter().map(|wrong| (title.person, gender, wrong)));
        }
        let hits = &reading.register_mentions().hits;
        for hit in hits {
            let Some((person, whole)) = title::person(register, hit, language) else { continue };
            let Some(gender) = gender(reading, person) else { continue };
            // A family name alone may be that of a relative.
            let honorific = whole.then(|| honorific(words, reading.text(), &hit.range, gender)).flatten();
            let said = predicate(words, reading.text(), hit.range.end, gender);
            found.extend(honorific.into_iter().chain(said).map(|wrong| (person, gender, wrong)));
        }
        found.sort_by_key(|(_, _, wrong)| wrong.range.start);
        for (person, gender, wrong) in found {
            if out.rule.scope.covers_byte(reading.document, wrong.range.start) {
                out.push(report(reading, person, gender, wrong, out));
            }
        }
    }
}

fn gender(reading: &Reading<'_>, person: EntryId) -> Option<Gender> {
    let details = reading.register().entry(person).details.as_ref()?;
    details.gender_in(Some(reading.document.language.tag.as_deref()?))
}

fn other(found: usize, gender: Gender) -> bool {
    (found == 0) != (gender == Gender::Masculine)
}

/// The words at the head of a title that are of the other gender, and those joined to it by “and”.
fn in_title(words: &Names, text: &str, title: &Range<usize>, gender: Gender) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut at = title.start;
    // Titles agree up to the first word that is none of a title: “de la direction” says of what.
    for word in text[title.clone()].split_inclusive(|c: char| c.is_whitespace()) {
        let bare = word.trim_end();
        let range = at..at + bare.len();
        at += word.len();
        let joins = bare.chars().count() <= 3 && !bare.chars().any(char::is_uppercase) && words.gender(bare).is_none();
        if joins && matches!(bare, "et" | "y" | "e" | "und" | "and") {
            continue;
        }
        if !words.heads_title(bare) {
            break;
        }
        if let Some((_, right)) = words.gender(bare).filter(|(found, _)| other(*found, gender)) {
            wrong.push(Wrong { range, right: Some(right) });
        }
    }
    wrong
}

/// A courtesy title of the other gender before a name.
fn honorific(words: &Names, text: &str, name: &Range<usize>, gender: Gender) -> Option<Wrong> {
    let before = text[..name.start].trim_end();
    let stop = before.trim_end_matches('.');
    // “Sig.ra” has a stop inside.
    let word = stop.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().filter(|word| !word.is_empty())?;
    let start = stop.len() - word.len();
    let lower = word.to_lowercase();
    let found = words.honorifics.iter().position(|list| list.contains(&lower))?;
    let letters = word.chars().count();
    let written =
        word.chars().next().is_some_and(char::is_uppercase) || letters > 3 || letters > 1 && before.len() > stop.len();
    // “M. et Mme Ada Quill” names two people.
    let mut earlier = text[..start].split_whitespace().rev();
    let joint = earlier.next().is_some_and(|word| word.chars().count() <= 3 && word.chars().all(char::is_lowercase));
    let partner = earlier.next().map(|word| word.trim_end_matches('.').to_lowercase()).unwrap_or_default();
    let pair = joint && words.honorifics.iter().any(|list| list.contains(&partner));
    (other(found, gender) && written && !pair).then_some(Wrong { range: start..before.len(), right: None })
}

/// A participle or adjective of the other gender that is said of a person.
fn predicate(words: &Names, text: &str, end: usize, gender: Gender) -> Option<Wrong> {
    let rest = text[end..].strip_prefix([' ', '\u{A0}'])?;
    let mut links: Vec<&String> = words.links.iter().collect();
    links.sort_by_key(|link| std::cmp::Reverse(link.len()));
    let said = links.iter().find_map(|link| {
        let said = rest.strip_prefix(link.as_str())?;
        said.strip_prefix([' ', '\u{A0}'])
    })?;
    let word: &str = said.split(|c: char| !c.is_alphanumeric()).next()?;
    let (found, right) = words.predicate(word)?;
    let start = text.len() - said.len();
    other(found, gender).then(|| Wrong { range: start..start + word.len(), right: Some(right) })
}

fn report(reading: &Reading<'_>, person: EntryId, gender: Gender, wrong: Wrong, out: &Findings<'_>) -> Diagnostic {
    let register = reading.register();
    let name = register.name(person, reading.document.language.tag.as_deref()).map_or("", |form| &*form.text);
    let (is, not) = match gender {
        Gender::Feminine => ("feminine", "masculine"),
        Gender::Masculine => ("masculine", "feminine"),
    };
    let word = reading.slice(wrong.range.clone());
    let message = format!("“{word}” is {not}; the register has {name} as {is}");
    let finding = out.finding(reading.span(wrong.range.clone()), message);
    let finding = finding.related(register.entry(person).place, "the register gives the gender");
    let Some(right) = wrong.right else { return finding };
    let finding = finding.help(format!("write “{right}”"));
    match reading.edit_span(wrong.range) {
        Some(span) => finding.replace(format!("write “{right}”"), Applicability::Unsafe, span, right),
        None => finding,
    }
}
