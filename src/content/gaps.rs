//! The hours that daylight saving will skip soon, found once for all events.

use crate::calendar::{DateTime, Duration, NaiveDateTime, Now, Utc, Zone, midnight, plus, resolve};

/// A stretch of wall-clock time that never comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Gap {
    /// The first time that is skipped.
    pub(super) from: NaiveDateTime,
    /// The first time that comes again.
    pub(super) to: NaiveDateTime,
}

/// The gaps from today on, for the 13 months that pages show.
pub(super) fn ahead(zone: Zone, now: Now) -> Vec<Gap> {
    // from midnight on: what is found is the same all day
    let from = resolve(midnight(now.today()), zone).instant().with_timezone(&Utc);
    let until = from.checked_add_signed(Duration::days(13 * 31)).unwrap_or(from);
    let local = |at: DateTime<Utc>, offset: i32| plus(at.naive_utc(), Duration::seconds(i64::from(offset)));
    zone.transitions(from, until)
        .into_iter()
        .filter(|change| change.offset > change.offset_before)
        .map(|change| Gap { from: local(change.at, change.offset_before), to: local(change.at, change.offset) })
        .collect()
}
