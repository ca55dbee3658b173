//! Entries that a person asks for by a name: the same letters first, then names that hold the words asked for, then names that are spelt
//! nearly so. One question is put to every form; texts are matched by the index. Countries, cities and currencies, which no register need
//! hold, are answered with beside them.

use super::words::{Words, compact};
use super::{EntryId, FormId, Register, speaks};
use crate::language::Place;
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
            let likeness = asked.likeness(&form.text)?;
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

/// Letters of the shortest name of a place that is found though it is misspelt.
const SHORTEST_PLACE: usize = 5;

/// The countries, regions, cities and currencies that a name may mean, the best first, and by which of its names: one that is the same in any
/// language, or one of these languages that holds it or is spelt nearly so.
pub fn places(text: &str, languages: &[&str]) -> Vec<(Likeness, Place, usize)> {
    let asked = Asked::new(text);
    if asked.letters.is_empty() {
        return Vec::new();
    }
    let best = |place: &Place| {
        let each = place.names.iter().enumerate().filter_map(|(nth, (tag, name))| {
            let likeness = asked.likeness(name)?;
            let own = languages.iter().any(|language| speaks(tag, Some(language)));
            // Where thousands of cities stand, a part of a name and two slips say nothing.
            let many = place.source != "CLDR";
            let wanted = match likeness {
                Likeness::Same => true,
                Likeness::Holds => own && !many,
                // Among so many names a short one is always near.
                Likeness::Near(edits) => {
                    let letters = name.chars().count();
                    let (least, most) = if many { (2 * SHORTEST_PLACE - 2, 1) } else { (SHORTEST_PLACE, 2) };
                    own && letters >= least && edits * 4 <= letters && edits <= most
                }
            };
            wanted.then_some((likeness, !own, nth))
        });
        each.min()
    };
    let mut found: Vec<_> = Place::all()
        .into_iter()
        .filter_map(|place| best(&place).map(|(likeness, _, nth)| (likeness, place, nth)))
        .collect();
    found.sort_by_key(|found| found.0);
    let same = found.first().is_some_and(|found| found.0 == Likeness::Same);
    found.retain(|found| !same || found.0 == Likeness::Same);
    found
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

    fn likeness(&self, name: &str) -> Option<Likeness> {
        let words = Words::of(name);
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
    fn places_are_known_by_their_names_in_all_languages() {
        let ask = |text: &str| -> Vec<String> {
            let shown = |(likeness, place, nth): &(Likeness, Place, usize)| {
                format!("{} {} {} {likeness:?}", place.kind, place.code, place.names[*nth].1)
            };
            places(text, &["en", "fr"]).iter().map(shown).collect()
        };
        assert_eq!(ask("Deutschland"), ["country DE Deutschland Same"]);
        assert_eq!(ask("Phillipines"), ["country PH Philippines Near(2)"]);
        assert_eq!(ask("Kazahkstan"), ["country KZ Kazakhstan Near(1)"]);
        assert_eq!(ask("euros"), ["currency EUR euros Same"]);
        assert_eq!(ask("cote d'ivoire"), ["country CI Côte d’Ivoire Same"]);
        assert_eq!(ask("Genf"), ["city CH 2660646 Genf Same"]);
        assert_eq!(ask("Strasbuorg"), ["city FR 2973783 Strasbourg Near(1)"]);
        assert_eq!(ask("Quill"), Vec::<String>::new());
        assert_eq!(ask(" . "), Vec::<String>::new());
    }

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
