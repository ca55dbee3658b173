//! The section `[dates]` of a language's table.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The order in which a date's parts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Day, month, year.
    #[default]
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
    /// Year, day, month.
    Ydm,
}

/// Where a month in words may stand before the day, in languages whose own order is another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MonthFirst {
    /// Nowhere.
    #[default]
    Never,
    /// Where the year is written too.
    WithYear,
    /// Everywhere.
    Always,
}

/// Words and orders of dates and times. Words are as the language writes them, without a stop at the end; the first of a list is the form
/// of the language's own locale. All that is not in the language's table is empty.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Dates {
    /// Whether months are written with a capital.
    pub capital: bool,
    /// The order of dates in words.
    pub order: Order,
    /// The order of dates in figures by region; the language's own under the empty name.
    pub figures: BTreeMap<String, Order>,
    /// Whether figures do not say which is the day where the text's region is not known.
    pub open_order: bool,
    /// Whether day and month have two figures each where points divide a date in figures.
    pub pointed_in_twos: bool,
    /// Where the month may stand before the day.
    pub month_first: MonthFirst,
    /// Whether prefixes are written on to numbers.
    pub attached: bool,
    /// Whether words are written without blanks between them.
    pub unspaced: bool,
    /// Signs after the number of a year, in scripts that put one after each number.
    pub year_sign: Vec<String>,
    /// Signs after the number of a month.
    pub month_sign: Vec<String>,
    /// Signs after the number of a day.
    pub day_sign: Vec<String>,
    /// How CLDR writes a date: in full, long and medium.
    pub patterns: Vec<String>,
    /// Long forms of the months, January first.
    pub months: Vec<Vec<String>>,
    /// Short forms of the months that are no long ones.
    pub months_short: Vec<Vec<String>>,
    /// Long forms of the weekdays, Monday first.
    pub weekdays: Vec<Vec<String>>,
    /// Short forms of the weekdays that are no long ones.
    pub weekdays_short: Vec<Vec<String>>,
    /// The weekdays as one character, Monday first, which stand in brackets after a date.
    pub weekdays_narrow: Vec<String>,
    /// Words between the parts of one date: `de`, `г`, `年`.
    pub glue: Vec<String>,
    /// Names of the quarters.
    pub quarters: Vec<Vec<String>>,
    /// Names of the seasons, spring first.
    pub seasons: Vec<Vec<String>>,
    /// Before noon.
    pub am: Vec<String>,
    /// After noon.
    pub pm: Vec<String>,
    /// Days from the one before yesterday to the one after tomorrow.
    pub relative_days: Vec<Vec<String>>,
    /// Last, this and next week.
    pub relative_weeks: Vec<Vec<String>>,
    /// Last, this and next month.
    pub relative_months: Vec<Vec<String>>,
    /// Last, this and next year.
    pub relative_years: Vec<Vec<String>>,
    /// So many years ago, with `{0}` for the number.
    pub years_ago: Vec<String>,
    /// Endings of a day's number.
    pub ordinals: Vec<String>,
    /// Words between the members of a list.
    pub and: Vec<String>,
    /// Words between the ends of a range.
    pub range: Vec<String>,
    /// Those of them that make a range by themselves.
    pub range_sure: Vec<String>,
    /// Words before the first end of a range.
    pub from: Vec<String>,
    /// Words before the first end of a range whose ends `and` joins.
    pub between: Vec<String>,
    /// Words that put something on one day.
    pub on: Vec<String>,
    /// Articles before a day's number.
    pub articles: Vec<String>,
    /// Small words after a number that it does not count.
    pub after_number: Vec<String>,
    /// Words before a month or a year that stands alone.
    #[serde(rename = "in")]
    pub within: Vec<String>,
    /// Words for months and weekdays that mean something else where nothing near them says date; lower case.
    pub not_alone: Vec<String>,
    /// Words before the number of a decade.
    pub decade_before: Vec<String>,
    /// Endings of the number of a decade.
    pub decade_after: Vec<String>,
    /// Words after the number of a decade of two figures, which say that it is one.
    pub decade_word: Vec<String>,
    /// Signs between the number of a century and that of its decade.
    pub century: Vec<String>,
    /// Words after which a word for a day is another one: "la mañana".
    pub day_after: Vec<String>,
    /// Words, or their beginnings, before which a word for a day is another one.
    pub day_before: Vec<String>,
    /// Whether figures with points have a year of two figures.
    pub short_with_points: bool,
    /// Whether years are counted in the Buddhist era, 543 more than in ours.
    pub buddhist: bool,
    /// Words after an hour.
    pub oclock: Vec<String>,
    /// Those of them that count other things as well.
    pub oclock_counts: Vec<String>,
    /// Words after the minutes, in scripts that write no colon.
    pub minute: Vec<String>,
    /// Names of eras before the number of a year, each with the year before its first.
    pub eras: BTreeMap<String, i16>,
    /// Words before an hour; where there are any, the words after it say how many hours as well.
    pub at: Vec<String>,
    /// Words before an hour that no word needs to follow.
    pub at_hour: Vec<String>,
    /// Twelve in the day.
    pub noon: Vec<String>,
    /// Twelve in the night.
    pub midnight: Vec<String>,
    /// Words before or after a weekday for the coming one.
    pub next: Vec<String>,
    /// For the one gone by.
    pub last: Vec<String>,
    /// For the one of this week.
    pub this: Vec<String>,
    /// Abbreviations of time zones and their minutes east of Greenwich.
    pub zones: BTreeMap<String, i32>,
    /// Abbreviations that more than one time zone has.
    pub open_zones: Vec<String>,
}

impl Dates {
    /// The order of dates in figures in a region.
    pub fn figures_in(&self, region: Option<&str>) -> Order {
        let regional = region.and_then(|region| {
            let named = |name: &&String| name.rsplit('-').next().is_some_and(|part| part.eq_ignore_ascii_case(region));
            self.figures.keys().find(named)
        });
        let order = regional.and_then(|name| self.figures.get(name)).or_else(|| self.figures.get(""));
        order.copied().unwrap_or_default()
    }
}
