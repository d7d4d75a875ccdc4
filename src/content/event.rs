//! Events: their keys and their reader. Dates and changes have files of their own.

use crate::content::entry::{Links, Thing, World, words};
use crate::content::event_changes::read_changes;
use crate::content::event_dates::read_dates;
use crate::content::fields::Fields;
use crate::content::front_matter::Value;
use crate::content::silences::IGNORE;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, FileId, Span, codes};
use crate::library::{Entry, Event, EventId, OffSite, Place, Promote, Slug, Status};
use crate::settings::Written;
use crate::settings::key::{Known, key};

/// The keys of an event.
pub(super) const KEYS: &[Known] = &[
    key("title", "what it is called, on one line"),
    key("id", "its name for ever, such as `story-time`; without one, the file's name"),
    key("starts", "its first date and time, such as `2026-12-03 10:30`"),
    key("ends", "a time (`11:15`), or a date and time; may be left out"),
    key("lasts", "how long it goes on, such as `45m`, instead of `ends`"),
    key("repeats", "in plain words, such as `every Thursday until 2027-03-25`"),
    key("skips", "dates that fall out, such as `[2026-12-24, 2026-12-31]`"),
    key("adds", "dates beside the rule, such as `[2026-12-05 14:00]`"),
    key("changes", "what is different on single dates: `2026-12-17: { status: cancelled, note: Snow day. }`"),
    key("branch", "the branch it takes place in; may be left out where there is one"),
    key("place", "somewhere else: `{ name: Town Hall, address: \"1 Main Street\" }`"),
    key("online", "the address of the meeting or stream"),
    key("room", "the room in the branch"),
    key("audience", "for whom, from the list in site.toml: `[toddlers, families]`"),
    key("topics", "about what, from the list in site.toml: `[stories]`"),
    key("program", "the series it belongs to: the name of a file in `content/programs/`"),
    key("summary", "one or two sentences for lists, feeds and posts"),
    key("description", "for search engines, where the summary does not do"),
    key("image", "a picture beside this file: `toddlers.jpg`"),
    key("image_alt", "what the picture shows, in a sentence; or `decorative`"),
    key("register", "where people sign up: `https://…`, `mailto:…` or `tel:…`"),
    key("cost", "what it costs, in words: `free`"),
    key("presenter", "who gives it"),
    key("contact", "whom to ask"),
    key("status", "`cancelled`, `postponed`, `full` or `moved-online`; left out for what goes ahead"),
    key("note", "a sentence that is said with the status"),
    key("promote", "a plan of site.toml that announces it, or `none` to stay quiet"),
    key("featured", "`true` to show it on the home page"),
    key("slug", "its name in its address, where the file's name does not do"),
    key("aliases", "earlier addresses that lead here: `[old-name]`"),
    key("draft", "`true` while it is not to be shown"),
    key("visible_from", "the first day, or moment, it is shown"),
    key("visible_until", "the last day it is shown"),
    IGNORE,
];

const PLACE: &[Known] = &[key("name", "the name of the place"), key("address", "its address on one line")];

/// Reads what is special about an event.
pub(super) fn read(fields: &mut Fields<'_>, entry: Entry, world: World<'_>, links: &mut Links) -> Thing {
    let dates = read_dates(fields, world);
    links.online_named = fields.has("online");
    let place = read_place(fields, links);
    links.program = fields.text("program");
    let audience = fields.terms("audience", &world.settings.audiences);
    let topics = fields.terms("topics", &world.settings.topics);
    let register = fields.sign_up("register");
    let cost = words(fields, "cost");
    let presenter = words(fields, "presenter");
    let contact = words(fields, "contact");
    let status = fields.text("status").and_then(|written| {
        let status = read_status(fields, &written)?;
        if status == Status::MovedOnline && !links.online_named {
            fields.report(moved_nowhere(
                fields.file,
                written.span,
                "add a line `online: https://…` with the address of the meeting or stream",
            ));
        }
        Some(status)
    });
    let status = status.unwrap_or_default();
    let note = words(fields, "note");
    let promote = read_promote(fields, world);
    let changes = read_changes(fields, dates.as_ref(), world, links);
    let Some(dates) = dates else { return Thing::Broken(entry) };
    Thing::Event(Box::new(Event {
        // The id is known when the file's own name is; it is put in when the library is put together.
        id: EventId::new(&entry.slug),
        entry,
        pattern: dates.pattern,
        lasts: dates.lasts,
        place,
        audience,
        topics,
        program: None,
        register,
        cost,
        presenter,
        contact,
        status,
        note,
        changes,
        promote,
    }))
}

/// Reads a status; that an event goes ahead is not written.
pub(super) fn read_status(fields: &mut Fields<'_>, written: &Written<String>) -> Option<Status> {
    let lower = written.value.to_lowercase().replace([' ', '_'], "-").replace("canceled", "cancelled");
    if let Some((_, status)) = Status::WRITTEN.iter().find(|(name, _)| *name == lower) {
        return Some(*status);
    }
    let names = Status::WRITTEN.map(|(name, _)| name);
    let another_word = match lower.as_str() {
        "sold-out" | "booked" | "booked-out" | "fully-booked" | "waitlist" | "waiting-list" => Some("full"),
        "called-off" | "off" | "closed" | "snow-day" => Some("cancelled"),
        "delayed" | "rescheduled" | "moved" | "new-date" | "tba" | "tbd" => Some("postponed"),
        "online" | "virtual" | "zoom" | "moved-to-zoom" => Some("moved-online"),
        _ => None,
    };
    let error = Diagnostic::error(codes::STATUS, format!("\"{}\" is not a status", written.value));
    let error = match (another_word.or_else(|| nearest(&lower, names)), lower.as_str()) {
        (_, "scheduled" | "confirmed" | "active" | "on" | "open") => {
            error.at(fields.file, written.span.clone()).help("leave `status` out: an event goes ahead unless it says otherwise")
        }
        (Some(meant), _) => {
            error.at_noted(fields.file, written.span.clone(), format!("did you mean `{meant}`?")).help(format!("write `status: {meant}`"))
        }
        (None, _) => error.at(fields.file, written.span.clone()).help("write `cancelled`, `postponed`, `full` or `moved-online`"),
    };
    fields.report(error);
    None
}

/// What has moved online must say where it can be seen.
pub(super) fn moved_nowhere(file: &FileId, span: Span, help: &str) -> Diagnostic {
    Diagnostic::error(codes::MOVED_NOWHERE, "it has moved online, but nothing says where online").at(file, span).help(help)
}

fn read_place(fields: &mut Fields<'_>, links: &mut Links) -> Place {
    links.place_named = ["branch", "place", "online"].iter().any(|key| fields.has(key));
    links.branch = fields.text("branch");
    links.room = fields.text("room");
    let online = fields.web("online");
    let mut place = Place { room: links.room.as_ref().map(|room| room.value.clone()), online, ..Place::default() };
    let Some((key_span, node)) = fields.take("place") else { return place };
    if let Some(branch) = &links.branch {
        fields.report(
            Diagnostic::error(codes::TWO_PLACES, "an event is in a branch or somewhere else, not both")
                .at(fields.file, key_span.clone())
                .also(fields.file, branch.span.clone(), "in a branch")
                .help("keep `branch` or `place`; one that is also online has `online: …` beside it"),
        );
    }
    let off_site = match node.value {
        Value::Map(entries) => {
            let mut inner = Fields::of_map(fields.file, "a place", PLACE, entries, key_span.clone(), fields.wrong);
            let name = inner.required("name", "Town Hall");
            let address = words(&mut inner, "address");
            inner.refuse_the_rest();
            name.map(|name| OffSite { name: name.value, address })
        }
        _ => fields.text_of("place", node).map(|name| OffSite { name: name.value, address: None }),
    };
    place.off_site = off_site;
    place
}

fn read_promote(fields: &mut Fields<'_>, world: World<'_>) -> Promote {
    let Some(plan) = fields.text("promote") else { return Promote::Default };
    if matches!(plan.value.as_str(), "none" | "no" | "false") {
        return Promote::Quiet;
    }
    let plans = &world.settings.outreach.plans;
    if plans.contains_key(&plan.value) {
        return Promote::Plan(plan.value);
    }
    let names: Vec<&str> = plans.keys().map(String::as_str).collect();
    let error = Diagnostic::error(codes::UNKNOWN_PLAN, format!("there is no plan \"{}\" in site.toml", plan.value));
    fields.report(match nearest(&plan.value, names.iter().copied()) {
        _ if matches!(plan.value.as_str(), "yes" | "true") => {
            error.at(fields.file, plan.span).help("take the line out: every event is announced unless it says `promote: none`")
        }
        Some(meant) => error.at_noted(fields.file, plan.span, format!("did you mean `{meant}`?")).help(format!("write `promote: {meant}`")),
        None if names.is_empty() => {
            error.at(fields.file, plan.span).help("take the line out, or write a table `[outreach.plans.<name>]` in site.toml")
        }
        None => error.at(fields.file, plan.span).help(format!("the plans are {}; `none` keeps the event quiet", names.join(", "))),
    });
    Promote::Default
}

/// The slug that a written name is, or comes nearest to.
pub(super) fn as_slug(written: &str) -> Option<Slug> {
    Slug::new(written).or_else(|| crate::text::slugify(written))
}
