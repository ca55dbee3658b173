//! The release room.

pub mod sisters;
