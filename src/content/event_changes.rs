//! `changes:`: what is different on single dates of an event.

use std::collections::BTreeMap;

use crate::calendar::{DateOrTime, NaiveDate, NaiveDateTime, Planned, at, parse_end, parse_length};
use crate::content::entry::{ChangeLinks, Links, World, words};
use crate::content::event::{STATUSES, moved_nowhere, read_off_site, read_on_closing, read_status};
use crate::content::event_dates::{Dates, comes, ends_and_lasts, length_until};
use crate::content::event_planned::{About, planned_by};
use crate::content::fields::{Fields, day_or_moment};
use crate::content::front_matter::{Key, Node, Value};
use crate::content::names::check_room;
use crate::content::people::names;
use crate::content::register::{self, Joining, read_register};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::{Change, EventKind, Registration, SignUp, Status};
use crate::settings::Written;
use crate::settings::key::{Known, Takes, key};

/// The keys of a change: what may differ on one date.
pub(super) const CHANGE: &[Known] = &[
    key("status", "whether that date goes ahead").takes(Takes::OneOf(STATUSES)).default("as the event").example("cancelled"),
    key("note", "a sentence that is said with it").example("Snow day."),
    key("starts", "another time, or another date and time").takes(Takes::End).default("as planned").example("2027-01-07 11:00"),
    key("ends", "another end").takes(Takes::End).default("as long as usual").example("12:00"),
    key("lasts", "another length, instead of `ends`").takes(Takes::Length).default("as long as usual").example("1 hour"),
    key("room", "another room").default("as the event").example("Garden"),
    key("branch", "another branch").takes(Takes::NameOf("branch")).default("as the event").example("main"),
    key("place", "somewhere else than in a branch")
        .takes(Takes::Either(&[Takes::Line, Takes::Map(super::event::PLACE)]))
        .default("as the event")
        .example("{ name: Town Hall, address: \"1 Mill Street\" }"),
    key("online", "the address of the meeting or stream")
        .takes(Takes::Web)
        .default("as the event")
        .example("https://meet.example.org/stories"),
    key("title", "another title").default("as the event").example("Story Time with a fire truck"),
    key("presenter", "who gives it that day").takes(Takes::List(&Takes::Line)).default("as the event").example("Captain Rosa Diaz"),
    key("register", "what is different about signing up; what is not named stays as it is")
        .takes(Takes::Either(&[Takes::SignUp, Takes::OneOf(register::NOT_NEEDED), Takes::Map(register::KEYS)]))
        .default("as the event")
        .example("{ state: full }"),
    key("on_closing", "what happens to this date when its branch is closed")
        .takes(Takes::OneOf(&["cancel", "keep"]))
        .default("as the event says, else the closing")
        .example("keep"),
];

/// What a change is read against: the event as it usually is.
#[derive(Clone, Copy)]
pub(super) struct Usual<'a> {
    pub(super) kind: EventKind,
    pub(super) status: Status,
    pub(super) register: Option<&'a Registration>,
    pub(super) lasts: Option<crate::calendar::Duration>,
}

const EXAMPLE: &str = "{ 2026-12-17: { status: cancelled, note: Snow day. } }";

/// Reads `changes:`; each must belong to a date that the event has.
pub(super) fn read_changes(
    fields: &mut Fields<'_>,
    dates: Option<&Dates>,
    usual: Usual<'_>,
    world: World<'_>,
    links: &mut Links,
) -> BTreeMap<(NaiveDate, u16), Change> {
    let mut changes = BTreeMap::new();
    let Some((entries, _)) = fields.map("changes", "dates and what is different on them", EXAMPLE) else { return changes };
    let mut first: Vec<((NaiveDate, u16), Key)> = Vec::new();
    for (key, node) in indented(fields, entries) {
        let planned = planned_by(fields, &key, dates, &About::CHANGES, world);
        let Value::Map(inner) = node.value else {
            fields.report(
                Diagnostic::error(codes::WRONG_KIND, "a change says what is different, with keys of its own")
                    .at(fields.file, node.span)
                    .help(format!("write, for instance, `{}: {{ status: cancelled, note: Snow day. }}`", key.name)),
            );
            continue;
        };
        let change = read_change(fields, &key, inner, planned, usual, world, links);
        let (Some(planned), Some((change, mut change_links))) = (planned, change) else { continue };
        let on = (planned.on, planned.nth);
        if let Some((_, earlier)) = first.iter().find(|(known, _)| *known == on) {
            fields.report(
                Diagnostic::error(codes::TWICE, "two changes are about the same date")
                    .at(fields.file, key.span.clone())
                    .also(fields.file, earlier.span.clone(), "the first one")
                    .help("write both into one"),
            );
            continue;
        }
        first.push((on, key));
        change_links.on = on;
        links.changes.push(change_links);
        changes.insert(on, change);
    }
    changes
}

/// The changes, without those whose keys stand beside their date and not below it, which is said once for each.
fn indented(fields: &mut Fields<'_>, entries: Vec<(Key, Node)>) -> Vec<(Key, Node)> {
    let mut whole: Vec<(Key, Node)> = Vec::new();
    let mut beside: Vec<(Key, Vec<Key>)> = Vec::new();
    for (key, node) in entries {
        let of_change = CHANGE.iter().any(|known| known.name == key.name);
        match (
            whole.pop_if(|(date, node)| of_change && node.value == Value::Nothing && day_or_moment(&date.name).is_ok()),
            beside.last_mut(),
        ) {
            (Some((date, _)), _) => beside.push((date, vec![key])),
            (None, Some((date, keys))) if of_change && whole.last().is_none_or(|(last, _)| last.span.start < date.span.start) => {
                keys.push(key);
            }
            _ => whole.push((key, node)),
        }
    }
    for (date, keys) in beside {
        let named: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
        let (belong, it) = if named.len() == 1 { ("belongs", "it") } else { ("belong", "each of them") };
        let first = keys.into_iter().next().map_or(date.span.clone(), |key| key.span);
        fields.report(
            Diagnostic::error(codes::INDENT, format!("{} {belong} to {}, and must stand below it", named.join(" and "), date.name))
                .at(fields.file, first)
                .help(format!("indent {it} by four spaces, two more than the date")),
        );
    }
    whole
}

fn read_change(
    fields: &mut Fields<'_>,
    key: &Key,
    inner: Vec<(Key, Node)>,
    planned: Option<Planned>,
    usual: Usual<'_>,
    world: World<'_>,
    links: &Links,
) -> Option<(Change, ChangeLinks)> {
    if inner.is_empty() {
        fields.report(
            Diagnostic::error(codes::CHANGES_NOTHING, "the change says nothing")
                .at(fields.file, key.span.clone())
                .help("write what is different, or take it out"),
        );
        return None;
    }
    let zone = world.settings.site.zone;
    let mut fields = Fields::of_map(fields.file, "a change", CHANGE, inner, key.span.clone(), fields.wrong);
    let has_online = fields.has("online");
    let status = fields.text("status").and_then(|written| {
        let status = read_status(&mut fields, &written)?;
        if status == Status::MovedOnline && !has_online && !links.online_named {
            fields.report(moved_nowhere(fields.file, written.span, "add it here: `{ status: moved-online, online: \"https://…\" }`"));
        }
        Some(status)
    });
    let note = words(&mut fields, "note");
    let starts = fields.parsed("starts", parse_end);
    let ends = fields.parsed("ends", parse_end);
    let lasts = fields.parsed("lasts", parse_length);
    ends_and_lasts(&mut fields, ends.as_ref(), lasts.as_ref());
    let starts: Option<Written<NaiveDateTime>> = starts.and_then(|written| {
        let moment = match written.value {
            DateOrTime::Time(time) => at(planned?.on, time),
            DateOrTime::DateTime(moment) => moment,
        };
        comes(&mut fields, moment, &written.span, zone).then_some(Written { value: moment, span: written.span })
    });
    let begins = starts.as_ref().map(|starts| starts.value).or(planned.map(|planned| planned.starts));
    let lasts = match ends {
        Some(ends) => begins.and_then(|begins| length_until(&mut fields, begins, &ends)),
        None => lasts.map(|lasts| lasts.value),
    };
    let room = fields.text("room");
    if let Some(room) = &room {
        check_room(&mut fields, room);
    }
    let branch = fields.text("branch");
    let off_site = read_off_site(&mut fields, branch.as_ref());
    let online = fields.web("online");
    let title = words(&mut fields, "title");
    let on_closing = read_on_closing(&mut fields, links);
    let presenters = names(&mut fields, "presenter");
    let joining = begins.map(|begins| Joining::of_one(usual.kind, begins, lasts.or(usual.lasts)));
    let register = read_register(&mut fields, joining, usual.register, zone);
    fields.refuse_the_rest();
    let change = Change {
        status: status.or_else(|| status_of(register.as_ref()?, usual.status)),
        note,
        starts: starts.map(|starts| starts.value),
        lasts,
        room: room.as_ref().map(|room| room.value.clone()),
        branch: None,
        off_site,
        online,
        title,
        on_closing,
        presenters,
        register,
    };
    Some((change, ChangeLinks { on: (NaiveDate::MIN, 0), branch, room }))
}

/// What a date's own sign-up says of its status: a date without a free place is full, and one with free places is not, even if the others are.
fn status_of(register: &Registration, usual: Status) -> Option<Status> {
    match register.state {
        SignUp::Full => Some(Status::Full),
        SignUp::Open | SignUp::Waitlist | SignUp::Closed => (usual == Status::Full).then_some(Status::Scheduled),
    }
}
