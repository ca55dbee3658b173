//! The program from start to finish. Each file of `tests/cmd` makes a folder, runs the program in it and says what must come out;
//! what a file cannot say (pipes, permissions, git) stands here. With `BLESS=1` the files are written anew.

mod author;
mod baseline;
mod cache;
mod changed;
mod fix;
#[path = "../support/program.rs"]
mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use support::{program, run, text};

/// A part of a file of `tests/cmd`: what its head line says, and the lines under it.
struct Section {
    head: String,
    body: String,
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("==== "), sections.last_mut()) {
            (Some(head), _) => sections.push(Section { head: head.into(), body: String::new() }),
            (None, Some(section)) => {
                section.body.push_str(line);
                section.body.push('\n');
            }
            (None, None) => sections.push(Section { head: String::new(), body: format!("{line}\n") }),
        }
    }
    sections
}

/// Runs a file and writes it with what came out.
fn replay(text_before: &str, folder: &Path) -> String {
    let mut after = String::new();
    let mut sections = sections(text_before).into_iter().peekable();
    while let Some(Section { head, body }) = sections.next() {
        let (verb, rest) = head.split_once(' ').unwrap_or((head.as_str(), ""));
        if !head.is_empty() {
            let _ = writeln!(after, "==== {head}");
        }
        after.push_str(&body);
        match verb {
            "file" => {
                let path = folder.join(rest);
                fs::create_dir_all(path.parent().expect("in the folder")).expect("made");
                fs::write(path, body).expect("written");
            }
            "run" => {
                let arguments: Vec<&str> = rest.split_whitespace().collect();
                let output = run(folder, &arguments, &body);
                while sections
                    .next_if(|s| ["status", "stdout", "stderr"].iter().any(|n| s.head.starts_with(n)))
                    .is_some()
                {}
                let _ = writeln!(after, "==== status {}", output.status.code().unwrap_or(-1));
                for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
                    if !bytes.is_empty() {
                        let _ = write!(after, "==== {name}\n{}", text(bytes));
                    }
                }
            }
            "show" => {
                while sections.next_if(|s| s.head == "shown").is_some() {}
                let _ = write!(after, "==== shown\n{}", fs::read_to_string(folder.join(rest)).unwrap_or_default());
            }
            _ => assert!(head.is_empty(), "unknown section “{head}”"),
        }
    }
    after
}

#[test]
fn the_files_of_tests_cmd_come_out_as_they_say() {
    let mut files: Vec<PathBuf> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd"))
        .expect("the folder")
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = String::new();
    for file in files {
        let before = fs::read_to_string(&file).expect("readable");
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join(".git")).expect("made");
        let after = replay(&before, folder.path());
        if std::env::var_os("BLESS").is_some() {
            fs::write(&file, after).expect("written");
        } else if before != after {
            let _ = writeln!(wrong, "== {} says\n{before}\n== and now comes\n{after}", file.display());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A project whose only rule reports “log into”.
const PACK: &str = "[[rule]]\nid = \"house/log-in-to\"\nkind = \"wording/substitute\"\nseverity = \"error\"\n\
message = \"two words and a preposition\"\nreplace = { \"log into\" = \"log in to\" }\n";

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("copydesk.toml"), "packs = [\"house.toml\"]\n").expect("written");
    fs::write(folder.path().join("house.toml"), PACK).expect("written");
    folder
}

#[test]
fn outside_any_repository_a_pack_may_lie_anywhere() {
    let (folder, elsewhere) = (project(), tempfile::tempdir().expect("a folder"));
    let config = format!("packs = ['{}/h*.toml']\n", folder.path().display());
    fs::write(elsewhere.path().join("copydesk.toml"), config).expect("written");
    fs::write(elsewhere.path().join("a.md"), "Please log into it.\n").expect("written");
    let output = run(elsewhere.path(), &["check", "--format", "short", "--quiet"], "");
    assert!(text(&output.stdout).starts_with("a.md:1:8: error[house/log-in-to]"), "{}", text(&output.stdout));
    fs::create_dir(elsewhere.path().join(".git")).expect("made");
    let output = run(elsewhere.path(), &["check", "--format", "short", "--quiet"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stdout).contains("lies outside the repository and is not opened"));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_checked() {
    let folder = project();
    fs::write(folder.path().join("good.md"), "Please log into it.\n").expect("written");
    fs::write(folder.path().join("bytes.md"), b"caf\xC3\xA9 \xFF\xFE\xFD").expect("written");
    fs::write(folder.path().join("binary.txt"), [0u8; 64]).expect("written");
    fs::write(folder.path().join("empty.md"), "").expect("written");
    let stray = format!("one stray \0 in the text is only an odd character {}\n", "of many ".repeat(30));
    fs::write(folder.path().join("nul.md"), stray).expect("written");
    let large = fs::File::create(folder.path().join("large.txt")).expect("made");
    large.set_len(100 << 20).expect("sparse");
    let output = run(folder.path(), &["check", "--format", "short"], "");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stdout), "good.md:1:8: error[house/log-in-to]: two words and a preposition\n");
    let said = text(&output.stderr);
    assert!(
        said.contains("bytes.md: not readable as text: 0xFF is not UTF-8 and no other encoding is certain at byte 6")
    );
    assert!(said.contains("binary.txt: not readable as text: a NUL byte, as in a binary file at byte 0"), "{said}");
    assert!(said.contains("large.txt: larger than 64 MB"), "{said}");
    assert!(said.contains("read 3 files"), "{said}");
}

#[test]
fn a_line_of_ten_megabytes_is_read() {
    let folder = project();
    fs::write(folder.path().join("long.txt"), format!("{}Please log into it.", "word ".repeat(2_000_000)))
        .expect("written");
    let output = run(folder.path(), &["check", "--format", "short", "--quiet"], "");
    assert_eq!(text(&output.stdout), "long.txt:1:10000008: error[house/log-in-to]: two words and a preposition\n");
}

#[cfg(unix)]
#[test]
fn a_loop_of_folders_is_not_followed_and_is_said() {
    let folder = project();
    std::os::unix::fs::symlink(".", folder.path().join("loop")).expect("linked");
    let output = run(folder.path(), &["check"], "");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stderr).contains("links to folders are not followed: loop"));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_a_problem_of_the_run() {
    use std::os::unix::fs::PermissionsExt;
    let folder = project();
    let path = folder.path().join("secret.md");
    fs::write(&path, "x").expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("set");
    if fs::read(&path).is_ok() {
        // Whoever may read everything cannot be refused.
        return;
    }
    let output = run(folder.path(), &["check"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("secret.md: permission denied"));
}

#[test]
fn a_broken_pipe_is_success() {
    let folder = project();
    for i in 0..200 {
        fs::write(folder.path().join(format!("{i}.md")), "Please log into it.\n\n".repeat(100)).expect("written");
    }
    let mut child = program()
        .args(["check", "--format", "jsonl", "--quiet"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""));
}

#[test]
fn the_order_does_not_hang_on_the_jobs() {
    let folder = project();
    for i in 0..60 {
        let path = folder.path().join(format!("{}/{i}.md", i % 7));
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, "Please log into it.\n\n".repeat(i % 5)).expect("written");
    }
    let with = |jobs: &str| run(folder.path(), &["check", "--format", "json", "--quiet", "--jobs", jobs], "").stdout;
    let one = with("1");
    assert!(one.len() > 10_000);
    assert!(one == with("2") && one == with("7"));
    // Nor on the order in which files are named.
    let mut named: Vec<String> = (0..60).map(|i| format!("{}/{i}.md", i % 7)).collect();
    for turn in [7, 23] {
        named.rotate_left(turn);
        named.reverse();
        let arguments = ["check", "--format", "json", "--quiet", "--files-from", "-"];
        assert!(one == run(folder.path(), &arguments, named.join("\n")).stdout);
    }
}

#[test]
fn reports_go_to_several_files_at_once() {
    let folder = project();
    fs::write(folder.path().join("a.md"), "Please log into it.\n").expect("written");
    let arguments = ["check", "--format", "short", "--report", "sarif=a.sarif", "--report", "junit=a.xml", "--quiet"];
    let output = run(folder.path(), &arguments, "");
    assert_eq!(output.status.code(), Some(1));
    assert!(fs::read_to_string(folder.path().join("a.sarif")).expect("written").contains("house/log-in-to"));
    assert!(fs::read_to_string(folder.path().join("a.xml")).expect("written").contains("failures=\"1\""));
    let output = run(folder.path(), &["check", "--report", "json=no/such/folder.json", "--quiet"], "");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn colour_is_for_terminals_and_whoever_asks() {
    let folder = project();
    fs::write(folder.path().join("a.md"), "Please log into \u{1b}[31mit.\n").expect("written");
    assert!(!text(&run(folder.path(), &["check"], "").stdout).contains('\u{1b}'));
    assert!(text(&run(folder.path(), &["check", "--color", "always"], "").stdout).contains("\u{1b}[0m"));
}
