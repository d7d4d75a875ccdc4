//! News: dated posts.

use crate::content::entry::{Links, Thing, World, words};
use crate::content::fields::{Fields, day};
use crate::content::shared_keys as shared;
use crate::content::silences::IGNORE;
use crate::diagnostic::{Diagnostic, codes};
use crate::library::{Entry, News};
use crate::settings::key::{Known, Takes, key};

/// The keys of a news post.
pub(super) const KEYS: &[Known] = &[
    key("title", "its headline, on one line").example("The new carpet is here").needed(),
    key("date", "its day").takes(Takes::Date).example("2026-12-01").needed(),
    key("updated", "the day it was last changed, where that matters to readers").takes(Takes::Date).example("2026-12-04"),
    key("author", "who wrote it").example("Maria Ortiz"),
    shared::SUMMARY,
    shared::DESCRIPTION,
    shared::IMAGE,
    shared::IMAGE_ALT,
    shared::AUDIENCE,
    shared::TOPICS,
    shared::FEATURED,
    shared::LANGUAGE,
    shared::SLUG,
    shared::ALIASES,
    shared::DRAFT,
    shared::VISIBLE_FROM,
    shared::VISIBLE_UNTIL,
    IGNORE,
];

/// Reads what is special about a news post.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, _links: &mut Links) -> Thing {
    let there = fields.has("date");
    let date = fields.parsed("date", day);
    if !there {
        fields.missing("date", "2026-12-01");
    }
    let updated = fields.parsed("updated", day);
    if let (Some(date), Some(updated)) = (&date, &updated)
        && updated.value < date.value
    {
        fields.report(
            Diagnostic::error(codes::UPDATED, "the post was changed before it was written")
                .at(fields.file, updated.span.clone())
                .also(fields.file, date.span.clone(), "its day")
                .help("exchange the two, or mend the one that is wrong"),
        );
    }
    let author = words(fields, "author");
    let audience = fields.terms("audience", &world.settings.audiences);
    let topics = fields.terms("topics", &world.settings.topics);
    match date {
        Some(date) => Thing::News(News { entry, date: date.value, updated: updated.map(|day| day.value), author, audience, topics }),
        None => Thing::Broken(entry),
    }
}
