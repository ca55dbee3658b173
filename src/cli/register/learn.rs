//! `copydesk register learn`: entries proposed from an archive of releases.

use super::super::load::Choices;
use super::super::releases::each_release;
use super::super::run::Inputs;
use super::super::{Console, Status, summary};
use crate::learn::{self, Options, Sightings};
use crate::register::Register;
use crate::register::draft;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Propose entries from an archive of releases: people with titles, organisations with abbreviations
#[derive(Debug, clap::Args)]
pub(in super::super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    choices: Choices,
    /// Propose what was named at least so often
    #[arg(long, value_name = "NUMBER", default_value_t = Options::default().least)]
    least: usize,
    /// The register to write; an older one is replaced, a file that this run reads is not. Standard output by default
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say nothing on standard error but problems
    #[arg(long, short)]
    quiet: bool,
}

/// What stands above the entries.
const HEAD: &[&str] = &[
    "Proposed by copydesk register learn: what the texts say, not what is right. Look at each entry before you keep it:",
    "is it an organisation (works and terms have abbreviations too), is this the official name, on which days was the post",
    "held, and which of the other spellings are allowed?",
];

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let mut seen: Vec<Sightings> = Vec::new();
    let mut releases = 0;
    let mut known: Option<Arc<Register>> = None;
    let problems = each_release(&arguments.inputs, &arguments.choices, &mut |loaded, drafts| {
        let (found, count) = loaded.project.sightings(drafts, releases);
        seen.extend(found);
        releases += count;
        known.get_or_insert_with(|| loaded.project.view("").register.clone());
    })?;
    let options = Options { least: arguments.least };
    let proposed = learn::propose(&seen, known.as_deref().unwrap_or(&Register::empty()), options);
    let head: Vec<String> = HEAD.iter().map(|line| (*line).to_owned()).collect();
    let text = draft::write(if proposed.is_empty() { &[] } else { &head }, &proposed);
    let written = super::put(arguments.output.as_deref(), &problems.read, &text, console)?;
    for finding in &problems.findings {
        console.problem(&format!("{}:{}: {}", finding.path, finding.start.line, finding.message));
    }
    summary::tell(&problems.summary, &problems.notes, true, console);
    if !arguments.quiet {
        let entries = match proposed.len() {
            1 => "1 entry".to_owned(),
            count => format!("{count} entries"),
        };
        console.note(&format!("{entries} proposed from {}", summary::plural(releases, "release")));
    }
    Ok(if written && problems.complete() { Status::Clean } else { Status::Trouble })
}
