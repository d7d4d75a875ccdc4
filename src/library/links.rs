//! Addresses: where each thing lives.

use std::fmt;
use std::sync::Arc;

pub use crate::text::Slug;

/// The address of a page or file inside the site: `/events/story-time/`, `/calendar.ics`. Begins with `/`, holds no `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PagePath(Arc<str>);

impl PagePath {
    /// The address of a page in these folders: `["events", "story-time"]` is `/events/story-time/`, none is `/`.
    pub fn page<'a>(folders: impl IntoIterator<Item = &'a str>) -> PagePath {
        let mut path = String::from("/");
        for folder in folders {
            path.push_str(folder);
            path.push('/');
        }
        PagePath(Arc::from(path))
    }

    /// The address of a file: `/events/story-time.ics`.
    pub fn file(path: &str) -> PagePath {
        PagePath(Arc::from(format!("/{}", path.trim_start_matches('/'))))
    }

    /// The same address in a folder: `/es/visit/`.
    pub fn below(&self, folder: &str) -> PagePath {
        PagePath(Arc::from(format!("/{folder}{}", self.0)))
    }

    /// With the leading `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file in the output folder that answers for this address: `events/story-time/index.html`.
    pub fn output(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }
}

impl fmt::Display for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PagePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PagePath({})", self.0)
    }
}
