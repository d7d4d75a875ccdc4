//! The page of one event: the catalogue card.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{AccessWords, ContactWords, Link, Page, Picture, Place, Row, SignUp, Stamp, StatusWord};
use crate::calendar::{self, NaiveDate};
use crate::library::{Event, Occurrence};
use crate::site::addresses;
use crate::site::almanac::Almanac;
use crate::site::{invitation, words};
use crate::text::capital;

/// `event.html`
#[derive(Serialize, Debug)]
pub struct EventPage {
    /// What every page has.
    pub page: Page,
    /// Its title, without the word of its status.
    pub title: String,
    /// Said first, when the whole event does not go ahead as planned.
    pub status: Option<StatusWord>,
    /// Said with the status.
    pub note: Option<String>,
    /// What sort of thing it is, where that is not plain: "One-on-one help, by appointment".
    pub kind: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Its next date that takes place; of an event that is over, its last.
    pub next: Option<DateLine>,
    /// Is there no date to come?
    pub over: bool,
    /// Coming dates before the next one that do not take place.
    pub missed: Vec<DateLine>,
    /// How it repeats: "Every Thursday until March 25, 2027".
    pub rule: Option<String>,
    /// Its next dates, twelve at most, when it has more than one.
    pub dates: Vec<DateLine>,
    /// Are there further dates after those?
    pub more_dates: bool,
    /// Where.
    pub place: Place,
    /// For whom.
    pub audience: Vec<Link>,
    /// "Free", as written.
    pub cost: Option<String>,
    /// Signing up for the next date.
    pub sign_up: Option<SignUp>,
    /// Who gives the next date.
    pub presenters: Vec<String>,
    /// Who pays for it.
    pub sponsors: Vec<String>,
    /// Whom to ask.
    pub contact: Option<ContactWords>,
    /// Access for everybody.
    pub access: Option<AccessWords>,
    /// The program it belongs to.
    pub program: Option<Link>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// Its words.
    pub body: Arc<str>,
    /// Its calendar file.
    pub calendar_file: String,
    /// The next dates of other events of its program.
    pub related: Vec<Related>,
}

/// One date of the event.
#[derive(Serialize, Debug)]
pub struct DateLine {
    /// The day.
    pub stamp: Stamp,
    /// "10:30–11:15 am".
    pub time: String,
    /// When it begins: `2026-12-03T10:30:00-05:00`.
    pub starts: String,
    /// What must be said first of this date.
    pub status: Option<StatusWord>,
    /// Its own title, where the date has one.
    pub title: Option<String>,
    /// Where, when that is not where the event usually is.
    pub place: Option<String>,
    /// Said with the status or the change.
    pub note: Option<String>,
    /// "Thursday, December 3, 10:30 am", when it was moved from there.
    pub moved_from: Option<String>,
    /// Who gives it, when these are not the usual ones.
    pub presenters: Vec<String>,
    /// Signing up for it, when that is not as for the next date.
    pub sign_up: Option<SignUp>,
}

/// A date of another event.
#[derive(Serialize, Debug)]
pub struct Related {
    /// The day.
    pub stamp: Stamp,
    /// The date.
    pub row: Arc<Row>,
}

/// So many dates a page shows.
const DATES: usize = 12;
/// So many other events of its program, and so many dates looked at to find them.
const RELATED: usize = 4;
const LOOKED_AT: usize = 200;
/// How far ahead the dates of a rare event are looked for: ten years and its leap days.
const FAR_AHEAD: i64 = 3_653;

impl EventPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, event: &Event) -> EventPage {
        let entry = &event.entry;
        let Dates { shown, more, over } = dates(almanac, event);
        let next = shown.iter().position(|date| date.status.takes_place() || !event.status.takes_place());
        // What one date says of an event with one date, it says of the event.
        let only = shown.first().filter(|date| event.is_single() && !over && !date.status.takes_place());
        let status = only.map_or(event.status, |date| date.status);
        let card = next.and_then(|next| shown.get(next)).or(only).or(shown.first().filter(|_| over));
        let sign_up = card.filter(|_| !over).and_then(|date| almanac.sign_up(event, date));
        let line = |date: &Occurrence| date_line(almanac, event, date, sign_up.as_ref());
        let missed = shown.iter().take(next.unwrap_or(shown.len())).filter(|_| only.is_none() && !over).map(line).collect();
        let mut page = almanac.page_of(entry, &almanac.title_with_status(&entry.title, status));
        page.kind = "article";
        if let Some(branch) = &event.place.branch {
            page.banners = almanac.banners_in(branch);
        }
        if page.description.is_none() {
            page.description = shown.first().map(|date| format!("{}, {}", almanac.date_words(date.day()), almanac.time_words(date)));
        }
        EventPage {
            page,
            title: entry.title.clone(),
            status: almanac.status_word(status),
            note: only.map_or_else(|| event.note.clone(), |date| date.note.clone()),
            kind: almanac.kind_words(event.kind),
            summary: entry.summary.clone(),
            next: card.map(line),
            over,
            missed,
            rule: event.pattern.rule.as_ref().map(|rule| calendar::sentence(rule, event.pattern.starts, almanac.language)),
            dates: if event.is_single() { Vec::new() } else { shown.iter().map(line).collect() },
            more_dates: more,
            place: almanac.place(&event.place),
            audience: almanac.audience_links(&event.audience),
            cost: event.cost.as_deref().map(|cost| capital(&almanac.local(cost))),
            presenters: card.map_or(event.presenters.as_slice(), |date| event.presenters_of(&date.id)).to_vec(),
            sponsors: event.sponsors.clone(),
            contact: event.contact.as_ref().map(invitation::contact),
            access: card.filter(|_| !over).and_then(|date| almanac.access(event, date)),
            program: event.program.as_ref().and_then(|slug| almanac.library.program(slug)).map(|program| almanac.link(&program.entry)),
            picture: entry.image.as_ref().map(|image| almanac.picture(image)),
            body: Arc::clone(&entry.body.html),
            calendar_file: almanac.href(addresses::calendar_file(event)),
            related: related(almanac, event),
            sign_up,
        }
    }
}

/// The next date of each of the other events of its program, the nearest first.
fn related(almanac: &Almanac<'_>, event: &Event) -> Vec<Related> {
    let mut seen = vec![&event.id];
    let mut related = Vec::new();
    for dated in event.program.iter().flat_map(|program| almanac.of_program(program)).take(LOOKED_AT) {
        if related.len() == RELATED {
            break;
        }
        if !seen.contains(&&dated.event.id) {
            seen.push(&dated.event.id);
            related.push(Related { stamp: almanac.stamp(dated.under), row: Arc::clone(&dated.row) });
        }
    }
    related
}

struct Dates {
    shown: Vec<Occurrence>,
    more: bool,
    over: bool,
}

/// The dates to come; of an event that is over, its last ones.
fn dates(almanac: &Almanac<'_>, event: &Event) -> Dates {
    let ahead = |ends: calendar::NaiveDateTime| ends > calendar::midnight(almanac.today);
    let coming = |date: &&Occurrence| date.day() >= almanac.today || date.ends.is_some_and(|ends| ahead(ends.naive_local()));
    let mut shown: Vec<Occurrence> = almanac.of_event(event).map(|dated| &dated.date).filter(coming).take(DATES + 1).cloned().collect();
    if shown.len() <= DATES && (event.pattern.rule.is_some() || shown.is_empty()) {
        let beyond = event.dates(almanac.library.zone, calendar::plus_days(almanac.last, 1), calendar::plus_days(almanac.last, FAR_AHEAD));
        shown.extend(beyond.into_iter().take(DATES + 1 - shown.len()));
    }
    if shown.is_empty() {
        // The last one first: it is what the card shows.
        let mut past: Vec<Occurrence> = almanac.of_event(event).rev().take(DATES).map(|dated| dated.date.clone()).collect();
        if past.is_empty() {
            past = event.dates(almanac.library.zone, NaiveDate::MIN, almanac.today);
            past.reverse();
            past.truncate(DATES);
        }
        return Dates { shown: past, more: false, over: true };
    }
    let more = shown.len() > DATES;
    shown.truncate(DATES);
    Dates { shown, more, over: false }
}

fn date_line(almanac: &Almanac<'_>, event: &Event, date: &Occurrence, next: Option<&SignUp>) -> DateLine {
    let elsewhere = date.place != event.place;
    DateLine {
        stamp: almanac.stamp(date.day()),
        time: almanac.time_words(date),
        starts: words::instant(date.starts),
        status: almanac.status_word(date.status).filter(|_| date.status != event.status),
        title: date.title.clone(),
        place: elsewhere.then(|| almanac.place_words(&date.place)),
        note: date.note.clone().filter(|_| date.note != event.note),
        moved_from: almanac.moved_from(date),
        presenters: event.change_of(&date.id).map(|change| change.presenters.clone()).unwrap_or_default(),
        sign_up: almanac.sign_up(event, date).filter(|own| next != Some(own)),
    }
}
