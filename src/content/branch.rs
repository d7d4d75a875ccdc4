//! Branches: address, rooms, weekly hours and the days that differ.

use std::sync::Arc;

use crate::calendar::{Hours, Weekly};
use crate::content::access;
use crate::content::entry::{Links, Thing, World, words};
use crate::content::fields::{Fields, wrong_kind};
use crate::content::front_matter::{Key, Node, Value};
use crate::content::names::check_room;
use crate::content::silences::IGNORE;
use crate::diagnostic::{Diagnostic, FileId, Span, codes};
use crate::library::{Branch, Entry, StreetAddress};
use crate::settings::hours::{CLOSING, DayWords, Keys, SEASON, read_closing, read_season, read_week};
use crate::settings::key::{Known, Takes, key};
use crate::settings::{LibraryHours, Written, is_email};

/// The keys of a branch.
pub(super) const KEYS: &[Known] = &[
    key("title", "its name, on one line").example("Main Library").needed(),
    key("id", "its name in events").takes(Takes::Slug).default("the file's name").example("main"),
    key("address", "where it stands").takes(Takes::Map(ADDRESS)).example("{ street: 12 Mill Street, city: Stonebridge }"),
    key("phone", "its telephone").example("518-555-0100"),
    key("email", "its e-mail").takes(Takes::Email).example("main@library.example.org"),
    key("image", "a picture beside this file").takes(Takes::File).example("main.jpg"),
    key("image_alt", "what the picture shows, in a sentence; or `decorative`").example("A two-story stone library with a red door."),
    key("summary", "one or two sentences for lists").example("The stone building by the bridge."),
    key("description", "for search engines").default("the summary").example("Hours and address of the main library in Stonebridge."),
    key("rooms", "its rooms, as events name them").takes(Takes::List(&Takes::Line)).example("[Children's Room, Garden]"),
    key("hours", "its weekly hours; a day that is not named is closed")
        .takes(Takes::ByName(&Takes::Hours))
        .default("`[hours]` of site.toml")
        .example("{ mon-thu: 10:00-20:00, fri: 10:00-18:00, sun: closed }"),
    key("seasons", "parts of the year with other weekly hours")
        .takes(Takes::List(&Takes::Map(SEASON)))
        .default("`[[seasons]]` of site.toml, for a branch without `hours` of its own")
        .example("[{ name: Summer hours, from: June 15, until: September 5, hours: { sat: closed } }]"),
    key("closings", "days that differ, beside those of `[[closings]]` in site.toml")
        .takes(Takes::List(&Takes::Map(CLOSING)))
        .example("[{ date: 2026-12-24, hours: 10:00-14:00, reason: Christmas Eve }]"),
    key("access", "how to get in and about, whom to ask for more, and how long before an event; its events say so too")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(access::KEYS)]))
        .default("what `[access]` of site.toml says")
        .example("The front door has no step, and an elevator reaches every floor."),
    key("order", "smaller ones stand first").takes(Takes::Number(-1_000_000, 1_000_000)).default("behind those that have one").example("1"),
    key("featured", "whether the home page shows it").takes(Takes::YesNo).default("false").example("true"),
    key("slug", "its name in its address").takes(Takes::Slug).default("the file's name").example("main"),
    key("aliases", "earlier addresses that lead here").takes(Takes::List(&Takes::Line)).example("[old-library]"),
    key("draft", "`true` while it is not to be shown").takes(Takes::YesNo).default("false").example("true"),
    key("visible_from", "the first day, or moment, it is shown").takes(Takes::Moment).example("2026-12-10"),
    key("visible_until", "the last day it is shown").takes(Takes::Moment).example("2027-06-30"),
    IGNORE,
];

const ADDRESS: &[Known] = &[
    key("street", "street and number").example("12 Mill Street"),
    key("city", "the town").example("Stonebridge"),
    key("region", "the state or region").example("NY"),
    key("postcode", "the postcode, in quotes if it begins with 0").example("\"12999\""),
    key("country", "the country").example("US"),
];

/// Where a branch without `order` stands: after those that have one.
const LAST: i64 = 1_000_000;

/// Reads what is special about a branch.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, _links: &mut Links) -> Thing {
    let address = read_address(fields);
    let phone = words(fields, "phone");
    let email = fields.text("email");
    if let Some(email) = email.as_ref().filter(|email| !is_email(&email.value)) {
        fields.report(
            Diagnostic::error(codes::EMAIL, format!("\"{}\" is no e-mail address", email.value))
                .at(fields.file, email.span.clone())
                .help("write, for instance, `email: main@library.example.org`"),
        );
    }
    let rooms = fields.texts("rooms");
    for room in &rooms {
        check_room(fields, room);
    }
    let rooms = rooms.into_iter().map(|room| room.value).collect();
    let hours = Arc::new(read_hours(fields, &world.settings.hours));
    let access = access::read_access(fields, None, world.settings.site.zone);
    let order = fields.number("order").unwrap_or(LAST);
    Thing::Branch(Box::new(Branch { entry, address, phone, email: email.map(|email| email.value), rooms, hours, access }), order)
}

fn read_address(fields: &mut Fields<'_>) -> Option<StreetAddress> {
    let (entries, span) = fields.map("address", "a street, a city and so on", "{ street: 12 Mill Street, city: Stonebridge }")?;
    let mut inner = Fields::of_map(fields.file, "an address", ADDRESS, entries, span, fields.wrong);
    let mut part = |name| words(&mut inner, name);
    let address = StreetAddress {
        street: part("street"),
        city: part("city"),
        region: part("region"),
        postcode: part("postcode"),
        country: part("country"),
    };
    inner.refuse_the_rest();
    Some(address)
}

/// Its hours, with what the whole library says where it says nothing itself.
fn read_hours(fields: &mut Fields<'_>, library: &LibraryHours) -> Hours {
    let own_hours = fields.has("hours");
    let days = fields.by_day("hours");
    let week = days.map(|days| read_week(fields, &days));
    let weekly: Weekly = match week {
        Some(week) => week.map(Option::unwrap_or_default),
        None => library.weekly.clone().filter(|_| !own_hours).unwrap_or_default(),
    };
    let own_seasons = fields.has("seasons");
    let mut seasons = Vec::new();
    for (entries, span) in
        maps(fields, "seasons", "seasons", "- { name: Summer hours, from: June 15, until: September 5, hours: { sat: closed } }")
    {
        let mut inner = Fields::of_map(fields.file, "a season", SEASON, entries, span.clone(), fields.wrong);
        seasons.extend(read_season(&mut inner, &span));
        inner.refuse_the_rest();
    }
    // Another branch's summer is none for one with hours of its own.
    if !own_seasons && !own_hours {
        seasons.clone_from(&library.seasons);
    }
    let mut closings = Vec::new();
    for (entries, span) in maps(fields, "closings", "days", "- { date: 2026-12-25, reason: Christmas Day }") {
        let mut inner = Fields::of_map(fields.file, "a closing", CLOSING, entries, span.clone(), fields.wrong);
        closings.extend(read_closing(&mut inner, &span));
        inner.refuse_the_rest();
    }
    Hours::new(weekly).with_seasons(seasons).with_closings(closings, library.closings.clone())
}

/// The maps of a list, each with its place.
fn maps(fields: &mut Fields<'_>, key: &str, what: &str, example: &str) -> Vec<(Vec<(Key, Node)>, Span)> {
    let mut maps = Vec::new();
    for node in fields.list(key) {
        match node.value {
            Value::Map(entries) => maps.push((entries, node.span)),
            other => fields.report(
                wrong_kind(fields.file, key, &other, &format!("a list of {what} with keys of their own"), node.span)
                    .help(format!("write, for instance, `{example}`")),
            ),
        }
    }
    maps
}

impl Keys for Fields<'_> {
    fn file(&self) -> FileId {
        self.file.clone()
    }

    fn has(&self, key: &str) -> bool {
        Fields::has(self, key)
    }

    fn text(&mut self, key: &'static str) -> Option<Written<String>> {
        Fields::text(self, key)
    }

    fn texts(&mut self, key: &'static str) -> Option<Vec<Written<String>>> {
        let (_, node) = self.take(key)?;
        hour_texts(self, key, node)
    }

    fn by_day(&mut self, key: &'static str) -> Option<Vec<DayWords>> {
        let (entries, _) = self.map(key, "days and their hours", "{ mon-fri: 10:00-18:00, sat: 10:00-14:00, sun: closed }")?;
        let mut days = Vec::new();
        for (key, node) in entries {
            if let Some(texts) = hour_texts(self, &key.name, node) {
                days.push((Written { value: key.name, span: key.span }, texts));
            }
        }
        Some(days)
    }

    fn missing(&mut self, key: &'static str, example: &str) {
        Fields::missing(self, key, example);
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        Fields::report(self, diagnostic);
    }
}

/// The hours of a day as written: a text, or a list of texts.
fn hour_texts(fields: &mut Fields<'_>, key: &str, node: Node) -> Option<Vec<Written<String>>> {
    match node.value {
        Value::Nothing => {
            fields.report(
                Diagnostic::error(codes::EMPTY_VALUE, format!("nothing stands behind `{key}`"))
                    .at(fields.file, node.span)
                    .help("write hours such as `10:00-20:00`, or `closed`"),
            );
            None
        }
        Value::List(items) => {
            let texts: Vec<Option<Vec<Written<String>>>> = items.into_iter().map(|item| hour_texts(fields, key, item)).collect();
            Some(texts.into_iter().collect::<Option<Vec<_>>>()?.concat())
        }
        _ => fields.text_of(key, node).map(|text| vec![text]),
    }
}
