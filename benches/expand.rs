//! How long it takes to find the dates of events: a year's window, near and far from the start.

use divan::counter::ItemsCount;
use handbill::calendar::{NaiveDate, Pattern, RecurrenceRule, Zone, midnight, parse_repeats, plus_days, resolve};

fn main() {
    divan::main();
}

const RULES: [&str; 8] = [
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=TH",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
    "FREQ=MONTHLY;BYDAY=1MO,3MO",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4",
    "FREQ=WEEKLY;BYDAY=TH;COUNT=2000",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31",
];

fn day(years: i64) -> NaiveDate {
    plus_days(NaiveDate::default(), years * 365)
}

fn pattern(rule: &str) -> Pattern {
    // 1990-01-04 or a day near it; a rule of long ago is the hard case.
    let starts = midnight(plus_days(day(20), 8));
    RecurrenceRule::parse(rule).map_or_else(|_| Pattern::once(starts), |rule| Pattern::repeating(starts, rule))
}

/// A window of 26 months, 36 years after the start: what a site shows of each event.
#[divan::bench(args = RULES)]
fn a_window_far_from_the_start(bencher: divan::Bencher<'_, '_>, rule: &str) {
    let (pattern, zone) = (pattern(rule), Zone::utc());
    let (from, to) = (day(56), plus_days(day(56), 790));
    bencher.bench(|| pattern.between(from, to, zone).count());
}

/// 10,000 weekly events, 26 months each, with the instants of all dates in New York.
#[divan::bench]
fn ten_thousand_events_with_instants(bencher: divan::Bencher<'_, '_>) {
    let zone = Zone::named("America/New_York").unwrap_or_else(Zone::utc);
    let patterns: Vec<Pattern> =
        (0..10_000).map(|nth| Pattern { starts: midnight(plus_days(day(50), nth % 1000)), ..pattern("FREQ=WEEKLY") }).collect();
    let (from, to) = (day(56), plus_days(day(56), 790));
    bencher.counter(ItemsCount::new(patterns.len())).bench(|| {
        patterns.iter().flat_map(|one| one.between(from, to, zone)).map(|planned| resolve(planned.starts, zone).instant().timestamp()).max()
    });
}

/// Plain words to a rule.
#[divan::bench]
fn reading_plain_words() -> bool {
    parse_repeats(divan::black_box("every 2 weeks on Tuesday and Thursday until March 25, 2027"), day(56)).is_ok()
}
