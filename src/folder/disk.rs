//! The bytes of pictures and other files, asked for one by one.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::diagnostic::FileId;
use crate::folder::FolderError;
use crate::source::Store;

/// The site's folder on the disk.
#[derive(Clone, Debug)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The folder at this root, which must be there.
    pub fn new(root: &Path) -> Result<Disk, FolderError> {
        Ok(Disk { root: fs::canonicalize(root).map_err(FolderError::disk("read", root))? })
    }

    /// The root, links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

impl Store for Disk {
    /// Links are resolved first and then checked to stay under the root, each time: the folder may have changed since it was read.
    fn bytes(&self, file: &FileId) -> Result<Vec<u8>, String> {
        let path = Path::new(file.path());
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err("it lies outside of the site's folder".to_owned());
        }
        let place = fs::canonicalize(self.root.join(path)).map_err(|e| format!("it cannot be read ({e})"))?;
        let inside = place.strip_prefix(&self.root).map_err(|_| "it is a link that leads out of the site's folder".to_owned())?;
        if inside.components().any(|part| part.as_os_str().to_string_lossy().starts_with('.')) {
            return Err("it is a link to a hidden file or folder".to_owned());
        }
        fs::read(&place).map_err(|e| format!("it cannot be read ({e})"))
    }
}
