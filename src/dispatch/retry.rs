//! When a post is tried again.

use crate::calendar::{DateTime, Duration, Now, Utc, days, instant, resolve};
use crate::dispatch::Chance;
use crate::settings::QuietHours;

/// So many tries; then it has failed.
pub const MOST: u32 = 8;

const FIRST_SECONDS: u64 = 60;
const LONGEST_SECONDS: u64 = 3_600;

/// The next moment after a try that did not succeed: at a random point of a wait that doubles from a minute to an hour (full jitter, so that
/// many who failed together do not come back together), never before the moment that the platform named, and not in quiet hours.
pub fn next_try(tries: u32, after: Option<DateTime<Utc>>, quiet: Option<QuietHours>, now: Now, chance: &dyn Chance) -> DateTime<Utc> {
    let doubled = FIRST_SECONDS.checked_shl(tries.saturating_sub(1).min(16)).unwrap_or(LONGEST_SECONDS);
    let millis = chance.below(doubled.min(LONGEST_SECONDS) * 1_000 + 1);
    let waited = instant::later(now.instant(), Duration::milliseconds(i64::try_from(millis).unwrap_or(0)));
    out_of_quiet(instant::to_the_millisecond(after.map_or(waited, |after| after.max(waited))), quiet, now)
}

/// This moment, or the end of the quiet hours that it lies in.
fn out_of_quiet(at: DateTime<Utc>, quiet: Option<QuietHours>, now: Now) -> DateTime<Utc> {
    let Some(QuietHours { from, to }) = quiet else { return at };
    let local = Now::new(at, now.zone()).local();
    let (time, date) = (local.time(), local.date());
    let end = if from <= to {
        (from..to).contains(&time).then_some(date)
    } else if time >= from {
        Some(days::plus_days(date, 1))
    } else {
        (time < to).then_some(date)
    };
    end.map_or(at, |date| resolve(days::at(date, to), now.zone()).instant().to_utc().max(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{NaiveTime, Zone};

    /// Always the longest wait.
    struct Longest;
    impl Chance for Longest {
        fn below(&self, most: u64) -> u64 {
            most.saturating_sub(1)
        }
    }

    fn at(text: &str) -> Now {
        let zone = Zone::named("America/New_York").unwrap();
        Now::new(resolve(text.parse().unwrap(), zone).instant().to_utc(), zone)
    }

    #[test]
    fn waits_double_from_a_minute_to_an_hour() {
        let now = at("2026-12-03T10:00:00");
        let waits: Vec<i64> = (1..=10).map(|tries| (next_try(tries, None, None, now, &Longest) - now.instant()).num_seconds()).collect();
        assert_eq!(waits, [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
        assert!(next_try(u32::MAX, None, None, now, &Longest) > now.instant());
    }

    #[test]
    fn a_platform_that_names_a_moment_is_obeyed() {
        let now = at("2026-12-03T10:00:00");
        let after = instant::later(now.instant(), Duration::hours(3));
        assert_eq!(next_try(1, Some(after), None, now, &Longest), after);
        let past = instant::later(now.instant(), Duration::hours(-3));
        assert!(next_try(1, Some(past), None, now, &Longest) > now.instant());
    }

    #[test]
    fn a_second_try_keeps_out_of_quiet_hours() {
        let time = |text: &str| text.parse::<NaiveTime>().unwrap();
        let night = Some(QuietHours { from: time("21:00:00"), to: time("08:00:00") });
        let noon = Some(QuietHours { from: time("12:00:00"), to: time("14:00:00") });
        let next = |now: &str, quiet| Now::new(next_try(1, None, quiet, at(now), &Longest), at(now).zone()).local().to_string();
        assert_eq!(next("2026-12-03T20:30:00", night), "2026-12-03 20:31:00");
        assert_eq!(next("2026-12-03T20:59:30", night), "2026-12-04 08:00:00");
        assert_eq!(next("2026-12-04T03:00:00", night), "2026-12-04 08:00:00");
        assert_eq!(next("2026-12-04T13:59:30", noon), "2026-12-04 14:00:30");
        assert_eq!(next("2026-12-04T13:58:00", noon), "2026-12-04 14:00:00");
    }
}
