//! What the kinds of this family share: which marks belong together.

use crate::mention::quotation::Quotation;
use crate::rule::Reading;
use std::ops::Range;

/// The shape of quotation marks: marks of one shape can begin and end one quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// " "
    Typewriter,
    /// “ ”, also „ “ and ” ”
    Curly,
    /// « », also » «
    Guillemets,
    /// Single marks, and those of East Asia.
    Other,
}

impl Shape {
    pub fn of(mark: char) -> Shape {
        match mark {
            '"' => Shape::Typewriter,
            '“' | '”' | '„' | '‟' => Shape::Curly,
            '«' | '»' => Shape::Guillemets,
            _ => Shape::Other,
        }
    }

    /// A word for the shape, as messages show it.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Typewriter => "typewriter marks",
            Shape::Curly => "curly marks",
            Shape::Guillemets => "guillemets",
            Shape::Other => "other marks",
        }
    }
}

/// The range of a quotation's opening mark.
pub(super) fn opening(quotation: &Quotation) -> Range<usize> {
    quotation.range.start..quotation.range.start + quotation.open.len_utf8()
}

/// The range of a quotation's closing mark, where it has one.
pub(super) fn closing(quotation: &Quotation) -> Option<Range<usize>> {
    let mark = quotation.close?;
    Some(quotation.range.end - mark.len_utf8()..quotation.range.end)
}

/// The character before a byte of the text, and the one at a byte; none at the ends of a block.
pub(super) fn around(reading: &Reading<'_>, range: &Range<usize>) -> (Option<char>, Option<char>) {
    let text = reading.text();
    let not_end = |c: &char| *c != crate::document::SEPARATOR;
    let before = text[..range.start].chars().next_back().filter(not_end);
    (before, text[range.end..].chars().next().filter(not_end))
}
