//! A rule in Spanish: "un jueves sí y otro no", "el primer sábado de cada mes excepto julio y agosto".

use std::fmt::Write;

use chrono::Weekday;

use super::language::Language;
use super::print::MESES;
use super::rule::{Frequency, RecurrenceRule, RuleDay};
use super::rule_clauses::WORKDAYS;
use super::rule_sentence::{NamedDays, by_weekday, months_left_out, weekday_left_out};
use super::rule_spanish::ordinal_name;

/// Words that make the same rule, its end left out; none where an ordinal has no name.
pub(super) fn phrase(rule: &RecurrenceRule, days: &NamedDays<'_>) -> Option<String> {
    Some(match (rule.frequency, days) {
        (Frequency::Daily, _) => format!("{}{}", daily(rule.interval), in_months(rule)),
        (Frequency::Weekly, NamedDays::Weekdays(days)) => format!("{}{}", weekly(rule.interval, days), in_months(rule)),
        (Frequency::Weekly, _) => return None,
        (Frequency::Monthly, _) => monthly(rule, days)?,
        (Frequency::Yearly, _) => yearly(rule, days)?,
    })
}

fn daily(interval: u32) -> String {
    match interval {
        1 => "todos los días".to_owned(),
        // "Cada quince días" is every other week to most who say it.
        8 | 15 => format!("cada {interval} días exactos"),
        interval => format!("cada {interval} días"),
    }
}

fn weekly(interval: u32, days: &[Weekday]) -> String {
    match (interval, days) {
        (1, days) if days == WORKDAYS => "de lunes a viernes".to_owned(),
        (1, days) => match weekday_left_out(days) {
            Some(out) => format!("todos los días excepto los {}", plural(out)),
            None => format!("todos los {}", weekdays(days)),
        },
        (2, [day]) => format!("un {} sí y otro no", name(*day)),
        (interval, days) => format!("cada {interval} semanas los {}", weekdays(days)),
    }
}

fn monthly(rule: &RecurrenceRule, days: &NamedDays<'_>) -> Option<String> {
    let except = months_left_out(rule).map(|out| format!(" excepto {}", months_of(&out)));
    let months_named = except.unwrap_or_else(|| in_months(rule));
    Some(match (days, rule.interval) {
        (NamedDays::WeekdayDates(days, dates), _) => {
            let named: Vec<&str> = days.iter().map(|day| name(*day)).collect();
            format!("cada {} {}", listed(&named), numbers(dates))
        }
        (_, 1) => format!("{} de cada mes{months_named}", within(days)?),
        (NamedDays::Weekdays(_), interval) => format!("{} de cada {interval} meses{months_named}", within(days)?),
        (_, interval) => format!("cada {interval} meses {}{months_named}", within(days)?),
    })
}

fn yearly(rule: &RecurrenceRule, days: &NamedDays<'_>) -> Option<String> {
    let years = if rule.interval == 1 { "cada año".to_owned() } else { format!("cada {} años", rule.interval) };
    let of = if rule.by_month.is_empty() { "del año".to_owned() } else { format!("de {}", months_of(&rule.by_month)) };
    Some(format!("{years} {} {of}", within(days)?))
}

/// "el primer y tercer martes", "el 1 y 15", "el último día", "todos los viernes".
fn within(days: &NamedDays<'_>) -> Option<String> {
    Some(match days {
        NamedDays::Weekdays(days) => format!("todos los {}", weekdays(days)),
        NamedDays::Dates(dates) if dates.iter().all(|day| *day > 0) => format!("el {}", numbers(dates)),
        NamedDays::Dates(dates) => format!("el {} día", ordinals(dates.iter().map(|day| i16::from(*day)))?),
        NamedDays::YearDays(days) => format!("el {} día", ordinals(days.iter().copied())?),
        NamedDays::Workdays(places) => format!("el {} día laborable", ordinals(places.iter().copied())?),
        NamedDays::Numbered(days) => {
            let group = |(day, nths)| Some(format!("el {} {}", ordinals(nths)?, name(day)));
            listed(&by_weekday(days).into_iter().map(group).collect::<Option<Vec<_>>>()?)
        }
        NamedDays::WeekdayDates(..) | NamedDays::All => return None,
    })
}

/// Whatever the parts of the rule are, one after the other: true of every rule, but no phrase.
pub(super) fn parts(rule: &RecurrenceRule) -> String {
    let (one, many) = match rule.frequency {
        Frequency::Daily => ("día", "días"),
        Frequency::Weekly => ("semana", "semanas"),
        Frequency::Monthly => ("mes", "meses"),
        Frequency::Yearly => ("año", "años"),
    };
    let or = |items: Vec<String>| items.join(" o ");
    let mut are = Vec::new();
    if !rule.by_month_day.is_empty() {
        let day = |day: &i8| if *day > 0 { format!("el {day}") } else { format!("el {} día", from_end(i16::from(*day))) };
        are.push(format!("{} del mes", or(rule.by_month_day.iter().map(day).collect())));
    }
    if !rule.by_year_day.is_empty() {
        are.push(format!("el {} día del año", or(rule.by_year_day.iter().map(|day| from_end(*day)).collect())));
    }
    if !rule.by_week.is_empty() {
        let week = |week: &i8| if *week > 0 { week.to_string() } else { format!("{} contando desde el final", week.unsigned_abs()) };
        are.push(format!("de la semana {} del año", or(rule.by_week.iter().map(week).collect())));
    }
    if !rule.by_day.is_empty() {
        let of = if rule.frequency == Frequency::Yearly && rule.by_month.is_empty() { "año" } else { "mes" };
        let day = |day: &RuleDay| match day.nth {
            None => format!("un {}", name(day.weekday)),
            Some(nth) => format!("el {} {} del {of}", from_end(i16::from(nth)), name(day.weekday)),
        };
        are.push(or(rule.by_day.iter().map(day).collect()));
    }
    let mut said = if rule.interval == 1 { format!("cada {one}") } else { format!("cada {} {many}", rule.interval) };
    if !rule.by_month.is_empty() {
        let _ = write!(said, " en {}", months_of(&rule.by_month));
    }
    if !are.is_empty() {
        let _ = write!(said, ", en los días que son {}", are.join(" y a la vez "));
    }
    if !rule.by_set_pos.is_empty() {
        let places: Vec<String> = rule.by_set_pos.iter().map(|at| from_end(*at)).collect();
        let _ = write!(said, "; de ellos el {}", listed(&places));
    }
    if rule.week_start != Weekday::Mon {
        let _ = write!(said, "; las semanas empiezan en {}", name(rule.week_start));
    }
    said
}

/// "primer", "último"; "4.º (contando desde el final)" for what has no name.
fn from_end(nth: i16) -> String {
    ordinal_name(nth).unwrap_or_else(|| format!("{}.º (contando desde el final)", nth.unsigned_abs()))
}

fn in_months(rule: &RecurrenceRule) -> String {
    match months_left_out(rule) {
        Some(out) => format!(" excepto en {}", months_of(&out)),
        None if rule.by_month.is_empty() => String::new(),
        None => format!(" en {}", months_of(&rule.by_month)),
    }
}

fn months_of(months: &[u8]) -> String {
    listed(&months.iter().map(|month| MESES[usize::from((*month).clamp(1, 12)) - 1]).collect::<Vec<_>>())
}

fn weekdays(days: &[Weekday]) -> String {
    listed(&days.iter().map(|day| plural(*day)).collect::<Vec<_>>())
}

fn name(day: Weekday) -> &'static str {
    Language::Spanish.weekday_name(day)
}

fn plural(day: Weekday) -> &'static str {
    match day {
        Weekday::Sat => "sábados",
        Weekday::Sun => "domingos",
        other => name(other),
    }
}

fn numbers(dates: &[i8]) -> String {
    listed(&dates.iter().map(ToString::to_string).collect::<Vec<_>>())
}

fn ordinals(nths: impl IntoIterator<Item = i16>) -> Option<String> {
    Some(listed(&nths.into_iter().map(ordinal_name).collect::<Option<Vec<_>>>()?))
}

fn listed<S: AsRef<str>>(items: &[S]) -> String {
    Language::Spanish.listed(items)
}
