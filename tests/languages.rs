//! Dates and numbers in every language that has a table: what CLDR's patterns write is read back to itself. The tables of docs/languages.md are
//! made here; COPYDESK_BLESS=1 cargo test --test languages writes them.

use copydesk::language::{Dates, Language, Order};
use copydesk::mention::date::{Form, Partial, Value, read_text};
use copydesk::mention::number::{self, Unit};
use jiff::civil::{Date, date};

#[path = "support/writer.rs"]
mod writer;

/// The word for a number in a list of words for each, where there is one.
fn word(table: &[Vec<String>], number: usize) -> Option<&str> {
    table.get(number)?.first().map(String::as_str)
}

/// A day as a CLDR pattern writes it; `None` where the pattern holds a field that has no words.
fn write(dates: &Dates, pattern: &str, day: Date) -> Option<String> {
    let mut text = String::new();
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        if c == '\'' {
            for c in characters.by_ref().take_while(|c| *c != '\'') {
                text.push(c);
            }
            continue;
        }
        if !c.is_ascii_alphabetic() {
            text.push(c);
            continue;
        }
        let mut count = 1;
        while characters.next_if_eq(&c).is_some() {
            count += 1;
        }
        let month = usize::try_from(day.month() - 1).ok()?;
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).ok()?;
        match (c, count) {
            ('d', 1) => text += &day.day().to_string(),
            ('d', _) => text += &format!("{:02}", day.day()),
            ('M' | 'L', 1) => text += &day.month().to_string(),
            ('M' | 'L', 2) => text += &format!("{:02}", day.month()),
            ('M' | 'L', 3) => text += word(&dates.months_short, month).or_else(|| word(&dates.months, month))?,
            ('M' | 'L', _) => text += word(&dates.months, month)?,
            ('E' | 'c', 3) => {
                text += word(&dates.weekdays_short, weekday).or_else(|| word(&dates.weekdays, weekday))?
            }
            ('E' | 'c', _) => text += word(&dates.weekdays, weekday)?,
            ('y', _) => text += &day.year().to_string(),
            ('G', _) => text += "ค.ศ.",
            _ => return None,
        }
    }
    Some(text)
}

/// The forms in which a language writes a day, each with its name.
fn forms(dates: &Dates, day: Date) -> Vec<(&'static str, Option<String>)> {
    let pattern = |place: usize| dates.patterns.get(place).and_then(|pattern| write(dates, pattern, day));
    let (d, m, y) = (day.day(), day.month(), day.year());
    let figures = match dates.figures_in(None) {
        Order::Mdy => format!("{m}/{d}/{y}"),
        Order::Ymd => format!("{y}/{m:02}/{d:02}"),
        _ => format!("{d:02}/{m:02}/{y}"),
    };
    vec![
        ("full", pattern(0)),
        ("long", pattern(1)),
        // "1 01 1900" of Yoruba is no form that a text is read by.
        ("medium", pattern(2).filter(|_| dates.patterns[2] != "d MM y")),
        ("figures", Some(figures)),
        ("ISO", Some(day.to_string())),
    ]
}

/// Whether a text is read as one date, this one.
fn is_read(tag: &str, text: &str, day: Date, weekday: bool) -> bool {
    let read = read_text(text, Some(tag));
    let [mention] = read.dates.as_slice() else { return false };
    let [point] = mention.points.as_slice() else { return false };
    let value = Value::Date(Partial {
        year: Some(day.year()),
        month: u8::try_from(day.month()).ok(),
        day: u8::try_from(day.day()).ok(),
    });
    let said = point.weekday.is_none_or(|said| said == day.weekday()) && (!weekday || point.weekday.is_some());
    mention.form == Form::Single && point.value == value && said
}

/// The forms of a language that are not read back, with the first day that fails.
fn failures(tag: &str, days: impl Iterator<Item = Date>) -> Vec<String> {
    let dates = &Language::of(Some(tag)).dates;
    let mut failed: Vec<(&str, String)> = Vec::new();
    for day in days {
        for (name, text) in forms(dates, day) {
            let Some(text) = text else { continue };
            if failed.iter().all(|(known, _)| *known != name) && !is_read(tag, &text, day, name == "full") {
                failed
                    .push((name, format!("{tag} {name}: “{text}” for {day}: {:?}", read_text(&text, Some(tag)).dates)));
            }
        }
    }
    failed.into_iter().map(|(_, text)| text).collect()
}

/// Every nth day of 1900 to 2100.
fn days(step: i64) -> impl Iterator<Item = Date> {
    let (first, last) = (date(1900, 1, 1), date(2100, 12, 31));
    first.series(jiff::Span::new().days(step)).take_while(move |day| *day <= last)
}

#[test]
fn every_language_reads_back_the_dates_it_writes() {
    // 211 is a prime, so that every day and month comes up in some year.
    let failed: Vec<String> = Language::tags().flat_map(|tag| failures(tag, days(211))).collect();
    assert!(failed.is_empty(), "{} forms:\n{}", failed.len(), failed.join("\n"));
}

/// docs/languages.md as the tables and the reader have it: an example of every form that is read back on every day that is tried.
fn table() -> String {
    let day = date(2012, 7, 9);
    let names: Vec<&str> = forms(&Dates::default(), day).into_iter().map(|(name, _)| name).collect();
    let mut text = String::from(
        "# Languages\n\nDates that copydesk reads in each language, written as CLDR writes them; every form of the table is read back to itself by\n\
         `tests/languages.rs`, which also writes this page (`COPYDESK_BLESS=1 cargo test --test languages`). “Range” and “list” are read where the words\n\
         for them are known; “—” is a form that is not read.\n\n",
    );
    text += &format!("| language | {} | range | list | relative | time zones |\n", names.join(" | "));
    text += &format!("|---{}|---|---|---|---|\n", "|---".repeat(names.len()));
    for tag in Language::tags() {
        let dates = &Language::of(Some(tag)).dates;
        let failed = failures(tag, days(211));
        let shown = |(name, text): (&str, Option<String>)| {
            let fails = failed.iter().any(|failure| failure.starts_with(&format!("{tag} {name}:")));
            text.filter(|_| !fails).unwrap_or_else(|| "—".into())
        };
        let cells: Vec<String> = forms(dates, day).into_iter().map(shown).collect();
        let words = |list: &[String]| if list.is_empty() { "dash".to_owned() } else { list.join(", ") };
        let and = if dates.and.is_empty() { "—".to_owned() } else { dates.and.join(", ") };
        let today = dates.relative_days.get(2).map_or_else(|| "—".to_owned(), |words| words.join(", "));
        let zones = if dates.zones.is_empty() { "offsets" } else { "names, offsets" };
        text += &format!("| {tag} | {} | {} | {and} | {today} | {zones} |\n", cells.join(" | "), words(&dates.range));
    }
    text
}

/// A form of a number in a language: its name, how the language writes it, its value, and the unit it has.
type NumberForm = (&'static str, Option<String>, &'static str, Option<Unit>);

/// Languages with digits of their own, and the code point of their zero (UCD, general category Nd).
const ZEROS: [(&str, u32); 18] = [
    ("ar", 0x660),
    ("fa", 0x6F0),
    ("hi", 0x966),
    ("mr", 0x966),
    ("ne", 0x966),
    ("bn", 0x9E6),
    ("as", 0x9E6),
    ("pa", 0xA66),
    ("gu", 0xAE6),
    ("or", 0xB66),
    ("ta", 0xBE6),
    ("te", 0xC66),
    ("kn", 0xCE6),
    ("ml", 0xD66),
    ("th", 0xE50),
    ("lo", 0xED0),
    ("my", 0x1040),
    ("km", 0x17E0),
];

/// The forms in which a language writes numbers.
fn number_forms(tag: &str) -> Vec<NumberForm> {
    let numbers = &Language::of(Some(tag)).numbers;
    let grouped = |group: &str, decimal: &str| format!("1{group}234{group}567{decimal}8");
    let digits = |text: &str| -> Option<String> {
        let (_, zero) = ZEROS.iter().find(|(known, _)| *known == tag)?;
        text.chars().map(|c| c.to_digit(10).map_or(Some(c), |d| char::from_u32(zero + d))).collect()
    };
    let native =
        digits(&grouped(&numbers.native_group, &numbers.native_decimal)).filter(|_| !numbers.native_decimal.is_empty());
    let writer = writer::Writer::new(&numbers.spellout);
    let words = |kind: &str, number| {
        let set = writer.sets.keys().find(|set| set.starts_with(kind))?;
        writer.write(set, number).map(|text| text.trim_end_matches('\u{AD}').to_owned())
    };
    let scale = numbers.scale.iter().find(|(_, power)| **power == 6).map(|(word, _)| format!("3 {word}"));
    let unit = numbers.unit.get("kilometer").and_then(|words| words.last()).map(|word| format!("5 {word}"));
    let some = |text: String| Some(text).filter(|text| text.contains('5'));
    vec![
        (
            "marks",
            Some(grouped(&numbers.group, &numbers.decimal)).filter(|_| !numbers.decimal.is_empty()),
            "1234567.8",
            None,
        ),
        ("own digits", native, "1234567.8", None),
        ("words", words("%spellout-cardinal", 321), "321", None),
        ("ordinal", words("%spellout-ordinal", 21), "21", None),
        ("scale", scale, "3000000", None),
        ("percentage", some(numbers.percent.replace("{0}", "5")), "5", Some(Unit::Percent)),
        (
            "currency",
            some(numbers.currency.replace("{0}", "5").replace('¤', "€")),
            "5",
            Some(Unit::Currency { code: "EUR", shared: false }),
        ),
        ("unit", unit, "5", Some(Unit::Measure("kilometer"))),
    ]
}

/// Whether a text is read as one number, this one.
fn is_number(tag: &str, text: &str, value: &str, unit: Option<Unit>) -> bool {
    let read = number::read_text(text, Some(tag), &[]);
    let [number] = read.numbers.as_slice() else { return false };
    number.values.iter().any(|read| read.to_string() == value) && number.unit.as_ref().map(|(unit, _)| *unit) == unit
}

/// The languages that the issue of numbers names.
const NAMED: [&str; 15] = ["en", "fr", "es", "de", "pt", "it", "nl", "sv", "da", "pl", "ru", "ar", "zh", "ja", "ko"];

#[test]
fn the_named_languages_read_back_the_numbers_they_write() {
    let mut failed = Vec::new();
    for tag in NAMED {
        for (name, text, value, unit) in number_forms(tag) {
            if let Some(text) = text.filter(|text| !is_number(tag, text, value, unit)) {
                failed.push(format!("{tag} {name}: “{text}”: {:?}", number::read_text(&text, Some(tag), &[])));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The second table of docs/languages.md: every form of a number that is read back.
fn number_table() -> String {
    let names: Vec<&str> = number_forms("en").into_iter().map(|(name, ..)| name).collect();
    let mut text = format!(
        "\n## Numbers\n\nNumbers as each language writes them, read back to themselves. “—” is a form that CLDR does not have, or that is not read.\n\n| language | {} |\n",
        names.join(" | ")
    );
    text += &format!("|---{}|\n", "|---".repeat(names.len()));
    for tag in Language::tags() {
        let cell = |(_, text, value, unit): NumberForm| {
            text.filter(|text| is_number(tag, text, value, unit))
                .map_or_else(|| "—".to_owned(), |text| text.replace('\u{AD}', ""))
        };
        let cells: Vec<String> = number_forms(tag).into_iter().map(cell).collect();
        text += &format!("| {tag} | {} |\n", cells.join(" | "));
    }
    text
}

#[test]
fn the_page_of_languages_says_what_is_read() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/languages.md");
    let table = table() + &number_table();
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        std::fs::write(path, &table).expect("docs/languages.md");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        written == table,
        "docs/languages.md is not what is read; run COPYDESK_BLESS=1 cargo test --test languages"
    );
}

#[test]
#[ignore = "every day of two centuries in every language; minutes"]
fn every_language_reads_back_every_date_of_two_centuries() {
    let failed: Vec<String> = Language::tags().flat_map(|tag| failures(tag, days(1))).collect();
    assert!(failed.is_empty(), "{} forms:\n{}", failed.len(), failed.join("\n"));
}
