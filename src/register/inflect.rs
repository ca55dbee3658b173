//! Names in another case: a text that declines names is asked for what its words would be with the other endings that its language gives
//! to names ([`Cases`]). An ending says that a word may be a name in another case, and never which; so a mention of this kind makes the
//! person or body known, and a name of one word counts only beside a whole one. It is a fault only where every name that the words may be in
//! another case is one that the register rejects, or that was given up, and that has several words.

use super::compare::{self, Agreement, Side};
use super::entry::{EntryKind, FormId, FormKind};
use super::index::{Hit, Index, Known, MOST_WORDS};
use super::table::step;
use super::words::{Case, Words, fold_into, plain};
use crate::language::Cases;

/// Letters that a word shares with its other cases at least.
const STEM: usize = 2;
/// Letters of the longest ending that is looked up.
const LONGEST_ENDING: usize = 6;

/// The longest mention of a name in another case that begins at a word, and the word after it.
pub(super) fn longest_at(index: &Index, known: Known<'_>, at: &Side<'_>, cases: &Cases) -> Option<(Hit, usize)> {
    let start = at.range.start;
    if cases.is_empty() || at.words.list[start].case != Case::Capital {
        return None;
    }
    let mut search = Search { index, known, text: at.text, words: at.words, cases, start, best: None };
    search.go_on(start, 0, &mut Vec::new(), false);
    search.best.map(|best| (best.hit, best.end))
}

/// Whether a form is one that may be written.
pub(super) fn is_allowed(kind: FormKind) -> bool {
    !matches!(kind, FormKind::Rejected | FormKind::Former)
}

/// Of names of one word in another case only those of whom the text names in full are certain.
pub(super) fn keep_certain(known: Known<'_>, text: &str, hits: &mut Vec<Hit>) {
    let whole = |hit: &Hit| text[hit.range.clone()].contains(char::is_whitespace);
    let named: Vec<_> = hits.iter().filter(|hit| whole(hit)).flat_map(|hit| &hit.forms).collect();
    let named: Vec<_> = named.into_iter().map(|form| known.forms[form.0 as usize].entry).collect();
    hits.retain_mut(|hit| {
        if hit.agreement == Agreement::Inflected && !whole(hit) {
            hit.forms.retain(|form| named.contains(&known.forms[form.0 as usize].entry));
        }
        !hit.forms.is_empty()
    });
}

struct Search<'a> {
    index: &'a Index,
    known: Known<'a>,
    text: &'a str,
    words: &'a Words,
    cases: &'a Cases,
    start: usize,
    best: Option<Best>,
}

struct Best {
    hit: Hit,
    end: usize,
    /// Whether a form is one that may be written.
    allowed: bool,
}

impl Search<'_> {
    /// Follows the automaton over the word at a place and those after it, by every word that it may be another case of.
    fn go_on(&mut self, at: usize, hash: u64, path: &mut Vec<String>, changed: bool) {
        let Some(word) = self.words.list.get(at).filter(|_| at < self.start + MOST_WORDS) else { return };
        let side = Side { text: self.text, words: self.words, range: self.start..at };
        if at > self.start && compare::is_hard(compare::gap(&side, at - 1)) {
            return;
        }
        let own = self.words.key(word).to_owned();
        let others = self.others(&self.text[word.range.clone()]);
        for (nth, key) in std::iter::once(own).chain(others).enumerate() {
            let hash = step(hash, xxhash_rust::xxh3::xxh3_64(key.as_bytes()));
            let found = self.index.nodes.get(hash);
            if found.is_empty() {
                continue;
            }
            path.push(key);
            let changed = changed || nth > 0;
            // Words that may be an allowed name are no rejected one.
            if changed && self.best.as_ref().is_none_or(|best| (at + 1, true) > (best.end, best.allowed)) {
                let found = found.iter().filter(|&&(_, form)| self.is_form(form, path));
                let forms: Vec<FormId> = found.flat_map(|&(_, form)| self.index.written_alike(form)).collect();
                let allowed = forms.iter().any(|form| is_allowed(self.known.forms[form.0 as usize].kind));
                if !forms.is_empty() && self.best.as_ref().is_none_or(|best| at + 1 > best.end || allowed) {
                    let range = self.words.list[self.start].range.start..word.range.end;
                    let hit = Hit { range, forms, agreement: Agreement::Inflected };
                    self.best = Some(Best { hit, end: at + 1, allowed });
                }
            }
            self.go_on(at + 1, hash, path, changed);
            path.pop();
        }
    }

    /// What a word may be another case of, folded.
    fn others(&self, word: &str) -> Vec<String> {
        let lower = word.to_lowercase();
        let mut found = Vec::new();
        let ends = lower.char_indices().map(|(at, _)| at).chain([lower.len()]).skip(STEM);
        for end in ends.collect::<Vec<_>>().into_iter().rev().take(LONGEST_ENDING + 1) {
            let Some(meant) = self.cases.get(&lower[end..]) else { continue };
            for ending in meant {
                let mut key = String::new();
                fold_into(&format!("{}{ending}", &lower[..end]), &mut key);
                if !found.contains(&key) {
                    found.push(key);
                }
            }
        }
        found
    }

    /// Whether a form is these words, with the capitals and marks of the text.
    fn is_form(&self, form: u32, path: &[String]) -> bool {
        let Some(form) = self.known.forms.get(form as usize) else { return false };
        let kind = self.known.kind(form);
        let name = matches!(kind, EntryKind::Person | EntryKind::Organisation);
        if !name || form.kind == FormKind::Acronym || !is_allowed(form.kind) && path.len() < 2 {
            return false;
        }
        let model = Words::of(&form.text);
        let ours = Side { text: self.text, words: self.words, range: self.start..self.start + path.len() };
        let theirs = Side { text: &form.text, words: &model, range: 0..model.list.len() };
        model.list.len() == path.len()
            && model.list.iter().zip(path).all(|(word, key)| model.key(word) == key)
            && model.list.iter().zip(&self.words.list[ours.range.clone()]).all(|(a, b)| a.case == b.case)
            && (0..path.len() - 1)
                .all(|at| plain(compare::gap(&ours, self.start + at)) == plain(compare::gap(&theirs, at)))
    }
}
