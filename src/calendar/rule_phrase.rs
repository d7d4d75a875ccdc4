//! Plain words → a recurrence rule: "every 2 weeks on Saturday", "first Monday of every month until June 11, 2027".
//!
//! The end is found first ("until …", "… times"); what stands before it is read from left to right, and every word must have its place:
//! nothing is skipped in silence. What the words leave open (which day "weekly" means) is taken from the first date, so that the rule says it.

use chrono::{Datelike, NaiveDate, Weekday};

use super::phrase::{parse_date, weekday};
use super::rule::{End, Frequency, RecurrenceRule, RuleDay, Until};
use super::rule_grammar;
use super::rule_words::number;
use super::words::{Word, trimmed, words};
use crate::diagnostic::{Problem, codes};

/// What no rule can know.
const EXCEPTIONS: [&str; 26] = [
    "except",
    "excepting",
    "excluding",
    "but",
    "unless",
    "usually",
    "normally",
    "generally",
    "mostly",
    "sometimes",
    "occasionally",
    "not",
    "no",
    "without",
    "skip",
    "skipping",
    "holiday",
    "holidays",
    "term",
    "semester",
    "school",
    "when",
    "while",
    "during",
    "if",
    "only",
];

/// Reads how an event repeats: plain words, or RFC 5545 text when it contains `FREQ=`. `start` is the event's first date.
pub fn parse_repeats(text: &str, start: NaiveDate) -> Result<RecurrenceRule, Problem> {
    if text.to_ascii_uppercase().contains("FREQ=") {
        return RecurrenceRule::parse(text);
    }
    let all = words(text);
    if let [word] = all.as_slice()
        && word.is(&["no", "none", "never", "not", "false", "once", "yes", "true"])
    {
        return Err(Problem::new(
            codes::REPEATS,
            word.range.clone(),
            format!("\"{}\" is not a way to say how an event repeats", word.written),
        )
        .help("leave the line out if it takes place once; else write, for instance, \"every Thursday\""));
    }
    if let Some(at) = all.iter().position(|word| word.is(&EXCEPTIONS)) {
        let word = &all[at];
        let range = word.range.start..trimmed(text).end;
        let message = format!("\"{}\" is nothing that a rule can hold", &text[range.clone()]);
        return Err(Problem::new(codes::REPEATS_EXCEPT, range, message).help(days_without(&all[..at], &all[at + 1..]).unwrap_or_else(
            || "leave it out and use `skips:` for the dates that fall out, as in `skips: [2026-12-24, 2026-12-31]`".to_owned(),
        )));
    }
    let (head, end) = end(text, &all)?;
    let rule = rule_grammar::read(text, head)?;
    Ok(explicit(&RecurrenceRule { end, ..rule }, start))
}

/// "every weekday except Friday", as the days that are left.
fn days_without(head: &[Word<'_>], left_out: &[Word<'_>]) -> Option<String> {
    let last = head.last()?;
    let count = match last.text.as_str() {
        "weekday" | "weekdays" => 5,
        "day" | "days" | "daily" => 7,
        _ => return None,
    };
    let out: Vec<Weekday> =
        left_out.iter().filter(|word| !word.is(&["and", "on", "or"])).map(|word| weekday(&word.text)).collect::<Option<_>>()?;
    let days: Vec<&str> =
        rule_grammar::week_from(Weekday::Mon).take(count).filter(|day| !out.contains(day)).map(super::print::weekday_name).collect();
    let (last, most) = days.split_last().filter(|(_, most)| !most.is_empty() && !out.is_empty())?;
    Some(format!("name the days that are left: \"every {} and {last}\"", most.join(", ")))
}

/// The same rule, with what it takes from its first date said.
pub(super) fn explicit(rule: &RecurrenceRule, start: NaiveDate) -> RecurrenceRule {
    let mut rule = rule.clone();
    if !rule.by_week.is_empty() && rule.by_day.is_empty() && rule.by_month_day.is_empty() && rule.by_year_day.is_empty() {
        rule.by_day.push(RuleDay { nth: None, weekday: start.weekday() });
    }
    if rule.by_day.is_empty() && rule.by_month_day.is_empty() && rule.by_year_day.is_empty() {
        let day = i8::try_from(start.day()).unwrap_or(1);
        match rule.frequency {
            Frequency::Daily => {}
            Frequency::Weekly => rule.by_day.push(RuleDay { nth: None, weekday: start.weekday() }),
            Frequency::Monthly => rule.by_month_day.push(day),
            Frequency::Yearly => {
                rule.by_month_day.push(day);
                if rule.by_month.is_empty() {
                    rule.by_month.extend(u8::try_from(start.month()));
                }
            }
        }
    }
    rule.in_order()
}

/// Cuts "until …", "through …" and "… times" off the end.
fn end<'a, 'w>(text: &str, all: &'a [Word<'w>]) -> Result<(&'a [Word<'w>], End), Problem> {
    let has_digit = |from: usize| all[from..].iter().any(|word| word.text.contains(|c: char| c.is_ascii_digit()));
    let is_until = |at: usize| match all[at].text.as_str() {
        "until" | "till" | "til" => true,
        // "Monday through Thursday" is no end; one has a date, and a date has digits.
        "through" | "thru" => has_digit(at + 1),
        _ => false,
    };
    if let Some(at) = (0..all.len()).find(|at| is_until(*at)) {
        let from = all[at].range.end;
        if all[at + 1..].iter().any(|word| word.is(&["times", "time"])) {
            let range = all[at].range.start..trimmed(text).end;
            return Err(
                Problem::new(codes::REPEATS, range, "a rule ends after a number of times or on a date, not both").help("keep one of them")
            );
        }
        if text[from..].trim().is_empty() {
            return Err(Problem::new(codes::REPEATS, all[at].range.clone(), format!("\"{}\" wants a date after it", all[at].written))
                .help("write the last day, as in \"until 2027-03-25\" or \"until March 25, 2027\""));
        }
        let date = parse_date(&text[from..]).map_err(|problem| {
            let range = problem.range.start + from..problem.range.end + from;
            Problem { range, ..problem }
        })?;
        let head = &all[..at];
        return match times(head) {
            Some(_) => {
                let message = "a rule ends after a number of times or on a date, not both";
                Err(Problem::new(codes::REPEATS, all[at].range.start..trimmed(text).end, message).help("keep one of them"))
            }
            None => Ok((head, End::Until(Until::Date(date)))),
        };
    }
    match times(all) {
        Some((head, Some(count))) => Ok((head, End::Count(count))),
        Some((head, None)) => {
            let range = all[head.len()..].first().map_or(0..0, |word| word.range.start..trimmed(text).end);
            Err(Problem::new(codes::REPEATS, range, "how many times is not said")
                .help("write a number of 1 or more, as in \"every Thursday, 10 times\""))
        }
        None => Ok((all, End::Never)),
    }
}

/// "… for 10 times": what stands before it, and the number.
fn times<'a, 'w>(all: &'a [Word<'w>]) -> Option<(&'a [Word<'w>], Option<u32>)> {
    let (last, before) = all.split_last()?;
    if !last.is(&["times", "time"]) {
        return None;
    }
    let (count, before) = before.split_last()?;
    let before = match before.split_last() {
        Some((word, rest)) if word.is(&["for"]) => rest,
        _ => before,
    };
    Some((before, number(&count.text).filter(|count| *count > 0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::rule_words::{VOCABULARY, numeral};
    use super::super::sentence;
    use super::*;

    fn start() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 3).unwrap()
    }

    fn rule(text: &str) -> String {
        parse_repeats(text, start()).map_or_else(
            |problem| format!("{} at {:?}: {} ({})", problem.code, &text[problem.range], problem.message, problem.help.unwrap_or_default()),
            |rule| rule.to_string(),
        )
    }

    #[test]
    fn words_that_staff_would_write_are_understood() {
        for (text, expected) in [
            ("daily", "FREQ=DAILY"),
            ("every day", "FREQ=DAILY"),
            ("every other day", "FREQ=DAILY;INTERVAL=2"),
            ("every day in July and August", "FREQ=DAILY;BYMONTH=7,8"),
            ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
            ("weekdays until June 11 2027", "FREQ=WEEKLY;UNTIL=20270611;BYDAY=MO,TU,WE,TH,FR"),
            ("weekends", "FREQ=WEEKLY;BYDAY=SA,SU"),
            ("weekly", "FREQ=WEEKLY;BYDAY=TH"),
            ("every Thursday", "FREQ=WEEKLY;BYDAY=TH"),
            ("Thursdays", "FREQ=WEEKLY;BYDAY=TH"),
            ("every Thursday until 2027-03-25", "FREQ=WEEKLY;UNTIL=20270325;BYDAY=TH"),
            ("each thursday, till March 25, 2027", "FREQ=WEEKLY;UNTIL=20270325;BYDAY=TH"),
            ("Thursdays through March 25, 2027", "FREQ=WEEKLY;UNTIL=20270325;BYDAY=TH"),
            ("every Tuesday and Thursday", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("every Tuesday and every Thursday", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("Tuesdays, Thursdays and Saturdays", "FREQ=WEEKLY;BYDAY=TU,TH,SA"),
            ("Mon-Thu", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
            ("Monday through Thursday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
            ("Tue/Thu", "FREQ=WEEKLY;BYDAY=TU,TH"),
            ("on Saturdays in June, July and August", "FREQ=WEEKLY;BYMONTH=6,7,8;BYDAY=SA"),
            ("every Saturday in November through February", "FREQ=WEEKLY;BYMONTH=1,2,11,12;BYDAY=SA"),
            ("every other Thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
            ("every other week on Thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
            ("fortnightly", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH"),
            ("every 2 weeks on Saturday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"),
            ("every three weeks on Monday and Wednesday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,WE"),
            ("monthly", "FREQ=MONTHLY;BYMONTHDAY=3"),
            ("first Monday of every month", "FREQ=MONTHLY;BYDAY=1MO"),
            ("the first Monday of the month", "FREQ=MONTHLY;BYDAY=1MO"),
            ("every second Thursday of the month", "FREQ=MONTHLY;BYDAY=2TH"),
            ("monthly on the first Monday", "FREQ=MONTHLY;BYDAY=1MO"),
            ("first Monday of every other month", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO"),
            ("1st and 3rd Tuesday of the month", "FREQ=MONTHLY;BYDAY=1TU,3TU"),
            ("2nd and 4th Tuesdays", "FREQ=MONTHLY;BYDAY=2TU,4TU"),
            ("first Tuesday and third Thursday of each month", "FREQ=MONTHLY;BYDAY=1TU,3TH"),
            ("last Friday of the month", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("every last Friday", "FREQ=MONTHLY;BYDAY=-1FR"),
            ("last weekday of the month", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
            ("last day of the month", "FREQ=MONTHLY;BYMONTHDAY=-1"),
            ("the 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("every month on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15"),
            ("1st and 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15"),
            ("quarterly", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=3"),
            ("yearly", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3"),
            ("every year on May 4", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4"),
            ("annually on May 4th", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4"),
            ("every May 4", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4"),
            ("last Monday of May", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"),
            ("every Thursday for 10 times", "FREQ=WEEKLY;COUNT=10;BYDAY=TH"),
            ("Thursdays, six times", "FREQ=WEEKLY;COUNT=6;BYDAY=TH"),
            ("FREQ=MONTHLY;BYDAY=1MO,3MO", "FREQ=MONTHLY;BYDAY=1MO,3MO"),
        ] {
            assert_eq!(rule(text), expected, "{text}");
        }
    }

    #[test]
    fn a_slip_is_pointed_at_with_the_nearest_word() {
        assert_eq!(
            rule("evry Thursday"),
            "HB110 at \"evry\": \"evry Thursday\" is not a way to say how an event repeats (did you mean \"every\"? write, for instance, \
             \"every 2 weeks on Saturday\" or \"first Monday of every month\")"
        );
        assert!(rule("every Thurdsay until 2027-03-25").starts_with("HB110 at \"Thurdsay\""));
        assert!(rule("every Thurdsay").contains("did you mean \"Thursday\"?"));
        assert!(rule("every 2 moths").contains("did you mean \"month"));
        assert!(rule("every Thursday at 10:30").contains("the time stands in `starts:`"));
        assert!(rule("every").starts_with("HB110 at \"every\""));
        assert!(rule("").starts_with("HB110"));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused_with_both() {
        assert_eq!(
            rule("every second Thursday"),
            "HB110 at \"second Thursday\": \"every second Thursday\" can be read in two ways (write \"every 2 weeks on Thursday\", or \
             \"2nd Thursday of every month\")"
        );
        assert!(rule("biweekly on Thursday").contains("can be read in two ways"));
        assert!(rule("the 15th").contains("does not say of which months"));
    }

    #[test]
    fn exceptions_belong_into_skips() {
        let said = rule("every Thursday except holidays");
        assert!(said.starts_with("HB111 at \"except holidays\"") && said.contains("`skips:`"), "{said}");
        assert!(rule("usually Thursdays").starts_with("HB111"));
        assert!(rule("Thursdays, term time only").starts_with("HB111 at \"term time only\""));
    }

    #[test]
    fn an_end_that_is_none_is_pointed_at() {
        assert_eq!(
            rule("every Thursday until 2027-02-30"),
            "HB101 at \"2027-02-30\": there is no February 30 in 2027 (February 2027 has 28 days)"
        );
        assert!(rule("every Thursday until").starts_with("HB110 at \"until\""));
        assert!(rule("every Thursday 10 times until 2027-02-03").contains("not both"));
        assert!(rule("every Thursday until 2027-02-03, 10 times").contains("not both"));
        assert!(rule("every Thursday zero times").starts_with("HB110 at \"zero times\""));
        assert!(rule("every year on February 30").starts_with("HB110 at \"February 30\""));
        assert!(rule("6th Monday of the month").contains("no month has a 6th"));
    }

    #[test]
    fn the_sentence_is_what_a_librarian_would_say() {
        for (text, expected) in [
            ("every other Thursday until 2027-03-25", "Every other Thursday until March 25, 2027"),
            ("weekdays", "Every weekday"),
            ("tue, thu, sat", "Every Tuesday, Thursday and Saturday"),
            ("every 3 weeks on Mon", "Every 3 weeks on Monday"),
            ("2nd and 4th Tuesdays", "The second and fourth Tuesday of every month"),
            ("1st tue and 3rd thu of the month", "The first Tuesday and the third Thursday of every month"),
            ("last day of the month", "The last day of every month"),
            ("quarterly", "Every 3 months on the 3rd"),
            ("every May 4", "Every year on May 4"),
            ("last Monday of May", "Every year on the last Monday of May"),
            ("Thursdays, 10 times", "Every Thursday for 10 times"),
            ("Saturdays in July", "Every Saturday in July"),
            ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Every month on the 13th when that is a Friday"),
            ("FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-1", "Every month on every Saturday and every Sunday, the first and last of these"),
            ("FREQ=WEEKLY", "Every Thursday"),
        ] {
            assert_eq!(sentence(&parse_repeats(text, start()).unwrap(), start()), expected, "{text}");
        }
    }

    /// Sentences of the grammar, in the many ways people write them.
    fn phrases() -> impl Strategy<Value = String> {
        let day = prop::sample::select(vec!["Monday", "tuesdays", "Wed", "thursday", "FRI", "Saturdays", "sun"]);
        let days = prop::collection::vec(day, 1..4).prop_map(|days| days.join(" and "));
        let nth = prop::sample::select(vec!["1st", "second", "third", "4th", "fifth", "last", "second-to-last"]);
        let nths = prop::collection::vec(nth, 1..3).prop_map(|nths| nths.join(", "));
        let date = (1u32..=31).prop_map(numeral);
        let dates = prop::collection::vec(date, 1..3).prop_map(|dates| dates.join(" and "));
        let month = prop::sample::select(vec!["January", "feb", "March", "may", "Sept", "December"]);
        let months = prop::collection::vec(month, 1..3).prop_map(|months| months.join(" and "));
        let many = 1u32..12;
        let numbered = (nths, days.clone()).prop_map(|(nths, days)| format!("{nths} {days}"));
        let head = prop_oneof![
            Just("daily".to_owned()),
            Just("weekdays".to_owned()),
            Just("weekends".to_owned()),
            Just("monthly".to_owned()),
            Just("yearly".to_owned()),
            Just("last weekday of the month".to_owned()),
            Just("last day of every other month".to_owned()),
            days.clone(),
            many.clone().prop_map(|many| format!("every {many} days")),
            many.clone().prop_map(|many| format!("every {many} years")),
            (many.clone(), days.clone()).prop_map(|(many, days)| format!("every {many} weeks on {days}")),
            days.clone().prop_map(|days| format!("every other {days}")),
            (days.clone(), months.clone()).prop_map(|(days, months)| format!("{days} in {months}")),
            (many.clone(), numbered.clone()).prop_map(|(many, days)| format!("{days} of every {many} months")),
            (many.clone(), dates.clone()).prop_map(|(many, dates)| format!("every {many} months on the {dates}")),
            (numbered, months.clone()).prop_map(|(days, months)| format!("{days} of {months}")),
            (dates, months).prop_map(|(dates, months)| format!("{dates} of {months}")),
            (many, 1u32..=28).prop_map(|(many, day)| format!("every {many} years on May {day}")),
        ];
        let end = prop_oneof![
            Just(String::new()),
            Just(" until June 11, 2027".to_owned()),
            (1u32..50).prop_map(|many| format!(", {many} times"))
        ];
        (head, end).prop_map(|(head, end)| head + &end)
    }

    proptest! {
        #[test]
        fn a_rule_in_words_is_read_again(text in phrases(), days in 0i64..3000) {
            let start = super::super::plus_days(start(), days);
            let rule = parse_repeats(&text, start).unwrap();
            let said = sentence(&rule, start);
            prop_assert_eq!(parse_repeats(&said, start), Ok(rule), "{} → {}", text, said);
        }

        #[test]
        fn no_text_makes_it_panic_and_problems_point_into_it(
            words in prop::collection::vec(prop_oneof![prop::sample::select(VOCABULARY), "[0-9]{1,6}|-|–|/|é|İ|until|times|FREQ=|\\PC{0,4}".prop_map(|word| &*word.leak())], 0..8),
            joint in prop::sample::select(vec![" ", "", ", "]),
        ) {
            let text = words.join(joint);
            if let Err(problem) = parse_repeats(&text, start()) {
                prop_assert!(text.get(problem.range.clone()).is_some(), "{:?} of {:?}", problem, text);
            }
        }
    }
}
