//! From the text of a document to the bytes of its source, exactly, through every transformation.

use std::ops::Range;

/// A run of text and the run of source it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// First byte in the text.
    pub text: usize,
    /// Bytes in the text.
    pub len: usize,
    /// The bytes of the source.
    pub source: Range<usize>,
    /// Both are the same bytes; otherwise the source is written differently (an entity, an escape, a line break) and only
    /// the whole piece has a place.
    pub exact: bool,
    /// Markup stands in that run of the source, which no edit may take away.
    pub marked: bool,
}

/// Pieces in the order of the text, without gaps in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Map {
    pieces: Vec<Piece>,
}

impl Map {
    /// Appends `len` bytes of text that stand as they are at `source..source + len`.
    pub fn push_exact(&mut self, len: usize, source: usize) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.pieces.last_mut()
            && last.exact
            && last.source.end == source
        {
            last.len += len;
            last.source.end += len;
            return;
        }
        let text = self.text_len();
        self.pieces.push(Piece { text, len, source: source..source + len, exact: true, marked: false });
    }

    /// Appends `len` bytes of text that are written otherwise in the source.
    pub fn push_replaced(&mut self, len: usize, source: Range<usize>) {
        self.push_otherwise(len, source, false);
    }

    /// Appends `len` bytes of text for a run of the source that has markup in it.
    pub fn push_marked(&mut self, len: usize, source: Range<usize>) {
        self.push_otherwise(len, source, true);
    }

    fn push_otherwise(&mut self, len: usize, source: Range<usize>, marked: bool) {
        if len > 0 {
            let text = self.text_len();
            self.pieces.push(Piece { text, len, source, exact: false, marked });
        }
    }

    /// Bytes of text mapped so far.
    pub fn text_len(&self) -> usize {
        self.pieces.last().map_or(0, |piece| piece.text + piece.len)
    }

    /// The pieces in the order of the text.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The range of the source that covers a range of the text. An end inside a piece that is written otherwise takes the
    /// whole piece. An empty range is the place between two characters.
    pub fn to_source(&self, range: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return 0..0;
        }
        if range.is_empty() {
            let at = self.start_of(range.start);
            return at..at;
        }
        let start = self.start_of(range.start);
        let last = &self.pieces[self.piece_at(range.end - 1)];
        let end = if last.exact { last.source.start + (range.end - last.text).min(last.len) } else { last.source.end };
        // Text that was moved (front matter above a body, say) may map backwards; the start then stands alone.
        start..end.max(start)
    }

    /// As [`Map::to_source`], but only where the source under the range is one run without gaps and markup and both ends fall on
    /// boundaries: what an edit may replace.
    pub fn to_source_whole(&self, range: Range<usize>) -> Option<Range<usize>> {
        if self.pieces.is_empty() {
            return None;
        }
        if range.is_empty() {
            let piece = &self.pieces[self.piece_at(range.start)];
            let boundary = piece.exact || range.start == piece.text || range.start == piece.text + piece.len;
            return boundary.then(|| self.to_source(range));
        }
        let (first, last) = (self.piece_at(range.start), self.piece_at(range.end - 1));
        let pieces = &self.pieces[first..=last];
        let joined = pieces.windows(2).all(|pair| pair[0].source.end == pair[1].source.start)
            && pieces.iter().all(|piece| !piece.marked);
        let starts = self.pieces[first].exact || self.pieces[first].text == range.start;
        let ends = self.pieces[last].exact || self.pieces[last].text + self.pieces[last].len == range.end;
        (joined && starts && ends).then(|| self.to_source(range))
    }

    /// The byte of the text that came from a byte of the source; `None` where the source is markup.
    pub fn to_text(&self, source: usize) -> Option<usize> {
        let piece = self.pieces.iter().find(|piece| piece.source.contains(&source))?;
        Some(if piece.exact { piece.text + (source - piece.source.start) } else { piece.text })
    }

    fn start_of(&self, byte: usize) -> usize {
        let piece = &self.pieces[self.piece_at(byte)];
        match byte - piece.text {
            0 => piece.source.start,
            into if piece.exact => piece.source.start + into.min(piece.len),
            into if into >= piece.len => piece.source.end,
            _ => piece.source.start,
        }
    }

    /// The index of the piece that holds a byte; the last one for what lies past the end.
    fn piece_at(&self, byte: usize) -> usize {
        self.pieces.partition_point(|piece| piece.text <= byte).saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::Map;

    /// `a &amp; b` read as `a & b`, then a second run further on.
    fn map() -> Map {
        let mut map = Map::default();
        map.push_exact(2, 10);
        map.push_replaced(1, 12..17);
        map.push_exact(2, 17);
        map.push_exact(3, 30);
        map
    }

    #[test]
    fn ranges_map_through_replacements() {
        assert_eq!(map().to_source(0..5), 10..19);
        assert_eq!(map().to_source(2..3), 12..17);
        assert_eq!(map().to_source(3..3), 17..17);
        assert_eq!(map().to_text(31), Some(6));
        assert_eq!(map().to_text(25), None);
    }

    #[test]
    fn an_edit_never_spans_a_gap() {
        assert_eq!(map().to_source_whole(1..4), Some(11..18));
        assert_eq!(map().to_source_whole(4..7), None);
    }
}
