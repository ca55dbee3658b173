//! `parity/entry`: people, organisations, works and terms of a register that one version names and the other does not, or for which it has
//! another; and people with another of their posts.

use super::place::in_bead;
use crate::diagnostic::{Diagnostic, Severity};
use crate::mention::title::{self, Title};
use crate::register::{Difference, EntryId, EntryKind};
use crate::release::name::{folded, is_inflected};
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/entry",
    page: include_str!("entry.md"),
    keys: &[
        Key::required(
            "report",
            Shape::OneOf(&["other", "missing", "post"]),
            "What to report: another person, what is not named, another post of a person.",
        ),
        Key::new(
            "entries",
            Shape::List(&Shape::OneOf(&["person", "organisation", "work", "term"])),
            "Entries of which kinds; people where it is left out.",
        ),
    ],
    build,
};

enum Report {
    Other,
    Missing(Vec<EntryKind>),
    Post,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let named = setup.table.texts("entries");
    let mut kinds: Vec<EntryKind> =
        EntryKind::ALL.iter().copied().filter(|kind| named.iter().any(|name| *name == kind.name())).collect();
    if kinds.is_empty() {
        kinds.push(EntryKind::Person);
    }
    Ok(Box::new(match setup.table.text("report") {
        Some("other") => Report::Other,
        Some("post") => Report::Post,
        _ => Report::Missing(kinds),
    }))
}

/// The entries that a version names, each with its places in the order of the text.
struct Named {
    places: Vec<(Range<usize>, EntryId)>,
    all: BTreeSet<EntryId>,
    /// Those of the places where a name has another word or no end.
    unlike: Vec<(Range<usize>, EntryId)>,
}

impl Named {
    fn of(reading: &Reading<'_>) -> Self {
        let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
        let mentions = reading.register_mentions();
        let mut places: Vec<(Range<usize>, EntryId)> = Vec::new();
        let mut all = BTreeSet::new();
        for hit in &mentions.hits {
            // A name in the form of another language names it too; one that several bear names each.
            all.extend(hit.forms.iter().map(|form| register.form(*form).entry));
            let meant: BTreeSet<EntryId> = register.meant(hit, language).map(|(_, form)| form.entry).collect();
            if let (Some(entry), 1) = (meant.first(), meant.len()) {
                places.push((hit.range.clone(), *entry));
            }
        }
        let mut unlike = Vec::new();
        for near in &mentions.near {
            let entry = register.form(near.form).entry;
            all.insert(entry);
            places.push((near.range.clone(), entry));
            if matches!(near.difference, Difference::Changed(_) | Difference::Truncated) {
                unlike.push((near.range.clone(), entry));
            }
        }
        places.sort_by_key(|(range, entry)| (range.start, *entry));
        unlike.sort_by_key(|(range, entry)| (range.start, *entry));
        Named { places, all, unlike }
    }

    /// Where an entry is named in these ranges with another word or without its end, and nowhere there as it is.
    fn unlike_within(&self, ranges: &[Range<usize>], entry: EntryId) -> Option<Range<usize>> {
        let inside = |place: &Range<usize>| ranges.iter().any(|range| range.contains(&place.start));
        let places = |list: &[(Range<usize>, EntryId)]| -> Vec<Range<usize>> {
            list.iter().filter(|(place, who)| *who == entry && inside(place)).map(|(place, _)| place.clone()).collect()
        };
        let unlike = places(&self.unlike);
        let as_it_is = places(&self.places).iter().any(|place| !unlike.contains(place));
        unlike.into_iter().next().filter(|_| !as_it_is)
    }

    fn within(&self, ranges: &[Range<usize>]) -> BTreeMap<EntryId, Range<usize>> {
        let mut found = BTreeMap::new();
        for range in ranges {
            let first = self.places.partition_point(|(place, _)| place.start < range.start);
            for (place, entry) in self.places[first..].iter().take_while(|(place, _)| place.start < range.end) {
                found.entry(*entry).or_insert_with(|| place.clone());
            }
        }
        found
    }
}

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        if pair.original.register().is_empty() || pair.translation.register().is_empty() || pair.obstacle().is_some() {
            return;
        }
        // Both versions are of one project; where parts of it have registers of their own, entries have other numbers.
        if !std::ptr::eq(pair.original.register(), pair.translation.register()) {
            return;
        }
        let (original, translation) = (Named::of(pair.original), Named::of(pair.translation));
        match self {
            Report::Other => other(pair, &original, &translation, out),
            Report::Missing(kinds) => missing(pair, kinds, &original, &translation, out),
            Report::Post => posts(pair, out),
        }
    }
}

fn name<'r>(reading: &'r Reading<'_>, entry: EntryId) -> &'r str {
    let language = reading.document.language.tag.as_deref();
    reading.register().name(entry, language).map_or("", |form| &*form.text)
}

/// One person for another: a passage names one, and its original another.
fn other(pair: &Pair<'_, '_>, original: &Named, translation: &Named, out: &mut Findings<'_>) {
    let register = pair.translation.register();
    let beads = pair.beads();
    let people = |named: BTreeMap<EntryId, Range<usize>>| -> BTreeMap<EntryId, Range<usize>> {
        named.into_iter().filter(|(entry, _)| register.entry(*entry).kind == EntryKind::Person).collect()
    };
    let both: Vec<_> = beads
        .iter()
        .map(|bead| {
            let here = people(original.within(&pair.original_ranges(bead)));
            (here, people(translation.within(&pair.translation_ranges(bead))))
        })
        .collect();
    for (at, (bead, (here, there))) in beads.iter().zip(&both).enumerate() {
        if bead.source.is_empty() || bead.target.is_empty() {
            continue;
        }
        let around = || both[at.saturating_sub(1)..(at + 2).min(both.len())].iter();
        let one: Vec<_> = here.iter().filter(|(who, _)| !around().any(|(_, there)| there.contains_key(who))).collect();
        let two: Vec<_> = there.iter().filter(|(who, _)| !around().any(|(here, _)| here.contains_key(who))).collect();
        let ([(one, said)], [(two, says)]) = (one.as_slice(), two.as_slice()) else { continue };
        let message = format!(
            "{} is named here, and {} in the original",
            name(pair.translation, **two),
            name(pair.translation, **one)
        );
        let finding = out.finding(pair.translation.span((*says).clone()), message);
        let mut finding = finding.related(pair.original.span((*said).clone()), "the original names another");
        for who in [one, two] {
            finding = finding.related(register.entry(**who).place, "in the register");
        }
        // Who is named elsewhere may stand here for a pronoun.
        if translation.all.contains(one) || original.all.contains(two) {
            finding.severity = Severity::Warning;
            finding = finding.because("both versions name both; one may stand for a pronoun");
        }
        out.push(in_bead(pair, bead, finding));
    }
}

fn missing(pair: &Pair<'_, '_>, kinds: &[EntryKind], original: &Named, translation: &Named, out: &mut Findings<'_>) {
    let register = pair.translation.register();
    let language = pair.translation.document.language.tag.as_deref();
    let (words, latin) = (pair.translation.vocabulary(), pair.both_latin());
    let mut told = BTreeSet::new();
    for bead in pair.beads().iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()) {
        for (entry, place) in original.within(&pair.original_ranges(bead)) {
            let wanted = kinds.contains(&register.entry(entry).kind);
            if wanted && register.entry(entry).kind != EntryKind::Person {
                let there = translation.unlike_within(&pair.translation_ranges(bead), entry);
                if let Some(there) =
                    there.filter(|_| original.unlike_within(&pair.original_ranges(bead), entry).is_none())
                {
                    out.push(in_bead(pair, bead, rendered(pair, entry, place.clone(), there, out)));
                }
            }
            if !wanted || translation.all.contains(&entry) || !told.insert(entry) {
                continue;
            }
            let forms = || register.forms(entry).iter().filter(|form| form.speaks(language));
            // A name that the register has in no form for this language, or for another script, is nobody's fault.
            let known = forms().any(|form| !form.language.is_empty() || latin);
            if !known || forms().any(|form| stands_inflected(pair.translation, &form.text, words)) {
                continue;
            }
            let range = pair.translation_ranges(bead).into_iter().next_back().unwrap_or(0..0);
            let end = pair.translation.span(range).end;
            let said = pair.original.slice(place.clone());
            let message = match register.entry(entry).kind {
                EntryKind::Person => format!("{} is not named in this version", name(pair.translation, entry)),
                _ => format!("“{said}” is nowhere “{}” in this version", name(pair.translation, entry)),
            };
            let caret = Span::new(pair.translation.document.source, end..end);
            let finding = out.finding(caret, message).related(pair.original.span(place), "the original says");
            let form = register.name(entry, language).map_or(register.entry(entry).place, |form| form.place);
            let finding = finding.related(form, "the register has this name");
            let mut finding = finding.because("no form that the register has for this language stands in the text");
            if pair.is_draft() {
                finding.severity = Severity::Info;
            }
            out.push(in_bead(pair, bead, finding));
        }
    }
}

/// A name that the original has as the register has it, and the translation nearly. How it is written is a finding of its own: this one says
/// what it stands for, and weighs nothing.
fn rendered(
    pair: &Pair<'_, '_>,
    entry: EntryId,
    place: Range<usize>,
    there: Range<usize>,
    out: &Findings<'_>,
) -> Diagnostic {
    let register = pair.translation.register();
    let language = pair.translation.document.language.tag.as_deref();
    let (said, says) = (pair.original.slice(place.clone()), pair.translation.slice(there.clone()));
    let message = format!("“{says}” is nearly what the register has for “{said}”");
    let form = register.name(entry, language).map_or(register.entry(entry).place, |form| form.place);
    let finding = out.finding(pair.translation.span(there), message).related(pair.original.span(place), "the original");
    let mut finding = finding.related(form, "the register has this name");
    finding.severity = Severity::Info;
    finding
}

/// Whether every word of a name stands in a text, if with another ending.
fn stands_inflected(reading: &Reading<'_>, name: &str, words: &HashMap<String, usize>) -> bool {
    let declines = !reading.language().names.undeclined;
    let mut parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() > 3).peekable();
    parts.peek().is_some()
        && parts
            .map(folded)
            .all(|part| words.contains_key(&part) || (declines && words.keys().any(|word| is_inflected(word, &part))))
}

/// People whom the two versions give different posts.
fn posts(pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
    let register = pair.translation.register();
    for bead in pair.beads().iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty()) {
        let here = titles(pair.original, &pair.original_ranges(bead));
        let there = titles(pair.translation, &pair.translation_ranges(bead));
        for title in there {
            let own = roles(pair.translation, title);
            let mut others = here.iter().filter(|other| other.person == title.person).peekable();
            if own.is_empty() || others.peek().is_none() {
                continue;
            }
            let said: Vec<(&&Title, BTreeSet<usize>)> =
                others.map(|other| (other, roles(pair.original, other))).collect();
            // Each title that the original gives them is another of their posts.
            let all_other = said.iter().all(|(_, roles)| !roles.is_empty() && roles.is_disjoint(&own));
            let (Some((other, _)), true) = (said.first(), all_other) else { continue };
            let message = format!(
                "“{}” is another post of {} than in the original",
                pair.translation.slice(title.title.clone()),
                name(pair.translation, title.person)
            );
            let finding = out.finding(pair.translation.span(title.title.clone()), message);
            let finding = finding.related(pair.original.span(other.title.clone()), "the original says");
            let finding = finding.related(register.entry(title.person).place, "the register has both posts");
            out.push(in_bead(pair, bead, finding));
        }
    }
}

/// The titles that stand in these ranges, in the order of the names.
fn titles<'r>(reading: &'r Reading<'_>, ranges: &[Range<usize>]) -> Vec<&'r Title> {
    let titles = reading.titles();
    let mut found = Vec::new();
    for range in ranges {
        let first = titles.partition_point(|title| title.name.start < range.start);
        found.extend(titles[first..].iter().take_while(|title| title.name.start < range.end));
    }
    found
}

/// Which of the posts of a person a title may be, by their numbers.
fn roles(reading: &Reading<'_>, title: &Title) -> BTreeSet<usize> {
    let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
    let Some(details) = &register.entry(title.person).details else { return BTreeSet::new() };
    let text = reading.slice(title.title.clone());
    let fits = |role: &crate::register::Role| {
        role.titles_in(language).any(|post| title::agrees(&reading.language().names, text, &post.text))
    };
    details.roles.iter().enumerate().filter(|(_, role)| fits(role)).map(|(at, _)| at).collect()
}
