//! Corrections put into a text: which of them, in which order, and whether the text still says what it said.

pub use super::values::values_stay;

use crate::diagnostic::Applicability;
use crate::document::{self, ReadOptions};
use crate::mention::quotation;
use crate::report::{Correction, Finding, Replacement};
use crate::source::{Source, SourceId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// Where the texts that corrections change come from, by the path that findings name.
pub type Texts<'a> = &'a dyn Fn(&str) -> Option<Arc<Source>>;

/// Says why a text after safe edits no longer says what it said before, in the language it was checked in.
pub type Guard<'a> = &'a dyn Fn(&Source, &str, Option<&str>) -> Result<(), String>;

/// Times that the guard is asked in a round: it reads the whole text each time.
const ASKED: usize = 200;

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
/// safe by their own word are made unattended only if they lie outside quotations and the guard lets them pass; whoever asks for
/// unsafe ones accepts them all. Fixes that are only shown are never made.
pub fn correct(findings: &[Finding], least: Applicability, texts: Texts<'_>, guard: Guard<'_>) -> Corrected {
    let least = least.max(Applicability::Unsafe);
    let unattended = least == Applicability::Safe;
    let mut work = Work { texts, unattended, known: BTreeMap::new(), taken: BTreeMap::new() };
    let mut safe = Vec::new();
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
            Taken::Yes if unattended => safe.push((finding, fix)),
            Taken::Yes => corrected.applied += 1,
            Taken::Later => {}
            Taken::Refused(why) => corrected.refused.push(refused(finding, why)),
        }
    }
    let mut judge = Judge { guard, work: &mut work, left: ASKED, corrected: &mut corrected };
    judge.judge(&safe);
    corrected.refused.sort();
    corrected.texts = work.finish();
    corrected
}

fn refused(finding: &Finding, why: String) -> (String, usize, String, String) {
    (finding.path.clone(), finding.start.line, finding.rule.clone(), why)
}

/// Asks the guard about safe corrections: all at once, and where it objects, about ever fewer of them, until it is known which it
/// objects to. Most often it is asked once for each text.
struct Judge<'a, 'w> {
    guard: Guard<'a>,
    work: &'a mut Work<'w>,
    left: usize,
    corrected: &'a mut Corrected,
}

impl Judge<'_, '_> {
    fn judge(&mut self, fixes: &[(&Finding, &Correction)]) {
        let paths: BTreeSet<&str> =
            fixes.iter().flat_map(|(_, fix)| &fix.edits).map(|edit| edit.path.as_str()).collect();
        let objection = paths.into_iter().find_map(|path| self.objection(path, fixes));
        let Some(why) = objection else {
            self.corrected.applied += fixes.len();
            return;
        };
        // What is not known to be good is taken back, the second half first, so that each is judged beside what passed.
        let (first, second) = fixes.split_at(fixes.len() / 2);
        for (_, fix) in fixes {
            self.work.take_back(fix);
        }
        if let [(finding, _)] = fixes {
            self.corrected.refused.push(refused(finding, why));
            return;
        }
        for half in [first, second] {
            for (_, fix) in half {
                self.work.put(fix);
            }
            self.judge(half);
        }
    }

    /// Why a text with what is taken so far does not say what it said.
    fn objection(&mut self, path: &str, fixes: &[(&Finding, &Correction)]) -> Option<String> {
        let Some(left) = self.left.checked_sub(1) else {
            return Some("too many corrections of this text change what it says, and this one was not tried".into());
        };
        self.left = left;
        let source = self.work.source(path)?;
        let safe = self.work.taken_of(path)?;
        let language =
            fixes.iter().find_map(|(finding, _)| finding.language.as_deref().filter(|_| finding.path == path));
        (self.guard)(&source, &apply(source.text(), safe), language).err()
    }
}

/// The places of the words inside quotations, in the bytes of the source and in their order; those inside others are left out.
fn quoted(source: &Source) -> Vec<Range<usize>> {
    let documents = document::read(source, SourceId(0), &ReadOptions::default());
    let mut found: Vec<Range<usize>> = Vec::new();
    for document in &documents {
        for quotation in quotation::read(document) {
            // The blanks between the marks and the words belong to the marks.
            let words = &document.text[quotation.inner.clone()];
            let start = quotation.inner.start + words.len() - words.trim_start().len();
            let place = document.span_of(start..start + words.trim().len()).range();
            if !place.is_empty() && found.last().is_none_or(|last| last.end <= place.start) {
                found.push(place);
            }
        }
    }
    found
}

enum Taken {
    Yes,
    /// It overlaps another, or the text is not the one it was made for.
    Later,
    Refused(String),
}

type Edits = BTreeMap<(usize, usize), String>;

/// A text, and where the words inside its quotations stand.
type Known = (Arc<Source>, Vec<Range<usize>>);

struct Work<'a> {
    texts: Texts<'a>,
    /// Nobody looks at the corrections before they are made.
    unattended: bool,
    known: BTreeMap<String, Option<Known>>,
    /// Edits by path, in their order.
    taken: BTreeMap<String, Edits>,
}

impl Work<'_> {
    fn take(&mut self, fix: &Correction) -> Taken {
        for edit in &fix.edits {
            let Some((source, quoted)) = self.known(&edit.path) else { return Taken::Later };
            let encoding = source.encoding();
            if source.text().get(edit.range.clone()) != Some(&edit.text) {
                return Taken::Later;
            }
            if encoding.encode(&edit.replacement).is_none() {
                return Taken::Refused(format!("{} cannot write the correction", encoding.name()));
            }
            let next = quoted.partition_point(|quoted| quoted.end <= edit.range.start);
            let inside = quoted.get(next).is_some_and(|quoted| quoted.start < edit.range.end);
            if self.unattended && inside {
                return Taken::Refused("it lies inside a quotation".into());
            }
            if self.overlaps(edit) {
                return Taken::Later;
            }
        }
        self.put(fix);
        Taken::Yes
    }

    /// Puts the edits of a correction among those that are taken.
    fn put(&mut self, fix: &Correction) {
        for edit in &fix.edits {
            let Some(source) = self.source(&edit.path) else { continue };
            let replacement = line_ends(&edit.replacement, source.text());
            self.taken.entry(edit.path.clone()).or_default().insert(key(&edit.range), replacement);
        }
    }

    fn take_back(&mut self, fix: &Correction) {
        for edit in &fix.edits {
            self.taken.get_mut(&edit.path).and_then(|taken| taken.remove(&key(&edit.range)));
        }
    }

    fn taken_of(&self, path: &str) -> Option<&Edits> {
        self.taken.get(path)
    }

    fn known(&mut self, path: &str) -> Option<&Known> {
        let texts = self.texts;
        let read = || texts(path).map(|source| (source.clone(), quoted(&source)));
        self.known.entry(path.to_owned()).or_insert_with(read).as_ref()
    }

    fn source(&mut self, path: &str) -> Option<Arc<Source>> {
        self.known(path).map(|(source, _)| source.clone())
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
        let changed = self.taken.into_iter().filter(|(_, edits)| !edits.is_empty()).filter_map(|(path, edits)| {
            let (source, _) = known.get(&path)?.as_ref()?;
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

fn apply(text: &str, edits: &Edits) -> String {
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
        let guard = |_: &Source, after: &str, _: Option<&str>| {
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
    fn inside_a_quotation_nothing_is_safe_and_its_marks_stand_outside() {
        let said = "She said: “We  came.”";
        let inside = said.find("  ").expect("there");
        assert_eq!(fixed(said, &[(inside..inside + 2, " ", Safe)], Safe), (said.to_owned(), 0, 1));
        assert_eq!(fixed(said, &[(inside..inside + 2, " ", Unsafe)], Unsafe).1, 1);
        let blank = "Il dit : « Oui. » Puis rien.";
        let at = blank.find(" »").expect("there");
        assert_eq!(fixed(blank, &[(at..at + 1, "\u{A0}", Safe)], Safe).1, 1, "the blank belongs to the marks");
        let (start, end) = (said.find('“').expect("there"), said.find('”').expect("there"));
        assert_eq!(fixed(said, &[(start..start + 3, "«", Safe), (end..end + 3, "»", Safe)], Safe).1, 2);
    }

    #[test]
    fn a_safe_correction_that_changes_a_value_is_refused_alone() {
        let fixes = [(0..4, "2013", Safe), (5..6, "B", Safe)];
        assert_eq!(fixed("2012 b", &fixes, Safe), ("2012 B".into(), 1, 1));
        assert_eq!(fixed("2012 b", &[(0..4, "2013", Unsafe)], Unsafe).0, "2013 b");
        // Of many, only that one, wherever it stands.
        let text = "2012 b c d e f g";
        for at in 0..6 {
            let mut fixes: Vec<_> = (0..5).map(|i| (5 + 2 * i..6 + 2 * i, "X", Safe)).collect();
            fixes.insert(at, (0..4, "2013", Safe));
            assert_eq!(fixed(text, &fixes, Safe), ("2012 X X X X X g".into(), 5, 1));
        }
    }

    #[test]
    fn the_guard_is_not_asked_about_each_correction() {
        let text = "a ".repeat(5_000);
        let fixes: Vec<_> = (0..5_000).map(|i| (2 * i..2 * i + 1, "b", Safe)).collect();
        assert_eq!(fixed(&text, &fixes, Safe).1, 5_000);
        let fixes: Vec<_> = (0..5_000).map(|i| (2 * i..2 * i + 1, "2013", Safe)).collect();
        assert_eq!(fixed(&text, &fixes, Safe), (text.clone(), 0, 5_000));
    }
}
