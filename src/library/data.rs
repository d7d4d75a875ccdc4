//! Tables: the databases list, staff, booklists.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{FileId, Span};

/// A table of `content/data/`: a list of records that all have the same columns.
#[derive(Clone, PartialEq, Debug)]
pub struct DataTable {
    /// Its path below `content/data/` without the ending, each part as a slug: `staff`, `booklists/mysteries`.
    pub name: String,
    /// The file it stands in.
    pub file: FileId,
    /// The names of its columns as written, in the order in which they are first seen; no two differ in capitals, blanks or hyphens alone.
    pub columns: Vec<Arc<str>>,
    /// Its records, in the order written.
    pub rows: Vec<Record>,
}

/// One record: as many cells as its table has columns.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// Where it begins in the file.
    pub span: Span,
    /// Its cells, in the order of the columns.
    pub cells: Vec<Cell>,
}

/// One cell, and where it stands; a cell that was left out stands where its record does.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    /// What it holds.
    pub value: CellValue,
    /// Where.
    pub span: Span,
}

/// What a cell holds. [`fmt::Display`] prints it for people.
#[derive(Clone, PartialEq, Debug)]
pub enum CellValue {
    /// Nothing was written.
    Nothing,
    /// A text; it may hold line ends, and is never empty.
    Text(String),
    /// A number, and how it was written.
    Number(f64, String),
    /// Yes or no.
    YesNo(bool),
    /// Several texts.
    List(Vec<String>),
}

impl DataTable {
    /// The place of a column; capitals do not matter, nor whether its words are set apart by blanks, hyphens or underscores.
    pub fn column(&self, name: &str) -> Option<usize> {
        let wanted = folded(name);
        self.columns.iter().position(|column| folded(column) == wanted)
    }

    /// The cell of a record in a column.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.cells.get(column)
    }
}

/// A column's name as names are compared.
pub fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-', '_'], " ")
}

impl CellValue {
    /// Is there nothing in it?
    pub fn is_nothing(&self) -> bool {
        matches!(self, CellValue::Nothing)
    }

    /// Its words on one line; none when there is nothing in it.
    pub fn line(&self) -> Option<String> {
        let words = self.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some(words)
    }
}

impl fmt::Display for CellValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellValue::Nothing => Ok(()),
            CellValue::Text(text) => f.write_str(text),
            CellValue::Number(_, written) => f.write_str(written),
            CellValue::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            CellValue::List(texts) => f.write_str(&texts.join(", ")),
        }
    }
}
