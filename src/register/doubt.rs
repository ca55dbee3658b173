//! What a register says that can be meant and seldom is: two entries with one name, a form that is allowed here and rejected there, posts
//! that overlap, a person without the gender that titles need. Asked for by whoever keeps the register, never in a run over drafts.

use super::entry::{Details, Entry, EntryId, EntryKind, Form, FormKind, Gender, Role, speaks};
use super::words::{compact, plain};
use super::{FormId, Register};
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::Language;
use crate::source::Span;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use xxhash_rust::xxh3::xxh3_64;

/// The rule name of what a register says that a person should look at.
pub const DOUBTFUL: &str = "register/doubtful";

/// Every doubt, in the order of the entries.
pub(super) fn doubts(register: &Register) -> Vec<Diagnostic> {
    let one = |entry: &Entry| {
        let Some(details) = entry.details.as_deref() else { return Vec::new() };
        let mut found = overlapping(details);
        found.extend(genderless(entry, details));
        found.extend(against_titles(details));
        found.extend(details.roles.iter().filter_map(|role| outside(register, role)));
        found
    };
    let mut found: Vec<Diagnostic> = register.entries.par_iter().flat_map_iter(one).collect();
    found.extend(clashes(register));
    found.extend(unspoken(register));
    found.extend(endless(register));
    found.sort_by_key(|doubt| doubt.primary.span);
    found
}

/// Former names of which nothing says until when they were borne: no text is held against them.
fn endless(register: &Register) -> Vec<Diagnostic> {
    let former = register.forms.iter().filter(|form| form.kind == FormKind::Former && form.until.is_none());
    let told = |form: &Form| {
        doubt(form.place, format!("“{}” is a former name without a last day, so that it is never reported", form.text))
            .help("add until, a day or a year; a name that was never right is rejected")
    };
    former.map(told).collect()
}

/// Posts of one person in one organisation that are held on the same days.
fn overlapping(details: &Details) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, role) in details.roles.iter().enumerate() {
        let same = |other: &&Role| {
            !role.organisation.is_empty()
                && other.organisation == role.organisation
                && overlap((role.from, role.until), (other.from, other.until))
        };
        if let Some(first) = details.roles[..at].iter().find(same) {
            let message = "this post and another in the same organisation are held on the same days";
            found.push(
                doubt(role.place, message)
                    .related(first.place, "the other post")
                    .help("give both their first and last day, if one follows the other"),
            );
        }
    }
    found
}

/// Languages whose words for posts have a gender. English has none; a table without such words says nothing.
fn inflects(tag: &str) -> bool {
    !tag.is_empty() && !Language::of(Some(tag)).names.genders.is_empty()
}

fn genderless(entry: &Entry, details: &Details) -> Option<Diagnostic> {
    let mut titles = details.roles.iter().flat_map(|role| &role.titles);
    let title = titles.find(|title| inflects(&title.language) && details.gender_in(Some(&title.language)).is_none())?;
    let language = &title.language;
    let help = match gender(language, &title.text) {
        Some(gender) => format!("add gender = \"{}\", if the title says what is meant", gender.name()),
        None => "add gender = \"feminine\" or \"masculine\"".to_owned(),
    };
    Some(
        doubt(entry.place, format!("no gender is given, and titles in “{language}” need one"))
            .related(title.place, "the title")
            .help(help),
    )
}

/// The gender that the words of a title have, where they have one.
fn gender(language: &str, title: &str) -> Option<Gender> {
    let names = &Language::of(Some(language)).names;
    let words = title.split(|c: char| !(c.is_alphanumeric() || c == '-'));
    let (gender, _) = words.filter(|word| !word.is_empty()).find_map(|word| names.gender(word))?;
    Some(if gender == 1 { Gender::Feminine } else { Gender::Masculine })
}

/// Titles in the gender that the person has not. The first title of a language is the one that is written.
fn against_titles(details: &Details) -> Option<Diagnostic> {
    let mut titles = details.roles.iter().flat_map(|role| &role.titles);
    titles.find_map(|title| {
        let own = details.gender_in(Some(&title.language)).filter(|_| inflects(&title.language))?;
        let said = gender(&title.language, &title.text).filter(|said| *said != own)?;
        Some(doubt(title.place, format!("the title is {}, and the person {}", said.name(), own.name())))
    })
}

/// A post held before the organisation began or after it ended.
fn outside(register: &Register, role: &Role) -> Option<Diagnostic> {
    let id = register.by_id(&role.organisation)?;
    let organisation = register.entry(id);
    let (from, until) = organisation.details.as_deref().map_or((None, None), |details| (details.from, details.until));
    // Under an earlier name it was the same body.
    let former = register.forms(id).iter().any(|form| form.kind == FormKind::Former);
    let early = !former && from.is_some_and(|from| role.until.or(role.from).is_some_and(|day| day < from));
    let late = until.is_some_and(|until| role.from.is_some_and(|day| day > until));
    (early || late).then(|| {
        let when = if early { "before it began" } else { "after it ended" };
        doubt(role.place, format!("the post is held in an organisation {when}"))
            .related(organisation.place, "the organisation")
    })
}

/// One name for two entries, a form that is allowed in one place and rejected in another, and one that is written twice. Forms meet in
/// groups of the same folded letters, so that no two entries are compared that have nothing in common.
fn clashes(register: &Register) -> Vec<Diagnostic> {
    let key = |(at, form): (usize, &Form)| (xxh3_64(compact(&form.text).as_bytes()), at as u32);
    let mut keys: Vec<(u64, u32)> = register.forms.par_iter().enumerate().map(key).collect();
    keys.par_sort_unstable();
    let groups: Vec<&[(u64, u32)]> = keys.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1).collect();
    let clash = |group: &&[(u64, u32)]| {
        let forms: Vec<&Form> = group.iter().map(|(_, at)| register.form(FormId(*at))).collect();
        let mut found = contradictions(&forms);
        found.extend(twice(&forms));
        found.extend(namesakes(register, &forms));
        found
    };
    groups.par_iter().flat_map_iter(clash).collect()
}

/// Forms that are rejected and allowed in one language.
fn contradictions(forms: &[&Form]) -> Vec<Diagnostic> {
    let mut allowed: BTreeMap<(String, &str), &Form> = BTreeMap::new();
    for form in forms.iter().filter(|form| !matches!(form.kind, FormKind::Rejected | FormKind::Former)) {
        allowed.entry((plain(&form.text), &form.language)).or_insert(form);
    }
    let rejected = forms.iter().filter(|form| form.kind == FormKind::Rejected);
    let clash = |rejected: &&Form| {
        let text = plain(&rejected.text);
        let same = allowed.range((text.clone(), "")..).take_while(|((known, _), _)| *known == text);
        let other = same.map(|(_, form)| *form).find(|form| meet(form, rejected) && together(form, rejected))?;
        let message = if other.entry == rejected.entry {
            format!("“{}” is rejected, and it is a form of this entry", rejected.text)
        } else {
            format!("“{}” is rejected here and allowed elsewhere", rejected.text)
        };
        Some(doubt(rejected.place, message).related(other.place, "it is allowed here"))
    };
    rejected.filter_map(clash).collect()
}

/// A form that is written twice in one entry.
fn twice(forms: &[&Form]) -> Vec<Diagnostic> {
    let mut known: HashMap<(EntryId, &str, String), &Form> = HashMap::new();
    let mut found = Vec::new();
    let counted = |form: &&&Form| matches!(form.kind, FormKind::Preferred | FormKind::Accepted | FormKind::Rejected);
    for form in forms.iter().filter(counted) {
        let key = (form.entry, &*form.language, plain(&form.text));
        match known.get(&key) {
            Some(first) if (first.kind == FormKind::Rejected) == (form.kind == FormKind::Rejected) => {
                let message = format!("“{}” is written twice in this entry", form.text);
                found.push(doubt(form.place, message).related(first.place, "the first is here"));
            }
            Some(_) => {}
            None => drop(known.insert(key, form)),
        }
    }
    found
}

/// Entries of one kind with one name. Names that differ in diacritics, capitals, spaces and hyphens alone are told apart by nobody.
fn namesakes(register: &Register, forms: &[&Form]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut first: Vec<&Form> = Vec::new();
    let mut told: Vec<EntryId> = Vec::new();
    for form in forms.iter().filter(|form| form.kind == FormKind::Preferred) {
        let kind = register.entry(form.entry).kind;
        let other = first.iter().find(|other| {
            let same = other.entry != form.entry && register.entry(other.entry).kind == kind;
            same && meet(other, form) && together(other, form)
        });
        match other {
            Some(other) if told.contains(&form.entry) || is_declared(register, other, form) => {}
            Some(other) => {
                told.push(form.entry);
                let message = if plain(&other.text) == plain(&form.text) {
                    format!("two entries have the name “{}”", form.text)
                } else {
                    format!("two entries have one name, “{}” and “{}”", other.text, form.text)
                };
                let finding = doubt(form.place, message).related(other.place, "the first is here");
                found.push(finding.help("make them one entry; where they are two, a text cannot tell which it means"));
            }
            // A few entries stand for all of a group: beyond them each new one has met its namesake.
            None if first.len() < 64 => first.push(form),
            None => {}
        }
    }
    found
}

/// Whether two names that are spelt alike are told apart by the entries themselves: the name of the one is rejected for the other.
fn is_declared(register: &Register, one: &Form, other: &Form) -> bool {
    let rejects = |form: &Form, text: &str| {
        register.forms(form.entry).iter().any(|form| form.kind == FormKind::Rejected && *form.text == *text)
    };
    one.text != other.text && (rejects(one, &other.text) || rejects(other, &one.text))
}

/// Entries without a name in the language of one of their other forms: what is to be written there cannot be said.
fn unspoken(register: &Register) -> Vec<Diagnostic> {
    let lacks = |(at, entry): (usize, &Entry)| {
        let forms = register.forms(EntryId(at as u32));
        let named = |language: &str| {
            let preferred = |form: &&Form| form.kind == FormKind::Preferred;
            forms
                .iter()
                .filter(preferred)
                .any(|form| form.language.is_empty() || speaks(&form.language, Some(language)))
        };
        let told = matches!(entry.kind, EntryKind::Organisation | EntryKind::Work | EntryKind::Term);
        let form = forms.iter().find(|form| {
            told && form.kind == FormKind::Rejected && !form.language.is_empty() && !named(&form.language)
        })?;
        let message = format!("“{}” is rejected in “{}”, and no name is given there", form.text, form.language);
        Some(doubt(form.place, message).related(entry.place, "the entry").help("say what is to be written instead"))
    };
    register.entries.par_iter().enumerate().filter_map(lacks).collect()
}

/// Whether a text may have both forms in its language.
fn meet(one: &Form, other: &Form) -> bool {
    let open = |form: &Form| form.language.is_empty();
    open(one) || open(other) || speaks(&one.language, Some(&other.language))
}

/// Whether both forms hold on some day.
fn together(one: &Form, other: &Form) -> bool {
    overlap((one.from, one.until), (other.from, other.until))
}

type Days = (Option<Date>, Option<Date>);

fn overlap(one: Days, other: Days) -> bool {
    let starts = |a: Days, b: Days| a.1.is_none_or(|until| b.0.is_none_or(|from| from <= until));
    starts(one, other) && starts(other, one)
}

fn doubt(place: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(DOUBTFUL, Severity::Warning, message, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId};

    fn doubts(text: &str) -> Vec<String> {
        let source = Source::from_text("register.toml", text);
        let (register, problems) = Register::read([(SourceId(0), &source)]);
        assert!(problems.is_empty(), "{problems:?}");
        let show = |p: Diagnostic| format!("{} @{}", p.message, source.slice(p.primary.span.range()));
        register.doubts().into_iter().map(show).collect()
    }

    #[test]
    fn names_that_two_entries_have_are_doubted() {
        let found = doubts(
            r#"
organisation = [
    { id = "a", name = { en = "Port Authority", fr = "Autorité portuaire" } },
    { id = "b", name = { en = "Port Authority" }, rejected = { fr = ["Autorité portuaire"] } },
    { id = "c", name = { en = "Pier Watch" }, until = 2001-01-01 },
    { id = "d", name = { en = "Pier Watch" }, from = 2002-01-01 },
    { id = "e", name = { de = "Pier Watch" } },
]
[[person]]
name = "José García Luna"
[[person]]
name = "Jose Garcia-Luna"
[[person]]
name = "Ada Quill"
accepted = ["Ada Q. Quill", "Ada Quill"]
rejected = ["Ada Quyll"]
[[person]]
name = "Bo Ask"
rejected = ["Bo Ask"]
[[person]]
name = "Ines Valk"
[[person]]
name = "Inès Valk"
rejected = ["Ines Valk"]
"#,
        );
        assert_eq!(
            found,
            [
                "two entries have the name “Port Authority” @\"Port Authority\"",
                "“Autorité portuaire” is rejected here and allowed elsewhere @\"Autorité portuaire\"",
                "“Autorité portuaire” is rejected in “fr”, and no name is given there @\"Autorité portuaire\"",
                "two entries have one name, “José García Luna” and “Jose Garcia-Luna” @\"Jose Garcia-Luna\"",
                "“Ada Quill” is written twice in this entry @\"Ada Quill\"",
                "“Bo Ask” is rejected, and it is a form of this entry @\"Bo Ask\"",
                "“Ines Valk” is rejected here and allowed elsewhere @\"Ines Valk\"",
            ]
        );
    }

    #[test]
    fn posts_and_genders_are_doubted() {
        let found = doubts(
            r#"
[[organisation]]
id = "port"
name = "Port"
from = 2000-01-01
[[person]]
name = "Ada Quill"
[[person.role]]
organisation = "port"
title = { fr = "directrice" }
from = 2012-01-01
[[person.role]]
organisation = "port"
title = { fr = "présidente" }
from = 2013-01-01
[[person]]
name = "Bo Ask"
gender = "masculine"
[[person.role]]
organisation = "port"
title = { fr = "directrice" }
until = 1999-12-31
[[person]]
name = "Cy Pell"
[[person.role]]
organisation = "port"
title = { en = "Director" }
"#,
        );
        assert_eq!(
            found,
            [
                "no gender is given, and titles in “fr” need one @\"Ada Quill\"",
                "this post and another in the same organisation are held on the same days @{ fr = \"présidente\" }",
                "the post is held in an organisation before it began @{ fr = \"directrice\" }",
                "the title is feminine, and the person masculine @\"directrice\"",
            ]
        );
    }
}
