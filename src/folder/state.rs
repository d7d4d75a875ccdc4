//! `.handbill/`: what Handbill remembers about a site. Its folder is 0700 and its files 0600, for other parts keep tokens there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::folder::FolderError;

/// The state's folder of the site at `root`, made when it is not there yet.
pub fn folder(root: &Path) -> Result<PathBuf, FolderError> {
    private_folder(&root.join(".handbill"))
}

/// A folder in the state's folder (`cache/pictures`), made when it is not there yet.
pub fn folder_in(root: &Path, name: &str) -> Result<PathBuf, FolderError> {
    let mut place = folder(root)?;
    for part in name.split('/') {
        place = private_folder(&place.join(part))?;
    }
    Ok(place)
}

/// Looks whether `.handbill`, if it is there, is a folder of the site: neither a file nor a link to somewhere else. Makes and changes nothing.
pub fn look(root: &Path) -> Result<(), FolderError> {
    let place = root.join(".handbill");
    match fs::symlink_metadata(&place) {
        Ok(found) if !found.is_dir() => Err(FolderError::State(place)),
        _ => Ok(()),
    }
}

/// Reads a file of the state (`calendar.json`); none when it is not there.
pub fn read(root: &Path, name: &str) -> Result<Option<Vec<u8>>, FolderError> {
    look(root)?;
    let place = root.join(".handbill").join(name);
    match fs::read(&place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FolderError::disk("read", &place)(error)),
    }
}

/// Whether a file of the state is on the disk before the call returns, or may still be on its way there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Durable {
    /// It outlives a power failure.
    Yes,
    /// It may be lost with the power, whole, and can be made again.
    No,
}

/// Replaces a file of the state whole: whoever reads it sees the old or the new one, never a half.
pub fn write(root: &Path, name: &str, bytes: &[u8], durable: Durable) -> Result<(), FolderError> {
    let (within, file) = match name.rsplit_once('/') {
        Some((folder, file)) => (folder_in(root, folder)?, file),
        None => (folder(root)?, name),
    };
    let place = within.join(file);
    let failed = || FolderError::disk("written", &place);
    let mut new = tempfile::Builder::new().prefix(".new-").tempfile_in(&within).map_err(failed())?;
    new.write_all(bytes).map_err(failed())?;
    if durable == Durable::Yes {
        new.as_file().sync_all().map_err(failed())?;
    }
    // A temporary file is 0600 from the start.
    new.persist(&place).map_err(|error| failed()(error.error))?;
    if durable == Durable::Yes {
        // The new name, too, has to reach the disk; where folders cannot be opened (Windows) the system sees to it.
        let _ = File::open(&within).and_then(|within| within.sync_all());
    }
    Ok(())
}

/// Forgets a file of the state; one that is not there is forgotten already.
pub fn remove(root: &Path, name: &str) -> Result<(), FolderError> {
    look(root)?;
    let place = root.join(".handbill").join(name);
    match fs::remove_file(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(FolderError::disk("removed", &place)(error)),
        _ => Ok(()),
    }
}

/// Waits until no other build of this site is under way, and keeps others waiting until it is dropped (or the process ends).
pub fn lock(root: &Path) -> Result<Lock, FolderError> {
    let place = folder(root)?.join("build.lock");
    // through a link the lock would be made elsewhere
    if fs::symlink_metadata(&place).is_ok_and(|found| !found.is_file()) {
        return Err(FolderError::InTheWay { path: place, why: "it is no file, and Handbill's lock must stand there" });
    }
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&place).map_err(FolderError::disk("written", &place))?;
    file.lock().map_err(FolderError::disk("locked", &place))?;
    Ok(Lock { _held: file })
}

/// A lock of the operating system on the site's output; it goes with the process, however that ends.
#[derive(Debug)]
pub struct Lock {
    _held: File,
}

fn private_folder(place: &Path) -> Result<PathBuf, FolderError> {
    match fs::symlink_metadata(place) {
        Ok(found) if found.is_dir() => {
            keep_private(place, &found)?;
            Ok(place.to_owned())
        }
        Ok(_) => Err(FolderError::State(place.to_owned())),
        Err(_) => {
            let mut builder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            match builder.create(place) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(FolderError::disk("made", place)(error)),
                _ => Ok(place.to_owned()),
            }
        }
    }
}

/// Somebody may have made the folder by hand, open to others (any of the last six bits).
#[cfg(unix)]
fn keep_private(place: &Path, found: &fs::Metadata) -> Result<(), FolderError> {
    use std::os::unix::fs::PermissionsExt;
    if found.permissions().mode().trailing_zeros() >= 6 {
        return Ok(());
    }
    fs::set_permissions(place, fs::Permissions::from_mode(0o700)).map_err(FolderError::disk("made private", place))
}

#[cfg(not(unix))]
fn keep_private(_place: &Path, _found: &fs::Metadata) -> Result<(), FolderError> {
    Ok(())
}
