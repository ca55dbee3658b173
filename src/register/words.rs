//! A text as words for matching: letters and digits folded (case, diacritics, ligatures), what stands between them left out. CJK
//! and Thai characters are words of their own, for no spaces divide them.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    /// Begins with a lower-case letter.
    Lower,
    /// Begins with a capital.
    Capital,
    /// Two letters or more, all capitals.
    Upper,
    /// Digits, or a script without case.
    None,
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its folded form, in [`Words::folded`].
    key: Range<usize>,
    /// Hash of the folded form.
    pub hash: u64,
    /// How it is written.
    pub case: Case,
}

/// The words of a text.
#[derive(Debug, Default)]
pub(crate) struct Words {
    folded: String,
    /// In the order of the text.
    pub list: Vec<Word>,
}

impl Words {
    pub fn of(text: &str) -> Self {
        // Room for all letters, and for words of five letters and a space.
        let mut words =
            Words { folded: String::with_capacity(text.len()), list: Vec::with_capacity(text.len() / 6 + 1) };
        let mut start = None;
        for (at, character) in text.char_indices() {
            let ascii = character.is_ascii();
            let alone = !ascii && stands_alone(character);
            let inside = character.is_alphanumeric() || (start.is_some() && !ascii && is_combining_mark(character));
            if start.is_some() && (!inside || alone) {
                words.push(text, start.take().unwrap_or(at)..at);
            }
            if alone {
                words.push(text, at..at + character.len_utf8());
            } else if inside && start.is_none() {
                start = Some(at);
            }
        }
        if let Some(start) = start {
            words.push(text, start..text.len());
        }
        words
    }

    fn push(&mut self, text: &str, range: Range<usize>) {
        let from = self.folded.len();
        fold_into(&text[range.clone()], &mut self.folded);
        let hash = xxh3_64(&self.folded.as_bytes()[from..]);
        self.list.push(Word { case: case(&text[range.clone()]), range, key: from..self.folded.len(), hash });
    }

    /// The folded form of a word.
    pub fn key(&self, word: &Word) -> &str {
        &self.folded[word.key.clone()]
    }

    /// The folded forms of consecutive words, joined without spaces.
    pub fn compact(&self, words: Range<usize>) -> &str {
        match (self.list.get(words.start), words.end.checked_sub(1).and_then(|last| self.list.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => &self.folded[first.key.start..last.key.end],
            _ => "",
        }
    }

    /// Whether a word only joins others: short and in lower case.
    pub fn joins(&self, at: usize) -> bool {
        let word = &self.list[at];
        word.case == Case::Lower && self.key(word).chars().count() <= 3
    }
}

/// Lower case without diacritics, with ligatures and stroked letters written out, and the spellings of “Saint” alike.
pub(super) fn fold_into(word: &str, out: &mut String) {
    let from = out.len();
    // Most words are ASCII, of which nothing is decomposed.
    if word.is_ascii() {
        out.push_str(word);
        out[from..].make_ascii_lowercase();
    } else {
        fold_letters(word, out);
    }
    if matches!(&out[from..], "saint" | "sankt") {
        out.truncate(from);
        out.push_str("st");
    }
}

fn fold_letters(word: &str, out: &mut String) {
    for character in word.nfd().filter(|&character| !is_combining_mark(character)) {
        match character {
            'ß' | 'ẞ' => out.push_str("ss"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            'ø' | 'Ø' => out.push('o'),
            'ł' | 'Ł' => out.push('l'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'þ' | 'Þ' => out.push_str("th"),
            'ı' => out.push('i'),
            _ => out.extend(character.to_lowercase()),
        }
    }
}

/// A form as typography leaves it: kinds of apostrophe, hyphen and space made one.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '’' | '‘' | 'ʼ' => out.push('\''),
            '‐' | '‑' => out.push('-'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// The folded words of a text, joined without spaces.
pub(crate) fn compact(text: &str) -> String {
    Words::of(text).folded
}

fn case(word: &str) -> Case {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut rest = letters.peekable();
            if rest.peek().is_some() && rest.all(char::is_uppercase) { Case::Upper } else { Case::Capital }
        }
        Some(first) if first.is_lowercase() => Case::Lower,
        _ => Case::None,
    }
}

/// Whether a character is a word by itself: scripts that are written without spaces.
fn stands_alone(character: char) -> bool {
    matches!(u32::from(character), 0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
        && character.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_joined() {
        let words = Words::of("l’Œuvre de Łódź, Saint-Denis 东京");
        let keys: Vec<_> = words.list.iter().map(|word| words.key(word)).collect();
        assert_eq!(keys, ["l", "oeuvre", "de", "lodz", "st", "denis", "东", "京"]);
        assert_eq!(words.compact(3..5), "lodzst");
        assert_eq!(words.list[1].case, Case::Capital);
    }
}
