//! `names/spelling`: one name spelt two ways in one text.

use super::ending;
use super::near::{Echoes, Evidence, Spelt, Two, evidence, fielded, near_pairs, near_words};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::mention::name::Names;
use crate::rule::{Check, Findings, Hit, Kept, Kind, Noted, Places, Reading, Setup, Versions};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// The kind.
pub const KIND: Kind = Kind {
    name: "names/spelling",
    page: include_str!("spelling.md"),
    keys: &[
        Key::new(
            "capital-nouns",
            Shape::List(&Shape::Language),
            "Languages that write every noun with a capital: there a word needs the same name beside it.",
        ),
        Key::new(
            "habits",
            Shape::List(&Shape::Text),
            "Endings that a hand adds out of habit to a word that a name has without it.",
        ),
    ],
    build,
};

/// Files of a run that spell a name one way before the one that spells it otherwise is reported.
const FILES: usize = 3;
/// Places that a finding points at.
const SHOWN: usize = 4;

struct Spelling {
    capital_nouns: Vec<String>,
    habits: Vec<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let capital_nouns = setup.table.texts("capital-nouns").into_iter().map(str::to_lowercase).collect();
    let habits = setup.table.texts("habits").into_iter().map(str::to_owned).collect();
    Ok(Box::new(Spelling { capital_nouns, habits }))
}

impl Check for Spelling {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let names = reading.names();
        let language = reading.document.language.tag.as_deref().unwrap_or_default().to_lowercase();
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let capital_nouns = self.capital_nouns.iter().any(|tag| tag == primary);
        let echoes = Echoes::of(reading);
        let mut found = near_words(names, reading.language().names.undeclined, |slip, rare, common| {
            let evidence = evidence(slip, rare, common, &echoes)?;
            (!capital_nouns || matches!(evidence, Evidence::Beside | Evidence::Coined)).then_some(evidence)
        });
        if reading.language().names.undeclined {
            found.extend(
                ending::near(names, &self.habits).into_iter().map(|(rare, common)| (rare, common, Evidence::Ending)),
            );
        }
        found.sort_by_key(|(rare, ..)| rare.1.places[0].start);
        found.retain(|(rare, common, _)| {
            ![rare, common].iter().any(|(_, form)| is_registered(reading, &form.places[0]))
        });
        for (rare, common, evidence) in found {
            report(reading, rare, common, evidence, out);
        }
        for name in fielded(reading, names) {
            let (prose, field) =
                (reading.span(name.places[0].clone()), Span::new(reading.document.source, name.source));
            // One place against one place: the text is what is read.
            let finding = if name.places.len() > 1 {
                let message = format!("“{}” here and “{}” {}", name.field, name.prose, times(name.places.len()));
                out.finding(field, message).related(prose, "in the text")
            } else {
                let message = format!("“{}” here and “{}” in the front matter", name.prose, name.field);
                out.finding(prose, message).related(field, "in the front matter")
            };
            out.push(finding.help("one of them is misspelt"));
        }
    }

    fn versions(&self, versions: &Versions<'_, '_>, out: &mut Findings<'_>) {
        if versions.readings.len() < 2 {
            return;
        }
        let names: Vec<&Names> = versions.readings.iter().map(|reading| reading.names()).collect();
        let mut places: BTreeMap<Two<'_>, Vec<(usize, Range<usize>)>> = BTreeMap::new();
        for (at, names) in names.iter().enumerate() {
            for ((first, last), found) in &names.pairs {
                places.entry((first, last)).or_default().push((at, found[0].clone()));
            }
        }
        let all: Vec<Two<'_>> = places.keys().copied().collect();
        for (name, other) in near_pairs(all.iter().copied(), &all) {
            let (here, there) = (&places[&name], &places[&other]);
            // The spelling of fewer versions is the one to doubt; of two, that of the translation.
            let rarer = here.len() < there.len() || here.len() == there.len() && here[0].0 > there[0].0;
            // Names are translated: the other word is letter for letter the same, and one of the two is the original's.
            let kept = name.0 == other.0 || name.1 == other.1;
            let original = here[0].0 == 0 || there[0].0 == 0;
            // What one of the texts has in both spellings is said there.
            let both = names
                .iter()
                .any(|names| [name.0, name.1, other.0, other.1].iter().all(|word| names.words.contains_key(*word)));
            let (reading, range) = (versions.readings[here[0].0], here[0].1.clone());
            if !rarer || !kept || !original || both || is_registered(reading, &range) {
                continue;
            }
            let (reading_there, place) = (versions.readings[there[0].0], there[0].1.clone());
            let tag = reading_there.document.language.tag.as_deref().unwrap_or("another language");
            let message = format!("“{} {}” here and “{} {}” in {tag}", name.0, name.1, other.0, other.1);
            let finding =
                out.finding(reading.span(range), message).related(reading_there.span(place), "otherwise here");
            out.push(finding.help("one of them is misspelt"));
        }
    }

    fn summarise(&self, reading: &Reading<'_>) -> Vec<Noted> {
        let names = reading.names();
        // Versions in other languages are compared by themselves.
        let key = xxh3_64(reading.document.language.tag.as_deref().unwrap_or_default().as_bytes());
        let known = names.pairs.iter().filter(|(_, places)| !is_registered(reading, &places[0]));
        let noted = |(name, places): (&(String, String), &Vec<Range<usize>>)| Noted {
            key,
            form: format!("{} {}", name.0, name.1),
            range: reading.span(places[0].clone()).range(),
        };
        known.map(noted).collect()
    }

    fn judge(&self, kept: &Kept, out: &mut Findings<'_>) {
        for (_, forms) in kept.terms() {
            across(&forms.iter().filter_map(|(form, places)| Some((form.split_once(' ')?, places))).collect(), out);
        }
    }
}

/// What one file of a run spells otherwise than several others.
fn across(names: &BTreeMap<Two<'_>, &Places>, out: &mut Findings<'_>) {
    let common: Vec<Two<'_>> =
        names.iter().filter(|(_, all)| all.files.len() >= FILES).map(|(name, _)| *name).collect();
    let rare = names.iter().filter(|(_, all)| all.files.len() == 1).map(|(name, _)| *name);
    for (name, other) in near_pairs(rare, &common) {
        let (here, there) = (names[&name], names[&other]);
        let (Some(place), Some(elsewhere)) = (here.first.first(), there.first.first()) else { continue };
        // What one text has in both spellings is said there.
        if there.files.contains(&place.source) {
            continue;
        }
        let files = there.files.len();
        let message = format!("“{} {}” here and “{} {}” in {files} other files", name.0, name.1, other.0, other.1);
        let finding = out.finding(*place, message).related(*elsewhere, "in another file");
        out.push(finding.help("one of them is misspelt"));
    }
}

/// Whether the register knows the name at a place, or nearly knows it: then the register is who says how it is spelt.
pub(super) fn is_registered(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let mentions = reading.register_mentions();
    let before = mentions.hits.partition_point(|hit| hit.range.start < place.end);
    let hit = mentions.hits[..before].last().is_some_and(|hit| place.start < hit.range.end);
    let before = mentions.near.partition_point(|near| near.range.start < place.end);
    hit || mentions.near[..before].last().is_some_and(|near| place.start < near.range.end)
}

fn report(reading: &Reading<'_>, rare: Spelt<'_>, common: Spelt<'_>, evidence: Evidence, out: &mut Findings<'_>) {
    let ((found, here), (wanted, there)) = ((rare.0, &rare.1.places), (common.0, &common.1.places));
    let mut finding =
        out.finding(reading.span(here[0].clone()), format!("“{found}” here and “{wanted}” {}", times(there.len())));
    finding = finding.label(if here.len() == 1 { "so only here".into() } else { format!("{} times so", here.len()) });
    for place in here.iter().skip(1).take(SHOWN) {
        finding = finding.related(reading.span(place.clone()), "and here");
    }
    for (at, place) in there.iter().take(SHOWN).enumerate() {
        finding = finding.related(
            reading.span(place.clone()),
            if at == 0 { format!("so {}", times(there.len())) } else { "so".into() },
        );
    }
    finding = finding.because(evidence.told());
    finding.help.get_or_insert_with(|| "one of them is misspelt".into());
    if let Some(span) = reading.edit_span(here[0].clone()).filter(|_| here.len() == 1 && there.len() > 1) {
        finding = finding.replace(format!("write “{wanted}”"), Applicability::Display, span, wanted);
    }
    out.push(finding);
}

fn times(count: usize) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{count} times"),
    }
}
