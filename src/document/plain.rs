//! Plain text. A release is recognised by its shape: a title (perhaps broken over lines), a date by itself, a dateline, paragraphs,
//! the “About …” text, a contact, an end mark. One file may hold several.

use super::builder::Builder;
use super::{BlockKind, Document, Format, Part, parts};
use crate::source::SourceId;
use std::ops::Range;

/// Lines that are no longer and follow each other are one paragraph, broken by hand.
const WRAPPED: usize = 100;
/// Longer lines are paragraphs of their own.
const WIDEST: usize = 160;
/// Longer lines are no part of a title.
const TITLE: usize = 200;

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
    let (mut gap, mut before): (usize, Option<Range<usize>>) = (0, None);
    let lines = lines(source);
    let mut widths = widths(source, &lines).into_iter();
    for range in lines {
        let content = &source[range.clone()];
        let width = widths.next().unwrap_or_default();
        if content.is_empty() {
            (gap, before) = (gap + 1, None);
        } else if content.starts_with("%%") {
            comments.push(range);
            before = None;
        } else {
            let joined = before.take().filter(|line| goes_on(&source[line.clone()], content, width));
            match found.last_mut().filter(|_| joined.is_some()) {
                Some(paragraph) => paragraph.range.end = range.end,
                None => found.push(Paragraph { range: range.clone(), gap }),
            }
            (gap, before) = (0, Some(range));
        }
    }
    (found, comments)
}

/// Every line without the white space around it.
fn lines(source: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let line = |line: &str| {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        start..start + line.trim().len()
    };
    source.split_inclusive('\n').map(line).collect()
}

/// For each line the characters of the longest line in its run, where no line is empty.
fn widths(source: &str, lines: &[Range<usize>]) -> Vec<usize> {
    let mut widths = Vec::with_capacity(lines.len());
    for run in lines.split_inclusive(|line| line.is_empty()) {
        let width = run.iter().map(|line| source[line.clone()].chars().count()).max().unwrap_or_default();
        widths.extend(run.iter().map(|_| width));
    }
    widths
}

/// What ends a sentence or announces something, in the scripts that the languages of releases are written in.
const ENDS: [char; 10] = ['.', '!', '?', ':', '。', '！', '？', '：', '؟', '।'];

/// Whether a line goes on in the next one: both are short, or the next word did not fit into the width of the run.
fn goes_on(line: &str, next: &str, width: usize) -> bool {
    if item(next).is_some() || parts::is_numbered_date(next) {
        return false;
    }
    let (length, word) = (line.chars().count(), next.split_whitespace().next().unwrap_or_default().chars().count());
    // By hand lines are broken a little before the margin too. A wide line that ends a sentence may be a paragraph of its own, and
    // less is lost by dividing at a full stop than by joining what does not belong together.
    let full = (length + 1 + word) * 8 > width * 7 && !line.ends_with(ENDS);
    length <= WRAPPED && next.chars().count() <= WRAPPED || width <= WIDEST && full
}

/// The indices of the paragraphs at which releases start; there is always a first.
fn starts(source: &str, paragraphs: &[Paragraph]) -> Vec<usize> {
    let mut starts = vec![0];
    // How many paragraphs before each are text, and how many the heading of an “About …” text.
    let (mut texts, mut abouts) = (vec![0], vec![0]);
    // The head is what looks like a title or a date right before the text.
    let mut head = 0;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let text = &source[paragraph.range.clone()];
        let (is_text, is_about) = (!parts::within(text, TITLE), parts::is_about(text));
        let is_dateline = i > 0 && parts::is_dateline(text);
        if head < i && (is_dateline || is_text) {
            let before = starts.last().copied().unwrap_or_default();
            // What was read so far must be a release of its own: text after its head.
            let complete = texts[head] > texts[before];
            let after_about = abouts[head] > abouts[before] && paragraphs[head].gap > 1;
            if complete && (is_dateline || after_about) {
                starts.push(head);
            }
        }
        texts.push(texts[i] + usize::from(is_text));
        abouts.push(abouts[i] + usize::from(is_about));
        if is_about || !(titled(text) || parts::is_masthead(text)) {
            head = i + 1;
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
    if parts::is_end_mark(text) {
        *part = Part::Notes;
        return (BlockKind::Paragraph, Part::EndMark);
    }
    if parts::is_release_line(text) {
        return (BlockKind::Paragraph, Part::ReleaseLine);
    }
    if parts::is_about(text) {
        *part = Part::Boilerplate;
        return (BlockKind::Heading(2), Part::Boilerplate);
    }
    if parts::is_contact(text) && *part != Part::Head {
        *part = Part::Contact;
    }
    if *part == Part::Head {
        if parts::is_masthead(text) {
            return (BlockKind::Paragraph, Part::Masthead);
        }
        if titled(text) && !parts::is_dateline(text) {
            return (BlockKind::Title, Part::Head);
        }
        *part = Part::Body;
    }
    (BlockKind::Paragraph, *part)
}

/// Whether a paragraph can be a title, or a piece of one.
fn titled(text: &str) -> bool {
    text.chars().count() <= TITLE
        && !text.ends_with(ENDS)
        && !text.ends_with([',', ';', '，', '、', '；', '،', '؛'])
        && !text.contains(['@', '['])
        && text.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
        && item(text).is_none()
}

/// The bytes of a list item's mark with the space after it, and its number.
fn item(text: &str) -> Option<(usize, Option<u64>)> {
    if parts::is_numbered_date(text) {
        return None;
    }
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
