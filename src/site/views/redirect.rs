//! The page at an earlier address: it leads to the present one.

use serde::Serialize;

use super::parts::{Link, Page};
use crate::library::{Entry, PagePath};
use crate::site::almanac::Almanac;

/// `redirect.html`
#[derive(Serialize, Debug)]
pub struct Redirect {
    /// What every page has; the canonical address is the present one.
    pub page: Page,
    /// Where to.
    pub to: Link,
}

impl Redirect {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, alias: &PagePath, entry: &Entry) -> Redirect {
        let mut page = almanac.page(&entry.title, alias.as_str());
        page.canonical = almanac.settings.site.url(&entry.path);
        page.unlisted = true;
        page.languages.clear();
        Redirect { page, to: almanac.link(entry) }
    }
}
