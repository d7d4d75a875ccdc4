//! What a sentence says of a rule, clause by clause, before it is known what the clauses mean together.

use std::ops::Range;

use chrono::Weekday;

use super::rule_words::Unit;
use super::words::trimmed;
use crate::diagnostic::{Problem, codes};

/// Monday to Friday.
pub(super) const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// What a sentence says of the days.
#[derive(Default)]
pub(super) struct Clauses {
    /// "every 3 weeks", and where it stands.
    pub(super) base: Option<(Unit, u32, Range<usize>)>,
    /// "Tuesday and Thursday".
    pub(super) weekdays: Vec<Weekday>,
    /// How often the first weekdays come, in weeks; none before any are said.
    weeks: Option<u32>,
    /// How many times weekdays were said: "Tuesday and Thursday" is once.
    phrases: usize,
    /// Is it "every Tuesday", and not "on Tuesday"?
    pub(super) each_weekday: bool,
    /// "first Monday", "1st and 15th", "last day of May".
    pub(super) groups: Vec<Group>,
    /// "in July and August".
    pub(super) months: Vec<u8>,
    /// "except Sunday".
    pub(super) but_weekdays: Vec<Weekday>,
    /// "except July and August".
    pub(super) but_months: Vec<u8>,
    /// "twice a week".
    pub(super) fold: Option<(u32, Range<usize>)>,
}

/// One rule has one interval for all its days. What is said so that the days would have several of them is refused, never made one.
impl Clauses {
    /// How often it starts over, as far as it is said.
    pub(super) fn interval(&self) -> u32 {
        self.base.as_ref().map_or(1, |(_, interval, _)| *interval)
    }

    /// Notes how often it starts over; `joined` by an "and" to what was said before. "Every 2 months on the first Friday of the month" names one
    /// unit twice, which is no matter.
    pub(super) fn add_base(&mut self, text: &str, base: (Unit, u32, Range<usize>), joined: bool) -> Result<(), Problem> {
        let (unit, interval, range) = base;
        let said = self.phrases + self.groups.len();
        match &mut self.base {
            Some((before, most, _)) if *before == unit && *most == interval => {}
            before if joined && (said > 0 || before.is_some()) => return Err(two_rules(text, trimmed(text))),
            Some((before, most, _)) if *before == unit && (*most == 1 || interval == 1) && unit != Unit::Week && said < 2 => {
                *most = interval.max(*most);
            }
            Some(_) if said > 1 => return Err(two_rules(text, trimmed(text))),
            Some(_) => return Err(no_place(text, range)),
            None if self.phrases > 1 && interval > 1 => return Err(two_rules(text, trimmed(text))),
            None => self.base = Some((unit, interval, range)),
        }
        Ok(())
    }

    /// Notes weekdays; `own` is the interval that stands before them, in weeks: 1 of "every Thursday", 2 of "every other Thursday".
    pub(super) fn add_weekdays(&mut self, text: &str, days: Vec<Weekday>, own: Option<u32>, joined: bool) -> Result<(), Problem> {
        let weeks = own.unwrap_or_else(|| self.interval());
        let mixed = self.weeks.is_some_and(|before| before != weeks)
            || joined && !self.groups.is_empty()
            || self.phrases > 0 && !self.months.is_empty();
        if mixed {
            return Err(two_rules(text, trimmed(text)));
        }
        self.weeks = Some(weeks);
        self.phrases += 1;
        self.weekdays.extend(days);
        Ok(())
    }

    /// Notes days of a month or a year.
    pub(super) fn add_group(&mut self, text: &str, group: Group, joined: bool) -> Result<(), Problem> {
        let late_base =
            |base: &(Unit, u32, Range<usize>)| base.1 > 1 && self.groups.first().is_some_and(|first| first.range.start < base.2.start);
        if joined && self.phrases > 0 || self.base.as_ref().is_some_and(late_base) {
            return Err(two_rules(text, trimmed(text)));
        }
        self.groups.push(group);
        Ok(())
    }

    /// Notes months: "in July and August".
    pub(super) fn add_months(&mut self, text: &str, months: Vec<u8>) -> Result<(), Problem> {
        if !self.months.is_empty() {
            return Err(two_rules(text, trimmed(text)));
        }
        self.months = months;
        Ok(())
    }
}

/// Days of a month or a year, and the months that are named right behind them.
pub(super) struct Group {
    pub(super) days: GroupDays,
    pub(super) months: Vec<u8>,
    pub(super) range: Range<usize>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum GroupDays {
    /// "the 1st and 15th".
    Dates(Vec<i16>),
    /// "first and third Tuesday".
    Numbered(Vec<(i16, Weekday)>),
    /// "last weekday".
    Workdays(Vec<i16>),
}

/// The seven days of the week that begins on `first`.
pub(super) fn week_from(first: Weekday) -> impl Iterator<Item = Weekday> {
    std::iter::successors(Some(first), |day| Some(day.succ())).take(7)
}

/// The problem of a word that has no place where it stands.
pub(super) fn no_place(text: &str, at: Range<usize>) -> Problem {
    Problem::new(codes::REPEATS, at, format!("\"{}\" is not a way to say how an event repeats", text.trim()))
}

/// What would be more than one rule.
pub(super) fn two_rules(text: &str, range: Range<usize>) -> Problem {
    Problem::new(codes::REPEATS, range.clone(), format!("one rule cannot hold \"{}\"", &text[range]))
        .help("write the dates that are fewer in `adds:`, or make two events of it")
}
