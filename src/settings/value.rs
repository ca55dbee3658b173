//! Values with their places. [`super::parse`] has checked their shapes, so the getters here answer `None` only for what is absent
//! or was already reported.

use super::data::{Data, Date, Table, Value};
use std::ops::Range;

impl Date {
    /// The first day it may mean.
    pub fn first(self) -> jiff::civil::Date {
        jiff::civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day it may mean.
    pub fn last(self) -> jiff::civil::Date {
        match (self.month, self.day) {
            (Some(_), Some(_)) => self.first(),
            (Some(_), None) => self.first().last_of_month(),
            _ => jiff::civil::date(self.year, 12, 31),
        }
    }
}

impl Value {
    /// A table at a place.
    pub fn table_at(range: Range<usize>, table: Table) -> Value {
        Value { range, data: Data::Table(table) }
    }

    /// The string.
    pub fn text(&self) -> Option<&str> {
        if let Data::Text(text) = &self.data { Some(text) } else { None }
    }

    /// The truth value.
    pub fn bool(&self) -> Option<bool> {
        if let Data::Bool(value) = self.data { Some(value) } else { None }
    }

    /// The whole number.
    pub fn integer(&self) -> Option<i64> {
        if let Data::Integer(value) = self.data { Some(value) } else { None }
    }

    /// The number, whole or not.
    pub fn number(&self) -> Option<f64> {
        match self.data {
            Data::Number(value) => Some(value),
            Data::Integer(value) => Some(value as f64),
            _ => None,
        }
    }

    /// The date; a string is read as one.
    pub fn date(&self) -> Option<Date> {
        match &self.data {
            Data::Date(date) => Some(*date),
            Data::Text(text) => super::read::date(text),
            _ => None,
        }
    }

    /// The table.
    pub fn table(&self) -> Option<&Table> {
        if let Data::Table(table) = &self.data { Some(table) } else { None }
    }

    /// The items of a list; a single value is a list of one.
    pub fn items(&self) -> &[Value] {
        if let Data::List(items) = &self.data { items } else { std::slice::from_ref(self) }
    }

    /// The strings of a list or a single string, each with its place.
    pub fn texts(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.items().iter().filter_map(|item| Some((item.text()?, item.range.clone())))
    }

    /// Language tag and value; a plain value has no tag and holds for every language.
    pub fn by_language(&self) -> Vec<(Option<&str>, &Value)> {
        match &self.data {
            Data::Table(table) => table.entries.iter().map(|(tag, _, value)| (Some(tag.as_str()), value)).collect(),
            _ => vec![(None, self)],
        }
    }
}

impl Table {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().find(|(name, ..)| name == key).map(|(.., value)| value)
    }

    /// The tables of a list of tables, which goes from this table.
    pub fn take_tables(&mut self, key: &str) -> Vec<Table> {
        let Some(at) = self.entries.iter().position(|(name, ..)| name == key) else { return Vec::new() };
        let tables = match self.entries.remove(at).2.data {
            Data::List(items) => items,
            data => vec![Value { range: 0..0, data }],
        };
        tables
            .into_iter()
            .filter_map(|value| if let Data::Table(table) = value.data { Some(table) } else { None })
            .collect()
    }

    /// The string under a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The truth value under a key.
    pub fn bool(&self, key: &str) -> Option<bool> {
        self.get(key)?.bool()
    }

    /// The whole number under a key.
    pub fn integer(&self, key: &str) -> Option<i64> {
        self.get(key)?.integer()
    }

    /// The number under a key.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.number()
    }

    /// The table under a key.
    pub fn table(&self, key: &str) -> Option<&Table> {
        self.get(key)?.table()
    }

    /// The tables of a list of tables; empty when there are none.
    pub fn tables(&self, key: &str) -> impl Iterator<Item = &Table> {
        self.get(key).map(Value::items).unwrap_or_default().iter().filter_map(Value::table)
    }

    /// The strings of a list under a key.
    pub fn texts(&self, key: &str) -> Vec<&str> {
        self.get(key).map(|value| value.texts().map(|(text, _)| text).collect()).unwrap_or_default()
    }
}
