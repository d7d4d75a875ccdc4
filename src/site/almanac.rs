//! The library seen from one day: its dates in order, and who has which of them. Made once for a plan, so that no page searches.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

use super::banners::Posted;
use super::views::parts::{Link, Row};
use super::words;
use crate::calendar::{self, Language, NaiveDate, NaiveDateTime, Now};
use crate::diagnostic::FileId;
use crate::library::{Branch, Entry, Event, Library, Occurrence, PagePath, Slug};
use crate::settings::Settings;
use crate::theme::Words;

/// One date of an event, and how lists show it.
pub(super) struct Due {
    pub(super) event: Arc<Event>,
    pub(super) date: Occurrence,
    /// The day it stands under in lists: the day it begins, or today for what began before and is still on.
    pub(super) under: NaiveDate,
    pub(super) row: Arc<Row>,
}

impl Due {
    /// Does it stand under today because it is still on? Then it stands under the day it began as well.
    pub(super) fn is_still_on(&self) -> bool {
        self.under != self.date.day()
    }
}

/// A branch as places name it.
pub(super) struct Known {
    pub(super) link: Link,
    /// "12 Mill Street, Stonebridge".
    pub(super) address: Option<String>,
}

/// The library, the settings and the dates within the months that have pages.
pub(super) struct Almanac<'a> {
    pub(super) library: &'a Library,
    pub(super) settings: &'a Settings,
    /// What pages say by themselves, in the language of this almanac.
    pub(super) words: Arc<Words>,
    /// The language that dates and times are said in.
    pub(super) language: Language,
    /// The folder of its pages: empty for the site's first language, else `/es`.
    pub(super) folder: String,
    /// The local date that the site is made for.
    pub(super) today: NaiveDate,
    /// The local moment that it is made at: to be compared with moments that content names, and nothing else.
    pub(super) now: NaiveDateTime,
    /// The last day of the last month that has pages.
    pub(super) last: NaiveDate,
    /// The first days of the months that have pages.
    pub(super) months: Vec<NaiveDate>,
    /// The audiences that somebody is invited by, in the order of site.toml, with their labels.
    pub(super) audiences: Vec<(Slug, String)>,
    agenda: Vec<Due>,
    /// What lasts over a day, under the day it begins.
    lasting: Vec<u32>,
    /// Where the dates of today begin.
    today_at: usize,
    by_event: HashMap<&'a str, Vec<u32>>,
    by_branch: HashMap<Slug, Vec<u32>>,
    by_program: HashMap<&'a Slug, Vec<u32>>,
    by_audience: HashMap<&'a Slug, Vec<u32>>,
    branches: HashMap<&'a Slug, Known>,
    pub(super) page_of_file: HashMap<&'a FileId, &'a PagePath>,
    /// The pages directly below an address, in their order.
    pub(super) below: BTreeMap<String, Vec<&'a Entry>>,
    /// Titles of pages by address, for the trail.
    pub(super) titles: HashMap<&'a str, &'a str>,
    /// What stands at the top of pages.
    pub(super) posted: Vec<Posted>,
    /// Addresses of the site that the menu leads to.
    pub(super) menu_paths: Vec<String>,
}

impl<'a> Almanac<'a> {
    pub(super) fn new(library: &'a Library, settings: &'a Settings, words: &Arc<Words>, now: Now) -> Almanac<'a> {
        let today = now.today();
        let reach = |months: u32| i32::try_from(months).unwrap_or(i32::MAX);
        let first = calendar::plus_months(today, -reach(settings.calendar.behind));
        let last = calendar::last_of_month(calendar::plus_months(today, reach(settings.calendar.ahead)));
        let months = months_between(first, last);
        let mut agenda: Vec<Due> = library
            .events
            .par_iter()
            .flat_map_iter(|event| {
                let due = move |date: Occurrence, under| Due { event: Arc::clone(event), date, under, row: Arc::default() };
                let still_on = event.lasting_into(library.zone, today).into_iter().map(move |date| (date, today));
                let lasting = event.lasting_into(library.zone, first);
                let dates = lasting.into_iter().chain(library.dates(event, first, last)).map(|date| (date.day(), date));
                dates.map(|(day, date)| (date, day)).chain(still_on).map(move |(date, under)| due(date, under))
            })
            .collect();
        // What is still on stands behind what happens that day.
        agenda.par_sort_by(|a, b| {
            let place = (a.under, a.is_still_on(), a.date.starts).cmp(&(b.under, b.is_still_on(), b.date.starts));
            place.then_with(|| (a.date.title(&a.event), &a.date.id).cmp(&(b.date.title(&b.event), &b.date.id)))
        });
        let today_at = agenda.partition_point(|dated| dated.under < today);

        let events: HashMap<&str, &'a Event> = library.events.iter().map(|event| (event.id.as_str(), event.as_ref())).collect();
        let mut by_event: HashMap<&'a str, Vec<u32>> = HashMap::with_capacity(library.events.len());
        let mut lasting = Vec::new();
        let mut by_branch: HashMap<Slug, Vec<u32>> = HashMap::new();
        let mut by_program: HashMap<&'a Slug, Vec<u32>> = HashMap::new();
        let mut by_audience: HashMap<&'a Slug, Vec<u32>> = HashMap::new();
        for (at, dated) in (0u32..).zip(&agenda) {
            let Some(event) = events.get(dated.event.id.as_str()) else { continue };
            if !dated.is_still_on() {
                by_event.entry(event.id.as_str()).or_default().push(at);
                if dated.date.last_day().is_some() {
                    lasting.push(at);
                }
            }
            if (at as usize) < today_at {
                continue;
            }
            if let Some(branch) = &dated.date.place.branch {
                match by_branch.get_mut(branch) {
                    Some(dates) => dates.push(at),
                    None => drop(by_branch.insert(branch.clone(), vec![at])),
                }
            }
            if let Some(program) = &event.program {
                by_program.entry(program).or_default().push(at);
            }
            for audience in &event.audience {
                by_audience.entry(audience).or_default().push(at);
            }
        }
        let used = |slug: &Slug| library.events.iter().any(|event| event.audience.contains(slug));
        let audiences = settings.audiences.0.iter().filter(|(slug, _)| used(slug)).cloned().collect();
        let mut almanac = Almanac {
            library,
            settings,
            words: Arc::clone(words),
            language: words.language(),
            folder: if words.language() == settings.site.languages[0] { String::new() } else { format!("/{}", words.language().tag()) },
            today,
            now: now.local(),
            last,
            months,
            audiences,
            agenda,
            lasting,
            today_at,
            by_event,
            by_branch,
            by_program,
            by_audience,
            branches: library.branches.iter().map(|branch| (&branch.entry.slug, known(branch, settings))).collect(),
            page_of_file: HashMap::new(),
            below: BTreeMap::new(),
            titles: HashMap::new(),
            posted: Vec::new(),
            menu_paths: Vec::new(),
        };
        almanac.chart_pages();
        almanac.posted = almanac.posted();
        // Each row is made once, however many lists show it.
        let mut agenda = std::mem::take(&mut almanac.agenda);
        agenda.par_iter_mut().for_each(|due| due.row = Arc::new(almanac.row(due)));
        almanac.agenda = agenda;
        almanac
    }

    fn chart_pages(&mut self) {
        let library = self.library;
        let pages = library.pages.iter().map(|page| &page.entry).chain(library.home.iter().map(|home| &home.entry));
        let rest = library.events.iter().map(|event| &event.entry).chain(library.programs.iter().map(|program| &program.entry));
        let rest = rest.chain(library.branches.iter().map(|branch| &branch.entry)).chain(library.news.iter().map(|news| &news.entry));
        for entry in pages.chain(rest) {
            self.page_of_file.insert(&entry.file, &entry.path);
        }
        let mut ordered: Vec<_> = library.pages.iter().collect();
        ordered.sort_by(|a, b| (a.order, &a.entry.title, &a.entry.path).cmp(&(b.order, &b.entry.title, &b.entry.path)));
        for page in ordered {
            self.titles.insert(page.entry.path.as_str(), &page.entry.title);
            if let Some(parent) = parent(page.entry.path.as_str()) {
                self.below.entry(parent.to_owned()).or_default().push(&page.entry);
            }
        }
    }

    /// The branch with this slug.
    pub(super) fn branch(&self, slug: &Slug) -> Option<&Known> {
        self.branches.get(slug)
    }

    /// All dates from one day to another, both included, within the months that have pages; under today also what is still on.
    pub(super) fn between(&self, from: NaiveDate, to: NaiveDate) -> &[Due] {
        let start = self.agenda.partition_point(|dated| dated.under < from);
        let end = self.agenda.partition_point(|dated| dated.under <= to);
        self.agenda.get(start..end).unwrap_or_default()
    }

    /// The dates that begin in the month of this first day.
    pub(super) fn in_month(&self, month: NaiveDate) -> impl Iterator<Item = &Due> {
        self.between(month, calendar::last_of_month(month)).iter().filter(|due| !due.is_still_on())
    }

    /// What began before the month of this first day and lasts into it.
    pub(super) fn lasting_into(&self, month: NaiveDate) -> impl Iterator<Item = (&Due, NaiveDate)> {
        let lasting = self.lasting.iter().filter_map(|at| self.agenda.get(*at as usize));
        lasting.filter_map(move |due| Some((due, due.date.last_day()?))).filter(move |(due, last)| due.under < month && *last >= month)
    }

    /// All dates from today on, and what is still on.
    pub(super) fn coming(&self) -> &[Due] {
        self.agenda.get(self.today_at..).unwrap_or_default()
    }

    /// Dates of an event within the months that have pages.
    pub(super) fn of_event(&self, event: &Event) -> impl DoubleEndedIterator<Item = &Due> {
        self.dates(self.by_event.get(event.id.as_str()))
    }

    /// Its dates that a closing of its branch cancels, within the months that have pages.
    pub(super) fn called_off(&self, event: &Event) -> impl Iterator<Item = &Occurrence> {
        self.of_event(event).map(|due| &due.date).filter(|date| date.by_closing)
    }

    /// Coming dates in a branch.
    pub(super) fn in_branch(&self, branch: &Slug) -> impl DoubleEndedIterator<Item = &Due> {
        self.dates(self.by_branch.get(branch))
    }

    /// Coming dates of a program.
    pub(super) fn of_program(&self, program: &Slug) -> impl DoubleEndedIterator<Item = &Due> {
        self.dates(self.by_program.get(program))
    }

    /// Coming dates for an audience.
    pub(super) fn for_audience(&self, audience: &Slug) -> impl DoubleEndedIterator<Item = &Due> {
        self.dates(self.by_audience.get(audience))
    }

    fn dates<'s>(&'s self, found: Option<&'s Vec<u32>>) -> impl DoubleEndedIterator<Item = &'s Due> {
        found.into_iter().flatten().filter_map(|at| self.agenda.get(*at as usize))
    }

    /// Does this audience have a list?
    pub(super) fn has_audience(&self, audience: &Slug) -> bool {
        self.audiences.iter().any(|(known, _)| known == audience)
    }
}

fn known(branch: &Branch, settings: &Settings) -> Known {
    let link = Link { label: branch.entry.title.clone(), href: settings.site.href(&branch.entry.path) };
    let address = branch.address.as_ref().map(words::address).filter(|address| !address.is_empty());
    Known { link, address }
}

/// The address one step up: `/visit/` of `/visit/rooms/`.
pub(super) fn parent(path: &str) -> Option<&str> {
    let inner = path.strip_suffix('/')?;
    inner.rfind('/').map(|at| &inner[..=at])
}

fn months_between(first: NaiveDate, last: NaiveDate) -> Vec<NaiveDate> {
    let mut months = vec![first];
    while let Some(next) = months.last().map(|month| calendar::next_month(*month)).filter(|next| *next <= last) {
        if months.last() == Some(&next) {
            break;
        }
        months.push(next);
    }
    months
}
