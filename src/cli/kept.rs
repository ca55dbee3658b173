//! What is kept between runs in the user's own cache folder, which only that user can read. What is kept is found by what it was made
//! of, so that nothing there can be out of date; a folder that cannot be written costs time and nothing else.

use super::{files, write};
use crate::register::Store;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Files of one kind kept at once; the one that was used longest ago goes.
const MOST: usize = 8;

/// A folder of things of one kind.
pub(super) struct Kept {
    folder: Option<PathBuf>,
    /// What the names of its files end with.
    ending: &'static str,
}

impl Kept {
    /// Compiled registers.
    pub fn registers() -> Self {
        Kept { folder: folder("registers"), ending: "register" }
    }

    /// What came of releases.
    pub fn releases() -> Self {
        Kept { folder: folder("releases"), ending: "releases" }
    }

    fn path(&self, key: &str) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join(format!("{key}.{}", self.ending)))
    }

    /// What is kept under a key.
    pub fn read(&self, key: &str) -> Option<Vec<u8>> {
        if !is_ours(self.folder.as_ref()?) {
            return None;
        }
        let mut bytes = Vec::new();
        files::open(&self.path(key)?).and_then(|mut file| file.read_to_end(&mut bytes)).ok()?;
        Some(bytes)
    }

    /// Says that what is kept under a key was of use.
    pub fn touch(&self, key: &str) {
        if let Some(file) = self.path(key).and_then(|path| std::fs::File::options().append(true).open(path).ok()) {
            let _ = file.set_modified(SystemTime::now());
        }
    }

    /// Keeps what `write` writes, in place of what is there. Of two processes that write at once, one is heard.
    pub fn write(&self, key: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let (Some(path), Some(folder)) = (self.path(key), &self.folder) else { return };
        if make_private(folder).is_ok() && is_ours(folder) && write::private(&path, write).is_ok() {
            self.tidy(folder);
        }
    }

    /// Removes what was used longest ago beyond [`MOST`].
    fn tidy(&self, folder: &Path) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        let ours = |path: &PathBuf| path.extension().is_some_and(|ending| ending == self.ending);
        let paths = entries.flatten().map(|entry| entry.path()).filter(ours);
        let used = |path: &PathBuf| path.metadata().and_then(|metadata| metadata.modified()).ok();
        let mut all: Vec<(Option<SystemTime>, PathBuf)> = paths.map(|path| (used(&path), path)).collect();
        all.sort();
        let beyond = all.len().saturating_sub(MOST);
        for (_, path) in all.into_iter().take(beyond) {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Store for Kept {
    fn get(&self, key: u64) -> Option<Vec<u8>> {
        self.read(&format!("{key:016x}"))
    }

    fn put(&self, key: u64, bytes: &[u8]) {
        self.write(&format!("{key:016x}"), |out| out.write_all(bytes));
    }
}

/// Makes a folder that only the user can look into, and those above it that are not there.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Whether a folder is the user's, and nobody else may put anything there. What others lay is not believed, however it looks.
fn is_ours(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        // The user's number is that of any file that the user makes.
        let user = || tempfile::tempfile().and_then(|file| file.metadata()).map(|metadata| metadata.uid());
        let Ok(metadata) = folder.metadata() else { return false };
        metadata.mode() & 0o022 == 0 && user().is_ok_and(|user| user == metadata.uid())
    }
    #[cfg(not(unix))]
    folder.is_dir()
}

/// The folder of the user who runs this; `COPYDESK_CACHE` names another, and switches it off where it is empty.
fn folder(name: &str) -> Option<PathBuf> {
    let folder = match std::env::var_os("COPYDESK_CACHE") {
        Some(folder) => Some(PathBuf::from(folder)).filter(|folder| !folder.as_os_str().is_empty()),
        None => cache_folder().map(|folder| folder.join("copydesk")),
    };
    Some(folder?.join(name))
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
        let kept = Kept { folder: Some(folder.path().join("registers")), ending: "register" };
        assert_eq!(kept.get(1), None);
        for key in 0..10 {
            kept.put(key, b"register");
            let file = std::fs::File::open(kept.path(&format!("{key:016x}")).expect("a path")).expect("there");
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 + key);
            file.set_modified(time).expect("set");
        }
        kept.touch(&format!("{:016x}", 2));
        kept.put(10, b"other");
        assert_eq!((kept.get(2), kept.get(3)), (Some(b"register".to_vec()), None));
        kept.put(10, b"again");
        assert_eq!(kept.get(10), Some(b"again".to_vec()));
        assert_eq!(std::fs::read_dir(folder.path().join("registers")).expect("there").count(), MOST);
        let none = Kept { folder: None, ending: "register" };
        none.put(1, b"x");
        assert_eq!(none.get(1), None);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_user_can_read_what_is_kept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let kept = Kept { folder: Some(folder.path().join("new/registers")), ending: "register" };
        kept.put(1, b"register");
        let mode = |path: &Path| path.metadata().expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&folder.path().join("new")), 0o700);
        assert_eq!(mode(&folder.path().join("new/registers")), 0o700);
        assert_eq!(mode(&kept.path("0000000000000001").expect("a path")), 0o600);
        assert_eq!(kept.get(1), Some(b"register".to_vec()));
        // What others may write to is neither believed nor used.
        let open = std::fs::Permissions::from_mode(0o777);
        std::fs::set_permissions(folder.path().join("new/registers"), open).expect("set");
        kept.put(2, b"register");
        assert_eq!((kept.get(1), kept.get(2)), (None, None));
        assert!(!kept.path("0000000000000002").expect("a path").exists());
    }
}
