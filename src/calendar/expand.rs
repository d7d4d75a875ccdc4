//! A start, a rule, dates left out and dates added → the dates of an event, lazily, in order.

use std::collections::BTreeSet;

use chrono::{NaiveDate, NaiveDateTime};

use super::rule::RecurrenceRule;
use super::zone::Zone;

/// When an event takes place: everything about its dates but what was changed on single ones. Wall-clock times.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pattern {
    /// The first date and time.
    pub starts: NaiveDateTime,
    /// How it repeats; none for a single date.
    pub rule: Option<RecurrenceRule>,
    /// Dates of the rule that never were planned.
    pub skips: BTreeSet<NaiveDate>,
    /// Dates and times beside the rule.
    pub adds: BTreeSet<NaiveDateTime>,
}

/// One planned date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Planned {
    /// Its date, before any change.
    pub on: NaiveDate,
    /// 0 for the rule's own date or a day's only one; 1 and up for further ones that day.
    pub nth: u8,
    /// When it starts, as the rule says; a gap or fold is still to be resolved.
    pub starts: NaiveDateTime,
}

impl Pattern {
    /// The planned dates from `from` to `to`, both included, in order, each once.
    pub fn between(&self, from: NaiveDate, to: NaiveDate, zone: Zone) -> impl Iterator<Item = Planned> + '_ {
        let _ = (from, to, zone);
        std::iter::empty()
    }
}
