//! Days of a month that are said in a way that no month has, or that is read in two ways, and how to say them.

use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::language::Language;
use super::rule::{Frequency, RecurrenceRule, RuleDay};
use super::rule_clauses::no_place;
use super::rule_end::next_such;
use super::rule_sentence::sentence;
use super::rule_words::{Meaning, Unit, tokens};
use super::words::{trimmed, words};
use super::{rule_english as english, rule_spanish as spanish};
use crate::diagnostic::{Problem, codes};
use crate::text::lower_first;

/// "Tuesday of the second week".
pub(super) fn week_of_month(text: &str, range: Range<usize>, ordinals: &[i16], language: Language) -> Problem {
    let nth = ordinals.first().copied().unwrap_or(1);
    let help = match language {
        Language::English => format!("write \"{} Tuesday of every month\"", english::ordinal_name(nth)),
        Language::Spanish => format!("write \"el {} martes de cada mes\"", spanish_name(nth)),
    };
    no_place(text, range).help(format!("a month has no numbered weeks; {help}"))
}

/// What to write for "first weekend of the month".
pub(super) fn weekend_of_month(ordinals: &[i16], language: Language) -> String {
    let nth = ordinals.first().copied().unwrap_or(1);
    match language {
        Language::English => {
            let nth = english::ordinal_name(nth);
            format!("write \"{nth} Saturday of every month\", or \"{nth} Saturday and Sunday of every month\"")
        }
        Language::Spanish => {
            let nth = spanish_name(nth);
            format!("write \"el {nth} sábado de cada mes\", or \"el {nth} sábado y domingo de cada mes\"")
        }
    }
}

/// "Four Thursdays".
pub(super) fn counted_days(text: &str, range: Range<usize>, ordinals: &[i16], day: Weekday, language: Language) -> Problem {
    let (count, day) = (ordinals.first().copied().unwrap_or(1), language.weekday_name(day));
    if count > 5 {
        let help = match language {
            Language::English => format!("write \"every {day} for {count} times\""),
            Language::Spanish => format!("write \"todos los {day}, {count} veces\""),
        };
        return no_place(text, range).help(help);
    }
    let help = match language {
        Language::English => {
            let nth = english::numeral(u32::from(count.unsigned_abs()));
            format!("write \"every {day} for {count} times\", or \"{nth} {day} of every month\"")
        }
        Language::Spanish => format!("write \"todos los {day}, {count} veces\", or \"el {count}.º {day} de cada mes\""),
    };
    two_ways(text, range, help)
}

pub(super) fn two_ways(text: &str, range: Range<usize>, help: String) -> Problem {
    Problem::new(codes::REPEATS_TWO_WAYS, range.clone(), format!("\"{}\" can be read in two ways", &text[range])).help(help)
}

fn spanish_name(nth: i16) -> String {
    spanish::ordinal_name(nth).unwrap_or_else(|| "último".to_owned())
}

/// "Monthly": who says it of a book group means the first Thursday, and of a bill the 3rd.
pub(super) fn month_without_day(text: &str, rule: &RecurrenceRule, start: NaiveDate, language: Language) -> Option<Problem> {
    let names_a_day = !rule.by_day.is_empty() || !rule.by_month_day.is_empty();
    if rule.frequency() != Frequency::Monthly || names_a_day {
        return None;
    }
    let nth = i8::try_from(start.day0() / 7 + 1).ok().filter(|nth| *nth < 5).unwrap_or(-1);
    let weekday = RecurrenceRule { by_day: vec![RuleDay { nth: Some(nth), weekday: start.weekday() }], ..rule.clone() };
    let [weekday, date] =
        [weekday, rule.clone()].map(|rule| lower_first(&sentence(&rule.explicit(start), start.and_time(NaiveTime::MIN), language)));
    Some(two_ways(text, trimmed(text), format!("write \"{weekday}\", or \"{date}\"")))
}

/// "December 3, 10 and 17": staff mean these days, and not those of every year. None where the words say that they come every year.
pub(super) fn dates_alone(text: &str, rule: &RecurrenceRule, start: NaiveDate) -> Option<Problem> {
    if rule.frequency() != Frequency::Yearly || rule.by_month_day.is_empty() || !rule.by_day.is_empty() {
        return None;
    }
    let all = words(text);
    let comes_again = |meaning| matches!(meaning, Meaning::Every | Meaning::Unit(Unit::Year, _) | Meaning::Adverb(Unit::Year, _));
    let known = [Language::English, Language::Spanish].map(|language| tokens(language, &all));
    if known.iter().flatten().any(|token| comes_again(token.meaning)) {
        return None;
    }
    let unknown = known.map(|tokens| tokens.iter().filter(|token| token.meaning == Meaning::Unknown).count());
    let language = if unknown[1] < unknown[0] { Language::Spanish } else { Language::English };
    let dates =
        rule.by_month.iter().flat_map(|month| rule.by_month_day.iter().map(|day| (u32::from(*month), u32::from(day.unsigned_abs()))));
    let mut dates: Vec<NaiveDate> = dates.filter_map(|(month, day)| next_such(start, month, day)).filter(|date| *date != start).collect();
    dates.sort_unstable();
    let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
    let every = lower_first(&sentence(rule, start.and_time(NaiveTime::MIN), language));
    let these = if dates.is_empty() {
        "leave the line out if it takes place once".to_owned()
    } else {
        format!("write `adds: [{}]` instead of `repeats`", dates.join(", "))
    };
    let message = "these are dates, and do not say that they come every year";
    Some(Problem::new(codes::REPEATS, trimmed(text), message).help(format!("{these}; for every year, write \"{every}\"")))
}
