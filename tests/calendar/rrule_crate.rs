//! The `rrule` crate judges the expansion where it and RFC 5545 agree, and the expansion judges itself, seen through another window.

use std::cell::Cell;
use std::collections::BTreeSet;

use handbill::calendar::{
    Civil, Datelike, Duration, Frequency, NaiveDate, NaiveDateTime, Pattern, Planned, RecurrenceRule, Weekday, Zone, plus_days, resolve,
    start_of_week,
};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use rrule::RRuleSet;

use super::{day, local, new_york};

/// Where every expansion stops.
const LAST_YEAR: i32 = 2600;

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
    let of_year = prop_oneof![3 => Just(None), 1 => part("BYYEARDAY", -366, 366), 1 => part("BYWEEKNO", 1, 53)];
    (frequency, 1u32..5, end, parts, of_year, by_day, prop::option::of(weekday)).prop_map(
        |(frequency, interval, end, (months, month_days, places), of_year, by_day, week_start)| {
            let of_year = of_year.filter(|_| frequency == "YEARLY");
            let weeks = of_year.as_ref().is_some_and(|part| part.contains("BYWEEKNO"));
            let is_long = frequency == "MONTHLY" || frequency == "YEARLY" && !weeks;
            // Weeks without a day are all their days to the crate; RFC 5545 takes the weekday of the start.
            let by_day = if weeks { by_day.or(Some(vec![(None, "TH")])) } else { by_day };
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
            let more = [months, of_year, month_days, named, places, week_start].into_iter().flatten().collect::<String>();
            format!("FREQ={frequency};INTERVAL={interval}{end}{more}")
        },
    )
}

fn starts() -> impl Strategy<Value = NaiveDateTime> {
    (0i64..9_000, 0i64..96).prop_map(|(days, quarters)| local("2010-01-01 00:00") + Duration::days(days) + Duration::minutes(quarters * 15))
}

/// What the `rrule` crate gives, as wall-clock times; none where it refuses.
fn judged(rule: &str, starts: NaiveDateTime, zone: Zone, count: u16) -> Option<Vec<NaiveDateTime>> {
    let text = format!("DTSTART;TZID={}:{}\nRRULE:{rule}", zone.name(), starts.format("%Y%m%dT%H%M%S"));
    let set: RRuleSet = text.parse().ok()?;
    let result = set.limit().all(count);
    Some(result.dates.into_iter().map(|at| at.naive_local()).filter(|at| at.year() <= LAST_YEAR).collect())
}

/// Its own dates of a rule, next to ours; none where the crate refuses the rule or means something else by it.
fn compare(text: &str, starts: NaiveDateTime, zone: Zone) -> Option<Result<(), TestCaseError>> {
    let rule = RecurrenceRule::parse(text).unwrap();
    // Of `MO,-1MO` the crate takes the days that are both; RFC 5545 means all that are either.
    let by_day = text.split(';').find_map(|part| part.strip_prefix("BYDAY="));
    let numbered = by_day.map(|days| days.split(',').map(|day| day.len() > 2).collect::<BTreeSet<_>>());
    if numbered.is_some_and(|kinds| kinds.len() > 1) {
        return None;
    }
    // In its first week the crate lets BYSETPOS choose among the days from the start on; RFC 5545 means the whole week.
    let first_week = rule.frequency() == Frequency::Weekly && text.contains("BYSETPOS");
    let starts = if first_week { start_of_week(starts.date(), week_start(text)).and_time(starts.time()) } else { starts };
    if matches!(resolve(starts, zone), Civil::Gap { .. }) {
        return None;
    }
    let judged = judged(text, starts, zone, 60)?;
    let horizon = judged.last().map_or(starts.date(), NaiveDateTime::date);
    let pattern = Pattern::repeating(starts, rule);
    let ours: Vec<NaiveDateTime> =
        pattern.between(NaiveDate::MIN, horizon, zone).map(|planned| planned.starts).take(judged.len()).collect();
    // What falls into a gap is moved by the crate, and stands as the rule says with us.
    let moved: Vec<NaiveDateTime> = ours.iter().map(|at| resolve(*at, zone).instant().naive_local()).collect();
    let same =
        moved == judged && (judged.len() >= 60 || pattern.is_endless() || pattern.last(zone) == judged.last().map(NaiveDateTime::date));
    Some(if same { Ok(()) } else { Err(TestCaseError::fail(format!("{text} from {starts}: {moved:?}, where the crate has {judged:?}"))) })
}

fn week_start(text: &str) -> Weekday {
    let named = text.split(';').find_map(|part| part.strip_prefix("WKST=")).unwrap_or("MO");
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun]
        .into_iter()
        .find(|day| day.to_string().to_uppercase().starts_with(named))
        .unwrap()
}

#[test]
fn the_dates_are_those_of_the_rrule_crate() {
    let zones = prop::sample::select(vec!["America/New_York", "Europe/Madrid", "UTC"]);
    let compared = Cell::new(0);
    let mut runner = TestRunner::new(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() });
    let all = (rules(), starts(), zones, prop::option::of(0i64..2_000));
    let result = runner.run(&all, |(text, starts, zone, until)| {
        let text = match until {
            Some(days) if !text.contains("COUNT") => {
                format!("{text};UNTIL={}Z", (starts + Duration::days(days)).format("%Y%m%dT%H%M%S"))
            }
            _ => text,
        };
        let Some(outcome) = compare(&text, starts, Zone::named(zone).unwrap()) else { return Ok(()) };
        compared.set(compared.get() + 1);
        outcome
    });
    if let Err(wrong) = result {
        panic!("{wrong}");
    }
    // A judge that refuses most of what it is shown judges nothing.
    assert!(compared.get() >= 60, "only {} of 120 rules were compared", compared.get());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_printed_rule_is_read_again(text in rules()) {
        let rule = RecurrenceRule::parse(&text).unwrap();
        prop_assert_eq!(RecurrenceRule::parse(&rule.to_string()), Ok(rule.clone()));
        prop_assert_eq!(RecurrenceRule::parse(&format!("rrule:{}", rule.to_string().to_lowercase())), Ok(rule));
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
        pattern.skips.extend(skipped.iter().map(|far| plus_days(starts.date(), *far)));
        pattern.adds.extend(added.iter().map(|hours| starts + Duration::hours(*hours)));
        let from = plus_days(starts.date(), from);
        let to = plus_days(from, length);
        let seen: Vec<Planned> = pattern.between(from, to, new_york()).collect();
        let whole = pattern.between(NaiveDate::MIN, plus_days(starts.date(), 2_000), new_york());
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
