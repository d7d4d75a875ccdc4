//! Rows ⇄ columns.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as Columns, SqliteConnection};

use crate::calendar::{DateTime, Utc};
use crate::delivery::{AnnouncementId, Frozen, IdempotencyKey};
use crate::diagnostic::FileId;
use crate::library::{EventId, OccurrenceId};
use crate::outbox::OutboxError;
use crate::outbox::row::{Revision, Row, Tried};
use crate::outbox::state::State;
use crate::outreach::{Moved, Occasion};
use crate::settings::ChannelName;
use crate::text::Slug;

/// Which rows to read.
pub(super) enum Which {
    /// All, without the bytes of pictures.
    All,
    /// This one, complete.
    One(AnnouncementId),
    /// Those in doubt at this moment of the store's clock, complete.
    Doubtful {
        /// Milliseconds.
        now: i64,
    },
}

const ALL: &str = "SELECT * FROM announcements ORDER BY due, channel, id";
const ONE: &str = "SELECT * FROM announcements WHERE id = ?";
const DOUBTFUL: &str = "SELECT * FROM announcements
    WHERE state = 'unknown' OR (state = 'sending' AND (lease_until IS NULL OR lease_until <= ?)) ORDER BY due, channel, id";

pub(super) async fn read(on: &mut SqliteConnection, which: &Which) -> Result<Vec<Row>, OutboxError> {
    let query = match which {
        Which::All => sqlx::query(ALL),
        Which::One(id) => sqlx::query(ONE).bind(id.to_string()),
        Which::Doubtful { now } => sqlx::query(DOUBTFUL).bind(*now),
    };
    let found = query.fetch_all(&mut *on).await?;
    let mut rows = found.iter().map(row).collect::<Result<Vec<Row>, OutboxError>>()?;
    for row in rows.iter_mut().filter(|row| row.tried.is_some() && !row.state.is_over()) {
        let Some(tried) = &mut row.tried else { continue };
        tried.steps = steps(on, row.id).await?;
        if !matches!(which, Which::All) {
            for picture in tried.pictures_mut() {
                picture.bytes = bytes(on, &picture.hash).await?;
            }
        }
    }
    Ok(rows)
}

async fn steps(on: &mut SqliteConnection, id: AnnouncementId) -> Result<BTreeMap<String, (Json, DateTime<Utc>)>, OutboxError> {
    let found: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT name, value, at FROM steps WHERE id = ?").bind(id.to_string()).fetch_all(on).await?;
    found.into_iter().map(|(name, value, at)| Ok((name, (from_json(&value)?, instant(at)?)))).collect()
}

async fn bytes(on: &mut SqliteConnection, hash: &str) -> Result<Arc<[u8]>, OutboxError> {
    let found: Option<Vec<u8>> =
        sqlx::query_scalar("SELECT bytes FROM pictures WHERE hash = ?").bind(hash.to_owned()).fetch_optional(on).await?;
    found.map(Arc::from).ok_or_else(|| OutboxError::Damaged(format!("the picture {hash} of a post is lost")))
}

/// Keeps the bytes of a frozen post's pictures.
pub(super) async fn write_pictures(on: &mut SqliteConnection, id: AnnouncementId, frozen: &Frozen) -> Result<(), OutboxError> {
    for picture in frozen.picture.iter().chain(&frozen.thumbnail) {
        sqlx::query("INSERT INTO pictures (hash, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(&picture.hash)
            .bind(&*picture.bytes)
            .execute(&mut *on)
            .await?;
        sqlx::query("INSERT INTO frozen_pictures (id, hash) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(id.to_string())
            .bind(&picture.hash)
            .execute(&mut *on)
            .await?;
    }
    Ok(())
}

/// Throws away what is of use only as long as there may be another try.
pub(super) async fn drop_steps_and_pictures(on: &mut SqliteConnection, id: AnnouncementId) -> Result<(), OutboxError> {
    sqlx::query("DELETE FROM steps WHERE id = ?").bind(id.to_string()).execute(&mut *on).await?;
    sqlx::query("DELETE FROM frozen_pictures WHERE id = ?").bind(id.to_string()).execute(&mut *on).await?;
    sqlx::query("DELETE FROM pictures WHERE hash NOT IN (SELECT hash FROM frozen_pictures)").execute(&mut *on).await?;
    Ok(())
}

/// Writes all columns of a row, new or known, but its lease.
pub(super) async fn write(on: &mut SqliteConnection, row: &Row) -> Result<(), OutboxError> {
    const SQL: &str = "INSERT INTO announcements
        (id, channel, event, series, day, nth, title, file, wave, language, ideal, due, until, moved_from, moved_why, post, revision,
         state, reason, attempts, next_try, key, frozen, first_tried, last_tried, receipt, version, created, changed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
            title = excluded.title, file = excluded.file, ideal = excluded.ideal, due = excluded.due, until = excluded.until,
            moved_from = excluded.moved_from, moved_why = excluded.moved_why, post = excluded.post, revision = excluded.revision,
            state = excluded.state, reason = excluded.reason, attempts = excluded.attempts, next_try = excluded.next_try,
            key = excluded.key, frozen = excluded.frozen, first_tried = excluded.first_tried, last_tried = excluded.last_tried,
            receipt = excluded.receipt, version = excluded.version, changed = excluded.changed";
    let (series, nth) = match &row.occasion {
        Occasion::Date(id) => (false, id.nth),
        Occasion::Series(_) => (true, 0),
    };
    let millis = |at: DateTime<Utc>| at.timestamp_millis();
    sqlx::query(SQL)
        .bind(row.id.to_string())
        .bind(row.channel.as_str())
        .bind(row.occasion.event().as_str())
        .bind(series)
        .bind(row.occasion.on().map(|day| day.to_string()))
        .bind(nth)
        .bind(&row.title)
        .bind(row.file.path())
        .bind(&row.wave)
        .bind(&row.language)
        .bind(millis(row.ideal))
        .bind(millis(row.due))
        .bind(millis(row.until))
        .bind(row.moved.as_ref().map(|moved| millis(moved.from)))
        .bind(row.moved.as_ref().map(|moved| &moved.why))
        .bind(row.post.as_ref().map(json).transpose()?)
        .bind(row.revision.0)
        .bind(row.state.name())
        .bind(&row.reason)
        .bind(row.attempts)
        .bind(row.next_try.map(millis))
        .bind(row.tried.as_ref().map(|tried| tried.key.as_str()))
        .bind(row.tried.as_ref().map(|tried| json(&tried.frozen)).transpose()?)
        .bind(row.tried.as_ref().map(|tried| millis(tried.first)))
        .bind(row.tried.as_ref().map(|tried| millis(tried.last)))
        .bind(row.receipt.as_ref().map(json).transpose()?)
        .bind(row.version)
        .bind(millis(row.created))
        .bind(millis(row.changed))
        .execute(on)
        .await?;
    Ok(())
}

fn row(columns: &SqliteRow) -> Result<Row, OutboxError> {
    let text = |name: &str| columns.try_get::<String, _>(name);
    let maybe_text = |name: &str| columns.try_get::<Option<String>, _>(name);
    let moment = |name: &str| -> Result<DateTime<Utc>, OutboxError> { instant(columns.try_get(name)?) };
    let maybe_moment =
        |name: &str| -> Result<Option<DateTime<Utc>>, OutboxError> { columns.try_get::<Option<i64>, _>(name)?.map(instant).transpose() };
    let damaged = |what: &str, found: &str| OutboxError::Damaged(format!("\"{found}\" is no {what}"));

    let id = text("id")?;
    let event = text("event")?;
    let event = EventId::new(&Slug::new(&event).ok_or_else(|| damaged("name of an event", &event))?);
    let occasion = if columns.try_get("series")? {
        Occasion::Series(event)
    } else {
        let day = maybe_text("day")?;
        let on = day.map(|day| day.parse().map_err(|_| damaged("date", &day))).transpose()?;
        Occasion::Date(OccurrenceId { event, on, nth: columns.try_get("nth")? })
    };
    let state = text("state")?;
    let moved = match (maybe_moment("moved_from")?, maybe_text("moved_why")?) {
        (Some(from), Some(why)) => Some(Moved { from, why }),
        _ => None,
    };
    let tried = match (maybe_text("key")?, maybe_text("frozen")?, maybe_moment("first_tried")?, maybe_moment("last_tried")?) {
        (Some(key), Some(frozen), Some(first), Some(last)) => {
            Some(Tried { key: IdempotencyKey::new(key), frozen: from_json(&frozen)?, first, last, steps: BTreeMap::new() })
        }
        _ => None,
    };
    Ok(Row {
        id: AnnouncementId::from_hex(&id).ok_or_else(|| damaged("name of an announcement", &id))?,
        channel: ChannelName::new(&text("channel")?),
        occasion,
        title: text("title")?,
        file: FileId::new(text("file")?),
        wave: text("wave")?,
        language: text("language")?,
        ideal: moment("ideal")?,
        due: moment("due")?,
        moved,
        until: moment("until")?,
        post: maybe_text("post")?.map(|post| from_json(&post)).transpose()?,
        revision: Revision(columns.try_get("revision")?),
        state: State::named(&state).ok_or_else(|| damaged("state", &state))?,
        reason: maybe_text("reason")?,
        attempts: columns.try_get("attempts")?,
        next_try: maybe_moment("next_try")?,
        tried,
        receipt: maybe_text("receipt")?.map(|receipt| from_json(&receipt)).transpose()?,
        version: columns.try_get("version")?,
        created: moment("created")?,
        changed: moment("changed")?,
    })
}

/// Milliseconds since 1970 as an instant.
pub(super) fn instant(millis: i64) -> Result<DateTime<Utc>, OutboxError> {
    DateTime::from_timestamp_millis(millis).ok_or_else(|| OutboxError::Damaged(format!("{millis} is no moment")))
}

fn json<T: Serialize>(value: &T) -> Result<String, OutboxError> {
    serde_json::to_string(value).map_err(|error| OutboxError::Damaged(error.to_string()))
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, OutboxError> {
    serde_json::from_str(text).map_err(|error| OutboxError::Damaged(error.to_string()))
}
