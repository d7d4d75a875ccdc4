//! Words → days of the week and opening hours, as staff write them.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike, Weekday};

use super::clock::{Clock, clock_time, from_hm};
use super::days::days_in_month;
use super::hours::Interval;
use super::hours_days::YearDay;
use super::phrase::{day_number, month, parse_date, weekday};
use super::print;
use super::rule_clauses::week_from;
use super::words::{Word, trimmed, words};
use crate::diagnostic::{Problem, codes, suggest};

const DAYS_EXAMPLE: &str = "write, for instance, \"mon-thu\", \"sat, sun\", \"weekdays\" or \"Friday\"";
const SEASON_EXAMPLE: &str = "write, for instance, \"June 15\" for every year, or `2027-06-15` for one";
const HOURS_EXAMPLE: &str = "write, for instance, `10:00-20:00`, \"10 am to 8 pm\", `10-12, 13-17` or `closed`";

/// Reads days of the week: "mon-thu", "Monday", "weekdays", "sat, sun"; in the order written, each once.
pub fn parse_days(text: &str) -> Result<Vec<Weekday>, Problem> {
    let mut all: Vec<Weekday> = Vec::new();
    for range in pieces(text, &[",", ";", "/", "&", " and "]) {
        let piece = text[range.clone()].to_lowercase();
        let named: Vec<Weekday> = match piece.as_str() {
            "weekday" | "weekdays" => week_from(Weekday::Mon).take(5).collect(),
            "weekend" | "weekends" => vec![Weekday::Sat, Weekday::Sun],
            "daily" | "every day" | "everyday" | "all" | "all week" => week_from(Weekday::Mon).collect(),
            _ => {
                let ends = pieces(&text[range.clone()], &["-", "–", " to ", " through ", " thru "]);
                let at = |end: &Range<usize>| range.start + end.start..range.start + end.end;
                match ends.as_slice() {
                    [one] => vec![named_day(text, at(one))?],
                    [first, last] => {
                        let (first, last) = (named_day(text, at(first))?, named_day(text, at(last))?);
                        week_from(first).take(usize::try_from(last.days_since(first)).unwrap_or(0) + 1).collect()
                    }
                    _ => return Err(no_days(text, range)),
                }
            }
        };
        if let Some(twice) = named.iter().find(|day| all.contains(day)) {
            let message = format!("{} stands here twice", print::weekday_name(*twice));
            return Err(Problem::new(codes::DAYS, range, message).help("name each day once"));
        }
        all.extend(named);
    }
    if all.is_empty() { Err(no_days(text, trimmed(text))) } else { Ok(all) }
}

/// An end of a season as written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SeasonEnd {
    /// With a year: once.
    Date(NaiveDate),
    /// Without: every year.
    Yearly(YearDay),
}

/// Reads an end of a season: "June 15", "15 June", or a date with its year.
pub fn parse_season_end(text: &str) -> Result<SeasonEnd, Problem> {
    let all = words(text);
    let said: Vec<&Word<'_>> = all.iter().filter(|word| !word.is(&["of", "de", "the"])).collect();
    let [a, b] = said.as_slice() else { return parse_date(text).map(SeasonEnd::Date) };
    let (name, number) = if day_number(&a.text).is_some() { (b, a) } else { (a, b) };
    let Some(day) = day_number(&number.text) else { return parse_date(text).map(SeasonEnd::Date) };
    let Some(month) = month(&name.text) else {
        let near = suggest::nearest(&name.text, print::MONTHS).map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
        return Err(Problem::new(codes::SEASON_DAY, name.range.clone(), format!("\"{}\" is no month", name.written))
            .help(format!("{near}{SEASON_EXAMPLE}")));
    };
    // Of a year that has every day.
    let first = NaiveDate::from_ymd_opt(2000, month, 1).unwrap_or_default();
    if first.with_day(day).is_none() {
        let (name, last) = (print::month_name(first), days_in_month(first));
        return Err(Problem::new(codes::SEASON_DAY, trimmed(text), format!("there is no {name} {day}"))
            .help(format!("{name} has {last} days; {SEASON_EXAMPLE}")));
    }
    Ok(SeasonEnd::Yearly(YearDay { month, day }))
}

/// Reads the hours of a day: "10:00-20:00", "10 am to 8 pm", "10-12, 13-17", "24 hours", "closed" (none); in order, none over another.
pub fn parse_intervals(text: &str) -> Result<Vec<Interval>, Problem> {
    let whole = trimmed(text);
    match text[whole.clone()].to_lowercase().as_str() {
        "closed" => return Ok(Vec::new()),
        "24 hours" | "all day" | "open 24 hours" => return Ok(vec![Interval { opens: NaiveTime::MIN, closes: NaiveTime::MIN }]),
        _ => {}
    }
    let mut all: Vec<(Interval, Range<usize>)> = Vec::new();
    for range in pieces(text, &[",", ";", "&", " and "]) {
        let interval = interval(text, range.clone())?;
        if let Some((before, _)) = all.last()
            && (before.is_overnight() || interval.opens < before.closes)
        {
            let message = format!("\"{}\" begins before the hours ahead of it end", &text[range.clone()]);
            return Err(Problem::new(codes::HOURS, range, message).help("write the hours of a day in order, with a gap between them"));
        }
        all.push((interval, range));
    }
    if all.is_empty() {
        return Err(no_hours(text, whole));
    }
    Ok(all.into_iter().map(|(interval, _)| interval).collect())
}

fn interval(text: &str, range: Range<usize>) -> Result<Interval, Problem> {
    let piece = &text[range.clone()];
    let ends = pieces(piece, &["-", "–", "—", " to ", " until ", " till "]);
    let [first, last] = ends.as_slice() else { return Err(no_hours(text, range)) };
    let clock = |end: &Range<usize>| {
        clock_time(&piece[end.clone()]).map_err(|problem| {
            let start = range.start + end.start;
            let help = if problem.code == codes::TIME { HOURS_EXAMPLE.to_owned() } else { problem.help.clone().unwrap_or_default() };
            Problem { range: start + problem.range.start..start + problem.range.end, ..problem }.help(help)
        })
    };
    let (opens, closes) = (clock(first)?, clock(last)?);
    let has_half = |end: &Range<usize>| {
        let said = piece[end.clone()].to_lowercase();
        said.contains(['a', 'p', 'n'])
    };
    let shares_half = has_half(last) && !has_half(first);
    let doubt =
        |help: String| Problem::new(codes::HOURS, range.clone(), format!("\"{piece}\" could be more than one pair of times")).help(help);
    let (from, to) = match (opens, closes) {
        (Clock::Sure(from), Clock::Sure(to)) if shares_half && (1..=12).contains(&from.hour()) => (half_before(from, to), to),
        (Clock::Bare(from), Clock::Sure(to)) if shares_half && (1..=12).contains(&from) => (half_before(from_hm(from, 0), to), to),
        (Clock::Sure(from), Clock::Sure(to)) => (from, to),
        (Clock::Bare(from), Clock::Sure(to)) => (from_hm(from, 0), to),
        (Clock::Sure(from), Clock::Bare(to)) if !has_half(first) => (from, from_hm(to, 0)),
        (Clock::Sure(_), Clock::Bare(to)) => {
            return Err(doubt(format!(
                "write \"{0} {1} to {to} am\" or \"{0} {1} to {to} pm\"",
                hour_of(&piece[first.clone()]),
                half_of(&piece[first.clone()])
            )));
        }
        (Clock::Bare(from), Clock::Bare(to)) => (from_hm(from, 0), from_hm(to, 0)),
    };
    let plain = !has_half(first) && !has_half(last);
    let noon = from_hm(12, 0);
    // "9:00-5:00" is hardly ever a whole night: whoever opens in the morning means five in the afternoon.
    if plain && to <= from && from < noon && from != NaiveTime::MIN {
        let (am, pm) = (print::time(from), print::time(to).replace("am", "pm"));
        return Err(doubt(format!("write \"{am} to {pm}\", or use the 24-hour clock, as in `10:00-20:00`")));
    }
    Ok(Interval { opens: from, closes: to })
}

/// The opening of "1 to 5 pm" or "10 to 5 pm": the later half of the day in which it comes before the closing.
fn half_before(opens: NaiveTime, closes: NaiveTime) -> NaiveTime {
    let (morning, afternoon) = (from_hm(opens.hour() % 12, opens.minute()), from_hm(opens.hour() % 12 + 12, opens.minute()));
    if afternoon < closes || closes <= morning { afternoon } else { morning }
}

fn hour_of(time: &str) -> &str {
    time.trim().trim_end_matches(|c: char| c.is_alphabetic() || c == '.').trim_end()
}

fn half_of(time: &str) -> &'static str {
    if time.to_lowercase().contains('p') { "pm" } else { "am" }
}

fn named_day(text: &str, range: Range<usize>) -> Result<Weekday, Problem> {
    let name = text[range.clone()].to_lowercase();
    weekday(name.trim_end_matches('.')).ok_or_else(|| no_days(text, range))
}

fn no_days(text: &str, range: Range<usize>) -> Problem {
    let written = &text[range.clone()];
    let known = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "weekdays", "weekends"];
    let near = suggest::nearest(written, known).map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
    Problem::new(codes::DAYS, range, format!("\"{written}\" is no day of the week")).help(format!("{near}{DAYS_EXAMPLE}"))
}

fn no_hours(text: &str, range: Range<usize>) -> Problem {
    Problem::new(codes::HOURS, range.clone(), format!("\"{}\" are no opening hours", &text[range])).help(HOURS_EXAMPLE)
}

/// The parts of a text between separators, without the white space around them; separators that are words are found in any case.
fn pieces(text: &str, separators: &[&str]) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let (mut from, mut at) = (0, 0);
    while at < text.len() {
        let found = separators.iter().find(|one| text.get(at..at + one.len()).is_some_and(|here| here.eq_ignore_ascii_case(one)));
        if let Some(separator) = found {
            all.push(from..at);
            // The space that ends one word may begin the next.
            at += separator.trim_end().len();
            from = at;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    all.push(from..text.len());
    let inner = |range: Range<usize>| {
        let part = trimmed(&text[range.clone()]);
        range.start + part.start..range.start + part.end
    };
    all.into_iter().map(inner).filter(|range| !text[range.clone()].trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{DayHours, Language};
    use super::*;

    fn days(text: &str) -> String {
        parse_days(text).map_or_else(|problem| format!("{} {:?}", problem.code, &text[problem.range]), |days| format!("{days:?}"))
    }

    fn hours(text: &str) -> String {
        match parse_intervals(text) {
            Ok(intervals) => DayHours { intervals: &intervals, ..DayHours::default() }.sentence(Language::English),
            Err(problem) => format!("{} {:?}: {}", problem.code, &text[problem.range], problem.help.unwrap_or_default()),
        }
    }

    #[test]
    fn days_are_read_as_staff_write_them() {
        assert_eq!(days("mon-thu"), "[Mon, Tue, Wed, Thu]");
        assert_eq!(days("Mon–Thu"), "[Mon, Tue, Wed, Thu]");
        assert_eq!(days("Monday to Thursday"), "[Mon, Tue, Wed, Thu]");
        assert_eq!(days("Friday"), "[Fri]");
        assert_eq!(days("sat, sun"), "[Sat, Sun]");
        assert_eq!(days("Mon and Wed-Fri"), "[Mon, Wed, Thu, Fri]");
        assert_eq!(days("sat-mon"), "[Sat, Sun, Mon]");
        assert_eq!(days("weekends"), "[Sat, Sun]");
        assert_eq!(days("every day").matches(',').count(), 6);
        assert_eq!(days("mon-thr"), "HB120 \"thr\"");
        assert_eq!(days("mon, mon"), "HB120 \"mon\"");
        assert_eq!(days(""), "HB120 \"\"");
    }

    #[test]
    fn hours_are_read_as_staff_write_them() {
        for (text, expected) in [
            ("10:00-20:00", "10 am to 8 pm"),
            ("10 am to 8 pm", "10 am to 8 pm"),
            ("10am–8pm", "10 am to 8 pm"),
            ("10-12, 13-17", "10 am to noon and 1 to 5 pm"),
            ("10 am to noon and 1 to 5 pm", "10 am to noon and 1 to 5 pm"),
            ("1-5 pm", "1 to 5 pm"),
            ("1:15-1:30 pm", "1:15 to 1:30 pm"),
            ("8 to midnight", "8 pm to midnight"),
            ("10 to 5 pm", "10 am to 5 pm"),
            ("9:30 AM - 5:30 PM", "9:30 am to 5:30 pm"),
            ("20:00-02:00", "8 pm to 2 am"),
            ("18:00-00:00", "6 pm to midnight"),
            ("Closed", "closed"),
            ("24 hours", "24 hours"),
        ] {
            assert_eq!(hours(text), expected, "{text}");
        }
    }

    #[test]
    fn the_ends_of_a_season_are_of_every_year_or_of_one() {
        let end = |text: &str| match parse_season_end(text) {
            Ok(SeasonEnd::Yearly(day)) => format!("every {}/{}", day.month, day.day),
            Ok(SeasonEnd::Date(date)) => date.to_string(),
            Err(problem) => format!("{} {:?}: {}", problem.code, &text[problem.range], problem.help.unwrap_or_default()),
        };
        for text in ["June 15", "june 15th", "15 June", "the 15th of June", "Jun. 15"] {
            assert_eq!(end(text), "every 6/15", "{text}");
        }
        assert_eq!(end("February 29"), "every 2/29");
        assert_eq!(end("June 15, 2027"), "2027-06-15");
        assert_eq!(end("2027-06-15"), "2027-06-15");
        assert!(end("June 31").starts_with("HB151 \"June 31\": June has 30 days"), "{}", end("June 31"));
        assert!(end("Jnue 15").starts_with("HB151 \"Jnue\": did you mean \"June\"?"), "{}", end("Jnue 15"));
        assert!(end("summer").starts_with("HB100"), "{}", end("summer"));
    }

    #[test]
    fn hours_in_doubt_are_refused_with_what_to_write() {
        assert_eq!(hours("9:00-5:00"), "HB121 \"9:00-5:00\": write \"9 am to 5 pm\", or use the 24-hour clock, as in `10:00-20:00`");
        assert_eq!(hours("9-5"), "HB121 \"9-5\": write \"9 am to 5 pm\", or use the 24-hour clock, as in `10:00-20:00`");
        assert_eq!(hours("10 am to 8"), "HB121 \"10 am to 8\": write \"10 am to 8 am\" or \"10 am to 8 pm\"");
        assert_eq!(hours("10-25"), "HB105 \"25\": a day has the hours 0 to 23");
        assert!(hours("10-14, 13-17").starts_with("HB121 \"13-17\""));
        assert!(hours("10:00").starts_with("HB121 \"10:00\""));
        assert!(hours("10 to late").starts_with("HB104 \"late\""));
    }

    proptest! {
        #[test]
        fn hours_that_are_said_are_read_again(opens in 0u32..96, length in 1u32..96) {
            let time = |quarter: u32| from_hm(quarter % 96 / 4, quarter % 4 * 15);
            let interval = Interval { opens: time(opens), closes: time(opens + length) };
            let said = DayHours { intervals: &[interval], ..DayHours::default() }.sentence(Language::English);
            prop_assert_eq!(parse_intervals(&said), Ok(vec![interval]), "{}", said);
        }

        #[test]
        fn no_text_makes_it_panic_and_problems_point_into_it(text in "([0-9]{1,3}|[-–,:. ]|mon|thu|june| to | and |am|pm|noon|é|İ|\\PC){0,10}") {
            for problem in [parse_days(&text).err(), parse_intervals(&text).err(), parse_season_end(&text).err()].into_iter().flatten() {
                prop_assert!(text.get(problem.range.clone()).is_some(), "{:?} of {:?}", problem, text);
            }
        }
    }
}
