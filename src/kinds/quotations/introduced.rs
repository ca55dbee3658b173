//! `quotations/introduced`: a person of the register who is quoted at the first mention, and of whom nothing says what they are.

use crate::diagnostic::Diagnostic;
use crate::document::{BlockKind, SEPARATOR};
use crate::mention::title;
use crate::register::{EntryId, Worded};
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashSet;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "quotations/introduced",
    page: include_str!("introduced.md"),
    keys: &[Key::required(
        "words",
        Shape::List(&Shape::Text),
        "Regular expressions for the words between a quotation and its speaker, or behind the speaker.",
    )],
    build,
};

/// Words of the shortest quotation that is somebody's sentence.
const LEAST: usize = 5;
const QUOTES: [char; 6] = ['“', '”', '«', '»', '"', '„'];

struct Introduced {
    words: Vec<Pattern>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let words = setup.expressions("words", |text| Pattern::regex(text).as_word())?;
    Ok(Box::new(Introduced { words }))
}

impl Check for Introduced {
    fn patterns(&self) -> &[Pattern] {
        &self.words
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        if hits.is_empty() {
            return;
        }
        let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
        let mentions = reading.register_mentions();
        // A misspelt name is a mention too.
        let near: HashSet<EntryId> = mentions.near.iter().map(|near| register.form(near.form).entry).collect();
        let mut met = HashSet::new();
        for mention in &mentions.hits {
            let Some((person, _)) = title::person(register, mention, language) else { continue };
            if !met.insert(person) || near.contains(&person) || !says(reading, hits, &mention.range) {
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

/// Whether a sentence of somebody's ends or goes on right beside a name and one of the hits: “…,” said Ada Quay. “…,” Ada Quay said.
fn says(reading: &Reading<'_>, hits: &[Hit], name: &Range<usize>) -> bool {
    let text = reading.text();
    hits.iter().any(|hit| {
        let (first, last) = if hit.range.end < name.start { (&hit.range, name) } else { (name, &hit.range) };
        let Some(gap) = text.get(first.end..last.start) else { return false };
        let quotations = reading.quotations();
        let before = quotations.partition_point(|quotation| quotation.range.start < first.start);
        let quoted =
            quotations[..before].iter().rev().find(|quotation| quotation.depth == 0).is_some_and(|quotation| {
                let between = text.get(quotation.range.end..first.start);
                between.is_some_and(|between| between.chars().all(|c| c == ' ' || c == ','))
                    && reading.slice(quotation.inner.clone()).split_whitespace().nth(LEAST - 1).is_some()
            });
        gap == " " && quoted && ends(&text[last.end..])
    })
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
