//! Abbreviations as a text has them: where each is defined, with which long form, and where it is used.

use crate::document::{Part, SEPARATOR};
use crate::mention::word::{Case, Place, Word, fold};
use crate::rule::Reading;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// Letters of the longest abbreviation.
const LETTERS: usize = 8;
/// Words of a line in capitals, which holds no abbreviations.
const SHOUTED: usize = 3;

/// An abbreviation with its long form beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The letters.
    pub letters: Range<usize>,
    /// The long form.
    pub long: Range<usize>,
    /// Whether it stands in front matter, the “About …” text or notes, which may be read alone.
    pub apart: bool,
}

/// What a text knows of one abbreviation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abbreviation {
    /// Where it is explained, in the order of the text.
    pub definitions: Vec<Definition>,
    /// Where it stands otherwise, in the order of the text.
    pub uses: Vec<Range<usize>>,
}

/// A run of capitalised words, as indices, with the short words between them left out: “Organisation des Nations Unies”.
type Name = Vec<usize>;

/// The abbreviations of a text by their letters, without the `s` of a plural.
pub fn abbreviations(reading: &Reading<'_>) -> BTreeMap<String, Abbreviation> {
    let words = reading.words();
    let mut found: BTreeMap<String, Abbreviation> = BTreeMap::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| matches!(word.case, Case::Shouted | Case::Mixed)) {
        let text = reading.slice(word.range.clone());
        let letters = text.strip_suffix('s').filter(|stem| stem.len() > 1).unwrap_or(text);
        if !is_letters(letters) || shouts(reading, words, at) || is_part(reading, &word.range) {
            continue;
        }
        let entry = found.entry(letters.to_owned()).or_default();
        match definition(reading, words, at, letters).or_else(|| expansion(reading, words, at, letters)) {
            Some(long) => {
                let part = reading.document.blocks[word.block].part;
                let apart = matches!(part, Part::FrontMatter | Part::Boilerplate | Part::Notes | Part::Contact);
                entry.definitions.push(Definition { letters: word.range.clone(), long, apart });
            }
            None => entry.uses.push(word.range.clone()),
        }
    }
    found
}

/// Whether a word may be an abbreviation by its letters: capitals, no Roman number.
fn is_letters(word: &str) -> bool {
    let mut count = 0;
    for letter in word.chars() {
        if !letter.is_uppercase() {
            return false;
        }
        count += 1;
    }
    (2..=LETTERS).contains(&count) && !word.chars().all(|c| "IVXLCDM".contains(c))
}

/// Whether the words around one are in capitals too.
fn shouts(reading: &Reading<'_>, words: &[Word], at: usize) -> bool {
    let from = at.saturating_sub(SHOUTED);
    let near = words[from..words.len().min(at + SHOUTED + 1)].iter().filter(|word| word.block == words[at].block);
    let shouted = near.filter(|word| {
        word.case == Case::Shouted
            && reading.slice(word.range.clone()).chars().filter(|c| c.is_alphabetic()).count() > 2
    });
    shouted.count() > SHOUTED
}

/// Whether a place is part of a longer token: `ISO-8859`, `A/HRC/RES`, `R&D`.
fn is_part(reading: &Reading<'_>, range: &Range<usize>) -> bool {
    let before = reading.text()[..range.start].chars().next_back();
    let mut after = reading.text()[range.end..].chars();
    let (next, then) = (after.next(), after.next());
    let glued = |c: char| matches!(c, '/' | '.' | '+' | '#' | '&' | '_');
    let dash = |c: char| matches!(c, '-' | '‑' | '–');
    before.is_some_and(glued)
        || next.is_some_and(|c| c == '+' || glued(c) && then.is_some_and(char::is_alphanumeric))
        || next.is_some_and(dash) && then.is_some_and(char::is_numeric)
}

/// The long form that an abbreviation in brackets explains: “World Lake Forum (WLF)”.
fn definition(reading: &Reading<'_>, words: &[Word], at: usize, letters: &str) -> Option<Range<usize>> {
    let word = &words[at];
    let block = &reading.document.blocks[word.block];
    let before = reading.text().get(block.range.start..word.range.start)?;
    let open = before.trim_end().strip_suffix(['“', '"', '«', '„', '‘', '\'']).unwrap_or(before).trim_end();
    let open = open.strip_suffix(['(', '（', '['])?.trim_end();
    let after = reading.text().get(word.range.end..block.range.end)?.trim_start();
    let after = after.strip_prefix('s').unwrap_or(after).trim_start_matches(['”', '"', '»', '’', '\'']);
    if !after.starts_with([')', ']', '）', ',', ';']) || open.is_empty() {
        return None;
    }
    let end = block.range.start + open.trim_end_matches(['”', '"', '»', '*']).trim_end().len();
    let first = first_of(reading, words, at, letters)?;
    (words[first].range.start < end).then(|| words[first].range.start..end)
}

/// The long form in brackets behind an abbreviation: “WLF (World Lake Forum)”.
fn expansion(reading: &Reading<'_>, words: &[Word], at: usize, letters: &str) -> Option<Range<usize>> {
    let block = &reading.document.blocks[words[at].block];
    let after = reading.text().get(words[at].range.end..block.range.end)?;
    let inside = after.trim_start_matches(['s', '’', ' ']).strip_prefix(['(', '（'])?;
    let start = block.range.end - inside.len();
    let end = start + inside.find([')', '）'])?;
    let mut wanted = fold(letters).chars().collect::<Vec<_>>().into_iter().peekable();
    let behind = words[at + 1..].iter().take_while(|word| word.range.end <= end);
    for word in behind {
        wanted.next_if(|letter| reading.slice(word.range.clone()).chars().next().map(first_folded) == Some(*letter));
    }
    wanted.peek().is_none().then_some(start..end)
}

/// The first word of the long form before an abbreviation: each of its letters begins a word or stands in one, in their order, and the
/// first one begins the long form.
fn first_of(reading: &Reading<'_>, words: &[Word], at: usize, letters: &str) -> Option<usize> {
    let wanted: Vec<char> = fold(letters).chars().collect();
    let most = (wanted.len() + 5).min(wanted.len() * 2);
    let block = words[at].block;
    let long: Vec<usize> = (at.saturating_sub(most)..at).filter(|at| words[*at].block == block).collect();
    // Backwards, as the long form ends right before.
    let mut left = wanted.len();
    for &index in long.iter().rev() {
        let gap = &reading.text()[words[index].range.end..words[index + 1].range.start];
        if index + 1 < at && gap.contains(['.', ';', ':', '!', '?', '(', ')', '…']) {
            return None;
        }
        let folded: Vec<char> = fold(reading.slice(words[index].range.clone())).chars().collect();
        // As many of the letters as this word can give, its first letter with them.
        let (mut from, mut rest) = (folded.len(), left);
        while rest > 0 {
            let Some(place) = folded[..from].iter().rposition(|c| *c == wanted[rest - 1]) else { break };
            from = place;
            rest -= 1;
            if place == 0 {
                break;
            }
        }
        if from == 0 {
            left = rest;
        } else if let Some(needed) = left.checked_sub(1).filter(|needed| folded.first() == wanted.get(*needed)) {
            left = needed;
        }
        if left == 0 {
            // “Emploi et développement social Canada (EDSC)”: the E is not that of “et”.
            let begins = |at: usize| reading.slice(words[at].range.clone()).chars().next().map(first_folded);
            let short = folded.len() < 4 && begins(index) == Some(wanted[0]);
            let before = index
                .checked_sub(1)
                .filter(|before| short && words[*before].block == block && begins(*before) == begins(index));
            return Some(before.filter(|before| follows(reading, &words[*before], &words[index])).unwrap_or(index));
        }
    }
    None
}

/// The names of a text: runs of capitalised words in the middle of sentences, with the short words between them.
fn names(reading: &Reading<'_>) -> Vec<Name> {
    let words = reading.words();
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let mut name: Vec<usize> = Vec::new();
        let mut end = at;
        while end < words.len() && (end == at || follows(reading, &words[end - 1], &words[end])) {
            let text = reading.slice(words[end].range.clone());
            let capital =
                words[end].place != Place::Display && words[end].case == Case::Capital && text.chars().nth(1).is_some();
            let possessive = text == "s";
            if capital {
                name.push(end);
            } else if possessive
                || name.is_empty()
                || words[end].case != Case::Lower
                || text.chars().count() > 4
                || end - name.last().copied().unwrap_or(end) > 2
            {
                break;
            }
            end += 1;
        }
        at = name.last().map_or(end.max(at), |last| *last) + 1;
        if name.len() > 1 {
            found.push(name);
        }
    }
    found
}

fn follows(reading: &Reading<'_>, one: &Word, two: &Word) -> bool {
    one.block == two.block
        && matches!(&reading.text()[one.range.end..two.range.start], " " | "\n" | "-" | "’" | "'" | "\u{a0}")
}

/// Names by the letters that abbreviate them: their initials, or the first letters of their words (`ISOC` for “Internet Society”).
/// `wanted` are the abbreviations that are looked for, each with whether it stands behind an article. Two letters are the initials of many
/// names, so the name must stand behind an article, and the letters too or the name twice; where every noun has a capital (`twice`), any name
/// must stand there twice. Letters that fit two names of the text are those of neither for sure.
pub fn by_letters<'w>(
    reading: &Reading<'_>,
    wanted: &[(&'w str, bool)],
    articles: &HashSet<String>,
    twice: bool,
) -> HashMap<&'w str, Range<usize>> {
    let words = reading.words();
    let mut by_first: HashMap<char, Vec<(&str, bool)>> = HashMap::new();
    for &(letters, named) in wanted {
        by_first.entry(letters.chars().next().map_or(' ', first_folded)).or_default().push((letters, named));
    }
    let mut found: HashMap<&str, Range<usize>> = HashMap::new();
    let mut once: HashSet<&str> = HashSet::new();
    let mut rivals: HashSet<&str> = HashSet::new();
    for name in names(reading) {
        for from in 0..name.len() {
            let first = reading.slice(words[name[from]].range.clone());
            // “The Lakes Society” has no T.
            if articles.contains(&first.to_lowercase()) {
                continue;
            }
            let Some(first) = first.chars().next().map(first_folded) else { continue };
            for &(letters, named) in by_first.get(&first).into_iter().flatten() {
                let rest = &name[from..];
                let short = letters.len() < 3;
                if short && !is_official(reading, words, rest, articles) {
                    continue;
                }
                let initials = count_of_initials(reading, words, rest, letters)
                    .or_else(|| (from == 0 && spells(reading, words, rest, letters)).then_some(rest.len()));
                let Some(last) = initials.and_then(|count| rest.get(count - 1)) else { continue };
                let long = words[rest[0]].range.start..words[*last].range.end;
                if (short && !named || twice) && once.insert(reading.slice(long.clone())) {
                    continue;
                }
                match found.get(letters) {
                    Some(first) if same(reading, first, &long) => {}
                    Some(_) => {
                        rivals.insert(letters);
                    }
                    None => {
                        found.insert(letters, long);
                    }
                }
            }
        }
    }
    found.retain(|letters, _| !rivals.contains(letters));
    found
}

/// Whether two long forms are the same but for case, number and hyphens, or one holds the other, as it does beside its translation.
pub fn same(reading: &Reading<'_>, one: &Range<usize>, two: &Range<usize>) -> bool {
    let (one, two) = (key_words(reading, one), key_words(reading, two));
    let holds = |whole: &[String], part: &[String]| part.is_empty() || whole.windows(part.len()).any(|run| run == part);
    holds(&one, &two) || holds(&two, &one)
}

/// Whether two long forms end with the same words, as many as the abbreviation has letters: what stands before was read with them.
pub fn same_end(reading: &Reading<'_>, one: &Range<usize>, two: &Range<usize>, letters: usize) -> bool {
    let (one, two) = (key_words(reading, one), key_words(reading, two));
    one.iter().rev().zip(two.iter().rev()).take_while(|(one, two)| one == two).count() >= letters.max(3)
}

/// The longer words of a long form, by their first letters.
fn key_words(reading: &Reading<'_>, range: &Range<usize>) -> Vec<String> {
    let words = reading.slice(range.clone()).split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().count() > 3).map(|word| fold(word).chars().take(4).collect()).collect()
}

/// The word right before a place, in small letters; nothing where no blank stands between them.
pub fn word_before(reading: &Reading<'_>, place: &Range<usize>) -> String {
    let before = reading.text()[..place.start].trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().filter(|_| before.len() < place.start);
    word.unwrap_or_default().to_lowercase()
}

/// Whether a name begins with an article and has its first two words side by side, as “the United Nations”.
fn is_official(reading: &Reading<'_>, words: &[Word], name: &[usize], articles: &HashSet<String>) -> bool {
    let (Some(first), Some(second)) = (name.first(), name.get(1)) else { return false };
    let article = first.checked_sub(1).map(|before| reading.slice(words[before].range.clone()).to_lowercase());
    article.is_some_and(|article| articles.contains(&article))
        && words[*first].place == Place::Running
        && second - first == 1
}

fn first_folded(c: char) -> char {
    fold(c.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(c)
}

/// How many of these words have the letters as their initials; `None` where they do not.
fn count_of_initials(reading: &Reading<'_>, words: &[Word], name: &[usize], letters: &str) -> Option<usize> {
    let folded = fold(letters);
    let mut count = 0;
    for letter in folded.chars() {
        let word = reading.slice(words[*name.get(count)?].range.clone());
        if word.chars().next().map(first_folded) != Some(letter) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// Whether the letters are the beginnings of these words one after the other, the last word giving three letters or more.
fn spells(reading: &Reading<'_>, words: &[Word], name: &[usize], letters: &str) -> bool {
    let folded: Vec<char> = fold(letters).chars().collect();
    let Some((last, before)) = name.split_last() else { return false };
    if folded.len() < before.len() + 3 || before.is_empty() {
        return false;
    }
    let initials = before
        .iter()
        .zip(&folded)
        .all(|(at, letter)| reading.slice(words[*at].range.clone()).chars().next().map(first_folded) == Some(*letter));
    let rest: String = folded[before.len()..].iter().collect();
    initials && fold(reading.slice(words[*last].range.clone())).starts_with(&rest)
}

/// An abbreviation in brackets whose letters are not those of the name before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// The letters as they stand.
    pub letters: Range<usize>,
    /// The name.
    pub long: Range<usize>,
    /// The letters of the name.
    pub right: String,
    /// The word whose letter is another one; `None` where two letters are exchanged.
    pub changed: Option<usize>,
    /// Whether the name may begin further to the left, with what is no capitalised word: “IBM Lake Server”.
    pub cut: bool,
}

/// Abbreviations of three letters or more behind a name of as many capitalised words, with two neighbouring letters exchanged or one
/// letter that the word does not have.
pub fn misspelt(reading: &Reading<'_>) -> Vec<Slip> {
    let words = reading.words();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let text = reading.slice(word.range.clone());
        if word.case != Case::Shouted || at == 0 || !is_letters(text) {
            continue;
        }
        let letters: Vec<char> = text.chars().collect();
        if letters.len() < 3 {
            continue;
        }
        let between = &reading.text()[words[at - 1].range.end..word.range.start];
        let closed = reading.text()[word.range.end..].starts_with(')');
        if words[at - 1].block != word.block || between.trim() != "(" || !closed || is_part(reading, &word.range) {
            continue;
        }
        let Some(name) = capitals_before(reading, words, at, letters.len()) else { continue };
        let initials: Vec<char> = name
            .iter()
            .filter_map(|at| reading.slice(words[*at].range.clone()).chars().next())
            .flat_map(char::to_uppercase)
            .collect();
        let differ: Vec<usize> = (0..letters.len()).filter(|at| initials.get(*at) != letters.get(*at)).collect();
        let changed = match differ.as_slice() {
            [one, two]
                if two - one == 1
                    && initials.get(*one) == letters.get(*two)
                    && initials.get(*two) == letters.get(*one) =>
            {
                None
            }
            [one] if name.get(*one).is_some_and(|at| !holds(reading, &words[*at], letters[*one])) => Some(*one),
            _ => continue,
        };
        let Some(first) = name.first().copied() else { continue };
        let cut = first.checked_sub(1).map(|before| &words[before]).is_some_and(|before| {
            let (own, between) =
                (reading.slice(before.range.clone()), &reading.text()[before.range.end..words[first].range.start]);
            let clear = between.contains([',', ';', ':', '.', '(', '“', '"', SEPARATOR]);
            // “The Lake Harbour Authority” begins a sentence, and not a longer name.
            let small = before.case == Case::Lower || before.place == Place::Start && own.chars().count() <= 4;
            before.block == word.block && !clear && !(small && between == " ")
        });
        found.push(Slip {
            letters: word.range.clone(),
            long: words[first].range.start..words[at - 1].range.end,
            right: initials.into_iter().collect(),
            changed,
            cut,
        });
    }
    found
}

/// Whether a word has a letter.
fn holds(reading: &Reading<'_>, word: &Word, letter: char) -> bool {
    fold(reading.slice(word.range.clone())).contains(first_folded(letter))
}

/// The last `count` capitalised words before a word, short words between them left out, where no more than those are capitalised.
fn capitals_before(reading: &Reading<'_>, words: &[Word], at: usize, count: usize) -> Option<Vec<usize>> {
    let mut name = Vec::new();
    for before in (0..at).rev() {
        if words[before].block != words[at].block || at - before > 2 * count {
            break;
        }
        let adjacent = before + 1 == at || follows(reading, &words[before], &words[before + 1]);
        let text = reading.slice(words[before].range.clone());
        match words[before].case {
            _ if !adjacent => break,
            Case::Capital => name.push(before),
            Case::Lower if text.chars().count() <= 4 => {}
            _ => break,
        }
    }
    // The first word of a sentence is no part of the name where it is one too many.
    if name.len() == count + 1 && name.last().is_some_and(|first| words[*first].place == Place::Start) {
        name.pop();
    }
    name.reverse();
    (name.len() == count).then_some(name)
}
