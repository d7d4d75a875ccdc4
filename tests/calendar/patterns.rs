//! A start, a rule, dates left out and dates added.

use std::collections::{BTreeMap, BTreeSet};

use handbill::calendar::{NaiveDate, Pattern};

use super::{dates, day, local, new_york, pattern};

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
