//! The few lines of a source that show a label to people. A line may be 10 MB long, so an excerpt is a window.

use crate::source::{Position, Source, Span};
use std::ops::Range;

/// Characters shown on either side of a label.
const AROUND: usize = 240;
/// Characters of a label that are shown; of a longer one, its beginning.
const LABEL: usize = 480;

/// A piece of a source, cut at line ends where they are near enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The piece, as it stands in the decoded source.
    pub text: String,
    /// Where the piece starts in the decoded source, in bytes.
    pub offset: usize,
    /// Line of the first character, from 1.
    pub line: usize,
    /// Column of the first character, from 1, in characters.
    pub column: usize,
    /// The label within `text`, in bytes.
    pub label: Range<usize>,
    /// Whether the line goes on before the piece, and after it.
    pub cut: [bool; 2],
}

impl Excerpt {
    /// Only the place.
    pub(super) fn empty(at: Position) -> Self {
        Excerpt { text: String::new(), offset: at.byte, line: at.line, column: at.column, label: 0..0, cut: [false; 2] }
    }

    /// The lines around a span, or as much of them as can be read.
    pub fn around(source: &Source, span: Span) -> Self {
        let text = source.text();
        let label_end = shown_end(text, span.range());
        let first = source.position(span.start);
        let lines = [first.line, source.line(label_end)].map(|line| source.line_range(line).unwrap_or(0..0));
        let start = back(text, span.start, AROUND).max(lines[0].start);
        let end = forward(text, label_end, AROUND).min(lines[1].end.max(label_end));
        Excerpt {
            text: text[start..end].to_owned(),
            offset: start,
            line: first.line,
            column: first.column - text[start..span.start].chars().count(),
            label: span.start - start..label_end - start,
            cut: [start > lines[0].start, end < lines[1].end],
        }
    }
}

/// Where the part of a label that is shown ends: not past [`LABEL`] characters, and not after a line's end.
fn shown_end(text: &str, label: Range<usize>) -> usize {
    let end = forward(text, label.start, LABEL).min(label.end);
    label.start + text[label.start..end].trim_end_matches(['\n', '\r']).len()
}

/// The offset `count` characters before `at`.
fn back(text: &str, at: usize, count: usize) -> usize {
    text[..at].char_indices().rev().nth(count - 1).map_or(0, |(i, _)| i)
}

/// The offset `count` characters after `at`.
fn forward(text: &str, at: usize, count: usize) -> usize {
    text[at..].char_indices().nth(count).map_or(text.len(), |(i, _)| at + i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn around(text: &str, range: Range<usize>) -> Excerpt {
        Excerpt::around(&Source::from_text("a.txt", text), Span::new(SourceId(0), range))
    }

    #[test]
    fn short_lines_are_whole() {
        let found = around("One.\r\nTwo three.\r\nFour.", 10..15);
        assert_eq!(found.text, "Two three.");
        assert_eq!((found.line, found.column, found.label, found.cut), (2, 1, 4..9, [false; 2]));
    }

    #[test]
    fn a_long_line_is_a_window_with_its_true_column() {
        let text = "é ".repeat(1_000_000);
        let found = around(&text, 300_000..300_002);
        assert!(found.text.chars().count() <= 2 * AROUND + 2);
        assert_eq!(&found.text[found.label.clone()], "é");
        assert_eq!(found.column, 200_001 - AROUND);
        assert_eq!(found.cut, [true; 2]);
    }

    #[test]
    fn a_label_over_lines_ends_before_the_line_end() {
        let found = around("a\nb\nc\n", 2..4);
        assert_eq!((found.text.as_str(), found.label), ("b", 0..1));
        assert_eq!(around("", 0..0).text, "");
        assert_eq!(around("a\n", 2..2).line, 2);
    }
}
