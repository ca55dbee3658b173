//! Findings beside the rows that they are about, numbered in the order of the page.

use super::places::{Places, Spot};
use super::rows::Blocks;
use super::{Kind, Note};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::rule::Pair;
use crate::source::Span;

/// A finding and where it is marked.
pub(super) struct Placed {
    pub note: Note,
    /// Its words in each text, those of the finding itself first, and whether its number stands there too: once in a passage.
    pub spots: Vec<(usize, Spot, bool)>,
}

/// Where findings of two texts belong.
pub(super) struct Desk<'p, 'a, 'r> {
    pub pair: &'p Pair<'a, 'r>,
    pub places: [Places<'a>; 2],
    pub rows: &'p [Blocks],
    /// The row of each block of both texts.
    pub row_of: [Vec<Option<usize>>; 2],
    /// Whether what is wrong with the original alone is told here.
    pub with_original: bool,
}

impl Desk<'_, '_, '_> {
    /// The findings about these two texts, in the order of the page.
    pub fn place(&self, found: &[Diagnostic]) -> Vec<Placed> {
        let mut placed: Vec<((usize, usize, usize), Placed)> =
            found.iter().filter_map(|finding| self.place_one(finding)).collect();
        // Stable: findings at one place keep their order.
        placed.sort_by_key(|(order, _)| *order);
        placed.into_iter().map(|(_, placed)| placed).collect()
    }

    fn place_one(&self, finding: &Diagnostic) -> Option<((usize, usize, usize), Placed)> {
        let own = self.side(finding.primary.span, Some(finding.document))?;
        let related = finding.related.iter().filter_map(|label| Some((self.side(label.span, None)?, label.span)));
        let related: Vec<(usize, Span)> = related.collect();
        if own == 0 && !self.with_original && related.iter().all(|(side, _)| *side == 0) {
            return None;
        }
        let spots_of =
            |side: usize, span: Span| self.places[side].spots(span).into_iter().map(move |spot| (side, spot));
        let mut spots: Vec<(usize, Spot)> = spots_of(own, finding.primary.span).collect();
        let primary = spots.len();
        spots.extend(related.into_iter().flat_map(|(side, span)| spots_of(side, span)));
        let row = |(side, spot): &(usize, Spot)| self.row_of[*side].get(spot.block).copied().flatten();
        let is_gap = |spot: &&(usize, Spot)| {
            let blocks = row(spot).and_then(|row| self.rows.get(row));
            spot.0 != own && blocks.is_some_and(|blocks| blocks.sides[own].is_empty())
        };
        // What is missing is told where the gap is, not at the words before it.
        let caret = spots[..primary].iter().all(|(_, spot)| spot.range.is_empty());
        let gap = if caret { spots[primary..].iter().find(is_gap) } else { None };
        let home = gap.or_else(|| spots.iter().find(|spot| row(spot).is_some()));
        let place = home.and_then(|spot| Some((row(spot)?, spot.0, spot.1.range.start)));
        if gap.is_some() {
            spots.drain(..primary);
        }
        spots.retain(|spot| row(spot).is_some());
        let source = self.pair.translation.sources.get(finding.primary.span.source);
        let at = source.position(finding.primary.span.start);
        let note = Note {
            severity: finding.severity,
            rule: finding.rule.clone(),
            message: finding.message.clone(),
            help: finding.help.clone(),
            kind: is_passage(&finding.rule).then_some(Kind::Passage),
            row: place.map(|(row, _, _)| row),
            place: format!("{}:{}:{}", source.path(), at.line, at.column),
            is_marked: spots.iter().any(|(_, spot)| !spot.range.is_empty()),
        };
        let mut numbered: Vec<(usize, usize)> = Vec::new();
        let spots = spots.into_iter().map(|(side, spot)| {
            let is_first = !numbered.contains(&(side, spot.block));
            numbered.push((side, spot.block));
            (side, spot, is_first)
        });
        Some((place.unwrap_or_default(), Placed { note, spots: spots.collect() }))
    }

    /// Which text a span lies in. One file may hold both.
    fn side(&self, span: Span, document: Option<usize>) -> Option<usize> {
        let documents = [self.pair.original.document, self.pair.translation.document];
        let holds = |side: usize| {
            let here: &Document = documents[side];
            let other: &Document = documents[1 - side];
            let is_own = match document {
                Some(index) => here.index == index,
                None => here.source != other.source || extent(here).is_some_and(|extent| extent.contains(&span.start)),
            };
            here.source == span.source && is_own
        };
        [1, 0].into_iter().find(|side| holds(*side))
    }
}

/// The bytes of the source from the first to the last block of a document.
fn extent(document: &Document) -> Option<std::ops::Range<usize>> {
    let start = document.blocks.iter().map(|block| block.source.start).min()?;
    Some(start..document.blocks.iter().map(|block| block.source.end).max()? + 1)
}

/// Whether a rule speaks of passages as a whole.
fn is_passage(rule: &str) -> bool {
    let whole =
        ["missing", "added", "moved", "untranslated", "split", "merged", "sentence", "heading", "list", "table"];
    rule.strip_prefix("parity/").is_some_and(|name| whole.contains(&name))
}
