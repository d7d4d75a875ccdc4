//! The page for an address that leads nowhere.

use serde::Serialize;

use super::parts::{Day, Page, Stamp};
use crate::site::addresses;
use crate::site::almanac::Almanac;

/// `404.html`
#[derive(Serialize, Debug)]
pub struct NotFound {
    /// What every page has.
    pub page: Page,
    /// The day that the page was made for.
    pub today: Stamp,
    /// Today's programs; none on a day without any.
    pub now: Option<Day>,
}

impl NotFound {
    pub(in crate::site) fn new(almanac: &Almanac<'_>) -> NotFound {
        let mut page = almanac.page(&almanac.say("not-found-title"), &almanac.at(addresses::NOT_FOUND));
        page.unlisted = true;
        page.languages.clear();
        NotFound { page, today: almanac.stamp(almanac.today), now: almanac.days(almanac.between(almanac.today, almanac.today)).pop() }
    }
}
