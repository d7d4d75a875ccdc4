//! Practice: a wall in a local file, with any platform's limits. The sample's default, and a place to train staff.
//!
//! Exactly once: the key stands in the line, so looking for a post is certain, and a key that is on the wall is never written again.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use async_trait::async_trait;

use crate::calendar::{DateTime, Duration, Utc};
use crate::delivery::{AnnouncementId, Attempt, Found, IdempotencyKey, Receipt};
use crate::platforms::keys::Keys;
use crate::platforms::wall::{WallLine, append, read_wall, wall_path};
use crate::platforms::{Account, DeliveryError, Here, Journal, Opened, Platform, REGISTERED, Registered, RemotePost, Secrets};
use crate::profile::{LinkCards, PictureLimit, Profile, TextLimit, Unit};
use crate::settings::ChannelSettings;
use crate::settings::key::{Takes, key};

/// The wall's own limits, for a channel that is not like another platform: those that fit nearly everywhere.
const PROFILE: Profile = Profile {
    name: "practice",
    text: TextLimit { most: 500, unit: Unit::Graphemes, link: Some(23), bytes: None },
    pictures: Some(PictureLimit { bytes: 2_000_000, pixels: 8_294_400, side: 2_048, alt: 1_500 }),
    link_card: LinkCards::Theirs,
    thumbnail_bytes: 1_000_000,
    settle: Duration::zero(),
    request: Duration::seconds(10),
};

pub(super) const PLATFORM: Registered = Registered {
    name: "practice",
    keys: &[key("like", "whose rules are practiced: how long a post may be, how links and hashtags are counted")
        .takes(Takes::OneOf(&["mastodon", "bluesky"]))
        .default("500 characters")
        .example("\"bluesky\"")],
    read: |keys| {
        like(keys);
    },
    profile: |channel| Profile { name: "practice", settle: PROFILE.settle, request: PROFILE.request, ..limits_of(channel) },
    server: |_| None,
    open,
};

/// The platform whose limits the wall takes.
pub(super) fn like(keys: &mut Keys<'_>) -> Option<&'static str> {
    let others: Vec<&str> = REGISTERED.iter().map(|platform| platform.name).filter(|name| *name != "practice").collect();
    keys.word("like", &others)
}

fn limits_of(channel: &ChannelSettings) -> Profile {
    let like = like(&mut Keys::new(channel, PLATFORM.keys));
    let other = like.and_then(|name| REGISTERED.iter().find(|platform| platform.name == name));
    other.map_or(PROFILE, |platform| (platform.profile)(channel))
}

#[expect(clippy::unnecessary_wraps, reason = "the shape that all platforms share")]
fn open(channel: &ChannelSettings, here: &Here, _: &dyn Secrets) -> Opened {
    let wall = wall_path(&here.state, &channel.name);
    Ok(Box::new(Practice { profile: (PLATFORM.profile)(channel), wall }))
}

/// A wall.
struct Practice {
    profile: Profile,
    wall: PathBuf,
}

impl Practice {
    fn lines(&self) -> Result<Vec<WallLine>, DeliveryError> {
        read_wall(&self.wall).map_err(|error| self.trouble(&error))
    }

    fn standing(&self, key: &IdempotencyKey) -> Result<Option<Receipt>, DeliveryError> {
        Ok(self.lines()?.iter().find(|line| line.key == key.as_str()).map(receipt))
    }

    /// Nothing was posted, or only half a line that nobody sees.
    fn trouble(&self, error: &io::Error) -> DeliveryError {
        DeliveryError::Later { after: None, why: format!("the practice wall \"{}\" cannot be used: {error}", self.wall.display()) }
    }
}

fn receipt(line: &WallLine) -> Receipt {
    Receipt { id: line.id.clone(), url: None, at: line.at, more: serde_json::Value::Null }
}

#[async_trait]
impl Platform for Practice {
    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn key(&self, key_seed: [u8; 16], _at: DateTime<Utc>) -> IdempotencyKey {
        IdempotencyKey::new(AnnouncementId(key_seed).to_string())
    }

    async fn deliver(&self, attempt: &Attempt, _: &mut dyn Journal) -> Result<Receipt, DeliveryError> {
        if let Some(standing) = self.standing(&attempt.key)? {
            return Ok(standing);
        }
        let frozen = &attempt.frozen;
        let line = WallLine {
            id: attempt.id.to_string(),
            key: attempt.key.to_string(),
            at: attempt.began,
            text: frozen.post.text.clone(),
            picture: frozen.post.picture.as_ref().map(|picture| picture.file.clone()),
            alt: frozen.post.picture.as_ref().map(|picture| picture.alt.clone()),
            replies_to: None,
        };
        // A line that could not be brought to the disk may still be there: it is looked for like any other.
        append(&self.wall, &line).map_err(|error| DeliveryError::Unknown { why: self.trouble(&error).to_string() })?;
        Ok(receipt(&line))
    }

    async fn find(&self, attempt: &Attempt, _: &BTreeSet<String>) -> Result<Found, DeliveryError> {
        Ok(self.standing(&attempt.key)?.map_or(Found::No, Found::Yes))
    }

    async fn verify(&self) -> Result<Account, DeliveryError> {
        self.lines()?;
        let id = self.wall.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Account { name: "practice wall".to_owned(), id })
    }

    async fn posts_since(&self, since: DateTime<Utc>) -> Result<Vec<RemotePost>, DeliveryError> {
        let newer = self.lines()?.into_iter().rev().filter(|line| line.at >= since);
        Ok(newer
            .map(|line| RemotePost {
                receipt: receipt(&line),
                key: Some(IdempotencyKey::new(line.key)),
                text: line.text,
                links: Vec::new(),
            })
            .collect())
    }
}
