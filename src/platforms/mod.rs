//! Social platforms, one a file, behind one trait.
//!
//! A platform's first duty is to sort every reply into the five of [`DeliveryError`]: exactly-once hangs on it. Nothing here tries again by
//! itself: only the outbox does.
//!
//! To add one: a file with its profile, its channel's keys and its calls, and one line in [`REGISTERED`].

use std::collections::BTreeSet;
use std::path::PathBuf;

use async_trait::async_trait;
use serde_json::Value as Json;

use crate::calendar::{DateTime, Utc};
use crate::delivery::{Attempt, Found, Frozen, Receipt};
use crate::profile::Profile;

/// Why a post did not (certainly) go out.
#[derive(Debug, thiserror::Error)]
pub enum DeliveryError {
    /// The platform certainly did not take it; later it may. At the earliest `after`, when the platform names a moment.
    #[error("{why}")]
    Later {
        /// Not before.
        after: Option<DateTime<Utc>>,
        /// In plain words.
        why: String,
    },
    /// It may have been taken: it is looked for before any second try.
    #[error("{why}")]
    Unknown {
        /// In plain words.
        why: String,
    },
    /// A journalled step no longer holds (a picture that the platform has thrown away): forget it, then later again. Nothing was posted.
    #[error("{why}")]
    Redo {
        /// The step to forget.
        step: &'static str,
        /// In plain words.
        why: String,
    },
    /// It never will be taken.
    #[error("{why}")]
    Refused {
        /// In plain words, the platform's own among them.
        why: String,
    },
    /// The channel may not speak: it is stopped, loudly, and the others go on.
    #[error("{why}")]
    Unauthorized {
        /// In plain words.
        why: String,
        /// How to renew the permission.
        renew: &'static str,
    },
}

/// Who a channel speaks as.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// The account's own name: `@stonebridge@example.social`.
    pub name: String,
    /// The platform's id for it.
    pub id: String,
}

/// Steps of a delivery that were done and need not be done again after a crash: an uploaded picture's id.
#[async_trait]
pub trait Journal: Send {
    /// What a step gave when it was done, and when that was (story time).
    fn done(&self, step: &'static str) -> Option<(Json, DateTime<Utc>)>;
    /// Writes down what a step gave, and commits.
    async fn record(&mut self, step: &'static str, value: Json) -> Result<(), DeliveryError>;
}

/// One account on one platform.
#[async_trait]
pub trait Platform: Send + Sync {
    /// Its limits.
    fn profile(&self) -> &Profile;

    /// What must be fixed before the first try beside the words (Bluesky: the record's `createdAt`), an object. Touches no network.
    fn freeze(&self, _key_seed: [u8; 16], _at: DateTime<Utc>) -> Json {
        Json::Object(serde_json::Map::new())
    }

    /// The idempotency key of an announcement that is first tried at `at`. Touches no network.
    fn key(&self, key_seed: [u8; 16], at: DateTime<Utc>) -> crate::delivery::IdempotencyKey;

    /// Sends it, once. A crash at any point in here is followed by [`Platform::find`].
    async fn deliver(&self, attempt: &Attempt, journal: &mut dyn Journal) -> Result<Receipt, DeliveryError>;

    /// Looks for it: by its key, or by its link and words among the account's posts since the first try. `taken` are the platform's ids that
    /// other receipts hold already.
    async fn find(&self, attempt: &Attempt, taken: &BTreeSet<String>) -> Result<Found, DeliveryError>;

    /// May we speak, and as whom?
    async fn verify(&self) -> Result<Account, DeliveryError>;

    /// Receipts of posts that this account made since `since`, newest first, with the words of each: what `channels start` takes back.
    async fn posts_since(&self, since: DateTime<Utc>) -> Result<Vec<RemotePost>, DeliveryError>;
}

/// A post that stands on the platform.
#[derive(Clone, PartialEq, Debug)]
pub struct RemotePost {
    /// Its receipt.
    pub receipt: Receipt,
    /// Its words, as far as the platform gives them back.
    pub text: String,
    /// The addresses it links to.
    pub links: Vec<String>,
    /// Our key, where the platform keeps it.
    pub key: Option<crate::delivery::IdempotencyKey>,
    /// The frozen post of ours that it is, if its platform can tell.
    pub frozen: Option<Frozen>,
}

/// Where platforms find what they keep on this machine.
#[derive(Clone, Debug)]
pub struct Here {
    /// `.handbill/` of the site.
    pub state: PathBuf,
}
