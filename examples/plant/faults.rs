//! The faults: each says where in a translation it can be planted, and what becomes of the text. Places are ranges of the source.

use crate::pairs::Version;
use copydesk::document::{Block, BlockKind, Document, InlineKind, Part};
use copydesk::language::Language;
use copydesk::mention::date::{self, Mention};
use copydesk::mention::number::{self, Form, Number};
use copydesk::mention::quotation;
use copydesk::sentence::sentences;
use std::collections::BTreeSet;
use std::ops::Range;

/// An edit of a source.
#[derive(Debug, Clone)]
pub struct Edit {
    /// What is replaced.
    pub place: Range<usize>,
    /// What stands there then.
    pub text: String,
}

/// A family of faults.
pub struct Family {
    /// The row of the target table.
    pub row: &'static str,
    /// What is done.
    pub name: &'static str,
    /// The rules of which one must report it; none for what must stay silent.
    pub rules: &'static [&'static str],
    /// Every place at which it can be planted, one edit or several for each.
    pub plant: fn(&Text<'_>) -> Vec<Vec<Edit>>,
}

/// A translation, read, and what its original has.
pub struct Text<'a> {
    /// The translation.
    pub version: &'a Version,
    /// The same as a document.
    pub document: Document,
    /// The original.
    pub original: Document,
    /// A paragraph of another translation into the same language.
    pub alien: Option<&'a str>,
    /// Titles of persons in this language, by the register.
    pub titles: &'a [String],
    dates: date::Mentions,
    numbers: Vec<Number>,
    sentences: Vec<Range<usize>>,
}

/// The families, in the order of the table.
pub const FAMILIES: &[Family] = &[
    Family { row: "A2", name: "paragraph deleted", rules: &["parity/missing"], plant: deleted },
    Family {
        row: "A2",
        name: "paragraph of another text inserted",
        rules: &["parity/added", "parity/missing-number", "parity/sentence"],
        plant: inserted,
    },
    Family { row: "A3", name: "paragraph moved to the end", rules: &["parity/moved"], plant: moved },
    Family { row: "A3", name: "two paragraphs swapped", rules: &["parity/moved"], plant: swapped },
    Family { row: "C2", name: "digit changed", rules: &["parity/number", "parity/missing-number"], plant: digit },
    Family { row: "C2", name: "number dropped", rules: &["parity/missing-number", "parity/number"], plant: dropped },
    Family {
        row: "C2",
        name: "number above 20 dropped",
        rules: &["parity/missing-number", "parity/number"],
        plant: large,
    },
    Family { row: "C2", name: "number added", rules: &["parity/missing-number", "parity/number"], plant: added },
    Family { row: "D", name: "day changed", rules: &["parity/date", "parity/missing-date"], plant: day },
    Family { row: "D", name: "month changed", rules: &["parity/date", "parity/missing-date"], plant: month },
    Family {
        row: "D",
        name: "year changed",
        rules: &["parity/date", "parity/missing-date", "parity/number", "parity/missing-number"],
        plant: year,
    },
    Family { row: "D", name: "weekday changed", rules: &["parity/weekday"], plant: weekday },
    Family { row: "D", name: "range shifted", rules: &["parity/date", "parity/missing-date"], plant: range },
    Family {
        row: "E",
        name: "sentence dropped",
        rules: &["parity/sentence", "parity/missing-number", "parity/missing-link", "parity/missing-name"],
        plant: sentence,
    },
    Family {
        row: "E",
        name: "sentence of another text added",
        rules: &["parity/sentence", "parity/missing-number", "parity/missing-link", "parity/missing-name"],
        plant: strange,
    },
    Family { row: "F", name: "passage of 100 letters left", rules: &["parity/untranslated"], plant: untranslated },
    Family { row: "G", name: "link dropped", rules: &["parity/missing-link"], plant: unlinked },
    Family { row: "G", name: "link with a wrong figure", rules: &["parity/link"], plant: retargeted },
    Family {
        row: "N",
        name: "quotation dropped",
        rules: &["parity/sentence", "parity/missing", "parity/dropped-quotation"],
        plant: unquoted,
    },
    Family { row: "N", name: "name misspelt", rules: &["parity/name"], plant: misspelt },
    Family { row: "N", name: "title of another person", rules: &["parity/post", "titles/held"], plant: titled },
    Family { row: "0", name: "lines filled anew", rules: &[], plant: reflowed },
    Family { row: "0", name: "emphasis with other marks", rules: &[], plant: emphasised },
    Family { row: "0", name: "typographic marks", rules: &[], plant: curled },
    Family { row: "0", name: "no-break spaces", rules: &[], plant: unbroken },
    Family { row: "0", name: "figure in words", rules: &[], plant: worded },
    Family { row: "0", name: "clock of 24 hours", rules: &[], plant: clock },
];

impl<'a> Text<'a> {
    /// A translation read beside its original.
    pub fn new(version: &'a Version, original: &Version, alien: Option<&'a str>, titles: &'a [String]) -> Option<Self> {
        let document = version.document()?;
        let dates = date::read(&document);
        let language = Language::of(document.language.tag.as_deref());
        let taken = dates.dates.iter().map(|date| &date.range).chain(dates.times.iter().map(|time| &time.range));
        let taken: Vec<Range<usize>> = taken.cloned().collect();
        let numbers = number::read(&document, language, &taken).numbers;
        let sentences = sentences(&document, &taken);
        Some(Text { version, original: original.document()?, alien, titles, document, dates, numbers, sentences })
    }

    /// The longest paragraph of the body, for another text.
    pub fn longest(version: &Version) -> Option<String> {
        let document = version.document()?;
        let prose =
            |block: &&Block| block.kind == BlockKind::Paragraph && block.part == Part::Body && block.quotes == 0;
        let blocks = document.blocks.iter().filter(prose);
        let longest = blocks.max_by_key(|block| document.block_text(block).len())?;
        version.text.get(alone(&version.text, longest)).map(str::to_owned)
    }

    /// Paragraphs of the body that hold prose.
    fn paragraphs(&self) -> impl Iterator<Item = &Block> {
        let prose =
            |block: &&Block| block.kind == BlockKind::Paragraph && block.part == Part::Body && block.quotes == 0;
        self.document.blocks.iter().filter(prose).filter(|block| letters(self.document.block_text(block)) >= 25)
    }

    fn source(&self, range: Range<usize>) -> Option<Range<usize>> {
        self.document.map.to_source_whole(range)
    }

    fn edit(&self, range: Range<usize>, text: impl Into<String>) -> Option<Edit> {
        Some(Edit { place: self.source(range)?, text: text.into() })
    }

    fn slice(&self, range: &Range<usize>) -> &str {
        self.document.text.get(range.clone()).unwrap_or_default()
    }

    fn in_paragraph(&self, range: &Range<usize>) -> bool {
        self.paragraphs().any(|block| block.range.start <= range.start && range.end <= block.range.end)
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// Where a block stands, without the line end after it.
fn alone(text: &str, block: &Block) -> Range<usize> {
    let words = text.get(block.source.clone()).unwrap_or_default();
    block.source.start..block.source.start + words.trim_end().len()
}

/// A block with the blank lines after it.
fn with_gap(text: &str, block: &Block) -> Range<usize> {
    let rest = text.get(block.source.end..).unwrap_or_default();
    block.source.start..block.source.end + (rest.len() - rest.trim_start_matches(['\n', '\r']).len())
}

fn deleted(text: &Text<'_>) -> Vec<Vec<Edit>> {
    text.paragraphs()
        .map(|block| vec![Edit { place: with_gap(&text.version.text, block), text: String::new() }])
        .collect()
}

fn inserted(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let Some(alien) = text.alien else { return Vec::new() };
    let before =
        |block: &Block| vec![Edit { place: block.source.start..block.source.start, text: format!("{alien}\n\n") }];
    text.paragraphs().map(before).collect()
}

/// A paragraph and the next but one, each in the other's place.
fn swapped(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let places: Vec<Range<usize>> = text.paragraphs().map(|block| alone(&text.version.text, block)).collect();
    let words = |place: &Range<usize>| text.version.text.get(place.clone()).unwrap_or_default().to_owned();
    let pairs = places.iter().zip(places.iter().skip(2));
    pairs
        .map(|(one, other)| {
            vec![Edit { place: one.clone(), text: words(other) }, Edit { place: other.clone(), text: words(one) }]
        })
        .collect()
}

fn moved(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let end = text.version.text.len();
    let count = text.paragraphs().count();
    let far = text.paragraphs().take(count.saturating_sub(4));
    let edits = far.filter_map(|block| {
        let words = text.version.text.get(alone(&text.version.text, block))?;
        let away = Edit { place: with_gap(&text.version.text, block), text: String::new() };
        Some(vec![away, Edit { place: end..end, text: format!("\n\n{words}\n") }])
    });
    edits.collect()
}

/// Numbers in figures that stand in paragraphs, are no names, and stand in the original as well: what it does not say cannot be missed.
fn figures<'t>(text: &'t Text<'_>) -> impl Iterator<Item = &'t Number> {
    let language = Language::of(text.original.language.tag.as_deref());
    let theirs = number::read(&text.original, language, &[]).numbers;
    let shared = move |number: &&Number| theirs.iter().any(|other| other.may_equal(number));
    let ours = text.numbers.iter().filter(|number| number.form == Form::Digits && text.in_paragraph(&number.range));
    ours.filter(shared)
}

fn digit(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let changed = figures(text).filter_map(|number| {
        let at = text.slice(&number.figure).char_indices().rfind(|(_, c)| c.is_ascii_digit())?;
        let at = number.figure.start + at.0;
        let digit = text.slice(&(at..at + 1)).parse::<u8>().ok()?;
        Some(vec![text.edit(at..at + 1, ((digit + 3) % 10).to_string())?])
    });
    changed.collect()
}

fn without(text: &Text<'_>, number: &Number) -> Option<Vec<Edit>> {
    Some(vec![text.edit(number.range.clone(), "")?])
}

fn dropped(text: &Text<'_>) -> Vec<Vec<Edit>> {
    figures(text).filter_map(|number| without(text, number)).collect()
}

fn large(text: &Text<'_>) -> Vec<Vec<Edit>> {
    figures(text).filter(|number| number.value().about() > 20.0).filter_map(|number| without(text, number)).collect()
}

/// A number that neither text has, before the stop of a paragraph.
fn added(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let strange = ["47", "83", "61"]
        .into_iter()
        .find(|digits| !text.document.text.contains(digits) && !text.original.text.contains(digits));
    let Some(strange) = strange else { return Vec::new() };
    let places = text.paragraphs().filter_map(|block| {
        let place = alone(&text.version.text, block);
        let stop = text.version.text.get(place.clone())?.ends_with('.').then_some(place.end - 1)?;
        Some(vec![Edit { place: stop..stop, text: format!(" ({strange})") }])
    });
    places.collect()
}

/// Titles of persons, each changed to that of another.
fn titled(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let mut edits = Vec::new();
    for (title, other) in text.titles.iter().zip(text.titles.iter().cycle().skip(1)).filter(|(one, other)| one != other)
    {
        let places = text.document.text.match_indices(title.as_str()).map(|(at, _)| at..at + title.len());
        let places = places.filter(|range| text.in_paragraph(range));
        edits.extend(places.filter_map(|range| Some(vec![text.edit(range, other.as_str())?])));
    }
    edits
}

/// Dates that stand in paragraphs, and in the original as well.
fn days<'t>(text: &'t Text<'_>) -> impl Iterator<Item = (&'t Mention, &'t date::Point)> {
    let dates = text.dates.dates.iter().filter(|date| text.in_paragraph(&date.range));
    let theirs: Vec<_> = date::read(&text.original)
        .dates
        .iter()
        .flat_map(|date| &date.points)
        .filter_map(date::Point::partial)
        .collect();
    let shared = move |point: &date::Point| point.partial().is_some_and(|own| theirs.contains(&own));
    dates.flat_map(|date| date.points.iter().map(move |point| (date, point))).filter(move |(_, point)| shared(point))
}

/// A number in a date changed to another.
fn part(text: &Text<'_>, point: &date::Point, value: i64, other: i64) -> Option<Vec<Edit>> {
    let words = text.slice(&point.range);
    let written = value.to_string();
    let bounded = |at: &usize| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !digit(words[..*at].chars().next_back()) && !digit(words[at + written.len()..].chars().next())
    };
    let at = words.match_indices(&written).map(|(at, _)| at).find(bounded)?;
    let start = point.range.start + at;
    Some(vec![text.edit(start..start + written.len(), other.to_string())?])
}

fn day(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let changed = days(text).filter_map(|(_, point)| {
        let partial = point.partial().filter(|partial| partial.month.is_some())?;
        let day = i64::from(partial.day?);
        part(text, point, day, if day > 14 { day - 3 } else { day + 3 })
    });
    changed.collect()
}

fn month(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let months = &Language::of(text.document.language.tag.as_deref()).dates.months;
    let changed = days(text).filter_map(|(_, point)| {
        let partial = point.partial().filter(|partial| partial.day.is_some())?;
        let number = usize::from(partial.month?);
        let words = text.slice(&point.range).to_lowercase();
        let name = months.get(number.checked_sub(1)?)?.iter().find(|name| words.contains(name.as_str()))?;
        let at = words.find(name.as_str()).filter(|_| words.len() == text.slice(&point.range).len())?;
        let other = months.get((number + 2) % 12)?.first()?;
        Some(vec![text.edit(point.range.start + at..point.range.start + at + name.len(), other.clone())?])
    });
    changed.collect()
}

fn year(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let changed = days(text).filter_map(|(_, point)| {
        let year = i64::from(point.partial()?.year?);
        part(text, point, year, year - 9)
    });
    changed.collect()
}

fn weekday(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let names = &Language::of(text.document.language.tag.as_deref()).dates.weekdays;
    let changed = days(text).filter_map(|(date, point)| {
        let weekday = point.weekday?;
        let words = text.slice(&date.range).to_lowercase();
        let forms = names.get(usize::try_from(weekday.to_monday_zero_offset()).ok()?)?;
        let name = forms.iter().find(|name| words.contains(name.as_str()))?;
        let at = words.find(name.as_str()).filter(|_| words.len() == text.slice(&date.range).len())?;
        let other = names.get((usize::try_from(weekday.to_monday_zero_offset()).ok()? + 2) % 7)?.first()?;
        Some(vec![text.edit(date.range.start + at..date.range.start + at + name.len(), other.clone())?])
    });
    changed.collect()
}

fn range(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let ranges = days(text).filter(|(date, point)| date.points.len() == 2 && date.points.last() == Some(*point));
    let shifted = ranges.filter_map(|(_, point)| {
        let day = i64::from(point.partial()?.day?);
        part(text, point, day, if day > 14 { day - 1 } else { day + 1 })
    });
    shifted.collect()
}

fn sentence(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let mut edits = Vec::new();
    for block in text.paragraphs() {
        let within: Vec<&Range<usize>> = text
            .sentences
            .iter()
            .filter(|range| block.range.start <= range.start && range.end <= block.range.end)
            .collect();
        if within.len() < 3 {
            continue;
        }
        for pair in within.windows(2).filter(|pair| letters(text.slice(pair[0])) >= 25) {
            edits.extend(text.edit(pair[0].start..pair[1].start, "").map(|edit| vec![edit]));
        }
    }
    edits
}

fn strange(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let first = text.alien.and_then(|alien| alien.split_inclusive(". ").find(|sentence| letters(sentence) >= 25));
    let Some(first) = first else { return Vec::new() };
    let mut edits = Vec::new();
    for block in text.paragraphs() {
        let inside = |range: &&Range<usize>| block.range.start < range.start && range.end <= block.range.end;
        let places =
            text.sentences.iter().filter(inside).filter_map(|range| text.edit(range.start..range.start, first));
        edits.extend(places.map(|edit| vec![edit]));
    }
    edits
}

fn untranslated(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let prose = |block: &&Block| {
        let words = text.original.block_text(block);
        block.kind == BlockKind::Paragraph && block.part == Part::Body && block.quotes == 0 && letters(words) >= 100
    };
    let theirs: Vec<&Block> = text.original.blocks.iter().filter(prose).collect();
    let ours: Vec<&Block> = text.paragraphs().filter(|block| letters(text.document.block_text(block)) >= 100).collect();
    if theirs.len() != ours.len() {
        return Vec::new();
    }
    let pairs = theirs.into_iter().zip(ours);
    pairs
        .map(|(one, other)| {
            vec![Edit { place: alone(&text.version.text, other), text: text.original.block_text(one).to_owned() }]
        })
        .collect()
}

/// Links in paragraphs whose target is written in Markdown beside their words.
fn links(text: &Text<'_>) -> Vec<(Range<usize>, Range<usize>, Range<usize>)> {
    let links = text.document.inlines.iter().filter_map(|inline| match &inline.kind {
        InlineKind::Link { source, target } if target.starts_with("http") && text.in_paragraph(&inline.range) => {
            Some((inline.source.clone(), inline.range.clone(), source.clone()))
        }
        _ => None,
    });
    links.filter(|(whole, _, target)| whole.start <= target.start && target.end <= whole.end).collect()
}

fn unlinked(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let words = |(whole, words, _): (Range<usize>, Range<usize>, Range<usize>)| {
        vec![Edit { place: whole, text: text.slice(&words).to_owned() }]
    };
    links(text).into_iter().map(words).collect()
}

fn retargeted(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let changed = links(text).into_iter().filter_map(|(_, _, target)| {
        let address = text.version.text.get(target.clone())?;
        let path = address.find("://").and_then(|at| address[at + 3..].find('/').map(|slash| at + 3 + slash))?;
        let at = address[path..].find(|c: char| c.is_ascii_digit())? + path;
        let digit = address[at..at + 1].parse::<u8>().ok()?;
        let place = target.start + at..target.start + at + 1;
        Some(vec![Edit { place, text: ((digit + 3) % 10).to_string() }])
    });
    changed.collect()
}

fn unquoted(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let long = |quotation: &quotation::Quotation| {
        quotation.depth == 0 && quotation.close.is_some() && letters(text.slice(&quotation.inner)) >= 60
    };
    let all = quotation::read(&text.document).into_iter().filter(|one| long(one) && text.in_paragraph(&one.range));
    all.filter_map(|one| Some(vec![text.edit(one.range, "")?])).collect()
}

fn misspelt(text: &Text<'_>) -> Vec<Vec<Edit>> {
    // Names of two words that stand in the original as they stand here.
    let theirs: BTreeSet<&str> = text.original.text.split(|c: char| !c.is_alphabetic()).collect();
    let mut edits = Vec::new();
    let mut known = BTreeSet::new();
    for block in text.paragraphs() {
        let words: Vec<(usize, &str)> = text
            .document
            .block_text(block)
            .split_whitespace()
            .scan(0, |from, word| {
                let at = text.document.block_text(block)[*from..].find(word)? + *from;
                *from = at + word.len();
                Some((block.range.start + at, word))
            })
            .collect();
        for pair in words.windows(2) {
            let name = |word: &str| {
                let mut letters = word.chars();
                letters.next().is_some_and(char::is_uppercase)
                    && word.chars().count() >= 5
                    && letters.all(char::is_lowercase)
            };
            let (given, (at, family)) =
                (pair[0].1, (pair[1].0, pair[1].1.trim_matches([',', '.', ')', ';', ':', '»', '”'])));
            let both = name(given) && name(family) && theirs.contains(given) && theirs.contains(family);
            let place: Vec<(usize, char)> = family.char_indices().collect();
            // Two letters inside that differ change places.
            let turn = (1..place.len().saturating_sub(2)).find(|i| place[*i].1 != place[i + 1].1);
            let (true, Some(turn)) = (both && known.insert((given.to_owned(), family.to_owned())), turn) else {
                continue;
            };
            let (first, second) = (place[turn], place[turn + 1]);
            let range = at + first.0..at + second.0 + second.1.len_utf8();
            edits.extend(text.edit(range, format!("{}{}", second.1, first.1)).map(|edit| vec![edit]));
        }
    }
    edits
}

fn reflowed(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let blank = |block: &Block| {
        let words = text.document.block_text(block);
        let spaces: Vec<usize> = words.match_indices(' ').map(|(at, _)| at).step_by(7).collect();
        let edits: Vec<Edit> = spaces
            .into_iter()
            .filter_map(|at| text.edit(block.range.start + at..block.range.start + at + 1, "\n"))
            // What begins a line may make a list or a heading of it.
            .filter(|edit| text.version.text[edit.place.end..].starts_with(char::is_alphabetic))
            .collect();
        edits
    };
    text.paragraphs().map(blank).filter(|edits| !edits.is_empty()).collect()
}

fn emphasised(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let marks = text.document.inlines.iter().filter_map(|inline| {
        let (mark, other) = match inline.kind {
            InlineKind::Emphasis => ("*", "_"),
            InlineKind::Strong => ("**", "__"),
            _ => return None,
        };
        let written = text.version.text.get(inline.source.clone())?;
        let inner = written.strip_prefix(mark)?.strip_suffix(mark)?;
        let outside = text.version.text[..inline.source.start].chars().next_back();
        let free = !inner.contains(['*', '_']) && !outside.is_some_and(char::is_alphanumeric);
        free.then(|| vec![Edit { place: inline.source.clone(), text: format!("{other}{inner}{other}") }])
    });
    marks.collect()
}

/// Every character of the paragraphs that another may stand for, together.
fn replaced(text: &Text<'_>, change: fn(char) -> Option<&'static str>) -> Vec<Vec<Edit>> {
    let mut edits = Vec::new();
    for block in text.paragraphs() {
        for (at, c) in text.document.block_text(block).char_indices() {
            let (start, end) = (block.range.start + at, block.range.start + at + c.len_utf8());
            edits.extend(change(c).and_then(|other| text.edit(start..end, other)));
        }
    }
    if edits.is_empty() { Vec::new() } else { vec![edits] }
}

fn curled(text: &Text<'_>) -> Vec<Vec<Edit>> {
    replaced(text, |c| match c {
        '\'' => Some("’"),
        '’' => Some("'"),
        _ => None,
    })
}

fn unbroken(text: &Text<'_>) -> Vec<Vec<Edit>> {
    replaced(text, |c| match c {
        '\u{a0}' | '\u{202f}' => Some(" "),
        _ => None,
    })
}

fn worded(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let language = text.version.language.split(['-', '_']).next().unwrap_or_default();
    let words: &[(&str, &str)] = match language {
        "fr" => {
            &[("3", "trois"), ("4", "quatre"), ("5", "cinq"), ("12", "douze"), ("30", "trente"), ("70", "soixante-dix")]
        }
        "es" => &[("3", "tres"), ("4", "cuatro"), ("5", "cinco"), ("12", "doce"), ("30", "treinta"), ("70", "setenta")],
        "de" => &[("3", "drei"), ("4", "vier"), ("5", "fünf"), ("12", "zwölf"), ("30", "dreißig"), ("70", "siebzig")],
        _ => &[],
    };
    let spelt = figures(text)
        .filter(|number| number.kind == number::Kind::Cardinal && number.unit.is_none())
        .filter_map(|number| {
            let figure = text.slice(&number.figure);
            let (_, word) = words.iter().find(|(digits, _)| *digits == figure)?;
            Some(vec![text.edit(number.figure.clone(), *word)?])
        });
    spelt.collect()
}

fn clock(text: &Text<'_>) -> Vec<Vec<Edit>> {
    let times = text.dates.times.iter().filter(|time| time.half.is_some() && text.in_paragraph(&time.range));
    let written = times
        .filter_map(|time| Some(vec![text.edit(time.range.clone(), format!("{} h {:02}", time.hour, time.minute))?]));
    written.collect()
}
