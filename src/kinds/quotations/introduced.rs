//! `quotations/introduced`: a person of the register who is quoted at the first mention, and of whom nothing says what they are.

use super::said;
use crate::document::{BlockKind, SEPARATOR};
use crate::mention::quotation::Quotation;
use crate::mention::title;
use crate::register::{EntryId, Worded};
use crate::rule::{Check, Findings, Hit, Kind, Reading};
use std::collections::HashSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/introduced",
    page: include_str!("introduced.md"),
    keys: &[],
    build: |_| Ok(Box::new(Introduced)),
};

/// Words of the shortest quotation that is somebody's sentence.
const LEAST: usize = 5;
const QUOTES: [char; 6] = ['“', '”', '«', '»', '"', '„'];

struct Introduced;

impl Check for Introduced {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        if reading.quotations().is_empty() {
            return;
        }
        let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
        let mentions = reading.register_mentions();
        // A misspelt name is a mention too.
        let near: HashSet<EntryId> = mentions.near.iter().map(|near| register.form(near.form).entry).collect();
        let mut met = HashSet::new();
        for mention in &mentions.hits {
            let Some((person, _)) = title::person(register, mention, language) else { continue };
            if !met.insert(person) || near.contains(&person) || !says(reading, &mention.range) {
                continue;
            }
            let day = reading.day();
            let roles = register.entry(person).details.iter().flat_map(|details| &details.roles);
            let titles: Vec<&Worded> =
                roles.filter(|role| role.holds_on(day)).flat_map(|role| role.titles_in(language)).collect();
            let Some(first) = titles.first().filter(|_| !is_told(reading, &mention.range, &titles)) else { continue };
            let name = reading.slice(mention.range.clone());
            let message = format!("“{name}” speaks at the first mention, and nothing says who that is");
            let finding = out.finding(reading.span(mention.range.clone()), message);
            let mut finding = finding.related(first.place, "the register has this title");
            finding.help.get_or_insert_with(|| format!("write “{name}, {}”", first.text));
            out.push(finding);
        }
    }
}

/// Whether a sentence of somebody's stands right beside a name and a verb of saying: “…,” said Ada Quay. “…,” Ada Quay said.
fn says(reading: &Reading<'_>, name: &Range<usize>) -> bool {
    let quotations = reading.quotations();
    // Quotations stand in the order of their beginnings; one that the name stands in may hold others that end before it.
    let before = quotations.partition_point(|quotation| quotation.range.start < name.start);
    let ended = |quotation: &&Quotation| quotation.depth == 0 && quotation.range.end <= name.start;
    let quotation = quotations[..before].iter().rev().find(ended);
    let Some(quotation) = quotation
        .filter(|quotation| reading.slice(quotation.inner.clone()).split_whitespace().nth(LEAST - 1).is_some())
    else {
        return false;
    };
    let speech = &reading.language().speech;
    let text = reading.text();
    let (between, after) = (&text[quotation.range.end..name.start], &text[name.end..]);
    let between = between.trim_start_matches([' ', ',', '\u{A0}', '\u{202F}']);
    // Before the name nothing but the verb, or behind it.
    let is_saying = |words: &[Range<usize>], text: &str| {
        speech.is_saying(&words.iter().map(|range| &text[range.clone()]).collect::<Vec<_>>())
    };
    if between.is_empty() {
        let behind = after.strip_prefix(' ').unwrap_or_default();
        let words = said::first_words(behind);
        return words.last().is_some_and(|last| is_saying(&words, behind) && ends(&behind[last.end..]));
    }
    let words = said::first_words(between);
    words.last().is_some_and(|last| &between[last.end..] == " ") && is_saying(&words, between) && ends(after)
}

/// Whether a sentence ends here, or the quotation goes on; anything else may say who the speaker is.
fn ends(after: &str) -> bool {
    let rest = after.trim_start_matches(['.', ',', ':', ' ']);
    rest.is_empty()
        || rest.starts_with(SEPARATOR)
        || after.starts_with('.')
        || rest.starts_with(QUOTES) && after != rest
}

/// Whether the text says up to the end of the paragraph what the person is, in words of the register or with a title of any kind.
fn is_told(reading: &Reading<'_>, name: &Range<usize>, titles: &[&Worded]) -> bool {
    let Some(block) = reading.block_at(name.start) else { return true };
    let words = &reading.language().names;
    let before = reading.text()[..block.range.end].to_lowercase();
    let said = |title: &&Worded| before.contains(&title.text.to_lowercase());
    let paragraph = reading.document.block_text(block);
    !matches!(block.kind, BlockKind::Paragraph)
        || block.quotes > 0
        || titles.iter().any(said)
        || paragraph.split(|c: char| !c.is_alphanumeric() && c != '-').any(|word| words.heads_title(word))
}
