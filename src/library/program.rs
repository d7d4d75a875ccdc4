//! Programs: the series that events belong to.

use crate::library::{Entry, Slug};

/// A series that events belong to, such as Story Time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// Title, address, words.
    pub entry: Entry,
    /// Where it stands among the others; smaller first.
    pub order: i64,
    /// For whom.
    pub audience: Vec<Slug>,
    /// About what.
    pub topics: Vec<Slug>,
    /// Whom to ask.
    pub contact: Option<String>,
}
