//! `site.data`: the tables of `content/data/` for templates that ask for them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::library::data::folded;
use crate::library::{CellValue, DataTable, Library};
use crate::theme::Theme;

/// A table as templates see it.
#[derive(Serialize, Debug)]
pub struct Table {
    /// The names of its columns, as written.
    pub columns: Vec<String>,
    /// Its records: the cells by the names of their columns, in small letters with `_` for blanks and hyphens: `row.card_needed`. A cell is a
    /// text, a number, true or false, a list of texts, or empty (`null`).
    pub rows: Vec<BTreeMap<String, Value>>,
}

/// All tables, if a template asks for `site.data`: pages that use none are not made anew when a table changes.
pub(super) fn asked_for(library: &Library, theme: &Theme) -> BTreeMap<String, Table> {
    let asks = |template: &str| {
        theme.asked_for(template).iter().any(|path| matches!(path.names.as_slice(), [site, data, ..] if site == "site" && data == "data"))
    };
    if !theme.template_names().any(asks) {
        return BTreeMap::new();
    }
    library.tables.iter().map(|(name, table)| (name.clone(), of(table))).collect()
}

fn of(table: &DataTable) -> Table {
    let names: Vec<String> = table.columns.iter().map(|column| folded(column).replace(' ', "_")).collect();
    let cell = |value: &CellValue| match value {
        CellValue::Nothing => Value::Null,
        CellValue::Text(text) => Value::from(text.as_str()),
        CellValue::Number(number, _) => Value::from(*number),
        CellValue::YesNo(yes) => Value::from(*yes),
        CellValue::List(texts) => Value::from(texts.clone()),
    };
    let row = |cells: &[crate::library::Cell]| names.iter().cloned().zip(cells.iter().map(|one| cell(&one.value))).collect();
    Table {
        columns: table.columns.iter().map(ToString::to_string).collect(),
        rows: table.rows.iter().map(|record| row(&record.cells)).collect(),
    }
}
