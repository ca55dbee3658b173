//! What an archive of releases says of people and organisations, as entries of a register for an editor to amend: who is named beside a
//! title or a courtesy title, which organisations are named with their abbreviation, how often, in which forms and on which days.

mod people;
mod propose;
mod sight;

pub use propose::{Options, propose};
pub use sight::{Body, Person, Sightings, sight};
