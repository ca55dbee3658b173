//! The release room: which drafts are one release, and which of their passages are the same passage.

pub mod address;
pub mod align;
pub mod anchor;
pub mod kinship;
pub mod passage;
pub mod revision;
pub mod sisters;
