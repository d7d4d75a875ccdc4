//! Pages: everything else.

use crate::calendar::NaiveDate;
use crate::diagnostic::Span;
use crate::library::{Entry, Slug};

/// A page that is nothing more special.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Title, address, words.
    pub entry: Entry,
    /// Where it stands among its neighbors; smaller first.
    pub order: i64,
    /// How the pages below it are sorted.
    pub sort: Sort,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The day its words were last looked over.
    pub updated: Option<NaiveDate>,
    /// For whom.
    pub audience: Vec<Slug>,
    /// About what.
    pub topics: Vec<Slug>,
    /// The menu it stands in.
    pub menu: Option<MenuEntry>,
    /// The record that it shows, of a page that was made from a table.
    pub record: Option<RecordOf>,
}

/// How the pages below a page are sorted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Sort {
    /// By `order`, then title.
    #[default]
    Order,
    /// By title.
    Title,
    /// By date, new to old.
    Date,
}

/// How a page stands in a menu.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MenuEntry {
    /// In the menu at the foot of each page, not the main one at its head?
    pub at_foot: bool,
    /// Its words; none for the page's title.
    pub label: Option<String>,
    /// Smaller first; none for the page's own.
    pub order: Option<i64>,
    /// The label of the entry it stands below, and where that is written.
    pub under: Option<(String, Span)>,
}

/// The record of a table that a page shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordOf {
    /// The table's name.
    pub table: String,
    /// The record's place in it, from 0.
    pub row: usize,
    /// The columns that stand in the page's title, summary or picture already.
    pub shown: Vec<usize>,
}
