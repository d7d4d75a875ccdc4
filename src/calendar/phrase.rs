//! Words → dates and times, as staff write them.

use std::ops::{Range, RangeInclusive};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::length::parse_length;
use super::print;
use super::words::{Word, trimmed, words};
use crate::diagnostic::{Problem, codes, suggest};

/// The years in which a library plans anything; others are slips of the pen.
pub(super) const SANE_YEARS: RangeInclusive<i32> = 1900..=2200;

const DATE_EXAMPLE: &str = "write `2026-12-03` or \"December 3, 2026\"";
const LONG_DASHES: [char; 5] = ['–', '—', '‑', '‒', '−'];
const TIME_EXAMPLE: &str = "write, for instance, `10:30`, `20:00`, `10:30 am` or `noon`";

/// What may stand in `ends:`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateOrTime {
    /// A time alone: on the day it starts.
    Time(NaiveTime),
    /// A date and a time.
    DateTime(NaiveDateTime),
}

/// Reads a date: "2026-12-03", "December 3, 2026", "Dec 3 2026", "3 December 2026", "Thursday, December 3, 2026".
pub fn parse_date(text: &str) -> Result<NaiveDate, Problem> {
    let said = words(text);
    let whole = trimmed(text);
    let refused = || Problem::new(codes::DATE, whole.clone(), format!("\"{}\" is not a date", &text[whole.clone()])).help(DATE_EXAMPLE);
    if let [one] = said.as_slice()
        && one.text.contains(|c: char| c.is_ascii_digit())
    {
        return date_of_numbers(one).unwrap_or_else(|| Err(refused()));
    }
    let (named, rest) = match said.split_first() {
        Some((first, rest)) if weekday(&first.text).is_some() => (Some(first), rest),
        _ => (None, said.as_slice()),
    };
    let date = match rest {
        [one] if one.text.contains(|c: char| c.is_ascii_digit()) => date_of_numbers(one).unwrap_or_else(|| Err(refused()))?,
        [a, b, year] => date_of_words(a, b, year)?.ok_or_else(refused)?,
        [a, b]
            if month(&a.text).is_some() && day_number(&b.text).is_some() || month(&b.text).is_some() && day_number(&a.text).is_some() =>
        {
            return Err(Problem::new(codes::YEAR, whole.clone(), format!("\"{}\" has no year", &text[whole.clone()])).help(DATE_EXAMPLE));
        }
        _ => {
            let unknown = rest.iter().find(|word| word.text.chars().all(char::is_alphabetic) && month(&word.text).is_none());
            return Err(unknown.and_then(misspelt_month).unwrap_or_else(refused));
        }
    };
    match named {
        Some(word) if weekday(&word.text) != Some(date.weekday()) => {
            let (plain, is, was) = (print::plain_date(date), print::weekday_name(date.weekday()), word.written);
            Err(Problem::new(codes::NO_SUCH_DATE, word.range.clone(), format!("{plain} is a {is}, not a {was}"))
                .help("look at a calendar: change the weekday or the date, or leave the weekday out"))
        }
        _ => Ok(date),
    }
}

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

/// Reads a date and a time: "2026-12-03 10:30", "2026-12-03T10:30", "December 3, 2026 at 10:30 am".
pub fn parse_date_time(text: &str) -> Result<NaiveDateTime, Problem> {
    let whole = trimmed(text);
    let Some((date, time)) = cut(text) else {
        let date = parse_date(text)?;
        return Err(Problem::new(codes::MISSING_TIME, whole, format!("\"{}\" has no time", text.trim()))
            .help(format!("write the time too, as in `{} 10:30`", date.format("%Y-%m-%d"))));
    };
    if text[date.clone()].trim().is_empty() {
        return Err(Problem::new(codes::DATE, whole, format!("\"{}\" has no date", text.trim()))
            .help("write the date too, as in `2026-12-03 10:30`"));
    }
    let moved = |by: usize| move |problem: Problem| Problem { range: problem.range.start + by..problem.range.end + by, ..problem };
    let day = parse_date(&text[date.clone()]).map_err(moved(date.start))?;
    let clock = parse_time(&text[time.clone()]).map_err(moved(time.start))?;
    Ok(day.and_time(clock))
}

/// Reads what may stand in `ends:`: a time alone, or a date and a time.
pub fn parse_end(text: &str) -> Result<DateOrTime, Problem> {
    match cut(text) {
        Some((date, _)) if text[date.clone()].trim().is_empty() => parse_time(text).map(DateOrTime::Time),
        Some(_) => parse_date_time(text).map(DateOrTime::DateTime),
        None if parse_date(text).is_ok() => parse_date_time(text).map(DateOrTime::DateTime),
        None => match (parse_time(text), parse_date(text)) {
            (Ok(time), _) => Ok(DateOrTime::Time(time)),
            // A slip in a date is told as such; whatever else it is, a time was more likely meant.
            (Err(_), Err(problem)) if problem.code != codes::DATE => Err(problem),
            (Err(problem), _) if parse_length(text).is_ok() => {
                Err(problem.help(format!("that is how long it goes on: write `lasts: {}` instead of `ends`", text.trim())))
            }
            (Err(problem), _) if problem.help.as_deref() != Some(TIME_EXAMPLE) => Err(problem),
            (Err(problem), _) => Err(problem.help("write a time, as in `11:15`, or a date and a time, as in `2026-12-04 01:00`")),
        },
    }
}

/// The weekday of this name: "thursday", "thu", "thurs"; one more "s" for every one of them is no matter.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    let names: [(&[&str], Weekday); 7] = [
        (&["monday", "mondays", "mon"], Weekday::Mon),
        (&["tuesday", "tuesdays", "tue", "tues"], Weekday::Tue),
        (&["wednesday", "wednesdays", "wed", "weds"], Weekday::Wed),
        (&["thursday", "thursdays", "thu", "thur", "thurs"], Weekday::Thu),
        (&["friday", "fridays", "fri"], Weekday::Fri),
        (&["saturday", "saturdays", "sat"], Weekday::Sat),
        (&["sunday", "sundays", "sun"], Weekday::Sun),
    ];
    names.into_iter().find(|(names, _)| names.contains(&word)).map(|(_, day)| day)
}

/// The month of this name, from 1: "december", "dec", "sept".
pub(super) fn month(word: &str) -> Option<u32> {
    let fits = |name: &&'static str| name.eq_ignore_ascii_case(word) || name[..3].eq_ignore_ascii_case(word);
    let found = print::MONTHS.iter().position(fits).or((word == "sept").then_some(8))?;
    u32::try_from(found + 1).ok()
}

/// The day of a month: "3", "3rd".
pub(super) fn day_number(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    if digits.is_empty() || digits.len() > 2 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok()
}

fn misspelt_month(word: &Word<'_>) -> Option<Problem> {
    let near = suggest::nearest(&word.text, print::MONTHS)?;
    let problem = Problem::new(codes::DATE, word.range.clone(), format!("\"{}\" is no month", word.written));
    Some(problem.help(format!("did you mean \"{near}\"? {DATE_EXAMPLE}")))
}

/// A date written in digits, with its separators; none when it is nothing of the kind.
fn date_of_numbers(word: &Word<'_>) -> Option<Result<NaiveDate, Problem>> {
    let separator = word.text.chars().find(|c| !c.is_ascii_digit())?;
    if LONG_DASHES.contains(&separator) {
        let plain = word.text.replace(LONG_DASHES, "-");
        let help = parse_date(&plain).map_or_else(|_| DATE_EXAMPLE.to_owned(), |date| format!("write `{date}`, with short ones: -"));
        let message = format!("\"{}\" holds long dashes", word.written);
        return Some(Err(Problem::new(codes::DATE, word.range.clone(), message).help(help)));
    }
    let parts: Vec<&str> = word.text.split(separator).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let numbers: Vec<u32> =
        parts.iter().filter(|part| part.bytes().all(|b| b.is_ascii_digit())).filter_map(|part| part.parse().ok()).collect();
    let &[first, second, third] = numbers.as_slice() else { return None };
    if separator == '-' && a.len() == 4 && b.len() <= 2 && c.len() <= 2 {
        return Some(real_date(word.range.clone(), first, second, third));
    }
    if !matches!(separator, '-' | '/' | '.') {
        return None;
    }
    if separator == '-' && a.len() > 4 {
        return Some(Err(wrong_year(word.range.start..word.range.start + a.len(), a)));
    }
    if a.len() == 4
        && let Ok(date) = real_date(word.range.clone(), first, second, third)
    {
        let message = format!("\"{}\" is not how a date is written here", word.written);
        return Some(Err(Problem::new(codes::DATE, word.range.clone(), message).help(format!("write it with hyphens: `{date}`"))));
    }
    let problem = Problem::new(
        codes::AMBIGUOUS_DATE,
        word.range.clone(),
        format!("\"{}\" is in a form that people read in different ways", word.written),
    );
    let readings =
        if a.len() == 4 { [(first, second, third), (first, third, second)] } else { [(third, first, second), (third, second, first)] };
    let dates: Vec<NaiveDate> = readings
        .into_iter()
        .filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))
        .filter(|date| SANE_YEARS.contains(&date.year()))
        .collect();
    Some(Err(match dates.as_slice() {
        [one] => problem.help(format!("write `{one}` or \"{}\"", print::plain_date(*one))),
        [one, other] if one != other => {
            problem.help(format!("write `{one}` for {}, `{other}` for {}", print::plain_date(*one), print::plain_date(*other)))
        }
        [one, ..] => problem.help(format!("write `{one}`")),
        [] => problem.help(DATE_EXAMPLE),
    }))
}

/// "December 3 2026" and "3 December 2026"; none when it is nothing of the kind.
fn date_of_words(a: &Word<'_>, b: &Word<'_>, year: &Word<'_>) -> Result<Option<NaiveDate>, Problem> {
    let (name, number) = if day_number(&a.text).is_some() { (b, a) } else { (a, b) };
    let Some(day) = day_number(&number.text) else { return Ok(None) };
    let Some(month) = month(&name.text) else {
        return misspelt_month(name).map_or(Ok(None), Err);
    };
    let digits = year.text.trim_start_matches('\'');
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(None);
    }
    let Some(number) = digits.parse().ok().filter(|_| digits.len() == 4) else { return Err(wrong_year(year.range.clone(), digits)) };
    let range = a.range.start.min(b.range.start)..year.range.end;
    real_date(range, number, month, day).map(Some)
}

fn wrong_year(range: Range<usize>, written: &str) -> Problem {
    let help = if written.len() == 2 {
        format!("write the year with four digits, as in `20{written}`")
    } else if written.len() > 4 {
        "write the year with four digits".to_owned()
    } else {
        "years lie between 1900 and 2200".to_owned()
    };
    Problem::new(codes::YEAR, range, format!("\"{written}\" is not a year that can be meant")).help(help)
}

fn real_date(range: Range<usize>, year: u32, month: u32, day: u32) -> Result<NaiveDate, Problem> {
    let wrong = |message: String, help: String| Problem::new(codes::NO_SUCH_DATE, range.clone(), message).help(help);
    let sane =
        i32::try_from(year).ok().filter(|year| SANE_YEARS.contains(year)).ok_or_else(|| wrong_year(range.clone(), &year.to_string()))?;
    let Some(first) = NaiveDate::from_ymd_opt(sane, month, 1) else {
        return Err(wrong(
            format!("there is no month {month}"),
            "the months are 1 to 12, and stand between year and day: `2026-12-03`".to_owned(),
        ));
    };
    NaiveDate::from_ymd_opt(sane, month, day).ok_or_else(|| {
        let last = super::days::days_in_month(first);
        let name = print::month_name(first);
        wrong(format!("there is no {name} {day} in {year}"), format!("{name} {year} has {last} days"))
    })
}

/// Where a text of date and time is cut: the bytes of both. None when nothing in it looks like a time.
fn cut(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let said = words(text);
    let end = text.len();
    for (nth, word) in said.iter().enumerate() {
        let next = said.get(nth + 1);
        if word.is(&["at", "@"]) {
            return Some((0..word.range.start, word.range.end..end));
        }
        if word.text.as_bytes().get(..5).is_some_and(|head| head[..4].iter().all(u8::is_ascii_digit) && head[4] == b'-')
            && let Some(t) = text[word.range.clone()].find(['T', 't'])
        {
            let at = word.range.start + t;
            return Some((0..at, at + 1..end));
        }
        if is_time_like(word, next) {
            return Some((0..word.range.start, word.range.start..end));
        }
    }
    // What stands behind a whole date is meant as a time, even one that cannot be read.
    [1, 3, 4].into_iter().filter(|count| *count < said.len()).find_map(|count| {
        let (last, next) = (&said[count - 1], &said[count]);
        parse_date(&text[..last.range.end]).is_ok().then_some((0..last.range.end, next.range.start..end))
    })
}

fn is_time_like(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let text = word.text.as_str();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = &text[digits..];
    let half = |text: &str| matches!(text, "am" | "pm" | "a.m" | "p.m" | "a" | "p" | "noon" | "midnight");
    if word.is(&["noon", "midnight"]) {
        return true;
    }
    match digits {
        0 => false,
        _ if after.is_empty() => digits <= 2 && next.is_some_and(|next| half(&next.text)),
        _ => after.starts_with(':') || half(after) || (after.starts_with('.') && after.matches('.').count() == 1 && digits <= 2),
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
        "noon" | "12 noon" => return Ok(Clock::Sure(from_hm(12, 0))),
        "midnight" | "12 midnight" => return Ok(Clock::Sure(NaiveTime::MIN)),
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
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> String {
        parse_date(text).map_or_else(|problem| said(&problem), |date| date.to_string())
    }

    fn clock(text: &str) -> String {
        parse_time(text).map_or_else(|problem| said(&problem), |time| time.to_string())
    }

    fn both(text: &str) -> String {
        parse_date_time(text).map_or_else(|problem| said(&problem), |local| local.to_string())
    }

    fn said(problem: &Problem) -> String {
        format!("{}: {} ({})", problem.code, problem.message, problem.help.clone().unwrap_or_default())
    }

    #[test]
    fn dates_are_read_as_staff_write_them() {
        for text in [
            "2026-12-03",
            " 2026-12-3 ",
            "December 3, 2026",
            "Dec 3 2026",
            "dec. 3rd, 2026",
            "3 December 2026",
            "3rd DEC 2026",
            "Thursday, December 3, 2026",
            "Thu 2026-12-03",
        ] {
            assert_eq!(date(text), "2026-12-03", "{text}");
        }
    }

    #[test]
    fn a_date_in_doubt_is_refused_with_what_to_write() {
        assert_eq!(
            date("12/3/2026"),
            "HB102: \"12/3/2026\" is in a form that people read in different ways (write `2026-12-03` for December 3, 2026, `2026-03-12` for March 12, 2026)"
        );
        assert_eq!(
            date("12/25/2026"),
            "HB102: \"12/25/2026\" is in a form that people read in different ways (write `2026-12-25` or \"December 25, 2026\")"
        );
        assert_eq!(date("2026-02-30"), "HB101: there is no February 30 in 2026 (February 2026 has 28 days)");
        assert_eq!(
            date("2026-13-01"),
            "HB101: there is no month 13 (the months are 1 to 12, and stand between year and day: `2026-12-03`)"
        );
        assert_eq!(date("December 3, 26"), "HB103: \"26\" is not a year that can be meant (write the year with four digits, as in `2026`)");
        assert_eq!(date("3026-12-03"), "HB103: \"3026\" is not a year that can be meant (years lie between 1900 and 2200)");
        assert_eq!(date("December 3"), "HB103: \"December 3\" has no year (write `2026-12-03` or \"December 3, 2026\")");
        assert_eq!(
            date("Decembr 3, 2026"),
            "HB100: \"Decembr\" is no month (did you mean \"December\"? write `2026-12-03` or \"December 3, 2026\")"
        );
        assert_eq!(date("soon"), "HB100: \"soon\" is not a date (write `2026-12-03` or \"December 3, 2026\")");
        assert!(date("Friday, December 3, 2026").starts_with("HB101: December 3, 2026 is a Thursday, not a Friday"));
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

    #[test]
    fn a_date_and_a_time_stand_together_in_many_ways() {
        for text in [
            "2026-12-03 10:30",
            "2026-12-03T10:30",
            "2026-12-03 10:30am",
            "2026-12-03 10:30 am",
            "2026-12-03, 10.30 am",
            "December 3, 2026 at 10:30 am",
            "Thursday, December 3, 2026, 10:30 am",
            "2026-12-03T10:30:00",
        ] {
            assert_eq!(both(text), "2026-12-03 10:30:00", "{text}");
        }
        assert_eq!(both("3 December 2026 noon"), "2026-12-03 12:00:00");
        assert_eq!(both("December 3, 2026 10 pm"), "2026-12-03 22:00:00");
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(both("2026-12-03"), "HB106: \"2026-12-03\" has no time (write the time too, as in `2026-12-03 10:30`)");
        assert_eq!(both("10:30"), "HB100: \"10:30\" has no date (write the date too, as in `2026-12-03 10:30`)");
        assert!(both("2026-12-03T10:30Z").starts_with("HB104: \"10:30Z\" is not a time (times are the library's own"));
        assert!(both("2026-12-03T10:30+02:00").contains("without an offset"));
        let problem = parse_date_time("2026-12-03 25:00").unwrap_err();
        assert_eq!((problem.range, problem.code), (11..16, codes::NO_SUCH_TIME));
    }

    #[test]
    fn an_end_is_a_time_or_a_date_and_a_time() {
        let time = |hour, minute| from_hm(hour, minute);
        assert_eq!(parse_end("11:15"), Ok(DateOrTime::Time(time(11, 15))));
        assert_eq!(parse_end("noon"), Ok(DateOrTime::Time(time(12, 0))));
        assert_eq!(parse_end("2026-12-04 01:00"), parse_date_time("2026-12-04 01:00").map(DateOrTime::DateTime));
        assert_eq!(parse_end("2026-12-04").unwrap_err().code, codes::MISSING_TIME);
        assert_eq!(parse_end("8").unwrap_err().code, codes::TIME);
        assert_eq!(parse_end("2026-02-30").unwrap_err().code, codes::NO_SUCH_DATE);
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_again(days in 0i64..109_000, minutes in 0u32..1440) {
            let date = super::super::plus_days(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap(), days);
            let time = from_hm(minutes / 60, minutes % 60);
            let local = date.and_time(time);
            for text in [date.to_string(), print::plain_date(date), print::medium_date(date), print::long_date_with_year(date)] {
                prop_assert_eq!(parse_date(&text), Ok(date));
            }
            prop_assert_eq!(parse_time(&print::time(time)), Ok(time));
            prop_assert_eq!(parse_date_time(&format!("{} at {}", print::long_date_with_year(date), print::time(time))), Ok(local));
            prop_assert_eq!(parse_date_time(&local.format("%Y-%m-%dT%H:%M").to_string()), Ok(local));
        }

        #[test]
        fn no_text_makes_it_panic_and_problems_point_into_it(text in "([0-9]{1,5}|[-/.:T ]|am|pm|noon|at|Dec|thu|é|٣|😀|\\PC){0,12}") {
            let problems = [
                parse_date(&text).err(),
                parse_time(&text).err(),
                parse_date_time(&text).err(),
                parse_end(&text).err(),
            ];
            for problem in problems.into_iter().flatten() {
                prop_assert!(text.get(problem.range.clone()).is_some(), "{:?} of {:?}", problem, text);
            }
        }
    }
}
