//! Two events in one room at one time, and an event on a day its branch is closed, or open at other hours, when nobody said what happens then.

use std::collections::BTreeMap;

use crate::calendar::{self, Language, NaiveDate, OnClosing};
use crate::checks::{Site, key_span};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};
use crate::library::{Branch, Dated, Occurrence, closings};

/// How many days ahead are looked at: half a year.
const DAYS: i64 = 183;

/// Each clash is said once for a pair of files, at its first date, with the number of further ones.
pub fn check(site: &Site<'_>) -> Diagnostics {
    let today = site.now.today();
    let agenda = site.brief.library.agenda(today, calendar::plus_days(today, DAYS));
    let taking_place: Vec<&Dated> = agenda.iter().filter(|dated| dated.date.status.takes_place()).collect();
    let mut wrong = Diagnostics::new();
    wrong.append(rooms(site, &taking_place));
    wrong.append(closings(site, &taking_place));
    wrong
}

fn rooms(site: &Site<'_>, agenda: &[&Dated]) -> Diagnostics {
    let mut by_room: BTreeMap<(&str, &str), Vec<&Dated>> = BTreeMap::new();
    for dated in agenda {
        if let (Some(branch), Some(room)) = (&dated.date.place.branch, &dated.date.place.room) {
            by_room.entry((branch.as_str(), room)).or_default().push(dated);
        }
    }
    let mut pairs: BTreeMap<(&FileId, &FileId), (NaiveDate, usize, &Dated, &Dated)> = BTreeMap::new();
    for dates in by_room.values() {
        for (at, first) in dates.iter().enumerate() {
            let Some(ends) = first.date.ends else { continue };
            for second in dates[at + 1..].iter().take_while(|second| second.date.starts < ends) {
                let key = (&first.event.entry.file, &second.event.entry.file);
                pairs.entry(key).and_modify(|(_, more, ..)| *more += 1).or_insert((first.date.day(), 0, first, second));
            }
        }
    }
    let say = |(on, more, first, second): (NaiveDate, usize, &Dated, &Dated)| {
        let file = &second.event.entry.file;
        let room = first.date.place.room.as_deref().unwrap_or_default();
        let (one, other) = (first.date.title(&first.event), second.date.title(&second.event));
        let date = calendar::long_date_with_year(on);
        Diagnostic::warning(codes::ROOM_CLASH, format!("\"{other}\" and \"{one}\" are both in {room} on {date}{}", and_more(more)))
            .at(file, key_span(site.sources, file, "room"))
            .also(&first.event.entry.file, key_span(site.sources, &first.event.entry.file, "room"), "the other one")
            .help("give one of them another room or time; for one date only, under `changes:`")
    };
    pairs.into_values().map(say).collect()
}

fn closings(site: &Site<'_>, agenda: &[&Dated]) -> Diagnostics {
    let mut by_file: BTreeMap<&FileId, (&Dated, String, usize)> = BTreeMap::new();
    for dated in agenda.iter().filter(|dated| dated.date.place.off_site.is_none()) {
        let Some(branch) = dated.date.place.branch.as_ref().and_then(|slug| site.brief.library.branch(slug)) else { continue };
        let said = dated.event.on_closing_of(&dated.date.id);
        let Some(closed) = closed(branch, &dated.date, said, site.brief.settings.calendar.on_closing) else { continue };
        by_file.entry(&dated.event.entry.file).and_modify(|(.., more)| *more += 1).or_insert((dated, closed, 0));
    }
    let say = |(file, (dated, closed, more)): (&FileId, (&Dated, String, usize))| {
        let date = dated.date.day();
        let title = dated.date.title(&dated.event);
        let words = calendar::long_date_with_year(date);
        Diagnostic::warning(codes::CLOSED_THAT_DAY, format!("\"{title}\" is on {words}, when {closed}{}", and_more(more)))
            .at(file, key_span(site.sources, file, if dated.event.is_single() { "starts" } else { "repeats" }))
            .help(if dated.event.is_single() {
                "move it to another day; or say what happens with a line `on_closing: cancel` or `on_closing: keep`".to_owned()
            } else {
                format!(
                    "say what happens on such days with `on_closing: cancel` or `on_closing: keep`; or leave the date out with `skips: [{date}]`"
                )
            })
    };
    by_file.into_iter().map(say).collect()
}

/// How a branch is closed to what takes place in it on a date; none where its doors are open, or somebody has said what happens then.
fn closed(branch: &Branch, date: &Occurrence, said: Option<OnClosing>, otherwise: Option<OnClosing>) -> Option<String> {
    let name = &branch.entry.title;
    let day = branch.hours.on(date.day());
    if !branch.hours.are_known() || date.last_day().is_some() {
        return None;
    }
    let reason = day.reason.map(|reason| format!(" for {}", calendar::in_a_sentence(reason))).unwrap_or_default();
    let Some(special) = day.special else {
        let season = day.season.map(|season| format!(" ({})", season.name)).unwrap_or_default();
        return (day.intervals.is_empty() && said != Some(OnClosing::Keep)).then(|| format!("{name} is closed{season}"));
    };
    if closings::decision(special, said, otherwise) == Some(OnClosing::Keep) {
        return None;
    }
    if special.intervals.is_empty() {
        return Some(format!("{name} is closed{reason}"));
    }
    let starts = date.starts.naive_local();
    let taken = branch.hours.take_away(starts, date.ends.map_or(starts, |ends| ends.naive_local()));
    let only = if branch.hours.adds(date.day()) { "" } else { " only" };
    taken.then(|| format!("{name} is open{only} {}{reason}", special.hours_in_words(Language::English)))
}

fn and_more(more: usize) -> String {
    match more {
        0 => String::new(),
        1 => ", and on 1 more date".to_owned(),
        more => format!(", and on {more} more dates"),
    }
}
