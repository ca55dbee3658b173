//! `quotations/kinds`: a quotation that ends with another kind of mark than it began with, and two kinds in one text.

use super::marks::{Shape, closing, opening};
use crate::diagnostic::Applicability;
use crate::document::detect;
use crate::mention::quotation::Quotation;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::Key;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/kinds",
    page: include_str!("kinds.md"),
    keys: &[
        Key::required(
            "compare",
            crate::settings::Shape::OneOf(&["pair", "text", "typewriter"]),
            "`pair`: the two marks of a quotation; `text`: typewriter marks among guillemets; \
             `typewriter`: curly against typewriter marks.",
        ),
        Key::new(
            "at-least",
            crate::settings::Shape::Integer,
            "How many quotations of the prevailing kind there must be; 2 by default.",
        ),
    ],
    build,
};

/// Words of a quotation that is more than a term.
const WORDS: usize = 7;
/// Places of the rarer kind that are told one by one.
const FEW: usize = 4;
/// Places of the rarer kind that a finding points at.
const SHOWN: usize = 20;

#[derive(Clone, Copy, PartialEq)]
enum Compare {
    Pair,
    Text,
    Typewriter,
}

struct Kinds {
    compare: Compare,
    at_least: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let compare = match setup.table.text("compare") {
        Some("pair") => Compare::Pair,
        Some("typewriter") => Compare::Typewriter,
        _ => Compare::Text,
    };
    let at_least = setup.table.integer("at-least").unwrap_or(2).max(1) as usize;
    Ok(Box::new(Kinds { compare, at_least }))
}

impl Check for Kinds {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        match self.compare {
            Compare::Pair => {
                reading.quotations().iter().for_each(|quotation| pair(reading, quotation, out));
                ends(reading, out);
            }
            _ => self.text(reading, out),
        }
    }
}

impl Kinds {
    /// The kind that a quotation counts as; none where it counts for nothing.
    fn counted(&self, quotation: &Quotation) -> Option<Shape> {
        let shape = Shape::of(quotation.open);
        match (self.compare, shape) {
            (_, Shape::Other) => None,
            (Compare::Typewriter, Shape::Guillemets) => None,
            _ => Some(shape),
        }
        // A nested quotation has the other kind by right.
        .filter(|_| quotation.depth == 0)
    }

    /// Whether a quotation of the rarer kind is a slip. A few words among curly marks or guillemets may be a term, or have the marks of
    /// their own language.
    fn odd(&self, reading: &Reading<'_>, quotation: &Quotation) -> bool {
        let shape = Shape::of(quotation.open);
        self.compare == Compare::Typewriter || shape == Shape::Typewriter || {
            let words = reading.slice(quotation.inner.clone());
            let own = reading.language().tag;
            words.split_whitespace().nth(WORDS - 1).is_some()
                && !own.is_empty()
                && (own == "en" || detect::between(words, own, "en") == Some(own))
        }
    }

    fn text(&self, reading: &Reading<'_>, out: &mut Findings<'_>) {
        let outer: Vec<(&Quotation, Shape)> =
            reading.quotations().iter().filter_map(|quotation| Some((quotation, self.counted(quotation)?))).collect();
        let count = |shape: Shape| outer.iter().filter(|(_, other)| *other == shape).count();
        let kinds = [Shape::Typewriter, Shape::Curly, Shape::Guillemets];
        let Some(most) = kinds.into_iter().max_by_key(|kind| count(*kind)) else { return };
        // Typewriter marks belong to no language: where they prevail, the others are those that are right.
        let by_hand = self.compare == Compare::Text && most == Shape::Typewriter;
        if by_hand
            || count(most) < self.at_least
            || kinds.into_iter().filter(|kind| count(*kind) == count(most)).count() > 1
        {
            return;
        }
        let Some((first, _)) = outer.iter().find(|(_, shape)| *shape == most) else { return };
        // A few are slips, each to be mended where it stands; many come from one source, and one place tells of them all.
        let odd: Vec<&Quotation> = outer
            .iter()
            .filter(|(_, shape)| {
                *shape != most && (self.compare == Compare::Typewriter || [*shape, most].contains(&Shape::Guillemets))
            })
            .filter(|(quotation, _)| self.odd(reading, quotation))
            .map(|(quotation, _)| *quotation)
            .collect();
        let apart = self.compare == Compare::Text && odd.len() <= FEW;
        for (at, one) in odd.iter().enumerate().take(if apart { FEW } else { 1 }) {
            let found = Shape::of(one.open).name();
            let message = format!("{found} in a text that has {}", Shape::of(first.open).name());
            let finding = out.finding(reading.span(opening(one)), message);
            let mut finding = finding.label(found).related(reading.span(opening(first)), "the text has these");
            let others = if self.compare == Compare::Text && !apart { &odd[at + 1..] } else { &[] };
            for other in others.iter().take(SHOWN) {
                finding = finding.related(reading.span(opening(other)), "and here");
            }
            out.push(finding);
        }
    }
}

/// Reports a low opening mark (German, Czech, Polish) that ends with another mark than in the rest of the text; where two are as many,
/// with another than in the language.
fn ends(reading: &Reading<'_>, out: &mut Findings<'_>) {
    let low: Vec<(&Quotation, char)> = reading
        .quotations()
        .iter()
        .filter(|quotation| quotation.open == '„' && !quotation.inner.is_empty())
        .filter_map(|quotation| Some((quotation, quotation.close.filter(|close| matches!(close, '“' | '”'))?)))
        .collect();
    let count = |mark: char| low.iter().filter(|(_, close)| *close == mark).count();
    let (straight, german) = (count('”'), count('“'));
    let own = reading.language().punctuation.outer(None);
    let right = match straight.cmp(&german) {
        std::cmp::Ordering::Greater => '”',
        std::cmp::Ordering::Less => '“',
        std::cmp::Ordering::Equal => match own {
            Some(('„', close)) => close,
            _ => return,
        },
    };
    let Some((model, _)) = low.iter().find(|(_, close)| *close == right) else { return };
    for (quotation, close) in low.iter().filter(|(_, close)| *close != right) {
        let Some(place) = closing(quotation) else { continue };
        let finding =
            out.finding(reading.span(place.clone()), format!("a quotation that begins with „ ends with {close}"));
        let finding = finding.related(reading.span(opening(quotation)), "it begins here");
        let finding = match closing(model) {
            Some(model) => {
                finding.label("another mark than elsewhere").related(reading.span(model), "the text has these")
            }
            None => finding,
        };
        out.push(match reading.edit_span(place) {
            Some(span) => finding.replace(format!("end it with {right}"), Applicability::Unsafe, span, right),
            None => finding,
        });
    }
}

/// Reports a quotation whose marks are of two kinds.
fn pair(reading: &Reading<'_>, quotation: &Quotation, out: &mut Findings<'_>) {
    let (Some(close), Some(place)) = (quotation.close, closing(quotation)) else { return };
    let (first, last) = (Shape::of(quotation.open), Shape::of(close));
    if first == last || first == Shape::Other || last == Shape::Other || quotation.inner.is_empty() {
        return;
    }
    let finding = out.finding(
        reading.span(place.clone()),
        format!("a quotation that begins with {} ends with {close}", quotation.open),
    );
    let finding = finding.label("another kind of mark").related(reading.span(opening(quotation)), "it begins here");
    let partner = match quotation.open {
        '"' => '"',
        '«' => '»',
        '»' => '«',
        '“' | '”' => '”',
        _ => '“',
    };
    out.push(match reading.edit_span(place) {
        Some(span) => finding.replace(format!("end it with {partner}"), Applicability::Unsafe, span, partner),
        None => finding,
    });
}
