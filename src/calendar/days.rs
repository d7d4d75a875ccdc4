//! Arithmetic on dates, for everybody: at the ends of the calendar it stops, it never panics.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

/// So many days later (earlier, when negative).
pub fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { date.checked_sub_days(count).unwrap_or(NaiveDate::MIN) } else { date.checked_add_days(count).unwrap_or(NaiveDate::MAX) }
}

/// So many days earlier.
pub fn minus_days(date: NaiveDate, days: i64) -> NaiveDate {
    plus_days(date, days.saturating_neg())
}

/// How many days after `a` the date `b` is; negative when before.
pub fn days_from(a: NaiveDate, b: NaiveDate) -> i64 {
    b.signed_duration_since(a).num_days()
}

/// The first of the date's month.
pub fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The first of the month after the date's.
pub fn next_month(date: NaiveDate) -> NaiveDate {
    plus_months(date, 1)
}

/// The first of the month before the date's.
pub fn previous_month(date: NaiveDate) -> NaiveDate {
    plus_months(date, -1)
}

/// The first of the month so many months after the date's (before, when negative).
pub fn plus_months(date: NaiveDate, months: i32) -> NaiveDate {
    let first = first_of_month(date);
    let count = Months::new(months.unsigned_abs());
    if months < 0 {
        first.checked_sub_months(count).unwrap_or(NaiveDate::MIN)
    } else {
        first.checked_add_months(count).unwrap_or_else(|| first_of_month(NaiveDate::MAX))
    }
}

/// The last day of the date's month.
pub fn last_of_month(date: NaiveDate) -> NaiveDate {
    let next = next_month(date);
    if next > date { minus_days(next, 1) } else { NaiveDate::MAX }
}

/// How many days the date's month has.
pub fn days_in_month(date: NaiveDate) -> u32 {
    last_of_month(date).day()
}

/// The first day of the week that holds the date, when weeks begin on `first`.
pub fn start_of_week(date: NaiveDate, first: Weekday) -> NaiveDate {
    minus_days(date, i64::from(date.weekday().days_since(first)))
}

/// The number of the week that holds the date, from 1, and how many its year has: ISO 8601, but with weeks that begin on `first`.
///
/// A week belongs to the year that holds the most of its days.
pub fn week_number(date: NaiveDate, first: Weekday) -> (i8, i8) {
    // The fourth day of a week decides its year.
    let middle = |date| plus_days(start_of_week(date, first), 3);
    let number = |middle: NaiveDate| i8::try_from(middle.ordinal0() / 7 + 1).unwrap_or(1);
    let here = middle(date);
    // December 28 always lies in the last week of its year.
    let last = NaiveDate::from_ymd_opt(here.year(), 12, 28).map_or(here, middle);
    (number(here), number(last))
}

/// A date as machines write it, `2026-12-03`, of any year.
pub fn iso_date(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// 00:00 of the date.
pub fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}

/// This time on this date.
pub fn at(date: NaiveDate, time: NaiveTime) -> NaiveDateTime {
    date.and_time(time)
}

/// Every date from the first to the last, both included; none when they are the wrong way round.
pub fn day_range(from: NaiveDate, to_inclusive: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let count = usize::try_from(days_from(from, to_inclusive).saturating_add(1)).unwrap_or(0);
    from.iter_days().take(count)
}

/// The weeks that a month's calendar shows, whole, so with days of the months before and after.
pub fn month_weeks(first_of_month: NaiveDate, first: Weekday) -> Vec<[NaiveDate; 7]> {
    let end = last_of_month(first_of_month);
    let mut day = start_of_week(first_of_month, first);
    let mut weeks = Vec::with_capacity(6);
    while day <= end && weeks.len() < 6 {
        weeks.push([0, 1, 2, 3, 4, 5, 6].map(|nth| plus_days(day, nth)));
        day = plus_days(day, 7);
    }
    weeks
}

/// A wall-clock time moved on by a length of time, as if there were no daylight saving.
pub fn plus(local: NaiveDateTime, length: TimeDelta) -> NaiveDateTime {
    local.checked_add_signed(length).unwrap_or(if length < TimeDelta::zero() { NaiveDateTime::MIN } else { NaiveDateTime::MAX })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_month_calendar_shows_whole_weeks() {
        let weeks = month_weeks(date("2026-12-01"), Weekday::Sun);
        assert_eq!(weeks.len(), 5);
        assert_eq!((weeks[0][0], weeks[4][6]), (date("2026-11-29"), date("2027-01-02")));
        assert_eq!(month_weeks(date("2027-02-01"), Weekday::Mon).len(), 4);
        assert_eq!(month_weeks(date("2026-08-01"), Weekday::Sun).len(), 6);
    }

    #[test]
    fn months_are_counted_over_the_year() {
        assert_eq!(next_month(date("2026-12-31")), date("2027-01-01"));
        assert_eq!(previous_month(date("2026-01-31")), date("2025-12-01"));
        assert_eq!(plus_months(date("2026-12-15"), -13), date("2025-11-01"));
        assert_eq!(last_of_month(date("2028-02-03")), date("2028-02-29"));
    }

    #[test]
    fn weeks_are_counted_as_in_iso_8601_from_any_first_day() {
        assert_eq!(week_number(date("2026-12-31"), Weekday::Mon), (53, 53));
        assert_eq!(week_number(date("2027-01-03"), Weekday::Mon), (53, 53));
        assert_eq!(week_number(date("2027-01-03"), Weekday::Sun), (1, 52));
        assert_eq!(week_number(date("2024-12-30"), Weekday::Mon), (1, 52));
    }

    #[test]
    fn a_range_of_days_holds_both_its_ends() {
        assert_eq!(day_range(date("2026-12-30"), date("2027-01-01")).count(), 3);
        assert_eq!(day_range(date("2026-12-30"), date("2026-12-29")).count(), 0);
    }

    proptest! {
        #[test]
        fn nothing_panics_at_the_ends_of_the_calendar(days: i64, months: i32, seconds: i64, near in 0i64..800) {
            for date in [plus_days(NaiveDate::MIN, near), plus_days(NaiveDate::MAX, -near)] {
                plus_days(date, days);
                minus_days(date, days);
                plus_months(date, months);
                last_of_month(date);
                month_weeks(first_of_month(date), Weekday::Sun);
                plus(midnight(date), TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX));
                prop_assert!(day_range(date, plus_days(date, 40)).count() <= 41);
            }
        }
    }
}
