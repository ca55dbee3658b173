//! `abbreviations/acronym`: abbreviations that are not explained, explained for nothing, twice, differently or wrongly.

use super::read::{Abbreviation, Definition, Slip, abbreviations, by_letters, misspelt, same, same_end, word_before};
use crate::diagnostic::Diagnostic;
use crate::document::{Part, SEPARATOR};
use crate::language::Places;
use crate::mention::word::{Case, Place, Word};
use crate::register::{Entry, Form, FormKind, Hit as Mention};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::settings::{Key, Shape};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "abbreviations/acronym",
    page: include_str!("acronym.md"),
    keys: &[
        Key::required(
            "report",
            Shape::OneOf(&[
                "unexplained",
                "undefined",
                "unused",
                "twice",
                "two-forms",
                "letters",
                "near",
                "long-again",
            ]),
            "What is reported.",
        ),
        Key::new("known", Shape::List(&Shape::Text), "Abbreviations that the house's readers know; none by default."),
        Key::new("labels", Shape::List(&Shape::Text), "Words before what a screen says: “press”, in small letters."),
        Key::new(
            "twice",
            Shape::List(&Shape::Text),
            "Languages in which every noun has a capital, so that a name must stand in the text twice.",
        ),
        Key::new("articles", Shape::List(&Shape::Text), "Articles before the name that two letters stand for."),
        Key::new(
            "alone",
            Shape::List(&Shape::Text),
            "Languages in which letters that do not fit are told though the right ones stand nowhere.",
        ),
        Key::new("signs", Shape::List(&Shape::Text), "Letters that stand for a word by their shape: X for “cross”."),
        Key::new(
            "indefinite",
            Shape::List(&Shape::Text),
            "Articles before what is one of many, which the name of the text with the same letters is not.",
        ),
    ],
    build,
};

/// Uses of the abbreviation that another one, met once, is a slip for.
const FREQUENT: usize = 3;
/// Letters of an abbreviation that needs no explanation for that, and how often it stands there.
const LONG: usize = 5;
const OFTEN: usize = 5;
/// Letters that do not fit and are looked at though the right ones stand nowhere, in one text: each is held against all of it.
const ALONE: usize = 20;
/// Bytes between a long form and its letters that stand side by side.
const BESIDE: usize = 20;
/// Bytes between letters and the long form that says what they stand for, in one sentence: “LTS stands for Long Term Support”.
const STANDS_FOR: usize = 64;
/// Bytes between a long form and its letters in brackets, where the name goes on between them.
const BEHIND: usize = 40;

type Report = fn(&Acronyms, &Reading<'_>, &BTreeMap<String, Abbreviation>, &mut Findings<'_>);

struct Acronyms {
    report: Report,
    known: HashSet<String>,
    articles: HashSet<String>,
    indefinite: HashSet<String>,
    alone: HashSet<String>,
    signs: HashSet<String>,
    twice: HashSet<String>,
    labels: HashSet<String>,
}

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let set = |key: &str| setup.table.texts(key).into_iter().map(str::to_owned).collect();
    let report: Report = match setup.table.text("report") {
        Some("unexplained") => Acronyms::unexplained,
        Some("undefined") => Acronyms::undefined,
        Some("unused") => Acronyms::unused,
        Some("twice") => Acronyms::twice,
        Some("two-forms") => Acronyms::two_forms,
        Some("near") => Acronyms::near,
        Some("long-again") => Acronyms::long_again,
        _ => Acronyms::letters,
    };
    Ok(Box::new(Acronyms {
        report,
        known: set("known"),
        articles: set("articles"),
        indefinite: set("indefinite"),
        alone: set("alone"),
        signs: set("signs"),
        twice: set("twice"),
        labels: set("labels"),
    }))
}

impl Check for Acronyms {
    fn document(&self, reading: &Reading<'_>, _hits: &[Hit], out: &mut Findings<'_>) {
        (self.report)(self, reading, &abbreviations(reading), out);
    }
}

impl Acronyms {
    /// Abbreviations without a definition, each with its first use in the running text.
    fn open<'a>(
        &'a self,
        reading: &'a Reading<'_>,
        all: &'a BTreeMap<String, Abbreviation>,
    ) -> impl Iterator<Item = (&'a str, &'a Range<usize>)> {
        all.iter().filter_map(move |(letters, abbreviation)| {
            let reads = |place: &&Range<usize>| {
                is_running(reading, place) && !self.is_code(reading, place) && !is_in_name(reading, place)
            };
            let first = abbreviation.uses.iter().find(reads)?;
            let known = || registered(reading, abbreviation).is_some_and(|(entry, _)| is_known(entry));
            let open = abbreviation.definitions.is_empty() && !self.known.contains(letters) && !known();
            open.then_some((letters.as_str(), first))
        })
    }

    /// Whether letters are no abbreviation for readers where they stand: a unit or a code beside a figure (“EUR 20”, “ISO 9001”), a ticker
    /// (“NYSE: GATE”), or what a screen says (“press ENTER”).
    fn is_code(&self, reading: &Reading<'_>, place: &Range<usize>) -> bool {
        let blank = |c: char| matches!(c, ' ' | '\u{A0}' | '\u{202F}');
        let (before, after) = (&reading.text()[..place.start], &reading.text()[place.end..]);
        // “EUR 20”, “555-GATE”.
        let joins = |c: char| blank(c) || c == '-';
        let figure = after.trim_start_matches(joins).starts_with(|c: char| c.is_ascii_digit())
            || before.trim_end_matches(joins).ends_with(|c: char| c.is_ascii_digit());
        let exchange = after.strip_prefix(':').is_some_and(|rest| {
            rest.trim_start_matches(blank).starts_with(char::is_uppercase) && before.ends_with('(')
        });
        let ticker = before.trim_end_matches(blank).strip_suffix(':').is_some_and(|rest| {
            let start = rest.trim_end_matches(char::is_uppercase);
            start.len() < rest.len() && start.ends_with('(')
        });
        let word = before.trim_end_matches(blank).rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let label = before.ends_with(blank) && self.labels.contains(&word.to_lowercase());
        figure || exchange || ticker || label
    }

    /// Nowhere defined, whatever the text says besides.
    fn undefined(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        for (letters, first) in self.open(reading, all) {
            let finding = out.finding(reading.span(first.clone()), format!("“{letters}” is nowhere explained"));
            out.push(finding.label("its first use"));
        }
    }

    /// Nowhere defined, though the long form stands in the text.
    fn unexplained(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        let open: Vec<_> = self.open(reading, all).collect();
        let named = |letters: &str| {
            let mut uses = all[letters].uses.iter();
            letters.len() < 3 && uses.any(|place| self.articles.contains(&word_before(reading, place)))
        };
        let wanted: Vec<(&str, bool)> = open.iter().map(|&(letters, _)| (letters, named(letters))).collect();
        let language = reading.document.language.tag.as_deref().unwrap_or_default();
        let twice = self.twice.contains(language.split('-').next().unwrap_or_default());
        let long = by_letters(reading, &wanted, &self.articles, twice);
        for (letters, first) in open {
            let Some(name) = long.get(letters) else {
                self.registered_only(reading, letters, &all[letters], first, out);
                continue;
            };
            // “Long Term Support – LTS”: side by side they explain each other.
            // “Treasury Board Secretariat of Canada (TBS)”: so do a name that goes on and its letters in brackets.
            let beside = |place: &Range<usize>| {
                let (before, after) = (place.start.saturating_sub(name.end), name.start.saturating_sub(place.end));
                // What begins the next sentence is beside nothing.
                let between = reading.text().get(name.end.min(place.end)..name.start.max(place.start));
                before < BESIDE && after < BESIDE && !between.is_some_and(|text| text.contains(". "))
                    || place.end <= name.start && after < STANDS_FOR && is_one_sentence(reading, place.end..name.start)
                    || in_brackets_behind(reading, name, place)
            };
            if all[letters].uses.iter().any(beside) || self.is_one_of_many(reading, first) {
                continue;
            }
            let words = reading.slice(name.clone());
            let finding = out.finding(
                reading.span(first.clone()),
                format!("“{letters}” is nowhere explained, and “{words}” stands in the text"),
            );
            let mut finding = finding.label("its first use").related(reading.span(name.clone()), "the long form");
            finding.help.get_or_insert_with(|| format!("write “{words} ({letters})” at the first mention"));
            out.push(finding);
        }
    }

    /// Whether the first use of the letters stands behind “a”: “a CMS known as Trellis” is one of its kind, whose name is known to everybody,
    /// and a name of the text with these letters is probably another thing.
    fn is_one_of_many(&self, reading: &Reading<'_>, first: &Range<usize>) -> bool {
        self.indefinite.contains(&word_before(reading, first))
    }

    /// Nowhere defined, and the office's register knows what it stands for.
    fn registered_only(
        &self,
        reading: &Reading<'_>,
        letters: &str,
        abbreviation: &Abbreviation,
        first: &Range<usize>,
        out: &mut Findings<'_>,
    ) {
        let Some((entry, name)) = registered(reading, abbreviation) else { return };
        if abbreviation.uses.iter().any(|place| is_beside_name(reading, entry, place)) {
            return;
        }
        let words = &name.text;
        let message = format!("“{letters}” is nowhere explained, and the register has “{words}”");
        let finding = out.finding(reading.span(first.clone()), message).label("its first use");
        let mut finding = finding.related(name.place, "the name in the register");
        finding.help.get_or_insert_with(|| {
            format!("write “{words} ({letters})” at the first mention, or say in the register that it is known")
        });
        out.push(finding);
    }

    /// The full name again, after its letters were explained.
    fn long_again(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        let defined: Vec<(&str, &Definition)> = all
            .iter()
            .filter_map(|(letters, abbreviation)| Some((letters.as_str(), abbreviation.definitions.first()?)))
            .filter(|(_, definition)| !definition.apart)
            .collect();
        let names = defined.iter().map(|(_, definition)| reading.slice(definition.long.clone()));
        // One pass for all names; a text with too many of them is left alone.
        let Ok(finder) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names) else { return };
        let mut again: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
        for found in finder.find_iter(reading.text()) {
            let (which, place) = (found.pattern().as_usize(), found.range());
            let (letters, definition) = defined[which];
            let definitions = &all[letters].definitions;
            let after = place.start > definition.long.end.max(definition.letters.end);
            let own = definitions.iter().any(|other| other.long.start < place.end && place.start < other.long.end);
            let part = reading.block_at(place.start).map(|block| block.part);
            let body = !matches!(part, Some(Part::Boilerplate | Part::Contact | Part::Notes | Part::FrontMatter));
            if after && !own && body && is_running(reading, &place) && !reading.is_quoted(&place) {
                again.entry(which).or_default().push(place);
            }
        }
        for (which, places) in again {
            let ((letters, definition), Some(first)) = (defined[which], places.first()) else { continue };
            let message = format!("the full name again, though “{letters}” is explained");
            let mut finding = out.finding(reading.span(first.clone()), message);
            finding = finding.related(reading.span(definition.letters.clone()), "explained here");
            for place in &places[1..] {
                finding = finding.related(reading.span(place.clone()), "and here");
            }
            finding.help.get_or_insert_with(|| format!("write “{letters}”"));
            out.push(finding);
        }
    }

    fn unused(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        for (letters, abbreviation) in all {
            let [definition] = abbreviation.definitions.as_slice() else { continue };
            if !abbreviation.uses.is_empty() || definition.apart || !is_running(reading, &definition.letters) {
                continue;
            }
            let end = definition.letters.end.max(definition.long.end);
            let closing =
                reading.text()[end..].chars().next().filter(|c| matches!(c, ')' | '）')).map_or(0, char::len_utf8);
            let range = definition.long.start.min(definition.letters.start)..end + closing;
            let finding = out.finding(reading.span(range), format!("“{letters}” is defined and never used"));
            out.push(finding.label("the only time it stands in the text"));
        }
    }

    fn twice(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        for (letters, abbreviation) in all {
            let mut own = abbreviation.definitions.iter().filter(|definition| !definition.apart);
            let Some(first) = own.next() else { continue };
            for again in own.filter(|again| same(reading, &first.long, &again.long)) {
                let finding = out.finding(reading.span(again.letters.clone()), format!("“{letters}” is defined again"));
                out.push(finding.related(reading.span(first.letters.clone()), "it was defined here"));
            }
        }
    }

    fn two_forms(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        for (letters, abbreviation) in all {
            let Some((first, others)) = abbreviation.definitions.split_first() else { continue };
            let differs = |other: &&Definition| {
                !same(reading, &first.long, &other.long) && !same_end(reading, &first.long, &other.long, letters.len())
            };
            if let Some(other) = others.iter().find(differs) {
                let (one, two) = (reading.slice(first.long.clone()), reading.slice(other.long.clone()));
                let message = format!("“{letters}” stands for “{two}” here and for “{one}” before");
                let finding = out.finding(reading.span(other.long.clone()), message);
                out.push(finding.related(reading.span(first.long.clone()), "the first explanation"));
            }
        }
    }

    fn letters(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        // A name in translation keeps the letters of its own language: they are wrong for certain where the text has the others too.
        let mut alone = 0;
        for slip in misspelt(reading) {
            let wrong = all.contains_key(&slip.right) || {
                alone += 1;
                alone <= ALONE && self.is_alone(reading, all, &slip)
            };
            if !wrong {
                continue;
            }
            let message = format!(
                "the letters “{}” do not fit “{}”",
                reading.slice(slip.letters.clone()),
                reading.slice(slip.long.clone())
            );
            let finding = out.finding(reading.span(slip.letters), message);
            let mut finding = finding.label("in this order").related(reading.span(slip.long), "the long form");
            finding.help.get_or_insert_with(|| format!("its letters are “{}”", slip.right));
            out.push(finding);
        }
    }

    /// Whether letters do not fit even though the right ones stand nowhere: all but one fit in their order, or two of four
    /// or more are exchanged, and nothing says where they could come from.
    fn is_alone(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, slip: &Slip) -> bool {
        let language = reading.document.language.tag.as_deref();
        let letters = reading.slice(slip.letters.clone());
        // Where the first letter differs, the name begins before what was read of it, or is another one altogether.
        let own = all.get(letters);
        // Of three letters two that are exchanged are often those of another language: the International Organization for Standardization (ISO).
        let shape = slip.changed.map_or(letters.len() > 3, |changed| changed > 0);
        let sign = || slip.changed.is_some_and(|at| letters.get(at..=at).is_some_and(|sign| self.signs.contains(sign)));
        // “LHB” can be read out of “Lake HarBour Authority”, but not as the letters of its words.
        let explained = || {
            let other = || by_letters(reading, &[(letters, false)], &self.articles, false).contains_key(letters);
            own.is_some_and(|own| own.definitions.iter().any(|found| found.letters != slip.letters)) || other()
        };
        self.alone.contains(language.unwrap_or_default().split('-').next().unwrap_or_default())
            && shape
            && !slip.cut
            && !sign()
            && !explained()
            && mention_at(reading, &slip.letters).is_none()
            && !is_foreign(reading, language, &slip.letters)
    }

    /// One that stands there once and is another one with two letters exchanged, or one letter changed.
    fn near(&self, reading: &Reading<'_>, all: &BTreeMap<String, Abbreviation>, out: &mut Findings<'_>) {
        let rare = all.iter().filter(|(letters, abbreviation)| {
            abbreviation.definitions.is_empty()
                && abbreviation.uses.len() == 1
                && letters.len() > 2
                && !self.known.contains(*letters)
        });
        // By their letters in order, and by their letters without one of them: near ones share a key.
        let mut keys: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (letters, abbreviation) in all {
            let count = abbreviation.uses.len() + abbreviation.definitions.len();
            if count >= FREQUENT {
                // Another letter makes another abbreviation, but where this one is explained, or is long and stands there often.
                let sure = !abbreviation.definitions.is_empty() || letters.len() >= LONG && count >= OFTEN;
                near_keys(letters, sure).for_each(|key| keys.entry(key).or_default().push(letters));
            }
        }
        for (letters, abbreviation) in rare {
            let near = near_keys(letters, true)
                .find_map(|key| keys.get(&key)?.iter().find(|other| is_near(letters, other)).copied());
            let (Some(near), Some(place)) = (near, abbreviation.uses.first()) else { continue };
            let other = &all[near];
            let count = other.uses.len() + other.definitions.len();
            let Some(common) = other.definitions.first().map(|found| &found.letters).or(other.uses.first()) else {
                continue;
            };
            let finding = out
                .finding(reading.span(place.clone()), format!("“{letters}” stands only here, “{near}” {count} times"));
            let mut finding = finding.related(reading.span(common.clone()), "the other one");
            finding.help.get_or_insert_with(|| format!("is “{near}” meant?"));
            out.push(finding);
        }
    }
}

/// Whether no sentence and no block ends in a range.
fn is_one_sentence(reading: &Reading<'_>, range: Range<usize>) -> bool {
    !reading.slice(range).contains([SEPARATOR, '.', '!', '?', ';'])
}

/// Whether letters stand in brackets behind a name, with at most a few words of the same phrase between.
fn in_brackets_behind(reading: &Reading<'_>, name: &Range<usize>, place: &Range<usize>) -> bool {
    if place.start < name.end || place.start - name.end > BEHIND {
        return false;
    }
    let between = reading.slice(name.end..place.start);
    between.ends_with('(') && !between.contains(['.', ',', ';', ':', '!', '?', ')', SEPARATOR])
}

/// Whether letters stand in a longer name that the register has, as in “UN Women”.
fn is_in_name(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let hits = &reading.register_mentions().hits;
    let at = hits.partition_point(|hit| hit.range.end < place.end);
    hits.get(at).is_some_and(|hit| hit.range.start <= place.start && hit.range != *place)
}

/// What the office's register knows under the letters of an abbreviation: the entry, and its name in the language of the text.
fn registered<'a>(reading: &'a Reading<'_>, abbreviation: &Abbreviation) -> Option<(&'a Entry, &'a Form)> {
    let register = reading.register();
    let hit = abbreviation.uses.iter().find_map(|place| mention_at(reading, place))?;
    let form = hit.forms.iter().map(|form| register.form(*form)).find(|form| form.kind == FormKind::Acronym)?;
    let name = register.name(form.entry, reading.document.language.tag.as_deref())?;
    Some((register.entry(form.entry), name))
}

/// Whether a name that the register has of a body stands beside its letters, whatever its own are: “Foro para la Gobernanza de Internet (IGF)”.
fn is_beside_name(reading: &Reading<'_>, entry: &Entry, place: &Range<usize>) -> bool {
    let (register, hits) = (reading.register(), &reading.register_mentions().hits);
    let named = |hit: &&Mention| {
        let mut forms = hit.forms.iter().filter(|form| register.form(**form).kind != FormKind::Acronym);
        forms.any(|form| std::ptr::eq(register.owner(*form), entry))
    };
    let at = hits.partition_point(|hit| hit.range.start < place.start);
    let before = hits[..at].last().filter(named).is_some_and(|hit| in_brackets_behind(reading, &hit.range, place));
    let after = hits.get(at + 1).filter(named);
    before || after.is_some_and(|hit| in_brackets_behind(reading, place, &hit.range))
}

/// Whether a paragraph speaks of a country with another language or of those who live there: letters in it may be those of that language.
fn is_foreign(reading: &Reading<'_>, language: Option<&str>, place: &Range<usize>) -> bool {
    let words = reading.words();
    let at = words.partition_point(|word| word.range.start < place.start);
    let Some(block) = words.get(at).map(|word| word.block) else { return true };
    let near = |word: &&Word| word.block == block;
    let around = words[at..].iter().take_while(near).chain(words[..at].iter().rev().take_while(near));
    let names = around.filter(|word| matches!(word.case, Case::Capital)).map(|word| reading.slice(word.range.clone()));
    let places = Places::of(language);
    names.into_iter().any(|name| places.is_foreign(name))
}

/// What the office's register has of a place, neither more nor less.
fn mention_at<'a>(reading: &'a Reading<'_>, place: &Range<usize>) -> Option<&'a Mention> {
    let hits = &reading.register_mentions().hits;
    let at = hits.partition_point(|hit| hit.range.start < place.start);
    hits.get(at).filter(|hit| hit.range == *place)
}

/// Whether the office says that its readers know the letters.
fn is_known(entry: &Entry) -> bool {
    entry.details.as_ref().is_some_and(|details| details.known)
}

/// What near abbreviations share: their letters in the order of the alphabet, and for one letter that differs the rest with its place.
fn near_keys(letters: &str, changed: bool) -> impl Iterator<Item = String> {
    let chars: Vec<char> = letters.chars().collect();
    let mut sorted = chars.clone();
    sorted.sort_unstable();
    let gaps = if changed && chars.len() > 3 { chars.len() } else { 0 };
    let gapped =
        (0..gaps).map(move |gap| chars.iter().enumerate().map(|(at, c)| if at == gap { '?' } else { *c }).collect());
    std::iter::once(sorted.into_iter().collect()).chain(gapped)
}

/// Whether two are each other with two neighbours exchanged, or with one letter inside or at the end changed.
fn is_near(one: &str, two: &str) -> bool {
    let pairs: Vec<(usize, (char, char))> =
        one.chars().zip(two.chars()).enumerate().filter(|(_, (a, b))| a != b).collect();
    let same_length = one.chars().count() == two.chars().count();
    match pairs.as_slice() {
        [(first, (a, b)), (second, (c, d))] => same_length && second - first == 1 && a == d && b == c,
        [(at, _)] => same_length && *at > 0 && one.chars().count() > 3,
        _ => false,
    }
}

/// Whether a place lies in running text, and not in a title, a cell or a label.
fn is_running(reading: &Reading<'_>, place: &Range<usize>) -> bool {
    let words = reading.words();
    let at = words.partition_point(|word| word.range.end <= place.start);
    words.get(at).is_some_and(|word| word.place != Place::Display)
}
