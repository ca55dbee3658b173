//! What the text refers to, read but not yet resolved: dates, numbers, names, quotations.

pub mod date;
pub mod name;
pub mod number;
pub mod quotation;
pub mod title;
pub mod word;
