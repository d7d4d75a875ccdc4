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
    let at = |offset: jiff::tz::Offset| {
        let seconds = TimeDelta::seconds(i64::from(offset.seconds()));
        let utc = local.checked_sub_signed(seconds).unwrap_or(local);
        utc.and_utc().with_timezone(&zone)
    };
    match zone.ambiguity(local) {
        AmbiguousOffset::Unambiguous { offset } => Civil::Exact(at(offset)),
        AmbiguousOffset::Fold { before, .. } => Civil::Fold(at(before)),
        // With the offset of before the change, the instant lies as far behind the change as the time lay in the gap.
        AmbiguousOffset::Gap { before, .. } => Civil::Gap { moved: at(before) },
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
