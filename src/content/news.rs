//! News: dated posts.

use crate::content::entry::{Links, Thing, World, words};
use crate::content::fields::{Fields, day};
use crate::content::silences::IGNORE;
use crate::library::{Entry, News};
use crate::settings::key::{Known, key};

/// The keys of a news post.
pub(super) const KEYS: &[Known] = &[
    key("title", "its headline, on one line"),
    key("date", "its day, such as `2026-12-01`"),
    key("summary", "one or two sentences for lists and feeds"),
    key("description", "for search engines, where the summary does not do"),
    key("image", "a picture beside this file"),
    key("image_alt", "what the picture shows, in a sentence; or `decorative`"),
    key("author", "who wrote it"),
    key("topics", "about what, from the list in site.toml"),
    key("featured", "`true` to show it on the home page"),
    key("slug", "its name in its address, where the file's name does not do"),
    key("aliases", "earlier addresses that lead here"),
    key("draft", "`true` while it is not to be shown"),
    key("visible_from", "the first day, or moment, it is shown"),
    key("visible_until", "the last day it is shown"),
    IGNORE,
];

/// Reads what is special about a news post.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, _links: &mut Links) -> Thing {
    let there = fields.has("date");
    let date = fields.parsed("date", day);
    if !there {
        fields.missing("date", "2026-12-01");
    }
    let author = words(fields, "author");
    let topics = fields.terms("topics", &world.settings.topics);
    match date {
        Some(date) => Thing::News(News { entry, date: date.value, author, topics }),
        None => Thing::Broken(entry),
    }
}
