//! Dates, times and lengths as a good librarian says them: "Thursday, December 3", "10:30–11:15 am", "45 minutes".

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};

use super::days;

/// The months, January first.
pub(super) const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// "Thursday, December 3".
pub fn long_date(date: NaiveDate) -> String {
    format!("{}, {} {}", weekday_name(date.weekday()), month_name(date), date.day())
}

/// "Thursday, December 3, 2026".
pub fn long_date_with_year(date: NaiveDate) -> String {
    format!("{}, {}", long_date(date), date.year())
}

/// "December 3, 2026".
pub fn plain_date(date: NaiveDate) -> String {
    format!("{} {}, {}", month_name(date), date.day(), date.year())
}

/// "Dec 3, 2026".
pub fn medium_date(date: NaiveDate) -> String {
    format!("{} {}, {}", month_short(date), date.day(), date.year())
}

/// "Thursday".
pub fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// "Thu".
pub fn weekday_short(day: Weekday) -> &'static str {
    &weekday_name(day)[..3]
}

/// "December".
pub fn month_name(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize]
}

/// "Dec".
pub fn month_short(date: NaiveDate) -> &'static str {
    &month_name(date)[..3]
}

/// "December 2026".
pub fn month_and_year(date: NaiveDate) -> String {
    format!("{} {}", month_name(date), date.year())
}

/// "10:30 am", "10 am", "noon", "midnight".
pub fn time(time: NaiveTime) -> String {
    match half(time) {
        Half::Named(name) => name.to_owned(),
        Half::Of(half) => format!("{} {half}", clock(time)),
    }
}

/// Until when an early hour belongs to the night before.
const NIGHT_ENDS: u32 = 4;

/// "10:30–11:15 am", "11:30 am–1 pm", "9 pm–1 am", "6 pm to 9 am on Sunday"; with the day it ends on when that is further away.
pub fn time_range(starts: NaiveDateTime, ends: Option<NaiveDateTime>) -> String {
    let first = time(starts.time());
    let Some(ends) = ends.filter(|ends| *ends > starts) else { return first };
    let next_day = ends.date() == days::plus_days(starts.date(), 1) && ends.time() <= starts.time();
    let same_night = next_day && (ends.hour(), ends.minute()) <= (NIGHT_ENDS, 0);
    if ends.date() == starts.date() {
        format!("{}–{}", shared_half(starts.time(), ends.time()), time(ends.time()))
    } else if same_night {
        format!("{first}–{}", time(ends.time()))
    } else if next_day {
        format!("{first} to {} on {}", time(ends.time()), weekday_name(ends.weekday()))
    } else {
        let date = if ends.year() == starts.year() { long_date(ends.date()) } else { long_date_with_year(ends.date()) };
        format!("{first} to {date}, {}", time(ends.time()))
    }
}

/// The first time of a range, without the "am" or "pm" that its end says as well: "1" of "1 to 5 pm".
pub(super) fn shared_half(first: NaiveTime, last: NaiveTime) -> String {
    match (half(first), half(last)) {
        (Half::Of(a), Half::Of(b)) if a == b && first < last => clock(first),
        _ => time(first),
    }
}

/// "45 minutes", "1 hour 30 minutes", "2 days".
pub fn length(length: TimeDelta) -> String {
    let minutes = length.num_minutes().max(0);
    let parts = [(minutes / 1440, "day"), (minutes / 60 % 24, "hour"), (minutes % 60, "minute")];
    let said: Vec<String> = parts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    if said.is_empty() { "0 minutes".to_owned() } else { said.join(" ") }
}

/// "today", "tomorrow", "on Thursday" within a week, else "on Thursday, December 3"; with the year when that is half a year or more away.
pub fn relative(date: NaiveDate, today: NaiveDate) -> String {
    match days::days_from(today, date) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2..=6 => format!("on {}", weekday_name(date.weekday())),
        -180..=180 => format!("on {}", long_date(date)),
        _ => format!("on {}", long_date_with_year(date)),
    }
}

/// "1 event", "2 events".
pub(super) fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// "a", "a and b", "a, b and c".
pub(super) fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => format!("{} and {}", most.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref()),
    }
}

enum Half {
    Named(&'static str),
    Of(&'static str),
}

fn half(time: NaiveTime) -> Half {
    match (time.hour(), time.minute()) {
        (0, 0) => Half::Named("midnight"),
        (12, 0) => Half::Named("noon"),
        (0..12, _) => Half::Of("am"),
        _ => Half::Of("pm"),
    }
}

fn clock(time: NaiveTime) -> String {
    let (_, hour) = time.hour12();
    if time.minute() == 0 { hour.to_string() } else { format!("{hour}:{:02}", time.minute()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_said_as_at_the_desk() {
        let third = day("2026-12-03");
        assert_eq!(long_date(third), "Thursday, December 3");
        assert_eq!(long_date_with_year(third), "Thursday, December 3, 2026");
        assert_eq!(medium_date(third), "Dec 3, 2026");
        assert_eq!(month_and_year(third), "December 2026");
        assert_eq!(weekday_short(third.weekday()), "Thu");
    }

    #[test]
    fn a_range_of_times_says_am_or_pm_once_when_both_share_it() {
        let range = |a: &str, b: &str| time_range(local(a), Some(local(b)));
        assert_eq!(range("2026-12-03 10:30", "2026-12-03 11:15"), "10:30–11:15 am");
        assert_eq!(range("2026-12-03 11:30", "2026-12-03 13:00"), "11:30 am–1 pm");
        assert_eq!(range("2026-12-03 10:00", "2026-12-03 12:00"), "10 am–noon");
        assert_eq!(range("2026-12-03 12:00", "2026-12-03 13:30"), "noon–1:30 pm");
        assert_eq!(range("2026-12-03 00:15", "2026-12-03 01:00"), "12:15–1 am");
        assert_eq!(range("2026-12-03 21:00", "2026-12-04 01:00"), "9 pm–1 am");
        assert_eq!(range("2026-12-03 19:00", "2026-12-04 00:00"), "7 pm–midnight");
        assert_eq!(range("2026-11-28 18:00", "2026-11-29 09:00"), "6 pm to 9 am on Sunday");
        assert_eq!(range("2026-11-28 10:00", "2026-11-29 10:00"), "10 am to 10 am on Sunday");
        assert_eq!(range("2026-12-03 10:00", "2026-12-05 16:00"), "10 am to Saturday, December 5, 4 pm");
        assert_eq!(range("2026-12-28 10:00", "2027-01-08 16:00"), "10 am to Friday, January 8, 2027, 4 pm");
        assert_eq!(time_range(local("2026-12-03 10:30"), None), "10:30 am");
    }

    #[test]
    fn lengths_are_said_in_days_hours_and_minutes() {
        assert_eq!(length(TimeDelta::minutes(45)), "45 minutes");
        assert_eq!(length(TimeDelta::minutes(90)), "1 hour 30 minutes");
        assert_eq!(length(TimeDelta::hours(49)), "2 days 1 hour");
        assert_eq!(length(TimeDelta::zero()), "0 minutes");
    }

    #[test]
    fn near_dates_are_said_from_today() {
        let today = day("2026-11-30");
        assert_eq!(relative(today, today), "today");
        assert_eq!(relative(day("2026-12-01"), today), "tomorrow");
        assert_eq!(relative(day("2026-12-03"), today), "on Thursday");
        assert_eq!(relative(day("2026-12-10"), today), "on Thursday, December 10");
        assert_eq!(relative(day("2027-12-09"), today), "on Thursday, December 9, 2027");
    }
}
