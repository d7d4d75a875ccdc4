//! Making single files of a site; pictures only once.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostics;
use crate::folder::state::{self, Durable};
use crate::folder::{Disk, FolderError};
use crate::site::{Kind, Recipe, Site};

const CACHE: &str = "cache/pictures";
/// So many pictures that nobody asks for are kept, for whoever goes back and forth between two versions.
const SPARE: usize = 200;

/// Makes files, and keeps the pictures that it made in `.handbill/cache/`, which may go at any time.
#[derive(Clone, Debug)]
pub struct Kitchen {
    disk: Disk,
    /// The folder of the pictures made before; none when there can be no such folder.
    cache: Option<PathBuf>,
}

impl Kitchen {
    /// For the site of this folder.
    pub fn new(disk: &Disk) -> Kitchen {
        // Without a cache all is made just the same, only later.
        Kitchen { disk: disk.clone(), cache: state::folder_in(disk.root(), CACHE).ok() }
    }

    /// The bytes of one file of the site.
    pub fn cook(&self, site: &Site, recipe: &Recipe) -> Result<Vec<u8>, Diagnostics> {
        let kept = self.cache.as_ref().filter(|_| is_kept(recipe));
        let Some(folder) = kept else { return site.cook(recipe, &self.disk) };
        let name = name(recipe);
        if let Some(bytes) = fs::read(folder.join(&name)).ok().and_then(|sealed| opened(&name, sealed)) {
            return Ok(bytes);
        }
        let bytes = site.cook(recipe, &self.disk)?;
        // One that cannot be kept is made again next time.
        let _ = state::write(self.disk.root(), &format!("{CACHE}/{name}"), &sealed(&name, &bytes), Durable::No);
        Ok(bytes)
    }

    /// Forgets pictures that are not in this site, when there are many.
    pub(super) fn tidy(&self, site: &Site) -> Result<(), FolderError> {
        let Some(folder) = &self.cache else { return Ok(()) };
        let wanted: std::collections::HashSet<String> = site.recipes().iter().filter(|recipe| is_kept(recipe)).map(name).collect();
        let spare: Vec<PathBuf> = spare(folder, |name| wanted.contains(name)).map_err(FolderError::disk("read", folder))?;
        if spare.len() > SPARE {
            for place in spare {
                // One that stays is looked at again next time.
                let _ = fs::remove_file(place);
            }
        }
        Ok(())
    }
}

fn spare(folder: &Path, wanted: impl Fn(&str) -> bool) -> std::io::Result<Vec<PathBuf>> {
    let items = fs::read_dir(folder)?;
    Ok(items.flatten().filter(|item| item.file_name().to_str().is_none_or(|name| !wanted(name))).map(|item| item.path()).collect())
}

/// Is it worth keeping? A drawing is cleaned as fast as it is read, and what cleans it is never passed by.
fn is_kept(recipe: &Recipe) -> bool {
    recipe.kind == Kind::Picture && !recipe.path.as_str().to_ascii_lowercase().ends_with(".svg")
}

/// A picture, or whatever is kept, behind the hash of its name and bytes, so that one cut short, edited or swapped is made again.
pub(super) fn sealed(name: &str, bytes: &[u8]) -> Vec<u8> {
    [seal(name, bytes).as_bytes().as_slice(), bytes].concat()
}

/// What was kept under this name; none when it is not as it was.
pub(super) fn opened(name: &str, mut kept: Vec<u8>) -> Option<Vec<u8>> {
    let bytes = kept.get(blake3::OUT_LEN..)?;
    if kept[..blake3::OUT_LEN] != *seal(name, bytes).as_bytes() {
        return None;
    }
    kept.drain(..blake3::OUT_LEN);
    Some(kept)
}

fn seal(name: &str, bytes: &[u8]) -> blake3::Hash {
    blake3::Hasher::new().update(name.as_bytes()).update(bytes).finalize()
}

/// A picture is known by what it is made from.
fn name(recipe: &Recipe) -> String {
    recipe.fingerprint.iter().take(16).fold(String::new(), |mut name, byte| {
        let _ = write!(name, "{byte:02x}");
        name
    })
}
