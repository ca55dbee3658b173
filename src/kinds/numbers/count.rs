//! `numbers/count`: an announced number of things, and the list or the names that follow it.

use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind, SEPARATOR};
use crate::mention::number::{Form, Kind as NumberKind, Number, Value};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "numbers/count",
    page: include_str!("count.md"),
    keys: &[
        Key::new(
            "unless",
            Shape::List(&Shape::Text),
            "Words between the number and the colon that say that the list is not what was counted: prepositions, verbs.",
        ),
        Key::new(
            "hedges",
            Shape::List(&Shape::Text),
            "Words before the number that say that the list need not be all: “at least”, “more than”, “of”.",
        ),
    ],
    build,
};

/// More than this many things are not announced and then listed one by one.
const MOST: i128 = 40;
/// Bytes after a number in which the colon of what it announces stands.
const NEAR: usize = 200;
/// More blocks than this are no list that was announced.
const LONGEST: usize = 1000;

struct Count {
    unless: HashSet<String>,
    hedges: HashSet<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Count { unless: super::words(setup, "unless"), hedges: super::words(setup, "hedges") }))
}

impl Check for Count {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        for number in reading.numbers() {
            let Some(announced) = announced(number) else { continue };
            let Some(index) = reading.document.block_at(number.range.start) else { continue };
            let block = &reading.document.blocks[index];
            let Some(colon) = self.announces(reading, number, block) else { continue };
            let rest = colon..block.range.end;
            let (found, place) = if reading.slice(rest.clone()).trim().is_empty() {
                let Some(list) = self.list_after(reading, index) else { continue };
                list
            } else {
                let Some(names) = names(reading, rest) else { continue };
                names
            };
            if !found.contains(&announced) {
                let things =
                    if found.start() == found.end() && *found.start() == 1 { "thing follows" } else { "things follow" };
                let text = format!("{announced} announced, {} {things}", found.start());
                let finding = out.finding(reading.span(number.range.clone()), text).label("the number announced");
                out.push(finding.related(reading.span(place), "what follows"));
            }
        }
    }
}

/// The number, where it may announce something.
fn announced(number: &Number) -> Option<i128> {
    let value = number.value().as_whole().filter(|value| (2..=MOST).contains(value))?;
    let plain =
        number.kind == NumberKind::Cardinal && number.unit.is_none() && !number.label && number.partner.is_none();
    (plain
        && number.is_certain()
        && matches!(number.form, Form::Digits | Form::Words)
        && number.value() >= Value::whole(2))
    .then_some(value)
}

impl Count {
    /// Where the colon stands that the number and the few words after it lead to. A heading that says nothing else needs none.
    fn announces(&self, reading: &Reading<'_>, number: &Number, block: &Block) -> Option<usize> {
        let after = reading.text().get(number.range.end..block.range.end)?;
        let end = after[..after.floor_char_boundary(NEAR)].find([':', '：']);
        let whole = matches!(block.kind, BlockKind::Heading(_))
            && number.range.start == block.range.start
            && end.is_none()
            && after.len() <= NEAR;
        let end = end.or(whole.then_some(after.len()))?;
        let between = &after[..end];
        let gap = between.starts_with([' ', '\u{A0}']) || number.form == Form::Digits && !between.is_ascii();
        let words: Vec<String> = between.split_whitespace().map(str::to_lowercase).collect();
        let plain = between
            .chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '\u{2011}' | '’' | '\''));
        if !gap || !plain || words.is_empty() || words.len() > 3 || words.iter().any(|word| self.unless.contains(word))
        {
            return None;
        }
        // "at least three members:", "more than 20 countries:" — the words before, back to the last stop.
        let before = reading.text().get(block.range.start..number.range.start)?;
        let clause = before.rsplit(['.', '!', '?', ';', ':', '(', SEPARATOR]).next().unwrap_or_default();
        let near = clause
            .split_whitespace()
            .rev()
            .take(3)
            .map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase());
        let hedged = near.into_iter().any(|word| self.hedges.contains(&word));
        (!hedged).then_some(number.range.end + end + usize::from(!whole))
    }

    /// The items of the list that follows a block at once: how many there are, and where it stands.
    fn list_after(
        &self,
        reading: &Reading<'_>,
        index: usize,
    ) -> Option<(std::ops::RangeInclusive<i128>, Range<usize>)> {
        let blocks = &reading.document.blocks;
        let first = blocks.get(index + 1).filter(|block| block.kind == BlockKind::ListItem)?;
        let (group, depth) = (first.group?, first.depth);
        let (mut items, mut end, mut next) = (0_i128, first.range.end, index + 1);
        while let Some(block) = blocks.get(next) {
            // What stands between or under the items belongs to them, as long as the list goes on after it.
            let inside = block.depth > depth || block.depth == depth && block.group == Some(group);
            if !inside {
                break;
            }
            if block.kind == BlockKind::ListItem && block.group == Some(group) && block.depth == depth {
                // "in ten places", "over nine months" are no things but go on with the sentence.
                let first = reading.slice(block.range.clone()).split_whitespace().next().unwrap_or_default();
                if self.unless.contains(first) {
                    return None;
                }
                items += 1;
            }
            end = block.range.end.max(end);
            next += 1;
            if next - index > LONGEST {
                return None;
            }
        }
        // A second list at once, or one that goes on counting after a paragraph, belongs to it.
        let after = blocks.get(next..).unwrap_or_default();
        let second = after.iter().take(3).find(|block| block.kind == BlockKind::ListItem);
        let at_once = after.first().is_some_and(|block| block.kind == BlockKind::ListItem);
        let alone = !at_once && second.is_none_or(|block| block.number.is_none_or(|number| number <= 1));
        (alone && items > 1).then_some((items..=items, first.range.start..end))
    }
}

/// The names that follow in the same sentence: how many there may be, and where they stand. Only names are counted, for other words are
/// divided otherwise.
fn names(reading: &Reading<'_>, rest: Range<usize>) -> Option<(std::ops::RangeInclusive<i128>, Range<usize>)> {
    let text = reading.slice(rest.clone());
    let end = text.find(['.', '!', '?', '(', '—', '–', ':', SEPARATOR]).unwrap_or(text.len());
    let (list, stop) = (&text[..end], text[end..].chars().next());
    // A sentence that goes on is no list alone, and a stop inside may be an abbreviation.
    let ends = stop.is_none_or(|c| c == '.')
        && text[end..].trim_start_matches('.').trim_start().chars().next().is_none_or(char::is_uppercase);
    if !ends || list.len() > 600 {
        return None;
    }
    let divider = if list.contains(';') { ';' } else { ',' };
    let and = &reading.language().dates.and;
    let (mut least, mut most) = (0_i128, 0_i128);
    for part in list.split(divider) {
        let words: Vec<&str> = part.split_whitespace().collect();
        let is_and = |word: &&str| and.iter().any(|known| known.eq_ignore_ascii_case(word));
        let words = if words.first().is_some_and(is_and) { &words[1..] } else { &words[..] };
        let names: Vec<&[&str]> = words.split(is_and).collect();
        let is_name = |words: &&[&str]| {
            (1..=4).contains(&words.len())
                && words.first().and_then(|word| word.chars().next()).is_some_and(char::is_uppercase)
        };
        if !names.iter().all(is_name) {
            return None;
        }
        least += 1;
        most += i128::try_from(names.len()).ok()?;
    }
    // An "and" in the last part without a comma before it divides ("Mali and Niger"); the others may stand in a name.
    let last = list.rsplit(divider).next()?;
    let joined = last.split_whitespace().skip(1).any(|word| and.iter().any(|known| known.eq_ignore_ascii_case(word)));
    let least = (least + i128::from(joined)).min(most);
    (most > 1).then_some((least..=most, rest.start..rest.start + end))
}
