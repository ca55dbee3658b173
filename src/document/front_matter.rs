//! Front matter, YAML between `---` or TOML between `+++`: its fields with their places, and its prose as blocks. Only what front
//! matter is made of in practice is read: scalars, lists, one level of nesting, quoted and folded strings.

use super::builder::{Around, Builder};
use super::{BlockKind, Part};
use std::ops::Range;

/// Fields whose value is text to check.
const PROSE: &[&str] =
    &["title", "subtitle", "description", "summary", "excerpt", "abstract", "lead", "caption", "alt", "captions"];

/// Reads front matter at the start of a source into a builder; says where the text begins.
pub(super) fn read(builder: &mut Builder<'_>) -> usize {
    let source = builder.source;
    let Some(fence) = ["---", "+++"].into_iter().find(|fence| line_at(source, 0).trim_end() == *fence) else {
        return 0;
    };
    let start = line_end(source, 0);
    let mut at = start;
    while at < source.len() {
        let line = line_at(source, at).trim_end();
        if line == fence || fence == "---" && line == "..." {
            let end = line_end(source, at);
            builder.around = Around { part: Some(Part::FrontMatter), ..Around::default() };
            Reader { builder, toml: fence == "+++", parents: Vec::new() }.lines(start..at);
            builder.around = Around::default();
            return end;
        }
        at = line_end(source, at);
    }
    0
}

fn line_at(source: &str, at: usize) -> &str {
    &source[at..line_end(source, at)]
}

/// The byte after the line that starts at `at`.
fn line_end(source: &str, at: usize) -> usize {
    source[at..].find('\n').map_or(source.len(), |end| at + end + 1)
}

struct Reader<'b, 'a> {
    builder: &'b mut Builder<'a>,
    toml: bool,
    /// Keys that nest what follows, each with its indentation.
    parents: Vec<(usize, String)>,
}

impl Reader<'_, '_> {
    fn lines(&mut self, range: Range<usize>) {
        let source = self.builder.source;
        let mut at = range.start;
        while at < range.end {
            let end = line_end(source, at).min(range.end);
            let line = &source[at..end];
            let content = line.trim();
            let indent = line.len() - line.trim_start().len();
            let begin = at + indent;
            at = if let Some(comment) = content.strip_prefix('#') {
                self.builder.comment(comment, begin..begin + content.len());
                end
            } else if content.is_empty() {
                end
            } else {
                self.line(indent, begin..begin + content.len(), end, range.end)
            };
        }
    }

    /// Reads the entry that starts on a line; says where the next line starts.
    fn line(&mut self, indent: usize, content: Range<usize>, next: usize, limit: usize) -> usize {
        let source = self.builder.source;
        let text = &source[content.clone()];
        if self.toml && text.starts_with('[') {
            let name = text.trim_matches(|c| c == '[' || c == ']').to_lowercase();
            self.parents = vec![(0, name)];
            return next;
        }
        let item = !self.toml && (text == "-" || text.starts_with("- "));
        if item {
            self.parents.retain(|(at, _)| *at <= indent);
            let inner = text[1..].trim_start();
            let start = content.end - inner.len();
            if inner.is_empty() {
                return next;
            }
            if split(inner, ':').is_none() {
                let name = self.name(None);
                return self.value(name, start..content.end, next, limit, indent);
            }
            return self.line(indent + (start - content.start), start..content.end, next, limit);
        }
        if !self.toml {
            self.parents.retain(|(at, _)| *at < indent);
        }
        let Some(colon) = split(text, if self.toml { '=' } else { ':' }) else { return next };
        let key = text[..colon].trim().trim_matches(['"', '\'']).to_lowercase();
        let after = &text[colon + 1..];
        let value = after.trim_start();
        let start = content.end - value.len();
        if value.is_empty() && !self.toml {
            self.parents.push((indent, key));
            return next;
        }
        let name = self.name(Some(&key));
        self.value(name, start..content.end, next, limit, indent)
    }

    fn name(&self, key: Option<&str>) -> String {
        let parents = self.parents.iter().map(|(_, key)| key.as_str());
        parents.chain(key).collect::<Vec<_>>().join(".")
    }

    /// A value that starts here; folded ones go on over lines that are indented more.
    fn value(&mut self, name: String, range: Range<usize>, next: usize, limit: usize, indent: usize) -> usize {
        let source = self.builder.source;
        let text = &source[range.clone()];
        if !self.toml && text.starts_with(['|', '>']) {
            let mut end = next;
            while end < limit {
                let line = line_at(source, end);
                if !line.trim().is_empty() && line.len() - line.trim_start().len() <= indent {
                    break;
                }
                end = line_end(source, end).min(limit);
            }
            self.put(name, next..end, &[next..end]);
            return end;
        }
        if text.starts_with('[') && text.ends_with(']') {
            let inner = range.start + 1..range.end - 1;
            let mut at = inner.start;
            for item in source[inner].split(',') {
                let start = at + (item.len() - item.trim_start().len());
                let written = start..start + item.trim().len();
                at += item.len() + 1;
                if !written.is_empty() {
                    let pieces = pieces(source, written.clone());
                    self.put(name.clone(), written, &pieces);
                }
            }
            return next;
        }
        // A comment after a plain value is no part of it.
        let plain = !text.starts_with(['"', '\'']);
        let end = text.find(" #").filter(|_| plain).map_or(range.end, |at| range.start + text[..at].trim_end().len());
        let range = range.start..end;
        let pieces = pieces(source, range.clone());
        self.put(name, range, &pieces);
        next
    }

    /// A field, and its prose as a block. What lies between two pieces is an escape, whose last character stands for it.
    fn put(&mut self, name: String, written: Range<usize>, pieces: &[Range<usize>]) {
        let source = self.builder.source;
        let value: String = pieces.iter().map(|piece| &source[piece.clone()]).collect();
        let last = name.rsplit('.').next().unwrap_or_default();
        let prose = PROSE.contains(&last) && value.chars().any(char::is_alphabetic);
        if prose {
            let kind = if name == "title" { BlockKind::Title } else { BlockKind::FrontMatter };
            self.builder.open(kind, written.start);
            for piece in pieces {
                self.builder.exact(piece.clone());
            }
            self.builder.close(written.end);
        }
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.builder.field(name, value, written, prose);
    }
}

/// Where the key ends: the sign, outside quotation marks, followed by white space or the end (of YAML).
fn split(text: &str, sign: char) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (c, quote) {
            ('"' | '\'', None) if at == 0 => quote = Some(c),
            (_, Some(open)) if c == open => quote = None,
            (_, None) if c == sign => {
                let rest = &text[at + 1..];
                if sign == '=' || rest.is_empty() || rest.starts_with([' ', '\t']) {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// The parts of a written value that are its text: without its marks, and without the sign of each escape.
fn pieces(source: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let text = &source[range.clone()];
    let Some(quote) = text.chars().next().filter(|c| *c == '"' || *c == '\'') else { return vec![range] };
    if text.len() < 2 || !text.ends_with(quote) {
        return vec![range];
    }
    let inner = range.start + 1..range.end - 1;
    let sign = if quote == '"' { '\\' } else { '\'' };
    let (mut pieces, mut at) = (Vec::new(), inner.start);
    let mut rest = source[inner.clone()].char_indices();
    while let Some((offset, c)) = rest.next() {
        if c == sign {
            pieces.push(at..inner.start + offset);
            at = inner.start + offset + 1;
            rest.next();
        }
    }
    pieces.push(at..inner.end);
    pieces.retain(|piece| piece.start < piece.end);
    pieces
}
