//! The kinds of rules, one room per family; families never use one another.

pub mod abbreviations;
pub mod consistency;
pub mod dates;
pub mod grammar;
pub mod numbers;
pub mod names;
pub mod organisations;
pub mod parity;
pub mod quotations;
pub mod register;
pub mod structure;
pub mod titles;
pub mod typography;
pub mod wording;

use crate::rule::Kind;

/// Every kind that a pack may use, family by family.
pub fn all() -> Vec<&'static Kind> {
    FAMILIES.iter().flat_map(|family| family.iter()).collect()
}

static FAMILIES: &[&[Kind]] = &[
    abbreviations::KINDS,
    consistency::KINDS,
    dates::KINDS,
    grammar::KINDS,
    numbers::KINDS,
    names::KINDS,
    organisations::KINDS,
    parity::KINDS,
    quotations::KINDS,
    register::KINDS,
    structure::KINDS,
    titles::KINDS,
    typography::KINDS,
    wording::KINDS,
];
