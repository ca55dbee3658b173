//! The furniture of a release: what stands around its prose, and what was left standing.

mod address;
mod boilerplate;
mod brackets;
mod colon_end;
mod contact;
mod dateline;
mod end_stop;
mod field;
mod headline;
mod issuer;
mod lead_in;
mod link;
mod marks;
mod notes;
mod options;
mod reference;
mod repeated;
mod torn_link;
mod tracked;

use crate::rule::Kind;

/// The kinds of this family.
pub static KINDS: &[Kind] = &[
    boilerplate::KIND,
    brackets::KIND,
    colon_end::KIND,
    contact::KIND,
    dateline::KIND,
    end_stop::KIND,
    field::KIND,
    headline::KIND,
    issuer::KIND,
    lead_in::KIND,
    link::KIND,
    marks::KIND,
    notes::KIND,
    reference::KIND,
    repeated::KIND,
    torn_link::KIND,
    tracked::KIND,
];
