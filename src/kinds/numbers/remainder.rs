//! `numbers/remainder`: percentages of one whole that are more than the whole.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind};
use crate::mention::number::{Number, Unit, Value};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape, Value as Setting};
use std::collections::{HashMap, HashSet};

/// The kind.
pub const KIND: Kind = Kind {
    name: "numbers/remainder",
    page: include_str!("remainder.md"),
    keys: &[
        Key::required("rest", Shape::List(&Shape::Text), "Words for what remains: “remaining”, “restants”."),
        Key::new("divided", Shape::List(&Shape::Text), "Words that say that a whole is divided: “split”, “répartis”."),
        Key::new(
            "into",
            Shape::List(&Shape::Text),
            "What must follow a word of `divided` for the parts to come next: “into”, “as follows”, “ainsi”.",
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

/// More words than this do not stand between "divided into" and the colon before the parts ("three parts").
const BETWEEN: usize = 2;

struct Remainder {
    rest: HashSet<String>,
    divided: HashSet<String>,
    into: Vec<String>,
    /// Words for each answer; who gives one gives no other.
    answers: Vec<HashSet<String>>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let answers = setup.table.get("answers").into_iter().flat_map(Setting::items);
    let answers = answers.map(|words| words.texts().map(|(word, _)| word.to_lowercase()).collect()).collect();
    let into = setup.table.texts("into").into_iter().map(str::to_lowercase).collect();
    Ok(Box::new(Remainder {
        rest: super::words(setup, "rest"),
        divided: super::words(setup, "divided"),
        into,
        answers,
    }))
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
            let whole =
                || rest || self.is_divided(reading, first.range.start, series.len()) || self.is_vote(reading, series);
            if series.len() > 1 && exceeds(series) && whole() {
                report(reading, series, rest, out);
            }
        }
        for list in lists(reading, &numbers) {
            if let [first, ..] = list.as_slice()
                && exceeds(&list)
                && self.leads(reading, first, list.len())
            {
                report(reading, &list, false, out);
            }
        }
    }
}

/// Says that parts are more than the whole.
fn report(reading: &Reading<'_>, parts: &[&Number], rest: bool, out: &mut Findings<'_>) {
    let ([first, ..], [.., last]) = (parts, parts) else { return };
    let text = match sum(parts) {
        _ if rest && parts.len() == 2 => {
            format!("{}% and the remaining {}% are more than the whole", first.value(), last.value())
        }
        Some(sum) => format!("the parts make {sum}% of the whole"),
        None => return,
    };
    let finding = out.finding(reading.span(last.range.clone()), text);
    let finding = finding.label(if rest { "what remains is less" } else { "the last part" });
    out.push(finding.related(reading.span(first.range.clone()), "the first part"));
}

impl Remainder {
    /// Whether a word for what remains stands beside the number, with nothing but a blank between them.
    fn remains(&self, reading: &Reading<'_>, number: &Number) -> bool {
        let text = reading.text();
        let blank = |c: char| matches!(c, ' ' | '\n' | '\u{A0}' | '\u{202F}');
        let (before, after) = (&text[..number.range.start], &text[number.range.end..]);
        let is = |word: &str| self.rest.contains(&word.to_lowercase());
        let letters = |c: char| !c.is_alphabetic();
        (before.ends_with(blank) && is(before.trim_end_matches(blank).rsplit(letters).next().unwrap_or_default()))
            || (after.starts_with(blank)
                && is(after.trim_start_matches(blank).split(letters).next().unwrap_or_default()))
    }

    /// Whether the sentence says right before a place that a whole is divided: "split into", "divided into three parts:". Opinions are divided too, and
    /// then the parts are those who hold one ("opinion is split: 60% want the pier, 55% the road"), so the word alone says nothing.
    fn is_divided(&self, reading: &Reading<'_>, at: usize, parts: usize) -> bool {
        let sentences = reading.sentences();
        let sentence = sentences.get(sentences.partition_point(|sentence| sentence.end < at));
        let Some(before) = sentence.and_then(|sentence| reading.text().get(sentence.start..at)) else {
            return false;
        };
        // Further back nothing is said right before it.
        let before = &before[before.ceil_char_boundary(before.len().saturating_sub(4 * FAR))..];
        // "into three parts:" says how many there are.
        let numbers = reading.numbers();
        let number = numbers[..numbers.partition_point(|number| number.range.end <= at)].last();
        let counted = i128::try_from(parts).ok();
        let counts = before.trim_end().ends_with([':', '：'])
            && number.is_some_and(|number| {
                number.range.start + FAR > at && number.unit.is_none() && number.value().as_whole() == counted
            });
        let words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: Vec<String> = words.map(str::to_lowercase).collect();
        let tails = words.iter().enumerate().filter(|(_, word)| self.divided.contains(*word));
        tails.map(|(at, _)| words[at + 1..].join(" ")).any(|tail| {
            let after = |into: &String| tail.strip_prefix(into.as_str()).map(str::trim_start);
            let led = |left: &str| left.is_empty() || counts && left.split(' ').count() <= BETWEEN;
            self.into.iter().filter_map(after).any(led)
        })
    }

    /// Whether the block before a list leads to it with a colon, and says that a whole is divided.
    fn leads(&self, reading: &Reading<'_>, first: &Number, parts: usize) -> bool {
        let blocks = &reading.document.blocks;
        let Some(item) = reading.document.block_at(first.range.start) else { return false };
        let Some(lead) = item.checked_sub(1).and_then(|at| blocks.get(at)) else { return false };
        let text = reading.slice(lead.range.clone());
        let inside = blocks[item].group.is_some() && lead.group == blocks[item].group;
        !inside && text.trim_end().ends_with([':', '：']) && self.is_divided(reading, lead.range.end, parts)
    }

    /// Whether each part is said to give another answer: "60% said yes and 50% no". After the first part only a verb and the answer may stand:
    /// "50% of women no" is a share of something else.
    fn is_vote(&self, reading: &Reading<'_>, series: &[&Number]) -> bool {
        if series.len() < 2 || series.len() > self.answers.len() {
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
        given.len() == series.len()
    }
}

/// The percentages of each list of which every item says one share, first or last: "60% for staff", "Staff: 60%". In "Staff: up 60%" it is none.
fn lists<'a>(reading: &Reading<'_>, numbers: &[&'a Number]) -> Vec<Vec<&'a Number>> {
    let blocks = &reading.document.blocks;
    let mut found: Vec<(usize, Vec<&Number>)> = Vec::new();
    for number in numbers {
        let block = reading.document.block_at(number.range.start).and_then(|at| blocks.get(at));
        let Some((block, group)) = block.and_then(|block| Some((block, block.group?))) else { continue };
        if block.kind != BlockKind::ListItem {
            continue;
        }
        match found.last_mut() {
            Some((last, list)) if *last == group => list.push(number),
            _ => found.push((group, vec![number])),
        }
    }
    let mut items: HashMap<usize, Vec<&Block>> = found.iter().map(|(group, _)| (*group, Vec::new())).collect();
    for block in blocks {
        if let Some(items) = block.group.and_then(|group| items.get_mut(&group)) {
            items.push(block);
        }
    }
    found.retain(|(group, list)| {
        let items = &items[group];
        items.len() == list.len()
            && list.len() > 1
            && items.iter().zip(list).all(|(item, number)| says_one_share(reading, item, number))
    });
    found.into_iter().map(|(_, list)| list).collect()
}

/// Whether an item of a list says a share first, or last behind a mark.
fn says_one_share(reading: &Reading<'_>, item: &Block, number: &Number) -> bool {
    if !item.range.contains(&number.range.start) {
        return false;
    }
    let before = reading.slice(item.range.start..number.range.start).trim();
    let after = reading.slice(number.range.end.min(item.range.end)..item.range.end);
    let is_mark = |c: char| c.is_ascii_punctuation() || c == '）';
    before.is_empty()
        || before.ends_with([':', '(', '–', '—', '：', '（']) && after.trim_matches(is_mark).trim().is_empty()
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
        && !numbers
            .iter()
            .rev()
            .scan(Value::whole(0), |sum, number| {
                *sum = sum.plus(number.value())?;
                Some(*sum)
            })
            .any(is_whole)
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
