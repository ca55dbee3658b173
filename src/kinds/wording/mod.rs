//! The general kinds for house rules: words and patterns that must or must not stand in a text.

mod case;
mod count;
mod either;
mod forbid;
mod formula;
mod if_then;
mod metric;
mod options;
mod repeat;
mod require;
mod sequence;
mod spelling;
mod substitute;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    case::KIND,
    count::KIND,
    either::KIND,
    forbid::KIND,
    if_then::KIND,
    metric::KIND,
    repeat::KIND,
    require::KIND,
    sequence::KIND,
    spelling::KIND,
    substitute::KIND,
];
