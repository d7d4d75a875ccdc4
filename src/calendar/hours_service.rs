//! How long is a branch open in a year? What the federal survey of public libraries asks of each outlet.

use chrono::{NaiveDate, TimeDelta};

use super::civil::resolve;
use super::days;
use super::hours::Hours;
use super::zone::Zone;

/// What a branch was open in a span of days.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Service {
    /// Minutes open to the public: as much as the clock truly ran, also in the nights on which it is put on or back.
    pub minutes: i64,
    /// Weeks in which it was open for half or more of what its weekly and seasonal hours promise (Public Libraries Survey, data element
    /// "number of weeks an outlet is open"). Weeks are counted from the first day of the span; one or two days that are left over belong to
    /// the last, so that a year has 52.
    pub weeks: u32,
    /// Days on which it opened.
    pub days: u32,
}

impl Hours {
    /// What the branch is open from one day to another, both included: a calendar year, or the fiscal year of the library.
    ///
    /// A night belongs to the day it began on; hours that follow or overlap each other are counted once.
    pub fn service(&self, from: NaiveDate, to: NaiveDate, zone: Zone) -> Service {
        let mut service = Service::default();
        let count = days::days_from(from, to).saturating_add(1).max(0);
        let weeks = (count / 7).max(i64::from(count > 0));
        let mut over = None;
        for week in 0..weeks {
            let first = days::plus_days(from, week * 7);
            let last = if week + 1 == weeks { to } else { days::plus_days(first, 6) };
            let (mut open, mut promised) = (0, 0);
            for date in days::day_range(first, last) {
                let mut opened = false;
                for interval in self.on(date).intervals {
                    let (opens, closes) = interval.on(date);
                    let (opens, closes) = (resolve(opens, zone).instant(), resolve(closes, zone).instant());
                    let begins = over.map_or(opens, |over| opens.max(over));
                    let length = closes.signed_duration_since(begins).max(TimeDelta::zero());
                    open += length.num_minutes();
                    opened |= length > TimeDelta::zero();
                    over = Some(over.map_or(closes, |over| closes.max(over)));
                }
                service.days += u32::from(opened);
                promised += self.promised(date);
            }
            service.minutes += open;
            service.weeks += u32::from(open > 0 && open * 2 >= promised);
        }
        service
    }

    /// The minutes that the week and its season promise on a date, closings aside.
    fn promised(&self, date: NaiveDate) -> i64 {
        let length = |interval: &super::Interval| {
            let (opens, closes) = interval.on(date);
            closes.signed_duration_since(opens).num_minutes()
        };
        self.usual_on(date).intervals.iter().map(length).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{OnClosing, Season, SeasonDays, Special, SpecialDays, Weekly, YearDay, parse_intervals};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn every_day(open: &str) -> Weekly {
        std::array::from_fn(|_| parse_intervals(open).unwrap())
    }

    fn new_york() -> Zone {
        Zone::named("America/New_York").unwrap()
    }

    fn year(hours: &Hours, year: i32) -> Service {
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        hours.service(day(1, 1), day(12, 31), new_york())
    }

    fn closed(from: &str, to: &str) -> Special {
        let when = SpecialDays::Range(day(from), day(to));
        Special { when, intervals: Vec::new(), reason: None, events: Some(OnClosing::Keep) }
    }

    #[test]
    fn a_year_of_plain_weeks_is_days_times_hours() {
        let hours = Hours::new(every_day("10:00-18:00"));
        assert_eq!(year(&hours, 2026), Service { minutes: 365 * 8 * 60, weeks: 52, days: 365 });
        assert_eq!(year(&hours, 2028), Service { minutes: 366 * 8 * 60, weeks: 52, days: 366 });
        assert_eq!(year(&Hours::default(), 2026), Service::default());
    }

    #[test]
    fn a_week_counts_when_half_of_its_hours_were_kept() {
        // January 1, 2026 is a Thursday, and so begins each week of that year.
        let hours = |from, to| Hours::new(every_day("10:00-18:00")).with_closings(vec![closed(from, to)], Vec::new());
        assert_eq!(year(&hours("2026-01-01", "2026-01-03"), 2026), Service { minutes: 362 * 480, weeks: 52, days: 362 });
        assert_eq!(year(&hours("2026-01-01", "2026-01-04"), 2026), Service { minutes: 361 * 480, weeks: 51, days: 361 });
        assert_eq!(year(&hours("2026-07-01", "2026-08-31"), 2026).weeks, 43);
    }

    #[test]
    fn nights_in_which_the_clock_is_changed_are_as_long_as_they_are() {
        let hours = Hours::new(every_day("22:00-06:00"));
        let night = |date| hours.service(day(date), day(date), new_york()).minutes;
        assert_eq!([night("2026-03-07"), night("2026-06-01"), night("2026-10-31")], [7 * 60, 8 * 60, 9 * 60]);
        let always = Hours::new(every_day("24 hours"));
        assert_eq!(year(&always, 2026).minutes, 365 * 24 * 60);
    }

    #[test]
    fn hours_that_overlap_over_midnight_count_once() {
        let mut weekly = every_day("08:00-20:00");
        weekly[0] = parse_intervals("22:00-10:00").unwrap();
        let hours = Hours::new(weekly);
        // Monday's night ends at 10 on Tuesday, which opens at 8.
        assert_eq!(hours.service(day("2026-06-01"), day("2026-06-02"), new_york()).minutes, (12 + 10) * 60);
    }

    proptest! {
        #[test]
        fn minutes_are_those_in_which_the_door_is_open(
            start in 0_i64..400, opens in 0_u32..24, length in 1_u32..24, summer in 1_u32..12, shut in 0_i64..30,
        ) {
            let at = |hour: u32| chrono::NaiveTime::from_hms_opt(hour % 24, 0, 0).unwrap();
            let span = |from: u32| vec![super::super::Interval { opens: at(from), closes: at(from + length) }];
            let from = days::plus_days(day("2026-02-20"), start);
            let season = Season {
                name: "Summer".to_owned(),
                when: SeasonDays::Yearly(YearDay { month: summer, day: 5 }, YearDay { month: summer, day: 20 }),
                weekly: std::array::from_fn(|at| (at != 2).then(|| span(opens + 3))),
            };
            let away = days::plus_days(from, shut);
            let special = Special { when: SpecialDays::One(away), intervals: Vec::new(), reason: None, events: None };
            let hours = Hours::new(std::array::from_fn(|_| span(opens))).with_seasons(vec![season]).with_closings(vec![special], Vec::new());
            let zone = new_york();
            let to = days::plus_days(from, 20);
            // The door is asked every half hour of true time, and belongs to the day its hours began on.
            let open = |local: chrono::NaiveDateTime| hours.at(local).is_open();
            let begin = resolve(days::at(from, chrono::NaiveTime::MIN), zone).instant();
            let end = resolve(days::at(days::plus_days(to, 1), chrono::NaiveTime::MIN), zone).instant();
            let mut minutes = 0;
            let mut at = begin;
            while at < end {
                minutes += if open(at.naive_local()) { 30 } else { 0 };
                at += TimeDelta::minutes(30);
            }
            // What the night before brings in, and the last night takes out.
            let night = |date: NaiveDate, midnight: chrono::DateTime<Zone>| {
                let last = hours.on(date).intervals.last().map(|interval| interval.on(date).1);
                last.map_or(0, |closes| resolve(closes, zone).instant().signed_duration_since(midnight).num_minutes().max(0))
            };
            let covered = |date: NaiveDate, midnight| {
                // Of a night that runs into open hours the next day counts only what is left.
                let next = days::plus_days(date, 1);
                let opens = hours.on(next).intervals.first().map(|interval| resolve(interval.on(next).0, zone).instant());
                let room = opens.map_or(i64::MAX, |opens| opens.signed_duration_since(midnight).num_minutes());
                night(date, midnight).min(room)
            };
            let expected = minutes - covered(days::minus_days(from, 1), begin) + night(to, end);
            // Hours that begin or end in the hour that is skipped or comes twice are told by the wall clock, once.
            let service = hours.service(from, to, zone).minutes;
            prop_assert!((service - expected).abs() <= 60, "{service} {expected}");
            let changes = days::day_range(from, to).any(|date| resolve(days::at(date, chrono::NaiveTime::MIN), zone).instant()
                .signed_duration_since(resolve(days::at(days::plus_days(date, 1), chrono::NaiveTime::MIN), zone).instant()).num_hours() != -24);
            prop_assert!(changes || service == expected, "{service} {expected}");
        }
    }
}
