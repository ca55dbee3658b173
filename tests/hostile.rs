//! What is promised about hostile input in SECURITY.md: every input kept in `fuzz/corpus` through the function that is fuzzed with it,
//! texts made to cost much, and folders laid as traps.

#[path = "../fuzz/targets.rs"]
mod targets;

use copydesk::document::ReadOptions;
use copydesk::engine::{Draft, Project};
use copydesk::source::Source;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

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

/// How long this thread has worked; where the system does not tell, how long it has been.
fn worked(start: Instant) -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let told = told.and_then(|told| told.split(' ').next()?.parse().ok()).map(Duration::from_nanos);
    told.unwrap_or_else(|| start.elapsed())
}

/// The least of some times that all builtin rules take for a text.
fn cost(project: &Project, path: &str, text: &str) -> Duration {
    let draft = || {
        let source = Arc::new(Source::from_text(path, text));
        Draft { source, options: ReadOptions::default(), below: path.to_owned() }
    };
    let time = |_| {
        let (draft, start) = (draft(), Instant::now());
        let before = worked(start);
        project.check(&[draft]);
        worked(start) - before
    };
    (0..2).map(time).min().unwrap_or_default()
}

#[test]
fn cost_grows_with_the_text_and_not_with_its_square() {
    let many = |piece: &'static str| move |count: usize| piece.repeat(count);
    let counted = |piece: fn(usize) -> String| move |count: usize| (0..count).map(piece).collect::<String>();
    type Made = Box<dyn Fn(usize) -> String>;
    let texts: Vec<(&str, &str, usize, Made)> = vec![
        ("dates", "a.en.txt", 250, Box::new(many("9 July 2012 "))),
        (
            "dates in several forms",
            "a.en.txt",
            150,
            Box::new(many("9 July 2012, 09/07/2012, Jul 9, 2012, 09 July 2012 ")),
        ),
        ("numbers before no colon", "a.en.txt", 500, Box::new(many("12 people "))),
        ("number words before no colon", "a.en.txt", 500, Box::new(many("twelve people "))),
        ("announcements in a list", "a.en.md", 300, Box::new(many("- Two members:\n"))),
        ("numbered products", "a.en.txt", 300, Box::new(counted(|at| format!("product (WT{:04}) ", at + 1000)))),
        ("open brackets", "a.en.md", 3000, Box::new(many("("))),
        ("closed brackets", "a.en.md", 3000, Box::new(many(")"))),
        ("emphasis in emphasis", "a.en.md", 250, Box::new(|n| format!("{}b{}", "*a ".repeat(n), " c*".repeat(n)))),
        ("quotations that nobody closes", "a.en.txt", 500, Box::new(many("“We are "))),
        ("names", "a.en.txt", 300, Box::new(counted(|at| format!("said Anna {}berg ", "Xa".repeat(at % 7 + 1))))),
        ("acronyms", "a.en.txt", 300, Box::new(many("World Health Organization (WHO) "))),
        ("attributes", "a.en.html", 1000, Box::new(|n| format!("<p{}>Text.", " a=\"b\"".repeat(n)))),
        ("elements that nobody closes", "a.en.html", 500, Box::new(many("<b><a href=x>Text "))),
        ("tags of templates", "a.en.md", 500, Box::new(many("{{ a }} {% b "))),
        ("stets", "a.en.md", 200, Box::new(many("Was was.\n\n<!-- stet wording/repeated-word: it is so -->\n\n"))),
    ];
    let project = Project::builtin();
    // All work on one thread, whose time is taken.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let mut failed = Vec::new();
    for (name, path, count, text) in texts {
        let [short, long] = [text(count), text(count * 12)];
        // Twelve times as much takes twelve times as long and, squared, 144 times.
        let allowed = alone.install(|| cost(&project, path, &short)) * 40 + Duration::from_millis(50);
        let taken = alone.install(|| cost(&project, path, &long));
        if taken > allowed {
            failed.push(format!("{name}: {taken:?} for twelve times the text, {allowed:?} allowed"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .env("TERM", "dumb")
        .env("COPYDESK_CACHE", "")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let _ = child.stdin.take().expect("piped").write_all(input);
    child.wait_with_output().expect("the program ends")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output is UTF-8")
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
        for text in [said(&output.stdout), said(&output.stderr)] {
            let raw: Vec<char> = text.chars().filter(|c| is_raw(*c)).collect();
            assert!(raw.is_empty(), "{arguments:?}: {raw:?} in {text}");
        }
        let text = said(&output.stdout);
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
    let found = said(&output.stdout);
    assert_eq!(found.lines().count(), 3, "{found}");
    assert!(found.contains("\"path\":\"a\\nb.en.md\""), "{found}");
    assert_eq!(output.status.code(), Some(2));
    let problems = said(&output.stderr);
    assert!(problems.contains("gone.md: no such file") && problems.contains("pipe.md: is a pipe"), "{problems}");
    for arguments in [["check", "pipe.md"], ["proof", "pipe.md"], ["check", "--files-from=pipe.md"], ["check", "."]] {
        run(folder.path(), &arguments, b"");
    }
    // A name of its own line may be in any encoding, too, and an empty list is said to be empty.
    let output = run(folder.path(), &["check", "--files-from", "-", "--format", "short"], b"l\xe9.en.md\r\n");
    assert_eq!(said(&output.stdout).lines().count(), 1);
    let output = run(folder.path(), &["check", "--files-from", "-"], b"");
    assert!(said(&output.stderr).contains("no file was listed"));
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
    let (found, problems) = (said(&output.stdout), said(&output.stderr));
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
    let found = said(&run(&inner, &["check", "b.en.md", "--format", "short"], b"").stdout);
    assert_eq!(found.matches("lies outside the repository").count(), 2, "{found}");
    fs::remove_file(inner.join("copydesk.toml")).expect("removed");
    let found = said(&run(&inner, &["check", "a.en.md", "--format", "short"], b"").stdout);
    assert_eq!(found.lines().count(), 1, "{found}");
}
