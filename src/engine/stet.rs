//! Stets: an editor's word in a draft that a finding is to stand. Each names rules and a reason, covers the next block or the whole
//! file, and is reported when it silenced nothing.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, Comment, Document};
use crate::rule::matches;
use crate::source::Span;
use std::ops::Range;

/// The rule that a stet is reported under when it silenced nothing.
pub const UNUSED: &str = "stet/unused";

/// The rule that a stet is reported under when it cannot be read.
pub const INVALID: &str = "stet/invalid";

/// A stet that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stet {
    /// Ids or globs of the rules it silences.
    pub rules: Vec<String>,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub span: Span,
    /// What it covers, in the same source.
    covers: Range<usize>,
    /// From where on it covers places between two characters, such as that of a missing passage.
    gap: usize,
    used: bool,
}

/// Reads the stets of a document; what looks like one and cannot be read comes back as findings.
pub fn read(document: &Document) -> (Vec<Stet>, Vec<Diagnostic>) {
    let (mut stets, mut problems) = (Vec::new(), Vec::new());
    for comment in &document.comments {
        let span = Span::new(document.source, comment.source.clone());
        let Some((file, words)) = words(&comment.text) else { continue };
        match parse(words) {
            Ok((rules, reason)) => {
                let (covers, gap) = match file {
                    true => (0..usize::MAX, 0),
                    false => (covered(document, comment), gap(document, comment).min(comment.source.start)),
                };
                stets.push(Stet { rules, reason, span, covers, gap, used: false });
            }
            Err(message) => problems.push(
                Diagnostic::new(INVALID, Severity::Warning, message, span)
                    .help("write “stet rule/name: why it is to stand”"),
            ),
        }
    }
    (stets, problems)
}

/// Leaves out the findings that a stet covers, and says how many.
pub fn apply(stets: &mut [Stet], findings: &mut Vec<Diagnostic>) -> usize {
    let before = findings.len();
    findings.retain(|finding| {
        let mut stands = false;
        for stet in stets.iter_mut().filter(|stet| stet.silences(finding)) {
            stet.used = true;
            stands = true;
        }
        !stands
    });
    before - findings.len()
}

/// The stets that silenced nothing, of those that could have: at least one of their rules ran, or none is known at all.
pub fn unused(stets: &[Stet], ran: &dyn Fn(&str) -> bool, known: &[&str]) -> Vec<Diagnostic> {
    let unused = stets.iter().filter(|stet| !stet.used);
    unused
        .filter_map(|stet| {
            let unknown = stet.rules.iter().find(|name| !known.iter().any(|rule| matches(name, rule)));
            let finding = |message: String| Diagnostic::new(UNUSED, Severity::Warning, message, stet.span);
            if let Some(unknown) = unknown {
                let near = crate::settings::suggest(unknown, known.iter().copied());
                let help = near.map_or("`copydesk rules --all` lists them".into(), |n| format!("did you mean “{n}”?"));
                return Some(finding(format!("no rule is called “{unknown}”")).help(help));
            }
            let could = stet.rules.iter().any(|name| known.iter().any(|rule| matches(name, rule) && ran(rule)));
            could.then(|| finding("this stet silences nothing".into()).help("delete it"))
        })
        .collect()
}

impl Stet {
    fn silences(&self, finding: &Diagnostic) -> bool {
        let place = finding.primary.span;
        if place.source != self.span.source {
            return false;
        }
        let inside = if place.start == place.end {
            self.gap <= place.start && place.start <= self.covers.end
        } else {
            place.start < self.covers.end && self.covers.start < place.end
        };
        inside && self.rules.iter().any(|name| matches(name, &finding.rule))
    }
}

/// Whether it is for the whole file, and what follows the word; `None` when the comment is about something else.
fn words(comment: &str) -> Option<(bool, &str)> {
    let comment = comment.trim();
    let (file, rest) = match comment.strip_prefix("stet-file") {
        Some(rest) => (true, rest),
        None => (false, comment.strip_prefix("stet")?),
    };
    // “stetson” is a hat.
    (rest.is_empty() || rest.starts_with([':', ' ', '\t', '\n', '\r'])).then_some((file, rest.trim()))
}

fn parse(words: &str) -> Result<(Vec<String>, String), String> {
    let (names, reason) = words.split_once(':').ok_or("a stet without a reason")?;
    let rules: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).filter(|n| !n.is_empty()).collect();
    if rules.is_empty() {
        return Err("a stet that names no rule".into());
    }
    if let Some(odd) = rules.iter().find(|name| name.contains(char::is_whitespace)) {
        return Err(format!("“{odd}” is no rule"));
    }
    let reason = reason.trim();
    // The help shows “reason” as the place for one.
    if reason.is_empty() || reason == "reason" {
        return Err("a stet without a reason".into());
    }
    Ok((rules, reason.to_owned()))
}

/// From the comment to the end of the next block; of a list or table, to its end, unless the comment stands inside it.
fn covered(document: &Document, comment: &Comment) -> Range<usize> {
    let (before, after) = document.blocks.split_at(comment.before.min(document.blocks.len()));
    let Some(next) = after.first() else { return comment.source.start..comment.source.end };
    let inside = before.last().is_some_and(|block| block.group == next.group);
    let same = |block: &&Block| block.group == next.group && next.group.is_some() && !inside;
    let end = after.iter().filter(same).map(|block| block.source.end).max().unwrap_or(next.source.end);
    comment.source.start..end.max(next.source.end)
}

/// Where the block before a comment ends, from which on a passage may be missing that the comment stands for.
fn gap(document: &Document, comment: &Comment) -> usize {
    let before = &document.blocks[..comment.before.min(document.blocks.len())];
    let before = before.iter().rev().find(|block| !block.range.is_empty());
    before.map_or(0, |block| document.span_of(block.range.clone()).end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Format, LanguageChoice, Map, Part};
    use crate::source::SourceId;

    /// A document of blocks of ten bytes each, with a comment before the second.
    fn document(comment: &str, groups: &[Option<usize>]) -> Document {
        let block = |(i, group): (usize, &Option<usize>)| Block {
            kind: BlockKind::Paragraph,
            part: Part::Body,
            range: i * 10..i * 10 + 10,
            source: i * 10..i * 10 + 10,
            quotes: 0,
            depth: 0,
            group: *group,
            place: 0,
            number: None,
        };
        Document {
            source: SourceId(0),
            index: 0,
            span: 0..100,
            format: Format::Plain,
            text: String::new(),
            map: Map::default(),
            blocks: groups.iter().enumerate().map(block).collect(),
            inlines: Vec::new(),
            fields: Vec::new(),
            comments: vec![Comment { text: comment.into(), source: 10..10, before: 1 }],
            language: LanguageChoice::default(),
            given_date: None,
            problems: Vec::new(),
        }
    }

    fn finding(rule: &str, start: usize, end: usize) -> Diagnostic {
        Diagnostic::new(rule, Severity::Error, "m", Span::new(SourceId(0), start..end))
    }

    fn left(comment: &str, groups: &[Option<usize>]) -> Vec<usize> {
        let (mut stets, _) = read(&document(comment, groups));
        let mut found: Vec<_> = (0..4).map(|i| finding("dates/order", i * 10 + 2, i * 10 + 5)).collect();
        apply(&mut stets, &mut found);
        found.iter().map(|finding| finding.primary.span.start / 10).collect()
    }

    #[test]
    fn a_stet_covers_the_next_block_a_whole_list_or_the_file() {
        assert_eq!(left("stet dates/order: as signed", &[None; 4]), [0, 2, 3]);
        assert_eq!(left("stet dates/*, names/x: as signed", &[None, Some(1), Some(1), None]), [0, 3]);
        assert_eq!(left(" stet-file dates/order: as signed ", &[None; 4]), [0; 0]);
        assert_eq!(left("stet names/*: as signed", &[None; 4]), [0, 1, 2, 3]);
        assert_eq!(left("stetson dates/order: a hat", &[None; 4]), [0, 1, 2, 3]);
    }

    #[test]
    fn the_place_of_a_missing_passage_is_covered() {
        let (mut stets, _) = read(&document("stet parity/missing: cut for length", &[None; 4]));
        let mut found = vec![finding("parity/missing", 10, 10), finding("parity/missing", 30, 30)];
        assert_eq!(apply(&mut stets, &mut found), 1);
    }

    #[test]
    fn a_reason_is_required() {
        for (comment, message) in [
            ("stet dates/order", "a stet without a reason"),
            ("stet dates/order:", "a stet without a reason"),
            ("stet: because", "a stet that names no rule"),
            ("stet this please: because", "“this please” is no rule"),
        ] {
            let (stets, problems) = read(&document(comment, &[None; 2]));
            assert_eq!((stets.len(), problems[0].message.as_str()), (0, message));
        }
    }

    #[test]
    fn a_stet_that_silenced_nothing_is_reported_where_its_rule_ran() {
        let known = ["dates/order", "names/x"];
        let unused = |comment: &str, ran: bool| {
            let (stets, _) = read(&document(comment, &[None; 2]));
            let found = unused(&stets, &|_| ran, &known);
            found.first().map(|finding| (finding.message.clone(), finding.help.clone().unwrap_or_default()))
        };
        let plain = ("this stet silences nothing".to_owned(), "delete it".to_owned());
        assert_eq!(unused("stet dates/order: why", true), Some(plain));
        assert_eq!(unused("stet dates/order: why", false), None);
        let meant = unused("stet dates/ordr: why", false).expect("unknown");
        assert_eq!(meant, ("no rule is called “dates/ordr”".into(), "did you mean “dates/order”?".into()));
    }
}
