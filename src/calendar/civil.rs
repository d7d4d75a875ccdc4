//! A wall-clock time in a zone → an instant.
//!
//! When clocks go forward, an hour of wall-clock times does not exist (a *gap*); when they go back, one comes twice (a *fold*). A time in a
//! gap moves on by the length of the gap: 02:30 becomes 03:30. Of a time that comes twice the first is meant.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use jiff::tz::AmbiguousOffset;

use super::zone::Zone;

/// How a wall-clock time stands in a zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Civil {
    /// It comes once.
    Exact(DateTime<Zone>),
    /// It comes twice; this is the first.
    Fold(DateTime<Zone>),
    /// It never comes.
    Gap {
        /// The time moved on by the length of the gap.
        moved: DateTime<Zone>,
    },
}

impl Civil {
    /// The instant that is meant, whichever case it is.
    pub fn instant(self) -> DateTime<Zone> {
        match self {
            Civil::Exact(at) | Civil::Fold(at) | Civil::Gap { moved: at } => at,
        }
    }
}

/// Finds the instant of a wall-clock time; times beyond the years −9998 to 9998 are held to that range.
pub fn resolve(local: NaiveDateTime, zone: Zone) -> Civil {
    let local = held(local);
    let utc = |offset: jiff::tz::Offset| {
        let seconds = TimeDelta::seconds(i64::from(offset.seconds()));
        local.checked_sub_signed(seconds).unwrap_or(local)
    };
    let at = |offset| DateTime::from_naive_utc_and_offset(utc(offset), zone.with(offset));
    match zone.ambiguity(local) {
        AmbiguousOffset::Unambiguous { offset } => Civil::Exact(at(offset)),
        AmbiguousOffset::Fold { before, .. } => Civil::Fold(at(before)),
        // With the offset of before the change, the instant lies as far behind the change as the time lay in the gap.
        AmbiguousOffset::Gap { before, .. } => Civil::Gap { moved: utc(before).and_utc().with_timezone(&zone) },
    }
}

fn held(local: NaiveDateTime) -> NaiveDateTime {
    let end = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).map_or(local, |date| date.and_time(local.time()));
    match local.year() {
        ..-9998 => end(-9998, 1, 1),
        -9998..=9998 => local,
        9999.. => end(9998, 12, 31),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Timelike;
    use proptest::prelude::*;

    use super::super::days;
    use super::*;

    fn new_york() -> Zone {
        Zone::named("America/New_York").unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn a_time_in_a_gap_moves_on_by_the_gap() {
        let Civil::Gap { moved } = resolve(local("2027-03-14 02:30"), new_york()) else { panic!("no gap") };
        assert_eq!(moved.to_rfc3339(), "2027-03-14T03:30:00-04:00");
        let Civil::Gap { moved } = resolve(local("2026-10-04 02:10"), Zone::named("Australia/Lord_Howe").unwrap()) else {
            panic!("no gap")
        };
        assert_eq!(moved.naive_local(), local("2026-10-04 02:40"));
    }

    #[test]
    fn of_a_time_that_comes_twice_the_first_is_meant() {
        let Civil::Fold(first) = resolve(local("2026-11-01 01:30"), new_york()) else { panic!("no fold") };
        assert_eq!(first.to_rfc3339(), "2026-11-01T01:30:00-04:00");
    }

    #[test]
    fn any_other_time_is_itself() {
        let Civil::Exact(at) = resolve(local("2026-12-03 10:30"), new_york()) else { panic!("not exact") };
        assert_eq!(at.to_rfc3339(), "2026-12-03T10:30:00-05:00");
    }

    proptest! {
        #[test]
        fn an_instant_shows_the_time_it_was_made_of(
            minutes in -40_000_000i64..120_000_000,
            zone in prop::sample::select(vec!["America/New_York", "Europe/Madrid", "Pacific/Apia", "Asia/Kathmandu", "UTC"]),
        ) {
            let zone = Zone::named(zone).unwrap();
            let local = days::plus(local("1970-01-01 00:00"), TimeDelta::minutes(minutes));
            match resolve(local, zone) {
                Civil::Exact(at) | Civil::Fold(at) => prop_assert_eq!(at.naive_local(), local),
                Civil::Gap { moved } => prop_assert!(moved.naive_local() > local),
            }
        }

        #[test]
        fn nothing_panics_at_the_ends_of_the_calendar(near in 0i64..10_000_000, name in prop::sample::select(vec!["Pacific/Kiritimati", "Pacific/Honolulu", "UTC"])) {
            let zone = Zone::named(name).unwrap();
            for local in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
                for local in [days::plus(local, TimeDelta::seconds(near)), days::plus(local, TimeDelta::seconds(-near))] {
                    let at = resolve(local, zone).instant();
                    prop_assert_eq!(at.naive_local().minute(), local.minute());
                    zone.observance_at(local.and_utc());
                    super::super::Now::new(local.and_utc(), zone).today();
                }
            }
        }
    }
}
