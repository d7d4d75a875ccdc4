//! Shortcodes that show records of `content/data/`: a table, a person.

use super::resolve::{Given, Reader};
use super::scan::{Argument, Tag};
use crate::content::entry::find_picture;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Problem, codes};
use crate::library::{Alt, CellValue, DataTable, Image, Shortcode, TableCell};
use crate::settings::is_email;
use crate::text::capital;

/// The table that people stand in.
const STAFF: &str = "staff";

impl Reader<'_, '_> {
    pub(super) fn table(&mut self, given: &Given<'_>) -> Option<Shortcode> {
        let written = given.get("name").filter(|name| !name.value.is_empty())?;
        let tables = self.tables;
        let Some(table) = tables.get(&written.value.to_lowercase()) else {
            let help = match nearest(&written.value, tables.keys().map(String::as_str)) {
                Some(meant) => format!("did you mean `name=\"{meant}\"`?"),
                None if tables.is_empty() => "put the table into `content/data/`, as CSV, YAML, TOML or JSON".to_owned(),
                None => format!("the tables are {}", tables.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
            };
            self.missing(written, format!("there is no table `{}` in `content/data/`", written.value), help);
            return None;
        };
        let addresses = (0..table.columns.len()).find(|column| are_addresses(table, *column));
        let columns = match given.get("columns") {
            Some(list) => self.columns(table, list)?,
            None => (0..table.columns.len()).filter(|column| Some(*column) != addresses || table.columns.len() == 1).collect(),
        };
        let link = addresses.filter(|column| !columns.contains(column));
        let rows = (0..table.rows.len()).map(|row| {
            let cell = |column: &usize| table.cell(row, *column).and_then(|cell| cell.value.line()).unwrap_or_default();
            let mut cells: Vec<TableCell> = columns.iter().map(|column| of_words(cell(column))).collect();
            if let (Some(first), Some(link)) = (cells.first_mut(), link) {
                first.href = first.href.take().or_else(|| web(&cell(&link)));
            }
            cells
        });
        Some(Shortcode::Table {
            heads: columns.iter().filter_map(|column| table.columns.get(*column)).map(|name| capital(&name.replace('_', " "))).collect(),
            rows: rows.collect(),
            caption: given.words("caption"),
        })
    }

    /// The columns that a list of them names.
    fn columns(&mut self, table: &DataTable, list: &Argument) -> Option<Vec<usize>> {
        let mut columns = Vec::new();
        let mut sound = true;
        for name in list.value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if let Some(column) = table.column(name) {
                columns.push(column);
                continue;
            }
            sound = false;
            let help = match nearest(name, table.columns.iter().map(AsRef::as_ref)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("its columns are {}", table.columns.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")),
            };
            self.missing(list, format!("the table `{}` has no column `{name}`", table.name), help);
        }
        sound.then_some(columns).filter(|columns| !columns.is_empty())
    }

    pub(super) fn staff(&mut self, given: &Given<'_>, tag: &Tag) -> Option<Shortcode> {
        let written = given.get("name").filter(|name| !name.value.is_empty())?;
        let Some(table) = self.tables.get(STAFF) else {
            self.wrong(
                Problem::new(codes::SHORTCODE_RECORD, tag.range.clone(), "there is no table of people, from which this could be taken")
                    .help("write `content/data/staff.yaml`, or save it as CSV, with the columns `name`, `role`, `email` and `phone`"),
            );
            return None;
        };
        let named = table.column("name");
        let name_of = |row: usize| named.and_then(|column| table.cell(row, column)).and_then(|cell| cell.value.line());
        let row = (0..table.rows.len()).find(|row| name_of(*row).is_some_and(|name| name.to_lowercase() == written.value.to_lowercase()));
        let Some(row) = row else {
            let names: Vec<String> = (0..table.rows.len()).filter_map(name_of).collect();
            let help = match nearest(&written.value, names.iter().map(String::as_str)) {
                _ if named.is_none() => "the table needs a column `name`".to_owned(),
                Some(meant) => format!("did you mean `name=\"{meant}\"`?"),
                None => format!("its names stand in `{}`, in the column `name`", table.file),
            };
            self.missing(written, format!("`{}` has nobody of the name \"{}\"", table.file, written.value), help);
            return None;
        };
        let first = |names: &[&str]| {
            let mut cells = names.iter().filter_map(|name| table.cell(row, table.column(name)?));
            cells.find(|cell| !cell.value.is_nothing())
        };
        let words = |names: &[&str]| first(names).and_then(|cell| cell.value.line());
        let picture = match first(&["picture", "photo", "image"]) {
            Some(cell) => {
                let path = cell.value.line().unwrap_or_default();
                match find_picture(&table.file, &path, self.links.world.files) {
                    Ok((file, width, height)) => {
                        let hash = self.links.world.files.get(&file)?.hash;
                        Some(Image { file, hash, alt: Alt::Decorative, width, height })
                    }
                    Err(wrong) => {
                        self.links.wrong.push(wrong.into_error(&table.file, cell.span.clone()));
                        return None;
                    }
                }
            }
            None => None,
        };
        Some(Shortcode::Staff {
            name: name_of(row)?,
            role: words(&["role", "title", "position", "job"]),
            email: words(&["email", "e-mail", "mail"]).filter(|email| is_email(email)),
            phone: words(&["phone", "telephone"]),
            about: words(&["about", "bio"]),
            picture,
        })
    }

    fn missing(&mut self, written: &Argument, said: String, help: String) {
        self.wrong(Problem::new(codes::SHORTCODE_RECORD, written.value_at.clone(), said).help(help));
    }
}

/// Does a column hold addresses of the web, and nothing else?
fn are_addresses(table: &DataTable, column: usize) -> bool {
    let mut some = false;
    let all = (0..table.rows.len()).filter_map(|row| table.cell(row, column)).all(|cell| match &cell.value {
        CellValue::Nothing => true,
        value => {
            some = true;
            value.line().is_some_and(|line| web(&line).is_some())
        }
    });
    all && some
}

/// A cell's words, as a link where they are an address.
fn of_words(words: String) -> TableCell {
    if is_email(&words) {
        return TableCell { href: Some(format!("mailto:{words}")), words };
    }
    match web(&words) {
        Some(href) => {
            let shown = words.split_once("://").map_or(words.as_str(), |(_, rest)| rest).trim_start_matches("www.").trim_end_matches('/');
            TableCell { words: shown.to_owned(), href: Some(href) }
        }
        None => TableCell { words, href: None },
    }
}

/// The address, if it is a whole one of the web.
fn web(words: &str) -> Option<String> {
    let url = url::Url::parse(words).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    (url.host_str().is_some() && url.username().is_empty() && url.password().is_none() && !words.contains(' ')).then(|| url.to_string())
}
