//! What an event was called before: an announcement that the outbox knows under an earlier name keeps that name, and is not said again.
//!
//! Two things change names. A file without an `id:` is renamed, and `aliases:` says what it was. And an event with one date gains others (or
//! loses them), so that its date is no longer named by the event alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::delivery::AnnouncementId;
use crate::library::{Event, EventId, Library, OccurrenceId};
use crate::outreach::Occasion;
use crate::outreach::waves::{Candidate, LANGUAGE, announcement_id};
use crate::text::Slug;

/// Every event by its id, and by the ids it had before, where no other event has these now.
pub(super) fn of(library: &Library) -> BTreeMap<EventId, Arc<Event>> {
    let mut names: BTreeMap<EventId, Arc<Event>> = BTreeMap::new();
    for event in &library.events {
        for id in former(event) {
            names.insert(id, Arc::clone(event));
        }
    }
    names.extend(library.events.iter().map(|event| (event.id.clone(), Arc::clone(event))));
    names
}

/// The ids that an event had when its file was called as its aliases say.
fn former(event: &Event) -> Vec<EventId> {
    let slug = |path: &str| Slug::new(path.strip_prefix("/events/")?.trim_end_matches('/'));
    event.entry.aliases.iter().filter_map(|alias| slug(alias.as_str())).map(|slug| EventId::new(&slug)).collect()
}

/// Gives a candidate the name under which it is known already, if it is known under an earlier one.
pub(super) fn adopt(candidate: &mut Candidate<'_>, events: &BTreeMap<EventId, Arc<Event>>, known: impl Fn(&AnnouncementId) -> bool) {
    let event = candidate.event;
    let mut ids = vec![event.id.clone()];
    ids.extend(former(event).into_iter().filter(|id| events.get(id).is_some_and(|named| named.id == event.id)));
    for id in ids {
        for occasion in earlier(&candidate.occasion, event, &id) {
            let name = announcement_id(&occasion, &candidate.wave.name, candidate.channel, LANGUAGE);
            if known(&name) {
                candidate.id = name;
                candidate.occasion = occasion;
                return;
            }
        }
    }
}

/// The ways in which an occasion may have been named under an event's id: with its first date, or without.
fn earlier(occasion: &Occasion, event: &Event, id: &EventId) -> Vec<Occasion> {
    let first = event.pattern.starts.date();
    match occasion {
        Occasion::Series(_) => vec![Occasion::Series(id.clone())],
        Occasion::Date(date) => {
            let named = |on| Occasion::Date(OccurrenceId { event: id.clone(), on, nth: date.nth });
            let is_first = date.nth == 0 && date.on.is_none_or(|on| on == first);
            let mut ways = vec![named(date.on)];
            ways.extend(is_first.then(|| named(if date.on.is_none() { Some(first) } else { None })));
            ways
        }
    }
}
