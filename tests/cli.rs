//! The program from start to finish. Each file of `tests/cmd` makes a folder, runs the program in it and says what must come out;
//! what a file cannot say (pipes, permissions, git) stands here. With `BLESS=1` the files are written anew.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.env_remove("NO_COLOR").env("TERM", "dumb");
    command
}

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = program()
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that reads no input may be gone before all of it is written.
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    child.wait_with_output().expect("the program ends")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
}

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

/// Runs git in a folder.
fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git is there");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn only_what_the_change_touched_is_reported() {
    let folder = project();
    let root = folder.path();
    let check = |arguments: &[&str]| {
        let output = run(root, &[&["check", "--format", "short"], arguments].concat(), "");
        (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
    };
    assert!(check(&["--changed"]).2.contains("--changed needs a git repository"));
    git(root, &["init", "-q"]);
    assert!(check(&["--changed=main"]).2.contains("there is none yet"));
    fs::write(root.join("a b.md"), "Please log into it.\n\nA calm line.\n\nPlease log into it.\n").expect("written");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "first"]);
    assert_eq!(check(&["--changed=HEAD"]).0, 0);
    assert!(check(&["--changed"]).2.contains("the branch has no upstream"));
    assert!(check(&["--changed=nowhere"]).2.contains("there is no revision “nowhere”"));
    git(root, &["checkout", "-q", "-b", "work"]);
    git(root, &["mv", "a b.md", "b.md"]);
    fs::write(root.join("b.md"), "Please log into it.\n\nA calm line.\n\nPlease log into them.\n").expect("written");
    let (status, found, said) = check(&["--changed=main"]);
    assert_eq!((status, found.as_str()), (1, "b.md:5:8: error[house/log-in-to]: two words and a preposition\n"));
    assert!(said.contains("1 finding left out as unchanged"));
    fs::write(root.join("new.md"), "Please log into it.\n").expect("written");
    assert!(check(&["--changed=main"]).1.contains("new.md:1:8"));
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "second"]);
    assert_eq!(check(&["--changed=main"]).1.lines().count(), 2);
    git(root, &["checkout", "-q", "--detach"]);
    assert!(check(&["--changed"]).2.contains("HEAD is detached"));
    let shallow = tempfile::tempdir().expect("a folder");
    let from = format!("file://{}", root.display());
    git(shallow.path(), &["clone", "-q", "--depth", "1", "--no-single-branch", &from, "."]);
    let output = run(shallow.path(), &["check", "--changed=origin/main"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("fetch more history"), "{}", text(&output.stderr));
}

#[test]
fn a_correction_keeps_encoding_line_ends_and_byte_order_mark() {
    let folder = project();
    let before = "La déclaration a été adoptée à l’unanimité par l’assemblée générale réunie à Genève, où l’on \
                  dit encore log into sans y penser.\r\nElle sera publiée cet été.\r\n";
    let utf_16 = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let latin = |text: &str| -> Vec<u8> { text.replace('’', "\u{92}").chars().map(|c| c as u8).collect() };
    let marked = |text: &str| -> Vec<u8> { ["\u{FEFF}", text].concat().into_bytes() };
    let after = before.replace("into", "in to");
    let forms: [(&str, Vec<u8>, Vec<u8>); 3] = [
        ("utf-16.txt", utf_16(before), utf_16(&after)),
        ("latin.txt", latin(before), latin(&after)),
        ("marked.txt", marked(before), marked(&after)),
    ];
    for (name, before, _) in &forms {
        fs::write(folder.path().join(name), before).expect("written");
    }
    let output = run(folder.path(), &["fix", "--unsafe"], "");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("3 corrections made in 3 files"), "{}", text(&output.stderr));
    for (name, _, after) in &forms {
        assert!(fs::read(folder.path().join(name)).expect("there") == *after, "{name}");
    }
}

#[test]
fn what_cannot_be_written_is_said_and_stays_as_it_was() {
    let folder = project();
    let path = folder.path().join("a.md");
    fs::write(&path, "Please log into it.\n").expect("written");
    let mut permissions = path.metadata().expect("there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).expect("set");
    let output = run(folder.path(), &["fix", "--unsafe"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("a.md: is read-only and was not written"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&path).expect("there"), "Please log into it.\n");
}

/// No file may grow, as on a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let folder = project();
    let path = folder.path().join("a.md");
    let words = format!("Please log into it.\n{}", "A calm line.\n".repeat(400));
    fs::write(&path, &words).expect("written");
    let script = format!("trap '' XFSZ; ulimit -f 1; exec {} fix --unsafe", env!("CARGO_BIN_EXE_copydesk"));
    let output = Command::new("bash").args(["-c", &script]).current_dir(folder.path()).output().expect("bash is there");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("a.md: was not written"), "{}", text(&output.stderr));
    assert_eq!(fs::read_to_string(&path).expect("there"), words);
    let left: Vec<_> = fs::read_dir(folder.path()).expect("there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn several_fixers_at_once_leave_a_whole_file() {
    let folder = project();
    let path = folder.path().join("a.md");
    let words = |verb: &str| format!("Please {verb} it.\n\n").repeat(300);
    fs::write(&path, words("log into")).expect("written");
    let start = |_| {
        let mut command = program();
        command.args(["fix", "--unsafe", "--quiet"]).current_dir(folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program starts")
    };
    let running: Vec<_> = (0..6).map(start).collect();
    let mut done = 0;
    for child in running {
        let output = child.wait_with_output().expect("the program ends");
        let said = text(&output.stderr);
        match output.status.code() {
            Some(0) => done += 1,
            Some(2) => assert!(said.contains("was not written"), "{said}"),
            other => unreachable!("{other:?}: {said}"),
        }
    }
    assert!(done > 0);
    assert_eq!(fs::read_to_string(&path).expect("there"), words("log in to"));
    assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 3, "nothing is left beside it");
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
