//! Titles of people, held against the register.

mod capitals;
mod first_person;
mod gender;
mod held;
mod one;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[capitals::KIND, gender::KIND, held::KIND, one::KIND];
