//! From places in a source to places in the passages that a page shows.

use crate::document::{Document, InlineKind, Piece};
use crate::rule::Reading;
use crate::source::Span;
use std::ops::Range;

/// A place in a block, in bytes of the document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Which block, as an index of [`Document::blocks`].
    pub block: usize,
    /// Where; empty for a place between two characters.
    pub range: Range<usize>,
}

/// The ways back from a document's source into its text, each in the order of the source.
pub struct Places<'r> {
    document: &'r Document,
    pieces: Vec<&'r Piece>,
    /// Links as they are written, with the text that they are around.
    links: Vec<(Range<usize>, Range<usize>)>,
    blocks: Vec<(Range<usize>, usize)>,
}

/// Links around a place that are looked at: they do not nest deeper.
const NESTED: usize = 8;

impl<'r> Places<'r> {
    /// Those of a reading.
    pub fn new(reading: &Reading<'r>) -> Self {
        let document = reading.document;
        let mut pieces: Vec<&Piece> = document.map.pieces().iter().filter(|piece| !piece.source.is_empty()).collect();
        pieces.sort_by_key(|piece| (piece.source.start, piece.text));
        let mut links = Vec::new();
        for inline in &document.inlines {
            links.push((inline.source.clone(), inline.range.clone()));
            if let InlineKind::Link { source, .. } = &inline.kind {
                links.push((source.clone(), inline.range.clone()));
            }
        }
        links.sort_by_key(|(source, text)| (source.start, text.start));
        let shown = document.blocks.iter().enumerate().filter(|(_, block)| !block.range.is_empty());
        let mut blocks: Vec<_> = shown.map(|(index, block)| (block.source.clone(), index)).collect();
        blocks.sort_by_key(|(source, index)| (source.start, *index));
        Places { document, pieces, links, blocks }
    }

    /// Where a span of the source stands in the text: a spot in each block that it covers. Empty where it is in no block of this
    /// document.
    pub fn spots(&self, span: Span) -> Vec<Spot> {
        if span.source != self.document.source {
            return Vec::new();
        }
        let found = if span.start == span.end { Vec::new() } else { self.words(span.range()) };
        if found.is_empty() { self.near(span.start).into_iter().collect() } else { found }
    }

    /// The words that come from a range of the source.
    fn words(&self, source: Range<usize>) -> Vec<Spot> {
        let mut found: Vec<Spot> = Vec::new();
        let first = self.pieces.partition_point(|piece| piece.source.end <= source.start);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.source.start < source.end) {
            let (mut start, mut end) = (piece.text, piece.text + piece.len);
            if piece.exact {
                start += source.start.saturating_sub(piece.source.start);
                end -= piece.source.end.saturating_sub(source.end);
            }
            let Some(block) = self.document.block_at(start) else { continue };
            let within = &self.document.blocks[block].range;
            let (start, end) = (start.max(within.start), end.min(within.end));
            if start >= end {
                continue;
            }
            match found.iter_mut().find(|spot| spot.block == block) {
                Some(spot) => spot.range = spot.range.start.min(start)..spot.range.end.max(end),
                None => found.push(Spot { block, range: start..end }),
            }
        }
        found
    }

    /// The link or block that a byte of markup belongs to, or the end of the text before it.
    fn near(&self, at: usize) -> Option<Spot> {
        let spot = |range: Range<usize>| Some(Spot { block: self.document.block_at(range.start)?, range });
        let before = self.pieces.partition_point(|piece| piece.source.start <= at);
        let piece = before.checked_sub(1).and_then(|index| self.pieces.get(index));
        if let Some(piece) = piece.filter(|piece| at <= piece.source.end) {
            let into = if piece.exact { at - piece.source.start } else { 0 };
            let text = piece.text + if at == piece.source.end { piece.len } else { into };
            return spot(text..text);
        }
        let around = self.links.partition_point(|(source, _)| source.start <= at);
        let link = self.links[..around].iter().rev().take(NESTED).find(|(source, _)| at < source.end);
        if let Some((_, text)) = link {
            return spot(text.clone());
        }
        let around = self.blocks.partition_point(|(source, _)| source.start <= at);
        let (source, block) = self.blocks[..around].last()?;
        let range = &self.document.blocks[*block].range;
        // A gap after the last block of a document lies at its end; what lies far outside lies nowhere.
        let place = if at < source.end && at == source.start { range.start } else { range.end };
        Some(Spot { block: *block, range: place..place })
    }
}
