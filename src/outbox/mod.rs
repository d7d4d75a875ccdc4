//! What is scheduled, tried, sent: the memory that makes an announcement go out exactly once.
//!
//! The outbox holds one [`Row`] an announcement, known by its id for ever. [`reconcile`] (pure) compares the rows with what there is to say
//! and gives [`Transition`]s; an [`Outbox`] (a store) applies them in one transaction. Before a network is touched, [`Outbox::begin`] has
//! written down what is sent and under which key, so that a process that dies leaves a row in [`State::Sending`], and the next pass looks on
//! the platform for it before anything is sent again.
//!
//! Two clocks: *story time* (passed in) says what is due and what is too late; *store time* (the store's own clock) says when a [`Lease`] is
//! over, and nothing else.
//!
//! - [`state`] how far a post is and where it may go from there; [`row`] what is remembered
//! - [`reconcile`] content against rows; [`moment`] what is too late
//! - [`memory`] a store that forgets, for tests; [`sqlite`] the store beside the site; [`lock`] one pass at a time
//! - [`start`] which channels speak from here

mod change;
pub mod lock;
pub mod memory;
pub mod moment;
pub mod reconcile;
pub mod row;
pub mod sqlite;
pub mod start;
pub mod state;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;

use async_trait::async_trait;
use serde_json::Value as Json;

use crate::calendar::{DateTime, Duration, Utc};
use crate::delivery::{AnnouncementId, Attempt, Frozen, IdempotencyKey, Receipt};
use crate::settings::ChannelName;

pub use memory::Memory;
pub use reconcile::{Alarm, Circumstances, Consent, Reconciliation, expire, reconcile};
pub use row::{Revision, Row, Tried};
pub use sqlite::Sqlite;
pub use start::{ChannelState, ChannelStates, Started};
pub use state::{State, Tries};

/// A store of rows. Every method is one transaction, committed when it returns.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Begins a pass: takes the lock where one pass at a time is the rule, raises the number of passes in the store and beside it, and lets go
    /// of the leases that a dead pass left. In a store that turns out to be a copy brought back, every channel is stopped until it is started
    /// again. Fails with [`OutboxError::Busy`] when another pass is at work.
    async fn enter(&self) -> Result<Turn, OutboxError>;

    /// All rows, by due, channel and id. The pictures of frozen posts come without their bytes.
    async fn rows(&self) -> Result<Vec<Row>, OutboxError>;

    /// One row, complete with the bytes of its pictures.
    async fn row(&self, id: AnnouncementId) -> Result<Option<Row>, OutboxError>;

    /// Applies all of these or none. Fails with [`OutboxError::Changed`] when a row is no longer as it was seen, with
    /// [`OutboxError::Illegal`] when a step is not in the table of [`state`].
    async fn apply(&self, changes: &[Transition]) -> Result<(), OutboxError>;

    /// Up to `limit` rows that are due, in order of their moment, lent to `holder` for `length` of store time. Nobody else is lent them before
    /// that is over or [`Outbox::release`] is called; a holder that dies leaves them as they are, [`State::Scheduled`].
    async fn lease(&self, due: &Due<'_>, holder: &Holder, length: Duration, limit: usize) -> Result<Vec<Lease>, OutboxError>;

    /// Gives a leased row back untried, with the reason why it waits.
    async fn release(&self, lease: Lease, why: Option<&str>) -> Result<(), OutboxError>;

    /// Writes down that this post is about to be sent, and commits.
    ///
    /// Looks a last time, in the same transaction: the lease must be ours, the row unchanged and [`State::Scheduled`], and `now` before the
    /// event; else [`OutboxError::Lost`] or [`OutboxError::Forbidden`], and nothing may be sent. At the first try `key` and `frozen` are kept, pictures
    /// included; at later ones those of the first are used, whatever is handed in. After this returns, a crash leaves the row in [`State::Sending`].
    async fn begin(&self, lease: &Lease, key: &IdempotencyKey, frozen: &Frozen, now: DateTime<Utc>) -> Result<Attempt, OutboxError>;

    /// Keeps what a step of a delivery gave, across a crash and for all later tries.
    async fn step(&self, attempt: &Attempt, name: &str, value: &Json, now: DateTime<Utc>) -> Result<(), OutboxError>;

    /// Forgets a step that no longer holds.
    async fn forget(&self, attempt: &Attempt, name: &str) -> Result<(), OutboxError>;

    /// Writes down how a try ended. Only for the try that is under way or in doubt, else [`OutboxError::Lost`]. A process that dies before this
    /// leaves the row in doubt.
    async fn settle(&self, attempt: &Attempt, outcome: &Outcome, now: DateTime<Utc>) -> Result<(), OutboxError>;

    /// Rows whose last try has no known end and is nobody's any more: in [`State::Unknown`], or in [`State::Sending`] without a running lease.
    /// Complete with the bytes of their pictures.
    async fn doubtful(&self) -> Result<Vec<Row>, OutboxError>;

    /// The channels that speak from here.
    async fn started(&self) -> Result<Vec<Started>, OutboxError>;

    /// Lets a channel speak from here, and brings its rows in line, in one transaction.
    async fn start(&self, channel: &Started, changes: &[Transition]) -> Result<(), OutboxError>;
}

/// One pass's turn at the outbox; the lock is let go when this is dropped.
#[derive(Debug)]
pub struct Turn {
    /// The number of the pass.
    pub number: i64,
    /// Is this the store that the last pass wrote to?
    pub store: Provenance,
    /// Held for as long as the turn lasts.
    pub lock: Option<lock::PassLock>,
}

/// Where a store comes from, as the number of passes beside it shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Provenance {
    /// It is the one that the last pass wrote to, or a new one.
    Continued,
    /// It is older than what was written beside it, or came without that: a copy brought back, which does not know what went out since.
    Restored,
}

/// What is due.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    /// Story time: due and next try are not after it.
    pub now: DateTime<Utc>,
    /// Of this channel.
    pub channel: &'a ChannelName,
    /// But none of these.
    pub except: &'a BTreeSet<AnnouncementId>,
}

/// Who holds leases: a name that no other process or host has.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Holder(pub String);

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A row lent to one holder.
#[derive(Clone, PartialEq, Debug)]
pub struct Lease {
    /// The row as lent, complete.
    pub row: Row,
    /// To whom.
    pub holder: Holder,
    /// For how long, from now and again from each step on.
    pub length: Duration,
}

/// One change of a row, named with what was seen.
#[derive(Clone, PartialEq, Debug)]
pub struct Transition {
    /// The row as it was seen; none for a new one.
    pub before: Option<Box<Row>>,
    /// The row as it shall be. Tries, steps and version are the store's and are left as they are.
    pub after: Row,
}

impl Transition {
    /// A new row.
    pub fn new(row: Row) -> Transition {
        Transition { before: None, after: row }
    }

    /// Where it comes from; none for a new row.
    pub fn from(&self) -> Option<State> {
        self.before.as_ref().map(|row| row.state)
    }

    /// Is it in the table?
    pub fn is_legal(&self) -> bool {
        match &self.before {
            None => self.after.state.may_begin(),
            Some(before) => before.state.may_become(self.after.state, before.tries()),
        }
    }
}

/// How a try ended.
#[derive(Clone, PartialEq, Debug)]
pub enum Outcome {
    /// The platform has it.
    Sent(Receipt),
    /// It certainly was not taken; at `next` again, with the same key and words.
    Later {
        /// Not before.
        next: DateTime<Utc>,
        /// In plain words.
        why: String,
    },
    /// It certainly was not taken, and that was not this post's fault: the try does not count.
    Back {
        /// In plain words.
        why: String,
    },
    /// It may have been taken.
    Unknown {
        /// In plain words.
        why: String,
    },
    /// It never will be.
    Failed {
        /// In plain words.
        why: String,
    },
}

impl Outcome {
    /// Where it leads.
    pub fn state(&self) -> State {
        match self {
            Outcome::Sent(_) => State::Sent,
            Outcome::Later { .. } | Outcome::Back { .. } => State::Scheduled,
            Outcome::Unknown { .. } => State::Unknown,
            Outcome::Failed { .. } => State::Failed,
        }
    }

    /// Why, in plain words.
    pub fn why(&self) -> Option<&str> {
        match self {
            Outcome::Sent(_) => None,
            Outcome::Later { why, .. } | Outcome::Back { why } | Outcome::Unknown { why } | Outcome::Failed { why } => Some(why),
        }
    }
}

/// Why a post may not be sent after all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Forbidden {
    /// Its event has begun.
    Begun,
    /// It is no longer scheduled: held, withdrawn, or over.
    NotScheduled(State),
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Forbidden::Begun => f.write_str("the event has begun"),
            Forbidden::NotScheduled(state) => write!(f, "it is {state} by now"),
        }
    }
}

/// What goes wrong in a store.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// One pass at a time.
    #[error("another pass is at work in this outbox, and will do what is due")]
    Busy,
    /// Somebody else has the row by now.
    #[error("{0} is in other hands by now")]
    Lost(String),
    /// The last look forbade it.
    #[error("{0}")]
    Forbidden(Forbidden),
    /// A row is no longer as it was seen.
    #[error("{0} was changed by somebody else in the meantime")]
    Changed(String),
    /// A step that the table does not have.
    #[error("a post that is {from} cannot become {to}")]
    Illegal {
        /// From.
        from: String,
        /// To.
        to: State,
    },
    /// A newer Handbill wrote it.
    #[error("this outbox was written by a newer Handbill (its layout is {found}, this program knows {known})")]
    Newer {
        /// Its layout.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// What is kept can't be read.
    #[error("the outbox holds something that cannot be read: {0}")]
    Damaged(String),
    /// `.handbill` is a file or a link.
    #[error("{} must be a folder, not a link or a file", .0.display())]
    NoFolder(PathBuf),
    /// Where a file of the outbox must stand is something else: a link, say.
    #[error("{} must be a file, and is a link or something else", .0.display())]
    NoFile(PathBuf),
    /// The disk.
    #[error("{}: {source}", path.display())]
    Disk {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The database.
    #[error("the outbox's database: {0}")]
    Database(#[from] sqlx::Error),
}
