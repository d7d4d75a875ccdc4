//! Words → dates and times, as staff write them.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::diagnostic::Problem;

/// The years in which a library plans anything; others are slips of the pen.
pub(super) const SANE_YEARS: RangeInclusive<i32> = 1900..=2200;

/// What may stand in `ends:`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateOrTime {
    /// A time alone: on the day it starts.
    Time(NaiveTime),
    /// A date and a time.
    DateTime(NaiveDateTime),
}

/// Reads a date: "2026-12-03", "December 3, 2026", "Dec 3 2026", "3 December 2026".
pub fn parse_date(text: &str) -> Result<NaiveDate, Problem> {
    unimplemented!("{text}")
}

/// Reads a time of day: "10:30", "10:30am", "10 am", "noon", "midnight", "20:00".
pub fn parse_time(text: &str) -> Result<NaiveTime, Problem> {
    unimplemented!("{text}")
}

/// Reads a date and a time: "2026-12-03 10:30", "2026-12-03T10:30", "December 3, 2026 at 10:30 am".
pub fn parse_date_time(text: &str) -> Result<NaiveDateTime, Problem> {
    unimplemented!("{text}")
}

/// Reads what may stand in `ends:`: a time alone, or a date and a time.
pub fn parse_end(text: &str) -> Result<DateOrTime, Problem> {
    unimplemented!("{text}")
}
