//! A source read as structured text. A [`Document`] is one release: its prose as one text, the [`Block`]s that divide it, and a
//! [`Map`] from every byte of that text to the bytes of the source. One reader per input format.

mod attributes;
mod builder;
pub mod detect;
mod front_matter;
mod html;
mod map;
mod markdown;
mod parts;
mod plain;
#[cfg(test)]
mod tests;

pub use front_matter::RULE as FRONT_MATTER_RULE;
pub use map::{Map, Piece};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, SourceId, Span};
use builder::Builder;
use std::ops::Range;

/// Stands between two blocks in [`Document::text`]. It is no white space and no letter, so no pattern for words runs across it.
pub const SEPARATOR: char = '\u{1E}';

/// Stands in the text for what is never read as prose: code, an image, a shortcode.
pub const OPAQUE: char = '\u{FFFC}';

/// How a source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown, with or without front matter.
    Markdown,
    /// HTML.
    Html,
}

/// What is known of a source before it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// How it is written; told from the path where absent.
    pub format: Option<Format>,
    /// Languages that others name, best reason first: the command line, the configuration, the path.
    pub language: Vec<(String, LanguageReason)>,
    /// The date of the release, where the text does not say.
    pub date: Option<jiff::civil::Date>,
}

/// Reads a source: one document a release, in the order of the text. Content that is wrong is said in
/// [`Document::problems`]; nothing makes reading fail.
pub fn read(source: &Source, id: SourceId, options: &ReadOptions) -> Vec<Document> {
    let text = source.text();
    let format = options.format.unwrap_or_else(|| Format::of(source.path()));
    let mut markup = None;
    let mut documents = match format {
        Format::Plain => plain::read(text, id),
        Format::Markdown => {
            let mut builder = Builder::new(text);
            let (start, problems) = front_matter::read(&mut builder, id);
            markdown::read(&mut builder, start);
            vec![Document { problems, ..builder.finish(id, 0, 0..text.len(), format) }]
        }
        Format::Html => {
            let mut builder = Builder::new(text);
            let (start, problems) = front_matter::read(&mut builder, id);
            markup = html::read(&mut builder, start..text.len());
            vec![Document { problems, ..builder.finish(id, 0, 0..text.len(), format) }]
        }
    };
    for document in &mut documents {
        if format != Format::Plain {
            parts::assign(document);
        }
        document.language = choose(document, options, markup.as_deref());
        if let Some(problem) = named_otherwise(document, options, id) {
            document.language.disputed = true;
            document.problems.push(problem);
        }
        document.given_date = options.date;
    }
    documents
}

/// The byte after the front matter of a source; 0 where it has none.
pub fn front_matter_end(source: &Source) -> usize {
    match Format::of(source.path()) {
        Format::Plain => 0,
        Format::Markdown | Format::Html => front_matter::end(source.text()),
    }
}

/// The language of a document, by the best reason there is.
fn choose(document: &Document, options: &ReadOptions, markup: Option<&str>) -> LanguageChoice {
    let named =
        |reason: LanguageReason| options.language.iter().find(|(_, why)| *why == reason).map(|(tag, _)| tag.clone());
    let front = said(document).map(|(tag, _)| tag);
    let markup = markup.map(|tag| tag.replace('_', "-")).filter(|tag| !tag.is_empty());
    let detected = || detect::language(document).map(str::to_owned);
    let choices = [
        (named(LanguageReason::CommandLine), LanguageReason::CommandLine),
        (front, LanguageReason::FrontMatter),
        (named(LanguageReason::Config), LanguageReason::Config),
        (named(LanguageReason::Path), LanguageReason::Path),
        (named(LanguageReason::Source), LanguageReason::Source),
        (markup, LanguageReason::Markup),
    ];
    let known = choices.into_iter().find(|(tag, _)| tag.is_some());
    let (tag, reason) = known.unwrap_or_else(|| match detected() {
        Some(tag) => (Some(tag), LanguageReason::Detected),
        None => (None, LanguageReason::Unsure),
    });
    LanguageChoice { tag, reason, disputed: false }
}

/// The language that front matter names, and the field that names it.
fn said(document: &Document) -> Option<(String, &Field)> {
    let field = ["lang", "language", "locale"].into_iter().find_map(|name| document.field(name))?;
    let tag = field.value.replace('_', "-");
    (!tag.is_empty()).then_some((tag, field))
}

/// What there is to say where the path names one language and the front matter another: such a text is beside no sister that it could be
/// compared with. Nothing is certain of it but where its own words decide.
fn named_otherwise(document: &Document, options: &ReadOptions, id: SourceId) -> Option<Diagnostic> {
    if document.language.reason != LanguageReason::FrontMatter {
        return None;
    }
    let (tag, field) = said(document)?;
    let (path, _) = options.language.iter().find(|(_, why)| *why == LanguageReason::Path)?;
    let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    if primary(&tag) == primary(path) {
        return None;
    }
    let detected = detect::language(document);
    let severity = if detected == Some(primary(path).as_str()) { Severity::Error } else { Severity::Warning };
    let message = format!("the front matter says “{tag}”, and the path of the file “{path}”");
    let problem = Diagnostic::new(front_matter::RULE, severity, message, Span::new(id, field.source.clone()));
    let problem =
        problem.help("name one language, or the text is checked in the wrong one and against no other version");
    Some(match detected {
        Some(detected) => problem.because(format!("its words are those of “{detected}”")),
        None => problem,
    })
}

impl Format {
    /// How a file with this name is written.
    pub fn of(path: &str) -> Self {
        match path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).as_deref() {
            Some("md" | "markdown") => Format::Markdown,
            Some("html" | "htm") => Format::Html,
            _ => Format::Plain,
        }
    }
}

/// One release. All ranges but `span` and those named `source` are bytes of `text`.
#[derive(Debug, Clone)]
pub struct Document {
    /// The source it was read from.
    pub source: SourceId,
    /// Which release of the file, from 0.
    pub index: usize,
    /// Where it stands in the source.
    pub span: Range<usize>,
    /// How the source is written.
    pub format: Format,
    /// The prose of every block, front matter first, with [`SEPARATOR`] between two blocks.
    pub text: String,
    /// From `text` to the source.
    pub map: Map,
    /// In the order of the text. Their ranges do not overlap; opaque blocks have an empty one.
    pub blocks: Vec<Block>,
    /// Links, emphasis and what is opaque inside blocks, in the order of their start.
    pub inlines: Vec<Inline>,
    /// Every front-matter field in its order, prose or not.
    pub fields: Vec<Field>,
    /// Comments (HTML comments, `%%` lines in plain text, `#` lines in front matter), in the order of the source.
    pub comments: Vec<Comment>,
    /// Its language and how it is known.
    pub language: LanguageChoice,
    /// The date of the release, where the text does not say; whoever had it read gave it.
    pub given_date: Option<jiff::civil::Date>,
    /// What was wrong with the form of the draft: front matter that cannot be read, a date that is none.
    pub problems: Vec<Diagnostic>,
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The release's title, from its shape or from front matter.
    Title,
    /// A heading with its level, 1 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// The first paragraph of an item of a list.
    ListItem,
    /// A table cell.
    TableCell,
    /// A caption or the alternative text of an image.
    Caption,
    /// Prose of front matter that is no title; the field's name is in [`Document::fields`].
    FrontMatter,
    /// Code, an image alone, a shortcode, embedded markup: structure, never prose. Its range is empty.
    Opaque,
    /// A thematic break.
    Break,
}

/// What part a block plays in a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Front matter.
    FrontMatter,
    /// Title and subtitle.
    Head,
    /// A date standing by itself above the text.
    Masthead,
    /// "For immediate release", "Embargoed until …".
    ReleaseLine,
    /// The body.
    Body,
    /// "About …".
    Boilerplate,
    /// Whom to ask.
    Contact,
    /// `###`, `-30-`, `ENDS`.
    EndMark,
    /// Notes to editors and footnotes.
    Notes,
}

/// A unit of structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// What part it plays.
    pub part: Part,
    /// Its text.
    pub range: Range<usize>,
    /// Where it stands in the source, markup included.
    pub source: Range<usize>,
    /// Block quotations around it.
    pub quotes: u8,
    /// Lists around it (1 in a top-level item).
    pub depth: u8,
    /// Which list or table of the document it belongs to, from 0, in the order of their start.
    pub group: Option<usize>,
    /// Place in the group: item number from 0, or row and column packed as `row * 1000 + column`.
    pub place: usize,
    /// The number that an ordered list's item shows.
    pub number: Option<u64>,
}

/// What stands inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    /// Its text; one [`OPAQUE`] character for code, images and shortcodes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: InlineKind,
    /// Where it stands in the source, markup included.
    pub source: Range<usize>,
}

/// What an inline is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InlineKind {
    /// A link around its text.
    Link {
        /// Its target, as the reader resolves it.
        target: String,
        /// Where the target is written; may lie outside the block (a reference definition).
        source: Range<usize>,
    },
    /// An address written out in the text: a bare URL or e-mail address, which is no prose.
    Address,
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code; its content.
    Code(String),
    /// An image and its target.
    Image(String),
    /// A shortcode, template tag, attribute list or other markup.
    Markup,
    /// The mark of a footnote and its label.
    NoteMark(String),
}

/// A front-matter field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The key, lower case; nested keys joined by `.`, items of lists share their list's key.
    pub name: String,
    /// The value as text.
    pub value: String,
    /// Where the value is written in the source.
    pub source: Range<usize>,
    /// The block that holds its prose, where it is prose.
    pub block: Option<usize>,
}

/// A comment in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// What it says, without its marks.
    pub text: String,
    /// Where it stands in the source, marks included.
    pub source: Range<usize>,
    /// The index of the first block after it; `blocks.len()` at the end.
    pub before: usize,
}

/// The language of a document and how it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LanguageChoice {
    /// The tag, such as `fr` or `fr-CA`; `None` when it could not be told.
    pub tag: Option<String>,
    /// How it is known.
    pub reason: LanguageReason,
    /// Path and front matter name different languages.
    pub disputed: bool,
}

/// How a language is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LanguageReason {
    /// Given on the command line.
    CommandLine,
    /// Front matter says so.
    FrontMatter,
    /// The file's name or folder says so.
    Path,
    /// The file's name leaves the language out, as those of originals do.
    Source,
    /// The configuration says so.
    Config,
    /// `lang` on the HTML element says so.
    Markup,
    /// Detected from the text.
    Detected,
    /// Not known: the text is too short or too mixed to tell.
    #[default]
    Unsure,
}

impl std::fmt::Display for LanguageReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            LanguageReason::CommandLine => "command line",
            LanguageReason::FrontMatter => "front matter",
            LanguageReason::Path => "path",
            LanguageReason::Source => "source language",
            LanguageReason::Config => "configuration",
            LanguageReason::Markup => "markup",
            LanguageReason::Detected => "detected from the text",
            LanguageReason::Unsure => "unsure",
        })
    }
}

impl Document {
    /// The text of a block.
    pub fn block_text(&self, block: &Block) -> &str {
        &self.text[block.range.clone()]
    }

    /// The index of the block that holds a byte of the text; `None` on a separator or outside.
    pub fn block_at(&self, byte: usize) -> Option<usize> {
        let after = self.blocks.partition_point(|block| block.range.start <= byte);
        // Opaque blocks have empty ranges and hold nothing; look past them.
        (0..after).rev().find(|&i| !self.blocks[i].range.is_empty()).filter(|&i| byte <= self.blocks[i].range.end)
    }

    /// The span in the source of a range of the text.
    pub fn span_of(&self, range: Range<usize>) -> crate::source::Span {
        crate::source::Span::new(self.source, self.map.to_source(range))
    }

    /// The link among whose words a range of the text stands, or whose words it is.
    pub fn link_over(&self, range: &Range<usize>) -> Option<&Inline> {
        let block = &self.blocks[self.block_at(range.start)?];
        let first = self.inlines.partition_point(|inline| inline.range.start <= range.start);
        let before = self.inlines[..first].iter().rev().take_while(|inline| block.range.start <= inline.range.start);
        before.filter(|inline| matches!(inline.kind, InlineKind::Link { .. })).find(|link| range.end <= link.range.end)
    }

    /// The value of a front-matter field.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
