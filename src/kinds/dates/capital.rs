//! `dates/capital`: months and weekdays with a capital in languages that write them small.

use super::common::{is_own, points};
use crate::diagnostic::Applicability;
use crate::document::BlockKind;
use crate::mention::date::Precision;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape, Value as Setting};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "dates/capital",
    page: include_str!("capital.md"),
    keys: &[Key::new(
        "holidays",
        Shape::List(&Shape::Text),
        "Days whose name is a holiday, as “07-14”; they keep their capital.",
    )],
    build,
};

struct Capital {
    /// Month and day.
    holidays: Vec<(u8, u8)>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let (mut holidays, mut mistakes) = (Vec::new(), Vec::new());
    for (text, range) in setup.table.get("holidays").into_iter().flat_map(Setting::texts) {
        let day = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        match day {
            Some(day) => holidays.push(day),
            None => mistakes.push(setup.mistake(range, format!("“{text}” is no month and day such as “07-14”"))),
        }
    }
    if mistakes.is_empty() { Ok(Box::new(Capital { holidays })) } else { Err(mistakes) }
}

impl Check for Capital {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let dates = &reading.language().dates;
        if dates.capital || dates.months.is_empty() {
            return;
        }
        for (_, point) in points(reading) {
            // With a day or a year beside it, it is a date; alone it may be a name.
            let Some(partial) = point.partial() else { continue };
            if point.precision() < Precision::Month || partial.day.is_none() && partial.year.is_none() {
                continue;
            }
            // “le 14 Juillet” without a year of its own is the holiday; « Place du 8-Mai » and « Primero de Mayo » are names.
            let holiday = point.spans.year.is_none() && point.weekday.is_none();
            if holiday && partial.month.zip(partial.day).is_some_and(|day| self.holidays.contains(&day))
                || !is_own(reading, &point.range)
            {
                continue;
            }
            let words = [point.spans.weekday.clone(), point.spans.month.clone()];
            for word in words.into_iter().flatten() {
                report(reading, &word, out);
            }
        }
    }
}

/// Reports a word with a capital that begins nothing.
fn report(reading: &Reading<'_>, word: &Range<usize>, out: &mut Findings<'_>) {
    let written = reading.slice(word.clone());
    let mut characters = written.chars();
    let Some(first) = characters.next() else { return };
    let small = characters.clone().any(char::is_lowercase);
    if !first.is_uppercase() || !small || begins_something(reading, word.start) {
        return;
    }
    let finding = out.finding(reading.span(word.clone()), format!("“{written}” with a capital"));
    let lower: String = first.to_lowercase().collect();
    out.push(match reading.edit_span(word.start..word.start + first.len_utf8()) {
        Some(span) => finding.replace("write it small", Applicability::Safe, span, lower),
        None => finding,
    });
}

/// Whether a place begins a block, a sentence, a cell or a line of a list: where any word takes a capital.
fn begins_something(reading: &Reading<'_>, place: usize) -> bool {
    let Some(block) = reading.block_at(place) else { return true };
    if block.kind == BlockKind::TableCell {
        return true;
    }
    let before = &reading.text()[block.range.start..place];
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || "([{«“\"'*_—–-•’‘¿¡".contains(c));
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '…', '|', '\n', '。', '/', ';'])
}
