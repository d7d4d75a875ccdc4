//! Which revision each calendar entry is at: `.handbill/calendar.json`.
//!
//! Calendars that subscribed take a change only when its `SEQUENCE` is higher than the one they know (RFC 5545 §3.8.7.4). It must never fall,
//! not even when this file is lost: so a new or changed entry gets the larger of *last + 1* and the minutes since 2020, which has always
//! grown past whatever was given out before.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{DateTime, Utc};

/// The revisions of all calendar entries, by UID. An entry that is gone is remembered: it may come back.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize, Debug)]
pub struct Revisions {
    #[serde(default)]
    entries: BTreeMap<String, Revision>,
}

/// The revision of one entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Revision {
    /// Hash of its dates, place, status and title, in hexadecimal.
    pub hash: String,
    /// Its `SEQUENCE`.
    pub sequence: u64,
    /// When it changed to this: its `DTSTAMP` and `LAST-MODIFIED`.
    pub at: DateTime<Utc>,
}

/// 2020-01-01T00:00Z, in seconds since 1970.
const YEAR_2020: i64 = 1_577_836_800;

impl Revisions {
    /// Reads the text of calendar.json; none when it cannot be read. It counts as lost then, and nothing falls by that.
    pub fn parse(text: &[u8]) -> Option<Revisions> {
        serde_json::from_slice(text).ok()
    }

    /// The text to be kept.
    pub fn to_text(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// The revision of an entry.
    pub fn get(&self, uid: &str) -> Option<&Revision> {
        self.entries.get(uid)
    }

    /// The revision of an entry whose facts have this hash now; a new one when they changed. Whole seconds are kept.
    pub(super) fn settle(&mut self, uid: &str, hash: &str, now: DateTime<Utc>) -> Revision {
        let known = self.entries.get(uid);
        if let Some(same) = known.filter(|known| known.hash == hash) {
            return same.clone();
        }
        let minutes = u64::try_from((now.timestamp() - YEAR_2020) / 60).unwrap_or(0);
        let next = known.map_or(0, |known| known.sequence.saturating_add(1));
        // A SEQUENCE is a signed 32-bit number to many calendars; minutes reach it in the year 6103.
        let sequence = minutes.max(next).min(i32::MAX as u64);
        let at = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now);
        let revision = Revision { hash: hash.to_owned(), sequence, at };
        self.entries.insert(uid.to_owned(), revision.clone());
        revision
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_changed_entry_gets_a_higher_number_and_an_unchanged_one_keeps_its_own() {
        let mut revisions = Revisions::default();
        let first = revisions.settle("a@x", "one", at("2026-12-01T09:00:00Z"));
        assert_eq!(revisions.settle("a@x", "one", at("2026-12-05T09:00:00Z")), first);
        let second = revisions.settle("a@x", "two", at("2026-12-01T09:00:10Z"));
        assert_eq!(second.sequence, first.sequence + 1);
        let back = revisions.settle("a@x", "one", at("2026-12-01T09:00:20Z"));
        assert_eq!(back.sequence, second.sequence + 1);
    }

    #[test]
    fn a_lost_or_spoilt_file_makes_no_number_fall() {
        let mut revisions = Revisions::default();
        let first = revisions.settle("a@x", "one", at("2026-12-01T09:00:00Z"));
        for text in ["", "{", "[]", "{\"entries\": 3}", "\0"] {
            let again = Revisions::parse(text.as_bytes()).unwrap_or_default().settle("a@x", "one", at("2026-12-01T09:05:00Z"));
            assert!(again.sequence > first.sequence, "{text:?}");
        }
        assert_eq!(Revisions::parse(revisions.to_text().as_bytes()), Some(revisions));
    }
}
