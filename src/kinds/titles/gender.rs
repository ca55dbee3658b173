//! `titles/gender`: titles, courtesy titles and participles whose gender is not that of the person.

use super::first_person;
use crate::diagnostic::{Applicability, Diagnostic, Severity};
use crate::language::Names;
use crate::mention::title;
use crate::register::{EntryId, Gender};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use foldhash::HashMap;
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind { name: "titles/gender", page: include_str!("gender.md"), keys: &[], build };

struct Genders;

fn build(_: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    Ok(Box::new(Genders))
}

/// A word said of a person in the other gender.
pub(super) struct Wrong {
    pub range: Range<usize>,
    pub right: Option<String>,
    /// It stands before a family name alone, which somebody else may bear whom the text never names.
    pub doubtful: bool,
}

impl Check for Genders {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let (register, words) = (reading.register(), &reading.language().names);
        let language = reading.document.language.tag.as_deref();
        let mut found: Vec<(EntryId, Gender, Wrong)> = Vec::new();
        for title in reading.titles() {
            let Some(gender) = gender(reading, title.person) else { continue };
            let wrong = in_title(words, reading.text(), &title.title, gender);
            let article = article(words, reading.text(), title, gender);
            found.extend(wrong.into_iter().chain(article).map(|wrong| (title.person, gender, wrong)));
        }
        let hits = &reading.register_mentions().hits;
        let mut people: HashMap<(EntryId, &str), Option<usize>> = HashMap::default();
        for hit in hits {
            let Some((person, whole)) = title::person(register, hit, language) else { continue };
            let Some(gender) = gender(reading, person) else { continue };
            let mut honorific = honorific(words, reading.text(), &hit.range, gender);
            if let Some(wrong) = honorific.as_mut().filter(|_| !whole) {
                // What is said of “M. Quill” may be right, if he is somebody else.
                let family = reading.slice(hit.range.clone());
                let first =
                    *people.entry((person, family)).or_insert_with(|| introduced(reading, person, gender, family));
                wrong.doubtful = true;
                if first.is_some_and(|first| first < hit.range.start) && !is_apposed(reading.text(), &hit.range) {
                    found.extend(honorific.map(|wrong| (person, gender, wrong)));
                }
                continue;
            }
            let said = said(reading, &hit.range, gender);
            found.extend(honorific.into_iter().chain(said).map(|wrong| (person, gender, wrong)));
        }
        found.extend(first_person::said(reading));
        found.sort_by_key(|(_, _, wrong)| wrong.range.start);
        for (person, gender, wrong) in found {
            if out.rule.scope.covers_byte(reading.document, wrong.range.start) {
                out.push(report(reading, person, gender, wrong, out));
            }
        }
    }
}

/// Where a text first names a person in full, whose family name alone can then be nobody else's: the text never says whose relative somebody is, has no
/// other given name beside the family name, and no courtesy title that is right (of two one was guessed: names/honorific asks which).
fn introduced(reading: &Reading<'_>, person: EntryId, gender: Gender, family: &str) -> Option<usize> {
    let (register, text, words) = (reading.register(), reading.text(), &reading.language().names);
    let language = reading.document.language.tag.as_deref();
    let hits = &reading.register_mentions().hits;
    let whole: Vec<&Range<usize>> = hits
        .iter()
        .filter(|hit| title::person(register, hit, language) == Some((person, true)))
        .map(|hit| &hit.range)
        .collect();
    // “The husband of Ada Quill”, “Ada Quill’s son”.
    let related = whole.iter().any(|name| {
        let mut before = text[..name.start].trim_end_matches(['\'', '’']).split_whitespace().rev();
        let of = before.next().is_some_and(|word| word.chars().count() <= 3 && word.chars().all(char::is_lowercase));
        let noun = before.next().is_some_and(|word| word.chars().all(char::is_alphabetic) && word.chars().count() > 2);
        of && noun || text[name.end..].starts_with(['\'', '’'])
    });
    let other = if gender == Gender::Masculine { Gender::Feminine } else { Gender::Masculine };
    let somebody = |at: usize| {
        let next = whole.partition_point(|name| name.start <= at);
        let own = next.checked_sub(1).map(|own| whole[own]).filter(|own| own.contains(&at));
        let start = own.map_or(at, |own| own.start);
        let before = text[..at].strip_suffix([' ', '\u{A0}']).unwrap_or_default();
        let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
        let title = words.honorifics.iter().any(|list| list.contains(&word.to_lowercase())) || words.heads_title(word);
        let named = own.is_none() && word.starts_with(char::is_uppercase) && !title;
        named || honorific(words, text, &(start..start), other).is_some()
    };
    let first = whole.first()?.start;
    (!related && !text.match_indices(family).any(|(at, _)| somebody(at))).then_some(first)
}

/// Whether what stands before a comma says who is named behind it: “her father, Mr. Quill”.
fn is_apposed(text: &str, name: &Range<usize>) -> bool {
    let before = text[..name.start].trim_end();
    let title = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    before[..before.len() - title.len()].trim_end().strip_suffix(',').is_some_and(|before| {
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.starts_with(char::is_lowercase)
    })
}

/// The article before a title that has one form for both genders, where it is of the other gender: “el presidente Ada Quill”.
fn article(words: &Names, text: &str, title: &title::Title, gender: Gender) -> Option<Wrong> {
    let adjacent = !title.after && text[title.title.end..title.name.start].trim().is_empty();
    let first = text[title.title.clone()].split_whitespace().next().filter(|word| words.gender(word).is_none())?;
    let before = text[..title.title.start].strip_suffix([' ', '\u{A0}'])?;
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next()?;
    let range = before.len() - word.len()..before.len();
    let pair = words.agreeing.iter().find(|pair| pair.contains(&word.to_lowercase()))?;
    let found = pair.iter().position(|article| *article == word.to_lowercase())?;
    let fixed = words.fixed.contains(&first.to_lowercase());
    let capital = word.starts_with(char::is_uppercase);
    let right = if capital {
        pair[1 - found].to_uppercase().chars().take(1).chain(pair[1 - found].chars().skip(1)).collect()
    } else {
        pair[1 - found].clone()
    };
    (adjacent && !fixed && is_other(found, gender)).then_some(Wrong { range, right: Some(right), doubtful: false })
}

pub(super) fn gender(reading: &Reading<'_>, person: EntryId) -> Option<Gender> {
    let details = reading.register().entry(person).details.as_ref()?;
    details.gender_in(Some(reading.document.language.tag.as_deref()?))
}

pub(super) fn is_other(found: usize, gender: Gender) -> bool {
    (found == 0) != (gender == Gender::Masculine)
}

/// The words at the head of a title that are of the other gender, and those joined to it by “and”.
fn in_title(words: &Names, text: &str, title: &Range<usize>, gender: Gender) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let mut at = title.start;
    // Titles agree up to the first word that is none of a title: “de la direction” says of what.
    for word in text[title.clone()].split_inclusive(|c: char| c.is_whitespace()) {
        let bare = word.trim_end();
        let range = at..at + bare.len();
        at += word.len();
        let joins = bare.chars().count() <= 3 && !bare.chars().any(char::is_uppercase) && words.gender(bare).is_none();
        if joins && matches!(bare, "et" | "y" | "e" | "und" | "and") {
            continue;
        }
        // What stands beside a noun of one gender agrees with it: “un membre permanent”.
        if words.fixed.contains(&bare.to_lowercase()) || !(words.heads_title(bare) || words.joins_title(bare)) {
            break;
        }
        if let Some((_, right)) = words.gender(bare).filter(|(found, _)| is_other(*found, gender)) {
            wrong.push(Wrong { range, right: Some(right), doubtful: false });
        }
    }
    wrong
}

/// A courtesy title of the other gender before a name.
fn honorific(words: &Names, text: &str, name: &Range<usize>, gender: Gender) -> Option<Wrong> {
    let before = text[..name.start].trim_end();
    let stop = before.trim_end_matches('.');
    // “Sig.ra” has a stop inside.
    let word = stop.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next().filter(|word| !word.is_empty())?;
    let start = stop.len() - word.len();
    let lower = word.to_lowercase();
    let found = words.honorifics.iter().position(|list| list.contains(&lower))?;
    let letters = word.chars().count();
    let written =
        word.chars().next().is_some_and(char::is_uppercase) || letters > 3 || letters > 1 && before.len() > stop.len();
    // “M. et Mme Ada Quill” names two people.
    let mut earlier = text[..start].split_whitespace().rev();
    let joint = earlier.next().is_some_and(|word| word.chars().count() <= 3 && word.chars().all(char::is_lowercase));
    let partner = earlier.next().map(|word| word.trim_end_matches('.').to_lowercase()).unwrap_or_default();
    let pair = joint && words.honorifics.iter().any(|list| list.contains(&partner));
    (is_other(found, gender) && written && !pair).then_some(Wrong {
        range: start..before.len(),
        right: None,
        doubtful: false,
    })
}

/// What is said of a person in the other gender, after the name, after the title behind it, or before it at the beginning of the sentence.
fn said(reading: &Reading<'_>, name: &Range<usize>, gender: Gender) -> Vec<Wrong> {
    let (words, text) = (&reading.language().names, reading.text());
    if words.predicates.is_empty() {
        return Vec::new();
    }
    let start = before_titles(words, text, name.start);
    let sentences = reading.sentences();
    let holding = |at: usize| {
        let next = sentences.partition_point(|sentence| sentence.start <= at);
        next.checked_sub(1).map(|at| sentences[at].clone())
    };
    let Some(sentence) = holding(start) else { return Vec::new() };
    let mut wrong = Vec::new();
    let is_subject = is_subject(words, &text[sentence.start..start]);
    let titles = || reading.titles().iter().filter(|title| title.name == *name);
    // The name ends an apposition: “Le directeur du port, Ada Quill, est arrivé.”
    let apposed = titles().any(|title| !title.after && text[title.title.end..name.start].contains(','));
    if is_subject && !apposed {
        wrong.extend(predicate(words, text, name.end, gender));
        // “Ada Quill, directrice du port, est arrivé.”
        for title in titles().filter(|title| title.after) {
            // The stop of “Ada St. Quill” may have ended the sentence in which the name begins.
            let end = holding(title.title.end - 1).map_or(sentence.end, |sentence| sentence.end);
            let rest = &text[title.title.end..end.max(title.title.end)];
            let comma = rest.find([',', ';', ':', '(', '«', '“', '"']).filter(|at| rest[*at..].starts_with(','));
            wrong.extend(
                comma.into_iter().flat_map(|comma| predicate(words, text, title.title.end + comma + 1, gender)),
            );
        }
    } else if apposed && text[name.end..].starts_with(',') {
        wrong.extend(predicate(words, text, name.end + 1, gender));
    }
    wrong.extend(opening(words, text, sentence.start, start, gender));
    wrong
}

/// Where the titles and courtesy titles before a name begin.
pub(super) fn before_titles(words: &Names, text: &str, name: usize) -> usize {
    let mut start = name;
    loop {
        let before = text[..start].trim_end_matches([' ', '\u{A0}']);
        let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '\'' | '’')).next().unwrap_or_default();
        let bare = word.trim_end_matches('.').to_lowercase();
        let article = words.articles.contains(&bare) && start < name;
        let title = words.heads_title(&bare) || words.joins_title(&bare);
        if bare.is_empty() || !(article || title || words.honorifics.iter().any(|list| list.contains(&bare))) {
            return start;
        }
        start = before.len() - word.len();
    }
}

/// Whether a name is the subject of what follows it: it begins a sentence or a clause, and nobody else's name stands joined to it.
pub(super) fn is_subject(words: &Names, before: &str) -> bool {
    let before = before.trim_end();
    if before.is_empty() || before.ends_with([',', ';', ':', '«', '“', '"', '(', '—', '–', '»', '”']) {
        return true;
    }
    let word = before.rsplit(|c: char| !c.is_alphanumeric() && c != '-').find(|word| !word.is_empty());
    word.is_some_and(|word| words.clauses.contains(&word.to_lowercase()))
}

/// A participle or adjective of the other gender that is said of a person right after a place.
fn predicate(words: &Names, text: &str, end: usize, gender: Gender) -> Vec<Wrong> {
    let Some(rest) = text[end..].strip_prefix([' ', '\u{A0}']) else { return Vec::new() };
    let links = words.links.iter().filter_map(|link| rest.strip_prefix(link.as_str())?.strip_prefix([' ', '\u{A0}']));
    let Some(mut said) = links.min_by_key(|said| said.len()) else { return Vec::new() };
    let first = |text: &str| text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
    while let Some(rest) = words.adverbs.iter().find_map(|word| said.strip_prefix(word.as_str())?.strip_prefix(' ')) {
        said = rest;
    }
    let start = text.len() - said.len();
    let word = first(said);
    if let Some((found, right)) = words.predicate(&word) {
        // “Elle s’est dit que”: nobody is said to be anything.
        let next = said[word.len()..].strip_prefix(' ').unwrap_or_default();
        let thought = words
            .thoughts
            .iter()
            .any(|[link, clause]| rest.starts_with(link.as_str()) && next.starts_with(clause.as_str()));
        let wrong = Wrong { range: start..start + word.len(), right: Some(right), doubtful: false };
        return if is_other(found, gender) && !thought { vec![wrong] } else { Vec::new() };
    }
    // “Ada Quill est le directeur du port.”
    let mut at = start;
    if words.articles.contains(&word.to_lowercase()) {
        at += word.len();
        at += text[at..].len() - text[at..].trim_start_matches([' ', '\'', '’']).len();
    }
    let end =
        text[at..].find(|c: char| !(c.is_alphanumeric() || c == '-' || c == ' ')).map_or(text.len(), |end| at + end);
    let mut run = text[at..end].split(' ').take_while(|word| words.heads_title(word) || words.joins_title(word));
    if run.any(|word| words.heads_title(word)) { in_title(words, text, &(at..end), gender) } else { Vec::new() }
}

/// A participle that begins the sentence and is said of the person who is named after the comma: “Nommé en mai, Ada Quill …”.
fn opening(words: &Names, text: &str, sentence: usize, name: usize, gender: Gender) -> Option<Wrong> {
    let phrase = text[sentence..name].trim_end().strip_suffix(',')?;
    if phrase.contains([',', ';', ':', '«', '“', '"', '(']) {
        return None;
    }
    let mut said = phrase.split(|c: char| !c.is_alphanumeric());
    let word = said.next()?;
    let (found, right) = words.predicate(word)?;
    let fits = said.next().is_some_and(|next| words.openers.iter().any(|opener| opener == next));
    (fits && is_other(found, gender)).then(|| Wrong {
        range: sentence..sentence + word.len(),
        right: Some(right),
        doubtful: false,
    })
}

fn report(reading: &Reading<'_>, person: EntryId, gender: Gender, wrong: Wrong, out: &Findings<'_>) -> Diagnostic {
    let register = reading.register();
    let name = register.name(person, reading.document.language.tag.as_deref()).map_or("", |form| &*form.text);
    let (is, not) = match gender {
        Gender::Feminine => ("feminine", "masculine"),
        Gender::Masculine => ("masculine", "feminine"),
    };
    let word = reading.slice(wrong.range.clone());
    let message = format!("“{word}” is {not}; the register has {name} as {is}");
    let finding = out.finding(reading.span(wrong.range.clone()), message);
    let mut finding = finding.related(register.entry(person).place, "the register gives the gender");
    if wrong.doubtful {
        finding.severity = finding.severity.min(Severity::Warning);
        finding = finding.because("no other bearer of the family name is in this text");
    }
    let Some(right) = wrong.right else { return finding };
    let finding = finding.help(format!("write “{right}”"));
    match reading.edit_span(wrong.range) {
        Some(span) => finding.replace(format!("write “{right}”"), Applicability::Unsafe, span, right),
        None => finding,
    }
}
