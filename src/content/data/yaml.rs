//! YAML: a list of records, each value a text until its column says otherwise.
//!
//! It is walked event by event like the head of a file, with a budget: aliases, anchors and tags are refused, so that no small file becomes a
//! large table, and so is what is nested deeper than a record's list.

use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError};

use super::{MOST_CELLS, Named, Row, list_value, nested, span_of, text_value, too_large};
use crate::content::front_matter::twice;
use crate::content::front_matter::{Key, Node, Value};
use crate::content::yaml_slips::{self, Slip, Stop};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::library::{Cell, CellValue};

const HELP: &str = "write each record as `- name: Maria Ortiz`, and its other values below, as far to the right as the first";

/// The list, a record, a list in it, and one level more to say that it is too much.
const DEEPEST: usize = 8;

/// A value being read.
enum Open {
    List(Vec<Node>, usize),
    Map(Vec<(Key, Node)>, Option<Key>, usize),
}

pub(super) fn read(file: &FileId, text: &str, wrong: &mut Diagnostics) -> Option<Vec<Row>> {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut quoted = Vec::new();
    let root = match tree(file, text, begin, &mut quoted) {
        Ok(Some(root)) => root,
        Ok(None) => {
            wrong.push(Diagnostic::error(codes::DATA_TABLE, "the table is empty").at(file, 0..0).help(HELP));
            return None;
        }
        Err(error) => {
            wrong.push(error);
            return None;
        }
    };
    let list = match root.value {
        // `staff:` and the list below it: the file has that name already.
        Value::Map(mut entries) if entries.len() == 1 && matches!(entries[0].1.value, Value::List(_)) => entries.remove(0).1,
        value => Node { value, span: root.span },
    };
    let Value::List(items) = list.value else {
        let what = if matches!(list.value, Value::Map(_)) { "keys with values" } else { "a text" };
        let at = first_line(text, &list.span);
        wrong.push(Diagnostic::error(codes::DATA_TABLE, format!("a list of records is wanted, not {what}")).at(file, at).help(HELP));
        return None;
    };
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let span = first_line(text, &item.span);
        let Value::Map(entries) = item.value else {
            wrong.push(Diagnostic::error(codes::DATA_TABLE, "a record with its values is wanted here").at(file, span).help(HELP));
            continue;
        };
        let mut cells: Vec<Named> = Vec::with_capacity(entries.len());
        for (key, node) in entries {
            if let Some(first) = cells.iter().find(|cell| cell.column == key.name) {
                let first = Key { name: key.name.clone(), span: first.column_span.clone() };
                wrong.push(twice(file, &key, &first));
                continue;
            }
            let typed = quoted.binary_search(&node.span.start).is_ok();
            cells.push(Named {
                cell: Cell { value: value(file, &key.name, &node, wrong), span: node.span },
                column: key.name,
                column_span: key.span,
                typed,
            });
        }
        rows.push(Row { span, cells });
    }
    Some(rows)
}

fn value(file: &FileId, column: &str, node: &Node, wrong: &mut Diagnostics) -> CellValue {
    match &node.value {
        Value::Text(text) => text_value(text),
        Value::Nothing => CellValue::Nothing,
        Value::Map(_) => nested(file, column, node.span.clone(), wrong),
        Value::List(items) => {
            let texts = items.iter().map(|item| match &item.value {
                Value::Text(text) => Some(text.clone()),
                Value::Nothing => Some(String::new()),
                Value::List(_) | Value::Map(_) => None,
            });
            match texts.collect::<Option<Vec<_>>>() {
                Some(texts) => list_value(&texts),
                None => nested(file, column, node.span.clone(), wrong),
            }
        }
    }
}

/// The whole text as a tree; `quoted` gathers where texts in quotes begin.
fn tree(file: &FileId, text: &str, begin: usize, quoted: &mut Vec<u32>) -> Result<Option<Node>, Diagnostic> {
    let body = &text[begin..];
    let mut parser = Parser::new_from_str(body);
    let mut open: Vec<Open> = Vec::new();
    let mut root: Option<Node> = None;
    let mut nodes = 0;
    while let Some(next) = parser.next_event() {
        let (event, place) = next.map_err(|error| translated(text, begin, &error).into_error(file))?;
        let at = |marker: Option<usize>| begin + marker.unwrap_or(body.len()).min(body.len());
        let bytes = at(place.start.byte_offset())..at(place.end.byte_offset());
        let foreign = match &event {
            Event::Alias(_) => true,
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(_, anchor, tag) | Event::MappingStart(_, anchor, tag) => {
                *anchor != 0 || tag.is_some()
            }
            _ => false,
        };
        if foreign {
            return Err(yaml_slips::sign(text, begin, bytes.start).into_error(file));
        }
        let whole = match event {
            Event::Scalar(value, style, ..) => {
                nodes += 1;
                let plain = style == ScalarStyle::Plain;
                if !plain {
                    quoted.push(span_of(bytes.clone()).start);
                }
                let nothing = plain && (value.is_empty() || value == "~" || value == "null");
                let value = if nothing { Value::Nothing } else { Value::Text(value.into_owned()) };
                Some(Node { value, span: span_of(trimmed(text, &bytes)) })
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(Vec::new(), bytes.start));
                None
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(Vec::new(), None, bytes.start));
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|closed| {
                nodes += 1;
                let end = |start: usize| text[..bytes.end].trim_end().len().max(start);
                match closed {
                    Open::List(items, start) => Node { value: Value::List(items), span: span_of(start..end(start)) },
                    Open::Map(entries, _, start) => Node { value: Value::Map(entries), span: span_of(start..end(start)) },
                }
            }),
            _ => None,
        };
        if open.len() > DEEPEST {
            return Err(yaml_slips::too_deep(&bytes).into_error(file));
        }
        if nodes > 2 * MOST_CELLS {
            return Err(too_large(file));
        }
        let Some(node) = whole else { continue };
        match open.last_mut() {
            Some(Open::List(items, _)) => items.push(node),
            Some(Open::Map(entries, waiting, _)) => match waiting.take() {
                Some(key) => entries.push((key, node)),
                None => *waiting = Some(key_of(file, node)?),
            },
            None if root.is_some() => {
                let said = "a second list begins here";
                let help = "put all records into one list, without a line `---` between them";
                return Err(Diagnostic::error(codes::DATA_TABLE, said).at(file, first_line(text, &node.span)).help(help));
            }
            None if node.value == Value::Nothing => {}
            None => root = Some(node),
        }
    }
    Ok(root)
}

fn key_of(file: &FileId, node: Node) -> Result<Key, Diagnostic> {
    match node.value {
        Value::Text(name) if !name.trim().is_empty() => {
            Ok(Key { name: name.split_whitespace().collect::<Vec<_>>().join(" "), span: node.span })
        }
        _ => Err(Diagnostic::error(codes::DATA_ROW, "a column's name is a word").at(file, node.span).help(HELP)),
    }
}

fn translated(text: &str, begin: usize, error: &ScanError) -> Slip {
    let at = begin + error.marker().byte_offset().unwrap_or(text.len()).min(text.len() - begin);
    let stop = match error.kind() {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => {
            Stop::InQuotes
        }
        _ => Stop::Elsewhere,
    };
    yaml_slips::translate(text, begin..text.len(), crate::diagnostic::place::boundary(text, at), stop)
}

fn trimmed(text: &str, range: &Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

fn first_line(text: &str, span: &Span) -> Span {
    let start = span.start as usize;
    let length = text.get(start..span.end as usize).and_then(|text| text.lines().next()).map_or(0, str::len);
    span_of(start..start + length)
}
