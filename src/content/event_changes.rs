//! `changes:`: what is different on single dates of an event.

use std::collections::BTreeMap;

use crate::calendar::{DateOrTime, NaiveDate, NaiveDateTime, Planned, at, long_date_with_year, parse_end, time};
use crate::content::entry::{ChangeLinks, Links, World, words};
use crate::content::event::{moved_nowhere, read_on_closing, read_status};
use crate::content::event_dates::{Dates, comes, length_until, near_dates};
use crate::content::fields::{Fields, Precision, day_or_moment};
use crate::content::front_matter::{Key, Node, Value};
use crate::diagnostic::{Diagnostic, codes};
use crate::library::{Change, Status};
use crate::settings::Written;
use crate::settings::key::{Known, Takes, key};

const CHANGE: &[Known] = &[
    key("status", "`cancelled`, `postponed`, `full` or `moved-online`"),
    key("note", "a sentence that is said with it"),
    key("starts", "another time (`11:00`), or another date and time"),
    key("ends", "another end"),
    key("room", "another room"),
    key("branch", "another branch"),
    key("online", "the address of the meeting or stream"),
    key("title", "another title"),
    key("on_closing", "what happens to this date when its branch is closed: `cancel` or `keep`")
        .takes(Takes::OneOf(&["cancel", "keep"]))
        .default("as the event says, else the closing")
        .example("keep"),
];

const EXAMPLE: &str = "{ 2026-12-17: { status: cancelled, note: Snow day. } }";

/// Reads `changes:`; each must belong to a date that the event has.
pub(super) fn read_changes(
    fields: &mut Fields<'_>,
    dates: Option<&Dates>,
    world: World<'_>,
    links: &mut Links,
) -> BTreeMap<(NaiveDate, u16), Change> {
    let mut changes = BTreeMap::new();
    let Some((entries, _)) = fields.map("changes", "dates and what is different on them", EXAMPLE) else { return changes };
    let mut first: Vec<((NaiveDate, u16), Key)> = Vec::new();
    for (key, node) in entries {
        let planned = planned_by(fields, &key, dates, world);
        let Value::Map(inner) = node.value else {
            fields.report(
                Diagnostic::error(codes::WRONG_KIND, "a change says what is different, with keys of its own")
                    .at(fields.file, node.span)
                    .help(format!("write, for instance, `{}: {{ status: cancelled, note: Snow day. }}`", key.name)),
            );
            continue;
        };
        let change = read_change(fields, &key, inner, planned, world, links);
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

/// The planned date that a change is about.
fn planned_by(fields: &mut Fields<'_>, key: &Key, dates: Option<&Dates>, world: World<'_>) -> Option<Planned> {
    let written = Written { value: key.name.clone(), span: key.span.clone() };
    let moment = fields.parse(&written, day_or_moment)?.value;
    let dates = dates?;
    let zone = world.settings.site.zone;
    let day = moment.0.date();
    let that_day: Vec<Planned> = dates.pattern.between(day, day, zone).collect();
    let found = match moment.1 {
        Precision::Minute => that_day.iter().find(|planned| planned.starts == moment.0),
        Precision::Day if that_day.len() > 1 => {
            let times: Vec<String> = that_day.iter().map(|planned| format!("`{day} {}`", planned.starts.format("%H:%M"))).collect();
            fields.report(
                Diagnostic::error(
                    codes::CHANGES_NOTHING,
                    format!("it takes place {} times on {}", that_day.len(), long_date_with_year(day)),
                )
                .at(fields.file, key.span.clone())
                .help(format!("name the time as well: {}", times.join(" or "))),
            );
            return None;
        }
        Precision::Day => that_day.first(),
    };
    if found.is_none() {
        let (said, help) = match that_day.first() {
            Some(other) => (
                format!("it does not start at {} on {}", time(moment.0.time()), long_date_with_year(day)),
                format!("on that day it starts at {}", time(other.starts.time())),
            ),
            None if dates.pattern.skips.contains(&day) => (
                format!("{} is among the `skips`, so there is nothing to change", long_date_with_year(day)),
                "take it out of `skips` to tell people that it is cancelled; or take the change out".to_owned(),
            ),
            None => (
                format!("it does not take place on {}, so there is nothing to change", long_date_with_year(day)),
                near_dates(&dates.pattern, day, zone),
            ),
        };
        fields.report(Diagnostic::error(codes::CHANGES_NOTHING, said).at(fields.file, key.span.clone()).help(help));
    }
    found.copied()
}

fn read_change(
    fields: &mut Fields<'_>,
    key: &Key,
    inner: Vec<(Key, Node)>,
    planned: Option<Planned>,
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
    let starts: Option<Written<NaiveDateTime>> = starts.and_then(|written| {
        let moment = match written.value {
            DateOrTime::Time(time) => at(planned?.on, time),
            DateOrTime::DateTime(moment) => moment,
        };
        comes(&mut fields, moment, &written.span, zone).then_some(Written { value: moment, span: written.span })
    });
    let begins = starts.as_ref().map(|starts| starts.value).or(planned.map(|planned| planned.starts));
    let lasts = ends.and_then(|ends| length_until(&mut fields, begins?, &ends));
    let room = fields.text("room");
    let branch = fields.text("branch");
    let online = fields.web("online");
    let title = words(&mut fields, "title");
    let on_closing = read_on_closing(&mut fields, links);
    fields.refuse_the_rest();
    let change = Change {
        status,
        note,
        starts: starts.map(|starts| starts.value),
        lasts,
        room: room.as_ref().map(|room| room.value.clone()),
        branch: None,
        online,
        title,
        on_closing,
    };
    Some((change, ChangeLinks { on: (NaiveDate::MIN, 0), branch, room }))
}
