//! Excerpts of one file laid out in rows that fit the terminal: a paragraph is often one line of a thousand characters. Every
//! row knows the true line and column of its characters, and no row ends inside a label that fits in one.

use super::excerpt::Excerpt;
use crate::source::picture;
use std::ops::Range;
use unicode_width::UnicodeWidthChar;

/// A file as far as a report shows it.
#[derive(Debug)]
pub(super) struct Layout {
    pub path: String,
    /// All rows, each ended by a line feed.
    pub text: String,
    rows: Vec<Row>,
    cells: Vec<Cell>,
}

#[derive(Debug)]
struct Row {
    range: Range<usize>,
    line: usize,
    /// The row's characters.
    cells: Range<usize>,
}

/// A character of the source and what is shown for it.
#[derive(Debug, Clone)]
struct Cell {
    /// Its byte in the decoded source, and the byte after it.
    source: Range<usize>,
    line: usize,
    column: usize,
    /// What is shown, in bytes of the layout's text.
    shown: Range<usize>,
    picture: Option<String>,
    c: char,
}

impl Layout {
    /// Lays out excerpts of the file at `path` in rows of `width` columns.
    pub fn new(path: &str, excerpts: &[&Excerpt], width: usize) -> Self {
        let mut layout = Layout { path: path.to_owned(), text: String::new(), rows: Vec::new(), cells: Vec::new() };
        let labels: Vec<_> = excerpts.iter().map(|e| e.offset + e.label.start..e.offset + e.label.end).collect();
        let cells = cells(excerpts);
        for line in cells.chunk_by(|a, b| a.line == b.line && a.source.end == b.source.start) {
            for row in rows(line, &labels, width.max(20)) {
                layout.push(row);
            }
        }
        layout
    }

    /// The label of an excerpt in this layout's text.
    pub fn label(&self, excerpt: &Excerpt) -> Range<usize> {
        let start = excerpt.offset + excerpt.label.start;
        let end = excerpt.offset + excerpt.label.end;
        let first = self.cells.partition_point(|cell| cell.source.end <= start && cell.source != (start..start));
        let from = self.cells.get(first).map_or(self.text.len(), |cell| cell.shown.start);
        let last = self.cells[first.min(self.cells.len())..].iter().take_while(|cell| cell.source.end <= end).last();
        from..last.filter(|_| end > start).map_or(from, |cell| cell.shown.end)
    }

    /// The row that holds a byte of the text.
    pub fn row(&self, byte: usize) -> usize {
        self.rows.partition_point(|row| row.range.start <= byte).saturating_sub(1)
    }

    /// The bytes of a row.
    pub fn row_range(&self, row: usize) -> Option<Range<usize>> {
        self.rows.get(row).map(|row| row.range.clone())
    }

    /// The true line of a row, from 1.
    pub fn line(&self, row: usize) -> usize {
        self.rows.get(row).map_or(1, |row| row.line)
    }

    /// The true column of a byte of the text, from 1.
    pub fn column(&self, byte: usize) -> usize {
        let row = self.rows.get(self.row(byte)).and_then(|row| self.cells.get(row.cells.clone())).unwrap_or_default();
        let at = row.partition_point(|cell| cell.shown.end <= byte);
        row.get(at).or(row.last()).map_or(1, |cell| cell.column)
    }

    fn push(&mut self, row: &[Cell]) {
        let Some(first) = row.first() else { return };
        // Rows of places that are far apart keep a distance, which is drawn as a gap.
        if let Some(last) = self.rows.last()
            && first.line > last.line + 1
        {
            let line = last.line;
            for _ in 0..2 {
                self.finish_row(self.text.len(), self.cells.len(), line + 1);
            }
        }
        let (start, first_cell, line) = (self.text.len(), self.cells.len(), first.line);
        for cell in row {
            let shown = self.text.len();
            match &cell.picture {
                Some(picture) => self.text.push_str(picture),
                None if cell.source.is_empty() => {}
                None => self.text.push(cell.c),
            }
            self.cells.push(Cell { shown: shown..self.text.len(), ..cell.clone() });
        }
        self.finish_row(start, first_cell, line);
    }

    fn finish_row(&mut self, start: usize, first_cell: usize, line: usize) {
        self.text.push('\n');
        self.rows.push(Row { range: start..self.text.len(), line, cells: first_cell..self.cells.len() });
    }
}

/// The characters of all excerpts in their order, each once, and an empty cell at each line's end, where a label may stand too.
fn cells(excerpts: &[&Excerpt]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for excerpt in excerpts {
        let (mut line, mut column) = (excerpt.line, excerpt.column);
        let mut chars = excerpt.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let start = excerpt.offset + at;
            let pair = c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n');
            if c == '\n' || c == '\r' {
                if !pair {
                    let start = start - usize::from(c == '\n' && excerpt.text[..at].ends_with('\r'));
                    cells.push(end_cell(start, line, column));
                    (line, column) = (line + 1, 1);
                }
                continue;
            }
            let source = start..start + c.len_utf8();
            cells.push(Cell { source, line, column, shown: 0..0, picture: picture(c), c });
            column += 1;
        }
        cells.push(end_cell(excerpt.offset + excerpt.text.len(), line, column));
    }
    cells.sort_by_key(|cell| (cell.source.start, cell.source.end, cell.line));
    cells.dedup_by(|a, b| a.source == b.source);
    // An excerpt that ends in the middle of another brings no line end of its own.
    let inside = |cells: &[Cell], i: usize| {
        cells[i].source.is_empty() && cells.get(i + 1).is_some_and(|next| next.source.start == cells[i].source.start)
    };
    let kept = (0..cells.len()).filter(|&i| !inside(&cells, i)).collect::<Vec<_>>();
    kept.into_iter().map(|i| cells[i].clone()).collect()
}

fn end_cell(at: usize, line: usize, column: usize) -> Cell {
    Cell { source: at..at, line, column, shown: 0..0, picture: None, c: ' ' }
}

/// Divides the characters of a line into rows.
fn rows<'a>(line: &'a [Cell], labels: &[Range<usize>], width: usize) -> Vec<&'a [Cell]> {
    let columns = |cells: &[Cell]| cells.iter().map(cell_width).sum::<usize>();
    let fits = |label: &Range<usize>| {
        let inside = line.iter().filter(|cell| label.start <= cell.source.start && cell.source.end <= label.end);
        inside.map(cell_width).sum::<usize>() <= width
    };
    let kept: Vec<&Range<usize>> = labels.iter().filter(|label| fits(label)).collect();
    let may_break = |at: usize| !kept.iter().any(|label| label.start < at && at < label.end);
    let mut rows = Vec::new();
    let mut rest = line;
    while columns(rest) > width {
        let mut filled = 0;
        let full = rest.iter().take_while(|cell| {
            filled += cell_width(cell);
            filled <= width
        });
        let full = full.count().max(1);
        let allowed = |i: &usize| may_break(rest[*i].source.start);
        let after_space = |i: &usize| rest[i - 1].c == ' ' && allowed(i);
        let back = (width / 3..=full).rev().filter(|i| *i > 0 && *i < rest.len());
        let at = back.clone().find(after_space).or_else(|| back.clone().find(allowed));
        let at = at.or_else(|| (full..rest.len()).find(allowed)).unwrap_or(rest.len());
        let (row, left) = rest.split_at(at);
        rows.push(row);
        rest = left;
    }
    if !rest.is_empty() {
        rows.push(rest);
    }
    rows
}

fn cell_width(cell: &Cell) -> usize {
    match &cell.picture {
        Some(picture) => picture.chars().count(),
        None if cell.source.is_empty() => 0,
        None => cell.c.width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId, Span};

    fn layout(text: &str, labels: &[Range<usize>]) -> (Layout, Vec<Excerpt>) {
        let source = Source::from_text("a.txt", text);
        let span = |range: &Range<usize>| Span::new(SourceId(0), range.clone());
        let excerpts: Vec<_> = labels.iter().map(|range| Excerpt::around(&source, span(range))).collect();
        (Layout::new("a.txt", &excerpts.iter().collect::<Vec<_>>(), 40), excerpts)
    }

    #[test]
    fn a_long_line_is_wrapped_outside_labels_with_true_columns() {
        let text = "The council met in Geneva on a Monday and adopted the resolution without a vote at all.";
        let at = text.find("a Monday and adopted").expect("there");
        let (layout, excerpts) = layout(text, &[at..at + 20, 80..83]);
        let label = layout.label(&excerpts[0]);
        assert_eq!(&layout.text[label.clone()], "a Monday and adopted");
        assert_eq!(layout.column(label.start), at + 1);
        let row = layout.row(label.start);
        assert_eq!(layout.row(label.end - 1), row);
        assert_eq!(layout.line(row), 1);
        assert!(layout.text.lines().all(|line| line.chars().count() <= 40));
    }

    #[test]
    fn control_characters_are_seen_and_count_as_one_column() {
        let (layout, excerpts) = layout("a\u{1b}\u{202E}b c", &[6..7]);
        assert_eq!(layout.text, "a␛‹U+202E›b c\n");
        let label = layout.label(&excerpts[0]);
        assert_eq!((&layout.text[label.clone()], layout.column(label.start)), (" ", 5));
    }

    #[test]
    fn empty_labels_have_a_place_everywhere() {
        for (text, at, column) in [("", 0, 1), ("ab", 2, 3), ("ab\ncd", 2, 3), ("ab\n", 3, 1), ("ab\r\ncd", 4, 1)] {
            let (layout, excerpts) = layout(text, &[at..at]);
            let label = layout.label(&excerpts[0]);
            assert_eq!((layout.column(label.start), label.len()), (column, 0), "{text:?} {at}");
        }
    }

    #[test]
    fn far_lines_keep_a_distance_and_overlapping_excerpts_are_one() {
        let text = format!("first{}last", "\n".repeat(9));
        let (far, excerpts) = layout(&text, &[0..5, 14..18]);
        assert_eq!(far.row(far.label(&excerpts[1]).start), 3);
        assert_eq!(far.line(3), 10);
        let (near, _) = layout("one two", &[0..3, 4..7]);
        assert_eq!(near.text, "one two\n");
    }
}
