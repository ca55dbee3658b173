//! What is kept between runs: it changes no byte of a report, holds no word of a draft, and harms nobody when it is broken.

use crate::{program, text};
use std::collections::BTreeSet;
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
    // No word of any draft, nor of what was said about it, in either of two encodings. A shorter one may stand there by chance.
    let drafts = [english(3, "harbour"), french(3), said, "has has".to_owned()].concat();
    let words: BTreeSet<&str> = drafts.split(|c: char| !c.is_alphanumeric() && c != ' ').collect();
    let words = words.iter().flat_map(|words| words.split(' ').chain([*words])).filter(|word| word.len() >= 6);
    let words: BTreeSet<&str> = words.collect();
    assert!(words.contains("Quibblesworth") && words.contains("ouvert") && words.contains("message"));
    for word in words {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for word in [word.as_bytes(), &wide] {
            assert!(!bytes.windows(word.len()).any(|part| part == word), "{}", String::from_utf8_lossy(word));
        }
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

/// Files at any depth below a folder.
fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[test]
fn it_lies_where_such_things_do_and_can_be_switched_off() {
    let tree = Tree::new();
    let home = tempfile::tempdir().expect("a folder");
    let check = |cache: Option<&str>, arguments: &[&str]| {
        let mut command = program();
        command.env_remove("COPYDESK_CACHE").current_dir(tree.folder.path());
        command.envs(cache.map(|folder| ("COPYDESK_CACHE", folder)));
        command.envs(["XDG_CACHE_HOME", "HOME", "LOCALAPPDATA"].map(|name| (name, home.path())));
        command.args(["check", "--format", "json"]).args(arguments).output().expect("the program runs").stdout
    };
    let said = check(Some(""), &[]);
    assert!(check(None, &["--no-cache"]) == said);
    assert_eq!(files(home.path()), 0);
    assert!(!tree.folder.path().join("releases").exists());
    assert!(check(None, &[]) == said);
    assert_eq!(files(home.path()), 1);
}

#[test]
fn a_folder_that_cannot_be_used_costs_time_and_nothing_else() {
    let tree = Tree::new();
    let said = tree.check(&["--no-cache", "--format", "json"]);
    let check = |cache: &Path| {
        let mut command = program();
        command.env("COPYDESK_CACHE", cache).current_dir(tree.folder.path());
        command.args(["check", "--format", "json"]).output().expect("the program runs")
    };
    // A file stands where a folder should be.
    let file = tree.cache.path().join("file");
    fs::write(&file, "x").expect("written");
    for cache in [file.clone(), file.join("below")] {
        let output = check(&cache);
        assert_eq!((output.status, text(&output.stderr)), (said.status, text(&said.stderr)));
        assert!(output.stdout == said.stdout);
    }
    // Everybody may write to it.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = tree.cache.path().join("releases");
        fs::create_dir(&open).expect("made");
        fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).expect("set");
        assert!(check(tree.cache.path()).stdout == said.stdout);
        assert_eq!(files(&open), 0);
    }
}
