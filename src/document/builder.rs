//! Puts a document together: blocks of text with the map to their source, one piece at a time and in the order of the source.

use super::{
    Block, BlockKind, Comment, Document, Field, Format, Inline, InlineKind, LanguageChoice, Map, OPAQUE, Part,
    SEPARATOR,
};
use crate::source::SourceId;
use std::ops::Range;

/// A block that is not finished.
struct Open {
    kind: BlockKind,
    start: usize,
    source: usize,
}

/// What stands around blocks.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// The part they play.
    pub part: Option<Part>,
    /// Block quotations around them.
    pub quotes: u8,
    /// Lists around them.
    pub depth: u8,
    /// The list or table they belong to.
    pub group: Option<usize>,
    /// Their place in it.
    pub place: usize,
    /// The number that the item shows.
    pub number: Option<u64>,
}

/// A document under construction.
pub(super) struct Builder<'a> {
    /// The whole source.
    pub source: &'a str,
    /// What stands around the next block.
    pub around: Around,
    /// Whether a run of white space means one space; otherwise only one with a line end does.
    pub collapse: bool,
    text: String,
    map: Map,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    fields: Vec<Field>,
    comments: Vec<Comment>,
    groups: usize,
    open: Option<Open>,
    /// White space that stands between two pieces of text, not yet written: at a block's end it is none.
    space: Option<Range<usize>>,
}

impl<'a> Builder<'a> {
    pub fn new(source: &'a str) -> Self {
        Builder {
            source,
            around: Around::default(),
            collapse: false,
            text: String::new(),
            map: Map::default(),
            blocks: Vec::new(),
            inlines: Vec::new(),
            fields: Vec::new(),
            comments: Vec::new(),
            groups: 0,
            open: None,
            space: None,
        }
    }

    /// A new list or table.
    pub fn group(&mut self) -> usize {
        self.groups += 1;
        self.groups - 1
    }

    /// Begins a block; one that is open ends.
    pub fn open(&mut self, kind: BlockKind, source: usize) {
        self.close(source);
        self.open = Some(Open { kind, start: self.text.len() + usize::from(!self.text.is_empty()), source });
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Ends the open block, at a byte of the source. A block without text leaves no trace.
    pub fn close(&mut self, source: usize) {
        self.space = None;
        let Some(open) = self.open.take() else { return };
        if open.start < self.text.len() {
            let range = open.start..self.text.len();
            self.block(open.kind, range, open.source..source.max(open.source));
        }
    }

    /// Text that stands as it is in the source. White space with a line end in it becomes one space.
    pub fn exact(&mut self, range: Range<usize>) {
        let source = self.source;
        let mut at = range.start;
        for piece in source[range].split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !word.is_empty() {
                self.write_space();
                self.separate(at);
                self.text.push_str(word);
                self.map.push_exact(word.len(), at);
            }
            if word.len() < piece.len() {
                self.pause(at + word.len()..at + piece.len());
            }
            at += piece.len();
        }
    }

    /// Text that is written otherwise in the source.
    pub fn replaced(&mut self, text: &str, source: Range<usize>) {
        if text.chars().all(|c| c.is_ascii_whitespace()) {
            return self.pause(source);
        }
        self.write_space();
        self.separate(source.start);
        self.text.push_str(text);
        self.map.push_replaced(text.len(), source);
    }

    /// White space between two words.
    pub fn pause(&mut self, source: Range<usize>) {
        let inside = self.open.as_ref().is_some_and(|open| open.start < self.text.len());
        if inside {
            let start = self.space.as_ref().map_or(source.start, |space| space.start);
            self.space = Some(start..source.end.max(start));
        }
    }

    /// Something inside the text that is never read as prose.
    pub fn opaque(&mut self, kind: InlineKind, source: Range<usize>) {
        self.replaced(OPAQUE.encode_utf8(&mut [0; 4]), source.clone());
        let range = self.text.len() - OPAQUE.len_utf8()..self.text.len();
        self.inlines.push(Inline { range, kind, source });
    }

    /// Where text that follows will stand.
    pub fn here(&self) -> usize {
        // Where no block is open, the text opens one.
        let fresh = self.open.as_ref().map_or(!self.text.is_empty(), |open| open.start > self.text.len());
        self.text.len() + usize::from(fresh || self.space.is_some())
    }

    /// What stands in a range of the text so far, up to here.
    pub fn inline(&mut self, start: usize, kind: InlineKind, source: Range<usize>) {
        if start < self.text.len() {
            self.inlines.push(Inline { range: start..self.text.len(), kind, source });
        }
    }

    /// Structure that is no prose.
    pub fn mark(&mut self, kind: BlockKind, source: Range<usize>) {
        self.close(source.start);
        self.block(kind, self.text.len()..self.text.len(), source);
    }

    /// A comment; it covers the next block.
    pub fn comment(&mut self, text: &str, source: Range<usize>) {
        let before =
            self.blocks.len() + usize::from(self.open.as_ref().is_some_and(|open| open.start < self.text.len()));
        self.comments.push(Comment { text: text.trim().to_owned(), source, before });
    }

    /// A front-matter field; where its prose was just written as a block, it knows it.
    pub fn field(&mut self, name: String, value: String, source: Range<usize>, prose: bool) {
        let block = prose.then(|| self.blocks.len().checked_sub(1)).flatten();
        self.fields.push(Field { name, value, source, block });
    }

    /// The document.
    pub fn finish(mut self, id: SourceId, index: usize, span: Range<usize>, format: Format) -> Document {
        self.close(span.end);
        self.addresses();
        self.inlines.sort_by_key(|inline| (inline.range.start, std::cmp::Reverse(inline.range.end)));
        Document {
            source: id,
            index,
            span,
            format,
            text: self.text,
            map: self.map,
            blocks: self.blocks,
            inlines: self.inlines,
            fields: self.fields,
            comments: self.comments,
            language: LanguageChoice::default(),
            given_date: None,
            problems: Vec::new(),
        }
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>, source: Range<usize>) {
        let Around { part, quotes, depth, group, place, number } = self.around;
        let part = part.unwrap_or(Part::Body);
        self.blocks.push(Block { kind, part, range, source, quotes, depth, group, place, number });
    }

    /// The separator between two blocks, once the second has text.
    fn separate(&mut self, source: usize) {
        if self.open.as_ref().is_some_and(|open| open.start > self.text.len()) {
            self.text.push(SEPARATOR);
            self.map.push_replaced(SEPARATOR.len_utf8(), source..source);
        }
    }

    fn write_space(&mut self) {
        if let Some(space) = self.space.take() {
            let written = &self.source[space.clone()];
            let kept = written == " "
                || !self.collapse && !written.is_empty() && written.chars().all(|c| c == ' ' || c == '\t');
            if kept {
                self.text.push_str(written);
                self.map.push_exact(written.len(), space.start);
            } else {
                self.text.push(' ');
                // A tag may stand between two blanks, or be the blank.
                match written.chars().all(char::is_whitespace) {
                    true => self.map.push_replaced(1, space),
                    false => self.map.push_marked(1, space),
                }
            }
        }
    }

    /// Finds addresses that are written out.
    fn addresses(&mut self) {
        for word in words(&self.text) {
            let shown = self.text[word.clone()].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
            let start = shown.find("http").unwrap_or_default();
            let address = &shown[start..];
            let is_mail = address.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
            if address.starts_with("http://")
                || address.starts_with("https://")
                || address.starts_with("www.")
                || is_mail
            {
                let lead = address.len() - address.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
                let range = word.start + start + lead..word.start + start + address.len();
                let source = self.map.to_source(range.clone());
                self.inlines.push(Inline { range, kind: InlineKind::Address, source });
            }
        }
    }
}

/// The ranges of a text between white space and separators.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut found = Vec::new();
    for word in text.split(|c: char| c.is_whitespace() || c == SEPARATOR || c == OPAQUE) {
        // Only words that can be an address are kept: the rest of the text is not.
        if word.contains(['@', ':']) || word.contains("www.") {
            found.push(at..at + word.len());
        }
        at += word.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    found
}
