//! Keys that several kinds have, each said once.

use crate::settings::key::{Known, Takes, key};

pub(super) const SUMMARY: Known =
    key("summary", "one or two sentences for lists, feeds and posts").example("Songs and picture books for ages 1 to 3, with a grown-up.");
pub(super) const DESCRIPTION: Known = key("description", "for search engines, where the summary does not do")
    .default("the summary, else the first paragraph")
    .example("Free story time for toddlers at the Stonebridge library.");
pub(super) const IMAGE: Known = key("image", "a picture, by its path from this file").takes(Takes::File).example("reading-room.jpg");
pub(super) const IMAGE_ALT: Known =
    key("image_alt", "what the picture shows, in a sentence; or `decorative`; needed where there is an `image`")
        .example("A long table under green lamps, with two people reading.");
pub(super) const AUDIENCE: Known =
    key("audience", "for whom, from the list in site.toml").takes(Takes::List(&Takes::Term("audiences"))).example("[toddlers, families]");
pub(super) const TOPICS: Known =
    key("topics", "about what, from the list in site.toml").takes(Takes::List(&Takes::Term("topics"))).example("[books, writing]");
pub(super) const ORDER: Known = key("order", "a number: smaller ones stand first among their neighbors")
    .takes(Takes::Number(-1_000_000, 1_000_000))
    .default("behind those that have one, by title")
    .example("10");
pub(super) const FEATURED: Known =
    key("featured", "`true` to show it on the home page").takes(Takes::YesNo).default("false").example("true");
pub(super) const LANGUAGE: Known = key("language", "the language of its words as a BCP 47 tag, where it is not the site's")
    .default("the language of the site")
    .example("es");
pub(super) const SLUG: Known = key("slug", "its name in its address").takes(Takes::Slug).default("the file's name").example("library-card");
pub(super) const ALIASES: Known =
    key("aliases", "earlier addresses that lead here").takes(Takes::List(&Takes::Line)).example("[/old/library-card/]");
pub(super) const DRAFT: Known = key("draft", "`true` while it is not to be shown").takes(Takes::YesNo).default("false").example("true");
pub(super) const VISIBLE_FROM: Known = key("visible_from", "the first day, or the moment, it is shown")
    .takes(Takes::Moment)
    .default("it is shown at once")
    .example("2026-12-01");
pub(super) const VISIBLE_UNTIL: Known = key("visible_until", "the last day it is shown; with a time, the moment it is shown no more")
    .takes(Takes::Moment)
    .default("it stays")
    .example("2027-01-31");
