//! Corrections put into a text: which of them, in which order, and whether the text still says what it said.

use crate::diagnostic::Applicability;
use crate::document::{self, Document, ReadOptions};
use crate::mention::{date, quotation};
use crate::report::{Correction, Finding, Replacement};
use crate::source::{Source, SourceId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Where the texts that corrections change come from, by the path that findings name.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<Arc<Source>>;

/// Says why a text after safe edits no longer says what it said before; the ranges are the edits, in the text before.
pub type Guard<'a> = &'a dyn Fn(&Source, &str, &[Range<usize>]) -> Result<(), String>;

/// The texts after correction.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// New text by path.
    pub texts: BTreeMap<String, String>,
    /// Corrections that were made.
    pub applied: usize,
    /// Corrections that were refused, with the reason: path, line, rule, why.
    pub refused: Vec<(String, usize, String, String)>,
}

/// Makes the corrections of at least this applicability. Those that overlap an earlier one wait for the next round; those that are
/// safe by their own word are made unattended only if the guard lets them pass; whoever asks for unsafe ones accepts them all. Fixes
/// that are only shown are never made.
pub fn correct(findings: &[Finding], least: Applicability, texts: Texts<'_>, guard: Guard<'_>) -> Corrected {
    let least = least.max(Applicability::Unsafe);
    let guard = (least == Applicability::Safe).then_some(guard);
    let mut work = Work { texts, guard, known: BTreeMap::new(), taken: BTreeMap::new() };
    let mut corrected = Corrected::default();
    let mut seen = BTreeSet::new();
    for finding in findings {
        let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability >= least) else { continue };
        // Two rules that agree on a correction make it once.
        let edits: Vec<_> = fix.edits.iter().map(|e| (&e.path, e.range.start, e.range.end, &e.replacement)).collect();
        if !seen.insert(edits) {
            continue;
        }
        match work.take(fix) {
            Taken::Yes => corrected.applied += 1,
            Taken::Later => {}
            Taken::Refused(why) => {
                corrected.refused.push((finding.path.clone(), finding.start.line, finding.rule.clone(), why));
            }
        }
    }
    corrected.texts = work.finish();
    corrected
}

/// The guard of safe corrections: none lies inside a quotation, and what the text refers to, read before and after, is the same.
pub fn values_stay(before: &Source, after: &str, edits: &[Range<usize>]) -> Result<(), String> {
    let documents = read(before);
    for (quoted, words) in documents.iter().flat_map(quoted) {
        // An edit at the very edge of the words changes their marks, or the space between.
        if edits.iter().any(|edit| edit.start < quoted.end && quoted.start < edit.end && !words.is_empty()) {
            return Err("it lies inside a quotation".into());
        }
    }
    let after = Source::from_text(before.path(), after);
    let corrected = read(&after);
    let (old, new) = (values(&documents), values(&corrected));
    if old == new {
        // A date may come to light, or go, without a change of figures: a character that nobody sees stood in its month.
        let same = dates(&documents) == dates(&corrected);
        return if same { Ok(()) } else { Err("it changes a date".into()) };
    }
    let differs = old.iter().zip(&new).find(|(old, new)| old != new);
    Err(match differs {
        Some((old, new)) => format!("it makes “{new}” of “{old}”"),
        None => "it adds or takes away a figure".into(),
    })
}

fn read(source: &Source) -> Vec<Document> {
    document::read(source, SourceId(0), &ReadOptions::default())
}

/// The quotations of a document: where their words stand in the source, and the words.
fn quoted(document: &Document) -> Vec<(Range<usize>, &str)> {
    let quotations = quotation::read(document).into_iter();
    // A blank just inside a mark belongs to the mark, not to the words.
    let words = |inner: Range<usize>| {
        let text = &document.text[inner.clone()];
        let start = inner.end - text.trim_start().len();
        start..start + text.trim().len()
    };
    quotations.map(|q| words(q.inner)).map(|q| (document.span_of(q.clone()).range(), &document.text[q])).collect()
}

/// The values that a text names, in its order: every figure as its digits stand, white space and separators aside.
fn values(documents: &[Document]) -> Vec<String> {
    let mut values = Vec::new();
    for block in documents.iter().flat_map(|document| document.blocks.iter().map(|block| document.block_text(block))) {
        // A separator between two digits belongs to the figure, however it is written.
        for figure in block.split(|c: char| !(c.is_numeric() || is_separator(c))) {
            let digits: String = figure.chars().filter(|c| c.is_numeric()).collect();
            if !digits.is_empty() {
                values.push(digits);
            }
        }
    }
    values
}

/// The dates that a text names, in its order, as values.
fn dates(documents: &[Document]) -> Vec<date::Value> {
    let mentions = documents.iter().flat_map(|document| date::read(document).dates);
    mentions.flat_map(|mention| mention.points.into_iter().map(|point| point.value)).collect()
}

/// Whether a character can stand inside a figure.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}')
}

enum Taken {
    Yes,
    /// It overlaps another, or the text is not the one it was made for.
    Later,
    Refused(String),
}

struct Work<'a> {
    texts: Texts<'a>,
    /// Asked about each correction; none where a person accepts them.
    guard: Option<Guard<'a>>,
    known: BTreeMap<String, Option<Arc<Source>>>,
    /// Edits by path, in their order.
    taken: BTreeMap<String, BTreeMap<(usize, usize), String>>,
}

impl Work<'_> {
    fn take(&mut self, fix: &Correction) -> Taken {
        let mut paths: BTreeMap<String, Vec<&Replacement>> = BTreeMap::new();
        for edit in &fix.edits {
            let Some(source) = self.source(&edit.path) else { return Taken::Later };
            if source.text().get(edit.range.clone()) != Some(&edit.text) || self.overlaps(edit) {
                return Taken::Later;
            }
            paths.entry(edit.path.clone()).or_default().push(edit);
        }
        for (path, edits) in &paths {
            let Some(source) = self.source(path) else { return Taken::Later };
            let edits = edits.iter().map(|edit| (key(&edit.range), line_ends(&edit.replacement, source.text())));
            let edits: BTreeMap<_, _> = edits.collect();
            let after = apply(source.text(), &edits);
            if source.encoding().encode(&after).is_none() {
                return Taken::Refused(format!("{} cannot write the correction", source.encoding().name()));
            }
            if let Some(guard) = self.guard {
                // Each correction is judged by itself: what it does to the text does not hang on what else is corrected.
                let ranges: Vec<_> = edits.keys().map(|&(start, end)| start..end).collect();
                if let Err(why) = guard(&source, &after, &ranges) {
                    return Taken::Refused(why);
                }
            }
        }
        for (path, edits) in paths {
            let Some(source) = self.source(&path) else { return Taken::Later };
            let taken = self.taken.entry(path).or_default();
            taken.extend(edits.iter().map(|edit| (key(&edit.range), line_ends(&edit.replacement, source.text()))));
        }
        Taken::Yes
    }

    fn source(&mut self, path: &str) -> Option<Arc<Source>> {
        let texts = self.texts;
        self.known.entry(path.to_owned()).or_insert_with(|| texts(path)).clone()
    }

    /// Whether an edit touches one that was taken: they share a byte, or both insert at one place.
    fn overlaps(&self, edit: &Replacement) -> bool {
        let Some(taken) = self.taken.get(&edit.path) else { return false };
        let (start, end) = key(&edit.range);
        let touches = |&(s, e): &(usize, usize)| (s, e) == (start, end) || (s < end && start < e);
        // Taken edits do not overlap each other, so only the neighbours can touch.
        let before = taken.range(..=(start, usize::MAX)).next_back();
        let after = taken.range((start, end)..).next();
        before.into_iter().chain(after).any(|(place, _)| touches(place))
    }

    fn finish(self) -> BTreeMap<String, String> {
        let known = self.known;
        let changed = self.taken.into_iter().filter_map(|(path, edits)| {
            let source = known.get(&path)?.as_ref()?;
            Some((path, apply(source.text(), &edits)))
        });
        changed.collect()
    }
}

fn key(range: &Range<usize>) -> (usize, usize) {
    (range.start, range.end)
}

/// A replacement with the line ends of the text it goes into.
fn line_ends(replacement: &str, text: &str) -> String {
    let first = text.find('\n');
    if replacement.contains('\n') && first.is_some_and(|at| text[..at].ends_with('\r')) {
        replacement.replace("\r\n", "\n").replace('\n', "\r\n")
    } else {
        replacement.to_owned()
    }
}

fn apply(text: &str, edits: &BTreeMap<(usize, usize), String>) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for ((start, end), replacement) in edits {
        out.push_str(&text[at..*start]);
        out.push_str(replacement);
        at = *end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostic, Severity};
    use crate::source::{SourceSet, Span};
    use Applicability::{Display, Safe, Unsafe};

    /// Corrects a text by (range, replacement, applicability).
    fn fixed(
        text: &str,
        fixes: &[(Range<usize>, &str, Applicability)],
        least: Applicability,
    ) -> (String, usize, usize) {
        let mut sources = SourceSet::new();
        let id = sources.add(Source::from_text("a.md", text));
        let found = fixes.iter().map(|(range, replacement, applicability)| {
            let span = Span::new(id, range.clone());
            Diagnostic::new("a/b", Severity::Error, "m", span).replace("t", *applicability, span, *replacement)
        });
        let found: Vec<_> = found.map(|d| Finding::resolve(&d, &sources, "")).collect();
        let guard = |_: &Source, after: &str, _: &[Range<usize>]| {
            if after.contains("2013") { Err("the date differs".to_owned()) } else { Ok(()) }
        };
        let corrected = correct(&found, least, &|_| Some(sources.shared(id)), &guard);
        let text = corrected.texts.get("a.md").cloned().unwrap_or_else(|| text.to_owned());
        (text, corrected.applied, corrected.refused.len())
    }

    #[test]
    fn what_overlaps_waits_and_what_is_only_shown_is_never_made() {
        assert_eq!(
            fixed("abcdef", &[(0..2, "X", Safe), (1..3, "Y", Safe), (4..5, "Z", Safe)], Safe),
            ("XcdZf".into(), 2, 0)
        );
        assert_eq!(fixed("abc", &[(1..1, "X", Safe), (1..1, "Y", Safe)], Safe).0, "aXbc");
        assert_eq!(fixed("abc", &[(0..1, "X", Safe), (1..1, "Y", Safe), (1..2, "Z", Safe)], Safe).0, "XYZc");
        assert_eq!(fixed("abc", &[(0..1, "X", Unsafe), (1..2, "Y", Display)], Safe).0, "abc");
        assert_eq!(fixed("abc", &[(0..1, "X", Unsafe), (1..2, "Y", Display)], Display).0, "Xbc");
    }

    #[test]
    fn the_same_correction_is_made_once_and_line_ends_are_kept() {
        assert_eq!(fixed("a\r\nb", &[(3..4, "x\ny", Safe), (3..4, "x\ny", Safe)], Safe), ("a\r\nx\r\ny".into(), 1, 0));
    }

    #[test]
    fn values_and_quotations_are_guarded() {
        let guard = |before: &str, after: &str, edit: Range<usize>| {
            values_stay(&Source::from_text("a.txt", before), after, &[edit]).err()
        };
        assert_eq!(guard("On 9 July, 10 000 came.", "On 9 July, 10\u{202F}000 came.", 13..14), None);
        assert_eq!(guard("On 9 July they came", "On 10 July they came", 3..4), Some("it makes “10” of “9”".into()));
        assert_eq!(guard("On 9 July", "On July", 3..5), Some("it adds or takes away a figure".into()));
        let said = "She said: “We  came.”";
        let inside = said.find("  ").expect("there");
        let mended = said.replace("  ", " ");
        assert_eq!(guard(said, &mended, inside..inside + 2), Some("it lies inside a quotation".into()));
        let start = said.find('“').expect("there");
        assert_eq!(guard(said, &said.replace('“', "«").replace('”', "»"), start..start + 3), None);
    }

    #[test]
    fn a_safe_correction_that_changes_a_value_is_refused_alone() {
        let fixes = [(0..4, "2013", Safe), (5..6, "B", Safe)];
        assert_eq!(fixed("2012 b", &fixes, Safe), ("2012 B".into(), 1, 1));
        assert_eq!(fixed("2012 b", &[(0..4, "2013", Unsafe)], Unsafe).0, "2013 b");
    }
}
