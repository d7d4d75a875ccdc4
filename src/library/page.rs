//! Pages: everything else.

use crate::library::Entry;

/// A page that is nothing more special.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Title, address, words.
    pub entry: Entry,
    /// Where it stands among its neighbours; smaller first.
    pub order: i64,
    /// Its label in the main menu, if it stands there.
    pub menu: Option<String>,
}
