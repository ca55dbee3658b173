//! Language versions of one release that do not say the same. Every check of a pair reads one alignment, which the pair keeps.

mod comparable;
mod date;
mod field;
mod figure;
mod language;
mod link;
mod name;
mod passage;
mod place;
mod sentence;
mod structure;
mod untranslated;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    comparable::KIND,
    date::KIND,
    field::KIND,
    figure::KIND,
    language::KIND,
    link::KIND,
    name::KIND,
    passage::KIND,
    sentence::KIND,
    structure::KIND,
    untranslated::KIND,
];
