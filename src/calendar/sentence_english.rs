//! A rule in English: "every other Thursday", "the first Saturday of every month except July and August".

use std::fmt::Write;

use chrono::Weekday;

use super::language::Language;
use super::print::{MONTHS, weekday_name};
use super::rule::{Frequency, RecurrenceRule};
use super::rule_clauses::WORKDAYS;
use super::rule_english::{numeral, ordinal_name};
use super::rule_sentence::{NamedDays, by_weekday, months_left_out, weekday_left_out};

/// Words that make the same rule, its end left out.
pub(super) fn phrase(rule: &RecurrenceRule, days: &NamedDays<'_>) -> String {
    match rule.frequency {
        Frequency::Daily => format!("{}{}", every(rule.interval, "day"), in_months(rule)),
        Frequency::Weekly => {
            let NamedDays::Weekdays(days) = days else { return parts(rule) };
            format!("{}{}", weekly(rule.interval, days), in_months(rule))
        }
        Frequency::Monthly => monthly(rule, days),
        Frequency::Yearly => yearly(rule, days),
    }
}

fn weekly(interval: u32, days: &[Weekday]) -> String {
    let named = weekdays(days);
    match interval {
        1 if days == WORKDAYS => "every weekday".to_owned(),
        1 => match weekday_left_out(days) {
            Some(out) => format!("every day except {}", weekday_name(out)),
            None => format!("every {named}"),
        },
        2 => format!("every other {named}"),
        interval => format!("every {interval} weeks on {named}"),
    }
}

fn monthly(rule: &RecurrenceRule, days: &NamedDays<'_>) -> String {
    let months = every(rule.interval, "month");
    let except = months_left_out(rule).map(|out| format!(" except {}", months_of(&out)));
    let months_named = except.unwrap_or_else(|| in_months(rule));
    match days {
        NamedDays::WeekdayDates(days, dates) => format!("every {} the {}", weekdays(days), numerals(dates)),
        NamedDays::Weekdays(_) => format!("{} of {months}{months_named}", within(days)),
        _ if rule.interval > 2 => format!("{months} on {}{months_named}", within(days)),
        _ => format!("{} of {months}{months_named}", within(days)),
    }
}

fn yearly(rule: &RecurrenceRule, days: &NamedDays<'_>) -> String {
    let years = every(rule.interval, "year");
    match (days, rule.by_month.as_slice()) {
        (NamedDays::Dates([day]), [month]) if *day > 0 => format!("{years} on {} {day}", month_name(*month)),
        (NamedDays::Weekdays(_), months) => format!("{years} on {} in {}", within(days), months_of(months)),
        (_, []) => format!("{years} on {} of the year", within(days)),
        (_, months) => format!("{years} on {} of {}", within(days), months_of(months)),
    }
}

/// "the first and third Tuesday", "the 1st and 15th", "the last day", "every Friday".
fn within(days: &NamedDays<'_>) -> String {
    match days {
        NamedDays::Weekdays(days) => format!("every {}", weekdays(days)),
        NamedDays::Dates(dates) if dates.iter().all(|day| *day > 0) => format!("the {}", numerals(dates)),
        NamedDays::Dates(dates) => format!("the {} day", ordinals(dates.iter().map(|day| i16::from(*day)))),
        NamedDays::YearDays(days) => format!("the {} day", ordinals(days.iter().copied())),
        NamedDays::Workdays(places) => format!("the {} weekday", ordinals(places.iter().copied())),
        NamedDays::Numbered(days) => {
            let groups = by_weekday(days).into_iter().map(|(day, nths)| format!("the {} {}", ordinals(nths), weekday_name(day)));
            listed(&groups.collect::<Vec<_>>())
        }
        NamedDays::WeekdayDates(days, dates) => format!("{} the {}", weekdays(days), numerals(dates)),
        NamedDays::All => "every day".to_owned(),
    }
}

/// Whatever the parts of the rule are, one after the other: true of every rule, but no phrase.
pub(super) fn parts(rule: &RecurrenceRule) -> String {
    let unit = match rule.frequency {
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly => "month",
        Frequency::Yearly => "year",
    };
    let or = |items: Vec<String>| items.join(" or ");
    let mut are = Vec::new();
    if !rule.by_month_day.is_empty() {
        let day =
            |day: &i8| if *day > 0 { numeral(u32::from(day.unsigned_abs())) } else { format!("{} day", ordinal_name(i16::from(*day))) };
        are.push(format!("the {} of the month", or(rule.by_month_day.iter().map(day).collect())));
    }
    if !rule.by_year_day.is_empty() {
        are.push(format!("the {} day of the year", or(rule.by_year_day.iter().map(|day| ordinal_name(*day)).collect())));
    }
    if !rule.by_week.is_empty() {
        let week = |week: &i8| if *week > 0 { week.to_string() } else { format!("{} from the end", week.unsigned_abs()) };
        are.push(format!("in week {} of the year", or(rule.by_week.iter().map(week).collect())));
    }
    if !rule.by_day.is_empty() {
        let of = if rule.frequency == Frequency::Yearly && rule.by_month.is_empty() { "year" } else { "month" };
        let day = |day: &super::rule::RuleDay| match day.nth {
            None => format!("a {}", weekday_name(day.weekday)),
            Some(nth) => format!("the {} {} of the {of}", ordinal_name(i16::from(nth)), weekday_name(day.weekday)),
        };
        are.push(or(rule.by_day.iter().map(day).collect()));
    }
    let mut said = every(rule.interval, unit);
    if !rule.by_month.is_empty() {
        let _ = write!(said, " in {}", months_of(&rule.by_month));
    }
    if !are.is_empty() {
        let _ = write!(said, ", on days that are {}", are.join(" and "));
    }
    if !rule.by_set_pos.is_empty() {
        let _ = write!(said, "; of these the {}", ordinals(rule.by_set_pos.iter().copied()));
    }
    if rule.week_start != Weekday::Mon {
        let _ = write!(said, "; weeks begin on {}", weekday_name(rule.week_start));
    }
    said
}

fn every(interval: u32, unit: &str) -> String {
    match interval {
        1 => format!("every {unit}"),
        2 => format!("every other {unit}"),
        interval => format!("every {interval} {unit}s"),
    }
}

fn in_months(rule: &RecurrenceRule) -> String {
    match months_left_out(rule) {
        Some(out) => format!(" except in {}", months_of(&out)),
        None if rule.by_month.is_empty() => String::new(),
        None => format!(" in {}", months_of(&rule.by_month)),
    }
}

fn months_of(months: &[u8]) -> String {
    listed(&months.iter().map(|month| month_name(*month)).collect::<Vec<_>>())
}

fn month_name(month: u8) -> &'static str {
    MONTHS[usize::from(month.clamp(1, 12)) - 1]
}

fn weekdays(days: &[Weekday]) -> String {
    listed(&days.iter().map(|day| weekday_name(*day)).collect::<Vec<_>>())
}

fn numerals(dates: &[i8]) -> String {
    listed(&dates.iter().map(|day| numeral(u32::from(day.unsigned_abs()))).collect::<Vec<_>>())
}

fn ordinals(nths: impl IntoIterator<Item = i16>) -> String {
    listed(&nths.into_iter().map(ordinal_name).collect::<Vec<_>>())
}

fn listed<S: AsRef<str>>(items: &[S]) -> String {
    Language::English.listed(items)
}
