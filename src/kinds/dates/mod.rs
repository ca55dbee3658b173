//! Dates and times: what the calendar, the release's own date and the language's usage say of them.

mod ago;
mod backward;
mod capital;
mod common;
mod embargo;
mod form;
mod impossible;
mod misspelt;
mod order;
mod range;
mod relative;
mod release;
mod time;
mod weekday;
mod year;
mod zero;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    ago::KIND,
    backward::KIND,
    capital::KIND,
    embargo::KIND,
    form::KIND,
    impossible::KIND,
    misspelt::KIND,
    order::KIND,
    range::KIND,
    relative::KIND,
    release::KIND,
    time::KIND,
    weekday::KIND,
    year::KIND,
    zero::KIND,
];
