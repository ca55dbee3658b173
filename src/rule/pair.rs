//! Two language versions of one release beside each other, and what is known about the two together. What costs is computed when
//! the first check asks for it.

use super::{Reading, Stage};
use crate::document::{Document, Field, detect};
use crate::mention::date::Point;
use crate::mention::number::Form;
use crate::release::align::{Alignment, Bead, Grain, Unit, UnitKind, align};
use crate::release::anchor::{Anchor, AnchorClass};
use crate::release::kinship::Kinship;
use crate::release::passage;
use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

/// A translation and the original it is compared with.
pub struct Pair<'a, 'r> {
    /// The version in the source language.
    pub original: &'r Reading<'a>,
    /// The version that is compared with it; findings stand here.
    pub translation: &'r Reading<'a>,
    passages: OnceCell<Passages>,
    sentences: OnceCell<Vec<Sentences>>,
    obstacle: OnceCell<Option<Obstacle>>,
    ratio: OnceCell<f32>,
}

/// The passages of both versions and how they lie beside each other.
#[derive(Debug, Clone, Default)]
pub struct Passages {
    /// Blocks of the original, as indices of its document.
    pub original: Vec<usize>,
    /// Blocks of the translation.
    pub translation: Vec<usize>,
    /// Both as units, with what they may share.
    pub units: [Vec<Unit>; 2],
    /// Beads of these.
    pub alignment: Alignment,
}

impl Passages {
    /// Adds two blocks that are known to be one passage. They come last, wherever they stand.
    fn pair(&mut self, original: &Reading<'_>, one: usize, translation: &Reading<'_>, other: usize) {
        let (source, target) = (self.original.len(), self.translation.len());
        self.original.push(one);
        self.translation.push(other);
        self.units[0].push(unit(original, one));
        self.units[1].push(unit(translation, other));
        let margin = f32::INFINITY;
        self.alignment.beads.push(Bead { source: source..source + 1, target: target..target + 1, margin });
    }
}

/// The sentences of one bead and how they lie beside each other.
#[derive(Debug, Clone, Default)]
pub struct Sentences {
    /// Sentences of the original, in bytes of its text.
    pub original: Vec<Range<usize>>,
    /// Sentences of the translation.
    pub translation: Vec<Range<usize>>,
    /// Both as units, with what they may share.
    pub units: [Vec<Unit>; 2],
    /// Beads of these.
    pub alignment: Alignment,
}

/// Why two versions cannot be compared passage by passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// The translation has no text.
    Empty,
    /// The original has no text.
    NoOriginal,
    /// Both files hold the same text.
    Same,
    /// The translation is written in the language of the original.
    Language(&'static str),
    /// The translation is written in a third language.
    ThirdLanguage(&'static str),
    /// One is many times as long as the other.
    Length,
    /// They share next to nothing that translations share.
    Unrelated(Kinship),
}

/// How many times as long as its original a translation may be.
const LONGER: usize = 12;
/// Characters below which lengths say nothing.
const SHORT: usize = 400;
/// Characters of a translation for one of its original, as a rule, and the characters of the original that this rule weighs.
const USUAL: f32 = 1.08;
const SHRINK: f32 = 1_000.0;
/// A bead whose second-best way is closer than this, in nats, is a guess.
const GUESS: f32 = 2.0;

impl<'a, 'r> Pair<'a, 'r> {
    /// Puts two readings beside each other; nothing is computed yet.
    pub fn new(original: &'r Reading<'a>, translation: &'r Reading<'a>) -> Self {
        let (passages, sentences, obstacle) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Pair { original, translation, passages, sentences, obstacle, ratio: OnceCell::new() }
    }

    /// The primary language tags of both, lower case; empty where unknown.
    pub fn languages(&self) -> [String; 2] {
        [self.original, self.translation].map(|reading| {
            let tag = reading.document.language.tag.as_deref().unwrap_or_default();
            tag.split(['-', '_']).next().unwrap_or_default().to_lowercase()
        })
    }

    /// Whether either text is still a draft, in which passages may rightly be missing.
    pub fn is_draft(&self) -> bool {
        self.original.stage == Stage::Draft || self.translation.stage == Stage::Draft
    }

    /// Whether both are written in the Latin script, so that names stand alike in both.
    pub fn both_latin(&self) -> bool {
        let latin = |reading: &Reading<'_>| {
            let letters = || reading.text().chars().filter(|c| c.is_alphabetic()).take(2_000);
            letters().filter(|c| (*c as u32) < 0x250).count() * 2 > letters().count()
        };
        latin(self.original) && latin(self.translation)
    }

    /// The passages of both and their alignment.
    pub fn passages(&self) -> &Passages {
        self.passages.get_or_init(|| {
            let (original, translation) = (read(self.original), read(self.translation));
            let alignment = align(&original.1, &translation.1, Grain::Blocks);
            let units = [original.1, translation.1];
            let mut passages = Passages { original: original.0, translation: translation.0, units, alignment };
            for (one, other) in fields(self.original.document, self.translation.document) {
                passages.pair(self.original, one, self.translation, other);
            }
            passages
        })
    }

    /// Why the two cannot be compared; `None` where they can.
    pub fn obstacle(&self) -> Option<&Obstacle> {
        self.obstacle.get_or_init(|| self.find_obstacle()).as_ref()
    }

    fn find_obstacle(&self) -> Option<Obstacle> {
        let words = |reading: &Reading<'a>| reading.text().split_whitespace();
        let prose = |reading: &Reading<'_>| reading.text().contains(|c: char| c.is_alphanumeric());
        if !prose(self.translation) {
            return Some(Obstacle::Empty);
        }
        if !prose(self.original) {
            return Some(Obstacle::NoOriginal);
        }
        if words(self.original).eq(words(self.translation)) {
            return Some(Obstacle::Same);
        }
        if let Some(found) = self.wrong_language() {
            return Some(found);
        }
        let passages = self.passages();
        let length = |units: &[Unit]| units.iter().map(|unit| unit.length).sum::<usize>();
        let [here, there] = [length(&passages.units[0]), length(&passages.units[1])];
        if here.max(there) > SHORT && here.max(there) > LONGER * here.min(there).max(1) {
            return Some(Obstacle::Length);
        }
        let kinship = Kinship::of(&passages.units[0], &passages.units[1], self.both_latin(), Some(&passages.alignment));
        kinship.is_none().then_some(Obstacle::Unrelated(kinship))
    }

    /// Whether the translation is written in the language of the original, or plainly in a third.
    fn wrong_language(&self) -> Option<Obstacle> {
        let [from, into] = self.languages();
        // Bytes of the translation that are of a language, where nearly all are that can be told.
        let of = |wrong: &str| {
            let (mut is, mut is_not, mut tag) = (0, 0, None);
            for (_, text) in self.translation.prose().filter(|(_, text)| text.len() > 40).take(40) {
                match detect::between(text, wrong, &into) {
                    Some(found) if found == wrong => (is, tag) = (is + text.len(), Some(found)),
                    Some(_) => is_not += text.len(),
                    None => {}
                }
            }
            tag.filter(|_| is_not * 10 < is).map(|tag| (tag, is))
        };
        let original = of(&from).map(|(tag, _)| Obstacle::Language(tag));
        // A third language is guessed from all there are: there must be enough to guess from.
        let third = || {
            let guess = detect::of(self.translation.text()).filter(|guess| *guess != from && *guess != into)?;
            of(guess).filter(|(_, is)| *is > SHORT).map(|(tag, _)| Obstacle::ThirdLanguage(tag))
        };
        original.or_else(third)
    }

    /// The beads of passages, where the two can be compared.
    pub fn beads(&self) -> &[Bead] {
        if self.obstacle().is_some() { &[] } else { &self.passages().alignment.beads }
    }

    /// The sentences of each bead, in the order of [`Pair::beads`]; none in beads that have one side only.
    pub fn sentences(&self) -> &[Sentences] {
        self.sentences.get_or_init(|| self.beads().iter().map(|bead| self.sentences_of(bead)).collect())
    }

    fn sentences_of(&self, bead: &Bead) -> Sentences {
        if bead.source.is_empty() || bead.target.is_empty() {
            return Sentences::default();
        }
        let passages = self.passages();
        let side = |reading: &Reading<'_>, blocks: &[usize]| -> (Vec<Range<usize>>, Vec<Unit>) {
            let mut ranges = Vec::new();
            for &block in blocks {
                let block = &reading.document.blocks[block];
                let sentences = reading.sentences();
                let first = sentences.partition_point(|sentence| sentence.start < block.range.start);
                ranges.extend(sentences[first..].iter().take_while(|s| s.start < block.range.end).cloned());
            }
            let kind = crate::release::align::UnitKind::Text;
            let unit = |range: &Range<usize>| unit_of(reading, range.clone(), kind);
            let units = ranges.iter().map(unit).collect();
            (ranges, units)
        };
        let (original, here) = side(self.original, &passages.original[bead.source.clone()]);
        let (translation, there) = side(self.translation, &passages.translation[bead.target.clone()]);
        let alignment = align(&here, &there, Grain::Sentences);
        Sentences { original, translation, units: [here, there], alignment }
    }

    /// How many characters of the translation stand for one of the original, by the passages that both have.
    pub fn ratio(&self) -> f32 {
        *self.ratio.get_or_init(|| {
            let both = self.beads().iter().filter(|bead| !bead.source.is_empty() && !bead.target.is_empty());
            let sums =
                both.map(|bead| self.lengths(bead)).fold((SHRINK, USUAL * SHRINK), |a, b| (a.0 + b.0, a.1 + b.1));
            sums.1 / sums.0
        })
    }

    /// How many characters the passages of a bead lack of what their original would make them; less than none where they have more.
    pub fn shortfall(&self, bead: &Bead) -> f32 {
        let (here, there) = self.lengths(bead);
        here * self.ratio() - there
    }

    /// Characters of a bead's passages in the original and in the translation.
    fn lengths(&self, bead: &Bead) -> (f32, f32) {
        let units = &self.passages().units;
        let length = |units: &[Unit]| units.iter().map(|unit| unit.length).sum::<usize>() as f32;
        (length(&units[0][bead.source.clone()]), length(&units[1][bead.target.clone()]))
    }

    /// The ranges of a bead's blocks in the text of the original.
    pub fn original_ranges(&self, bead: &Bead) -> Vec<Range<usize>> {
        let blocks = &self.passages().original[bead.source.clone()];
        blocks.iter().map(|&block| self.original.document.blocks[block].range.clone()).collect()
    }

    /// The ranges of a bead's blocks in the text of the translation.
    pub fn translation_ranges(&self, bead: &Bead) -> Vec<Range<usize>> {
        let blocks = &self.passages().translation[bead.target.clone()];
        blocks.iter().map(|&block| self.translation.document.blocks[block].range.clone()).collect()
    }

    /// Whether a bead is hardly better than another way of laying the texts beside each other: what is found in it is worth no
    /// more than a note.
    pub fn is_guess(&self, bead: &Bead) -> bool {
        bead.margin < GUESS
    }

    /// Which beads the passages of a bead stand between, for the chain of reasons: lines of both files.
    pub fn told(&self, bead: &Bead) -> String {
        let line = |reading: &Reading<'_>, ranges: Vec<Range<usize>>| {
            let source = reading.sources.get(reading.document.source);
            ranges.first().map(|range| source.line(reading.span(range.clone()).start))
        };
        let here = line(self.original, self.original_ranges(bead));
        let there = line(self.translation, self.translation_ranges(bead));
        match (here, there) {
            (Some(here), Some(there)) => format!("line {here} of the original is line {there} here"),
            (Some(here), None) => format!("line {here} of the original has no passage here"),
            (None, Some(there)) => format!("line {there} here has no passage in the original"),
            (None, None) => String::new(),
        }
    }
}

/// The passages of a reading and their units.
fn read(reading: &Reading<'_>) -> (Vec<usize>, Vec<Unit>) {
    let blocks = passage::passages(reading.document);
    let units = blocks.iter().map(|&index| unit(reading, index)).collect();
    (blocks, units)
}

fn unit(reading: &Reading<'_>, index: usize) -> Unit {
    let block = &reading.document.blocks[index];
    unit_of(reading, block.range.clone(), passage::kind(block))
}

/// A range of a text as a unit of alignment, with the dates and numbers that were read in it: they are the same in every language.
pub fn unit_of(reading: &Reading<'_>, range: Range<usize>, kind: UnitKind) -> Unit {
    let mut anchors = Vec::new();
    let dates = reading.dates();
    let first = dates.partition_point(|date| date.range.start < range.start);
    for date in dates[first..].iter().take_while(|date| date.range.start < range.end) {
        for partial in date.points.iter().filter_map(Point::partial) {
            if let (Some(month), Some(day)) = (partial.month, partial.day) {
                anchors.push(Anchor { class: AnchorClass::Date, key: format!("{month}-{day}") });
            }
        }
    }
    let numbers = reading.numbers();
    let first = numbers.partition_point(|number| number.range.start < range.start);
    for number in numbers[first..].iter().take_while(|number| number.range.start < range.end) {
        // Figures as they stand are anchors of the text; what reading adds is that two ways of writing are one value.
        if number.form != Form::Roman && !number.is_weak() {
            anchors.push(Anchor { class: AnchorClass::Number, key: number.value().to_string() });
        }
    }
    passage::unit(reading.document, range, kind, anchors)
}

/// The blocks of front matter that are one field in both, in the order of the original: those whose key each version has once.
fn fields(original: &Document, translation: &Document) -> Vec<(usize, usize)> {
    fn once(document: &Document) -> HashMap<&str, Option<usize>> {
        let mut found = HashMap::new();
        for field in &document.fields {
            found.entry(field.name.as_str()).and_modify(|block| *block = None).or_insert(field.block);
        }
        found
    }
    let (here, there) = (once(original), once(translation));
    let block = |field: &Field| {
        let one = here.get(field.name.as_str()).copied().flatten()?;
        Some((one, there.get(field.name.as_str()).copied().flatten()?))
    };
    original.fields.iter().filter_map(block).collect()
}

/// The language versions of one release together.
pub struct Versions<'a, 'r> {
    /// The original first.
    pub readings: Vec<&'r Reading<'a>>,
    /// The languages that every release must exist in.
    pub published: &'r [String],
}
