//! A start, a rule, dates left out and dates added → the dates of an event, lazily, in order.

use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::iter::Peekable;

use chrono::{NaiveDate, NaiveDateTime, Timelike};

use super::days;
use super::rule::{End, RecurrenceRule};
use super::rule_days::{LAST_DATE, RuleDays};
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
    /// Dates and times beside the rule. One at the moment of a rule's date is that date, and stands even where `skips` names it.
    pub adds: BTreeSet<NaiveDateTime>,
}

/// One planned date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Planned {
    /// Its date, before any change.
    pub on: NaiveDate,
    /// 0 for the rule's own date, or the first of a day without one; for further ones that day the minute of the day, from 1.
    pub nth: u16,
    /// When it starts, as the rule says; a gap or fold is still to be resolved.
    pub starts: NaiveDateTime,
}

impl Pattern {
    /// One date and nothing more.
    pub fn once(starts: NaiveDateTime) -> Self {
        Pattern { starts, rule: None, skips: BTreeSet::new(), adds: BTreeSet::new() }
    }

    /// A start and a rule.
    pub fn repeating(starts: NaiveDateTime, rule: RecurrenceRule) -> Self {
        Pattern { rule: Some(rule), ..Pattern::once(starts) }
    }

    /// The planned dates from `from` to `to`, both included, in order, each once. The zone is asked only for an `UNTIL` in UTC.
    ///
    /// The start is a date of its rule only if the rule gives it; `COUNT` counts the rule's dates before any is skipped.
    pub fn between(&self, from: NaiveDate, to: NaiveDate, zone: Zone) -> impl Iterator<Item = Planned> + '_ {
        Between { pattern: self, own: self.own_dates(from, to, zone).peekable(), after: Some(from), to, ready: VecDeque::new() }
    }

    /// The first planned date on this day or later; none when there is none up to the year 2600.
    pub fn next_on_or_after(&self, date: NaiveDate, zone: Zone) -> Option<Planned> {
        self.between(date, LAST_DATE, zone).next()
    }

    /// The first planned date of all.
    pub fn first(&self, zone: Zone) -> Option<Planned> {
        self.next_on_or_after(NaiveDate::MIN, zone)
    }

    /// The last planned date; none when it never ends, or never takes place.
    pub fn last(&self, zone: Zone) -> Option<NaiveDate> {
        if self.is_endless() {
            return None;
        }
        let own = match &self.rule {
            None => Some(self.starts.date()).filter(|date| !self.skips.contains(date)),
            Some(rule) => RuleDays::new(rule, self.starts, zone).last_but(&self.skips),
        };
        own.max(self.adds.last().map(NaiveDateTime::date))
    }

    /// Does it repeat without an end?
    pub fn is_endless(&self) -> bool {
        self.rule.as_ref().is_some_and(|rule| rule.end() == End::Never)
    }

    /// Is it one date by its nature: no rule and nothing added?
    pub fn is_single(&self) -> bool {
        self.rule.is_none() && self.adds.is_empty()
    }

    /// Is the start a date of its own rule? Without a rule it is.
    pub fn start_matches_rule(&self, zone: Zone) -> bool {
        self.rule.as_ref().is_none_or(|rule| RuleDays::new(rule, self.starts, zone).gives_its_start())
    }

    /// The dates nearest to the start, one before and one after where there are such, that would be the first date of this rule.
    pub fn nearest_matches(&self, zone: Zone) -> Vec<NaiveDate> {
        let Some(rule) = &self.rule else { return vec![self.starts.date()] };
        let fits = |date: &NaiveDate| RuleDays::new(rule, days::at(*date, self.starts.time()), zone).gives_its_start();
        let start = self.starts.date();
        let before = (1..=FAR).map(|far| days::minus_days(start, far)).find(fits);
        let after = (1..=FAR).map(|far| days::plus_days(start, far)).find(fits);
        before.into_iter().chain(after).collect()
    }

    /// Does the rule give no date at all: February 31, or an end before the beginning?
    pub fn rule_has_no_date(&self, zone: Zone) -> bool {
        self.rule.as_ref().is_some_and(|rule| RuleDays::new(rule, self.starts, zone).between(NaiveDate::MIN, LAST_DATE).next().is_none())
    }

    /// The dates of the rule, or the one date where there is no rule, without the skipped ones.
    fn own_dates(&self, from: NaiveDate, to: NaiveDate, zone: Zone) -> impl Iterator<Item = NaiveDate> + '_ {
        let single = self.rule.is_none().then_some(self.starts.date()).filter(|date| *date >= from);
        let ruled = self.rule.iter().flat_map(move |rule| RuleDays::new(rule, self.starts, zone).between(from, to));
        single.into_iter().chain(ruled).filter(|date| !self.skips.contains(date))
    }
}

/// How far from a start we look for a date that fits its rule: a leap day is at most eight years away.
const FAR: i64 = 8 * 366;

/// Merges the rule's dates with the added ones, a day at a time.
struct Between<'a, I: Iterator<Item = NaiveDate>> {
    pattern: &'a Pattern,
    own: Peekable<I>,
    /// The next day that may be given out; none behind the calendar's last.
    after: Option<NaiveDate>,
    to: NaiveDate,
    /// What is left of the day being given out.
    ready: VecDeque<Planned>,
}

impl<I: Iterator<Item = NaiveDate>> Iterator for Between<'_, I> {
    type Item = Planned;

    fn next(&mut self) -> Option<Planned> {
        if let Some(planned) = self.ready.pop_front() {
            return Some(planned);
        }
        let after = self.after.filter(|after| *after <= self.to)?;
        let own = self.own.peek().copied();
        let added = self.pattern.adds.range(days::midnight(after)..).next().map(NaiveDateTime::date);
        let on = [own, added].into_iter().flatten().min().filter(|day| *day <= self.to)?;
        self.after = on.succ_opt();
        let mut starts = None;
        if own == Some(on) {
            self.own.next();
            starts = Some(days::at(on, self.pattern.starts.time()));
        }
        if added != Some(on) {
            return starts.map(|starts| Planned { on, nth: 0, starts });
        }
        // The rule's own date is always the day's number 0, and others have the number of their time, so that adding one gives no other a
        // new name.
        let others = self.pattern.adds.range(days::midnight(on)..).take_while(|add| add.date() == on).copied();
        let all = starts.into_iter().chain(others.filter(|add| Some(*add) != starts));
        self.ready.extend(all.enumerate().map(|(at, starts)| Planned { on, nth: if at == 0 { 0 } else { number_of(starts) }, starts }));
        self.ready.make_contiguous().sort_by_key(|planned| planned.starts);
        self.ready.pop_front()
    }
}

/// The number of a further date on its day: its minute of the day, from 1.
fn number_of(starts: NaiveDateTime) -> u16 {
    u16::try_from(starts.hour() * 60 + starts.minute() + 1).unwrap_or(u16::MAX)
}
