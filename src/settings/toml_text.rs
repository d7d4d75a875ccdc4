//! The text of site.toml → a tree, and its slips in the words of somebody who does not know TOML.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::{Node, Table, Value};

/// Reads as much as can be read; every slip is noted.
pub(super) fn parse(file: &FileId, text: &str, wrong: &mut Diagnostics) -> Table {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut said: Vec<usize> = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        // One slip makes the parser stumble several times over the same line.
        let line = text.get(..span.start).map_or(0, |before| before.matches('\n').count());
        if said.contains(&line) {
            continue;
        }
        said.push(line);
        wrong.push(translated(error.message(), text, file, &span));
    }
    table_of(table.get_ref())
}

fn table_of(table: &DeTable<'_>) -> Table {
    let entries =
        table.iter().map(|(key, value)| (key.get_ref().to_string(), span_of(&key.span()), node_of(value.get_ref(), &value.span())));
    let mut entries: Vec<_> = entries.collect();
    entries.sort_by_key(|(_, span, _)| span.start);
    Table(entries)
}

fn node_of(value: &DeValue<'_>, span: &std::ops::Range<usize>) -> Node {
    let value = match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).map_or(Value::Float(f64::MAX), Value::Integer),
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(yes) => Value::Boolean(*yes),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => Value::Array(list.iter().map(|item| node_of(item.get_ref(), &item.span())).collect()),
        DeValue::Table(table) => Value::Table(table_of(table)),
    };
    Node { value, span: span_of(span) }
}

pub(super) fn span_of(range: &std::ops::Range<usize>) -> Span {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    place(range.start)..place(range.end)
}

fn translated(message: &str, text: &str, file: &FileId, span: &std::ops::Range<usize>) -> Diagnostic {
    let found = text.get(span.clone()).unwrap_or("").trim();
    let (code, said, help) = if message.starts_with("duplicate key") {
        (
            codes::TWICE,
            format!("`{found}` stands here a second time"),
            "keep one of the two; of a table that may come several times each begins with two brackets, `[[channels]]`",
        )
    } else if message.contains("recur") {
        (codes::TOML, "brackets are nested too deep".to_owned(), "close the brackets; nothing here needs more than three within each other")
    } else if message.contains("unclosed") && message.contains("array") || message.contains("`]`") {
        (codes::TOML, "a bracket `[` is not closed".to_owned(), "put the `]` where the list or the table's name ends")
    } else if message.contains("unclosed") && message.contains("table") || message.contains("`}`") {
        (codes::TOML, "a bracket is not closed".to_owned(), "put the `}` or `]` where it ends")
    } else if message.contains("comma") {
        (codes::TOML, "a comma is missing or one too many".to_owned(), "put one comma between two values: `[\"mastodon\", \"bluesky\"]`")
    } else if message.contains("key with no value") || message.contains("missing assignment") || message.contains("missing value") {
        (
            codes::TOML,
            "a key and its value want an `=` between them".to_owned(),
            "write `key = \"value\"`; a note to colleagues begins with `#`",
        )
    } else if message.contains("string") || message.contains("`\"`") || message.contains("`'`") || message.contains("escape") {
        (
            codes::TOML,
            "a text in quotes is not closed, or holds a backslash".to_owned(),
            "put a `\"` at its end; write a backslash twice, or put the text in single quotes",
        )
    } else if message.contains("quoted") || message.contains("unquoted") || message.contains("literal") || message.contains("value") {
        (
            codes::TOML,
            "this is no value".to_owned(),
            "put texts in quotes: `title = \"Stonebridge Public Library\"`; `true`, `false` and numbers stand without",
        )
    } else {
        (codes::TOML, "this line cannot be read".to_owned(), "a line is `[table]`, `key = \"value\"`, or begins with `#`")
    };
    Diagnostic::error(code, said).at(file, span_of(span)).help(help)
}
