//! The section `[punctuation]` of a language's table.

use serde::Deserialize;
use std::collections::BTreeMap;

/// Quotation marks of a language.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Punctuation {
    /// The outer marks, opening and closing, and the inner ones. Source: CLDR, delimiters.
    pub quotations: Option<[String; 4]>,
    /// Those of regions that have others.
    pub regions: BTreeMap<String, [String; 4]>,
    /// Whether guillemets stand apart from the words that they enclose.
    pub spaced: bool,
    /// Regions in which they do not.
    pub close: Vec<String>,
}

impl Punctuation {
    /// The outer marks of a language in a region, opening and closing.
    pub fn outer(&self, region: Option<&str>) -> Option<(char, char)> {
        let regional = region.and_then(|region| self.regions.get(region));
        let [open, close, ..] = regional.or(self.quotations.as_ref())?;
        open.chars().next().zip(close.chars().next())
    }

    /// Whether guillemets stand apart in a region.
    pub fn is_spaced(&self, region: Option<&str>) -> bool {
        self.spaced && !region.is_some_and(|region| self.close.iter().any(|close| close == region))
    }
}
