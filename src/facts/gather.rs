//! Gathers the facts of a release from what its versions mention.

use super::mentions::{Mention, cut, day, mentions, name};
use super::{Class, Fact, Place, Sheet, Version};
use crate::document::{BlockKind, Part};
use crate::release::date::written;
use crate::rule::Reading;
use std::collections::HashMap;

/// The facts of a release, from the readings of its versions, the original first.
pub fn gather(versions: &[&Reading<'_>]) -> Sheet {
    let mut sheet = Sheet::default();
    let mut rows = Rows { versions: versions.len(), ..Rows::default() };
    for (at, reading) in versions.iter().enumerate() {
        sheet.versions.push(version(reading));
        mentions(reading).into_iter().for_each(|mention| rows.add(mention, reading, at));
    }
    sheet.title = versions.first().map(|reading| title(reading)).unwrap_or_default();
    sheet.facts = rows.facts;
    // Stable: within a class the order of the original stays.
    sheet.facts.sort_by_key(|fact| fact.class);
    sheet
}

#[derive(Default)]
struct Rows {
    versions: usize,
    facts: Vec<Fact>,
    known: HashMap<(Class, String), usize>,
}

impl Rows {
    /// Adds a place to the fact of a mention. A number in words belongs to the fact that figures state elsewhere, and makes none of
    /// its own.
    fn add(&mut self, mention: Mention, reading: &Reading<'_>, at: usize) {
        let Mention { class, range, key, value, notes, text, is_words } = mention;
        let key = (class, key);
        if is_words && !self.known.contains_key(&key) {
            return;
        }
        let index = *self.known.entry(key).or_insert(self.facts.len());
        if index == self.facts.len() {
            self.facts.push(Fact { class, value, notes: Vec::new(), places: vec![Vec::new(); self.versions] });
        }
        let Some(fact) = self.facts.get_mut(index) else { return };
        for note in notes {
            if !fact.notes.contains(&note) {
                fact.notes.push(note);
            }
        }
        let line = reading.sources.get(reading.document.source).line(reading.span(range).start);
        let Some(places) = fact.places.get_mut(at) else { return };
        match places.iter_mut().find(|place| place.text == text) {
            Some(place) if place.lines.contains(&line) => {}
            Some(place) => place.lines.push(line),
            None => places.push(Place { text, lines: vec![line] }),
        }
    }
}

fn version(reading: &Reading<'_>) -> Version {
    let document = reading.document;
    let embargo = ["embargo", "embargo-until", "embargo_until"].into_iter().find_map(|name| document.field(name));
    let line = document.blocks.iter().find(|block| block.part == Part::ReleaseLine && !block.range.is_empty());
    Version {
        path: reading.path().to_owned(),
        document: document.index,
        language: document.language.tag.clone(),
        date: reading.release_date().map(|release| format!("{} ({})", day(release.date), release.reason)),
        embargo: embargo.map(|field| match written(&field.value) {
            Some((date, _)) => format!("{} ({})", cut(&field.value), name(date.weekday())),
            None => cut(&field.value),
        }),
        release_line: line.map(|block| cut(document.block_text(block))),
    }
}

/// The title, or the first words that there are.
fn title(reading: &Reading<'_>) -> String {
    let heading = |kind: BlockKind| matches!(kind, BlockKind::Title | BlockKind::Heading(1));
    let first = reading.prose().find(|(block, _)| heading(block.kind)).or_else(|| reading.prose().next());
    first.map_or_else(|| reading.path().to_owned(), |(_, text)| cut(text))
}
