//! Names of people in running text.

mod first_mention;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[first_mention::KIND];
