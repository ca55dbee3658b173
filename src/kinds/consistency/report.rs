//! How variants are reported: the rarer form once, with every place of it, and the form that the text prefers.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::document::detect;
use crate::rule::{Findings, Reading};
use std::ops::Range;

/// Places of the preferred form that a finding points at.
pub const SHOWN: usize = 3;
/// Places of the rarer form that a finding points at.
pub const MOST: usize = 20;

/// Words of the longest quotation that is a title, a term or a name.
const TITLE: usize = 7;

/// Whether a place lies in what is quoted as it is written: a title, a term, a few words. What somebody said in a sentence was written
/// down by the author of the text, capitals and hyphens included.
pub fn is_cited(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let quotations = reading.quotations();
    let after = quotations.partition_point(|quotation| quotation.inner.start <= place.start);
    let around = quotations[..after].iter().rev().take(8).find(|quotation| place.end <= quotation.inner.end);
    around.is_some_and(|quotation| reading.slice(quotation.inner.clone()).split_whitespace().nth(TITLE).is_none())
}

/// Whether a place is the whole of a link: a name, such as that of a program.
pub fn is_link(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    reading.document.link_over(place).is_some_and(|link| link.range == *place)
}

/// Whether a place lies in a passage in English, in a text of another language: what was left as it was, or what is quoted at length.
pub fn is_foreign(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let own = reading.document.language.tag.as_deref().unwrap_or_default();
    let own = own.split('-').next().unwrap_or_default();
    let block = reading.block_at(place.start).map(|block| reading.slice(block.range.clone()));
    own != "en" && block.is_some_and(|text| detect::between(text, own, "en") == Some("en"))
}

/// Reports the places of a rarer form beside those of the form that the text prefers. What is cited is left alone.
pub fn report(reading: &Reading<'_>, rare: &[Range<usize>], common: &[Range<usize>], out: &mut Findings<'_>) {
    let own = |place: &&Range<usize>| !is_cited(reading, place) && !is_foreign(reading, place);
    let rare: Vec<_> = rare.iter().filter(own).take(MOST).collect();
    let (Some(first), Some(other)) = (rare.first(), common.first()) else { return };
    let (found, wanted) = (reading.slice((*first).clone()), reading.slice(other.clone()));
    let message = format!("“{found}” is written “{wanted}” elsewhere");
    let mut finding = out.finding(reading.span((*first).clone()), message);
    finding = finding.label(if rare.len() == 1 { "so only here".into() } else { format!("{} times so", rare.len()) });
    for place in &rare[1..] {
        finding = finding.related(reading.span((*place).clone()), "and here");
    }
    for (at, place) in common.iter().take(SHOWN).enumerate() {
        let label = if at == 0 { format!("{} so", times(common.len())) } else { "so".into() };
        finding = finding.related(reading.span(place.clone()), label);
    }
    finding.help.get_or_insert_with(|| format!("write “{wanted}” throughout"));
    let edits = rare.iter().map(|place| {
        let span = reading.edit_span((*place).clone())?;
        Some(Edit { span, replacement: wanted.to_owned() })
    });
    if let Some(edits) = edits.collect::<Option<Vec<_>>>() {
        let title = format!("write “{wanted}”");
        finding = finding.fix(Fix { title, applicability: Applicability::Unsafe, edits });
    }
    out.push(finding);
}

/// How often, in words.
pub fn times(count: usize) -> String {
    if count == 1 { "once".into() } else { format!("{count} times") }
}
