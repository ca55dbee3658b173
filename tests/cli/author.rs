//! What whoever writes rules, or lives in a terminal, meets beside the report: completions, the manual, `--watch`, explanations.

use crate::{program, project, run, text};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// The commands, and the long options of each, as `--help` lists them.
fn options(command: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let help = text(&run(folder.path(), &[command, &["--help"]].concat(), "").stdout);
    let words =
        help.lines().filter_map(|line| line.trim_start().split_once("--").filter(|(before, _)| before.len() <= 4));
    let names = words.map(|(_, rest)| rest.split([' ', '=', '[', ',']).next().unwrap_or_default().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

const COMMANDS: &[&str] = &[
    "check",
    "fix",
    "baseline",
    "align",
    "proof",
    "facts",
    "init",
    "import",
    "register",
    "rules",
    "explain",
    "test",
    "schema",
    "completions",
    "man",
];

#[test]
fn the_manual_and_the_completions_know_every_command_and_option() {
    let folder = tempfile::tempdir().expect("a folder");
    let manual = text(&run(folder.path(), &["man"], "").stdout).replace("\\-", "-");
    let shells = ["bash", "elvish", "fish", "powershell", "zsh"];
    let scripts = shells.map(|shell| text(&run(folder.path(), &["completions", shell], "").stdout));
    for command in COMMANDS {
        assert!(manual.contains(&format!(".SH \"COPYDESK {}\"", command.to_uppercase())), "{command}");
        let options = options(&[command]);
        assert!(options.contains(&"help".to_owned()), "{command}: {options:?}");
        for option in options {
            assert!(manual.contains(&format!("--{option}")), "the manual lacks {command} --{option}");
            for (shell, script) in shells.iter().zip(&scripts) {
                assert!(script.contains(&option), "{shell} lacks {command} --{option}");
            }
        }
    }
    assert!(manual.contains("COPYDESK IMPORT VALE") && manual.contains(".SH \"EXIT STATUS\""));
    assert!(!manual.contains("(1)\n"), "there are no other pages to look at");
}

#[cfg(unix)]
#[test]
fn bash_takes_the_completions() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = "source <(\"$PROGRAM\" completions bash)
        COMP_WORDS=(copydesk check --sta) COMP_CWORD=2; _copydesk copydesk --sta check; echo \"${COMPREPLY[@]}\"
        COMP_WORDS=(copydesk completions z) COMP_CWORD=2; _copydesk copydesk z completions; echo \"${COMPREPLY[@]}\"
        COMP_WORDS=(copydesk check --format s) COMP_CWORD=3; _copydesk copydesk s --format; echo \"${COMPREPLY[@]}\"
        COMP_WORDS=(copydesk check --fail-on w) COMP_CWORD=3; _copydesk copydesk w --fail-on; echo \"${COMPREPLY[@]}\"";
    let mut bash = Command::new("bash");
    bash.args(["-c", script]).env("PROGRAM", env!("CARGO_BIN_EXE_copydesk"));
    let output = bash.current_dir(folder.path()).output().expect("bash is there");
    assert_eq!(text(&output.stdout), "--stage --statistics\nzsh\nshort sarif\nwarning\n", "{}", text(&output.stderr));
}

#[test]
fn a_builtin_rule_is_explained_also_where_it_is_not_used() {
    let folder = project();
    let output = run(folder.path(), &["explain", "dates/impossible"], "");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("A date must exist"), "{}", text(&output.stdout));
    assert!(text(&output.stderr).contains("this rule is not used here"));
}

#[test]
fn statistics_stand_beside_what_programs_read() {
    let folder = project();
    fs::write(folder.path().join("a.md"), "Please log into it.\n\nPlease log into them.\n").expect("written");
    fs::write(folder.path().join("b.md"), "Please log into it.\n").expect("written");
    let table = " findings   files  severity rule\n        3       2  error    house/log-in-to\n";
    let human = run(folder.path(), &["check", "--statistics", "--quiet"], "");
    assert!(text(&human.stdout).ends_with(&format!("3 errors\n\n{table}")), "{}", text(&human.stdout));
    let json = run(folder.path(), &["check", "--statistics", "--quiet", "--format", "json"], "");
    assert_eq!(text(&json.stderr), table);
    assert!(serde_json::from_slice::<serde_json::Value>(&json.stdout).is_ok());
}

/// Ends a child, whatever a test comes to.
struct Watching(std::process::Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a check that watches; what it prints comes line by line.
fn watching(folder: &Path, arguments: &[&str]) -> (Watching, mpsc::Receiver<String>) {
    let mut command = program();
    command.args(["check", "--watch", "--format", "short", "--quiet"]).args(arguments).current_dir(folder);
    let mut child =
        Watching(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts"));
    let (send, lines) = mpsc::channel();
    let streams: [Box<dyn std::io::Read + Send>; 2] =
        [Box::new(child.0.stdout.take().expect("piped")), Box::new(child.0.stderr.take().expect("piped"))];
    for stream in streams {
        let send = send.clone();
        std::thread::spawn(move || {
            BufReader::new(stream).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
        });
    }
    (child, lines)
}

#[test]
fn what_is_watched_is_checked_again_when_it_changes() {
    let folder = project();
    let draft = folder.path().join("a.md");
    fs::write(&draft, "Calm.\n").expect("written");
    let (_child, lines) = watching(folder.path(), &[]);
    let next = || lines.recv_timeout(Duration::from_secs(60)).expect("a line in time");
    assert!(next().starts_with("waiting for a change"));
    fs::write(&draft, "Please log into it, at last.\n").expect("written");
    let mut said = [next(), next()];
    said.sort();
    assert_eq!(said[0], "a.md:1:8: error[house/log-in-to]: two words and a preposition");
    // A pack counts as well as a draft.
    fs::write(folder.path().join("house.toml"), "").expect("written");
    assert!(next().starts_with("waiting for a change"));
    fs::remove_file(&draft).expect("removed");
    assert!(next().starts_with("waiting for a change"));
}

#[test]
fn what_was_read_is_watched_wherever_it_lies_and_what_is_written_is_not() {
    let folder = project();
    fs::create_dir(folder.path().join("drafts")).expect("made");
    fs::write(folder.path().join("drafts/a.md"), "Please log into it.\n").expect("written");
    let (_child, lines) = watching(folder.path(), &["drafts", "--report", "json=drafts/report.json"]);
    let next = || lines.recv_timeout(Duration::from_secs(60)).expect("a line in time");
    let mut said = [next(), next()];
    said.sort();
    assert!(said[0].starts_with("drafts/a.md:1:8"), "{said:?}");
    let more = lines.recv_timeout(Duration::from_secs(2));
    assert!(more.is_err(), "the report that it wrote is no change: {more:?}");
    fs::write(folder.path().join("house.toml"), "").expect("written");
    assert!(next().starts_with("waiting for a change"));
    let output = run(folder.path(), &["check", "--watch", "-"], "Words.");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("standard input"));
}
