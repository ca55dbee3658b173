//! `titles/one`: two titles for one person in one text, with or without a register.

use crate::diagnostic::Diagnostic;
use crate::language::Names;
use crate::mention::title::{self, Title, agrees};
use crate::mention::word::{Case, Word, case, fold};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "titles/one", page: include_str!("one.md"), keys: &[], build };

struct One;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(One))
}

impl Check for One {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let register = reading.register();
        let language = reading.document.language.tag.as_deref();
        let mut first = HashMap::new();
        for title in reading.titles().iter().filter(|title| title.after && !title.earlier && !title.open) {
            let details = register.entry(title.person).details.as_ref();
            let given = details.is_some_and(|d| d.roles.iter().any(|role| role.titles_in(language).next().is_some()));
            if given {
                continue;
            }
            let before = *first.entry(title.person).or_insert(title);
            // Two posts in two bodies are two posts.
            if title.organisations == before.organisations {
                let name = register.name(title.person, language).map_or("", |form| &*form.text);
                let place = register.entry(title.person).place;
                let finding = judge(reading, [before, title], name, out);
                out_push(
                    out,
                    finding.map(|finding| finding.related(place, "the register has no title in this language")),
                );
            }
        }
        let mut first: HashMap<String, Title> = HashMap::new();
        for name in names(reading) {
            let title = title::apposition(reading.text(), &reading.language().names, &name);
            let Some(title) = title.filter(|title| !title.earlier && !title.open) else { continue };
            match first.get(&fold(reading.slice(name.clone()))) {
                Some(before) => {
                    let finding = judge(reading, [before, &title], reading.slice(name), out);
                    out_push(out, finding);
                }
                None => {
                    first.insert(fold(reading.slice(name)), title);
                }
            }
        }
    }
}

fn out_push(out: &mut Findings<'_>, finding: Option<Diagnostic>) {
    finding.into_iter().for_each(|finding| out.push(finding));
}

/// Whole names that the register does not know: two capitalised words before a comma.
fn names<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Range<usize>> + 'r {
    let words = reading.words();
    let capital = |word: &Word| case(reading.slice(word.range.clone())) == Case::Capital;
    let known: HashSet<usize> = reading.titles().iter().map(|title| title.name.end).collect();
    words.windows(2).filter_map(move |pair| {
        let [one, two] = pair else { return None };
        let joined = one.block == two.block && matches!(reading.slice(one.range.end..two.range.start), " " | "\u{a0}");
        let comma = reading.text().get(two.range.end..)?.starts_with(',');
        let name = joined && comma && capital(one) && capital(two) && !known.contains(&two.range.end);
        name.then_some(one.range.start..two.range.end)
    })
}

/// Two titles of one person, the earlier first.
fn judge(reading: &Reading<'_>, [before, title]: [&Title; 2], name: &str, out: &Findings<'_>) -> Option<Diagnostic> {
    let words = &reading.language().names;
    let (own, known) = (reading.slice(title.title.clone()), reading.slice(before.title.clone()));
    // Two posts that have no word in common may be two posts.
    let one_post = !title.organisations.is_empty() || head(words, own) == head(words, known);
    let differ = one_post && !agrees(words, own, known) && !agrees(words, known, own);
    (differ && out.rule.scope.covers_byte(reading.document, title.name.start)).then(|| {
        let finding = out.finding(reading.span(title.title.clone()), format!("{name} has two titles in this text"));
        finding.label("here this one").related(reading.span(before.title.clone()), "before, this one")
    })
}

/// The word of a title that says what somebody is: the last of those that begin one.
fn head(words: &Names, title: &str) -> Option<String> {
    let all = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    all.take_while(|word| words.heads_title(word)).last().map(str::to_lowercase)
}
