//! One pass at a time in an outbox beside the site: a lock of the operating system, which a dead process lets go by itself.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::outbox::OutboxError;

const LOCK: &str = "outbox.lock";
const PASSES: &str = "passes";

/// The lock, held until this is dropped.
#[derive(Debug)]
pub struct PassLock {
    _file: File,
}

impl PassLock {
    /// Takes the lock of this `.handbill/`; [`OutboxError::Busy`] when another process or thread has it.
    pub fn take(state: &Path) -> Result<PassLock, OutboxError> {
        let path = state.join(LOCK);
        no_other_than_a_file(&path)?;
        let file = private(OpenOptions::new().create(true).truncate(false).write(true)).open(&path).map_err(disk(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(PassLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OutboxError::Busy),
            Err(TryLockError::Error(source)) => Err(OutboxError::Disk { path, source }),
        }
    }
}

/// The number of passes written beside the store; none when nothing readable is there.
pub(super) fn passes_beside(state: &Path) -> Result<Option<i64>, OutboxError> {
    let path = state.join(PASSES);
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text.trim().parse().ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk(&path)(error)),
    }
}

/// Writes the number of passes beside the store: whole, or not at all.
pub(super) fn write_passes(state: &Path, number: i64) -> Result<(), OutboxError> {
    let path = state.join(PASSES);
    let write = || -> io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(state)?;
        writeln!(file, "{number}")?;
        file.as_file().sync_all()?;
        file.persist(&path)?;
        Ok(())
    };
    write().map_err(disk(&path))
}

/// Looks whether `.handbill`, if it is there, is a folder: neither a file nor a link, through which somebody else's folder would be changed.
pub(super) fn look_at_folder(state: &Path) -> Result<(), OutboxError> {
    match fs::symlink_metadata(state) {
        Ok(found) if !found.is_dir() => Err(OutboxError::NoFolder(state.to_owned())),
        _ => Ok(()),
    }
}

/// Looks whether what stands here, if anything does, is a file and no link.
pub(super) fn no_other_than_a_file(path: &Path) -> Result<(), OutboxError> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => Err(OutboxError::NoFile(path.to_owned())),
        _ => Ok(()),
    }
}

/// Makes `.handbill/`, which only its owner may enter.
pub(super) fn make_private_folder(state: &Path) -> Result<(), OutboxError> {
    look_at_folder(state)?;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(state).map_err(disk(state))?;
    #[cfg(unix)]
    fs::set_permissions(state, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(disk(state))?;
    Ok(())
}

/// Makes a file, if it is not there, that only its owner may read.
pub(super) fn make_private_file(path: &Path) -> Result<(), OutboxError> {
    no_other_than_a_file(path)?;
    private(OpenOptions::new().create(true).append(true)).open(path).map_err(disk(path))?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(disk(path))?;
    Ok(())
}

fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

fn disk(path: &Path) -> impl FnOnce(io::Error) -> OutboxError {
    let path = PathBuf::from(path);
    move |source| OutboxError::Disk { path, source }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn neither_folder_nor_file_is_made_private_through_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (others, link) = (folder.path().join("others"), folder.path().join(".handbill"));
        fs::create_dir(&others).unwrap();
        fs::set_permissions(&others, fs::Permissions::from_mode(0o755)).unwrap();
        symlink(&others, &link).unwrap();
        assert!(matches!(make_private_folder(&link), Err(OutboxError::NoFolder(_))));
        assert_eq!(fs::metadata(&others).unwrap().permissions().mode() & 0o777, 0o755);

        let (file, to_file) = (others.join("file"), others.join("link"));
        symlink(&file, &to_file).unwrap();
        assert!(matches!(make_private_file(&to_file), Err(OutboxError::NoFile(_))));
        symlink(&file, others.join(LOCK)).unwrap();
        assert!(matches!(PassLock::take(&others), Err(OutboxError::NoFile(_))));
        assert!(!file.exists(), "a link that leads nowhere makes no file there");
    }
}
