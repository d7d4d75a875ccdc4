//! Channels, posts and attempts for tests of platforms.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test binary uses a part of it, and a test may fail anywhere")]

use std::io::Cursor;
use std::sync::Arc;

use async_trait::async_trait;
use handbill::calendar::instant::parse_rfc3339;
use handbill::calendar::{DateTime, Utc};
use handbill::delivery::{AnnouncementId, Attempt, Frozen, FrozenPicture, IdempotencyKey, LinkCard, Mark, MarkKind, Post, PostPicture};
use handbill::platforms::{self, DeliveryError, Here, Journal, Platform, Secrets};
use handbill::settings::{ChannelName, ChannelSettings, Node, SecretRef, Table, Value};
use secrecy::SecretString;
use serde_json::Value as Json;

pub const LINK: &str = "https://library.example.org/events/story-time/?from=post&day=3";

/// `site.toml` would say: `[[channels]] name = "news", platform, key = value …`; a value in braces is `{ env = "…" }`.
pub fn channel(platform: &str, keys: &[(&str, &str)]) -> ChannelSettings {
    let text = |text: &str| Node { value: Value::String(text.to_owned()), span: 20..30 };
    let value = |value: &str| match value.strip_prefix('{') {
        Some(name) => Node { value: Value::Table(Table(vec![("env".into(), 20..23, text(name.trim_end_matches('}')))])), span: 20..30 },
        None => text(value),
    };
    let rest = keys.iter().map(|(key, of)| ((*key).to_owned(), 10..15, value(of))).collect();
    ChannelSettings { name: ChannelName::new("news"), platform: platform.into(), platform_span: 5..9, span: 0..4, rest: Table(rest) }
}

/// A secret for every question.
pub struct Told(pub &'static str);

impl Secrets for Told {
    fn reveal(&self, _: &SecretRef) -> Result<SecretString, String> {
        Ok(SecretString::from(self.0))
    }
}

/// The channel, ready to speak.
pub fn open(channel: &ChannelSettings, secret: &'static str) -> Box<dyn Platform> {
    let here = Here { state: std::env::temp_dir().join("handbill-nowhere") };
    platforms::open(channel, &here, &Told(secret)).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// Steps kept in memory.
#[derive(Default)]
pub struct Notes(pub Vec<(&'static str, Json, DateTime<Utc>)>);

#[async_trait]
impl Journal for Notes {
    fn done(&self, step: &'static str) -> Option<(Json, DateTime<Utc>)> {
        self.0.iter().rev().find(|(name, ..)| *name == step).map(|(_, value, at)| (value.clone(), *at))
    }

    async fn record(&mut self, step: &'static str, value: Json) -> Result<(), DeliveryError> {
        self.0.push((step, value, now()));
        Ok(())
    }
}

pub fn at(text: &str) -> DateTime<Utc> {
    parse_rfc3339(text).unwrap()
}

/// The moment of the story: that of the fakes' clocks.
pub fn now() -> DateTime<Utc> {
    at("2026-12-01T14:30:00Z")
}

/// A post of these words with [`LINK`] behind them.
pub fn post(words: &str) -> Post {
    let text = format!("{words} {LINK}");
    let marks = vec![Mark { range: words.len() + 1..text.len(), kind: MarkKind::Link(LINK.into()) }];
    Post { text, marks, language: "en-US".into(), link: Some(LINK.into()), card: None, picture: None }
}

/// The first try of it.
pub fn first_try(platform: &dyn Platform, post: Post) -> Attempt {
    first_try_of(platform, [7; 16], post)
}

/// The first try of an announcement.
pub fn first_try_of(platform: &dyn Platform, id: [u8; 16], post: Post) -> Attempt {
    let key: IdempotencyKey = platform.key(id, now());
    let frozen = Frozen { post, picture: None, thumbnail: None, fixed: platform.freeze(id, now()) };
    Attempt { id: AnnouncementId(id), number: 1, key, frozen, first_tried: now(), began: now() }
}

/// Another try of it, at this moment.
pub fn again(attempt: &Attempt, began: DateTime<Utc>) -> Attempt {
    Attempt { number: attempt.number + 1, began, ..attempt.clone() }
}

/// A drawn picture.
pub fn picture(alt: &str) -> FrozenPicture {
    let mut png = Cursor::new(Vec::new());
    let drawn = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([u8::try_from(x * 4).unwrap(), u8::try_from(y * 6).unwrap(), 90]));
    drawn.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let bytes: Arc<[u8]> = png.into_inner().into();
    FrozenPicture { hash: "drawn".into(), mime: "image/png".into(), width: 60, height: 40, alt: alt.into(), bytes }
}

/// The attempt with a picture.
pub fn with_picture(mut attempt: Attempt, alt: &str) -> Attempt {
    attempt.frozen.post.picture = Some(PostPicture { file: "content/events/rug.png".into(), hash: "as-read".into(), alt: alt.into() });
    attempt.frozen.picture = Some(picture(alt));
    attempt
}

/// The attempt with a link's card and its thumbnail.
pub fn with_card(mut attempt: Attempt) -> Attempt {
    attempt.frozen.post.card = Some(LinkCard {
        url: LINK.into(),
        title: "Toddler Story Time".into(),
        description: "Songs, rhymes and picture books.".into(),
        thumbnail: None,
    });
    attempt.frozen.thumbnail = Some(picture(""));
    attempt
}
