//! TOML that people write (configuration, packs, registers, language files) read with spans. What may stand in a table is
//! data, a slice of [`Key`]s; from that one description come the check of every value, the underlined mistakes with "did
//! you mean", the JSON Schema, and the documentation.

mod data;
mod language;
mod read;
mod schema;
mod value;

pub use data::{Date, Table, Value};
pub use language::{check_language, languages};
pub use read::{check, parse, stored, suggest};
pub use schema::json_schema;

/// One key that a table may hold.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value may be.
    pub shape: Shape,
    /// A table without it is a mistake.
    pub required: bool,
    /// What it means, in one sentence: for schemas and documentation.
    pub doc: &'static str,
}

impl Key {
    /// A key that may be absent.
    pub const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Key { name, shape, required: false, doc }
    }

    /// A key that must be there.
    pub const fn required(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Key { name, shape, required: true, doc }
    }
}

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A string.
    Text,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A TOML local date, or a string `"2001"`, `"2001-02"` or `"2001-02-03"`.
    Date,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A language tag.
    Language,
    /// A list of values; a single value stands for a list of one.
    List(&'static Shape),
    /// One value for every language, or a table from language tag to value.
    ByLanguage(&'static Shape),
    /// A table with any keys, all values of one shape.
    Map(&'static Shape),
    /// A table with these keys.
    Table(&'static [Key]),
    /// Any of these, tried in order.
    Either(&'static [Shape]),
    /// Anything; checked later, by whoever knows what it must be.
    Any,
}
