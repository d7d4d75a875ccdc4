//! Words → dates and times, as staff write them.

use std::ops::{Range, RangeInclusive};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::clock::{TIME_EXAMPLE, parse_time};
use super::length::parse_length;
use super::print;
use super::rule_words::fold;
use super::words::{Word, trimmed, words};
use crate::diagnostic::{Problem, codes, suggest};

/// The years in which a library plans anything; others are slips of the pen.
pub(super) const SANE_YEARS: RangeInclusive<i32> = 1900..=2200;

const DATE_EXAMPLE: &str = "write `2026-12-03` or \"December 3, 2026\"";
const LONG_DASHES: [char; 5] = ['–', '—', '‑', '‒', '−'];

/// What may stand in `ends:`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum DateOrTime {
    /// A time alone: on the day it starts.
    Time(NaiveTime),
    /// A date and a time.
    DateTime(NaiveDateTime),
}

/// Reads a date: "2026-12-03", "December 3, 2026", "Dec 3 2026", "3 December 2026", "Thursday, December 3, 2026", "3 de diciembre de 2026".
pub fn parse_date(text: &str) -> Result<NaiveDate, Problem> {
    let said = date_words(text);
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

/// The month and day of a date without its year: "March 25", "25 March", "25 de marzo".
pub(super) fn parse_day_of_year(text: &str) -> Option<(u32, u32)> {
    let said = date_words(text);
    let [a, b] = said.as_slice() else { return None };
    let (name, number) = if day_number(&a.text).is_some() { (b, a) } else { (a, b) };
    Some((month(&name.text)?, day_number(&number.text)?))
}

/// The words of a date, without those that only join: "el 3 de diciembre".
fn date_words(text: &str) -> Vec<Word<'_>> {
    let mut said = words(text);
    said.retain(|word| !word.is(&["de", "del", "el"]));
    said
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

/// The weekday of this name: "thursday", "thu", "thurs", "jueves"; one more "s" for every one of them is no matter.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    // "mar" is a month here.
    let names: [(&[&str], Weekday); 7] = [
        (&["monday", "mondays", "mon", "lunes", "lun"], Weekday::Mon),
        (&["tuesday", "tuesdays", "tue", "tues", "martes"], Weekday::Tue),
        (&["wednesday", "wednesdays", "wed", "weds", "miercoles", "mie"], Weekday::Wed),
        (&["thursday", "thursdays", "thu", "thur", "thurs", "jueves", "jue"], Weekday::Thu),
        (&["friday", "fridays", "fri", "viernes", "vie"], Weekday::Fri),
        (&["saturday", "saturdays", "sat", "sabado", "sabados", "sab"], Weekday::Sat),
        (&["sunday", "sundays", "sun", "domingo", "domingos", "dom"], Weekday::Sun),
    ];
    let word = fold(word);
    names.into_iter().find(|(names, _)| names.contains(&word.as_str())).map(|(_, day)| day)
}

/// The month of this name, from 1: "december", "dec", "sept", "diciembre", "dic".
pub(super) fn month(word: &str) -> Option<u32> {
    let fits = |name: &&'static str| name.eq_ignore_ascii_case(word) || name[..3].eq_ignore_ascii_case(word);
    let found = print::MONTHS.iter().position(fits).or_else(|| print::MESES.iter().position(fits));
    let found = found.or(matches!(word, "sept" | "setiembre").then_some(8))?;
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
    let near = suggest::nearest(&word.text, print::MONTHS.into_iter().chain(print::MESES))?;
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
        if word.is(&["a"]) && next.is_some_and(|next| next.is(&["las", "la"])) {
            return Some((0..word.range.start, next.map_or(end, |next| next.range.end)..end));
        }
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
    [1, 3, 4, 5, 6].into_iter().filter(|count| *count < said.len()).find_map(|count| {
        let (last, next) = (&said[count - 1], &said[count]);
        parse_date(&text[..last.range.end]).is_ok().then_some((0..last.range.end, next.range.start..end))
    })
}

fn is_time_like(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    let text = word.text.as_str();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = &text[digits..];
    let half = |text: &str| matches!(text, "am" | "pm" | "a.m" | "p.m" | "a" | "p" | "noon" | "midnight");
    if word.is(&["noon", "midnight", "mediodía", "mediodia", "medianoche"]) {
        return true;
    }
    match digits {
        0 => false,
        _ if after.is_empty() => digits <= 2 && next.is_some_and(|next| half(&next.text)),
        _ => after.starts_with(':') || half(after) || (after.starts_with('.') && after.matches('.').count() == 1 && digits <= 2),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::clock::from_hm;
    use super::super::language::Language;
    use super::*;

    fn date(text: &str) -> String {
        parse_date(text).map_or_else(|problem| said(&problem), |date| date.to_string())
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
            "3 de diciembre de 2026",
            "el 3 de diciembre de 2026",
            "jueves, 3 de diciembre de 2026",
            "3 dic 2026",
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
            "3 de diciembre de 2026, 10:30 a. m.",
            "jueves, 3 de diciembre de 2026 a las 10:30",
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
            prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
            for language in Language::ALL {
                for text in [language.plain_date(date), language.medium_date(date), language.long_date_with_year(date)] {
                    prop_assert_eq!(parse_date(&text), Ok(date));
                }
                prop_assert_eq!(parse_time(&language.time(time)), Ok(time));
                let both = format!("{}, {}", language.long_date_with_year(date), language.time(time));
                prop_assert_eq!(parse_date_time(&both), Ok(local), "{}", both);
            }
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
