//! Programs: the series that events belong to.

use crate::content::entry::{Links, Thing, World, words};
use crate::content::fields::Fields;
use crate::content::page::LAST;
use crate::content::shared_keys as shared;
use crate::content::silences::IGNORE;
use crate::library::{Entry, Program};
use crate::settings::key::{Known, Takes, key};

/// The keys of a program.
pub(super) const KEYS: &[Known] = &[
    key("title", "what it is called, on one line").example("Story Time").needed(),
    key("id", "its name in events").takes(Takes::Slug).default("the file's name").example("story-time"),
    shared::SUMMARY,
    shared::DESCRIPTION,
    shared::IMAGE,
    shared::IMAGE_ALT,
    shared::AUDIENCE,
    shared::TOPICS,
    key("contact", "whom to ask").example("Ana Silva, 518-555-0100"),
    shared::ORDER,
    shared::FEATURED,
    shared::LANGUAGE,
    shared::SLUG,
    shared::ALIASES,
    shared::DRAFT,
    shared::VISIBLE_FROM,
    shared::VISIBLE_UNTIL,
    IGNORE,
];

/// Reads what is special about a program.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, _links: &mut Links) -> Thing {
    let audience = fields.terms("audience", &world.settings.audiences);
    let topics = fields.terms("topics", &world.settings.topics);
    let order = fields.number("order").unwrap_or(LAST);
    Thing::Program(Program { entry, order, audience, topics, contact: words(fields, "contact") })
}
