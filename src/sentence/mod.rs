//! Blocks into sentences: Unicode's rules, less the full stops that end none in the document's language.

use crate::document::Document;
use crate::language::{Language, Sentences};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The sentences of a document, in bytes of its text, in order, without the white space between them. None ends inside one
/// of the mentions, which are in the order of the text.
pub fn sentences(document: &Document, mentions: &[Range<usize>]) -> Vec<Range<usize>> {
    let language = &Language::of(document.language.tag.as_deref()).sentences;
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at_mention = 0;
    for block in document.blocks.iter().filter(|block| block.range.start < block.range.end) {
        for (at, sentence) in document.block_text(block).split_sentence_bound_indices() {
            let start = block.range.start + at + (sentence.len() - sentence.trim_start().len());
            let end = block.range.start + at + sentence.trim_end().len();
            if start < end {
                // The last mention that begins before this piece may go on in it.
                while mentions.get(at_mention + 1).is_some_and(|mention| mention.start < start) {
                    at_mention += 1;
                }
                let inside =
                    mentions.get(at_mention).is_some_and(|mention| mention.start < start && start < mention.end);
                match found.last_mut() {
                    Some(last)
                        if last.start >= block.range.start
                            && (inside
                                || joins(&document.text[last.clone()], &document.text[start..end], language)) =>
                    {
                        last.end = end;
                    }
                    _ => found.push(start..end),
                }
            }
        }
    }
    found
}

/// Whether two pieces are one sentence after all: an initial, an abbreviation or an ordinal and a stop before it, or a piece that goes on
/// in lower case or with a closing mark after it.
fn joins(before: &str, after: &str, language: &Sentences) -> bool {
    if after.starts_with(|c: char| c.is_lowercase() || matches!(c, '»' | '”' | '’' | ')' | ']')) {
        return true;
    }
    let Some(stopped) = before.strip_suffix('.') else { return false };
    let word = stopped.rsplit(|c: char| c.is_whitespace() || "([{«“„‘\"'’".contains(c)).next().unwrap_or_default();
    let mut end = stopped.chars().rev();
    let letter = end.next().filter(|c| c.is_uppercase() || is_caseless(*c));
    // After a number, such a letter is an era or a unit, and may end a sentence: “2019 م.”.
    let initial = letter.is_some_and(|letter| {
        end.next().is_none_or(|c| c.is_whitespace() || c == '.')
            && !(is_caseless(letter) && end.find(|c| !c.is_whitespace()).is_some_and(char::is_numeric))
    });
    // Longer numbers at the end of a sentence are years and amounts; ordinals are rarely so long.
    let ordinal =
        language.ordinal_stop && (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
    let number = after.starts_with(|c: char| c.is_ascii_digit()) && language.before_numbers.contains(word);
    initial || ordinal || number || language.abbreviations.contains(word)
}

/// Whether a letter is of a script that has no capitals and whose sentences end in a full stop: there a single letter with a stop, which
/// no word is, may be an initial (“د. سعاد”). The Han characters, of which every one may be a word, have a stop of their own.
fn is_caseless(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FEFC}') && c.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::joins;
    use crate::language::Language;

    fn join(tag: &str, before: &str, after: &str) -> bool {
        joins(before, after, &Language::of(Some(tag)).sentences)
    }

    #[test]
    fn initials_and_closing_marks_end_no_sentence() {
        assert!(join("tlh", "The paper is by J.", "Adler."));
        assert!(join("tlh", "The U.N.", "Office opened."));
        assert!(join("tlh", "« Nous venons.", "» Puis il partit."));
        assert!(!join("en", "They came.", "Then they left."));
        assert!(!join("en", "This is plan AB.", "Then they left."));
    }

    #[test]
    fn a_letter_alone_is_an_initial_in_a_script_without_capitals() {
        assert!(join("ar", "قالت د.", "سعاد مرلو."));
        assert!(join("ar", "قال أ.د.", "مرلو."));
        assert!(join("ar", "العنوان ص.ب.", "١٢ في الميناء."));
        assert!(!join("ar", "افتتح الميناء سنة ٢٠١٩ م.", "ثم جاءت السفن."));
        assert!(!join("ar", "افتتح الميناء.", "ثم جاءت السفن."));
        assert!(!join("he", "הם באו.", "ואז הלכו."));
    }

    #[test]
    fn abbreviations_end_no_sentence_in_their_language() {
        assert!(join("en", "So said Lynn St.", "Amel."));
        assert!(join("en", "The (Dr.", "Marlowe) paper"));
        assert!(join("en", "It is No.", "5 of the series."));
        assert!(!join("en", "She said no.", "Then she left."));
        assert!(join("es", "Así habló el Sr.", "Ferrán."));
        assert!(!join("fr", "Il regarde la mer.", "Puis il part."));
        assert!(join("pt", "Assim falou a Sra.", "Ferrão."));
        assert!(join("pt", "É a pág.", "Doze."));
        assert!(!join("pt", "Ele disse que não.", "Ela saiu."));
        assert!(join("nl", "Zo sprak dhr.", "Marlo."));
        assert!(join("nl", "De (drs.", "Marlo) kwam."));
        assert!(!join("nl", "Zij kochten brood, boter enz.", "Daarna gingen zij."));
        assert!(join("de", "So sprach Dr.", "Marlo."));
        assert!(join("it", "Così parlò il Dott.", "Marlo."));
        assert!(join("de", "Das ist der 3.", "Kongress."));
        assert!(!join("de", "So war es 2012.", "Dann kam er."));
        assert!(!join("en", "They were 12.", "Then one left."));
    }
}
