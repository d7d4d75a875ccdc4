//! The kinds of content, one line each: the folder, its words, its keys, its reader.

use crate::content::entry::{Links, Thing, World};
use crate::content::fields::Fields;
use crate::content::{banner, branch, event, news, page, program};
use crate::library::Entry;
use crate::settings::key::Known;

/// One kind of content.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// As commands name it: `event`.
    pub name: &'static str,
    /// With its article, for messages: "an event".
    pub article: &'static str,
    /// The folder of `content/` it stands in, and of the site its addresses begin with; none for pages, which stand anywhere else.
    pub folder: Option<&'static str>,
    /// Has each file a page of its own?
    pub has_page: bool,
    /// Its keys, each with a line for whoever writes it.
    pub keys: &'static [Known],
    /// Reads what is special about it.
    pub(super) read: fn(&mut Fields<'_>, Entry, World<'_>, &mut Links) -> Thing,
}

/// All kinds; the last one is whatever no other is.
pub const KINDS: &[Kind] = &[
    Kind { name: "event", article: "an event", folder: Some("events"), has_page: true, keys: event::KEYS, read: event::read },
    Kind { name: "program", article: "a program", folder: Some("programs"), has_page: true, keys: program::KEYS, read: program::read },
    Kind { name: "branch", article: "a branch", folder: Some("branches"), has_page: true, keys: branch::KEYS, read: branch::read },
    Kind { name: "news", article: "a news post", folder: Some("news"), has_page: true, keys: news::KEYS, read: news::read },
    Kind { name: "banner", article: "a banner", folder: Some("banners"), has_page: false, keys: banner::KEYS, read: banner::read },
    Kind { name: "page", article: "a page", folder: None, has_page: true, keys: page::KEYS, read: page::read },
];

/// The kind of a file, by the folder it stands in; its path is from `content/`.
pub(super) fn kind_of(path: &str) -> &'static Kind {
    let folder = path.split_once('/').map(|(folder, _)| folder);
    KINDS.iter().find(|kind| kind.folder.is_some() && kind.folder == folder).unwrap_or(&KINDS[KINDS.len() - 1])
}
