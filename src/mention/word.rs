//! Words: every word of the prose, with what its place says about its capital.

use crate::document::{BlockKind, Document, InlineKind, OPAQUE};
use foldhash::HashMap;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A word, in bytes of the document's text. Apostrophes and hyphens divide words, so `l’Internet` is two and `policy-making` is two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Where it stands.
    pub range: Range<usize>,
    /// What its place says about its capital.
    pub place: Place,
    /// How it is written as to case.
    pub case: Case,
    /// The index of its block.
    pub block: usize,
}

/// What the place of a word says about its capital.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the middle of a sentence, where a capital means something.
    Running,
    /// Where a capital would stand anyway: at the start of a sentence, a quotation, a link.
    Start,
    /// In a title, a heading, a cell, a label or other words that are set as one.
    Display,
}

/// Words of four letters and more are those that a title sets in capitals.
const LONG: usize = 4;
/// Bytes of the longest title. Emphasis can stand in emphasis in emphasis, and each is looked at.
const TITLE: usize = 1000;
/// Words of the longest line without a stop that is a label and no sentence.
const LABEL: usize = 12;

/// The words of a document in its order, without those of addresses, file names and other technical writing.
pub fn read(document: &Document, sentences: &[Range<usize>]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut sentences = sentences.iter().peekable();
    let mut inlines = document.inlines.iter().peekable();
    for (index, block) in document.blocks.iter().enumerate().filter(|(_, block)| !block.range.is_empty()) {
        let text = document.block_text(block);
        let display = is_display(block.kind, text);
        // Inlines of this block: addresses are no prose, links and emphasis begin anew.
        let (mut addresses, mut begins, mut titles) = (Vec::new(), Vec::new(), Vec::new());
        while let Some(inline) = inlines.next_if(|inline| inline.range.start <= block.range.end) {
            match inline.kind {
                InlineKind::Address => addresses.push(inline.range.clone()),
                InlineKind::Link { .. } | InlineKind::Emphasis | InlineKind::Strong => {
                    begins.push(inline.range.start);
                    let short = inline.range.len() <= TITLE;
                    if short && is_title_case(document.text.get(inline.range.clone()).unwrap_or_default(), 2) {
                        titles.push(inline.range.clone());
                    }
                }
                _ => {}
            }
        }
        let mut start = true;
        let (mut address, mut begin, mut title) = (0, 0, 0);
        for (at, piece) in pieces(text) {
            let at = block.range.start + at;
            while sentences.next_if(|sentence| sentence.start <= at).is_some() {
                start = true;
            }
            let first = std::mem::take(&mut start);
            while address < addresses.len() && addresses[address].end <= at {
                address += 1;
            }
            let before = document.text[..at].chars().next_back();
            let after = document.text[at + piece.len()..].chars().next();
            if addresses.get(address).is_some_and(|range| range.start <= at)
                || is_technical(before, piece, after)
                || is_in_address(text, at - block.range.start)
                || is_in_name_of_file(text, at - block.range.start, piece)
            {
                continue;
            }
            let mut new = first;
            while begin < begins.len() && begins[begin] <= at {
                new |= begins[begin] == at;
                begin += 1;
            }
            while title < titles.len() && titles[title].end <= at {
                title += 1;
            }
            let in_title = titles.get(title).is_some_and(|range| range.start <= at);
            new |= opens(document.text[block.range.start..at].trim_end().chars().next_back());
            let place = match (display || in_title, new) {
                (true, _) => Place::Display,
                (false, true) => Place::Start,
                (false, false) => Place::Running,
            };
            let mut from = at;
            for part in piece.split(['\'', '’', '.']) {
                if !part.is_empty() {
                    words.push(Word { range: from..from + part.len(), place, case: case(part), block: index });
                }
                from += part.len();
                from += document.text[from..]
                    .chars()
                    .next()
                    .filter(|c| matches!(c, '\'' | '’' | '.'))
                    .map_or(0, char::len_utf8);
            }
        }
    }
    words
}

/// The words of a text with their places. Divided at blanks first, which no word holds, for letters of ASCII alone are divided much faster.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    text.split_inclusive(' ').flat_map(move |piece| {
        let start = end;
        end += piece.len();
        piece.unicode_word_indices().map(move |(at, word)| (start + at, word))
    })
}

/// Whether a word that follows this character may have a capital for its place alone.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric() && (".:;?!…—–-*•·|/<>([{\"“”„«»‹›‘‚¿¡".contains(c) || c == OPAQUE))
}

/// Whether a word is part of a path, a file name, a handle, an option or a variable.
fn is_technical(before: Option<char>, word: &str, after: Option<char>) -> bool {
    let glue = |c: char| c.is_ascii_punctuation() && "@#_/\\=<>&$%~^+*|".contains(c);
    (word.contains(['.', '_', ':']) && !lacks_space(word))
        || before.is_some_and(|c| glue(c) || c == '.')
        || after.is_some_and(glue)
}

/// Whether only a space is missing after the stop of a short word before a name: “St.Clair”, “J.Quill”.
fn lacks_space(word: &str) -> bool {
    let short = |part: &str| part.chars().count() <= 3 && case(part) == Case::Capital;
    word.rsplit_once('.').is_some_and(|(first, name)| {
        let name_like =
            case(name) == Case::Capital && name.chars().nth(2).is_some() && name.chars().all(char::is_alphabetic);
        name_like && first.split('.').all(short)
    })
}

/// Bytes of an address that are looked through.
const ADDRESS: usize = 200;

/// Whether a word that a hyphen joins to the one before it is part of an address that markup did not show to be one:
/// “//lake.example.org/The-Lake”.
fn is_in_address(text: &str, at: usize) -> bool {
    if !text[..at].ends_with('-') {
        return false;
    }
    let before = text[..at].char_indices().rev().take(ADDRESS).take_while(|(_, c)| !c.is_whitespace()).last();
    before.is_some_and(|(start, _)| text[start..at].contains("//") || text[start..at].contains("www."))
}

/// Whether a word that a hyphen joins to another is part of the name of a file or a page: “Lake-small_boats-2”.
fn is_in_name_of_file(text: &str, at: usize, word: &str) -> bool {
    let end = at + word.len();
    if !text[end..].starts_with('-') && !text[..at].ends_with('-') {
        return false;
    }
    let blank = |(_, c): &(usize, char)| !c.is_whitespace();
    let start = text[..at].char_indices().rev().take(ADDRESS).take_while(blank).last().map_or(at, |(start, _)| start);
    let stop = text[end..].char_indices().take(ADDRESS).take_while(blank).last().map_or(end, |(stop, _)| end + stop);
    text[start..stop].trim_matches(|c: char| !c.is_alphanumeric()).contains('_')
}

/// Whether a block is set as a title, a cell or a label, where capitals say nothing.
fn is_display(kind: BlockKind, text: &str) -> bool {
    match kind {
        BlockKind::Title | BlockKind::Heading(_) | BlockKind::TableCell => true,
        _ => {
            let text = text.trim_end();
            let label = !text.ends_with(['.', '!', '?', '…', ';', ',', ':', '”', '»', '"', ')', '。', '！', '？'])
                && text.unicode_words().nth(LABEL).is_none();
            label || (!text.ends_with('.') && is_title_case(text, 4))
        }
    }
}

/// Whether at least `least` longer words, and most of all longer words, begin with a capital.
fn is_title_case(text: &str, least: usize) -> bool {
    // A version or a figure has no capitals to show.
    let lettered = |word: &&str| word.starts_with(char::is_alphabetic) && word.chars().nth(LONG - 1).is_some();
    let long = text.unicode_words().filter(lettered);
    let (mut all, mut capital) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(word.starts_with(char::is_uppercase));
    }
    capital >= least && capital * 4 >= all * 3
}

/// Folds the letters of a word so that spellings of it compare equal: lower case, without accents and ligatures.
pub fn fold(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let folded = word.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    let mut out = String::with_capacity(word.len());
    for c in folded.flat_map(char::to_lowercase) {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            _ => out.push(c),
        }
    }
    out
}

/// How a word is written as to case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Case {
    /// `internet`, and what has no case.
    Lower,
    /// `Internet`.
    Capital,
    /// `INTERNET`; two letters or more.
    Shouted,
    /// `GitHub`, `iPhone`.
    Mixed,
}

/// How a word is written as to case.
pub fn case(word: &str) -> Case {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Case::Lower;
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let (mut upper, mut lower) = (0, 0);
    for letter in letters {
        if letter.is_uppercase() {
            upper += 1;
        } else {
            lower += 1;
        }
    }
    match (first, upper, lower) {
        (false, 0, _) => Case::Lower,
        (true, 0, _) => Case::Capital,
        (true, _, 0) => Case::Shouted,
        _ => Case::Mixed,
    }
}

/// Words by how they are written but for case and accents, each with its places in the list.
pub fn by_fold(words: &[Word], text: &str) -> HashMap<String, Vec<usize>> {
    let mut groups: HashMap<String, Vec<usize>> = HashMap::default();
    for (at, word) in words.iter().enumerate() {
        groups.entry(fold(&text[word.range.clone()])).or_default().push(at);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{ReadOptions, read as read_document};
    use crate::source::{Source, SourceId};

    fn places(text: &str) -> Vec<(String, Place)> {
        let source = Source::from_text("a.md", text);
        let document = &read_document(&source, SourceId(0), &ReadOptions::default())[0];
        let sentences =
            ["The Lake is", "See"].map(|start| document.text.find(start).map(|at| at..at + 1).expect("a sentence"));
        let words = read(document, &sentences);
        words.iter().map(|word| (document.text[word.range.clone()].to_owned(), word.place)).collect()
    }

    #[test]
    fn places_say_whether_a_capital_means_something() {
        let found = places(
            "# The Lake\n\nThe Lake is deep: Very deep. See [Older Lakes](x.md) of l’Agence, at https://lake.example.org/Deep and lake.md.\n",
        );
        let place =
            |word: &str| found.iter().filter(|(text, _)| text == word).map(|(_, place)| *place).collect::<Vec<_>>();
        assert_eq!(place("Lake"), [Place::Display, Place::Running]);
        assert_eq!(place("Very"), [Place::Start]);
        assert_eq!(place("Older"), [Place::Display]);
        assert_eq!(place("l"), [Place::Running]);
        assert_eq!(place("Agence"), [Place::Running]);
        assert!(place("lake").is_empty() && place("Deep").is_empty());
    }

    #[test]
    fn case_and_fold() {
        assert_eq!(
            ["le", "Le", "LE", "GitHub", "iPhone", "A"].map(case),
            [Case::Lower, Case::Capital, Case::Shouted, Case::Mixed, Case::Mixed, Case::Capital]
        );
        assert_eq!(fold("Haydée Œuvre Straße"), "haydee oeuvre strasse");
    }
}
