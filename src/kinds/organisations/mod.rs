//! Organisations in running text.

mod article;
mod one_name;
mod standing;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[article::KIND, one_name::KIND, standing::KIND];
