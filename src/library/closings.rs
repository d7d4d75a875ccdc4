//! What a closing of a branch does to the events in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::{Hours, NaiveDateTime, OnClosing, Special, in_a_sentence};
use crate::library::{Branch, Slug};

/// The hours of every branch, and what happens to events on a closing where neither they nor it say.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closings {
    hours: BTreeMap<Slug, Arc<Hours>>,
    otherwise: Option<OnClosing>,
}

impl Closings {
    /// Those of these branches; `otherwise` is what site.toml says.
    pub fn new(branches: &[Arc<Branch>], otherwise: Option<OnClosing>) -> Closings {
        Closings { hours: branches.iter().map(|branch| (branch.entry.slug.clone(), Arc::clone(&branch.hours))).collect(), otherwise }
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
        (decided && !hours.at(starts).is_open()).then(|| why(special))
    }
}

/// What happens to an event on a special day: as the event says, else the closing, else the library.
pub fn decision(special: &Special, event: Option<OnClosing>, otherwise: Option<OnClosing>) -> Option<OnClosing> {
    event.or(special.events).or(otherwise)
}

/// "Closed for snow.", "Open only 10 am to 2 pm, for Christmas Eve."
fn why(special: &Special) -> String {
    let reason = special.reason.as_deref().map(in_a_sentence);
    match (special.intervals.is_empty(), reason) {
        (true, Some(reason)) => format!("Closed for {}.", reason.trim_end_matches('.')),
        (true, None) => "Closed that day.".to_owned(),
        (false, Some(reason)) => format!("Open only {}, for {}.", special.hours_in_words(), reason.trim_end_matches('.')),
        (false, None) => format!("Open only {} that day.", special.hours_in_words()),
    }
}
