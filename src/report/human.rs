//! Findings for people, drawn as a compiler draws them.

use super::layout::Layout;
use super::statistics::table;
use super::{Correction, Excerpt, Finding, Format, Report, Style};
use crate::diagnostic::{Applicability, Severity};
use crate::document::Format as WrittenAs;
use crate::source::visible;
use codespan_reporting::diagnostic::{Diagnostic, Label, Severity as Shown};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;
use termcolor::{Ansi, NoColor};

pub(super) const FORMAT: Format = Format { name: "human", about: "people, at a terminal", excerpts: true, write };

/// Findings drawn in full; of more, a table by rule.
const DRAWN: usize = 200;
/// Columns of a row at most: longer rows are tiring to read, however wide the terminal.
const ROW: usize = 100;
/// Characters of a text that a fix shows.
const FIX: usize = 60;

fn write(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut told = BTreeSet::new();
    for finding in report.findings.iter().take(DRAWN) {
        let stet = told.insert(finding.rule.as_str());
        draw(finding, style, stet, out)?;
    }
    if report.findings.len() > DRAWN {
        let rest = report.findings.len() - DRAWN;
        writeln!(out, "{rest} more findings are not drawn (`--format short` lists them); in all:\n")?;
        table(report.findings, out)?;
        writeln!(out)?;
    }
    closing(report, out)
}

fn closing(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let counts = report.summary.counts;
    if counts.total() == 0 {
        return Ok(());
    }
    let named = [("error", counts.error), ("warning", counts.warning), ("note", counts.info)];
    let named: Vec<_> = named.iter().filter(|(_, n)| *n > 0).map(|(name, n)| plural(*n, name)).collect();
    let safe = |finding: &&Finding| finding.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Safe);
    let fixable = match report.findings.iter().filter(safe).count() {
        0 => String::new(),
        n => format!("; `copydesk fix` puts {n} right"),
    };
    writeln!(out, "{}{fixable}", named.join(", "))
}

/// “1 error”, “3 errors”.
pub(super) fn plural(count: usize, name: &str) -> String {
    format!("{count} {name}{}", if count == 1 { "" } else { "s" })
}

fn draw(finding: &Finding, style: &Style, stet: bool, out: &mut dyn Write) -> io::Result<()> {
    let drawing = Drawing::new(finding, style.width.saturating_sub(8).min(ROW));
    let severity = match finding.severity {
        Severity::Error => Shown::Error,
        Severity::Warning => Shown::Warning,
        Severity::Info => Shown::Note,
    };
    let diagnostic = Diagnostic::new(severity)
        .with_code(visible(&finding.rule))
        .with_message(visible(&finding.message))
        .with_labels(drawing.labels(finding))
        .with_notes(notes(finding, style, stet));
    let config = term::Config {
        before_label_lines: 0,
        after_label_lines: 0,
        start_context_lines: 1,
        end_context_lines: 1,
        ..term::Config::default()
    };
    let drawn = if style.color {
        term::emit_to_write_style(&mut Ansi::new(out), &config, &drawing, &diagnostic)
    } else {
        term::emit_to_write_style(&mut NoColor::new(out), &config, &drawing, &diagnostic)
    };
    match drawn {
        Ok(()) => Ok(()),
        Err(Error::Io(error)) => Err(error),
        Err(error) => Err(io::Error::other(error)),
    }
}

fn notes(finding: &Finding, style: &Style, stet: bool) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(finding.help.as_ref().map(|help| format!("help: {}", visible(help))));
    notes.extend(finding.fix.as_ref().map(fix));
    if style.explain {
        notes.extend(finding.reasons.iter().map(|reason| format!("because {}", visible(reason))));
    }
    // Once for each rule: the line is short, but not news the second time.
    if stet && !finding.fingerprint.is_empty() && !finding.rule.starts_with("stet/") {
        let place = if finding.in_front_matter { ", on the line above" } else { "" };
        notes.push(format!("to let it stand{place}: {}", visible(&stet_line(finding))));
    }
    notes
}

/// The line that keeps a rule silent about the next block of a draft.
fn stet_line(finding: &Finding) -> String {
    let rule = &finding.rule;
    match WrittenAs::of(&finding.path) {
        _ if finding.in_front_matter => format!("# stet {rule}: reason"),
        WrittenAs::Markdown | WrittenAs::Html => format!("<!-- stet {rule}: reason -->"),
        WrittenAs::Plain => format!("%% stet {rule}: reason"),
    }
}

fn fix(fix: &Correction) -> String {
    let how = match fix.applicability {
        Applicability::Safe => "fix",
        Applicability::Unsafe => "fix, if you agree",
        Applicability::Display => "perhaps",
    };
    let mut note = format!("{how}: {}", visible(&fix.title));
    if let [edit] = fix.edits.as_slice() {
        let (old, new) = (shorten(&edit.text), shorten(&edit.replacement));
        note += &match (old.is_empty(), new.is_empty()) {
            (true, _) => format!(" (insert “{new}”)"),
            (_, true) => format!(" (delete “{old}”)"),
            _ => format!(" (“{old}” → “{new}”)"),
        };
    }
    note
}

fn shorten(text: &str) -> String {
    let shown = visible(text);
    match shown.char_indices().nth(FIX) {
        Some((at, _)) => format!("{}…", &shown[..at]),
        None => shown.into_owned(),
    }
}

/// The files of one finding, laid out.
struct Drawing(Vec<Layout>);

impl Drawing {
    fn new(finding: &Finding, width: usize) -> Self {
        let mut paths: Vec<&str> = Vec::new();
        for (path, _) in places(finding) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        let layout = |path: &&str| {
            let excerpts: Vec<_> = places(finding).filter(|(other, _)| other == path).map(|(_, e)| e).collect();
            Layout::new(path, &excerpts, width)
        };
        Drawing(paths.iter().map(layout).collect())
    }

    fn labels(&self, finding: &Finding) -> Vec<Label<usize>> {
        let place = |path: &str, excerpt: &Excerpt| {
            let file = self.0.iter().position(|layout| layout.path == path).unwrap_or_default();
            (file, self.0.get(file).map_or(0..0, |layout| layout.label(excerpt)))
        };
        let (file, range) = place(&finding.path, &finding.excerpt);
        let mut labels = vec![Label::primary(file, range).with_message(visible(&finding.label))];
        labels.extend(finding.related.iter().map(|related| {
            let (file, range) = place(&related.path, &related.excerpt);
            Label::secondary(file, range).with_message(visible(&related.label))
        }));
        labels
    }

    fn file(&self, id: usize) -> Result<&Layout, Error> {
        self.0.get(id).ok_or(Error::FileMissing)
    }
}

fn places(finding: &Finding) -> impl Iterator<Item = (&str, &Excerpt)> {
    let related = finding.related.iter().map(|related| (related.path.as_str(), &related.excerpt));
    std::iter::once((finding.path.as_str(), &finding.excerpt)).chain(related)
}

impl<'a> Files<'a> for Drawing {
    type FileId = usize;
    type Name = String;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<String, Error> {
        self.file(id).map(|file| visible(&file.path).into_owned())
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        self.file(id).map(|file| file.text.as_str())
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        self.file(id).map(|file| file.row(byte))
    }

    fn line_number(&'a self, id: usize, row: usize) -> Result<usize, Error> {
        self.file(id).map(|file| file.line(row))
    }

    fn column_number(&'a self, id: usize, _row: usize, byte: usize) -> Result<usize, Error> {
        self.file(id).map(|file| file.column(byte))
    }

    fn line_range(&'a self, id: usize, row: usize) -> Result<Range<usize>, Error> {
        self.file(id)?.row_range(row).ok_or(Error::LineTooLarge { given: row, max: 0 })
    }
}
