//! Files that people write: one of them replaced whole, or a new one beside them.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::FileId;
use crate::folder::FolderError;

/// Replaces a file of the site, which must still hold the `old` bytes: whoever reads it sees the old or the new one, never a half. Its mode stays.
pub fn replace(root: &Path, file: &FileId, old: &[u8], new: &[u8]) -> Result<(), FolderError> {
    let place = inside(root, &root.join(file.path()))?;
    let there = fs::read(&place).map_err(FolderError::disk("read", &place))?;
    if there != old {
        return Err(FolderError::Changed(place));
    }
    let failed = || FolderError::disk("written", &place);
    let mode = fs::metadata(&place).map_err(failed())?.permissions();
    let mut staged = staged(&place, new)?;
    staged.as_file_mut().set_permissions(mode).map_err(failed())?;
    staged.persist(&place).map_err(|error| failed()(error.error))?;
    Ok(())
}

/// Writes a new file of the site, and the folders it stands in. Nothing that is there is replaced.
pub fn create(root: &Path, file: &FileId, text: &str) -> Result<(), FolderError> {
    let place = root.join(file.path());
    let failed = || FolderError::disk("written", &place);
    if fs::symlink_metadata(&place).is_ok() {
        return Err(FolderError::Exists(place));
    }
    let folder = place.parent().unwrap_or(root);
    // a folder that is there may be a link to elsewhere, and nothing is made through it
    let known = folder.ancestors().find(|folder| folder.exists()).unwrap_or(root);
    inside(root, known)?;
    fs::create_dir_all(folder).map_err(failed())?;
    let staged = staged(&place, text.as_bytes())?;
    #[cfg(unix)]
    readable(staged.as_file()).map_err(failed())?;
    staged.persist_noclobber(&place).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => FolderError::Exists(place.clone()),
        _ => failed()(error.error),
    })?;
    Ok(())
}

/// A temporary file is for its owner alone; what stands in `content/` is for colleagues too.
#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

fn staged(place: &Path, bytes: &[u8]) -> Result<tempfile::NamedTempFile, FolderError> {
    let failed = || FolderError::disk("written", place);
    let folder = place.parent().unwrap_or(place);
    // a name with a dot before it is no content, should it be left behind
    let mut staged = tempfile::Builder::new().prefix(".new-").tempfile_in(folder).map_err(failed())?;
    staged.write_all(bytes).map_err(failed())?;
    staged.as_file().sync_all().map_err(failed())?;
    Ok(staged)
}

/// A place of the site, links resolved; refused when it lies elsewhere.
fn inside(root: &Path, place: &Path) -> Result<PathBuf, FolderError> {
    let real = |path: &Path| fs::canonicalize(path).map_err(FolderError::disk("read", path));
    let (root, found) = (real(root)?, real(place)?);
    if found.starts_with(&root) { Ok(found) } else { Err(FolderError::Elsewhere(place.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_only_while_nobody_else_changed_it() {
        let site = tempfile::tempdir().unwrap();
        let place = site.path().join("a.md");
        fs::write(&place, "old").unwrap();
        let file = FileId::new("a.md");
        replace(site.path(), &file, b"old", b"new").unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"new");
        assert!(matches!(replace(site.path(), &file, b"old", b"newer"), Err(FolderError::Changed(_))));
        assert_eq!(fs::read(&place).unwrap(), b"new");
        assert_eq!(fs::read_dir(site.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn a_new_file_replaces_none() {
        let site = tempfile::tempdir().unwrap();
        let file = FileId::new("content/events/a.md");
        create(site.path(), &file, "one").unwrap();
        assert!(matches!(create(site.path(), &file, "two"), Err(FolderError::Exists(_))));
        assert_eq!(fs::read(site.path().join("content/events/a.md")).unwrap(), b"one");
    }

    #[cfg(unix)]
    #[test]
    fn the_mode_stays_and_no_link_leads_out() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (site, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let place = site.path().join("a.md");
        fs::write(&place, "old").unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o640)).unwrap();
        replace(site.path(), &FileId::new("a.md"), b"old", b"new").unwrap();
        assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o640);
        fs::write(other.path().join("b.md"), "old").unwrap();
        symlink(other.path().join("b.md"), site.path().join("b.md")).unwrap();
        symlink(other.path(), site.path().join("folder")).unwrap();
        assert!(matches!(replace(site.path(), &FileId::new("b.md"), b"old", b"new"), Err(FolderError::Elsewhere(_))));
        assert!(matches!(create(site.path(), &FileId::new("folder/new/c.md"), "new"), Err(FolderError::Elsewhere(_))));
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 1);
    }
}
