//! What each refusal means. docs.joinmastodon.org/methods/statuses, docs.joinmastodon.org/methods/media, docs.joinmastodon.org/api/rate-limits

use super::media::PICTURE;
use crate::calendar::{DateTime, Utc};
use crate::delivery::Attempt;
use crate::platforms::DeliveryError;
use crate::platforms::http::{Http, Reply};

const RENEW: &str = "make a new token in the account's Preferences, Development, with the scopes `read` and `write`, and put it where `token` in \
                     site.toml says";
const SERVER: &str = "look at `server` in site.toml: it is the address of the server alone, as in `https://example.social`";

/// A server that answers, but not as Mastodon does.
pub(super) fn not_this_interface() -> DeliveryError {
    DeliveryError::Unauthorized { why: "the server does not speak as Mastodon does".to_owned(), renew: SERVER }
}

/// A refused post.
pub(super) fn on_create(http: &Http, reply: &Reply, attempt: &Attempt) -> DeliveryError {
    if let Some(general) = general(http, reply, Some(attempt.began)) {
        return general;
    }
    let why = said(http, reply);
    match reply.status {
        404 if reply.json.is_none() => not_this_interface(),
        404 if attempt.number > 1 => DeliveryError::Refused { why: format!("the post was taken and deleted again ({why})") },
        422 if attempt.frozen.picture.is_some() && is_about_media(reply) => {
            let early = reply.text("error").to_lowercase().contains("processing");
            match attempt.number {
                _ if early => DeliveryError::Later { after: None, why },
                1 => DeliveryError::Redo { step: PICTURE, why },
                // The picture stood there a moment ago; an earlier try may have woken up and taken it along.
                _ => DeliveryError::Unknown { why },
            }
        }
        400..=499 if reply.status != 408 => DeliveryError::Refused { why },
        _ => DeliveryError::Unknown { why },
    }
}

/// A refused picture. Nothing was made public, so whatever is not final can be tried again.
pub(super) fn on_media(http: &Http, reply: &Reply, asked: DateTime<Utc>) -> DeliveryError {
    if let Some(general) = general(http, reply, Some(asked)) {
        return general;
    }
    let why = said(http, reply);
    match reply.status {
        404 => not_this_interface(),
        500 if reply.text("error").to_lowercase().contains("thumbnail") => DeliveryError::Refused { why },
        400..=499 if reply.status != 408 => DeliveryError::Refused { why },
        _ => DeliveryError::Later { after: None, why },
    }
}

/// A refused question.
pub(super) fn on_read(http: &Http, reply: &Reply) -> DeliveryError {
    general(http, reply, None).unwrap_or_else(|| DeliveryError::Later { after: None, why: said(http, reply) })
}

/// A refused question after the account, which only the wrong token or the wrong server can be to blame for.
pub(super) fn on_verify(http: &Http, reply: &Reply) -> DeliveryError {
    match reply.status {
        404 | 410 => not_this_interface(),
        _ => on_read(http, reply),
    }
}

/// What means the same wherever it comes.
fn general(http: &Http, reply: &Reply, asked: Option<DateTime<Utc>>) -> Option<DeliveryError> {
    let why = said(http, reply);
    match reply.status {
        429 => Some(DeliveryError::Later { after: reply.not_before(asked), why: format!("the server's limit is reached ({why})") }),
        401 | 403 => Some(DeliveryError::Unauthorized { why, renew: RENEW }),
        // The token of an app, not of a person.
        422 if reply.text("error").contains("requires an authenticated user") => Some(DeliveryError::Unauthorized { why, renew: RENEW }),
        300..=399 => {
            let to = reply.location.as_deref().map_or(String::new(), |to| format!(" to {}", http.say(to)));
            Some(DeliveryError::Unauthorized { why: format!("the server sends us on{to}"), renew: SERVER })
        }
        _ => None,
    }
}

fn is_about_media(reply: &Reply) -> bool {
    let error = reply.text("error").to_lowercase();
    ["finished processing", "not_ready", "not ready", "already attached", "media"].iter().any(|words| error.contains(words))
}

/// The server's own words.
fn said(http: &Http, reply: &Reply) -> String {
    match http.say(reply.text("error")) {
        words if words.is_empty() => format!("the server answered {}", reply.status),
        words => format!("the server answered {}: {words}", reply.status),
    }
}
