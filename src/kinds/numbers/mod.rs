//! Figures and number words: what contradicts itself, and what is not written as the language writes it.

mod count;
mod form;
mod headline;
mod link;
mod ordinal;
mod remainder;
mod style;
mod transposed;
mod twice;

use crate::rule::{Kind, Setup};
use crate::settings::Value;
use std::collections::HashSet;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    count::KIND,
    form::KIND,
    headline::KIND,
    link::KIND,
    ordinal::KIND,
    remainder::KIND,
    style::KIND,
    transposed::KIND,
    twice::KIND,
];

/// The words of an option, in lower case.
fn words(setup: &Setup<'_>, key: &str) -> HashSet<String> {
    setup.table.get(key).into_iter().flat_map(Value::texts).map(|(word, _)| word.to_lowercase()).collect()
}
