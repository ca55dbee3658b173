//! One thing written two ways in one text. The program finds the variants by itself: nobody lists words for it.

mod case;
mod compound;
mod habit;
mod near;
mod report;
mod spelling;
mod variants;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[case::KIND, compound::KIND, habit::KIND, near::KIND, spelling::KIND];
