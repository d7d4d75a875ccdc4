//! python-dateutil judges rules of every part; `tests/data/make_dateutil.py` wrote them down.

use handbill::calendar::{NaiveDate, Zone, midnight};

use super::{Pattern, RecurrenceRule, day};

#[test]
fn the_dates_are_those_of_dateutil() {
    let mut different = Vec::new();
    let mut judged = 0;
    for line in include_str!("../data/dateutil.jsonl").lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = line["rule"].as_str().unwrap();
        let expected: Vec<&str> = line["dates"].as_array().unwrap().iter().map(|date| date.as_str().unwrap()).collect();
        let rule = RecurrenceRule::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem:?}"));
        let pattern = Pattern::repeating(midnight(day(line["starts"].as_str().unwrap())), rule);
        let all = || pattern.between(NaiveDate::MIN, NaiveDate::MAX, Zone::utc()).map(|planned| planned.on.to_string());
        let ours: Vec<String> = all().take(expected.len()).collect();
        let ends = line["count"].as_u64().is_none_or(|count| {
            let last = line["last"].as_str().unwrap();
            all().count() as u64 == count && pattern.last(Zone::utc()) == Some(day(last))
        });
        if ours != expected || !ends {
            different.push(format!("{text} from {}: {ours:?}, where dateutil has {expected:?}", line["starts"]));
        }
        judged += 1;
    }
    assert!(judged >= 500, "only {judged} rules were compared");
    assert!(different.is_empty(), "{} rules differ:\n{}", different.len(), different.join("\n"));
}
