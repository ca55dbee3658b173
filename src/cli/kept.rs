//! Compiled registers, kept between runs in the user's own cache folder. What is kept is found by the text it was made of, so that nothing
//! there can be out of date; a folder that cannot be written costs time and nothing else.

use super::write;
use crate::register::Store;
use std::path::PathBuf;
use std::time::SystemTime;

/// Registers kept at once; the one that was written longest ago goes.
const MOST: usize = 8;

/// The folder of compiled registers.
pub(super) struct Kept {
    folder: Option<PathBuf>,
}

impl Kept {
    /// The folder of the user who runs this; `COPYDESK_CACHE` names another, and switches it off where it is empty.
    pub fn new() -> Self {
        let folder = match std::env::var_os("COPYDESK_CACHE") {
            Some(folder) => Some(PathBuf::from(folder)).filter(|folder| !folder.as_os_str().is_empty()),
            None => cache_folder().map(|folder| folder.join("copydesk")),
        };
        Kept { folder: folder.map(|folder| folder.join("registers")) }
    }

    fn path(&self, key: u64) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{key:016x}.register")))
    }

    /// Removes what was written longest ago beyond [`MOST`].
    fn tidy(&self) {
        let Some(folder) = &self.folder else { return };
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let ours = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "register");
        let paths = entries.flatten().map(|entry| entry.path()).filter(ours);
        let written = |path: &PathBuf| path.metadata().and_then(|metadata| metadata.modified()).ok();
        let mut all: Vec<(Option<SystemTime>, PathBuf)> = paths.map(|path| (written(&path), path)).collect();
        all.sort();
        let beyond = all.len().saturating_sub(MOST);
        for (_, path) in all.into_iter().take(beyond) {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Store for Kept {
    fn get(&self, key: u64) -> Option<Vec<u8>> {
        std::fs::read(self.path(key)?).ok()
    }

    fn put(&self, key: u64, bytes: &[u8]) {
        let (Some(path), Some(folder)) = (self.path(key), &self.folder) else { return };
        if std::fs::create_dir_all(folder).is_err() {
            return;
        }
        let before = std::fs::read(&path).ok();
        if write::replace(&path, bytes, before.as_deref()).is_ok() {
            self.tidy();
        }
    }
}

/// Where programs keep what they can make again.
fn cache_folder() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Caches"))
    } else {
        folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_found_and_the_oldest_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept { folder: Some(folder.path().join("registers")) };
        assert_eq!(kept.get(1), None);
        for key in 0..10 {
            kept.put(key, b"register");
            let file = std::fs::File::open(kept.path(key).expect("a path")).expect("there");
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 + key);
            file.set_modified(time).expect("set");
        }
        kept.put(10, b"other");
        assert_eq!((kept.get(2), kept.get(10)), (None, Some(b"other".to_vec())));
        kept.put(10, b"again");
        assert_eq!(kept.get(10), Some(b"again".to_vec()));
        assert_eq!(std::fs::read_dir(folder.path().join("registers")).expect("there").count(), MOST);
        let none = Kept { folder: None };
        none.put(1, b"x");
        assert_eq!(none.get(1), None);
    }
}
