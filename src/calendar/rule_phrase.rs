//! Plain words ⇄ a recurrence rule.

use chrono::NaiveDate;

use super::rule::RecurrenceRule;
use crate::diagnostic::Problem;

/// Reads how an event repeats: plain words, or RFC 5545 text when it contains `FREQ=`. `start` is the event's first date.
pub fn parse_repeats(text: &str, start: NaiveDate) -> Result<RecurrenceRule, Problem> {
    unimplemented!("{text} {start}")
}

/// The rule in words for a page: "Every other Thursday until March 25, 2027".
pub fn sentence(rule: &RecurrenceRule, start: NaiveDate) -> String {
    unimplemented!("{rule} {start}")
}
