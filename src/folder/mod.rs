//! The disk: reading a site's folder, writing its output, keeping its state.
//!
//! [`read`] takes in `site.toml`, `content/`, `themes/` and `announce/` at once, as [`Files`]; [`watch`] says when to read again. [`write()`]
//! puts a whole site into its output folder: everything is made first, on the side, and only then is anything of the output touched. What was
//! written is remembered in `.handbill/outputs/`, so that the next build writes only what changed and removes only what is ours.
//!
//! - [`read`] [`read_again`] the folder → [`Files`]; [`Disk`] the bytes of pictures; [`find_root`]
//! - [`OutputFolder`] where a site may be written; [`write()`] how it is
//! - [`replace`] [`create`] the files that people write
//! - [`OutputFolder`] where a site may be written; [`write()`] how it is, [`stands`] whether it still is
//! - [`state`] `.handbill/`, readable by nobody else
//! - [`watch()`] what changed
//!
//! A file's name is checked before anything is read, and links are resolved before they are checked to stay in the folder.
//!
//! [`Files`]: crate::source::Files

mod author;
mod disk;
mod memory;
mod names;
mod output;
mod place;
mod read;
mod stage;
pub mod state;
mod tree;
mod watch;
mod write;

#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};

pub use author::{create, replace};
pub use disk::Disk;
pub use memory::Mark;
pub use output::OutputFolder;
pub use read::{read, read_again};
pub use watch::{Watcher, watch};
pub use write::{Step, Steps, Wanted, WriteError, Written, mark, stands, write};

use crate::diagnostic::{Diagnostic, codes};

/// What the disk would not do, or must not be asked to.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// No folder up from here has a `site.toml`.
    #[error("there is no `site.toml` in {} or in a folder above it", .0.display())]
    NoSite(PathBuf),
    /// The operating system refused.
    #[error("{} cannot be {what}: {source}", path.display())]
    Disk {
        /// What was to be done: "read", "written".
        what: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// In the system's words.
        source: io::Error,
    },
    /// The output folder is, holds or lies in what must not be overwritten.
    #[error("{} cannot be the output folder: {why}", path.display())]
    Output {
        /// The folder that was asked for.
        path: PathBuf,
        /// In plain words.
        why: String,
    },
    /// A link in the output folder leads out of it.
    #[error("{} is a link that leads out of the output folder, and nothing is written through it", .0.display())]
    LinkOut(PathBuf),
    /// Something that is not ours stands where we have to write.
    #[error("{} is in the way: {why}", path.display())]
    InTheWay {
        /// What stands there.
        path: PathBuf,
        /// In plain words.
        why: &'static str,
    },
    /// A path of the output that could leave it.
    #[error("\"{0}\" cannot be a file of the output folder")]
    Path(String),
    /// Two paths of the output that cannot both be there, on every disk.
    #[error("\"{path}\" and \"{other}\" cannot both be files of the output folder")]
    Clash {
        /// The later one.
        path: String,
        /// The same in small letters, or a folder of the first, or the other way round.
        other: String,
    },
    /// Files that no build remembers writing would be replaced by others; by path.
    #[error("{} would be replaced, and Handbill did not write {}", listed(.0), if .0.len() == 1 { "it" } else { "them" })]
    NotOurs(Vec<PathBuf>),
    /// `.handbill` is not a folder of the site.
    #[error("{} must be a folder, not a link or a file", .0.display())]
    State(PathBuf),
    /// A file that people write holds something else than when it was read.
    #[error("{} was changed by somebody else just now, and is left as it is", .0.display())]
    Changed(PathBuf),
    /// A new file would replace one that is there.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// A file of the site is a link to somewhere else.
    #[error("{} leads out of the site's folder, and nothing is written through it", .0.display())]
    Elsewhere(PathBuf),
    /// Whoever watches the build asked it to stop.
    #[error("stopped before it was done; the next build completes it")]
    Stopped,
}

impl FolderError {
    /// Makes one of the operating system's refusal.
    pub(crate) fn disk<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> FolderError + 'a {
        move |source| FolderError::Disk { what, path: path.to_owned(), source }
    }
}

impl From<&FolderError> for Diagnostic {
    fn from(error: &FolderError) -> Diagnostic {
        let (code, help) = match error {
            FolderError::NoSite(_) => {
                (codes::NO_SITE, "go to the site's folder, name it with `--root DIR`, or begin one with `handbill init DIR`")
            }
            FolderError::Disk { .. } => {
                (codes::DISK, "look whether the file or folder is there, who owns it, and whether the disk is full")
            }
            FolderError::Output { .. } => (codes::OUTPUT, "name a folder of its own: `--output public`"),
            FolderError::LinkOut(_) => (codes::LINK_OUT, "remove the link, or name the folder that it leads to with `--output`"),
            FolderError::InTheWay { .. } => (codes::IN_THE_WAY, "move it elsewhere, then build again"),
            FolderError::Path(_) => (codes::OUTPUT_PATH, "give the page another slug or file name"),
            FolderError::Clash { .. } => {
                (codes::OUTPUT_PATH, "rename one of the two files, or give one of the two pages another slug or alias")
            }
            FolderError::NotOurs(_) => (
                codes::NOT_OURS,
                "move away what somebody may still need; or, if it is of an earlier build, the whole folder; or build into another with `--output`",
            ),
            FolderError::State(_) => (codes::STATE, "move it elsewhere: Handbill makes the folder itself"),
            FolderError::Changed(_) => (codes::EDIT_CHANGED, "run the command again"),
            FolderError::Exists(_) => (codes::FILE_THERE, "open it and change what it says; or give the new one another title"),
            FolderError::Elsewhere(_) => (codes::LINK_ELSEWHERE, "change the file that the link leads to yourself"),
            FolderError::Stopped => (codes::STOPPED, "run `handbill build` again"),
        };
        Diagnostic::error(code, error.to_string()).help(help)
    }
}

/// The first few, and how many more.
fn listed(paths: &[PathBuf]) -> String {
    let (first, rest) = paths.split_at(paths.len().min(5));
    let first: Vec<String> = first.iter().map(|path| path.display().to_string()).collect();
    let more = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    format!("{}{more}", first.join(", "))
}

/// The nearest folder up from `start`, itself among them, that has a `site.toml`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().find(|folder| folder.join("site.toml").is_file()).map(Path::to_owned)
}
