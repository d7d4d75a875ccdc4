//! Pages: everything else.

use crate::content::entry::{Links, Thing, World, words};
use crate::content::fields::Fields;
use crate::content::silences::IGNORE;
use crate::library::{Entry, Page};
use crate::settings::key::{Known, key};

/// The keys of a page.
pub(super) const KEYS: &[Known] = &[
    key("title", "its title, on one line"),
    key("summary", "one or two sentences for lists"),
    key("description", "for search engines, where the summary does not do"),
    key("image", "a picture beside this file"),
    key("image_alt", "what the picture shows, in a sentence; or `decorative`"),
    key("order", "a number: smaller ones stand first among their neighbours"),
    key("menu", "its label in the main menu"),
    key("slug", "its name in its address, where the file's name does not do"),
    key("aliases", "earlier addresses that lead here"),
    key("draft", "`true` while it is not to be shown"),
    key("visible_from", "the first day, or moment, it is shown"),
    key("visible_until", "the last day it is shown"),
    IGNORE,
];

/// Where a page without `order` stands: after those that have one.
const LAST: i64 = 1_000_000;

/// Reads what is special about a page.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, _world: World<'_>, _links: &mut Links) -> Thing {
    let order = fields.number("order").unwrap_or(LAST);
    Thing::Page(Page { entry, order, menu: words(fields, "menu") })
}
