//! `organisations/article`: the name of a body with an article in one place and without in another.

use crate::diagnostic::Diagnostic;
use crate::document::BlockKind;
use crate::register::{EntryKind, FormKind};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use std::collections::HashMap;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "organisations/article",
    page: include_str!("article.md"),
    keys: &[
        Key::required("articles", Shape::List(&Shape::Text), "Articles, and what articles are joined in, small."),
        Key::new("headings", Shape::Bool, "true: a heading needs the article too."),
    ],
    build,
};

struct Article {
    articles: Vec<String>,
    headings: bool,
}

/// Where one name stands with an article, and where it certainly lacks it.
#[derive(Default)]
struct Uses {
    known: Vec<Range<usize>>,
    bare: Vec<Range<usize>>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let articles = setup.table.texts("articles").into_iter().map(str::to_lowercase).collect();
    Ok(Box::new(Article { articles, headings: setup.table.bool("headings").unwrap_or(false) }))
}

impl Check for Article {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let (register, language) = (reading.register(), reading.document.language.tag.as_deref());
        let mut uses: HashMap<_, Uses> = HashMap::new();
        for hit in &reading.register_mentions().hits {
            let mut forms = register.meant(hit, language);
            let Some((id, form)) = forms.next() else { continue };
            let kind = register.owner(id).kind;
            if kind != EntryKind::Organisation
                || form.kind == FormKind::Acronym
                || form.text.starts_with(char::is_lowercase)
            {
                continue;
            }
            let Some(block) = reading.block_at(hit.range.start) else { continue };
            let prose = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem);
            let heading = self.headings && matches!(block.kind, BlockKind::Title | BlockKind::Heading(_));
            let before = reading.text()[block.range.start..hit.range.start].trim_end();
            let with = self.articles.iter().any(|article| {
                let before = before.to_lowercase();
                before.strip_suffix(article.as_str()).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            });
            // Only the subject at the head of a block needs one for certain: in lists, brackets and appositions it may be missing.
            let head = before.is_empty() && (prose || heading) && followed_by_verb(reading.text(), hit.range.end);
            let Uses { known, bare } = uses.entry(form.entry).or_default();
            match (with, head) {
                (true, _) if prose => known.push(hit.range.clone()),
                (false, true) => bare.push(hit.range.clone()),
                _ => {}
            }
        }
        let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        for Uses { known, bare } in uses.into_values().filter(|uses| uses.known.len() > uses.bare.len()) {
            found.extend(bare.into_iter().map(|range| (range, known[0].clone())));
        }
        found.sort_by_key(|(range, _)| range.start);
        for (range, known) in found {
            let message = format!("“{}” has no article here", reading.slice(range.clone()));
            let finding = out.finding(reading.span(range), message);
            out.push(finding.related(reading.span(known), "with an article here"));
        }
    }
}

/// Whether a small word follows that may be a verb.
fn followed_by_verb(text: &str, end: usize) -> bool {
    let rest = text[end..].strip_prefix([' ', '\u{A0}']).unwrap_or_default();
    rest.starts_with(char::is_lowercase)
}
