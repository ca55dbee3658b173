//! HTML: the standard's own tokenizer says what is text; block-level elements divide it.

use super::builder::Builder;
use super::{BlockKind, InlineKind, Part, attributes};
use html5gum::emitters::default::{DefaultEmitter, StartTag, Token};
use html5gum::{Span, Tokenizer};
use std::ops::Range;

/// Elements that begin a block of prose.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "main",
    "aside",
    "nav",
    "li",
    "dd",
    "dt",
    "td",
    "th",
    "blockquote",
    "figcaption",
    "caption",
    "address",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "title",
    "body",
    "html",
    "ul",
    "ol",
    "dl",
    "table",
    "tr",
    "figure",
    "form",
    "fieldset",
    "legend",
    "summary",
    "details",
    "head",
];

/// Elements whose content is never prose.
const OPAQUE: &[&str] =
    &["script", "style", "template", "svg", "math", "pre", "textarea", "noscript", "iframe", "object"];

/// Elements whose words stand there no more.
const STRUCK: &[&str] = &["del", "s", "strike"];

/// Whether a tag begins words that are struck out.
pub(super) fn strikes(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    STRUCK.iter().any(|struck| name.eq_ignore_ascii_case(struck))
}

/// Whether a tag ends words that are struck out.
pub(super) fn strikes_no_more(tag: &str) -> bool {
    tag.strip_prefix("</").is_some_and(strikes)
}

/// What the elements around say.
#[derive(Default)]
struct State {
    /// Where words begin that are struck out, with the blocks begun since.
    struck: Option<(usize, usize)>,
    /// The opaque element we are in, and where it started.
    opaque: Option<(String, usize)>,
    code: Option<usize>,
    links: Vec<(usize, String, Range<usize>)>,
    emphasis: Vec<(usize, usize, bool)>,
    lists: Vec<(usize, usize, Option<u64>)>,
    /// Group, rows begun and cells begun in the row, of each table around.
    tables: Vec<(usize, usize, usize)>,
    heading: Option<BlockKind>,
    language: Option<String>,
}

/// Reads a range of the source; says what language the markup names.
pub(super) fn read(builder: &mut Builder<'_>, range: Range<usize>) -> Option<String> {
    let collapse = std::mem::replace(&mut builder.collapse, true);
    let mut state = State::default();
    let input = attributes::parted(&builder.source[range.clone()]);
    let whole = |span: Span| range.start + span.start..(range.start + span.end).min(range.end);
    for token in Tokenizer::new_with_emitter(&*input, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => start(builder, &mut state, &tag, whole(tag.span)),
            Token::EndTag(tag) => end(builder, &mut state, &String::from_utf8_lossy(&tag.name), whole(tag.span)),
            Token::String(text) if state.opaque.is_none() && state.code.is_none() && state.struck.is_none() => {
                characters(builder, &mut state, whole(text.span));
            }
            Token::Comment(text) => builder.comment(&String::from_utf8_lossy(&text.value), whole(text.span)),
            _ => {}
        }
    }
    builder.close(range.end);
    builder.collapse = collapse;
    state.language
}

fn start(builder: &mut Builder<'_>, state: &mut State, tag: &StartTag<usize>, span: Range<usize>) {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let attribute =
        |key: &[u8]| tag.attributes.get(key).map(|value| String::from_utf8_lossy(&value.value).into_owned());
    if state.opaque.is_some() {
        return;
    }
    if let Some((_, blocks)) = &mut state.struck {
        *blocks += usize::from(BLOCKS.contains(&name.as_str()));
        return;
    }
    if name == "html" {
        state.language = attribute(b"lang");
    }
    if OPAQUE.contains(&name.as_str()) && !tag.self_closing {
        builder.close(span.start);
        state.opaque = Some((name, span.start));
        return;
    }
    if BLOCKS.contains(&name.as_str()) {
        builder.close(span.start);
        match name.as_str() {
            "ul" | "ol" => {
                let first = attribute(b"start").and_then(|n| n.parse().ok()).unwrap_or(1);
                state.lists.push((builder.group(), 0, (name == "ol").then_some(first)));
            }
            "blockquote" => builder.around.quotes = builder.around.quotes.saturating_add(1),
            "title" | "h1" => state.heading = Some(BlockKind::Title),
            "h2" | "h3" | "h4" | "h5" | "h6" => {
                state.heading = Some(BlockKind::Heading(name.as_bytes()[1] - b'0'));
            }
            "figcaption" | "caption" => state.heading = Some(BlockKind::Caption),
            "table" => state.tables.push((builder.group(), 0, 0)),
            "tr" => {
                if let Some((_, rows, cells)) = state.tables.last_mut() {
                    (*rows, *cells) = (*rows + 1, 0);
                }
            }
            "td" | "th" => {
                state.heading = Some(BlockKind::TableCell);
                if let Some((group, rows, cells)) = state.tables.last_mut() {
                    builder.around.group = Some(*group);
                    builder.around.place = rows.saturating_sub(1) * 1000 + *cells;
                    *cells += 1;
                }
            }
            "li" => {
                state.heading = Some(BlockKind::ListItem);
                if let Some((group, place, number)) = state.lists.last_mut() {
                    builder.around.group = Some(*group);
                    builder.around.place = *place;
                    builder.around.number = number.map(|first| first.saturating_add(*place as u64));
                    *place += 1;
                }
                builder.around.depth = state.lists.len().min(255) as u8;
            }
            _ => {}
        }
        return;
    }
    match name.as_str() {
        "br" => builder.pause(span),
        _ if STRUCK.contains(&name.as_str()) => state.struck = Some((span.start, 0)),
        "hr" => builder.mark(BlockKind::Break, span),
        "img" if builder.is_open() => builder.opaque(InlineKind::Image(attribute(b"src").unwrap_or_default()), span),
        "code" | "kbd" | "samp" | "var" => state.code = Some(span.start),
        "a" => {
            let target = attribute(b"href").unwrap_or_default();
            let place = tag.attributes.get(b"href".as_slice()).map(|value| value.span);
            let offset = span.start - tag.span.start;
            let place = place.map_or(span.clone(), |place| offset + place.start..offset + place.end);
            // Of the attribute only its value, where that is written as it is.
            let inside = builder.source.get(place.clone()).and_then(|written| written.find(&target));
            let place = inside.map_or(place.clone(), |at| place.start + at..place.start + at + target.len());
            state.links.push((builder.here(), target, place));
        }
        "em" | "i" | "strong" | "b" => {
            state.emphasis.push((builder.here(), span.start, name == "strong" || name == "b"));
        }
        _ => {}
    }
}

fn end(builder: &mut Builder<'_>, state: &mut State, name: &str, span: Range<usize>) {
    if let Some((opaque, start)) = &state.opaque {
        if opaque == name {
            builder.mark(BlockKind::Opaque, *start..span.end);
            state.opaque = None;
        }
        return;
    }
    if let Some((start, blocks)) = &mut state.struck {
        let block = BLOCKS.contains(&name);
        // A tag that was never closed ends with the block that it stands in.
        let outside = block && *blocks == 0;
        *blocks -= usize::from(block && !outside);
        if !outside && !STRUCK.contains(&name) {
            return;
        }
        let range = *start..if outside { span.start } else { span.end };
        state.struck = None;
        open(builder, state, range.start);
        builder.opaque(InlineKind::Markup, range);
        if !outside {
            return;
        }
    }
    match name {
        "code" | "kbd" | "samp" | "var" => {
            if let Some(start) = state.code.take() {
                let content =
                    builder.source[start..span.start].split_once('>').map_or("", |(_, content)| content).to_owned();
                open(builder, state, start);
                builder.opaque(InlineKind::Code(content), start..span.end);
            }
        }
        "a" => {
            if let Some((start, target, source)) = state.links.pop() {
                builder.inline(start, InlineKind::Link { target, source: source.clone() }, source.start..span.end);
            }
        }
        "em" | "i" | "strong" | "b" => {
            if let Some((start, source, strong)) = state.emphasis.pop() {
                let kind = if strong { InlineKind::Strong } else { InlineKind::Emphasis };
                builder.inline(start, kind, source..span.end);
            }
        }
        _ if BLOCKS.contains(&name) => {
            builder.close(span.end);
            state.heading = None;
            match name {
                "table" => {
                    state.tables.pop();
                    (builder.around.group, builder.around.place) = (None, 0);
                }
                "ul" | "ol" => {
                    state.lists.pop();
                    builder.around.depth = state.lists.len().min(255) as u8;
                    if state.lists.is_empty() {
                        (builder.around.group, builder.around.number) = (None, None);
                    }
                }
                "blockquote" => builder.around.quotes = builder.around.quotes.saturating_sub(1),
                _ => {}
            }
        }
        _ => {}
    }
}

fn open(builder: &mut Builder<'_>, state: &mut State, at: usize) {
    if !builder.is_open() {
        let kind = state.heading.unwrap_or(BlockKind::Paragraph);
        builder.around.part = (kind == BlockKind::Title).then_some(Part::Head);
        builder.open(kind, at);
        if kind == BlockKind::ListItem {
            // Only the first paragraph of an item is the item.
            state.heading = Some(BlockKind::Paragraph);
        }
    }
}

/// Text with character references in it.
fn characters(builder: &mut Builder<'_>, state: &mut State, range: Range<usize>) {
    let source = builder.source;
    if !builder.is_open() && source[range.clone()].trim().is_empty() {
        return;
    }
    open(builder, state, range.start);
    let mut at = range.start;
    while let Some(found) = source[at..range.end].find('&') {
        let start = at + found;
        builder.exact(at..start);
        let length = source[start + 1..range.end]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '#')
            .map_or(range.end - start, |end| 1 + end);
        let semicolon = usize::from(source[start + length..range.end].starts_with(';'));
        let end = start + length + semicolon;
        let decoded = decode(&source[start..end]);
        if decoded == source[start..end] {
            builder.exact(start..end);
        } else {
            builder.replaced(&decoded, start..end);
        }
        at = end;
    }
    builder.exact(at..range.end);
}

/// What a character reference stands for.
fn decode(reference: &str) -> String {
    let mut decoded = String::new();
    for token in Tokenizer::new(reference) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            decoded.push_str(&String::from_utf8_lossy(&text.value));
        }
    }
    decoded
}
