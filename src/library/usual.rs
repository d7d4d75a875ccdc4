//! What is usual: for whom, where and when an event will likely be, going by those that are like it.
//!
//! `handbill new` asks nothing that the library itself can tell. All of it is a first guess that somebody reads and changes.

use std::collections::BTreeMap;

use crate::calendar::{self, Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use crate::library::{Branch, Event, Library, Slug};

/// What is known of an event before it is written.
#[derive(Clone, Default, Debug)]
pub struct Planned {
    /// Its title.
    pub title: String,
    /// The start of its file's path: `content/events/children/`.
    pub folder: String,
    /// For whom, where it was said.
    pub audience: Vec<Slug>,
    /// Where, where it was said.
    pub branch: Option<Slug>,
}

/// A first guess at an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Usual {
    /// For whom; empty where nothing tells.
    pub audience: Vec<Slug>,
    /// The program whose title stands in the event's.
    pub program: Option<Slug>,
    /// Where; none in a library without branches.
    pub branch: Option<Slug>,
    /// When it begins.
    pub time: NaiveTime,
    /// How long it goes on.
    pub lasts: Duration,
    /// The title of an event that is like it, where there is one.
    pub like: Option<String>,
}

/// How far ahead a day is looked for on which the branch is open: two months.
const AHEAD: i64 = 62;

impl Library {
    /// What is usual for such an event. `audiences` are the words of site.toml with what patrons read for them.
    pub fn usual(&self, planned: &Planned, audiences: &[(Slug, String)]) -> Usual {
        let words = words(&planned.title);
        let named = |title: &str| {
            let of_program = self::words(title);
            !of_program.is_empty() && of_program.iter().all(|word| words.contains(word))
        };
        let program = self.programs.iter().filter(|program| named(&program.entry.title)).max_by_key(|program| program.entry.title.len());
        let program = program.map(|program| program.entry.slug.clone());
        let in_title = || {
            let means = |(slug, label): &&(Slug, String)| words.contains(&stem(slug.as_str())) || named(label);
            audiences.iter().filter(means).map(|(slug, _)| slug.clone()).collect::<Vec<_>>()
        };
        let said = if planned.audience.is_empty() { in_title() } else { planned.audience.clone() };
        let of_program = |event: &Event| program.is_some() && event.program == program;
        let for_these = |event: &Event| event.audience.iter().any(|one| said.contains(one));
        let there = |event: &Event| event.entry.file.path().starts_with(&planned.folder);
        let ways: [&dyn Fn(&Event) -> bool; 5] =
            [&|event| of_program(event) && for_these(event), &of_program, &for_these, &there, &|_| true];
        let like = |event: &&Event| planned.branch.is_none() || event.place.branch == planned.branch;
        let all: Vec<&Event> = self.events.iter().map(AsRef::as_ref).collect();
        let alike: Vec<&Event> = ways
            .iter()
            .flat_map(|way| {
                let found: Vec<&Event> = all.iter().copied().filter(|event| way(event)).collect();
                [found.iter().copied().filter(like).collect(), found]
            })
            .find(|found: &Vec<&Event>| !found.is_empty())
            .unwrap_or_default();
        let audience = if said.is_empty() && alike.len() < all.len() {
            most_common(alike.iter().map(|event| event.audience.clone())).unwrap_or_default()
        } else {
            said
        };
        let branches = alike.iter().filter_map(|event| event.place.branch.clone());
        let first = self.branches.first().map(|branch| branch.entry.slug.clone());
        let branch = planned.branch.clone().or_else(|| most_common(branches)).or(first);
        let when = |event: &&Event| (event.pattern.starts.time(), event.lasts.filter(|lasts| *lasts < Duration::days(1)));
        let usual =
            most_common(alike.iter().map(when).map(|(time, lasts)| ((time.hour(), time.minute()), lasts.map(|lasts| lasts.num_minutes()))));
        let time = usual.and_then(|((hour, minute), _)| NaiveTime::from_hms_opt(hour, minute, 0));
        let lasts = usual.and_then(|(_, lasts)| lasts).map_or(Duration::hours(1), Duration::minutes);
        let time = time.or_else(|| NaiveTime::from_hms_opt(10, 30, 0)).unwrap_or_default();
        let then = |event: &&&Event| event.pattern.starts.time() == time;
        let there = |event: &&&Event| then(event) && event.place.branch == branch;
        let example = alike.iter().find(there).or_else(|| alike.iter().find(then)).map(|event| event.entry.title.clone());
        Usual { audience, program, branch, time, lasts, like: example }
    }

    /// The next moment after a day at which the branch is open for so long: at this time, or else from the opening on.
    pub fn next_open(&self, branch: Option<&Slug>, after: NaiveDate, time: NaiveTime, lasts: Duration) -> NaiveDateTime {
        let days = || calendar::day_range(calendar::plus_days(after, 1), calendar::plus_days(after, AHEAD));
        let tomorrow = calendar::at(calendar::plus_days(after, 1), time);
        let Some(branch) = branch.and_then(|slug| self.branch(slug)) else { return tomorrow };
        let at_that_time = days().map(|day| calendar::at(day, time)).find(|starts| is_open(branch, *starts, lasts));
        let from_opening = || {
            let openings = days().flat_map(|day| branch.hours.on(day).intervals.iter().map(move |open| open.on(day).0).collect::<Vec<_>>());
            openings.into_iter().find(|starts| is_open(branch, *starts, lasts))
        };
        at_that_time.or_else(from_opening).unwrap_or(tomorrow)
    }
}

/// Is the branch open from a moment on for so long?
fn is_open(branch: &Branch, starts: NaiveDateTime, lasts: Duration) -> bool {
    let ends = calendar::plus(starts, lasts);
    branch.hours.on(starts.date()).intervals.iter().any(|open| {
        let (opens, closes) = open.on(starts.date());
        opens <= starts && ends <= closes
    })
}

/// The words of a title, without their plural.
fn words(title: &str) -> Vec<String> {
    title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(stem).collect()
}

fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    match lower.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => lower.strip_suffix('s').filter(|stem| stem.chars().count() > 2).unwrap_or(&lower).to_owned(),
    }
}

/// What there is most of; of two, the smaller.
fn most_common<T: Ord>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(one, _)| one)
}

#[cfg(test)]
mod tests {
    use super::{most_common, words};

    #[test]
    fn a_title_tells_for_whom_it_is() {
        assert_eq!(words("Toddlers' Story-Time"), ["toddler", "story", "time"]);
        assert_eq!(words("Babies & families"), ["baby", "family"]);
        assert_eq!(words("By bus"), ["by", "bus"]);
    }

    #[test]
    fn what_there_is_most_of() {
        assert_eq!(most_common([3, 1, 2, 3, 1].into_iter()), Some(1));
        assert_eq!(most_common([3, 1, 3].into_iter()), Some(3));
        assert_eq!(most_common([0; 0].into_iter()), None);
    }
}
