//! Grammar that a small closed set of words decides.

mod agreement;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[agreement::KIND];
