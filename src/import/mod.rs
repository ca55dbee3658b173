//! Rules and registers that were written for other programs, as packs and registers of ours. Text goes in and TOML comes out; nothing
//! here reads a disk.

pub mod register;
pub mod vale;
mod yaml;
