//! The correct corpus: releases written for this test, full of what only looks like a fault, on which every rule that is on by
//! default stays silent.

use std::path::{Path, PathBuf};
use std::process::Command;

fn drafts(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder).expect("a folder").flatten().map(|e| e.path()).collect();
    found.sort();
    found
}

/// What the program reports in a file or folder, a line each, and what it says of the run.
fn report(path: &Path) -> (String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--format", "short", "--fail-on", "never"])
        .arg(path)
        .output()
        .expect("copydesk runs");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(run.stdout), text(run.stderr))
}

#[test]
fn correct_releases_pass_in_silence() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/correct");
    let (found, run) = report(&folder);
    assert_eq!(found, "", "findings in correct texts");
    let read = format!("read {} files", drafts(&folder).len());
    assert!(run.contains(&read) && !run.contains("unsure"), "every one is read, in a language that is known: {run}");
    // Alone, without the sisters that stand beside it, each is as correct.
    for draft in drafts(&folder) {
        assert_eq!(report(&draft).0, "", "findings in {}", draft.display());
    }
}
