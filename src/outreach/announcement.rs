//! An announcement: what one wave says of one date on one channel.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::calendar::{DateTime, NaiveDate, Utc};
use crate::delivery::{AnnouncementId, Post};
use crate::diagnostic::FileId;
use crate::library::{EventId, OccurrenceId};
use crate::settings::ChannelName;

/// What is announced.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Occasion {
    /// One date of an event.
    Date(OccurrenceId),
    /// The whole series, once.
    Series(EventId),
}

impl Occasion {
    /// The event it belongs to.
    pub fn event(&self) -> &EventId {
        match self {
            Occasion::Date(id) => &id.event,
            Occasion::Series(event) => event,
        }
    }

    /// The date before any change, for one date of a repeating event.
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Occasion::Date(id) => id.on,
            Occasion::Series(_) => None,
        }
    }
}

impl fmt::Display for Occasion {
    /// `story-time@2026-12-03`, or `story-time`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Occasion::Date(id) => id.fmt(f),
            Occasion::Series(event) => event.fmt(f),
        }
    }
}

/// Why a post goes out at another time than its wave says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moved {
    /// The wave's own moment.
    pub from: DateTime<Utc>,
    /// In plain words: "quiet hours", "4 posts a day is the limit".
    pub why: String,
}

/// What one wave says of one occasion on one channel in one language.
#[derive(Clone, PartialEq, Debug)]
pub struct Announcement {
    /// Its name for ever.
    pub id: AnnouncementId,
    /// Where.
    pub channel: ChannelName,
    /// Of what.
    pub occasion: Occasion,
    /// The title of the event, for lists.
    pub title: String,
    /// The file of the event.
    pub file: FileId,
    /// The wave's name.
    pub wave: String,
    /// BCP 47 tag.
    pub language: String,
    /// The wave's own moment.
    pub ideal: DateTime<Utc>,
    /// When it goes out.
    pub due: DateTime<Utc>,
    /// Why that is another moment than the ideal one.
    pub moved: Option<Moved>,
    /// Up to here the event is ahead: nothing is said after.
    pub until: DateTime<Utc>,
    /// The words and picture.
    pub post: Post,
}

/// An announcement that will not be made, and why.
#[derive(Clone, PartialEq, Debug)]
pub struct Skipped {
    /// Its name for ever.
    pub id: AnnouncementId,
    /// Where.
    pub channel: ChannelName,
    /// Of what.
    pub occasion: Occasion,
    /// The title of the event.
    pub title: String,
    /// The file of the event.
    pub file: FileId,
    /// The wave's name.
    pub wave: String,
    /// BCP 47 tag.
    pub language: String,
    /// The wave's own moment.
    pub ideal: DateTime<Utc>,
    /// Up to here the event is ahead.
    pub until: DateTime<Utc>,
    /// In plain words: "entered late".
    pub why: String,
}

/// What went out, is frozen, or has a slot already: the outbox's rows as `outreach` needs them.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    /// The announcement.
    pub id: AnnouncementId,
    /// Where.
    pub channel: ChannelName,
    /// Of what.
    pub occasion: Occasion,
    /// The wave.
    pub wave: String,
    /// The ideal moment when its slot was given.
    pub ideal: DateTime<Utc>,
    /// The slot; for what went out, when it did.
    pub slot: DateTime<Utc>,
    /// Why the slot is not the ideal moment, when it was given so.
    pub why: Option<String>,
    /// How far it is.
    pub stage: Stage,
}

/// How far an announcement that the outbox knows is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// It waits; its slot stays, unless its ideal moment changed.
    Waiting,
    /// It is being sent, or its outcome is not known: its slot is used and its words are fixed.
    Frozen,
    /// It went out.
    Sent,
    /// It was taken back before it went out; its slot is free, and it comes back when it is wanted again.
    Withdrawn,
    /// It is over without having gone out (skipped, missed); its slot is free.
    Over,
    /// It failed: its slot is free, and it is not planned again.
    Failed,
}

/// The announcements of a window with their final words.
#[derive(Clone, Default, Debug)]
pub struct Schedule {
    /// By due, then channel, then id.
    pub announcements: Vec<Announcement>,
    /// What will not be said, and why.
    pub skipped: Vec<Skipped>,
    /// Every event there is: an announced one that is not among them has lost its file.
    pub events: BTreeSet<EventId>,
    /// The dates in the window that no longer go ahead (cancelled, postponed), by what is announced of them.
    pub off: BTreeMap<OccurrenceId, String>,
}
