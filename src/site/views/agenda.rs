//! Lists of dates: the agenda, a month, what is on for an audience.

use std::sync::Arc;

use fluent_bundle::FluentValue;
use serde::Serialize;

use super::parts::{Day, Lasting, Link, Page, Stamp};
use crate::calendar::{self, NaiveDate};
use crate::library::Slug;
use crate::site::addresses;
use crate::site::almanac::{Almanac, Due};

/// `agenda.html`: Today, This week, Later.
#[derive(Serialize, Debug)]
pub struct Agenda {
    /// What every page has.
    pub page: Page,
    /// The day that the page was made for.
    pub today: Stamp,
    /// Today's programs; none on a day without any.
    pub now: Option<Day>,
    /// The rest of this week.
    pub week: Vec<Day>,
    /// The two weeks after it.
    pub later: Vec<Day>,
    /// "41 programs from December 3 to December 19".
    pub count: String,
    /// Lists by audience.
    pub audiences: Vec<Link>,
    /// Branches, each with its own programs.
    pub branches: Vec<Link>,
    /// The months that have lists.
    pub months: MonthLinks,
}

/// `month.html`: the programs of one month as a list.
#[derive(Serialize, Debug)]
pub struct Month {
    /// What every page has.
    pub page: Page,
    /// "December 2026".
    pub name: String,
    /// What began before it and is still on.
    pub lasting: Vec<Lasting>,
    /// Its days with the programs that begin on them.
    pub days: Vec<Day>,
    /// Is it over?
    pub past: bool,
    /// "41 programs".
    pub count: String,
    /// The months beside it.
    pub months: MonthLinks,
    /// The same month as a table.
    pub table: String,
}

/// `audience.html`: what is on for an audience.
#[derive(Serialize, Debug)]
pub struct AudiencePage {
    /// What every page has.
    pub page: Page,
    /// "Toddlers".
    pub name: String,
    /// The days to come with their programs.
    pub days: Vec<Day>,
    /// "41 programs from December 3 to January 1".
    pub count: String,
    /// The lists of all audiences.
    pub audiences: Vec<Link>,
}

/// The way from one month to others; only to months that have pages.
#[derive(Serialize, Debug)]
pub struct MonthLinks {
    /// The month before, "November 2026".
    pub previous: Option<Link>,
    /// The month after.
    pub next: Option<Link>,
    /// Every month from this one on, then those behind.
    pub all: Vec<Link>,
}

/// How far ahead the list of an audience looks.
const AUDIENCE_DAYS: i64 = 34;

impl Agenda {
    pub(in crate::site) fn new(almanac: &Almanac<'_>) -> Agenda {
        let today = almanac.today;
        let first = almanac.settings.calendar.week_starts;
        let week_ends = calendar::plus_days(calendar::start_of_week(today, first), 6);
        let last = calendar::plus_days(week_ends, 14).min(almanac.last);
        let all = almanac.between(today, last);
        let days = |from, to| almanac.days(almanac.between(from, to));
        let mut page = almanac.page(&almanac.say("whats-on"), &almanac.at(addresses::AGENDA));
        page.description = Some(almanac.say_of("agenda-description", "library", &almanac.local(&almanac.settings.site.title)));
        Agenda {
            page,
            today: almanac.stamp(today),
            now: days(today, today).pop(),
            week: days(calendar::plus_days(today, 1), week_ends),
            later: days(calendar::plus_days(week_ends, 1), last),
            count: count(almanac, all.len(), today, last),
            audiences: audiences(almanac),
            branches: almanac.library.branches.iter().map(|branch| almanac.link(&branch.entry)).collect(),
            months: MonthLinks::new(almanac, None, addresses::month_list),
        }
    }
}

impl Month {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, month: NaiveDate) -> Month {
        let name = almanac.language.month_and_year(month);
        let dates: Vec<&Due> = almanac.in_month(month).collect();
        let lasting = lasting(almanac, month);
        let page = almanac.page(&almanac.say_of("whats-on-in", "month", &name), &almanac.at(&addresses::month_list(month)));
        Month {
            page,
            count: almanac.words.count("programs", dates.len() + lasting.len()),
            past: calendar::last_of_month(month) < almanac.today,
            days: almanac.days(dates),
            lasting,
            months: MonthLinks::new(almanac, Some(month), addresses::month_list),
            table: almanac.href_at(&addresses::month_table(month)),
            name,
        }
    }
}

impl AudiencePage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, slug: &Slug, label: &str) -> AudiencePage {
        let label = &almanac.local(label);
        let until = calendar::plus_days(almanac.today, AUDIENCE_DAYS).min(almanac.last);
        let dates: Vec<&Due> = almanac.for_audience(slug).take_while(|dated| dated.under <= until).collect();
        let mut page = almanac.page(&almanac.say_of("whats-on-for", "name", label), &almanac.at(&addresses::audience(slug)));
        page.trail = vec![Link { label: almanac.say("whats-on"), href: almanac.href_at(addresses::AGENDA) }];
        page.section = almanac.menu_paths.iter().find(|to| **to == almanac.at(addresses::AGENDA)).map(|to| almanac.href(to));
        AudiencePage {
            page,
            name: label.to_owned(),
            count: count(almanac, dates.len(), almanac.today, until),
            days: almanac.days(dates),
            audiences: audiences(almanac),
        }
    }
}

impl MonthLinks {
    /// The way from a month (none: from the present) to the others, where `address` says they are.
    pub(in crate::site) fn new(almanac: &Almanac<'_>, from: Option<NaiveDate>, address: fn(NaiveDate) -> String) -> MonthLinks {
        let link = |month: NaiveDate| Link { label: almanac.language.month_and_year(month), href: almanac.href_at(&address(month)) };
        let near = |month: NaiveDate| almanac.months.contains(&month).then(|| link(month));
        let present = calendar::first_of_month(almanac.today);
        let (behind, ahead): (Vec<NaiveDate>, Vec<NaiveDate>) = almanac.months.iter().partition(|month| **month < present);
        MonthLinks {
            previous: from.and_then(|month| near(calendar::previous_month(month))),
            next: from.and_then(|month| near(calendar::next_month(month))),
            all: ahead.into_iter().chain(behind.into_iter().rev()).map(link).collect(),
        }
    }
}

fn audiences(almanac: &Almanac<'_>) -> Vec<Link> {
    let link = |(slug, label): &(Slug, String)| Link { label: almanac.local(label), href: almanac.href_at(&addresses::audience(slug)) };
    almanac.audiences.iter().map(link).collect()
}

/// "41 programs from December 3 to December 19".
fn count(almanac: &Almanac<'_>, programs: usize, from: NaiveDate, to: NaiveDate) -> String {
    let values: [(&str, FluentValue<'_>); 3] = [
        ("count", programs.into()),
        ("from", almanac.language.month_and_day(from).into()),
        ("to", almanac.language.month_and_day(to).into()),
    ];
    almanac.words.with("programs-between", values)
}

/// What began before a month and is on in it.
pub(super) fn lasting(almanac: &Almanac<'_>, month: NaiveDate) -> Vec<Lasting> {
    let line =
        |(due, last): (&Due, NaiveDate)| Lasting { row: Arc::clone(&due.row), until: almanac.day_words(last), iso: last.to_string() };
    almanac.lasting_into(month).map(line).collect()
}
