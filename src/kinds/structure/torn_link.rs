//! `structure/torn-link`: links that Markdown shows as they are written, because a blank or a missing bracket tears them apart.

use crate::document::Format;
use crate::rule::{Check, Findings, Hit, Kind, Pattern, Reading, Setup};

/// The kind.
pub const KIND: Kind = Kind { name: "structure/torn-link", page: include_str!("torn_link.md"), keys: &[], build };

/// Brackets with words, as a link begins.
const WORDS: &str = r"\[[^\[\]\x{1E}]{1,120}\]";

/// What tears a link apart, and what is said of it.
const TEARS: &[(&str, &str)] = &[
    (r" \((?=https?://|www\.)", "a blank parts the words of this link from its address"),
    (r"\((?:https?://|www\.)[^()\s\x{1E}]*\s[^()\x{1E}]{0,200}\)", "the address of this link has a blank in it"),
    (r"\((?:https?://|www\.)[^()\s\x{1E}]{1,300}(?=\s[^()]*$|$)", "the address of this link is not closed"),
    (r"\((?!https?:|www\.)[\p{L}’']+(?: [\p{L}’']+){1,8}\)", "words stand where this link needs an address"),
];

struct TornLink {
    patterns: Vec<Pattern>,
}

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<crate::diagnostic::Diagnostic>> {
    let patterns = TEARS.iter().map(|(tear, _)| Pattern::regex(format!("{WORDS}{tear}"))).collect();
    Ok(Box::new(TornLink { patterns }))
}

impl Check for TornLink {
    fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    fn document(&self, reading: &Reading<'_>, hits: &[Hit], out: &mut Findings<'_>) {
        if reading.document.format != Format::Markdown {
            return;
        }
        let mut reported = None;
        for hit in hits.iter().filter(|hit| !reading.slice(hit.range.clone()).contains(crate::document::OPAQUE)) {
            // “[sic](words)” after a bracket is no link, and one link is reported once.
            if reported.replace(hit.range.start) != Some(hit.range.start) {
                let message = TEARS.get(hit.pattern).map_or("", |(_, message)| message);
                out.push(out.finding(reading.span(hit.range.clone()), message).label("shows as it is written"));
            }
        }
    }
}
