//! Entries that a person asks for by a name: the same letters first, then names that hold the words asked for, then names that are spelt
//! nearly so. One question is put to every form; texts are matched by the index.

use super::words::{Words, compact};
use super::{EntryId, Form, FormId, Register};
use rayon::prelude::*;

/// Names that are spelt nearly so, at most.
const MOST_NEAR: usize = 10;

/// How a name answers a question; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same letters, whatever the case, diacritics, spaces and marks.
    Same,
    /// The words asked for stand in it, the last perhaps not whole.
    Holds,
    /// So many letters differ, or its words stand in another order (0).
    Near(usize),
}

/// An entry and the form by which it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    /// How well it answers.
    pub likeness: Likeness,
    /// The entry.
    pub entry: EntryId,
    /// Its form that answers best.
    pub form: FormId,
}

impl Register {
    /// The entries that a name may mean, the best first; each once.
    pub fn search(&self, text: &str) -> Vec<Answer> {
        let asked = Asked::new(text);
        if asked.letters.is_empty() {
            return Vec::new();
        }
        let by_id = |answer: &Answer| (answer.entry, answer.likeness, answer.form);
        let each = self.forms.par_iter().enumerate().filter_map(|(at, form)| {
            let likeness = asked.likeness(form)?;
            Some(Answer { likeness, entry: form.entry, form: FormId(at as u32) })
        });
        let mut found: Vec<Answer> = each.collect();
        found.extend(self.by_id(text.trim()).map(|entry| Answer {
            likeness: Likeness::Same,
            entry,
            form: FormId(self.entry(entry).forms.start),
        }));
        found.sort_by_key(by_id);
        found.dedup_by_key(|answer| answer.entry);
        found.sort();
        let mut near = 0;
        found.retain(|answer| {
            near += usize::from(matches!(answer.likeness, Likeness::Near(_)));
            near <= MOST_NEAR
        });
        found
    }
}

/// A question, folded once.
struct Asked {
    letters: String,
    words: Vec<String>,
}

impl Asked {
    fn new(text: &str) -> Self {
        let words = Words::of(text);
        let list = words.list.iter().map(|word| words.key(word).to_owned()).collect();
        Asked { letters: compact(text), words: list }
    }

    fn likeness(&self, form: &Form) -> Option<Likeness> {
        let words = Words::of(&form.text);
        let all = words.compact(0..words.list.len());
        if all == self.letters {
            return Some(Likeness::Same);
        }
        let keys: Vec<&str> = words.list.iter().map(|word| words.key(word)).collect();
        if self.stands_in(&keys) {
            return Some(Likeness::Holds);
        }
        if keys.len() == self.words.len()
            && sorted(keys.iter().copied()) == sorted(self.words.iter().map(String::as_str))
        {
            return Some(Likeness::Near(0));
        }
        let (ours, theirs) = (self.letters.chars().count(), all.chars().count());
        let most = (ours.min(theirs) / 4).clamp(1, 4);
        if ours.abs_diff(theirs) > most || ours.min(theirs) < 3 {
            return None;
        }
        Some(strsim::osa_distance(&self.letters, all)).filter(|edits| *edits <= most).map(Likeness::Near)
    }

    /// Whether the words asked for follow one another in a name; the last may be its beginning.
    fn stands_in(&self, keys: &[&str]) -> bool {
        let Some((last, first)) = self.words.split_last() else { return false };
        keys.windows(self.words.len()).any(|run| {
            let (end, start) = (run[run.len() - 1], &run[..run.len() - 1]);
            let begun = end == last || last.chars().count() >= 3 && end.starts_with(last.as_str());
            begun && start.iter().zip(first).all(|(a, b)| a == b)
        })
    }
}

fn sorted<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut keys: Vec<&str> = keys.collect();
    keys.sort_unstable();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceId};

    #[test]
    fn what_is_asked_for_comes_first_and_what_is_spelt_nearly_so_last() {
        let text = r#"
[[person]]
name = "Lynn St. Clair"
family = "St. Clair"
[[person]]
name = "Lynne Sinclair"
[[person]]
name = "Ada Quill"
[[organisation]]
id = "clair"
name = "St Clair Harbour"
"#;
        let (register, _) = Register::read([(SourceId(0), &Source::from_text("r", text))]);
        let ask = |text: &str| -> Vec<String> {
            let shown = |answer: &Answer| format!("{} {:?}", register.form(answer.form).text, answer.likeness);
            register.search(text).iter().map(shown).collect()
        };
        assert_eq!(ask("saint clair"), ["St. Clair Same", "St Clair Harbour Holds"]);
        assert_eq!(ask("Lyn St Claire"), ["Lynn St. Clair Near(2)"]);
        assert_eq!(ask("Lynn Sinclair"), ["Lynne Sinclair Near(1)", "Lynn St. Clair Near(2)"]);
        assert_eq!(ask("Quill, Ada"), ["Ada Quill Near(0)"]);
        assert_eq!(ask("clair"), ["St Clair Harbour Same", "Lynn St. Clair Holds"]);
        assert_eq!(ask(" . "), Vec::<String>::new());
    }
}
