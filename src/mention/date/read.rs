//! Reads the dates and times of a document, block by block, in one pass.

use super::group::{Group, MOST, give_year};
use super::lexicon::Lexicon;
use super::scan::{Scan, begins};
use super::time::Time;
use super::token::{self, Number, Token};
use super::{Form, Joint, Lead, Mention, Partial, Point, Precision, Relative, Spans, Value, Written};
use crate::document::{Document, InlineKind};
use crate::language::{Language, region};
use jiff::civil::Weekday;
use std::ops::Range;

/// The dates and times of a text, each in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Dates.
    pub dates: Vec<Mention>,
    /// Times of day.
    pub times: Vec<Time>,
}

/// The dates and times of a document. Addresses are not read.
pub fn read(document: &Document) -> Mentions {
    let tag = document.language.tag.as_deref();
    let mut found = Mentions::default();
    let mut reader = Reader::new(Language::of(tag), tag.and_then(region));
    for block in document.blocks.iter().filter(|block| !block.range.is_empty()) {
        reader.block(document.block_text(block), block.range.start, &mut found);
    }
    let addresses: Vec<&Range<usize>> = document
        .inlines
        .iter()
        .filter(|inline| inline.kind == InlineKind::Address)
        .map(|inline| &inline.range)
        .collect();
    let free = |range: &Range<usize>| {
        let before = addresses.partition_point(|address| address.start < range.end);
        addresses[..before].last().is_none_or(|address| address.end <= range.start)
    };
    found.dates.retain(|mention| free(&mention.range));
    found.times.retain(|time| free(&time.range));
    found
}

/// The dates and times of a text of one block, in a language with a tag.
pub fn read_text(text: &str, tag: Option<&str>) -> Mentions {
    let mut found = Mentions::default();
    Reader::new(Language::of(tag), tag.and_then(region)).block(text, 0, &mut found);
    found
}

struct Reader<'a> {
    lexicon: std::sync::Arc<Lexicon>,
    region: Option<&'a str>,
    tokens: Vec<Token>,
}

impl<'a> Reader<'a> {
    fn new(language: &'static Language, region: Option<&'a str>) -> Self {
        Reader { lexicon: Lexicon::of(language), region, tokens: Vec::new() }
    }

    /// Reads one block's text that begins at `offset`.
    fn block(&mut self, text: &str, offset: usize, found: &mut Mentions) {
        token::read(text, &self.lexicon, &mut self.tokens);
        if self.tokens.is_empty() {
            return;
        }
        let scan = Scan { text, tokens: &self.tokens, lexicon: &self.lexicon, region: self.region };
        let (dates, times) = (found.dates.len(), found.times.len());
        let mut at = 0;
        while at < scan.tokens.len() {
            at = scan.step(at, found);
        }
        if offset > 0 {
            found.dates[dates..].iter_mut().for_each(|mention| mention.shift(offset));
            found.times[times..].iter_mut().for_each(|time| time.shift(offset));
        }
    }
}

impl Scan<'_> {
    /// Reads what begins at a token; the token to go on with.
    fn step(&self, at: usize, found: &mut Mentions) -> usize {
        if let Some(next) = self.times(at, &mut found.times) {
            return next;
        }
        if let Some((mention, next)) = self.year_before_quarter(at) {
            found.dates.push(mention);
            return next;
        }
        if let Some(group) = self.group(at) {
            let (mention, next) = self.extend(group);
            found.dates.push(mention);
            return next.max(at + 1);
        }
        let other = self.years(at).or_else(|| self.named(at));
        match other {
            Some((mention, next)) => {
                found.dates.push(mention);
                next.max(at + 1)
            }
            None => self.weekdays(at, found),
        }
    }

    /// A group with the groups that it forms a range or a list with.
    fn extend(&self, mut group: Group) -> (Mention, usize) {
        while let (Some(last), Some(token)) = (group.points.last(), self.token(group.next)) {
            let (first, Some((joint, between))) = (group.points.len() == 1, self.joint_of(last.range.end, token.start))
            else {
                break;
            };
            let Some(mut second) = self.group(group.next).or_else(|| self.day_by_sign(group.next, last)) else { break };
            let (Some(a), Some(b)) = (last.partial(), second.points.first().and_then(Point::partial)) else { break };
            let alike = second.points.first().is_some_and(|point| point.precision() == last.precision());
            let between_lead = joint == Joint::And
                && self.lead_of(group.points[0].range.start).is_some_and(|(lead, _)| lead == Lead::Between);
            let pair =
                first && second.points.len() == 1 && (matches!(joint, Joint::Dash | Joint::Word) || between_lead);
            let signed = self.lexicon.unspaced && second.points.iter().all(|point| point.spans.month.is_none());
            let list = joint == Joint::And && a.year.is_none() && b.year.is_some()
                || signed && matches!(joint, Joint::And | Joint::Comma);
            if !alike || !(pair || list) {
                break;
            }
            let turns = a.month.is_some_and(|month| month >= 10) && b.month.is_some_and(|month| month <= 3);
            match (a.year, b.year) {
                (None, Some(year)) => {
                    for point in &mut group.points {
                        give_year(point, Some(if turns && pair { year - 1 } else { year }));
                    }
                }
                (Some(year), None) => {
                    for point in &mut second.points {
                        give_year(point, Some(if turns { year + 1 } else { year }));
                    }
                }
                _ => {}
            }
            group.joints.push((joint, between));
            group.joints.append(&mut second.joints);
            group.points.append(&mut second.points);
            group.next = second.next;
            if pair {
                break;
            }
        }
        let next = group.next;
        (self.mention(group), next)
    }

    /// "7月8日至12日": a day after a date that gives it its month.
    fn day_by_sign(&self, at: usize, before: &Point) -> Option<Group> {
        let (number, token) = (self.number(at)?, self.token(at)?);
        let rest = &self.text[token.end..];
        let sign = self.sign(&self.lexicon.language.dates.day_sign, rest);
        // "7月8、9、10日": the days between have no sign.
        if sign.is_none() && !(before.spans.day.is_some() && self.day_before_joint(at)) {
            return None;
        }
        let partial = before.partial().filter(|partial| partial.day.is_some())?;
        let day = u8::try_from(number.value).ok().filter(|day| (1..=31).contains(day));
        let value = Value::Date(Partial { day: Some(day?), ..partial });
        let spans = Spans { day: Some(token.start..token.end), ..Spans::default() };
        let range = token.start..token.end + sign.unwrap_or(0);
        let point = Point { range, value, weekday: None, spans, written: before.written };
        Some(Group { points: vec![point], joints: Vec::new(), next: at + 1 })
    }

    /// What the words before a place make of a mention there.
    fn lead_of(&self, start: usize) -> Option<(Lead, Range<usize>)> {
        let dates = &self.lexicon.language.dates;
        let found = |words: &[String], lead| self.preceded(start, words).map(|range| (lead, range));
        found(&dates.between, Lead::Between)
            .or_else(|| found(&dates.on, Lead::On))
            .or_else(|| found(&dates.from, Lead::From))
    }

    /// A group as a mention.
    fn mention(&self, group: Group) -> Mention {
        let Group { points, joints, .. } = group;
        let start = points.first().map_or(0, |point| point.range.start);
        let end = points.iter().map(|point| point.range.end).max().unwrap_or(start);
        let lead = self.lead_of(start);
        let between = lead.as_ref().is_some_and(|(lead, _)| *lead == Lead::Between);
        let form = match joints.as_slice() {
            [] => Form::Single,
            [(joint, range)] if matches!(joint, Joint::Dash | Joint::Word) || between && *joint == Joint::And => {
                Form::Range { between: range.clone(), joint: *joint }
            }
            _ => Form::List,
        };
        Mention { range: start..end, points, form, lead }
    }

    /// Years that stand alone, ranges of them and decades.
    fn years(&self, at: usize) -> Option<(Mention, usize)> {
        let number = self.number(at)?;
        let token = self.token(at)?;
        let dates = &self.lexicon.language.dates;
        let before = self.text[..token.start].chars().next_back();
        // "the mid-1990s"
        let within = before == Some('-') && self.within(token.start);
        let glued = before.is_some_and(|c| c.is_alphanumeric() || "-/._#+$€£,:".contains(c)) && !within;
        let rest = &self.text[token.end..];
        if let Some((decade, range)) = self.decade(number, token, glued) {
            return Some((self.one(range, Value::Decade(decade), None), at + 1));
        }
        if glued {
            return None;
        }
        let modern = |number: token::Number| (1900..=2100).contains(&number.value);
        let year = self.year(at).filter(|year| modern(*year))?;
        let point = |at: usize, year: token::Number| {
            let token = self.token(at)?;
            let value = Value::Date(Partial { year: self.year_value(year), ..Partial::default() });
            let spans = Spans { year: Some(token.start..token.end), ..Spans::default() };
            Some(Point { range: token.start..token.end, value, weekday: None, spans, written: Written::Other })
        };
        let second = self.joint(at).and_then(|joint| Some((joint, self.year(at + 1).filter(|year| modern(*year))?)));
        let between = self.preceded(token.start, &dates.between).is_some();
        let joins = |joint: Joint| matches!(joint, Joint::Dash | Joint::Word) || between && joint == Joint::And;
        if let Some((joint, other)) = second.filter(|((joint, _), _)| joins(*joint)) {
            let end = self.token(at + 1)?.end;
            let longer = self.text[end..].starts_with(['-', '/']);
            if !longer && (joint.0 == Joint::Dash || self.within(token.start)) {
                let group =
                    Group { points: vec![point(at, year)?, point(at + 1, other)?], joints: vec![joint], next: at + 2 };
                return Some((self.mention(group), at + 2));
            }
        }
        let hyphened = rest.starts_with('-') && rest[1..].starts_with(|c: char| c.is_alphanumeric());
        let bracketed = matches!(before, Some('(' | '（')) && rest.starts_with([')', '）']);
        let signed = self.text[..token.start].trim_end().ends_with('©');
        // "and 2012 sheep": a word between members of a list says nothing of a year.
        let joined =
            self.preceded(token.start, &dates.and).is_some() || self.preceded(token.start, &dates.range).is_some();
        if hyphened || !(self.within(token.start) && !joined || bracketed || signed) {
            return None;
        }
        let mut group = Group { points: vec![point(at, year)?], joints: Vec::new(), next: at + 1 };
        // "in 2010, 2011 and 2012": the last of a list has "and" before it.
        let mut members = Vec::new();
        for next in at + 1..at + MOST {
            let (Some(joint), Some(year)) = (self.joint(next - 1), self.year(next).filter(|year| modern(*year))) else {
                break;
            };
            let and = joint.0 == Joint::And;
            if !and && joint.0 != Joint::Comma || and && self.counts_something(next) {
                break;
            }
            members.push((joint, point(next, year)?));
            if and {
                for (joint, point) in members {
                    group.joints.push(joint);
                    group.points.push(point);
                }
                group.next = next + 1;
                break;
            }
        }
        let next = group.next;
        Some((self.mention(group), next))
    }

    /// The decade that a number names: "1990s", "années 90", "’90s", "90er Jahre", "20世纪90年代".
    fn decade(&self, number: Number, token: &Token, glued: bool) -> Option<(i16, Range<usize>)> {
        let dates = &self.lexicon.language.dates;
        if !number.value.is_multiple_of(10) || number.ordinal && number.digits != 2 || !matches!(number.digits, 2 | 4) {
            return None;
        }
        let (before, rest) = (&self.text[..token.start], &self.text[number.digits_end..]);
        let ends = |ending: &&String| {
            rest.starts_with(ending.as_str())
                && (self.lexicon.unspaced || !rest[ending.len()..].starts_with(char::is_alphanumeric))
        };
        let ending = dates.decade_after.iter().filter(ends).max_by_key(|ending| ending.len());
        let end = number.digits_end + ending.map_or(0, String::len);
        let clipped = before.ends_with(['’', '\'', '‘']);
        let start = token.start - if clipped { before.chars().next_back().map_or(0, char::len_utf8) } else { 0 };
        let named = || self.preceded(start, &dates.decade_before).is_some();
        // Of two figures something must say that they are no "temperatures in the 90s", and before the thirties which century is meant.
        let century = dates.century.iter().find_map(|sign| before.strip_suffix(sign.as_str()));
        if let Some(before) = century.filter(|_| ending.is_some() && number.digits == 2) {
            let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            let century: i16 = before[start..].parse().ok().filter(|century| (16..=21).contains(century))?;
            return Some(((century - 1) * 100 + i16::try_from(number.value).ok()?, start..end));
        }
        if glued {
            return None;
        }
        if number.digits == 4 {
            let known = (1500..=2100).contains(&number.value) && (ending.is_some() || named());
            return known.then_some((i16::try_from(number.value).ok()?, token.start..end));
        }
        let words = self.text[end..].trim_start();
        let years = || dates.decade_word.iter().any(|word| begins(words, word));
        let sure = clipped && (ending.is_some() || named())
            || ending.is_some() && years()
            || named() && !self.lexicon.unspaced;
        (sure && number.value >= 30).then_some((1900 + i16::try_from(number.value).ok()?, start..end))
    }

    /// Quarters, seasons and words such as "yesterday".
    fn named(&self, at: usize) -> Option<(Mention, usize)> {
        let (entry, token) = (self.entry(at)?, self.token(at)?);
        if let Some(relative) = entry.relative {
            if self.is_other_word(token, relative) {
                return None;
            }
            return Some((self.one(token.start..token.end, Value::Relative(relative), None), at + 1));
        }
        let near = self.text.get(token.end..self.token(at + 1).map_or(token.end, |next| next.start))?;
        let glued = near.len() <= 12
            && near.split_whitespace().all(|word| {
                let word = word.trim_matches(',');
                word.is_empty()
                    || self.lexicon.language.dates.glue.iter().any(|glue| glue == word)
                    || self.lexicon.language.dates.within.iter().any(|within| within == word)
            });
        let year = self.year(at + 1).filter(|_| glued && self.token(at + 1).is_some());
        let year_token = year.and_then(|_| self.token(at + 1));
        let value = year.and_then(|year| self.year_value(year));
        let end = year_token.map_or(token.end, |token| token.end);
        let next = at + 1 + usize::from(year.is_some());
        let spelt = self.text[token.start..token.end].contains(' ');
        let span = year_token.map(|token| token.start..token.end);
        match (entry.quarter, entry.season) {
            (Some(quarter), _) if year.is_some() || spelt => {
                Some((self.one(token.start..end, Value::Quarter { quarter, year: value }, span), next))
            }
            (_, Some(season)) if year.is_some() => {
                Some((self.one(token.start..end, Value::Season { season, year: value }, span), next))
            }
            _ => None,
        }
    }

    /// Whether a word such as "today" is another one where it stands: "la mañana", "am Morgen", "اليوم الأخير".
    fn is_other_word(&self, token: &Token, relative: Relative) -> bool {
        let (dates, rest) = (&self.lexicon.language.dates, self.text[token.end..].trim_start());
        if !matches!(relative, Relative::Days(_)) {
            return false;
        }
        // A noun has a capital, and the first word of a sentence has one too.
        let written = &self.text[token.start..token.end];
        let before = self.text[..token.start].trim_end();
        let noun = self.lexicon.language.numbers.nouns_capital
            && written.starts_with(char::is_uppercase)
            && !written.chars().skip(1).all(char::is_uppercase)
            && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '(' | '–'));
        let weekday = || {
            let week = dates.weekdays.iter().flatten();
            week.into_iter().any(|word| begins(rest, word))
        };
        noun || self.preceded(token.start, &dates.day_after).is_some()
            || dates.day_before.iter().any(|word| begins(rest, word)) && !weekday()
    }

    /// "2012年第二季度", "2012년 2분기", "2012年夏": a year before its quarter or season.
    fn year_before_quarter(&self, at: usize) -> Option<(Mention, usize)> {
        if !self.lexicon.unspaced {
            return None;
        }
        let (year, entry) = (self.year(at)?, self.entry(at + 1)?);
        let (token, end) = (self.token(at)?, self.token(at + 1)?);
        let gap = self.gap(at).trim_matches(' ');
        let span = token.start..token.end;
        let of = self.year_value(year);
        let value = match (entry.quarter, entry.season) {
            (Some(quarter), _) => Value::Quarter { quarter, year: of },
            (_, Some(season)) => Value::Season { season, year: of },
            _ => return None,
        };
        self.lexicon
            .language
            .dates
            .glue
            .iter()
            .any(|glue| glue == gap)
            .then(|| (self.one(token.start..end.end, value, Some(span)), at + 2))
    }

    /// Weekdays that stand alone; the token to go on with.
    fn weekdays(&self, at: usize, found: &mut Mentions) -> usize {
        let (Some(entry), Some(token)) = (self.entry(at), self.token(at)) else { return at + 1 };
        let Some((weekday, true)) = entry.weekday else { return at + 1 };
        // "Monday to Friday" is every week.
        let span = self.entry(at + 1).is_some_and(|next| next.weekday.is_some());
        if span && self.joint(at).is_some_and(|(joint, _)| matches!(joint, Joint::Word | Joint::Dash)) {
            return at + 2;
        }
        // "Friday 13th" names no date.
        let numbered = self.number(at + 1).is_some_and(|number| number.digits <= 2) && self.joins_weekday(at);
        if entry.doubtful || !self.cased(at) || numbered {
            return at + 1;
        }
        let value = Value::Relative(Relative::Weekday(weekday, self.which(token)));
        let mut mention = self.one(token.start..token.end, value, None);
        if let Some(point) = mention.points.first_mut() {
            point.weekday = Some(weekday);
            point.spans.weekday = Some(token.start..token.end);
        }
        found.dates.push(mention);
        at + 1
    }

    /// Which weekday the words beside it mean.
    fn which(&self, token: &Token) -> Option<i8> {
        let dates = &self.lexicon.language.dates;
        let rest = self.text[token.end..].trim_start();
        let beside = |words: &[String]| {
            self.preceded(token.start, words).is_some()
                || words.iter().any(|word| {
                    rest.starts_with(word.as_str()) && !rest[word.len()..].starts_with(char::is_alphanumeric)
                })
        };
        [(&dates.next, 1), (&dates.last, -1), (&dates.this, 0)]
            .into_iter()
            .find(|(words, _)| beside(words))
            .map(|(_, which)| which)
    }

    /// A mention of one value.
    fn one(&self, range: Range<usize>, value: Value, year: Option<Range<usize>>) -> Mention {
        let spans = Spans { year, ..Spans::default() };
        let point = Point { range: range.clone(), value, weekday: None, spans, written: Written::Other };
        Mention { lead: self.lead_of(range.start), range, points: vec![point], form: Form::Single }
    }
}

impl Mention {
    /// Moves every place by as many bytes.
    fn shift(&mut self, by: usize) {
        shift(&mut self.range, by);
        if let Form::Range { between, .. } = &mut self.form {
            shift(between, by);
        }
        if let Some((_, range)) = &mut self.lead {
            shift(range, by);
        }
        for point in &mut self.points {
            shift(&mut point.range, by);
            let Spans { weekday, day, month, year } = &mut point.spans;
            [weekday, day, month, year].into_iter().flatten().for_each(|range| shift(range, by));
        }
    }

    /// How exactly it is said.
    pub fn precision(&self) -> Option<Precision> {
        self.points.first().map(Point::precision)
    }

    /// The weekday beside its first date.
    pub fn weekday(&self) -> Option<Weekday> {
        self.points.first()?.weekday
    }
}

/// Moves a range.
pub(super) fn shift(range: &mut Range<usize>, by: usize) {
    *range = range.start + by..range.end + by;
}
