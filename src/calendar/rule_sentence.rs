//! A recurrence rule → a sentence for a page: "Every other Thursday until March 25, 2027", "Un jueves sí y otro no hasta el 25 de marzo de 2027".
//!
//! What words can hold is said in a *phrase*, and [`parse_repeats`](super::parse_repeats) makes the same rule of it. Of what they cannot hold the
//! parts are told one after the other; such a sentence is true, but no phrase.

use chrono::{NaiveDateTime, NaiveTime, Weekday};

use super::days;
use super::language::Language;
use super::rule::{End, Frequency, RecurrenceRule, RuleDay, Until};
use super::rule_clauses::WORKDAYS;
use super::{sentence_english as english, sentence_spanish as spanish};
use crate::text::capital;

/// The rule in words. `starts` is the event's first date; an end in UTC is told by its date there (see [`RecurrenceRule::localized`]).
pub fn sentence(rule: &RecurrenceRule, starts: NaiveDateTime, language: Language) -> String {
    let rule = rule.clone().explicit(starts.date());
    let days = phrase(&rule, language).unwrap_or_else(|| match language {
        Language::English => english::parts(&rule),
        Language::Spanish => spanish::parts(&rule),
    });
    format!("{}{}", capital(&days), end(rule.end, starts, language))
}

/// The days of the rule in words that make the same rule; none when no words do.
fn phrase(rule: &RecurrenceRule, language: Language) -> Option<String> {
    let days = named_days(rule)?;
    match language {
        Language::English => Some(english::phrase(rule, &days)),
        Language::Spanish => spanish::phrase(rule, &days),
    }
}

fn end(end: End, starts: NaiveDateTime, language: Language) -> String {
    let before = |last: NaiveDateTime| if last.time() < starts.time() { days::minus_days(last.date(), 1) } else { last.date() };
    let date = match end {
        End::Never => return String::new(),
        End::Count(1) => return language.pick(" for 1 time", ", 1 vez").to_owned(),
        End::Count(count) => return language.pick(format!(" for {count} times"), format!(", {count} veces")),
        End::Until(Until::Date(date)) => date,
        End::Until(Until::Local(last)) => before(last),
        End::Until(Until::Instant(at)) if at.time() == NaiveTime::MIN => days::minus_days(at.date_naive(), 1),
        End::Until(Until::Instant(at)) => at.date_naive(),
    };
    format!("{}{}", language.pick(" until ", " hasta el "), language.plain_date(date))
}

/// The days that a phrase names within each period.
pub(super) enum NamedDays<'a> {
    /// Every day.
    All,
    /// Each of these weekdays.
    Weekdays(Vec<Weekday>),
    /// "the 1st and 15th", "the last day".
    Dates(&'a [i8]),
    /// "the first and third Tuesday".
    Numbered(&'a [RuleDay]),
    /// "the last weekday".
    Workdays(&'a [i16]),
    /// "Friday the 13th".
    WeekdayDates(Vec<Weekday>, &'a [i8]),
    /// "the 100th day of the year".
    YearDays(&'a [i16]),
}

/// What a phrase would have to name; none when the rule is more than that.
fn named_days(rule: &RecurrenceRule) -> Option<NamedDays<'_>> {
    if !rule.by_week.is_empty() || rule.week_start != Weekday::Mon {
        return None;
    }
    let plain = rule.by_day.iter().all(|day| day.nth.is_none());
    let numbered = |most: u8| rule.by_day.iter().all(|day| day.nth.is_some_and(|nth| nth.unsigned_abs() <= most));
    let weekdays: Vec<Weekday> = rule.by_day.iter().map(|day| day.weekday).collect();
    let has_months = !rule.by_month.is_empty();
    let is_yearly = rule.frequency == Frequency::Yearly;
    let most = if is_yearly && !has_months { 53 } else { 5 };
    match (rule.by_day.as_slice(), rule.by_month_day.as_slice(), rule.by_year_day.as_slice(), rule.by_set_pos.as_slice()) {
        ([], [], [], []) => (rule.frequency == Frequency::Daily).then_some(NamedDays::All),
        ([], [], days, []) => (!has_months).then_some(NamedDays::YearDays(days)),
        ([_, ..], [], [], []) if plain => {
            let holds = match rule.frequency {
                Frequency::Daily => false,
                Frequency::Weekly | Frequency::Monthly => true,
                Frequency::Yearly => has_months,
            };
            holds.then_some(NamedDays::Weekdays(weekdays))
        }
        ([], dates, [], []) => {
            let long = matches!(rule.frequency, Frequency::Monthly | Frequency::Yearly) && (has_months || !is_yearly);
            (long && is_real(rule)).then_some(NamedDays::Dates(dates))
        }
        (days @ [_, ..], [], [], []) => numbered(most).then_some(NamedDays::Numbered(days)),
        ([_, ..], [], [], places) if plain && weekdays == WORKDAYS => {
            let holds = match rule.frequency {
                Frequency::Monthly => true,
                Frequency::Yearly => rule.by_month.len() <= 1,
                Frequency::Daily | Frequency::Weekly => false,
            };
            holds.then_some(NamedDays::Workdays(places))
        }
        ([_, ..], dates, [], []) => {
            let holds = plain && rule.frequency == Frequency::Monthly && rule.interval == 1 && !has_months;
            (holds && dates.iter().all(|day| *day > 0)).then_some(NamedDays::WeekdayDates(weekdays, dates))
        }
        _ => None,
    }
}

/// Is at least one of the dates in a calendar? February 30 is refused in words.
fn is_real(rule: &RecurrenceRule) -> bool {
    let longest = |month: &u8| match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    rule.by_month.is_empty() || rule.by_month.iter().any(|month| rule.by_month_day.iter().any(|day| day.unsigned_abs() <= longest(month)))
}

/// The months that a rule with most of the year leaves out.
pub(super) fn months_left_out(rule: &RecurrenceRule) -> Option<Vec<u8>> {
    (7..12).contains(&rule.by_month.len()).then(|| (1..=12).filter(|month| !rule.by_month.contains(month)).collect())
}

/// The one day of the week that is not among these six.
pub(super) fn weekday_left_out(days: &[Weekday]) -> Option<Weekday> {
    (days.len() == 6).then(|| super::rule_clauses::week_from(Weekday::Mon).find(|day| !days.contains(day))).flatten()
}

/// The numbered days by their weekday, the earlier in the week first, each with its numbers in order.
pub(super) fn by_weekday(days: &[RuleDay]) -> Vec<(Weekday, Vec<i16>)> {
    let of = |weekday: Weekday| -> Vec<i16> {
        days.iter().filter(|day| day.weekday == weekday).filter_map(|day| day.nth).map(i16::from).collect()
    };
    let all = super::rule_clauses::week_from(Weekday::Mon).map(|weekday| (weekday, of(weekday)));
    all.filter(|(_, numbers)| !numbers.is_empty()).collect()
}
