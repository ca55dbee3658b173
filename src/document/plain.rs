//! Plain text. A release is recognised by its shape: a title (perhaps broken over lines), a date by itself, a dateline, paragraphs,
//! the “About …” text, a contact, an end mark. One file may hold several.

use super::builder::Builder;
use super::{BlockKind, Document, Format, Part};
use crate::source::SourceId;
use std::ops::Range;

/// Longer lines are paragraphs of their own; shorter ones that follow each other are one paragraph, broken by hand.
const WRAPPED: usize = 100;
/// Longer lines are no part of a title.
const TITLE: usize = 200;

/// How the “About …” text begins, in the languages of the releases that were looked at.
const ABOUT: &[&str] = &["about ", "à propos ", "a propos ", "acerca de ", "sobre ", "über ", "informazioni su "];
/// How a contact begins.
const CONTACT: &[&str] = &["contact", "media contact", "press contact", "contacto", "kontakt", "pressekontakt"];
/// How the line begins that says when a text may be used.
const RELEASE: &[&str] = &["for immediate release", "embargo", "pour diffusion immédiate", "sous embargo"];

/// A run of lines.
struct Paragraph {
    range: Range<usize>,
    /// Empty lines before it.
    gap: usize,
}

/// Reads a source into documents, one a release.
pub(super) fn read(source: &str, id: SourceId) -> Vec<Document> {
    let (paragraphs, comments) = paragraphs(source);
    let starts = starts(source, &paragraphs);
    let mut documents = Vec::new();
    for (index, &first) in starts.iter().enumerate() {
        let last = starts.get(index + 1).copied().unwrap_or(paragraphs.len());
        let begin = if index == 0 { 0 } else { paragraphs[first].range.start };
        let end = paragraphs.get(last).map_or(source.len(), |next| next.range.start);
        let mut builder = Builder::new(source);
        let comments: Vec<_> = comments.iter().filter(|comment| (begin..end).contains(&comment.start)).collect();
        write(&mut builder, &paragraphs[first..last], &comments);
        documents.push(builder.finish(id, index, begin..end, Format::Plain));
    }
    documents
}

/// The paragraphs of a text, and its `%%` lines.
fn paragraphs(source: &str) -> (Vec<Paragraph>, Vec<Range<usize>>) {
    let (mut found, mut comments): (Vec<Paragraph>, _) = (Vec::new(), Vec::new());
    let (mut at, mut gap, mut joined) = (0, 0, false);
    for line in source.split_inclusive('\n') {
        let content = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let range = start..start + content.len();
        at += line.len();
        if content.is_empty() {
            (gap, joined) = (gap + 1, false);
        } else if content.starts_with("%%") {
            comments.push(range);
            joined = false;
        } else {
            let wrapped = content.chars().count() <= WRAPPED && item(content).is_none();
            match found.last_mut().filter(|_| joined && wrapped) {
                Some(paragraph) => paragraph.range.end = range.end,
                None => found.push(Paragraph { range, gap }),
            }
            (gap, joined) = (0, content.chars().count() <= WRAPPED);
        }
    }
    (found, comments)
}

/// The indices of the paragraphs at which releases start; there is always a first.
fn starts(source: &str, paragraphs: &[Paragraph]) -> Vec<usize> {
    let text = |i: usize| &source[paragraphs[i].range.clone()];
    let mut starts = vec![0];
    for i in 1..paragraphs.len() {
        let body = dateline(text(i)) || text(i).chars().count() > TITLE;
        if !body {
            continue;
        }
        // The head is what looks like a title or a date right before the text.
        let mut head = i;
        while head > 0 && (titled(text(head - 1)) || masthead(text(head - 1))) && !about(text(head - 1)) {
            head -= 1;
        }
        let before = starts.last().copied().unwrap_or_default();
        // What was read so far must be a release of its own: text after its head.
        let complete = (before..head).any(|j| text(j).chars().count() > TITLE);
        let after_about = (before..head).any(|j| about(text(j))) && paragraphs[head].gap > 1;
        if head < i && complete && (dateline(text(i)) || after_about) {
            starts.push(head);
        }
    }
    starts
}

fn write(builder: &mut Builder<'_>, paragraphs: &[Paragraph], comments: &[&Range<usize>]) {
    let source = builder.source;
    let mut comments = comments.iter().peekable();
    let (mut part, mut list, mut title) = (Part::Head, None, None);
    for paragraph in paragraphs {
        let text = &source[paragraph.range.clone()];
        while let Some(comment) = comments.next_if(|comment| comment.start < paragraph.range.start) {
            builder.comment(source[(*comment).clone()].trim_start_matches('%'), (*comment).clone());
        }
        let (kind, own) = shape(text, &mut part);
        if kind == BlockKind::Title && title.is_some() && builder.is_open() {
            // A title that is broken over lines is one.
            builder.pause(title.unwrap_or(paragraph.range.start)..paragraph.range.start);
            builder.exact(paragraph.range.clone());
            title = Some(paragraph.range.end);
            continue;
        }
        builder.close(title.take().unwrap_or(paragraph.range.start));
        let mark = item(text).filter(|_| kind == BlockKind::Paragraph);
        match &mark {
            Some((_, number)) => {
                let (group, place) = list.map_or_else(|| (builder.group(), 0), |(group, place)| (group, place + 1));
                list = Some((group, place));
                (builder.around.group, builder.around.place) = (Some(group), place);
                (builder.around.number, builder.around.depth) = (*number, 1);
            }
            None => {
                list = None;
                builder.around = super::builder::Around::default();
            }
        }
        builder.around.part = Some(own);
        let kind = if mark.is_some() { BlockKind::ListItem } else { kind };
        builder.open(kind, paragraph.range.start);
        builder.exact(paragraph.range.start + mark.map_or(0, |(length, _)| length)..paragraph.range.end);
        if kind == BlockKind::Title {
            title = Some(paragraph.range.end);
        } else {
            builder.close(paragraph.range.end);
        }
    }
    builder.close(paragraphs.last().map_or(0, |paragraph| paragraph.range.end));
    for comment in comments {
        builder.comment(source[(*comment).clone()].trim_start_matches('%'), (*comment).clone());
    }
}

/// What a paragraph is, by itself and by what came before it.
fn shape(text: &str, part: &mut Part) -> (BlockKind, Part) {
    let lower = text.to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if matches!(text.trim(), "###" | "# # #" | "-30-" | "- 30 -" | "-ENDS-" | "ENDS" | "- ENDS -" | "***" | "* * *") {
        *part = Part::Notes;
        return (BlockKind::Paragraph, Part::EndMark);
    }
    if begins(RELEASE) && text.chars().count() <= TITLE {
        return (BlockKind::Paragraph, Part::ReleaseLine);
    }
    if about(text) {
        *part = Part::Boilerplate;
        return (BlockKind::Heading(2), Part::Boilerplate);
    }
    if begins(CONTACT) && text.chars().count() <= TITLE && *part != Part::Head {
        *part = Part::Contact;
    }
    if *part == Part::Head {
        if masthead(text) {
            return (BlockKind::Paragraph, Part::Masthead);
        }
        if titled(text) && !dateline(text) {
            return (BlockKind::Title, Part::Head);
        }
        *part = Part::Body;
    }
    (BlockKind::Paragraph, *part)
}

/// Whether a paragraph can be a title, or a piece of one.
fn titled(text: &str) -> bool {
    text.chars().count() <= TITLE
        && !text.ends_with(['.', ',', ':', ';', '!', '?'])
        && !text.contains(['@', '['])
        && text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
        && item(text).is_none()
}

fn about(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.chars().count() <= WRAPPED && !text.ends_with('.') && ABOUT.iter().any(|word| lower.starts_with(word))
}

/// Whether a paragraph is only a date: a year and little else.
fn masthead(text: &str) -> bool {
    text.chars().count() <= 40 && text.split_whitespace().count() <= 6 && has_year(text)
}

fn has_year(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

/// Whether a paragraph begins with place and date: “[Geneva, 9 July 2012] --”, “GENEVA, 9 July 2012 –”.
fn dateline(text: &str) -> bool {
    let head: String = text.chars().take(90).collect();
    let ends = ["] -", "]-", "] –", "] —", " -- ", " – ", " — ", " - ", ": "];
    let Some(end) = ends.iter().filter_map(|sign| head.find(sign)).min() else { return false };
    let place = &head[..end];
    place.chars().next().is_some_and(|c| c == '[' || c.is_uppercase()) && has_year(place) && place.contains(',')
}

/// The bytes of a list item's mark with the space after it, and its number.
fn item(text: &str) -> Option<(usize, Option<u64>)> {
    for bullet in ["- ", "* ", "• ", "– ", "· "] {
        if text.starts_with(bullet) {
            return Some((bullet.len(), None));
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let marked = (1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") "));
    marked.then(|| (digits + 2, text[..digits].parse().ok()))
}
