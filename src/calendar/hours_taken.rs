//! What does a special day take away from the usual hours, and what does it add?

use chrono::{NaiveDate, NaiveDateTime};

use super::days;
use super::hours::{DayHours, Hours};

/// From the first moment open to the first moment closed.
type Open = (NaiveDateTime, NaiveDateTime);

impl Hours {
    /// Is some of this time, its end not included, among the usual hours and not among those of the day? A time without length is its first moment.
    ///
    /// A day closed altogether takes everything away, what lies outside the usual hours too; so does any special day of a branch whose usual
    /// hours nobody has written.
    pub fn take_away(&self, starts: NaiveDateTime, ends: NaiveDateTime) -> bool {
        let date = starts.date();
        let now = around(date, |day| self.on(day));
        let usual = if self.is_closed_all_day(date) || !self.are_known() {
            vec![(starts, ends.max(days::plus_days(date, 2).into()))]
        } else {
            around(date, |day| self.usual_on(day))
        };
        beyond(&usual, &now, starts, ends)
    }

    /// Is the branch open on this date at some time that it usually is not?
    pub fn adds(&self, date: NaiveDate) -> bool {
        let usual = around(date, |day| self.usual_on(day));
        self.on(date)
            .intervals
            .iter()
            .map(|interval| interval.on(date))
            .any(|(opens, closes)| beyond(&[(opens, closes)], &usual, opens, closes))
    }
}

/// The hours that hold on a date: its own, and those of the night before and the day after.
fn around<'a>(date: NaiveDate, of: impl Fn(NaiveDate) -> DayHours<'a>) -> Vec<Open> {
    let days = days::day_range(days::minus_days(date, 1), days::plus_days(date, 1));
    days.flat_map(|day| of(day).intervals.iter().map(move |interval| interval.on(day)).collect::<Vec<_>>()).collect()
}

/// Is there a moment in this time that lies in some of these hours and in none of the others?
fn beyond(hours: &[Open], others: &[Open], starts: NaiveDateTime, ends: NaiveDateTime) -> bool {
    let holds = |hours: &[Open], moment: NaiveDateTime| hours.iter().any(|(opens, closes)| *opens <= moment && moment < *closes);
    // What is in the one and not in the other begins where the one opens or the other closes.
    let opens = hours.iter().map(|(opens, _)| *opens);
    let closes = others.iter().map(|(_, closes)| *closes);
    let within = opens.chain(closes).filter(|moment| starts <= *moment && *moment < ends);
    std::iter::once(starts).chain(within).any(|moment| holds(hours, moment) && !holds(others, moment))
}

#[cfg(test)]
mod tests {
    use super::super::{Special, SpecialDays, Weekly, parse_intervals};
    use super::*;

    fn moment(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(&format!("2026-12-08 {text}"), "%Y-%m-%d %H:%M").unwrap()
    }

    /// Usual hours from 10 to 18, and others on December 8.
    fn other(open: &str) -> Hours {
        let when = SpecialDays::One("2026-12-08".parse().unwrap());
        let special = Special { when, intervals: parse_intervals(open).unwrap(), reason: None, events: None };
        let weekly: Weekly = std::array::from_fn(|_| parse_intervals("10-18").unwrap());
        Hours::new(weekly).with_closings(vec![special], Vec::new())
    }

    #[test]
    fn only_usual_hours_are_taken_away() {
        for (open, starts, ends, taken) in [
            ("10-22", "08:00", "09:00", false),
            ("10-22", "19:00", "20:00", false),
            ("10-14", "19:00", "20:00", false),
            ("10-14", "13:00", "15:00", true),
            ("10-14", "14:00", "15:00", true),
            ("12-22", "08:00", "10:00", false),
            ("12-22", "08:00", "10:01", true),
            ("10-12, 13-18", "11:00", "12:00", false),
            ("10-12, 13-18", "11:00", "14:00", true),
            ("closed", "19:00", "20:00", true),
        ] {
            assert_eq!(other(open).take_away(moment(starts), moment(ends)), taken, "{open}, {starts} to {ends}");
        }
    }

    #[test]
    fn longer_hours_add_some() {
        let adds =
            ["10-22", "9-18", "12-19", "10-18", "11-17", "10-12, 13-18", "closed"].map(|open| other(open).adds(moment("00:00").date()));
        assert_eq!(adds, [true, true, true, false, false, false, false]);
    }
}
