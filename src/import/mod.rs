//! Rules that were written for other programs, as rule packs. Text goes in and TOML comes out; nothing here reads a disk.

pub mod vale;
mod yaml;
