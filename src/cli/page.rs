//! A page for a terminal: headings, filled paragraphs, lists, and drafts set in. Nothing in it that a terminal obeys is passed on,
//! for packs may come from anyone.

use crate::report::visible;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Where a page is written, and how.
pub(super) struct Page<'a> {
    pub out: &'a mut dyn Write,
    /// Whether headings and code stand out by colour.
    pub color: bool,
    /// Columns to fill.
    pub width: usize,
    /// Whether a heading was the last thing written: what follows it stands close.
    pub fresh: bool,
}

/// What a line of Markdown is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Heading,
    Item,
    Row,
    Blank,
    Words,
}

impl Page<'_> {
    /// A heading, after an empty line.
    pub fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = visible(text);
        self.fresh = true;
        if self.color { writeln!(self.out, "\n\u{1b}[1m{text}\u{1b}[0m") } else { writeln!(self.out, "\n{text}") }
    }

    /// An empty line, unless a heading was just written.
    pub fn gap(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.fresh) { Ok(()) } else { writeln!(self.out) }
    }

    /// Words filled to the width, each line set in by two columns.
    pub fn paragraph(&mut self, text: &str) -> io::Result<()> {
        self.fill(text, "  ", "  ")
    }

    /// Text as it stands, set in deeper than words.
    pub fn verbatim(&mut self, text: &str) -> io::Result<()> {
        for line in text.lines() {
            let line = visible(line);
            if self.color {
                writeln!(self.out, "      \u{1b}[36m{line}\u{1b}[0m")?;
            } else {
                writeln!(self.out, "{}", format!("      {line}").trim_end())?;
            }
        }
        Ok(())
    }

    /// A page of a kind. Its title is left out: who asks knows it.
    pub fn markdown(&mut self, page: &str) -> io::Result<()> {
        let mut open: Option<(Line, String)> = None;
        let mut fence = false;
        for line in page.lines().skip_while(|line| line.starts_with("# ") || line.is_empty()).chain([""]) {
            if let Some(info) = line.strip_prefix("```") {
                self.close(open.take())?;
                fence = !fence;
                let name = info.split([' ', ':', ',']).next().unwrap_or_default();
                match name {
                    "draft" | "report" => {
                        self.gap()?;
                        writeln!(self.out, "  {name}:")?;
                    }
                    _ if fence => self.gap()?,
                    _ => {}
                }
                continue;
            }
            if fence {
                self.verbatim(if line.is_empty() { "\n" } else { line })?;
                continue;
            }
            let kind = kind(line);
            match (&mut open, kind) {
                (Some((Line::Words | Line::Item, words)), Line::Words) => {
                    words.push(' ');
                    words.push_str(line.trim());
                }
                (_, Line::Heading) => {
                    self.close(open.take())?;
                    self.heading(line.trim_start_matches('#').trim())?;
                }
                (_, Line::Row) => {
                    self.close(open.take())?;
                    writeln!(self.out, "  {}", visible(line))?;
                }
                (_, Line::Blank) => self.close(open.take())?,
                (_, Line::Item | Line::Words) => {
                    self.close(open.take())?;
                    if kind == Line::Words {
                        self.gap()?;
                    }
                    self.fresh = false;
                    open = Some((kind, line.trim().to_owned()));
                }
            }
        }
        Ok(())
    }

    fn close(&mut self, open: Option<(Line, String)>) -> io::Result<()> {
        match open {
            Some((Line::Item, text)) => self.fill(text.trim_start_matches(['-', '*']).trim(), "  - ", "    "),
            Some((_, text)) => self.paragraph(&text),
            None => Ok(()),
        }
    }

    fn fill(&mut self, text: &str, first: &str, next: &str) -> io::Result<()> {
        for line in text.lines() {
            let (mut row, mut width) = (first.to_owned(), 0);
            for word in line.split_whitespace() {
                let long = word.width();
                if width > 0 && first.len() + width + 1 + long > self.width {
                    writeln!(self.out, "{}", visible(&row))?;
                    (row, width) = (next.to_owned(), 0);
                }
                if width > 0 {
                    row.push(' ');
                    width += 1;
                }
                row.push_str(word);
                width += long;
            }
            writeln!(self.out, "{}", visible(row.trim_end()))?;
        }
        Ok(())
    }
}

fn kind(line: &str) -> Line {
    match line.trim_start() {
        "" => Line::Blank,
        text if text.starts_with('#') => Line::Heading,
        text if text.starts_with("- ") || text.starts_with("* ") => Line::Item,
        text if text.starts_with('|') => Line::Row,
        _ => Line::Words,
    }
}

#[cfg(test)]
mod tests {
    use super::Page;

    #[test]
    fn markdown_is_filled_and_nothing_is_obeyed() {
        let mut out = Vec::new();
        let mut page = Page { out: &mut out, color: false, width: 24, fresh: true };
        page.markdown("# a/b\n\nWords that are\nfilled to the width.\n\n## Why\n\n- one item that\n  goes on for long\n- two\n\n```draft\nA \u{1b}[31m\n\nb\n```\n")
            .expect("memory takes it");
        assert_eq!(
            String::from_utf8(out).expect("UTF-8"),
            "  Words that are filled\n  to the width.\n\nWhy\n  - one item that goes\n    on for long\n  - two\n\n  draft:\n      A ␛[31m\n\n      b\n"
        );
    }
}
