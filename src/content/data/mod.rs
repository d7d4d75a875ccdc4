//! `content/data/`: tables for templates, the databases list, staff, booklists.
//!
//! A table is a list of records, written in one of four forms that all give the same [`DataTable`]. CSV is what a spreadsheet saves: the
//! first row names the columns. In the others each record names its own values, and the columns are those that any record has.
//!
//! TOML and JSON say themselves what is a number; in CSV and YAML a column is one of numbers, or of yes and no, when every cell of it is
//! one, so that a postcode with a 0 before it, or a book named "No", stays as it was written.
//!
//! - [`csv`] [`json`] [`yaml`] one form each, as rows of cells with their places; TOML is read as site.toml is

mod csv;
mod json;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::content::addresses::{self, CONTENT};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::library::data::folded;
use crate::library::{Cell, CellValue, DataTable, Record};
use crate::settings::{self, Value};
use crate::source::{File, FileKind};
use crate::text::slugify;

/// The folder below `content/`.
const FOLDER: &str = "data/";

/// A table holds no more cells than this; a larger one belongs into a catalogue.
const MOST_CELLS: usize = 50_000;

/// A table has no more columns than this: more are those that a spreadsheet saves by mistake.
const MOST_COLUMNS: usize = 500;

/// One record before all columns are known.
struct Row {
    span: Span,
    cells: Vec<Named>,
}

/// A cell with the name of its column.
struct Named {
    cell: Cell,
    column: String,
    column_span: Span,
    /// Does its form, or a quote, say what it is? Else its column will.
    typed: bool,
}

/// Is this file a table? Its path is from the root.
pub(super) fn is_table(file: &FileId) -> bool {
    let below = file.path().strip_prefix(CONTENT).and_then(|path| path.strip_prefix(FOLDER));
    below.is_some() && matches!(addresses::extension(file.path()).as_str(), "csv" | "yaml" | "yml" | "toml" | "json")
}

/// Reads one table.
pub(super) fn read(file: &File, wrong: &mut Diagnostics) -> Option<DataTable> {
    let id = &file.id;
    let name = name_of(id, wrong)?;
    let ending = addresses::extension(id.path());
    let text = match &file.kind {
        FileKind::Text(text) => text,
        FileKind::Broken(why) => {
            wrong.push(
                Diagnostic::error(codes::NOT_TEXT, format!("the table can't be read as text: {why}"))
                    .at(id, 0..0)
                    .help("in Excel, choose Save as and the kind \"CSV UTF-8\"; in Notepad, the encoding UTF-8"),
            );
            return None;
        }
        FileKind::Picture { .. } | FileKind::Other => return None,
    };
    let rows = match ending.as_str() {
        "csv" => csv::read(id, text, wrong),
        "json" => json::read(id, text, wrong),
        "toml" => toml(id, text, wrong),
        _ => yaml::read(id, text, wrong),
    }?;
    gather(id, name, rows, wrong)
}

/// Two tables cannot have one name.
pub(super) fn by_name(all: Vec<DataTable>, wrong: &mut Diagnostics) -> BTreeMap<String, Arc<DataTable>> {
    let mut tables: BTreeMap<String, Arc<DataTable>> = BTreeMap::new();
    for table in all {
        match tables.get(&table.name) {
            Some(first) => wrong.push(
                Diagnostic::error(codes::DATA_NAME, format!("two tables have the name `{}`", table.name))
                    .at(&table.file, 0..0)
                    .also(&first.file, 0..0, "the first one")
                    .help("rename one of the two; the ending and capitals do not tell them apart"),
            ),
            None => drop(tables.insert(table.name.clone(), Arc::new(table))),
        }
    }
    tables
}

/// `booklists/mysteries` of `content/data/booklists/Mysteries.csv`.
fn name_of(file: &FileId, wrong: &mut Diagnostics) -> Option<String> {
    let path = file.path().strip_prefix(CONTENT)?.strip_prefix(FOLDER)?;
    let path = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let parts: Option<Vec<_>> = path.split('/').map(slugify).collect();
    let Some(parts) = parts else {
        wrong.push(
            Diagnostic::error(codes::DATA_NAME, "the table's name holds no letter that it could be called by")
                .at(file, 0..0)
                .help("rename the file with small letters, digits and hyphens: `content/data/staff.csv`"),
        );
        return None;
    };
    Some(parts.iter().map(crate::text::Slug::as_str).collect::<Vec<_>>().join("/"))
}

/// The columns of all rows, and each row filled up to them.
fn gather(file: &FileId, name: String, rows: Vec<Row>, wrong: &mut Diagnostics) -> Option<DataTable> {
    let cells: usize = rows.iter().map(|row| row.cells.len()).sum();
    if cells > MOST_CELLS {
        wrong.push(too_large(file));
        return None;
    }
    // Name as compared, name as written, where first, in how many rows.
    let mut columns: Vec<(String, Arc<str>, Span, usize)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut typed: Vec<bool> = Vec::new();
    let mut records: Vec<Record> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells: Vec<Option<Cell>> = vec![None; columns.len()];
        for Named { column, column_span, cell, typed: says_itself } in row.cells {
            let key = folded(&column);
            let at = *places.entry(key.clone()).or_insert_with(|| {
                columns.push((key, Arc::from(column.as_str()), column_span.clone(), 0));
                typed.push(false);
                columns.len() - 1
            });
            if columns.len() > MOST_COLUMNS {
                wrong.push(too_wide(file, columns.len(), column_span));
                return None;
            }
            cells.resize(columns.len().max(cells.len()), None);
            if let Some(slot) = cells.get_mut(at)
                && slot.is_none()
            {
                columns[at].3 += 1;
                typed[at] |= says_itself && !cell.value.is_nothing();
                *slot = Some(cell);
            } else {
                wrong.push(
                    Diagnostic::error(codes::TWICE, format!("`{column}` stands a second time in this record"))
                        .at(file, column_span)
                        .help("keep one of the two"),
                );
            }
        }
        let or_nothing = |cell: Option<Cell>| cell.unwrap_or(Cell { value: CellValue::Nothing, span: row.span.clone() });
        records.push(Record { cells: cells.into_iter().map(or_nothing).collect(), span: row.span.clone() });
        if columns.len().saturating_mul(records.len()) > 2 * MOST_CELLS {
            wrong.push(too_large(file));
            return None;
        }
    }
    for record in &mut records {
        let span = record.span.clone();
        record.cells.resize(columns.len(), Cell { value: CellValue::Nothing, span });
    }
    for at in typed.iter().enumerate().filter(|(_, typed)| !**typed).map(|(at, _)| at) {
        type_column(&mut records, at);
    }
    misspelt(file, &columns, &records, wrong);
    Some(DataTable { name, file: file.clone(), columns: columns.into_iter().map(|(_, name, ..)| name).collect(), rows: records })
}

/// A column that one record alone has, and that reads like one that this record lacks.
fn misspelt(file: &FileId, columns: &[(String, Arc<str>, Span, usize)], records: &[Record], wrong: &mut Diagnostics) {
    if records.len() < 3 {
        return;
    }
    for (at, (key, name, span, _)) in columns.iter().enumerate().filter(|(_, column)| column.3 == 1) {
        let holder = records.iter().find(|record| record.cells.get(at).is_some_and(|cell| cell.span != record.span));
        let Some(record) = holder else { continue };
        let lacks = |other: usize| record.cells.get(other).is_some_and(|cell| cell.value.is_nothing());
        let others = columns.iter().enumerate().filter(|(other, column)| column.3 > 1 && lacks(*other));
        if let Some(meant) = nearest(key, others.map(|(_, column)| column.0.as_str())) {
            let meant = columns.iter().find(|column| column.0 == meant).map_or(meant, |column| &column.1);
            wrong.push(
                Diagnostic::warning(codes::DATA_ROW, format!("only this record has `{name}`"))
                    .at_noted(file, span.clone(), format!("did you mean `{meant}`?"))
                    .help(format!("write `{meant}`, as the other records do")),
            );
        }
    }
}

fn too_large(file: &FileId) -> Diagnostic {
    Diagnostic::error(codes::DATA_LARGE, format!("the table holds more than {MOST_CELLS} cells"))
        .at(file, 0..0)
        .help("take out the columns and rows that no page shows, or split it into several tables")
}

/// The place is that of the first column too many.
fn too_wide(file: &FileId, columns: usize, at: Span) -> Diagnostic {
    let many = if columns == MOST_COLUMNS + 1 { format!("at least {columns}") } else { columns.to_string() };
    Diagnostic::error(codes::DATA_LARGE, format!("the table has {many} columns, and {MOST_COLUMNS} is the most"))
        .at(file, at)
        .help("delete the columns that hold nothing in the spreadsheet, and save it again; or name the columns in the first row, and write each record in a row below")
}

/// Makes a column one of numbers, or of yes and no, if every cell that holds something is one.
fn type_column(records: &mut [Record], at: usize) {
    let texts = || records.iter().filter_map(|record| record.cells.get(at)).filter(|cell| !cell.value.is_nothing());
    let all = |is: fn(&str) -> bool| texts().all(|cell| matches!(&cell.value, CellValue::Text(text) if is(text)));
    let make: fn(&str) -> Option<CellValue> = if texts().next().is_none() {
        return;
    } else if all(|text| yes_or_no(text).is_some()) {
        |text| yes_or_no(text).map(CellValue::YesNo)
    } else if all(|text| number(text).is_some()) {
        |text| number(text).map(|number| CellValue::Number(number, text.to_owned()))
    } else {
        return;
    };
    for cell in records.iter_mut().filter_map(|record| record.cells.get_mut(at)) {
        if let CellValue::Text(text) = &cell.value
            && let Some(value) = make(text)
        {
            cell.value = value;
        }
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" => Some(true),
        "no" | "false" => Some(false),
        _ => None,
    }
}

/// A number that is written as one: no sign but `-`, no 0 before it, at most 15 digits.
fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = all_digits(whole) && all_digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    (plain && digits.len() <= 16).then(|| text.parse().ok()).flatten()
}

/// A text as a cell: without characters that no page shows, and nothing when nothing is left.
fn text_value(text: &str) -> CellValue {
    let shown: String = text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let trimmed = shown.trim();
    if trimmed.is_empty() { CellValue::Nothing } else { CellValue::Text(trimmed.to_owned()) }
}

/// `[[staff]]` and its keys, once a record.
fn toml(file: &FileId, text: &str, wrong: &mut Diagnostics) -> Option<Vec<Row>> {
    let mut found = Diagnostics::new();
    let root = settings::parse_toml(file, text, &mut found);
    let broken = !found.is_empty();
    wrong.append(found);
    if broken {
        return None;
    }
    let [(_, _, list)] = root.0.as_slice() else {
        let at = root.0.get(1).map_or(0..0, |(_, span, _)| span.clone());
        let said = if root.0.is_empty() { "the table is empty" } else { "a table in TOML is one list of records" };
        wrong.push(Diagnostic::error(codes::DATA_TABLE, said).at(file, at).help(TOML_HELP));
        return None;
    };
    let Value::Array(items) = &list.value else {
        wrong.push(
            Diagnostic::error(codes::DATA_TABLE, format!("a list of records is wanted, not {}", list.value.kind()))
                .at(file, list.span.clone())
                .help(TOML_HELP),
        );
        return None;
    };
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let Value::Table(table) = &item.value else {
            wrong.push(
                Diagnostic::error(codes::DATA_TABLE, format!("a record is wanted here, not {}", item.value.kind()))
                    .at(file, item.span.clone())
                    .help(TOML_HELP),
            );
            continue;
        };
        let cells = table.0.iter().map(|(column, column_span, node)| Named {
            column: column.clone(),
            column_span: column_span.clone(),
            cell: Cell { value: toml_value(file, column, node, wrong), span: node.span.clone() },
            typed: true,
        });
        rows.push(Row { cells: cells.collect(), span: item.span.clone() });
    }
    Some(rows)
}

const TOML_HELP: &str = "write `[[staff]]` on a line of its own for each record, and its values below: `name = \"Maria Ortiz\"`";

fn toml_value(file: &FileId, column: &str, node: &settings::Node, wrong: &mut Diagnostics) -> CellValue {
    let single = |value: &Value| match value {
        Value::String(text) | Value::Date(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(_) | Value::Array(_) | Value::Table(_) => None,
    };
    match &node.value {
        Value::String(text) | Value::Date(text) => text_value(text),
        #[allow(clippy::cast_precision_loss, reason = "numbers of people and years are small; what is shown is what was written")]
        Value::Integer(number) => CellValue::Number(*number as f64, number.to_string()),
        Value::Float(number) => CellValue::Number(*number, number.to_string()),
        Value::Boolean(yes) => CellValue::YesNo(*yes),
        Value::Array(items) => match items.iter().map(|item| single(&item.value)).collect::<Option<Vec<_>>>() {
            Some(texts) => list_value(&texts),
            None => nested(file, column, node.span.clone(), wrong),
        },
        Value::Table(_) => nested(file, column, node.span.clone(), wrong),
    }
}

/// Texts as a cell; empty ones say nothing.
fn list_value(texts: &[String]) -> CellValue {
    let texts: Vec<String> = texts.iter().filter_map(|text| text_value(text).line()).collect();
    if texts.is_empty() { CellValue::Nothing } else { CellValue::List(texts) }
}

/// A cell that holds keys or lists within lists.
fn nested(file: &FileId, column: &str, span: Span, wrong: &mut Diagnostics) -> CellValue {
    wrong.push(
        Diagnostic::error(codes::DATA_CELL, format!("`{column}` holds more than a cell can"))
            .at(file, span)
            .help("a cell is a text, a number, yes or no, or a list of texts; give what is inside columns of its own"),
    );
    CellValue::Nothing
}

fn span_of(range: std::ops::Range<usize>) -> Span {
    crate::content::front_matter::span(&range)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    /// The cells of a table as a template prints them, with what they are.
    fn cells_of(name: &str, text: &str) -> Vec<String> {
        let path = format!("content/data/{name}");
        let files = Files::of_texts([(path.as_str(), text)]);
        let mut wrong = Diagnostics::new();
        let table = read(files.get(&FileId::new(path)).unwrap(), &mut wrong).unwrap();
        assert!(wrong.is_empty(), "{wrong:?}");
        let what = |value: &CellValue| match value {
            CellValue::Nothing => "nothing",
            CellValue::Text(_) => "text",
            CellValue::Number(..) => "number",
            CellValue::YesNo(_) => "yes or no",
            CellValue::List(_) => "list",
        };
        let line = |record: &Record| record.cells.iter().map(|cell| format!("{} {}", what(&cell.value), cell.value)).collect::<Vec<_>>();
        std::iter::once(table.columns.join("|")).chain(table.rows.iter().map(|row| line(row).join("|"))).collect()
    }

    #[test]
    fn the_four_forms_give_one_table() {
        let expected = ["name|born|card|zip", "text Maria|number 1969|yes or no yes|text 02139", "text No|number 7|yes or no no|nothing "];
        assert_eq!(cells_of("a.csv", "name,born,card,zip\nMaria,1969,yes,02139\n\"No\",7,No,\n"), expected);
        assert_eq!(cells_of("a.csv", "\u{feff}name;born;card;zip\r\nMaria;1969;TRUE;02139\r\n;;;\r\nNo;7;FALSE;\r\n"), expected);
        assert_eq!(cells_of("a.yaml", "- {name: Maria, born: 1969, card: yes, zip: 02139}\n- name: No\n  born: 7\n  card: no\n"), expected);
        let toml = "[[p]]\nname = \"Maria\"\nborn = 1969\ncard = true\nzip = \"02139\"\n[[p]]\nname = \"No\"\nborn = 7\ncard = false\n";
        assert_eq!(cells_of("a.toml", toml), expected);
        let json =
            r#"[{"name": "Maria", "born": 1969, "card": true, "zip": "02139"}, {"name": "No", "born": 7, "card": false, "zip": null}]"#;
        assert_eq!(cells_of("a.json", json), expected);
    }

    #[test]
    fn a_quote_makes_a_text_and_brackets_a_list() {
        let expected = ["name|tags", "text 1984|list a, 7", "text 2666|nothing "];
        assert_eq!(cells_of("a.yaml", "books:\n- name: \"1984\"\n  tags: [a, 7]\n- name: 2666\n"), expected);
        assert_eq!(cells_of("a.json", r#"{"books": [{"name": "1984", "tags": ["a", 7]}, {"name": "2666"}]}"#), expected);
    }

    #[test]
    fn a_cell_of_csv_may_hold_its_own_signs() {
        let text = "name,note\n\"Ortiz, Maria\",\"the \"\"new\"\" wing\nfrom May\"\n";
        assert_eq!(cells_of("a.csv", text), ["name|note", "text Ortiz, Maria|text the \"new\" wing\nfrom May"]);
    }

    #[test]
    fn a_table_that_is_too_wide_says_so_once() {
        let said = |name: &str, text: String| {
            let path = format!("content/data/{name}");
            let files = Files::of_texts([(path.as_str(), text.as_str())]);
            let mut wrong = Diagnostics::new();
            let table = read(files.get(&FileId::new(path)).unwrap(), &mut wrong);
            (table.map(|table| table.columns.len()), wrong.iter().map(|one| one.message.clone()).collect::<Vec<_>>())
        };
        let list = |columns: usize, one: fn(usize) -> String| (0..columns).map(one).collect::<Vec<_>>().join(",");
        let csv = |columns| format!("{}\nx{}\n", list(columns, |at| format!("c{at}")), ",".repeat(columns - 1));
        assert_eq!(said("a.csv", csv(500)), (Some(500), vec![]));
        assert_eq!(said("a.csv", csv(20_000)), (None, vec!["the table has 20000 columns, and 500 is the most".to_owned()]));
        let json = format!("[{{{}}}]", list(501, |at| format!("\"c{at}\": 1")));
        assert_eq!(said("a.json", json), (None, vec!["the table has at least 501 columns, and 500 is the most".to_owned()]));
        // Columns without a name behind the last one that has one are no columns.
        assert_eq!(said("a.csv", format!("name{0}\nMaria{0}\n", ",".repeat(5000))), (Some(1), vec![]));
    }

    #[test]
    fn a_column_is_found_however_its_name_is_spaced() {
        let table = DataTable { name: String::new(), file: FileId::new("a"), columns: vec![Arc::from("Card needed")], rows: Vec::new() };
        assert_eq!((table.column("card_needed"), table.column("Card-Needed"), table.column("card")), (Some(0), Some(0), None));
    }
}
