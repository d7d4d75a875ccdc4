//! The text of site.toml → a tree, and its slips in the words of somebody who does not know TOML.

use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::{Node, Table, Value};

/// Reads as much of a text as can be read; every slip is noted.
pub fn parse(file: &FileId, text: &str, wrong: &mut Diagnostics) -> Table {
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

/// What the parser says begins so, and what is said instead, with the remedy.
const TRANSLATIONS: &[(&str, &str, &str)] = &[
    (
        "string values must be quoted",
        "a text wants quotes around it",
        "put texts in straight quotes: `title = \"Stonebridge Public Library\"`; only `true`, `false` and numbers stand without",
    ),
    ("invalid basic string", "a quote is opened and not closed", "put a `\"` at the end of the text"),
    ("invalid literal string", "a quote is opened and not closed", "put a `'` at the end of the text"),
    ("invalid multi-line", "a quote is opened and not closed", "close the text with three quotes, as it was opened; or put it on one line"),
    ("too few unicode", "a backslash means something of its own here", "write it twice, or put the text in single quotes: `'C:\\folder'`"),
    (
        "missing escaped value",
        "a backslash means something of its own here",
        "write it twice, or put the text in single quotes: `'C:\\folder'`",
    ),
    ("invalid escape", "a backslash means something of its own here", "write it twice, or put the text in single quotes: `'C:\\folder'`"),
    ("key with no value", "a key and its value want an `=` between them", "write `key = \"value\"`; a note to colleagues begins with `#`"),
    ("missing assignment", "a key and its value want an `=` between them", "write `key = \"value\"`; a note to colleagues begins with `#`"),
    ("missing value", "no value stands behind the `=`", "write it, in quotes if it is a text, or take the line out"),
    ("unclosed table", "the table's name is not closed", "put a `]` behind it: `[site]`"),
    ("unclosed array table", "the table's name is not closed", "put `]]` behind it: `[[channels]]`"),
    ("unclosed array", "a list is opened and not closed", "put a `]` at its end"),
    ("unclosed inline table", "a `{` is opened and not closed", "put a `}` at its end"),
    ("missing comma", "a comma is missing between two values", "put one between each two: `[\"mastodon\", \"bluesky\"]`"),
    ("extra comma", "there is a comma too many", "put one between each two values: `[\"mastodon\", \"bluesky\"]`"),
    ("invalid boolean", "`true` and `false` are written in small letters", "write `true` or `false`"),
    ("invalid datetime", "dates and times stand in quotes here", "write, for instance, `quiet = \"21:00-08:00\"`"),
    (
        "invalid unquoted key",
        "a key holds letters without accents, digits, `-` and `_`",
        "write such a key; what patrons read stands behind the `=`",
    ),
    ("unquoted keys cannot be empty", "no key stands before the `=`", "write `key = \"value\"`"),
    (
        "unexpected leading zero",
        "a number does not begin with 0",
        "take the 0 away; a number that is a name, such as a postcode, stands in quotes",
    ),
    ("cannot recurse", "brackets are nested too deep", "close them; nothing here needs more than three within each other"),
];

/// What the line itself tells, with its own words in the remedy.
fn own_words(message: &str, text: &str, span: &std::ops::Range<usize>) -> Option<(&'static str, String)> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(start..)?.lines().next()?.trim().trim_start_matches('\u{feff}');
    if message.starts_with("unclosed") && line.starts_with('[') && !line.contains('=') {
        let (open, close) = if line.starts_with("[[") { ("[[", "]]") } else { ("[", "]") };
        let name = line.trim_start_matches('[').trim_end_matches(']').trim();
        return Some(("the table's name is not closed", format!("write `{open}{name}{close}`")));
    }
    let (key, value) = line.split_once(['=', ':'])?;
    let (key, value) = (key.trim(), value.trim());
    let plain = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let words = value.trim_matches(['“', '”', '„', '‘', '’', '"', '\'']);
    if !plain || words.contains(['"', '\\', '[', '{']) {
        return None;
    }
    if line[key.len()..].trim_start().starts_with(':') {
        let help = if words.is_empty() {
            format!("write a line `[{key}]`, if keys of its own follow")
        } else {
            format!("write `{key} = \"{words}\"`")
        };
        return Some(("an `=` stands behind a key here, not a colon", help));
    }
    if value.starts_with(['“', '”', '„', '‘', '’']) {
        return Some(("these are curly quotes, as word processors make them", format!("type straight ones: `{key} = \"{words}\"`")));
    }
    if message.starts_with("string values must be quoted") && !value.starts_with(['"', '\'']) {
        return Some(("a text wants quotes around it", format!("write `{key} = \"{words}\"`")));
    }
    None
}

fn translated(message: &str, text: &str, file: &FileId, span: &std::ops::Range<usize>) -> Diagnostic {
    if message.starts_with("duplicate key") {
        let found = text.get(span.clone()).unwrap_or("").trim();
        return Diagnostic::error(codes::TWICE, format!("`{found}` stands here a second time"))
            .at(file, span_of(span))
            .help("keep one of the two; where there may be several tables, each begins with two brackets: `[[channels]]`");
    }
    if let Some((said, help)) = own_words(message, text, span) {
        return Diagnostic::error(codes::TOML, said).at(file, span_of(span)).help(help);
    }
    let known = TRANSLATIONS.iter().find(|(begins, ..)| message.starts_with(begins));
    let (said, help) = known
        .map_or(("this line cannot be read", "a line is `[table]`, `key = \"value\"`, or begins with `#`"), |(_, said, help)| (said, help));
    Diagnostic::error(codes::TOML, said).at(file, span_of(span)).help(help)
}
