//! The home page: is it open, what is on.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{Day, OpenToday, Page, Stamp, Teaser};
use crate::calendar;
use crate::library::Occurrence;
use crate::site::addresses;
use crate::site::almanac::{Almanac, Due};

/// `home.html`
#[derive(Serialize, Debug)]
pub struct Home {
    /// What every page has.
    pub page: Page,
    /// Each branch with its hours today.
    pub branches: Vec<OpenToday>,
    /// The day that the page was made for.
    pub today: Stamp,
    /// Today's programs; none on a day without any.
    pub now: Option<Day>,
    /// The programs of the next days.
    pub week: Vec<Day>,
    /// What staff want to be seen.
    pub featured: Vec<Teaser>,
    /// The newest posts.
    pub news: Vec<Teaser>,
    /// The words of `content/index.md`.
    pub body: Arc<str>,
}

/// The days after today that the home page shows.
const DAYS: i64 = 6;
/// So many programs of the next days at most, whole days.
const MOST: usize = 24;

impl Home {
    pub(in crate::site) fn new(almanac: &Almanac<'_>) -> Home {
        let library = almanac.library;
        let entry = library.home.as_ref().map(|home| &home.entry);
        let title = &almanac.local(&almanac.settings.site.title);
        let page = match entry {
            Some(entry) => almanac.page_of(entry, title),
            None => almanac.page(title, &almanac.at(addresses::HOME)),
        };
        let today = almanac.today;
        let now = almanac.days(almanac.between(today, today)).pop();
        let mut week: Vec<Day> = Vec::new();
        for day in almanac.days(almanac.between(calendar::plus_days(today, 1), calendar::plus_days(today, DAYS))) {
            if week.iter().map(|day| day.rows.len()).sum::<usize>() < MOST {
                week.push(day);
            }
        }
        Home {
            page,
            branches: library.branches.iter().map(|branch| almanac.open_today(branch)).collect(),
            today: almanac.stamp(today),
            now,
            week,
            featured: featured(almanac),
            news: library.news.iter().take(3).map(|news| super::news::teaser(almanac, news)).collect(),
            body: entry.map(|entry| Arc::clone(&entry.body.html)).unwrap_or_default(),
        }
    }
}

/// Featured events that are still to come, by their next dates; then programs, branches and posts.
fn featured(almanac: &Almanac<'_>) -> Vec<Teaser> {
    let library = almanac.library;
    let events = library.events.iter().filter(|event| event.entry.featured);
    let ahead = |date: &Occurrence| date.last_day().unwrap_or(date.day()) >= almanac.today;
    let mut coming: Vec<(&Due, Teaser)> = events
        .filter_map(|event| {
            let next = almanac.of_event(event).find(|dated| ahead(&dated.date) && dated.date.status.takes_place())?;
            let (date, iso) = almanac.next_words(&next.date);
            Some((next, Teaser { date: Some(date), iso: Some(iso.to_string()), ..almanac.teaser(&event.entry) }))
        })
        .collect();
    coming.sort_by_key(|(next, _)| next.date.starts);
    let programs = library.programs.iter().map(|program| &program.entry);
    let branches = library.branches.iter().map(|branch| &branch.entry);
    let others = programs.chain(branches).filter(|entry| entry.featured).map(|entry| almanac.teaser(entry));
    let news = library.news.iter().filter(|news| news.entry.featured).map(|news| super::news::teaser(almanac, news));
    coming.into_iter().map(|(_, teaser)| teaser).chain(others).chain(news).take(4).collect()
}
