//! The RFC 5545 text of a rule, read and written.

use std::fmt;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::phrase::SANE_YEARS;
use super::rule::{End, Frequency, RecurrenceRule, RuleDay, Until};
use super::words::trimmed;
use crate::diagnostic::{Problem, codes, suggest};

const NAMES: [&str; 14] = [
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYMONTHDAY",
    "BYDAY",
    "BYSETPOS",
    "WKST",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYHOUR",
    "BYMINUTE",
    "BYSECOND",
];
const EXAMPLE: &str =
    "write, for instance, `FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;UNTIL=20270325`, or plain words such as \"every other Thursday\"";

/// One `NAME=value`, with the bytes of both in the text.
struct Part<'a> {
    name: String,
    name_at: Range<usize>,
    value: &'a str,
    value_at: Range<usize>,
}

impl Part<'_> {
    fn wrong(&self, message: impl Into<String>) -> Problem {
        Problem::new(codes::RULE_TEXT, self.value_at.clone(), message)
    }

    /// The parts of a list, with their bytes in the text.
    fn items(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let mut at = self.value_at.start;
        self.value.split(',').map(move |item| {
            let start = at;
            at += item.len() + 1;
            (item, start..start + item.len())
        })
    }

    /// A list of whole numbers from −`most` to `most` without 0; `lowest` 1 refuses negative ones.
    fn numbers<N: TryFrom<i64>>(&self, lowest: i64, most: i64) -> Result<Vec<N>, Problem> {
        self.items()
            .map(|(item, at)| {
                let number = item.trim().parse::<i64>().ok().filter(|n| *n != 0 && (lowest..=most).contains(n));
                number.and_then(|n| N::try_from(n).ok()).ok_or_else(|| {
                    let range = if lowest < 0 { format!("1 to {most}, or -1 to -{most} from the end") } else { format!("1 to {most}") };
                    Problem::new(codes::RULE_TEXT, at, format!("\"{item}\" is no number for `{}`", self.name))
                        .help(format!("it takes {range}"))
                })
            })
            .collect()
    }

    /// Name and value.
    fn whole(&self) -> Range<usize> {
        self.name_at.start..self.value_at.end
    }

    fn positive(&self) -> Result<u32, Problem> {
        self.value.trim().parse::<u32>().ok().filter(|n| *n > 0).ok_or_else(|| {
            self.wrong(format!("\"{}\" is no number for `{}`", self.value, self.name)).help("write a whole number of 1 or more")
        })
    }
}

/// Reads a rule, with or without `RRULE:` before it.
pub(super) fn parse(text: &str) -> Result<RecurrenceRule, Problem> {
    let whole = trimmed(text);
    let parts = parts(text)?;
    let Some(frequency) = parts.iter().find(|part| part.name == "FREQ") else {
        return Err(Problem::new(codes::RULE_TEXT, whole, "a rule wants `FREQ=`").help(EXAMPLE));
    };
    let mut rule = RecurrenceRule::every(frequency_of(frequency)?);
    for part in &parts {
        match part.name.as_str() {
            "FREQ" => {}
            "INTERVAL" => rule.interval = part.positive()?,
            "COUNT" => rule.end = End::Count(part.positive()?),
            "UNTIL" => rule.end = End::Until(until(part)?),
            "BYMONTH" => rule.by_month = part.numbers(1, 12)?,
            "BYWEEKNO" => rule.by_week = part.numbers(-53, 53)?,
            "BYYEARDAY" => rule.by_year_day = part.numbers(-366, 366)?,
            "BYMONTHDAY" => rule.by_month_day = part.numbers(-31, 31)?,
            "BYDAY" => rule.by_day = part.items().map(|(item, at)| rule_day(item, at)).collect::<Result<_, _>>()?,
            "BYSETPOS" => rule.by_set_pos = part.numbers(-366, 366)?,
            "WKST" => {
                rule.week_start = weekday(part.value).ok_or_else(|| {
                    part.wrong(format!("\"{}\" is no weekday", part.value)).help("the weekdays are MO, TU, WE, TH, FR, SA and SU")
                })?;
            }
            "BYHOUR" | "BYMINUTE" | "BYSECOND" => return Err(unsupported(part)),
            _ => return Err(unknown(part)),
        }
    }
    agree(&rule, &parts)?;
    Ok(rule.in_order())
}

fn parts(text: &str) -> Result<Vec<Part<'_>>, Problem> {
    let Range { start, end } = trimmed(text);
    let prefix = "RRULE:";
    let prefixed = text[start..end].get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix));
    let mut at = if prefixed { start + prefix.len() } else { start };
    let mut all: Vec<Part<'_>> = Vec::new();
    for piece in text[at..end].split(';') {
        let from = at;
        at += piece.len() + 1;
        if piece.trim().is_empty() {
            continue;
        }
        let Some((name, value)) = piece.split_once('=') else {
            let message = format!("\"{}\" has no `=`", piece.trim());
            return Err(Problem::new(codes::RULE_TEXT, from..from + piece.len(), message).help(EXAMPLE));
        };
        let (inside, inner) = (trimmed(name), trimmed(value));
        let value_from = from + name.len() + 1;
        let part = Part {
            name: name[inside.clone()].to_ascii_uppercase(),
            name_at: from + inside.start..from + inside.end,
            value: &value[inner.clone()],
            value_at: value_from + inner.start..value_from + inner.end,
        };
        if all.iter().any(|earlier| earlier.name == part.name) {
            let message = format!("`{}` stands here twice", part.name);
            return Err(Problem::new(codes::RULE_TEXT, part.name_at, message).help("write it once, with commas between its values"));
        }
        all.push(part);
    }
    Ok(all)
}

fn frequency_of(part: &Part<'_>) -> Result<Frequency, Problem> {
    let all = [Frequency::Daily, Frequency::Weekly, Frequency::Monthly, Frequency::Yearly];
    if let Some(found) = all.into_iter().find(|one| one.text().eq_ignore_ascii_case(part.value)) {
        return Ok(found);
    }
    if ["HOURLY", "MINUTELY", "SECONDLY"].iter().any(|one| one.eq_ignore_ascii_case(part.value)) {
        let message = format!("`FREQ={}` is not understood: a rule gives days", part.value);
        return Err(Problem::new(codes::RULE_PART, part.value_at.clone(), message)
            .help("use DAILY, WEEKLY, MONTHLY or YEARLY, and an event of its own for each time of day"));
    }
    let near = suggest::nearest(part.value, all.map(Frequency::text)).map(|near| format!("did you mean `{near}`? "));
    Err(part
        .wrong(format!("\"{}\" is no frequency", part.value))
        .help(format!("{}use DAILY, WEEKLY, MONTHLY or YEARLY", near.unwrap_or_default())))
}

fn unsupported(part: &Part<'_>) -> Problem {
    Problem::new(codes::RULE_PART, part.name_at.clone(), format!("`{}` is not understood: a rule gives days", part.name))
        .help("the time of day stands in `starts:`; leave it out here, and write an event of its own for each time of day")
}

fn unknown(part: &Part<'_>) -> Problem {
    let near = suggest::nearest(&part.name, NAMES).map(|near| format!("did you mean `{near}`? "));
    Problem::new(codes::RULE_TEXT, part.name_at.clone(), format!("`{}` is no part of a rule", part.name))
        .help(format!("{}{EXAMPLE}", near.unwrap_or_default()))
}

/// What RFC 5545 forbids to stand together.
fn agree(rule: &RecurrenceRule, parts: &[Part<'_>]) -> Result<(), Problem> {
    let named = |name: &str| parts.iter().find(|part| part.name == name);
    if let (Some(_), Some(count)) = (named("UNTIL"), named("COUNT")) {
        let whole = count.whole();
        return Err(Problem::new(codes::RULE_TEXT, whole, "`COUNT` and `UNTIL` cannot stand together").help("keep one of them"));
    }
    if let Some(part) = named("BYDAY") {
        let most = match rule.frequency {
            Frequency::Daily | Frequency::Weekly => 0,
            Frequency::Monthly => 5,
            Frequency::Yearly if !rule.by_month.is_empty() => 5,
            Frequency::Yearly => 53,
        };
        let beyond = rule.by_day.iter().zip(part.items()).find(|(day, _)| day.nth.is_some_and(|nth| nth.unsigned_abs() > most));
        if let Some((_, (item, at))) = beyond {
            let help = if most == 0 {
                "a number before a weekday counts within a month or a year: use `FREQ=MONTHLY` or `FREQ=YEARLY`".to_owned()
            } else {
                format!("here it counts from 1 to {most}, or from -1 to -{most}")
            };
            return Err(Problem::new(codes::RULE_TEXT, at, format!("\"{item}\" cannot stand here")).help(help));
        }
    }
    if let (Some(part), Frequency::Weekly) = (named("BYMONTHDAY"), rule.frequency) {
        let whole = part.whole();
        return Err(Problem::new(codes::RULE_TEXT, whole, "`BYMONTHDAY` cannot stand in a weekly rule").help("use `FREQ=MONTHLY`"));
    }
    let is_yearly = rule.frequency == Frequency::Yearly;
    for (name, what) in [("BYWEEKNO", "a week"), ("BYYEARDAY", "a day")] {
        if let (Some(part), false) = (named(name), is_yearly) {
            let message = format!("`{name}` cannot stand in a rule that is not yearly: it counts {what} within a year");
            return Err(Problem::new(codes::RULE_TEXT, part.whole(), message).help("use `FREQ=YEARLY`"));
        }
    }
    if let (Some(part), Some(_)) = (named("BYDAY"), named("BYWEEKNO"))
        && let Some((_, (item, at))) = rule.by_day.iter().zip(part.items()).find(|(day, _)| day.nth.is_some())
    {
        return Err(Problem::new(codes::RULE_TEXT, at, format!("\"{item}\" cannot stand beside `BYWEEKNO`"))
            .help("write the weekday without a number: a week has each weekday once"));
    }
    let parts_to_choose_from =
        [rule.by_day.len(), rule.by_month_day.len(), rule.by_month.len(), rule.by_year_day.len(), rule.by_week.len()];
    if let (Some(part), true) = (named("BYSETPOS"), parts_to_choose_from.iter().all(|count| *count == 0)) {
        let whole = part.whole();
        return Err(Problem::new(codes::RULE_TEXT, whole, "`BYSETPOS` chooses among dates, and there is nothing to choose from")
            .help("add `BYDAY`, `BYMONTHDAY` or `BYMONTH`"));
    }
    Ok(())
}

fn weekday(text: &str) -> Option<Weekday> {
    all_weekdays().into_iter().find(|day| weekday_text(*day).eq_ignore_ascii_case(text.trim()))
}

fn all_weekdays() -> [Weekday; 7] {
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun]
}

fn weekday_text(day: Weekday) -> &'static str {
    ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][day.num_days_from_monday() as usize]
}

fn rule_day(item: &str, at: Range<usize>) -> Result<RuleDay, Problem> {
    let whole = item.trim();
    let cut = whole.len().saturating_sub(2);
    let read = whole.split_at_checked(cut).and_then(|(number, name)| {
        let weekday = weekday(name)?;
        if number.is_empty() {
            return Some(RuleDay { nth: None, weekday });
        }
        let nth = number.parse::<i8>().ok().filter(|nth| *nth != 0 && (-53..=53).contains(nth))?;
        Some(RuleDay { nth: Some(nth), weekday })
    });
    read.ok_or_else(|| {
        Problem::new(codes::RULE_TEXT, at, format!("\"{item}\" is no weekday of a rule"))
            .help("the weekdays are MO, TU, WE, TH, FR, SA and SU; the first Monday is 1MO, the last -1MO")
    })
}

/// `20270325`, `20270325T103000` or `20270325T143000Z`; also with the dashes and colons that people write.
fn until(part: &Part<'_>) -> Result<Until, Problem> {
    let plain: String = part.value.chars().filter(|c| !matches!(c, '-' | ':')).collect::<String>().to_ascii_uppercase();
    let refused = || {
        part.wrong(format!("\"{}\" is no date for `UNTIL`", part.value))
            .help("write `UNTIL=20270325`: the last day, whole, in the library's own time")
    };
    let (date, time) = plain.split_once('T').map_or((plain.as_str(), None), |(date, time)| (date, Some(time)));
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(date, 8) {
        return Err(refused());
    }
    let day = NaiveDate::parse_from_str(date, "%Y%m%d").map_err(|_| refused())?;
    if !SANE_YEARS.contains(&day.year()) {
        return Err(refused());
    }
    let Some(time) = time else { return Ok(Until::Date(day)) };
    let (time, utc) = time.strip_suffix('Z').map_or((time, false), |time| (time, true));
    if !digits(time, 6) {
        return Err(refused());
    }
    let number = |range: Range<usize>| time.get(range).and_then(|digits| digits.parse::<u32>().ok());
    let clock = match (number(0..2), number(2..4), number(4..6)) {
        (Some(hour), Some(minute), Some(second)) => NaiveTime::from_hms_opt(hour, minute, second),
        _ => None,
    };
    let local = day.and_time(clock.ok_or_else(refused)?);
    Ok(if utc { Until::Instant(local.and_utc()) } else { Until::Local(local) })
}

/// Writes the canonical text.
pub(super) fn print(rule: &RecurrenceRule, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "FREQ={}", rule.frequency.text())?;
    if rule.interval != 1 {
        write!(f, ";INTERVAL={}", rule.interval)?;
    }
    match rule.end {
        End::Never => {}
        End::Count(count) => write!(f, ";COUNT={count}")?,
        End::Until(Until::Date(date)) => write!(f, ";UNTIL={}", date.format("%Y%m%d"))?,
        End::Until(Until::Local(local)) => write!(f, ";UNTIL={}", stamp(local))?,
        End::Until(Until::Instant(at)) => write!(f, ";UNTIL={}Z", stamp(at.naive_utc()))?,
    }
    let list = |f: &mut fmt::Formatter<'_>, name: &str, items: Vec<String>| {
        if items.is_empty() { Ok(()) } else { write!(f, ";{name}={}", items.join(",")) }
    };
    list(f, "BYMONTH", rule.by_month.iter().map(ToString::to_string).collect())?;
    list(f, "BYWEEKNO", rule.by_week.iter().map(ToString::to_string).collect())?;
    list(f, "BYYEARDAY", rule.by_year_day.iter().map(ToString::to_string).collect())?;
    list(f, "BYMONTHDAY", rule.by_month_day.iter().map(ToString::to_string).collect())?;
    let day = |day: &RuleDay| format!("{}{}", day.nth.map(|nth| nth.to_string()).unwrap_or_default(), weekday_text(day.weekday));
    list(f, "BYDAY", rule.by_day.iter().map(day).collect())?;
    list(f, "BYSETPOS", rule.by_set_pos.iter().map(ToString::to_string).collect())?;
    if rule.week_start != Weekday::Mon {
        write!(f, ";WKST={}", weekday_text(rule.week_start))?;
    }
    Ok(())
}

fn stamp(local: NaiveDateTime) -> impl fmt::Display {
    local.format("%Y%m%dT%H%M%S")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        parse(text).map_or_else(
            |problem| format!("{} at {:?}: {} ({})", problem.code, &text[problem.range], problem.message, problem.help.unwrap_or_default()),
            |rule| rule.to_string(),
        )
    }

    #[test]
    fn a_rule_is_printed_in_one_way_however_it_is_written() {
        for (text, expected) in [
            ("RRULE:FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;BYDAY=TH"),
            (" freq=weekly; byday=th,mo ;interval=1;wkst=mo", "FREQ=WEEKLY;BYDAY=MO,TH"),
            ("FREQ=MONTHLY;BYDAY=-1FR,+1MO,1MO", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
            ("FREQ=DAILY;UNTIL=2027-03-25", "FREQ=DAILY;UNTIL=20270325"),
            ("FREQ=DAILY;UNTIL=20270325T103000", "FREQ=DAILY;UNTIL=20270325T103000"),
            ("FREQ=DAILY;UNTIL=20270325T143000Z", "FREQ=DAILY;UNTIL=20270325T143000Z"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_refused_and_never_left_out() {
        for (text, expected) in [
            ("FREQ=HOURLY", "HB113 at \"HOURLY\""),
            ("FREQ=MONTHLY;BYWEEKNO=20", "HB112 at \"BYWEEKNO=20\""),
            ("FREQ=DAILY;BYYEARDAY=100", "HB112 at \"BYYEARDAY=100\""),
            ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "HB112 at \"1MO\""),
            ("FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO", "HB112 at \"54\""),
            ("FREQ=DAILY;BYHOUR=9", "HB113 at \"BYHOUR\""),
            ("FREQ=WEEKY", "HB112 at \"WEEKY\": \"WEEKY\" is no frequency (did you mean `WEEKLY`? use DAILY, WEEKLY, MONTHLY or YEARLY)"),
            ("FREQ=WEEKLY;BYDY=TH", "HB112 at \"BYDY\": `BYDY` is no part of a rule (did you mean `BYDAY`?"),
            ("FREQ=WEEKLY;BYDAY=TH,TR", "HB112 at \"TR\""),
            ("FREQ=WEEKLY;BYDAY=1TH", "HB112 at \"1TH\""),
            ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "HB112 at \"COUNT=3\": `COUNT` and `UNTIL` cannot stand together"),
            ("FREQ=WEEKLY;COUNT=0", "HB112 at \"0\""),
            ("FREQ=WEEKLY;BYMONTHDAY=3", "HB112 at \"BYMONTHDAY=3\""),
            ("FREQ=MONTHLY;BYMONTHDAY=0", "HB112 at \"0\""),
            ("FREQ=MONTHLY;BYSETPOS=1", "HB112 at \"BYSETPOS=1\""),
            ("FREQ=DAILY;UNTIL=20270230", "HB112 at \"20270230\""),
            ("FREQ=DAILY;UNTIL=soon", "HB112 at \"soon\""),
            ("FREQ=DAILY;FREQ=WEEKLY", "HB112 at \"FREQ\": `FREQ` stands here twice"),
            ("INTERVAL=2", "HB112 at \"INTERVAL=2\": a rule wants `FREQ=`"),
        ] {
            let said = read(text);
            assert!(said.starts_with(expected), "{text}: {said}");
        }
    }
}
