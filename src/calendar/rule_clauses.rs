//! What a sentence says of a rule, clause by clause, before it is known what the clauses mean together.

use std::ops::Range;

use chrono::Weekday;

use super::rule_words::Unit;
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
