//! The section `[numbers]` of a language's table.

use super::spellout::Spellout;
use foldhash::HashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Marks, words and signs of numbers. All that is not in the language's table is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Numbers {
    /// The decimal mark.
    pub decimal: String,
    /// The grouping mark.
    pub group: String,
    /// The fewest digits before the first grouping mark.
    pub minimum_grouping: u8,
    /// The marks beside the language's own digits.
    pub native_decimal: String,
    /// The grouping mark beside the language's own digits.
    pub native_group: String,
    /// A percentage, with `{0}` for the number.
    pub percent: String,
    /// An amount, with `{0}` for the number and `¤` for the currency.
    pub currency: String,
    /// What stands before the figure of an ordinal.
    pub before_ordinal: Vec<String>,
    /// What stands after the figure of an ordinal.
    pub after_ordinal: Vec<String>,
    /// For languages whose ordinal ending follows the last two figures: ending to the numbers below 100 that take it.
    pub ordinal_ending: BTreeMap<String, Vec<u8>>,
    /// Number words, as rules in ICU's notation.
    pub spellout: String,
    /// Words for powers of ten.
    pub scale: BTreeMap<String, u8>,
    /// Words for numbers that the rules do not write, with their value, whole or a fraction: “half”. A last word in brackets must follow.
    pub more_words: BTreeMap<String, String>,
    /// What stands between the number of parts and how many of them there are.
    pub fraction_sign: String,
    /// Words for parts, by the number of parts of the whole: “thirds”.
    pub part: BTreeMap<String, u8>,
    /// Whether nouns have a capital, so that one before a number makes no name.
    pub nouns_capital: bool,
    /// What stands between a scale and what is counted: “millions de francs”, with its blank.
    pub of: Vec<String>,
    /// Signs for powers of ten, written as they stand here.
    pub scale_sign: BTreeMap<String, u8>,
    /// Names of units, by CLDR's name of the unit.
    pub unit: BTreeMap<String, Vec<String>>,
    /// Signs of units, written as they stand here.
    pub unit_sign: BTreeMap<String, Vec<String>>,
    /// Names of currencies, by code.
    pub currency_name: BTreeMap<String, Vec<String>>,
    /// Signs of currencies, by code; one sign may be of many.
    pub currency_sign: BTreeMap<String, Vec<String>>,
    /// Words that several currencies share, by the code of the one that is meant most.
    pub currency_word: BTreeMap<String, Vec<String>>,
    /// What regions have otherwise.
    pub region: BTreeMap<String, Marks>,
    #[serde(skip)]
    words: OnceLock<Spellout>,
    #[serde(skip)]
    after: OnceLock<After>,
    #[serde(skip)]
    more: OnceLock<Vec<MoreWords>>,
}

/// What a region has otherwise.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Marks {
    /// The decimal mark.
    pub decimal: Option<String>,
    /// The grouping mark.
    pub group: Option<String>,
    /// The fewest digits before the first grouping mark.
    pub minimum_grouping: Option<u8>,
    /// A percentage.
    pub percent: Option<String>,
    /// An amount.
    pub currency: Option<String>,
}

/// Words for a number that the rules do not write, ready to be compared.
#[derive(Debug)]
pub struct MoreWords {
    /// Their first letter.
    pub first: char,
    /// The words, in lower case.
    pub words: String,
    /// The word that must follow, in lower case, with the blank before it; empty where none must.
    pub then: String,
    /// The value, as a fraction.
    pub value: (i128, i128),
}

/// What may follow a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Follower {
    /// A power of ten.
    Scale(u8),
    /// The part of a whole that is divided into so many.
    Part(u8),
    /// A unit, by CLDR's name; percent and permille are units too.
    Unit(String),
    /// A currency, by code, and whether the word is one that several share.
    Currency(String, bool),
}

/// Words and signs that may follow a number, ready to be looked up.
#[derive(Debug, Default)]
pub struct After {
    /// In lower case, words with one space between them.
    names: HashMap<String, Vec<Follower>>,
    /// As written.
    signs: HashMap<String, Vec<Follower>>,
    /// The most words of a name that begins with a word.
    longest: HashMap<String, usize>,
}

impl Numbers {
    /// The rules for number words, made ready.
    pub fn words(&self) -> &Spellout {
        self.words.get_or_init(|| Spellout::new(&self.spellout))
    }

    /// The words that the rules do not write, made ready; the longest first.
    pub fn more(&self) -> &[MoreWords] {
        self.more.get_or_init(|| {
            let mut more: Vec<MoreWords> = self
                .more_words
                .iter()
                .filter_map(|(words, value)| {
                    let (above, below) = value.split_once('/').unwrap_or((value, "1"));
                    let (words, then) = words.split_once('[').unwrap_or((words, ""));
                    let then = then.trim_end_matches(']').to_lowercase();
                    Some(MoreWords {
                        first: words.chars().flat_map(char::to_lowercase).next()?,
                        words: words.trim_end().to_lowercase(),
                        then: if then.is_empty() { then } else { format!(" {then}") },
                        value: (above.parse().ok()?, below.parse().ok()?),
                    })
                })
                .collect();
            more.sort_by_key(|more| std::cmp::Reverse(more.words.len()));
            more
        })
    }

    /// What may follow a number, made ready.
    pub fn after(&self) -> &After {
        self.after.get_or_init(|| After::new(self))
    }

    /// The decimal mark of a region.
    pub fn decimal_in(&self, region: Option<&str>) -> &str {
        self.in_region(region).and_then(|marks| marks.decimal.as_deref()).unwrap_or(&self.decimal)
    }

    /// The grouping mark of a region.
    pub fn group_in(&self, region: Option<&str>) -> &str {
        self.in_region(region).and_then(|marks| marks.group.as_deref()).unwrap_or(&self.group)
    }

    /// What a region has otherwise.
    pub fn in_region(&self, region: Option<&str>) -> Option<&Marks> {
        self.region.get(&region?.to_ascii_uppercase())
    }
}

impl After {
    fn new(numbers: &Numbers) -> Self {
        let mut after = After::default();
        for (word, power) in &numbers.scale {
            after.name(word, Follower::Scale(*power));
        }
        for (sign, power) in &numbers.scale_sign {
            after.sign(sign, Follower::Scale(*power));
        }
        for (word, parts) in &numbers.part {
            after.name(word, Follower::Part(*parts));
        }
        for (unit, names) in &numbers.unit {
            names.iter().for_each(|name| after.name(name, Follower::Unit(unit.clone())));
        }
        for (unit, signs) in &numbers.unit_sign {
            signs.iter().for_each(|sign| after.sign(sign, Follower::Unit(unit.clone())));
        }
        for (code, names) in &numbers.currency_name {
            names.iter().for_each(|name| after.name(name, Follower::Currency(code.clone(), false)));
        }
        for code in numbers.currency_name.keys() {
            after.sign(code, Follower::Currency(code.clone(), false));
        }
        for (code, signs) in &numbers.currency_sign {
            signs.iter().for_each(|sign| after.sign(sign, Follower::Currency(code.clone(), false)));
        }
        for (code, words) in &numbers.currency_word {
            words.iter().for_each(|word| after.name(word, Follower::Currency(code.clone(), true)));
        }
        after
    }

    fn name(&mut self, name: &str, follower: Follower) {
        let name = name.to_lowercase();
        let count = name.split(' ').count();
        let first = name.split(' ').next().unwrap_or_default().to_owned();
        let longest = self.longest.entry(first).or_default();
        *longest = count.max(*longest);
        add(&mut self.names, name, follower);
    }

    fn sign(&mut self, sign: &str, follower: Follower) {
        // The reader stops before the stop of "kr.".
        add(&mut self.signs, sign.trim_end_matches('.').to_owned(), follower);
    }

    /// What a sign stands for, written exactly so.
    pub fn by_sign(&self, sign: &str) -> &[Follower] {
        self.signs.get(sign).map_or(&[], Vec::as_slice)
    }

    /// What a name in lower case stands for.
    pub fn by_name(&self, name: &str) -> &[Follower] {
        self.names.get(name).map_or(&[], Vec::as_slice)
    }

    /// The most words that a name beginning with this word in lower case has; zero where none does.
    pub fn longest(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or_default()
    }
}

fn add(map: &mut HashMap<String, Vec<Follower>>, key: String, follower: Follower) {
    let known = map.entry(key).or_default();
    if !known.contains(&follower) {
        known.push(follower);
    }
}
