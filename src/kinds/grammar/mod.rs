//! Grammar that a small closed set of words decides.

mod agreement;
mod paradigm;
mod participle;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[agreement::KIND, paradigm::KIND, participle::KIND];
