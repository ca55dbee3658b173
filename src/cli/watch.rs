//! `--watch`: checks again whenever a file changes. The folders are looked at twice a second rather than waited for: that works on
//! every system and share, and drafts are few.

use super::Console;
use super::files::{self, absolute};
use super::run::Inputs;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// Files with their time and length: what differs when one was written.
type Stamps = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// Does the work, and again whenever a file below the inputs changes, until the program is ended.
pub(super) fn watch(inputs: &Inputs, console: &Console, mut work: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    loop {
        let before = stamps(inputs);
        if console.watched() {
            // Clear the screen, so that what is seen is how it is now.
            console.print(|out| out.write_all(b"\x1b[2J\x1b[3J\x1b[H"))?;
        }
        work()?;
        console.note("waiting for a change (end with Ctrl-C)");
        while stamps(inputs) == before {
            std::thread::sleep(PAUSE);
        }
    }
}

/// Configuration, packs and registers change findings too, so every file counts.
fn stamps(inputs: &Inputs) -> Stamps {
    let here = [PathBuf::from(".")];
    let paths = if inputs.paths.is_empty() { &here[..] } else { &inputs.paths };
    let above = paths
        .iter()
        .flat_map(|path| absolute(path).ancestors().map(|a| a.join(crate::config::FILE_NAME)).collect::<Vec<_>>());
    let found = files::find(paths, 1).files.into_iter().map(|file| file.path);
    let stamp = |path: PathBuf| {
        let metadata = path.metadata().ok()?;
        Some((path, (metadata.modified().ok(), metadata.len())))
    };
    found.chain(above).filter_map(stamp).collect()
}
