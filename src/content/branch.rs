//! Branches: address, rooms, weekly hours and the days that differ.

use crate::calendar::{
    Hours, Interval, NaiveDate, Pattern, Special, SpecialDays, Weekday, midnight, parse_date, parse_days, parse_intervals, parse_repeats,
    plus_days, weekday_name,
};
use crate::content::access;
use crate::content::entry::{Links, Thing, World, words};
use crate::content::fields::{Fields, wrong_kind};
use crate::content::front_matter::{Key, Node, Value};
use crate::content::silences::IGNORE;
use crate::diagnostic::{Diagnostic, Span, codes};
use crate::library::{Branch, Entry, StreetAddress};
use crate::settings::key::{Known, Takes, key};
use crate::settings::{Written, is_email};

/// The keys of a branch.
pub(super) const KEYS: &[Known] = &[
    key("title", "its name, on one line"),
    key("id", "its name in events, where the file's name does not do"),
    key("address", "`{ street, city, region, postcode, country }`"),
    key("phone", "its telephone"),
    key("email", "its e-mail"),
    key("image", "a picture beside this file"),
    key("image_alt", "what the picture shows, in a sentence; or `decorative`"),
    key("summary", "one or two sentences for lists"),
    key("description", "for search engines, where the summary does not do"),
    key("rooms", "its rooms, as events name them: `[Children's Room, Garden]`"),
    key("hours", "its weekly hours: `{ mon-thu: 10:00-20:00, sun: closed }`"),
    key("closings", "days that differ: `[{ date: 2026-12-25, reason: Christmas Day }]`"),
    key("access", "how to get in and about, whom to ask for more, and how long before an event; its events say so too")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(access::KEYS)]))
        .default("what `[access]` of site.toml says")
        .example("The front door has no step, and an elevator reaches every floor."),
    key("order", "a number: smaller ones stand first"),
    key("slug", "its name in its address, where the file's name does not do"),
    key("aliases", "earlier addresses that lead here"),
    key("draft", "`true` while it is not to be shown"),
    key("visible_from", "the first day, or moment, it is shown"),
    key("visible_until", "the last day it is shown"),
    IGNORE,
];

const ADDRESS: &[Known] = &[
    key("street", "street and number"),
    key("city", "the town"),
    key("region", "the state or region"),
    key("postcode", "the postcode, in quotes if it begins with 0"),
    key("country", "the country"),
];

const CLOSING: &[Known] = &[
    key("date", "one day: `2026-12-25`"),
    key("from", "the first of several days"),
    key("to", "the last of several days"),
    key("every", "a rule: `every year on December 25`"),
    key("hours", "the hours of that day; closed without them"),
    key("reason", "why, in words"),
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
    let rooms = fields.texts("rooms").into_iter().map(|room| room.value).collect();
    let hours = Hours { weekly: read_hours(fields), special: read_closings(fields) };
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

fn read_hours(fields: &mut Fields<'_>) -> [Vec<Interval>; 7] {
    let mut weekly: [Vec<Interval>; 7] = Default::default();
    let mut said: [Option<Span>; 7] = Default::default();
    let Some((entries, _)) = fields.map("hours", "days and their hours", "{ mon-fri: 10:00-18:00, sat: 10:00-14:00, sun: closed }") else {
        return weekly;
    };
    for (key, node) in entries {
        let written = Written { value: key.name.clone(), span: key.span.clone() };
        let days = fields.parse(&written, parse_days);
        let hours = intervals(fields, &key.name, node);
        let (Some(days), Some(hours)) = (days, hours) else { continue };
        for day in days.value {
            let at = day.num_days_from_monday() as usize;
            if let Some(first) = &said[at] {
                said_twice(fields, day, &key, first.clone());
            } else {
                said[at] = Some(key.span.clone());
                weekly[at].clone_from(&hours);
            }
        }
    }
    weekly
}

fn said_twice(fields: &mut Fields<'_>, day: Weekday, key: &Key, first: Span) {
    fields.report(
        Diagnostic::error(codes::TWICE, format!("the hours of {} stand here a second time", weekday_name(day)))
            .at(fields.file, key.span.clone())
            .also(fields.file, first, "the first time")
            .help("name each day once"),
    );
}

/// The hours of a day: a text, or a list of texts.
fn intervals(fields: &mut Fields<'_>, key: &str, node: Node) -> Option<Vec<Interval>> {
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
            let mut all = Vec::new();
            for item in items {
                all.extend(intervals(fields, key, item)?);
            }
            all.sort_unstable();
            Some(all)
        }
        _ => {
            let text = fields.text_of(key, node)?;
            fields.parse(&text, parse_intervals).map(|written| written.value)
        }
    }
}

fn read_closings(fields: &mut Fields<'_>) -> Vec<Special> {
    let mut special = Vec::new();
    for node in fields.list("closings") {
        match node.value {
            Value::Map(entries) => special.extend(read_closing(fields, entries, node.span)),
            other => fields.report(
                wrong_kind(fields.file, "closings", &other, "a list of days with keys of their own", node.span)
                    .help("write, for instance, `- { date: 2026-12-25, reason: Christmas Day }`"),
            ),
        }
    }
    special
}

fn read_closing(fields: &mut Fields<'_>, entries: Vec<(Key, Node)>, span: Span) -> Option<Special> {
    let mut fields = Fields::of_map(fields.file, "a closing", CLOSING, entries, span.clone(), fields.wrong);
    let named = ["date", "from", "to", "every"].into_iter().filter(|name| fields.has(name)).collect::<Vec<_>>();
    let one = fields.parsed("date", parse_date);
    let from = fields.parsed("from", parse_date);
    let to = fields.parsed("to", parse_date);
    let every = fields.parsed("every", |text| parse_repeats(text, long_ago()));
    let hours = fields.take("hours").map(|(_, node)| intervals(&mut fields, "hours", node));
    let reason = words(&mut fields, "reason");
    let when = match named.as_slice() {
        ["date"] => one.map(|one| SpecialDays::One(one.value)),
        ["from", "to"] => from.zip(to).and_then(|(from, to)| range(&mut fields, &from, &to)),
        ["every"] => every.map(|every| SpecialDays::Rule(Pattern::repeating(midnight(long_ago()), every.value))),
        ["from" | "to"] => {
            let other = if named == ["from"] { "to" } else { "from" };
            let beside = from.as_ref().map(|from| plus_days(from.value, 1)).or(to.as_ref().map(|to| plus_days(to.value, -1)));
            fields.missing(other, &beside.map_or_else(|| "2026-12-31".to_owned(), |date| date.to_string()));
            None
        }
        several => {
            let said = if several.is_empty() { "a closing does not say when it is" } else { "a closing says in two ways when it is" };
            fields.report(
                Diagnostic::error(codes::CLOSING, said)
                    .at(fields.file, span)
                    .help("write one of `date: …`, `from: …` with `to: …`, or `every: …`; each closing is one item of the list"),
            );
            None
        }
    };
    fields.refuse_the_rest();
    let intervals = hours.unwrap_or_else(|| Some(Vec::new()))?;
    Some(Special { when: when?, intervals, reason })
}

fn range(fields: &mut Fields<'_>, from: &Written<NaiveDate>, to: &Written<NaiveDate>) -> Option<SpecialDays> {
    if to.value < from.value {
        fields.report(
            Diagnostic::error(codes::CLOSING, "the closing ends before it begins")
                .at(fields.file, to.span.clone())
                .also(fields.file, from.span.clone(), "it begins here")
                .help("exchange the two dates, or mend the one that is wrong"),
        );
        return None;
    }
    Some(SpecialDays::Range(from.value, to.value))
}

/// Where rules for closings begin: a Monday and a first of the year, before anything that is shown.
fn long_ago() -> NaiveDate {
    NaiveDate::from_ymd_opt(2001, 1, 1).unwrap_or_default()
}
