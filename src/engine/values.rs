//! What a text says, as values: its dates, times, figures, codes and names, in their order. A correction that nobody looks at may
//! change how they are written and nothing else, so they are read before it and after it.

use crate::document::{self, Document, ReadOptions};
use crate::language::Language;
use crate::mention::{date, number};
use crate::source::{Source, SourceId};
use jiff::civil::Weekday;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// One value.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    /// Its words.
    text: String,
    value: Value,
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Date(date::Value, Option<Weekday>),
    /// Minutes since midnight, and the zone as it is known.
    Time(u16, Option<i32>),
    Number(Box<number::Number>),
    /// What only looks like a number, or digits that are part of nothing.
    Code(String),
    Name(String),
}

impl Value {
    fn is(&self, other: &Value) -> bool {
        match (self, other) {
            // A separator of groups that becomes clear leaves one of the values that it could have meant.
            (Value::Number(one), Value::Number(two)) => {
                let units =
                    one.unit.as_ref().zip(two.unit.as_ref()).is_none_or(|((one, _), (two, _))| one.may_equal(*two));
                one.may_equal(two) && units
            }
            _ => self == other,
        }
    }
}

/// Says why a text after corrections no longer says what it said before. `language` is the tag that the text was checked in.
pub fn values_stay(before: &Source, after: &str, language: Option<&str>) -> Result<(), String> {
    let (old, new) = (said(before, language), said(&Source::from_text(before.path(), after), language));
    match old.iter().zip(&new).find(|(old, new)| !old.value.is(&new.value)) {
        Some((old, new)) => Err(format!("it makes “{}” of “{}”", new.text, old.text)),
        None if old.len() == new.len() => Ok(()),
        None => Err("it adds or takes away a date, a figure or a name".into()),
    }
}

fn said(source: &Source, language: Option<&str>) -> Vec<Said> {
    let language = language.map(|tag| (tag.to_owned(), document::LanguageReason::CommandLine)).into_iter().collect();
    let options = ReadOptions { language, ..ReadOptions::default() };
    document::read(source, SourceId(0), &options).iter().flat_map(of_document).collect()
}

fn of_document(document: &Document) -> Vec<Said> {
    let mut found: Vec<(Range<usize>, Value)> = Vec::new();
    let mentions = date::read(document);
    let mut taken: Vec<Range<usize>> = mentions.dates.iter().map(|mention| mention.range.clone()).collect();
    for point in mentions.dates.into_iter().flat_map(|mention| mention.points) {
        found.push((point.range, Value::Date(point.value, point.weekday)));
    }
    for time in mentions.times {
        let zone = time.zone.as_ref().and_then(|zone| zone.offset);
        taken.push(time.range.clone());
        found.push((time.range, Value::Time(u16::from(time.hour) * 60 + u16::from(time.minute), zone)));
    }
    let numbers = number::read(document, Language::of(document.language.tag.as_deref()), &taken);
    for number in numbers.numbers {
        taken.push(number.range.clone());
        // Words such as “one” and “second” are often no numbers.
        if !number.is_weak() {
            found.push((number.range.clone(), Value::Number(Box::new(number))));
        }
    }
    for code in numbers.identifiers {
        let letters = document.text[code.range.clone()].chars().filter(|c| c.is_alphanumeric()).collect();
        taken.push(code.range.clone());
        found.push((code.range, Value::Code(letters)));
    }
    taken.sort_by_key(|range| range.start);
    words(document, &taken, &mut found);
    found.sort_by_key(|(range, _)| range.start);
    let said = found.into_iter().map(|(range, value)| Said { text: document.text[range].to_owned(), value });
    // A date in front matter is no prose.
    let fields = document.fields.iter().filter(|field| field.block.is_none()).map(|field| Said {
        text: field.value.clone(),
        value: Value::Code(field.value.chars().filter(|c| c.is_alphanumeric()).collect()),
    });
    said.chain(fields).collect()
}

/// Adds the names and the digits that lie in nothing that was read already, which is in order.
fn words(document: &Document, taken: &[Range<usize>], found: &mut Vec<(Range<usize>, Value)>) {
    let text = &document.text;
    let mut next = 0;
    for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
        let mut fresh = true;
        let mut at = block.range.start;
        while at < block.range.end {
            let (range, word) = word(&text[..block.range.end], at);
            while taken.get(next).is_some_and(|range| range.end <= at) {
                next += 1;
            }
            let free = taken.get(next).is_none_or(|taken| taken.start >= range.end);
            match word.chars().next() {
                Some(first) if free && first.is_numeric() => found.push((range.clone(), Value::Code(word.clone()))),
                // The first word of a sentence has its capital from there.
                Some(first) if free && first.is_uppercase() && !fresh => {
                    found.push((range.clone(), Value::Name(word.clone())));
                }
                _ => {}
            }
            let after = &text[range.end..block.range.end];
            // A blank before the stop, which a correction takes out, makes no other sentence.
            let closing =
                |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '*' | '_');
            let stop = after.trim_start_matches(closing).starts_with(['.', '!', '?', '…', '。']);
            // After an initial or “St.” a name goes on.
            let short = word.chars().count() <= 3 && word.starts_with(char::is_uppercase);
            fresh = if word.is_empty() { fresh } else { stop && !short };
            at = if range.end > at { range.end } else { at + after.chars().next().map_or(1, char::len_utf8) };
        }
    }
}

/// The word that begins at a byte, characters that nobody sees left out; empty where none does.
fn word(text: &str, at: usize) -> (Range<usize>, String) {
    let (mut end, mut word) = (at, String::new());
    for (place, c) in text[at..].char_indices() {
        if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36F}') {
            word.push(c);
            end = at + place + c.len_utf8();
        } else if !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
        {
            break;
        }
    }
    (at..end, word.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(before: &str, after: &str) -> Option<String> {
        values_stay(&Source::from_text("a.txt", before), after, Some("en")).err()
    }

    #[test]
    fn what_is_said_stays_however_it_is_written() {
        for (before, after) in [
            ("On 9 July, 10 000 came.", "On 9 July, 10\u{202F}000 came."),
            ("They met on July 9th, 2012.", "They met on 9 July 2012."),
            ("They met on 09 July 2012.", "They met on 9 July 2012."),
            ("They met at 10:00 a.m. in Oban.", "They met at 10 a.m. in Oban."),
            ("Then Lynn St.Amour spoke.", "Then Lynn St. Amour spoke."),
            ("Then Am\u{AD}our spoke.", "Then Amour spoke."),
            ("It rose by 5 %.", "It rose by 5%."),
            ("It left . The Linux of “then” . If so.", "It left. The Linux of “then”. If so."),
            ("E-mail us. E-mail them.", "Email us. Email them."),
        ] {
            assert_eq!(judged(before, after), None, "{before}");
        }
    }

    #[test]
    fn another_value_is_refused() {
        for (before, after, why) in [
            ("On 9 July they came", "On 10 July they came", "it makes “10 July” of “9 July”"),
            ("On 9 July they came", "On 9 June they came", "it makes “9 June” of “9 July”"),
            (
                "On Monday, 9 July they came",
                "On Tuesday, 9 July they came",
                "it makes “Tuesday, 9 July” of “Monday, 9 July”",
            ),
            ("On 9 July they came", "On July they came", "it makes “July” of “9 July”"),
            ("They came at 10 a.m. then", "They came at 10 p.m. then", "it makes “10 p.m.” of “10 a.m.”"),
            ("It cost 1.5 million", "It cost 15 million", "it makes “15 million” of “1.5 million”"),
            ("Then Lynn Amour spoke.", "Then Lynn Armour spoke.", "it makes “Armour” of “Amour”"),
            ("Then J. Amour spoke.", "Then J. Armour spoke.", "it makes “Armour” of “Amour”"),
            ("Then Lynn Amour spoke.", "Then Lynn spoke.", "it adds or takes away a date, a figure or a name"),
            ("See A/67/1 there", "See A/67/2 there", "it makes “A/67/2” of “A/67/1”"),
        ] {
            assert_eq!(judged(before, after).as_deref(), Some(why), "{before}");
        }
    }
}
