//! Arithmetic on instants that stays within what chrono can hold.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};

/// `length` after `at`; the last instant there is when that lies beyond it.
pub fn later(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_add_signed(length).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// `length` before `at`; the first instant there is when that lies beyond it.
pub fn earlier(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    at.checked_sub_signed(length).unwrap_or(DateTime::<Utc>::MIN_UTC)
}

/// Does this last more than 24 hours?
pub fn lasts_over_a_day<Z: TimeZone>(starts: &DateTime<Z>, ends: &DateTime<Z>) -> bool {
    ends.clone().signed_duration_since(starts) > TimeDelta::days(1)
}
