//! Grammar that a small closed set of words decides.

mod agreement;
mod modal;
mod paradigm;
mod participle;
mod verbs;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[agreement::KIND, modal::KIND, paradigm::KIND, participle::KIND];
