//! The frozen post of one announcement, its key, and what a platform answered.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::calendar::{DateTime, Utc};
use crate::delivery::{AnnouncementId, Post};

/// What makes a repeat recognisable: one announcement has one, for all its tries. Letters, digits and hyphens only.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// A key of these letters.
    pub fn new(text: impl Into<String>) -> Self {
        IdempotencyKey(text.into())
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is sent until the outcome is certain: fixed before the first try and never changed after.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Frozen {
    /// The words as they go out.
    pub post: Post,
    /// The picture as it goes out, sized for the platform.
    pub picture: Option<FrozenPicture>,
    /// The thumbnail of the link card, sized for the platform.
    pub thumbnail: Option<FrozenPicture>,
    /// What the platform fixed before the first try (Bluesky: `createdAt`); an object, empty for most.
    pub fixed: serde_json::Value,
}

/// A picture's bytes as they are sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPicture {
    /// Hash of the bytes, in hexadecimal; the store keeps them under it.
    pub hash: String,
    /// `image/jpeg`.
    pub mime: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What it shows; empty when decorative.
    pub alt: String,
    /// The bytes. Not part of the JSON: a store keeps them beside it.
    #[serde(skip)]
    pub bytes: Arc<[u8]>,
}

impl fmt::Debug for FrozenPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FrozenPicture({} {}x{}, {} bytes)", self.mime, self.width, self.height, self.bytes.len())
    }
}

/// One try at delivering one announcement; it stands in the store, committed, before the network is touched.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// The announcement.
    pub id: AnnouncementId,
    /// Which try: 1 for the first.
    pub number: u32,
    /// The same for all tries of the announcement.
    pub key: IdempotencyKey,
    /// The same for all tries of the announcement.
    pub frozen: Frozen,
    /// When the first try began (story time); look-ups begin here.
    pub first_tried: DateTime<Utc>,
    /// When this try began (story time).
    pub began: DateTime<Utc>,
}

/// What a platform gave back for a post that it took.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Receipt {
    /// The platform's own name for the post.
    pub id: String,
    /// Where people see it.
    pub url: Option<String>,
    /// When the platform took it, as it says itself, else when we had the answer.
    pub at: DateTime<Utc>,
    /// What else the platform needs later (Bluesky: the record's `cid`); an object, empty for most.
    #[serde(default)]
    pub more: serde_json::Value,
}

/// What looking for a post gave.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// It is there.
    Yes(Receipt),
    /// It is certainly not there.
    No,
    /// The platform can't be asked: a person decides.
    CannotTell,
}
