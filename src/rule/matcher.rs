//! One pass over a text for the patterns of all rules.

use std::ops::Range;

/// What a rule looks for in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// A literal, or a regular expression where `regex` is set.
    pub text: String,
    /// `text` is a regular expression.
    pub regex: bool,
    /// Upper and lower case are the same.
    pub ignore_case: bool,
    /// It must begin and end at the boundary of a word.
    pub word: bool,
}

/// A place where a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which pattern of the check.
    pub pattern: usize,
    /// Where, in bytes of the document's text.
    pub range: Range<usize>,
}
