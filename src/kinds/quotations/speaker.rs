//! `quotations/speaker`: a quotation whose speaker the text has not named.

use crate::diagnostic::Diagnostic;
use crate::document::BlockKind;
use crate::mention::word::{Case, Place, case};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/speaker",
    page: include_str!("speaker.md"),
    keys: &[
        Key::required(
            "words",
            Shape::List(&Shape::Text),
            "Regular expressions for the words by which a quotation is given to somebody. A group holds the name, where they have one.",
        ),
        Key::new("least", Shape::Integer, "Words of the shortest quotation; 5 by default."),
    ],
    build,
};

struct Speaker {
    words: Vec<Pattern>,
    least: usize,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let words = setup.expressions("words", |text| Pattern::regex(text).as_word())?;
    let least = setup.table.integer("least").and_then(|least| usize::try_from(least).ok()).unwrap_or(5);
    Ok(Box::new(Speaker { words, least }))
}

impl Check for Speaker {
    fn patterns(&self) -> &[Pattern] {
        &self.words
    }

    /// Only the first words that give a quotation to somebody are looked at: whoever is named later may be meant by a later “she”.
    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        let Some((hit, quotation)) = hits.iter().find_map(|hit| Some((hit, self.quotation(reading, hit)?))) else {
            return;
        };
        if names_somebody(reading, hit.range.start.min(quotation.start)) {
            return;
        }
        let finding = out.finding(reading.span(hit.range.clone()), "nobody was named before who can have said this");
        let finding = finding.label("who?");
        out.push(finding.related(reading.span(quotation), "the quotation"));
    }
}

impl Speaker {
    /// The quotation that ends right before words of attribution, if it is long enough to be somebody's sentence.
    fn quotation(&self, reading: &Reading<'_>, hit: &Hit) -> Option<Range<usize>> {
        let quotations = reading.quotations();
        let before = quotations.partition_point(|quotation| quotation.range.start < hit.range.start);
        let found = quotations[..before].iter().rev().take(4).find(|quotation| quotation.depth == 0)?;
        let block = reading.block_at(hit.range.start)?;
        let near = found.range.end <= hit.range.start && hit.range.start - found.range.end <= 3
            || hit.range.end <= found.inner.end && found.close.is_some();
        let said = reading.slice(found.inner.clone());
        let fits = matches!(block.kind, BlockKind::Paragraph) && near && block.quotes == 0;
        (fits && said.split_whitespace().nth(self.least.saturating_sub(1)).is_some()).then(|| found.range.clone())
    }
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
    let capital = |at: usize| case(reading.slice(before[at].range.clone())) != Case::Lower && !dated(&before[at].range);
    (0..before.len()).any(|at| {
        let pair = at > 0 && before[at - 1].block == before[at].block && capital(at - 1);
        capital(at) && (before[at].place == Place::Running || pair || before[at].place == Place::Display && at > 0)
    })
}
