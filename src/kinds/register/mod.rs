//! What holds for every kind of entry of a register: how its names are written.

mod mention;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[mention::KIND];
