//! `numbers/remainder`: percentages of one whole that are more than the whole.

use crate::diagnostic::Diagnostic;
use crate::mention::number::{Number, Unit, Value};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape, Value as Setting};
use std::collections::HashSet;

/// The kind.
pub const KIND: Kind = Kind {
    name: "numbers/remainder",
    page: include_str!("remainder.md"),
    keys: &[
        Key::required("rest", Shape::List(&Shape::Text), "Words for what remains: “remaining”, “restants”."),
        Key::new(
            "divided",
            Shape::List(&Shape::Text),
            "Words before the parts that say that a whole is divided: “split”, “répartis”.",
        ),
        Key::new(
            "answers",
            Shape::List(&Shape::List(&Shape::Text)),
            "Words for each of the answers of which nobody gives two: “yes”, “no”, “abstained”.",
        ),
    ],
    build,
};

/// More bytes than this do not lie between two parts of one whole.
const FAR: usize = 80;

struct Remainder {
    rest: HashSet<String>,
    divided: HashSet<String>,
    /// Words for each answer; who gives one gives no other.
    answers: Vec<HashSet<String>>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let answers = setup.table.get("answers").into_iter().flat_map(Setting::items);
    let answers = answers.map(|words| words.texts().map(|(word, _)| word.to_lowercase()).collect()).collect();
    Ok(Box::new(Remainder { rest: super::words(setup, "rest"), divided: super::words(setup, "divided"), answers }))
}

impl Check for Remainder {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let numbers: Vec<&Number> = reading.numbers().iter().filter(|number| is_percentage(number)).collect();
        let mut begin = 0;
        while begin < numbers.len() {
            let series = series(reading, &numbers[begin..]);
            begin += series.len();
            let ([first, ..], [.., last]) = (series, series) else { continue };
            let rest = self.remains(reading, last);
            let whole = || rest || self.is_divided(reading, first) || self.is_vote(reading, series);
            if series.len() < 2 || !exceeds(series) || !whole() {
                continue;
            }
            let text = match sum(series) {
                _ if rest && series.len() == 2 => {
                    format!("{}% and the remaining {}% are more than the whole", first.value(), last.value())
                }
                Some(sum) => format!("the parts make {sum}% of the whole"),
                None => continue,
            };
            let finding = out.finding(reading.span(last.range.clone()), text);
            let finding = finding.label(if rest { "what remains is less" } else { "the last part" });
            out.push(finding.related(reading.span(first.range.clone()), "the first part"));
        }
    }
}

impl Remainder {
    /// Whether a word for what remains stands beside the number.
    fn remains(&self, reading: &Reading<'_>, number: &Number) -> bool {
        let text = reading.text();
        let before = text[..number.range.start].split_whitespace().next_back().unwrap_or_default();
        let after = text[number.range.end..].split_whitespace().next().unwrap_or_default();
        let is = |word: &str| self.rest.contains(&word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase());
        // The words must stand in the same block.
        let near = |word: &str| !word.contains(crate::document::SEPARATOR) && is(word);
        near(before) || near(after)
    }

    /// Whether the sentence says before a number that a whole is divided.
    fn is_divided(&self, reading: &Reading<'_>, first: &Number) -> bool {
        let sentences = reading.sentences();
        let sentence = sentences.get(sentences.partition_point(|sentence| sentence.end <= first.range.start));
        let Some(before) = sentence.and_then(|sentence| reading.text().get(sentence.start..first.range.start)) else {
            return false;
        };
        before.split(|c: char| !c.is_alphabetic()).any(|word| self.divided.contains(&word.to_lowercase()))
    }
}

impl Remainder {
    /// Whether each part is said to give another answer, and all answers are given: "60% said yes, 30% no and 20% abstained". After the first
    /// part only a verb and the answer may stand: "50% of women no" is a share of something else.
    fn is_vote(&self, reading: &Reading<'_>, series: &[&Number]) -> bool {
        if self.answers.is_empty() || series.len() != self.answers.len() {
            return false;
        }
        let and = &reading.language().dates.and;
        let ends = series.iter().skip(1).map(|number| Some(number.range.start)).chain([None]);
        let mut given: Vec<usize> = Vec::new();
        for (at, (number, end)) in series.iter().zip(ends).enumerate() {
            let stops = |c: char| c.is_ascii_punctuation() || c == crate::document::SEPARATOR;
            let rest = reading.text().get(number.range.end..end.unwrap_or(reading.text().len())).unwrap_or_default();
            let part = if end.is_some() { rest } else { rest.split(stops).next().unwrap_or_default() };
            let words = part.split([' ', '\u{A0}', ',', ';']).filter(|word| !word.is_empty());
            let words: Vec<String> = words.map(str::to_lowercase).filter(|word| !and.contains(word)).collect();
            let is = |answer: &HashSet<String>| words.last().is_some_and(|word| answer.contains(word));
            match self.answers.iter().position(is) {
                Some(answer) if words.len() <= if at == 0 { 8 } else { 2 } => given.push(answer),
                _ => return false,
            }
        }
        given.sort_unstable();
        given.dedup();
        given.len() == self.answers.len()
    }
}

/// The percentages from the first on that are said beside one another in one sentence.
fn series<'n, 'a>(reading: &Reading<'_>, numbers: &'n [&'a Number]) -> &'n [&'a Number] {
    let sentences = reading.sentences();
    let first = numbers.first().map_or(0, |number| number.range.start);
    let end = sentences.get(sentences.partition_point(|s| s.end <= first)).map_or(first, |sentence| sentence.end);
    let goes_on = |pair: &[&Number]| matches!(pair, [a, b] if b.range.start < end && is_series(reading, a, b));
    let count = 1 + numbers.windows(2).take_while(|pair| goes_on(pair)).count();
    &numbers[..count.min(numbers.len())]
}

/// What percentages make together.
fn sum(numbers: &[&Number]) -> Option<Value> {
    numbers.iter().try_fold(Value::whole(0), |sum, number| sum.plus(number.value()))
}

/// Whether percentages are more than a whole, whatever is rounded, and no run of them that ends with the last one is a whole: of "60% came; of
/// these, 30% by boat and the remaining 70% by train" the first is a part of something else.
fn exceeds(numbers: &[&Number]) -> bool {
    let rounding = i128::try_from(numbers.len()).unwrap_or(i128::MAX).div_euclid(2).max(1);
    let is_whole = |sum: Value| sum >= Value::whole(100 - rounding) && sum <= Value::whole(100 + rounding);
    sum(numbers).is_some_and(|sum| sum > Value::whole(100 + rounding))
        && !(0..numbers.len()).any(|from| sum(&numbers[from..]).is_some_and(is_whole))
}

/// Whether the second is said beside the first, and not of it ("80% of the remaining 50%").
fn is_series(reading: &Reading<'_>, part: &Number, last: &Number) -> bool {
    let between = reading.text().get(part.range.end..last.range.start).unwrap_or_default();
    if between.len() > FAR {
        return false;
    }
    let and = &reading.language().dates.and;
    between.contains([',', ';'])
        || between.split_whitespace().any(|word| and.iter().any(|known| known.eq_ignore_ascii_case(word)))
}

fn is_percentage(number: &Number) -> bool {
    matches!(number.unit, Some((Unit::Percent, _))) && number.partner.is_none() && number.is_certain()
}
