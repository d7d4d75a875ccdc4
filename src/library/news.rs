//! News: dated posts.

use crate::calendar::NaiveDate;
use crate::library::{Entry, Slug};

/// A dated post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// Title, address, words.
    pub entry: Entry,
    /// Its day.
    pub date: NaiveDate,
    /// The day it was last changed.
    pub updated: Option<NaiveDate>,
    /// Who wrote it.
    pub author: Option<String>,
    /// For whom.
    pub audience: Vec<Slug>,
    /// About what.
    pub topics: Vec<Slug>,
}
