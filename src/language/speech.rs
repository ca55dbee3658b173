//! The section `[speech]` of a language's table: who said something, and how a language says so.

use serde::Deserialize;

/// Words of attribution. All in lower case.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Speech {
    /// Verbs of saying in the third person singular. Source: WordNet and bilingual lexicons, `tools/language/said.py`.
    pub said: Vec<String>,
    /// Their participles, where the language says so what has been said.
    pub participles: Vec<String>,
    /// The verb before such a participle.
    pub auxiliary: String,
    /// What stands for a speaker and names nobody.
    pub pronouns: Vec<String>,
    /// Whether a verb of saying may stand without its subject.
    pub dropped: bool,
}

impl Speech {
    /// Whether words say that somebody said something, without saying who: “said”, “ha detto”.
    pub fn is_saying(&self, words: &[&str]) -> bool {
        match words {
            [verb] => self.said.iter().any(|known| known == verb),
            [auxiliary, verb] => *auxiliary == self.auxiliary && self.participles.iter().any(|known| known == verb),
            _ => false,
        }
    }

    /// How many of the first words give what was said to a pronoun: “he said”, “dijo él”, “a-t-il déclaré”.
    pub fn says_he(&self, words: &[&str]) -> Option<usize> {
        let is_pronoun = |word: &str| self.pronouns.iter().any(|known| known == word);
        (2..=3.min(words.len())).find(|&end| {
            let place = words[..end].iter().position(|word| is_pronoun(word));
            place.is_some_and(|at| self.is_saying(&[&words[..at], &words[at + 1..end]].concat()))
        })
    }
}
