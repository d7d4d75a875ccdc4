//! How an event repeats: the recurrence rule of RFC 5545 §3.3.10, for frequencies of a day and longer.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc, Weekday};

use super::civil::resolve;
use super::rule_text;
use super::zone::Zone;
use crate::diagnostic::Problem;

/// How often the rule starts over.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Frequency {
    /// `DAILY`.
    Daily,
    /// `WEEKLY`.
    Weekly,
    /// `MONTHLY`.
    Monthly,
    /// `YEARLY`.
    Yearly,
}

impl Frequency {
    pub(super) fn text(self) -> &'static str {
        match self {
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        }
    }
}

/// The last moment a rule may give, itself included.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Until {
    /// The whole of a local day.
    Date(NaiveDate),
    /// A wall-clock time of the library.
    Local(NaiveDateTime),
    /// An instant.
    Instant(DateTime<Utc>),
}

/// How a rule ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// Never.
    Never,
    /// After so many dates, counted before skips; at least 1.
    Count(u32),
    /// With the last date not after this.
    Until(Until),
}

/// A weekday of a rule: every one (`TH`), or the nth of its month or year, from the end when negative (`-1FR`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RuleDay {
    /// Which one, −53 to 53 and never 0; none for every one.
    pub nth: Option<i8>,
    /// The day of the week.
    pub weekday: Weekday,
}

/// A recurrence rule. Lists are sorted and hold nothing twice, so that equal rules are equal.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct RecurrenceRule {
    pub(super) frequency: Frequency,
    pub(super) interval: u32,
    pub(super) end: End,
    pub(super) by_month: Vec<u8>,
    pub(super) by_week: Vec<i8>,
    pub(super) by_year_day: Vec<i16>,
    pub(super) by_month_day: Vec<i8>,
    pub(super) by_day: Vec<RuleDay>,
    pub(super) by_set_pos: Vec<i16>,
    pub(super) week_start: Weekday,
}

impl RecurrenceRule {
    /// Every day, week, month or year, without an end.
    pub fn every(frequency: Frequency) -> Self {
        RecurrenceRule {
            frequency,
            interval: 1,
            end: End::Never,
            by_month: Vec::new(),
            by_week: Vec::new(),
            by_year_day: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    /// Reads RFC 5545 text, in any case, with or without `RRULE:` before it.
    pub fn parse(text: &str) -> Result<RecurrenceRule, Problem> {
        rule_text::parse(text)
    }

    /// How often it starts over.
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// Every how many days, weeks, months or years; at least 1.
    pub fn interval(&self) -> u32 {
        self.interval
    }

    /// How it ends.
    pub fn end(&self) -> End {
        self.end
    }

    /// The same rule with an end that is an instant told in wall-clock time of the zone, as people read it.
    pub fn localized(mut self, zone: Zone) -> Self {
        if let End::Until(Until::Instant(at)) = self.end {
            self.end = End::Until(Until::Local(super::Now::new(at, zone).local()));
        }
        self
    }

    /// The same rule without its end.
    pub fn endless(self) -> Self {
        RecurrenceRule { end: End::Never, ..self }
    }

    /// The same rule, with what it takes from its first date said: which day "weekly" is.
    pub(super) fn explicit(mut self, start: NaiveDate) -> Self {
        let no_days = self.by_month_day.is_empty() && self.by_year_day.is_empty() && self.by_day.is_empty();
        let day = i8::try_from(start.day()).unwrap_or(1);
        let weekday = RuleDay { nth: None, weekday: start.weekday() };
        match self.frequency {
            Frequency::Weekly if no_days => self.by_day.push(weekday),
            Frequency::Monthly if no_days => self.by_month_day.push(day),
            Frequency::Yearly if no_days && !self.by_week.is_empty() => self.by_day.push(weekday),
            Frequency::Yearly if no_days => {
                self.by_month_day.push(day);
                if self.by_month.is_empty() {
                    self.by_month.extend(u8::try_from(start.month()));
                }
            }
            _ => {}
        }
        // Where weeks begin matters only to every second week, and to weeks that are counted.
        let alone = self.by_day.len() == 1 && self.by_day.iter().all(|day| day.weekday == start.weekday());
        let counts_weeks = self.frequency == Frequency::Weekly && (self.interval > 1 && !alone || !self.by_set_pos.is_empty());
        if !counts_weeks && self.by_week.is_empty() {
            self.week_start = Weekday::Mon;
        }
        self.in_order()
    }

    /// The text for an `RRULE` beside a `DTSTART` with a `TZID`: there RFC 5545 wants `UNTIL` in UTC.
    ///
    /// A date as the end means the whole local day, so it becomes the instant of an occurrence on that day.
    pub fn to_ical(&self, start: NaiveDateTime, zone: Zone) -> String {
        let instant = |local: NaiveDateTime| End::Until(Until::Instant(resolve(local, zone).instant().to_utc()));
        let end = match self.end {
            End::Until(Until::Date(date)) => instant(date.and_time(start.time())),
            End::Until(Until::Local(local)) => instant(local),
            other => other,
        };
        RecurrenceRule { end, ..self.clone() }.to_string()
    }

    /// Puts the lists in order.
    pub(super) fn in_order(mut self) -> Self {
        self.by_month.sort_unstable();
        self.by_month.dedup();
        self.by_week.sort_by_key(|week| (*week < 0, *week));
        self.by_week.dedup();
        self.by_year_day.sort_by_key(|day| (*day < 0, *day));
        self.by_year_day.dedup();
        self.by_month_day.sort_by_key(|day| (*day < 0, *day));
        self.by_month_day.dedup();
        self.by_day.sort_by_key(|day| (day.nth.map(|nth| (nth < 0, nth)), day.weekday.num_days_from_monday()));
        self.by_day.dedup();
        self.by_set_pos.sort_by_key(|at| (*at < 0, *at));
        self.by_set_pos.dedup();
        self
    }
}

/// Canonical RFC 5545 text: the frequency first, only what differs from the default, lists in order.
impl fmt::Display for RecurrenceRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        rule_text::print(self, f)
    }
}
