//! The days that a rule gives: the table of RFC 5545 §3.3.10, one period (day, week, month or year) after the other.
//!
//! A day belongs to a period's set when every `BY…` part that is there holds; without any, the start says which day is meant. This is the
//! same as the table's "expand" and "limit" for frequencies of a day and longer. `BYSETPOS` then chooses from the set. Without `COUNT` a
//! window is reached by arithmetic, whatever lies between it and the start.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};

use super::civil::resolve;
use super::days;
use super::rule::{End, Frequency, RecurrenceRule, RuleDay, Until};
use super::zone::Zone;

/// Where every expansion stops: centuries behind any date that can be written, so that a rule no day fits comes to an end.
pub(super) const LAST_DATE: NaiveDate = match NaiveDate::from_ymd_opt(2600, 12, 31) {
    Some(date) => date,
    None => NaiveDate::MAX,
};

/// A rule made ready for its start.
pub(super) struct RuleDays<'a> {
    rule: &'a RecurrenceRule,
    start: NaiveDateTime,
    zone: Zone,
    /// One bit a month, January the lowest; all when the rule names none.
    months: u16,
    /// One bit a day of the month, counted from the first and from the last; both empty when any day will do.
    days_from_first: u32,
    days_from_last: u32,
    /// One bit a weekday, Monday the lowest.
    weekdays: u8,
    /// Do the numbers of [`RuleDays::numbered`] count within a month, or within a year?
    within: Within,
    numbered: Vec<(i8, Weekday)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Month,
    Year,
}

impl<'a> RuleDays<'a> {
    pub(super) fn new(rule: &'a RecurrenceRule, start: NaiveDateTime, zone: Zone) -> Self {
        let bit = |day: Weekday| 1u8 << day.num_days_from_monday();
        let (no_days, no_weekdays) = (rule.by_month_day.is_empty() && rule.by_year_day.is_empty(), rule.by_day.is_empty());
        let mut months = rule.by_month.iter().fold(0, |all, month| all | 1u16 << (month - 1));
        let mut weekdays = rule.by_day.iter().filter(|day| day.nth.is_none()).fold(0, |all, day| all | bit(day.weekday));
        let mut days_from_first = rule.by_month_day.iter().filter(|day| **day > 0).fold(0, |all, day| all | 1u32 << day.unsigned_abs());
        let days_from_last = rule.by_month_day.iter().filter(|day| **day < 0).fold(0, |all, day| all | 1u32 << day.unsigned_abs());
        match rule.frequency {
            Frequency::Yearly if no_days && no_weekdays && !rule.by_week.is_empty() => weekdays = bit(start.weekday()),
            Frequency::Yearly if no_days && no_weekdays => {
                days_from_first = 1 << start.day();
                if months == 0 {
                    months = 1 << start.month0();
                }
            }
            Frequency::Monthly if no_days && no_weekdays => days_from_first = 1 << start.day(),
            Frequency::Weekly if no_weekdays => weekdays = bit(start.weekday()),
            _ => {}
        }
        let within = if rule.frequency == Frequency::Yearly && rule.by_month.is_empty() { Within::Year } else { Within::Month };
        let numbered = rule.by_day.iter().filter_map(|RuleDay { nth, weekday }| nth.map(|nth| (nth, *weekday))).collect();
        let months = if months == 0 { 0x0fff } else { months };
        RuleDays { rule, start, zone, months, days_from_first, days_from_last, weekdays, within, numbered }
    }

    /// Is the start one of the rule's dates?
    pub(super) fn gives_its_start(&self) -> bool {
        let mut set = Vec::new();
        if let Some(first) = self.first_day(0) {
            self.fill(first, &mut set);
        }
        set.contains(&self.start.date()) && self.is_before_end(self.start.date())
    }

    /// The rule's dates from the first to the last day given, both included, in order.
    pub(super) fn between(self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<'a> {
        let from = from.max(self.start.date());
        // What is counted must be counted from the start; else we begin where the window does.
        let (left, period) = match self.rule.end {
            End::Count(count) => (Some(count), 0),
            End::Never | End::Until(_) => (None, self.period_of(from)),
        };
        Dates { rule: self, from, to, period, set: Vec::new(), at: 0, left, over: false }
    }

    /// The last of the rule's dates that is not skipped.
    pub(super) fn last_but(self, skips: &BTreeSet<NaiveDate>) -> Option<NaiveDate> {
        let End::Until(until) = self.rule.end else {
            return self.between(NaiveDate::MIN, LAST_DATE).filter(|date| !skips.contains(date)).last();
        };
        // From the end backwards: an end far away costs nothing.
        let until = Self::last_day(until).min(LAST_DATE);
        let mut set = Vec::new();
        (0..=self.period_of(until.max(self.start.date()))).rev().find_map(|period| {
            self.fill(self.first_day(period)?, &mut set);
            let fits = |date: &&NaiveDate| **date >= self.start.date() && self.is_before_end(**date) && !skips.contains(*date);
            set.iter().rev().find(fits).copied()
        })
    }

    /// The number of the period that holds this day, or of the last one before it: the start's is 0.
    fn period_of(&self, date: NaiveDate) -> u32 {
        let start = self.start.date();
        let interval = i64::from(self.rule.interval);
        let far = match self.rule.frequency {
            Frequency::Daily => days::days_from(start, date),
            Frequency::Weekly => {
                let week = |date| days::start_of_week(date, self.rule.week_start);
                days::days_from(week(start), week(date)) / 7
            }
            Frequency::Monthly => month_number(date) - month_number(start),
            Frequency::Yearly => i64::from(date.year()) - i64::from(start.year()),
        };
        u32::try_from(far.max(0) / interval).unwrap_or(u32::MAX)
    }

    /// The first day of a period, when it is not beyond the end of every expansion.
    fn first_day(&self, period: u32) -> Option<NaiveDate> {
        let start = self.start.date();
        let far = i64::from(period).checked_mul(i64::from(self.rule.interval))?;
        let day = match self.rule.frequency {
            Frequency::Daily => days::plus_days(start, far),
            Frequency::Weekly => days::plus_days(days::start_of_week(start, self.rule.week_start), far.checked_mul(7)?),
            Frequency::Monthly => days::plus_months(start, i32::try_from(far).ok()?),
            Frequency::Yearly => NaiveDate::from_ymd_opt(start.year().checked_add(i32::try_from(far).ok()?)?, 1, 1)?,
        };
        Some(day).filter(|day| *day <= LAST_DATE)
    }

    /// Puts the dates of the period that begins on `first` into `set`, in order.
    fn fill(&self, first: NaiveDate, set: &mut Vec<NaiveDate>) {
        set.clear();
        match self.rule.frequency {
            Frequency::Daily => self.fill_days(first, 1, set),
            Frequency::Weekly => self.fill_days(first, 7, set),
            Frequency::Monthly => self.fill_month(first, set),
            Frequency::Yearly => {
                for month in (1..=12).filter(|month| self.months & 1 << (month - 1) != 0) {
                    if let Some(first) = NaiveDate::from_ymd_opt(first.year(), month, 1) {
                        self.fill_month(first, set);
                    }
                }
                if !self.rule.by_year_day.is_empty() || !self.rule.by_week.is_empty() {
                    set.retain(|day| self.is_year_day(*day) && self.is_in_week(*day));
                }
            }
        }
        self.choose(set);
    }

    fn fill_days(&self, first: NaiveDate, count: u32, set: &mut Vec<NaiveDate>) {
        let first_weekday = first.weekday().num_days_from_monday();
        for nth in 0..count {
            // The weekday alone refuses most days, so it is asked before the date is made.
            if self.weekdays != 0 && self.weekdays & 1 << ((first_weekday + nth) % 7) == 0 {
                continue;
            }
            let day = days::plus_days(first, i64::from(nth));
            let fits = self.months & 1 << day.month0() != 0 && (self.any_day() || self.is_month_day(day.day(), days::days_in_month(day)));
            if fits {
                set.push(day);
            }
        }
    }

    fn fill_month(&self, first: NaiveDate, set: &mut Vec<NaiveDate>) {
        if self.months & 1 << first.month0() == 0 {
            return;
        }
        let length = days::days_in_month(first);
        let first_weekday = first.weekday().num_days_from_monday();
        let any_weekday = self.weekdays == 0 && self.numbered.is_empty();
        for day in 1..=length {
            let weekday = (first_weekday + day - 1) % 7;
            let fits = (self.any_day() || self.is_month_day(day, length))
                && (any_weekday || self.weekdays & 1 << weekday != 0 || self.is_numbered(first, day, length, weekday));
            if fits {
                set.extend(first.with_day(day));
            }
        }
    }

    fn any_day(&self) -> bool {
        self.days_from_first == 0 && self.days_from_last == 0
    }

    fn is_month_day(&self, day: u32, length: u32) -> bool {
        self.days_from_first & 1 << day != 0 || self.days_from_last & 1 << (length + 1 - day) != 0
    }

    fn is_numbered(&self, first: NaiveDate, day: u32, length: u32, weekday: u32) -> bool {
        if self.numbered.is_empty() {
            return false;
        }
        let (day, length) = match self.within {
            Within::Month => (day, length),
            Within::Year => (first.ordinal0() + day, if first.leap_year() { 366 } else { 365 }),
        };
        let from_first = i64::from((day - 1) / 7 + 1);
        let from_last = -i64::from((length - day) / 7 + 1);
        self.numbered
            .iter()
            .any(|(nth, named)| named.num_days_from_monday() == weekday && (i64::from(*nth) == from_first || i64::from(*nth) == from_last))
    }

    fn is_year_day(&self, date: NaiveDate) -> bool {
        let (from_first, length) = (i64::from(date.ordinal()), if date.leap_year() { 366 } else { 365 });
        let named = |day: &i16| i64::from(*day) == from_first || i64::from(*day) == from_first - length - 1;
        self.rule.by_year_day.is_empty() || self.rule.by_year_day.iter().any(named)
    }

    /// Weeks are counted as in ISO 8601, but begin on `WKST`. A day of January may lie in the last week of the year before, and one of December
    /// in the first of the next; it belongs to the year of the calendar.
    fn is_in_week(&self, date: NaiveDate) -> bool {
        if self.rule.by_week.is_empty() {
            return true;
        }
        let (week, weeks) = days::week_number(date, self.rule.week_start);
        self.rule.by_week.iter().any(|named| *named == week || *named == week - weeks - 1)
    }

    /// Keeps only what `BYSETPOS` names.
    fn choose(&self, set: &mut Vec<NaiveDate>) {
        if self.rule.by_set_pos.is_empty() {
            return;
        }
        let count = i64::try_from(set.len()).unwrap_or(i64::MAX);
        let mut place = 0;
        set.retain(|_| {
            place += 1;
            self.rule.by_set_pos.iter().any(|at| i64::from(*at) == place || i64::from(*at) == place - count - 1)
        });
    }

    fn is_before_end(&self, date: NaiveDate) -> bool {
        let starts = days::at(date, self.start.time());
        match self.rule.end {
            End::Never | End::Count(_) => true,
            End::Until(Until::Date(last)) => date <= last,
            End::Until(Until::Local(last)) => starts <= last,
            // A day away from it no zone can matter.
            End::Until(Until::Instant(last)) => match days::days_from(last.date_naive(), date) {
                ..-2 => true,
                -2..=2 => resolve(starts, self.zone).instant() <= last,
                3.. => false,
            },
        }
    }

    /// No date after this one is before the end.
    fn last_day(until: Until) -> NaiveDate {
        match until {
            Until::Date(date) => date,
            Until::Local(local) => local.date(),
            Until::Instant(at) => days::plus_days(at.date_naive(), 2),
        }
    }
}

fn month_number(date: NaiveDate) -> i64 {
    i64::from(date.year()) * 12 + i64::from(date.month0())
}

struct Dates<'a> {
    rule: RuleDays<'a>,
    from: NaiveDate,
    to: NaiveDate,
    period: u32,
    set: Vec<NaiveDate>,
    /// The next of `set` to be looked at.
    at: usize,
    /// How many dates `COUNT` still allows; none when it does not count.
    left: Option<u32>,
    over: bool,
}

impl Dates<'_> {
    /// The next date of the rule, whether in the window or not.
    fn next_of_rule(&mut self) -> Option<NaiveDate> {
        loop {
            if let Some(&date) = self.set.get(self.at) {
                self.at += 1;
                if date >= self.rule.start.date() {
                    return Some(date);
                }
            } else {
                // The days of a period never lie before its first.
                let first = self.rule.first_day(self.period).filter(|first| *first <= self.to)?;
                self.rule.fill(first, &mut self.set);
                self.at = 0;
                self.period = self.period.checked_add(1)?;
            }
        }
    }
}

impl Iterator for Dates<'_> {
    type Item = NaiveDate;

    fn next(&mut self) -> Option<NaiveDate> {
        while !self.over {
            let date = self.next_of_rule().filter(|date| *date <= self.to && self.rule.is_before_end(*date) && self.left != Some(0));
            self.over = date.is_none();
            self.left = self.left.map(|left| left.saturating_sub(1));
            if let Some(date) = date.filter(|date| *date >= self.from) {
                return Some(date);
            }
        }
        None
    }
}
