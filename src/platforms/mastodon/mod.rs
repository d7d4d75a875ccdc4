//! Mastodon, and servers that speak its interface (GoToSocial, Pleroma, Akkoma, Hollo, …).
//!
//! Text: 500 grapheme clusters, a link counts 23 whatever its length. docs.joinmastodon.org/user/posting
//!
//! Exactly once: every try carries the same `Idempotency-Key`, which Mastodon honours for an hour (safely only since 4.6, before which two
//! requests at once make two posts) and others for six hours or not at all. So the key is a second guard and never the proof: after an
//! unknown outcome the post is looked for among the account's own ([`look`]), once the request that was lost must have ended.
//!
//! - [`media`] the picture, its alt text, and waiting until it is ready
//! - [`look`] the account's posts: is ours among them?
//! - [`replies`] what each refusal means; [`html`] a post's words and links as the server gives them back

mod html;
mod look;
mod media;
mod replies;

use std::collections::BTreeSet;

use async_trait::async_trait;
use reqwest::Method;
use reqwest::header::HeaderName;
use secrecy::SecretString;
use serde_json::{Value as Json, json};
use tokio::sync::OnceCell;
use url::Url;

use crate::calendar::{DateTime, Duration, Utc, instant};
use crate::delivery::{AnnouncementId, Attempt, Found, IdempotencyKey, Receipt};
use crate::platforms::http::{Body, Http, NoReply, Reply};
use crate::platforms::keys::Keys;
use crate::platforms::{Account, DeliveryError, Here, Journal, Opened, Platform, Registered, RemotePost, Secrets, closed, reveal};
use crate::profile::{LinkCards, PictureLimit, Profile, TextLimit, Unit};
use crate::settings::key::{Takes, key};
use crate::settings::{ChannelSettings, SECRET, SecretRef};

/// docs.joinmastodon.org/user/posting, docs.joinmastodon.org/entities/Instance: the defaults of a server.
const PROFILE: Profile = Profile {
    name: "mastodon",
    text: TextLimit { most: 500, unit: Unit::Graphemes, link: Some(23), bytes: None },
    // 16 MiB are taken; what is larger than 3840 × 2160 is sized down there.
    pictures: Some(PictureLimit { bytes: 16 << 20, pixels: 8_294_400, side: 3_840, alt: 1_500 }),
    link_card: LinkCards::Theirs,
    thumbnail_bytes: 0,
    // A request lives at most a minute behind the usual proxies; only then is it certain that looking sees what it left.
    settle: Duration::seconds(120),
    request: Duration::seconds(45),
};

pub(super) const PLATFORM: Registered = Registered {
    name: "mastodon",
    keys: &[
        key("server", "where the account is").takes(Takes::Web).example("\"https://example.social\"").needed(),
        key("token", "where its access token is to be found")
            .takes(Takes::Map(SECRET))
            .example("{ env = \"HANDBILL_CHANNEL_TOKEN\" }")
            .needed(),
        key("visibility", "who sees the posts")
            .takes(Takes::OneOf(&["public", "unlisted"]))
            .default("as the account is set")
            .example("\"unlisted\""),
    ],
    read: |keys| {
        read(keys);
    },
    profile: |_| PROFILE,
    server: |channel| Keys::new(channel, PLATFORM.keys).server("server", None).map(|url| url.origin().ascii_serialization()),
    open,
};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

struct ChannelKeys {
    server: Url,
    token: SecretRef,
    visibility: Option<&'static str>,
}

fn read(keys: &mut Keys<'_>) -> Option<ChannelKeys> {
    let server = keys.server("server", None);
    let token = keys.secret("token");
    let visibility = keys.word("visibility", &["public", "unlisted"]);
    Some(ChannelKeys { server: server?, token: token?, visibility })
}

fn open(channel: &ChannelSettings, _: &Here, secrets: &dyn Secrets) -> Opened {
    let mut keys = Keys::new(channel, PLATFORM.keys);
    let Some(ChannelKeys { server, token, visibility }) = read(&mut keys) else { return Err(keys.wrong()) };
    let token = reveal(channel, "token", &token, secrets)?;
    let http = Http::new(&server, PROFILE.request).map_err(|why| closed(channel, &why))?;
    http.hide(&token);
    Ok(Box::new(Mastodon { http, server, token, visibility, me: OnceCell::new(), software: OnceCell::new() }))
}

/// One account on one server.
struct Mastodon {
    http: Http,
    server: Url,
    token: SecretString,
    visibility: Option<&'static str>,
    me: OnceCell<Account>,
    software: OnceCell<Software>,
}

/// What a server runs, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Software {
    /// Pleroma and Akkoma keep the whole reply under a key for six hours, errors too: after an error a try needs a key of its own.
    Pleroma,
    /// Anything else: the same key for every try.
    Other,
}

impl Software {
    /// By the `version` of `/api/v2/instance`: `2.7.2 (compatible; Akkoma 3.10.4)`.
    fn of(version: &str) -> Self {
        let version = version.to_lowercase();
        if version.contains("pleroma") || version.contains("akkoma") { Software::Pleroma } else { Software::Other }
    }
}

impl Mastodon {
    /// An address of the interface.
    fn at(&self, path: &str) -> Url {
        let mut url = self.server.clone();
        url.set_path(path);
        url
    }

    /// A request that makes nothing public.
    async fn get(&self, url: Url) -> Result<Reply, DeliveryError> {
        self.http.ask(Method::GET, url, Some(&self.token), &[], Body::Empty).await.map_err(NoReply::otherwise)
    }

    /// The account that the token speaks for. docs.joinmastodon.org/methods/accounts#verify_credentials
    async fn me(&self) -> Result<&Account, DeliveryError> {
        self.me
            .get_or_try_init(|| async {
                let reply = self.get(self.at("/api/v1/accounts/verify_credentials")).await?;
                if !reply.is_success() {
                    return Err(replies::on_verify(&self.http, &reply));
                }
                let (id, acct) = (reply.text("id"), reply.text("acct"));
                if id.is_empty() || acct.is_empty() {
                    return Err(replies::not_this_interface());
                }
                let host = self.server.host_str().unwrap_or_default();
                let name = if acct.contains('@') { format!("@{acct}") } else { format!("@{acct}@{host}") };
                Ok(Account { name, id: id.to_owned() })
            })
            .await
    }

    /// What the server runs. Asked only before a second try.
    async fn software(&self) -> Result<Software, DeliveryError> {
        let found = self.software.get_or_try_init(|| async {
            for path in ["/api/v2/instance", "/api/v1/instance"] {
                let reply = self.get(self.at(path)).await?;
                if reply.is_success() {
                    return Ok(Software::of(reply.text("version")));
                }
                if reply.status >= 500 || reply.status == 429 {
                    return Err(replies::on_read(&self.http, &reply));
                }
            }
            Ok(Software::Other)
        });
        found.await.copied()
    }

    async fn key_of_this_try(&self, attempt: &Attempt) -> Result<String, DeliveryError> {
        if attempt.number > 1 && self.software().await? == Software::Pleroma {
            return Ok(format!("{}-{}", attempt.key, attempt.number));
        }
        Ok(attempt.key.to_string())
    }

    /// docs.joinmastodon.org/methods/statuses#create
    async fn post(&self, attempt: &Attempt, media: Option<&str>) -> Result<Receipt, DeliveryError> {
        let post = &attempt.frozen.post;
        let mut body = json!({ "status": post.text, "language": language(&post.language) });
        if let Some(media) = media {
            body["media_ids"] = json!([media]);
        }
        if let Some(visibility) = self.visibility {
            body["visibility"] = json!(visibility);
        }
        let key = self.key_of_this_try(attempt).await?;
        let headers = [(IDEMPOTENCY_KEY, key.as_str())];
        let url = self.at("/api/v1/statuses");
        let reply = self.http.ask(Method::POST, url, Some(&self.token), &headers, Body::Json(&body)).await;
        let reply = reply.map_err(NoReply::on_post)?;
        if !reply.is_success() {
            return Err(replies::on_create(&self.http, &reply, attempt));
        }
        let status = reply.json.as_ref();
        let unreadable = || DeliveryError::Unknown { why: "the server said yes, but in words that cannot be read".to_owned() };
        let mut receipt = status.and_then(|status| receipt(status, reply.date.unwrap_or(attempt.began))).ok_or_else(unreadable)?;
        let notes = status.map(|status| differences(status, media, self.visibility)).unwrap_or_default();
        if !notes.is_empty() {
            receipt.more = json!({ "notes": notes });
        }
        Ok(receipt)
    }
}

/// ISO 639: the first part of a BCP 47 tag.
fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// The receipt of a status. docs.joinmastodon.org/entities/Status
fn receipt(status: &Json, had: DateTime<Utc>) -> Option<Receipt> {
    let text = |field: &str| status.get(field).and_then(Json::as_str).filter(|text| !text.is_empty());
    Some(Receipt {
        id: text("id")?.to_owned(),
        url: text("url").or_else(|| text("uri")).map(str::to_owned),
        at: text("created_at").and_then(instant::parse_rfc3339).unwrap_or(had),
        more: Json::Null,
    })
}

/// What the server made of the post that we did not ask for: older ones drop a picture without a word, and a limited account posts unlisted.
fn differences(status: &Json, media: Option<&str>, visibility: Option<&str>) -> Vec<String> {
    let mut notes = Vec::new();
    let attached = status.get("media_attachments").and_then(Json::as_array);
    let holds = |id: &str| attached.is_some_and(|all| all.iter().any(|one| one.get("id").and_then(Json::as_str) == Some(id)));
    if media.is_some_and(|id| !holds(id)) {
        notes.push("the server left the picture out of the post".to_owned());
    }
    let shown = status.get("visibility").and_then(Json::as_str);
    let hidden = matches!(shown, Some("private" | "direct"));
    if let Some(shown) = shown.filter(|shown| visibility.map_or(hidden, |asked| asked != *shown)) {
        notes.push(format!("the server made the post {shown}"));
    }
    notes
}

#[async_trait]
impl Platform for Mastodon {
    fn profile(&self) -> &Profile {
        &PROFILE
    }

    fn key(&self, key_seed: [u8; 16], _at: DateTime<Utc>) -> IdempotencyKey {
        IdempotencyKey::new(format!("handbill-{}", AnnouncementId(key_seed)))
    }

    async fn deliver(&self, attempt: &Attempt, journal: &mut dyn Journal) -> Result<Receipt, DeliveryError> {
        let media = match &attempt.frozen.picture {
            Some(picture) => Some(self.upload(picture, attempt, journal).await?),
            None => None,
        };
        self.post(attempt, media.as_deref()).await
    }

    async fn find(&self, attempt: &Attempt, taken: &BTreeSet<String>) -> Result<Found, DeliveryError> {
        self.look_for(attempt, taken).await
    }

    async fn verify(&self) -> Result<Account, DeliveryError> {
        self.me().await.cloned()
    }

    async fn posts_since(&self, since: DateTime<Utc>) -> Result<Vec<RemotePost>, DeliveryError> {
        self.own_posts(since).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_was_left_out_and_a_post_that_was_hidden_are_noticed() {
        let status = json!({ "media_attachments": [{ "id": "7" }], "visibility": "unlisted" });
        assert_eq!(differences(&status, Some("7"), None), Vec::<String>::new());
        assert_eq!(differences(&status, Some("8"), None), ["the server left the picture out of the post"]);
        assert_eq!(differences(&status, None, Some("public")), ["the server made the post unlisted"]);
        assert_eq!(differences(&json!({ "visibility": "private" }), None, None), ["the server made the post private"]);
    }

    #[test]
    fn servers_that_replay_errors_are_known_by_their_version() {
        assert_eq!(Software::of("2.7.2 (compatible; Akkoma 3.10.4-0-gebfb617)"), Software::Pleroma);
        assert_eq!(Software::of("2.7.2 (compatible; Pleroma 2.5.0)"), Software::Pleroma);
        assert_eq!(Software::of("4.7.0-alpha.2+glitch"), Software::Other);
    }
}
