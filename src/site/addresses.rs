//! Addresses of pages that no single file of `content/` makes.

use crate::calendar::{Datelike, NaiveDate};
use crate::library::{Event, PagePath, Slug};

pub(super) const HOME: &str = "/";
pub(super) const AGENDA: &str = "/events/";
pub(super) const CALENDAR: &str = "/calendar/";
pub(super) const PROGRAMS: &str = "/programs/";
pub(super) const BRANCHES: &str = "/branches/";
pub(super) const NEWS: &str = "/news/";
pub(super) const NOT_FOUND: &str = "/404.html";
pub(super) const CALENDAR_FILE: &str = "/calendar.ics";
pub(super) const NEWS_FEED: &str = "/feed.xml";
pub(super) const EVENTS_FEED: &str = "/events/feed.xml";

/// The programs of a month as a list: `/events/2026-12/`.
pub(super) fn month_list(month: NaiveDate) -> String {
    format!("{AGENDA}{}/", month_name(month))
}

/// A month as a table: `/calendar/2026-12/`.
pub(super) fn month_table(month: NaiveDate) -> String {
    format!("{CALENDAR}{}/", month_name(month))
}

/// The programs for an audience: `/audience/toddlers/`.
pub(super) fn audience(slug: &Slug) -> String {
    format!("/audience/{slug}/")
}

/// The words of a list: `/topics/`.
pub(super) fn list(name: &str) -> String {
    format!("/{name}/")
}

/// What carries a word of a list: `/topics/books/`.
pub(super) fn word(list: &str, word: &Slug) -> String {
    format!("/{list}/{word}/")
}

/// The calendar file of one event: `/events/story-time.ics`.
pub(super) fn calendar_file(event: &Event) -> String {
    format!("/events/{}.ics", event.entry.slug)
}

/// A static file of the theme: `/static/style.css`.
pub(super) fn asset(path: &str) -> String {
    format!("/static/{path}")
}

/// A picture or file of `content/`: its path there.
pub(super) fn file(path: &str) -> PagePath {
    PagePath::file(path.strip_prefix("content/").unwrap_or(path))
}

fn month_name(month: NaiveDate) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}
