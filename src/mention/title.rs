//! Titles of people that a register knows: what a text says that somebody is, after the name (“Ada Quill, director of the port,”) or before
//! it (“director Ada Quill”).

use crate::document::{OPAQUE, SEPARATOR};
use crate::language::Names;
use crate::register::{EntryId, EntryKind, FormKind, Hit, Register};
use std::ops::Range;

/// Words of a title are looked for so far from the name.
const REACH: usize = 160;

/// What a text says that a person is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Who.
    pub person: EntryId,
    /// Where the name stands, in bytes of the text.
    pub name: Range<usize>,
    /// Where the title stands, without article and without the organisation.
    pub title: Range<usize>,
    /// Whether it stands after the name.
    pub after: bool,
    /// Words say that the post is held no more, or not yet.
    pub earlier: bool,
    /// The organisations named with it.
    pub organisations: Vec<EntryId>,
    /// Words follow that may name an organisation which the register does not know.
    pub open: bool,
}

/// The person that a hit means in a language, where it can be only one; the second value says whether the name is whole.
pub fn person(register: &Register, hit: &Hit, language: Option<&str>) -> Option<(EntryId, bool)> {
    let mut found = None;
    for (_, form) in register.meant(hit, language) {
        if register.entry(form.entry).kind != EntryKind::Person {
            return None;
        }
        match found {
            Some((entry, _)) if entry != form.entry => return None,
            _ => found = Some((form.entry, form.kind != FormKind::Family)),
        }
    }
    found
}

/// The titles in a text, in the order of the names.
pub fn read(text: &str, language: Option<&str>, words: &Names, register: &Register, hits: &[Hit]) -> Vec<Title> {
    let mut found = Vec::new();
    let organisation = |hit: &Hit| {
        let mut forms = register.meant(hit, language);
        let entry = forms.next().map(|(_, form)| form.entry)?;
        (register.entry(entry).kind == EntryKind::Organisation).then(|| (hit.range.clone(), entry))
    };
    for (at, hit) in hits.iter().enumerate() {
        let Some((person, _)) = person(register, hit, language) else { continue };
        let name = hit.range.clone();
        let before =
            before_as_registered(text, words, (register, person), &name).or_else(|| before(text, words, &name));
        found.extend(before.map(|(title, earlier)| Title {
            person,
            name: name.clone(),
            title,
            after: false,
            earlier,
            organisations: Vec::new(),
            open: true,
        }));
        let named: Vec<(Range<usize>, EntryId)> = hits[at + 1..].iter().take(6).filter_map(&organisation).collect();
        let after = after(text, words, &name, &named)
            .or_else(|| after_as_registered(text, words, (register, person), &name, &named));
        found.extend(after.map(|title| Title { person, ..title }));
        let behind = hits[..at].iter().rev().take(3).filter_map(&organisation).collect::<Vec<_>>();
        found.extend(ahead(text, words, &name, &behind).map(|title| Title { person, ..title }));
    }
    found.sort_by_key(|title| title.title.start);
    found
}

/// A title that stands beside a name, whoever bears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Where it stands, with what it is a title of where no register says what that is.
    pub title: Range<usize>,
    /// Whether it stands after the name.
    pub after: bool,
    /// Words say that the post is held no more, or not yet.
    pub earlier: bool,
}

/// The titles beside a name that no register need know.
pub fn beside(text: &str, words: &Names, name: &Range<usize>) -> Vec<Beside> {
    let before = before(text, words, name).map(|(title, earlier)| Beside { title, after: false, earlier });
    let after = after(text, words, name, &[]);
    let after = after.map(|title| Beside { title: title.title, after: true, earlier: title.earlier });
    before.into_iter().chain(after).collect()
}

/// Words with their places; a hyphen inside a word is part of it.
fn split(text: &str, offset: usize) -> Vec<(Range<usize>, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '‑');
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        match (start, inside(c)) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((offset + from..offset + at, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn earlier(words: &Names, word: &str) -> bool {
    let lower = word.to_lowercase();
    let is = |known: &String| *known == lower || (known.ends_with('-') && lower.starts_with(known.as_str()));
    // “President-elect”
    words.earlier.iter().any(|known| is(known) || lower.rsplit('-').next() == Some(known))
}

/// The words of a title that stand directly before a name.
fn before(text: &str, words: &Names, name: &Range<usize>) -> Option<(Range<usize>, bool)> {
    let from = text.floor_char_boundary(name.start.saturating_sub(REACH));
    let stretch = &text[from..name.start];
    let from = from + stretch.rfind(is_end).map_or(0, |at| at + stretch[at..].chars().next().map_or(1, char::len_utf8));
    let stretch = text[from..name.start].trim_end();
    let before = split(stretch, from);
    let mut title: Option<Range<usize>> = None;
    let mut headed = false;
    let mut end = from + stretch.len();
    let mut first = before.len();
    for (at, (place, word)) in before.iter().enumerate().rev() {
        let adjacent = text[place.end..end].chars().all(char::is_whitespace);
        let heads = words.heads_title(word);
        if !adjacent || !(heads || words.joins_title(word)) {
            break;
        }
        headed |= heads;
        title = Some(place.start..title.map_or(place.end, |title| title.end));
        end = place.start;
        first = at;
    }
    let said = before[..first].iter().rev().take(2).any(|(_, word)| earlier(words, word));
    let within = before[first..].iter().any(|(_, word)| earlier(words, word));
    title.filter(|_| headed).map(|title| (title, said || within))
}

/// The title of “the director of the port, Ada Quill,”: a phrase that names a post, begins a clause and is closed by the name.
fn ahead(text: &str, words: &Names, name: &Range<usize>, named: &[(Range<usize>, EntryId)]) -> Option<Title> {
    let rest = &text[name.end..];
    // A list goes on after its comma with “and”, with another article or with another name.
    let closed = match rest.strip_prefix(',') {
        Some(more) => {
            let next = more.trim_start().split(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or_default();
            words.links.iter().any(|link| more.trim_start().starts_with(link.as_str()))
                || next.chars().count() > 3
                    && next.chars().all(char::is_lowercase)
                    && !words.clauses.iter().any(|word| word == next)
        }
        None => rest.starts_with(['.', SEPARATOR, '»', '”']) || rest.is_empty(),
    };
    let before = &text[..name.start];
    let phrase = before.trim_end().strip_suffix(',').filter(|_| closed)?;
    let from = phrase.floor_char_boundary(phrase.len().saturating_sub(REACH));
    let end = phrase[from..].char_indices().rev().find(|(_, c)| is_end(*c));
    let at = end.map_or(from, |(at, c)| from + at + c.len_utf8());
    // What follows a comma may be an item of a list, but behind a quotation.
    let item = end.is_some_and(|(_, c)| c == ',') && !phrase[..at - 1].trim_end().ends_with(['»', '”', '"']);
    if item || end.is_none() && from > 0 {
        return None;
    }
    let all = split(&phrase[at..], at);
    // What says that it was said, and an article, may stand before the post: “a déclaré le directeur du port”.
    let head = all.iter().take(6).position(|(_, word)| words.heads_title(word))?;
    let one = |word: &str| words.heads_title(word) || words.joins_title(word);
    let first = head - all[..head].iter().rev().take_while(|(_, word)| words.joins_title(word)).count();
    let last = head + all[head..].iter().take_while(|(_, word)| one(word)).count() - 1;
    // “The sister of the director, Ada Quill,” is no director: nothing that says whose may stand before the article.
    let article = first.checked_sub(1).is_some_and(|at| words.articles.contains(&all[at].1.to_lowercase()));
    let lone = article
        && first
            .checked_sub(2)
            .is_none_or(|at| all[at].1.chars().count() > 3 && !all[at].1.chars().any(char::is_uppercase));
    let owns = text[all[last].0.end..].starts_with(['\'', '’']);
    let organisations: Vec<&(Range<usize>, EntryId)> =
        named.iter().filter(|(place, _)| place.start >= at && place.end <= phrase.len()).collect();
    let possessed = organisations.iter().any(|(place, _)| place.end <= all[first].0.start);
    let title = all[first].0.start..if possessed { all[all.len() - 1].0.end } else { all[last].0.end };
    // The other post may be the one that the name says: “the assistant of the director, Ada Quill,”.
    let other = all[last + 1..].iter().any(|(_, word)| words.heads_title(word));
    if !(possessed || lone) || other || owns {
        return None;
    }
    let said = all[..first].iter().rev().take(2).any(|(_, word)| earlier(words, word));
    Some(Title {
        person: EntryId(0),
        name: name.clone(),
        title,
        after: false,
        earlier: said || all[first..=last].iter().any(|(_, word)| earlier(words, word)),
        organisations: organisations.iter().map(|(_, entry)| *entry).collect(),
        open: true,
    })
}

/// What ends the words about a person.
fn is_end(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | '('
            | ')'
            | '['
            | ']'
            | '"'
            | '“'
            | '”'
            | '«'
            | '»'
            | '—'
            | '–'
            | '.'
            | '!'
            | '?'
            | '\n'
            | SEPARATOR
            | OPAQUE
    )
}

/// The title that follows a name after a comma, whoever bears it.
pub fn apposition(text: &str, words: &Names, name: &Range<usize>) -> Option<Title> {
    after(text, words, name, &[])
}

/// The title that follows a name after a comma; the person is filled in by whoever asks.
fn after(text: &str, words: &Names, name: &Range<usize>, named: &[(Range<usize>, EntryId)]) -> Option<Title> {
    let rest = &text[name.end..text.floor_char_boundary((name.end + REACH).min(text.len()))];
    let inner = rest.strip_prefix(',')?;
    let inner = inner.strip_prefix([' ', '\u{A0}', '\n'])?;
    let start = name.end + rest.len() - inner.len();
    let end = inner.char_indices().find(|(_, c)| is_end(*c) && *c != '\n').map_or(inner.len(), |(at, _)| at);
    let (inner, end) = (&inner[..end], start + end);
    let organisations: Vec<_> = named.iter().filter(|(place, _)| place.start >= start && place.end <= end).collect();
    let mut all = split(inner, start);
    // “the Harbour Council’s director”: whose post it is stands first.
    let whose = organisations.first().filter(|(place, _)| text[start..place.start].split_whitespace().count() <= 1);
    if let Some((place, _)) = whose {
        all.retain(|(word, text)| word.start >= place.end && !(word.start <= place.end + 4 && *text == "s"));
    }
    let head = all.iter().take(4).position(|(_, word)| words.heads_title(word))?;
    let head = head - all[..head].iter().rev().take_while(|(_, word)| words.joins_title(word)).count();
    let ahead = &all[..head];
    // A title with its years, “from 2008 to 2014”, says itself when it was held.
    let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let said = all.iter().any(|(_, word)| earlier(words, word) || year(word));
    let small = |word: &str| word.chars().count() <= 3 && !word.chars().any(char::is_uppercase);
    // One article at most: “who is the director” is a clause.
    let others = ahead.iter().filter(|(_, word)| !earlier(words, word)).count();
    if others > 1 || !ahead.iter().all(|(_, word)| small(word) || earlier(words, word)) {
        return None;
    }
    let later = organisations.iter().find(|(place, _)| place.start > all[head].0.start);
    let stop = later.map_or(end, |(place, _)| place.start);
    let mut own: Vec<&(Range<usize>, &str)> = all[head..].iter().filter(|(place, _)| place.end <= stop).collect();
    // “of the”, “de l'” before the organisation, and “of” left at the end.
    while own.len() > 1 && own.last().is_some_and(|(_, word)| small(word)) {
        own.pop();
    }
    let (first, last) = (own.first()?, own.last()?);
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase) && !words.heads_title(word);
    let open = organisations.is_empty()
        && own.iter().skip(1).any(|(_, word)| small(word))
        && own.iter().any(|(_, word)| capital(word));
    Some(Title {
        person: EntryId(0),
        name: name.clone(),
        title: first.0.start..last.0.end,
        after: true,
        earlier: said,
        organisations: organisations.iter().map(|(_, entry)| *entry).collect(),
        open,
    })
}

/// Words of the longest title that is looked up as a whole.
const LONGEST: usize = 8;

/// Whether a person bears or bore a title in the register, as it is written or in the other gender.
fn is_borne(register: &Register, words: &Names, person: EntryId, title: &str) -> bool {
    let roles = register.entry(person).details.iter().flat_map(|details| &details.roles);
    let (lower, swapped) = (title.to_lowercase(), words.swapped(title).to_lowercase());
    roles.flat_map(|role| &role.titles).map(|own| own.text.to_lowercase()).any(|own| own == lower || own == swapped)
}

/// A title that stands directly before a name as the register has it for that person, whatever its first word: “press officer Ada Quill”.
fn before_as_registered(
    text: &str,
    words: &Names,
    (register, person): (&Register, EntryId),
    name: &Range<usize>,
) -> Option<(Range<usize>, bool)> {
    let from = text.floor_char_boundary(name.start.saturating_sub(REACH));
    let stretch = text[from..name.start].strip_suffix([' ', '\u{A0}', '\n'])?;
    let end = from + stretch.len();
    let from = from + stretch.rfind(is_end).map_or(0, |at| at + stretch[at..].chars().next().map_or(1, char::len_utf8));
    let all = split(&text[from..end], from);
    let touches = all.last().is_some_and(|(place, _)| place.end + 2 >= name.start);
    // A title of one word is known by that.
    let starts = all.len().saturating_sub(LONGEST)..all.len().saturating_sub(1);
    let first = starts
        .filter(|_| touches)
        .find(|&first| is_borne(register, words, person, &text[all[first].0.start..all[all.len() - 1].0.end]))?;
    let said = all[..first].iter().rev().take(2).any(|(_, word)| earlier(words, word));
    let within = all[first..].iter().any(|(_, word)| earlier(words, word));
    Some((all[first].0.start..all[all.len() - 1].0.end, said || within))
}

/// A title that follows a name after a comma as the register has it for that person, whatever its first word: “Ada Quill, press officer of the port,”.
fn after_as_registered(
    text: &str,
    words: &Names,
    (register, person): (&Register, EntryId),
    name: &Range<usize>,
    named: &[(Range<usize>, EntryId)],
) -> Option<Title> {
    let rest = text[name.end..text.floor_char_boundary((name.end + REACH).min(text.len()))].strip_prefix(',')?;
    let inner = rest.strip_prefix([' ', '\u{A0}', '\n'])?;
    let start = name.end + 1 + rest.len() - inner.len();
    let end = inner.char_indices().find(|(_, c)| is_end(*c) && *c != '\n').map_or(inner.len(), |(at, _)| at);
    let all = split(&inner[..end], start);
    let lead = |word: &str| words.articles.contains(&word.to_lowercase()) || earlier(words, word);
    let first = all.iter().take_while(|(_, word)| lead(word)).count();
    let (place, _) = all.get(first)?;
    // What goes on behind it makes it another title, but for what it is a title of.
    let closes = |next: usize| {
        all.get(next).is_none_or(|(next, word)| {
            named.iter().any(|(named, _)| named.start <= next.start && next.start < named.end)
                || word.chars().count() <= 3 && !word.chars().any(char::is_uppercase)
        })
    };
    let last = (first..all.len().min(first + LONGEST))
        .rev()
        .find(|&last| closes(last + 1) && is_borne(register, words, person, &text[place.start..all[last].0.end]))?;
    let year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let end = start + end;
    Some(Title {
        person: EntryId(0),
        name: name.clone(),
        title: place.start..all[last].0.end,
        after: true,
        earlier: all.iter().any(|(_, word)| earlier(words, word) || year(word)),
        organisations: named
            .iter()
            .filter(|(place, _)| place.start >= start && place.end <= end)
            .map(|(_, entry)| *entry)
            .collect(),
        open: false,
    })
}

/// Whether a title in a text is one of the register: the same words, or the first of them; letters for the words that they abbreviate (CEO),
/// and either gender.
pub fn agrees(words: &Names, text: &str, model: &str) -> bool {
    let list = |text: &str| -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric() && c != '-').flat_map(|word| word.split(['-', '‑']));
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    };
    let (ours, theirs) = (list(text), list(model));
    let same = |a: &str, b: &str| {
        let (a, b) = (a.to_lowercase(), b.to_lowercase());
        let other = |one: &str, two: &str| words.gender(one).is_some_and(|(_, other)| other == two);
        a == b || other(&a, &b) || other(&b, &a)
    };
    let (mut i, mut j) = (0, 0);
    while i < ours.len() && j < theirs.len() {
        if same(&ours[i], &theirs[j]) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let letters: Vec<char> = ours[i].chars().collect();
        let short = letters.len() >= 2 && letters.iter().all(|c| c.is_uppercase());
        let initials = theirs[j..].iter().take(letters.len()).filter_map(|word| word.chars().next());
        if !short || !initials.flat_map(char::to_uppercase).eq(letters.iter().copied()) {
            return false;
        }
        (i, j) = (i + 1, j + letters.len());
    }
    i > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::source::{Source, SourceId};

    const REGISTER: &str = r#"
[[organisation]]
id = "port"
name = { en = "Harbour Council", fr = "Conseil du port" }
[[person]]
name = "Ada Quill"
family = "Quill"
"#;

    fn titles(tag: &str, text: &str) -> Vec<String> {
        let register = Register::read([(SourceId(0), &Source::from_text("r", REGISTER))]).0;
        let hits = register.mentions(text).hits;
        let found = read(text, Some(tag), &Language::of(Some(tag)).names, &register, &hits);
        let mark = |title: &Title| if title.earlier { "earlier " } else { "" };
        found.iter().map(|title| format!("{}{}", mark(title), &text[title.title.clone()])).collect()
    }

    #[test]
    fn blanks_of_any_kind_stand_before_names() {
        for blank in [" ", "\u{A0}"] {
            assert!(titles("en", &format!("the work of{blank}Ada Quill")).is_empty());
            assert_eq!(titles("en", &format!("it was President{blank}Ada Quill")), ["President"], "{blank:?}");
        }
    }

    #[test]
    fn titles_are_found_beside_names() {
        assert_eq!(
            titles("en", "said Ada Quill, President and CEO of the Harbour Council, today"),
            ["President and CEO"]
        );
        assert_eq!(
            titles("fr", "dit Ada Quill, la présidente et cheffe du Conseil du port."),
            ["présidente et cheffe"]
        );
        assert_eq!(titles("en", "said Vice President Ada Quill on Monday"), ["Vice President"]);
        assert_eq!(
            titles("en", "Ada Quill, a former director of the port, and Quill"),
            ["earlier director of the port"]
        );
        assert_eq!(titles("en", "Ada Quill, who is the director, and Quill, Ada"), Vec::<String>::new());
    }

    #[test]
    fn titles_agree_by_their_first_words_and_in_either_gender() {
        let agrees = |tag, a, b| agrees(&Language::of(Some(tag)).names, a, b);
        assert!(agrees("en", "President and CEO", "President and Chief Executive Officer"));
        assert!(agrees("en", "Vice President", "Vice President of Public Policy"));
        assert!(agrees("fr", "Président", "présidente-directrice générale"));
        assert!(!agrees("fr", "Président et Chef de la Direction", "présidente-directrice générale"));
        assert!(!agrees("en", "Senior Vice President", "Vice President of Public Policy"));
    }
}
