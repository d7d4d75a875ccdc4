//! The dates of events in a range of days.

use std::sync::Arc;

use crate::calendar::{self, DateTime, Duration, NaiveDate, NaiveDateTime, Planned, Zone};
use crate::library::{Change, Event, Library, Occurrence, OccurrenceId, Place, Registration, Status};

/// One date together with its event.
#[derive(Clone, Debug)]
pub struct Dated {
    /// The event.
    pub event: Arc<Event>,
    /// The date.
    pub date: Occurrence,
}

impl Library {
    /// The dates of one event that begin on the days `from` to `to`, both included, in order.
    pub fn dates(&self, event: &Event, from: NaiveDate, to: NaiveDate) -> Vec<Occurrence> {
        event.dates(self.zone, from, to)
    }

    /// All dates of all events that begin on the days `from` to `to`, both included: by start, then by title.
    pub fn agenda(&self, from: NaiveDate, to: NaiveDate) -> Vec<Dated> {
        let mut all: Vec<Dated> = self
            .events
            .iter()
            .flat_map(|event| event.dates(self.zone, from, to).into_iter().map(|date| Dated { event: Arc::clone(event), date }))
            .collect();
        all.sort_by(|a, b| (a.date.starts, a.date.title(&a.event), &a.date.id).cmp(&(b.date.starts, b.date.title(&b.event), &b.date.id)));
        all
    }
}

impl Event {
    /// The dates that begin on the days `from` to `to`, both included, in order.
    pub fn dates(&self, zone: Zone, from: NaiveDate, to: NaiveDate) -> Vec<Occurrence> {
        let within = |occurrence: &Occurrence| (from..=to).contains(&occurrence.day());
        let mut dates: Vec<Occurrence> =
            self.pattern.between(from, to, zone).map(|planned| self.occurrence(&planned, zone)).filter(within).collect();
        for &(on, nth) in self.changes.iter().filter(|(_, change)| change.starts.is_some()).map(|(key, _)| key) {
            if (from..=to).contains(&on) {
                continue;
            }
            let moved_in =
                self.pattern.between(on, on, zone).filter(|planned| planned.nth == nth).map(|planned| self.occurrence(&planned, zone));
            dates.extend(moved_in.filter(within));
        }
        dates.sort_by(|a, b| (a.starts, &a.id).cmp(&(b.starts, &b.id)));
        dates
    }

    /// The dates that last over a day, began before `day` and are not over when it begins, in order: an exhibit is ahead until it ends.
    pub fn lasting_into(&self, zone: Zone, day: NaiveDate) -> Vec<Occurrence> {
        let longest = self.changes.values().filter_map(|change| change.lasts).chain(self.lasts).max().unwrap_or_default();
        if longest <= Duration::days(1) {
            return Vec::new();
        }
        // A day more, for clocks that are put on or back.
        let from = calendar::minus_days(day, longest.num_days().saturating_add(2));
        let mut dates = self.dates(zone, from, calendar::minus_days(day, 1));
        dates.retain(|date| date.last_day().is_some_and(|last| last >= day));
        dates
    }

    /// Has it one date only? Then its dates bear no day in their names.
    pub fn is_single(&self) -> bool {
        self.pattern.rule.is_none() && self.pattern.adds.is_empty()
    }

    /// The name of one of its dates.
    pub fn occurrence_id(&self, on: NaiveDate, nth: u16) -> OccurrenceId {
        OccurrenceId { event: self.id.clone(), on: (!self.is_single()).then_some(on), nth }
    }

    /// What `changes:` says of one of its dates.
    pub fn change_of(&self, date: &OccurrenceId) -> Option<&Change> {
        self.changes.get(&self.planned_key(date))
    }

    /// Signing up for one of its dates.
    pub fn registration_of(&self, date: &OccurrenceId) -> Option<&Registration> {
        self.change_of(date).and_then(|change| change.register.as_ref()).or(self.register.as_ref())
    }

    /// Who gives one of its dates.
    pub fn presenters_of(&self, date: &OccurrenceId) -> &[String] {
        let own = self.change_of(date).map(|change| change.presenters.as_slice()).filter(|presenters| !presenters.is_empty());
        own.unwrap_or(&self.presenters)
    }

    /// How many people came to one of its dates; none where nobody counted.
    pub fn attendance_of(&self, date: &OccurrenceId) -> Option<u32> {
        self.attendance.get(&self.planned_key(date)).copied()
    }

    /// The planned day and number that a date is filed under.
    fn planned_key(&self, date: &OccurrenceId) -> (NaiveDate, u16) {
        (date.on.unwrap_or(self.pattern.starts.date()), date.nth)
    }

    /// One planned date, with what `changes:` says of it.
    pub fn occurrence(&self, planned: &Planned, zone: Zone) -> Occurrence {
        let change = self.changes.get(&(planned.on, planned.nth));
        let instant = |local: NaiveDateTime| -> DateTime<Zone> { calendar::resolve(local, zone).instant() };
        let starts_local = change.and_then(|change| change.starts).unwrap_or(planned.starts);
        let lasts = change.and_then(|change| change.lasts).or(self.lasts);
        let usual = self.place.clone();
        let mut place = match change {
            Some(change) => change.place(usual),
            None => usual,
        };
        // What does not take place at all has no date that does; else a date may say otherwise.
        let own = change.and_then(|change| change.status).filter(|_| self.status.takes_place());
        let status = own.unwrap_or(self.status);
        if status == Status::MovedOnline {
            place = Place { online: place.online, ..Place::default() };
        }
        let note = change.and_then(|change| change.note.clone());
        let closed = self.called_off(change, &place, status, starts_local, lasts);
        Occurrence {
            id: self.occurrence_id(planned.on, planned.nth),
            starts: instant(starts_local),
            ends: lasts.map(|length| instant(calendar::plus(starts_local, length))),
            moved_from: (starts_local != planned.starts).then(|| instant(planned.starts)),
            status: if closed.is_some() { Status::Cancelled } else { status },
            place,
            by_closing: closed.is_some(),
            note: note.or(closed).or_else(|| self.note.clone()),
            title: change.and_then(|change| change.title.clone()),
        }
    }
}
