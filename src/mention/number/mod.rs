//! Numbers: figures, words and both together, each read to the values that its language permits, with its unit, and what only looks like
//! a number (versions, codes, telephone numbers) as an identifier. "Words absolve, digits accuse": a word may be an article or a pronoun
//! ([`Form::Words`]), figures are always meant.

mod around;
mod figures;
mod roman;
mod scan;
mod shape;
mod value;

#[cfg(test)]
mod tests;

pub use value::Value;

use std::ops::Range;

/// A number in the text. Ranges are bytes of the document's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The whole mention, with currency, scale word and unit.
    pub range: Range<usize>,
    /// The figures or words alone, with an ordinal's ending, without currency and unit; a scale word is part of it.
    pub figure: Range<usize>,
    /// The values the language permits, likeliest first; never empty. Most numbers have one.
    pub values: Vec<Value>,
    /// What it would be by another language's marks: 1000 for the French "1,000".
    pub foreign: Option<Value>,
    /// The numbers it is if the spaces in it group nothing: 301 and 549 for "301 549".
    pub apart: Vec<Value>,
    /// The power of ten of the last digit written: 0 for "12", -1 for "4.5", 5 for "4.5 million".
    pub precision: i8,
    /// How it is written.
    pub form: Form,
    /// It counts, orders, or divides.
    pub kind: Kind,
    /// What it counts, where that is a currency, a percentage or a unit, and where that is written.
    pub unit: Option<(Unit, Range<usize>)>,
    /// It follows a capital or a sign that makes it a name: "Windows 10", "No. 5", "#371".
    pub label: bool,
    /// What is wrong with how it is written.
    pub flaw: Option<Flaw>,
    /// The number that the same range ends with or begins with, as an index of the list it stands in.
    pub partner: Option<usize>,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// In figures.
    Digits,
    /// In words.
    Words,
    /// In figures with a scale word: "4.5 million", "3万".
    Mixed,
    /// In Roman numerals.
    Roman,
}

/// What a number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// It counts or measures.
    Cardinal,
    /// It says the place in an order.
    Ordinal,
    /// It is written as a fraction.
    Fraction,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Hundredths.
    Percent,
    /// Thousandths.
    Permille,
    /// A unit, by CLDR's name, such as `kilometer`.
    Measure(&'static str),
    /// A currency.
    Currency {
        /// Its code, such as `USD`: the likeliest where `shared` is set.
        code: &'static str,
        /// The sign or word is one that several currencies share: "$", "francs".
        shared: bool,
    },
}

/// What is wrong with how figures are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// Groups that are none: "1,00,0".
    Malformed,
    /// The decimal mark of another language.
    Decimal,
    /// The grouping mark of another language.
    Group,
}

/// What looks like a number and is a name: compared letter by letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The whole of it.
    pub range: Range<usize>,
    /// What it is.
    pub kind: IdentifierKind,
}

/// What an identifier is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdentifierKind {
    /// Letters and digits, document symbols, codes: "COVID-19", "A/67/1", "H1N1", "007".
    Code,
    /// A version or a numeric address: "0.20.1".
    Version,
    /// A telephone number.
    Phone,
    /// Two numbers with a sign between them: scores, ratios, times, "24/7".
    Pair,
}

/// The numbers of a text and what only looks like one, each in the order of the text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    /// Numbers.
    pub numbers: Vec<Number>,
    /// Identifiers.
    pub identifiers: Vec<Identifier>,
}

pub use scan::{read, read_text};

impl Number {
    /// The likeliest value.
    pub fn value(&self) -> Value {
        self.values.first().copied().unwrap_or(Value::whole(0))
    }

    /// Whether both may mean the same number, whatever they count.
    pub fn may_equal(&self, other: &Number) -> bool {
        self.values.iter().any(|value| other.values.contains(value))
    }

    /// Whether nothing but one value can be meant.
    pub fn is_certain(&self) -> bool {
        self.values.len() == 1 && self.foreign.is_none() && self.apart.is_empty()
    }

    /// Whether a word may be something else: an article, a pronoun, half of the clock.
    pub fn is_weak(&self) -> bool {
        let small = self.value() <= Value::whole(1) || self.kind == Kind::Ordinal && self.value() == Value::whole(2);
        self.form == Form::Words && small
    }

    /// Whether it may be a year: four figures from 1000 to 2199 and nothing else.
    pub fn may_be_year(&self) -> bool {
        let year = self.value().as_whole().is_some_and(|value| (1000..2200).contains(&value));
        self.form == Form::Digits
            && self.unit.is_none()
            && self.kind == Kind::Cardinal
            && year
            && self.figure.len() == 4
    }
}

impl Unit {
    /// Whether both may be the same: a shared sign agrees with every currency.
    pub fn may_equal(self, other: Unit) -> bool {
        match (self, other) {
            (Unit::Currency { code, shared }, Unit::Currency { code: other, shared: also }) => {
                code == other || shared || also
            }
            _ => self == other,
        }
    }
}
