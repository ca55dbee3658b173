//! `copydesk proof`: language versions side by side, on one page.

use super::load::{Choices, Loaded};
use super::releases::{each_release, one_release};
use super::run::Inputs;
use super::{Console, Status, files::shown, summary, write};
use crate::engine::Draft;
use crate::proof::{Proof, html};
use crate::report::Problem;
use std::io;
use std::path::PathBuf;

/// Lay language versions side by side on one page, with every disagreement marked
///
/// Several files are versions of one release, the first of them the original. A folder, or one file, is laid beside its sisters.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    choices: Choices,
    /// The file to write; an older one is replaced, a file that this run reads is not. Standard output by default
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say nothing on standard error but problems
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let mut proofs: Vec<Proof> = Vec::new();
    let mut take = |loaded: &Loaded, drafts: &[Draft]| proofs.push(loaded.project.proof(drafts).0);
    let inputs = &arguments.inputs;
    let are_versions = inputs.paths.len() > 1 && inputs.paths.iter().all(|path| path.is_file());
    let mut problems = match are_versions {
        true => one_release(inputs, &arguments.choices, &mut take)?,
        false => each_release(inputs, &arguments.choices, &mut take)?,
    };
    proofs.retain(|proof| !proof.sections.is_empty());
    if proofs.is_empty() && problems.summary.problems.is_empty() {
        let message = "nothing lies side by side: name an original and its translations, or a folder that holds them";
        problems.summary.problems.push(Problem { path: None, message: message.into() });
    }
    match &arguments.output {
        _ if proofs.is_empty() => {}
        None => console.print(|out| html(&proofs, out))?,
        Some(path) => {
            if let Err(why) = write::put(path, &problems.read, |out| html(&proofs, out)) {
                problems.summary.problems.push(Problem::with(shown(path), why));
            }
        }
    }
    for finding in &problems.findings {
        console.problem(&format!("{}:{}: {}", finding.path, finding.start.line, finding.message));
    }
    summary::tell(&problems.summary, &problems.notes, true, console);
    if !arguments.quiet && !proofs.is_empty() {
        let pairs: usize = proofs.iter().map(|proof| proof.sections.len()).sum();
        let findings: usize = proofs.iter().flat_map(|proof| &proof.sections).map(|section| section.notes.len()).sum();
        console.note(&format!(
            "{} side by side, {}",
            summary::plural(pairs, "pair"),
            summary::plural(findings, "finding")
        ));
    }
    Ok(if problems.complete() { Status::Clean } else { Status::Trouble })
}
