//! What a closing of a branch does to the events in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Duration, Hours, Language, NaiveDateTime, OnClosing, Special};
use crate::library::{Branch, Change, Event, OccurrenceId, Place, Slug, Status};

/// The hours of every branch, and what happens to events on a closing where neither they nor it say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closings {
    hours: BTreeMap<Slug, Arc<Hours>>,
    otherwise: Option<OnClosing>,
    language: Language,
    /// Reasons in the language, where they are said otherwise than they are written.
    reasons: BTreeMap<String, String>,
}

impl Closings {
    /// Those of these branches; `otherwise` is what site.toml says, `language` the one that notes are written in.
    pub fn new(branches: &[Arc<Branch>], otherwise: Option<OnClosing>, language: Language) -> Closings {
        let hours = branches.iter().map(|branch| (branch.entry.slug.clone(), Arc::clone(&branch.hours))).collect();
        Closings { hours, otherwise, language, reasons: BTreeMap::new() }
    }

    /// The same in another language; `local` says what words are in it.
    pub fn spoken(&self, language: Language, local: impl Fn(&str) -> Option<String>) -> Closings {
        let reasons = self.hours.values().flat_map(|hours| hours.specials()).filter_map(|special| special.reason.clone());
        let reasons = reasons.filter_map(|reason| local(&reason).map(|said| (reason, said))).collect();
        Closings { language, reasons, ..self.clone() }
    }

    /// Is there any that cancels by itself?
    pub fn cancel(&self) -> bool {
        let cancels = |special: &Special| special.events.or(self.otherwise) == Some(OnClosing::Cancel);
        self.hours.values().any(|hours| hours.specials().iter().any(cancels))
    }

    /// Why what starts in a branch at this moment is called off, in a sentence; none when it is not. `said` is what the event says itself.
    pub(super) fn call_off(&self, branch: &Slug, starts: NaiveDateTime, said: Option<OnClosing>) -> Option<String> {
        let hours = self.hours.get(branch)?;
        let special = hours.special_on(starts.date())?;
        let decided = decision(special, said, self.otherwise) == Some(OnClosing::Cancel);
        (decided && hours.take_away(starts, starts)).then(|| {
            let reason = special.reason.as_ref().map(|reason| self.reasons.get(reason).unwrap_or(reason).as_str());
            special.why_for(reason, !hours.adds(starts.date()), self.language)
        })
    }
}

impl Event {
    /// Why a closing of its branch cancels a date, in a sentence. What is off, moved or online already has its own word.
    pub(super) fn called_off(
        &self,
        change: Option<&Change>,
        place: &Place,
        status: Status,
        starts: NaiveDateTime,
        lasts: Option<Duration>,
    ) -> Option<String> {
        let closings = self.closings.as_ref()?;
        let branch = place.branch.as_ref()?;
        // An exhibition that begins on a closed day goes on after it.
        let long = lasts.is_some_and(|lasts| lasts > Duration::days(1));
        if long || !matches!(status, Status::Scheduled | Status::Full) {
            return None;
        }
        closings.call_off(branch, starts, change.and_then(|change| change.on_closing).or(self.on_closing))
    }

    /// What a closing of its branch does to one of its dates, where the event says so.
    pub fn on_closing_of(&self, date: &OccurrenceId) -> Option<OnClosing> {
        self.change_of(date).and_then(|change| change.on_closing).or(self.on_closing)
    }
}

/// What happens to an event on a special day: as the event says, else the closing, else the library.
pub fn decision(special: &Special, event: Option<OnClosing>, otherwise: Option<OnClosing>) -> Option<OnClosing> {
    event.or(special.events).or(otherwise)
}
