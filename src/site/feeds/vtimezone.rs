//! `VTIMEZONE`: the zone's changes of the clock, for calendars that do not know it (RFC 5545 §3.6.5).
//!
//! The database lists every change; a calendar wants rules. Changes that come every year on the same weekday of a month, at the same wall-clock
//! time and between the same offsets, are written as one rule: with an end when the law has changed since, without one when it has not.
//! What keeps to no such rule is listed date by date.

use crate::calendar::{self, Datelike, NaiveDate, NaiveDateTime, Transition, Utc, Weekday, Zone};
use crate::calendar::{DateTime, Duration};
use crate::site::words::stamp;

/// How long the law of today is looked at to find its rules.
const YEARS_AHEAD: i64 = 12;

/// The lines of the zone's component for entries that begin in this year or later.
pub(in crate::site) fn lines(zone: Zone, first_year: i32, this_year: i32) -> Vec<String> {
    let start = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).map(|day| calendar::midnight(day).and_utc()).unwrap_or_default();
    // The year before has the change that is in force when the first year begins.
    let from = start(first_year.saturating_sub(1));
    let until = start(this_year.max(first_year).saturating_add(i32::try_from(YEARS_AHEAD).unwrap_or(12)));
    let changes = zone.transitions(from, until);
    let mut lines = vec!["BEGIN:VTIMEZONE".to_owned(), format!("TZID:{}", zone.name())];
    if changes.first().is_none_or(|first| first.at > start(first_year)) {
        let now = zone.observance_at(from);
        let kind = if now.dst { "DAYLIGHT" } else { "STANDARD" };
        let offset = offset(now.offset);
        let begins = stamp(from.naive_utc());
        lines.extend(component(kind, &begins, &offset, &offset, &now.abbreviation, None));
    }
    for run in runs(&changes) {
        lines.extend(run.lines(until));
    }
    lines.push("END:VTIMEZONE".to_owned());
    lines
}

/// Changes that follow one rule, one a year.
struct Run<'a> {
    changes: Vec<&'a Transition>,
    /// What fits all of them: the nth weekday of the month, `-1` for the last.
    nths: Vec<i8>,
}

fn runs(changes: &[Transition]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for change in changes {
        let fitting = runs.iter_mut().find_map(|run| {
            let nths = run.continued_by(change)?;
            Some((run, nths))
        });
        match fitting {
            Some((run, nths)) => {
                run.changes.push(change);
                run.nths = nths;
            }
            None => runs.push(Run { changes: vec![change], nths: nths(wall_clock(change).date()) }),
        }
    }
    runs
}

impl Run<'_> {
    /// What is left of the rule when this change continues the run, if it does.
    fn continued_by(&self, next: &Transition) -> Option<Vec<i8>> {
        let last = self.changes.last()?;
        let (a, b) = (wall_clock(last), wall_clock(next));
        let same = (last.offset, last.offset_before, &last.abbreviation, last.dst)
            == (next.offset, next.offset_before, &next.abbreviation, next.dst)
            && (a.month(), a.weekday(), a.time()) == (b.month(), b.weekday(), b.time())
            && b.year() == a.year() + 1;
        let both: Vec<i8> = nths(b.date()).into_iter().filter(|nth| self.nths.contains(nth)).collect();
        (same && !both.is_empty()).then_some(both)
    }

    fn lines(&self, until: DateTime<Utc>) -> Vec<String> {
        let (Some(first), Some(last)) = (self.changes.first(), self.changes.last()) else { return Vec::new() };
        let begins = wall_clock(first);
        let goes_on = last.at.checked_add_signed(Duration::days(400)).is_none_or(|next| next >= until);
        let rule = (self.changes.len() > 1).then(|| {
            // The last one fits in a month of four and of five, so it is the safer choice.
            let nth = self.nths.iter().min().copied().unwrap_or(1);
            let end = if goes_on { String::new() } else { format!(";UNTIL={}Z", stamp(last.at.naive_utc())) };
            format!("RRULE:FREQ=YEARLY{end};BYMONTH={};BYDAY={nth}{}", begins.month(), weekday(begins.weekday()))
        });
        let kind = if first.dst { "DAYLIGHT" } else { "STANDARD" };
        component(kind, &stamp(begins), &offset(first.offset_before), &offset(first.offset), &first.abbreviation, rule)
    }
}

/// The nth weekday of its month that a date is; also `-1`, and in front, when it is the last.
fn nths(date: NaiveDate) -> Vec<i8> {
    let nth = i8::try_from(date.day0() / 7 + 1).unwrap_or(1);
    let last = calendar::days_in_month(date).saturating_sub(date.day()) < 7;
    if last { vec![-1, nth] } else { vec![nth] }
}

/// What the clock showed when it was changed: RFC 5545 wants it in the offset of before.
fn wall_clock(change: &Transition) -> NaiveDateTime {
    local(change.at, change.offset_before)
}

fn local(at: DateTime<Utc>, offset: i32) -> NaiveDateTime {
    calendar::plus(at.naive_utc(), Duration::seconds(i64::from(offset)))
}

fn component(kind: &str, begins: &str, from: &str, to: &str, name: &str, rule: Option<String>) -> Vec<String> {
    let mut lines = vec![format!("BEGIN:{kind}"), format!("DTSTART:{begins}"), format!("TZOFFSETFROM:{from}"), format!("TZOFFSETTO:{to}")];
    // The database names some offsets by their digits ("+03"): no name, so none is written.
    if name.chars().all(|c| c.is_ascii_alphabetic()) {
        lines.push(format!("TZNAME:{name}"));
    }
    lines.extend(rule);
    lines.push(format!("END:{kind}"));
    lines
}

fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if rest == 0 { format!("{sign}{hours:02}{minutes:02}") } else { format!("{sign}{hours:02}{minutes:02}{rest:02}") }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn of(zone: &str, first_year: i32) -> String {
        lines(Zone::named(zone).unwrap(), first_year, 2026).join("\n")
    }

    #[test]
    fn new_york_has_two_rules_without_an_end() {
        insta::assert_snapshot!(of("America/New_York", 2026), @r"
        BEGIN:VTIMEZONE
        TZID:America/New_York
        BEGIN:DAYLIGHT
        DTSTART:20250309T020000
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0400
        TZNAME:EDT
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:20251102T020000
        TZOFFSETFROM:-0400
        TZOFFSETTO:-0500
        TZNAME:EST
        RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
        END:STANDARD
        END:VTIMEZONE
        ");
    }

    #[test]
    fn rules_that_the_law_has_ended_end() {
        let rules: Vec<String> = of("America/New_York", 2006).lines().filter(|line| line.starts_with("RRULE")).map(str::to_owned).collect();
        assert_eq!(
            rules,
            [
                "RRULE:FREQ=YEARLY;UNTIL=20060402T070000Z;BYMONTH=4;BYDAY=1SU",
                "RRULE:FREQ=YEARLY;UNTIL=20061029T060000Z;BYMONTH=10;BYDAY=-1SU",
                "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
                "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
            ]
        );
        let vancouver = of("America/Vancouver", 2026);
        assert!(!vancouver.contains("RRULE:FREQ=YEARLY;BYMONTH"), "{vancouver}");
    }

    #[test]
    fn zones_without_changes_have_one_offset() {
        insta::assert_snapshot!(of("America/Phoenix", 2026), @r"
        BEGIN:VTIMEZONE
        TZID:America/Phoenix
        BEGIN:STANDARD
        DTSTART:20250101T000000
        TZOFFSETFROM:-0700
        TZOFFSETTO:-0700
        TZNAME:MST
        END:STANDARD
        END:VTIMEZONE
        ");
        assert!(of("UTC", 2026).contains("TZOFFSETTO:+0000"));
    }

    /// Reads the component back: every onset that its rules give, and the offset from then on.
    fn onsets(text: &str) -> Vec<(DateTime<Utc>, i32)> {
        let mut all = Vec::new();
        for part in text.split("BEGIN:").filter(|part| part.starts_with("STANDARD") || part.starts_with("DAYLIGHT")) {
            let value = |key: &str| part.lines().find_map(|line| line.strip_prefix(key));
            let seconds = |text: &str| {
                let digits: i32 = text[1..].parse().unwrap();
                (digits / 100 * 3600 + digits % 100 * 60) * if text.starts_with('-') { -1 } else { 1 }
            };
            let begins = NaiveDateTime::parse_from_str(value("DTSTART:").unwrap(), "%Y%m%dT%H%M%S").unwrap();
            let (from, to) = (seconds(value("TZOFFSETFROM:").unwrap()), seconds(value("TZOFFSETTO:").unwrap()));
            let rule = value("RRULE:").map(|rule| calendar::RecurrenceRule::parse(rule).unwrap());
            let pattern = calendar::Pattern { starts: begins, rule, skips: BTreeSet::new(), adds: BTreeSet::new() };
            let end = NaiveDate::from_ymd_opt(2040, 1, 1).unwrap();
            let planned = pattern.between(begins.date(), end, Zone::utc()).map(|planned| planned.starts);
            all.extend(planned.map(|onset| ((onset - Duration::seconds(i64::from(from))).and_utc(), to)));
        }
        all.sort_unstable();
        all
    }

    #[test]
    fn the_component_gives_the_offset_of_the_database_across_all_changes() {
        for name in [
            "America/New_York",
            "Europe/Madrid",
            "America/St_Johns",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Asia/Tehran",
            "Pacific/Auckland",
            "America/Vancouver",
        ] {
            let zone = Zone::named(name).unwrap();
            let onsets = onsets(&of(name, 2019));
            let mut at = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap().and_hms_opt(0, 30, 0).unwrap().and_utc();
            let end = NaiveDate::from_ymd_opt(2037, 1, 1).unwrap().and_hms_opt(0, 0, 0).unwrap().and_utc();
            while at < end {
                let then = onsets.partition_point(|(onset, _)| *onset <= at);
                assert_eq!(onsets[then - 1].1, zone.observance_at(at).offset, "{name} {at}");
                at += Duration::hours(31);
            }
        }
    }
}
