//! What posting takes from the machine: platforms with their secrets, pictures from the disk, the web, chance.

use std::path::Path;

use async_trait::async_trait;

use crate::calendar::Now;
use crate::cli::World;
use crate::cli::clock::Clock;
use crate::cli::open::Opened;
use crate::delivery::{FrozenPicture, PostPicture};
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, codes};
use crate::dispatch::{self, Channel, NoSteps, Place};
use crate::folder::Disk;
use crate::outbox::start::{Speaks, Story};
use crate::outbox::{Holder, Outbox};
use crate::pictures;
use crate::platforms::{self, Here, Platform};
use crate::platforms::{Answers, answers};
use crate::platforms::{Commands, MachineSecrets};
use crate::profile::{PictureLimit, Profile};
use crate::settings::{ChannelName, ChannelSettings, Settings};
use crate::source::{ContentHash, Store};

/// The channels of site.toml, and whom they speak to.
pub fn channels(settings: &Settings) -> Vec<Channel> {
    let speaks = |channel: &ChannelSettings| {
        if platforms::is_practice(channel) { Speaks::Practice } else { Speaks::Real { server: platforms::server_of(channel) } }
    };
    settings.channels.iter().map(|channel| Channel { name: channel.name.clone(), speaks: speaks(channel) }).collect()
}

/// On a machine that is thrown away, an outbox beside the site forgets what was said: a real channel must not speak from there.
pub fn thrown_away(opened: &Opened, world: &World) -> Diagnostics {
    // also with errors in the content: what was scheduled would go out all the same
    let Some(made) = opened.loaded.made.as_ref().filter(|_| world.ci) else { return Diagnostics::new() };
    let real = made.settings.channels.iter().filter(|channel| !platforms::stays_here(channel));
    let say = |channel: &ChannelSettings| {
        let message = format!("`CI` is set, so this machine will be thrown away, and with it what `{}` has said", channel.name);
        Diagnostic::error(codes::THROWN_AWAY, message)
            .at(&FileId::new("site.toml"), channel.span.clone())
            .help("post from a machine that keeps `.handbill/`; here, `handbill build` is safe")
    };
    real.map(say).collect()
}

/// Opens the channels of one site.
pub struct Doors<'a> {
    settings: &'a Settings,
    here: Here,
    secrets: MachineSecrets,
}

impl<'a> Doors<'a> {
    /// For the site at `root`. Commands that site.toml names are run when a channel is opened.
    pub fn new(settings: &'a Settings, root: &Path, state: &Path) -> Self {
        Doors { settings, here: Here { state: state.to_owned() }, secrets: MachineSecrets::new(root, Commands::Run) }
    }
}

impl dispatch::Platforms for Doors<'_> {
    fn open(&self, name: &ChannelName) -> Result<Box<dyn Platform>, Diagnostics> {
        let Some(channel) = self.settings.channels.iter().find(|channel| channel.name == *name) else {
            let gone = Diagnostic::error(codes::UNKNOWN_CHANNEL, format!("site.toml names no channel `{name}`"));
            return Err([gone].into_iter().collect());
        };
        platforms::open(channel, &self.here, &self.secrets)
    }
}

/// Story time.
#[derive(Clone, Copy, Debug)]
pub enum StoryClock {
    /// The machine's clock, as it goes on.
    Machine(Now),
    /// What `--now` says; it stands still.
    Told(Now),
}

impl StoryClock {
    /// The clock for a site that was read at `now`.
    pub fn new(now: Now, told: bool) -> Self {
        if told { StoryClock::Told(now) } else { StoryClock::Machine(now) }
    }

    /// Whose time that is.
    pub fn story(self) -> Story {
        match self {
            StoryClock::Machine(_) => Story::True,
            StoryClock::Told(_) => Story::Rehearsal,
        }
    }
}

impl dispatch::Clock for StoryClock {
    fn now(&self) -> Now {
        match self {
            StoryClock::Machine(began) => Now::new(Clock.now(), began.zone()),
            StoryClock::Told(now) => *now,
        }
    }
}

/// The web as everybody sees it.
struct Web;

#[async_trait]
impl dispatch::Links for Web {
    async fn answers(&self, url: &str) -> Result<(), String> {
        match answers(url).await {
            Answers::Yes => Ok(()),
            Answers::No(why) => Err(why),
        }
    }
}

/// Pictures of the site, sized as platforms take them.
struct Album<'a>(&'a Disk);

#[async_trait]
impl dispatch::Pictures for Album<'_> {
    async fn sized(&self, picture: &PostPicture, profile: &Profile, place: Place) -> Result<FrozenPicture, String> {
        let general = PictureLimit { bytes: profile.thumbnail_bytes, pixels: 4_000_000, side: 1_200, alt: usize::MAX };
        let limit = match place {
            Place::Post => profile.pictures.unwrap_or(general),
            Place::Card => general,
        };
        let bytes = self.0.bytes(&FileId::new(&picture.file))?;
        let fitted = tokio::task::spawn_blocking(move || pictures::fit(&bytes, &limit)).await.map_err(|error| error.to_string())??;
        Ok(FrozenPicture {
            hash: ContentHash::of(&fitted.bytes).to_string(),
            mime: fitted.mime.to_owned(),
            width: fitted.width,
            height: fitted.height,
            alt: picture.alt.clone(),
            bytes: fitted.bytes.into(),
        })
    }
}

/// The machine's randomness, for the length of waits.
struct Dice;

impl dispatch::Chance for Dice {
    fn below(&self, most: u64) -> u64 {
        let mut bytes = [0; 8];
        // Without randomness waits are as long as can be, which is only slower.
        if getrandom::fill(&mut bytes).is_err() {
            return most.saturating_sub(1);
        }
        u64::from_le_bytes(bytes).checked_rem(most).unwrap_or(0)
    }
}

/// All that a pass takes from the machine, for one site.
pub struct Desk<'a> {
    settings: &'a Settings,
    channels: Vec<Channel>,
    doors: Doors<'a>,
    album: Album<'a>,
    clock: StoryClock,
    holder: Holder,
}

impl<'a> Desk<'a> {
    /// For an opened site, by this clock.
    pub fn new(opened: &'a Opened, settings: &'a Settings, clock: StoryClock) -> Self {
        Desk {
            settings,
            channels: channels(settings),
            doors: Doors::new(settings, &opened.root, &opened.state()),
            album: Album(&opened.loaded.disk),
            clock,
            holder: holder(),
        }
    }

    /// The channels of site.toml.
    pub fn channels(&self) -> &[Channel] {
        &self.channels
    }

    /// Opens them.
    pub fn doors(&self) -> &Doors<'a> {
        &self.doors
    }

    /// The world as a pass over this outbox sees it.
    pub fn world<'b>(&'b self, outbox: &'b dyn Outbox) -> dispatch::World<'b> {
        dispatch::World {
            outbox,
            channels: &self.channels,
            platforms: &self.doors,
            clock: &self.clock,
            story: self.clock.story(),
            links: &Web,
            pictures: &self.album,
            chance: &Dice,
            steps: &NoSteps,
            base_url: &self.settings.site.base_url,
            holder: &self.holder,
        }
    }
}

/// A name for this process that no other has.
fn holder() -> Holder {
    let mut bytes = [0; 8];
    let _ = getrandom::fill(&mut bytes);
    Holder(format!("{}-{:016x}", std::process::id(), u64::from_le_bytes(bytes)))
}
