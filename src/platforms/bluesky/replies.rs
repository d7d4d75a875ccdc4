//! What each refusal means. Sorted by the reply's `error`, since its status says less: an expired token is a 400.
//! docs.bsky.app/docs/advanced-guides/rate-limits, and the servers' source in github.com/bluesky-social/atproto

use super::record::{PICTURE, THUMBNAIL};
use crate::calendar::{DateTime, Utc};
use crate::platforms::DeliveryError;
use crate::platforms::http::{Http, Reply};

/// What an account that may not speak needs.
pub(super) const RENEW: &str = "make a new app password in Bluesky's Settings, App passwords, and put it where `password` in site.toml says; \
                                `identifier` is the account's handle";
const SERVER: &str = "look at `server` in site.toml: it is the address of the server alone, as in `https://bsky.social`";

/// Errors that no other post of this account would escape, whatever their status.
const FORBIDDEN: [&str; 10] = [
    "ExpiredToken",
    "InvalidToken",
    "AuthenticationRequired",
    "AuthMissing",
    "AuthFactorTokenRequired",
    "AccountTakedown",
    "AccountDeactivated",
    "AccountNotFound",
    "RepoDeactivated",
    "RepoTakendown",
];

/// What a request was for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Makes the post; with this kind of picture.
    Post {
        /// A picture of its own, not a card's thumbnail.
        picture: bool,
    },
    /// Makes nothing public.
    Prepare,
    /// Looks for a record; nothing is decided by a refusal.
    Look,
    /// Logs in.
    LogIn,
}

/// Has the session's token run out?
pub(super) fn is_expired(reply: &Reply) -> bool {
    reply.text("error") == "ExpiredToken"
}

/// Does something stand under the key that we wanted to put a post under?
pub(super) fn is_clash(reply: &Reply) -> bool {
    reply.text("error") == "InvalidSwap"
}

/// Is it certain that there is no such record? It is a 400, not a 404.
pub(super) fn is_absence(reply: &Reply) -> bool {
    reply.text("error") == "RecordNotFound"
}

/// Sorts a reply that is not a success. Unknown to this table is what can only be a post perhaps taken.
pub(super) fn sort(http: &Http, reply: &Reply, purpose: Purpose, asked: Option<DateTime<Utc>>) -> DeliveryError {
    let why = said(http, reply);
    let is_post = matches!(purpose, Purpose::Post { .. });
    match (reply.status, reply.text("error")) {
        (429, _) => DeliveryError::Later { after: reply.not_before(asked), why: format!("the server's limit is reached ({why})") },
        (401 | 403, _) => DeliveryError::Unauthorized { why, renew: RENEW },
        (_, error) if FORBIDDEN.contains(&error) => DeliveryError::Unauthorized { why, renew: RENEW },
        (300..=399, _) => {
            let to = reply.location.as_deref().map_or(String::new(), |to| format!(" to {}", http.say(to)));
            DeliveryError::Unauthorized { why: format!("the server sends us on{to}"), renew: SERVER }
        }
        (400..=499, "") if reply.status != 408 => DeliveryError::Unauthorized { why: not_this_interface(reply), renew: SERVER },
        (_, "BlobNotFound") => {
            let step = if purpose == (Purpose::Post { picture: true }) { PICTURE } else { THUMBNAIL };
            DeliveryError::Redo { step, why }
        }
        (400..=499, _) if purpose == Purpose::Look => DeliveryError::Later { after: None, why },
        (400..=499, _) if purpose == Purpose::LogIn => DeliveryError::Unauthorized { why, renew: RENEW },
        (400..=499, _) if reply.status != 408 => DeliveryError::Refused { why },
        _ if is_post => DeliveryError::Unknown { why },
        _ => DeliveryError::Later { after: reply.not_before(asked), why },
    }
}

fn not_this_interface(reply: &Reply) -> String {
    format!("the server does not speak as Bluesky does (it answered {})", reply.status)
}

/// The server's own words.
fn said(http: &Http, reply: &Reply) -> String {
    let words = [reply.text("error"), reply.text("message")].map(|text| http.say(text)).join(": ");
    match words.trim_matches([':', ' ']) {
        "" => format!("the server answered {}", reply.status),
        words => format!("the server answered {}: {words}", reply.status),
    }
}
