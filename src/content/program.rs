//! Programs: the series that events belong to.

use crate::content::entry::{Links, Thing, World, words};
use crate::content::fields::Fields;
use crate::content::silences::IGNORE;
use crate::library::{Entry, Program};
use crate::settings::key::{Known, key};

/// The keys of a program.
pub(super) const KEYS: &[Known] = &[
    key("title", "what it is called, on one line"),
    key("id", "its name in events, where the file's name does not do"),
    key("summary", "one or two sentences for lists"),
    key("description", "for search engines, where the summary does not do"),
    key("image", "a picture beside this file"),
    key("image_alt", "what the picture shows, in a sentence; or `decorative`"),
    key("audience", "for whom, from the list in site.toml"),
    key("topics", "about what, from the list in site.toml"),
    key("contact", "whom to ask"),
    key("featured", "`true` to show it on the home page"),
    key("slug", "its name in its address, where the file's name does not do"),
    key("aliases", "earlier addresses that lead here"),
    key("draft", "`true` while it is not to be shown"),
    key("visible_from", "the first day, or moment, it is shown"),
    key("visible_until", "the last day it is shown"),
    IGNORE,
];

/// Reads what is special about a program.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, _links: &mut Links) -> Thing {
    let audience = fields.terms("audience", &world.settings.audiences);
    let topics = fields.terms("topics", &world.settings.topics);
    Thing::Program(Program { entry, audience, topics, contact: words(fields, "contact") })
}
