//! A month as one true table.

use std::sync::Arc;

use serde::Serialize;

use super::agenda::{self, MonthLinks};
use super::parts::{Lasting, Page, Row};
use crate::calendar::{self, Datelike, NaiveDate};
use crate::site::addresses;
use crate::site::almanac::Almanac;

/// `calendar.html`
#[derive(Serialize, Debug)]
pub struct MonthTable {
    /// What every page has.
    pub page: Page,
    /// "December 2026".
    pub name: String,
    /// "41 programs".
    pub count: String,
    /// What began before it and is still on.
    pub lasting: Vec<Lasting>,
    /// The days of the week in the order of the columns.
    pub weekdays: Vec<Weekday>,
    /// The rows: seven cells each.
    pub weeks: Vec<Vec<Cell>>,
    /// The months beside it.
    pub months: MonthLinks,
    /// The same month as a list.
    pub list: String,
}

/// The head of a column.
#[derive(Serialize, Debug)]
pub struct Weekday {
    /// "Thursday".
    pub name: &'static str,
    /// "Thu".
    pub short: &'static str,
}

/// One day of the table.
#[derive(Serialize, Debug)]
pub struct Cell {
    /// `2026-12-03`.
    pub iso: String,
    /// 1 to 31.
    pub day: u32,
    /// "Thursday, December 3".
    pub words: String,
    /// Does it belong to another month? Then it has no rows.
    pub outside: bool,
    /// Its programs.
    pub rows: Vec<Arc<Row>>,
}

impl MonthTable {
    /// The table of a month, at its own address and, for the present month, also at `/calendar/`.
    pub(in crate::site) fn new(almanac: &Almanac<'_>, month: NaiveDate, address: &str) -> MonthTable {
        let name = almanac.language.month_and_year(month);
        let first = almanac.settings.calendar.week_starts;
        let weeks = calendar::month_weeks(month, first);
        let names = weeks.first().map(|week| week.map(|day| day.weekday())).into_iter().flatten();
        let cell = |day: NaiveDate| {
            let outside = day.month() != month.month();
            let dates = if outside { &[] } else { almanac.between(day, day) }.iter().filter(|due| !due.is_still_on());
            Cell {
                iso: day.to_string(),
                day: day.day(),
                words: almanac.language.long_date(day),
                outside,
                rows: dates.map(|dated| Arc::clone(&dated.row)).collect(),
            }
        };
        let lasting = agenda::lasting(almanac, month);
        let own = almanac.at(&addresses::month_table(month));
        let mut page = almanac.page(&almanac.say_of("calendar-of", "month", &name), address);
        page.canonical = almanac.settings.site.url(&own);
        page.unlisted = address != own;
        page.section =
            page.section.or_else(|| almanac.menu_paths.iter().find(|to| **to == almanac.at(addresses::AGENDA)).map(|to| almanac.href(to)));
        MonthTable {
            page,
            count: almanac.words.count("programs", almanac.in_month(month).count() + lasting.len()),
            lasting,
            weekdays: names
                .map(|day| Weekday { name: almanac.language.weekday_name(day), short: almanac.language.weekday_short(day) })
                .collect(),
            weeks: weeks.into_iter().map(|week| week.map(cell).into()).collect(),
            months: MonthLinks::new(almanac, Some(month), addresses::month_table),
            list: almanac.href_at(&addresses::month_list(month)),
            name,
        }
    }
}
