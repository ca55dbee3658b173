//! What a change touched, as git tells it. The git program is asked, not a library: whoever uses `--changed` has it, it knows this
//! repository's own settings (sparse, shallow and partial clones, work trees, line ends), and the hundred crates of a library would
//! be compiled for two commands.

use super::files;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a change touched, by absolute path.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    files: BTreeMap<PathBuf, Lines>,
    /// Files that were there and are not.
    gone: BTreeSet<PathBuf>,
    /// Files that had another name.
    moved: BTreeSet<PathBuf>,
}

#[derive(Debug, PartialEq, Eq)]
enum Lines {
    /// The file is new, or git takes it for binary, as it does UTF-16, and names no lines.
    All,
    /// Lines from 1; of what was only deleted, the lines on either side.
    Some(Vec<RangeInclusive<usize>>),
}

impl Changed {
    /// What differs in the repositories that these paths lie in. What other repositories lie below them is not looked at: a
    /// submodule changes by its own commits.
    pub fn below(paths: &[PathBuf], revision: Option<&str>) -> Result<Self, String> {
        let mut changed = Changed::default();
        let mut done = BTreeSet::new();
        let here = [PathBuf::from(".")];
        for path in if paths.is_empty() { &here } else { paths } {
            let path = files::absolute(path);
            let folder = if path.is_dir() { &path } else { path.parent().unwrap_or(&path) };
            let repository = folder.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(folder);
            if folder.is_dir() && done.insert(repository.to_owned()) {
                changed.since(repository, revision)?;
            }
        }
        Ok(changed)
    }

    /// Adds what differs between the merge base of `revision` (the upstream branch where none is given) and the files as they are
    /// now, staged or not, untracked ones included.
    fn since(&mut self, folder: &Path, revision: Option<&str>) -> Result<(), String> {
        let git = Git { folder };
        let root = git.bytes(&["rev-parse", "--show-toplevel"]).map_err(|error| match error {
            Failure::Missing => "--changed needs the git program, which is not installed".to_owned(),
            Failure::Said(said) if said.contains("not a git repository") => {
                "--changed needs a git repository, and there is none here".to_owned()
            }
            // Such as a repository of another user, which git in a container often meets.
            Failure::Said(said) if said.contains("dubious ownership") => {
                format!("--changed: git says: {said}; `git config --global --add safe.directory FOLDER` says that it is yours")
            }
            Failure::Said(said) => format!("--changed: git says: {said}"),
        })?;
        let root = files::path_from(root.strip_suffix(b"\n").unwrap_or(&root));
        let base = git.base(revision)?;
        let whole = Git { folder: &root };
        let diff = |form: &[&str]| {
            let common = ["-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "-M"];
            let rest = ["--ignore-submodules", &base, "--"];
            whole.bytes(&[&common, form, &rest].concat()).map_err(Failure::message)
        };
        self.listed(&diff(&["--raw", "--numstat", "-z"])?, &root);
        let patch = diff(&["--unified=0", "--src-prefix=a/", "--dst-prefix=b/", "--inter-hunk-context=0"])?;
        for (path, lines) in touched(&patch, &root) {
            let lines = as_we_count(&path, lines);
            self.files.entry(path).or_insert(lines);
        }
        let untracked = whole.bytes(&["ls-files", "--others", "--exclude-standard", "-z"]).map_err(Failure::message)?;
        for path in untracked.split(|byte| *byte == 0).filter(|path| !path.is_empty()) {
            self.files.insert(root.join(files::path_from(path)), Lines::All);
        }
        Ok(())
    }

    /// Reads git's lists of files: which are gone, which had another name, and which have no lines.
    fn listed(&mut self, list: &[u8], root: &Path) {
        let path = |name: Option<&[u8]>| root.join(files::path_from(name.unwrap_or_default()));
        let mut words = list.split(|byte| *byte == 0);
        while let Some(word) = words.next() {
            if let Some(about) = word.strip_prefix(b":") {
                let name = words.next();
                match about.rsplit(|byte| *byte == b' ').next().and_then(<[u8]>::first) {
                    Some(b'D') => drop(self.gone.insert(path(name))),
                    Some(b'R') => {
                        self.gone.insert(path(name));
                        self.moved.insert(path(words.next()));
                    }
                    Some(b'C') => drop(words.next()),
                    _ => {}
                }
            } else if let [added, _, name] = word.splitn(3, |byte| *byte == b'\t').collect::<Vec<_>>()[..] {
                // A file with another name has both names as words of their own.
                let name = if name.is_empty() { words.nth(1) } else { Some(name) };
                if added == b"-" {
                    self.files.insert(path(name), Lines::All);
                }
            }
        }
    }

    /// Whether a file was there and is not, by its absolute path.
    pub fn lacks(&self, path: &Path) -> bool {
        self.gone.contains(path)
    }

    /// Whether a file had another name, so that it is compared with others than before.
    pub fn moved(&self, path: &Path) -> bool {
        self.moved.contains(&files::absolute(path)) || path.canonicalize().is_ok_and(|path| self.moved.contains(&path))
    }

    /// Whether any of a file changed.
    pub fn touches(&self, path: &Path) -> bool {
        self.files.contains_key(&files::absolute(path)) || self.canonical(path).is_some()
    }

    /// Whether any of these lines of a file, the last included, changed.
    pub fn touches_lines(&self, path: &Path, lines: RangeInclusive<usize>) -> bool {
        match self.files.get(&files::absolute(path)).or_else(|| self.canonical(path)) {
            None => false,
            Some(Lines::All) => true,
            Some(Lines::Some(touched)) => {
                touched.iter().any(|range| range.start() <= lines.end() && lines.start() <= range.end())
            }
        }
    }

    /// git names files by their real place, the user perhaps through a link.
    fn canonical(&self, path: &Path) -> Option<&Lines> {
        self.files.get(&path.canonicalize().ok()?)
    }
}

/// Commits of a file that are looked through.
const HISTORY: &str = "--max-count=200";

/// The newest committed text of a file of which a question holds. `None` without git, without history, without such a text.
pub(super) fn former(path: &Path, wanted: &dyn Fn(&str) -> bool) -> Option<String> {
    let absolute = files::absolute(path);
    let (folder, name) = (absolute.parent()?, absolute.file_name()?.to_str()?);
    let git = Git { folder };
    let commits = git.ask(&["log", HISTORY, "--format=%H", "--", name]).ok()?;
    let texts = commits.lines().filter_map(|commit| git.ask(&["show", &format!("{commit}:./{name}")]).ok());
    texts.into_iter().find(|text| wanted(text))
}

enum Failure {
    /// git is not installed.
    Missing,
    /// What git said.
    Said(String),
}

impl Failure {
    fn message(self) -> String {
        match self {
            Failure::Missing => "the git program is not installed".into(),
            Failure::Said(said) => format!("git: {said}"),
        }
    }
}

struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    /// What git answers where it is no path.
    fn ask(&self, arguments: &[&str]) -> Result<String, Failure> {
        self.bytes(arguments).map(|answer| String::from_utf8_lossy(&answer).into_owned())
    }

    /// What git answers; a path in it may be in any encoding.
    fn bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder).args(arguments).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        let output = command.output().map_err(|_| Failure::Missing)?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::Said(
                said.lines().next().unwrap_or("failed").trim_start_matches("fatal: ").to_owned(),
            ));
        }
        Ok(output.stdout)
    }

    /// The commit that the change started from.
    fn base(&self, revision: Option<&str>) -> Result<String, String> {
        if self.ask(&["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]).is_err() {
            return Err("--changed compares with a commit, and there is none yet".into());
        }
        let revision = match revision {
            Some(revision) => {
                let commit = format!("{revision}^{{commit}}");
                if self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]).is_err() {
                    let shallow = if self.shallow() { "; this is a shallow clone: fetch it first" } else { "" };
                    return Err(format!("there is no revision “{revision}”{shallow}"));
                }
                revision.to_owned()
            }
            None => self.upstream()?,
        };
        let found = self.ask(&["merge-base", "--end-of-options", &revision, "HEAD"]);
        found.map(|commit| commit.trim().to_owned()).map_err(|_| {
            if self.shallow() {
                format!("the shallow clone does not reach the common ancestor of “{revision}” and HEAD: fetch more history (fetch-depth: 0)")
            } else {
                format!("“{revision}” and HEAD have no common ancestor")
            }
        })
    }

    fn upstream(&self) -> Result<String, String> {
        let upstream = self.ask(&["rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}"]);
        upstream.map(|name| name.trim().to_owned()).map_err(|_| {
            let detached = self.ask(&["symbolic-ref", "--quiet", "HEAD"]).is_err();
            let why = if detached { "HEAD is detached" } else { "the branch has no upstream" };
            format!("{why}: name what to compare with, as in --changed=origin/main")
        })
    }

    fn shallow(&self) -> bool {
        self.ask(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.trim() == "true")
    }
}

/// The lines of the files as they are now that a diff without context touches.
fn touched(diff: &[u8], root: &Path) -> BTreeMap<PathBuf, Lines> {
    let mut files = BTreeMap::new();
    let mut current: Option<PathBuf> = None;
    // Inside a hunk, a line that begins like a header is text.
    let mut left = 0usize;
    for line in diff.split(|byte| *byte == b'\n') {
        if left > 0 && matches!(line.first(), Some(b'+' | b'-')) {
            left -= 1;
        } else if line.starts_with(b"diff --git ") {
            current = None;
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            current = unquoted(name).strip_prefix(b"b/").map(|name| root.join(files::path_from(name)));
        } else if let Some(hunk) = line.strip_prefix(b"@@ ") {
            let hunk = String::from_utf8_lossy(hunk);
            let mut sides = hunk.split(' ').filter_map(|side| side.get(1..).map(numbers));
            let (old, new) = (sides.next().unwrap_or((0, 0)), sides.next().unwrap_or((0, 0)));
            left = old.1 + new.1;
            let lines = if new.1 == 0 { new.0..=new.0 + 1 } else { new.0..=new.0 + new.1 - 1 };
            if let Some(path) = &current
                && let Lines::Some(all) = files.entry(path.clone()).or_insert_with(|| Lines::Some(Vec::new()))
            {
                all.push(lines);
            }
        }
    }
    files
}

/// Lines of a file as we count them. To git only LF ends a line, so that a CR alone, which ends one here, would move what was touched away
/// from what is found there.
fn as_we_count(path: &Path, lines: Lines) -> Lines {
    let (Lines::Some(ranges), Ok(bytes)) = (&lines, files::read(path)) else { return lines };
    let ends = |at: usize| bytes.get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', &bytes).any(ends) {
        return lines;
    }
    // Our number of the first line in each of git's, and of the line after all.
    let (mut firsts, mut line) = (vec![1_usize], 1_usize);
    for at in memchr::memchr2_iter(b'\r', b'\n', &bytes) {
        if bytes[at] == b'\n' {
            line += 1;
            firsts.push(line);
        } else if ends(at) {
            line += 1;
        }
    }
    firsts.push(line + 1);
    let first = |line: usize| firsts.get(line.saturating_sub(1)).or(firsts.last()).copied().unwrap_or(1);
    Lines::Some(ranges.iter().map(|range| first(*range.start())..=first(range.end() + 1).saturating_sub(1)).collect())
}

/// “12,3” of a hunk's header: first line and how many; “12” is one line.
fn numbers(side: &str) -> (usize, usize) {
    let (start, count) = side.split_once(',').unwrap_or((side, "1"));
    (start.parse().unwrap_or(0), count.parse().unwrap_or(0))
}

/// A path as git writes it, in quotation marks with escapes where it holds odd characters.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let Some(inner) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else {
        return name.to_owned();
    };
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner.iter().copied();
    while let Some(byte) = rest.next() {
        let escaped = if byte == b'\\' { rest.next() } else { None };
        bytes.push(match escaped {
            None => byte,
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(digit @ b'0'..=b'3') => {
                let low = |byte: Option<u8>| byte.map_or(0, |byte| byte.wrapping_sub(b'0') & 7);
                (digit - b'0') << 6 | low(rest.next()) << 3 | low(rest.next())
            }
            Some(other) => other,
        });
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_give_the_lines_of_the_new_side() {
        let diff = b"diff --git a/x.md b/x.md\nindex 1..2 100644\n--- a/x.md\n+++ b/x.md\n@@ -3 +3,2 @@ text\n-old\n\
                    +++ b/not-a-header\n+new\n@@ -9,2 +10,0 @@\n-gone\n-gone\ndiff --git a/old.md b/\"n\\303\\251w.md\n\
                    rename from old.md\n--- a/old.md\n+++ \"b/n\\303\\251w \\\"q\\\".md\"\n@@ -1 +1 @@\n-a\n+b\n\
                    diff --git a/gone.md b/gone.md\n--- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        let files = touched(diff, Path::new("/r"));
        let lines = |path: &str| files.get(Path::new(path));
        assert_eq!(lines("/r/x.md"), Some(&Lines::Some(vec![3..=4, 10..=11])));
        assert_eq!(lines("/r/néw \"q\".md"), Some(&Lines::Some(vec![1..=1])));
        assert_eq!(files.len(), 2);
    }

    #[test]
    fn lists_tell_what_is_gone_what_moved_and_what_has_no_lines() {
        let mut changed = Changed::default();
        let list = b":100644 000000 aa 00 D\0a.fr.md\0:100644 100644 aa bb R087\0old.md\0new\tname.md\0:100644 100644 aa bb M\0u.txt\0\
                    0\t3\ta.fr.md\0-\t-\t\0old.md\0new\tname.md\0-\t-\tu.txt\x004\t1\tcalm.md\0";
        changed.listed(list, Path::new("/r"));
        assert!(changed.lacks(Path::new("/r/a.fr.md")) && changed.lacks(Path::new("/r/old.md")));
        assert!(changed.moved(Path::new("/r/new\tname.md")) && changed.moved.len() == 1);
        let all: Vec<_> = changed.files.keys().map(|path| path.to_string_lossy().into_owned()).collect();
        assert_eq!(all, ["/r/new\tname.md", "/r/u.txt"]);
    }
}
