//! The release room: which drafts are one release, which of their passages are the same passage, and what day it is in them.

pub mod address;
pub mod align;
pub mod anchor;
pub mod date;
pub mod figure;
pub mod kinship;
pub mod name;
pub mod passage;
pub mod revision;
pub mod sisters;
