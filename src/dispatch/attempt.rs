//! One post, step by step: lent → its page looked at → words, key and pictures fixed → written down → sent → the answer written down.
//!
//! Whatever dies where, the outbox knows enough: before "written down" nothing was sent; after it the post is looked for before it is sent again.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::AssertUnwindSafe;

use async_trait::async_trait;
use futures_util::FutureExt;
use serde_json::Value as Json;

use crate::calendar::{DateTime, Duration, Now, Utc, instant};
use crate::delivery::{AnnouncementId, Attempt, Frozen, IdempotencyKey, Receipt};
use crate::dispatch::speaker::Speaker;
use crate::dispatch::{Place, Step, World, notices, retry};
use crate::outbox::start::Speaks;
use crate::outbox::{Due, Lease, OutboxError, Outcome, Row, moment};
use crate::platforms::{DeliveryError, Journal, Platform};
use crate::settings::QuietHours;

/// A lease outlives every request that is made under it by so much.
const MARGIN: Duration = Duration::seconds(60);

/// Sends what is due on one channel, one post after the other, each at most once in this pass. `left_out` are not touched.
pub(super) async fn speak(
    speaker: &Speaker<'_>,
    mut left_out: BTreeSet<AnnouncementId>,
    quiet: Option<QuietHours>,
) -> Result<(), OutboxError> {
    let world = &speaker.world;
    while !speaker.rests() {
        let now = world.now().instant();
        let due = Due { now, channel: &speaker.channel.name, except: &left_out };
        // a lease of no length asks whether anything is due, before a channel is opened, which may run a command
        if world.outbox.lease(&due, world.holder, Duration::zero(), 1).await?.is_empty() {
            return Ok(());
        }
        let Some(platform) = speaker.platform() else { return Ok(()) };
        let request = platform.profile().request;
        let length = request.checked_add(&MARGIN).unwrap_or(request);
        let Some(lease) = world.outbox.lease(&due, world.holder, length, 1).await?.pop() else { return Ok(()) };
        let id = lease.row.id;
        left_out.insert(id);
        match one(speaker, platform, lease, quiet).await {
            // somebody else, a person or another host, was quicker: theirs is the last word
            Err(OutboxError::Lost(_) | OutboxError::Forbidden(_)) => {}
            other => other?,
        }
    }
    Ok(())
}

async fn one(speaker: &Speaker<'_>, platform: &dyn Platform, lease: Lease, quiet: Option<QuietHours>) -> Result<(), OutboxError> {
    let world = &speaker.world;
    let row = lease.row.clone();
    world.steps.at(Step::Leased, row.id).await;
    if let Err(why) = page_is_there(speaker, &row).await {
        speaker.said.say(notices::delayed(&row, &why));
        return world.outbox.release(lease, Some(&why)).await;
    }
    let now = world.now();
    let (key, frozen) = match &row.tried {
        Some(tried) => (tried.key.clone(), tried.frozen.clone()),
        None => match freeze(speaker, platform, &row, now).await {
            Ok(fixed) => fixed,
            Err(why) => {
                speaker.said.say(notices::picture(&row, &why));
                return world.outbox.release(lease, Some(&why)).await;
            }
        },
    };
    world.steps.at(Step::Frozen, row.id).await;
    let attempt = match world.outbox.begin(&lease, &key, &frozen, world.now().instant()).await {
        Ok(attempt) => attempt,
        Err(forbidden @ OutboxError::Forbidden(_)) => {
            let why = forbidden.to_string();
            return world.outbox.release(lease, Some(&why)).await;
        }
        Err(other) => return Err(other),
    };
    world.steps.at(Step::Begun, row.id).await;

    let mut journal = Kept { world, attempt: &attempt, done: row.tried.map(|tried| tried.steps).unwrap_or_default() };
    let answer = AssertUnwindSafe(platform.deliver(&attempt, &mut journal)).catch_unwind().await;
    world.steps.at(Step::Delivered, lease.row.id).await;
    let answer = answer.unwrap_or_else(|_| {
        Err(DeliveryError::Unknown {
            why: "Handbill itself failed in the middle of it, which it should never do: please report it".to_owned(),
        })
    });
    settle(speaker, &attempt, &lease.row, answer, quiet).await?;
    world.steps.at(Step::Settled, lease.row.id).await;
    Ok(())
}

/// A post waits until the page that it links to can be read by people.
async fn page_is_there(speaker: &Speaker<'_>, row: &Row) -> Result<(), String> {
    let link = row.words().and_then(|post| post.link.as_deref());
    match link {
        Some(link) if speaker.channel.speaks != Speaks::Practice => {
            let answer = speaker.world.links.answers(link).await;
            answer.map_err(|why| format!("its page {link} is not on the web: {why}"))
        }
        _ => Ok(()),
    }
}

/// Fixes what is sent at this try and at all later ones.
async fn freeze(speaker: &Speaker<'_>, platform: &dyn Platform, row: &Row, now: Now) -> Result<(IdempotencyKey, Frozen), String> {
    let Some(post) = row.post.clone() else { return Err("there are no words for it".to_owned()) };
    let (profile, pictures) = (platform.profile(), speaker.world.pictures);
    let mut picture = None;
    if let Some(wanted) = &post.picture {
        picture = Some(pictures.sized(wanted, profile, Place::Post).await?);
    }
    let mut thumbnail = None;
    if let Some(wanted) = post.card.as_ref().and_then(|card| card.thumbnail.as_ref()) {
        thumbnail = Some(pictures.sized(wanted, profile, Place::Card).await?);
    }
    // some platforms make the key from the moment; two posts of one moment may not share one
    let mut at = now.instant();
    let mut key = platform.key(row.id.0, at);
    while !speaker.take_key(key.as_str()) {
        at = instant::later(at, Duration::milliseconds(1));
        let next = platform.key(row.id.0, at);
        if next == key {
            break;
        }
        key = next;
    }
    Ok((key, Frozen { post, picture, thumbnail, fixed: platform.freeze(row.id.0, at) }))
}

/// Writes down how a try ended, and says what must be said.
async fn settle(
    speaker: &Speaker<'_>,
    attempt: &Attempt,
    row: &Row,
    answer: Result<Receipt, DeliveryError>,
    quiet: Option<QuietHours>,
) -> Result<(), OutboxError> {
    let world = &speaker.world;
    let now = world.now();
    let outcome = match answer {
        Ok(receipt) => {
            speaker.keep_receipt(&receipt.id);
            Outcome::Sent(receipt)
        }
        Err(DeliveryError::Later { after, why }) => {
            // a platform that names a moment means the account, not the post
            if after.is_some() {
                speaker.rest();
            }
            later(attempt, after, why, quiet, now, world)
        }
        Err(DeliveryError::Redo { step, why }) => {
            world.outbox.forget(attempt, step).await?;
            later(attempt, None, why, quiet, now, world)
        }
        Err(DeliveryError::Unknown { why }) => {
            speaker.rest();
            Outcome::Unknown { why }
        }
        Err(DeliveryError::Refused { why }) => Outcome::Failed { why },
        Err(DeliveryError::Unauthorized { why, renew }) => {
            speaker.rest();
            speaker.said.say(notices::unauthorized(&speaker.channel.name, &why, renew));
            Outcome::Back { why }
        }
    };
    match &outcome {
        Outcome::Later { why, next } => {
            let why = format!("{why}; it is tried again from {} on", moment::told(*next, now));
            speaker.said.say(notices::delayed(row, &why));
        }
        Outcome::Unknown { why } => speaker.said.say(notices::not_looked_for(row, why)),
        Outcome::Failed { why } => speaker.said.say(notices::failed(row, why)),
        Outcome::Sent(_) | Outcome::Back { .. } => {}
    }
    world.outbox.settle(attempt, &outcome, now.instant()).await
}

fn later(attempt: &Attempt, after: Option<DateTime<Utc>>, why: String, quiet: Option<QuietHours>, now: Now, world: &World<'_>) -> Outcome {
    if attempt.number >= retry::MOST {
        return Outcome::Failed { why: format!("it was tried {} times; the last answer: {why}", attempt.number) };
    }
    Outcome::Later { next: retry::next_try(attempt.number, after, quiet, now, world.chance), why }
}

/// The journal of one try: what is recorded is in the outbox when `record` returns.
struct Kept<'a> {
    world: &'a World<'a>,
    attempt: &'a Attempt,
    done: BTreeMap<String, (Json, DateTime<Utc>)>,
}

#[async_trait]
impl Journal for Kept<'_> {
    fn done(&self, step: &'static str) -> Option<(Json, DateTime<Utc>)> {
        self.done.get(step).cloned()
    }

    async fn record(&mut self, step: &'static str, value: Json) -> Result<(), DeliveryError> {
        let now = self.world.now().instant();
        let kept = self.world.outbox.step(self.attempt, step, &value, now).await;
        // nothing was posted by then: a step comes before the post
        kept.map_err(|error| DeliveryError::Later { after: None, why: error.to_string() })?;
        self.done.insert(step.to_owned(), (value, now));
        self.world.steps.at(Step::Stepped, self.attempt.id).await;
        Ok(())
    }
}
