//! JSON: a list of objects. The places of cells are those of the raw text between its signs.

use std::fmt;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Named, Row, list_value, nested, span_of, text_value};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::library::{Cell, CellValue};

const HELP: &str = "write a list of records: `[{ \"name\": \"Maria Ortiz\", \"role\": \"Director\" }]`";

/// An object with its keys in the order written, also those that stand there twice.
struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

pub(super) fn read(file: &FileId, text: &str, wrong: &mut Diagnostics) -> Option<Vec<Row>> {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = &text[begin..];
    let at = |raw: &RawValue| place(text, raw);
    let whole: &RawValue = match serde_json::from_str(body) {
        Ok(whole) => whole,
        Err(error) => {
            wrong.push(translated(file, body, begin, &error));
            return None;
        }
    };
    let list = match serde_json::from_str::<Object<'_>>(whole.get()) {
        // `{ "staff": [ … ] }` is a list with a name, which the file has already.
        Ok(Object(pairs)) => match pairs.as_slice() {
            [(_, only)] => only,
            _ => whole,
        },
        Err(_) => whole,
    };
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(list.get()) else {
        wrong.push(
            Diagnostic::error(codes::DATA_TABLE, format!("a list of records is wanted, not {}", kind(list)))
                .at(file, first_line(text, at(list)))
                .help(HELP),
        );
        return None;
    };
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let Ok(Object(pairs)) = serde_json::from_str::<Object<'_>>(item.get()) else {
            wrong.push(
                Diagnostic::error(codes::DATA_TABLE, format!("a record is wanted here, not {}", kind(item)))
                    .at(file, first_line(text, at(item)))
                    .help(HELP),
            );
            continue;
        };
        let cell = |(column, raw): (String, &RawValue)| {
            let span = at(raw);
            let value = value(file, &column, raw, &span, wrong);
            Named { column_span: span.clone(), cell: Cell { value, span }, column, typed: true }
        };
        let cells = pairs.into_iter().map(cell).collect();
        rows.push(Row { cells, span: first_line(text, at(item)) });
    }
    Some(rows)
}

/// Where a raw value stands: it is a part of the text itself.
fn place(text: &str, raw: &RawValue) -> Span {
    let start = (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    span_of(start..(start + raw.get().len()).min(text.len()))
}

fn first_line(text: &str, span: Span) -> Span {
    let length = text.get(span.start as usize..span.end as usize).and_then(|text| text.lines().next()).map_or(0, str::len);
    span.start..span.start.saturating_add(u32::try_from(length).unwrap_or(0))
}

fn kind(raw: &RawValue) -> &'static str {
    match raw.get().as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'[') => "a list",
        Some(b'{') => "an object with several keys",
        Some(b't' | b'f') => "`true` or `false`",
        Some(b'n') => "nothing (`null`)",
        _ => "a number",
    }
}

fn value(file: &FileId, column: &str, raw: &RawValue, span: &Span, wrong: &mut Diagnostics) -> CellValue {
    use serde_json::Value;
    match raw.get().as_bytes().first() {
        Some(b'{') => nested(file, column, span.clone(), wrong),
        Some(b'[') => {
            let texts = serde_json::from_str::<Vec<&RawValue>>(raw.get()).unwrap_or_default();
            let texts = texts.into_iter().map(|raw| match serde_json::from_str(raw.get()) {
                Ok(Value::String(text)) => Some(text),
                Ok(Value::Number(_)) => Some(raw.get().to_owned()),
                Ok(Value::Null) => Some(String::new()),
                _ => None,
            });
            match texts.collect::<Option<Vec<_>>>() {
                Some(texts) => list_value(&texts),
                None => nested(file, column, span.clone(), wrong),
            }
        }
        _ => match serde_json::from_str(raw.get()) {
            Ok(Value::String(text)) => text_value(&text),
            Ok(Value::Bool(yes)) => CellValue::YesNo(yes),
            Ok(Value::Number(number)) => CellValue::Number(number.as_f64().unwrap_or_default(), raw.get().to_owned()),
            _ => CellValue::Nothing,
        },
    }
}

/// What the parser says begins so, and what is said instead, with the remedy.
const TRANSLATIONS: &[(&str, &str, &str)] = &[
    ("trailing comma", "there is a comma behind the last value", "take the comma out: it stands between values only"),
    (
        "expected `,` or",
        "a comma is missing between two values, or a bracket is not closed",
        "put a `,` between each two values, and close each `[` and `{`",
    ),
    ("expected `:`", "a colon is missing behind a key", "write `\"name\": \"Maria Ortiz\"`"),
    (
        "key must be a string",
        "a key stands in double quotes",
        "write `\"name\": \"Maria Ortiz\"`; notes to colleagues are not possible in JSON",
    ),
    (
        "EOF",
        "the file ends too early: a quote or a bracket is not closed",
        "close each `\"`, `[` and `{`; perhaps the file was not copied whole",
    ),
    ("trailing characters", "something stands behind the end of the list", "put all records between the first `[` and the last `]`"),
    (
        "control character",
        "a text goes on over the end of its line",
        "close the quote on the same line; a line end within a text is written `\\n`",
    ),
    ("invalid escape", "a backslash means something of its own here", "write it twice: `\\\\`"),
    (
        "invalid number",
        "a number cannot be written so",
        "write `1200` or `12.5`; a number that is a name, such as a postcode, stands in quotes",
    ),
    ("recursion", "brackets are nested too deep", "a list holds records, and a record holds values: no more is needed"),
    (
        "expected",
        "a value is missing here, or is not in quotes",
        "texts stand in double quotes: `\"Maria Ortiz\"`; only numbers, `true`, `false` and `null` stand without",
    ),
];

fn translated(file: &FileId, body: &str, begin: usize, error: &serde_json::Error) -> Diagnostic {
    let line = body.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = crate::diagnostic::place::boundary(body, line + error.column().saturating_sub(1));
    let closes = body[at..].starts_with(['}', ']']) && body[..at].trim_end().ends_with(',');
    let message = if closes { "trailing comma".to_owned() } else { error.to_string() };
    let known = TRANSLATIONS.iter().find(|(begins, ..)| message.starts_with(begins));
    let (said, help) = known.map_or(("the list cannot be read from here on", HELP), |(_, said, help)| (said, help));
    let end = begin + at + body.get(at..).and_then(|rest| rest.chars().next()).filter(|c| *c != '\n').map_or(0, char::len_utf8);
    Diagnostic::error(codes::DATA_READ, said).at(file, span_of(begin + at..end)).help(help)
}
