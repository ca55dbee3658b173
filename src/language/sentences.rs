//! The section `[sentences]` of a language's table.

use serde::Deserialize;
use std::collections::BTreeSet;

/// What stands before a full stop that ends no sentence. Words are as the language writes them, without the stop.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Sentences {
    /// Abbreviations that stand before what belongs to them, such as titles.
    pub abbreviations: BTreeSet<String>,
    /// Words that do so before a number.
    pub before_numbers: BTreeSet<String>,
    /// Whether an ordinal is figures and a full stop (“9. Juli”).
    pub ordinal_stop: bool,
}
