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

/// Makes `.handbill/`, which only its owner may enter.
pub(super) fn make_private_folder(state: &Path) -> Result<(), OutboxError> {
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
