//! What one file of the site is made from.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::FileId;
use crate::library::PagePath;
use crate::theme::AssetBytes;

use super::views::View;
use super::views::shortcodes::Shown;

/// A file's path in the output folder, with forward slashes: `events/story-time/index.html`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The file that answers for an address: `/events/` is `events/index.html`. A path without a leading `/` is one already.
    pub fn of_address(address: &str) -> Self {
        match address.strip_prefix('/') {
            Some(path) if path.is_empty() || path.ends_with('/') => OutputPath(Arc::from(format!("{path}index.html"))),
            Some(path) => OutputPath(Arc::from(path)),
            None => OutputPath(Arc::from(address)),
        }
    }

    /// The path in the output folder.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&PagePath> for OutputPath {
    fn from(path: &PagePath) -> Self {
        OutputPath::of_address(path.as_str())
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OutputPath({})", self.0)
    }
}

/// A hash of all that a file is made from: the view or the text, the templates, the shared frame, the program's version.
pub type Fingerprint = [u8; 32];

/// What a file of the site is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    /// A page for people.
    Page,
    /// A page that leads from an earlier address to the present one.
    Redirect,
    /// A calendar, a feed, a list for machines.
    Feed,
    /// A picture, made for the web.
    Picture,
    /// A file of `content/`, as it is.
    Copy,
    /// A static file of the theme.
    Asset,
}

/// How to make one file of the site.
#[derive(Clone, Debug)]
pub struct Recipe {
    /// Where it goes.
    pub path: OutputPath,
    /// Changes when, and only when, what it is made from does.
    pub fingerprint: Fingerprint,
    /// What it is.
    pub kind: Kind,
    /// The file of the site that it mainly comes from.
    pub source: Option<FileId>,
    pub(super) make: Make,
}

/// What it takes.
#[derive(Clone, Debug)]
pub(super) enum Make {
    /// A view with the template it names, and what the shortcodes in its body show.
    Page(Arc<View>, Arc<[Shown]>),
    /// Text that is already written, in pieces.
    Text(Vec<Arc<str>>),
    /// A picture of `content/`, re-encoded without its metadata.
    Picture(FileId),
    /// A drawing of `content/`, cleaned.
    Drawing(FileId),
    /// The bytes of a file.
    Copy(FileId),
    /// A file of the theme.
    Asset(AssetBytes),
}
