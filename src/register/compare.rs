//! How a place in a text agrees with a form of the register that has the same folded words.

use super::entry::{EntryKind, FormKind};
use super::words::{Case, Words, plain};
use std::ops::Range;

/// How far the text agrees with the form; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// The same, but for what typography may change: kinds of apostrophe, hyphen and space, line breaks.
    Exact,
    /// Capitals more: a heading, or a name in capitals.
    Raised,
    /// A capital of the form is small in the text.
    Lowered,
    /// Other spaces, hyphens or stops.
    Punctuation,
    /// Other diacritics or ligatures.
    Diacritics,
    /// A particle is missing, or “Saint” is written otherwise.
    Particle,
    /// The name in another case of a language that declines names.
    Inflected,
}

impl Agreement {
    /// Whether the text has the form as it is to be written.
    pub fn is_right(self) -> bool {
        self <= Agreement::Raised || self == Agreement::Inflected
    }
}

/// What is compared: a text, its words, and which of them.
pub(super) struct Side<'a> {
    pub text: &'a str,
    pub words: &'a Words,
    pub range: Range<usize>,
}

/// How `text` agrees with `form`; `None` when it is no mention of it. `dropped` says that words of the form are left out.
pub(super) fn agreement(
    text: &Side<'_>,
    form: &Side<'_>,
    entry: EntryKind,
    kind: FormKind,
    dropped: bool,
) -> Option<Agreement> {
    let mut worst = if dropped { Agreement::Particle } else { Agreement::Exact };
    let free_case = matches!(entry, EntryKind::Term) && kind != FormKind::Acronym;
    let mut previous: Option<(usize, usize)> = None;
    for (nth, (in_text, in_form)) in text.range.clone().zip(form.range.clone()).enumerate() {
        let (word, model) = (&text.words.list[in_text], &form.words.list[in_form]);
        let (word, model) = (&text.text[word.range.clone()], &form.text[model.range.clone()]);
        let of_word = letters(word, model)?;
        if of_word == Agreement::Lowered && !free_case {
            let first_of_work = nth == 0 && entry == EntryKind::Work;
            // A name never begins small; inside, a small letter is a misspelling.
            if nth == 0 && !first_of_work {
                return None;
            }
            worst = worst.max(if first_of_work { Agreement::Exact } else { Agreement::Lowered });
        } else if !(free_case && of_word <= Agreement::Lowered) {
            worst = worst.max(of_word);
        }
        // An acronym is its letters, in their case.
        if kind == FormKind::Acronym && of_word != Agreement::Exact {
            return None;
        }
        if let Some((word_before, model_before)) = previous.filter(|_| !dropped) {
            let gap = gap(text, word_before);
            let model = self::gap(form, model_before);
            worst = worst.max(gaps(gap, model, text.words.key(&text.words.list[word_before]), entry)?);
        } else if let Some((word_before, _)) = previous
            && is_hard(gap(text, word_before))
        {
            return None;
        }
        previous = Some((in_text, in_form));
    }
    Some(worst)
}

/// What stands between a word and the next.
pub(super) fn gap<'a>(side: &Side<'a>, at: usize) -> &'a str {
    let end = side.words.list[at].range.end;
    side.words.list.get(at + 1).map_or("", |next| &side.text[end..next.range.start])
}

/// Whether no name runs on over what stands between two words.
pub(super) fn is_hard(gap: &str) -> bool {
    gap.len() > 12
        || gap.chars().any(|c| {
            !(c.is_whitespace() || matches!(c, '\'' | '’' | '‘' | '-' | '‐' | '‑' | '–' | '.' | ',' | '·' | '&' | '/'))
        })
}

fn letters(word: &str, model: &str) -> Option<Agreement> {
    if word == model {
        return Some(Agreement::Exact);
    }
    let same = word.chars().flat_map(char::to_lowercase).eq(model.chars().flat_map(char::to_lowercase));
    if !same {
        use unicode_normalization::UnicodeNormalization;
        if word.nfc().eq(model.nfc()) {
            return Some(Agreement::Exact);
        }
        let saint = |word: &str| matches!(word.to_lowercase().as_str(), "st" | "saint" | "sankt");
        return Some(if saint(word) && saint(model) { Agreement::Particle } else { Agreement::Diacritics });
    }
    let lowered = word.chars().zip(model.chars()).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    // “OECd” is odd, “Oecd” a house style: small letters after a capital first one count where the form mixes.
    Some(if lowered { Agreement::Lowered } else { Agreement::Raised })
}

fn gaps(gap: &str, model: &str, before: &str, entry: EntryKind) -> Option<Agreement> {
    let (gap, model) = (plain(gap), plain(model));
    if gap == model {
        return Some(Agreement::Exact);
    }
    let stop = gap.contains('.') && !model.contains('.') && before.chars().count() > 3;
    let comma = gap.contains(',') && !model.contains(',') && entry != EntryKind::Work;
    (!is_hard(&gap) && !stop && !comma).then_some(Agreement::Punctuation)
}

/// Whether words look like a name: the first and every longer one begin with a capital, or have no case.
pub(super) fn looks_like_name(words: &Words, range: Range<usize>) -> bool {
    let lower = |at: usize| words.list[at].case == Case::Lower;
    !range.is_empty() && !lower(range.start) && !lower(range.end - 1)
}
