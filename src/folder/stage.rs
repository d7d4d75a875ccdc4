//! Where files are made before anything of the output is touched: on the same file system, so that putting one in place is one step.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::folder::memory::Look;
use crate::folder::{FolderError, OutputFolder, state};

const PREFIX: &str = "stage-";

/// How the staged files lie.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// As in the output, so that whole folders can be put in place.
    Tree,
    /// Numbered, for single files.
    Numbered,
}

/// A folder for the files of one build.
#[derive(Debug)]
pub(super) struct Stage {
    place: PathBuf,
    layout: Layout,
}

impl Stage {
    /// Makes an empty one; what a dead build left is thrown away. Only for whoever holds the lock.
    pub(super) fn begin(output: &OutputFolder, layout: Layout) -> Result<Stage, FolderError> {
        let (folder, prefix) = near(output)?;
        sweep(&state::folder(output.root())?, PREFIX);
        sweep(&folder, &prefix);
        let place = folder.join(format!("{prefix}{}", std::process::id()));
        let stage = Stage { place, layout };
        let parts = match layout {
            Layout::Tree => vec![stage.tree()],
            // Many files in one folder make threads wait for each other.
            Layout::Numbered => (0..SHARDS).map(|shard| stage.place.join(shard.to_string())).collect(),
        };
        for part in parts {
            fs::create_dir_all(&part).map_err(FolderError::disk("made", &part))?;
        }
        Ok(stage)
    }

    /// The root of the tree.
    pub(super) fn tree(&self) -> PathBuf {
        self.place.join("tree")
    }

    /// Where the file of this number and path lies.
    pub(super) fn file(&self, number: usize, path: &str) -> PathBuf {
        match self.layout {
            Layout::Tree => self.tree().join(path),
            Layout::Numbered => self.place.join((number % SHARDS).to_string()).join(number.to_string()),
        }
    }

    /// Writes one file; says how it will look in its place.
    pub(super) fn put(&self, number: usize, path: &str, bytes: &[u8]) -> Result<Look, FolderError> {
        let place = self.file(number, path);
        self.try_put(&place, bytes).map_err(FolderError::disk("written", &place))
    }

    fn try_put(&self, place: &Path, bytes: &[u8]) -> io::Result<Look> {
        if self.layout == Layout::Tree
            && let Some(folder) = place.parent()
        {
            match fs::create_dir(folder) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(folder)?,
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        let mut file = File::create_new(place)?;
        file.write_all(bytes)?;
        Look::of(&file.metadata()?).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }

    /// Throws it away with all that is in it.
    pub(super) fn discard(self) {
        let _ = fs::remove_dir_all(&self.place);
    }
}

const SHARDS: usize = 16;

/// A folder on the output's file system, and what stages in it are called: in `.handbill/` where that will do, else beside the output, else
/// (where the output is a file system of its own) hidden in it.
fn near(output: &OutputFolder) -> Result<(PathBuf, String), FolderError> {
    let state = state::folder(output.root())?;
    let there = output.place().ancestors().find(|folder| folder.exists()).unwrap_or(output.place());
    if same_disk(&state, there) {
        return Ok((state, PREFIX.to_owned()));
    }
    let name = output.place().file_name().unwrap_or_default().to_string_lossy();
    let hidden = format!(".{name}-handbill-{PREFIX}");
    match output.place().parent() {
        Some(parent) if !output.place().exists() || same_disk(parent, output.place()) => {
            fs::create_dir_all(parent).map_err(FolderError::disk("made", parent))?;
            Ok((parent.to_owned(), hidden))
        }
        _ => Ok((output.place().to_owned(), hidden)),
    }
}

#[cfg(unix)]
fn same_disk(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| fs::metadata(path).map(|found| found.dev()).ok();
    disk(one).is_some() && disk(one) == disk(other)
}

#[cfg(not(unix))]
fn same_disk(one: &Path, other: &Path) -> bool {
    one.components().next() == other.components().next()
}

fn sweep(folder: &Path, prefix: &str) {
    for item in fs::read_dir(folder).into_iter().flatten().flatten() {
        if item.file_name().to_string_lossy().starts_with(prefix) && item.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = fs::remove_dir_all(item.path());
        }
    }
}
