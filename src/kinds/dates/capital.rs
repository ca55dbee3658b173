//! `dates/capital`: months and weekdays with a capital in languages that write them small.

use super::common::{is_own, points};
use crate::diagnostic::Applicability;
use crate::document::BlockKind;
use crate::mention::date::Precision;
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "dates/capital", page: include_str!("capital.md"), keys: &[], build };

struct Capital;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    Ok(Box::new(Capital))
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
            // “le 14 Juillet” without a year is the holiday; « Place du 8-Mai » and « Primero de Mayo » are names.
            let holiday = partial.year.is_none() && point.weekday.is_none();
            if holiday && partial.day.is_some() && is_holiday(partial.month, partial.day)
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

/// Days that are written with a capital where they name a holiday, in the languages that this is reported in.
fn is_holiday(month: Option<u8>, day: Option<u8>) -> bool {
    matches!(
        (month, day),
        (Some(7), Some(14))
            | (Some(5), Some(1 | 2 | 8))
            | (Some(11), Some(11))
            | (Some(9), Some(11 | 16))
            | (Some(8), Some(4 | 10))
            | (Some(4), Some(25))
            | (Some(10), Some(12))
    )
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
