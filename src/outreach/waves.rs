//! What there is to announce, from content alone: which waves of which events, with their ids and ideal moments.
//!
//! Nothing here knows what was said or what the limits are. An id is made of (occasion, event id, date before changes, wave, channel,
//! language) and so never changes with words, times or files.

use std::collections::HashMap;
use std::sync::Arc;

use crate::calendar::{self, DateTime, NaiveDate, NaiveTime, Utc};
use crate::delivery::AnnouncementId;
use crate::library::{Event, Library, Occurrence, Promote, Status};
use crate::outreach::Occasion;
use crate::settings::{AtMost, ChannelName, Settings, Wave};

/// One thing to announce on one channel, without words so far.
#[derive(Clone, Debug)]
pub struct Candidate<'a> {
    /// Its name for ever.
    pub id: AnnouncementId,
    /// Of what.
    pub occasion: Occasion,
    /// The event.
    pub event: &'a Arc<Event>,
    /// The date it tells of: for a series its first one.
    pub date: Occurrence,
    /// The wave.
    pub wave: &'a Wave,
    /// Where.
    pub channel: &'a ChannelName,
    /// The wave's own moment.
    pub ideal: DateTime<Utc>,
    /// Up to here the event is ahead.
    pub until: DateTime<Utc>,
}

impl Candidate<'_> {
    /// The local time of day that the wave asks for.
    pub fn at(&self) -> NaiveTime {
        self.wave.at
    }
}

/// The waves that announce an event: of the plan it names, else of the plan for all.
pub fn plan_of<'a>(event: &Event, settings: &'a Settings) -> &'a [Wave] {
    let name = match &event.promote {
        Promote::Quiet => None,
        Promote::Plan(name) => Some(name),
        Promote::Default => settings.outreach.plan.as_ref(),
    };
    name.and_then(|name| settings.outreach.plans.get(name)).map_or(&[], |plan| &plan.waves)
}

/// Everything that waves say of events whose ideal moments lie on the local days `from` to `to`, both included; and, for events whose first
/// date is still to come by `to`, also the `once` waves before `from` (for what was entered late). In no particular order.
pub fn candidates<'a>(library: &'a Library, settings: &'a Settings, from: NaiveDate, to: NaiveDate) -> Vec<Candidate<'a>> {
    library.events.iter().flat_map(|event| of_event(library, settings, event, from, to)).collect()
}

fn of_event<'a>(library: &Library, settings: &'a Settings, event: &'a Arc<Event>, from: NaiveDate, to: NaiveDate) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    let mut first: Option<Option<Occurrence>> = None;
    for wave in plan_of(event, settings) {
        let channels = channels_of(wave, settings);
        if wave.once {
            let date = first.get_or_insert_with(|| first_date(library, event)).clone();
            if let Some(date) = date.filter(|date| goes_ahead(date) && date.day() >= from && day_of_wave(date, wave) <= to) {
                found.extend(channels.map(|channel| candidate(event, &date, wave, channel, library.zone)));
            }
            continue;
        }
        let days = i64::from(wave.days_before);
        let dates = event.dates(library.zone, calendar::plus_days(from, days), calendar::plus_days(to, days));
        let dates: Vec<Occurrence> = match wave.at_most {
            Some(limit) => at_most(library, event, dates, limit),
            None => dates,
        };
        for channel in channels {
            found.extend(dates.iter().filter(|date| goes_ahead(date)).map(|date| candidate(event, date, wave, channel, library.zone)));
        }
    }
    found
}

fn channels_of<'a>(wave: &'a Wave, settings: &'a Settings) -> impl Iterator<Item = &'a ChannelName> + Clone {
    let named = move |name: &ChannelName| wave.channels.as_ref().is_none_or(|channels| channels.contains(name));
    settings.channels.iter().map(|channel| &channel.name).filter(move |name| named(name))
}

/// Nobody is invited to what is cancelled, postponed or full.
fn goes_ahead(date: &Occurrence) -> bool {
    date.status.takes_place() && date.status != Status::Full
}

fn day_of_wave(date: &Occurrence, wave: &Wave) -> NaiveDate {
    calendar::minus_days(date.day(), i64::from(wave.days_before))
}

/// The language of every announcement.
pub(super) const LANGUAGE: &str = "en";

/// How far ahead of its start a series is searched for a first date that goes ahead.
const FIRST_YEAR: i64 = 366;

fn first_date(library: &Library, event: &Event) -> Option<Occurrence> {
    let start = event.pattern.starts.date();
    let dates = event.dates(library.zone, start, calendar::plus_days(start, FIRST_YEAR));
    dates.iter().find(|date| goes_ahead(date)).or(dates.first()).cloned()
}

/// The first so many dates that go ahead in each period, counted from the first date of the series.
fn at_most(library: &Library, event: &Event, dates: Vec<Occurrence>, limit: AtMost) -> Vec<Occurrence> {
    let origin = event.pattern.starts.date();
    let length = i64::from(limit.days.max(1));
    let period = |date: &Occurrence| calendar::days_from(origin, date.id.on.unwrap_or(date.day())).div_euclid(length);
    let mut allowed: HashMap<i64, Vec<Occurrence>> = HashMap::new();
    dates
        .into_iter()
        .filter(|date| {
            let number = period(date);
            let chosen = allowed.entry(number).or_insert_with(|| {
                let begins = calendar::plus_days(origin, number.saturating_mul(length));
                let whole = event.dates(library.zone, begins, calendar::plus_days(begins, length - 1));
                whole.into_iter().filter(goes_ahead).take(limit.times as usize).collect()
            });
            chosen.iter().any(|chosen| chosen.id == date.id)
        })
        .collect()
}

fn candidate<'a>(
    event: &'a Arc<Event>,
    date: &Occurrence,
    wave: &'a Wave,
    channel: &'a ChannelName,
    zone: calendar::Zone,
) -> Candidate<'a> {
    let occasion = if wave.once { Occasion::Series(event.id.clone()) } else { Occasion::Date(date.id.clone()) };
    let id = announcement_id(&occasion, &wave.name, channel, LANGUAGE);
    let moment = calendar::resolve(calendar::at(day_of_wave(date, wave), wave.at), zone).instant();
    Candidate {
        id,
        occasion,
        event,
        wave,
        channel,
        ideal: moment.with_timezone(&Utc),
        until: date.is_ahead_until(event.kind).with_timezone(&Utc),
        date: date.clone(),
    }
}

/// The name for ever of what `wave` says of `occasion` on `channel` in `language`.
///
/// A hash of these parts, each with its length before it, so that no two lists of parts run together.
pub fn announcement_id(occasion: &Occasion, wave: &str, channel: &ChannelName, language: &str) -> AnnouncementId {
    let (kind, on, nth) = match occasion {
        Occasion::Date(id) => ("date", id.on.map(|on| on.to_string()).unwrap_or_default(), id.nth),
        Occasion::Series(_) => ("series", String::new(), 0),
    };
    let nth = nth.to_string();
    let mut hash = blake3::Hasher::new();
    for part in ["announcement", kind, occasion.event().as_str(), &on, &nth, wave, channel.as_str(), language] {
        hash.update(&(part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut id = [0; 16];
    id.copy_from_slice(&hash.finalize().as_bytes()[..16]);
    AnnouncementId(id)
}
