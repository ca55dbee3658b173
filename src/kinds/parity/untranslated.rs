//! `parity/untranslated`: passages and fields of a translation that stand in the language of the original.

use super::place::{self, original_block, translation_block};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, BlockKind, InlineKind, Part, detect};
use crate::release::align::Bead;
use crate::rule::{Check, Findings, Kind, Pair, Setup};
use crate::settings::{Key, Shape};
use crate::source::Span;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The kind.
pub const KIND: Kind = Kind {
    name: "parity/untranslated",
    page: include_str!("untranslated.md"),
    keys: &[Key::new(
        "letters",
        Shape::Number,
        "Letters from which the words alone tell the language; 100 by default.",
    )],
    build,
};

struct Untranslated {
    letters: usize,
}

/// Letters from which a copy of the original is looked at.
const COPY: usize = 30;

fn build(setup: &Setup<'_>) -> Result<Box<dyn Check>, Vec<Diagnostic>> {
    let letters = setup.table.get("letters").and_then(|value| value.number()).unwrap_or(100.0);
    Ok(Box::new(Untranslated { letters: letters.max(1.0) as usize }))
}

impl Check for Untranslated {
    fn pair(&self, pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
        if pair.obstacle().is_some() {
            return;
        }
        fields(pair, out);
        let known = Known::of(pair);
        // Neighbours are told together: who left a section as it was left out one thing.
        let mut run: Vec<Found<'_, '_>> = Vec::new();
        for bead in pair.beads() {
            for passage in bead.target.clone() {
                let Some(block) = translation_block(pair, passage) else { continue };
                match self.reason(pair, &known, block) {
                    Some(copy) => run.push(Found { block, bead, copy }),
                    None => tell(pair, std::mem::take(&mut run), out),
                }
            }
        }
        tell(pair, run, out);
    }
}

/// An untranslated passage.
struct Found<'a, 'p> {
    block: &'a Block,
    bead: &'p Bead,
    /// Whether it is the same as in the original, letter for letter.
    copy: bool,
}

/// What is known of all passages together.
struct Known<'p> {
    /// The texts of the original's passages.
    originals: HashSet<&'p str>,
    /// For each list or table of the translation, its members and how many of them are copies.
    groups: HashMap<usize, (usize, usize)>,
}

impl<'p> Known<'p> {
    fn of(pair: &'p Pair<'_, '_>) -> Self {
        let passages = pair.passages();
        let (here, there) = (pair.original.document, pair.translation.document);
        let originals: HashSet<&str> =
            passages.original.iter().map(|&index| here.block_text(&here.blocks[index]).trim()).collect();
        let mut groups: HashMap<usize, (usize, usize)> = HashMap::new();
        for block in passages.translation.iter().map(|&index| &there.blocks[index]) {
            let Some(group) = block.group else { continue };
            let (members, copies) = groups.entry(group).or_default();
            *members += 1;
            *copies += usize::from(originals.contains(there.block_text(block).trim()));
        }
        Known { originals, groups }
    }

    /// Whether a passage is a member of a list or table that was left as it is on purpose: titles, changes with their numbers, names.
    /// Sentences are none of these.
    fn is_listed(&self, block: &Block, text: &str) -> bool {
        let member = matches!(block.kind, BlockKind::ListItem | BlockKind::TableCell);
        let copied = |group: usize| self.groups.get(&group).is_some_and(|(members, copies)| copies * 2 >= *members);
        member && !ends_sentence(text) && block.group.is_some_and(copied)
    }
}

impl Untranslated {
    /// Whether a passage stands in the language of the original, and if so whether it is a copy.
    fn reason(&self, pair: &Pair<'_, '_>, known: &Known<'_>, block: &Block) -> Option<bool> {
        // What others said may stay in their language, and so do the names of things. Fields are looked at as such.
        if block.quotes > 0
            || block.part == Part::FrontMatter
            || block.kind == BlockKind::Caption
            || block.part == Part::Notes
        {
            return None;
        }
        let whole = pair.translation.document.block_text(block).trim();
        let copy = known.originals.contains(whole);
        let least = if copy { COPY } else { self.letters };
        if letters(whole) < least || known.is_listed(block, whole) {
            return None;
        }
        let text = own_words(pair, block.range.clone());
        if letters(&text) < least || mostly_names(&text) {
            return None;
        }
        let [from, into] = pair.languages();
        detect::between(&text, &from, &into).filter(|found| *found == from).map(|_| copy)
    }
}

/// Reports neighbouring passages as one.
fn tell(pair: &Pair<'_, '_>, run: Vec<Found<'_, '_>>, out: &mut Findings<'_>) {
    let Some(first) = run.first() else { return };
    let message = match run.len() {
        1 => "this passage is not translated".to_owned(),
        2 => "this passage and the next are not translated".to_owned(),
        count => format!("this passage and the {} after it are not translated", count - 1),
    };
    let mut finding = out.finding(place::span(pair.translation, first.block), message);
    if let Some(original) = first.bead.source.clone().next().and_then(|passage| original_block(pair, passage)) {
        finding = finding.related(place::span(pair.original, original), "the original");
    }
    for other in run.iter().skip(1).take(2) {
        finding = finding.related(place::span(pair.translation, other.block), "nor is this");
    }
    let [from, _] = pair.languages();
    finding = finding.because(match first.copy {
        true => "it is the same as in the original".to_owned(),
        false => format!("its words are those of “{from}”"),
    });
    if pair.is_draft() {
        finding.severity = Severity::Info;
    }
    out.push(finding);
}

/// Prose of front matter that is the original's, letter for letter.
fn fields(pair: &Pair<'_, '_>, out: &mut Findings<'_>) {
    let (original, translation) = (pair.original.document, pair.translation.document);
    let [from, into] = pair.languages();
    for field in translation.fields.iter().filter(|field| field.block.is_some()) {
        let text = field.value.trim();
        let same = |other: &&crate::document::Field| other.name == field.name && other.value.trim() == text;
        let Some(other) = original.fields.iter().find(same) else { continue };
        let title = foreign_title(pair, text);
        if letters(text) < COPY && title.is_none() {
            continue;
        }
        let prose = !mostly_names(text) && detect::between(text, &from, &into).is_some_and(|found| found == from);
        let reason = match joint(pair, text) {
            Some(word) => format!("its parts are joined by “{word}”, a word of “{from}”"),
            None if let Some(title) = title => format!("“{title}” are words of “{from}”"),
            None if prose && letters(text) >= 2 * COPY => format!("its words are those of “{from}”"),
            None => continue,
        };
        let place = |document: &crate::document::Document, field: &crate::document::Field| {
            Span::new(document.source, field.source.clone())
        };
        let mut finding = out.finding(place(translation, field), format!("{} is not translated", field.name));
        finding = finding.related(place(original, other), "the original").because(reason);
        if pair.is_draft() {
            finding.severity = Severity::Info;
        }
        out.push(finding);
    }
}

/// The word that joins the names of two people, in the language of the original and not in that of the translation. Two words of a name
/// must stand on either side: “Trade and Industry” is one name, which may stay as it is.
fn joint<'t>(pair: &Pair<'_, '_>, text: &'t str) -> Option<&'t str> {
    let [joints, own] = [pair.original, pair.translation].map(|reading| &reading.language().dates.and);
    // Words of one letter are initials as well.
    let foreign = |word: &&str| {
        word.chars().count() > 1 && joints.iter().any(|joint| joint == word) && !own.iter().any(|joint| joint == word)
    };
    let name =
        |word: &&str| word.starts_with(char::is_uppercase) && word.trim_end_matches(',').ends_with(char::is_alphabetic);
    let words: Vec<&str> = text.split_whitespace().collect();
    let joins = |run: &&[&'t str]| foreign(&run[2]) && [0, 1, 3, 4].iter().all(|&at| name(&run[at]));
    words.windows(5).find(joins).map(|run| run[2])
}

/// What is said of a person after the name, in words that begin titles in the language of the original and not in that of the translation.
fn foreign_title<'t>(pair: &Pair<'_, '_>, text: &'t str) -> Option<&'t str> {
    let [theirs, own] = [pair.original, pair.translation].map(|reading| &reading.language().names);
    if own.heads.is_empty() && own.genders.is_empty() {
        return None;
    }
    let mut pieces = text.split([',', '(', ')', ';']).map(str::trim);
    let name = pieces.next()?;
    let words = |piece: &'t str| piece.split([' ', '-', '/']).filter(|word| word.chars().any(char::is_alphabetic));
    let title = |piece: &&'t str| {
        words(piece).count() > 1
            && words(piece).any(|word| theirs.heads_title(word))
            && !words(piece).any(|word| own.heads_title(word))
    };
    pieces.find(title).filter(|_| words(name).count() > 1 && mostly_names(name))
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether a text ends as a sentence does; a title, a label and an entry of a list do not.
fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]”".contains(c));
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// The words of a block outside quotations and links, whose words are often names of pages.
fn own_words(pair: &Pair<'_, '_>, range: Range<usize>) -> String {
    let reading = pair.translation;
    let mut cut: Vec<Range<usize>> = Vec::new();
    let inlines = &reading.document.inlines;
    let first = inlines.partition_point(|inline| inline.range.start < range.start);
    for inline in inlines[first..].iter().take_while(|inline| inline.range.start < range.end) {
        if matches!(inline.kind, InlineKind::Link { .. } | InlineKind::Address | InlineKind::Emphasis) {
            cut.push(inline.range.clone());
        }
    }
    let quotations = reading.quotations();
    let first = quotations.partition_point(|quotation| quotation.range.start < range.start);
    cut.extend(quotations[first..].iter().take_while(|q| q.range.start < range.end).map(|q| q.range.clone()));
    cut.sort_by_key(|range| range.start);
    let (mut words, mut at) = (String::new(), range.start);
    for gone in cut {
        words.push_str(reading.text().get(at..gone.start).unwrap_or_default());
        at = at.max(gone.end.min(range.end));
    }
    words.push_str(reading.text().get(at..range.end).unwrap_or_default());
    words
}

/// Whether most words begin with a capital or hold no letter: names, titles, a list of sources.
fn mostly_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let plain = words.iter().filter(|word| word.starts_with(char::is_lowercase)).count();
    plain * 2 < words.len()
}
