//! Dates and times: what a text says of days, months, years and hours, read to values with the place of each part. A value holds what is
//! said and no more; the release's date makes a day of it (`release::date::resolve`).

mod figures;
mod group;
mod lexicon;
mod read;
mod scan;
#[cfg(test)]
mod tests;
mod time;
mod token;

pub use read::{Mentions, read, read_text};
pub use time::{Time, Zone};

use crate::language::Order;
use jiff::civil::{Date, Weekday};
use std::ops::Range;

/// A date, a range of dates or a list of them, in bytes of the document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// From the first to the last part, without the words before it.
    pub range: Range<usize>,
    /// The dates; two in a range.
    pub points: Vec<Point>,
    /// How they belong together.
    pub form: Form,
    /// The word that governs it, such as "from", "between", "on".
    pub lead: Option<(Lead, Range<usize>)>,
}

/// How the dates of a mention belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// One date.
    Single,
    /// From the first to the second.
    Range {
        /// What stands between the ends, blanks included.
        between: Range<usize>,
        /// What it is.
        joint: Joint,
    },
    /// Each of them.
    List,
}

/// What stands between two dates of one mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    /// A dash of any length.
    Dash,
    /// A word such as "to" or "au".
    Word,
    /// A word such as "and".
    And,
    /// A comma.
    Comma,
}

/// What the word before a mention makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lead {
    /// "from", "du": a second end is to come.
    From,
    /// "between": a second end is to come after "and".
    Between,
    /// "on", "le": one day.
    On,
}

/// One date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Where it is written.
    pub range: Range<usize>,
    /// What it says.
    pub value: Value,
    /// The weekday beside it.
    pub weekday: Option<Weekday>,
    /// Where its parts are written; a part that another date of the mention gives it has no place.
    pub spans: Spans,
    /// How it is written.
    pub written: Written,
}

/// What a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// A day, a month or a year, as far as it is said.
    Date(Partial),
    /// A quarter, 1 to 4.
    Quarter {
        /// Which.
        quarter: u8,
        /// Of which year.
        year: Option<i16>,
    },
    /// A season, spring 0 to winter 3.
    Season {
        /// Which.
        season: u8,
        /// Of which year.
        year: Option<i16>,
    },
    /// Ten years from this one.
    Decade(i16),
    /// Seen from the day the text was written.
    Relative(Relative),
}

/// The parts of a date that are said. The day may be one that does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Partial {
    /// The year.
    pub year: Option<i16>,
    /// The month from 1; more than 12 where the text says so.
    pub month: Option<u8>,
    /// The day from 1; more than the month has where the text says so.
    pub day: Option<u8>,
}

/// A time seen from the day of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relative {
    /// Days from today: -1 yesterday.
    Days(i8),
    /// Weeks from this one.
    Weeks(i8),
    /// Months from this one.
    Months(i8),
    /// Years from this one.
    Years(i8),
    /// A weekday: the next one (1), the last one (-1), that of this week (0), or whichever is meant.
    Weekday(Weekday, Option<i8>),
}

/// How exactly a date is said; ordered from vague to exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Ten years.
    Decade,
    /// A year.
    Year,
    /// A season or quarter.
    Quarter,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A day.
    Day,
}

/// Where the parts of a date are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spans {
    /// The weekday.
    pub weekday: Option<Range<usize>>,
    /// The day with its ending.
    pub day: Option<Range<usize>>,
    /// The month.
    pub month: Option<Range<usize>>,
    /// The year.
    pub year: Option<Range<usize>>,
}

/// How a date is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Written {
    /// With the month as a word, in full.
    Words(Order),
    /// With the month as a word, cut short.
    Short(Order),
    /// In figures.
    Figures {
        /// In which order it was read.
        order: Order,
        /// Whether day and month may as well be meant the other way round.
        ambiguous: bool,
    },
    /// Year-month-day.
    Iso,
    /// Anything else: a year, a season, "today".
    Other,
}

impl Partial {
    /// The day it is, where all is said and it exists.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, i8::try_from(self.month?).ok()?, i8::try_from(self.day?).ok()?).ok()
    }

    /// Whether no year at all has such a day, or the year that is said has not.
    pub fn is_impossible(self) -> bool {
        let (Some(month), Some(day)) = (self.month, self.day) else {
            return self.month.is_some_and(|m| m == 0 || m > 12);
        };
        let year = self.year.unwrap_or(2000);
        !matches!((i8::try_from(month), i8::try_from(day)), (Ok(month), Ok(day)) if Date::new(year, month, day).is_ok())
    }
}

impl Point {
    /// How exactly it is said.
    pub fn precision(&self) -> Precision {
        match self.value {
            Value::Date(Partial { day: Some(_), .. }) | Value::Relative(Relative::Days(_) | Relative::Weekday(..)) => {
                Precision::Day
            }
            Value::Date(Partial { month: Some(_), .. }) | Value::Relative(Relative::Months(_)) => Precision::Month,
            Value::Date(_) | Value::Relative(Relative::Years(_)) => Precision::Year,
            Value::Quarter { .. } | Value::Season { .. } => Precision::Quarter,
            Value::Decade(_) => Precision::Decade,
            Value::Relative(Relative::Weeks(_)) => Precision::Week,
        }
    }

    /// Day, month and year, where it is such a date.
    pub fn partial(&self) -> Option<Partial> {
        match self.value {
            Value::Date(partial) => Some(partial),
            _ => None,
        }
    }

    /// The order of day, month and year, where it is written with a day.
    pub fn order(&self) -> Option<Order> {
        let order = match self.written {
            Written::Words(order) | Written::Short(order) | Written::Figures { order, .. } => order,
            Written::Iso => Order::Ymd,
            Written::Other => return None,
        };
        self.spans.day.is_some().then_some(order)
    }
}
