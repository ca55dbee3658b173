//! What an index has under the words of a text.

use super::index::{Index, MOST_WORDS, NEARLY};
use super::table::{Table, step};
use super::words::{Word, Words};

/// What the index has under each word of a text, and under each with the next: most words are in no form at all and are passed by, and asked
/// all at once they do not wait for memory one after the other.
pub(super) struct Begun<'a> {
    /// Whether some form has the word.
    pub known: Vec<bool>,
    /// Whether a name or a title does that may be met nearly.
    pub names: Vec<bool>,
    /// The forms that are the word, or begin with it.
    one: Vec<&'a [(u32, u32)]>,
    /// The same for the word and the next.
    two: Vec<&'a [(u32, u32)]>,
}

impl<'a> Begun<'a> {
    pub fn new(index: &'a Index, words: &Words) -> Self {
        let lookup = |word: &Word| index.vocabulary.get(word.hash).first().map(|&(_, standing)| standing);
        let standings: Vec<Option<u32>> = words.list.iter().map(lookup).collect();
        let known: Vec<bool> = standings.iter().map(Option::is_some).collect();
        let names = standings.iter().map(|&standing| standing == Some(NEARLY)).collect();
        let one: Vec<usize> = (0..known.len()).filter(|&at| known[at]).collect();
        let one = under(&index.nodes, words, &one, 1);
        let two: Vec<usize> =
            (0..known.len()).filter(|&at| !one[at].is_empty() && known.get(at + 1) == Some(&true)).collect();
        let two = under(&index.nodes, words, &two, 2);
        Begun { known, names, one, two }
    }

    /// The ends of words from a place on with which forms begin, the hash of these words, and the forms.
    pub fn from(
        &self,
        index: &'a Index,
        words: &Words,
        start: usize,
    ) -> impl Iterator<Item = (usize, u64, &'a [(u32, u32)])> {
        let mut hash = 0;
        let ends = start + 1..=words.list.len().min(start + MOST_WORDS);
        ends.map_while(move |end| {
            hash = step(hash, words.list[end - 1].hash);
            let found = match end - start {
                1 => self.one[start],
                2 => self.two[start],
                _ if self.known[end - 1] => index.nodes.get(hash),
                _ => &[],
            };
            (!found.is_empty()).then_some((end, hash, found))
        })
    }
}

/// For each word of a text what a table has under so many words from there on, where that is asked.
fn under<'a>(table: &'a Table, words: &Words, asked: &[usize], count: usize) -> Vec<&'a [(u32, u32)]> {
    let hash = |&at: &usize| words.list[at..at + count].iter().fold(0, |hash, word| step(hash, word.hash));
    let hashes: Vec<u64> = asked.iter().map(hash).collect();
    let mut under: Vec<&[(u32, u32)]> = vec![&[]; words.list.len()];
    table.get_all(&hashes).for_each(|(nth, found)| under[asked[nth]] = found);
    under
}
