//! The furniture of a release: what stands around its prose, and what was left standing.

mod lead_in;
mod reference;
mod torn_link;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[lead_in::KIND, reference::KIND, torn_link::KIND];
