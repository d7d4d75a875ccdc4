//! Social platforms, one a file or folder, behind one trait.
//!
//! A platform's first duty is to sort every reply into the five of [`DeliveryError`]: exactly-once hangs on it. Nothing here tries again by
//! itself: only the outbox does.
//!
//! To add one: a file with its limits, its channel's keys and its calls, and one line in [`REGISTERED`].
//!
//! - [`Platform`] what a platform can do; [`open`] one for a channel, [`profiles`] what the channels allow
//! - [`practice`] a wall in a local file ([`wall`]); [`mastodon`]; [`bluesky`]
//! - [`keys`] a channel's keys in site.toml; [`secrets`] where its secrets come from
//! - [`http`] the client that all use, and what a broken line means; [`wait`] when a server lets us come back

mod bluesky;
mod http;
mod keys;
mod mastodon;
mod practice;
mod secrets;
mod wait;
mod wall;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::Value as Json;
use url::Url;

use crate::calendar::{DateTime, Utc};
use crate::delivery::{Attempt, Found, IdempotencyKey, Receipt};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, codes};
use crate::profile::{Profile, Profiles};
use crate::settings::key::Known;
use crate::settings::{ChannelSettings, SecretRef, Settings};

pub use http::{Answers, answers, is_loopback};
pub use secrets::{Commands, MachineSecrets, Secrets};
pub use wall::{WallLine, read_wall, wall_path};

/// Every platform, one a line.
const REGISTERED: &[Registered] = &[practice::PLATFORM, mastodon::PLATFORM, bluesky::PLATFORM];

/// Every platform's name, and the keys of its channels beside `name` and `platform`.
pub fn keys() -> impl Iterator<Item = (&'static str, &'static [Known])> {
    REGISTERED.iter().map(|platform| (platform.name, platform.keys))
}

/// What a platform's file provides.
struct Registered {
    /// As site.toml writes it.
    name: &'static str,
    /// The keys of its channels.
    keys: &'static [Known],
    /// Takes every key, so that whatever is wrong with one is said.
    read: fn(&mut keys::Keys<'_>),
    /// What a channel of it allows.
    profile: fn(&ChannelSettings) -> Profile,
    /// The server that a channel speaks to; none for a file on this machine.
    server: fn(&ChannelSettings) -> Option<String>,
    /// Gets a channel ready to speak. Its keys have been found right; no network is touched.
    open: fn(&ChannelSettings, &Here, &dyn Secrets) -> Opened,
}

/// A channel ready to speak, or what keeps it.
type Opened = Result<Box<dyn Platform>, Diagnostics>;

fn registered(channel: &ChannelSettings) -> Option<&'static Registered> {
    REGISTERED.iter().find(|platform| platform.name == channel.platform)
}

fn check(channel: &ChannelSettings) -> Result<&'static Registered, Diagnostics> {
    let Some(platform) = registered(channel) else {
        let names: Vec<&str> = REGISTERED.iter().map(|platform| platform.name).collect();
        let help = match nearest(&channel.platform, names.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("there are {}", names.join(", ")),
        };
        let message = format!("there is no platform \"{}\"", channel.platform);
        let unknown = Diagnostic::error(codes::UNKNOWN_PLATFORM, message).at(&FileId::new("site.toml"), channel.platform_span.clone());
        return Err(Diagnostics::from_iter([unknown.help(help)]));
    };
    let mut keys = keys::Keys::new(channel, platform.keys);
    (platform.read)(&mut keys);
    let wrong = keys.wrong();
    if wrong.has_errors() { Err(wrong) } else { Ok(platform) }
}

/// What each channel allows, and everything that is wrong with the channels' own keys. Touches no network and no secret.
pub fn profiles(settings: &Settings) -> (Profiles, Diagnostics) {
    profiles_of(&settings.channels)
}

/// The same for these channels alone.
pub fn profiles_of(channels: &[ChannelSettings]) -> (Profiles, Diagnostics) {
    let (mut profiles, mut wrong) = (Profiles::default(), Diagnostics::new());
    for channel in channels {
        match check(channel) {
            Ok(platform) => {
                profiles.0.insert(channel.name.as_str().to_owned(), Arc::new((platform.profile)(channel)));
            }
            Err(more) => wrong.append(more),
        }
    }
    (profiles, wrong)
}

/// Gets a channel ready to speak: reads its secrets, touches no network.
pub fn open(channel: &ChannelSettings, here: &Here, secrets: &dyn Secrets) -> Result<Box<dyn Platform>, Diagnostics> {
    (check(channel)?.open)(channel, here, secrets)
}

/// Is the channel a practice wall, which needs no start?
pub fn is_practice(channel: &ChannelSettings) -> bool {
    channel.platform == practice::PLATFORM.name
}

/// The platform whose limits a practice channel takes.
pub fn like(channel: &ChannelSettings) -> Option<&'static str> {
    is_practice(channel).then(|| practice::like(&mut keys::Keys::new(channel, practice::PLATFORM.keys))).flatten()
}

/// The server that a channel speaks to, scheme and host and port: a channel whose server changes is another account. None for a practice wall, and
/// where site.toml names none that can be used.
pub fn server_of(channel: &ChannelSettings) -> Option<String> {
    registered(channel).and_then(|platform| (platform.server)(channel))
}

/// Does the channel speak to nothing beyond this machine? Only such a one is looked at under a rehearsal's clock.
pub fn stays_here(channel: &ChannelSettings) -> bool {
    match server_of(channel) {
        Some(server) => Url::parse(&server).is_ok_and(|url| is_loopback(&url)),
        None => is_practice(channel),
    }
}

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
    fn key(&self, key_seed: [u8; 16], at: DateTime<Utc>) -> IdempotencyKey;

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
    pub key: Option<IdempotencyKey>,
}

/// What a receipt's [`Receipt::more`] says that people should hear: under `notes`, a list of sentences.
pub fn notes(receipt: &Receipt) -> impl Iterator<Item = &str> {
    receipt.more.get("notes").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str)
}

/// Are these the same words, whatever white space a platform made of ours?
pub fn same_words(ours: &str, theirs: &str) -> bool {
    ours.split_whitespace().eq(theirs.split_whitespace())
}

/// Where platforms find what they keep on this machine.
#[derive(Clone, Debug)]
pub struct Here {
    /// `.handbill/` of the site.
    pub state: PathBuf,
}

/// A channel's secret, or the error that says where it was not found.
fn reveal(channel: &ChannelSettings, key: &str, secret: &SecretRef, secrets: &dyn Secrets) -> Result<SecretString, Diagnostics> {
    secrets.reveal(secret).map_err(|why| {
        let message = format!("`{key}` of the channel \"{}\" was not found: {why}", channel.name);
        let help = "put the secret where site.toml says, or change where it says; until then the channel's posts wait";
        refused(channel, codes::SECRET_NOT_FOUND, message, help)
    })
}

/// A channel that this machine keeps from being used.
fn closed(channel: &ChannelSettings, why: &str) -> Diagnostics {
    let message = format!("the channel \"{}\" cannot be used on this machine: {why}", channel.name);
    refused(channel, codes::CHANNEL_CLOSED, message, "mend that, or run Handbill on another machine; the channel's posts wait")
}

fn refused(channel: &ChannelSettings, code: Code, message: String, help: &str) -> Diagnostics {
    [Diagnostic::error(code, message).at(&FileId::new("site.toml"), channel.span.clone()).help(help)].into_iter().collect()
}
