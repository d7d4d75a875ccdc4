//! Dates and rules, judged by others: the examples of RFC 5545, python-dateutil, the `rrule` crate, and lists that were read by eye.

#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

#[path = "calendar/dateutil.rs"]
mod dateutil;
#[path = "calendar/patterns.rs"]
mod patterns;
#[path = "calendar/rfc5545.rs"]
mod rfc5545;
#[path = "calendar/rrule_crate.rs"]
mod rrule_crate;
#[path = "calendar/rules.rs"]
mod rules;

use handbill::calendar::{NaiveDate, NaiveDateTime, Pattern, RecurrenceRule, Zone};

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn new_york() -> Zone {
    Zone::named("America/New_York").unwrap()
}

fn pattern(starts: &str, rule: &str) -> Pattern {
    Pattern::repeating(local(starts), RecurrenceRule::parse(rule).unwrap())
}

/// The first dates, as many as are asked for.
fn dates(pattern: &Pattern, count: usize) -> String {
    let all = pattern.between(NaiveDate::MIN, NaiveDate::MAX, new_york()).take(count);
    all.map(|planned| planned.on.to_string()).collect::<Vec<_>>().join(" ")
}
