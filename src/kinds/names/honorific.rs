//! `names/honorific`: courtesy titles that contradict each other, are missing, or stand before some people only.

use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, Part};
use crate::mention::title;
use crate::mention::word::{Case, fold};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "names/honorific",
    page: include_str!("honorific.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["two", "missing", "mixed"]),
        "“two”: one person with two of them; “missing”: a family name without one; “mixed”: some have one, some have none.",
    )],
    build,
};

struct Honorific {
    report: Report,
}

#[derive(Clone, Copy)]
enum Report {
    Two,
    Missing,
    Mixed,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let report = match setup.table.text("report") {
        Some("missing") => Report::Missing,
        Some("mixed") => Report::Mixed,
        _ => Report::Two,
    };
    Ok(Box::new(Honorific { report }))
}

/// A name with or without a courtesy title.
struct Use {
    /// The courtesy title: 0 masculine, 1 feminine, and where it stands.
    honorific: Option<(usize, Range<usize>)>,
    /// The folded words before the family name.
    given: Vec<String>,
    /// The folded family name.
    family: String,
    /// Where the name stands.
    range: Range<usize>,
    /// In running text, and in nobody's words.
    prose: bool,
    /// The title of a couple.
    couple: bool,
}

impl Check for Honorific {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        if reading.language().names.honorifics.iter().all(Vec::is_empty) {
            return;
        }
        let uses = uses(reading);
        match self.report {
            Report::Two => two(reading, &uses, out),
            Report::Missing => missing(reading, &uses, out),
            Report::Mixed => mixed(reading, &uses, out),
        }
    }
}

/// The names of a text: runs of capitalised words, the last of which is taken for the family name.
fn uses(reading: &Reading<'_>) -> Vec<Use> {
    let words = reading.words();
    let text = |at: usize| reading.slice(words[at].range.clone());
    let known = &reading.language().names.honorifics;
    let longest = 2 * known.iter().flatten().map(String::len).max().unwrap_or_default();
    let honorific = |at: usize| {
        let (word, small) = (text(at), words[at].case == Case::Lower);
        if word.len() > longest || small && word.len() <= 3 {
            return None;
        }
        let lower = word.to_lowercase();
        known.iter().position(|list| list.contains(&lower))
    };
    let short = |at: usize| text(at).chars().nth(1).is_none();
    let joined = |one: usize, two: usize| {
        words[one].block == words[two].block
            && match reading.slice(words[one].range.end..words[two].range.start) {
                " " | "\n" | "\u{a0}" => true,
                ". " | ".\u{a0}" => honorific(one).is_some() || short(one),
                _ => false,
            }
    };
    let capital =
        |at: usize| matches!(words[at].case, Case::Capital | Case::Mixed) && text(at).chars().all(char::is_alphabetic);
    let (mut found, mut at) = (Vec::new(), 0);
    while at < words.len() {
        let first = at;
        at += 1;
        let title = honorific(first);
        if title.is_none() && !capital(first) {
            continue;
        }
        while at < words.len() && capital(at) && honorific(at).is_none() && joined(at - 1, at) {
            at += 1;
        }
        let from = first + usize::from(title.is_some());
        let Some(family) = (from..at).next_back().filter(|last| !short(*last)) else { continue };
        let block = &reading.document.blocks[words[first].block];
        let range = words[from].range.start..words[family].range.end;
        let body = block.part == Part::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
        // “Mr and Ms Quill” are two people.
        let and = |at: usize| reading.language().dates.and.iter().any(|and| and == text(at));
        let couple = first > 1 && and(first - 1) && honorific(first - 2).is_some();
        found.push(Use {
            honorific: title.map(|gender| (gender, words[first].range.clone())),
            given: (from..family).map(|at| fold(text(at))).collect(),
            family: fold(text(family)),
            prose: body && !reading.is_quoted(&range) && !reading.is_opaque(&range),
            range,
            couple,
        });
    }
    found
}

/// The folded words before a family name, and the family name.
type Name<'u> = (&'u [String], &'u str);

/// One person with a masculine and a feminine title.
fn two(reading: &Reading<'_>, uses: &[Use], out: &mut Findings<'_>) {
    let mut people: BTreeMap<&str, BTreeSet<&[String]>> = BTreeMap::new();
    for name in uses.iter().filter(|name| !name.given.is_empty()) {
        people.entry(&name.family).or_default().insert(&name.given);
    }
    let mut first: BTreeMap<Name<'_>, (usize, Range<usize>)> = BTreeMap::new();
    for name in uses.iter().filter(|name| !name.couple) {
        let Some((gender, place)) = &name.honorific else { continue };
        // A family name alone is that of the one person who bears it in this text.
        let only = people.get(name.family.as_str()).filter(|given| given.len() == 1).and_then(|given| given.first());
        let given = if name.given.is_empty() { only.copied() } else { Some(name.given.as_slice()) };
        let Some(given) = given else { continue };
        let (before, there) = first.entry((given, &name.family)).or_insert((*gender, place.clone()));
        if before != gender {
            let (one, two) = (reading.slice(place.clone()), reading.slice(there.clone()));
            let message = format!("“{one}” here and “{two}” before “{}”", reading.slice(name.range.clone()));
            let finding = out.finding(reading.span(place.start..name.range.end), message);
            out.push(finding.related(reading.span(there.clone()), "before, this one"));
        }
    }
}

/// The uses of family names alone: people of the register, and people whom the text names with a courtesy title.
fn alone<'u>(reading: &Reading<'_>, uses: &'u [Use]) -> Vec<&'u Use> {
    let language = reading.document.language.tag.as_deref();
    let hits = reading.register_mentions().hits.iter();
    let registered: BTreeSet<usize> = hits
        .filter(|hit| title::person(reading.register(), hit, language).is_some_and(|(_, whole)| !whole))
        .map(|hit| hit.range.start)
        .collect();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for name in uses {
        if name.given.is_empty()
            && name.prose
            && (registered.contains(&name.range.start) || known.contains(name.family.as_str()))
        {
            found.push(name);
        }
        if name.honorific.is_some() && !name.given.is_empty() {
            known.insert(&name.family);
        }
    }
    found
}

/// A family name without a courtesy title, in a house that wants one.
fn missing(reading: &Reading<'_>, uses: &[Use], out: &mut Findings<'_>) {
    for name in alone(reading, uses).into_iter().filter(|name| name.honorific.is_none()) {
        let text = reading.slice(name.range.clone());
        let finding =
            out.finding(reading.span(name.range.clone()), format!("“{text}” stands without a courtesy title"));
        out.push(finding);
    }
}

/// Family names with and without a courtesy title in one text: the rarer way is reported.
fn mixed(reading: &Reading<'_>, uses: &[Use], out: &mut Findings<'_>) {
    let (with, without): (Vec<&Use>, Vec<&Use>) =
        alone(reading, uses).into_iter().partition(|name| name.honorific.is_some());
    let (rare, common) = if with.len() < without.len() { (with, without) } else { (without, with) };
    let Some(other) = common.first() else { return };
    for name in rare {
        let text = reading.slice(name.range.clone());
        let word = if name.honorific.is_some() { "with" } else { "without" };
        let range = name.honorific.as_ref().map_or(name.range.start, |(_, place)| place.start)..name.range.end;
        let finding =
            out.finding(reading.span(range), format!("“{text}” {word} a courtesy title, unlike most names here"));
        out.push(finding.related(reading.span(other.range.clone()), "otherwise here"));
    }
}
