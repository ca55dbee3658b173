//! What is promised about hostile input in SECURITY.md: every input kept in `fuzz/corpus` through the function that is fuzzed with it,
//! texts made to cost much, and folders laid as traps.

#[path = "support/costly.rs"]
mod costly;
#[path = "support/program.rs"]
mod support;
#[path = "../fuzz/targets.rs"]
mod targets;

use copydesk::document::ReadOptions;
use copydesk::engine::{Draft, Project};
use copydesk::source::Source;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use support::{run, text};

#[test]
fn inputs_that_were_kept_break_nothing() {
    let mut read = 0;
    for (name, target) in targets::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let mut paths: Vec<_> = fs::read_dir(&folder).expect(name).map(|entry| entry.expect(name).path()).collect();
        paths.sort();
        assert!(!paths.is_empty(), "{name} has no inputs");
        for path in paths {
            target(&fs::read(&path).expect(name));
            read += 1;
        }
    }
    assert!(read >= targets::TARGETS.len());
}

/// Read thousands of times over, so that what grew with the square of a text would not come to an end while somebody waits; what a byte of
/// them costs is told by `cargo bench --bench hostile`.
#[test]
fn texts_made_to_cost_much_are_read_to_their_end() {
    let project = Project::builtin();
    for (name, path, count, make) in costly::texts() {
        let source = Arc::new(Source::from_text(path, make(count * 12)));
        let length = source.text().len();
        let outcome = project.check(&[Draft { source, options: ReadOptions::default(), below: path.to_owned() }]);
        assert_eq!(outcome.releases.len(), 1, "{name}");
        assert!(outcome.findings.iter().all(|finding| finding.end.byte <= length), "{name}");
    }
}

/// What a terminal obeys, or a reader cannot see.
fn is_raw(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const HOSTILE: &str = "\u{1b}[31mred\u{1b}]8;;http://e.example\u{7}a\u{9b}31m \u{202e}turned\u{202c} \u{2066}x\u{2069} \
                       \u{200f}\u{8}\u{7f}\u{2028}<script>&\"'";

#[cfg(unix)]
#[test]
fn nothing_of_a_draft_or_its_name_reaches_a_terminal_raw() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("dir\u{1b}[31m\u{202e}\nnew");
    fs::create_dir(&inner).expect("made");
    let english =
        format!("Was was {HOSTILE}\n\nIt met on Monday, 10 July 2012, said “Anna {HOSTILE}. 5 of of {HOSTILE}.\n");
    let french = format!("Titre {HOSTILE}\n\nIl a été réuni le 30 février 2012 {HOSTILE}, a dit « Anna.\n");
    fs::write(inner.join("a\u{7}\u{2066}.en.md"), &english).expect("written");
    fs::write(inner.join("a\u{7}\u{2066}.fr.md"), &french).expect("written");
    fs::write(inner.join("b\u{1b}.en.html"), format!("<p>{english}<a href=\"{HOSTILE}\">was was</a>"))
        .expect("written");
    fs::write(folder.path().join("a.en.md"), english).expect("written");
    fs::write(folder.path().join("a.fr.md"), french).expect("written");
    // Such a folder is a problem of the run, which is said too.
    std::os::unix::fs::symlink("nowhere", inner.join("gone\u{202e}.md")).expect("linked");
    let check = |format: &'static str| vec!["check", ".", "--explain", "--statistics", "--format", format];
    let formats =
        ["human", "short", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjsonl", "jsonl", "json", "html"];
    let mut runs: Vec<Vec<&str>> = formats.into_iter().map(check).collect();
    runs.push(vec!["align", "a.en.md", "a.fr.md"]);
    for command in ["proof", "facts"] {
        runs.push(vec![command, "a.en.md", "a.fr.md"]);
    }
    for format in ["json", "html"] {
        runs.push(vec!["facts", "a.en.md", "a.fr.md", "--format", format]);
    }
    runs.push(vec!["register", "learn", "."]);
    runs.push(vec!["check", "none\u{202e}\n\u{1b}.md"]);
    for arguments in runs {
        let output = run(folder.path(), &arguments, b"");
        for text in [text(&output.stdout), text(&output.stderr)] {
            let raw: Vec<char> = text.chars().filter(|c| is_raw(*c)).collect();
            assert!(raw.is_empty(), "{arguments:?}: {raw:?} in {text}");
        }
        let text = text(&output.stdout);
        match arguments.last() {
            Some(&("junit" | "checkstyle")) => drop(roxmltree::Document::parse(&text).expect("well-formed")),
            Some(&("gitlab" | "sarif" | "json")) => {
                serde_json::from_str::<serde_json::Value>(&text).expect("JSON");
            }
            Some(&("rdjsonl" | "jsonl")) => {
                for line in text.lines() {
                    serde_json::from_str::<serde_json::Value>(line).expect("JSON");
                }
            }
            _ => {}
        }
        if text.contains("<html") {
            assert!(!text.contains("<script"), "{arguments:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_list_may_name_any_file_and_no_pipe_keeps_the_run_waiting() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    let names: [&[u8]; 3] = [b"a\nb.en.md", b"l\xe9.en.md", b" c\r.en.md"];
    for name in names {
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), "The the cat.\n").expect("written");
    }
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().expect("runs");
    assert!(made.success());
    let list = [names.join(&0), b"\0gone.md\0pipe.md\0".to_vec()].concat();
    let output = run(folder.path(), &["check", "--files-from", "-", "--format", "jsonl", "--quiet"], &list);
    let found = text(&output.stdout);
    assert_eq!(found.lines().count(), 3, "{found}");
    assert!(found.contains("\"path\":\"a\\nb.en.md\""), "{found}");
    assert_eq!(output.status.code(), Some(2));
    let problems = text(&output.stderr);
    assert!(problems.contains("gone.md: no such file") && problems.contains("pipe.md: is a pipe"), "{problems}");
    for arguments in [["check", "pipe.md"], ["proof", "pipe.md"], ["check", "--files-from=pipe.md"], ["check", "."]] {
        run(folder.path(), &arguments, b"");
    }
    // A name of its own line may be in any encoding, too, and an empty list is said to be empty.
    let output = run(folder.path(), &["check", "--files-from", "-", "--format", "short"], b"l\xe9.en.md\r\n");
    assert_eq!(text(&output.stdout).lines().count(), 1);
    let output = run(folder.path(), &["check", "--files-from", "-"], b"");
    assert!(text(&output.stderr).contains("no file was listed"));
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_the_repository() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("repository");
    fs::create_dir_all(inner.join(".git")).expect("made");
    fs::write(folder.path().join("secret.toml"), "secret = 1\nthe the\n").expect("written");
    fs::write(inner.join("b.en.md"), "The the cat.\n").expect("written");
    for link in ["copydesk.toml", "a.en.md", "b.fr.md"] {
        symlink("../secret.toml", inner.join(link)).expect("linked");
    }
    symlink(".", inner.join("loop")).expect("linked");
    let output = run(&inner, &["check", ".", "--format", "short"], b"");
    let (found, problems) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(found.lines().collect::<Vec<_>>(), ["b.en.md:1:1: warning[wording/repeated-word]: “The” stands twice"]);
    assert_eq!(problems.matches("leads out of the repository and is not opened").count(), 3, "{problems}");
    assert!(!problems.contains("secret"), "{problems}");
    assert_eq!(output.status.code(), Some(2));
    // A register or a pack by way of a link is not opened either; what somebody asks for by its name is.
    fs::remove_file(inner.join("copydesk.toml")).expect("removed");
    symlink("../secret.toml", inner.join("register.toml")).expect("linked");
    fs::write(
        inner.join("copydesk.toml"),
        "registers = [\"register.toml\"]\npacks = [\"builtin\", \"loop/r*.toml\"]\n",
    )
    .expect("written");
    let found = text(&run(&inner, &["check", "b.en.md", "--format", "short"], b"").stdout);
    assert_eq!(found.matches("lies outside the repository").count(), 2, "{found}");
    fs::remove_file(inner.join("copydesk.toml")).expect("removed");
    let found = text(&run(&inner, &["check", "a.en.md", "--format", "short"], b"").stdout);
    assert_eq!(found.lines().count(), 1, "{found}");
}
