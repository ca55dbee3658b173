//! Front matter, YAML between `---` or TOML between `+++`: its fields with their places, and its prose as blocks. Entries of YAML are
//! read one by one, so that a mistake in one costs only that one.

use super::builder::{Around, Builder};
use super::{BlockKind, Part};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{SourceId, Span};
use saphyr_parser::{Event, Parser, ScalarStyle};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Fields whose value is text to check.
const PROSE: &[&str] = &[
    "title",
    "subtitle",
    "description",
    "summary",
    "excerpt",
    "abstract",
    "lead",
    "caption",
    "alt",
    "captions",
    "author",
    "authors",
];
/// The rule that front matter which cannot be read breaks.
pub const RULE: &str = "structure/front-matter";
/// Deeper than this no front matter goes.
const DEPTH: usize = 16;

/// A scalar of front matter.
struct Scalar {
    /// Keys from the outside in, lower case, joined by `.`.
    name: String,
    /// Where it is written, marks and quotation marks included.
    written: Range<usize>,
    /// The pieces that its text is made of, in their order.
    pieces: Vec<Piece>,
}

/// A piece of a scalar's text.
enum Piece {
    /// Stands in the source as it is.
    Exact(Range<usize>),
    /// An escape and the character it stands for.
    Escape(char, Range<usize>),
}

/// Reads front matter at the start of a source into a builder; says where the text begins. What cannot be read comes back as
/// diagnostics.
pub(super) fn read(builder: &mut Builder<'_>, id: SourceId) -> (usize, Vec<Diagnostic>) {
    let source = builder.source;
    let Some((inner, end, toml)) = fences(source) else { return (0, Vec::new()) };
    let mut reader = Reader { source, scalars: Vec::new(), problems: Vec::new(), id };
    if toml {
        reader.toml(inner.clone());
    } else {
        for entry in entries(source, inner.clone()) {
            reader.yaml(entry);
        }
    }
    for at in 0..reader.scalars.len() {
        reader.date(at);
    }
    let Reader { scalars, problems, .. } = reader;
    builder.around = Around { part: Some(Part::FrontMatter), ..Around::default() };
    let mut comments = comments(source, inner, &scalars).into_iter().peekable();
    for scalar in &scalars {
        while let Some(comment) = comments.next_if(|comment| comment.start < scalar.written.start) {
            builder.comment(&source[comment.start + 1..comment.end], comment);
        }
        put(builder, scalar);
    }
    for comment in comments {
        builder.comment(&source[comment.start + 1..comment.end], comment);
    }
    builder.around = Around::default();
    (end, problems)
}

/// The byte after the front matter that a source begins with; 0 where it begins with none.
pub(super) fn end(source: &str) -> usize {
    fences(source).map_or(0, |(_, end, _)| end)
}

/// What lies between the fences, the byte after them, and whether it is TOML; `None` where the source begins with no front matter.
fn fences(source: &str) -> Option<(Range<usize>, usize, bool)> {
    let fence = ["---", "+++"].into_iter().find(|fence| line_at(source, 0).trim_end() == *fence)?;
    let start = line_end(source, 0);
    let mut at = start;
    while at < source.len() {
        let line = line_at(source, at).trim_end();
        if line == fence || fence == "---" && line == "..." {
            let toml = fence == "+++";
            // A text between two thematic breaks is no front matter: an entry has a key.
            let first = source[start..at].lines().find(|line| !line.trim().is_empty() && !line.starts_with('#'));
            let keyed = first.is_none_or(|line| toml || line.contains(':'));
            return keyed.then(|| (start..at, line_end(source, at), toml));
        }
        at = line_end(source, at);
    }
    None
}

fn line_at(source: &str, at: usize) -> &str {
    &source[at..line_end(source, at)]
}

/// The byte after the line that starts at `at`.
fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |end| at + end + 1)
}

/// The outermost entries of a YAML mapping: each begins with a line that is not indented and has a key.
fn entries(source: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = line_end(source, at).min(range.end);
        let line = &source[at..end];
        let goes_on = line.trim().is_empty() || line.starts_with([' ', '\t', '-', ']', '}', '#']);
        // Some readers of YAML ask for no indentation between quotation marks.
        let goes_on = goes_on || !has_key(line) && found.last().is_some_and(|entry| is_open(&source[entry.clone()]));
        match found.last_mut() {
            Some(entry) if goes_on => entry.end = end,
            _ if goes_on => {}
            _ => found.push(at..end),
        }
        at = end;
    }
    found
}

/// Longer values between quotation marks are not looked through for their end.
const LONG: usize = 4_096;

/// Whether a line begins with a key.
fn has_key(line: &str) -> bool {
    let key = line.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(line.len());
    key > 0 && line[key..].starts_with(':')
}

/// Whether the value of an entry begins with a quotation mark that nothing closes.
fn is_open(entry: &str) -> bool {
    let Some((_, value)) = entry.split_once(": ") else { return false };
    let value = value.trim();
    let Some(mark) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { return false };
    value.len() < LONG && !value[1..].contains(mark)
}

/// The comments that have a line to themselves and lie in no scalar.
fn comments(source: &str, range: Range<usize>, scalars: &[Scalar]) -> Vec<Range<usize>> {
    let (mut found, mut at) = (Vec::new(), range.start);
    while at < range.end {
        let end = line_end(source, at).min(range.end);
        let line = &source[at..end];
        let start = at + (line.len() - line.trim_start().len());
        let after = scalars.partition_point(|scalar| scalar.written.start <= start);
        let inside = after.checked_sub(1).is_some_and(|before| start < scalars[before].written.end);
        if source[start..end].starts_with('#') && !inside {
            found.push(start..start + line.trim().len());
        }
        at = end;
    }
    found
}

/// A field, and its prose as a block.
fn put(builder: &mut Builder<'_>, scalar: &Scalar) {
    let source = builder.source;
    let mut value = String::new();
    for piece in &scalar.pieces {
        match piece {
            Piece::Exact(range) => value.push_str(&source[range.clone()]),
            Piece::Escape(c, _) => value.push(*c),
        }
    }
    let last = scalar.name.rsplit('.').next().unwrap_or_default();
    let prose = PROSE.contains(&last) && value.chars().any(char::is_alphabetic);
    if prose {
        let kind = if scalar.name == "title" { BlockKind::Title } else { BlockKind::FrontMatter };
        builder.open(kind, scalar.written.start);
        for piece in &scalar.pieces {
            match piece {
                Piece::Exact(range) => builder.exact(range.clone()),
                Piece::Escape(c, range) => builder.replaced(c.encode_utf8(&mut [0; 4]), range.clone()),
            }
        }
        builder.close(scalar.written.end);
    }
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    builder.field(scalar.name.clone(), value, scalar.written.clone(), prose);
}

struct Reader<'a> {
    source: &'a str,
    scalars: Vec<Scalar>,
    problems: Vec<Diagnostic>,
    id: SourceId,
}

/// A collection that YAML events are inside of.
enum Level {
    /// A mapping, and the key whose value comes next.
    Mapping(Option<String>),
    Sequence,
}

impl Reader<'_> {
    fn problem(&mut self, range: Range<usize>, what: &str) {
        let message = format!("front matter cannot be read: {}", what.trim_end_matches('.').to_lowercase());
        let span = Span::new(self.id, range);
        let help = "put the value between quotation marks, or indent the lines that belong to it";
        self.problems.push(Diagnostic::new(RULE, Severity::Error, message, span).help(help));
    }

    /// Says of a scalar that is called a date and has no figure in it that it is none; a template fills itself in later.
    fn date(&mut self, at: usize) {
        let Scalar { name, written, .. } = &self.scalars[at];
        let value = &self.source[written.clone()];
        // What could not be read is said already, and what is left empty says nothing.
        let words = value.trim_matches(['"', '\'']).starts_with(char::is_alphabetic) && value != "null";
        if name == "date" && words && !value.contains(|c: char| c.is_numeric() || "{<$%".contains(c)) {
            let span = Span::new(self.id, written.clone());
            let problem = Diagnostic::new(RULE, Severity::Error, format!("“{value}” is no date"), span);
            self.problems.push(problem.help("write the day of the release, as in 2024-05-14"));
        }
    }

    /// Reads one entry of a YAML mapping.
    fn yaml(&mut self, entry: Range<usize>) {
        let text = &self.source[entry.clone()];
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| entry.start + at).chain([entry.end]).collect();
        let byte = |index: usize| bytes.get(index).copied().unwrap_or(entry.end);
        let mut around: Vec<Level> = Vec::new();
        let mut parser = Parser::new_from_str(text);
        let before = self.scalars.len();
        loop {
            let (event, span) = match parser.next_event() {
                Some(Ok(event)) => event,
                Some(Err(error)) => {
                    self.scalars.truncate(before);
                    if self.quoted(entry.clone()) {
                        return;
                    }
                    let at = byte(error.marker().index());
                    // The whole entry is lost, so its first line is shown where the mistake is found only at its end.
                    let line = entry.start..entry.start + text.trim_end().find('\n').unwrap_or(text.trim_end().len());
                    let end = self.source[at..].chars().next().filter(|c| *c != '\n').map_or(at, |c| at + c.len_utf8());
                    let place = if line.contains(&at) && at < end { at..end } else { line };
                    self.problem(place, error.info());
                    // Its words are kept as they stand: a rule may have something to say of them.
                    return self.unread(entry.clone());
                }
                None => return,
            };
            match event {
                Event::MappingStart(..) if around.len() < DEPTH => around.push(Level::Mapping(None)),
                Event::SequenceStart(..) if around.len() < DEPTH => around.push(Level::Sequence),
                Event::MappingStart(..) | Event::SequenceStart(..) | Event::StreamEnd | Event::DocumentEnd => return,
                Event::MappingEnd | Event::SequenceEnd => {
                    around.pop();
                    done(&mut around);
                }
                Event::Alias(_) => done(&mut around),
                Event::Scalar(value, style, ..) => {
                    if let Some(Level::Mapping(key @ None)) = around.last_mut() {
                        *key = Some(value.to_lowercase());
                        continue;
                    }
                    let name = around.iter().filter_map(|level| match level {
                        Level::Mapping(key) => key.as_deref(),
                        Level::Sequence => None,
                    });
                    let name = name.collect::<Vec<_>>().join(".");
                    let written = trimmed(self.source, byte(span.start.index())..byte(span.end.index()));
                    if !written.is_empty() && !name.is_empty() {
                        let pieces = yaml_pieces(self.source, written.clone(), style);
                        self.scalars.push(Scalar { name, written, pieces });
                    }
                    done(&mut around);
                }
                _ => {}
            }
        }
    }

    /// Reads an entry whose value stands between quotation marks over lines that are not indented; says whether it is one.
    fn quoted(&mut self, entry: Range<usize>) -> bool {
        let text = &self.source[entry.clone()];
        let Some(colon) = text.find(": ").filter(|_| has_key(text)) else { return false };
        let written = trimmed(self.source, entry.start + colon + 1..entry.end);
        let value = &self.source[written.clone()];
        let closed = |mark: char| value.starts_with(mark) && value[1..].find(mark) == Some(value.len() - 2);
        let style = match () {
            () if value.len() > 2 && closed('"') => ScalarStyle::DoubleQuoted,
            () if value.len() > 2 && closed('\'') => ScalarStyle::SingleQuoted,
            () => return false,
        };
        let pieces = yaml_pieces(self.source, written.clone(), style);
        self.scalars.push(Scalar { name: text[..colon].to_lowercase(), written, pieces });
        true
    }

    /// An entry that is no YAML: its first line's value as it stands.
    fn unread(&mut self, entry: Range<usize>) {
        let text = &self.source[entry.clone()];
        let line = &text[..text.find('\n').unwrap_or(text.len())];
        let Some(colon) = line.find(':') else { return };
        let written = trimmed(self.source, entry.start + colon + 1..entry.start + line.len());
        if !written.is_empty() {
            let name = line[..colon].trim().to_lowercase();
            self.scalars.push(Scalar { name, pieces: vec![Piece::Exact(written.clone())], written });
        }
    }

    fn toml(&mut self, range: Range<usize>) {
        let (table, errors) = DeTable::parse_recoverable(&self.source[range.clone()]);
        self.toml_table(table.get_ref(), "", range.start, 0);
        self.scalars.sort_by_key(|scalar| scalar.written.start);
        for error in errors {
            let place = error.span().unwrap_or(0..0);
            self.problem(range.start + place.start..range.start + place.end, error.message());
        }
    }

    fn toml_table(&mut self, table: &DeTable<'_>, around: &str, offset: usize, depth: usize) {
        for (key, value) in table {
            let key = key.get_ref().to_lowercase();
            let name = if around.is_empty() { key } else { format!("{around}.{key}") };
            self.toml_value(value, name, offset, depth);
        }
    }

    fn toml_value(&mut self, value: &toml::Spanned<DeValue<'_>>, name: String, offset: usize, depth: usize) {
        let written = offset + value.span().start..offset + value.span().end;
        match value.get_ref() {
            _ if depth > DEPTH => {}
            DeValue::Table(table) => self.toml_table(table, &name, offset, depth + 1),
            DeValue::Array(items) => {
                for item in items {
                    self.toml_value(item, name.clone(), offset, depth + 1);
                }
            }
            _ => {
                let pieces = toml_pieces(self.source, written.clone());
                self.scalars.push(Scalar { name, written, pieces });
            }
        }
    }
}

/// A value of the innermost mapping is read: a key comes next.
fn done(around: &mut [Level]) {
    if let Some(Level::Mapping(key)) = around.last_mut() {
        *key = None;
    }
}

fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

fn yaml_pieces(source: &str, written: Range<usize>, style: ScalarStyle) -> Vec<Piece> {
    let text = &source[written.clone()];
    let inner = written.start + 1..written.end.saturating_sub(1).max(written.start + 1);
    match style {
        ScalarStyle::DoubleQuoted => escapes(source, inner),
        ScalarStyle::SingleQuoted => {
            // Two marks stand for one.
            let (mut pieces, mut at) = (Vec::new(), inner.start);
            for (offset, _) in source[inner.clone()].match_indices("''") {
                pieces.push(Piece::Exact(at..inner.start + offset));
                at = inner.start + offset + 1;
            }
            pieces.push(Piece::Exact(at..inner.end));
            pieces
        }
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let head = if text.starts_with(['|', '>']) { text.find('\n').map_or(text.len(), |at| at + 1) } else { 0 };
            vec![Piece::Exact(written.start + head..written.end)]
        }
        ScalarStyle::Plain => vec![Piece::Exact(written)],
    }
}

fn toml_pieces(source: &str, written: Range<usize>) -> Vec<Piece> {
    let text = &source[written.clone()];
    for (mark, escaped) in [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)] {
        if text.len() >= 2 * mark.len() && text.starts_with(mark) && text.ends_with(mark) {
            let inner = written.start + mark.len()..written.end - mark.len();
            return if escaped { escapes(source, inner) } else { vec![Piece::Exact(inner)] };
        }
    }
    vec![Piece::Exact(written)]
}

/// The pieces of a text in which a backslash begins an escape, as double quotation marks have it in YAML and TOML.
fn escapes(source: &str, inner: Range<usize>) -> Vec<Piece> {
    let (mut pieces, mut at) = (Vec::new(), inner.start);
    let mut rest = source[inner.clone()].char_indices();
    while let Some((offset, c)) = rest.next() {
        if c != '\\' {
            continue;
        }
        let start = inner.start + offset;
        pieces.push(Piece::Exact(at..start));
        let Some((_, sign)) = rest.next() else { break };
        at = start + 1 + sign.len_utf8();
        let digits = match sign {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        // A mistaken escape ends where its digits do.
        let found = source[at..inner.end].bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
        let code = Some(&source[at..at + found]).filter(|_| found == digits);
        let c = match sign {
            'n' | 't' | 'r' | '\n' => Some(' '),
            '_' => Some('\u{A0}'),
            'x' | 'u' | 'U' => {
                rest.by_ref().take(found).for_each(drop);
                at += found;
                code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32)
            }
            sign => Some(sign),
        };
        pieces.extend(c.map(|c| Piece::Escape(c, start..at)));
    }
    pieces.push(Piece::Exact(at.min(inner.end)..inner.end));
    pieces
}
