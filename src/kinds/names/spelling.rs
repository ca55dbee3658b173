//! `names/spelling`: one name spelt two ways in one text.

use super::ending;
use super::name::{Names, read};
use super::near::{Echoes, Evidence, Spelt, Two, evidence, fielded, near_pairs, near_words};
use crate::diagnostic::{Applicability, Diagnostic};
use crate::rule::{Check, Findings, Hit, Kind, Noted, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::{SourceId, Span};
use std::collections::BTreeMap;
use std::ops::Range;

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
        let names = read(reading);
        let language = reading.document.language.tag.as_deref().unwrap_or_default().to_lowercase();
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        let capital_nouns = self.capital_nouns.iter().any(|tag| tag == primary);
        let echoes = Echoes::of(reading);
        let mut found = near_words(&names, reading.language().names.undeclined, |slip, rare, common| {
            let evidence = evidence(slip, rare, common, &echoes)?;
            (!capital_nouns || matches!(evidence, Evidence::Beside | Evidence::Coined)).then_some(evidence)
        });
        if reading.language().names.undeclined {
            found.extend(
                ending::near(&names, &self.habits).into_iter().map(|(rare, common)| (rare, common, Evidence::Ending)),
            );
        }
        found.sort_by_key(|(rare, ..)| rare.1.places[0].start);
        for (rare, common, evidence) in found {
            report(reading, rare, common, evidence, out);
        }
        for name in fielded(reading, &names) {
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

    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let (original, translation) = (read(pair.original), read(pair.translation));
        // What one of the texts has in both spellings is said there.
        let only =
            |names: &Names<'_>, name: &Two<'_>| !names.words.contains_key(name.0) || !names.words.contains_key(name.1);
        let there: Vec<Two<'_>> = original.pairs.keys().copied().filter(|name| only(&translation, name)).collect();
        let here = translation.pairs.keys().copied().filter(|name| only(&original, name));
        for (name, other) in near_pairs(here, &there) {
            let message = format!("“{} {}” here and “{} {}” in the original", name.0, name.1, other.0, other.1);
            let finding = out.finding(pair.translation.span(translation.pairs[&name][0].clone()), message);
            let place = original.pairs[&other][0].clone();
            out.push(finding.related(pair.original.span(place), "the original"));
        }
    }

    fn summarise(&self, reading: &Reading<'_>) -> Vec<Noted> {
        let names = read(reading);
        let noted = |(name, places): (&Two<'_>, &Vec<Range<usize>>)| Noted {
            key: String::new(),
            form: format!("{} {}", name.0, name.1),
            range: reading.span(places[0].clone()).range(),
        };
        names.pairs.iter().map(noted).collect()
    }

    fn judge(&self, notes: &[(SourceId, Vec<Noted>)], out: &mut Findings<'_>) {
        let mut places: BTreeMap<Two<'_>, Vec<Span>> = BTreeMap::new();
        for (source, noted) in notes {
            for note in noted {
                let Some(name) = note.form.split_once(' ') else { continue };
                places.entry(name).or_default().push(Span::new(*source, note.range.clone()));
            }
        }
        let common: Vec<Two<'_>> = places.iter().filter(|(_, all)| all.len() >= FILES).map(|(name, _)| *name).collect();
        let rare = places.iter().filter(|(_, all)| all.len() == 1).map(|(name, _)| *name);
        for (name, other) in near_pairs(rare, &common) {
            let (here, there) = (&places[&name], &places[&other]);
            // What one text has in both spellings is said there.
            if there.iter().any(|place| place.source == here[0].source) {
                continue;
            }
            let message =
                format!("“{} {}” here and “{} {}” in {} other files", name.0, name.1, other.0, other.1, there.len());
            let finding = out.finding(here[0], message).related(there[0], "in another file");
            out.push(finding.help("one of them is misspelt"));
        }
    }
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
