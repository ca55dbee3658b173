//! What somebody said: its marks, and whether it reads the same wherever it stands.

mod introduced;
mod kinds;
mod marks;
mod own_marks;
mod repeated;
mod said;
mod spaces;
mod speaker;
mod stray_stop;
mod unpaired;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    introduced::KIND,
    kinds::KIND,
    own_marks::KIND,
    repeated::KIND,
    spaces::KIND,
    speaker::KIND,
    stray_stop::KIND,
    unpaired::KIND,
];
