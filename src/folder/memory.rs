//! What was written into an output folder: `.handbill/outputs/<folder>.txt`, one line a file.
//!
//! It is written *before* the output is touched, with the sizes and times that the files will have. So after a death in the middle it tells
//! the next build everything: a file that looks as remembered was put in place, one that does not is made again. Until the output is whole
//! it also lists what is *leaving*: files to be removed or replaced, as they looked before.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;

use crate::folder::FolderError;
use crate::folder::state::{self, Durable};

const HEAD: &str = "handbill outputs 1";

/// How a file looks from outside: enough to see that nobody touched it since.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Look {
    /// Bytes.
    pub(super) size: u64,
    /// Nanoseconds since 1970.
    pub(super) modified: i128,
}

impl Look {
    /// Of a file; none for what is no file (a link is none).
    pub(super) fn of(found: &fs::Metadata) -> Option<Look> {
        let modified = found.modified().ok()?;
        let modified = match modified.duration_since(UNIX_EPOCH) {
            Ok(after) => i128::try_from(after.as_nanos()).ok()?,
            Err(before) => -i128::try_from(before.duration().as_nanos()).ok()?,
        };
        found.is_file().then_some(Look { size: found.len(), modified })
    }

    /// Of the file at this place, links not followed.
    pub(super) fn at(place: &Path) -> Option<Look> {
        Look::of(&fs::symlink_metadata(place).ok()?)
    }
}

/// The first half of a recipe's fingerprint: enough that two never meet.
pub(super) type ShortPrint = [u8; 16];

/// What an output folder holds, in one hash: every path, and what its file was made from.
pub type Mark = [u8; 32];

/// The mark of these files, in whatever order.
pub(super) fn mark_of<'a>(files: impl Iterator<Item = (&'a str, ShortPrint)>) -> Mark {
    let mut files: Vec<_> = files.collect();
    files.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for (path, print) in files {
        hasher.update(path.as_bytes()).update(&[0]).update(&print);
    }
    *hasher.finalize().as_bytes()
}

/// One file that was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Remembered {
    pub(super) print: ShortPrint,
    pub(super) look: Look,
}

/// All that is remembered of an output folder.
#[derive(Default, Debug)]
pub(super) struct Memory {
    /// By path in the output folder.
    pub(super) files: HashMap<String, Remembered>,
    /// Files that an interrupted build meant to remove or replace, as they looked then.
    pub(super) leaving: HashMap<String, Look>,
}

impl Memory {
    /// What is remembered; none when nothing is, or it cannot be read.
    pub(super) fn load(root: &Path, name: &str) -> Result<Option<Memory>, FolderError> {
        Ok(state::read(root, name)?.and_then(|bytes| Memory::parse(std::str::from_utf8(&bytes).ok()?)))
    }

    /// Writes it down for the next build.
    pub(super) fn save(&self, root: &Path, name: &str) -> Result<(), FolderError> {
        state::write(root, name, self.print().as_bytes(), Durable::No)
    }

    fn print(&self) -> String {
        let mut text = String::with_capacity(self.files.len() * 100 + 32);
        let _ = writeln!(text, "{HEAD}");
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        for (path, Remembered { print, look }) in files {
            let _ = writeln!(text, "{:032x} {} {} {path}", u128::from_be_bytes(*print), look.size, look.modified);
        }
        let mut leaving: Vec<_> = self.leaving.iter().collect();
        leaving.sort_unstable_by_key(|(path, _)| *path);
        for (path, look) in leaving {
            let _ = writeln!(text, "- {} {} {path}", look.size, look.modified);
        }
        text
    }

    fn parse(text: &str) -> Option<Memory> {
        let mut lines = text.lines();
        if lines.next() != Some(HEAD) || !text.ends_with('\n') {
            return None;
        }
        let mut memory = Memory { files: HashMap::with_capacity(text.len() / 90), leaving: HashMap::new() };
        for line in lines {
            let mut parts = line.splitn(4, ' ');
            let (print, size, modified, path) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            let look = Look { size: size.parse().ok()?, modified: modified.parse().ok()? };
            if print == "-" {
                memory.leaving.insert(path.to_owned(), look);
            } else {
                let print = u128::from_str_radix(print, 16).ok()?.to_be_bytes();
                memory.files.insert(path.to_owned(), Remembered { print, look });
            }
        }
        Some(memory)
    }

    /// Is this what the folder holds, each file as it was left, with nothing half done?
    pub(super) fn holds(&self, mark: Mark, output: &Path) -> bool {
        let stands = |(path, known): (&String, &Remembered)| Look::at(&output.join(path)) == Some(known.look);
        self.leaving.is_empty()
            && mark == mark_of(self.files.iter().map(|(path, known)| (path.as_str(), known.print)))
            && self.files.par_iter().all(stands)
    }

    /// Did we ever write a file at this path, however it looks now?
    pub(super) fn knows(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.leaving.contains_key(path)
    }

    /// Did we write the file that looks so at this path?
    pub(super) fn is_ours(&self, path: &str, look: Look) -> bool {
        self.files.get(path).is_some_and(|known| known.look == look) || self.leaving.get(path) == Some(&look)
    }
}

#[cfg(test)]
mod tests {
    use super::{Look, Memory, Remembered};

    #[test]
    fn what_is_remembered_is_read_back() {
        let look = |size| Look { size, modified: 1_764_000_000_123_456_789 };
        let mut memory = Memory::default();
        memory.files.insert("events/tea time/index.html".to_owned(), Remembered { print: [7; 16], look: look(12) });
        memory.leaving.insert("old.html".to_owned(), look(3));
        let read = Memory::parse(&memory.print()).unwrap();
        assert_eq!((read.files, read.leaving), (memory.files, memory.leaving));
    }

    #[test]
    fn a_memory_that_breaks_off_is_none() {
        let text = format!("{}\n{:032x} 1 2 a.html\n", super::HEAD, 5);
        assert!(Memory::parse(&text).is_some());
        for end in 0..text.len() {
            let half = Memory::parse(&text[..end]);
            assert!(half.is_none_or(|half| half.files.is_empty()), "{end}");
        }
    }
}
