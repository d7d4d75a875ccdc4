//! One date of an event, with its name for ever.

use std::fmt;

use crate::calendar::{self, DateTime, Duration, NaiveDate, Zone};
use crate::library::{Event, EventId, EventKind, Place, Status};

/// Names one date of an event for ever: the event, and the date that its rule gives before any change.
///
/// Printed `story-time@2026-12-03`, `story-time@2026-12-03T14:00` for a further one that day, or `story-time` for an event with one date, so that moving that is a move and no new event.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OccurrenceId {
    /// The event.
    pub event: EventId,
    /// The date the rule gives; none for an event with one date.
    pub on: Option<NaiveDate>,
    /// 0, or for further ones on that date the minute of the day when they start, from 1: no other date's name hangs on it.
    pub nth: u16,
}

impl fmt::Display for OccurrenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.event)?;
        if let Some(on) = self.on {
            write!(f, "@{on}")?;
        }
        if let Some(minute) = self.nth.checked_sub(1) {
            write!(f, "T{:02}:{:02}", minute / 60, minute % 60)?;
        }
        Ok(())
    }
}

/// One date of an event, changes applied.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occurrence {
    /// Its name for ever.
    pub id: OccurrenceId,
    /// When it begins.
    pub starts: DateTime<Zone>,
    /// When it is over, if that is known.
    pub ends: Option<DateTime<Zone>>,
    /// Where it was planned to begin, when a change moved it.
    pub moved_from: Option<DateTime<Zone>>,
    /// Whether it goes ahead.
    pub status: Status,
    /// Where.
    pub place: Place,
    /// Said with the status or the change.
    pub note: Option<String>,
    /// Its own title, where the date has one.
    pub title: Option<String>,
    /// Is it a closing of its branch that cancels it?
    pub by_closing: bool,
}

impl Occurrence {
    /// The local date on which it begins.
    pub fn day(&self) -> NaiveDate {
        self.starts.date_naive()
    }

    /// The last day of what lasts over a day; none for everything else. What ends at midnight is over with the day before.
    pub fn last_day(&self) -> Option<NaiveDate> {
        let ends = self.ends.filter(|ends| calendar::lasts_over_a_day(&self.starts, ends))?;
        Some(calendar::plus(ends.naive_local(), Duration::minutes(-1)).date())
    }

    /// Up to here the date is ahead and one can still come: its start; of what is self-directed or lasts over a day, its end.
    pub fn is_ahead_until(&self, kind: EventKind) -> DateTime<Zone> {
        let open = |ends: &DateTime<Zone>| kind == EventKind::SelfDirected || calendar::lasts_over_a_day(&self.starts, ends);
        self.ends.filter(open).unwrap_or(self.starts)
    }

    /// The title of this date.
    pub fn title<'a>(&'a self, event: &'a Event) -> &'a str {
        self.title.as_deref().unwrap_or(&event.entry.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::Slug;

    #[test]
    fn a_further_date_of_a_day_is_named_by_its_time() {
        let event = EventId::new(&Slug::new("story-time").unwrap());
        let name = |nth| OccurrenceId { event: event.clone(), on: NaiveDate::from_ymd_opt(2026, 12, 3), nth }.to_string();
        assert_eq!(name(0), "story-time@2026-12-03");
        assert_eq!(name(1), "story-time@2026-12-03T00:00");
        assert_eq!(name(1 + 14 * 60), "story-time@2026-12-03T14:00");
        assert_eq!(name(1440), "story-time@2026-12-03T23:59");
    }
}
