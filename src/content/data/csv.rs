//! CSV, as spreadsheets save it (RFC 4180): the first row names the columns.
//!
//! The sign between cells is a comma, or a semicolon or a tab where the first row has more of those, as spreadsheets of other countries write it.

use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder};

use super::{MOST_CELLS, MOST_COLUMNS, Named, Row, span_of, text_value, too_large, too_wide};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::library::Cell;
use crate::library::data::folded;

pub(super) fn read(file: &FileId, text: &str, wrong: &mut Diagnostics) -> Option<Vec<Row>> {
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let body = &text[begin..];
    let sign = sign_of(body.lines().find(|line| !line.trim().is_empty()).unwrap_or(""));
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(sign).from_reader(body.as_bytes());
    let mut columns: Option<Vec<(String, Span)>> = None;
    let mut rows = Vec::new();
    let mut cells = 0;
    let mut record = ByteRecord::new();
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(body.len());
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) | Err(_) => break,
        }
        let to = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(body.len());
        let skipped = body.get(from..to).map_or(0, |raw| raw.len() - raw.trim_start_matches(['\r', '\n']).len());
        let start = begin + from + skipped;
        let raw = text.get(start..begin + to).unwrap_or("").trim_end_matches(['\r', '\n']);
        if let Some((quote, slip)) = quote_slip(raw, sign) {
            let (said, note) = match slip {
                Quote::Unclosed => ("a quote is opened and not closed", "it is opened here"),
                Quote::Inner => ("a text in quotes goes on behind its quote", "the text ends with this quote"),
            };
            wrong.push(Diagnostic::error(codes::DATA_READ, said).at_noted(file, span_of(start + quote..start + quote + 1), note).help(
                "a text in quotes ends with a `\"` before the next sign; a quote inside it is written twice: `\"the \"\"new\"\" wing\"`",
            ));
            return None;
        }
        let values: Vec<&str> = record.iter().map(|cell| std::str::from_utf8(cell).unwrap_or("")).collect();
        if values.iter().all(|value| value.trim().is_empty()) {
            continue;
        }
        let spans = cell_spans(raw, start, sign, values.len());
        let Some(columns) = &columns else {
            columns = Some(head(file, &values, &spans, wrong)?);
            continue;
        };
        let span = span_of(start..start + raw.lines().next().map_or(0, str::len));
        if let Some(row) = row(file, columns, &values, &spans, span, wrong) {
            cells += row.cells.len();
            rows.push(row);
        }
        if cells > MOST_CELLS {
            wrong.push(too_large(file));
            return None;
        }
    }
    if columns.is_none() {
        wrong.push(
            Diagnostic::error(codes::DATA_TABLE, "the table is empty")
                .at(file, 0..0)
                .help("let the first row name the columns: `name,role,email`; each row below is a record"),
        );
        return None;
    }
    Some(rows)
}

/// The sign that the first row has most of.
fn sign_of(head: &str) -> u8 {
    let count = |sign: u8| head.bytes().filter(|byte| *byte == sign).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|sign| (count(*sign), *sign == b',')).unwrap_or(b',')
}

/// The names of the columns.
fn head(file: &FileId, values: &[&str], spans: &[Span], wrong: &mut Diagnostics) -> Option<Vec<(String, Span)>> {
    let mut columns: Vec<(String, Span)> = Vec::with_capacity(values.len());
    let used = values.iter().rposition(|value| !value.trim().is_empty()).map_or(0, |last| last + 1);
    if used > MOST_COLUMNS {
        wrong.push(too_wide(file, used, spans.get(MOST_COLUMNS).cloned().unwrap_or(0..0)));
        return None;
    }
    let mut first: HashMap<String, Span> = HashMap::with_capacity(used);
    let mut whole = true;
    for (at, (value, span)) in values.iter().zip(spans).take(used).enumerate() {
        let name = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            whole = false;
            wrong.push(
                Diagnostic::error(codes::DATA_ROW, format!("column {} has no name", at + 1))
                    .at(file, span.clone())
                    .help("give it a name in the first row, or take the column out"),
            );
        }
        let key = folded(&name);
        if let Some(first) = first.get(&key).filter(|_| !name.is_empty()) {
            whole = false;
            wrong.push(
                Diagnostic::error(codes::TWICE, format!("two columns have the name `{name}`"))
                    .at(file, span.clone())
                    .also(file, first.clone(), "the first one")
                    .help("give one of them another name; capitals, blanks and hyphens do not tell names apart"),
            );
        } else {
            first.insert(key, span.clone());
            columns.push((name, span.clone()));
        }
    }
    whole.then_some(columns)
}

fn row(file: &FileId, columns: &[(String, Span)], values: &[&str], spans: &[Span], span: Span, wrong: &mut Diagnostics) -> Option<Row> {
    let beyond = values.iter().skip(columns.len()).any(|value| !value.trim().is_empty());
    if values.len() < columns.len() || beyond {
        let count = |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
        let help = if beyond {
            "a cell that holds the sign between cells stands in double quotes: `\"Ortiz, Maria\"`"
        } else {
            "write all of them, an empty one as nothing between two signs: `Maria Ortiz,,desk@library.example.org`"
        };
        wrong.push(
            Diagnostic::error(
                codes::DATA_ROW,
                format!("this row has {}, and the table has {}", count(values.len(), "cell"), count(columns.len(), "column")),
            )
            .at(file, span)
            .also(file, columns.first().map_or(0..0, |(_, span)| span.clone()), "the columns are named here")
            .help(help),
        );
        return None;
    }
    let cell = |((column, column_span), (value, span)): (&(String, Span), (&&str, &Span))| Named {
        column: column.clone(),
        column_span: column_span.clone(),
        cell: Cell { value: text_value(value), span: span.clone() },
        typed: false,
    };
    Some(Row { cells: columns.iter().zip(values.iter().zip(spans)).map(cell).collect(), span })
}

/// Where the cells of a row stand, quotes included.
fn cell_spans(raw: &str, start: usize, sign: u8, cells: usize) -> Vec<Span> {
    let mut spans = Vec::with_capacity(cells);
    let (mut from, mut quoted) = (0, false);
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            // Within a text a quote is written twice, which opens and closes once more.
            b'"' if quoted || at == from => quoted = !quoted,
            b'"' if raw.as_bytes().get(at.wrapping_sub(1)) == Some(&b'"') => quoted = true,
            byte if byte == sign && !quoted => {
                spans.push(span_of(start + from..start + at));
                from = at + 1;
            }
            _ => {}
        }
    }
    spans.push(span_of(start + from..start + raw.len()));
    spans.resize(cells.max(spans.len()), span_of(start..start + raw.len()));
    spans
}

/// What is wrong with a quote.
enum Quote {
    /// It is open at the end of the row: then the file has ended within it.
    Unclosed,
    /// Something stands between it and the next sign.
    Inner,
}

/// The first quote of a row that is wrong.
fn quote_slip(raw: &str, sign: u8) -> Option<(usize, Quote)> {
    let bytes = raw.as_bytes();
    let mut open = None;
    let mut begins = true;
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], open) {
            (b'"', None) if begins => open = Some(at),
            (b'"', Some(_)) if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (b'"', Some(_)) => {
                open = None;
                if bytes.get(at + 1).is_some_and(|next| *next != sign && *next != b'\r') {
                    return Some((at, Quote::Inner));
                }
            }
            _ => {}
        }
        begins = open.is_none() && bytes[at] == sign;
        at += 1;
    }
    open.map(|at| (at, Quote::Unclosed))
}
