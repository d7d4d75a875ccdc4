//! Events, and the dates of events.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::calendar::{DateTime, Duration, NaiveDate, NaiveDateTime, OnClosing, Pattern, Zone};
use crate::library::{Closings, Entry, Slug};

/// An event's name for ever: `id:` in its file, else its file's name. Calendar entries and announcements hang on it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(Arc<str>);

impl EventId {
    /// An id of these letters; the reader has checked that they make a [`Slug`].
    pub fn new(slug: &Slug) -> Self {
        EventId(Arc::from(slug.as_str()))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EventId({})", self.0)
    }
}

/// An event as one file says it: once, or again and again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// Title, address, words.
    pub entry: Entry,
    /// Its name for ever.
    pub id: EventId,
    /// When: first start, rule, skips and extra dates, in local time.
    pub pattern: Pattern,
    /// How long each date lasts; none where no end is written.
    pub lasts: Option<Duration>,
    /// Where, unless a date says otherwise.
    pub place: Place,
    /// For whom, in the order of site.toml.
    pub audience: Vec<Slug>,
    /// About what.
    pub topics: Vec<Slug>,
    /// The program it belongs to.
    pub program: Option<Slug>,
    /// Where to sign up.
    pub register: Option<String>,
    /// What it costs, in words.
    pub cost: Option<String>,
    /// Who gives it.
    pub presenter: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Whether it goes ahead.
    pub status: Status,
    /// Said with the status.
    pub note: Option<String>,
    /// What is different on single dates, by the date the rule gives and its number that day.
    pub changes: BTreeMap<(NaiveDate, u16), Change>,
    /// What a closing of its branch does to its dates; none: whatever the closing says.
    pub on_closing: Option<OnClosing>,
    /// The closings that may call dates of it off; none where there is no such closing.
    pub closings: Option<Arc<Closings>>,
    /// Which plan announces it.
    pub promote: Promote,
}

/// Whether an event, or one date of it, goes ahead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub enum Status {
    /// It goes ahead.
    #[default]
    Scheduled,
    /// It does not take place.
    Cancelled,
    /// It will be on another day, not known yet.
    Postponed,
    /// There is no place left.
    Full,
    /// It takes place, but online.
    MovedOnline,
}

impl Status {
    /// As written in front matter.
    pub const WRITTEN: [(&'static str, Status); 4] =
        [("cancelled", Status::Cancelled), ("postponed", Status::Postponed), ("full", Status::Full), ("moved-online", Status::MovedOnline)];

    /// As scripts read it: `scheduled`, `cancelled`, …
    pub fn name(self) -> &'static str {
        Status::WRITTEN.iter().find(|(_, status)| *status == self).map_or("scheduled", |(name, _)| name)
    }

    /// The word that a page, a calendar entry or a list begins with; none for what goes ahead.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Status::Scheduled => None,
            Status::Cancelled => Some("Cancelled"),
            Status::Postponed => Some("Postponed"),
            Status::Full => Some("Full"),
            Status::MovedOnline => Some("Moved online"),
        }
    }

    /// Can people come? Not when it is cancelled or postponed.
    pub fn takes_place(self) -> bool {
        !matches!(self, Status::Cancelled | Status::Postponed)
    }
}

/// Where something takes place: in a branch, elsewhere, online, or both.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Place {
    /// The branch, unless it is off site or only online.
    pub branch: Option<Slug>,
    /// The room in the branch.
    pub room: Option<String>,
    /// Somewhere else.
    pub off_site: Option<OffSite>,
    /// The address of the meeting or stream.
    pub online: Option<String>,
}

/// A place that is no branch.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OffSite {
    /// Its name.
    pub name: String,
    /// Its address on one line.
    pub address: Option<String>,
}

/// What is different on one date. What is not named stays as the event says.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Change {
    /// Whether this date goes ahead.
    pub status: Option<Status>,
    /// Said with it.
    pub note: Option<String>,
    /// Another start, local time.
    pub starts: Option<NaiveDateTime>,
    /// Another length.
    pub lasts: Option<Duration>,
    /// Another room.
    pub room: Option<String>,
    /// Another branch.
    pub branch: Option<Slug>,
    /// Another address of the meeting or stream.
    pub online: Option<String>,
    /// Another title.
    pub title: Option<String>,
    /// What a closing of its branch does to this date.
    pub on_closing: Option<OnClosing>,
}

/// Which plan announces an event.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Promote {
    /// The plan that site.toml names for all.
    #[default]
    Default,
    /// This plan.
    Plan(String),
    /// None: nothing is said.
    Quiet,
}

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

    /// The title of this date.
    pub fn title<'a>(&'a self, event: &'a Event) -> &'a str {
        self.title.as_deref().unwrap_or(&event.entry.title)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
