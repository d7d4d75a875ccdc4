//! When is a branch open?
//!
//! A branch has *weekly hours*, *seasons* with other weekly hours, and *special days* that replace both: a closing, a late opening, a holiday.
//! The narrowest wins. Of special days the branch's own come before the library's, except that a range with other hours gives way to
//! something narrower of the library; among each, one day wins over the dates of a rule, these over a range, a short range over a long
//! one, and the last listed among equals. Then comes the shortest season, then the week. All times are wall-clock times of the branch.
//!
//! An interval is half-open: at 20:00 sharp the branch is closed. One that closes at or before its opening runs past midnight, and belongs to
//! the day it began on.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime};

use super::days;
use super::hours_days::{Season, Special, Specials, Weekly, season_on};
use super::language::Language;

/// The opening hours of one branch.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Hours {
    weekly: Weekly,
    seasons: Vec<Season>,
    specials: Specials,
}

/// From opening to closing, half-open; one that closes at or before its opening runs past midnight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval {
    /// The first moment it is open.
    pub opens: NaiveTime,
    /// The first moment it is closed.
    pub closes: NaiveTime,
}

/// The hours of one day.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct DayHours<'a> {
    /// In order; empty when closed.
    pub intervals: &'a [Interval],
    /// Why they are not the usual ones, where a special day says.
    pub reason: Option<&'a str>,
    /// The special day they are of.
    pub special: Option<&'a Special>,
    /// The season they are of; none on a special day, and none where the season leaves a weekday as it is.
    pub season: Option<&'a Season>,
}

/// Open or closed at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing<'a> {
    /// It is open.
    Open {
        /// The first moment it is closed; at most a week and a day ahead for one that never closes.
        until: NaiveDateTime,
    },
    /// It is closed.
    Closed {
        /// When it opens next, within 60 days.
        opens: Option<NaiveDateTime>,
        /// Why, where a special day says.
        reason: Option<&'a str>,
    },
}

impl Standing<'_> {
    /// Is it open?
    pub fn is_open(&self) -> bool {
        matches!(self, Standing::Open { .. })
    }
}

/// How far ahead the next opening is looked for, in days.
const AHEAD: i64 = 60;

impl Interval {
    /// Does it run past midnight?
    pub fn is_overnight(self) -> bool {
        self.closes <= self.opens
    }

    /// From the first moment open to the first moment closed, when it begins on this date.
    pub fn on(self, date: NaiveDate) -> (NaiveDateTime, NaiveDateTime) {
        let closes = if self.is_overnight() { days::plus_days(date, 1) } else { date };
        (days::at(date, self.opens), days::at(closes, self.closes))
    }
}

impl Hours {
    /// The same hours every week.
    pub fn new(weekly: Weekly) -> Hours {
        Hours { weekly, ..Hours::default() }
    }

    /// With other weekly hours in parts of the year.
    #[must_use]
    pub fn with_seasons(self, seasons: Vec<Season>) -> Hours {
        Hours { seasons, ..self }
    }

    /// With the special days of the branch and of the whole library.
    #[must_use]
    pub fn with_closings(self, own: Vec<Special>, library: Vec<Special>) -> Hours {
        Hours { specials: Specials::new(own, library), ..self }
    }

    /// The usual hours.
    pub fn weekly(&self) -> &Weekly {
        &self.weekly
    }

    /// Its seasons.
    pub fn seasons(&self) -> &[Season] {
        &self.seasons
    }

    /// Its special days: its own first, then those of the library.
    pub fn specials(&self) -> &[Special] {
        self.specials.all()
    }

    /// Is anything known of them? A branch without any word of hours is not closed for ever.
    pub fn are_known(&self) -> bool {
        let open = |day: &Vec<Interval>| !day.is_empty();
        self.weekly.iter().any(open) || self.seasons.iter().any(|season| season.weekly.iter().flatten().any(open))
    }

    /// The special day that holds on a date.
    pub fn special_on(&self, date: NaiveDate) -> Option<&Special> {
        self.specials.on(date)
    }

    /// The hours of a date.
    pub fn on(&self, date: NaiveDate) -> DayHours<'_> {
        if let Some(special) = self.specials.on(date) {
            let reason = special.reason.as_deref();
            return DayHours { intervals: &special.intervals, reason, special: Some(special), season: None };
        }
        self.usual_on(date)
    }

    /// The hours of a date by the season and the week alone.
    pub(super) fn usual_on(&self, date: NaiveDate) -> DayHours<'_> {
        match season_on(&self.seasons, date) {
            Some((season, intervals)) => DayHours { intervals, season: Some(season), ..DayHours::default() },
            None => DayHours { intervals: self.weekly_on(date), ..DayHours::default() },
        }
    }

    /// Is it open at this moment, until when, or when does it open next?
    pub fn at(&self, local: NaiveDateTime) -> Standing<'_> {
        let today = local.date();
        let yesterday = days::minus_days(today, 1);
        if let Some(until) = self.closing(local) {
            return Standing::Open { until };
        }
        let ahead = days::day_range(yesterday, days::plus_days(today, AHEAD));
        let mut openings = ahead.flat_map(|date| self.on(date).intervals.iter().map(move |interval| interval.on(date).0));
        Standing::Closed { opens: openings.find(|opens| *opens > local), reason: self.on(today).reason }
    }

    /// Is it closed the whole date? A night that began the day before does not count.
    pub fn is_closed_all_day(&self, date: NaiveDate) -> bool {
        self.on(date).intervals.is_empty()
    }

    fn weekly_on(&self, date: NaiveDate) -> &[Interval] {
        &self.weekly[date.weekday().num_days_from_monday() as usize]
    }

    /// When the hours that hold this moment end, counting those that follow without a break as one.
    fn closing(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        let horizon = days::plus_days(local.date(), 8);
        let mut until = None;
        for date in days::day_range(days::minus_days(local.date(), 1), horizon) {
            for interval in self.on(date).intervals {
                let (opens, closes) = interval.on(date);
                let moment = until.unwrap_or(local);
                if opens <= moment && moment < closes {
                    until = Some(closes);
                }
            }
        }
        until
    }
}

impl Special {
    /// Its hours: "10 am to 2 pm", "closed".
    pub fn hours_in_words(&self, language: Language) -> String {
        DayHours { intervals: &self.intervals, ..DayHours::default() }.sentence(language)
    }

    /// Why something does not take place that day: "Closed for snow.", "Open only 10 am to 2 pm, for Christmas Eve."; "Cerrado: nieve." Without
    /// "only" where its hours are not just fewer than the usual ones.
    pub fn why(&self, only: bool, language: Language) -> String {
        self.why_for(self.reason.as_deref(), only, language)
    }

    /// The same with the reason in other words: those of the language.
    pub fn why_for(&self, reason: Option<&str>, only: bool, language: Language) -> String {
        let reason = reason.map(|reason| in_a_sentence(reason).trim_end_matches('.').to_owned());
        let hours = self.hours_in_words(language);
        let open = if only { language.pick("Open only", "Abierto solo") } else { language.pick("Open", "Abierto") };
        match (self.intervals.is_empty(), reason) {
            (true, Some(reason)) => format!("{}{reason}.", language.pick("Closed for ", "Cerrado: ")),
            (true, None) => language.pick("Closed that day.", "Cerrado ese día.").to_owned(),
            (false, Some(reason)) => format!("{open} {hours}{}{reason}.", language.pick(", for ", ": ")),
            (false, None) => format!("{open} {hours} {}.", language.pick("that day", "ese día")),
        }
    }
}

/// Words that begin a reason as a sentence would, and stand in small letters within one.
const COMMON: [&str; 20] = [
    "snow",
    "ice",
    "storm",
    "weather",
    "flood",
    "flooding",
    "heat",
    "cold",
    "wind",
    "smoke",
    "repairs",
    "maintenance",
    "inventory",
    "moving",
    "renovation",
    "construction",
    "illness",
    "elections",
    "training",
    "painting",
];

/// A reason as it stands within a sentence: "snow" for "Snow", "new floor in the hall" for "New floor in the hall"; names keep their capitals.
///
/// What follows tells whether a first word is a name: "Staff training" goes on in small letters, "Christmas Day" does not.
pub fn in_a_sentence(reason: &str) -> String {
    let first = reason.split(' ').next().unwrap_or("");
    let rest: Vec<&str> = reason.split(' ').skip(1).collect();
    let little = ["of", "the", "and", "on", "in", "for", "after", "before", "at", "to", "a", "de", "y"];
    let small = |word: &&str| word.chars().next().is_some_and(char::is_lowercase) && !little.contains(word);
    let common = COMMON.contains(&first.to_lowercase().as_str()) || rest.iter().find(|word| !little.contains(word)).is_some_and(small);
    let plain = first.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
    if common && plain { format!("{}{}", first.to_lowercase(), &reason[first.len()..]) } else { reason.to_owned() }
}

impl DayHours<'_> {
    /// "10 am to 8 pm", "10 am to noon and 1 to 5 pm", "closed", "closed for Christmas Day", "10 am to 2 pm (Christmas Eve)"; "de 10 a. m. a 8 p.
    /// m.", "cerrado", "cerrado: Navidad".
    pub fn sentence(&self, language: Language) -> String {
        let closed = language.pick("closed", "cerrado");
        match (self.intervals, self.reason) {
            ([], None) => closed.to_owned(),
            ([], Some(reason)) => format!("{closed}{}{}", language.pick(" for ", ": "), in_a_sentence(reason)),
            (intervals, None) => intervals_text(intervals, language),
            (intervals, Some(reason)) => format!("{} ({reason})", intervals_text(intervals, language)),
        }
    }
}

fn intervals_text(intervals: &[Interval], language: Language) -> String {
    let said: Vec<String> = intervals.iter().map(|one| language.opening(one.opens, one.closes)).collect();
    language.listed(&said)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::{Pattern, RecurrenceRule, SpecialDays, Zone, parse_days, parse_intervals};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    fn stonebridge() -> Hours {
        let mut weekly = Weekly::default();
        for (named, open) in [("mon-thu", "10 am to 8 pm"), ("fri", "10-12, 13-17"), ("sat", "22:00-02:00")] {
            for weekday in parse_days(named).unwrap() {
                weekly[weekday.num_days_from_monday() as usize] = parse_intervals(open).unwrap();
            }
        }
        let special = |when, open, reason: &str| {
            let (intervals, reason) = (parse_intervals(open).unwrap(), Some(reason.to_owned()));
            Special { when, intervals, reason, events: None }
        };
        let thanksgiving =
            Pattern::repeating(local("2020-11-26 00:00"), RecurrenceRule::parse("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH").unwrap());
        let own = vec![
            special(SpecialDays::Range(day("2026-12-20"), day("2027-01-03")), "closed", "the winter recess"),
            special(SpecialDays::One(day("2026-12-24")), "10 am to 2 pm", "Christmas Eve"),
            special(SpecialDays::Rule(thanksgiving), "closed", "Thanksgiving"),
        ];
        Hours::new(weekly).with_closings(own, Vec::new())
    }

    #[test]
    fn at_closing_time_sharp_it_is_closed() {
        let hours = stonebridge();
        assert_eq!(hours.at(local("2026-12-03 19:59")), Standing::Open { until: local("2026-12-03 20:00") });
        assert_eq!(hours.at(local("2026-12-03 20:00")), Standing::Closed { opens: Some(local("2026-12-04 10:00")), reason: None });
        assert_eq!(hours.at(local("2026-12-04 12:30")), Standing::Closed { opens: Some(local("2026-12-04 13:00")), reason: None });
    }

    #[test]
    fn a_night_belongs_to_the_day_it_began_on() {
        let hours = stonebridge();
        assert_eq!(hours.at(local("2026-12-06 01:00")), Standing::Open { until: local("2026-12-06 02:00") });
        assert!(!hours.at(local("2026-12-06 02:00")).is_open());
        assert!(hours.is_closed_all_day(day("2026-12-06")));
    }

    #[test]
    fn the_narrower_special_day_wins() {
        let hours = stonebridge();
        assert_eq!(hours.on(day("2026-12-24")).sentence(Language::English), "10 am to 2 pm (Christmas Eve)");
        assert_eq!(hours.on(day("2026-12-23")).sentence(Language::English), "closed for the winter recess");
        assert_eq!(hours.on(day("2027-01-04")).sentence(Language::English), "10 am to 8 pm");
        assert_eq!(hours.on(day("2029-11-22")).sentence(Language::English), "closed for Thanksgiving");
        let closed = Standing::Closed { opens: Some(local("2026-12-24 10:00")), reason: Some("the winter recess") };
        assert_eq!(hours.at(local("2026-12-21 11:00")), closed);
    }

    #[test]
    fn hours_are_said_as_on_the_door() {
        let hours = stonebridge();
        assert_eq!(hours.on(day("2026-12-04")).sentence(Language::English), "10 am to noon and 1 to 5 pm");
        assert_eq!(hours.on(day("2026-12-05")).sentence(Language::English), "10 pm to 2 am");
        assert_eq!(hours.on(day("2026-12-06")).sentence(Language::English), "closed");
    }

    #[test]
    fn a_reason_in_a_sentence_begins_small_unless_it_is_a_name() {
        for (reason, said) in [
            ("Snow", "snow"),
            ("Snow day", "snow day"),
            ("New floor in the reading room", "new floor in the reading room"),
            ("Staff training", "staff training"),
            ("Power cut", "power cut"),
            ("Christmas Day", "Christmas Day"),
            ("Fourth of July", "Fourth of July"),
            ("Day after Thanksgiving", "Day after Thanksgiving"),
            ("Juneteenth", "Juneteenth"),
            ("the county fair", "the county fair"),
            ("HVAC repairs", "HVAC repairs"),
            ("", ""),
        ] {
            assert_eq!(in_a_sentence(reason), said);
        }
    }

    #[test]
    fn a_special_day_says_why_something_is_off() {
        let special = |open: &str, reason: Option<&str>| {
            let (when, intervals) = (SpecialDays::One(day("2026-12-24")), parse_intervals(open).unwrap());
            Special { when, intervals, reason: reason.map(str::to_owned), events: None }
        };
        let why = |open, reason| Language::ALL.map(|language| special(open, reason).why(true, language));
        assert_eq!(why("closed", Some("Snow")), ["Closed for snow.", "Cerrado: snow."]);
        assert_eq!(why("closed", None), ["Closed that day.", "Cerrado ese día."]);
        assert_eq!(
            why("10-14", Some("Christmas Eve")),
            ["Open only 10 am to 2 pm, for Christmas Eve.", "Abierto solo de 10 a. m. a 2 p. m.: Christmas Eve."]
        );
        assert_eq!(why("10-14", None)[0], "Open only 10 am to 2 pm that day.");
    }

    #[test]
    fn a_branch_that_never_closes_or_never_opens_is_told_so() {
        let mut hours = Hours::default();
        assert_eq!(hours.at(local("2026-12-03 12:00")), Standing::Closed { opens: None, reason: None });
        hours.weekly.fill(parse_intervals("24 hours").unwrap());
        assert!(hours.at(local("2026-12-03 00:00")).is_open());
        assert_eq!(hours.on(day("2026-12-03")).sentence(Language::English), "24 hours");
    }

    proptest! {
        #[test]
        fn open_means_that_an_interval_holds_the_moment(minutes in 0i64..60 * 24 * 40) {
            let hours = stonebridge();
            let at = days::plus(local("2026-12-01 00:00"), chrono::TimeDelta::minutes(minutes));
            let holds = |date: NaiveDate| hours.on(date).intervals.iter().any(|one| (one.on(date).0..one.on(date).1).contains(&at));
            let open = holds(at.date()) || holds(days::minus_days(at.date(), 1));
            match hours.at(at) {
                Standing::Open { until } => {
                    prop_assert!(open);
                    prop_assert!(until > at && !hours.at(until).is_open());
                }
                Standing::Closed { opens, .. } => {
                    prop_assert!(!open);
                    prop_assert!(opens.is_some_and(|opens| opens > at && hours.at(opens).is_open()));
                }
            }
        }

        #[test]
        fn nothing_panics_at_the_ends_of_the_calendar(near in 0i64..3) {
            for date in [days::plus_days(NaiveDate::MIN, near), days::plus_days(NaiveDate::MAX, -near)] {
                stonebridge().at(days::midnight(date));
            }
            let pattern = Pattern { adds: BTreeSet::from([NaiveDateTime::MIN, NaiveDateTime::MAX]), ..Pattern::once(NaiveDateTime::MAX) };
            prop_assert_eq!(pattern.between(NaiveDate::MIN, NaiveDate::MAX, Zone::utc()).count(), 2);
        }
    }
}
