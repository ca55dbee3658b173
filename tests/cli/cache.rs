//! What is kept between runs: it changes no byte of a report, holds no word of a draft, and harms nobody when it is broken.

use crate::{program, text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// Releases of a tree for which a cache is used at all.
const RELEASES: usize = 80;

/// A tree of releases in which the builtin rules find something, and a folder for the cache.
struct Tree {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Tree {
    fn new() -> Tree {
        let tree =
            Tree { folder: tempfile::tempdir().expect("a folder"), cache: tempfile::tempdir().expect("a folder") };
        fs::create_dir(tree.folder.path().join(".git")).expect("made");
        for number in 0..RELEASES {
            tree.write(&format!("{number}.en.md"), &english(number, "harbour"));
        }
        for number in 0..RELEASES / 4 {
            tree.write(&format!("{number}.fr.md"), &french(number));
        }
        tree
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).expect("written");
    }

    fn check(&self, arguments: &[&str]) -> Output {
        let mut command = program();
        command.env("COPYDESK_CACHE", self.cache.path()).current_dir(self.folder.path());
        command.arg("check").args(arguments).output().expect("the program runs")
    }

    /// Asserts that a run says the same with the cache as without it.
    fn agree(&self, what: &str, arguments: &[&str]) -> String {
        let with = self.check(arguments);
        let without = self.check(&[arguments, &["--no-cache"]].concat());
        assert_eq!(text(&with.stdout), text(&without.stdout), "{what} {arguments:?}");
        assert_eq!(text(&with.stderr), text(&without.stderr), "{what} {arguments:?}");
        assert_eq!(with.status, without.status, "{what} {arguments:?}");
        text(&with.stdout)
    }

    fn kept(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.cache.path().join("releases")) else { return Vec::new() };
        entries.map(|entry| entry.expect("an entry").path()).collect()
    }
}

fn english(number: usize, word: &str) -> String {
    format!(
        "Port Eldra, {} March 2021 – The {word} office has has opened {number} new piers, said Ada Quibblesworth. \n\nIt met on \
         Monday, 3 March 2021, in the hall.\n",
        number % 28 + 1
    )
}

fn french(number: usize) -> String {
    format!(
        "Port Eldra, le {} avril 2021 – L’office du port a a ouvert {} nouveaux quais, a dit Ada Quibblesworth.\n",
        number % 28 + 1,
        number + 1
    )
}

#[test]
fn a_run_says_the_same_with_the_cache_as_without_it() {
    let tree = Tree::new();
    let first = tree.agree("at first", &["--format", "short"]);
    assert!(first.lines().count() > RELEASES, "{first}");
    assert_eq!(tree.kept().len(), 1);
    for format in ["human", "json", "html", "gitlab"] {
        tree.agree("unchanged", &["--format", format]);
    }
    tree.write("3.en.md", &english(3, "customs"));
    tree.agree("a text changed", &["--format", "json"]);
    // The same text with a mark before it has other places on the disk.
    tree.write("4.en.md", &format!("\u{feff}{}", english(4, "harbour")));
    tree.agree("a mark came before it", &["--format", "json"]);
    tree.write("70.fr.md", &french(70));
    tree.agree("a translation came", &["--format", "json"]);
    fs::rename(tree.folder.path().join("9.en.md"), tree.folder.path().join("309.en.md")).expect("moved");
    tree.agree("a file has another name", &["--format", "json"]);
    fs::remove_file(tree.folder.path().join("2.fr.md")).expect("removed");
    tree.agree("a translation is gone", &["--format", "json"]);
    tree.agree("a rule is left out", &["--format", "json", "--skip", "words/*"]);
    tree.agree("all are drafts", &["--format", "json", "--stage", "draft"]);
    tree.agree("all are French", &["--format", "json", "--lang", "fr"]);
    tree.write("copydesk.toml", "[rules]\n\"dates/*\" = \"off\"\n");
    let other = tree.agree("the settings changed", &["--format", "json"]);
    fs::remove_file(tree.folder.path().join("copydesk.toml")).expect("removed");
    assert_ne!(other, tree.agree("the settings are as they were", &["--format", "json"]));
    // From another folder every path is another.
    let from = |folder: &Path, arguments: &[&str]| {
        let mut command = program();
        command.env("COPYDESK_CACHE", tree.cache.path()).current_dir(folder).args(["check", "--format", "short"]);
        text(&command.args(arguments).arg(tree.folder.path()).output().expect("runs").stdout)
    };
    let above = tree.folder.path().parent().expect("a folder");
    assert_eq!(from(above, &[]), from(above, &["--no-cache"]));
}

#[test]
fn what_is_kept_holds_no_word_of_a_draft() {
    let tree = Tree::new();
    let said = text(&tree.check(&["--format", "json"]).stdout);
    assert!(said.contains("has has"));
    let kept = tree.kept();
    assert_eq!(kept.len(), 1);
    let bytes = fs::read(&kept[0]).expect("there");
    assert!(bytes.len() > 100 * RELEASES);
    for word in ["Quibblesworth", "has has", "March", "warning", "message", "rule"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word.as_bytes()), "{word}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| path.metadata().expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&kept[0]), mode(kept[0].parent().expect("a folder"))), (0o600, 0o700));
    }
}

#[test]
fn a_cache_that_is_broken_is_not_believed() {
    let tree = Tree::new();
    let said = tree.check(&["--format", "json"]).stdout;
    let path = tree.kept().remove(0);
    let whole = fs::read(&path).expect("there");
    let mut turned = whole.clone();
    turned.iter_mut().skip(2000).step_by(97).for_each(|byte| *byte ^= 0x55);
    let longer = [whole.as_slice(), b"more"].concat();
    let many = [&[0xff; 4], &whole[4..]].concat();
    for broken in [&whole[..whole.len() / 2], &whole[..3], &[], &turned, &longer, &many, &[0xff; 5000]] {
        fs::write(&path, broken).expect("written");
        assert!(tree.check(&["--format", "json"]).stdout == said);
        assert!(tree.check(&["--format", "json"]).stdout == said);
    }
    // A folder stands where the file should be.
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("made");
    assert!(tree.check(&["--format", "json"]).stdout == said);
}

#[test]
fn several_processes_use_it_at_once() {
    let tree = Tree::new();
    let said = tree.check(&["--format", "json", "--no-cache"]).stdout;
    assert!(tree.kept().is_empty());
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..6).map(|_| scope.spawn(|| tree.check(&["--format", "json"]).stdout)).collect();
        for run in runs {
            assert!(run.join().expect("runs") == said);
        }
    });
    assert_eq!(tree.kept().len(), 1, "nothing is left over");
    assert!(tree.check(&["--format", "json"]).stdout == said);
}
