//! Two language versions of one release beside each other.

use super::Reading;

/// A translation and the original it is compared with.
pub struct Pair<'a, 'r> {
    /// The version in the source language.
    pub original: &'r Reading<'a>,
    /// The version that is compared with it; findings stand here.
    pub translation: &'r Reading<'a>,
}
