//! What each call of a store does to one row: the same in every store, pure.

use std::collections::BTreeMap;

use crate::calendar::{DateTime, Utc};
use crate::delivery::{Attempt, Frozen, IdempotencyKey};
use crate::outbox::row::{Row, Tried};
use crate::outbox::state::State;
use crate::outbox::{Forbidden, Lease, OutboxError, Outcome, Transition};

/// The row after a transition; `kept` is the row as the store has it.
pub(super) fn changed(kept: Option<&Row>, change: &Transition) -> Result<Row, OutboxError> {
    if kept.map(|row| row.version) != change.before.as_ref().map(|row| row.version) {
        return Err(OutboxError::Changed(change.after.id.short()));
    }
    if !change.is_legal() {
        let from = kept.map_or("new", |row| row.state.name()).to_owned();
        return Err(OutboxError::Illegal { from, to: change.after.state });
    }
    let after = change.after.clone();
    Ok(match kept.cloned() {
        None => Row { version: 1, ..after },
        Some(Row { attempts, next_try, tried, version, created, .. }) => {
            Row { attempts, next_try, tried, created, version: version + 1, ..after }
        }
    })
}

/// The row given back untried.
pub(super) fn released(mut row: Row, lease: &Lease, why: Option<&str>) -> Row {
    if row.version == lease.row.version && why.is_some() && row.reason.as_deref() != why {
        row.reason = why.map(str::to_owned);
        row.version += 1;
    }
    row
}

/// The row at the beginning of a try, after the last look at it; whether the lease is ours the store has seen.
pub(super) fn begun(
    mut row: Row,
    lease: &Lease,
    key: &IdempotencyKey,
    frozen: &Frozen,
    now: DateTime<Utc>,
) -> Result<(Row, Attempt), OutboxError> {
    if row.state != State::Scheduled {
        return Err(OutboxError::Forbidden(Forbidden::NotScheduled(row.state)));
    }
    if row.version != lease.row.version {
        return Err(OutboxError::Lost(row.id.short()));
    }
    if row.until <= now {
        return Err(OutboxError::Forbidden(Forbidden::Begun));
    }
    let tried = match row.tried.take() {
        // by a clock that was turned back the first try would lie ahead, and looking from there on would miss it
        Some(tried) => Tried { first: tried.first.min(now), last: now, ..tried },
        None => Tried { key: key.clone(), frozen: frozen.clone(), first: now, last: now, steps: BTreeMap::new() },
    };
    row.attempts += 1;
    let attempt = Attempt {
        id: row.id,
        number: row.attempts,
        key: tried.key.clone(),
        frozen: tried.frozen.clone(),
        first_tried: tried.first,
        began: now,
    };
    row.tried = Some(tried);
    row.state = State::Sending;
    row.version += 1;
    row.changed = now;
    Ok((row, attempt))
}

/// Is this the try that is under way, or in doubt, at this row?
pub(super) fn is_trying(row: &Row, attempt: &Attempt) -> bool {
    matches!(row.state, State::Sending | State::Unknown) && row.attempts == attempt.number
}

/// The row after a try.
pub(super) fn settled(mut row: Row, attempt: &Attempt, outcome: &Outcome, now: DateTime<Utc>) -> Result<Row, OutboxError> {
    if !is_trying(&row, attempt) {
        return Err(OutboxError::Lost(row.id.short()));
    }
    if row.state != outcome.state() {
        row.changed = now;
    }
    row.state = outcome.state();
    row.version += 1;
    row.reason = outcome.why().map(str::to_owned);
    row.next_try = None;
    if row.state.is_over() {
        row.tried = row.tried.map(Tried::over);
    }
    match outcome {
        Outcome::Sent(receipt) => row.receipt = Some(receipt.clone()),
        Outcome::Later { next, .. } => row.next_try = Some(*next),
        Outcome::Back { .. } => row.attempts = row.attempts.saturating_sub(1),
        Outcome::Unknown { .. } => row.tried.iter_mut().for_each(|tried| tried.last = now),
        Outcome::Failed { .. } => {}
    }
    Ok(row)
}
