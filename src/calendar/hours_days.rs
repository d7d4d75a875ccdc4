//! The days that differ from the weekly hours: closings and other hours of a day, and seasons.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, Weekday};

use super::days;
use super::expand::Pattern;
use super::hours::Interval;
use super::zone::Zone;

/// Hours by weekday, Monday first; each day's in order.
pub type Weekly = [Vec<Interval>; 7];

/// Days with other hours than usual.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Special {
    /// Which days.
    pub when: SpecialDays,
    /// Their hours, in order; empty when closed.
    pub intervals: Vec<Interval>,
    /// Why: "Christmas Day".
    pub reason: Option<String>,
    /// What happens to the events of those days, where it says so.
    pub events: Option<OnClosing>,
}

/// Which days are special.
#[expect(clippy::large_enum_variant, reason = "a branch has a dozen of them")]
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SpecialDays {
    /// One day.
    One(NaiveDate),
    /// From the first to the last, both included.
    Range(NaiveDate, NaiveDate),
    /// Every date of a rule.
    Rule(Pattern),
}

/// What happens to an event on a day on which its branch is closed, or closed at its hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnClosing {
    /// It is cancelled.
    Cancel,
    /// It takes place all the same.
    Keep,
}

impl OnClosing {
    /// As written.
    pub const WRITTEN: [(&'static str, OnClosing); 2] = [("cancel", OnClosing::Cancel), ("keep", OnClosing::Keep)];
}

/// A part of the year with weekly hours of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Season {
    /// As patrons read it: "Summer hours".
    pub name: String,
    /// When it is.
    pub when: SeasonDays,
    /// Its hours, Monday first; none where the usual ones hold.
    pub weekly: [Option<Vec<Interval>>; 7],
}

/// From the first to the last day of a season, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeasonDays {
    /// Once.
    Dates(NaiveDate, NaiveDate),
    /// Every year; over the turn of the year when the last comes before the first.
    Yearly(YearDay, YearDay),
}

/// A day of every year, such as June 15. February 29 is the end of February in a year without one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct YearDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl YearDay {
    /// The month and day of a date.
    pub fn of(date: NaiveDate) -> YearDay {
        YearDay { month: date.month(), day: date.day() }
    }

    /// The date in a year; the month's last where it has no such day.
    pub fn in_year(self, year: i32) -> NaiveDate {
        let first = NaiveDate::from_ymd_opt(year, self.month, 1).unwrap_or_default();
        first.with_day(self.day).unwrap_or_else(|| days::last_of_month(first))
    }
}

impl SeasonDays {
    /// Does the season hold this date?
    pub fn contains(&self, date: NaiveDate) -> bool {
        match *self {
            SeasonDays::Dates(from, to) => (from..=to).contains(&date),
            SeasonDays::Yearly(from, to) => {
                let day = YearDay::of(date);
                if from <= to { (from..=to).contains(&day) } else { day >= from || day <= to }
            }
        }
    }

    /// Its first and last day around a date, or the next time after it; none when it is over for good.
    pub fn around(&self, date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match *self {
            SeasonDays::Dates(from, to) => (date <= to).then_some((from, to)),
            SeasonDays::Yearly(from, to) => (date.year() - 1..=date.year() + 1)
                .map(|year| (from.in_year(year), to.in_year(if to < from { year + 1 } else { year })))
                .find(|(_, last)| *last >= date),
        }
    }

    /// How many days it is long, less one.
    fn width(&self) -> i64 {
        match *self {
            SeasonDays::Dates(from, to) => days::days_from(from, to),
            // of a leap year, which has every day
            SeasonDays::Yearly(from, to) => days::days_from(from.in_year(2000), to.in_year(2000)).rem_euclid(366),
        }
    }
}

/// The season that says the hours of a date: of those that name its weekday the shortest, and the last listed among equals.
pub(super) fn season_on(seasons: &[Season], date: NaiveDate) -> Option<(&Season, &[Interval])> {
    let saying = seasons.iter().rev().filter(|season| season.when.contains(date));
    saying.filter_map(|season| Some((season, season.on(date.weekday())?))).min_by_key(|(season, _)| season.when.width())
}

impl Season {
    /// Its hours of a weekday, where it has its own.
    pub fn on(&self, day: Weekday) -> Option<&[Interval]> {
        self.weekly[day.num_days_from_monday() as usize].as_deref()
    }
}

impl SpecialDays {
    /// How wide it is: one day is narrower than the dates of a rule, these than any range.
    fn width(&self) -> i64 {
        match self {
            SpecialDays::One(_) => 0,
            SpecialDays::Rule(_) => 1,
            SpecialDays::Range(from, to) => days::days_from(*from, *to).saturating_add(2),
        }
    }

    /// Its days from one date to another, both included.
    fn between(&self, from: NaiveDate, to: NaiveDate) -> Box<dyn Iterator<Item = NaiveDate> + '_> {
        match self {
            SpecialDays::One(day) => Box::new(Some(*day).filter(|day| (from..=to).contains(day)).into_iter()),
            SpecialDays::Range(first, last) => Box::new(days::day_range((*first).max(from), (*last).min(to))),
            // A rule's dates carry no zone here: a day is a day.
            SpecialDays::Rule(pattern) => Box::new(pattern.between(from, to, Zone::utc()).map(|planned| planned.on)),
        }
    }
}

/// The special days of a branch and of the library, with which of them holds on each day.
#[derive(Default, Debug)]
pub(super) struct Specials {
    all: Vec<Special>,
    /// So many of them are the branch's own; they stand first.
    own: usize,
    /// By year from [`FIRST_YEAR`]: for each day of the year the number of its special day, from 1. Made when a year is first asked for,
    /// since every date of every event may ask.
    years: Vec<OnceLock<Box<[u16]>>>,
}

const FIRST_YEAR: i32 = 1990;
const YEARS: usize = 120;

impl Specials {
    pub(super) fn new(own: Vec<Special>, library: Vec<Special>) -> Specials {
        let (count, mut all) = (own.len(), own);
        all.extend(library);
        // More than a number can tell is no list that anybody wrote.
        all.truncate(usize::from(u16::MAX) - 1);
        let years = if all.is_empty() { Vec::new() } else { (0..YEARS).map(|_| OnceLock::new()).collect() };
        Specials { own: count.min(all.len()), all, years }
    }

    pub(super) fn all(&self) -> &[Special] {
        &self.all
    }

    /// The special day that holds on a date.
    pub(super) fn on(&self, date: NaiveDate) -> Option<&Special> {
        if self.all.is_empty() {
            return None;
        }
        let kept = usize::try_from(date.year() - FIRST_YEAR).ok().and_then(|at| self.years.get(at));
        let number = match kept {
            Some(year) => year.get_or_init(|| self.year(date.year()))[date.ordinal0() as usize],
            None => self.year(date.year())[date.ordinal0() as usize],
        };
        self.all.get(usize::from(number).checked_sub(1)?)
    }

    /// Which holds on each day of a year.
    fn year(&self, year: i32) -> Box<[u16]> {
        let first = NaiveDate::from_yo_opt(year, 1).unwrap_or(NaiveDate::MIN);
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX);
        let narrowest = |from: usize, to: usize| {
            let mut found = vec![(i64::MAX, 0_u16); 366];
            for (at, special) in self.all.iter().enumerate().take(to).skip(from) {
                let (width, number) = (special.when.width(), u16::try_from(at + 1).unwrap_or(0));
                for day in special.when.between(first, last) {
                    let place = &mut found[day.ordinal0() as usize];
                    // The last listed among equals.
                    if width <= place.0 {
                        *place = (width, number);
                    }
                }
            }
            found
        };
        let own = narrowest(0, self.own);
        let library = narrowest(self.own, self.all.len());
        let which = |(own, library): ((i64, u16), (i64, u16))| match (own.1, library.1) {
            (0, number) | (number, 0) => number,
            // A range in which a branch is open at other hours does not open it on a holiday of the library.
            (mine, theirs) => {
                let special = &self.all[usize::from(mine) - 1];
                let gives_way = matches!(special.when, SpecialDays::Range(..)) && !special.intervals.is_empty() && library.0 < own.0;
                if gives_way { theirs } else { mine }
            }
        };
        own.into_iter().zip(library).map(which).collect()
    }
}

impl Clone for Specials {
    fn clone(&self) -> Self {
        let (own, library) = self.all.split_at(self.own);
        Specials::new(own.to_vec(), library.to_vec())
    }
}

impl PartialEq for Specials {
    fn eq(&self, other: &Self) -> bool {
        self.all == other.all && self.own == other.own
    }
}

impl Eq for Specials {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Hours, parse_days, parse_every, parse_intervals};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn special(when: SpecialDays, open: &str, reason: &str) -> Special {
        Special { when, intervals: parse_intervals(open).unwrap(), reason: Some(reason.to_owned()), events: None }
    }

    fn range(from: &str, to: &str) -> SpecialDays {
        SpecialDays::Range(day(from), day(to))
    }

    fn rule(text: &str) -> SpecialDays {
        let begin = day("2001-01-01");
        SpecialDays::Rule(Pattern::repeating(days::midnight(begin), parse_every(text, begin).unwrap()))
    }

    fn weekly(named: &[(&str, &str)]) -> Weekly {
        let mut weekly = Weekly::default();
        for (days, open) in named {
            for weekday in parse_days(days).unwrap() {
                weekly[weekday.num_days_from_monday() as usize] = parse_intervals(open).unwrap();
            }
        }
        weekly
    }

    fn season(name: &str, when: SeasonDays, named: &[(&str, &str)]) -> Season {
        let mut own: [Option<Vec<Interval>>; 7] = Default::default();
        for (days, open) in named {
            for weekday in parse_days(days).unwrap() {
                own[weekday.num_days_from_monday() as usize] = Some(parse_intervals(open).unwrap());
            }
        }
        Season { name: name.to_owned(), when, weekly: own }
    }

    fn yearly(from: (u32, u32), to: (u32, u32)) -> SeasonDays {
        SeasonDays::Yearly(YearDay { month: from.0, day: from.1 }, YearDay { month: to.0, day: to.1 })
    }

    /// What the door says on a date.
    fn door(hours: &Hours, date: &str) -> String {
        let day = hours.on(day(date));
        let text = day.intervals.iter().map(|one| format!("{}-{}", one.opens.format("%H"), one.closes.format("%H"))).collect::<Vec<_>>();
        format!("{} {}", text.join(" "), day.reason.or(day.season.map(|season| season.name.as_str())).unwrap_or("")).trim().to_owned()
    }

    fn library() -> Vec<Special> {
        vec![
            special(rule("every year on December 25"), "closed", "Christmas Day"),
            special(rule("every year on July 4"), "closed", "Independence Day"),
            special(SpecialDays::One(day("2026-08-05")), "12:00-20:00", "Staff morning"),
            special(range("2026-12-26", "2026-12-31"), "10:00-15:00", "Quiet week"),
        ]
    }

    fn branch(own: Vec<Special>) -> Hours {
        Hours::new(weekly(&[("mon-sat", "10:00-18:00")])).with_closings(own, library())
    }

    #[test]
    fn what_a_branch_does_not_say_the_library_says() {
        let hours = branch(Vec::new());
        assert_eq!(door(&hours, "2026-12-25"), "Christmas Day");
        assert_eq!(door(&hours, "2026-12-29"), "10-15 Quiet week");
        assert_eq!(door(&hours, "2026-12-24"), "10-18");
        assert_eq!(door(&hours, "2046-07-04"), "Independence Day");
    }

    #[test]
    fn a_branch_that_says_otherwise_for_a_date_is_believed() {
        let own = vec![
            special(SpecialDays::One(day("2026-07-04")), "12:00-16:00", "Parade day"),
            special(range("2026-12-24", "2027-01-02"), "closed", "New boiler"),
            special(range("2026-08-01", "2026-08-31"), "closed", "New floor"),
        ];
        let hours = branch(own);
        assert_eq!(door(&hours, "2026-07-04"), "12-16 Parade day");
        assert_eq!(door(&hours, "2026-12-29"), "New boiler");
        // The library's late opening on one day opens no branch that is being rebuilt.
        assert_eq!(door(&hours, "2026-08-05"), "New floor");
    }

    #[test]
    fn other_hours_over_many_days_open_no_branch_on_a_holiday() {
        let hours = branch(vec![special(range("2026-12-14", "2027-01-03"), "09:00-21:00", "Exam weeks")]);
        assert_eq!(door(&hours, "2026-12-24"), "09-21 Exam weeks");
        assert_eq!(door(&hours, "2026-12-25"), "Christmas Day");
        assert_eq!(door(&hours, "2026-12-28"), "10-15 Quiet week");
    }

    #[test]
    fn a_season_has_its_own_hours_on_the_days_it_names_and_closings_stand_above_it() {
        let summer = season("Summer hours", yearly((6, 15), (9, 5)), &[("fri", "10:00-14:00"), ("sat", "closed")]);
        let fair = season("Fair week", yearly((8, 10), (8, 16)), &[("fri", "08:00-12:00")]);
        let hours = branch(Vec::new()).with_seasons(vec![fair, summer]);
        assert_eq!(door(&hours, "2026-06-12"), "10-18");
        assert_eq!(door(&hours, "2026-06-15"), "10-18");
        assert_eq!(door(&hours, "2026-06-19"), "10-14 Summer hours");
        assert_eq!(door(&hours, "2026-06-20"), "Summer hours");
        assert_eq!(door(&hours, "2026-07-04"), "Independence Day");
        assert_eq!(door(&hours, "2026-08-14"), "08-12 Fair week");
        // The shorter season leaves Saturday to the longer.
        assert_eq!(door(&hours, "2026-08-15"), "Summer hours");
        assert_eq!(door(&hours, "2026-09-05"), "Summer hours");
        assert_eq!(door(&hours, "2026-09-12"), "10-18");
        assert_eq!(door(&hours, "2031-06-21"), "Summer hours");
    }

    #[test]
    fn a_season_may_go_over_the_turn_of_the_year() {
        let winter = yearly((12, 1), (2, 29));
        let around = |date| winter.around(day(date)).unwrap();
        assert_eq!(around("2027-01-10"), (day("2026-12-01"), day("2027-02-28")));
        assert_eq!(around("2027-03-01"), (day("2027-12-01"), day("2028-02-29")));
        assert!(winter.contains(day("2027-02-28")) && winter.contains(day("2028-02-29")) && !winter.contains(day("2027-03-01")));
        assert_eq!(yearly((6, 15), (9, 5)).around(day("2026-09-06")), Some((day("2027-06-15"), day("2027-09-05"))));
        assert_eq!(SeasonDays::Dates(day("2026-06-15"), day("2026-09-05")).around(day("2026-09-06")), None);
    }

    proptest! {
        #[test]
        fn a_season_holds_exactly_the_days_from_its_first_to_its_last(from in 0_u32..366, to in 0_u32..366, at in 0_i64..2_000) {
            let of = |nth: u32| YearDay::of(days::plus_days(day("2000-01-01"), i64::from(nth)));
            let season = SeasonDays::Yearly(of(from), of(to));
            let date = days::plus_days(day("2026-01-01"), at);
            let (first, last) = season.around(date).unwrap();
            prop_assert!(last >= date && first <= last.max(first));
            // One that is only February 29 has no day in most years.
            if of(from) != (YearDay { month: 2, day: 29 }) {
                prop_assert_eq!(season.contains(date), (first..=last).contains(&date));
            }
        }

        #[test]
        fn the_table_of_a_year_agrees_with_the_rule_of_the_narrowest(
            ranges in proptest::collection::vec((0_i64..60, 0_i64..20, any::<bool>(), any::<bool>()), 0..6), at in 0_i64..80,
        ) {
            let begin = day("2026-12-01");
            let date = days::plus_days(begin, at);
            let mut lists = [Vec::new(), Vec::new()];
            for (from, length, open, own) in ranges {
                let from = days::plus_days(begin, from);
                let when = if length == 0 { SpecialDays::One(from) } else { SpecialDays::Range(from, days::plus_days(from, length)) };
                lists[usize::from(!own)].push(special(when, if open { "10:00-12:00" } else { "closed" }, "why"));
            }
            let covers = |special: &&Special| special.when.between(date, date).next().is_some();
            let narrowest = |list: &[Special]| list.iter().rev().filter(covers).min_by_key(|special| special.when.width()).cloned();
            let expected = match (narrowest(&lists[0]), narrowest(&lists[1])) {
                (Some(mine), Some(theirs)) => {
                    let wide = matches!(mine.when, SpecialDays::Range(..)) && !mine.intervals.is_empty();
                    Some(if wide && theirs.when.width() < mine.when.width() { theirs } else { mine })
                }
                (mine, theirs) => mine.or(theirs),
            };
            let [own, library] = lists;
            prop_assert_eq!(Specials::new(own, library).on(date).cloned(), expected);
        }
    }
}
