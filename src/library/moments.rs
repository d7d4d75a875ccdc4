//! The moments of a day at which a site made for that day is another one.

use std::collections::BTreeSet;

use crate::calendar::{self, NaiveDate, NaiveDateTime};
use crate::library::{Bound, Event, Library, Registration};

impl Library {
    /// The local times of this day at which content says that something begins or is over: between two of them a site is one and the same.
    /// Midnight is none: every day is another one anyhow.
    ///
    /// Whoever compares *now* with another time of the content has to name it here, or a build could think that nothing changed.
    pub fn moments_on(&self, day: NaiveDate) -> BTreeSet<NaiveDateTime> {
        let signing_up = self.events.iter().flat_map(|event| self.of_signing_up(event, day));
        let all = self.moments.iter().copied().chain(signing_up);
        all.filter(|moment| moment.date() == day && *moment != calendar::midnight(day)).collect()
    }

    /// When signing up for an event's dates opens or closes; on that day at the least.
    fn of_signing_up(&self, event: &Event, day: NaiveDate) -> Vec<NaiveDateTime> {
        let changed = event.changes.values().filter_map(|change| change.register.as_ref());
        let bounds = |registration: &Registration| registration.opens.into_iter().chain(registration.closes);
        let mut moments = Vec::new();
        for bound in event.register.iter().chain(changed).flat_map(bounds) {
            let starts: Vec<NaiveDateTime> = match bound {
                Bound::At(_) => vec![calendar::midnight(day)],
                Bound::Before(length) => {
                    let (from, to) = (calendar::plus_days(day, length.num_days()), calendar::plus_days(day, length.num_days() + 2));
                    event.dates(self.zone, from, to).iter().map(|date| date.starts.naive_local()).collect()
                }
            };
            moments.extend(starts.into_iter().map(|starts| bound.of(starts)).flat_map(|moment| [moment.begins(), moment.is_over()]));
        }
        moments
    }
}
