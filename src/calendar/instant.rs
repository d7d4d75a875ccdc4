//! Instants as machines write them: RFC 3339, the dates of HTTP, seconds since 1970. Arithmetic here saturates; it never panics.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, TimeDelta, TimeZone, Utc};

/// `2026-12-03T15:30:00.123Z`: RFC 3339 in UTC, to the millisecond.
pub fn rfc3339(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Reads RFC 3339 with any offset and any number of decimals.
pub fn parse_rfc3339(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| at.with_timezone(&Utc))
}

/// Reads the date of an HTTP header: `Thu, 03 Dec 2026 15:30:00 GMT` (RFC 9110 §5.6.7, the form that is sent today).
pub fn parse_http_date(text: &str) -> Option<DateTime<Utc>> {
    NaiveDateTime::parse_from_str(text.trim(), "%a, %d %b %Y %H:%M:%S GMT").ok().map(|at| at.and_utc())
}

/// So many seconds after the beginning of 1970.
pub fn from_unix_seconds(seconds: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(seconds, 0)
}

/// `length` after `at` (before it, when negative), held to the instants there are.
pub fn later(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    let end = if length < TimeDelta::zero() { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    at.checked_add_signed(length).unwrap_or(end)
}

/// `length` before `at`, held to the instants there are.
pub fn earlier(at: DateTime<Utc>, length: TimeDelta) -> DateTime<Utc> {
    later(at, -length)
}

/// Does this last more than 24 hours?
pub fn lasts_over_a_day<Z: TimeZone>(starts: &DateTime<Z>, ends: &DateTime<Z>) -> bool {
    ends.clone().signed_duration_since(starts) > TimeDelta::days(1)
}

/// How long after `from` the instant `to` is; negative when before.
pub fn between(from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
    to.signed_duration_since(from)
}

/// An instant without what is finer than a millisecond: what a store keeps.
pub fn to_the_millisecond(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_read_as_servers_write_them() {
        let at = parse_rfc3339("2026-12-03T10:30:00.123456-05:00").unwrap();
        assert_eq!(rfc3339(at), "2026-12-03T15:30:00.123Z");
        assert_eq!(parse_http_date("Thu, 03 Dec 2026 15:30:00 GMT"), parse_rfc3339("2026-12-03T15:30:00Z"));
        assert_eq!(from_unix_seconds(1_796_311_800), parse_rfc3339("2026-12-03T15:30:00Z"));
        assert_eq!(parse_http_date("soon"), None);
    }

    #[test]
    fn an_instant_never_moves_past_the_last_there_is() {
        assert_eq!(later(DateTime::<Utc>::MAX_UTC, TimeDelta::days(1)), DateTime::<Utc>::MAX_UTC);
        assert_eq!(later(DateTime::<Utc>::MIN_UTC, TimeDelta::days(-1)), DateTime::<Utc>::MIN_UTC);
    }
}
