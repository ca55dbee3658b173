//! The section `[punctuation]` of a language's table.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The marks of a language and how they are set.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Punctuation {
    /// The outer marks, opening and closing, and the inner ones. Source: CLDR, delimiters.
    pub quotations: Option<[String; 4]>,
    /// Those of regions that have others.
    pub regions: BTreeMap<String, [String; 4]>,
    /// Whether guillemets stand apart from the words that they enclose; none where nobody says.
    pub spaced: Option<bool>,
    /// Regions in which they do not.
    pub close: Vec<String>,
    /// The marks before which a space stands, by region; the empty one is the language's own habit.
    pub apart: BTreeMap<String, String>,
    /// Those of them before which the space is a narrow one.
    pub narrow: String,
    /// The apostrophe of print. Source: CLDR, punctuation of the exemplar characters.
    pub apostrophe: Option<char>,
    /// The dashes that the language writes, the shorter one first. Source as before.
    pub dashes: Vec<char>,
    /// Whether the language writes full-width marks. Source as before.
    pub wide: bool,
    /// Whether a dash between words has a blank on both sides or on none.
    pub balanced: bool,
    /// Words that lose their end before an apostrophe, without it, in lower case. Source: Hunspell.
    pub elided: Vec<String>,
    /// “And”, “or” and their like. Source: CLDR, list patterns.
    pub joining: Vec<String>,
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
        self.spaced == Some(true) && !region.is_some_and(|region| self.close.iter().any(|close| close == region))
    }

    /// Whether a space stands before a mark in a region; without a region, whether it does in any.
    pub fn is_apart(&self, mark: char, region: Option<&str>) -> bool {
        match region {
            Some(region) => self.apart.get(region).or(self.apart.get("")).is_some_and(|marks| marks.contains(mark)),
            None => self.apart.values().any(|marks| marks.contains(mark)),
        }
    }

    /// The dash between two words, set apart by blanks or not.
    pub fn dash(&self, apart: bool) -> char {
        let long = !apart && (self.dashes.is_empty() || self.dashes.contains(&'—'));
        if long { '—' } else { self.dashes.first().copied().unwrap_or('–') }
    }
}
