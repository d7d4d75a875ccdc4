//! How far a post is, and the steps it may take: one table.

use std::fmt;

/// How far the post of one announcement is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    /// It waits for its moment.
    Scheduled,
    /// A try is under way, or a process died in the middle of one.
    Sending,
    /// A try ended without saying whether the platform took it; it is looked for before anything is sent again.
    Unknown,
    /// It waits until somebody decides.
    Held,
    /// The platform has it.
    Sent,
    /// It was never to go out; the reason stands beside it.
    Skipped,
    /// Its moment passed.
    Missed,
    /// It cannot go out; the reason stands beside it.
    Failed,
    /// Content or plan took it back before it went out.
    Withdrawn,
}

use State::{Failed, Held, Missed, Scheduled, Sending, Sent, Skipped, Unknown, Withdrawn};

/// From where to where. What is not here is refused by every store. A row that was never tried may come back from [`Skipped`], [`Missed`]
/// and [`Withdrawn`]; one that was tried may not, and nothing comes back from [`Sent`] and [`Failed`].
const LEGAL: &[(State, &[State])] = &[
    // to itself: its words, its time or its reason changed
    // to sent: `channels start` found it on the platform
    (Scheduled, &[Scheduled, Sending, Held, Sent, Skipped, Missed, Withdrawn]),
    (Sending, &[Sending, Sent, Unknown, Scheduled, Failed]),
    (Unknown, &[Unknown, Sent, Scheduled, Failed]),
    (Held, &[Held, Scheduled, Sent, Skipped, Missed, Withdrawn]),
    (Sent, &[]),
    (Skipped, &[Scheduled, Sent]),
    (Missed, &[Scheduled, Sent]),
    (Failed, &[Sent]),
    (Withdrawn, &[Scheduled, Skipped, Sent]),
];

/// How a row may begin; `Sent` when `channels start` took its receipt back.
const FIRST: &[State] = &[Scheduled, Skipped, Missed, Sent];

impl State {
    /// All of them.
    pub const ALL: [State; 9] = [Scheduled, Sending, Unknown, Held, Sent, Skipped, Missed, Failed, Withdrawn];

    /// May a row that is here go there? `tried` rows may not come back once they are over.
    pub fn may_become(self, to: State, tried: Tries) -> bool {
        let listed = LEGAL.iter().any(|(from, ways)| *from == self && ways.contains(&to));
        listed && !(self.is_over() && to == Scheduled && tried == Tries::Some)
    }

    /// May a new row begin here?
    pub fn may_begin(self) -> bool {
        FIRST.contains(&self)
    }

    /// Is it decided, one way or another?
    pub fn is_over(self) -> bool {
        matches!(self, Sent | Skipped | Missed | Failed | Withdrawn)
    }

    /// Does it wait in the queue, untouched by any try that is under way?
    pub fn is_queued(self) -> bool {
        matches!(self, Scheduled | Held)
    }

    /// As stores and scripts write it.
    pub fn name(self) -> &'static str {
        match self {
            Scheduled => "scheduled",
            Sending => "sending",
            Unknown => "unknown",
            Held => "held",
            Sent => "sent",
            Skipped => "skipped",
            Missed => "missed",
            Failed => "failed",
            Withdrawn => "withdrawn",
        }
    }

    /// The state of this name.
    pub fn named(text: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.name() == text)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Was a post ever handed to a platform?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tries {
    /// Never.
    None,
    /// At least once.
    Some,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_went_out_stays_so() {
        assert!(State::ALL.into_iter().all(|to| !Sent.may_become(to, Tries::None) && !Sent.may_become(to, Tries::Some)));
    }

    #[test]
    fn only_what_was_never_tried_comes_back() {
        for over in [Skipped, Missed, Withdrawn] {
            assert!(over.may_become(Scheduled, Tries::None), "{over}");
            assert!(!over.may_become(Scheduled, Tries::Some), "{over}");
        }
        assert!(!Failed.may_become(Scheduled, Tries::None));
    }

    #[test]
    fn only_a_try_leads_to_doubt_and_doubt_ends_in_no_silence() {
        for from in State::ALL {
            assert_eq!(from.may_become(Unknown, Tries::Some), matches!(from, Sending | Unknown), "{from}");
        }
        for doubtful in [Sending, Unknown] {
            assert!([Held, Skipped, Missed, Withdrawn].into_iter().all(|to| !doubtful.may_become(to, Tries::Some)), "{doubtful}");
        }
    }

    #[test]
    fn every_state_is_in_the_table_and_known_by_its_name() {
        for state in State::ALL {
            assert_eq!(LEGAL.iter().filter(|(from, _)| *from == state).count(), 1);
            assert_eq!(State::named(state.name()), Some(state));
        }
    }
}
