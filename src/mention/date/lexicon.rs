//! The words of one language that dates are read by, in one automaton. It is made when the first text in the language is read.

use super::Relative;
use crate::language::Language;
use aho_corasick::{AhoCorasick, MatchKind};
use jiff::civil::Weekday;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a word may mean.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// A month from 1, and whether the word is its long form.
    pub month: Option<(u8, bool)>,
    /// A weekday, and whether the word is its long form.
    pub weekday: Option<(Weekday, bool)>,
    /// A time seen from today.
    pub relative: Option<Relative>,
    /// A quarter from 1.
    pub quarter: Option<u8>,
    /// A season from 0.
    pub season: Option<u8>,
    /// An hour that has a name.
    pub hour: Option<u8>,
    /// Whether it may mean something else where nothing near it says date.
    pub doubtful: bool,
}

/// The words of one language.
pub(super) struct Lexicon {
    pub language: &'static Language,
    /// Finds the words; absent where the language has none.
    pub words: Option<AhoCorasick>,
    /// By the number of the automaton's pattern.
    pub entries: Vec<Entry>,
    /// Whether words are written without blanks between them.
    pub unspaced: bool,
    /// Whether Han characters before the signs of dates are numbers.
    pub signed: bool,
    /// Whether a comma may stand between day and month.
    pub comma_after_day: bool,
    /// Whether the weekday may stand between month and year.
    pub weekday_within: bool,
}

/// The weekdays, Monday first.
pub(super) const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

impl Lexicon {
    /// The words of a language, made once.
    pub fn of(language: &'static Language) -> Arc<Lexicon> {
        static MADE: OnceLock<Mutex<HashMap<&'static str, Arc<Lexicon>>>> = OnceLock::new();
        let made = MADE.get_or_init(Mutex::default);
        let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
        made.entry(language.tag).or_insert_with(|| Arc::new(Lexicon::new(language))).clone()
    }

    fn new(language: &'static Language) -> Lexicon {
        let dates = &language.dates;
        let unspaced = dates.unspaced;
        let mut found: HashMap<String, Entry> = HashMap::new();
        // Han and Hangul dates are read by the sign after each number.
        let signed = |word: &str| {
            unspaced && word.starts_with(|c: char| c.is_ascii_digit())
                || dates.month_sign.iter().any(|sign| word.ends_with(sign.as_str()))
        };
        let han = dates.year_sign.iter().any(|sign| sign.chars().all(|c| matches!(c, '\u{3400}'..='\u{9FFF}')));
        let mut put = |lists: &[Vec<String>], set: &dyn Fn(&mut Entry, usize)| {
            for (number, list) in lists.iter().enumerate() {
                for word in list.iter().filter(|word| !word.is_empty()) {
                    set(found.entry(word.to_lowercase()).or_default(), number);
                    // A typewriter has one apostrophe.
                    if word.contains('’') {
                        set(found.entry(word.to_lowercase().replace('’', "'")).or_default(), number);
                    }
                }
            }
        };
        let without_signed = |lists: &[Vec<String>]| -> Vec<Vec<String>> {
            lists.iter().map(|list| list.iter().filter(|word| !signed(word)).cloned().collect()).collect()
        };
        put(&without_signed(&dates.months), &|entry, number| {
            entry.month = entry.month.or(Some((number as u8 + 1, true)))
        });
        put(&without_signed(&dates.months_short), &|entry, number| {
            entry.month = entry.month.or(Some((number as u8 + 1, false)))
        });
        let weekday = |number: usize| WEEK.get(number).copied().unwrap_or(Weekday::Monday);
        put(&dates.weekdays, &|entry, number| entry.weekday = entry.weekday.or(Some((weekday(number), true))));
        put(&dates.weekdays_short, &|entry, number| entry.weekday = entry.weekday.or(Some((weekday(number), false))));
        put(&dates.quarters, &|entry, number| entry.quarter = Some(number as u8 + 1));
        put(&dates.seasons, &|entry, number| entry.season = Some(number as u8));
        put(std::slice::from_ref(&dates.noon), &|entry, _| entry.hour = Some(12));
        put(std::slice::from_ref(&dates.midnight), &|entry, _| entry.hour = Some(0));
        let from = |number: usize, span: i8| i8::try_from(number).unwrap_or(0) - span;
        put(&dates.relative_days, &|entry, number| entry.relative = Some(Relative::Days(from(number, 2))));
        put(&dates.relative_weeks, &|entry, number| entry.relative = Some(Relative::Weeks(from(number, 1))));
        put(&dates.relative_months, &|entry, number| entry.relative = Some(Relative::Months(from(number, 1))));
        put(&dates.relative_years, &|entry, number| entry.relative = Some(Relative::Years(from(number, 1))));
        for word in &dates.not_alone {
            if let Some(entry) = found.get_mut(&word.to_lowercase()) {
                entry.doubtful = true;
            }
        }
        let mut found: Vec<(String, Entry)> = found.into_iter().collect();
        found.sort_by(|a, b| a.0.cmp(&b.0));
        let (mut patterns, mut entries) = (Vec::new(), Vec::new());
        for (word, entry) in found {
            // The automaton ignores the case of ASCII only.
            let titled = word.split(' ').map(capitalised).collect::<Vec<_>>().join(" ");
            let mut forms = vec![capitalised(&word), titled, word.to_uppercase(), word];
            forms.dedup();
            if forms.iter().all(|form| form.is_ascii()) {
                forms.truncate(1);
            }
            for form in forms {
                patterns.push(form);
                entries.push(entry);
            }
        }
        let mut builder = AhoCorasick::builder();
        builder.ascii_case_insensitive(true).match_kind(MatchKind::LeftmostLongest);
        let words = if patterns.is_empty() { None } else { builder.build(&patterns).ok() };
        let writes = |piece: &str| dates.patterns.iter().any(|pattern| pattern.contains(piece));
        let (comma_after_day, weekday_within) = (writes("d, MMM"), writes("MMMM, EEEE, y"));
        Lexicon { language, words, entries, unspaced, signed: han, comma_after_day, weekday_within }
    }
}

/// With a capital at the beginning.
fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
