//! Which project a file belongs to: the nearest copydesk.toml above it, not beyond the root of its repository.

use super::files::{absolute, shown};
use crate::config;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Where a project lives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Home {
    /// The folder that its patterns of paths start from.
    pub root: PathBuf,
    /// Its copydesk.toml.
    pub config: Option<PathBuf>,
    /// The repository that its packs, registers and dictionaries must lie in, for anyone may send a pull request. Outside any
    /// repository there is no border: the configuration is the user's own.
    pub fence: Option<PathBuf>,
}

/// Finds homes, asking the disk once for each folder.
#[derive(Debug)]
pub(super) struct Homes {
    current: PathBuf,
    given: Option<PathBuf>,
    known: HashMap<PathBuf, Home>,
}

impl Homes {
    /// `given` is the file of `--config`, which then counts for every draft.
    pub fn new(current: PathBuf, given: Option<PathBuf>) -> Self {
        Homes { current, given, known: HashMap::new() }
    }

    /// The home of a file or folder.
    pub fn of(&mut self, path: &Path, folder: bool) -> Home {
        let path = absolute(path);
        let folder = if folder { path.as_path() } else { path.parent().unwrap_or(&path) };
        if let Some(home) = self.known.get(folder) {
            return home.clone();
        }
        let home = self.search(folder);
        self.known.insert(folder.to_owned(), home.clone());
        home
    }

    fn search(&self, folder: &Path) -> Home {
        let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
        let within = |above: &&Path| repository.is_none_or(|repository| above.starts_with(repository));
        let found = match &self.given {
            Some(given) => Some(given.clone()),
            None => {
                let above = folder.ancestors().take_while(within);
                above.map(|folder| folder.join(config::FILE_NAME)).find(|file| file.is_file())
            }
        };
        let beside = found.as_deref().and_then(Path::parent).map(Path::to_owned);
        let root = match (&beside, repository) {
            (Some(beside), _) if folder.starts_with(beside) => beside.clone(),
            (None, Some(repository)) => repository.to_owned(),
            _ if folder.starts_with(&self.current) => self.current.clone(),
            // The folder's own name may be a language, so paths start above it.
            _ => folder.parent().unwrap_or(folder).to_owned(),
        };
        let fence = match (beside, repository) {
            (Some(beside), Some(repository)) if beside.starts_with(repository) => Some(repository.to_owned()),
            (Some(beside), _) => repository_of(&beside),
            (None, repository) => repository.map(Path::to_owned),
        };
        Home { root, config: found, fence }
    }
}

fn repository_of(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

impl Home {
    /// Whether a file may be opened for this project. Its written path is looked at before the disk is, so that nothing is asked
    /// of another machine's share or told about what lies elsewhere; then its real one, all links followed.
    pub fn may_open(&self, path: &Path) -> bool {
        let Some(fence) = &self.fence else { return true };
        if !absolute(path).starts_with(fence) {
            return false;
        }
        match (path.canonicalize(), fence.canonicalize()) {
            (Ok(path), Ok(fence)) => path.starts_with(fence),
            // What does not exist is found out by whoever opens it.
            _ => !path.is_symlink(),
        }
    }

    /// A file's path below the root, with `/` between its parts; its name alone where it lies elsewhere.
    pub fn relative(&self, path: &Path) -> String {
        let absolute = absolute(path);
        let below = absolute.strip_prefix(&self.root).ok();
        let below = below.or_else(|| absolute.file_name().map(Path::new)).unwrap_or(&absolute);
        shown(below)
    }
}
