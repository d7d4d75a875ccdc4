//! `attendance:`: how many people came, counted after.

use std::collections::BTreeMap;

use crate::calendar::{NaiveDate, NaiveDateTime, long_date_with_year};
use crate::content::entry::World;
use crate::content::event_dates::Dates;
use crate::content::event_planned::{About, planned_by};
use crate::content::fields::{Fields, wrong_kind};
use crate::content::front_matter::{Node, Value};
use crate::diagnostic::{Diagnostic, Span, codes};
use crate::library::{Change, Status};

const EXAMPLE: &str = "{ 2026-12-03: 14 }";

/// More than have ever come to one program of a library.
const MOST: i64 = 100_000;

type Counts = BTreeMap<(NaiveDate, u16), u32>;

/// Reads `attendance:`, a number for each date that was counted; of an event with one date also the number alone.
pub(super) fn read_attendance(
    fields: &mut Fields<'_>,
    dates: Option<&Dates>,
    changes: &BTreeMap<(NaiveDate, u16), Change>,
    status: Status,
    world: World<'_>,
) -> Counts {
    let mut counts = Counts::new();
    let Some((_, node)) = fields.take("attendance") else { return counts };
    let entries = match node.value {
        Value::Map(entries) => entries,
        Value::Text(_) => {
            let span = node.span.clone();
            let (Some(count), Some(dates)) = (read_count(fields, node), dates) else { return counts };
            if dates.pattern.is_single() {
                let on = (dates.pattern.starts.date(), 0);
                check_day(fields, on, dates.pattern.starts, changes, status, &span, world);
                counts.insert(on, count);
            } else {
                fields.report(
                    Diagnostic::error(codes::COUNTED_NOWHERE, "the event has many dates, and nothing says which of them was counted")
                        .at(fields.file, span)
                        .help(format!("name the date: `attendance: {{ {}: {count} }}`", dates.pattern.starts.date())),
                );
            }
            return counts;
        }
        other => {
            fields.report(
                wrong_kind(fields.file, "attendance", &other, "dates and numbers", node.span)
                    .help(format!("write `attendance: {EXAMPLE}`")),
            );
            return counts;
        }
    };
    for (key, node) in entries {
        let planned = planned_by(fields, &key, dates, &About::COUNTS, world);
        let count = read_count(fields, node);
        let (Some(planned), Some(count)) = (planned, count) else { continue };
        let on = (planned.on, planned.nth);
        check_day(fields, on, planned.starts, changes, status, &key.span, world);
        if counts.insert(on, count).is_some() {
            fields.report(
                Diagnostic::error(codes::TWICE, "two numbers stand for the same date")
                    .at(fields.file, key.span)
                    .help("keep the one that is right"),
            );
        }
    }
    counts
}

fn read_count(fields: &mut Fields<'_>, node: Node) -> Option<u32> {
    if node.value == Value::Nothing {
        fields.report(
            Diagnostic::error(codes::COUNT, "no number stands behind the date")
                .at(fields.file, node.span)
                .help("write how many came; 0 if nobody did; take the date out if nobody counted"),
        );
        return None;
    }
    let text = fields.text_of("attendance", node)?;
    let (said, help) = match text.value.replace(',', "").parse::<i64>() {
        Ok(count @ 0..=MOST) => return u32::try_from(count).ok(),
        Ok(..0) => ("fewer than nobody cannot have come".to_owned(), "write how many came; 0 if nobody did"),
        Ok(_) => {
            (format!("{} people are more than any program of a library has had", text.value), "look at the number: a digit may be doubled")
        }
        Err(_) => (
            format!("\"{}\" is not a number of people", text.value),
            "write digits alone, such as `14`; take the date out if nobody counted",
        ),
    };
    fields.report(Diagnostic::error(codes::COUNT, said).at(fields.file, text.span).help(help));
    None
}

/// Nobody has come yet to what is still to come, nor ever to what was cancelled.
fn check_day(
    fields: &mut Fields<'_>,
    on: (NaiveDate, u16),
    planned: NaiveDateTime,
    changes: &BTreeMap<(NaiveDate, u16), Change>,
    status: Status,
    span: &Span,
    world: World<'_>,
) {
    let change = changes.get(&on);
    let day = change.and_then(|change| change.starts).unwrap_or(planned).date();
    let status = change.and_then(|change| change.status).filter(|_| status.takes_place()).unwrap_or(status);
    let (said, help) = if !status.takes_place() {
        let off = status.word().unwrap_or_default().to_lowercase();
        (format!("that date is {off}, yet a number of people stands here"), "take the number out, or the status")
    } else if day > world.now.today() {
        (format!("{} is still to come, so nobody can have counted", long_date_with_year(day)), "look at the date")
    } else {
        return;
    };
    fields.report(Diagnostic::warning(codes::COUNTED_EARLY, said).at(fields.file, span.clone()).help(help));
}
