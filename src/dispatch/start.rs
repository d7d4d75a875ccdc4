//! `channels start`: from this moment on a channel speaks from this outbox.
//!
//! What stands on the platform already is taken back: each of our posts that can be recognised becomes a row that is sent, with its receipt.
//! Everything else that fell due before this moment is skipped. So nothing is said twice, wherever it was said first.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{DateTime, Duration, Now, Utc, instant};
use crate::delivery::{AnnouncementId, Receipt};
use crate::dispatch::{Channel, World};
use crate::outbox::start::{Speaks, Started, Story};
use crate::outbox::{OutboxError, Row, State, Transition};
use crate::outreach::{Said, Schedule};
use crate::platforms::{Account, DeliveryError, Platform, RemotePost};

/// A post is recognised by its link alone only this long after its moment.
const BY_LINK: Duration = Duration::hours(36);

/// How a channel is started.
pub struct Start<'a> {
    /// Which one.
    pub channel: &'a Channel,
    /// The platform, opened.
    pub platform: &'a dyn Platform,
    /// What there is to say: `outreach::schedule`.
    pub schedule: &'a (dyn Fn(&[Said], Now) -> Schedule + Sync),
    /// How far back our posts are looked for.
    pub back: Duration,
}

/// What starting a channel did.
#[derive(Clone, PartialEq, Debug)]
pub struct Beginning {
    /// Whom the channel speaks as.
    pub account: Account,
    /// From when on it speaks.
    pub at: DateTime<Utc>,
    /// Our posts that were found on the platform.
    pub recovered: Vec<Row>,
    /// Posts that fell due before, and will not be posted.
    pub passed_over: Vec<Row>,
}

/// Why a channel could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Practice speaks without a start.
    #[error("`{0}` is a practice channel and needs no start")]
    Practice(String),
    /// A rehearsal does not start real channels.
    #[error("`{0}` cannot be started in a rehearsal: leave out `--now`")]
    Rehearsal(String),
    /// The platform says no.
    #[error(transparent)]
    Platform(#[from] DeliveryError),
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
}

impl Start<'_> {
    /// Verifies the account, takes back what is found, writes down the moment.
    pub async fn run(&self, world: &World<'_>) -> Result<Beginning, StartError> {
        let name = &self.channel.name;
        let Speaks::Real { server } = &self.channel.speaks else { return Err(StartError::Practice(name.to_string())) };
        if world.story == Story::Rehearsal && !self.channel.speaks.may_rehearse() {
            return Err(StartError::Rehearsal(name.to_string()));
        }
        let _turn = world.outbox.enter().await?;
        let account = self.platform.verify().await?;
        let now = world.now();
        let remote = self.platform.posts_since(instant::later(now.instant(), -self.back)).await?;

        let rows: Vec<Row> = world.outbox.rows().await?;
        let said: Vec<Said> = rows.iter().map(Row::said).collect();
        let candidates = candidates(&rows, &(self.schedule)(&said, now), self.channel, now.instant());
        let mut found = recognise(self.platform, &candidates, remote);
        let mut changes = Vec::new();
        for (before, row) in candidates {
            let after = if let Some(receipt) = found.remove(&row.id) {
                let reason = Some("it was found on the platform".to_owned());
                Row { state: State::Sent, receipt: Some(receipt), reason, changed: now.instant(), ..row }
            } else if row.ideal < now.instant() && (before.is_none() || row.state.is_queued()) {
                let reason = Some("it fell due before its channel was started here".to_owned());
                Row { state: State::Skipped, reason, changed: now.instant(), ..row }
            } else {
                continue;
            };
            changes.push(Transition { before: before.map(Box::new), after });
        }
        let started = Started { channel: name.clone(), at: now.instant(), server: server.clone(), base_url: world.base_url.to_owned() };
        world.outbox.start(&started, &changes).await?;
        let (recovered, passed_over) = changes.into_iter().map(|change| change.after).partition(|row| row.state == State::Sent);
        Ok(Beginning { account, at: started.at, recovered, passed_over })
    }
}

/// Rows and announcements of the channel that may stand on the platform without our knowing: all that are not sent. With the row as it is
/// kept; none where there is none yet.
fn candidates(rows: &[Row], schedule: &Schedule, channel: &Channel, now: DateTime<Utc>) -> Vec<(Option<Row>, Row)> {
    let known: BTreeSet<AnnouncementId> = rows.iter().map(|row| row.id).collect();
    let ours = rows.iter().filter(|row| row.channel == channel.name && !matches!(row.state, State::Sent | State::Sending | State::Unknown));
    let kept = ours.map(|row| (Some(row.clone()), row.clone()));
    let announced = schedule.announcements.iter().filter(|a| a.channel == channel.name && !known.contains(&a.id));
    let skipped = schedule.skipped.iter().filter(|s| s.channel == channel.name && !known.contains(&s.id));
    let new = announced.map(|a| Row::scheduled(a, now)).chain(skipped.map(|s| Row::skipped(s, now)));
    kept.chain(new.map(|row| (None, row))).collect()
}

/// Which of the posts on the platform is which announcement: by key, by words and link, or by link and time. One post is one announcement.
fn recognise(platform: &dyn Platform, candidates: &[(Option<Row>, Row)], remote: Vec<RemotePost>) -> BTreeMap<AnnouncementId, Receipt> {
    let mut remote = remote;
    let mut found = BTreeMap::new();
    for way in [by_key, by_words, by_time] {
        for (_, row) in candidates {
            if found.contains_key(&row.id) {
                continue;
            }
            if let Some(at) = remote.iter().position(|post| way(platform, row, post)) {
                found.insert(row.id, remote.swap_remove(at).receipt);
            }
        }
    }
    found
}

fn by_key(platform: &dyn Platform, row: &Row, post: &RemotePost) -> bool {
    post.key.as_ref().is_some_and(|key| match &row.tried {
        Some(tried) => tried.key == *key,
        // a key that is made of the moment is made again of the moment that the platform tells
        None => platform.key(row.id.0, instant::to_the_millisecond(post.receipt.at)) == *key,
    })
}

fn by_words(_: &dyn Platform, row: &Row, post: &RemotePost) -> bool {
    has_link(row, post) && row.words().is_some_and(|words| words.text.trim() == post.text.trim())
}

fn by_time(_: &dyn Platform, row: &Row, post: &RemotePost) -> bool {
    has_link(row, post) && (row.ideal..instant::later(row.ideal, BY_LINK)).contains(&post.receipt.at)
}

fn has_link(row: &Row, post: &RemotePost) -> bool {
    row.words().and_then(|words| words.link.as_ref()).is_some_and(|link| post.links.contains(link))
}
