//! Branches: where they are, when they are open, what is on there.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{AccessWords, BranchLine, Day, Link, OpenToday, Page, Phone, Picture};
use crate::calendar::{self, Datelike, NaiveDate, Season};
use crate::library::{Branch, Slug};
use crate::site::addresses;
use crate::site::almanac::{Almanac, Due};
use crate::site::words;

/// `branches.html`: all of them.
#[derive(Serialize, Debug)]
pub struct Branches {
    /// What every page has.
    pub page: Page,
    /// The main one first.
    pub branches: Vec<BranchLine>,
}

/// `branch.html`
#[derive(Serialize, Debug)]
pub struct BranchPage {
    /// What every page has.
    pub page: Page,
    /// Its name.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Its hours today.
    pub open: OpenToday,
    /// The hours of this week, from its first day.
    pub week: Vec<OpenDay>,
    /// The parts of the year with other hours: the one that is now, and those that begin within half a year.
    pub seasons: Vec<SeasonHours>,
    /// The days of the next two months on which it is closed or has other hours.
    pub special: Vec<SpecialDays>,
    /// "12 Mill Street, Stonebridge, NY 12999".
    pub address: Option<String>,
    /// A map of it, on another site.
    pub map: Option<String>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// E-mail.
    pub email: Option<String>,
    /// How to get in and about.
    pub access: Option<AccessWords>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// Its words.
    pub body: Arc<str>,
    /// The next programs here.
    pub days: Vec<Day>,
    /// How many more there are within the months shown.
    pub more: Option<Link>,
}

/// The hours of one day.
#[derive(Serialize, Debug)]
pub struct OpenDay {
    /// `2026-12-03`.
    pub iso: String,
    /// "Thursday".
    pub weekday: &'static str,
    /// "December 3".
    pub date: String,
    /// "10 am to 8 pm", "closed".
    pub hours: String,
    /// Why they are not the usual ones.
    pub reason: Option<String>,
    /// Is it the day the page was made for?
    pub today: bool,
}

/// A part of the year with weekly hours of its own.
#[derive(Serialize, Debug)]
pub struct SeasonHours {
    /// "Summer hours".
    pub name: String,
    /// Its first day: "June 15".
    pub from: String,
    /// `2027-06-15`.
    pub from_iso: String,
    /// Its last day: "September 5".
    pub to: String,
    /// `2027-09-05`.
    pub to_iso: String,
    /// The days that it says, from the first day of the week.
    pub days: Vec<SeasonDay>,
    /// Has it hours for every day of the week?
    pub whole_week: bool,
}

/// The hours of one day of the week in a season.
#[derive(Serialize, Debug)]
pub struct SeasonDay {
    /// "Friday".
    pub weekday: &'static str,
    /// "10 am to 4 pm", "closed".
    pub hours: String,
}

/// Days in a row with the same hours for the same reason.
#[derive(Serialize, Debug)]
pub struct SpecialDays {
    /// "November 23"; with its weekday when it is the only one: "Thursday, December 24".
    pub from: String,
    /// `2026-11-23`.
    pub from_iso: String,
    /// "December 4"; none for one day.
    pub to: Option<String>,
    /// `2026-12-04`.
    pub to_iso: Option<String>,
    /// "10 am to 2 pm", "closed".
    pub hours: String,
    /// Why they are not the usual ones.
    pub reason: Option<String>,
}

/// So many programs a branch's page shows, and then the rest of the day.
const PROGRAMS: usize = 12;
/// How far ahead seasons are shown.
const SEASONS: i64 = 183;
/// How far ahead closings are shown.
const CLOSINGS: i64 = 62;
/// How far beyond them the ends of a closing are looked for.
const LONGEST_CLOSING: i64 = 400;

impl Branches {
    pub(in crate::site) fn new(almanac: &Almanac<'_>) -> Branches {
        Branches {
            page: almanac.page(&almanac.say("branches-and-hours"), &almanac.at(addresses::BRANCHES)),
            branches: almanac.library.branches.iter().map(|branch| almanac.branch_line(branch)).collect(),
        }
    }
}

impl BranchPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, branch: &Branch) -> BranchPage {
        let entry = &branch.entry;
        let address = branch.address.as_ref().map(words::address).filter(|address| !address.is_empty());
        let (mut days, more) = next_programs(almanac, &entry.slug);
        // Here the room is enough.
        let here = format!(", {}", entry.title);
        for place in days.iter_mut().flat_map(|day| &mut day.rows).filter_map(|row| Arc::make_mut(row).place.as_mut()) {
            if let Some(room) = place.strip_suffix(&here) {
                *place = room.to_owned();
            }
        }
        let mut page = almanac.page_of(entry, &entry.title);
        page.banners = almanac.banners_in(&entry.slug);
        BranchPage {
            page,
            seasons: seasons(almanac, branch),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            open: almanac.open_today(branch),
            week: week(almanac, branch),
            special: special(almanac, branch),
            map: address.as_deref().map(map_of),
            address,
            phone: branch.phone.as_deref().map(words::phone),
            email: branch.email.clone(),
            access: branch.access.as_ref().filter(|access| access.offers.is_some()).map(|access| {
                let (offers, language) = almanac.offers(access.offers.as_deref(), access.language.clone());
                AccessWords { offers, language, ask: None }
            }),
            picture: entry.image.as_ref().map(|image| almanac.picture(image)),
            body: Arc::clone(&entry.body.html),
            days,
            more,
        }
    }
}

/// The next programs in a branch, whole days, and a link to the agenda when there are more.
fn next_programs(almanac: &Almanac<'_>, branch: &Slug) -> (Vec<Day>, Option<Link>) {
    let mut dates = almanac.in_branch(branch).peekable();
    let mut shown = Vec::new();
    while let Some(next) = dates.next_if(|next| shown.len() < PROGRAMS || shown.last().is_some_and(|last: &&Due| last.under == next.under))
    {
        shown.push(next);
    }
    let more = dates.peek().map(|_| Link { label: almanac.say("all-programs"), href: almanac.href_at(addresses::AGENDA) });
    (almanac.days(shown), more)
}

/// The seasons that are now or come within half a year, in order.
fn seasons(almanac: &Almanac<'_>, branch: &Branch) -> Vec<SeasonHours> {
    let today = almanac.today;
    let around = branch.hours.seasons().iter().filter_map(|season| Some((season, season.when.around(today)?)));
    let mut coming: Vec<_> = around.filter(|(_, (first, _))| *first <= calendar::plus_days(today, SEASONS)).collect();
    coming.sort_by_key(|(_, days)| *days);
    let week = calendar::start_of_week(today, almanac.settings.calendar.week_starts);
    let weekdays = || calendar::day_range(week, calendar::plus_days(week, 6)).map(|date| date.weekday());
    let shown = |(season, (first, last)): (&Season, (NaiveDate, NaiveDate))| {
        let day =
            |weekday| Some(SeasonDay { weekday: almanac.language.weekday_name(weekday), hours: almanac.hours_words(season.on(weekday)?) });
        SeasonHours {
            name: season.name.clone(),
            from: almanac.day_words(first),
            from_iso: first.to_string(),
            to: almanac.day_words(last),
            to_iso: last.to_string(),
            days: weekdays().filter_map(day).collect(),
            whole_week: weekdays().all(|weekday| season.on(weekday).is_some()),
        }
    };
    coming.into_iter().map(shown).collect()
}

/// The closings and other hours of the coming weeks, days in a row as one, with the day they truly began.
fn special(almanac: &Almanac<'_>, branch: &Branch) -> Vec<SpecialDays> {
    let today = almanac.today;
    let last = calendar::plus_days(today, CLOSINGS);
    let same = |a: NaiveDate, b: NaiveDate| {
        let (a, b) = (branch.hours.on(a), branch.hours.on(b));
        b.special.is_some() && (a.intervals, a.reason) == (b.intervals, b.reason)
    };
    let mut all = Vec::new();
    let mut day = today;
    while day <= last {
        let hours = branch.hours.on(day);
        if hours.special.is_none() {
            day = calendar::plus_days(day, 1);
            continue;
        }
        let before = (1..LONGEST_CLOSING).map(|days| calendar::minus_days(day, days)).take_while(|other| same(day, *other)).last();
        let behind = (1..LONGEST_CLOSING).map(|days| calendar::plus_days(day, days)).take_while(|other| same(day, *other)).last();
        let (from, to) = (before.unwrap_or(day), behind.unwrap_or(day));
        let several = from != to;
        all.push(SpecialDays {
            from: if several { almanac.day_words(from) } else { almanac.date_words(from) },
            from_iso: from.to_string(),
            to: several.then(|| almanac.day_words(to)),
            to_iso: several.then(|| to.to_string()),
            hours: almanac.hours_words(hours.intervals),
            reason: hours.reason.map(|reason| almanac.local(reason)),
        });
        day = calendar::plus_days(to, 1);
    }
    all
}

/// The hours of this week, from its first day.
pub(super) fn week(almanac: &Almanac<'_>, branch: &Branch) -> Vec<OpenDay> {
    let first = calendar::start_of_week(almanac.today, almanac.settings.calendar.week_starts);
    calendar::day_range(first, calendar::plus_days(first, 6)).map(|date| open_day(almanac, branch, date)).collect()
}

fn open_day(almanac: &Almanac<'_>, branch: &Branch, date: NaiveDate) -> OpenDay {
    let day = branch.hours.on(date);
    OpenDay {
        iso: date.to_string(),
        weekday: almanac.language.weekday_name(date.weekday()),
        date: almanac.language.month_and_day(date),
        hours: almanac.hours_words(day.intervals),
        reason: day.reason.map(|reason| almanac.local(reason)),
        today: date == almanac.today,
    }
}

/// A search for an address on a map that asks for no account.
pub(super) fn map_of(address: &str) -> String {
    let query: String = url::form_urlencoded::byte_serialize(address.as_bytes()).collect();
    format!("https://www.openstreetmap.org/search?query={query}")
}
