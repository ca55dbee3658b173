//! `copydesk baseline` and `--baseline` from other folders, with other filters, and beside files that come and go.

use crate::changed::{git, repository};
use crate::{project, run, text};
use std::fs;
use std::path::Path;

fn said(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = run(folder, arguments, "");
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

const CHECK: &[&str] = &["check", "--format", "short", "--quiet", "--baseline"];

fn three() -> tempfile::TempDir {
    let folder = project();
    fs::create_dir(folder.path().join(".git")).expect("made");
    fs::create_dir(folder.path().join("sub")).expect("made");
    fs::write(folder.path().join("a.md"), "Please log into a.\n\nCalm.\n").expect("written");
    fs::write(folder.path().join("b.md"), "Please log into b.\n").expect("written");
    fs::write(folder.path().join("sub/c.md"), "Please log into c.\n").expect("written");
    assert_eq!(said(folder.path(), &["baseline"]).2, "copydesk-baseline.toml: 3 findings accepted\n");
    folder
}

fn written(folder: &Path) -> String {
    fs::read_to_string(folder.join("copydesk-baseline.toml")).expect("there")
}

#[test]
fn the_baseline_of_the_repository_holds_in_its_folders_too() {
    let folder = three();
    let sub = folder.path().join("sub");
    assert_eq!(said(&sub, CHECK), (0, String::new(), String::new()));
    fs::write(sub.join("d.md"), "Please log into d.\n").expect("written");
    assert_eq!(said(&sub, &["baseline"]).2, "../copydesk-baseline.toml: 4 findings accepted\n");
    assert!(written(folder.path()).contains("path = \"sub/d.md\""), "paths are those below its folder");
    assert_eq!(said(folder.path(), CHECK), (0, String::new(), String::new()));
    assert!(!sub.join("copydesk-baseline.toml").exists());
}

#[test]
fn an_entry_of_a_file_that_is_gone_is_reported_where_its_folder_was_looked_through() {
    let folder = three();
    fs::remove_file(folder.path().join("b.md")).expect("removed");
    let (status, found, _) = said(folder.path(), CHECK);
    assert_eq!((status, found.lines().count()), (0, 1));
    assert!(found.contains("baseline/unused"), "{found}");
    assert_eq!(said(folder.path(), &[CHECK, &["sub"]].concat()).1, "");
    assert_eq!(said(folder.path(), &[CHECK, &["a.md"]].concat()).1, "");
    assert_eq!(said(folder.path(), &["baseline", "a.md"]).2, "copydesk-baseline.toml: 3 findings accepted\n");
    assert_eq!(said(folder.path(), &["baseline"]).2, "copydesk-baseline.toml: 2 findings accepted\n");
}

#[test]
fn what_was_not_looked_for_stays_accepted() {
    let folder = three();
    let other = "\n[[rule]]\nid = \"house/calm\"\nkind = \"wording/forbid\"\nmessage = \"m\"\nwords = [\"calm\"]\n";
    let pack = fs::read_to_string(folder.path().join("house.toml")).expect("there");
    fs::write(folder.path().join("house.toml"), pack + other).expect("written");
    let only = ["baseline", "--only", "house/calm"];
    assert_eq!(said(folder.path(), &only).2, "copydesk-baseline.toml: 3 findings accepted\n");
    assert_eq!(said(folder.path(), CHECK).1, "");
    assert_eq!(said(folder.path(), &[CHECK, &["--skip", "house/log-in-to"]].concat()).1, "");
}

#[test]
fn an_entry_that_expired_accepts_nothing_and_is_not_extended() {
    let folder = three();
    let entry = "reason = \"as signed\"\nuntil = 2020-01-01\n";
    fs::write(
        folder.path().join("copydesk-baseline.toml"),
        written(folder.path()).replacen("reason = \"\"\n", entry, 1),
    )
    .expect("written");
    let (status, found, _) = said(folder.path(), CHECK);
    assert_eq!((status, found.lines().count()), (1, 2), "{found}");
    assert!(found.contains("baseline/expired"), "{found}");
    let (_, _, note) = said(folder.path(), &["baseline"]);
    assert!(note.starts_with("copydesk-baseline.toml: 2 findings accepted\nnote: 1 entry has expired"), "{note}");
    assert!(written(folder.path()).contains(entry));
}

#[test]
fn a_mistake_in_it_is_underlined_and_it_is_not_written_over() {
    let folder = three();
    let misspelt = written(folder.path()).replacen("reason =", "reasn =", 1);
    fs::write(folder.path().join("copydesk-baseline.toml"), &misspelt).expect("written");
    let (status, found, _) = said(folder.path(), &["check", "--baseline", "--quiet"]);
    assert_eq!(status, 2);
    assert!(found.contains("unknown key “reasn”") && found.contains("did you mean “reason”?"), "{found}");
    let (status, _, note) = said(folder.path(), &["baseline", "--quiet"]);
    assert_eq!(status, 2);
    assert!(note.contains("copydesk-baseline.toml:10: unknown key “reasn”; did you mean “reason”?"), "{note}");
    assert_eq!(written(folder.path()), misspelt);
}

#[test]
fn what_did_not_change_is_not_unused() {
    let folder = repository(&[("a.md", b"Please log into a.\n\nCalm.\n")]);
    let root = folder.path();
    said(root, &["baseline"]);
    fs::write(root.join("a.md"), "Please log into a.\n\nCalmer.\n").expect("written");
    assert_eq!(said(root, &[CHECK, &["--changed=main"]].concat()), (0, String::new(), String::new()));
}

#[test]
fn a_stale_translation_is_told_with_the_passages_that_changed_where_git_has_the_old_text() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let write = |name: &str, text: &str| fs::write(root.join(name), text).expect("written");
    write("copydesk.toml", "[languages]\nsource = \"en\"\n");
    write("a.md", "The harbour opens on 4 May.\n\nIt has 12 berths.\n");
    write("a.fr.md", "Le port ouvre le 4 mai.\n\nIl compte 12 postes.\n");
    git(root, &["init", "-q"]);
    assert_eq!(run(root, &["baseline", "--translations", "a.fr.md"], "").status.code(), Some(0));
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "first"]);
    let stale = || {
        let output = run(root, &["check", "--only", "parity/stale", "--format", "jsonl", "--fail-on", "never"], "");
        let lines: Vec<serde_json::Value> =
            text(&output.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        lines
    };
    assert!(stale().is_empty());
    // Blanks and a stet say nothing new.
    write("a.md", "The harbour  opens\non 4 May.\n\n<!-- stet dates/order: it is so -->\n\nIt has 12 berths.\n");
    assert!(stale().is_empty());
    write("a.md", "The harbour opens on 4 May.\n\nIt has 14 berths.\n");
    let found = stale();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["related"][0]["text"], "It has 14 berths.");
    assert_eq!(found[0]["related"][0]["label"], "changed since");
    assert_eq!(run(root, &["baseline", "--translations", "."], "").status.code(), Some(0));
    assert!(stale().is_empty());
}
