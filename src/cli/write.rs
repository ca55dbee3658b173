//! Files replaced whole or not at all: the new content is written beside the old and takes its place in one step.

use super::files::reason;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Puts `bytes` in the place of a file whose content is still `before` (`None`: that does not exist yet). Permissions stay, and
/// a link stays a link. On any failure, of which the reason comes back, the file is as it was.
pub(super) fn replace(path: &Path, bytes: &[u8], before: Option<&[u8]>) -> Result<(), String> {
    let target = if before.is_some() { path.canonicalize().map_err(|error| reason(&error))? } else { path.to_owned() };
    let folder = folder_of(&target);
    let permissions = match before {
        Some(_) => Some(target.metadata().map_err(|error| reason(&error))?.permissions()),
        None => None,
    };
    if permissions.as_ref().is_some_and(std::fs::Permissions::readonly) {
        return Err("is read-only and was not written".into());
    }
    let write = || -> io::Result<tempfile::NamedTempFile> {
        let mut file = temporary(folder)?;
        file.write_all(bytes)?;
        if let Some(permissions) = &permissions {
            file.as_file().set_permissions(permissions.clone())?;
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

/// Puts what `write` writes in a file that the user names: a report, a page, a sheet, a register. Whatever is there is replaced, but
/// for what it was made of: none of the files that were `read`. A file is replaced whole or stays as it was; a device or a pipe,
/// which cannot be replaced, is written to.
pub(super) fn put(
    path: &Path,
    read: &[PathBuf],
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), String> {
    let into = || -> io::Result<()> {
        if let Ok(there) = path.canonicalize()
            && read.iter().any(|read| read.canonicalize().is_ok_and(|read| read == there))
        {
            return Err(io::Error::other("it is one of the files that were read"));
        }
        let there = path.metadata().ok();
        if there.as_ref().is_some_and(|metadata| !metadata.is_file()) {
            let mut out = BufWriter::new(std::fs::OpenOptions::new().write(true).open(path)?);
            write(&mut out)?;
            return out.flush();
        }
        let permissions = there.map(|metadata| metadata.permissions());
        if permissions.as_ref().is_some_and(std::fs::Permissions::readonly) {
            return Err(io::Error::other("is read-only"));
        }
        // A link stays a link, also one to a file that does not exist yet.
        let target = resolved(path)?;
        let mut out = BufWriter::new(temporary(folder_of(&target))?);
        write(&mut out)?;
        let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        if let Some(permissions) = permissions {
            file.as_file().set_permissions(permissions)?;
        }
        file.persist(&target).map(drop).map_err(|error| error.error)
    };
    into().map_err(|error| format!("was not written: {}", reason(&error)))
}

/// Puts what `write` writes in a file that only the user can read, whatever is there. What a crash leaves of it is for the reader to
/// tell: the disk is not waited for.
pub(super) fn private(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    // A temporary file is the user's own unless something else is asked for.
    let mut out = BufWriter::new(tempfile::NamedTempFile::new_in(folder_of(path))?);
    write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// The file that a path leads to, links followed.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    // A longer chain than this the system itself refuses.
    for _ in 0..40 {
        match std::fs::read_link(&target) {
            Ok(next) => target = folder_of(&target).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many links"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
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

/// A file beside the one that it is to replace. Who may read it is what the user's umask says, as of any new file; a temporary
/// file is otherwise for its owner alone.
fn temporary(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".copydesk-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::{put, replace};
    use std::path::Path;

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

    #[test]
    fn what_the_program_makes_replaces_what_is_there_or_leaves_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.html");
        assert_eq!(put(&path, &[], |out| out.write_all(b"one")), Ok(()));
        assert_eq!(put(&path, &[], |out| out.write_all(b"two")), Ok(()));
        let failed = put(&path, &[], |out| {
            out.write_all(b"thr")?;
            Err(std::io::Error::other("the disk is full"))
        });
        assert_eq!(failed, Err("was not written: the disk is full".into()));
        let input = [folder.path().join(".").join("a.html")];
        let refused = put(&path, &input, |out| out.write_all(b"three"));
        assert_eq!(refused, Err("was not written: it is one of the files that were read".into()));
        assert_eq!(std::fs::read(&path).expect("there"), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn what_the_program_makes_goes_to_devices_and_through_links() {
        let folder = tempfile::tempdir().expect("a folder");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("a.html", &link).expect("linked");
        for words in [&b"one"[..], b"two"] {
            assert_eq!(put(&link, &[], |out| out.write_all(words)), Ok(()));
            assert!(link.symlink_metadata().expect("there").is_symlink());
            assert_eq!(std::fs::read(folder.path().join("a.html")).expect("there"), words);
        }
        assert_eq!(put(Path::new("/dev/null"), &[], |out| out.write_all(b"gone")), Ok(()));
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
