//! Pages made from the records of a table.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{Page, Picture};
use crate::library::{CellValue, Page as Content, RecordOf};
use crate::site::almanac::Almanac;
use crate::text::capital;

/// `record.html`
#[derive(Serialize, Debug)]
pub struct RecordPage {
    /// What every page has.
    pub page: Page,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// What else its table says of it, a column each; empty cells are left out.
    pub fields: Vec<Field>,
    /// The words that all records of the table share.
    pub body: Arc<str>,
}

/// One cell, with its column's name.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct Field {
    /// The column's name, with a capital.
    pub label: String,
    /// What it holds, a line each.
    pub values: Vec<FieldValue>,
}

/// A value and where it leads.
#[derive(Serialize, PartialEq, Eq, Debug)]
pub struct FieldValue {
    /// Its words.
    pub words: String,
    /// Of an address on the web or by e-mail: where it leads.
    pub href: Option<String>,
}

impl RecordPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, page: &Content, record: &RecordOf) -> RecordPage {
        let entry = &page.entry;
        RecordPage {
            page: almanac.page_of(entry, &entry.title),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            picture: entry.image.as_ref().map(|image| almanac.picture(image)),
            fields: fields(almanac, record),
            body: Arc::clone(&entry.body.html),
        }
    }
}

fn fields(almanac: &Almanac<'_>, record: &RecordOf) -> Vec<Field> {
    let Some(table) = almanac.library.tables.get(&record.table) else { return Vec::new() };
    let Some(row) = table.rows.get(record.row) else { return Vec::new() };
    let columns = table.columns.iter().zip(&row.cells).enumerate().filter(|(at, _)| !record.shown.contains(at));
    let field = |(name, value): (&str, &CellValue)| {
        let values: Vec<FieldValue> = match value {
            CellValue::Nothing => return None,
            CellValue::List(texts) => texts.iter().map(|text| linked(text)).collect(),
            CellValue::YesNo(yes) => vec![FieldValue { words: almanac.say(if *yes { "yes" } else { "no" }), href: None }],
            CellValue::Text(text) => text.lines().map(str::trim).filter(|line| !line.is_empty()).map(linked).collect(),
            CellValue::Number(_, written) => vec![FieldValue { words: written.clone(), href: None }],
        };
        Some(Field { label: capital(&name.replace(['_', '-'], " ")), values })
    };
    columns.filter_map(|(_, (name, cell))| field((name, &cell.value))).collect()
}

/// An address on the web or by e-mail leads there; everything else is words.
fn linked(text: &str) -> FieldValue {
    let one = !text.contains(char::is_whitespace);
    let web = one && url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some());
    if web {
        let words = text.split_once("://").map_or(text, |(_, rest)| rest).trim_start_matches("www.").trim_end_matches('/').to_owned();
        return FieldValue { words, href: Some(text.to_owned()) };
    }
    let mail = one && crate::settings::is_email(text);
    FieldValue { words: text.to_owned(), href: mail.then(|| format!("mailto:{text}")) }
}
