//! Every text, drafts and TOML alike: a [`Source`] is one file decoded to UTF-8, a [`Span`] is a range of bytes in it, and a
//! [`SourceSet`] holds the sources of a run. Nothing here reads a disk: bytes come in, text and positions come out.

mod decode;
pub mod embedded;
mod lines;
mod marks;
mod visible;

pub use decode::{DecodeError, Encoding};
pub use visible::{hidden, picture, visible};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Which source of a [`SourceSet`] a span lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(pub u32);

/// A range of bytes in the decoded text of one source; both ends lie on character boundaries, `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The source that the range lies in.
    pub source: SourceId,
    /// First byte, from 0, in the decoded text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span of `range` in `source`.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Span { source, start: range.start, end: range.end }
    }

    /// The range of bytes, without the source.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place for people: line and column from 1 (columns in Unicode scalar values), byte from 0 in the bytes on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Position {
    /// Bytes from the start of the file as it stands on disk, byte-order mark and legacy encoding included.
    pub byte: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
    /// Column, from 1, in bytes of UTF-8, for the consumers of reports that count so.
    #[serde(skip)]
    pub byte_column: usize,
}

/// One text: its path as the user knows it, and its decoded content.
#[derive(Debug)]
pub struct Source {
    path: String,
    text: Cow<'static, str>,
    encoding: Encoding,
    lines: std::sync::OnceLock<Vec<usize>>,
    marks: std::sync::OnceLock<marks::Marks>,
}

impl Source {
    /// A source from text that is already UTF-8 (an editor's buffer, a test, a builtin pack).
    pub fn from_text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Source {
            path: path.into(),
            text: Cow::Owned(text.into()),
            encoding: Encoding::utf8(),
            lines: Default::default(),
            marks: Default::default(),
        }
    }

    /// A source that is part of the program.
    pub fn embedded(path: impl Into<String>, text: &'static str) -> Self {
        Source { text: Cow::Borrowed(text), ..Source::from_text(path, String::new()) }
    }

    /// A source from the bytes of a file. UTF-8, UTF-16 with a byte-order mark, and legacy encodings that are recognised
    /// with certainty are read; anything else is an error that names the first byte that could not be read.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Result<Self, DecodeError> {
        let (text, encoding) = decode::decode(bytes)?;
        Ok(Source {
            path: path.into(),
            text: Cow::Owned(text),
            encoding,
            lines: Default::default(),
            marks: Default::default(),
        })
    }

    /// The path as reports show it: relative to where the user stands, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The decoded text; a byte-order mark is not part of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How the bytes on disk encode the text; a fixer writes the same encoding back.
    pub fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// The text of a range.
    pub fn slice(&self, range: Range<usize>) -> &str {
        &self.text[range]
    }

    /// The place of a byte of the decoded text, for people and for scripts that read the file on disk.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.floor(byte);
        let starts = self.line_starts();
        let line = starts.partition_point(|&start| start <= byte);
        let start = starts[line - 1];
        let marks = self.marks.get_or_init(|| marks::Marks::new(&self.text, &self.encoding));
        let (chars, disk) = marks.at(&self.text, byte, &self.encoding);
        let (before, _) = marks.at(&self.text, start, &self.encoding);
        Position { byte: disk, line, column: chars - before + 1, byte_column: byte - start + 1 }
    }

    /// Line, from 1, of a byte of the decoded text.
    pub fn line(&self, byte: usize) -> usize {
        self.line_starts().partition_point(|&start| start <= byte)
    }

    /// The range of a line (from 1) without its line ending; `None` past the end.
    pub fn line_range(&self, line: usize) -> Option<Range<usize>> {
        let starts = self.line_starts();
        let start = *starts.get(line.checked_sub(1)?)?;
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        Some(start..start + content.len())
    }

    /// Byte offsets at which lines start; the first is 0. `\n`, `\r\n` and a lone `\r` end a line.
    pub fn line_starts(&self) -> &[usize] {
        self.lines.get_or_init(|| lines::starts(&self.text))
    }

    /// The nearest character boundary at or before `byte`.
    fn floor(&self, byte: usize) -> usize {
        self.text.floor_char_boundary(byte.min(self.text.len()))
    }
}

/// All sources of a run. Ids are given in the order of insertion and never reused.
#[derive(Debug, Default, Clone)]
pub struct SourceSet {
    sources: Vec<Arc<Source>>,
}

impl SourceSet {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a source in and says which id it has from now on.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.add_shared(Arc::new(source))
    }

    /// Takes in a source that others hold too.
    pub fn add_shared(&mut self, source: Arc<Source>) -> SourceId {
        let id = SourceId(self.sources.len() as u32);
        self.sources.push(source);
        id
    }

    /// The source with this id; ids come only from [`SourceSet::add`] of the same set.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// The source with this id, to hold on to.
    pub fn shared(&self, id: SourceId) -> Arc<Source> {
        self.sources[id.0 as usize].clone()
    }

    /// The text under a span.
    pub fn text(&self, span: Span) -> &str {
        self.get(span.source).slice(span.range())
    }

    /// The text under a span of which it is not known whether it belongs to these sources.
    pub fn find(&self, span: Span) -> Option<&str> {
        self.sources.get(span.source.0 as usize)?.text().get(span.range())
    }

    /// Every source with its id, in the order of insertion.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.sources.iter().enumerate().map(|(i, source)| (SourceId(i as u32), &**source))
    }
}
