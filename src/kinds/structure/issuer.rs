//! `structure/issuer`: a release whose headline and lead do not say who issues it.

use crate::document::{Block, BlockKind, Part};
use crate::register::{EntryId, EntryKind};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/issuer",
    page: include_str!("issuer.md"),
    keys: &[],
    build: |_: &Setup<'_>| Ok(Box::new(Issuer)),
};

/// Paragraphs that are the lead.
const LEAD: usize = 2;
/// Letters of a word of a name that may stand for it.
const WORD: usize = 5;

struct Issuer;

impl Check for Issuer {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let blocks = &reading.document.blocks;
        // Who issues a release is told by its “About …” texts; a release of several has one of each.
        let about = |block: &&Block| block.part == Part::Boilerplate && matches!(block.kind, BlockKind::Heading(_));
        let issuers: Vec<(EntryId, Range<usize>)> =
            blocks.iter().filter(about).flat_map(|block| organisations(reading, &block.range)).collect();
        let head: Vec<&Block> = head(blocks).collect();
        let (Some(first), Some((_, name))) = (head.first(), issuers.first()) else { return };
        let named = head.iter().any(|block| {
            let nearly = reading.register_mentions().near.iter();
            let nearly = nearly.filter(|near| inside(&near.range, &block.range));
            organisations(reading, &block.range).any(|(entry, _)| issuers.iter().any(|(issuer, _)| *issuer == entry))
                || nearly
                    .map(|near| reading.register().form(near.form).entry)
                    .any(|entry| issuers.iter().any(|(id, _)| *id == entry))
                || issuers
                    .iter()
                    .any(|(_, name)| has_part(reading.slice(block.range.clone()), reading.slice(name.clone())))
        });
        if !named {
            let message =
                format!("neither headline nor lead names “{}”, who issues the release", reading.slice(name.clone()));
            let finding = out.finding(reading.span(first.range.clone()), message);
            out.push(finding.related(reading.span(name.clone()), "the issuer by this text"));
        }
    }
}

/// The title and headings above the text, and its first paragraphs.
fn head(blocks: &[Block]) -> impl Iterator<Item = &Block> {
    let mut paragraphs = 0;
    let all = blocks.iter().filter(|block| !block.range.is_empty());
    all.take_while(|block| block.part != Part::Boilerplate).take_while(move |block| {
        paragraphs += usize::from(block.kind == BlockKind::Paragraph && block.part == Part::Body);
        paragraphs <= LEAD
    })
}

/// The organisations of the register that a range names.
fn organisations<'a>(
    reading: &'a Reading<'_>,
    range: &'a Range<usize>,
) -> impl Iterator<Item = (EntryId, Range<usize>)> + 'a {
    let register = reading.register();
    let hits = reading.register_mentions().hits.iter().filter(|hit| inside(&hit.range, range));
    hits.flat_map(move |hit| hit.forms.iter().map(move |form| (register.form(*form).entry, hit.range.clone())))
        .filter(|(entry, _)| register.entry(*entry).kind == EntryKind::Organisation)
}

fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether a text has a longer word of a name, as a short form of it would.
fn has_part(text: &str, name: &str) -> bool {
    let words = |text: &'_ str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let text = words(text);
    words(name)
        .iter()
        .any(|word| word.starts_with(char::is_uppercase) && word.chars().count() >= WORD && text.contains(word))
}
