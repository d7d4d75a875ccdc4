//! Others judge the expansion: the `rrule` crate, the examples of RFC 5545 §3.8.5.3, and the expansion itself, seen through another window.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;
use rrule::RRuleSet;

use super::rule_days::LAST_DATE;
use super::{Civil, Frequency, Pattern, Planned, RecurrenceRule, Zone, days, resolve};

fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn new_york() -> Zone {
    Zone::named("America/New_York").unwrap()
}

fn pattern(starts: &str, rule: &str) -> Pattern {
    Pattern::repeating(local(starts), RecurrenceRule::parse(rule).unwrap())
}

fn dates(pattern: &Pattern, count: usize) -> String {
    let all = pattern.between(NaiveDate::MIN, NaiveDate::MAX, new_york()).take(count);
    all.map(|planned| planned.on.to_string()).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_examples_of_rfc_5545_come_out_as_printed_there() {
    for (starts, rule, expected) in [
        ("1997-09-02 09:00", "FREQ=DAILY;COUNT=3", "1997-09-02 1997-09-03 1997-09-04"),
        ("1997-09-02 09:00", "FREQ=DAILY;INTERVAL=10;COUNT=5", "1997-09-02 1997-09-12 1997-09-22 1997-10-02 1997-10-12"),
        ("1997-09-02 09:00", "FREQ=DAILY;INTERVAL=2", "1997-09-02 1997-09-04 1997-09-06 1997-09-08"),
        ("1998-01-30 09:00", "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1", "1998-01-30 1998-01-31 1999-01-01 1999-01-02"),
        ("1997-09-02 09:00", "FREQ=WEEKLY;COUNT=4", "1997-09-02 1997-09-09 1997-09-16 1997-09-23"),
        ("1997-09-02 09:00", "FREQ=WEEKLY;INTERVAL=2;WKST=SU", "1997-09-02 1997-09-16 1997-09-30 1997-10-14"),
        (
            "1997-09-02 09:00",
            "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
            "1997-09-02 1997-09-04 1997-09-09 1997-09-11 1997-09-16 1997-09-18 1997-09-23 1997-09-25 1997-09-30 1997-10-02",
        ),
        (
            "1997-09-01 09:00",
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            "1997-09-01 1997-09-03 1997-09-05 1997-09-15 1997-09-17 1997-09-19 1997-09-29 1997-10-01 1997-10-03 1997-10-13 1997-10-15 \
             1997-10-17 1997-10-27 1997-10-29 1997-10-31 1997-11-10 1997-11-12 1997-11-14 1997-11-24 1997-11-26 1997-11-28 1997-12-08 \
             1997-12-10 1997-12-12 1997-12-22",
        ),
        ("1997-09-05 09:00", "FREQ=MONTHLY;COUNT=4;BYDAY=1FR", "1997-09-05 1997-10-03 1997-11-07 1997-12-05"),
        (
            "1997-09-07 09:00",
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "1997-09-07 1997-09-28 1997-11-02 1997-11-30 1998-01-04 1998-01-25 1998-03-01 1998-03-29 1998-05-03 1998-05-31",
        ),
        ("1997-09-22 09:00", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16"),
        ("1997-09-28 09:00", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997-09-28 1997-10-29 1997-11-28 1997-12-29 1998-01-29 1998-02-26"),
        ("1997-09-02 09:00", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=2,15", "1997-09-02 1997-09-15 1997-10-02 1997-10-15"),
        ("1997-09-30 09:00", "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1", "1997-09-30 1997-10-01 1997-10-31 1997-11-01"),
        (
            "1997-09-10 09:00",
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997-09-10 1997-09-11 1997-09-12 1997-09-13 1997-09-14 1997-09-15 1999-03-10 1999-03-11 1999-03-12 1999-03-13",
        ),
        ("1997-09-02 09:00", "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "1997-09-02 1997-09-09 1997-09-16 1997-09-23 1997-09-30 1997-11-04"),
        ("1997-06-10 09:00", "FREQ=YEARLY;COUNT=4;BYMONTH=6,7", "1997-06-10 1997-07-10 1998-06-10 1998-07-10"),
        ("1997-03-10 09:00", "FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,2,3", "1997-03-10 1999-01-10 1999-02-10 1999-03-10"),
        ("1997-05-19 09:00", "FREQ=YEARLY;BYDAY=20MO", "1997-05-19 1998-05-18 1999-05-17"),
        ("1997-03-13 09:00", "FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "1997-03-13 1997-03-20 1997-03-27 1998-03-05"),
        ("1997-06-05 09:00", "FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8", "1997-06-05 1997-06-12 1997-06-19 1997-06-26 1997-07-03"),
        // The RFC leaves the start out with EXDATE; here a start that its rule does not give is none of the dates.
        ("1997-09-02 09:00", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998-02-13 1998-03-13 1998-11-13 1999-08-13 2000-10-13"),
        ("1997-09-13 09:00", "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "1997-09-13 1997-10-11 1997-11-08 1997-12-13"),
        ("1996-11-05 09:00", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "1996-11-05 2000-11-07 2004-11-02"),
        ("1997-09-04 09:00", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997-09-04 1997-10-07 1997-11-06"),
        ("1997-09-29 09:00", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "1997-09-29 1997-10-30 1997-11-27 1997-12-30"),
        ("1997-08-05 09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997-08-05 1997-08-10 1997-08-19 1997-08-24"),
        ("1997-08-05 09:00", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997-08-05 1997-08-17 1997-08-19 1997-08-31"),
        ("2007-01-15 09:00", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30"),
    ] {
        let finite = rule.contains("COUNT") && expected.split(' ').count() < 10 || rule.contains("UNTIL=1997");
        let count = expected.split(' ').count() + usize::from(finite);
        assert_eq!(dates(&pattern(starts, rule), count), expected, "{rule}");
    }
}

#[test]
fn adding_a_time_to_a_day_gives_no_other_a_new_number_however_many_there_are() {
    let mut story_time = pattern("2026-12-03 10:30", "FREQ=WEEKLY;COUNT=4");
    story_time.adds.insert(local("2026-12-03 14:00"));
    let numbers = |pattern: &Pattern| -> BTreeMap<String, u16> {
        let on = day("2026-12-03");
        pattern.between(on, on, new_york()).map(|planned| (planned.starts.to_string(), planned.nth)).collect()
    };
    let before = numbers(&story_time);
    story_time.adds.extend((0..300).map(|minute| local(&format!("2026-12-03 {:02}:{:02}", 9 + minute / 60, minute % 60))));
    let after = numbers(&story_time);
    assert!(before.iter().all(|(starts, nth)| after[starts] == *nth), "{before:?}");
    assert_eq!(after.values().collect::<BTreeSet<_>>().len(), 301);
    assert_eq!(after["2026-12-03 09:00:00"], 541);
}

#[test]
fn skips_and_adds_change_the_dates_but_not_what_count_counts() {
    let mut story_time = pattern("2026-12-03 10:30", "FREQ=WEEKLY;COUNT=4");
    story_time.skips.insert(day("2026-12-10"));
    story_time.adds.extend([local("2026-12-05 11:00"), local("2026-12-17 09:00"), local("2026-12-24 10:30")]);
    let all: Vec<(String, u16)> =
        story_time.between(NaiveDate::MIN, NaiveDate::MAX, new_york()).map(|planned| (planned.starts.to_string(), planned.nth)).collect();
    let expected = [
        ("2026-12-03 10:30:00", 0),
        ("2026-12-05 11:00:00", 0),
        ("2026-12-17 09:00:00", 541),
        ("2026-12-17 10:30:00", 0),
        ("2026-12-24 10:30:00", 0),
    ];
    assert_eq!(all, expected.map(|(at, nth)| (at.to_owned(), nth)));
    assert_eq!(story_time.last(new_york()), Some(day("2026-12-24")));
    story_time.adds.insert(local("2027-02-01 10:00"));
    assert_eq!(story_time.last(new_york()), Some(day("2027-02-01")));
}

#[test]
fn an_event_without_a_rule_has_its_one_date() {
    let once = Pattern::once(local("2026-12-03 10:30"));
    assert!(once.is_single() && !once.is_endless() && once.start_matches_rule(new_york()));
    assert_eq!(dates(&once, 5), "2026-12-03");
    assert_eq!(once.last(new_york()), Some(day("2026-12-03")));
    assert_eq!(once.next_on_or_after(day("2026-12-04"), new_york()), None);
}

#[test]
fn a_start_that_its_rule_does_not_give_is_told_with_the_nearest_that_are() {
    let wrong = pattern("2026-12-02 10:30", "FREQ=WEEKLY;BYDAY=TH");
    assert!(!wrong.start_matches_rule(new_york()));
    assert_eq!(wrong.nearest_matches(new_york()), [day("2026-11-26"), day("2026-12-03")]);
    assert!(pattern("2026-12-03 10:30", "FREQ=WEEKLY;BYDAY=TH").start_matches_rule(new_york()));
}

#[test]
fn a_rule_that_no_day_fits_has_no_date() {
    for rule in ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=WEEKLY;UNTIL=20200101"] {
        let never = pattern("2026-12-03 10:30", rule);
        assert!(never.rule_has_no_date(new_york()), "{rule}");
        assert_eq!((never.first(new_york()), never.last(new_york())), (None, None), "{rule}");
    }
    let february = pattern("2026-12-03 10:30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31");
    assert_eq!(february.nearest_matches(new_york()), []);
    assert!(!pattern("2024-02-29 10:30", "FREQ=YEARLY;INTERVAL=3").rule_has_no_date(new_york()));
}

#[test]
fn an_end_in_utc_is_compared_in_the_librarys_zone() {
    // 03:59:59 in UTC on the 26th is the end of the 25th in New York.
    let late = pattern("2027-03-25 20:00", "FREQ=DAILY;UNTIL=20270326T035959Z");
    assert_eq!(dates(&late, 5), "2027-03-25");
    let whole_day = pattern("2027-03-24 20:00", "FREQ=DAILY;UNTIL=20270325");
    assert_eq!(dates(&whole_day, 5), "2027-03-24 2027-03-25");
    let rule = whole_day.rule.unwrap();
    assert_eq!(rule.to_ical(local("2027-03-24 20:00"), new_york()), "FREQ=DAILY;UNTIL=20270326T000000Z");
}

/// Rules of every part, some of which no day fits.
fn rules() -> impl Strategy<Value = String> {
    let some = |from: i32, to: i32| prop::collection::btree_set((from..=to).prop_filter("0 is none", |n| *n != 0), 1..4);
    let list =
        |name: &'static str, set: BTreeSet<i32>| format!(";{name}={}", set.iter().map(ToString::to_string).collect::<Vec<_>>().join(","));
    let part = move |name: &'static str, from, to| prop::option::of(some(from, to).prop_map(move |set| list(name, set)));
    let weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let weekday = prop::sample::select(weekdays.to_vec());
    let by_day = prop::option::of(prop::collection::vec((prop::option::of(-5i32..=5), weekday.clone()), 1..4));
    let frequency = prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
    let end = prop_oneof![Just(String::new()), (1u32..40).prop_map(|count| format!(";COUNT={count}"))];
    let parts = (part("BYMONTH", 1, 12), part("BYMONTHDAY", -31, 31), part("BYSETPOS", -4, 4));
    (frequency, 1u32..5, end, parts, by_day, prop::option::of(weekday)).prop_map(
        |(frequency, interval, end, (months, month_days, places), by_day, week_start)| {
            let is_long = frequency == "MONTHLY" || frequency == "YEARLY";
            let named = by_day.map(|all| {
                let said = all.into_iter().map(|(nth, weekday)| match nth {
                    Some(nth) if is_long && nth != 0 => format!("{nth}{weekday}"),
                    _ => weekday.to_owned(),
                });
                format!(";BYDAY={}", said.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(","))
            });
            let month_days = month_days.filter(|_| frequency != "WEEKLY");
            let places = places.filter(|_| named.is_some() || month_days.is_some());
            let week_start = week_start.map(|day| format!(";WKST={day}"));
            let more = [months, month_days, named, places, week_start].into_iter().flatten().collect::<String>();
            format!("FREQ={frequency};INTERVAL={interval}{end}{more}")
        },
    )
}

fn starts() -> impl Strategy<Value = NaiveDateTime> {
    (0i64..9_000, 0i64..96)
        .prop_map(|(days, quarters)| local("2010-01-01 00:00") + TimeDelta::days(days) + TimeDelta::minutes(quarters * 15))
}

/// What the `rrule` crate gives, as wall-clock times; none where it refuses.
fn judged(rule: &str, starts: NaiveDateTime, zone: Zone, count: u16) -> Option<Vec<NaiveDateTime>> {
    let text = format!("DTSTART;TZID={}:{}\nRRULE:{rule}", zone.name(), starts.format("%Y%m%dT%H%M%S"));
    let set: RRuleSet = text.parse().ok()?;
    let result = set.limit().all(count);
    Some(result.dates.into_iter().map(|at| at.naive_local()).filter(|at| at.date() <= LAST_DATE).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_rule_is_read_again(text in rules()) {
        let rule = RecurrenceRule::parse(&text).unwrap();
        prop_assert_eq!(RecurrenceRule::parse(&rule.to_string()), Ok(rule.clone()));
        prop_assert_eq!(RecurrenceRule::parse(&format!("rrule:{}", rule.to_string().to_lowercase())), Ok(rule));
    }

    #[test]
    fn the_dates_are_those_of_the_rrule_crate(
        text in rules(),
        starts in starts(),
        zone in prop::sample::select(vec!["America/New_York", "Europe/Madrid", "UTC"]),
        until in prop::option::of(0i64..2_000),
    ) {
        let zone = Zone::named(zone).unwrap();
        let text = match until {
            Some(days) if !text.contains("COUNT") => {
                format!("{text};UNTIL={}Z", (starts + TimeDelta::days(days)).format("%Y%m%dT%H%M%S"))
            }
            _ => text,
        };
        let rule = RecurrenceRule::parse(&text).unwrap();
        // Of `MO,-1MO` the crate takes the days that are both; RFC 5545 means all that are either.
        let numbered = rule.by_day.iter().filter(|day| day.nth.is_some()).count();
        prop_assume!(numbered == 0 || numbered == rule.by_day.len());
        // In its first week the crate lets BYSETPOS choose among the days from the start on; RFC 5545 means the whole week.
        let first_week = rule.frequency() == Frequency::Weekly && text.contains("BYSETPOS");
        let starts = if first_week { days::start_of_week(starts.date(), rule.week_start).and_time(starts.time()) } else { starts };
        prop_assume!(!matches!(resolve(starts, zone), Civil::Gap { .. }));
        let Some(judged) = judged(&text, starts, zone, 60) else { return Ok(()) };
        let horizon = judged.last().map_or(starts.date(), NaiveDateTime::date);
        let pattern = Pattern::repeating(starts, rule);
        let ours: Vec<NaiveDateTime> = pattern.between(NaiveDate::MIN, horizon, zone).map(|planned| planned.starts).take(judged.len()).collect();
        // What falls into a gap is moved by the crate, and stands as the rule says with us.
        let moved: Vec<NaiveDateTime> = ours.iter().map(|at| resolve(*at, zone).instant().naive_local()).collect();
        prop_assert_eq!(moved, judged.clone());
        if judged.len() < 60 && !pattern.is_endless() {
            prop_assert_eq!(pattern.last(zone), judged.last().map(NaiveDateTime::date));
        }
    }

    #[test]
    fn a_window_shows_what_the_whole_expansion_has_there(
        text in rules(),
        starts in starts(),
        skipped in prop::collection::btree_set(0i64..400, 0..20),
        added in prop::collection::btree_set(0i64..400 * 24, 0..5),
        from in -100i64..1_500,
        length in -2i64..300,
    ) {
        let mut pattern = Pattern::repeating(starts, RecurrenceRule::parse(&text).unwrap());
        pattern.skips.extend(skipped.iter().map(|far| days::plus_days(starts.date(), *far)));
        pattern.adds.extend(added.iter().map(|hours| starts + TimeDelta::hours(*hours)));
        let from = days::plus_days(starts.date(), from);
        let to = days::plus_days(from, length);
        let seen: Vec<Planned> = pattern.between(from, to, new_york()).collect();
        let whole = pattern.between(NaiveDate::MIN, days::plus_days(starts.date(), 2_000), new_york());
        let expected: Vec<Planned> = whole.filter(|planned| (from..=to).contains(&planned.on)).collect();
        prop_assert_eq!(&seen, &expected);
        prop_assert!(seen.windows(2).all(|pair| pair[0].starts < pair[1].starts));
        prop_assert_eq!(pattern.next_on_or_after(from, new_york()).filter(|planned| planned.on <= to), seen.first().copied());
    }

    #[test]
    fn no_rule_text_makes_it_panic_and_problems_point_into_it(
        text in "(FREQ=|DAILY|weekly|YEARLY|;|=|,|BYDAY|BYMONTH|UNTIL=|COUNT|BYSETPOS|INTERVAL|MO|-1FR|[0-9]{1,11}|T|Z|é|İ|\\PC){0,14}",
    ) {
        match RecurrenceRule::parse(&text) {
            Ok(rule) => {
                let pattern = Pattern::repeating(local("2026-12-03 10:30"), rule);
                pattern.between(day("2030-01-01"), day("2030-12-31"), Zone::utc()).count();
            }
            Err(problem) => prop_assert!(text.get(problem.range.clone()).is_some(), "{:?} of {:?}", problem, text),
        }
    }
}
