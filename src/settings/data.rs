//! What TOML says, with its places. This file is also part of `build.rs`, which reads our own packs when the program is built and
//! keeps what they say in a form that takes no time to read.

use serde::{Deserialize, Serialize};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A day, month or year as written: missing parts are unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// The year.
    pub year: i16,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31.
    pub day: Option<i8>,
}

/// A value and where it stands, in bytes of its source.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it is.
    pub data: Data,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Data {
    /// A string.
    Text(String),
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A date.
    Date(Date),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Table),
}

/// A table: keys in their order, each with its place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Where the table stands; for a `[header]` only the header.
    pub range: Range<usize>,
    /// Key, where the key stands, value.
    pub entries: Vec<(String, Range<usize>, Value)>,
}

/// What a parsed table says; numbers that are too large are called by their places.
pub fn of_table(table: &DeTable<'_>, range: Range<usize>, too_large: &mut dyn FnMut(Range<usize>)) -> Table {
    let mut entries: Vec<_> = table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), key.span(), of_value(value.get_ref(), value.span(), too_large)))
        .collect();
    entries.sort_by_key(|(_, place, _)| place.start);
    Table { range, entries }
}

fn of_value(value: &DeValue<'_>, range: Range<usize>, too_large: &mut dyn FnMut(Range<usize>)) -> Value {
    let data = match value {
        DeValue::String(text) => Data::Text(text.to_string()),
        DeValue::Boolean(value) => Data::Bool(*value),
        DeValue::Integer(number) => {
            i64::from_str_radix(number.as_str(), number.radix()).map(Data::Integer).unwrap_or_else(|_| {
                too_large(range.clone());
                Data::Integer(0)
            })
        }
        DeValue::Float(number) => Data::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time) {
            (Some(date), None) => {
                Data::Date(Date { year: date.year as i16, month: Some(date.month as i8), day: Some(date.day as i8) })
            }
            _ => Data::Text(datetime.to_string()),
        },
        DeValue::Array(items) => {
            Data::List(items.iter().map(|item| of_value(item.get_ref(), item.span(), too_large)).collect())
        }
        DeValue::Table(table) => Data::Table(of_table(table, range.clone(), too_large)),
    };
    Value { range, data }
}
