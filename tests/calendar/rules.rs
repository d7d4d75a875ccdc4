//! How staff say that an event repeats, in English and Spanish: what is understood, what is printed for the page, and what is refused.
//!
//! `REWRITE=1 cargo test --test calendar` writes `tests/data/rules.tsv` and `tests/data/rules-refused.tsv` anew from their first columns. Read every
//! line that changed: the sentence is what patrons see, the message what staff see.

use std::fmt::Write;
use std::path::Path;

use handbill::calendar::{Datelike, Language, NaiveDate, NaiveDateTime, Pattern, RecurrenceRule, Zone, parse_repeats, plus_days, sentence};
use proptest::prelude::*;

use super::{day, local};

/// A Thursday.
fn starts() -> NaiveDateTime {
    local("2026-12-03 10:30")
}

fn read(text: &str) -> Result<RecurrenceRule, handbill::diagnostic::Problem> {
    parse_repeats(text, starts().date())
}

/// Compares a table with what its first column makes now, or writes it.
fn table(name: &str, said: impl Fn(&str) -> String) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    let before = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let mut after = String::new();
    let mut count = 0;
    for line in before.lines() {
        if line.is_empty() || line.starts_with('#') {
            writeln!(after, "{line}").unwrap();
            continue;
        }
        let first = line.split('\t').next().unwrap();
        writeln!(after, "{first}\t{}", said(first)).unwrap();
        count += 1;
    }
    if std::env::var_os("REWRITE").is_some() {
        std::fs::write(&path, after).unwrap();
    } else {
        let different: Vec<&str> = after.lines().zip(before.lines()).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
        assert!(different.is_empty(), "{name} says otherwise of these:\n{}", different.join("\n"));
    }
    count
}

#[test]
fn what_staff_write_is_understood_and_said_back_in_both_languages() {
    let count = table("rules.tsv", |text| match read(text) {
        Ok(rule) => {
            let said = |language| {
                let said = sentence(&rule, starts(), language);
                assert_eq!(read(&said), Ok(rule.clone()), "{text}: {said}");
                said
            };
            format!("{rule}\t{}\t{}", said(Language::English), said(Language::Spanish))
        }
        Err(problem) => format!("NOT UNDERSTOOD\t{problem:?}"),
    });
    assert!(count >= 240, "{count}");
}

#[test]
fn what_no_rule_can_hold_is_refused_with_what_to_write() {
    table("rules-refused.tsv", |text| match read(text) {
        Ok(rule) => format!("TAKEN AS {rule}"),
        Err(problem) => {
            let help = problem.help.unwrap_or_else(|| panic!("{text}: no remedy"));
            format!("{}\t{}\t{}\t{help}", problem.code, &text[problem.range], problem.message)
        }
    });
}

#[test]
fn what_is_offered_instead_is_understood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/rules-refused.tsv");
    let mut offered = 0;
    for line in std::fs::read_to_string(path).unwrap().lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let text = line.split('\t').next().unwrap();
        let help = read(text).unwrap_err().help.unwrap();
        let Some((_, behind)) = help.split_once("write \"") else { continue };
        let written = behind.split_once('"').unwrap().0;
        // "until 2027-03-25" and the like complete a sentence; they are none by themselves.
        if !written.starts_with("until") && !written.starts_with("hasta") {
            assert!(read(written).is_ok(), "{text}: {written}: {:?}", read(written));
            offered += 1;
        }
    }
    assert!(offered >= 40, "{offered}");
}

/// RRULEs of every part, of which many have a phrase.
fn rules() -> impl Strategy<Value = String> {
    let list =
        |name: &'static str, items: Vec<String>| if items.is_empty() { String::new() } else { format!(";{name}={}", items.join(",")) };
    let numbers = |from: i32, to: i32, most: usize| {
        prop::collection::btree_set((from..=to).prop_filter("0 is none", |n| *n != 0), 1..=most)
            .prop_map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let weekdays = prop_oneof![
        4 => prop::collection::btree_set(prop::sample::select(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), 1..=7)
            .prop_map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>()),
        1 => Just(["MO", "TU", "WE", "TH", "FR"].map(str::to_owned).to_vec()),
    ];
    let months = prop::option::weighted(0.4, numbers(1, 12, 11)).prop_map(move |all| list("BYMONTH", all.unwrap_or_default()));
    let nth = prop_oneof![4 => -5i32..=5, 1 => -53i32..=53].prop_filter("0 is none", |n| *n != 0);
    let numbered = (prop::collection::vec(nth, 1..4), weekdays.clone())
        .prop_map(|(nths, days)| nths.iter().flat_map(|nth| days.iter().take(2).map(move |day| format!("{nth}{day}"))).collect::<Vec<_>>());
    let week_start = prop_oneof![5 => Just(""), 1 => Just(";WKST=SU"), 1 => Just(";WKST=WE")];
    let days = prop_oneof![
        2 => Just(String::new()),
        4 => weekdays.clone().prop_map(move |days| list("BYDAY", days)),
        4 => numbered.prop_map(move |days| list("BYDAY", days)),
        3 => numbers(1, 31, 3).prop_map(move |days| list("BYMONTHDAY", days)),
        2 => numbers(-5, 12, 3).prop_map(move |days| list("BYMONTHDAY", days)),
        1 => (weekdays.clone(), numbers(-31, 31, 3)).prop_map(move |(days, dates)| list("BYDAY", days) + &list("BYMONTHDAY", dates)),
        1 => numbers(-366, 366, 3).prop_map(move |days| list("BYYEARDAY", days)),
        1 => (numbers(-53, 53, 2), weekdays.clone()).prop_map(move |(weeks, days)| list("BYWEEKNO", weeks) + &list("BYDAY", days)),
        2 => (weekdays, numbers(-4, 6, 2)).prop_map(move |(days, places)| list("BYDAY", days) + &list("BYSETPOS", places)),
    ];
    let interval = prop_oneof![3 => Just(1u32), 2 => Just(2), 2 => 3u32..20];
    let end = prop_oneof![
        3 => Just(String::new()),
        1 => (1u32..60).prop_map(|count| format!(";COUNT={count}")),
        1 => (0i64..2_000).prop_map(|far| format!(";UNTIL={}", plus_days(day("2026-12-03"), far).format("%Y%m%d")))
    ];
    let frequency = prop::sample::select(vec!["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
    (frequency, interval, end, months, days, week_start)
        .prop_map(|(frequency, interval, end, months, days, week)| format!("FREQ={frequency};INTERVAL={interval}{end}{months}{days}{week}"))
        .prop_filter("a rule", |text| RecurrenceRule::parse(text).is_ok())
}

/// The dates of a rule, as far as a test looks.
fn dates_of(rule: RecurrenceRule, start: NaiveDate) -> Vec<NaiveDate> {
    let pattern = Pattern::repeating(start.and_time(starts().time()), rule);
    pattern.between(start, plus_days(start, 3_000), Zone::utc()).map(|planned| planned.on).take(60).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// parse ∘ print = identity: a sentence that is understood makes the rule it was made of; any other says that it is none.
    #[test]
    fn a_sentence_makes_the_rule_it_was_made_of(text in rules(), far in 0i64..1_500) {
        let start = plus_days(starts().date(), far);
        let rule = RecurrenceRule::parse(&text).unwrap();
        for language in Language::ALL {
            let said = sentence(&rule, start.and_time(starts().time()), language);
            if let Ok(again) = parse_repeats(&said, start) {
                // Said again, it is the same to the letter; and it has the same dates as the rule it came from.
                prop_assert_eq!(&sentence(&again, start.and_time(starts().time()), language), &said, "{}", text);
                prop_assert_eq!(dates_of(again, start), dates_of(rule.clone(), start), "{}: {}", text, said);
            } else {
                let parts = said.contains("on days that are") || said.contains("en los días que son") || said.contains("February") || said.contains("febrero");
                prop_assert!(parts, "{}: \"{}\" is not read again: {:?}", text, said, parse_repeats(&said, start));
            }
        }
    }

    #[test]
    fn no_words_make_it_panic_and_problems_point_into_them(
        words in prop::collection::vec(
            prop_oneof![
                6 => prop::sample::select(WORDS),
                1 => "[0-9]{1,6}|-|–|/|é|İ|FREQ=|\\PC{0,4}".prop_map(|word| &*word.leak()),
            ],
            0..9,
        ),
        joint in prop::sample::select(vec![" ", " ", " ", "", ", "]),
    ) {
        let text = words.join(joint);
        match read(&text) {
            Ok(rule) => {
                for language in Language::ALL {
                    sentence(&rule, starts(), language);
                }
                prop_assert!(rule.interval() >= 1 && starts().year() == 2026);
            }
            Err(problem) => {
                prop_assert!(text.get(problem.range.clone()).is_some(), "{:?} of {:?}", problem, text);
                prop_assert!(problem.help.is_some(), "{:?} of {:?}", problem, text);
            }
        }
    }
}

#[rustfmt::skip]
const WORDS: &[&str] = &[
    "every", "other", "each", "day", "week", "month", "year", "quarter", "weekday", "weekend", "Thursday", "Fridays", "mon-thu", "Monday", "to", "through",
    "and", "of", "the", "on", "in", "first", "third", "last", "15th", "31st", "2", "8", "May", "June", "until", "March 25, 2027", "2027-03-25", "from",
    "starting", "for", "times", "twice", "a", "except", "monthly", "weekly", "biweekly", "holidays", "usually", "summer", "cada", "todos", "los", "el",
    "jueves", "martes", "de", "del", "mes", "año", "semana", "semanas", "primer", "último", "día", "laborable", "hasta", "veces", "sí y otro no", "y",
    "excepto", "mayo", "al", "durante", "quincenal", "verano", "13", "100th", "alternos", "exactos", "once", "10:30", "am", "TBD",
];

#[test]
fn parts_that_no_phrase_holds_are_told_truly() {
    for (rule, english, spanish) in [
        (
            "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
            "Every year, on days that are in week 20 of the year and a Monday",
            "Cada año, en los días que son de la semana 20 del año y a la vez un lunes",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
            "Every other week, on days that are a Tuesday or a Sunday; weeks begin on Sunday",
            "Cada 2 semanas, en los días que son un martes o un domingo; las semanas empiezan en domingo",
        ),
        (
            "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1,-1;COUNT=4",
            "Every month, on days that are a Saturday or a Sunday; of these the first and last for 4 times",
            "Cada mes, en los días que son un sábado o un domingo; de ellos el primer y último, 4 veces",
        ),
    ] {
        let rule = RecurrenceRule::parse(rule).unwrap();
        assert_eq!(sentence(&rule, starts(), Language::English), english);
        assert_eq!(sentence(&rule, starts(), Language::Spanish), spanish);
    }
}

#[test]
fn an_end_at_a_time_of_day_is_told_by_the_last_day_it_allows() {
    let said = |rule: &str| sentence(&RecurrenceRule::parse(rule).unwrap(), starts(), Language::English);
    assert_eq!(said("FREQ=WEEKLY;UNTIL=20270325T103000"), "Every Thursday until March 25, 2027");
    assert_eq!(said("FREQ=WEEKLY;UNTIL=20270325T090000"), "Every Thursday until March 24, 2027");
}
