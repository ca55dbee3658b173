//! Files replaced whole or not at all: the new content is written beside the old and takes its place in one step.

use super::files::reason;
use std::io::{self, Write};
use std::path::Path;

/// Puts `bytes` in the place of a file whose content is still `before` (`None`: that does not exist yet). Permissions stay, and
/// a link stays a link. On any failure, of which the reason comes back, the file is as it was.
pub(super) fn replace(path: &Path, bytes: &[u8], before: Option<&[u8]>) -> Result<(), String> {
    let target = if before.is_some() { path.canonicalize().map_err(|error| reason(&error))? } else { path.to_owned() };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let permissions = match before {
        Some(_) => Some(target.metadata().map_err(|error| reason(&error))?.permissions()),
        None => None,
    };
    if permissions.as_ref().is_some_and(std::fs::Permissions::readonly) {
        return Err("is read-only and was not written".into());
    }
    let write = || -> io::Result<tempfile::NamedTempFile> {
        let mut file = tempfile::Builder::new().prefix(".copydesk-").tempfile_in(folder)?;
        file.write_all(bytes)?;
        match &permissions {
            Some(permissions) => file.as_file().set_permissions(permissions.clone())?,
            None => usual_permissions(&file)?,
        }
        file.as_file().sync_all()?;
        Ok(file)
    };
    let file = write().map_err(|error| format!("was not written: {}", reason(&error)))?;
    match before {
        Some(before) => {
            // Two of us take turns; against other programs, the look at the content comes as late as can be.
            let _turn = turn(&target)?;
            let now = std::fs::read(&target).map_err(|error| reason(&error))?;
            if now == bytes {
                return Ok(());
            }
            if now != before {
                return Err("has changed meanwhile and was not written".into());
            }
            file.persist(&target).map(drop).map_err(|error| format!("was not written: {}", reason(&error.error)))
        }
        None => file.persist_noclobber(&target).map(drop).map_err(|error| match error.error.kind() {
            io::ErrorKind::AlreadyExists => "is there already and was not written".into(),
            _ => format!("was not written: {}", reason(&error.error)),
        }),
    }
}

/// A lock on a file, let go with the value. Where the system knows no locks there is none, and the work is done without.
fn turn(path: &Path) -> Result<Option<std::fs::File>, String> {
    let file = std::fs::File::open(path).map_err(|error| reason(&error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Err("is being written by another program and was not written".into()),
        Err(std::fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// A new file may be read by others, as one that an editor makes; a temporary file may not.
#[cfg(unix)]
fn usual_permissions(file: &tempfile::NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn usual_permissions(_: &tempfile::NamedTempFile) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn a_file_is_replaced_only_while_it_is_what_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        assert_eq!(replace(&path, b"one", None), Ok(()));
        assert_eq!(replace(&path, b"two", None), Err("is there already and was not written".into()));
        assert_eq!(replace(&path, b"two", Some(b"other")), Err("has changed meanwhile and was not written".into()));
        assert_eq!(replace(&path, b"two", Some(b"one")), Ok(()));
        assert_eq!(replace(&path, b"two", Some(b"one")), Ok(()), "another did the same meanwhile");
        assert_eq!(std::fs::read(&path).expect("there"), b"two");
        let held = std::fs::File::open(&path).expect("there");
        held.lock().expect("locked");
        let refused = replace(&path, b"three", Some(b"two"));
        assert_eq!(refused, Err("is being written by another program and was not written".into()));
        drop(held);
        let mut permissions = path.metadata().expect("there").permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).expect("set");
        assert_eq!(replace(&path, b"three", Some(b"two")), Err("is read-only and was not written".into()));
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (path, link) = (folder.path().join("a.md"), folder.path().join("b.md"));
        std::fs::write(&path, "one").expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("set");
        std::os::unix::fs::symlink(&path, &link).expect("linked");
        assert_eq!(replace(&link, b"two", Some(b"one")), Ok(()));
        assert!(link.symlink_metadata().expect("there").is_symlink());
        assert_eq!(path.metadata().expect("there").permissions().mode() & 0o777, 0o640);
    }
}
