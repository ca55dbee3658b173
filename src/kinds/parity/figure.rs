//! `parity/figure`: figures that a translation gives otherwise than its original, or leaves out. Words absolve, digits accuse.

use super::place::{doubtful, in_bead};
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::BlockKind;
use crate::mention::number::{Unit, Value};
use crate::release::align::Bead;
use crate::release::figure::{Figure, Figures};
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/figure",
    page: include_str!("figure.md"),
    keys: &[Key::required(
        "report",
        Shape::OneOf(&["other", "missing"]),
        "What to report: figures that differ, or figures that only one version has.",
    )],
    build,
};

enum Report {
    Other,
    Missing,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(match setup.table.text("report") {
        Some("missing") => Report::Missing,
        _ => Report::Other,
    }))
}

/// The figures of one bead on both sides, and those that nothing on the other side explains, as indices.
struct Compared {
    original: Figures,
    translation: Figures,
    only_original: Vec<usize>,
    only_translation: Vec<usize>,
}

impl Compared {
    fn of(pair: &Pair<'_, '_>, bead: &Bead) -> Self {
        let original = read(pair.original, pair.original_ranges(bead));
        let translation = read(pair.translation, pair.translation_ranges(bead));
        let only = |reading: &Reading<'_>, one: &Figures, other: &Figures| -> Vec<usize> {
            let strange =
                |figure: &Figure| !figure.words && !reading.is_opaque(&figure.range) && !other.explains(figure);
            one.list.iter().enumerate().filter(|(_, figure)| strange(figure)).map(|(at, _)| at).collect()
        };
        let only_original = only(pair.original, &original, &translation);
        let only_translation = only(pair.translation, &translation, &original);
        Compared { original, translation, only_original, only_translation }
    }
}

fn read(reading: &Reading<'_>, ranges: Vec<Range<usize>>) -> Figures {
    let mut all = Figures::default();
    for range in ranges {
        let (numbers, identifiers) = (reading.numbers(), reading.identifiers());
        all.extend(Figures::within(reading.text(), &range, numbers, identifiers, reading.dates()));
    }
    all
}

/// How often one version has each value, anywhere; and every other group of digits.
#[derive(Default)]
struct Anywhere {
    values: HashMap<Value, usize>,
    digits: BTreeSet<String>,
}

impl Anywhere {
    fn add(&mut self, figures: &Figures) {
        for figure in &figures.list {
            let values: HashSet<&Value> = figure.values.iter().chain(&figure.apart).collect();
            values.into_iter().for_each(|value| *self.values.entry(*value).or_default() += 1);
        }
        self.digits.extend(figures.digits.iter().cloned());
    }

    fn count(&self, figure: &Figure) -> usize {
        figure.values.iter().filter_map(|value| self.values.get(value)).copied().max().unwrap_or(0)
    }

    /// Whether a figure that a passage of the other version has alone only stands elsewhere here: as often as there, or in a date or code,
    /// or in parts.
    fn knows(&self, figure: &Figure, other: &Anywhere) -> bool {
        let apart = !figure.apart.is_empty() && figure.apart.iter().all(|part| self.values.contains_key(part));
        let here = self.count(figure);
        apart
            || (here > 0 && here >= other.count(figure))
            || figure.values.iter().any(|value| self.digits.contains(&value.to_string()))
    }
}

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let beads = pair.beads();
        if beads.is_empty() {
            return;
        }
        let compared: Vec<Compared> = beads.iter().map(|bead| Compared::of(pair, bead)).collect();
        let (mut here, mut there) = (Anywhere::default(), Anywhere::default());
        for one in &compared {
            here.add(&one.original);
            there.add(&one.translation);
        }
        for (at, (bead, found)) in beads.iter().zip(&compared).enumerate() {
            if bead.source.is_empty() || bead.target.is_empty() {
                continue;
            }
            // A figure may have gone over into the next passage with its sentence.
            let near = |figure: &Figure, side: fn(&Compared) -> &Figures| {
                let around = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let around = around.filter_map(|near| compared.get(near)).map(side);
                around.flat_map(|figures| &figures.list).any(|other| other.equals(figure))
            };
            let originals: Vec<&Figure> = (found.only_original.iter().filter_map(|at| found.original.list.get(*at)))
                .filter(|figure| !near(figure, |c| &c.translation))
                .collect();
            let translations: Vec<&Figure> =
                (found.only_translation.iter().filter_map(|at| found.translation.list.get(*at)))
                    .filter(|figure| !near(figure, |c| &c.original))
                    .collect();
            let pairs = pairs(&originals, &translations);
            if let Report::Other = self {
                for (one, other, sure) in &pairs {
                    out.push(other_figure(pair, bead, one, other, *sure, out));
                }
                currencies(pair, bead, found, out);
                continue;
            }
            let free = |figure: &Figure| {
                !pairs.iter().any(|(a, b, _)| std::ptr::eq(*a, figure) || std::ptr::eq(*b, figure)) && accuses(figure)
            };
            let (told, heard) = (pair.original_ranges(bead), pair.translation_ranges(bead));
            let unsaid = |figure: &Figure, other: &Reading<'_>, ranges: &[Range<usize>]| {
                round(figure).is_none_or(|value| !says_about(other, ranges, value))
            };
            for figure in originals.iter().filter(|figure| {
                free(figure) && !there.knows(figure, &here) && unsaid(figure, pair.translation, &heard)
            }) {
                out.push(missing(pair, bead, figure, out));
            }
            for figure in translations
                .iter()
                .filter(|figure| free(figure) && !here.knows(figure, &there) && unsaid(figure, pair.original, &told))
            {
                let span = pair.translation.span(figure.range.clone());
                let message = format!("“{}” is not in the original", pair.translation.slice(figure.range.clone()));
                let mut finding = out.finding(span, message);
                if let Some(range) = pair.original_ranges(bead).into_iter().next() {
                    finding = finding.related(pair.original.span(range), "the original's passage");
                }
                out.push(weighed(pair, bead, finding));
            }
        }
    }
}

/// Whether a figure that only one version has can be missed at all. Number words of the other version are read, but languages have more
/// words for the smallest numbers and the roundest (a pair, a dozen, both, half, a fortnight, hundreds) than are counted with.
fn accuses(figure: &Figure) -> bool {
    let Some(value) = figure.value().filter(|_| figure.name.is_none()) else { return false };
    let about = value.about();
    let share = figure.unit == Some(Unit::Percent) && SHARES.contains(&about);
    let whole = value.as_whole().filter(|_| is_count(figure) && about <= 100.0);
    let named = whole.is_some_and(|value| matches!(value, 10 | 12 | 15 | 20 | 100));
    // “60 minutes” is an hour.
    let measured = matches!(figure.unit, Some(Unit::Measure(_))) && round(figure).is_some();
    about > SMALL && !named && !measured && !SCALES.contains(&about) && !share
}

/// Whether a figure counts things, and is no share or sum.
fn is_count(figure: &Figure) -> bool {
    !matches!(figure.unit, Some(Unit::Percent | Unit::Currency { .. }))
}

/// The tens of things that are counted, which may be said about: « une trentaine ».
fn round(figure: &Figure) -> Option<u64> {
    let value = figure.value().filter(|_| is_count(figure))?.as_whole()?;
    u64::try_from(value).ok().filter(|value| value % 10 == 0 && *value < 100)
}

/// Whether a passage has a word that is made of the one for a round number, such as « trentaine » of « trente », or may have, where the
/// number words of its language are not known.
fn says_about(reading: &Reading<'_>, ranges: &[Range<usize>], value: u64) -> bool {
    let stems: Vec<String> = reading.language().numbers.words().of_round(value).filter_map(stem).collect();
    let text = ranges.iter().filter_map(|range| reading.text().get(range.clone()));
    let mut words = text.flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    let is_of = |word: &str| stems.iter().any(|stem| word.starts_with(stem.as_str()));
    stems.is_empty() || words.any(|word| is_of(&word.to_lowercase()))
}

/// A number word without its last letter, which a longer word may have otherwise; none of a word that is too short to be told by the rest.
fn stem(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    (letters.len() > STEM).then(|| letters[..letters.len() - 1].iter().collect())
}

/// Letters of the shortest stem of a number word.
const STEM: usize = 3;
/// Numbers up to here are said in words that are no number words.
const SMALL: f64 = 2.0;
/// Percentages for which languages have words: all, halves, thirds, quarters, a fifth, a tenth.
const SHARES: [f64; 9] = [10.0, 20.0, 25.0, 33.0, 50.0, 66.0, 67.0, 75.0, 100.0];
/// Numbers for which languages have words.
const SCALES: [f64; 5] = [1e3, 1e4, 1e6, 1e9, 1e12];
/// Figures of a passage that may differ while it is still plain which stands for which.
const FEW: usize = 2;

/// Pairs of what is left on both sides, and whether it is certain that they stand for each other: those that differ by a slip first, then
/// figures of one sort in their order.
fn pairs<'f>(originals: &[&'f Figure], translations: &[&'f Figure]) -> Vec<(&'f Figure, &'f Figure, bool)> {
    let mut free: (Vec<&Figure>, Vec<&Figure>) = (originals.to_vec(), translations.to_vec());
    let mut found = Vec::new();
    for one in originals {
        let slips: Vec<usize> = (0..free.1.len()).filter(|at| free.1[*at].is_slip_of(one)).collect();
        let Some(&at) = slips.first() else { continue };
        let rivals = originals.iter().filter(|other| free.1[at].is_slip_of(other)).count();
        // Where much of a passage differs, a likeness may be chance.
        let few = originals.len().max(translations.len()) <= FEW;
        found.push((*one, free.1.remove(at), slips.len() == 1 && rivals == 1 && few));
        free.0.retain(|other| !std::ptr::eq(*other, *one));
    }
    let sure = free.0.len() == 1 && free.1.len() == 1;
    for one in free.0 {
        let at = free
            .1
            .iter()
            .position(|other| other.is_like(one))
            .or_else(|| free.1.iter().position(|other| other.is_version_of(one)));
        if let Some(at) = at {
            let other = free.1.remove(at);
            found.push((one, other, sure && other.is_like(one)));
        }
    }
    found
}

/// Sums of one amount in two currencies.
fn currencies(pair: &Pair<'_, '_>, bead: &Bead, found: &Compared, out: &mut Findings<'_>) {
    let money = |figure: &&Figure| matches!(figure.unit, Some(Unit::Currency { .. })) && !figure.words;
    let agree = |one: &Figure, other: &Figure| match (one.unit, other.unit) {
        (Some(one), Some(other)) => one.may_equal(other),
        _ => false,
    };
    for other in found.translation.list.iter().filter(money) {
        let same = || found.original.list.iter().filter(|one| one.equals(other));
        let (Some(one), false) = (same().find(money), same().any(|one| agree(one, other) || one.unit.is_none())) else {
            continue;
        };
        // Where the passage has the currency elsewhere, the sums may have been converted.
        if found.original.list.iter().any(|one| agree(one, other))
            || found.translation.list.iter().any(|two| agree(one, two))
        {
            continue;
        }
        let code = |figure: &Figure| match figure.unit {
            Some(Unit::Currency { code, .. }) => code,
            _ => "",
        };
        let says = pair.translation.slice(other.range.clone());
        let message = format!("“{says}” is in {} here and in {} in the original", code(other), code(one));
        let finding = out.finding(pair.translation.span(other.range.clone()), message);
        out.push(weighed(pair, bead, finding.related(pair.original.span(one.range.clone()), "the original says")));
    }
}

fn other_figure(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    one: &Figure,
    other: &Figure,
    sure: bool,
    out: &Findings<'_>,
) -> Diagnostic {
    let [said, says] = [pair.original.slice(one.range.clone()), pair.translation.slice(other.range.clone())];
    let finding =
        out.finding(pair.translation.span(other.range.clone()), format!("“{says}” is “{said}” in the original"));
    let finding = finding.related(pair.original.span(one.range.clone()), "the original says");
    let mut finding = finding.because(format!("nothing else in this passage is {says} there, nor {said} here"));
    // No language writes a fraction of a hundredth in words.
    let small = |figure: &Figure| {
        figure.name.is_none() && figure.value().and_then(Value::as_whole).is_some_and(|value| value <= 12)
    };
    if small(one) && small(other) {
        finding.severity = Severity::Warning;
        finding.confidence = Confidence::Medium;
        finding = finding.because("numbers as small may stand in words on the other side");
    } else if !sure {
        finding.severity = Severity::Warning;
        finding.confidence = Confidence::Medium;
        finding = finding.because("several figures of the passage differ; which stands for which is a guess");
    }
    weighed(pair, bead, finding)
}

fn missing(pair: &Pair<'_, '_>, bead: &Bead, figure: &Figure, out: &Findings<'_>) -> Diagnostic {
    let range = pair.translation_ranges(bead).into_iter().next_back().unwrap_or(0..0);
    let end = pair.translation.span(range).end;
    let message =
        format!("“{}” of the original is missing from this passage", pair.original.slice(figure.range.clone()));
    let finding = out.finding(Span::new(pair.translation.document.source, end..end), message);
    let finding = finding.related(pair.original.span(figure.range.clone()), "the original says");
    weighed(pair, bead, finding.because("it stands nowhere in the translation in digits"))
}

/// A finding in a heading is a note, for titles are adapted; and so is one in a bead that is a guess.
fn weighed(pair: &Pair<'_, '_>, bead: &Bead, finding: Diagnostic) -> Diagnostic {
    let block = super::place::translation_block(pair, bead.target.start);
    let heading = block.is_some_and(|block| matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)));
    let finding = in_bead(pair, bead, finding);
    if heading && finding.severity < Severity::Error { doubtful(finding) } else { finding }
}
