//! The tokens of one block and what stands between them: which gaps may lie inside a date, which join two dates, and what a number or a word
//! may be where it stands.

use super::Joint;
use super::lexicon::{Entry, Lexicon};
use super::token::{Number, Token};
use std::ops::Range;

/// The tokens of one block.
pub(super) struct Scan<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    pub lexicon: &'t Lexicon,
    pub region: Option<&'t str>,
}

impl Scan<'_> {
    pub(super) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        self.tokens.get(at)?.number()
    }

    pub(super) fn entry(&self, at: usize) -> Option<Entry> {
        self.tokens.get(at)?.entry()
    }

    /// What stands between a token and the next one.
    pub(super) fn gap(&self, at: usize) -> &str {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(a), Some(b)) => &self.text[a.end..b.start],
            _ => "",
        }
    }

    /// Whether what stands between a token and the next one may stand inside a date.
    pub(super) fn joins(&self, at: usize, commas: bool) -> bool {
        if at + 1 >= self.tokens.len() {
            return false;
        }
        let gap = self.gap(at);
        if gap.len() > 24 {
            return false;
        }
        if matches!(gap, " " | "" | "-" | "\u{A0}" | "\u{202F}" | ". " | ".") {
            // "9July" is a slip, "1July2012" is an identifier.
            let place = self.tokens[at].end;
            let ascii = self.text[..place].ends_with(|c: char| c.is_ascii())
                && self.text[place..].starts_with(|c: char| c.is_ascii());
            return !gap.is_empty() || self.lexicon.unspaced || !ascii;
        }
        let glue = &self.lexicon.language.dates.glue;
        if glue.iter().any(|known| known == gap.trim().trim_end_matches('.')) {
            return true;
        }
        let words =
            gap.split(|c: char| c.is_whitespace() || c == '.' || (commas && matches!(c, ',' | '،' | '、' | '፣')));
        words.filter(|word| !word.is_empty()).all(|word| {
            let word = if word.len() > 1 { word.trim_start_matches('-') } else { word };
            glue.iter().any(|known| same(known.trim_end_matches('.'), word))
        })
    }

    /// What joins a token with the next one, where they may be ends of a range or members of a list.
    pub(super) fn joint(&self, at: usize) -> Option<(Joint, Range<usize>)> {
        let (start, end) = (self.token(at)?.end, self.token(at + 1)?.start);
        self.joint_of(start, end)
    }

    /// What joins two places, where they may be ends of a range or members of a list.
    pub(super) fn joint_of(&self, start: usize, end: usize) -> Option<(Joint, Range<usize>)> {
        let whole = self.text.get(start..end)?;
        if whole.len() > 32 {
            return None;
        }
        // The stop belongs to the number before it.
        let stop = whole.strip_prefix('.').map_or(0, |rest| usize::from(!rest.is_empty()));
        let range = start + stop..end;
        let inner = whole[stop..].trim_matches(|c: char| c.is_whitespace() || c == '\u{200B}');
        if matches!(inner, "-" | "–" | "—" | "−" | "‐" | "‑" | "--" | "~" | "～" | "〜" | "―") {
            return Some((Joint::Dash, range));
        }
        // "8./9. Juli"
        if inner == "/" && whole.len() <= 2 {
            return Some((Joint::And, range));
        }
        if matches!(inner, "," | "、" | "،") {
            return Some((Joint::Comma, range));
        }
        let inner = inner.trim_start_matches([',', '،']).trim_start();
        let dates = &self.lexicon.language.dates;
        let unarticled = inner.rsplit_once(' ').filter(|(_, article)| {
            dates
                .glue
                .iter()
                .chain(&dates.on)
                .chain(&dates.from)
                .chain(&dates.articles)
                .any(|known| same(known, article))
        });
        let named = |words: &[String]| {
            words.iter().any(|word| same(word, inner) || unarticled.is_some_and(|(rest, _)| same(word, rest)))
        };
        if named(&dates.range) {
            Some((Joint::Word, range))
        } else if named(&dates.and) {
            Some((Joint::And, range))
        } else {
            None
        }
    }

    /// A number that may be a day.
    pub(super) fn day(&self, at: usize) -> Option<Number> {
        let number = self.number(at)?;
        let token = self.token(at)?;
        let before = self.text[..token.start].chars().next_back();
        let joined = before.is_some_and(|c| {
            (c.is_alphabetic() && !self.lexicon.unspaced && !self.attached(token.start)) || "_#$€£¥№§.:+".contains(c)
        });
        (number.digits <= 2 && number.value >= 1 && number.value <= 39 && !joined).then_some(number)
    }

    /// Whether the letter before a place is a prefix that Hebrew and Arabic write on to a word.
    pub(super) fn attached(&self, start: usize) -> bool {
        self.lexicon.language.dates.attached || self.text[..start].ends_with(['’', '\''])
    }

    /// A number that may be a year.
    pub(super) fn year(&self, at: usize) -> Option<Number> {
        let (number, token) = (self.number(at)?, self.token(at)?);
        let rest = &self.text[token.end..];
        let mut after = rest.chars();
        let (next, second) = (after.next(), after.next());
        let longer = next.is_some_and(|c| {
            c.is_alphanumeric()
                && !self.lexicon.unspaced
                && self.sign(&self.lexicon.language.dates.year_sign, rest).is_none()
        }) && !self.suffixed(rest)
            || next.is_some_and(|c| matches!(c, '.' | ',' | ':' | '/' | '%' | '$' | '€'))
                && (second.is_some_and(|c| c.is_ascii_digit()) || next == Some('%'));
        (number.digits == 4 && !number.ordinal && (1000..=2999).contains(&number.value) && !longer).then_some(number)
    }

    /// Whether a text begins with an ending that a language writes on to years.
    pub(super) fn suffixed(&self, rest: &str) -> bool {
        self.lexicon.language.dates.glue.iter().any(|glue| !glue.is_empty() && rest.starts_with(glue.as_str()))
    }

    /// The one of some signs that a text begins with, as its length.
    pub(super) fn sign(&self, signs: &[String], rest: &str) -> Option<usize> {
        signs.iter().find(|sign| rest.starts_with(sign.as_str())).map(String::len)
    }

    /// The year's value in our era.
    pub(super) fn year_value(&self, number: Number) -> Option<i16> {
        let year = i16::try_from(number.value).ok()?;
        let buddhist = self.lexicon.language.dates.buddhist && year > 2400;
        Some(if buddhist { year - 543 } else { year })
    }

    /// The month at a token, where its word can be one beside a day.
    pub(super) fn month(&self, at: usize) -> Option<(u8, bool)> {
        self.entry(at)?.month
    }

    /// Whether a word begins with a capital where its language writes one, so that "may" and "march" are verbs.
    pub(super) fn cased(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        !self.lexicon.language.dates.capital
            || self.text[token.start..].starts_with(|c: char| c.is_uppercase() || !c.is_lowercase())
    }

    /// Whether a short month word can be taken for one: with a stop, a capital or a year after it.
    pub(super) fn sure_short(&self, at: usize, year: bool) -> bool {
        let (Some(token), Some((_, long))) = (self.token(at), self.month(at)) else { return false };
        let written = &self.text[token.start..token.end];
        long || year || written.ends_with('.') || written.starts_with(char::is_uppercase) || !written.is_ascii()
    }

    /// Whether a weekday's word is one: "sat" and "mar" need a capital, a stop or a comma.
    pub(super) fn sure_weekday(&self, at: usize) -> bool {
        let (Some(token), Some(entry)) = (self.token(at), self.entry(at)) else { return false };
        let long = entry.weekday.is_some_and(|(_, long)| long);
        let written = &self.text[token.start..token.end];
        let marked = written.ends_with('.') || self.gap(at).starts_with(',') || written.starts_with(char::is_uppercase);
        self.cased(at) && (long || marked || !written.is_ascii())
    }

    /// Whether a weekday and what follows it may be one date.
    pub(super) fn joins_weekday(&self, at: usize) -> bool {
        let gap = self.gap(at);
        let dates = &self.lexicon.language.dates;
        let inner = gap.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '،' | '፣' | '(' | '-'));
        gap.len() <= 16
            && (inner.is_empty() || dates.glue.iter().chain(&dates.articles).any(|word| same(word, inner)))
            && !gap.starts_with('-')
    }

    /// Whether a month word that stands alone is one: it means nothing else, or a word before it says so.
    pub(super) fn lone_month(&self, at: usize) -> bool {
        let (Some(token), Some(entry)) = (self.token(at), self.entry(at)) else { return false };
        let long = entry.month.is_some_and(|(_, long)| long);
        let within = || self.within(token.start);
        // "June Carter": a name where months have a capital and other nouns have none.
        let language = self.lexicon.language;
        let named = || {
            let rest = self.text[token.end..].strip_prefix(' ').unwrap_or_default();
            language.dates.capital
                && !language.numbers.nouns_capital
                && rest.starts_with(char::is_uppercase)
                && !self.text[token.start..].chars().nth(1).is_some_and(char::is_uppercase)
        };
        long && entry.weekday.is_none() && (!entry.doubtful && !named() || within()) && self.cased(at)
    }

    /// Whether the word before a place is one that stands before months and years.
    pub(super) fn within(&self, place: usize) -> bool {
        self.preceded(place, &self.lexicon.language.dates.within).is_some()
    }

    /// The one of some words that stands before a place.
    pub(super) fn preceded(&self, place: usize, words: &[String]) -> Option<Range<usize>> {
        let before = &self.text[..place];
        let trimmed = before.trim_end_matches([' ', '\u{A0}', '\u{202F}', '-']);
        words.iter().filter(|word| !word.is_empty()).find_map(|word| {
            let start = trimmed.len().checked_sub(word.len())?;
            let found = trimmed.get(start..)?;
            let same = found == word.as_str() || found.eq_ignore_ascii_case(word);
            let alone = !trimmed[..start].ends_with(|c: char| c.is_alphanumeric());
            let spaced = trimmed.len() < before.len() || word.ends_with(['’', '\'']) || self.lexicon.unspaced;
            (same && alone && spaced).then_some(start..trimmed.len())
        })
    }

    /// Whether a word follows a number, so that it may count something.
    pub(super) fn counts_something(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        if token.number().is_some_and(|number| number.ordinal) {
            return false;
        }
        let rest = &self.text[token.end..];
        let Some(rest) = rest.strip_prefix([' ', '\u{A0}', '%']) else {
            return rest.starts_with(['%', '.', ',']) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
        };
        let word: &str = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let small = &self.lexicon.language.dates.after_number;
        word.starts_with(char::is_lowercase) && !small.iter().any(|small| small == word)
    }

    /// Whether a number is the hour of a time.
    pub(super) fn is_clock(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        let rest = &self.text[token.end..];
        if rest.strip_prefix([':', 'h', 'H']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            return true;
        }
        self.half(false, rest).is_some() || self.half(true, rest).is_some()
    }
}

/// Whether two words may be the same as far as their first letters tell, without tables.
fn may_be_same(a: &str, b: &str) -> bool {
    match (a.chars().next(), b.chars().next()) {
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => a.eq_ignore_ascii_case(&b),
        // Scripts from here on have no case, but for Latin letters of other widths.
        (Some(a @ '\u{3000}'..='\u{9FFF}'), Some(b)) => a == b,
        (a, b) => a.is_some() == b.is_some(),
    }
}

/// Whether two words are the same but for case.
pub(super) fn same(a: &str, b: &str) -> bool {
    if !may_be_same(a, b) {
        return false;
    }
    if a.is_ascii() && b.is_ascii() {
        return a.eq_ignore_ascii_case(b);
    }
    a == b || a.chars().flat_map(char::to_lowercase).eq(b.chars().flat_map(char::to_lowercase))
}

/// Whether a text begins with a word, but for case.
pub(super) fn begins(text: &str, word: &str) -> bool {
    (word.is_empty() || may_be_same(text, word)) && text.get(..word.len()).is_some_and(|head| same(head, word))
}
