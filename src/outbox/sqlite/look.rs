//! Looking into the outbox without touching it: no folder or file made, no rights changed, no layout, no write-ahead log.
//!
//! A reader of a database with a write-ahead log makes that log's files when they are not there. So where there is no log, the file is read
//! as one that nobody changes (`immutable`), and afterwards it is made sure that nobody did.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::outbox::lock;
use crate::outbox::row::Row;
use crate::outbox::sqlite::{FILE, KNOWN, Sqlite};
use crate::outbox::start::Started;
use crate::outbox::{Outbox, OutboxError};

/// What an outbox holds: its rows, and the channels that speak from there.
pub type Seen = (Vec<Row>, Vec<Started>);

impl Sqlite {
    /// What the outbox in this `.handbill/` holds; nothing when there is none yet. A newer layout is refused.
    pub async fn look(state: &Path) -> Result<Seen, OutboxError> {
        lock::look_at_folder(state)?;
        let file = state.join(FILE);
        lock::no_other_than_a_file(&file)?;
        let Some(before) = stamp(&file)? else { return Ok(Seen::default()) };
        let log = state.join(format!("{FILE}-wal"));
        if !log.exists() {
            let seen = seen(state, Others::None).await;
            if !log.exists() && stamp(&file)? == Some(before) {
                return seen;
            }
        }
        seen(state, Others::AtWork).await
    }
}

/// May somebody else be writing, or have died while writing?
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    None,
    AtWork,
}

async fn seen(state: &Path, others: Others) -> Result<Seen, OutboxError> {
    let options = SqliteConnectOptions::new()
        .filename(state.join(FILE))
        .read_only(true)
        .immutable(others == Others::None)
        .busy_timeout(Duration::from_secs(5));
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    let outbox = Sqlite { pool, state: state.to_owned() };
    let seen = outbox.seen().await;
    outbox.close().await;
    seen
}

impl Sqlite {
    async fn seen(&self) -> Result<Seen, OutboxError> {
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&self.pool).await?;
        match found {
            // somebody made the file and died before anything was in it
            0 => Ok(Seen::default()),
            KNOWN => Ok((self.rows().await?, self.started().await?)),
            _ => Err(OutboxError::Newer { found, known: KNOWN }),
        }
    }
}

/// How long the file is and when it was written; none when it is not there.
fn stamp(file: &Path) -> Result<Option<(u64, SystemTime)>, OutboxError> {
    let refused = |source| OutboxError::Disk { path: file.to_owned(), source };
    match fs::metadata(file) {
        Ok(found) => Ok(Some((found.len(), found.modified().map_err(refused)?))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(error)),
    }
}
