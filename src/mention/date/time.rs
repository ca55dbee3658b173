//! Times of day: 14:30, 2.30 p.m., 14 h 30, 14.30 Uhr, with the time zone after them.

use super::Joint;
use super::read::shift;
use super::scan::{Scan, begins, same};
use crate::language::{Dates, Language};
use std::ops::Range;
use std::sync::LazyLock;

/// A time of day, in bytes of the document's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time {
    /// Where it is written, zone included.
    pub range: Range<usize>,
    /// The hour, 0 to 24, on a clock of 24 hours.
    pub hour: u8,
    /// The minute.
    pub minute: u8,
    /// Whether minutes are written.
    pub minutes: bool,
    /// Where "a.m." or "p.m." stands.
    pub half: Option<Range<usize>>,
    /// What stands between hour and minutes.
    pub separator: Option<char>,
    /// The zone.
    pub zone: Option<Zone>,
    /// What stands between it and the time after it, where both are the ends of one range.
    pub joint: Option<Range<usize>>,
}

/// A time zone as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Where.
    pub range: Range<usize>,
    /// As it is written, without brackets.
    pub name: String,
    /// Minutes east of Greenwich, where they are known.
    pub offset: Option<i32>,
}

impl Time {
    /// Moves every place by as many bytes.
    pub(super) fn shift(&mut self, by: usize) {
        shift(&mut self.range, by);
        if let Some(half) = &mut self.half {
            shift(half, by);
        }
        if let Some(zone) = &mut self.zone {
            shift(&mut zone.range, by);
        }
        if let Some(joint) = &mut self.joint {
            shift(joint, by);
        }
    }

    /// The minute of the day in Greenwich, where the zone is known; may lie outside 0 to 1440.
    pub fn universal(&self) -> Option<i32> {
        Some(i32::from(self.hour) * 60 + i32::from(self.minute) - self.zone.as_ref()?.offset?)
    }
}

impl Scan<'_> {
    /// Reads the time that begins at a token, or two that are the ends of a range; the token after it.
    pub(super) fn times(&self, at: usize, found: &mut Vec<Time>) -> Option<usize> {
        let signed = || if self.lexicon.unspaced { self.signed_time(at) } else { None };
        let whole = signed().or_else(|| self.time(at)).or_else(|| self.twelve(at));
        let first = whole.clone().or_else(|| self.bare_hour(at));
        if let Some((mut first, next)) = first
            && let Some((second, after)) = self.other_end(&mut first, next)
        {
            found.extend([first, second]);
            return Some(after);
        }
        let (time, next) = whole?;
        found.push(time);
        Some(next)
    }

    /// The hour of "9 to 5 pm" and "9.30 bis 16 Uhr", which is one for what follows, and the token after it.
    fn bare_hour(&self, at: usize) -> Option<(Time, usize)> {
        let (hour, token) = (self.number(at)?, self.token(at)?);
        let before = self.text[..token.start].chars().next_back();
        if hour.digits > 2 || hour.value > 24 || hour.ordinal || before.is_some_and(is_glued) {
            return None;
        }
        let minute = self.number(at + 1).filter(|minute| minute.digits == 2 && minute.value < 60);
        let minute = minute.filter(|_| self.gap(at) == ".");
        let (mut end, next) = minute.map_or((hour.digits_end, at + 1), |minute| (minute.digits_end, at + 2));
        if let Some((blank, length)) = self.marked(&self.lexicon.language.dates.oclock, &self.text[end..]) {
            end += blank + length;
        }
        let time = Time {
            range: token.start..end,
            hour: u8::try_from(hour.value).ok()?,
            minute: minute.and_then(|minute| u8::try_from(minute.value).ok()).unwrap_or(0),
            minutes: minute.is_some(),
            half: None,
            separator: minute.map(|_| '.'),
            zone: None,
            joint: None,
        };
        Some((time, next))
    }

    /// The time that a range ends with that begins with another one, and the token after it. What both ends share is written once.
    fn other_end(&self, first: &mut Time, next: usize) -> Option<(Time, usize)> {
        let (joint, between) = self.joint_of(first.range.end, self.token(next)?.start)?;
        let paired = match joint {
            // "à 14 h 30, à 16 h": two times.
            Joint::Dash | Joint::Word => !self.text[between.clone()].contains(','),
            Joint::And => self.preceded(first.range.start, &self.lexicon.language.dates.between).is_some(),
            Joint::Comma => false,
        };
        // After "9 h 30" and "kl. 9" the word of the hour says enough.
        let named = first.minutes && self.text[first.range.clone()].contains(char::is_alphabetic);
        let at_hour = self.is_hour(first.range.start);
        let plain = !self.counts_something(next);
        let hour = || self.bare_hour(next).filter(|(hour, _)| named && hour.range.len() > 2 || at_hour && plain);
        let (second, after) = paired.then(|| self.clock(next, true).or_else(|| self.twelve(next)).or_else(hour))??;
        // "3-16:30" may be a score with a time; "3-4:30 pm" and "3-16 Uhr" are hours.
        let told = second.zone.as_ref().map_or(second.range.end, |zone| zone.range.start);
        let told = self.text[second.range.start..told].contains(char::is_alphabetic);
        let sure = at_hour || self.text[first.range.clone()].contains(|c: char| c == ':' || c.is_alphabetic());
        if !(told || sure) {
            return None;
        }
        if first.half.is_none() && second.half.is_some() && first.hour <= 12 {
            // "9 to 11 p.m." is in one half of the day, "9 to 5 p.m." is not.
            let (from, to) = (first.hour % 12, second.hour % 12);
            let later = if from <= to { second.hour >= 12 } else { second.hour < 12 };
            first.hour = from + if later { 12 } else { 0 };
        }
        first.joint = Some(between);
        Some((second, after))
    }

    /// Whether the word before a place says that an hour stands there.
    fn is_hour(&self, start: usize) -> bool {
        self.preceded(start, &self.lexicon.language.dates.at_hour).is_some()
    }

    /// "noon" and "midnight".
    pub(super) fn twelve(&self, at: usize) -> Option<(Time, usize)> {
        let (token, hour) = (self.token(at)?, self.entry(at)?.hour?);
        let zone = self.zone(token.end);
        let end = zone.as_ref().map_or(token.end, |zone| zone.range.end);
        let time = Time {
            range: token.start..end,
            hour,
            minute: 0,
            minutes: false,
            half: None,
            separator: None,
            zone,
            joint: None,
        };
        Some((time, at + 1))
    }

    /// "午後3時", "15時30分", "오후 3시": an hour with a sign after it, and the token after the time. Without minutes and half of the day, "3点"
    /// may count points, and "3時間" are three hours.
    fn signed_time(&self, at: usize) -> Option<(Time, usize)> {
        let dates = &self.lexicon.language.dates;
        let (hour, token) = (self.number(at)?, self.token(at)?);
        let sign = dates.oclock.iter().find(|sign| self.text[hour.digits_end..].starts_with(sign.as_str()))?;
        let rest = &self.text[hour.digits_end..];
        let longer = |unit: &String| {
            unit.len() > sign.len() && unit.starts_with(sign.as_str()) && rest.starts_with(unit.as_str())
        };
        if hour.digits > 2 || hour.value > 24 || self.lexicon.language.numbers.unit.values().flatten().any(longer) {
            return None;
        }
        let mut end = hour.digits_end + sign.len();
        let (mut next, mut minute) = (at + 1, None);
        if let (Some(number), Some(token)) = (self.number(at + 1), self.token(at + 1))
            && number.value < 60
            && self.text.get(end..token.start).is_some_and(|gap| gap.trim().is_empty())
            && let Some(sign) =
                dates.minute.iter().find(|sign| self.text[number.digits_end..].starts_with(sign.as_str()))
        {
            (next, end, minute) = (at + 2, number.digits_end + sign.len(), Some(number.value));
        }
        let before = self.text[..token.start].trim_end_matches(' ');
        let half = |words: &[String]| {
            words
                .iter()
                .find(|word| before.ends_with(word.as_str()))
                .map(|word| before.len() - word.len()..before.len())
        };
        let (am, pm) = (half(&dates.am), half(&dates.pm));
        let hours = match (&am, &pm) {
            (Some(_), _) => hour.value % 12,
            (_, Some(_)) if hour.value < 12 => hour.value + 12,
            _ => hour.value,
        };
        let half = am.or(pm);
        if half.is_none() && minute.is_none() && dates.oclock_counts.contains(sign) {
            return None;
        }
        let time = Time {
            range: half.as_ref().map_or(token.start, |half| half.start)..end,
            hour: u8::try_from(hours).ok()?,
            minute: minute.and_then(|minute| u8::try_from(minute).ok()).unwrap_or(0),
            minutes: minute.is_some(),
            half,
            separator: None,
            zone: None,
            joint: None,
        };
        Some((time, next))
    }

    /// The time that begins at a token, and the token after it.
    pub(super) fn time(&self, at: usize) -> Option<(Time, usize)> {
        self.clock(at, false)
    }

    /// The time that begins at a token, where what stands right before may join it to another one.
    fn clock(&self, at: usize, joined: bool) -> Option<(Time, usize)> {
        let (hour, token) = (self.number(at)?, self.token(at)?);
        if hour.digits > 2 || hour.value > 24 {
            return None;
        }
        let before = self.text[..token.start].chars().next_back();
        // "2012-07-09T14:00" goes on from a date.
        let clock =
            matches!(before, Some('T' | 't')) && self.text[..token.start - 1].ends_with(|c: char| c.is_ascii_digit());
        let unspaced = self.lexicon.unspaced && before.is_some_and(char::is_alphanumeric);
        if before.is_some_and(is_glued) && !unspaced && !clock && !joined {
            return None;
        }
        let dates = &self.lexicon.language.dates;
        let minute = self.number(at + 1).filter(|minute| minute.digits == 2 && minute.value < 60);
        let gap = self.gap(at).trim_matches(['\u{A0}', ' ', '\u{202F}']);
        let french = dates.oclock.iter().any(|word| word == "h");
        let separator = gap.chars().next().filter(|_| gap.chars().count() == 1);
        let with_minutes = minute.filter(|_| match separator {
            Some(':') => self.gap(at) == ":",
            Some('.') => self.gap(at) == ".",
            Some('h' | 'H') => french,
            _ => false,
        });
        // "14 Uhr 30", "9 heures 30"
        let worded = minute.filter(|_| {
            gap.len() > 1 && dates.oclock.iter().any(|word| same(word, gap)) && !self.counts_something(at + 1)
        });
        let with_minutes = with_minutes.or(worded);
        let (mut next, mut end) = match (with_minutes, self.token(at + 1)) {
            (Some(minute), Some(token)) => (at + 2, minute.digits_end.max(token.start)),
            _ => (at + 1, hour.digits_end),
        };
        // Seconds, and fractions of them.
        if separator == Some(':') && with_minutes.is_some() {
            while matches!(self.gap(next - 1), ":" | ".") && self.number(next).is_some() && next < at + 4 {
                if self.gap(next - 1) == ":" && self.number(next)?.digits != 2 {
                    return None;
                }
                end = self.number(next)?.digits_end;
                next += 1;
            }
        }
        if self.gap(next - 1) == ":" && self.number(next).is_some() {
            return None;
        }
        let mut rest = &self.text[end..];
        // A number with neither minutes nor a word after it is no time.
        let word = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']).starts_with(char::is_alphabetic);
        let at_hour = with_minutes.is_none() && self.is_hour(token.start) && !self.counts_something(at);
        if with_minutes.is_none() && !word && !at_hour {
            return None;
        }
        let mut half = None;
        let mut hours = hour.value;
        for noon in [false, true] {
            if half.is_none()
                && hours <= 12
                && let Some((blank, length)) = self.half(noon, rest)
            {
                half = Some(end + blank..end + blank + length);
                hours = hours % 12 + if noon { 12 } else { 0 };
            }
        }
        let mut named = worded.is_some() || at_hour;
        if let Some(half) = &half {
            end = half.end;
        } else if !self.lexicon.unspaced
            && (separator != Some('h') || with_minutes.is_none())
            && (dates.at.is_empty() || with_minutes.is_some() || self.preceded(token.start, &dates.at).is_some())
            && let Some((blank, length)) = self.marked(&dates.oclock, rest)
        {
            end += blank + length;
            named = true;
        }
        rest = &self.text[end..];
        let zone = self.zone(end);
        let sure = match separator.filter(|_| with_minutes.is_some()) {
            Some(':') => {
                !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '/'))
                    || zone.is_some()
                    || half.is_some()
            }
            Some('h' | 'H') => true,
            // "kl. 14.30", "alle ore 14.30": the word before says it.
            Some('.') if !dates.at.is_empty() && self.preceded(token.start, &dates.at).is_some() => true,
            _ => half.is_some() || named,
        };
        if !sure || hours == 24 && with_minutes.is_some_and(|minute| minute.value > 0) {
            return None;
        }
        let end = zone.as_ref().map_or(end, |zone| zone.range.end);
        while self.token(next).is_some_and(|token| token.start < end) {
            next += 1;
        }
        let time = Time {
            range: token.start..end,
            hour: u8::try_from(hours).ok()?,
            minute: with_minutes.and_then(|minute| u8::try_from(minute.value).ok()).unwrap_or(0),
            minutes: with_minutes.is_some(),
            half,
            separator: separator.filter(|_| with_minutes.is_some()),
            zone,
            joint: None,
        };
        Some((time, next))
    }

    /// The blanks before and the length of the word for a half of the day that a text begins with: the language's own, or the English one,
    /// which figures have everywhere; but "um 9 am Montag" has a preposition.
    pub(super) fn half(&self, noon: bool, rest: &str) -> Option<(usize, usize)> {
        static ENGLISH: LazyLock<&Language> = LazyLock::new(|| Language::of(Some("en")));
        let (own, english) = (&self.lexicon.language.dates, &ENGLISH.dates);
        let words = |dates: &'static Dates| if noon { &dates.pm } else { &dates.am };
        let found = self.marked(words(own), rest).or_else(|| self.marked(words(english), rest))?;
        let word = &rest[found.0..found.0 + found.1];
        (!own.on.iter().any(|on| same(on, word))).then_some(found)
    }

    /// The blanks before and the length of the longest of some words that a text begins with.
    fn marked<T: AsRef<str>>(&self, words: &[T], rest: &str) -> Option<(usize, usize)> {
        let trimmed = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}']);
        let fits = |word: &&str| {
            begins(trimmed, word)
                && (self.lexicon.unspaced || !trimmed[word.len()..].starts_with(char::is_alphanumeric))
        };
        let longest = words.iter().map(AsRef::as_ref).filter(fits).map(str::len).max()?;
        let stop = usize::from(trimmed[longest..].starts_with('.') && trimmed[..longest].contains('.'));
        Some((rest.len() - trimmed.len(), longest + stop))
    }

    /// The zone that stands at a place.
    fn zone(&self, at: usize) -> Option<Zone> {
        let rest = &self.text[at..];
        let trimmed = rest.trim_start_matches([' ', '\u{A0}', '\u{202F}', '(', ',']);
        let start = at + (rest.len() - trimmed.len());
        let letters = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
        let name = &trimmed[..letters];
        let dates = &self.lexicon.language.dates;
        let open = dates.open_zones.iter().any(|zone| zone == name);
        let known = match name {
            "UTC" | "GMT" => Some(0),
            "Z" if start == at => Some(0),
            _ => dates.zones.get(name).copied(),
        };
        if letters > 0
            && (known.is_none() && !open
                || trimmed[letters..].starts_with(|c: char| c.is_alphanumeric() && !c.is_ascii_digit()))
        {
            return None;
        }
        let (offset, length) = match offset(&trimmed[letters..]) {
            // "14:00-16:00" is a range and "14:00 -" a dash: a bare offset has four figures.
            Some((_, length)) if letters == 0 && length < 5 => return None,
            Some((minutes, length)) => (known.unwrap_or(0) + minutes, letters + length),
            None if letters > 0 => (known.unwrap_or(0), letters),
            None => return None,
        };
        let name = trimmed[..length].to_owned();
        Some(Zone { range: start..start + length, name, offset: (!open).then_some(offset) })
    }
}

/// Whether a character before figures makes them part of something else than a time.
fn is_glued(before: char) -> bool {
    before.is_alphanumeric() || ".:/-,#§$€£+_".contains(before)
}

/// An offset such as +2, -05:00 or +0530: minutes, and its length.
fn offset(text: &str) -> Option<(i32, usize)> {
    let sign = text.chars().next().filter(|c| matches!(c, '+' | '-' | '−'))?;
    let digits = &text[sign.len_utf8()..];
    let run = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let first = run(digits);
    let value = |text: &str| text.parse::<i32>().ok();
    let (hours, minutes, length) = match first {
        1 | 2 => match digits[first..].strip_prefix(':').filter(|rest| run(rest) == 2) {
            Some(rest) => (value(&digits[..first])?, value(&rest[..2])?, first + 3),
            None => (value(&digits[..first])?, 0, first),
        },
        4 => (value(&digits[..2])?, value(&digits[2..4])?, 4),
        _ => return None,
    };
    let total = hours * 60 + minutes;
    (hours <= 14 && minutes < 60).then_some((if sign == '+' { total } else { -total }, sign.len_utf8() + length))
}
