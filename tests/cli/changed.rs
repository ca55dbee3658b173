//! `--changed`: what git is asked, in repositories as people have them.

use crate::{project, run, text};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs git in a folder.
pub fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git is there");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

/// A repository whose branch `main` holds these files, on a new branch `work`.
pub fn repository(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = project();
    let root = folder.path();
    git(root, &["init", "-q"]);
    for (name, content) in files {
        fs::write(root.join(name), content).expect("written");
    }
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "first"]);
    git(root, &["checkout", "-q", "-b", "work"]);
    folder
}

/// The report in one line a finding, with the status and what else was said.
fn check(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = run(folder, &[&["check", "--format", "short"], arguments].concat(), "");
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
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
fn staged_and_unstaged_edits_count_as_the_files_are_now() {
    let folder = repository(&[("a.md", b"One.\n\nTwo.\n")]);
    let root = folder.path();
    fs::write(root.join("a.md"), "One.\n\nPlease log into two.\n").expect("written");
    assert_eq!(check(root, &["--changed=main"]).0, 1, "unstaged");
    git(root, &["add", "-A"]);
    assert_eq!(check(root, &["--changed=main"]).0, 1, "staged");
    assert_eq!(check(root, &["--changed=HEAD"]).0, 1, "against the last commit");
    fs::write(root.join("a.md"), "One.\n\nTwo.\n").expect("written");
    assert_eq!(check(root, &["--changed=main"]).0, 0, "staged and taken back");
}

#[test]
fn the_change_is_what_came_since_the_merge_base() {
    let folder = repository(&[("a.md", b"One.\n"), ("b.md", b"One.\n")]);
    let root = folder.path();
    fs::write(root.join("a.md"), "One.\n\nPlease log into work.\n").expect("written");
    git(root, &["commit", "-qam", "work"]);
    git(root, &["checkout", "-q", "main"]);
    fs::write(root.join("b.md"), "One.\n\nPlease log into main.\n").expect("written");
    git(root, &["commit", "-qam", "main"]);
    git(root, &["checkout", "-q", "work"]);
    let (_, found, _) = check(root, &["--changed=main"]);
    assert!(found.starts_with("a.md:3:8") && found.lines().count() == 1, "{found}");
}

#[test]
fn a_file_that_git_takes_for_binary_counts_whole() {
    let utf_16 = |text: &str| -> Vec<u8> {
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let folder =
        repository(&[("a.txt", &utf_16("Please log into it.\n")), ("b.txt", &utf_16("Please log into it.\n"))]);
    let root = folder.path();
    fs::write(root.join("a.txt"), utf_16("Please log into it.\n\nTwo.\n")).expect("written");
    let (status, found, _) = check(root, &["--changed=main"]);
    assert_eq!((status, found.as_str()), (1, "a.txt:1:8: error[house/log-in-to]: two words and a preposition\n"));
}

#[cfg(unix)]
#[test]
fn no_name_and_no_line_end_hides_what_changed() {
    use std::os::unix::ffi::OsStrExt;
    let folder = repository(&[]);
    let root = folder.path();
    let names: [&[u8]; 5] = [b"l\xe9on.md", b"a\nb.md", b"\"q\\\t.md", "né\u{202e}.md".as_bytes(), b":(top)x.md"];
    let write = |text: &str| {
        for name in names {
            fs::write(root.join(std::ffi::OsStr::from_bytes(name)), text).expect("written");
        }
    };
    let old = "One.\r\r\rTwo.\n\nThree.\n";
    write(old);
    assert_eq!(check(root, &["--changed=main"]).1, "");
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "names"]);
    // To git these are lines 3 and 4, and to us 6 to 9: a CR alone ends a line, too.
    write("One.\r\r\rTwo.\n\nThree.\n\r\rPlease log into it.\n");
    let (_, found, said) = check(root, &["--changed=HEAD"]);
    assert_eq!((found.lines().count(), found.matches(".md:9:8:").count()), (5, 5), "{found}{said}");
    write(&format!("Please log into it.\n\n{old}"));
    git(root, &["commit", "-qam", "more"]);
    write("Please log into it.\n\nOne.\r\r\rTwo.\n\nThree, too.\n");
    assert_eq!(check(root, &["--changed=HEAD"]).1, "", "the first line is as it was");
}

#[test]
fn a_path_is_compared_in_its_own_repository_wherever_the_program_runs() {
    let folder = repository(&[("a.md", b"One.\n")]);
    fs::write(folder.path().join("a.md"), "Please log into it.\n").expect("written");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.md").display().to_string();
    let (status, found, said) = check(elsewhere.path(), &["--changed=main", &path]);
    assert_eq!(status, 1, "{said}");
    assert!(found.contains("a.md:1:8"), "{found}");
    // From a folder of the repository, through a link.
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), elsewhere.path().join("link")).expect("linked");
        assert_eq!(check(elsewhere.path(), &["--changed=main", "link"]).0, 1);
    }
}

#[test]
fn a_revision_that_is_no_name_is_said() {
    let folder = repository(&[("a.md", b"One.\n")]);
    let (status, _, said) = check(folder.path(), &["--changed="]);
    assert_eq!(status, 2);
    assert!(said.contains("--changed= names no revision"), "{said}");
    for odd in ["--changed=origin/", "--changed=--output=x", "--changed=0123456789012345678901234567890123456789"] {
        let (status, _, said) = check(folder.path(), &[odd]);
        assert_eq!(status, 2, "{odd}");
        assert!(said.contains("there is no revision"), "{said}");
    }
    git(folder.path(), &["checkout", "-q", "--orphan", "other"]);
    git(folder.path(), &["commit", "-qm", "unrelated"]);
    let (status, _, said) = check(folder.path(), &["--changed=main"]);
    assert_eq!(status, 2);
    assert!(said.contains("have no common ancestor"), "{said}");
}

#[cfg(unix)]
#[test]
fn without_git_the_message_says_so() {
    let folder = repository(&[("a.md", b"One.\n")]);
    let output = Command::new(env!("CARGO_BIN_EXE_copydesk"))
        .args(["check", "--changed=main"])
        .current_dir(folder.path())
        .env("PATH", folder.path())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("needs the git program, which is not installed"));
}

/// Two language versions that disagree about a day.
const ENGLISH: &[u8] = b"# The council meets\n\nThe council meets in Geneva on 9 July 2012.\n\nIt will vote.\n";
const FRENCH: &str =
    "# Le conseil se r\u{E9}unit\n\nLe conseil se r\u{E9}unit \u{E0} Gen\u{E8}ve le 10 juillet 2012.\n\nIl votera.\n";

#[test]
fn a_finding_between_two_texts_counts_when_either_changed() {
    let folder = repository(&[("copydesk.toml", b""), ("a.en.md", ENGLISH), ("a.fr.md", FRENCH.as_bytes())]);
    let root = folder.path();
    let parity = |path: &str, from: &str, to: &str| {
        let before = fs::read_to_string(root.join(path)).expect("there");
        fs::write(root.join(path), before.replace(from, to)).expect("written");
        let found = check(root, &["--changed=main"]).1;
        fs::write(root.join(path), before).expect("written");
        found.lines().filter(|line| line.starts_with("a.fr.md:3:") && line.contains("parity/date")).count()
    };
    assert_eq!(parity("a.en.md", "vote", "not vote"), 0, "another line");
    assert_eq!(parity("a.en.md", "Geneva on", "Geneva, on"), 1, "the original, which nobody opened in French");
    assert_eq!(parity("a.fr.md", "le 10", "ce 10"), 1, "the translation");
    // What is named is the translation alone: the original is read, and counts, all the same.
    fs::write(root.join("a.en.md"), String::from_utf8_lossy(ENGLISH).replace("Geneva on", "Geneva, on"))
        .expect("written");
    assert!(check(root, &["--changed=main", "a.fr.md"]).1.contains("parity/date"));
}

#[test]
fn a_finding_counts_when_the_entry_of_the_register_that_it_names_changed() {
    let register = "[[organisation]]\nid = \"hc\"\nname = \"Harbour Council\"\n\n[[person]]\nid = \"ada\"\nname = \"Ada Quill\"\nfamily = \"Quill\"\n\n\
                    [[person.role]]\norganisation = \"hc\"\ntitle = \"President\"\nfrom = 2020-01-01\n\n[[person]]\nid = \"bo\"\nname = \"Bo Zander\"\n";
    let text = b"---\ndate: 2024-05-14\n---\nThe harbour opens, said Ada Quill, President of the Harbour Council.\n\nIt is Bo Zandre who agreed.\n";
    let files: [(&str, &[u8]); 3] = [
        ("copydesk.toml", b"registers = [\"register.toml\"]\n"),
        ("register.toml", register.as_bytes()),
        ("a.en.md", text),
    ];
    let folder = repository(&files);
    let root = folder.path();
    assert!(check(root, &[]).1.contains("a.en.md:6:7: error[names/register]"), "there before the change");
    let after = |from: &str, to: &str| {
        fs::write(root.join("register.toml"), register.replace(from, to)).expect("written");
        check(root, &["--changed=main"]).1
    };
    let title = after("title = \"President\"", "title = \"Chair\"");
    assert!(title.starts_with("a.en.md:4:36: warning[titles/held]") && title.lines().count() == 1, "{title}");
    // The line of the title is as it was, and its last day is new.
    let until = after("from = 2020-01-01", "from = 2020-01-01\nuntil = 2022-01-01");
    assert!(until.starts_with("a.en.md:4:36: warning[titles/held]") && until.lines().count() == 1, "{until}");
    assert_eq!(after("# none", ""), "", "no change, no finding");
}

#[test]
fn what_changed_is_held_against_the_files_that_did_not() {
    let words = |name: &str| format!("# The harbour\n\n{name} opened the harbour. Later, {name} left.\n");
    let usual = words("Lena Marston");
    let names = ["copydesk.toml", "a.en.md", "b.en.md", "c.en.md", "d.en.md"];
    let files: Vec<(&str, &[u8])> =
        names.iter().map(|name| (*name, if name.ends_with(".md") { usual.as_bytes() } else { b"" })).collect();
    let folder = repository(&files);
    fs::write(folder.path().join("new.en.md"), words("Lena Martson")).expect("written");
    let (_, found, said) = check(folder.path(), &["--changed=main", "--only", "names/*"]);
    assert!(found.starts_with("new.en.md:3:1: warning[names/two-spellings]"), "{found}{said}");
    assert!(said.contains("read 1 file,"), "the others are not checked: {said}");
}

#[test]
fn a_text_with_another_name_is_compared_anew_and_one_that_is_gone_is_missed() {
    let config = b"[languages]\nsource = \"en\"\npublished = [\"en\", \"fr\"]\n";
    let folder = repository(&[("copydesk.toml", config), ("b.en.md", ENGLISH), ("a.fr.md", FRENCH.as_bytes())]);
    let root = folder.path();
    assert_eq!(check(root, &["--changed=main"]).1, "");
    git(root, &["mv", "a.fr.md", "b.fr.md"]);
    let (_, found, _) = check(root, &["--changed=main"]);
    assert!(found.contains("b.fr.md:3:") && found.contains("parity/date"), "{found}");
    git(root, &["commit", "-qam", "a pair"]);
    git(root, &["rm", "-q", "b.fr.md"]);
    let (_, found, said) = check(root, &["--changed=HEAD"]);
    assert!(found.contains("b.en.md:1:") && found.contains("parity/missing-language"), "{found}{said}");
    // Both under new names are the pair that they were.
    git(root, &["reset", "-q", "--hard"]);
    git(root, &["mv", "b.en.md", "c.en.md"]);
    git(root, &["mv", "b.fr.md", "c.fr.md"]);
    let (_, found, _) = check(root, &["--changed=HEAD"]);
    assert!(!found.contains("parity/date"), "{found}");
}
