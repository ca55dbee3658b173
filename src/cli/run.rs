//! Drafts through the engine: files are found, put into their projects and releases, read and checked in parallel, and what comes
//! back is put in one order. Each release's texts are let go as soon as it is checked.

use super::cache::Cache;
use super::discover::{Home, Homes};
use super::files::{self, File};
use super::load::{Choices, Loaded, load};
use super::{Console, baseline, files::shown, git::Changed, scope::Scope, together};
use crate::config::FailOn;
use crate::diagnostic::Severity;
use crate::document::{LanguageReason, ReadOptions};
use crate::engine::{Draft, Notes, Outcome, Project};
use crate::report::{Counts, Finding, Problem, Summary};
use crate::source::Source;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// What to read, as the command line says it.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Inputs {
    /// Files and folders; `-` is standard input, no path is the current folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Also read the files listed in this file, one a line or separated by NUL; `-` is standard input
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub files_from: Option<PathBuf>,
    /// The name that standard input goes by: it decides format, project and sister texts
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub stdin_filename: Option<PathBuf>,
    /// The language of the texts, whatever they say
    #[arg(long, value_name = "CODE", value_parser = language, help_heading = "Input")]
    pub lang: Option<String>,
    /// The date of the release, where the text does not say
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Input")]
    pub date: Option<jiff::civil::Date>,
    /// Threads; as many as the machine has cores by default
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "Input")]
    pub jobs: Option<u16>,
}

/// Which findings count.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Filters {
    /// Report only what the change since the merge base with REV touched; without REV, with the upstream branch
    #[arg(long, value_name = "REV", num_args = 0..=1, require_equals = true, default_missing_value = UPSTREAM, help_heading = "Filter")]
    pub changed: Option<String>,
    /// Leave out the findings that a baseline accepts; without FILE, copydesk-baseline.toml here or in a folder above
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = BASELINE, help_heading = "Filter")]
    pub baseline: Option<PathBuf>,
}

/// What `--changed` compares with where it names nothing; git's own name for it.
const UPSTREAM: &str = "@{upstream}";
/// The baseline's name where none is given.
pub(super) const BASELINE: &str = "copydesk-baseline.toml";

/// Texts that stand in for files, by absolute path: standard input, and corrections that are not yet written.
pub(super) type Overlay = BTreeMap<PathBuf, Vec<u8>>;

/// What came of a run.
#[derive(Default)]
pub(super) struct Ran {
    /// In the order of path, place and rule.
    pub findings: Vec<Finding>,
    pub summary: Summary,
    /// Ids and reasons of rules, in the order of the ids.
    pub reasons: Vec<(String, String)>,
    /// Ids of the rules that ran.
    pub active: BTreeSet<String>,
    /// Ids of all rules, those that are off included.
    pub rules: BTreeSet<String>,
    /// A file of some project is not as it must be.
    pub misconfigured: bool,
    /// What the projects say about failing; the strictest holds.
    pub fail_on: Option<FailOn>,
    /// Files that were read: drafts, configuration, packs and registers. No output may take the place of one.
    pub read: Vec<PathBuf>,
    /// Folders that were looked through for drafts.
    pub folders: Vec<PathBuf>,
    /// Fingerprints of the findings that were left out as unchanged.
    pub unchanged: Vec<String>,
    /// What there is to say beside the report.
    pub notes: Vec<String>,
    /// The projects, which hold more than all the rest: whoever ends the process need not take them apart.
    pub projects: Vec<Project>,
}

fn language(tag: &str) -> Result<String, String> {
    crate::settings::check_language(tag).map(|()| tag.to_owned())
}

impl Inputs {
    /// The file that standard input stands for, where it is to be read.
    fn standard_input(&self) -> Option<File> {
        let path = self.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin.txt"));
        let asked = self.paths.iter().any(|path| path == Path::new("-"));
        asked.then(|| File { shown: shown(&path), path, named: true, link: false })
    }

    fn jobs(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        self.jobs.map_or_else(cores, usize::from)
    }
}

impl Ran {
    /// Whether nothing kept the run from doing its work.
    pub fn complete(&self) -> bool {
        self.summary.problems.is_empty() && !self.misconfigured
    }

    /// The severity from which a finding fails the run.
    pub fn least(&self, given: Option<FailOn>) -> Option<Severity> {
        match given.or(self.fail_on).unwrap_or(FailOn::AtLeast(Severity::Error)) {
            FailOn::AtLeast(severity) => Some(severity),
            FailOn::Never => None,
        }
    }
}

/// What is asked of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Request<'a> {
    pub inputs: &'a Inputs,
    pub choices: &'a Choices,
    pub filters: &'a Filters,
    pub overlay: &'a Overlay,
    /// Whether the lines around findings will be shown; of a large tree they are the most of what a run holds.
    pub excerpts: bool,
    /// Whether what came of releases may be kept for the next run, and taken from the last.
    pub cache: bool,
}

/// Checks what the inputs name.
pub(super) fn run(request: Request<'_>, console: &Console) -> io::Result<Ran> {
    let Request { inputs, choices, filters, excerpts, cache, .. } = request;
    let mut ran = Ran::default();
    // This thread works too, which spares waking another for each short task. A run that follows in the same process keeps the
    // threads of the first.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(inputs.jobs()).use_current_thread().build_global();
    let mut overlay = request.overlay.clone();
    let Some(Gathered { paths, by_home }) = gather(inputs, choices, &mut overlay, &mut ran)? else { return Ok(ran) };
    ran.folders = paths.iter().filter(|path| path.is_dir()).cloned().collect();
    let changed = match filters.changed.as_deref() {
        None => Ok(None),
        Some("") => Err("--changed= names no revision; perhaps a variable is empty".to_owned()),
        Some(revision) => Changed::below(&paths, Some(revision).filter(|name| *name != UPSTREAM)).map(Some),
    };
    let changed = match changed {
        Ok(changed) => changed,
        Err(message) => {
            ran.summary.problems.push(Problem { path: None, message });
            return Ok(ran);
        }
    };
    let cached = cache.then_some(choices);
    let work = Work { inputs, overlay: &overlay, changed: changed.as_ref(), excerpts, cached, console };
    for (home, files) in by_home {
        check_project(&home, load(&home, choices), files, &work, &mut ran);
    }
    if ran.summary.files == 0 && ran.summary.problems.is_empty() {
        let paths = paths.iter().map(|path| shown(path)).collect::<Vec<_>>().join(", ");
        ran.notes.push(match changed {
            Some(_) => "no draft changed".into(),
            None if paths.is_empty() => "no file was listed".into(),
            None => format!("no drafts in {paths}"),
        });
    }
    Finding::sort(&mut ran.findings);
    if let Some(path) = &filters.baseline {
        baseline::apply(path, &mut ran)?;
    }
    ran.reasons.sort();
    ran.reasons.dedup_by(|a, b| a.0 == b.0);
    ran.summary.problems.sort();
    ran.summary.counts = Counts::of(&ran.findings);
    Ok(ran)
}

/// What the inputs name, by the project that it belongs to.
pub(super) struct Gathered {
    pub paths: Vec<PathBuf>,
    pub by_home: BTreeMap<Home, Vec<File>>,
}

/// Finds what the inputs name. `None` where the work cannot be begun; the problem is said.
pub(super) fn gather(
    inputs: &Inputs,
    choices: &Choices,
    overlay: &mut Overlay,
    ran: &mut Ran,
) -> io::Result<Option<Gathered>> {
    let paths = named(inputs, overlay)?;
    let found = files::find(&paths, inputs.jobs());
    ran.notes.extend(found.notes());
    ran.summary.problems = found.problems;
    let given = choices.config.as_ref().map(|path| files::absolute(path));
    if let Some(missing) = given.as_ref().filter(|path| !path.is_file()) {
        ran.summary.problems.push(Problem::with(shown(missing), "no such configuration file"));
        return Ok(None);
    }
    let mut homes = Homes::new(std::env::current_dir()?, given);
    let mut by_home: BTreeMap<Home, Vec<File>> = BTreeMap::new();
    for file in found.files.into_iter().chain(inputs.standard_input()) {
        by_home.entry(homes.of(&file.path, false)).or_default().push(file);
    }
    if by_home.is_empty() {
        // Mistakes in the configuration are said even where there is nothing to check.
        let first = paths.iter().find(|path| path.exists());
        by_home.extend(first.map(|path| (homes.of(path, path.is_dir()), Vec::new())));
    }
    Ok(Some(Gathered { paths, by_home }))
}

/// The paths that the inputs name; standard input goes into the overlay.
fn named(inputs: &Inputs, overlay: &mut Overlay) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<_> = inputs.paths.iter().filter(|path| *path != Path::new("-")).cloned().collect();
    if let Some(list) = &inputs.files_from {
        let listed = files::listed(list);
        paths
            .extend(listed.map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {}", shown(list), files::reason(&error)))
            })?);
    } else if inputs.paths.is_empty() {
        paths.push(PathBuf::from("."));
    }
    read_standard_input(inputs, overlay)?;
    Ok(paths)
}

/// Puts standard input, where it is to be read, in the place of the file that it stands for; says which that is.
pub(super) fn read_standard_input(inputs: &Inputs, overlay: &mut Overlay) -> io::Result<Option<PathBuf>> {
    let Some(file) = inputs.standard_input() else { return Ok(None) };
    if let std::collections::btree_map::Entry::Vacant(entry) = overlay.entry(files::absolute(&file.path)) {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        entry.insert(bytes);
    }
    Ok(Some(file.path))
}

/// Releases that are checked before their findings are put away.
const PART: usize = 256;
/// Findings of which the lines around them are kept: many more than a report draws.
const EXCERPTS: usize = 5_000;

/// What all projects of a run share.
struct Work<'a> {
    inputs: &'a Inputs,
    overlay: &'a Overlay,
    changed: Option<&'a Changed>,
    excerpts: bool,
    /// What the rules were chosen by, where what comes of releases is kept.
    cached: Option<&'a Choices>,
    console: &'a Console,
}

/// Leaves the files that are drafts; the pages and sheets that this program wrote beside them are none.
pub(super) fn only_drafts(home: &Home, loaded: &Loaded, files: &mut Vec<File>) {
    let is_draft = |file: &File| {
        let path = home.relative(&file.path);
        let wanted = if file.named { !loaded.config.exclude.matches(&path) } else { loaded.config.is_draft(&path) };
        wanted && ![crate::page::HEAD, crate::facts::HEAD].iter().any(|head| files::begins(&file.path, head))
    };
    let mut drafts = files.par_iter().with_min_len(together::FOLDER).map(is_draft).collect::<Vec<_>>().into_iter();
    files.retain(|_| drafts.next().unwrap_or_default());
}

fn check_project(home: &Home, loaded: Loaded, mut files: Vec<File>, work: &Work<'_>, ran: &mut Ran) {
    only_drafts(home, &loaded, &mut files);
    let named = files.iter().map(|file| file.shown.clone()).collect();
    let mut releases = together::releases(home, &loaded.sisters, files);
    let files = || releases.iter().flatten();
    ran.read.extend(files().map(|file| file.path.clone()).chain(loaded.read.iter().cloned()));
    let mut scope = Scope::new(named, files(), &loaded, work.changed);
    let others = scope.narrow(home, &loaded, &mut releases);
    let alone = releases.iter().filter(|release| release.len() == 1).flatten().map(|file| file.shown.clone());
    ran.summary.without_sister.extend(alone);
    let mut notes = check_releases(home, &loaded, &releases, work, &scope, ran);
    if !notes.is_empty() {
        // What changed is held against all the rest, too.
        let of_release = |release: &Vec<File>| {
            let drafts = release
                .iter()
                .filter_map(|file| read_draft(home, &loaded, file, release.len() > 1, work.overlay, work.inputs).ok());
            loaded.project.notes(&drafts.collect::<Vec<_>>())
        };
        let kept: Vec<_> = others.par_iter().map(of_release).collect();
        kept.into_iter().for_each(|kept| notes.add(kept));
    }
    let all = releases.iter().chain(&others);
    let places: HashMap<&str, (&File, bool)> =
        all.flat_map(|r| r.iter().map(|file| (file.shown.as_str(), (file, r.len() > 1)))).collect();
    let again = |path: &str| {
        let (file, has_sisters) = places.get(path)?;
        read_draft(home, &loaded, file, *has_sisters, work.overlay, work.inputs).ok()
    };
    let judged = loaded.project.judge(notes, &again);
    ran.summary.silenced.stet += judged.stood;
    scope.take(judged.findings, ran);
    let view = loaded.project.view("");
    let own = crate::rule::OWN_RULES.iter().copied();
    ran.rules.extend(view.rules.rules().iter().map(|rule| rule.id.as_str()).chain(own).map(str::to_owned));
    ran.active.extend(view.active().map(|(rule, _)| rule.id.clone()));
    ran.summary.rules = ran.active.len();
    let reasons = view.active().filter_map(|(rule, _)| Some((rule.id.clone(), rule.why.clone()?)));
    ran.reasons.extend(reasons);
    ran.misconfigured |= !loaded.mistakes.is_empty();
    ran.findings.extend(loaded.mistakes);
    ran.summary.problems.extend(loaded.problems);
    ran.fail_on = [ran.fail_on, loaded.fail_on].into_iter().flatten().min_by_key(|fail_on| match fail_on {
        FailOn::AtLeast(severity) => *severity as u8,
        FailOn::Never => u8::MAX,
    });
    ran.projects.push(loaded.project);
}

/// Checks releases in parallel and in their order, and gives back what project-wide rules keep.
fn check_releases(
    home: &Home,
    loaded: &Loaded,
    releases: &[Vec<File>],
    work: &Work<'_>,
    scope: &Scope<'_>,
    ran: &mut Ran,
) -> Notes {
    let progress = Progress::new(releases.len(), work.console.watched());
    let cache = work.cached.and_then(|choices| Cache::open(home, loaded, choices, releases.len()));
    let check = |release: &Vec<File>| {
        let checked = check_release(home, loaded, release, work, cache.as_ref());
        progress.step();
        checked
    };
    let mut notes = Notes::default();
    // Part by part, so that of a large tree only what is reported is held.
    for part in releases.chunks(PART) {
        let outcomes: Vec<(Outcome, Vec<Problem>, usize)> = part.par_iter().map(check).collect();
        for (mut outcome, problems, read) in outcomes {
            notes.add(std::mem::take(&mut outcome.notes));
            ran.summary.files += read;
            ran.summary.problems.extend(problems);
            ran.summary.releases.extend(outcome.releases);
            ran.summary.pairs.extend(outcome.pairs);
            ran.summary.silenced.stet += outcome.stood;
            if !work.excerpts || ran.findings.len() > EXCERPTS {
                outcome.findings.iter_mut().for_each(Finding::forget_excerpts);
            }
            scope.take(outcome.findings, ran);
        }
    }
    progress.finish();
    if let Some(cache) = cache {
        cache.close();
    }
    notes
}

/// The outcome of a release, what could not be read, and how many files could.
fn check_release(
    home: &Home,
    loaded: &Loaded,
    release: &[File],
    work: &Work<'_>,
    cache: Option<&Cache>,
) -> (Outcome, Vec<Problem>, usize) {
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
    for file in release {
        match read_draft(home, loaded, file, release.len() > 1, work.overlay, work.inputs) {
            Ok(draft) => drafts.push(draft),
            Err(message) => problems.push(Problem::with(file.shown.clone(), message)),
        }
    }
    let outcome = match cache {
        Some(cache) => cache.check(loaded, &drafts),
        None => loaded.project.check(&drafts),
    };
    (outcome, problems, drafts.len())
}

/// A draft as it stands on the disk, or in what stands in for it.
pub(super) fn read_draft(
    home: &Home,
    loaded: &Loaded,
    file: &File,
    has_sisters: bool,
    overlay: &Overlay,
    inputs: &Inputs,
) -> Result<Draft, String> {
    let overlaid = overlay.get(&files::absolute(&file.path)).cloned();
    if !file.named && file.link && overlaid.is_none() && !home.may_open(&file.path) {
        return Err(files::LEADS_OUT.into());
    }
    let bytes = overlaid.map_or_else(|| files::read(&file.path), Ok)?;
    let source = Source::from_bytes(file.shown.clone(), bytes).map_err(|error| error.to_string())?;
    let below = home.relative(&file.path);
    let options = read_options(loaded, &below, has_sisters, inputs);
    Ok(Draft { source: Arc::new(source), options, below })
}

fn read_options(loaded: &Loaded, path: &str, has_sisters: bool, inputs: &Inputs) -> ReadOptions {
    let given = inputs.lang.clone().map(|tag| (tag, LanguageReason::CommandLine));
    let configured = loaded.config.at(path).language().map(|tag| (tag.to_owned(), LanguageReason::Config));
    let place = loaded.sisters.place(path);
    let told = place.as_ref().and_then(|place| {
        let why = if place.language.is_some() { LanguageReason::Path } else { LanguageReason::Source };
        Some((loaded.sisters.language(place, has_sisters)?.to_owned(), why))
    });
    ReadOptions {
        language: given.into_iter().chain(configured).chain(told).collect(),
        date: inputs.date,
        ..ReadOptions::default()
    }
}

/// A bar on a watched terminal, once a run lasts.
struct Progress {
    total: usize,
    watched: bool,
    start: Instant,
    done: std::sync::atomic::AtomicUsize,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// A run shorter than this shows no bar.
    const PATIENCE: Duration = Duration::from_secs(1);

    fn new(total: usize, watched: bool) -> Self {
        Progress { total, watched, start: Instant::now(), done: Default::default(), bar: OnceLock::new() }
    }

    fn step(&self) {
        let done = 1 + self.done.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if self.watched && self.start.elapsed() > Self::PATIENCE {
            let bar = self.bar.get_or_init(|| {
                let style = ProgressStyle::with_template("{bar:40} {pos}/{len} releases").ok();
                let bar = ProgressBar::with_draw_target(Some(self.total as u64), ProgressDrawTarget::stderr());
                style.map_or(bar.clone(), |style| bar.with_style(style))
            });
            bar.set_position(done as u64);
        }
    }

    fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
