//! One thing written two ways in one text. The program finds the variants by itself: it has no list of words.

mod case;
mod compound;
mod near;
mod report;
mod spelling;
mod variants;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[case::KIND, compound::KIND, near::KIND, spelling::KIND];
