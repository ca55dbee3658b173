//! `numbers/style`: how a house writes its numbers: what a sentence may begin with, words for small ones, percentages, the side of a currency.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::{BlockKind, Part};
use crate::mention::number::{Form, IdentifierKind, Kind as NumberKind, Number, Unit, Value};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

const FAULTS: &[&str] = &[
    "opening",
    "small",
    "percent-word",
    "percent-sign",
    "percent-mixed",
    "percent-space",
    "currency-side",
    "adjacent",
    "phone",
];

/// The kind.
pub const KIND: Kind = Kind {
    name: "numbers/style",
    page: include_str!("style.md"),
    keys: &[
        Key::required("fault", Shape::OneOf(FAULTS), "What is reported."),
        Key::new("below", Shape::Integer, "For `small`: the first number that is written in figures; 10 by default."),
    ],
    build,
};

/// How many times more often one form of a percentage must stand than the other before the other is taken for a slip.
const CLEARLY: usize = 3;

struct Style {
    fault: &'static str,
    below: Value,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let named = setup.table.text("fault").unwrap_or_default();
    let fault = FAULTS.iter().copied().find(|fault| *fault == named).unwrap_or("opening");
    let below = Value::whole(i128::from(setup.table.integer("below").unwrap_or(10)));
    Ok(Box::new(Style { fault, below }))
}

impl Check for Style {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        match self.fault {
            "opening" => opening(reading, out),
            "small" => self.small(reading, out),
            "percent-mixed" => mixed(reading, out),
            "adjacent" => adjacent(reading, out),
            "phone" => phone(reading, out),
            _ => {
                for number in reading.numbers().iter().filter(|number| is_prose(reading, number)) {
                    match self.fault {
                        "percent-word" => percent_word(reading, number, out),
                        "percent-sign" => percent_sign(reading, number, out),
                        "percent-space" => percent_space(reading, number, out),
                        _ => currency_side(reading, number, out),
                    }
                }
            }
        }
    }
}

/// Whether a number stands in running text that is the release's own.
fn is_prose(reading: &Reading<'_>, number: &Number) -> bool {
    let running = reading.block_at(number.range.start).is_some_and(|block| {
        let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
        prose && block.quotes == 0 && matches!(block.part, Part::Body)
    });
    running && !reading.is_quoted(&number.range) && !reading.is_opaque(&number.range)
}

/// "12 24-hour shifts": two numbers in figures with nothing but a blank between them.
fn adjacent(reading: &Reading<'_>, out: &mut Findings<'_>) {
    for pair in reading.numbers().windows(2) {
        let [first, second] = pair else { continue };
        let figures =
            |number: &Number| number.form == Form::Digits && number.kind == NumberKind::Cardinal && !number.label;
        let between = reading.text().get(first.range.end..second.range.start);
        let apart = matches!(between, Some(" " | "\u{A0}")) && first.unit.is_none() && !first.may_be_year();
        if apart && figures(first) && figures(second) && second.unit.is_some() && is_prose(reading, first) {
            let place = first.range.start..second.range.end;
            out.push(out.finding(reading.span(place), "two numbers in figures side by side"));
        }
    }
}

/// "022 791 21 11": a telephone number that cannot be called from abroad.
fn phone(reading: &Reading<'_>, out: &mut Findings<'_>) {
    for identifier in reading.identifiers().iter().filter(|identifier| identifier.kind == IdentifierKind::Phone) {
        let quoted = reading.is_quoted(&identifier.range) || reading.is_opaque(&identifier.range);
        if !quoted && !reading.slice(identifier.range.clone()).starts_with('+') {
            let finding = out.finding(reading.span(identifier.range.clone()), "a telephone number without its country");
            out.push(finding);
        }
    }
}

/// "42 people came.": a sentence that begins with a figure. A year cannot be written otherwise, and a list begins as it likes.
fn opening(reading: &Reading<'_>, out: &mut Findings<'_>) {
    for number in reading.numbers().iter().filter(|number| is_prose(reading, number)) {
        let Some(block) = reading.block_at(number.range.start) else { continue };
        let text = reading.slice(block.range.clone());
        // A sentence ends with a stop; what has none is a line.
        let sentences =
            text.trim_end().ends_with(['.', '!', '?', '。', '！', '？']) && block.kind == BlockKind::Paragraph;
        let before = &text[..number.range.start - block.range.start];
        let begins = before.is_empty() || ends_sentence(reading, before);
        if sentences && begins && matches!(number.form, Form::Digits | Form::Mixed) && !number.may_be_year() {
            out.push(out.finding(reading.span(number.figure.clone()), "a sentence begins with a figure"));
        }
    }
}

/// Whether a text ends with the end of a sentence and a blank: a stop after a word that is no abbreviation.
fn ends_sentence(reading: &Reading<'_>, text: &str) -> bool {
    let trimmed = text.trim_end();
    let Some(rest) = trimmed.strip_suffix(['.', '!', '?']).filter(|_| trimmed.len() < text.len()) else { return false };
    let word = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let sentences = &reading.language().sentences;
    let known =
        sentences.abbreviations.iter().chain(&sentences.before_numbers).any(|short| short.eq_ignore_ascii_case(word));
    let long = if word.starts_with(char::is_lowercase) { 2 } else { 3 };
    word.chars().count() > long && !known
}

impl Style {
    /// "7 members" for "seven members". In a sentence with larger figures, and with units, figures are right.
    fn small(&self, reading: &Reading<'_>, out: &mut Findings<'_>) {
        let numbers = reading.numbers();
        for sentence in reading.sentences() {
            let from = numbers.partition_point(|number| number.range.start < sentence.start);
            let to = numbers.partition_point(|number| number.range.start < sentence.end);
            let within = numbers.get(from..to).unwrap_or_default();
            let counts = |number: &&Number| {
                let rest = reading.text()[number.range.end..].strip_prefix([' ', '\u{A0}']);
                let dates = &reading.language().dates;
                let word = rest.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).unwrap_or_default();
                // "Prototype 2 and", "Days 2 and 3": a name, or a word that is not counted.
                let before = reading.text()[..number.range.start].trim_end();
                let named = before.ends_with(')')
                    || before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase));
                let counted = !named && !dates.after_number.iter().chain(&dates.and).any(|small| small == word);
                number.form == Form::Digits
                    && number.kind == NumberKind::Cardinal
                    && number.unit.is_none()
                    && number.partner.is_none()
                    && !number.label
                    && number.precision == 0
                    && number.value() < self.below
                    && counted
                    && rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()))
            };
            if within.iter().any(|number| number.form != Form::Words && !counts(&number)) {
                continue;
            }
            for number in within.iter().filter(counts).filter(|number| is_prose(reading, number)) {
                let text = format!("“{}” in figures", reading.slice(number.figure.clone()));
                out.push(out.finding(reading.span(number.figure.clone()), text));
            }
        }
    }
}

/// Where the unit of a percentage stands, and whether it is a sign.
fn percent(reading: &Reading<'_>, number: &Number) -> Option<(Range<usize>, bool)> {
    match &number.unit {
        Some((Unit::Percent, place)) => {
            Some((place.clone(), !reading.slice(place.clone()).contains(char::is_alphabetic)))
        }
        _ => None,
    }
}

/// The word for a percentage in the text's language.
fn word(reading: &Reading<'_>) -> &'static str {
    reading.language().numbers.unit.get("percent").and_then(|words| words.first()).map_or("per cent", String::as_str)
}

/// "5%" where the house writes the word.
fn percent_word(reading: &Reading<'_>, number: &Number, out: &mut Findings<'_>) {
    let Some((place, true)) = percent(reading, number) else { return };
    let finding = out.finding(reading.span(number.range.clone()), "a percentage with the sign");
    let text = format!("\u{A0}{}", word(reading));
    out.push(match reading.edit_span(number.figure.end..place.end).filter(|_| number.figure.end <= place.start) {
        Some(span) => finding.replace("write the word", Applicability::Unsafe, span, text),
        None => finding,
    });
}

/// "5 per cent" where the house writes the sign.
fn percent_sign(reading: &Reading<'_>, number: &Number, out: &mut Findings<'_>) {
    let Some((place, false)) = percent(reading, number).filter(|_| number.form != Form::Words) else { return };
    let finding = out.finding(reading.span(number.range.clone()), "a percentage in words");
    let blank = if is_spaced(reading) { "\u{A0}%" } else { "%" };
    out.push(match reading.edit_span(number.figure.end..place.end).filter(|_| number.figure.end <= place.start) {
        Some(span) => finding.replace("write the sign", Applicability::Unsafe, span, blank),
        None => finding,
    });
}

/// Whether the language sets a blank before the sign of a percentage.
fn is_spaced(reading: &Reading<'_>) -> bool {
    let numbers = &reading.language().numbers;
    let region = reading.document.language.tag.as_deref().and_then(crate::language::region);
    let pattern = numbers.in_region(region).and_then(|marks| marks.percent.as_deref()).unwrap_or(&numbers.percent);
    pattern.chars().any(char::is_whitespace)
}

/// The blank before the sign of a percentage, as the language has it.
fn percent_space(reading: &Reading<'_>, number: &Number, out: &mut Findings<'_>) {
    let Some((place, true)) = percent(reading, number).filter(|(place, _)| place.start >= number.figure.end) else {
        return;
    };
    let gap = number.figure.end..place.start;
    let (wanted, message) = match (is_spaced(reading), reading.slice(gap.clone())) {
        (true, "") => ("\u{A0}", "no blank before the sign of a percentage"),
        (true, " ") => ("\u{A0}", "a blank before the sign of a percentage that a line may break at"),
        (false, " " | "\u{A0}" | "\u{202F}") => ("", "a blank before the sign of a percentage"),
        _ => return,
    };
    let finding = out.finding(reading.span(number.figure.start..place.end), message);
    out.push(match reading.edit_span(gap) {
        Some(span) => finding.replace("as the language writes it", Applicability::Safe, span, wanted),
        None => finding,
    });
}

/// "5 per cent" in a text that else writes "5%", or the other way round.
fn mixed(reading: &Reading<'_>, out: &mut Findings<'_>) {
    let all = reading.numbers().iter().filter(|number| number.form != Form::Words && is_prose(reading, number));
    let (signs, words): (Vec<_>, Vec<_>) =
        all.filter_map(|number| percent(reading, number).map(|(_, sign)| (number, sign))).partition(|(_, sign)| *sign);
    let (few, many, message) = if signs.len() < words.len() {
        (signs, words, "a percentage with the sign, where the text else writes the word")
    } else {
        (words, signs, "a percentage in words, where the text else writes the sign")
    };
    if few.len() * CLEARLY > many.len() {
        return;
    }
    for (number, _) in few {
        let finding = out.finding(reading.span(number.range.clone()), message);
        out.push(match many.first() {
            Some((other, _)) => finding.related(reading.span(other.range.clone()), format!("as {} others", many.len())),
            None => finding,
        });
    }
}

/// "€5" where the language writes "5 €", or the other way round. Only signs: codes stand on either side.
fn currency_side(reading: &Reading<'_>, number: &Number, out: &mut Findings<'_>) {
    let Some((Unit::Currency { .. }, place)) = &number.unit else { return };
    let sign = reading.slice(place.clone());
    let numbers = &reading.language().numbers;
    let region = reading.document.language.tag.as_deref().and_then(crate::language::region);
    let pattern = numbers.in_region(region).and_then(|marks| marks.currency.as_deref()).unwrap_or(&numbers.currency);
    // The side of the dollar differs from country to country.
    let certain = sign == "€" || region.is_some();
    if !certain || sign.contains(char::is_alphabetic) || !pattern.contains('¤') || number.range.len() > 64 {
        return;
    }
    let first = pattern.trim_start_matches(['\u{200E}', '\u{200F}', '-']).starts_with('¤');
    let message = match (first, place.start < number.figure.start) {
        (true, false) => "the sign of the currency after the amount",
        (false, true) => "the sign of the currency before the amount",
        _ => return,
    };
    let finding = out.finding(reading.span(number.range.clone()), message);
    let shown = pattern.replace("{0}", reading.slice(number.figure.clone())).replace('¤', sign);
    out.push(finding.label(format!("the language writes “{shown}”")));
}
