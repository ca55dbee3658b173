//! What the eye hardly sees and the press shows: dashes, characters that do not belong into a text, letters that were read wrongly.

mod apostrophe;
mod dash;
mod invisible;
mod mojibake;
mod trailing;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[apostrophe::KIND, dash::KIND, invisible::KIND, mojibake::KIND, trailing::KIND];
