//! Standard output and standard error: who reads them, how wide they are, and whether they take colour.

use crate::source::visible;
use clap::ValueEnum;
use std::io::{self, BufWriter, IsTerminal, Write};

/// When to colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The terminal, or what stands in for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Console {
    /// Columns to fill.
    pub width: usize,
    plain: bool,
}

impl Console {
    pub fn new() -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        Console { width, plain: set("NO_COLOR") || dumb }
    }

    /// Whether standard output takes colour.
    pub fn colors(&self, choice: Color) -> bool {
        match choice {
            Color::Auto => io::stdout().is_terminal() && !self.plain,
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// Whether somebody watches standard error.
    pub fn watched(&self) -> bool {
        io::stderr().is_terminal() && !self.plain
    }

    /// Writes to standard output.
    pub fn print(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let mut out = BufWriter::new(io::stdout().lock());
        write(&mut out)?;
        out.flush()
    }

    /// Says on standard error that something could not be done.
    pub fn problem(&self, message: &str) {
        self.note(&format!("error: {message}"));
    }

    /// Says something on standard error, on one line, with nothing in it that a terminal obeys. What nobody takes is lost.
    pub fn note(&self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", visible(text));
    }

    /// Writes text that is made for programs and may hold words of drafts: raw, except where it goes to a terminal.
    pub fn pass(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        if io::stdout().is_terminal() {
            text.lines().try_for_each(|line| writeln!(out, "{}", visible(line)))
        } else {
            out.write_all(text.as_bytes())
        }
    }
}
