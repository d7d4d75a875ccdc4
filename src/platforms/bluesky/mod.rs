//! Bluesky (AT Protocol): posts are records in the account's own repository, under a key that we choose.
//!
//! Text: 300 grapheme clusters and 3 000 bytes. Links are marks beside the text; the card is ours.
//! docs.bsky.app, and the lexicons of github.com/bluesky-social/atproto
//!
//! Exactly once: `putRecord` with `swapRecord: null` writes only where nothing stands. The record key and the whole record are fixed before the
//! first try, so a repeat is the same bytes and writes nothing, and looking for the key is certain. `createRecord` would answer a repeat
//! with 500, and a put without `swapRecord` would overwrite.
//!
//! - [`record`] the post as a record: facets, picture, card; [`tid`] its key
//! - [`session`] logging in, and a token that is renewed once
//! - [`replies`] what each refusal means

mod record;
mod replies;
mod session;
mod tid;

use std::collections::BTreeSet;

use async_trait::async_trait;
use reqwest::Method;
use secrecy::SecretString;
use serde_json::{Value as Json, json};
use tokio::sync::Mutex;
use url::Url;

use self::replies::Purpose;
use self::session::Session;
use crate::calendar::{DateTime, Duration, Utc, instant};
use crate::delivery::{Attempt, Found, FrozenPicture, IdempotencyKey, Receipt};
use crate::platforms::http::{Body, Http, NoReply};
use crate::platforms::keys::Keys;
use crate::platforms::{
    Account, DeliveryError, Here, Journal, Opened, Platform, Registered, RemotePost, Secrets, closed, reveal, same_words,
};
use crate::profile::{LinkCards, PictureLimit, Profile, TextLimit, Unit};
use crate::settings::key::{Takes, key};
use crate::settings::{ChannelSettings, SECRET, SecretRef};

/// lexicons/app/bsky/feed/post.json, lexicons/app/bsky/embed/images.json and external.json. Servers with older lexicons take pictures of
/// 1 000 000 bytes, not 2 000 000.
const PROFILE: Profile = Profile {
    name: "bluesky",
    text: TextLimit { most: 300, unit: Unit::Graphemes, link: None, bytes: Some(3_000) },
    pictures: Some(PictureLimit { bytes: 1_000_000, pixels: 4_000_000, side: 2_000, alt: 2_000 }),
    link_card: LinkCards::Ours,
    thumbnail_bytes: 1_000_000,
    // A look-up by key is certain, and a lost request that arrives late writes what stands there already.
    settle: Duration::zero(),
    request: Duration::seconds(45),
};

const SERVER: &str = "https://bsky.social";

const POSTS: &str = "app.bsky.feed.post";

/// The most records a page has.
const PAGE: &str = "100";

/// So many pages of records at most.
const PAGES: usize = 20;

pub(super) const PLATFORM: Registered = Registered {
    name: "bluesky",
    keys: &[
        key("identifier", "the account's handle").example("\"stonebridge.bsky.social\"").needed(),
        key("password", "where its app password is to be found")
            .takes(Takes::Map(SECRET))
            .example("{ env = \"HANDBILL_CHANNEL_PASSWORD\" }")
            .needed(),
        key("server", "where the account is").takes(Takes::Web).default("`https://bsky.social`").example("\"https://bsky.social\""),
    ],
    read: |keys| {
        read(keys);
    },
    profile: |_| PROFILE,
    server: |channel| Keys::new(channel, PLATFORM.keys).server("server", Some(SERVER)).map(|url| url.origin().ascii_serialization()),
    open,
};

struct ChannelKeys {
    server: Url,
    identifier: String,
    password: SecretRef,
}

fn read(keys: &mut Keys<'_>) -> Option<ChannelKeys> {
    let server = keys.server("server", Some(SERVER));
    let identifier = keys.required_text("identifier").map(|text| text.trim().trim_start_matches('@').to_owned());
    let password = keys.secret("password");
    Some(ChannelKeys { server: server?, identifier: identifier?, password: password? })
}

fn open(channel: &ChannelSettings, _: &Here, secrets: &dyn Secrets) -> Opened {
    let mut keys = Keys::new(channel, PLATFORM.keys);
    let Some(ChannelKeys { server, identifier, password }) = read(&mut keys) else { return Err(keys.wrong()) };
    let password = reveal(channel, "password", &password, secrets)?;
    let http = Http::new(&server, PROFILE.request).map_err(|why| closed(channel, &why))?;
    http.hide(&password);
    Ok(Box::new(Bluesky { http, server, identifier, password, session: Mutex::new(None) }))
}

/// One account.
struct Bluesky {
    http: Http,
    server: Url,
    identifier: String,
    password: SecretString,
    /// Kept within the process only; a log-in is a tenth of what five minutes allow.
    session: Mutex<Option<Session>>,
}

impl Bluesky {
    /// The picture in the account's store, as the record wants it. The same bytes give the same blob, so a second upload changes nothing.
    async fn blob(
        &self,
        step: &'static str,
        picture: &FrozenPicture,
        attempt: &Attempt,
        journal: &mut dyn Journal,
    ) -> Result<Json, DeliveryError> {
        if let Some((blob, _)) = journal.done(step) {
            return Ok(blob);
        }
        let body = || Body::Bytes(&picture.mime, picture.bytes.clone());
        let reply = self.call(Method::POST, "com.atproto.repo.uploadBlob", &[], body, Some(attempt.began)).await?;
        let blob = reply.json.as_ref().and_then(|json| json.get("blob")).filter(|blob| blob.is_object()).cloned();
        let unreadable = || DeliveryError::Later { after: None, why: "the server's reply to the picture cannot be read".to_owned() };
        let blob = blob.ok_or_else(unreadable)?;
        journal.record(step, blob.clone()).await?;
        Ok(blob)
    }

    async fn record(&self, attempt: &Attempt, journal: &mut dyn Journal) -> Result<Json, DeliveryError> {
        let frozen = &attempt.frozen;
        let embed = match (&frozen.picture, &frozen.post.card) {
            (Some(picture), _) => Some(record::images(picture, &self.blob(record::PICTURE, picture, attempt, journal).await?)),
            (None, Some(card)) => {
                let thumbnail = match &frozen.thumbnail {
                    Some(thumbnail) => Some(self.blob(record::THUMBNAIL, thumbnail, attempt, journal).await?),
                    None => None,
                };
                Some(record::card(card, thumbnail.as_ref()))
            }
            (None, None) => None,
        };
        Ok(record::post(frozen, attempt.first_tried, embed))
    }

    /// What stands under a key. com.atproto.repo.getRecord, which is strongly consistent where the repository lives.
    async fn standing(&self, key: &IdempotencyKey) -> Result<Option<(Receipt, Json)>, DeliveryError> {
        let did = self.signed_in().await?.did;
        let query = [("repo", did.as_str()), ("collection", POSTS), ("rkey", key.as_str())];
        let reply = self.ask(Method::GET, "com.atproto.repo.getRecord", &query, || Body::Empty).await?.map_err(NoReply::otherwise)?;
        if replies::is_absence(&reply) {
            return Ok(None);
        }
        if !reply.is_success() {
            return Err(replies::sort(&self.http, &reply, Purpose::Look, None));
        }
        let read = reply.json.as_ref().and_then(|json| Some((receipt(json, None)?, json.get("value")?.clone())));
        let unreadable = || DeliveryError::Later { after: None, why: "the server's reply cannot be read".to_owned() };
        read.map(Some).ok_or_else(unreadable)
    }

    /// Something else stands under our key: ours by its words, or a fault that nobody can mend by trying.
    async fn explain_clash(&self, attempt: &Attempt, why: String) -> Result<Receipt, DeliveryError> {
        match self.standing(&attempt.key).await? {
            Some((receipt, record)) if same_words(&attempt.frozen.post.text, record::text(&record)) => Ok(receipt),
            Some(_) => Err(DeliveryError::Refused { why: format!("another post stands under this post's key ({why})") }),
            None => Err(DeliveryError::Unknown { why }),
        }
    }
}

/// From a reply that holds `uri` and `cid`; the record itself, when it is there too, says when it was made.
fn receipt(json: &Json, at: Option<DateTime<Utc>>) -> Option<Receipt> {
    let uri = json.get("uri")?.as_str()?;
    let cid = json.get("cid")?.as_str()?;
    let (did, key) = uri.strip_prefix("at://")?.split_once("/app.bsky.feed.post/")?;
    let made = json.get("value").and_then(record::created_at);
    Some(Receipt {
        id: uri.to_owned(),
        url: Some(format!("https://bsky.app/profile/{did}/post/{key}")),
        at: made.or(at)?,
        more: json!({ "cid": cid }),
    })
}

#[async_trait]
impl Platform for Bluesky {
    fn profile(&self) -> &Profile {
        &PROFILE
    }

    fn freeze(&self, _key_seed: [u8; 16], at: DateTime<Utc>) -> Json {
        json!({ "createdAt": instant::rfc3339(at) })
    }

    fn key(&self, key_seed: [u8; 16], at: DateTime<Utc>) -> IdempotencyKey {
        IdempotencyKey::new(tid::tid(key_seed, at))
    }

    async fn deliver(&self, attempt: &Attempt, journal: &mut dyn Journal) -> Result<Receipt, DeliveryError> {
        let did = self.signed_in().await?.did;
        let record = self.record(attempt, journal).await?;
        let put = json!({
            "repo": did,
            "collection": POSTS,
            "rkey": attempt.key.as_str(),
            "record": record,
            "swapRecord": null,
            "validate": true,
        });
        let reply = self.ask(Method::POST, "com.atproto.repo.putRecord", &[], || Body::Json(&put)).await?.map_err(NoReply::on_post)?;
        if reply.is_success() {
            let unreadable = || DeliveryError::Unknown { why: "the server said yes, but in words that cannot be read".to_owned() };
            let made = record::created_at(&put["record"]);
            return reply.json.as_ref().and_then(|json| receipt(json, made)).ok_or_else(unreadable);
        }
        let purpose = Purpose::Post { picture: attempt.frozen.picture.is_some() };
        let sorted = replies::sort(&self.http, &reply, purpose, Some(attempt.began));
        if replies::is_clash(&reply) { self.explain_clash(attempt, sorted.to_string()).await } else { Err(sorted) }
    }

    async fn find(&self, attempt: &Attempt, _taken: &BTreeSet<String>) -> Result<Found, DeliveryError> {
        Ok(self.standing(&attempt.key).await?.map_or(Found::No, |(receipt, _)| Found::Yes(receipt)))
    }

    async fn verify(&self) -> Result<Account, DeliveryError> {
        let session = self.signed_in().await?;
        Ok(Account { name: format!("@{}", session.handle), id: session.did })
    }

    async fn posts_since(&self, since: DateTime<Utc>) -> Result<Vec<RemotePost>, DeliveryError> {
        let did = self.signed_in().await?.did;
        let mut posts = Vec::new();
        let mut cursor: Option<String> = None;
        for _ in 0..PAGES {
            let mut query = vec![("repo", did.as_str()), ("collection", POSTS), ("limit", PAGE)];
            query.extend(cursor.as_deref().map(|cursor| ("cursor", cursor)));
            let reply = self.call(Method::GET, "com.atproto.repo.listRecords", &query, || Body::Empty, None).await?;
            let page = reply.json.as_ref().and_then(|json| json.get("records")).and_then(Json::as_array);
            let unreadable = || DeliveryError::Later { after: None, why: "the server's reply cannot be read".to_owned() };
            let page: Vec<RemotePost> = page.ok_or_else(unreadable)?.iter().filter_map(remote_post).collect();
            let far_enough = page.last().is_none_or(|post| post.receipt.at < since);
            posts.extend(page.into_iter().filter(|post| post.receipt.at >= since));
            cursor = Some(reply.text("cursor").to_owned()).filter(|cursor| !cursor.is_empty());
            if far_enough || cursor.is_none() {
                break;
            }
        }
        Ok(posts)
    }
}

/// One entry of listRecords; none when it is no post as we know them.
fn remote_post(entry: &Json) -> Option<RemotePost> {
    let value = entry.get("value")?;
    let receipt = receipt(entry, None)?;
    let key = receipt.id.rsplit('/').next().map(IdempotencyKey::new);
    Some(RemotePost { text: record::text(value).to_owned(), links: record::links(value), key, receipt })
}
