//! `copydesk baseline`: accepts today's findings, and leaves accepted ones out of a report.

use super::files::{self, shown};
use super::load::Choices;
use super::run::{BASELINE, Filters, Inputs, Overlay, Ran, Request, run as check_all};
use super::{Console, Status, summary, summary::plural, write};
use crate::engine::baseline::{Baseline, Extent};
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
    /// The file to write, copydesk-baseline.toml here or in a folder above by default; reasons and last days in it are kept
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
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
    let request = Request { inputs, choices, filters: &filters, overlay: &overlay, excerpts: false, cache: true };
    let mut ran = check_all(request, console)?;
    let path = &arguments.output.clone().unwrap_or_else(nearest);
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
    let names = Names::of(path, &ran);
    let extent = Extent {
        checked: &|path| names.checked(path),
        ran: &|rule| ran.active.contains(rule),
        known: &|rule| ran.rules.contains(rule),
        near: &|_| None,
    };
    let new = old.accept(&ran.findings, &|path| names.of_path(path), extent);
    if let Err(why) = write::replace(path, new.write().as_bytes(), bytes.as_deref()) {
        console.problem(&format!("{}: {why}", shown(path)));
        return Ok(Status::Trouble);
    }
    if !arguments.quiet {
        let expired = new.expired(today());
        console.note(&format!("{}: {} accepted", shown(path), plural(new.len() - expired, "finding")));
        if expired > 0 {
            let entries = if expired == 1 { "1 entry has" } else { &format!("{expired} entries have") };
            console.note(&format!("note: {entries} expired: give a later day as `until`, or put the text right"));
        }
    }
    Ok(Status::Clean)
}

/// Leaves accepted findings out of a run's, and adds what is wrong with the baseline.
pub(super) fn apply(path: &Path, ran: &mut Ran) -> io::Result<()> {
    let found = if path == Path::new(BASELINE) { &nearest() } else { path };
    let Some((baseline, sources, _)) = read(found, ran) else { return Ok(()) };
    let names = Names::of(found, ran);
    let Ran { active, rules, unchanged, findings, .. } = ran;
    let extent = Extent {
        checked: &|path| names.checked(path),
        ran: &|rule| active.contains(rule),
        known: &|rule| rules.contains(rule),
        near: &|rule| crate::settings::suggest(rule, rules.iter().map(String::as_str)).map(str::to_owned),
    };
    let applied = baseline.apply(findings, unchanged, today(), extent);
    ran.summary.silenced.baseline += applied.silenced;
    ran.findings.extend(applied.problems.iter().map(|problem| Finding::resolve(problem, &sources, "")));
    Finding::sort(&mut ran.findings);
    Ok(())
}

fn today() -> jiff::civil::Date {
    jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date()
}

/// The baseline here, or else the nearest in the folders above within the repository; where there is none, one to be here.
fn nearest() -> PathBuf {
    let here = files::absolute(Path::new("."));
    let mut path = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(BASELINE).is_file() {
            return path.join(BASELINE);
        }
        if folder.join(".git").exists() {
            break;
        }
        path.push("..");
    }
    PathBuf::from(BASELINE)
}

/// How a baseline names drafts: by their path below its folder, whichever folder the program is run in.
struct Names {
    folder: PathBuf,
    /// Drafts that were checked, by those names.
    checked: BTreeSet<String>,
    /// Folders that were looked through.
    folders: Vec<PathBuf>,
}

impl Names {
    fn of(baseline: &Path, ran: &Ran) -> Self {
        let baseline = files::absolute(baseline);
        let folder = baseline.parent().unwrap_or(&baseline).to_owned();
        let folders = ran.folders.iter().map(|folder| files::absolute(folder)).collect();
        let mut names = Names { folder, checked: BTreeSet::new(), folders };
        names.checked = ran.summary.releases.iter().map(|release| names.of_path(&release.path)).collect();
        names
    }

    fn of_path(&self, path: &str) -> String {
        let absolute = files::absolute(Path::new(path));
        absolute.strip_prefix(&self.folder).map_or_else(|_| path.to_owned(), shown)
    }

    /// Whether a draft was checked, or would have been if it were still there.
    fn checked(&self, name: &str) -> bool {
        let path = self.folder.join(name);
        self.checked.contains(name)
            || !path.exists() && self.folders.iter().any(|folder| files::absolute(&path).starts_with(folder))
    }
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
