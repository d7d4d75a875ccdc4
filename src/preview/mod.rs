//! The live preview: the site while it is written.
//!
//! Nothing is written to disk. The folder is read once and again what changed in it; a page is made when a browser asks for it. Every page
//! that goes out carries a few lines of script, which wait for word of a new version and load the page anew. While something is wrong the
//! last good site stays, and what is wrong lies over it.
//!
//! - [`serve`] the server, on this machine only
//! - `/_handbill/wall/` the practice posts, as staff would see them on a platform
//!
//! Pages on other hosts must not read a preview (drafts are in it) nor make it do things: requests are answered only under a name of this
//! machine, so that no foreign name that leads here (DNS rebinding) is, and nothing but reading is possible at all.

mod answer;
mod guard;
mod media;
mod page;
mod server;
mod state;
mod wall;

#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

pub use server::serve;

use crate::build::{Loaded, Moment};
use crate::content::Drafts;
use crate::folder::FolderError;

/// What to show, and where.
#[derive(Clone)]
pub struct PreviewOptions {
    /// The site's root.
    pub root: PathBuf,
    /// The port on this machine; 0 for any that is free.
    pub port: u16,
    /// Are drafts shown?
    pub drafts: Drafts,
    /// Asked each time the site is read: when it is.
    pub clock: Clock,
}

/// Says when it is.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// What happens in a preview, for whoever started it.
pub enum Told<'a> {
    /// It can be looked at, at this address of this machine.
    Listening(SocketAddr),
    /// The folder was read; when it holds errors, the site before stays.
    Read(&'a Loaded),
    /// The folder could not be read again; the site before stays.
    Trouble(&'a FolderError),
}

/// Takes what happens.
pub type Tell = Arc<dyn Fn(Told<'_>) + Send + Sync>;

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The folder cannot be read or watched.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// Another program listens there, or the port is not ours to take.
    #[error("port {port} cannot be used: {source}")]
    Port {
        /// The port.
        port: u16,
        /// In the system's words.
        source: io::Error,
    },
    /// The server broke off.
    #[error("the preview broke off: {0}")]
    Server(io::Error),
}
