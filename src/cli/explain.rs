//! `copydesk explain`: why a rule is there, with its examples and the page of its kind.

use super::console::Color;
use super::discover::Homes;
use super::load::{Choices, load};
use super::{Console, Status};
use crate::rule::{Expectation, Rule};
use std::io::{self, Write};
use std::path::Path;

/// Say why a rule is there, with examples
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A rule's id, or a kind's name
    #[arg(value_name = "RULE")]
    name: String,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: Color,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let mut homes = Homes::new(std::env::current_dir()?, None);
    let loaded = load(&homes.of(Path::new("."), true), &Choices::default());
    let view = loaded.project.view("");
    let kinds = crate::kinds::all();
    let page = Page { bold: console.colors(arguments.color), width: console.width.min(100) };
    if let Some(rule) = view.rules.get(&arguments.name) {
        console.print(|out| page.rule(rule, out))?;
        return Ok(Status::Clean);
    }
    if let Some(kind) = kinds.iter().find(|kind| kind.name == arguments.name) {
        console.print(|out| page.markdown(kind.page, out))?;
        return Ok(Status::Clean);
    }
    let names = view.rules.rules().iter().map(|rule| rule.id.as_str()).chain(kinds.iter().map(|kind| kind.name));
    let help = match crate::settings::suggest(&arguments.name, names) {
        Some(near) => format!("did you mean “{near}”?"),
        None => "`copydesk rules --all` lists them".into(),
    };
    console.problem(&format!("no rule is called “{}”; {help}", arguments.name));
    Ok(Status::Trouble)
}

/// A page for a terminal.
struct Page {
    bold: bool,
    width: usize,
}

impl Page {
    fn rule(&self, rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
        self.heading(&rule.id, out)?;
        let on = if rule.enabled { "" } else { ", off by default" };
        writeln!(out, "{}, confidence {}{on}; kind {}\n", rule.severity, rule.confidence, rule.kind.name)?;
        for text in [&rule.message, &rule.why, &rule.help].into_iter().flatten() {
            self.paragraph(text, "", out)?;
        }
        if !rule.authority.is_empty() {
            self.paragraph(&format!("Authority: {}", rule.authority.join("; ")), "", out)?;
        }
        for example in &rule.examples {
            let (name, right) = match &example.expect {
                Expectation::Report { right, .. } => ("Reported", right.as_deref()),
                Expectation::Silence => ("Not reported", None),
            };
            self.heading(name, out)?;
            self.paragraph(&example.text, "    ", out)?;
            if let Some(right) = right {
                writeln!(out, "Put right:\n")?;
                self.paragraph(right, "    ", out)?;
            }
        }
        self.markdown(rule.kind.page, out)
    }

    /// A page of a kind: headings stand out, paragraphs are filled, drafts and reports are set in.
    fn markdown(&self, page: &str, out: &mut dyn Write) -> io::Result<()> {
        let (mut fenced, mut paragraph) = (false, Vec::new());
        for line in page.lines().chain([""]) {
            let structure = fenced || line.is_empty() || line.starts_with(['#', '`', '|', '-']);
            if structure && !paragraph.is_empty() {
                self.paragraph(&paragraph.join(" "), "", out)?;
                paragraph.clear();
            }
            if let Some(info) = line.strip_prefix("```") {
                fenced = !fenced;
                match (fenced, info.split_whitespace().next()) {
                    (true, Some("draft")) => writeln!(out, "  draft:")?,
                    (true, Some("report")) => writeln!(out, "  report:")?,
                    (true, _) => {}
                    (false, _) => writeln!(out)?,
                }
            } else if fenced {
                writeln!(out, "    {line}")?;
            } else if line.starts_with('#') {
                self.heading(line.trim_start_matches('#').trim(), out)?;
            } else if line.starts_with(['|', '-']) {
                writeln!(out, "{line}")?;
            } else if !line.is_empty() {
                paragraph.push(line);
            }
        }
        Ok(())
    }

    fn heading(&self, text: &str, out: &mut dyn Write) -> io::Result<()> {
        if self.bold { writeln!(out, "\u{1b}[1m{text}\u{1b}[0m\n") } else { writeln!(out, "{text}\n") }
    }

    fn paragraph(&self, text: &str, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        for line in text.lines() {
            let (mut filled, mut row) = (0, String::new());
            for word in line.split_whitespace() {
                let long = word.chars().count();
                if filled > 0 && filled + 1 + long + indent.len() > self.width {
                    writeln!(out, "{indent}{row}")?;
                    (filled, row) = (0, String::new());
                }
                if filled > 0 {
                    row.push(' ');
                    filled += 1;
                }
                row.push_str(word);
                filled += long;
            }
            writeln!(out, "{indent}{row}")?;
        }
        writeln!(out)
    }
}
