//! Getting announcements out: exactly once, each on its own channel.
//!
//! A *pass* ([`pass::run`]) is what a scheduled job does: it finds out how tries that died ended ([`recover`]), brings the outbox in line with
//! what there is to say, sends what is due ([`attempt`]), and reports. Exactly once rests on three things: the outbox knows before the
//! network does ([`Outbox::begin`](crate::outbox::Outbox::begin)); every platform sorts its replies into "certainly not" and "perhaps"; and after
//! "perhaps" the post is looked for before anything is sent again.
//!
//! Everything that a pass asks of the world is handed in by [`World`]: clock, chance, web, pictures, and a hook at each step where a test can die.
//!
//! - [`pass`] one pass; [`report`] what it did; [`notices`] what must be said
//! - [`attempt`] one post, step by step; [`retry`] when again; [`recover`] what became of it
//! - [`start`] `channels start`: a channel begins to speak from here

pub mod attempt;
pub mod notices;
pub mod pass;
pub mod recover;
pub mod report;
pub mod retry;
mod speaker;
pub mod start;

use async_trait::async_trait;

use crate::calendar::{Now, instant};
use crate::delivery::{AnnouncementId, FrozenPicture, PostPicture};
use crate::diagnostic::Diagnostics;
use crate::outbox::start::{Speaks, Story};
use crate::outbox::{Holder, Outbox};
use crate::platforms::Platform;
use crate::profile::Profile;
use crate::settings::ChannelName;

pub use pass::{Content, Pass, Passed};
pub use report::PassReport;

/// A channel of site.toml.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    /// Its name.
    pub name: ChannelName,
    /// Whom it speaks to.
    pub speaks: Speaks,
}

/// Everything a pass asks of the world.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Where it is remembered.
    pub outbox: &'a dyn Outbox,
    /// The channels of site.toml.
    pub channels: &'a [Channel],
    /// Opens them.
    pub platforms: &'a dyn Platforms,
    /// Story time.
    pub clock: &'a dyn Clock,
    /// Whose time that is.
    pub story: Story,
    /// Is a page on the web?
    pub links: &'a dyn Links,
    /// Sizes pictures for platforms.
    pub pictures: &'a dyn Pictures,
    /// Chance.
    pub chance: &'a dyn Chance,
    /// The hook at each step.
    pub steps: &'a dyn Steps,
    /// The address of the site.
    pub base_url: &'a str,
    /// A name for this process that no other has.
    pub holder: &'a Holder,
}

impl World<'_> {
    /// Story time, to the millisecond, as the outbox keeps it.
    pub(crate) fn now(&self) -> Now {
        let now = self.clock.now();
        Now::new(instant::to_the_millisecond(now.instant()), now.zone())
    }
}

/// Opens channels. A channel is opened only when there is something to send or to look up there, since that may run a command for its secret.
pub trait Platforms: Send + Sync {
    /// The platform of this channel, or what is wrong with its keys and secrets.
    fn open(&self, channel: &ChannelName) -> Result<Box<dyn Platform>, Diagnostics>;
}

/// Story time: the clock of the machine, or the one of a rehearsal.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Now;
}

/// The web as people see it.
#[async_trait]
pub trait Links: Send + Sync {
    /// Does this address answer 200? If not, why, in plain words.
    async fn answers(&self, url: &str) -> Result<(), String>;
}

/// Makes the bytes of a picture as a platform takes them.
#[async_trait]
pub trait Pictures: Send + Sync {
    /// The picture of a post or the thumbnail of its card, within the profile's limits; or why it can't be made, in plain words.
    async fn sized(&self, picture: &PostPicture, profile: &Profile, place: Place) -> Result<FrozenPicture, String>;
}

/// Where a picture stands in a post.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Beside the words.
    Post,
    /// In the link's card.
    Card,
}

/// Chance, for jitter.
pub trait Chance: Send + Sync {
    /// A number below `most`, each as likely as the others; 0 when `most` is 0.
    fn below(&self, most: u64) -> u64;
}

/// A hook at each step of a delivery. In earnest it does nothing; a test dies there and sees what the next pass makes of it.
#[async_trait]
pub trait Steps: Send + Sync {
    /// The pass is here, with this announcement.
    async fn at(&self, step: Step, id: AnnouncementId);
}

/// A step of a delivery.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Step {
    /// It is lent to this pass; nothing is written down yet but that.
    Leased,
    /// Words, key and pictures are fixed, and not yet written down.
    Frozen,
    /// They are written down.
    Begun,
    /// A step of the platform's is written down: a picture was uploaded.
    Stepped,
    /// The platform answered; the answer is not written down.
    Delivered,
    /// It is written down.
    Settled,
    /// A post in doubt will be looked for.
    Doubted,
    /// It was looked for; the answer is not written down.
    Looked,
    /// It is written down.
    Recovered,
}

/// The hook that does nothing.
#[derive(Clone, Copy, Default, Debug)]
pub struct NoSteps;

#[async_trait]
impl Steps for NoSteps {
    async fn at(&self, _step: Step, _id: AnnouncementId) {}
}
