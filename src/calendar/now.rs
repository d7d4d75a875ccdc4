//! The moment a story is told at: the clock of the machine, or the one given with `--now`.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::zone::Zone;

/// Now, and the zone in which its day is reckoned. Passed in, never asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Now {
    instant: DateTime<Utc>,
    zone: Zone,
}

impl Now {
    /// This instant, for a library in this zone.
    pub fn new(instant: DateTime<Utc>, zone: Zone) -> Self {
        Now { instant, zone }
    }

    /// The instant.
    pub fn instant(self) -> DateTime<Utc> {
        self.instant
    }

    /// What the library's clock shows.
    pub fn local(self) -> NaiveDateTime {
        let seconds = i64::from(self.zone.observance_at(self.instant).offset);
        super::days::plus(self.instant.naive_utc(), chrono::TimeDelta::seconds(seconds))
    }

    /// The library's date.
    pub fn today(self) -> NaiveDate {
        self.local().date()
    }

    /// The library's zone.
    pub fn zone(self) -> Zone {
        self.zone
    }
}
