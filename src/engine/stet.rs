//! Stets: an editor's word in a draft that a finding is to stand. Each names rules and a reason, covers the next block or the whole
//! file, and is reported when it silenced nothing.

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Comment, Document};
use crate::rule::matches;
use crate::source::{SourceId, Span};
use std::collections::{BTreeMap, HashMap};
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
    if document.comments.is_empty() {
        return (stets, problems);
    }
    let blocks = Blocks::new(document);
    for comment in &document.comments {
        let span = Span::new(document.source, comment.source.clone());
        let Some((file, words)) = words(&comment.text) else { continue };
        match parse(words) {
            Ok((rules, reason)) => {
                let (covers, gap) = match file {
                    true => (0..usize::MAX, 0),
                    false => (blocks.covered(comment), blocks.gap(comment).min(comment.source.start)),
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
    let mut beside: HashMap<SourceId, Vec<usize>> = HashMap::new();
    for (at, stet) in stets.iter().enumerate() {
        beside.entry(stet.span.source).or_default().push(at);
    }
    // Of each source what one rule says, in the text and between two characters of it, and the stets that name the rule: each finding beside
    // each stet would cost the square of a text that is full of both.
    let mut said: BTreeMap<(SourceId, &str, bool), Vec<Placed>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let span = finding.primary.span;
        let between = span.start == span.end;
        let place = (at, span.start..span.end + usize::from(between));
        said.entry((span.source, finding.rule.as_str(), between)).or_default().push(place);
    }
    let mut stands = vec![false; findings.len()];
    for ((source, rule, between), found) in said {
        let named = beside.get(&source).into_iter().flatten().filter(|at| stets[**at].names(rule));
        let named: Vec<Placed> = named.map(|at| (*at, stets[*at].covers(between))).collect();
        met(&found, &named).into_iter().for_each(|at| stands[at] = true);
        met(&named, &found).into_iter().for_each(|at| stets[at].used = true);
    }
    let before = findings.len();
    let mut stands = stands.into_iter();
    findings.retain(|_| !stands.next().unwrap_or_default());
    before - findings.len()
}

/// A range with a number that it is known by.
type Placed = (usize, Range<usize>);

/// The numbers of the ranges that overlap any of others.
fn met(ranges: &[Placed], others: &[Placed]) -> Vec<usize> {
    let mut others: Vec<(usize, usize)> = others.iter().map(|(_, range)| (range.start, range.end)).collect();
    others.sort_unstable();
    // The furthest end of each and of those that begin before it.
    let mut furthest = 0;
    for (_, end) in &mut others {
        furthest = furthest.max(*end);
        *end = furthest;
    }
    let overlaps = |range: &Range<usize>| {
        let before = others.partition_point(|(start, _)| *start < range.end);
        before > 0 && others[before - 1].1 > range.start
    };
    ranges.iter().filter(|(_, range)| overlaps(range)).map(|(at, _)| *at).collect()
}

/// The stets that silenced nothing, of those that could have: at least one of their rules ran, or none is known at all.
pub fn unused(stets: &[Stet], ran: &dyn Fn(&str) -> bool, known: &[&str]) -> Vec<Diagnostic> {
    // Whether a name is that of a rule, and of one that ran; many stets have one name.
    let mut names: HashMap<&str, (bool, bool)> = HashMap::new();
    let named = |name: &str| {
        let rules = || known.iter().filter(|rule| matches(name, rule));
        (rules().next().is_some(), rules().any(|rule| ran(rule)))
    };
    for name in stets.iter().filter(|stet| !stet.used).flat_map(|stet| &stet.rules) {
        names.entry(name).or_insert_with(|| named(name));
    }
    let mut near: HashMap<&str, Option<&str>> = HashMap::new();
    let unused = stets.iter().filter(|stet| !stet.used);
    unused
        .filter_map(|stet| {
            let unknown = stet.rules.iter().find(|name| !names[name.as_str()].0);
            let finding = |message: String| Diagnostic::new(UNUSED, Severity::Warning, message, stet.span);
            if let Some(unknown) = unknown {
                let suggest = || crate::settings::suggest(unknown, known.iter().copied());
                let near = near.entry(unknown).or_insert_with(suggest);
                let help = near.map_or("`copydesk rules --all` lists them".into(), |n| format!("did you mean “{n}”?"));
                return Some(finding(format!("no rule is called “{unknown}”")).help(help));
            }
            let could = stet.rules.iter().any(|name| names[name.as_str()].1);
            could.then(|| finding("this stet silences nothing".into()).help("delete it"))
        })
        .collect()
}

impl Stet {
    fn names(&self, rule: &str) -> bool {
        self.rules.iter().any(|name| matches(name, rule))
    }

    /// What it covers; of places between two characters, each as the character after it.
    fn covers(&self, between: bool) -> Range<usize> {
        match between {
            true => self.gap..self.covers.end.saturating_add(1),
            false => self.covers.clone(),
        }
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

/// The blocks of a document, as stets ask for them.
struct Blocks<'a> {
    document: &'a Document,
    /// Where each list or table ends, in the source.
    ends: HashMap<usize, usize>,
    /// Before each block and after the last, where the last one that is not empty ends, in the source.
    filled: Vec<usize>,
}

impl<'a> Blocks<'a> {
    fn new(document: &'a Document) -> Self {
        let (mut ends, mut filled, mut last) = (HashMap::new(), vec![0], 0);
        for block in &document.blocks {
            if let Some(group) = block.group {
                let end = ends.entry(group).or_insert(block.source.end);
                *end = block.source.end.max(*end);
            }
            if !block.range.is_empty() {
                last = document.span_of(block.range.clone()).end;
            }
            filled.push(last);
        }
        Blocks { document, ends, filled }
    }

    /// From the comment to the end of the next block; of a list or table, to its end, unless the comment stands inside it.
    fn covered(&self, comment: &Comment) -> Range<usize> {
        let (before, after) = self.document.blocks.split_at(comment.before.min(self.document.blocks.len()));
        let Some(next) = after.first() else { return comment.source.start..comment.source.end };
        let inside = before.last().is_some_and(|block| block.group == next.group);
        let end = next.group.filter(|_| !inside).and_then(|group| self.ends.get(&group)).copied();
        comment.source.start..end.unwrap_or_default().max(next.source.end)
    }

    /// Where the block before a comment ends, from which on a passage may be missing that the comment stands for.
    fn gap(&self, comment: &Comment) -> usize {
        self.filled.get(comment.before).or(self.filled.last()).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, BlockKind, Format, LanguageChoice, Map, Part};
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
