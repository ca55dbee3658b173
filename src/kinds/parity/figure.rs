//! `parity/figure`: figures that a translation gives otherwise than its original, or leaves out. Words absolve, digits accuse.

use super::place::{doubtful, in_bead};
use crate::diagnostic::{Confidence, Diagnostic, Severity};
use crate::document::BlockKind;
use crate::mention::number::Form;
use crate::release::align::Bead;
use crate::release::figure::{Figure, figures};
use crate::rule::{Check, Findings, Kind, Pair, Reading, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::BTreeSet;
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

/// Whether a figure belongs to a date or a time of day, which are compared as such; a year alone is a figure.
fn in_date(reading: &Reading<'_>, figure: &Figure) -> bool {
    let dates = reading.dates();
    let before = dates.partition_point(|date| date.range.start <= figure.range.start);
    let date = dates[..before].last().filter(|date| figure.range.end <= date.range.end);
    let times = reading.times();
    let before = times.partition_point(|time| time.range.start <= figure.range.start);
    let time = times[..before].last().filter(|time| figure.range.end <= time.range.end);
    let dated = |date: &crate::mention::date::Mention| {
        date.points.iter().any(|point| point.partial().is_some_and(|partial| partial.month.is_some()))
    };
    date.is_some_and(dated) || time.is_some()
}

/// The figures of one bead on both sides, and those that nothing on the other side explains.
struct Compared {
    original: Vec<Figure>,
    translation: Vec<Figure>,
    /// Indices of what is not explained.
    only_original: Vec<usize>,
    only_translation: Vec<usize>,
}

impl Check for Report {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        let beads = pair.beads();
        if beads.is_empty() {
            return;
        }
        let compared: Vec<Compared> = beads.iter().map(|bead| compare(pair, bead)).collect();
        let all = |side: fn(&Compared) -> &Vec<Figure>| -> BTreeSet<&str> {
            let figures = compared.iter().flat_map(side);
            figures.flat_map(|figure| figure.values.iter().chain(&figure.parts)).map(String::as_str).collect()
        };
        let (here, there) = (all(|c| &c.original), all(|c| &c.translation));
        for (at, (bead, found)) in beads.iter().zip(&compared).enumerate() {
            if bead.source.is_empty() || bead.target.is_empty() {
                continue;
            }
            // A figure may have gone over into the next passage with its sentence.
            let near = |figure: &Figure, side: fn(&Compared) -> &Vec<Figure>| {
                let around =
                    [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|near| compared.get(near));
                around.flat_map(side).any(|other| other.equals(figure))
            };
            let originals: Vec<&Figure> = (found.only_original.iter().filter_map(|&index| found.original.get(index)))
                .filter(|figure| !near(figure, |c| &c.translation))
                .collect();
            let translations: Vec<&Figure> =
                (found.only_translation.iter().filter_map(|&index| found.translation.get(index)))
                    .filter(|figure| !near(figure, |c| &c.original))
                    .collect();
            let pairs = pairs(&originals, &translations);
            match self {
                Report::Other => {
                    let sure = originals.len() == 1 && translations.len() == 1;
                    for (one, other) in &pairs {
                        out.push(other_figure(pair, bead, one, other, sure, out));
                    }
                }
                Report::Missing => {
                    let free = |figure: &&&Figure| {
                        !pairs.iter().any(|(a, b)| std::ptr::eq(*a, **figure) || std::ptr::eq(*b, **figure))
                    };
                    let lost = originals.iter().filter(free).filter(|figure| !known(figure, &there) && accuses(figure));
                    for figure in lost {
                        out.push(missing(pair, bead, figure, out));
                    }
                    let more =
                        translations.iter().filter(free).filter(|figure| !known(figure, &here) && accuses(figure));
                    for figure in more {
                        let span = pair.translation.span(figure.range.clone());
                        let message =
                            format!("“{}” is not in the original", pair.translation.slice(figure.range.clone()));
                        let mut finding = out.finding(span, message);
                        if let Some(range) = pair.original_ranges(bead).into_iter().next() {
                            finding = finding.related(pair.original.span(range), "the original's passage");
                        }
                        out.push(weighed(pair, bead, finding));
                    }
                }
            }
        }
    }
}

/// Whether a value stands anywhere in the other version.
fn known(figure: &Figure, values: &BTreeSet<&str>) -> bool {
    figure.values.iter().any(|value| values.contains(value.as_str()))
        || (!figure.parts.is_empty() && figure.parts.iter().all(|part| values.contains(part.as_str())))
}

/// Whether a figure that only one version has can be missed at all: small and round ones are written in words as often.
fn accuses(figure: &Figure) -> bool {
    let Ok(value) = figure.value().parse::<f64>() else { return figure.prefix.is_empty() };
    let round = value <= 100.0 && value % 10.0 == 0.0;
    figure.prefix.is_empty() && value > SMALL && !round && ![25.0, 75.0].contains(&value) && !is_scale(value)
}

/// Numbers up to here are written in words as often as in figures.
const SMALL: f64 = 20.0;

/// 1,000, 1,000,000 and so on, for which languages have words.
fn is_scale(value: f64) -> bool {
    [1e2, 1e3, 1e4, 1e6, 1e9, 1e12].contains(&value)
}

fn compare(pair: &Pair<'_, '_>, bead: &Bead) -> Compared {
    let read = |reading: &Reading<'_>, ranges: Vec<Range<usize>>| -> Vec<Figure> {
        let text = |range: &Range<usize>| reading.text().get(range.clone()).unwrap_or_default();
        let mut found: Vec<Figure> = ranges.iter().flat_map(|range| figures(text(range), range.start)).collect();
        found.retain(|figure| !figure.marker && !reading.is_opaque(&figure.range));
        found.iter_mut().for_each(|figure| figure.values.extend(with_scale(reading, figure)));
        found
    };
    let original = read(pair.original, pair.original_ranges(bead));
    let translation = read(pair.translation, pair.translation_ranges(bead));
    let only = |reading: &Reading<'_>, one: &[Figure], other: &[Figure]| -> Vec<usize> {
        let explained = |figure: &Figure| {
            other.iter().any(|there| {
                figure.equals(there)
                    || figure.scales(there)
                    || figure.is_hour_of(there)
                    || figure.is_decade_of(there)
                    || joined(there, figure)
            }) || split(figure, other)
        };
        one.iter()
            .enumerate()
            .filter(|(_, figure)| !explained(figure) && !in_date(reading, figure))
            .map(|(index, _)| index)
            .collect()
    };
    let (only_original, only_translation) =
        (only(pair.original, &original, &translation), only(pair.translation, &translation, &original));
    Compared { original, translation, only_original, only_translation }
}

/// What a figure is with the scale word beside it: “4.5 million” and 「450万」 are one number, and their digits are not.
fn with_scale(reading: &Reading<'_>, figure: &Figure) -> Option<String> {
    let numbers = reading.numbers();
    let after = numbers.partition_point(|number| number.figure.end < figure.range.end);
    let number = numbers.get(after).filter(|number| number.figure.start <= figure.range.start)?;
    (number.form == Form::Mixed).then(|| number.value().to_string())
}

/// Whether the figure is one of the numbers that the other may be apart.
fn joined(other: &Figure, figure: &Figure) -> bool {
    other.parts.iter().any(|part| figure.values.contains(part))
}

/// Whether the numbers that a figure may be apart all stand on the other side.
fn split(figure: &Figure, other: &[Figure]) -> bool {
    let known = |part: &String| other.iter().any(|there| there.values.contains(part) || there.parts.contains(part));
    !figure.parts.is_empty() && figure.parts.iter().all(known)
}

/// Pairs of what is left on both sides: figures of one sort, in their order.
fn pairs<'f>(originals: &[&'f Figure], translations: &[&'f Figure]) -> Vec<(&'f Figure, &'f Figure)> {
    let mut free: Vec<&Figure> = translations.to_vec();
    let mut found = Vec::new();
    for one in originals {
        let sort =
            |other: &&Figure| other.prefix == one.prefix && (other.percent == one.percent || other.values.len() > 1);
        if let Some(at) = free.iter().position(sort) {
            found.push((*one, free.remove(at)));
        }
    }
    found
}

fn other_figure(
    pair: &Pair<'_, '_>,
    bead: &Bead,
    one: &Figure,
    other: &Figure,
    sure: bool,
    out: &Findings<'_>,
) -> Diagnostic {
    let [here, there] = [pair.original.slice(one.range.clone()), pair.translation.slice(other.range.clone())];
    let [one_name, other_name] = [format!("{}{here}", one.prefix), format!("{}{there}", other.prefix)];
    let message = format!("“{other_name}” is “{one_name}” in the original");
    let mut finding = out.finding(pair.translation.span(other.range.clone()), message);
    finding = finding.related(pair.original.span(one.range.clone()), "the original says");
    finding = finding.because(format!("nothing else in this passage is {} there, nor {} here", other_name, one_name));
    // No language writes a fraction of a hundredth in words.
    let small = |figure: &Figure| {
        let value = figure.value().parse::<f64>();
        figure.prefix.is_empty() && value.is_ok_and(|value| value <= 12.0 && value.fract() == 0.0)
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
