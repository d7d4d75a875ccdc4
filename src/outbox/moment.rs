//! What is too late, and how a moment is told to people.

use crate::calendar::{self, DateTime, Duration, Now, Utc, instant};

/// Why a post that is due at `due`, of an event that is ahead up to `until`, may no longer go out; none when it may.
///
/// `until` itself is too late, `due + grace` is not.
pub fn too_late(due: DateTime<Utc>, until: DateTime<Utc>, grace: Duration, now: Now) -> Option<String> {
    if until <= now.instant() {
        return Some("the event had begun before it could go out".to_owned());
    }
    (instant::later(due, grace) < now.instant())
        .then(|| format!("it was due {}, and that is more than {} ago", told(due, now), calendar::length(grace)))
}

/// "Dec 3, 2026 at 9:30 am EST": a moment in the library's zone.
pub fn told(at: DateTime<Utc>, now: Now) -> String {
    let local = Now::new(at, now.zone()).local();
    let zone = now.zone().observance_at(at).abbreviation;
    format!("{} at {} {zone}", calendar::medium_date(local.date()), calendar::time(local.time()))
}

/// Do both instants fall on one local day?
pub fn same_day(a: DateTime<Utc>, b: Now) -> bool {
    Now::new(a, b.zone()).today() == b.today()
}
