//! The faulty releases of the fixtures: what the program reports of them, line by line.

use std::process::Command;

/// What is found in the folder that the README's first command reads.
#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let root = env!("CARGO_MANIFEST_DIR");
    let run = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--format", "short", "fixtures/faulty"])
        .current_dir(root)
        .output()
        .expect("copydesk runs");
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let found = String::from_utf8(run.stdout).expect("UTF-8").replace('\\', "/");
    let path = format!("{root}/tests/snapshots/faults.txt");
    if std::env::var_os("COPYDESK_BLESS").is_some() {
        std::fs::write(&path, &found).expect("tests/snapshots");
    }
    let expected = std::fs::read_to_string(&path).expect("tests/snapshots/faults.txt");
    assert_eq!(found, expected, "look at every line, then COPYDESK_BLESS=1 cargo test --test faults");
}
