//! `titles/held`: a title that the person does not hold on the day of the release, or that is another's.

use crate::diagnostic::Diagnostic;
use crate::mention::title::{Title, agrees};
use crate::register::{EntryId, Role, Worded, told_last};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "titles/held", page: include_str!("held.md"), keys: &[], build };

struct Held;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Held))
}

impl Check for Held {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for title in reading.titles().iter().filter(|title| !title.earlier) {
            if out.rule.scope.covers_byte(reading.document, title.name.start) {
                let finding = judge(reading, title, out);
                if let Some(finding) = finding {
                    out.push(finding);
                }
            }
        }
    }
}

/// The posts of a person with their titles in the language of the text.
fn posts<'a>(reading: &'a Reading<'_>, person: EntryId) -> impl Iterator<Item = (&'a Role, &'a Worded)> + 'a {
    let language = reading.document.language.tag.as_deref();
    let roles = reading.register().entry(person).details.iter().flat_map(|details| &details.roles);
    roles.flat_map(move |role| role.titles_in(language).map(move |title| (role, title)))
}

fn judge(reading: &Reading<'_>, title: &Title, out: &Findings<'_>) -> Option<Diagnostic> {
    let (register, words, day) = (reading.register(), &reading.language().names, reading.day());
    let text = reading.slice(title.title.clone());
    let name = |person| register.name(person, reading.document.language.tag.as_deref()).map_or("", |form| &*form.text);
    let fits = |post: &&(&Role, &Worded)| agrees(words, text, &post.1.text);
    let all: Vec<(&Role, &Worded)> = posts(reading, title.person).collect();
    let (held, past): (Vec<_>, Vec<_>) = all.iter().partition(|(role, _)| role.holds_on(day));
    if held.iter().any(&fits) || held.is_empty() {
        return past
            .iter()
            .find(|post| fits(post))
            .filter(|_| held.is_empty())
            .map(|post| lapsed(reading, title, post, &[], out));
    }
    if let Some(post) = past.iter().find(|post| fits(post)) {
        return Some(lapsed(reading, title, post, &held, out));
    }
    let right = held.iter().map(|(_, title)| format!("“{}”", title.text)).collect::<Vec<_>>().join(" or ");
    let other = holder(reading, text, title.person, |_, post| title.after && post.text.contains(' '));
    let finding = |message: String| {
        let finding = out.finding(reading.span(title.title.clone()), message);
        let finding =
            held.iter().fold(finding, |finding, (_, own)| finding.related(own.place, "the register has this title"));
        finding.help(format!("write {right}, or put the register right"))
    };
    if let Some((id, post)) = other {
        let message = format!("“{text}” is the title of {}, not of {}", name(id), name(title.person));
        return Some(finding(message).related(post.place, "whose title it is"));
    }
    // A post in a body that the register does not link with the person is another post.
    let elsewhere = !title.organisations.is_empty()
        && !title.organisations.iter().any(|entry| {
            let id = &register.entry(*entry).id;
            held.iter().any(|(role, _)| role.organisation.is_empty() || *role.organisation == **id)
        });
    if !title.after || title.open || elsewhere {
        return None;
    }
    Some(finding(format!("“{text}” is not the title of {}, which is {right}", name(title.person))))
}

/// Who else holds a post of this title on the day of the release, as the register has it for a woman or a man.
fn holder<'a>(
    reading: &'a Reading<'_>,
    title: &str,
    person: EntryId,
    fits: impl Fn(&Role, &Worded) -> bool,
) -> Option<(EntryId, &'a Worded)> {
    let (register, day) = (reading.register(), reading.day());
    let swapped = reading.language().names.swapped(title);
    let all = [title, &swapped].map(|title| register.holders(title));
    all.into_iter().flatten().copied().filter(|id| *id != person).find_map(|id| {
        let named =
            |post: &Worded| [title, &swapped].iter().any(|title| title.to_lowercase() == post.text.to_lowercase());
        let mut posts = posts(reading, id);
        posts.find(|(role, post)| role.holds_on(day) && named(post) && fits(role, post)).map(|(_, post)| (id, post))
    })
}

/// A title that was held before the day of the release, or is held only after it.
fn lapsed(
    reading: &Reading<'_>,
    title: &Title,
    post: &(&Role, &Worded),
    held: &[&(&Role, &Worded)],
    out: &Findings<'_>,
) -> Diagnostic {
    let text = reading.slice(title.title.clone());
    let day = reading.day();
    let message = match (post.0.until.filter(|until| day.is_some_and(|day| *until < day)), post.0.from) {
        (Some(until), _) => format!("“{text}” was held until {}", told_last(until)),
        (None, Some(from)) => format!("“{text}” is held from {from}"),
        (None, None) => format!("“{text}” is not held on this day"),
    };
    // Whose post it is on that day: the same title, in either gender, of the same body.
    let now = holder(reading, &post.1.text, title.person, |role, _| role.organisation == post.0.organisation);
    let message = match &now {
        Some((id, _)) => {
            let name = reading.register().name(*id, reading.document.language.tag.as_deref());
            format!("{message}; on this day it is that of {}", name.map_or("", |form| &*form.text))
        }
        None => message,
    };
    let mut finding =
        out.finding(reading.span(title.title.clone()), message).related(post.1.place, "the register has the days");
    if let Some((_, post)) = now {
        finding = finding.related(post.place, "whose title it is");
    }
    if let Some((_, own)) = held.first() {
        finding = finding.related(own.place, "the title of that day").help(format!("write “{}”", own.text));
    }
    finding
}
