//! How a rule in words ends and begins: "until March 25, 2027", "10 times", "for 8 weeks", "starting December 3, 2026".
//!
//! These parts may stand anywhere in the sentence; they are taken out, and what is left says the days.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::phrase::{parse_date, parse_day_of_year};
use super::rule::{End, Until};
use super::rule_clauses::two_rules;
use super::rule_words::{Meaning, Token, Unit};
use super::words::{trimmed, words};
use super::{days, print};
use crate::diagnostic::{Problem, codes};

/// What stands before "times" and is no number of them.
const NO_COUNTS: [&str; 8] = ["zero", "many", "several", "some", "cero", "muchas", "varias", "algunas"];

/// Takes the end out of the sentence. A first date that is said must be the one of `starts`.
pub(super) fn take_end(text: &str, tokens: &mut Vec<Token>, start: NaiveDate) -> Result<End, Problem> {
    let mut found: Option<(End, Range<usize>)> = None;
    let mut begins = false;
    let mut at = 0;
    while at < tokens.len() {
        let here = tokens[at].range.clone();
        let next = tokens.get(at + 1).map(|token| token.meaning);
        let (end, taken) = match tokens[at].meaning {
            Meaning::From => match date_behind(text, here.end, start) {
                Some((date, last)) => {
                    let taken = cut(tokens, at, last);
                    if date != start {
                        return Err(other_start(text, taken, date, start));
                    }
                    begins = true;
                    continue;
                }
                // "from Monday to Friday", "from June to August"; a time has no place here.
                None if matches!(next, Some(Meaning::Unknown) | None) => return Err(from_what(text, here)),
                None => {
                    tokens[at].meaning = Meaning::Joint;
                    continue;
                }
            },
            Meaning::Until => {
                let (date, last) = date_behind(text, here.end, start).ok_or_else(|| no_end_date(text, here.clone(), start))?;
                (End::Until(Until::Date(date)), cut(tokens, at, last))
            }
            // "Monday through Thursday" is no end; one has a date with its year, a first date before it, or a weekday: "Thursdays through March 25".
            Meaning::To => {
                let ends = at > 0
                    && matches!(tokens[at - 1].meaning, Meaning::Day(_) | Meaning::Weekdays | Meaning::Weekend)
                    && ["through", "thru"].contains(&&*text[here.clone()].to_lowercase());
                match date_behind(text, here.end, start) {
                    Some((date, last)) if ends || begins || has_year(text, here.end, last) => {
                        (End::Until(Until::Date(date)), cut(tokens, at, last))
                    }
                    None if ends && matches!(next, Some(Meaning::Month(_) | Meaning::Unknown)) => {
                        return Err(no_end_date(text, here, start));
                    }
                    _ => {
                        at += 1;
                        continue;
                    }
                }
            }
            Meaning::Number(count) if next == Some(Meaning::Times) && !is_fold(tokens, at) => {
                let from = if at > 0 && tokens[at - 1].meaning == Meaning::For { at - 1 } else { at };
                let range = tokens[from].range.start..tokens[at + 1].range.end;
                if count == 0 {
                    return Err(no_count(range));
                }
                tokens.drain(from..=at + 1);
                at = from;
                (End::Count(count), range)
            }
            Meaning::For
                if let Some(Meaning::Number(count @ 1..=999)) = next
                    && let Some((Meaning::Unit(unit, size), last)) = tokens.get(at + 2).map(|token| (token.meaning, token.range.end)) =>
            {
                tokens.drain(at..=at + 2);
                (End::Until(Until::Date(last_day(start, unit, count.saturating_mul(size)))), here.start..last)
            }
            // "for a year"
            Meaning::For
                if next == Some(Meaning::Joint)
                    && let Some((Meaning::Unit(unit, size), last)) = tokens.get(at + 2).map(|token| (token.meaning, token.range.end)) =>
            {
                tokens.drain(at..=at + 2);
                (End::Until(Until::Date(last_day(start, unit, size))), here.start..last)
            }
            Meaning::Times if at > 0 && NO_COUNTS.contains(&&text[tokens[at - 1].range.clone()]) => {
                return Err(no_count(tokens[at - 1].range.start..here.end));
            }
            _ => {
                at += 1;
                continue;
            }
        };
        // "Tuesdays until March 25 and Thursdays" would be two ends.
        if at > 0 && goes_on(&tokens[at..]) {
            return Err(two_rules(text, trimmed(text)));
        }
        if let Some((_, before)) = &found {
            let range = before.start.min(taken.start)..before.end.max(taken.end);
            return Err(
                Problem::new(codes::REPEATS, range, "a rule ends after a number of times or on a date, not both").help("keep one of them")
            );
        }
        found = Some((end, taken));
    }
    Ok(found.map_or(End::Never, |(end, _)| end))
}

/// Do days follow that an "and" joins to what was said?
fn goes_on(behind: &[Token]) -> bool {
    let mut behind = behind.iter().map(|token| token.meaning);
    behind.next() == Some(Meaning::And)
        && behind.find(|meaning| !matches!(meaning, Meaning::Joint | Meaning::Every | Meaning::And)).is_some_and(|next| {
            matches!(next, Meaning::Day(_) | Meaning::Weekdays | Meaning::Weekend | Meaning::Other | Meaning::Ordinal(_))
        })
}

/// "two times a week": a number of times within a unit, which is no end.
pub(super) fn is_fold(tokens: &[Token], at: usize) -> bool {
    let mut behind = tokens[at + 2..].iter().map(|token| token.meaning);
    let joint = behind.next().is_some_and(|meaning| matches!(meaning, Meaning::Joint | Meaning::To | Meaning::For | Meaning::Every));
    joint && behind.find(|meaning| *meaning != Meaning::Joint).is_some_and(|meaning| matches!(meaning, Meaning::Unit(..)))
}

/// Takes a token and all behind it up to a byte out; the bytes they had.
fn cut(tokens: &mut Vec<Token>, at: usize, last: usize) -> Range<usize> {
    let from = tokens[at].range.start;
    let count = tokens[at..].iter().take_while(|token| token.range.start < last).count();
    tokens.drain(at..at + count);
    from..last
}

/// The date that stands behind this byte, and the byte where it ends. One without a year is the first from the start on.
fn date_behind(text: &str, from: usize, start: NaiveDate) -> Option<(NaiveDate, usize)> {
    let behind = words(&text[from..]);
    let skipped = behind.iter().take_while(|word| word.is(&["on", "the", "el", "del", "de"])).count();
    let behind = &behind[skipped..];
    let first = behind.first()?.range.start;
    (1..=behind.len().min(7)).rev().find_map(|count| {
        let last = behind[count - 1].range.end;
        let written = &text[from + first..from + last];
        let date = parse_date(written).ok().or_else(|| parse_day_of_year(written).and_then(|(month, day)| next_such(start, month, day)));
        date.map(|date| (date, from + last))
    })
}

/// The first date of this month and day from the start on; a leap day is at most eight years away.
pub(super) fn next_such(start: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    (0..=8).filter_map(|more| NaiveDate::from_ymd_opt(start.year() + more, month, day)).find(|date| *date >= start)
}

fn has_year(text: &str, from: usize, to: usize) -> bool {
    words(&text[from..to]).iter().any(|word| word.text.split('-').any(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit())))
}

/// The last day of so many units that begin on the start.
fn last_day(start: NaiveDate, unit: Unit, count: u32) -> NaiveDate {
    let months = |months: u32| {
        let first = days::plus_months(start, i32::try_from(months).unwrap_or(i32::MAX));
        days::minus_days(days::plus_days(first, i64::from(start.day0().min(days::days_in_month(first) - 1))), 1)
    };
    match unit {
        Unit::Day => days::plus_days(start, i64::from(count) - 1),
        Unit::Week => days::plus_days(start, i64::from(count) * 7 - 1),
        Unit::Month => months(count),
        Unit::Year => months(count.saturating_mul(12)),
    }
}

fn other_start(text: &str, range: Range<usize>, date: NaiveDate, start: NaiveDate) -> Problem {
    let message = format!("\"{}\" is not the first date that `starts` gives, {}", &text[range.clone()], print::plain_date(start));
    Problem::new(codes::REPEATS, range, message)
        .help(format!("the first date stands in `starts:`: write {date} there, or leave the beginning out here"))
}

fn from_what(text: &str, range: Range<usize>) -> Problem {
    let behind = text[range.end..].trim();
    let message = format!("what stands behind \"{}\" is no date", &text[range.clone()]);
    let help = if behind.contains(':') || behind.contains("am") || behind.contains("pm") || behind.contains("a. m") {
        "the time stands in `starts:` and `ends:`; leave it out here"
    } else {
        "the first date stands in `starts:`; leave it out here"
    };
    Problem::new(codes::REPEATS, range.start..trimmed(text).end.max(range.end), message).help(help)
}

fn no_count(range: Range<usize>) -> Problem {
    Problem::new(codes::REPEATS, range, "how many times is not said")
        .help("write a number of 1 or more, as in \"every Thursday, 10 times\"")
}

/// What is wrong with an end that has no date behind it.
fn no_end_date(text: &str, until: Range<usize>, start: NaiveDate) -> Problem {
    let written = &text[until.clone()];
    // "through" may be read otherwise where no weekday stands before it.
    let last_of = if ["through", "thru"].contains(&&*written.to_lowercase()) { "until" } else { written };
    let behind = words(&text[until.end..]);
    let Some(first) = behind.first() else {
        return Problem::new(codes::REPEATS, until, format!("\"{written}\" wants a date after it"))
            .help(format!("write the last day, as in \"{written} 2027-03-25\""));
    };
    let from = until.end + first.range.start;
    // "until the end of May", "hasta finales de mayo"
    let skipped =
        behind.iter().take_while(|word| word.is(&["the", "very", "end", "of", "el", "fin", "fines", "final", "finales", "de"])).count();
    if let ([_, ..], [one]) = behind.split_at(skipped)
        && let Some(first_day) = super::phrase::month(&one.text).and_then(|month| next_such(start, month, 1))
    {
        let range = until.start..until.end + one.range.end;
        let message = format!("\"{}\" is no date", &text[range.clone()]);
        return Problem::new(codes::REPEATS, range, message).help(format!("write \"{last_of} {}\"", days::last_of_month(first_day)));
    }
    // "until 3/25"
    if let Some((one, other)) = first.text.split_once('/').and_then(|(one, other)| Some((one.parse().ok()?, other.parse().ok()?))) {
        let mut dates: Vec<NaiveDate> = [next_such(start, one, other), next_such(start, other, one)].into_iter().flatten().collect();
        dates.dedup();
        if !dates.is_empty() {
            let written: Vec<String> = dates.iter().map(|date| format!("\"{last_of} {date}\"")).collect();
            let message = format!("\"{}\" has no year, and people read it in different ways", first.written);
            let range = from..from + first.written.len();
            return Problem::new(codes::REPEATS, range, message).help(format!("write {}", written.join(" or ")));
        }
    }
    if let [one] = behind.as_slice()
        && let Some(month) = super::phrase::month(&one.text)
        && let Some(first_day) = next_such(start, month, 1)
    {
        let (before, last) = (days::minus_days(first_day, 1), days::last_of_month(first_day));
        let message = format!("\"{}\" does not say until which day", &text[until.start..until.end + one.range.end]);
        let help = format!("write \"{last_of} {last}\" when that month belongs to it, or \"{last_of} {before}\"");
        return Problem::new(codes::REPEATS, from..until.end + one.range.end, message).help(help);
    }
    match parse_date(&text[from..]) {
        Err(problem) => Problem { range: problem.range.start + from..problem.range.end + from, ..problem },
        Ok(_) => Problem::new(codes::REPEATS, until, format!("\"{written}\" wants a date after it")),
    }
}
