//! Which files to read: named ones, those found in named folders as git would list them, and those listed in another file.

use crate::report::Problem;
use ignore::{WalkBuilder, WalkState};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};
use std::fs::File as Opened;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{LazyLock, Mutex};

/// Bytes of a file beyond which it is no draft of a press release.
const LARGEST: u64 = 64 << 20;
/// Bytes of the largest configuration, profile or pack: ten thousand rules take two or three million, and what is read of a list of numbers is
/// a hundred times as long.
pub(super) const LARGEST_RULES: u64 = 16 << 20;
/// Bytes of the largest register: it can hold millions of names.
pub(super) const LARGEST_REGISTER: u64 = 2 << 30;

/// Where relative paths begin; it never changes, and is asked for at each path.
static HERE: LazyLock<PathBuf> = LazyLock::new(|| std::env::current_dir().unwrap_or_default());

/// Said of a link that nobody named, to a file outside the repository: anyone may send it in a pull request.
pub(super) const LEADS_OUT: &str = "leads out of the repository and is not opened";

/// A file that may be a draft.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct File {
    /// The path as reports show it.
    pub shown: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Named by itself, not found in a folder.
    pub named: bool,
    /// A link, where it was found in a folder.
    pub link: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// In the order of their paths.
    pub files: Vec<File>,
    /// What could not be looked at.
    pub problems: Vec<Problem>,
    /// Links to folders, which are not followed.
    pub links: Vec<String>,
    /// Files that were named more than once; each is read once.
    pub twice: BTreeSet<String>,
}

/// Finds files. A path that does not exist is a problem; the others are still looked at.
pub(super) fn find(paths: &[PathBuf], jobs: usize) -> Found {
    let (mut found, mut folders) = (Found::default(), Vec::new());
    for path in paths {
        match path.metadata() {
            Ok(metadata) if metadata.is_dir() => folders.push(path),
            Ok(_) => found.files.push(File { shown: shown(path), path: path.clone(), named: true, link: false }),
            Err(error) => found.problems.push(Problem::with(shown(path), reason(&error))),
        }
    }
    for folder in folders {
        walk(folder, jobs, &mut found);
    }
    found.files.sort();
    // Named twice, or named and found: the same file by its absolute path.
    let mut seen: BTreeMap<PathBuf, bool> = BTreeMap::new();
    let Found { files, twice, .. } = &mut found;
    files.retain(|file| match seen.entry(absolute(&file.path)) {
        Entry::Vacant(entry) => {
            entry.insert(file.named);
            true
        }
        Entry::Occupied(mut entry) => {
            if *entry.get() && file.named {
                twice.insert(file.shown.clone());
            }
            *entry.get_mut() |= file.named;
            false
        }
    });
    found.problems.sort();
    found.links.sort();
    found
}

/// Adds the files below a folder, except hidden ones and those that git ignores.
fn walk(folder: &Path, jobs: usize, found: &mut Found) {
    let collected = Mutex::new(std::mem::take(found));
    let walker = WalkBuilder::new(folder)
        .threads(jobs)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != "node_modules")
        .build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            let mut found = collected.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            match entry {
                Ok(entry) => found.take(entry),
                Err(error) => {
                    let path = path_of(&error).map_or_else(|| shown(folder), |path| shown(&path));
                    let message = error.io_error().map_or_else(|| error.to_string(), reason);
                    found.problems.push(Problem::with(path, message));
                }
            }
            WalkState::Continue
        })
    });
    *found = collected.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
}

impl Found {
    /// Which links were not followed, and which files were named twice.
    pub fn notes(&self) -> Vec<String> {
        let note = |what: &str, mut paths: Box<dyn Iterator<Item = &String> + '_>| {
            let first = paths.next()?;
            let more = match paths.count() {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            Some(format!("{what}: {first}{more}"))
        };
        let links = note("links to folders are not followed", Box::new(self.links.iter()));
        let twice = note("named more than once and read once", Box::new(self.twice.iter()));
        [links, twice].into_iter().flatten().collect()
    }

    fn take(&mut self, entry: ignore::DirEntry) {
        let Some(kind) = entry.file_type() else { return };
        let path = entry.into_path();
        let linked = if kind.is_symlink() { path.metadata().ok() } else { None };
        if kind.is_file() || linked.as_ref().is_some_and(std::fs::Metadata::is_file) {
            self.files.push(File { shown: shown(&path), path, named: false, link: kind.is_symlink() });
        } else if linked.is_some_and(|metadata| metadata.is_dir()) {
            self.links.push(shown(&path));
        }
    }
}

fn path_of(error: &ignore::Error) -> Option<PathBuf> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path.clone()),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// The bytes of a draft, or why they cannot be read.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, String> {
    read_within(path, LARGEST)
        .ok_or_else(|| format!("larger than {} MB, which no draft is; it was not read", LARGEST >> 20))?
}

/// The bytes of a configuration, a pack or a register, or why they cannot be read; `most` is one of the sizes above.
pub(super) fn read_settings(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    // A device has no size that would say how much of it is meant.
    let most = if path.is_file() { most } else { most.min(LARGEST) };
    read_within(path, most).ok_or_else(|| format!("larger than {} MB; it was not read", most >> 20))?
}

/// The bytes of a file, or why they cannot be read; `None` where there are more.
fn read_within(path: &Path, most: u64) -> Option<Result<Vec<u8>, String>> {
    let read = || -> io::Result<Option<Vec<u8>>> {
        let (mut file, size) = open_sized(path)?;
        if size > most {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(size as usize + 1);
        // A device can be endless, whatever length it claims.
        (&mut file).take(most + 1).read_to_end(&mut bytes)?;
        Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= most))
    };
    read().map_err(|error| reason(&error)).transpose()
}

/// Opens a file to be read.
pub(super) fn open(path: &Path) -> io::Result<Opened> {
    Ok(open_sized(path)?.0)
}

/// A file to be read and its size in bytes. A pipe with a name would keep us waiting for whoever may write to it one day; those that a shell
/// lays (`<(…)`) are written to.
fn open_sized(path: &Path) -> io::Result<(Opened, u64)> {
    // Asked of each draft, once: what is no pipe needs no more.
    let metadata = path.metadata()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let laid = || ["/dev/", "/proc/"].iter().any(|folder| absolute(path).starts_with(folder));
        if metadata.file_type().is_fifo() && !laid() {
            return Err(io::Error::other("is a pipe; standard input takes what comes from one"));
        }
    }
    Ok((Opened::open(path)?, metadata.len()))
}

/// Whether a file begins with these words; no more of it is read.
pub(super) fn begins(path: &Path, words: &str) -> bool {
    let mut start = vec![0; words.len()];
    let read = open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == words.as_bytes()
}

/// The paths that a file lists, one a line or separated by NUL; `-` is standard input. A name need not be UTF-8 where the system does
/// not ask for it.
pub(super) fn listed(list: &Path) -> io::Result<Vec<PathBuf>> {
    let mut text = Vec::new();
    if list == Path::new("-") {
        io::stdin().lock().read_to_end(&mut text)?
    } else {
        open(list)?.read_to_end(&mut text)?
    };
    Ok(if text.contains(&0) {
        text.split(|byte| *byte == 0).filter(|name| !name.is_empty()).map(path_from).collect()
    } else {
        let lines = text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        lines.filter(|name| !name.is_empty()).map(path_from).collect()
    })
}

/// A path from its bytes, which need not be UTF-8 where the system does not ask for it.
pub(super) fn path_from(name: &[u8]) -> PathBuf {
    #[cfg(unix)]
    let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(name);
    #[cfg(not(unix))]
    let name = String::from_utf8_lossy(name).into_owned();
    PathBuf::from(std::ffi::OsString::from(name))
}

/// A path from the root, without `.` and `..`; links are not followed.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    // No path is none, wherever we are.
    let from_here = if path.as_os_str().is_empty() { PathBuf::new() } else { HERE.join(path) };
    for part in std::path::absolute(from_here).unwrap_or_default().components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    whole
}

/// What to say where one file is to be laid beside itself.
pub(super) fn named_twice(path: &Path) -> String {
    format!("{}: named twice; versions of a release are different files", shown(path))
}

/// A path as reports show it: as it was named, with `/` between its parts.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text =
        if std::path::MAIN_SEPARATOR == '/' { text } else { text.replace(std::path::MAIN_SEPARATOR, "/").into() };
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

/// Why the system refused, in words that begin in lower case.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "is a folder".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}
