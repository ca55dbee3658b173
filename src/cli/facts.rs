//! `copydesk facts`: the fact sheet of a release, for whoever signs it off.

use super::load::Choices;
use super::releases::each_release;
use super::run::Inputs;
use super::{Console, Status, files::shown, summary, write};
use crate::facts::{Sheet, html, json, markdown};
use std::io;
use std::path::PathBuf;

/// List the facts of a release for sign-off: dates, figures, people, organisations, works, links
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    choices: Choices,
    /// How to write the sheet
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Form,
    /// The file to write; an older one is replaced, a file that this run reads is not. Standard output by default
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say nothing on standard error but problems
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Form {
    /// Tables that a text editor shows
    #[default]
    Markdown,
    /// One object
    Json,
    /// One page to read, print and sign
    Html,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut registers = false;
    let mut problems = each_release(&arguments.inputs, &arguments.choices, &mut |loaded, drafts| {
        registers |= !loaded.project.view("").register.is_empty();
        sheets.extend(loaded.project.facts(drafts));
    })?;
    let write_sheets = match arguments.format {
        Form::Markdown => markdown,
        Form::Json => json,
        Form::Html => html,
    };
    match &arguments.output {
        None => console.print(|out| write_sheets(&sheets, out))?,
        Some(path) => {
            if let Err(why) = write::put(path, &problems.read, |out| write_sheets(&sheets, out)) {
                problems.summary.problems.push(crate::report::Problem::with(shown(path), why));
            }
        }
    }
    for finding in &problems.findings {
        console.problem(&format!("{}:{}: {}", finding.path, finding.start.line, finding.message));
    }
    summary::tell(&problems.summary, &problems.notes, true, console);
    if !arguments.quiet {
        if !registers {
            console
                .note("note: no register is named in copydesk.toml, so people, organisations and works are not listed");
        }
        console.note(&format!("the facts of {}", summary::plural(sheets.len(), "release")));
    }
    Ok(if problems.complete() { Status::Clean } else { Status::Trouble })
}
