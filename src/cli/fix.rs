//! `copydesk fix`: puts right what can be put right without a person, or shows what it would do.

use super::files::{self, absolute, shown};
use super::load::Choices;
use super::run::{Filters, Inputs, Overlay, Ran, Request, read_standard_input, run as check_all};
use super::{Console, Status, summary, summary::plural, write};
use crate::diagnostic::Applicability;
use crate::engine::fix::{Corrected, correct};
use crate::report::Problem;
use crate::source::Source;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rounds after which corrections that call for each other are left.
const ROUNDS: usize = 10;

/// Put right what can be put right without a person
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    choices: Choices,
    #[command(flatten)]
    filters: Filters,
    /// Also make corrections that a person should look at
    #[arg(long = "unsafe")]
    unsafe_too: bool,
    /// Show what would change, and change nothing
    #[arg(long)]
    diff: bool,
    /// Say nothing on standard error but problems
    #[arg(long, short)]
    quiet: bool,
}

/// Files as they were when they were first read, by the path that findings name.
type Originals = RefCell<BTreeMap<String, (PathBuf, Vec<u8>)>>;

pub(super) fn run(arguments: &Arguments, console: &Console) -> io::Result<Status> {
    let least = if arguments.unsafe_too { Applicability::Unsafe } else { Applicability::Safe };
    let originals = Originals::default();
    let (mut overlay, mut applied, mut refused, mut failed) = (Overlay::new(), 0, Vec::new(), 0);
    let standard_input = read_standard_input(&arguments.inputs, &mut overlay)?;
    if let Some(path) = &standard_input {
        read_source(&shown(path), &originals, &overlay);
    }
    let (mut ran, mut stable) = (Ran::default(), false);
    for _ in 0..ROUNDS {
        let Arguments { inputs, choices, filters, .. } = arguments;
        let request = Request { inputs, choices, filters, overlay: &overlay, excerpts: false, cache: true };
        let round = check_all(request, console)?;
        let corrected = corrections(&round, least, &originals, &overlay);
        ran = round;
        refused = corrected.refused;
        if corrected.applied == 0 {
            stable = true;
            break;
        }
        applied += corrected.applied;
        for (path, text) in corrected.texts {
            let bytes = read_source(&path, &originals, &overlay).and_then(|source| source.encoding().encode(&text));
            if let Some(bytes) = bytes {
                overlay.insert(absolute(Path::new(&path)), bytes);
            }
        }
    }
    for (path, line, rule, why) in refused.iter().filter(|_| !arguments.quiet) {
        console.note(&format!("note: {path}:{line}: the correction of {rule} is not made: {why}"));
    }
    if !stable && !arguments.quiet {
        console.note(&format!("note: the corrections came to no end in {ROUNDS} rounds: some call for each other"));
    }
    let changed = changed(&originals, &overlay);
    if arguments.diff {
        console.print(|out| {
            changed.iter().try_for_each(|(shown, before, after)| console.pass(&diff(shown, before, after), out))
        })?;
    } else if let Some(path) = &standard_input {
        // What came in goes out, corrected or not.
        console.print(|out| overlay.get(&absolute(path)).map_or(Ok(()), |text| out.write_all(text)))?;
    } else {
        for (path, before, after) in &changed {
            if let Err(why) = write::replace(Path::new(path), after, Some(before)) {
                ran.summary.problems.push(Problem::with(path.clone(), why));
                failed += 1;
            }
        }
    }
    summary::tell(&ran.summary, &ran.notes, true, console);
    if !arguments.quiet {
        let [applied, files] = [plural(applied, "correction"), plural(changed.len(), "file")];
        let left = plural(ran.findings.len(), "finding");
        console.note(&match (arguments.diff, failed) {
            (true, _) => format!("{applied} could be made in {files}; {left} left"),
            (false, 0) => format!("{applied} made in {files}; {left} left"),
            (false, _) => {
                let written = plural(changed.len() - failed, "file");
                format!("corrections made in {written}; {} could not be written", plural(failed, "file"))
            }
        });
    }
    Ok(if ran.complete() { Status::Clean } else { Status::Trouble })
}

fn corrections(ran: &Ran, least: Applicability, originals: &Originals, overlay: &Overlay) -> Corrected {
    let texts = |path: &str| read_source(path, originals, overlay).map(Arc::new);
    correct(&ran.findings, least, &texts, &crate::engine::fix::values_stay)
}

/// A text as it stands after the corrections so far.
fn read_source(path: &str, originals: &Originals, overlay: &Overlay) -> Option<Source> {
    let disk = PathBuf::from(path);
    let mut originals = originals.borrow_mut();
    if !originals.contains_key(path) {
        let bytes = overlay.get(&absolute(&disk)).cloned().or_else(|| files::read(&disk).ok())?;
        originals.insert(path.to_owned(), (disk.clone(), bytes));
    }
    let (_, original) = originals.get(path)?;
    let bytes = overlay.get(&absolute(&disk)).unwrap_or(original);
    Source::from_bytes(path, bytes.clone()).ok()
}

/// Path, content before and content after of every file that changes.
fn changed(originals: &Originals, overlay: &Overlay) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let originals = originals.borrow();
    let pairs = originals.values().filter_map(|(disk, before)| {
        let after = overlay.get(&absolute(disk)).filter(|after| *after != before)?;
        Some((shown(disk), before.clone(), after.clone()))
    });
    pairs.collect()
}

/// Writes a unified diff, which `patch` takes where the file is UTF-8; of other encodings, what people can read.
fn diff(path: &str, before: &[u8], after: &[u8]) -> String {
    let text = |bytes: &[u8]| match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => Source::from_bytes(path, bytes.to_owned()).map(|source| source.text().to_owned()).unwrap_or_default(),
    };
    let (before, after) = (text(before), text(after));
    let diff = similar::TextDiff::from_lines(&before, &after);
    let [a, b] = ["a/", "b/"].map(|side| quoted(&format!("{side}{path}")));
    diff.unified_diff().context_radius(3).header(&a, &b).to_string()
}

/// A path as the head of a diff has it: in quotation marks, as git writes them and `patch` reads them, where it holds what could end
/// the line.
fn quoted(path: &str) -> String {
    if !path.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        return path.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            // Each byte in three octal figures.
            c if c.is_control() => c.to_string().bytes().for_each(|byte| quoted.push_str(&format!("\\{byte:03o}"))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
