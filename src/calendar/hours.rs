//! When is a branch open?

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::expand::Pattern;
use crate::diagnostic::Problem;

/// The opening hours of one branch, in wall-clock times.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Hours {
    /// The usual hours, Monday first.
    pub weekly: [Vec<Interval>; 7],
    /// The days that differ.
    pub special: Vec<Special>,
}

/// From opening to closing, half-open; one that closes at or before its opening runs past midnight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval {
    /// The first moment it is open.
    pub opens: NaiveTime,
    /// The first moment it is closed.
    pub closes: NaiveTime,
}

/// Days with other hours than usual.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Special {
    /// Which days.
    pub when: SpecialDays,
    /// Their hours; empty when closed.
    pub intervals: Vec<Interval>,
    /// Why: "Christmas Day".
    pub reason: Option<String>,
}

/// Which days are special.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SpecialDays {
    /// One day.
    One(NaiveDate),
    /// From the first to the last, both included.
    Range(NaiveDate, NaiveDate),
    /// Every date of a rule.
    Rule(Pattern),
}

/// The hours of one day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DayHours<'a> {
    /// In order; empty when closed.
    pub intervals: &'a [Interval],
    /// Why they are not the usual ones.
    pub reason: Option<&'a str>,
}

/// Open or closed at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing<'a> {
    /// It is open.
    Open {
        /// The first moment it is closed.
        until: NaiveDateTime,
    },
    /// It is closed.
    Closed {
        /// When it opens next, within 60 days.
        opens: Option<NaiveDateTime>,
        /// Why, where a special day says.
        reason: Option<&'a str>,
    },
}

/// Reads days of the week: "mon-thu", "Monday", "weekdays", "sat, sun".
pub fn parse_days(text: &str) -> Result<Vec<Weekday>, Problem> {
    unimplemented!("{text}")
}

/// Reads the hours of a day: "10:00-20:00", "10 am to 8 pm", "10-12, 13-17", "closed".
pub fn parse_intervals(text: &str) -> Result<Vec<Interval>, Problem> {
    unimplemented!("{text}")
}

impl Hours {
    /// The hours of a date.
    pub fn on(&self, date: NaiveDate) -> DayHours<'_> {
        unimplemented!("{date}")
    }

    /// Is it open at this moment, and until when?
    pub fn at(&self, local: NaiveDateTime) -> Standing<'_> {
        unimplemented!("{local}")
    }

    /// Is it closed the whole date?
    pub fn is_closed_all_day(&self, date: NaiveDate) -> bool {
        self.on(date).intervals.is_empty()
    }
}
