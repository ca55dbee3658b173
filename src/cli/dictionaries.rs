//! Hunspell dictionaries from the project's folder or from where the system keeps them. None is part of copydesk: their licences
//! differ.

use super::discover::Home;
use super::files::{self, shown};
use super::kept::Kept;
use crate::rule::Resources;
use crate::source::Source;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What a dictionary was found to be, or why there is none.
type Found = Result<Arc<spellbook::Dictionary>, String>;

/// A dictionary with a hash of its files.
type Read = Result<(Arc<spellbook::Dictionary>, blake3::Hash), String>;

/// The dictionaries that rules of a project name, each read once.
pub(super) struct Dictionaries {
    home: Home,
    known: Mutex<BTreeMap<String, Read>>,
    kept: Kept,
    /// The drafts, as reports name them, whose history was asked for.
    asked: Mutex<HashSet<String>>,
}

impl Dictionaries {
    pub fn new(home: &Home) -> Self {
        Dictionaries { home: home.clone(), known: Mutex::default(), kept: Kept::registers(), asked: Mutex::default() }
    }

    /// What the dictionaries that were asked for so far are, and which are not there.
    pub fn state(&self) -> String {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let one = |(name, read): (&String, &Read)| format!("{name}: {:?}\n", read.as_ref().map(|(_, hash)| *hash));
        known.iter().map(one).collect()
    }

    /// Whether a rule looked at the history of a draft, so that what it says does not follow from the texts alone.
    pub fn asked_history(&self, path: &str) -> bool {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).contains(path)
    }

    fn find(&self, name: &str) -> Result<PathBuf, String> {
        let stem = Path::new(name);
        let project = self.home.config.as_deref().and_then(Path::parent).unwrap_or(&self.home.root);
        let beside = project.join(stem);
        let words = with_ending(&beside, "dic");
        if !self.home.may_open(&words) {
            return Err(format!("the dictionary “{name}” lies outside the repository and is not opened"));
        }
        if words.is_file() {
            return Ok(beside);
        }
        // Only a plain name is looked for in the system's folders.
        if stem.components().count() == 1 {
            let found = system_folders().into_iter().map(|folder| folder.join(stem));
            if let Some(path) = found.into_iter().find(|path| with_ending(path, "dic").is_file()) {
                return Ok(path);
            }
        }
        Err(format!("there is no dictionary “{name}” in the project or on this system"))
    }

    fn read(&self, name: &str) -> Read {
        let path = self.find(name)?;
        let text = |ending: &str| {
            let path = with_ending(&path, ending);
            let bytes = files::read(&path).map_err(|why| format!("{}: {why}", shown(&path)))?;
            Ok::<_, String>(decode(&path, bytes))
        };
        let (affixes, words) = (text("aff")?, text("dic")?);
        let hash = blake3::Hasher::new().update(affixes.as_bytes()).update(b"\0").update(words.as_bytes()).finalize();
        let dictionary = spellbook::Dictionary::new(&affixes, &words);
        let dictionary = dictionary.map_err(|error| format!("the dictionary “{name}” cannot be read: {error}"));
        Ok((Arc::new(dictionary?), hash))
    }
}

impl Resources for Dictionaries {
    fn former(&self, path: &str, wanted: &dyn Fn(&str) -> bool) -> Option<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        super::git::former(Path::new(path), wanted)
    }

    fn dictionary(&self, name: &str) -> Found {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let read = known.entry(name.to_owned()).or_insert_with(|| self.read(name));
        read.as_ref().map(|(dictionary, _)| dictionary.clone()).map_err(String::clone)
    }

    fn registers(&self) -> Option<&dyn crate::register::Store> {
        Some(&self.kept)
    }
}

/// Appended, not replaced: a name may hold a dot.
fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Dictionaries of old are not in UTF-8; nearly all of those are Latin-1.
fn decode(path: &Path, bytes: Vec<u8>) -> String {
    match Source::from_bytes(shown(path), bytes.clone()) {
        Ok(source) => source.text().to_owned(),
        Err(_) => bytes.into_iter().map(char::from).collect(),
    }
}

/// Where systems keep Hunspell dictionaries.
fn system_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::var_os("DICPATH").map(|all| std::env::split_paths(&all).collect()).unwrap_or_default();
    let home = std::env::var_os("HOME").map(PathBuf::from);
    folders.extend(home.iter().flat_map(|home| [home.join(".local/share/hunspell"), home.join("Library/Spelling")]));
    let shared = ["/usr/local/share", "/usr/share", "/opt/homebrew/share"].map(Path::new);
    folders.extend(shared.iter().flat_map(|folder| [folder.join("hunspell"), folder.join("myspell/dicts")]));
    folders
}
