//! `copydesk baseline`: accepts today's findings, and leaves accepted ones out of a report.

use super::files::{self, shown};
use super::load::Choices;
use super::run::{BASELINE, Filters, Inputs, Overlay, Ran, Request, run as check_all};
use super::{Console, Status, summary, summary::plural, write};
use crate::engine::baseline::Baseline;
use crate::report::{Finding, Problem};
use crate::source::{Source, SourceSet};
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Accept today's findings, so that only new ones are reported
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    choices: Choices,
    /// The file to write; reasons and last days that stand in it are kept
    #[arg(long, short, value_name = "FILE", default_value = BASELINE)]
    output: PathBuf,
    /// Note in the front matter of the translations named that they were revised after their originals
    #[arg(long, conflicts_with = "output")]
    translations: bool,
    /// Say nothing on standard error but problems
    #[arg(long, short)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let Arguments { inputs, choices, .. } = arguments;
    if arguments.translations {
        return super::translations::run(inputs, choices, arguments.quiet, console);
    }
    let (filters, overlay) = (Filters::default(), Overlay::new());
    let request = Request { inputs, choices, filters: &filters, overlay: &overlay, excerpts: false };
    let mut ran = check_all(request, console)?;
    let path = &arguments.output;
    let (old, bytes) = match path.exists() {
        false => (Baseline::default(), None),
        true => match read(path, &mut ran) {
            Some((baseline, _, bytes)) => (baseline, Some(bytes)),
            None => (Baseline::default(), None),
        },
    };
    if !ran.complete() {
        // What could not be checked would look as if nothing were wrong with it.
        for finding in ran.findings.iter().filter(|finding| finding.fingerprint.is_empty()) {
            let help = finding.help.iter().map(|help| format!("; {help}")).collect::<String>();
            console.problem(&format!("{}:{}: {}{help}", finding.path, finding.start.line, finding.message));
        }
        summary::tell(&ran.summary, &ran.notes, arguments.quiet, console);
        return Ok(Status::Trouble);
    }
    let checked = checked(&ran);
    let new = old.accept(&ran.findings, &|path| checked.contains(path));
    if let Err(why) = write::replace(path, new.write().as_bytes(), bytes.as_deref()) {
        console.problem(&format!("{}: {why}", shown(path)));
        return Ok(Status::Trouble);
    }
    if !arguments.quiet {
        console.note(&format!("{}: {} accepted", shown(path), plural(new.len(), "finding")));
    }
    Ok(Status::Clean)
}

/// Leaves accepted findings out of a run's, and adds what is wrong with the baseline.
pub(super) fn apply(path: &Path, ran: &mut Ran) -> io::Result<()> {
    let Some((baseline, sources, _)) = read(path, ran) else { return Ok(()) };
    let checked = checked(ran);
    let rules = std::mem::take(&mut ran.active);
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let applied =
        baseline.apply(&mut ran.findings, today, &|path| checked.contains(path), &|rule| rules.contains(rule));
    ran.active = rules;
    ran.summary.silenced.baseline += applied.silenced;
    ran.findings.extend(applied.problems.iter().map(|problem| Finding::resolve(problem, &sources, "")));
    Finding::sort(&mut ran.findings);
    Ok(())
}

/// The paths that a run checked.
fn checked(ran: &Ran) -> BTreeSet<String> {
    ran.summary.releases.iter().map(|release| release.path.clone()).collect()
}

/// Reads a baseline; mistakes in it are findings, and it is `None` when it cannot be read at all.
fn read(path: &Path, ran: &mut Ran) -> Option<(Baseline, SourceSet, Vec<u8>)> {
    let bytes = files::read(path).map_err(|why| ran.summary.problems.push(Problem::with(shown(path), why))).ok()?;
    let source = Source::from_bytes(shown(path), bytes.clone());
    let source = source.map_err(|e| ran.summary.problems.push(Problem::with(shown(path), e.to_string()))).ok()?;
    let mut sources = SourceSet::new();
    let id = sources.add(source);
    let (baseline, mistakes) = Baseline::read(sources.get(id), id);
    ran.misconfigured |= !mistakes.is_empty();
    ran.findings.extend(mistakes.iter().map(|mistake| Finding::resolve(mistake, &sources, "")));
    Some((baseline, sources, bytes))
}
