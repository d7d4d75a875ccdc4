//! Words → lengths of time.

use chrono::TimeDelta;

use super::print;
use super::words::trimmed;
use crate::diagnostic::{Problem, codes, suggest};

const EXAMPLE: &str = "write, for instance, `45m`, \"1 hour 30 minutes\" or \"2 days\"";
const UNITS: [(&[&str], i64); 4] = [
    (&["minutes", "minute", "mins", "min", "m"], 1),
    (&["hours", "hour", "hrs", "hr", "h"], 60),
    (&["days", "day", "d"], 24 * 60),
    (&["weeks", "week", "w"], 7 * 24 * 60),
];
/// A year: what lasts longer is a slip of the pen.
const MOST_MINUTES: i64 = 366 * 24 * 60;

/// Reads a length of time: "45m", "45 minutes", "1h30m", "1 hour 30 minutes", "2 days", "1.5 hours".
pub fn parse_length(text: &str) -> Result<TimeDelta, Problem> {
    let whole = trimmed(text);
    let refused = || Problem::new(codes::LENGTH, whole.clone(), format!("\"{}\" is not a length of time", text.trim())).help(EXAMPLE);
    if let Some(length) = length_meant(text.trim()) {
        return Err(refused().help(format!("write \"{length}\"")));
    }
    let mut minutes = 0i64;
    let mut at = whole.start;
    let mut parts = 0;
    while at < whole.end {
        let rest = &text[at..whole.end];
        let gap = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',').len();
        let rest = &rest[gap..];
        if let Some(after) = rest.strip_prefix("and ") {
            at = whole.end - after.len();
            continue;
        }
        let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let after = &rest[number..];
        let space = after.len() - after.trim_start().len();
        let unit = after[space..].len() - after[space..].trim_start_matches(char::is_alphabetic).len();
        if number == 0 {
            return Err(refused());
        }
        let start = whole.end - rest.len();
        let amount = quarters(&rest[..number]).ok_or_else(refused)?;
        let name = after[space..space + unit].to_lowercase();
        let range = start..start + number + space + unit;
        if unit == 0 {
            let help = match amount / 4 {
                minutes @ 60..=600 => format!("write \"{}\", if minutes are meant", print::length(TimeDelta::minutes(minutes))),
                _ => format!("write \"{0} minutes\" or \"{0} hours\"", &rest[..number]),
            };
            return Err(Problem::new(codes::LENGTH, range, format!("\"{}\" has no unit", &rest[..number])).help(help));
        }
        let Some((_, size)) = UNITS.iter().find(|(names, _)| names.contains(&name.as_str())) else {
            let near = suggest::nearest(&name, UNITS.iter().flat_map(|(names, _)| names.iter().copied()));
            let near = near.map(|near| format!("did you mean \"{near}\"? ")).unwrap_or_default();
            return Err(Problem::new(codes::LENGTH, range.end - unit..range.end, format!("\"{name}\" is no unit of time"))
                .help(format!("{near}{EXAMPLE}")));
        };
        minutes = amount.checked_mul(*size).and_then(|quarters| minutes.checked_add(quarters / 4)).ok_or_else(refused)?;
        at = range.end;
        parts += 1;
    }
    if parts == 0 {
        return Err(refused());
    }
    if minutes == 0 || minutes > MOST_MINUTES {
        return Err(Problem::new(codes::LENGTH, whole.clone(), format!("\"{}\" is not how long something lasts", text.trim()))
            .help("a length is at least a minute and at most a year"));
    }
    Ok(TimeDelta::minutes(minutes))
}

/// "1:30" and "1 1/2 hours", as they are written here.
fn length_meant(text: &str) -> Option<String> {
    let number = |text: &str| text.trim().parse::<i64>().ok().filter(|number| (0..=48).contains(number));
    let minutes = if let Some((hours, minutes)) = text.split_once(':') {
        let minutes = minutes.parse::<i64>().ok().filter(|minutes| minutes.abs() < 60)?;
        number(hours)? * 60 + minutes.abs()
    } else {
        let (whole, part) = [("1/2", 30), ("½", 30), ("1/4", 15), ("¼", 15), ("3/4", 45), ("¾", 45)]
            .into_iter()
            .find_map(|(part, minutes)| Some((text.split_once(part)?, minutes)))
            .map(|((before, after), minutes)| (before.trim(), after.trim().starts_with('h').then_some(minutes)))?;
        let whole = if whole.is_empty() { 0 } else { number(whole)? };
        whole * 60 + part?
    };
    (minutes > 0).then(|| print::length(TimeDelta::minutes(minutes)))
}

/// A number in quarters: whole, or with a half or a quarter as people write them (1.5, 0.75).
fn quarters(number: &str) -> Option<i64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let part = match part.trim_end_matches('0') {
        "" => 0,
        "25" => 1,
        "5" => 2,
        "75" => 3,
        _ => return None,
    };
    whole.parse::<i64>().ok()?.checked_mul(4)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_are_read_as_staff_write_them() {
        for (text, minutes) in [
            ("45m", 45),
            ("45 minutes", 45),
            ("1h", 60),
            ("1h30m", 90),
            ("1 hour 30 minutes", 90),
            ("1 hour and 30 min", 90),
            ("1.5 Hours", 90),
            ("2 days", 2880),
            ("1 week", 10_080),
        ] {
            assert_eq!(parse_length(text), Ok(TimeDelta::minutes(minutes)), "{text}");
        }
    }

    #[test]
    fn a_length_that_is_none_is_refused_where_it_goes_wrong() {
        let problem = |text: &str| {
            let problem = parse_length(text).unwrap_err();
            (text[problem.range].to_owned(), problem.message)
        };
        assert_eq!(problem("45"), ("45".to_owned(), "\"45\" has no unit".to_owned()));
        assert_eq!(problem("1 hour 30 minuts"), ("minuts".to_owned(), "\"minuts\" is no unit of time".to_owned()));
        assert_eq!(problem("0 minutes").1, "\"0 minutes\" is not how long something lasts");
        assert_eq!(problem("900 days").1, "\"900 days\" is not how long something lasts");
        assert_eq!(problem("a while").1, "\"a while\" is not a length of time");
    }

    proptest! {
        #[test]
        fn a_printed_length_is_read_again(minutes in 1i64..=MOST_MINUTES) {
            let length = TimeDelta::minutes(minutes);
            prop_assert_eq!(parse_length(&print::length(length)), Ok(length));
        }

        #[test]
        fn no_text_makes_it_panic_and_problems_point_into_it(text in "([0-9]{1,25}|[. ,:]|h|min|days|and |é|😀|\\PC){0,10}") {
            if let Err(problem) = parse_length(&text) {
                prop_assert!(text.get(problem.range.clone()).is_some(), "{:?} of {:?}", problem, text);
            }
        }
    }
}
