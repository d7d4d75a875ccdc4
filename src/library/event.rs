//! Events, as one file says them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::calendar::{Duration, NaiveDate, NaiveDateTime, OnClosing, Pattern};
use crate::library::{Access, Closings, Entry, Registration, Slug};

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
    /// What sort of thing it is.
    pub kind: EventKind,
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
    /// Signing up, unless a date says otherwise; none where nobody signs up.
    pub register: Option<Registration>,
    /// What it costs, in words.
    pub cost: Option<String>,
    /// Who gives it.
    pub presenters: Vec<String>,
    /// Who pays for it.
    pub sponsors: Vec<String>,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// What it says of access itself.
    pub access: Option<Access>,
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
    /// How many people came, by the date the rule gives and its number that day. A date that is not there was not counted; 0 is a count.
    /// No page, feed or post shows it.
    pub attendance: BTreeMap<(NaiveDate, u16), u32>,
}

/// What sort of thing an event is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum EventKind {
    /// People come together at a time.
    #[default]
    Event,
    /// One person at a time, by appointment.
    OneOnOne,
    /// Everybody by themselves, as long as it is on: a scavenger hunt, a take-home kit.
    SelfDirected,
    /// Staff go to a school, a fair, a home for the old.
    OutreachVisit,
    /// A board or a committee meets.
    Meeting,
}

impl EventKind {
    /// As written in front matter.
    pub const WRITTEN: [(&'static str, EventKind); 5] = [
        ("event", EventKind::Event),
        ("one-on-one", EventKind::OneOnOne),
        ("self-directed", EventKind::SelfDirected),
        ("outreach-visit", EventKind::OutreachVisit),
        ("meeting", EventKind::Meeting),
    ];

    /// As scripts read it.
    pub fn name(self) -> &'static str {
        EventKind::WRITTEN.iter().find(|(_, kind)| *kind == self).map_or("event", |(name, _)| name)
    }
}

/// Whom to ask.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Contact {
    /// A name, or everything in words: "Children's desk, 518-555-0112".
    pub name: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone, as written.
    pub phone: Option<String>,
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

/// Where a program takes place, as the Public Libraries Survey tells programs apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Setting {
    /// In a building of the library.
    OnSite,
    /// Somewhere else.
    OffSite,
    /// Online alone.
    Virtual,
    /// Somewhere, and online as well.
    Hybrid,
}

impl Setting {
    /// As scripts read it.
    pub fn name(self) -> &'static str {
        match self {
            Setting::OnSite => "on-site",
            Setting::OffSite => "off-site",
            Setting::Virtual => "virtual",
            Setting::Hybrid => "hybrid",
        }
    }
}

impl Place {
    /// Which of them it is, for an event of this kind. Where no place is said, a visit is off site and everything else is in the library.
    pub fn setting(&self, kind: EventKind) -> Setting {
        let away = self.off_site.is_some() || (kind == EventKind::OutreachVisit && self.branch.is_none());
        match (&self.online, self.branch.is_some() || self.off_site.is_some()) {
            (Some(_), true) => Setting::Hybrid,
            (Some(_), false) => Setting::Virtual,
            (None, _) if away => Setting::OffSite,
            (None, _) => Setting::OnSite,
        }
    }
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
    /// Somewhere else than in a branch.
    pub off_site: Option<OffSite>,
    /// Another address of the meeting or stream.
    pub online: Option<String>,
    /// Another title.
    pub title: Option<String>,
    /// What a closing of its branch does to this date.
    pub on_closing: Option<OnClosing>,
    /// Others who give it; empty when they are the usual ones.
    pub presenters: Vec<String>,
    /// Another sign-up.
    pub register: Option<Registration>,
}

impl Change {
    /// Where this date takes place, of an event that is usually at `place`.
    pub fn place(&self, mut place: Place) -> Place {
        if self.branch.is_some() || self.off_site.is_some() {
            place = Place { branch: self.branch.clone(), off_site: self.off_site.clone(), room: None, online: place.online };
        }
        if self.room.is_some() {
            place.room.clone_from(&self.room);
        }
        if self.online.is_some() {
            place.online.clone_from(&self.online);
        }
        place
    }
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
