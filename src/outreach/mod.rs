//! What there is to say, where and when: from content, plans and the clock, pure.
//!
//! In two steps. [`waves`] says what there is to announce, from content alone: ids and ideal moments. [`timing`] adds the clock, the limits
//! and what was said lately. [`compose`] makes the words fit each platform. Same input, same [`Schedule`], same ids.
//!
//! - [`announcement`] the words for all this
//! - [`waves`] [`timing`] [`words`] [`compose`] the steps

pub mod announcement;
pub mod compose;
pub mod timing;
pub mod waves;
pub mod words;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

pub use announcement::{Announcement, Moved, Occasion, Said, Schedule, Skipped, Stage};
pub use compose::{Composer, measure};
pub use words::{PostTexts, PostView};

use crate::calendar::{self, DateTime, Now, Utc};
use crate::delivery::AnnouncementId;
use crate::diagnostic::{Diagnostic, Diagnostics, codes};
use crate::library::{Event, EventId, Library, Status};
use crate::outreach::timing::{Slot, Timetable};
use crate::outreach::waves::Candidate;
use crate::profile::Profiles;
use crate::settings::Settings;

/// All that a schedule follows from, but for the clock and what was said.
#[derive(Clone, Copy)]
pub struct Brief<'a> {
    /// The events.
    pub library: &'a Library,
    /// The words of the waves.
    pub texts: &'a PostTexts,
    /// Plans, channels, limits.
    pub settings: &'a Settings,
    /// What each channel's platform allows.
    pub profiles: &'a Profiles,
}

/// How far ahead to look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Window {
    /// Whole local days after today.
    pub days: u32,
}

/// What is to be said from `now` (and, as far back as `grace`, should have been said) to the end of the window.
///
/// `said` is what the outbox knows: slots that were given stay, limits and spacing count what went out, and nothing is entered late that is
/// known already. The diagnostics are posts that can't be made; everything else is in the schedule all the same.
pub fn schedule(brief: &Brief<'_>, said: &[Said], now: Now, window: Window) -> (Schedule, Diagnostics) {
    let rules = &brief.settings.outreach;
    let known: HashMap<AnnouncementId, &Said> = said.iter().map(|said| (said.id, said)).collect();
    let oldest = calendar::earlier(now.instant(), rules.grace);
    let from = calendar::minus_days(oldest.with_timezone(&now.zone()).date_naive(), 1);
    let waiting = said.iter().filter(|said| said.stage == Stage::Waiting).map(|said| said.ideal.with_timezone(&now.zone()).date_naive());
    let from = waiting.min().map_or(from, |day| day.min(from));
    let to = calendar::plus_days(now.today(), i64::from(window.days));

    let mut candidates = waves::candidates(brief.library, brief.settings, from, to);
    candidates.sort_by(|a, b| (a.ideal, a.until, a.channel, a.id).cmp(&(b.ideal, b.until, b.channel, b.id)));
    let mut seen = HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.id));

    let late = entered_late(&candidates, &known, now, oldest);
    let mut schedule = Schedule { events: brief.library.events.iter().map(|event| event.id.clone()).collect(), ..Schedule::default() };
    note_what_is_off(brief.library, said, &mut schedule);
    let mut wrong = Diagnostics::new();
    let mut table = Timetable::new(rules, said, now);
    for candidate in &candidates {
        let slot = match (known.get(&candidate.id), late.get(&candidate.id)) {
            (Some(said), _) if said.stage == Stage::Failed => continue,
            (Some(said), _) if said.stage != Stage::Over && said.ideal == candidate.ideal => {
                let again = (said.stage == Stage::Waiting && said.slot <= now.instant()).then(|| table.give(candidate, now.instant()));
                kept(said, again, now.instant(), rules.grace)
            }
            (_, Some(Late::Goes)) => table.give_late(candidate),
            (_, Some(Late::TooLate)) => Slot::Skip("entered late".to_owned()),
            _ if candidate.ideal < oldest || candidate.until <= now.instant() => continue,
            _ => table.give(candidate, now.instant()),
        };
        match slot {
            Slot::At { due, moved } => match announcement(brief, candidate, due, moved, now) {
                Ok(announcement) => schedule.announcements.push(announcement),
                Err(diagnostic) => wrong.push(diagnostic),
            },
            Slot::Skip(why) => schedule.skipped.push(skipped(candidate, brief, why)),
        }
    }
    schedule.announcements.sort_by(|a, b| (a.due, &a.channel, a.id).cmp(&(b.due, &b.channel, b.id)));
    (schedule, wrong)
}

/// The slot that was given, unless it is past and its post has to keep its distance from others: then the next one within grace.
fn kept(said: &Said, again: Option<Slot>, now: DateTime<Utc>, grace: calendar::Duration) -> Slot {
    match again {
        Some(Slot::At { due, moved }) if due > now && due <= calendar::later(said.slot, grace) => Slot::At { due, moved },
        _ => Slot::At { due: said.slot, moved: moved_as_before(said) },
    }
}

fn moved_as_before(said: &Said) -> Option<Moved> {
    (said.slot != said.ideal).then(|| Moved { from: said.ideal, why: said.why.clone().unwrap_or_default() })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Late {
    /// The latest passed wave with `once`: it goes at the next allowed time.
    Goes,
    /// An earlier one: it is skipped.
    TooLate,
}

/// Events that were entered after the moments of their `once` waves: the latest of these goes out, if the event is more than a day ahead.
fn entered_late(
    candidates: &[Candidate<'_>],
    known: &HashMap<AnnouncementId, &Said>,
    now: Now,
    oldest: DateTime<Utc>,
) -> HashMap<AnnouncementId, Late> {
    let tomorrow = calendar::later(now.instant(), calendar::Duration::days(1));
    let mut passed: BTreeMap<(&EventId, &str), Vec<&Candidate<'_>>> = BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| candidate.wave.once && candidate.ideal < oldest && candidate.until > tomorrow) {
        passed.entry((&candidate.event.id, candidate.channel.as_str())).or_default().push(candidate);
    }
    let mut late = HashMap::new();
    for waves in passed.values() {
        let latest = waves.iter().map(|candidate| candidate.ideal).max();
        let unsaid = |candidate: &Candidate<'_>| {
            known.get(&candidate.id).is_none_or(|said| said.stage == Stage::Waiting && said.ideal != candidate.ideal)
        };
        for candidate in waves.iter().filter(|candidate| unsaid(candidate)) {
            late.insert(candidate.id, if Some(candidate.ideal) == latest { Late::Goes } else { Late::TooLate });
        }
    }
    late
}

/// Notes, of the dates that were announced or are queued, those that no longer go ahead.
fn note_what_is_off(library: &Library, said: &[Said], schedule: &mut Schedule) {
    let by_id: HashMap<&EventId, &Arc<Event>> = library.events.iter().map(|event| (&event.id, event)).collect();
    for said in said {
        let Occasion::Date(id) = &said.occasion else { continue };
        let Some(event) = by_id.get(&id.event) else { continue };
        let on = id.on.unwrap_or(event.pattern.starts.date());
        let planned = event.pattern.between(on, on, library.zone).find(|planned| planned.nth == id.nth);
        let date = planned.map(|planned| event.occurrence(&planned, library.zone));
        match date {
            None if id.on.is_some() => {
                schedule.off.insert(id.clone(), "it is no longer among the event's dates".to_owned());
            }
            Some(date) => {
                if let Some(word) = date.status.word().filter(|_| date.status != Status::MovedOnline) {
                    let note = date.note.map(|note| format!(": {note}")).unwrap_or_default();
                    schedule.off.insert(id.clone(), format!("{}{note}", word.to_lowercase()));
                }
            }
            None => {}
        }
    }
}

fn announcement(
    brief: &Brief<'_>,
    candidate: &Candidate<'_>,
    due: DateTime<Utc>,
    moved: Option<Moved>,
    now: Now,
) -> Result<Announcement, Diagnostic> {
    let composer = Composer { library: brief.library, texts: brief.texts, settings: brief.settings };
    let said_on = due.max(now.instant()).with_timezone(&now.zone()).date_naive();
    let Some(profile) = brief.profiles.of(candidate.channel.as_str()) else {
        let message = format!("the channel \"{}\" has no platform", candidate.channel);
        return Err(Diagnostic::error(codes::NO_POST_TEXT, message));
    };
    let file = &candidate.event.entry.file;
    let post = composer
        .compose(candidate.event, &candidate.date, candidate.wave, profile, said_on)
        .map_err(|wrong| if wrong.at.is_none() { wrong.at(file, 0..0) } else { wrong })?;
    Ok(Announcement {
        id: candidate.id,
        channel: candidate.channel.clone(),
        occasion: candidate.occasion.clone(),
        title: candidate.date.title(candidate.event).to_owned(),
        file: file.clone(),
        wave: candidate.wave.name.clone(),
        language: brief.settings.site.language.clone(),
        ideal: candidate.ideal,
        due,
        moved,
        until: candidate.until,
        post,
    })
}

fn skipped(candidate: &Candidate<'_>, brief: &Brief<'_>, why: String) -> Skipped {
    Skipped {
        id: candidate.id,
        channel: candidate.channel.clone(),
        occasion: candidate.occasion.clone(),
        title: candidate.date.title(candidate.event).to_owned(),
        file: candidate.event.entry.file.clone(),
        wave: candidate.wave.name.clone(),
        language: brief.settings.site.language.clone(),
        ideal: candidate.ideal,
        until: candidate.until,
        why,
    }
}
