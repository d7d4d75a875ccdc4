//! Where a site may be written.

use std::ffi::OsString;
use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::folder::FolderError;
use crate::folder::names::FOLDERS;

/// An output folder that may be written to: it is not, does not hold and does not lie in what staff wrote.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OutputFolder {
    root: PathBuf,
    place: PathBuf,
}

impl OutputFolder {
    /// `output` is taken from the site's root when it is not absolute. It need not be there yet.
    pub fn new(root: &Path, output: &Path) -> Result<OutputFolder, FolderError> {
        let refused = |why: String| FolderError::Output { path: output.to_owned(), why };
        let root = fs::canonicalize(root).map_err(FolderError::disk("read", root))?;
        let asked = root.join(output);
        let place = resolved(&asked).map_err(refused)?;
        if root.starts_with(&place) {
            return Err(refused("it is, or holds, the site's own folder".to_owned()));
        }
        for name in FOLDERS.into_iter().chain([".git", ".handbill"]) {
            let kept = root.join(name);
            let kept = fs::canonicalize(&kept).unwrap_or(kept);
            if place.starts_with(&kept) || kept.starts_with(&place) {
                return Err(refused(format!("it is, holds or lies in `{name}`")));
            }
        }
        if place.components().any(|part| part.as_os_str() == ".git") {
            return Err(refused("it lies in a `.git`".to_owned()));
        }
        if asked.starts_with(&root) && !place.starts_with(&root) {
            return Err(refused(format!("it is a link that leads out of the site's folder, to {}", place.display())));
        }
        if place.join("site.toml").exists() {
            return Err(refused("it has a `site.toml`, so it is a site's own folder".to_owned()));
        }
        if fs::metadata(&place).is_ok_and(|found| !found.is_dir()) {
            return Err(refused("it is a file".to_owned()));
        }
        Ok(OutputFolder { root, place })
    }

    /// The site's root, links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder, links resolved.
    pub fn place(&self) -> &Path {
        &self.place
    }

    /// As it is named to people: from the root where it lies there.
    pub fn shown(&self) -> String {
        self.place.strip_prefix(&self.root).unwrap_or(&self.place).display().to_string()
    }

    /// A name for it among the files of the state: by the place from the root, so that a site may be moved.
    pub fn name(&self) -> String {
        let inside = self.place.strip_prefix(&self.root).unwrap_or(&self.place);
        let hash = blake3::hash(inside.as_os_str().as_encoded_bytes()).to_hex();
        let name: String = inside
            .file_name()
            .map(|name| name.to_string_lossy().chars().filter(char::is_ascii_alphanumeric).take(20).collect())
            .unwrap_or_default();
        format!("{name}-{}", &hash.as_str()[..16])
    }

    /// The file in `.handbill/` that remembers what was written here.
    pub(super) fn memory_name(&self) -> String {
        format!("outputs/{}.txt", self.name())
    }
}

/// The path with all links resolved, as far as it is there already.
fn resolved(asked: &Path) -> Result<PathBuf, String> {
    let mut there = asked.to_owned();
    let mut rest: Vec<OsString> = Vec::new();
    while fs::symlink_metadata(&there).is_err() {
        match there.components().next_back() {
            Some(Component::Normal(name)) => rest.push(name.to_owned()),
            _ => return Err("its path leads through a folder that is not there".to_owned()),
        }
        there.pop();
    }
    let mut place = fs::canonicalize(&there).map_err(|_| "it is, or lies behind, a link that leads nowhere".to_owned())?;
    place.extend(rest.iter().rev());
    Ok(place)
}
