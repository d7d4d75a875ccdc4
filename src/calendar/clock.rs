//! Words → times of day, as staff write them.

use chrono::NaiveTime;

use super::words::trimmed;
use crate::diagnostic::{Problem, codes};

/// What to write for a time.
pub(super) const TIME_EXAMPLE: &str = "write, for instance, `10:30`, `20:00`, `10:30 am` or `noon`";

/// Reads a time of day: "10:30", "10:30am", "10 am", "noon", "midnight", "20:00".
pub fn parse_time(text: &str) -> Result<NaiveTime, Problem> {
    match clock_time(text)? {
        Clock::Sure(time) => Ok(time),
        Clock::Bare(hour) => {
            let help = match hour {
                1..=11 => format!("write \"{hour} am\", \"{hour} pm\" or `{hour:02}:00`"),
                _ => format!("write `{hour:02}:00`"),
            };
            Err(Problem::new(codes::TIME, trimmed(text), format!("\"{}\" could be more than one time", text.trim())).help(help))
        }
    }
}

/// A time as written: sure, or an hour without a sign of which half of the day it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// The time that is meant, for certain.
    Sure(NaiveTime),
    /// An hour from 0 to 23, written without minutes and without am or pm.
    Bare(u32),
}

/// Reads a time; a bare hour is left to the caller to judge.
pub(super) fn clock_time(text: &str) -> Result<Clock, Problem> {
    let whole = trimmed(text);
    let written = text[whole.clone()].to_lowercase();
    let refused = |help: &str| Problem::new(codes::TIME, whole.clone(), format!("\"{}\" is not a time", text.trim())).help(help);
    let missing = |message: String, help: &str| Problem::new(codes::NO_SUCH_TIME, whole.clone(), message).help(help);
    match written.as_str() {
        "noon" | "12 noon" | "mediodía" | "mediodia" => return Ok(Clock::Sure(from_hm(12, 0))),
        "midnight" | "12 midnight" | "medianoche" => return Ok(Clock::Sure(NaiveTime::MIN)),
        _ => {}
    }
    if let Some((from, to)) = two_times(&written) {
        return Err(refused(&format!("write one time a line: {from} behind `starts`, and `ends: {to}`")));
    }
    let (digits, half) = match written.find(|c: char| c.is_ascii_alphabetic()) {
        Some(at) => written.split_at(at),
        None => (written.as_str(), ""),
    };
    let afternoon = match half.replace(['.', ' '], "").as_str() {
        "" => None,
        "am" | "a" => Some(Half::Morning),
        "pm" | "p" => Some(Half::Afternoon),
        zone if ZONES.contains(&zone) => {
            let written = half.trim().to_uppercase();
            return Err(refused(&format!("times are the library's own: leave the `{written}` out and write what its clock shows")));
        }
        _ => return Err(refused(&time_meant(&written).unwrap_or_else(|| TIME_EXAMPLE.to_owned()))),
    };
    let digits = digits.trim_end();
    if digits.contains('+') || digits.matches('-').count() == 1 && digits.contains(':') {
        return Err(refused("times are the library's own: write what its clock shows, without an offset"));
    }
    let numbers: Option<Vec<u32>> = digits
        .split([':', '.'])
        .map(|part| part.parse().ok().filter(|_| part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit())))
        .collect();
    let (hour, minute, second, bare) = match numbers.as_deref() {
        Some(&[hour]) => (hour, 0, 0, true),
        Some(&[hour, minute]) => (hour, minute, 0, false),
        Some(&[hour, minute, second]) => (hour, minute, second, false),
        _ if digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) => {
            return Err(refused(&format!("write `{}:{}`", &digits[..2], &digits[2..])));
        }
        _ => return Err(refused(TIME_EXAMPLE)),
    };
    if !bare && digits.split([':', '.']).nth(1).is_some_and(|minutes| minutes.len() != 2) {
        return Err(refused("minutes have two digits: `10:05`"));
    }
    if hour == 24 && minute == 0 && afternoon.is_none() {
        return Err(missing(
            format!("the clock never shows \"{}\"", text.trim()),
            "the end of a day is `midnight`, or `00:00` of the next day",
        ));
    }
    if minute > 59 || second > 59 {
        return Err(missing(format!("\"{}\" has more than 59 minutes or seconds", text.trim()), "an hour has the minutes 00 to 59"));
    }
    let hour = match afternoon {
        Some(_) if hour == 0 || hour > 12 => {
            return Err(missing(
                format!("\"{}\" mixes the 24-hour clock with am and pm", text.trim()),
                "with am or pm the hours are 1 to 12; leave them out to write `00:30` or `20:00`",
            ));
        }
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
        None if hour > 23 => return Err(missing(format!("there is no hour {hour}"), "a day has the hours 0 to 23")),
        None if bare => return Ok(Clock::Bare(hour)),
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second).map(Clock::Sure).ok_or_else(|| refused(TIME_EXAMPLE))
}

/// How zones are written behind a time; all times are the library's own.
const ZONES: [&str; 18] =
    ["z", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "utc", "gmt", "bst", "cet", "cest"];

/// "6:00 pm - 7:30 pm": the first time as written, and the second as `ends` takes it.
fn two_times(written: &str) -> Option<(&str, String)> {
    let (from, to) = ["-", "–", "—", " to ", " until "].into_iter().find_map(|joint| written.split_once(joint))?;
    let (from, to) = (from.trim(), to.trim());
    if !to.contains([':', 'm']) || !from.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = parse_time(to).ok()?;
    // `10:30-05:00` is a time with an offset.
    let begins = parse_time(from).ok();
    (begins.is_none_or(|begins| begins < end)).then(|| (from, end.format("%H:%M").to_string()))
}

/// What to write for "18h00", "o9:00" and "7 in the evening".
fn time_meant(written: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if let Some((hour, minute)) = written.split_once('h').filter(|(hour, minute)| digits(hour) && digits(minute))
        && let Ok(time) = parse_time(&format!("{hour}:{minute:0<2}"))
    {
        return Some(format!("write `{}`", time.format("%H:%M")));
    }
    if written.contains('o')
        && let Ok(time) = parse_time(&written.replace('o', "0"))
    {
        return Some(format!("write `{}`, with the digit 0 instead of the letter O", time.format("%H:%M")));
    }
    let (clock, words) = written.split_once(' ')?;
    let half = if words.contains("morning") {
        "am"
    } else if ["afternoon", "evening", "night"].iter().any(|part| words.contains(part)) {
        "pm"
    } else {
        return None;
    };
    let time = parse_time(&format!("{clock} {half}")).ok()?;
    Some(format!("write `{}` or \"{clock} {half}\"", time.format("%H:%M")))
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Afternoon,
}

/// A time that is known to exist.
pub(super) fn from_hm(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(text: &str) -> String {
        let said = |problem: Problem| format!("{}: {} ({})", problem.code, problem.message, problem.help.unwrap_or_default());
        parse_time(text).map_or_else(said, |time| time.to_string())
    }

    #[test]
    fn times_are_read_as_staff_write_them() {
        for (text, expected) in [
            ("10:30", "10:30:00"),
            ("10:30am", "10:30:00"),
            ("10.30 a.m.", "10:30:00"),
            ("10 am", "10:00:00"),
            ("10PM", "22:00:00"),
            ("12 am", "00:00:00"),
            ("12:15 pm", "12:15:00"),
            ("noon", "12:00:00"),
            ("Midnight", "00:00:00"),
            ("20:00", "20:00:00"),
            ("9:05", "09:05:00"),
        ] {
            assert_eq!(clock(text), expected, "{text}");
        }
    }

    #[test]
    fn a_time_in_doubt_is_refused_with_what_to_write() {
        assert_eq!(clock("8"), "HB104: \"8\" could be more than one time (write \"8 am\", \"8 pm\" or `08:00`)");
        assert_eq!(clock("24:00"), "HB105: the clock never shows \"24:00\" (the end of a day is `midnight`, or `00:00` of the next day)");
        assert_eq!(clock("25:00"), "HB105: there is no hour 25 (a day has the hours 0 to 23)");
        assert_eq!(clock("10:75"), "HB105: \"10:75\" has more than 59 minutes or seconds (an hour has the minutes 00 to 59)");
        assert!(clock("13:00 pm").starts_with("HB105: \"13:00 pm\" mixes"));
        assert_eq!(clock("1030"), "HB104: \"1030\" is not a time (write `10:30`)");
        assert_eq!(clock("10:5"), "HB104: \"10:5\" is not a time (minutes have two digits: `10:05`)");
        assert!(clock("in the morning").starts_with("HB104"));
    }
}
