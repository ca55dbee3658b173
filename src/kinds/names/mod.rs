//! Names of people and of what has one.

mod address;
mod ending;
mod first_mention;
mod honorific;
mod near;
mod place;
mod slip;
mod spelling;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[address::KIND, first_mention::KIND, honorific::KIND, place::KIND, spelling::KIND];
