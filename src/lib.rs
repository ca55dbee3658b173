//! copydesk is the copy desk as a program: it reads the drafts of a press release in every language it is published in and
//! reports what is wrong the way a compiler does.
//!
//! The rooms, in reading order; each uses only rooms above it (`tests/tidy.rs` holds them to that). ARCHITECTURE.md says
//! what flows through them.

pub mod source;
pub mod diagnostic;
pub mod settings;
pub mod language;
pub mod register;
pub mod document;
pub mod mention;
pub mod sentence;
pub mod release;
pub mod rule;
pub mod config;
pub mod import;
pub mod kinds;
pub mod page;
pub mod report;
pub mod facts;
pub mod learn;
pub mod proof;
pub mod engine;
pub mod cli;
