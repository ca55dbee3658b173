//! What the eye hardly sees and the press shows: dashes, characters that do not belong into a text, letters that were read wrongly.

mod apart;
mod apostrophe;
mod dash;
mod elision;
mod full_width;
mod invisible;
mod mojibake;
mod trailing;
mod typed_dash;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    apart::KIND,
    apostrophe::KIND,
    dash::KIND,
    elision::KIND,
    full_width::KIND,
    invisible::KIND,
    mojibake::KIND,
    trailing::KIND,
    typed_dash::KIND,
];
