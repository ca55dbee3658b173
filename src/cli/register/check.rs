//! `copydesk register check`: mistakes and doubts of registers, underlined in the registers themselves.

use super::super::check::{formats, severities};
use super::super::console::Color;
use super::super::load::{Registers, resolve};
use super::super::{Console, Status, summary};
use super::loaded;
use crate::config::FailOn;
use crate::register::{EntryKind, Register};
use crate::report::{Counts, Finding, Format, Report, Style, Summary};
use crate::source::{SourceId, Span};
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

/// Report what is wrong in registers
#[derive(Debug, clap::Args)]
pub(in super::super) struct Arguments {
    /// Registers, or folders with registers; by default those that copydesk.toml names
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,
    /// Use this configuration instead of the nearest copydesk.toml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How to write the report
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    format: &'static Format,
    /// The least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", value_parser = severities(), default_value = "error")]
    fail_on: FailOn,
    /// When to use colour
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    color: Color,
    /// Say nothing on standard error but problems
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let Some(registers) = loaded(&arguments.paths, arguments.config.as_deref(), console)? else {
        return Ok(Status::Trouble);
    };
    let checked = check(&registers);
    let least = match arguments.fail_on {
        FailOn::AtLeast(severity) => Some(severity),
        FailOn::Never => None,
    };
    let summary = Summary { problems: registers.problems, files: checked.files, ..Summary::default() };
    let summary = Summary { counts: Counts::of(&checked.findings), ..summary };
    let style = Style { color: console.colors(arguments.color), width: console.width, explain: false, fail_on: least };
    let report = Report { findings: &checked.findings, summary: &summary, reasons: &[] };
    console.print(|out| (arguments.format.write)(&report, &style, out))?;
    for problem in &summary.problems {
        console.problem(&problem.to_string());
    }
    if !arguments.quiet {
        console.note(&format!("read {}: {}", summary::plural(checked.files, "register"), checked.counted()));
    }
    let failed = least.is_some_and(|least| summary.counts.at_least(least) > 0);
    Ok(match (summary.problems.is_empty() && registers.mistakes.is_empty(), failed) {
        (false, _) => Status::Trouble,
        (true, true) => Status::Findings,
        (true, false) => Status::Clean,
    })
}

/// What came of a check.
struct Checked {
    findings: Vec<Finding>,
    files: usize,
    entries: Vec<(EntryKind, usize)>,
}

impl Checked {
    /// How many entries there are of each kind.
    fn counted(&self) -> String {
        let counted = self.entries.iter().filter(|(_, count)| *count > 0).map(|(kind, count)| match kind {
            EntryKind::Person if *count == 1 => "1 person".to_owned(),
            EntryKind::Person => format!("{count} people"),
            kind => summary::plural(*count, kind.name()),
        });
        let counted: Vec<String> = counted.collect();
        if counted.is_empty() { "no entry".into() } else { counted.join(", ") }
    }
}

/// Every set of registers that hold together, checked together; what several sets say is said once. Where registers were named, what is
/// said lies in one of them.
fn check(registers: &Registers) -> Checked {
    let mut findings = registers.mistakes.clone();
    let mut files: BTreeSet<SourceId> = BTreeSet::new();
    let mut entries: Vec<(EntryKind, BTreeSet<Span>)> =
        EntryKind::ALL.iter().map(|kind| (*kind, BTreeSet::new())).collect();
    for set in &registers.sets {
        let (register, mut found) = Register::read(set.iter().map(|&id| (id, registers.sources.get(id))));
        found.extend(register.doubts());
        found.retain(|finding| {
            let mut places = finding.related.iter().chain([&finding.primary]);
            registers.named.is_empty() || places.any(|label| registers.named.contains(&label.span.source))
        });
        findings.extend(resolve(found, &registers.sources));
        let wanted = |id: &SourceId| registers.named.is_empty() || registers.named.contains(id);
        files.extend(set.iter().copied().filter(wanted));
        for entry in register.entries().iter().filter(|entry| wanted(&entry.place.source)) {
            if let Some((_, places)) = entries.iter_mut().find(|(kind, _)| *kind == entry.kind) {
                places.insert(entry.place);
            }
        }
    }
    Finding::sort(&mut findings);
    findings.dedup();
    let entries = entries.into_iter().map(|(kind, places)| (kind, places.len())).collect();
    Checked { findings, files: files.len(), entries }
}
