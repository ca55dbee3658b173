//! Language versions of one release that do not say the same. Every check of a pair reads one alignment, which the pair keeps.

mod comparable;
mod date;
mod entry;
mod field;
mod figure;
mod language;
mod link;
mod name;
mod passage;
mod place;
mod quotation;
mod sentence;
mod structure;
mod untranslated;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    comparable::KIND,
    date::KIND,
    entry::KIND,
    field::KIND,
    figure::KIND,
    language::KIND,
    link::KIND,
    name::KIND,
    passage::KIND,
    quotation::KIND,
    sentence::KIND,
    structure::KIND,
    untranslated::KIND,
];
