//! Forms of verbs that are no other words, from dictionaries (`tools/verbs`). The files are searched as they are, for a release asks for a word or two.

use std::sync::LazyLock;

/// The forms of German verbs.
pub static GERMAN: LazyLock<Verbs> = LazyLock::new(|| Verbs::new(include_str!("verbs/de.txt")));
/// The forms of Spanish verbs.
pub static SPANISH: LazyLock<Verbs> = LazyLock::new(|| Verbs::new(include_str!("verbs/es.txt")));

/// What a form of a verb is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// A form with a subject, and nothing else.
    Finite,
    /// A participle, also where it could be finite; in Spanish the gerund too.
    Participle,
    /// An infinitive, or a form of a verb that stands with another verb.
    Infinitive,
}

/// A lexicon of verbs.
pub struct Verbs {
    /// What the forms of a class are, and their endings; by the numbers that stand behind the stems.
    classes: Vec<(Word, Vec<&'static str>)>,
    /// Stems in order, a line each, with the numbers of their classes.
    stems: &'static str,
}

impl Verbs {
    fn new(text: &'static str) -> Self {
        let (head, stems) = text.split_once("\n#\n").unwrap_or_default();
        let class = |line: &'static str| {
            let mut fields = line.strip_prefix('=')?.split(' ').skip(1);
            let word = match fields.next()? {
                "f" => Word::Finite,
                "p" => Word::Participle,
                _ => Word::Infinitive,
            };
            Some((word, fields.next()?.split('|').map(|ending| ending.trim_matches('-')).collect()))
        };
        Verbs { classes: head.lines().filter_map(class).collect(), stems }
    }

    /// What a word is, if it is a form of a verb and nothing else.
    pub fn get(&self, word: &str) -> Option<Word> {
        let ends = word.char_indices().map(|(at, _)| at).skip(1).chain([word.len()]);
        let mut found = ends.filter_map(|end| {
            let (stem, ending) = word.split_at(end);
            let classes = self
                .line(stem)?
                .split(' ')
                .skip(1)
                .filter_map(|number| self.classes.get(number.parse::<usize>().ok()?));
            classes.filter(|(_, endings)| endings.contains(&ending)).map(|(word, _)| *word).next()
        });
        found.next()
    }

    /// The line of a stem, looked for by halves.
    fn line(&self, stem: &str) -> Option<&'static str> {
        let (mut from, mut to) = (0, self.stems.len());
        while from < to {
            let middle = (from + to) / 2;
            let start = self.stems.as_bytes()[from..middle]
                .iter()
                .rposition(|byte| *byte == b'\n')
                .map_or(from, |at| from + at + 1);
            let line = self.stems.get(start..to)?.lines().next()?;
            match line.split(' ').next()?.cmp(stem) {
                std::cmp::Ordering::Equal => return Some(line),
                std::cmp::Ordering::Less => from = start + line.len() + 1,
                std::cmp::Ordering::Greater => to = start,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found_by_their_stems_and_endings() {
        assert_eq!(GERMAN.get("geht"), Some(Word::Finite));
        assert_eq!(GERMAN.get("beschlossen"), Some(Word::Participle));
        assert_eq!(GERMAN.get("sein"), Some(Word::Infinitive));
        assert_eq!(GERMAN.get("nicht"), None);
        assert_eq!(SPANISH.get("comen"), Some(Word::Finite));
        assert_eq!(SPANISH.get("comiendo"), Some(Word::Participle));
        assert_eq!(SPANISH.get("como"), None);
        assert_eq!(SPANISH.get(""), None);
    }

    #[test]
    fn every_line_is_found() {
        for verbs in [&*GERMAN, &*SPANISH] {
            for line in verbs.stems.lines() {
                assert_eq!(verbs.line(line.split(' ').next().unwrap_or_default()), Some(line));
            }
        }
    }
}
