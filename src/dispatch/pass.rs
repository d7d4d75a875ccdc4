//! One pass: what a scheduled job does.

use std::collections::BTreeSet;

use futures_util::future::join_all;

use crate::calendar::{DateTime, Duration, Now, Utc};
use crate::delivery::AnnouncementId;
use crate::diagnostic::FileId;
use crate::dispatch::speaker::{Said, Speaker};
use crate::dispatch::{PassReport, World, attempt, notices, recover};
use crate::outbox::moment::same_day;
use crate::outbox::reconcile::{Alarm, Circumstances, Consent, expire, reconcile};
use crate::outbox::start::{ChannelState, Story, states};
use crate::outbox::{ChannelStates, OutboxError, Provenance, Row};
use crate::outreach::{Said as SaidBefore, Schedule};
use crate::settings::QuietHours;

/// So often a pass begins anew when somebody else changed a row between its look and its change.
const TRIES: usize = 3;

/// What there is to say.
pub enum Content<'a> {
    /// The content has no error.
    Sound {
        /// What there is to say, given what was said: `outreach::schedule`.
        schedule: &'a (dyn Fn(&[SaidBefore], Now) -> Schedule + Sync),
        /// It holds what has its ideal moment or its slot up to here.
        reach: DateTime<Utc>,
    },
    /// It has errors: nothing is brought in line, and the posts of these files wait.
    Broken(BTreeSet<FileId>),
}

/// How one pass is to go.
#[derive(Clone, Copy, Debug)]
pub struct Pass {
    /// How late a post may still go out.
    pub grace: Duration,
    /// When nothing is tried again.
    pub quiet: Option<QuietHours>,
    /// May many posts be taken back at once?
    pub consent: Consent,
}

/// How a pass ended.
#[derive(Debug)]
pub enum Passed {
    /// This is what it did.
    Done(Box<PassReport>),
    /// Another pass is at work, and does what is due; this one did nothing.
    Busy,
}

impl Pass {
    /// Runs one pass.
    pub async fn run(&self, world: &World<'_>, content: &Content<'_>) -> Result<Passed, OutboxError> {
        let turn = match world.outbox.enter().await {
            Err(OutboxError::Busy) => return Ok(Passed::Busy),
            turn => turn?,
        };
        let said = Said::default();
        let before = world.outbox.rows().await?;
        let channels = self.channels(world, turn.store, &said).await?;
        let speakers: Vec<Speaker<'_>> = world
            .channels
            .iter()
            .filter(|channel| channels.of(&channel.name).is_some_and(ChannelState::may_speak))
            .map(|channel| Speaker::new(*world, channel, &said, &before))
            .collect();

        let doubtful = world.outbox.doubtful().await?;
        recover_all(&speakers, &doubtful, &channels, &said).await?;
        // many rows are read once, not twice, as long as nothing was in doubt
        let seen = if doubtful.is_empty() { before.clone() } else { world.outbox.rows().await? };
        if let Some(left_out) = self.bring_in_line(world, content, &channels, &said, seen).await? {
            let speaking = speakers.iter().map(|speaker| attempt::speak(speaker, left_out.clone(), self.quiet));
            // one channel's trouble never stops another: all are heard out before the first error is told
            join_all(speaking).await.into_iter().collect::<Result<Vec<()>, OutboxError>>()?;
        }

        let after = world.outbox.rows().await?;
        drop(speakers);
        let now = world.now().instant();
        let report = PassReport::between(turn.number, &before, after, &channels, now, said.into_notices());
        Ok(Passed::Done(Box::new(report)))
    }

    /// Which channels may speak, with a word about those that may not.
    async fn channels(&self, world: &World<'_>, store: Provenance, said: &Said) -> Result<ChannelStates, OutboxError> {
        let started = world.outbox.started().await?;
        let channels = world.channels.iter().map(|channel| (&channel.name, &channel.speaks));
        let states = states(channels, &started, world.base_url, world.story);
        if store == Provenance::Restored {
            let stopped: Vec<_> = states.0.iter().filter(|(_, state)| **state == ChannelState::NotStarted).map(|(name, _)| name).collect();
            said.say(notices::restored(&stopped));
        }
        states.0.iter().filter_map(|(name, state)| notices::silent(name, state)).for_each(|notice| said.say(notice));
        let left_alone: Vec<_> = states.0.iter().filter(|(_, state)| **state == ChannelState::NotRehearsed).map(|(name, _)| name).collect();
        if world.story == Story::Rehearsal && !left_alone.is_empty() {
            said.say(notices::rehearsal(&left_alone));
        }
        Ok(states)
    }

    /// Brings the outbox in line with the content, or with the time alone. Gives what may not be sent in this pass; none when nothing may.
    async fn bring_in_line(
        &self,
        world: &World<'_>,
        content: &Content<'_>,
        channels: &ChannelStates,
        said: &Said,
        mut rows: Vec<Row>,
    ) -> Result<Option<BTreeSet<AnnouncementId>>, OutboxError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let now = world.now();
            let around = |reach| Circumstances { now, grace: self.grace, channels, reach, consent: self.consent };
            let (changes, alarms, left_out) = match content {
                Content::Sound { schedule, reach } => {
                    let before: Vec<SaidBefore> = rows.iter().map(Row::said).collect();
                    let found = reconcile(&schedule(&before, now), &rows, &around(*reach));
                    (found.transitions, found.alarms, BTreeSet::new())
                }
                Content::Broken(files) => (expire(&rows, &around(now.instant())), Vec::new(), waiting_for(files, &rows, now)),
            };
            match world.outbox.apply(&changes).await {
                Err(OutboxError::Changed(_)) if tries < TRIES => {
                    rows = world.outbox.rows().await?;
                    continue;
                }
                applied => applied?,
            }
            if matches!(content, Content::Broken(_)) {
                said.say(notices::content_broken());
            }
            for alarm in &alarms {
                said.say(notices::alarm(alarm, now));
            }
            let stop = alarms.iter().any(|alarm| matches!(alarm, Alarm::TooMany { .. }));
            return Ok((!stop).then_some(left_out));
        }
    }
}

/// What may not go out while the content has errors: the posts of a file with an error, and those that would have to be composed anew because
/// they were written for another day.
fn waiting_for(broken: &BTreeSet<FileId>, rows: &[Row], now: Now) -> BTreeSet<AnnouncementId> {
    rows.iter().filter(|row| broken.contains(&row.file) || !same_day(row.due, now)).map(|row| row.id).collect()
}

/// Looks for what is in doubt on the channels that may speak, and says what is in doubt on those that may not.
async fn recover_all(speakers: &[Speaker<'_>], doubtful: &[Row], channels: &ChannelStates, said: &Said) -> Result<(), OutboxError> {
    for row in doubtful {
        let why = match channels.of(&row.channel) {
            Some(ChannelState::NotRehearsed) => continue,
            Some(state) => state.silence(&row.channel),
            None => Some(format!("site.toml has no channel `{}` any more", row.channel)),
        };
        if let Some(why) = why {
            said.say(notices::unknown(row, &why));
        }
    }
    let looking = speakers.iter().map(|speaker| recover::look_for_all(speaker, doubtful));
    join_all(looking).await.into_iter().collect()
}
