//! A recurrence rule → a sentence for a page: "Every other Thursday until March 25, 2027".
//!
//! For every rule that [`parse_repeats`](super::parse_repeats) makes of words, the sentence is words that make the same rule.

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::days;
use super::language::Language;
use super::print::{MONTHS, counted, plain_date, weekday_name};
use super::rule::{End, Frequency, RecurrenceRule, RuleDay, Until};
use super::rule_phrase::explicit;
use super::rule_words::{numeral, ordinal_name};
use crate::text::capital;

/// The rule in words. `start` is the event's first date; an end in UTC is told by its date there (see [`RecurrenceRule::localized`]).
pub fn sentence(rule: &RecurrenceRule, start: NaiveDate) -> String {
    let rule = explicit(rule, start);
    let days = match rule.frequency {
        Frequency::Daily => daily(&rule),
        Frequency::Weekly => weekly(&rule),
        Frequency::Monthly => monthly(&rule),
        Frequency::Yearly => yearly(&rule),
    };
    format!("{days}{}", end(rule.end))
}

fn end(end: End) -> String {
    let date = match end {
        End::Never => return String::new(),
        End::Count(count) => return format!(" for {}", counted(i64::from(count), "time")),
        End::Until(Until::Date(date)) => date,
        End::Until(Until::Local(local)) if local.time() == NaiveTime::MIN => days::minus_days(local.date(), 1),
        End::Until(Until::Local(local)) => local.date(),
        End::Until(Until::Instant(at)) => at.date_naive(),
    };
    format!(" until {}", plain_date(date))
}

fn daily(rule: &RecurrenceRule) -> String {
    let days = every(rule.interval, "day");
    if rule.by_day.is_empty() && rule.by_month_day.is_empty() {
        return format!("{days}{}", in_months(rule));
    }
    format!("{days}{}", in_detail(rule))
}

fn weekly(rule: &RecurrenceRule) -> String {
    if !rule.by_set_pos.is_empty() {
        return format!("{}{}", every(rule.interval, "week"), in_detail(rule));
    }
    let days = weekdays(&rule.by_day);
    let named = listed(&days.iter().map(|day| weekday_name(*day)).collect::<Vec<_>>());
    let is_workdays = days.len() == 5 && !days.contains(&Weekday::Sat) && !days.contains(&Weekday::Sun);
    let said = match rule.interval {
        1 if is_workdays => "Every weekday".to_owned(),
        1 => format!("Every {named}"),
        2 => format!("Every other {named}"),
        interval => format!("Every {interval} weeks on {named}"),
    };
    format!("{said}{}", in_months(rule))
}

fn monthly(rule: &RecurrenceRule) -> String {
    let months = match rule.interval {
        1 => "every month".to_owned(),
        2 => "every other month".to_owned(),
        interval => format!("every {interval} months"),
    };
    match month_days(rule).filter(|_| rule.by_month.is_empty()) {
        Some(days) if rule.interval > 2 => format!("{} on {days}", capital(&months)),
        Some(days) => format!("{} of {months}", capital(&days)),
        None => format!("{}{}", capital(&months), in_detail(rule)),
    }
}

fn yearly(rule: &RecurrenceRule) -> String {
    let years = every(rule.interval, "year");
    if let ([month], [day], [], []) = (&rule.by_month[..], &rule.by_month_day[..], &rule.by_day[..], &rule.by_set_pos[..])
        && *day > 0
    {
        return format!("{years} on {} {day}", month_name(*month));
    }
    match month_days(rule).filter(|_| !rule.by_month.is_empty()) {
        Some(days) => format!("{years} on {days} of {}", months(rule)),
        None => format!("{years}{}", in_detail(rule)),
    }
}

/// "the first and third Tuesday", "the 1st and 15th", "the last day", "the first weekday"; none when words would not do.
fn month_days(rule: &RecurrenceRule) -> Option<String> {
    let all_workdays = |all: &[RuleDay]| {
        let days = weekdays(all);
        all.len() == 5 && days.len() == 5 && !days.contains(&Weekday::Sat) && !days.contains(&Weekday::Sun)
    };
    match (rule.by_day.as_slice(), rule.by_month_day.as_slice(), rule.by_set_pos.as_slice()) {
        ([], dates, []) if dates.iter().all(|day| *day > 0) => {
            let dates: Vec<String> = dates.iter().map(|day| numeral(u32::from(day.unsigned_abs()))).collect();
            Some(format!("the {}", listed(&dates)))
        }
        ([], dates, []) if dates.iter().all(|day| (1..=5).contains(&day.unsigned_abs())) => {
            let dates: Vec<String> = dates.iter().map(|day| ordinal_name(*day)).collect();
            Some(format!("the {} day", listed(&dates)))
        }
        (days, [], []) if days.iter().all(|day| day.nth.is_some_and(|nth| nth.unsigned_abs() <= 5)) => Some(numbered(days)),
        (days, [], places) if all_workdays(days) && days.iter().all(|day| day.nth.is_none()) => {
            let places: Option<Vec<i8>> = places.iter().map(|at| i8::try_from(*at).ok().filter(|at| at.unsigned_abs() <= 23)).collect();
            let places: Vec<String> = places?.into_iter().map(ordinal_name).collect();
            (!places.is_empty()).then(|| format!("the {} weekday", listed(&places)))
        }
        _ => None,
    }
}

/// "the first and third Tuesday and the last Friday".
fn numbered(days: &[RuleDay]) -> String {
    let groups: Vec<String> = weekdays(days)
        .into_iter()
        .map(|weekday| {
            let nths: Vec<String> = days.iter().filter(|day| day.weekday == weekday).filter_map(|day| day.nth).map(ordinal_name).collect();
            format!("the {} {}", listed(&nths), weekday_name(weekday))
        })
        .collect();
    listed(&groups)
}

/// Whatever the parts are, one after the other.
fn in_detail(rule: &RecurrenceRule) -> String {
    let mut said = vec![in_months(rule)];
    let plain: Vec<&str> = weekdays_where(&rule.by_day, |day| day.nth.is_none()).into_iter().map(weekday_name).collect();
    let nths: Vec<RuleDay> = rule.by_day.iter().copied().filter(|day| day.nth.is_some()).collect();
    let mut weekdays = Vec::new();
    if !plain.is_empty() {
        weekdays.push(format!("a {}", plain.join(" or a ")));
    }
    if !nths.is_empty() {
        weekdays.push(numbered(&nths));
    }
    let weekdays = weekdays.join(" or ");
    if rule.by_month_day.is_empty() {
        if !weekdays.is_empty() {
            let every = if nths.is_empty() { weekdays.replacen("a ", "every ", 1).replace(" or a ", " and every ") } else { weekdays };
            said.push(format!(" on {every}"));
        }
    } else {
        let dates: Vec<String> = rule
            .by_month_day
            .iter()
            .map(|day| if *day > 0 { numeral(u32::from(day.unsigned_abs())) } else { format!("{} day", ordinal_name(*day)) })
            .collect();
        said.push(format!(" on the {}", listed(&dates)));
        if !weekdays.is_empty() {
            said.push(format!(" when that is {weekdays}"));
        }
    }
    if !rule.by_set_pos.is_empty() {
        let places: Vec<String> = rule.by_set_pos.iter().map(|at| place(*at)).collect();
        said.push(format!(", the {} of these", listed(&places)));
    }
    said.concat()
}

fn place(at: i16) -> String {
    let from_last = if at == -1 { "last".to_owned() } else { format!("{}-to-last", numeral(u32::from(at.unsigned_abs()))) };
    i8::try_from(at).map_or_else(|_| if at > 0 { numeral(u32::from(at.unsigned_abs())) } else { from_last }, ordinal_name)
}

fn every(interval: u32, unit: &str) -> String {
    match interval {
        1 => format!("Every {unit}"),
        2 => format!("Every other {unit}"),
        interval => format!("Every {interval} {unit}s"),
    }
}

fn listed<S: AsRef<str>>(items: &[S]) -> String {
    Language::English.listed(items)
}

fn in_months(rule: &RecurrenceRule) -> String {
    if rule.by_month.is_empty() { String::new() } else { format!(" in {}", months(rule)) }
}

fn months(rule: &RecurrenceRule) -> String {
    listed(&rule.by_month.iter().map(|month| month_name(*month)).collect::<Vec<_>>())
}

fn month_name(month: u8) -> &'static str {
    MONTHS[usize::from(month.clamp(1, 12)) - 1]
}

/// The days of the week that are named, Monday first, each once.
fn weekdays(all: &[RuleDay]) -> Vec<Weekday> {
    weekdays_where(all, |_| true)
}

fn weekdays_where(all: &[RuleDay], fits: impl Fn(&RuleDay) -> bool) -> Vec<Weekday> {
    super::rule_grammar::week_from(Weekday::Mon).filter(|weekday| all.iter().any(|day| day.weekday == *weekday && fits(day))).collect()
}
