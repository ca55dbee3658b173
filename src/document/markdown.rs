//! CommonMark with tables and footnotes. What Hugo, Liquid and Kramdown add is opaque; HTML inside is read as HTML.

use super::builder::{Around, Builder};
use super::{BlockKind, InlineKind, Part, html, parts};
use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

/// How many times longer what stands below the end mark of a text may be than what stands above it: notes and contacts, and no digest.
const MOST_BELOW: usize = 4;

struct State<'a> {
    templates: Vec<Range<usize>>,
    /// Targets of reference definitions and where they are written.
    references: HashMap<&'a str, usize>,
    lists: Vec<List>,
    table: Option<(usize, usize, usize)>,
    heading: Option<BlockKind>,
    item: bool,
    /// Whether what the parser takes for a list is a date.
    dated: bool,
    notes: usize,
    links: Vec<(usize, String, Range<usize>, LinkType)>,
    emphasis: Vec<(usize, Range<usize>, bool)>,
    /// Depth of images, and the alternative text seen in them.
    images: usize,
    captions: Vec<Range<usize>>,
    code: Option<Range<usize>>,
    titled: bool,
    /// Where words begin that are struck out, and whether a tag of HTML says so.
    struck: Option<(usize, bool)>,
    /// Up to where the source was read already.
    read: usize,
}

struct List {
    group: usize,
    items: usize,
    first: Option<u64>,
}

/// Reads the source from a byte on.
pub(super) fn read(builder: &mut Builder<'_>, offset: usize) {
    let source = builder.source;
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut state = State {
        templates: templates(source),
        references: references(source),
        lists: Vec::new(),
        table: None,
        heading: None,
        item: false,
        dated: false,
        notes: 0,
        links: Vec::new(),
        emphasis: Vec::new(),
        images: 0,
        captions: Vec::new(),
        code: None,
        titled: false,
        struck: None,
        read: 0,
    };
    let mut html: Option<Range<usize>> = None;
    let text = without_tags_before_definitions(&source[offset..]);
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        let range = offset + range.start..offset + range.end;
        // An HTML block comes line by line and is read whole.
        if let Event::Html(_) = event {
            html = Some(html.map_or(range.clone(), |all| all.start..range.end));
            continue;
        }
        if let Some(range) = html.take() {
            builder.close(range.start);
            html::read(builder, range);
        }
        state.event(builder, event, range);
    }
    if let Some(range) = html {
        builder.close(range.start);
        html::read(builder, range);
    }
    builder.close(source.len());
}

impl State<'_> {
    fn event(&mut self, builder: &mut Builder<'_>, event: Event<'_>, range: Range<usize>) {
        if self.in_template(range.start) && !matches!(event, Event::Start(_) | Event::End(_) | Event::Text(_)) {
            return;
        }
        if range.end <= self.read || self.is_struck(builder, &event, &range) || self.ends_text(builder, &event, &range)
        {
            return;
        }
        match event {
            Event::Start(tag) => self.start(builder, tag, range),
            Event::End(tag) => self.end(builder, tag, range),
            Event::Text(_) if self.code.is_some() => {}
            Event::Text(_) if self.images > 0 => self.captions.push(range),
            Event::Text(text) => self.text(builder, &text, range),
            Event::Code(code) if self.images == 0 => {
                self.open(builder, range.start);
                builder.opaque(InlineKind::Code(code.into_string()), range);
            }
            Event::SoftBreak | Event::HardBreak => builder.pause(range),
            Event::InlineHtml(tag) => match tag.strip_prefix("<!--") {
                Some(comment) => builder.comment(comment.trim_end_matches("-->"), range),
                None if parts_words(&tag) => builder.pause(range),
                None if html::strikes(&tag) && self.images == 0 => self.struck = Some((range.start, true)),
                None => {}
            },
            Event::FootnoteReference(label) => {
                self.open(builder, range.start);
                builder.opaque(InlineKind::NoteMark(label.into_string()), range);
            }
            Event::Rule => builder.mark(BlockKind::Break, range),
            _ => {}
        }
    }

    /// Takes what is struck out for no prose: it stands there no more, and something may stand in its place.
    fn is_struck(&mut self, builder: &mut Builder<'_>, event: &Event<'_>, range: &Range<usize>) -> bool {
        let end = match (self.struck, event) {
            // One tilde is often not meant so: “~5”.
            (None, Event::Start(Tag::Strikethrough)) if self.images == 0 => {
                if builder.source[range.clone()].starts_with("~~") {
                    self.struck = Some((range.start, false));
                }
                return self.struck.is_some();
            }
            (None, _) => return false,
            (Some((_, false)), Event::End(TagEnd::Strikethrough)) => range.end,
            (Some((_, true)), Event::InlineHtml(tag)) if html::strikes_no_more(tag) => range.end,
            (_, Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::Item)) => {
                builder.source[..range.end].trim_end().len()
            }
            _ => return true,
        };
        if let Some((start, _)) = self.struck.take() {
            self.open(builder, start);
            builder.opaque(InlineKind::Markup, start..end.max(start));
        }
        // The end of a block is read on.
        !matches!(event, Event::End(tag) if *tag != TagEnd::Strikethrough)
    }

    /// Reads a line that ends the text and is markup besides: “###” is an empty heading, “- 30 -” a list.
    fn ends_text(&mut self, builder: &mut Builder<'_>, event: &Event<'_>, range: &Range<usize>) -> bool {
        if !matches!(event, Event::Start(Tag::Heading { .. } | Tag::List(_))) {
            return false;
        }
        let line = builder.source[range.clone()].trim_end();
        // Near the top of a long text it is a heading whose words were lost, or a list.
        let late = range.start >= (builder.source.len() - range.end) / MOST_BELOW;
        if !late || !parts::is_end_mark(line) {
            return false;
        }
        builder.close(range.start);
        builder.around.part = None;
        builder.open(BlockKind::Paragraph, range.start);
        builder.exact(range.start..range.start + line.len());
        builder.close(range.start + line.len());
        self.read = range.end;
        true
    }

    fn start(&mut self, builder: &mut Builder<'_>, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                builder.close(range.start);
                let title = level == HeadingLevel::H1 && !self.titled;
                self.titled |= title;
                self.heading = Some(if title { BlockKind::Title } else { BlockKind::Heading(level as u8) });
            }
            Tag::Paragraph => builder.close(range.start),
            Tag::BlockQuote(_) => {
                builder.close(range.start);
                builder.around.quotes = builder.around.quotes.saturating_add(1);
            }
            Tag::List(_) if self.lists.is_empty() && parts::is_numbered_date(builder.source[range.clone()].trim()) => {
                self.dated = true;
            }
            Tag::Item if self.dated => {
                // The number is the day of a date that stands alone.
                self.open(builder, range.start);
                let line = &builder.source[range.clone()];
                let number = line.find(". ").map_or(0, |at| at + 2);
                builder.exact(range.start..range.start + number);
            }
            Tag::List(first) => {
                builder.close(range.start);
                let group = builder.group();
                self.lists.push(List { group, items: 0, first });
            }
            Tag::Item => {
                builder.close(range.start);
                self.item = true;
                if let Some(list) = self.lists.last_mut() {
                    builder.around.place = list.items;
                    builder.around.number = list.first.map(|first| first.saturating_add(list.items as u64));
                    list.items += 1;
                }
                self.place(builder);
            }
            Tag::Table(_) => {
                builder.close(range.start);
                self.table = Some((builder.group(), 0, 0));
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some((_, row, column)) = &mut self.table {
                    *column = 0;
                    if matches!(tag, Tag::TableRow) {
                        *row += 1;
                    }
                }
            }
            Tag::TableCell => {
                builder.close(range.start);
                self.heading = Some(BlockKind::TableCell);
                if let Some((group, row, column)) = &mut self.table {
                    builder.around.group = Some(*group);
                    builder.around.place = *row * 1000 + *column;
                    *column += 1;
                }
            }
            Tag::CodeBlock(_) => {
                builder.close(range.start);
                self.code = Some(range);
            }
            Tag::FootnoteDefinition(_) => {
                builder.close(range.start);
                self.notes += 1;
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.open(builder, range.start);
                self.links.push((builder.here(), dest_url.into_string(), range, link_type));
            }
            Tag::Image { dest_url, .. } => {
                if self.images == 0 {
                    self.open(builder, range.start);
                    builder.opaque(InlineKind::Image(dest_url.into_string()), range);
                }
                self.images += 1;
            }
            Tag::Emphasis | Tag::Strong => {
                self.open(builder, range.start);
                self.emphasis.push((builder.here(), range, matches!(tag, Tag::Strong)));
            }
            _ => {}
        }
    }

    fn end(&mut self, builder: &mut Builder<'_>, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => {
                self.close(builder, range.end);
                self.heading = None;
            }
            TagEnd::Item => {
                self.close(builder, range.end);
                self.item = false;
            }
            TagEnd::List(_) => {
                self.close(builder, range.end);
                if !std::mem::take(&mut self.dated) {
                    self.lists.pop();
                }
                self.place(builder);
            }
            TagEnd::Table => {
                self.table = None;
                self.place(builder);
            }
            TagEnd::BlockQuote(_) => {
                self.close(builder, range.end);
                builder.around.quotes = builder.around.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                if let Some(range) = self.code.take() {
                    builder.mark(BlockKind::Opaque, range);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.close(builder, range.end);
                self.notes = self.notes.saturating_sub(1);
            }
            TagEnd::Link => {
                if let Some((start, target, source, kind)) = self.links.pop() {
                    let kind = match kind {
                        LinkType::Autolink | LinkType::Email => InlineKind::Address,
                        _ => {
                            let place = self.place_of(builder.source, &target, &source);
                            InlineKind::Link { target, source: place }
                        }
                    };
                    builder.inline(start, kind, source);
                }
            }
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong => {
                if let Some((start, source, strong)) = self.emphasis.pop() {
                    let kind = if strong { InlineKind::Strong } else { InlineKind::Emphasis };
                    builder.inline(start, kind, source);
                }
            }
            _ => {}
        }
    }

    /// Puts the list that we are in around the next block.
    fn place(&self, builder: &mut Builder<'_>) {
        builder.around.depth = self.lists.len().min(255) as u8;
        builder.around.group = self.lists.last().map(|list| list.group);
        if self.lists.is_empty() {
            (builder.around.place, builder.around.number) = (0, None);
        }
    }

    fn open(&mut self, builder: &mut Builder<'_>, at: usize) {
        if builder.is_open() {
            return;
        }
        let kind = match self.heading {
            Some(kind) => kind,
            None if self.item => BlockKind::ListItem,
            None => BlockKind::Paragraph,
        };
        // Only the first paragraph of an item is the item.
        self.item = false;
        builder.around.part = match kind {
            BlockKind::Title => Some(Part::Head),
            _ if self.notes > 0 => Some(Part::Notes),
            _ => None,
        };
        builder.open(kind, at);
    }

    /// Ends a block; the alternative texts of its images follow as captions.
    fn close(&mut self, builder: &mut Builder<'_>, at: usize) {
        builder.close(at);
        // What began before words that are struck out may have ended in them.
        self.links.clear();
        self.emphasis.clear();
        let around = builder.around;
        builder.around = Around { part: around.part, ..Around::default() };
        for caption in std::mem::take(&mut self.captions) {
            if parts::is_file_name(&builder.source[caption.clone()]) {
                continue;
            }
            builder.open(BlockKind::Caption, caption.start);
            builder.exact(caption.clone());
            builder.close(caption.end);
        }
        builder.around = around;
    }

    fn text(&mut self, builder: &mut Builder<'_>, text: &str, range: Range<usize>) {
        let source = builder.source;
        if !builder.is_open() && text.trim().is_empty() {
            return;
        }
        self.open(builder, range.start);
        if &source[range.clone()] != text {
            if !self.in_template(range.start) {
                builder.replaced(text, range);
            }
            return;
        }
        let mut at = range.start;
        let first = self.templates.partition_point(|template| template.end <= range.start);
        for template in self.templates[first..].iter().take_while(|template| template.start < range.end) {
            if template.start >= at {
                builder.exact(at..template.start);
                builder.opaque(InlineKind::Markup, template.clone());
            }
            at = template.end.min(range.end);
        }
        builder.exact(at..range.end);
    }

    /// Where a link's target is written: in the link, or anywhere as a reference definition.
    fn place_of(&self, source: &str, target: &str, link: &Range<usize>) -> Range<usize> {
        let inside = source[link.clone()].rfind(target).map(|at| link.start + at);
        let at = inside.or_else(|| self.references.get(target).copied());
        at.filter(|_| !target.is_empty()).map_or(link.clone(), |at| at..at + target.len())
    }

    /// Whether a place lies inside a template tag, which was read when it started.
    fn in_template(&self, at: usize) -> bool {
        let after = self.templates.partition_point(|template| template.start < at);
        after > 0 && at < self.templates[after - 1].end
    }
}

/// Whether a tag stands between two words. Most tags only change how a word looks; a raised figure is no part of the one before it.
fn parts_words(tag: &str) -> bool {
    let name = tag.trim_start_matches('<').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    ["br", "sup", "sub"].iter().any(|parting| name.eq_ignore_ascii_case(parting))
}

/// Template tags, shortcodes and attribute lists, each within a paragraph.
fn templates(source: &str) -> Vec<Range<usize>> {
    const SIGNS: [(&str, &str); 3] = [("{{", "}}"), ("{%", "%}"), ("{:", "}")];
    let (mut found, mut at) = (Vec::new(), 0);
    let mut paragraph = Ahead::new(source, "\n\n");
    let mut closes = SIGNS.map(|(_, close)| Ahead::new(source, close));
    while let Some(start) = source[at..].find('{').map(|start| at + start) {
        let sign = SIGNS.iter().position(|(open, _)| source[start..].starts_with(open));
        let close = sign.map(|sign| closes[sign].from(start) + SIGNS[sign].1.len());
        let end = close.filter(|end| *end <= paragraph.from(start));
        found.extend(end.map(|end| start..end));
        at = end.unwrap_or(start + 1);
    }
    found
}

/// The text with blanks for a template tag that fills the line before a reference definition. Templates are gone when the page is
/// made, and a definition cannot follow the line of a paragraph. Of the same length.
fn without_tags_before_definitions(text: &str) -> Cow<'_, str> {
    let mut parted: Option<String> = None;
    for (end, _) in text.match_indices("\n[") {
        let line = text[..end].rfind('\n').map_or(0, |before| before + 1);
        let tag = text[line..end].trim();
        let definition = || text[end + 1..].lines().next().is_some_and(|rest| rest.contains("]: "));
        if tag.starts_with("{%") && tag.ends_with("%}") && definition() {
            parted.get_or_insert_with(|| text.to_owned()).replace_range(line..end, &" ".repeat(end - line));
        }
    }
    parted.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The next place of some words from a place that only moves on: the text is gone through once, however often it is asked.
struct Ahead<'a> {
    source: &'a str,
    words: &'static str,
    next: usize,
}

impl<'a> Ahead<'a> {
    fn new(source: &'a str, words: &'static str) -> Self {
        Ahead { source, words, next: source.find(words).unwrap_or(source.len()) }
    }

    /// The byte at which the words stand next; the end of the source where they stand no more.
    fn from(&mut self, at: usize) -> usize {
        if self.next < at {
            self.next = self.source[at..].find(self.words).map_or(self.source.len(), |next| at + next);
        }
        self.next
    }
}

/// Where each target of the reference definitions of a source is written; the first of those that are alike.
fn references(source: &str) -> HashMap<&str, usize> {
    let mut found = HashMap::new();
    for (at, sign) in source.match_indices("]: ") {
        let start = at + sign.len();
        let target = source[start..].split(char::is_whitespace).next().unwrap_or_default();
        let target = target.strip_prefix('<').and_then(|target| target.strip_suffix('>')).unwrap_or(target);
        let lead = usize::from(source[start..].starts_with('<') && !target.starts_with('<'));
        found.entry(target).or_insert(start + lead);
    }
    found
}
