//! The outbox beside the site: SQLite in `.handbill/outbox.sqlite`.
//!
//! Durable before anything is sent: write-ahead log, `synchronous = FULL`. Every writer opens with `BEGIN IMMEDIATE`: a deferred transaction
//! that turns into a writer fails at once, whatever the time-out. One pass at a time by [`PassLock`].

use std::path::{Path, PathBuf};
use std::time::Duration as WallTime;

use async_trait::async_trait;
use serde_json::Value as Json;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite as Driver, SqliteConnection, SqlitePool};

use crate::calendar::{DateTime, Duration, Utc};
use crate::delivery::{AnnouncementId, Attempt, Frozen, IdempotencyKey};
use crate::outbox::change;
use crate::outbox::lock::{self, PassLock};
use crate::outbox::row::Row;
use crate::outbox::start::Started;
use crate::outbox::{Due, Holder, Lease, Outbox, OutboxError, Outcome, Provenance, Transition, Turn};
use crate::settings::ChannelName;

mod look;
mod rows;

pub use look::Seen;
use rows::{Which, instant, read, write};

/// The database's name in `.handbill/`.
pub const FILE: &str = "outbox.sqlite";

/// The layouts, oldest first; `PRAGMA user_version` says how many of them a database has.
const LAYOUTS: [&str; 1] = [concat!(include_str!("schema/0001_outbox.sqlite.sql"), "PRAGMA user_version = 1;")];

/// The newest layout that is known here: the last one's number.
const KNOWN: i64 = 1;

/// Milliseconds of the database's own clock: for leases, and for nothing else.
const STORE_CLOCK: &str = "SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER)";

/// An open outbox.
#[derive(Debug)]
pub struct Sqlite {
    pool: SqlitePool,
    state: PathBuf,
}

impl Sqlite {
    /// Opens the outbox in this `.handbill/`, and makes both if they are not there: the folder 0700, the file 0600.
    pub async fn open(state: &Path) -> Result<Sqlite, OutboxError> {
        lock::make_private_folder(state)?;
        let file = state.join(FILE);
        lock::make_private_file(&file)?;
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(WallTime::from_secs(5))
            .foreign_keys(true);
        // one connection: within a process writers wait for one another here, in order, and not for SQLite's lock
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let outbox = Sqlite { pool, state: state.to_owned() };
        outbox.lay_out().await?;
        Ok(outbox)
    }

    /// Closes it; an outbox that is dropped instead loses nothing.
    pub async fn close(self) {
        self.pool.close().await;
    }

    async fn lay_out(&self) -> Result<(), OutboxError> {
        let mut writer = self.writer().await?;
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *writer).await?;
        if found > KNOWN {
            return Err(OutboxError::Newer { found, known: KNOWN });
        }
        for layout in LAYOUTS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            sqlx::raw_sql(*layout).execute(&mut *writer).await?;
        }
        let passes: i64 = sqlx::query_scalar("SELECT number FROM passes").fetch_one(&mut *writer).await?;
        writer.commit().await?;
        if passes == 0 && lock::passes_beside(&self.state)?.is_none() {
            lock::write_passes(&self.state, 0)?;
        }
        Ok(())
    }

    async fn writer(&self) -> Result<sqlx::Transaction<'static, Driver>, OutboxError> {
        Ok(self.pool.begin_with("BEGIN IMMEDIATE").await?)
    }

    async fn one(on: &mut SqliteConnection, id: AnnouncementId) -> Result<Row, OutboxError> {
        read(on, &Which::One(id)).await?.pop().ok_or_else(|| OutboxError::Lost(id.short()))
    }

    /// A row whose lease is this one and still runs.
    async fn leased(on: &mut SqliteConnection, lease: &Lease) -> Result<Row, OutboxError> {
        let now = store_clock(on).await?;
        let ours: Option<i64> = sqlx::query_scalar("SELECT 1 FROM announcements WHERE id = ? AND lease_holder = ? AND lease_until > ?")
            .bind(lease.row.id.to_string())
            .bind(&lease.holder.0)
            .bind(now)
            .fetch_optional(&mut *on)
            .await?;
        ours.ok_or_else(|| OutboxError::Lost(lease.row.id.short()))?;
        Sqlite::one(on, lease.row.id).await
    }

    /// Is this try under way?
    async fn sending(on: &mut SqliteConnection, attempt: &Attempt) -> Result<(), OutboxError> {
        let ours: Option<i64> = sqlx::query_scalar("SELECT 1 FROM announcements WHERE id = ? AND attempts = ? AND state = 'sending'")
            .bind(attempt.id.to_string())
            .bind(attempt.number)
            .fetch_optional(on)
            .await?;
        ours.map(drop).ok_or_else(|| OutboxError::Lost(attempt.id.short()))
    }

    async fn change(on: &mut SqliteConnection, changes: &[Transition]) -> Result<(), OutboxError> {
        for change in changes {
            let kept = read(on, &Which::One(change.after.id)).await?.pop();
            write(on, &change::changed(kept.as_ref(), change)?).await?;
        }
        Ok(())
    }
}

async fn store_clock(on: &mut SqliteConnection) -> Result<i64, OutboxError> {
    Ok(sqlx::query_scalar(STORE_CLOCK).fetch_one(on).await?)
}

async fn let_go(on: &mut SqliteConnection, id: AnnouncementId) -> Result<(), OutboxError> {
    let sql = "UPDATE announcements SET lease_holder = NULL, lease_until = NULL, lease_length = NULL WHERE id = ?";
    sqlx::query(sql).bind(id.to_string()).execute(on).await?;
    Ok(())
}

async fn lend(on: &mut SqliteConnection, id: AnnouncementId, holder: &Holder, length: Duration) -> Result<(), OutboxError> {
    let until = store_clock(on).await?.saturating_add(length.num_milliseconds());
    sqlx::query("UPDATE announcements SET lease_holder = ?, lease_until = ?, lease_length = ? WHERE id = ?")
        .bind(&holder.0)
        .bind(until)
        .bind(length.num_milliseconds())
        .bind(id.to_string())
        .execute(on)
        .await?;
    Ok(())
}

#[async_trait]
impl Outbox for Sqlite {
    async fn enter(&self) -> Result<Turn, OutboxError> {
        let lock = PassLock::take(&self.state)?;
        let mut writer = self.writer().await?;
        let before: i64 = sqlx::query_scalar("SELECT number FROM passes").fetch_one(&mut *writer).await?;
        let beside = lock::passes_beside(&self.state)?;
        let store = match beside {
            Some(beside) if beside > before => Provenance::Restored,
            None if before > 0 => Provenance::Restored,
            _ => Provenance::Continued,
        };
        let number = before.max(beside.unwrap_or(0)).saturating_add(1);
        sqlx::query("UPDATE passes SET number = ?").bind(number).execute(&mut *writer).await?;
        // whoever has the lock is alone: what a dead pass had leased is free
        sqlx::query("UPDATE announcements SET lease_holder = NULL, lease_until = NULL, lease_length = NULL WHERE lease_holder IS NOT NULL")
            .execute(&mut *writer)
            .await?;
        if store == Provenance::Restored {
            sqlx::query("DELETE FROM channels").execute(&mut *writer).await?;
        }
        writer.commit().await?;
        // after the store: dying in between leaves the store ahead, which says nothing; the other way round it would look restored
        lock::write_passes(&self.state, number)?;
        Ok(Turn { number, store, lock: Some(lock) })
    }

    async fn rows(&self) -> Result<Vec<Row>, OutboxError> {
        let mut on = self.pool.acquire().await?;
        let mut reader = on.begin().await?;
        read(&mut reader, &Which::All).await
    }

    async fn row(&self, id: AnnouncementId) -> Result<Option<Row>, OutboxError> {
        let mut on = self.pool.acquire().await?;
        let mut reader = on.begin().await?;
        Ok(read(&mut reader, &Which::One(id)).await?.pop())
    }

    async fn apply(&self, changes: &[Transition]) -> Result<(), OutboxError> {
        let mut writer = self.writer().await?;
        Sqlite::change(&mut writer, changes).await?;
        Ok(writer.commit().await?)
    }

    async fn lease(&self, due: &Due<'_>, holder: &Holder, length: Duration, limit: usize) -> Result<Vec<Lease>, OutboxError> {
        let mut writer = self.writer().await?;
        let now = store_clock(&mut writer).await?;
        let sql = "SELECT id FROM announcements
            WHERE state = 'scheduled' AND channel = ?1 AND due <= ?2 AND (next_try IS NULL OR next_try <= ?2)
              AND (lease_until IS NULL OR lease_until <= ?3)
            ORDER BY MAX(due, COALESCE(next_try, due)), id";
        let ids: Vec<String> =
            sqlx::query_scalar(sql).bind(due.channel.as_str()).bind(due.now.timestamp_millis()).bind(now).fetch_all(&mut *writer).await?;
        let ids = ids.iter().filter_map(|id| AnnouncementId::from_hex(id)).filter(|id| !due.except.contains(id));
        let mut leases = Vec::new();
        for id in ids.take(limit) {
            lend(&mut writer, id, holder, length).await?;
            leases.push(Lease { row: Sqlite::one(&mut writer, id).await?, holder: holder.clone(), length });
        }
        writer.commit().await?;
        Ok(leases)
    }

    async fn release(&self, lease: Lease, why: Option<&str>) -> Result<(), OutboxError> {
        let mut writer = self.writer().await?;
        let row = Sqlite::leased(&mut writer, &lease).await?;
        write(&mut writer, &change::released(row, &lease, why)).await?;
        let_go(&mut writer, lease.row.id).await?;
        Ok(writer.commit().await?)
    }

    async fn begin(&self, lease: &Lease, key: &IdempotencyKey, frozen: &Frozen, now: DateTime<Utc>) -> Result<Attempt, OutboxError> {
        let mut writer = self.writer().await?;
        let row = Sqlite::leased(&mut writer, lease).await?;
        let (row, attempt) = change::begun(row, lease, key, frozen, now)?;
        write(&mut writer, &row).await?;
        rows::write_pictures(&mut writer, attempt.id, &attempt.frozen).await?;
        lend(&mut writer, row.id, &lease.holder, lease.length).await?;
        writer.commit().await?;
        Ok(attempt)
    }

    async fn step(&self, attempt: &Attempt, name: &str, value: &Json, now: DateTime<Utc>) -> Result<(), OutboxError> {
        let mut writer = self.writer().await?;
        Sqlite::sending(&mut writer, attempt).await?;
        let id = attempt.id.to_string();
        sqlx::query("INSERT INTO steps (id, name, value, at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at")
            .bind(&id)
            .bind(name)
            .bind(value.to_string())
            .bind(now.timestamp_millis())
            .execute(&mut *writer)
            .await?;
        let clock = store_clock(&mut writer).await?;
        sqlx::query("UPDATE announcements SET last_tried = ?, lease_until = ? + lease_length WHERE id = ?")
            .bind(now.timestamp_millis())
            .bind(clock)
            .bind(&id)
            .execute(&mut *writer)
            .await?;
        Ok(writer.commit().await?)
    }

    async fn forget(&self, attempt: &Attempt, name: &str) -> Result<(), OutboxError> {
        let mut writer = self.writer().await?;
        Sqlite::sending(&mut writer, attempt).await?;
        sqlx::query("DELETE FROM steps WHERE id = ? AND name = ?").bind(attempt.id.to_string()).bind(name).execute(&mut *writer).await?;
        Ok(writer.commit().await?)
    }

    async fn settle(&self, attempt: &Attempt, outcome: &Outcome, now: DateTime<Utc>) -> Result<(), OutboxError> {
        let mut writer = self.writer().await?;
        let row = Sqlite::one(&mut writer, attempt.id).await?;
        let row = change::settled(row, attempt, outcome, now)?;
        write(&mut writer, &row).await?;
        let_go(&mut writer, row.id).await?;
        if row.state.is_over() {
            rows::drop_steps_and_pictures(&mut writer, row.id).await?;
        }
        Ok(writer.commit().await?)
    }

    async fn doubtful(&self) -> Result<Vec<Row>, OutboxError> {
        let mut on = self.pool.acquire().await?;
        let mut reader = on.begin().await?;
        let now = store_clock(&mut reader).await?;
        read(&mut reader, &Which::Doubtful { now }).await
    }

    async fn started(&self) -> Result<Vec<Started>, OutboxError> {
        let mut on = self.pool.acquire().await?;
        let found: Vec<(String, i64, Option<String>, String)> =
            sqlx::query_as("SELECT name, started_at, server, base_url FROM channels ORDER BY name").fetch_all(&mut *on).await?;
        let started = |(name, at, server, base_url): (String, i64, Option<String>, String)| {
            Ok(Started { channel: ChannelName::new(&name), at: instant(at)?, server, base_url })
        };
        found.into_iter().map(started).collect()
    }

    async fn start(&self, channel: &Started, changes: &[Transition]) -> Result<(), OutboxError> {
        let mut writer = self.writer().await?;
        Sqlite::change(&mut writer, changes).await?;
        sqlx::query("INSERT OR REPLACE INTO channels (name, started_at, server, base_url) VALUES (?, ?, ?, ?)")
            .bind(channel.channel.as_str())
            .bind(channel.at.timestamp_millis())
            .bind(channel.server.as_deref())
            .bind(&channel.base_url)
            .execute(&mut *writer)
            .await?;
        Ok(writer.commit().await?)
    }
}
