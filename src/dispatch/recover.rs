//! What became of a post whose try has no known end: it is looked for on its platform before anything is sent again.

use crate::calendar::{Duration, Now, instant};
use crate::delivery::{Attempt, Found};
use crate::dispatch::speaker::Speaker;
use crate::dispatch::{Step, notices, retry};
use crate::outbox::{OutboxError, Outcome, Row, State, Tried};
use crate::platforms::{DeliveryError, Platform};

/// Looks for the posts in doubt of one channel.
pub(super) async fn look_for_all(speaker: &Speaker<'_>, rows: &[Row]) -> Result<(), OutboxError> {
    for row in rows.iter().filter(|row| row.channel == speaker.channel.name) {
        let Some(platform) = speaker.platform() else { return Ok(()) };
        if speaker.rests() {
            return Ok(());
        }
        match look_for(speaker, platform, row).await {
            // another host found it out first
            Err(OutboxError::Lost(_)) => {}
            other => other?,
        }
    }
    Ok(())
}

async fn look_for(speaker: &Speaker<'_>, platform: &dyn Platform, row: &Row) -> Result<(), OutboxError> {
    let world = &speaker.world;
    let (Some(attempt), Some(tried)) = (row.attempt(), &row.tried) else { return Ok(()) };
    let now = world.now();
    world.steps.at(Step::Doubted, row.id).await;
    let (settle, request) = (platform.profile().settle, platform.profile().request);
    if let Some(wait) = Wait::of(row.state, tried, settle, request, now) {
        return wait_for_it(speaker, row, &attempt, tried, settle, wait, now).await;
    }
    // by a clock that was turned back the first try lies ahead; looking from there on would miss it
    let seen = Attempt { first_tried: attempt.first_tried.min(now.instant()), ..attempt.clone() };
    let found = platform.find(&seen, &speaker.receipts()).await;
    world.steps.at(Step::Looked, row.id).await;
    let outcome = match found {
        Ok(Found::Yes(receipt)) => {
            speaker.keep_receipt(&receipt.id);
            Outcome::Sent(receipt)
        }
        Ok(Found::No) if row.attempts >= retry::MOST => {
            let why = format!("it was tried {} times, and did not arrive", row.attempts);
            speaker.said.say(notices::failed(row, &why));
            Outcome::Failed { why }
        }
        Ok(Found::No) => Outcome::Later { next: now.instant(), why: "the last try did not arrive".to_owned() },
        Ok(Found::CannotTell) => {
            let why = "the platform cannot be asked";
            speaker.said.say(notices::unknown(row, why));
            if row.state == State::Unknown {
                return Ok(());
            }
            Outcome::Unknown { why: why.to_owned() }
        }
        Err(DeliveryError::Unauthorized { why, renew }) => {
            speaker.rest();
            speaker.said.say(notices::unauthorized(&speaker.channel.name, &why, renew));
            return Ok(());
        }
        Err(other) => {
            speaker.said.say(notices::not_looked_for(row, &other.to_string()));
            return Ok(());
        }
    };
    world.outbox.settle(&attempt, &outcome, now.instant()).await?;
    world.steps.at(Step::Recovered, row.id).await;
    Ok(())
}

/// Why a post is not looked for yet: an empty look-up would prove nothing.
enum Wait {
    /// It can be missed until then.
    Settle,
    /// The last try lies ahead: the clock was turned back, so nobody knows how long ago it was.
    ClockTurnedBack,
}

impl Wait {
    fn of(state: State, tried: &Tried, settle: Duration, request: Duration, now: Now) -> Option<Wait> {
        if settle <= Duration::zero() {
            return None;
        }
        if tried.last > now.instant() {
            return Some(Wait::ClockTurnedBack);
        }
        // a process that died may have died at the end of a request
        let wait = if state == State::Sending { settle.checked_add(&request).unwrap_or(settle) } else { settle };
        (instant::later(tried.last, wait) > now.instant()).then_some(Wait::Settle)
    }
}

async fn wait_for_it(
    speaker: &Speaker<'_>,
    row: &Row,
    attempt: &Attempt,
    tried: &Tried,
    settle: Duration,
    wait: Wait,
    now: Now,
) -> Result<(), OutboxError> {
    let since = match wait {
        Wait::ClockTurnedBack => now.instant(),
        // the death is noticed now; it happened at the latest now
        Wait::Settle if row.state == State::Sending => now.instant(),
        Wait::Settle => tried.last,
    };
    speaker.said.say(notices::in_doubt(row, instant::later(since, settle), now));
    if row.state == State::Unknown && matches!(wait, Wait::Settle) {
        return Ok(());
    }
    let why = row.reason.clone().unwrap_or_else(|| "the last try was cut off".to_owned());
    speaker.world.outbox.settle(attempt, &Outcome::Unknown { why }, since).await
}
