//! Alert banners: a sentence or two at the top of pages, for as long as it is true.

use crate::calendar::NaiveDateTime;
use crate::library::{Entry, Slug};

/// A notice at the top of pages. It has no page of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Banner {
    /// Its title and words; its address is none that anything stands at.
    pub entry: Entry,
    /// How grave it is.
    pub level: Level,
    /// The first moment it is shown, local time; none when it is shown at once.
    pub from: Option<NaiveDateTime>,
    /// The first moment it is no longer shown, local time.
    pub until: NaiveDateTime,
    /// The branches it is about; empty when it is about the whole library.
    pub branches: Vec<Slug>,
}

/// How grave a banner is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// Good to know.
    Notice,
    /// Something is not as usual.
    Warning,
    /// Somebody may be in danger.
    Emergency,
}

impl Level {
    /// As written, and as style sheets name it.
    pub const WRITTEN: [(&'static str, Level); 3] =
        [("notice", Level::Notice), ("warning", Level::Warning), ("emergency", Level::Emergency)];

    /// As written: `warning`.
    pub fn name(self) -> &'static str {
        Level::WRITTEN.iter().find(|(_, level)| *level == self).map_or("notice", |(name, _)| name)
    }
}

impl Banner {
    /// Is it shown at this moment, local time?
    pub fn is_shown(&self, now: NaiveDateTime) -> bool {
        self.from.is_none_or(|from| from <= now) && now < self.until
    }
}
