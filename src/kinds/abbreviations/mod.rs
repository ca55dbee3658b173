//! Abbreviations: explained where they are first used, once, and with the letters of their long form.

mod acronym;
mod read;

pub use read::{Abbreviation, Definition, abbreviations};

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[acronym::KIND];
