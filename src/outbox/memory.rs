//! An outbox that forgets when the program ends: for tests of everything above it. Many passes may be at work in it at once, as on several
//! hosts with one database, so leases alone keep them apart.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use serde_json::Value as Json;

use crate::calendar::{DateTime, Duration, Utc};
use crate::delivery::{AnnouncementId, Attempt, Frozen, IdempotencyKey};
use crate::outbox::change;
use crate::outbox::row::{Row, Tried};
use crate::outbox::start::Started;
use crate::outbox::state::State;
use crate::outbox::{Due, Holder, Lease, Outbox, OutboxError, Outcome, Provenance, Transition, Turn};
use crate::settings::ChannelName;

/// Rows in memory, with a clock of their own for leases.
#[derive(Default, Debug)]
pub struct Memory(Mutex<Inside>);

#[derive(Default, Debug)]
struct Inside {
    rows: BTreeMap<AnnouncementId, Kept>,
    started: BTreeMap<ChannelName, Started>,
    passes: i64,
    clock: Duration,
}

#[derive(Debug)]
struct Kept {
    row: Row,
    lease: Option<Loan>,
}

#[derive(Debug)]
struct Loan {
    holder: Holder,
    until: Duration,
    length: Duration,
}

impl Memory {
    /// An empty outbox.
    pub fn new() -> Self {
        Memory::default()
    }

    /// Turns the clock that leases go by.
    pub fn turn_clock(&self, by: Duration) {
        let mut inside = self.inside();
        inside.clock = after(inside.clock, by);
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn after(clock: Duration, by: Duration) -> Duration {
    clock.checked_add(&by).unwrap_or(Duration::MAX)
}

impl Inside {
    fn kept(&mut self, id: AnnouncementId) -> Result<&mut Kept, OutboxError> {
        self.rows.get_mut(&id).ok_or_else(|| OutboxError::Lost(id.short()))
    }

    /// A row whose lease is this one, and still runs.
    fn leased(&mut self, lease: &Lease) -> Result<&mut Kept, OutboxError> {
        let clock = self.clock;
        let kept = self.kept(lease.row.id)?;
        let ours = kept.lease.as_ref().is_some_and(|loan| loan.holder == lease.holder && loan.until > clock);
        if ours { Ok(kept) } else { Err(OutboxError::Lost(lease.row.id.short())) }
    }

    /// The row of the try that is under way.
    fn sending(&mut self, attempt: &Attempt) -> Result<&mut Kept, OutboxError> {
        let kept = self.kept(attempt.id)?;
        let ours = kept.row.state == State::Sending && kept.row.attempts == attempt.number;
        if ours { Ok(kept) } else { Err(OutboxError::Lost(attempt.id.short())) }
    }

    fn change(&mut self, changes: &[Transition]) -> Result<(), OutboxError> {
        let mut made = Vec::with_capacity(changes.len());
        for change in changes {
            made.push(change::changed(self.rows.get(&change.after.id).map(|kept| &kept.row), change)?);
        }
        for row in made {
            let lease = self.rows.remove(&row.id).and_then(|kept| kept.lease);
            self.rows.insert(row.id, Kept { row, lease });
        }
        Ok(())
    }
}

/// Rows by due, channel and id.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|a, b| (a.due, &a.channel, a.id).cmp(&(b.due, &b.channel, b.id)));
    rows
}

#[async_trait]
impl Outbox for Memory {
    async fn enter(&self) -> Result<Turn, OutboxError> {
        let mut inside = self.inside();
        inside.passes += 1;
        Ok(Turn { number: inside.passes, store: Provenance::Continued, lock: None })
    }

    async fn rows(&self) -> Result<Vec<Row>, OutboxError> {
        let without_bytes = |kept: &Kept| {
            let row = kept.row.clone();
            Row { tried: row.tried.clone().map(Tried::without_bytes), ..row }
        };
        Ok(in_order(self.inside().rows.values().map(without_bytes).collect()))
    }

    async fn row(&self, id: AnnouncementId) -> Result<Option<Row>, OutboxError> {
        Ok(self.inside().rows.get(&id).map(|kept| kept.row.clone()))
    }

    async fn apply(&self, changes: &[Transition]) -> Result<(), OutboxError> {
        self.inside().change(changes)
    }

    async fn lease(&self, due: &Due<'_>, holder: &Holder, length: Duration, limit: usize) -> Result<Vec<Lease>, OutboxError> {
        let mut inside = self.inside();
        let clock = inside.clock;
        let free = |kept: &Kept| kept.lease.as_ref().is_none_or(|loan| loan.until <= clock);
        let is_due = |row: &Row| row.state == State::Scheduled && row.channel == *due.channel && row.wakes() <= due.now;
        let found = inside.rows.values().filter(|kept| free(kept) && is_due(&kept.row) && !due.except.contains(&kept.row.id));
        let mut rows: Vec<Row> = found.map(|kept| kept.row.clone()).collect();
        rows.sort_by_key(|row| (row.wakes(), row.id));
        rows.truncate(limit);
        for row in &rows {
            inside.kept(row.id)?.lease = Some(Loan { holder: holder.clone(), until: after(clock, length), length });
        }
        Ok(rows.into_iter().map(|row| Lease { row, holder: holder.clone(), length }).collect())
    }

    async fn release(&self, lease: Lease, why: Option<&str>) -> Result<(), OutboxError> {
        let mut inside = self.inside();
        let kept = inside.leased(&lease)?;
        kept.lease = None;
        kept.row = change::released(kept.row.clone(), &lease, why);
        Ok(())
    }

    async fn begin(&self, lease: &Lease, key: &IdempotencyKey, frozen: &Frozen, now: DateTime<Utc>) -> Result<Attempt, OutboxError> {
        let mut inside = self.inside();
        let clock = inside.clock;
        let kept = inside.leased(lease)?;
        let (row, attempt) = change::begun(kept.row.clone(), lease, key, frozen, now)?;
        kept.row = row;
        kept.lease = Some(Loan { holder: lease.holder.clone(), until: after(clock, lease.length), length: lease.length });
        Ok(attempt)
    }

    async fn step(&self, attempt: &Attempt, name: &str, value: &Json, now: DateTime<Utc>) -> Result<(), OutboxError> {
        let mut inside = self.inside();
        let clock = inside.clock;
        let kept = inside.sending(attempt)?;
        if let Some(tried) = &mut kept.row.tried {
            tried.steps.insert(name.to_owned(), (value.clone(), now));
            tried.last = now;
        }
        if let Some(loan) = &mut kept.lease {
            loan.until = after(clock, loan.length);
        }
        Ok(())
    }

    async fn forget(&self, attempt: &Attempt, name: &str) -> Result<(), OutboxError> {
        let mut inside = self.inside();
        let kept = inside.sending(attempt)?;
        if let Some(tried) = &mut kept.row.tried {
            tried.steps.remove(name);
        }
        Ok(())
    }

    async fn settle(&self, attempt: &Attempt, outcome: &Outcome, now: DateTime<Utc>) -> Result<(), OutboxError> {
        let mut inside = self.inside();
        let kept = inside.kept(attempt.id)?;
        kept.row = change::settled(kept.row.clone(), attempt, outcome, now)?;
        kept.lease = None;
        Ok(())
    }

    async fn doubtful(&self) -> Result<Vec<Row>, OutboxError> {
        let inside = self.inside();
        let running = |kept: &Kept| kept.lease.as_ref().is_some_and(|loan| loan.until > inside.clock);
        let in_doubt = |kept: &&Kept| match kept.row.state {
            State::Unknown => true,
            State::Sending => !running(kept),
            _ => false,
        };
        Ok(in_order(inside.rows.values().filter(in_doubt).map(|kept| kept.row.clone()).collect()))
    }

    async fn started(&self) -> Result<Vec<Started>, OutboxError> {
        Ok(self.inside().started.values().cloned().collect())
    }

    async fn start(&self, channel: &Started, changes: &[Transition]) -> Result<(), OutboxError> {
        let mut inside = self.inside();
        inside.change(changes)?;
        inside.started.insert(channel.channel.clone(), channel.clone());
        Ok(())
    }
}
