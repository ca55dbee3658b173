//! Figures as two language versions can compare them: the numbers and identifiers that are read in each, and every other digit, which may
//! absolve and never accuses.

use crate::language::digits;
use crate::mention::date::{Mention, Point};
use crate::mention::number::{Form, Identifier, IdentifierKind, Number, Unit, Value};
use std::collections::BTreeSet;
use std::ops::Range;

/// A figure of one version.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Where it stands: figures and scale word, without unit.
    pub range: Range<usize>,
    /// Every value it may have, in its own language or by the marks of another.
    pub values: Vec<Value>,
    /// The numbers it is if the blanks in it group nothing.
    pub apart: Vec<Value>,
    /// What it is a figure of: a number has no name, and two identifiers that differ in their digits alone have one.
    pub name: Option<String>,
    /// What it counts.
    pub unit: Option<Unit>,
    /// Whether it is written in words or Roman numerals, which may mean something else: it absolves and never accuses.
    pub words: bool,
    /// Whether a word or sign for a power of ten was read with it.
    scaled: bool,
    /// Whether decimals are written, as in a version of two parts: “22.0”.
    pointed: bool,
    /// Digits of an identifier, in groups.
    groups: Vec<String>,
}

/// How many places the point may stand further in another version, where a scale word was not known: thousands, ten thousands, millions,
/// hundred millions, milliards, billions.
const SCALES: [i32; 6] = [3, 4, 6, 8, 9, 12];

/// What identifiers are called that are never set against each other.
const UNCLEAR: &str = "";

impl Figure {
    fn number(number: &Number) -> Self {
        let mut values = number.values.clone();
        values.extend(number.foreign);
        Figure {
            range: number.figure.clone(),
            values,
            apart: number.apart.clone(),
            name: None,
            unit: number.unit.as_ref().map(|(unit, _)| *unit),
            words: matches!(number.form, Form::Words | Form::Roman),
            scaled: number.form == Form::Mixed,
            pointed: number.precision < 0,
            groups: Vec::new(),
        }
    }

    fn identifier(identifier: &Identifier, text: &str) -> Self {
        let written = text.get(identifier.range.clone()).unwrap_or_default();
        let letters = |c: char| if digits::value(c).is_some() { '0' } else { c };
        let mut name: Vec<char> = written.chars().flat_map(char::to_lowercase).map(letters).collect();
        name.dedup_by(|a, b| *a == '0' && *b == '0');
        let name = match identifier.kind {
            IdentifierKind::Code => name.iter().collect(),
            // Each language parts these in its own way.
            IdentifierKind::Version if !written.contains([',', ';', ' ']) => "version".to_owned(),
            // Marks of two sorts make no number: nobody can say which digits belong together.
            IdentifierKind::Version => UNCLEAR.to_owned(),
            // Each version may name its own.
            IdentifierKind::Phone => UNCLEAR.to_owned(),
            IdentifierKind::Pair => "pair".to_owned(),
        };
        let (range, groups) = (identifier.range.clone(), groups(written));
        let (values, apart) = (Vec::new(), Vec::new());
        Figure {
            range,
            values,
            apart,
            name: Some(name),
            unit: None,
            words: false,
            scaled: false,
            pointed: false,
            groups,
        }
    }

    fn year(point: &Point) -> Option<Self> {
        let partial = point.partial().filter(|partial| partial.month.is_none() && partial.day.is_none())?;
        let (range, values) = (point.range.clone(), vec![Value::whole(i128::from(partial.year?))]);
        let (apart, groups) = (Vec::new(), Vec::new());
        Some(Figure {
            range,
            values,
            apart,
            name: None,
            unit: None,
            words: false,
            scaled: false,
            pointed: false,
            groups,
        })
    }

    /// The likeliest value; `None` for an identifier.
    pub fn value(&self) -> Option<Value> {
        self.values.first().copied()
    }

    /// Whether both may be one number, or are one identifier.
    pub fn equals(&self, other: &Figure) -> bool {
        match (&self.name, &other.name) {
            (None, None) => self.values.iter().any(|value| other.values.contains(value)),
            (Some(_), Some(_)) => self.groups == other.groups,
            _ => false,
        }
    }

    /// Whether both can be set against each other: numbers, or identifiers of one sort.
    pub fn is_like(&self, other: &Figure) -> bool {
        let percent = |figure: &Figure| matches!(figure.unit, Some(Unit::Percent | Unit::Permille));
        self.name.as_deref() != Some(UNCLEAR)
            && self.name == other.name
            && percent(self) == percent(other)
            && self.groups.len() == other.groups.len()
    }

    /// Whether one is a version and the other may be one of two parts.
    pub fn is_version_of(&self, other: &Figure) -> bool {
        let version = |figure: &Figure| figure.name.as_deref() == Some("version");
        (version(self) && other.pointed) || (version(other) && self.pointed)
    }

    /// Whether one is the other with a slip: the same digits in another order, or one digit of several another.
    pub fn is_slip_of(&self, other: &Figure) -> bool {
        let digits = |figure: &Figure| match figure.value() {
            Some(value) => value.to_string().chars().filter(char::is_ascii_digit).collect::<Vec<_>>(),
            None => figure.groups.concat().chars().collect(),
        };
        let (one, two) = (digits(self), digits(other));
        let wrong = one.iter().zip(&two).filter(|(a, b)| a != b).count();
        let sorted = |mut digits: Vec<char>| {
            digits.sort_unstable();
            digits
        };
        self.is_like(other) && one.len() == two.len() && one.len() > 1 && (wrong == 1 || sorted(one) == sorted(two))
    }
}

/// What stands on one side of a passage.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Numbers, identifiers and years, in the order of the text.
    pub list: Vec<Figure>,
    /// Every other group of digits, whatever it belongs to: dates, times, codes.
    pub digits: BTreeSet<String>,
}

impl Figures {
    /// What of a version stands in a range of its text. All lists are in the order of the text.
    pub fn within(
        text: &str,
        range: &Range<usize>,
        numbers: &[Number],
        identifiers: &[Identifier],
        dates: &[Mention],
    ) -> Self {
        fn part<'t, T>(all: &'t [T], range: &Range<usize>, place: impl Fn(&T) -> usize) -> &'t [T] {
            let first = all.partition_point(|one| place(one) < range.start);
            let last = all.partition_point(|one| place(one) < range.end);
            all.get(first..last).unwrap_or_default()
        }
        let mut list: Vec<Figure> = part(numbers, range, |n| n.range.start).iter().map(Figure::number).collect();
        let identifiers = part(identifiers, range, |identifier| identifier.range.start);
        list.extend(identifiers.iter().map(|identifier| Figure::identifier(identifier, text)));
        let dates = part(dates, range, |mention| mention.range.start);
        list.extend(dates.iter().flat_map(|mention| &mention.points).filter_map(Figure::year));
        list.sort_by_key(|figure| figure.range.start);
        let (mut digits, mut at) = (BTreeSet::new(), range.start);
        for taken in list.iter().filter(|figure| figure.name.is_none()).map(|figure| &figure.range) {
            digits.extend(groups(text.get(at..taken.start).unwrap_or_default()));
            at = at.max(taken.end);
        }
        digits.extend(groups(text.get(at..range.end).unwrap_or_default()));
        Figures { list, digits }
    }

    /// Adds what stands in another range.
    pub fn extend(&mut self, other: Figures) {
        self.list.extend(other.list);
        self.digits.extend(other.digits);
    }

    /// Whether these explain a figure of the other version: words absolve, and so does every digit.
    pub fn explains(&self, figure: &Figure) -> bool {
        if figure.name.is_some() {
            let here = |group: &String| self.digits.contains(group) || self.has(group);
            return figure.groups.iter().all(here)
                || self
                    .list
                    .iter()
                    .any(|other| figure.groups.concat() == other.groups.concat() && !figure.groups.is_empty());
        }
        // Digits that nobody can group stand for every number that they may hold.
        let unclear = || self.list.iter().filter(|other| other.name.as_deref() == Some(UNCLEAR));
        let held = |value: &Value| {
            let parts = groups(&value.to_string());
            unclear().any(|other| parts.iter().all(|part| other.groups.contains(part)))
        };
        self.is_same(figure)
            || figure.values.iter().any(held)
            || figure.values.iter().any(|value| self.is_hour(*value) || self.is_decade(*value))
    }

    fn has(&self, group: &str) -> bool {
        let value = group.parse().ok().map(Value::whole);
        value.is_some_and(|value| self.list.iter().any(|figure| figure.values.contains(&value)))
    }

    fn is_same(&self, figure: &Figure) -> bool {
        let written = |value: &Value| self.digits.contains(&value.to_string());
        let all_apart = |figure: &Figure, known: &dyn Fn(&Value) -> bool| {
            !figure.apart.is_empty() && figure.apart.iter().all(known)
        };
        let stands = |value: &Value| {
            written(value) || self.list.iter().any(|other| other.values.contains(value) || other.apart.contains(value))
        };
        figure.values.iter().any(written)
            || all_apart(figure, &stands)
            || self.list.iter().any(|other| {
                // « billion » is no billion: where both scale words are known, they are meant.
                let known = figure.scaled && other.scaled;
                figure.values.iter().any(|value| {
                    let scaled =
                        |one: Value, two: Value| !known && SCALES.iter().any(|scale| one.scaled(*scale) == Some(two));
                    let part = |whole: Value, share: Value| whole.scaled(-2) == Some(share);
                    other.apart.contains(value)
                        || other.values.iter().any(|there| {
                            value == there
                                || scaled(*value, *there)
                                || scaled(*there, *value)
                                // “50 %” and “half”.
                                || part(*value, *there)
                                || part(*there, *value)
                        })
                })
            })
    }

    /// Whether a clock of twelve hours stands here for one of twenty-four, or the other way.
    fn is_hour(&self, value: Value) -> bool {
        let Some(hour) = value.as_whole().filter(|hour| (0..=24).contains(hour)) else { return false };
        self.digits
            .iter()
            .filter_map(|digits| digits.parse::<i128>().ok())
            .any(|other| other <= 24 && hour.abs_diff(other) == 12)
    }

    /// Whether a decade stands here short or in full: “the 1950s”, « les années 50 ».
    fn is_decade(&self, value: Value) -> bool {
        let Some(year) = value.as_whole().filter(|year| year % 10 == 0) else { return false };
        let short =
            |long: i128, short: i128| (1100..2100).contains(&long) && (0..100).contains(&short) && long % 100 == short;
        let others = self.digits.iter().filter_map(|digits| digits.parse::<i128>().ok());
        others.into_iter().any(|other| short(year, other) || short(other, year))
    }
}

/// The groups of digits of a text, as ASCII without zeros before them.
pub fn groups(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let digit = digits::value(c).and_then(|value| char::from_digit(value, 10));
        match (digit, open, found.last_mut()) {
            (Some(digit), true, Some(group)) => group.push(digit),
            (Some(digit), _, _) => found.push(digit.to_string()),
            (None, _, _) => {}
        }
        open = digit.is_some();
    }
    for group in &mut found {
        let bare = group.trim_start_matches('0');
        *group = if bare.is_empty() { "0".to_owned() } else { bare.to_owned() };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{LanguageReason, ReadOptions, read};
    use crate::language::Language;
    use crate::mention::{date, number};
    use crate::source::{Source, SourceId};

    fn figures(tag: &str, text: &str) -> Figures {
        let language = vec![(tag.to_owned(), LanguageReason::CommandLine)];
        let options = ReadOptions { language, ..ReadOptions::default() };
        let documents = read(&Source::from_text("a.md", text), SourceId(0), &options);
        let dates = date::read(&documents[0]);
        let taken = dates.dates.iter().map(|date| &date.range).chain(dates.times.iter().map(|time| &time.range));
        let taken: Vec<Range<usize>> = taken.cloned().collect();
        let numbers = number::read(&documents[0], Language::of(Some(tag)), &taken);
        let text = &documents[0].text;
        Figures::within(text, &(0..text.len()), &numbers.numbers, &numbers.identifiers, &dates.dates)
    }

    /// The figures of an English text that a French one does not explain.
    fn strange(english: &str, french: &str) -> Vec<String> {
        let (here, there) = (figures("en", english), figures("fr", french));
        let strange = here.list.iter().filter(|figure| !figure.words && !there.explains(figure));
        strange.map(|figure| english[figure.range.clone()].to_owned()).collect()
    }

    #[test]
    fn one_value_is_written_in_many_ways() {
        for (english, french) in [
            ("1,234 people and 0.5%", "1 234 personnes et 0,5 %"),
            ("12 boats", "douze bateaux"),
            ("$40 million", "40 000 000 $"),
            ("at 5 pm", "à 17 h"),
            ("the 1950s", "les années 50"),
            ("EN 301 549", "EN 301549 et EN 301-549"),
            ("COVID-19 and BIP133", "COVID‑19 et BIP 133"),
            ("version 0.21.0 (2019)", "version 0.21.0 (mai 2019)"),
            ("on 24/7", "24 heures sur 24, 7 jours sur 7"),
            ("since 1987", "depuis le 4 mai 1987"),
        ] {
            assert_eq!(strange(english, french), Vec::<String>::new(), "{english}");
        }
    }

    #[test]
    fn another_value_is_strange() {
        for (english, french, wanted) in [
            ("120,000 people and 43 berths", "160 000 personnes et 43 postes", "120,000"),
            ("It follows BIP133.", "Il suit BIP130.", "BIP133"),
            ("version 0.21.0", "version 0.20.1", "0.21.0"),
            ("since 1987", "depuis 1978", "1987"),
        ] {
            assert_eq!(strange(english, french), [wanted], "{english}");
        }
    }

    #[test]
    fn slips_of_digits() {
        let slip = |one: &str, other: &str| figures("en", one).list[0].is_slip_of(&figures("en", other).list[0]);
        assert!(
            slip("1,250 people", "1,520 people") && slip("BIP133", "BIP130") && slip("120,000 cars", "160,000 cars")
        );
        assert!(!slip("14 ports", "1,250 ports") && !slip("3 ports", "4 ports"));
        assert_eq!(groups("a07b, ٢٣ 00"), ["7", "23", "0"]);
    }
}
