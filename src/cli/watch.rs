//! `--watch`: checks again whenever a file changes. The files are looked at twice a second rather than waited for: that works on
//! every system and share, and drafts are few.

use super::Console;
use super::files::{self, absolute};
use super::run::Inputs;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// Files with their time and length: what differs when one was written.
type Stamps = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Does the work, and again whenever a file changes that lies below the inputs or that the work says it has read (a sister text or a
/// register may lie elsewhere), until the program is ended. What the work itself writes is no change.
pub(super) fn watch(
    inputs: &Inputs,
    written: &[&Path],
    console: &Console,
    mut work: impl FnMut() -> io::Result<Vec<PathBuf>>,
) -> io::Result<()> {
    if inputs.paths.iter().any(|path| path == Path::new("-")) {
        return Err(io::Error::other("--watch waits for files to change, and standard input is none"));
    }
    let written: BTreeSet<PathBuf> = written.iter().map(|path| absolute(path)).collect();
    let mut read = Vec::new();
    loop {
        let before = stamps(inputs, &read, &written);
        if console.watched() {
            // Clear the screen, so that what is seen is how it is now.
            console.print(|out| out.write_all(b"\x1b[2J\x1b[3J\x1b[H"))?;
        }
        read = work()?;
        // What is read for the first time had no stamp before the work; all else is as it was then, so that no edit is passed over.
        let mut known = stamps(inputs, &read, &written);
        known.extend(before);
        console.note("waiting for a change (end with Ctrl-C)");
        while stamps(inputs, &read, &written) == known {
            std::thread::sleep(PAUSE);
        }
    }
}

/// Configuration, packs and registers change findings too, so every file counts.
fn stamps(inputs: &Inputs, read: &[PathBuf], written: &BTreeSet<PathBuf>) -> Stamps {
    let here = [PathBuf::from(".")];
    let all = inputs.paths.is_empty() && inputs.files_from.is_none();
    let paths = if all { &here[..] } else { &inputs.paths };
    let above = paths
        .iter()
        .flat_map(|path| absolute(path).ancestors().map(|a| a.join(crate::config::FILE_NAME)).collect::<Vec<_>>());
    let found = files::find(paths, 1).files.into_iter().map(|file| file.path);
    let stamp = |path: PathBuf| {
        let metadata = path.metadata().ok()?;
        Some((path, (metadata.modified().ok(), metadata.len())))
    };
    let paths = found.chain(above).chain(read.iter().cloned()).map(|path| absolute(&path));
    paths.filter(|path| !written.contains(path)).filter_map(stamp).collect()
}
