//! `quotations/speaker`: a quotation whose speaker the text has not named.

use super::said;
use crate::diagnostic::Diagnostic;
use crate::document::BlockKind;
use crate::language::Speech;
use crate::mention::quotation::Quotation;
use crate::mention::word::{Case, Place, case};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/speaker",
    page: include_str!("speaker.md"),
    keys: &[Key::new("least", Shape::Integer, "Words of the shortest quotation; 5 by default.")],
    build,
};

struct Speaker {
    least: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let least = setup.table.integer("least").and_then(|least| usize::try_from(least).ok()).unwrap_or(5);
    Ok(Box::new(Speaker { least }))
}

impl Check for Speaker {
    /// Only the first words that give a quotation to somebody are looked at: whoever is named later may be meant by a later “she”.
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        let speech = &reading.language().speech;
        let quotations = reading.quotations().iter().filter(|quotation| self.is_somebodys(reading, quotation));
        let mut given = quotations.filter_map(|quotation| Some((quotation, attribution(reading, quotation, speech)?)));
        let Some((quotation, words)) = given.next() else { return };
        if names_somebody(reading, quotation.range.start) {
            return;
        }
        let finding = out.finding(reading.span(words), "nobody was named before who can have said this");
        let finding = finding.label("who?");
        out.push(finding.related(reading.span(quotation.range.clone()), "the quotation"));
    }
}

impl Speaker {
    /// Whether a quotation is long enough to be somebody's sentence, and stands in the text itself.
    fn is_somebodys(&self, reading: &Reading<'_>, quotation: &Quotation) -> bool {
        let block = reading.block_at(quotation.range.start);
        block.is_some_and(|block| matches!(block.kind, BlockKind::Paragraph) && block.quotes == 0)
            && quotation.depth == 0
            && reading.slice(quotation.inner.clone()).split_whitespace().nth(self.least.saturating_sub(1)).is_some()
    }
}

/// The words right behind a quotation, or between two commas of it, that say who said it, and name nobody.
fn attribution(reading: &Reading<'_>, quotation: &Quotation, speech: &Speech) -> Option<Range<usize>> {
    quotation.close?;
    let end = reading.block_at(quotation.range.start)?.range.end;
    let behind = reading.text().get(quotation.range.end..end)?;
    let gap = behind.len() - behind.trim_start_matches([' ', '\u{A0}', '\u{202F}', ',']).len();
    let start = quotation.range.end + gap;
    let said = said::first_words(&behind[gap..]);
    let words: Vec<&str> = said.iter().map(|range| &behind[gap..][range.clone()]).collect();
    let last = |count: usize| said.get(count.checked_sub(1)?).map(|range| start..start + range.end);
    if let Some(count) = speech.says_he(&words) {
        return last(count);
    }
    // “…», dijo.” Whatever else stands before the end of the sentence may be the speaker.
    let ends = |range: &Range<usize>| matches!(behind[gap + range.end..].chars().next(), None | Some('.'));
    if speech.dropped && gap > 0 && speech.is_saying(&words) && said.last().is_some_and(ends) {
        return last(words.len());
    }
    within(reading, quotation, speech)
}

/// Words of attribution inside a quotation, which only the hyphen of an inversion tells from what is quoted: « Nous ouvrons, a-t-il dit, en mai ».
fn within(reading: &Reading<'_>, quotation: &Quotation, speech: &Speech) -> Option<Range<usize>> {
    let inner = reading.slice(quotation.inner.clone());
    inner.match_indices(", ").find_map(|(comma, mark)| {
        let at = comma + mark.len();
        let said = said::first_words(&inner[at..]);
        let words: Vec<&str> = said.iter().map(|range| &inner[at..][range.clone()]).collect();
        let last = said.get(speech.says_he(&words)?.checked_sub(1)?)?;
        let whole = inner[at + last.end..].trim_end();
        let inverted = inner[at..at + last.end].contains('-');
        let closed = whole.is_empty() || whole.starts_with([',', '.']);
        (inverted && closed).then(|| quotation.inner.start + at..quotation.inner.start + at + last.end)
    })
}

/// Whether the text up to a place has anything that may be the name of a person: a register's entry, two words with capitals, or a
/// word with a capital inside a sentence.
fn names_somebody(reading: &Reading<'_>, end: usize) -> bool {
    let words = reading.words();
    let before = &words[..words.partition_point(|word| word.range.start < end)];
    // The month of a date is no name.
    let dates = reading.dates();
    let dated = |range: &Range<usize>| {
        let next = dates.partition_point(|date| date.range.end <= range.start);
        dates.get(next).is_some_and(|date| date.range.start <= range.start)
    };
    let capital = |at: usize| {
        let range = &before[at].range;
        case(reading.slice(range.clone())) != Case::Lower && !dated(range) && !in_dateline(reading, range)
    };
    (0..before.len()).any(|at| {
        let pair = at > 0 && before[at - 1].block == before[at].block && capital(at - 1);
        capital(at) && (before[at].place == Place::Running || pair || before[at].place == Place::Display && at > 0)
    })
}

/// Bytes of the longest place before the date of a dateline.
const PLACE: usize = 60;

/// Whether a word belongs to the place of a dateline, which is nobody: “Port Eldra, 15 May 2024 –”.
fn in_dateline(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let Some(block) = reading.block_at(range.start) else { return false };
    let dates = reading.dates();
    let next = dates.partition_point(|date| date.range.start < range.end);
    let Some(date) = dates.get(next).filter(|date| date.range.start - block.range.start.min(date.range.start) <= PLACE)
    else {
        return false;
    };
    let place = reading.text().get(block.range.start..date.range.start).unwrap_or_default();
    let mut words =
        place.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').filter(|word| !word.is_empty());
    let behind = reading.text()[date.range.end..].trim_start();
    behind.starts_with(['–', '—', '-', ':', ']', ')', '.'])
        && words.all(|word| word.starts_with(char::is_uppercase) || word.chars().count() <= 3)
}
