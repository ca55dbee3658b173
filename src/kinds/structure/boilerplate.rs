//! `structure/boilerplate`: the “About …” text of a release against the one that the register has for that day and language, word by word.

use crate::diagnostic::{Applicability, Diagnostic};
use crate::document::{Block, BlockKind, Part};
use crate::register::{Details, Entry, Worded, told_last};
use crate::rule::{Check, Findings, Hit, Kind, Reading, Setup};
use crate::source::Span;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The kind.
pub const KIND: Kind = Kind {
    name: "structure/boilerplate",
    page: include_str!("boilerplate.md"),
    keys: &[],
    build: |_: &Setup<'_>| Ok(Box::new(Boilerplate)),
};

/// Differences of one text that are told one by one.
const MOST: usize = 8;
/// Words of the longest text that is compared.
const LONGEST: usize = 2000;
/// Words of the shortest text that is known without its heading.
const LEAST: usize = 12;
/// Blocks under one heading that are compared.
const MOST_BLOCKS: usize = 12;

struct Boilerplate;

impl Check for Boilerplate {
    fn document(&self, reading: &Reading<'_>, _: &[Hit], out: &mut Findings<'_>) {
        let language = reading.document.language.tag.as_deref();
        let approved: Vec<Approved<'_>> = approved(reading, language);
        if approved.is_empty() {
            return;
        }
        let blocks = &reading.document.blocks;
        let mut next = 0;
        while let Some(block) = blocks.get(next) {
            next += 1;
            let Some((start, named)) = heads(reading, block, &approved) else { continue };
            let own = start < block.range.end && is_text(block);
            let under = blocks[next..].iter().take_while(|block| is_text(block)).take(MOST_BLOCKS);
            let mut passage: Vec<Range<usize>> = under.map(|block| block.range.clone()).collect();
            if own {
                passage.insert(0, start..block.range.end);
            }
            // What stands under a heading is not known by its beginning again.
            next += usize::from(!own && !passage.is_empty());
            compare(reading, &named, &passage, out);
        }
    }
}

fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)
        && !matches!(block.part, Part::Contact | Part::EndMark | Part::Notes)
}

/// The texts of which a block is the heading, with where what it heads begins: after the block, or inside it after “About us:”.
/// A text without a heading is known by its beginning and by most of its words.
fn heads<'a>(
    reading: &Reading<'_>,
    block: &Block,
    approved: &'a [Approved<'a>],
) -> Option<(usize, Vec<&'a Approved<'a>>)> {
    if !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Paragraph) {
        return None;
    }
    let text = reading.slice(block.range.clone());
    let written: Vec<(Range<usize>, String)> = words(text).take(LONGEST).collect();
    let end = |at: usize| at == written.len();
    let fits = |heading: &str| -> Option<usize> {
        let mut at = 0;
        let mut all = heading.split(' ').peekable();
        while let Some(word) = all.next() {
            let (_, own) = written.get(at)?;
            let own = own.to_lowercase();
            at += 1;
            let last = all.peek().is_none();
            let bare = own.trim_end_matches([':', '.', '—', '–']);
            if own != word && !(last && bare == word.trim_end_matches([':', '.'])) {
                return None;
            }
            let closed = own.ends_with([':', '.'])
                || written.get(at).is_some_and(|(_, next)| matches!(&**next, "-" | "—" | "–" | ":"));
            if last && !end(at) && !(closed && is_text(block)) {
                return None;
            }
        }
        while written.get(at).is_some_and(|(_, next)| matches!(&**next, "-" | "—" | "–" | ":")) {
            at += 1;
        }
        Some(written.get(at).map_or(block.range.end, |(range, _)| block.range.start + range.start))
    };
    let mut start = None;
    let headed = approved.iter().filter(|text| {
        let found = text.headings.iter().find_map(|heading| fits(heading));
        start = start.or(found);
        found.is_some()
    });
    let headed: Vec<&Approved<'_>> = headed.collect();
    if let Some(start) = start {
        return Some((start, headed));
    }
    if !matches!(block.kind, BlockKind::Paragraph) {
        return None;
    }
    let alike = |text: &&Approved<'_>| {
        let same = text.words.iter().zip(&written).take_while(|(ours, (_, theirs))| *ours == theirs).count();
        let known = || written.iter().filter(|(_, word)| text.words.contains(word)).count();
        same >= 3
            && text.words.len() >= LEAST
            && written.len() * 3 <= text.words.len() * 4
            && known() * 4 >= text.words.len() * 3
    };
    let alike: Vec<&Approved<'_>> = approved.iter().filter(alike).collect();
    (!alike.is_empty()).then_some((block.range.start, alike))
}

/// An approved text.
struct Approved<'a> {
    details: &'a Details,
    headings: Vec<String>,
    text: &'a Worded,
    words: Vec<String>,
}

impl Approved<'_> {
    fn holds(&self, reading: &Reading<'_>) -> bool {
        let day = reading.day();
        day.is_none_or(|day| {
            self.details.from.is_none_or(|from| from <= day) && self.details.until.is_none_or(|until| day <= until)
        })
    }
}

/// The approved texts in a language, of every day.
fn approved<'a>(reading: &'a Reading<'_>, language: Option<&str>) -> Vec<Approved<'a>> {
    let entries = reading.register().approved_texts();
    let texts = entries.filter_map(|entry: &Entry| entry.details.as_deref());
    let speaks = |worded: &&Worded| crate::register::speaks(&worded.language, language);
    let each = texts.flat_map(|details| details.texts.iter().filter(speaks).map(move |text| (details, text)));
    each.map(|(details, text)| {
        let headings = details.headings.iter().filter(speaks).map(|heading| flat(&heading.text)).collect();
        Approved { details, headings, text, words: words(&text.text).map(|(_, word)| word).collect() }
    })
    .filter(|text| text.words.len() <= LONGEST)
    .collect()
}

/// Words with their places, in the letters by which they are compared: kinds of space, apostrophe and hyphen are alike.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let plain = |c: char| match c {
        '’' | '‘' | 'ʼ' => '\'',
        '‐' | '‑' => '-',
        '“' | '”' | '„' | '«' | '»' => '"',
        c => c,
    };
    let pieces = text.split(char::is_whitespace).filter(|word| !word.is_empty());
    pieces.map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (start..start + word.len(), word.nfc().map(plain).collect())
    })
}

fn flat(text: &str) -> String {
    words(text).map(|(_, word)| word.to_lowercase()).collect::<Vec<_>>().join(" ")
}

fn compare(reading: &Reading<'_>, named: &[&Approved<'_>], blocks: &[Range<usize>], out: &mut Findings<'_>) {
    let (Some(first), true) = (blocks.first(), named.iter().any(|text| text.holds(reading))) else { return };
    // Each block's words with their places in the text.
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    let mut ends = Vec::new();
    for block in blocks {
        let start = block.start;
        let own = words(reading.slice(block.clone()));
        found.extend(own.map(|(range, word)| (start + range.start..start + range.end, word)));
        ends.push(found.len());
    }
    if found.is_empty() || found.len() > LONGEST {
        return;
    }
    let keys: Vec<&str> = found.iter().map(|(_, word)| word.as_str()).collect();
    let is = |text: &Approved<'_>, end: usize| text.words.iter().map(String::as_str).eq(keys[..end].iter().copied());
    // The right text of today, however many paragraphs follow it.
    if named.iter().any(|text| text.holds(reading) && ends.iter().any(|&end| is(text, end))) {
        return;
    }
    if let Some(old) = named.iter().find(|text| ends.iter().any(|&end| is(text, end))) {
        let message = match (old.details.until, old.details.from) {
            (Some(until), _) if reading.day().is_some_and(|day| day > until) => {
                format!("this text was approved until {}; another holds today", told_last(until))
            }
            (_, Some(from)) => format!("this text is approved from {from}; another holds today"),
            _ => "another text holds today".to_owned(),
        };
        let mut finding = out.finding(reading.span(first.clone()), message).related(old.text.place, "the text of then");
        if let Some(own) = named.iter().find(|text| text.holds(reading)) {
            finding = finding.related(own.text.place, "the text of today");
        }
        return out.push(finding);
    }
    let best = named.iter().filter(|text| text.holds(reading)).flat_map(|text| {
        let model: Vec<&str> = text.words.iter().map(String::as_str).collect();
        let keys = &keys;
        ends.iter().map(move |&end| {
            let operations = capture_diff_slices(Algorithm::Myers, &model, &keys[..end]);
            let same: usize = operations.iter().filter_map(kept).sum();
            (model.len() + end - 2 * same, same, end, *text, operations)
        })
    });
    let Some((_, same, end, text, operations)) = best.min_by_key(|(odd, _, end, ..)| (*odd, *end)) else { return };
    let changes: Vec<&DiffOp> = operations.iter().filter(|operation| kept(operation).is_none()).collect();
    if 2 * same < text.words.len() || changes.len() > MOST {
        let whole = first.start..found.get(end.saturating_sub(1)).map_or(first.end, |(range, _)| range.end);
        let message = format!("this is not the approved text: it differs from it in {} places", changes.len());
        return out.push(out.finding(reading.span(whole), message).related(text.text.place, "the approved text"));
    }
    for change in changes {
        out.push(difference(reading, text, &found[..end], change, out));
    }
}

/// How many words are the same; `None` for a difference.
fn kept(operation: &DiffOp) -> Option<usize> {
    match operation {
        DiffOp::Equal { len, .. } => Some(*len),
        _ => None,
    }
}

fn difference(
    reading: &Reading<'_>,
    text: &Approved<'_>,
    found: &[(Range<usize>, String)],
    change: &DiffOp,
    out: &Findings<'_>,
) -> Diagnostic {
    let (old, new) = (change.old_range(), change.new_range());
    let places: Vec<Range<usize>> = words(&text.text.text).map(|(range, _)| range).collect();
    let approved = match (places.get(old.start), old.end.checked_sub(1).and_then(|last| places.get(last))) {
        (Some(first), Some(last)) if !old.is_empty() => &text.text.text[first.start..last.end],
        _ => "",
    };
    let related = place(reading, text, approved);
    if new.is_empty() {
        // What is missing stands between two words; the one before it is shown.
        let at = new.start.saturating_sub(1);
        let range = found.get(at).map_or(0..0, |(range, _)| range.clone());
        let side = if new.start == 0 { "before" } else { "after" };
        let finding =
            out.finding(reading.span(range.clone()), format!("“{}” is missing {side} this", joined(approved)));
        let insert = match (reading.edit_span(range.clone()), side) {
            (Some(span), "after") => Some((span, format!("{} {}", reading.slice(range), joined(approved)))),
            (Some(span), _) => Some((span, format!("{} {}", joined(approved), reading.slice(range)))),
            _ => None,
        };
        let finding = finding.related(related, "the approved text has it");
        return match insert {
            Some((span, words)) => finding.replace("write the approved words", Applicability::Unsafe, span, words),
            None => finding,
        };
    }
    let range = match (found.get(new.start), found.get(new.end - 1)) {
        (Some((first, _)), Some((last, _))) => first.start..last.end,
        _ => 0..0,
    };
    let written = joined(reading.slice(range.clone()));
    if old.is_empty() {
        let finding = out.finding(reading.span(range), format!("the approved text has no “{written}”"));
        return finding.related(text.text.place, "the approved text");
    }
    let message = format!("“{written}” stands for “{}”", joined(approved));
    let finding = out.finding(reading.span(range.clone()), message).related(related, "the approved text has it so");
    match reading.edit_span(range) {
        Some(span) => finding.replace("write the approved words", Applicability::Unsafe, span, joined(approved)),
        None => finding,
    }
}

/// Words on one line.
fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where words of an approved text stand in the register; the whole text where they are written with escapes.
fn place(reading: &Reading<'_>, text: &Approved<'_>, words: &str) -> Span {
    let whole = text.text.place;
    let source = reading.sources.get(whole.source);
    let written = source.slice(whole.range());
    match written.find(words).filter(|_| !words.is_empty() && written.matches(words).count() == 1) {
        Some(at) => Span::new(whole.source, whole.start + at..whole.start + at + words.len()),
        None => whole,
    }
}
