//! Files put together into releases: by their names, by what their front matter says, and with the sisters that nobody named.

use super::discover::Home;
use super::files::{self, File, shown};
use super::load::relative_to_here;
use crate::document::ReadOptions;
use crate::release::sisters::{Claim, Frame, Sisters};
use crate::source::{Source, SourceId};
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Paths that one core takes at a time, so that it lists few folders that another has listed.
pub(super) const FOLDER: usize = 256;
/// Files that one core reads the front matter of at a time.
const HEADS: usize = 64;

/// Puts files into releases, the original of each first. Sisters that are on the disk are taken in: a text is checked beside its
/// other versions.
pub(super) fn releases(home: &Home, sisters: &Sisters, mut files: Vec<File>) -> Vec<Vec<File>> {
    let mut claims = read_claims(home, &files);
    // Of ten thousand drafts each may have some hundred sisters by name, of which hardly one is there.
    let there = |folders: &mut Strangers<'_>, (path, claim): (&String, &Claim)| {
        let mut there = folders.sisters(path, sisters);
        there.extend(claim.original.clone());
        there.retain(|candidate| folders.hold(candidate));
        there
    };
    let strangers = || Strangers { root: &home.root, known: &claims, folders: HashMap::new() };
    let mut paths: Vec<(&String, &Claim)> = claims.iter().collect();
    paths.sort_by_key(|(path, _)| *path);
    let mut there: Vec<String> =
        paths.into_par_iter().with_min_len(FOLDER).map_init(strangers, there).flatten_iter().collect();
    there.extend(claimed(home, sisters, &files, &claims));
    there.sort();
    there.dedup();
    let disk = there.into_iter().map(|path| home.root.join(path)).filter(|path| path.is_file());
    let found = |path: PathBuf| File { shown: shown(&path), link: path.is_symlink(), path, named: false };
    let mut more: Vec<File> = disk.map(|path| found(relative_to_here(&path))).collect();
    claims.extend(read_claims(home, &more));
    files.append(&mut more);
    files.sort();
    let paths: Vec<String> = files.iter().map(|file| home.relative(&file.path)).collect();
    let claims: Vec<Claim> = paths.iter().map(|path| claims.get(path).cloned().unwrap_or_default()).collect();
    let groups = sisters.group_claimed(&paths.iter().map(String::as_str).collect::<Vec<_>>(), &claims);
    groups.into_iter().map(|group| group.into_iter().map(|index| files[index].clone()).collect()).collect()
}

/// What the front matter of files says of their sisters, by their paths below the project's root.
fn read_claims(home: &Home, files: &[File]) -> HashMap<String, Claim> {
    let read = |file: &File| {
        let below = home.relative(&file.path);
        let claim = claim(&file.path, &below);
        (below, claim)
    };
    files.par_iter().with_min_len(FOLDER).map(read).collect()
}

/// Files whose front matter is read to see whether they share a key; more lie beside no release.
const MOST: usize = 2_000;
/// Files beside one that was named whose front matter is read to see whether they are its translations. A folder that holds more keeps a
/// year of releases, and reading the heads of all would cost more than checking one of them.
const NEIGHBOURS: usize = 500;

/// Files that nobody named and whose front matter makes them sisters of one that is known: they share its `translationKey` and lie in its
/// folder, or where a sister would lie; or they lie beside one that was named and call it their original.
fn claimed(home: &Home, sisters: &Sisters, files: &[File], claims: &HashMap<String, Claim>) -> Vec<String> {
    let of = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut strangers = Strangers { root: &home.root, known: claims, folders: HashMap::new() };
    let mut keys: HashSet<&str> = HashSet::new();
    let mut folders: BTreeSet<String> = BTreeSet::new();
    for (path, claim) in claims {
        let Some(key) = claim.key.as_deref() else { continue };
        keys.insert(key);
        folders.insert(of(path));
        folders.extend(strangers.sisters(path, sisters).iter().map(|sister| of(sister)));
    }
    let ends: HashSet<&str> = claims.keys().filter_map(|path| Some(path.rsplit_once('.')?.1)).collect();
    let mut drafts = |folder: &str| -> Vec<String> {
        let names = strangers.names(folder).iter();
        let names = names.filter(|name| name.rsplit_once('.').is_some_and(|(_, end)| ends.contains(end)));
        names.map(|name| if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") }).collect()
    };
    let mut found: Vec<String> = folders.iter().flat_map(|folder| drafts(folder)).collect();
    found.sort();
    found.truncate(MOST);
    let named: BTreeSet<String> =
        files.iter().filter(|file| file.named).map(|file| of(&home.relative(&file.path))).collect();
    let neighbours = named.difference(&folders).map(|folder| drafts(folder));
    found.extend(neighbours.filter(|drafts| drafts.len() <= NEIGHBOURS).flatten());
    let belongs = |below: &String| {
        let claim = claim(&home.root.join(below), below);
        claim.key.is_some_and(|key| keys.contains(key.as_str()))
            || claim.original.is_some_and(|original| claims.contains_key(&original))
    };
    found.into_par_iter().with_min_len(HEADS).filter(belongs).collect()
}

/// What is in folders but for the files that are known; each folder is listed once.
struct Strangers<'a> {
    root: &'a Path,
    known: &'a HashMap<String, Claim>,
    folders: HashMap<String, HashSet<String>>,
}

impl Strangers<'_> {
    /// Whether a path below the root is there and not known, as the list of its folder says.
    fn hold(&mut self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.names(folder).contains(name)
    }

    /// The paths that sisters of one would have, of those whose first folder that depends on the language is there.
    fn sisters(&mut self, path: &str, sisters: &Sisters) -> Vec<String> {
        let mut paths = Vec::new();
        for frame in sisters.frames(path) {
            match frame {
                Frame::Gap(before, after) => self.fill(&before, &after, sisters, &mut paths),
                Frame::Path(path) => paths.push(path),
            }
        }
        paths
    }

    /// Adds the paths between whose ends a language tag stands.
    fn fill(&mut self, before: &str, after: &str, sisters: &Sisters, paths: &mut Vec<String>) {
        let (folder, start) = before.rsplit_once('/').unwrap_or(("", before));
        let end = after.split('/').next().unwrap_or_default();
        let tag = |name: &str| name.strip_prefix(start)?.strip_suffix(end).map(str::to_owned);
        let tags = self.names(folder).iter().filter_map(|name| tag(name)).filter(|tag| sisters.is_tag(tag));
        paths.extend(tags.map(|tag| format!("{before}{tag}{after}")));
    }

    fn names(&mut self, folder: &str) -> &HashSet<String> {
        if !self.folders.contains_key(folder) {
            self.folders.insert(folder.to_owned(), self.list(folder));
        }
        &self.folders[folder]
    }

    fn list(&self, folder: &str) -> HashSet<String> {
        let entries = std::fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let known = |name: &str| match folder {
            "" => self.known.contains_key(name),
            folder => self.known.contains_key(&format!("{folder}/{name}")),
        };
        names.filter(|name| !known(name)).collect()
    }
}

/// Bytes of a file that its front matter is looked for in.
const HEAD: u64 = 8_192;

/// What the front matter of a file says of its sisters; `below` is its path below the project's root.
fn claim(path: &Path, below: &str) -> Claim {
    // Room for all of it and more, for a reader that has none asks for a few bytes at a time.
    let mut head = Vec::with_capacity(HEAD as usize + 64);
    let read = files::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let head = head.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&head);
    let opens = read.is_ok() && (head.starts_with(b"---") || head.starts_with(b"+++"));
    let text = String::from_utf8_lossy(if opens { head } else { &[] });
    let lower = || text.to_ascii_lowercase();
    if !["translation-of", "translationkey"].iter().any(|name| lower().contains(name)) {
        return Claim::default();
    }
    // The rest of the text is not needed: a fence closes the front matter.
    let fence = &text[..3];
    let Some(end) = text.match_indices(&format!("\n{fence}")).next().map(|(at, _)| at + 4) else {
        return Claim::default();
    };
    let source = Source::from_text(below, &text[..end]);
    let documents = crate::document::read(&source, SourceId(0), &ReadOptions::default());
    let field = |name: &str| {
        let value = documents.first()?.field(name)?.value.trim().to_owned();
        Some(value).filter(|value| !value.is_empty())
    };
    let folder = below.rsplit_once('/').map_or("", |(folder, _)| folder);
    Claim {
        original: field("translation-of").and_then(|named| beside(folder, &named)),
        key: field("translationkey"),
        language: field("lang").or_else(|| field("language")),
    }
}

/// A path that a file in a folder names: from the folder, or from the project's root where it begins with `/`.
fn beside(folder: &str, named: &str) -> Option<String> {
    let (from, named) = match named.strip_prefix('/') {
        Some(rest) => ("", rest),
        None => (folder, named),
    };
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in named.split('/').filter(|part| !part.is_empty() && *part != ".") {
        match part {
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
