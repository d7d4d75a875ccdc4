//! Reading the site's folder, on several threads.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::FileId;
use crate::folder::FolderError;
use crate::folder::names::{self, FOLDERS, Reading, Verdict};
use crate::folder::tree::{Found, Walk};
use crate::pictures;
use crate::source::{ContentHash, File, FileKind, Files};

/// Reads `site.toml`, `content/`, `themes/` and `announce/`.
///
/// A file that is not what its name says is there, as [`FileKind::Broken`]; what was passed over is listed. An error is only what the
/// operating system refuses, and a root without `site.toml`.
pub fn read(root: &Path) -> Result<Files, FolderError> {
    let root = resolved(root)?;
    let tree = Walk::new(root).everything()?;
    let mut left_out = tree.left_out;
    left_out.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(Files::new(files(&tree.found)?, left_out))
}

/// The same folder once more, where only these paths changed (as the disk names them, or from the root): nothing else is read again.
/// The root itself among them stands for everything.
pub fn read_again(root: &Path, before: &Files, changed: &[PathBuf]) -> Result<Files, FolderError> {
    let given = root;
    let root = resolved(root)?;
    if changed.iter().any(|path| *path == root || path == given) {
        return read(&root);
    }
    let mut parts: Vec<String> = changed.iter().filter_map(|path| part(&root, given, path)).collect();
    parts.sort();
    // A part that lies in another is read with it.
    parts.dedup_by(|later, kept| within(later, kept));
    let gone = |file: &FileId| parts.iter().any(|part| within(file.path(), part));
    let tree = Walk::new(root).parts(parts.iter().map(String::as_str))?;
    Ok(before.replaced(gone, files(&tree.found)?, tree.left_out))
}

/// Does the path lie in the folder `part`, or is it that?
fn within(path: &str, part: &str) -> bool {
    path.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// A changed path as a part of the site; none when the site does not read it.
fn part(root: &Path, given: &Path, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root).or_else(|_| path.strip_prefix(given)).unwrap_or(path);
    let mut part = String::new();
    for component in inside.components() {
        let std::path::Component::Normal(name) = component else { return None };
        let name = name.to_str()?;
        if !part.is_empty() {
            part.push('/');
        }
        part.push_str(name);
        if matches!(names::judge(name, &part), Verdict::Pass) {
            return None;
        }
        if matches!(names::judge(name, &part), Verdict::LeaveOut(_)) {
            // Its folder lists it as left out: that is read again, or forgotten when it is gone.
            return Some(part.rsplit_once('/')?.0.to_owned()).filter(|part| ours(part));
        }
    }
    ours(&part).then_some(part)
}

fn ours(part: &str) -> bool {
    let first = part.split('/').next().unwrap_or_default();
    part == "site.toml" || FOLDERS.contains(&first)
}

fn resolved(root: &Path) -> Result<PathBuf, FolderError> {
    let root = fs::canonicalize(root).map_err(FolderError::disk("read", root))?;
    if root.join("site.toml").is_file() { Ok(root) } else { Err(FolderError::NoSite(root)) }
}

fn files(found: &[Found]) -> Result<Vec<File>, FolderError> {
    let read: Result<Vec<Option<File>>, FolderError> = found.par_iter().with_min_len(16).map(file).collect();
    Ok(read?.into_iter().flatten().collect())
}

/// What most files fit into: they are read into the same memory, one after the other.
const SMALL: usize = 32 << 10;

thread_local! {
    static SPACE: RefCell<Vec<u8>> = RefCell::new(vec![0; SMALL]);
}

/// One file; none when it went away since it was found.
fn file(found: &Found) -> Result<Option<File>, FolderError> {
    SPACE.with_borrow_mut(|space| match take(&found.place, space) {
        Ok(Taken::Small(length)) => Ok(Some(understood(&found.path, space.get(..length).unwrap_or_default()))),
        Ok(Taken::Large(bytes)) => Ok(Some(understood(&found.path, &bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FolderError::disk("read", &found.place)(error)),
    })
}

fn understood(path: &str, bytes: &[u8]) -> File {
    File { id: FileId::new(path), hash: ContentHash::of(bytes), bytes: bytes.len() as u64, kind: kind(path, bytes) }
}

enum Taken {
    /// So many bytes are in the space that was handed in.
    Small(usize),
    /// They did not fit.
    Large(Vec<u8>),
}

/// All bytes of a file.
fn take(place: &Path, space: &mut [u8]) -> io::Result<Taken> {
    let mut file = fs::File::open(place)?;
    let mut filled = 0;
    while let Some(room) = space.get_mut(filled..).filter(|room| !room.is_empty()) {
        match file.read(room) {
            Ok(0) => return Ok(Taken::Small(filled)),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let mut bytes = space.to_vec();
    file.read_to_end(&mut bytes)?;
    Ok(Taken::Large(bytes))
}

fn kind(path: &str, bytes: &[u8]) -> FileKind {
    match names::reading(path) {
        Reading::Text => match std::str::from_utf8(bytes) {
            Ok(text) => FileKind::Text(Arc::from(text)),
            Err(error) => FileKind::Broken(not_text(bytes, error.valid_up_to())),
        },
        Reading::Picture => match pictures::measure(&names::ending(path), bytes) {
            Ok(of) => FileKind::Picture { format: of.format, width: of.width, height: of.height },
            Err(why) => FileKind::Broken(why),
        },
        Reading::Other => FileKind::Other,
    }
}

/// Where a text stops being UTF-8, in words that lead to the place.
fn not_text(bytes: &[u8], at: usize) -> String {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return "it is saved as UTF-16; save it as UTF-8".to_owned();
    }
    let line = bytes.get(..at).unwrap_or_default().split(|byte| *byte == b'\n').count();
    format!("it is not UTF-8 text at byte {at}, in line {line}; save it as UTF-8")
}
