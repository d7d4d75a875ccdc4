//! A small town for tests of the outbox: what there is to say, a clock that is turned by hand, channels with walls to post on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use handbill::calendar::{DateTime, Duration, NaiveDate, NaiveDateTime, Now, Utc, Zone, resolve};
use handbill::delivery::{AnnouncementId, FrozenPicture, Post, PostPicture};
use handbill::diagnostic::{Diagnostics, FileId};
use handbill::dispatch::{
    Chance, Channel, Clock, Content, Links, NoSteps, Pass, PassReport, Passed, Pictures, Place, Platforms, Step, Steps, World,
};
use handbill::library::{EventId, OccurrenceId};
use handbill::outbox::reconcile::Consent;
use handbill::outbox::start::{Speaks, Story};
use handbill::outbox::{Holder, Outbox, Row, State};
use handbill::outreach::{Announcement, Occasion, Said, Schedule, Skipped};
use handbill::platforms::Platform;
use handbill::profile::Profile;
use handbill::settings::ChannelName;
use handbill::text::Slug;

use crate::wall::{Means, Wall};

pub(crate) const SITE: &str = "https://library.example.org";

pub(crate) fn zone() -> Zone {
    Zone::named("America/New_York").unwrap()
}

/// A local moment in the library: `2026-12-03 10:30`.
pub(crate) fn at(local: &str) -> DateTime<Utc> {
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
    resolve(local, zone()).instant().to_utc()
}

pub(crate) fn now(local: &str) -> Now {
    Now::new(at(local), zone())
}

pub(crate) fn channel(name: &str) -> ChannelName {
    ChannelName::new(name)
}

/// One date of one event, said by one wave on one channel.
pub(crate) fn announcement(event: &str, day: &str, wave: &str, on: &str, due: &str, begins: &str) -> Announcement {
    let event_id = EventId::new(&Slug::new(event).unwrap());
    let day: NaiveDate = day.parse().unwrap();
    let name = format!("{event}@{day} {wave} {on}");
    let hash = blake3::hash(name.as_bytes());
    let mut id = [0; 16];
    id.copy_from_slice(&hash.as_bytes()[..16]);
    let link = format!("{SITE}/events/{event}/");
    Announcement {
        id: AnnouncementId(id),
        channel: channel(on),
        occasion: Occasion::Date(OccurrenceId { event: event_id, on: Some(day), nth: 0 }),
        title: event.replace('-', " "),
        file: FileId::new(format!("content/events/{event}.md")),
        wave: wave.to_owned(),
        language: "en".to_owned(),
        ideal: at(due),
        due: at(due),
        moved: None,
        until: at(begins),
        post: Post {
            text: format!("{name} {link}"),
            marks: Vec::new(),
            language: "en".to_owned(),
            link: Some(link),
            card: None,
            picture: None,
        },
    }
}

pub(crate) fn skipped(a: &Announcement, why: &str) -> Skipped {
    Skipped {
        id: a.id,
        channel: a.channel.clone(),
        occasion: a.occasion.clone(),
        title: a.title.clone(),
        file: a.file.clone(),
        wave: a.wave.clone(),
        language: a.language.clone(),
        ideal: a.ideal,
        until: a.until,
        why: why.to_owned(),
    }
}

/// What there is to say: these announcements, of these events.
pub(crate) fn schedule(announcements: &[Announcement]) -> Schedule {
    Schedule {
        announcements: announcements.to_vec(),
        skipped: Vec::new(),
        events: announcements.iter().map(|a| a.occasion.event().clone()).collect(),
        off: BTreeMap::new(),
    }
}

/// A clock that is turned by hand, and the true time, which walls go by and which never runs backwards.
#[derive(Clone)]
pub(crate) struct HandClock(Arc<Mutex<(DateTime<Utc>, DateTime<Utc>)>>);

impl HandClock {
    pub(crate) fn at(local: &str) -> Self {
        HandClock(Arc::new(Mutex::new((at(local), at(local)))))
    }

    pub(crate) fn set(&self, local: &str) {
        let mut times = self.0.lock().unwrap();
        *times = (at(local), times.1.max(at(local)));
    }

    /// Time goes by.
    pub(crate) fn turn(&self, by: Duration) {
        let mut times = self.0.lock().unwrap();
        *times = (times.0 + by, times.1 + by);
    }

    /// Somebody turns the clock back; no time goes by.
    pub(crate) fn turn_back(&self, by: Duration) {
        self.0.lock().unwrap().0 -= by;
    }

    pub(crate) fn instant(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().0
    }

    pub(crate) fn truth(&self) -> DateTime<Utc> {
        self.0.lock().unwrap().1
    }
}

impl Clock for HandClock {
    fn now(&self) -> Now {
        Now::new(self.instant(), zone())
    }
}

/// The web: pages that answer, and those that do not yet.
#[derive(Default)]
pub(crate) struct Web {
    pub(crate) missing: Mutex<BTreeSet<String>>,
}

#[async_trait]
impl Links for Web {
    async fn answers(&self, url: &str) -> Result<(), String> {
        if self.missing.lock().unwrap().contains(url) { Err("404".to_owned()) } else { Ok(()) }
    }
}

/// Pictures whose bytes are the letters of their alt text.
#[derive(Default)]
pub(crate) struct Darkroom {
    pub(crate) broken: Mutex<bool>,
}

#[async_trait]
impl Pictures for Darkroom {
    async fn sized(&self, picture: &PostPicture, _: &Profile, _: Place) -> Result<FrozenPicture, String> {
        if *self.broken.lock().unwrap() {
            return Err(format!("\"{}\" cannot be read", picture.file));
        }
        let bytes: Arc<[u8]> = picture.alt.as_bytes().into();
        let hash = blake3::hash(&bytes).to_string();
        Ok(FrozenPicture { hash, mime: "image/jpeg".to_owned(), width: 4, height: 3, alt: picture.alt.clone(), bytes })
    }
}

/// A chance that is none: from a seed, the same again each time.
pub(crate) struct Dice(Mutex<u64>);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice(Mutex::new(seed))
    }

    /// SplitMix64.
    pub(crate) fn next(&self) -> u64 {
        let mut state = self.0.lock().unwrap();
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn one_in(&self, n: u64) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T>(&self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).unwrap()]
    }
}

impl Chance for Dice {
    fn below(&self, most: u64) -> u64 {
        if most == 0 { 0 } else { self.next() % most }
    }
}

/// Dies at the n-th time that a step is reached: the pass goes no further and is dropped.
pub(crate) struct DieAt {
    pub(crate) step: Step,
    pub(crate) time: Mutex<usize>,
    pub(crate) died: Arc<tokio::sync::Notify>,
}

impl DieAt {
    pub(crate) fn new(step: Step, time: usize) -> Self {
        DieAt { step, time: Mutex::new(time), died: Arc::default() }
    }
}

#[async_trait]
impl Steps for DieAt {
    async fn at(&self, step: Step, _: AnnouncementId) {
        let dies = {
            let mut time = self.time.lock().unwrap();
            *time -= usize::from(step == self.step && *time > 0);
            step == self.step && *time == 0
        };
        if dies {
            self.died.notify_one();
            std::future::pending::<()>().await;
        }
    }
}

/// A library with channels, seen by one process.
pub(crate) struct Town {
    pub(crate) clock: HandClock,
    pub(crate) walls: Vec<Wall>,
    pub(crate) channels: Vec<Channel>,
    pub(crate) web: Web,
    pub(crate) darkroom: Darkroom,
    pub(crate) dice: Dice,
    pub(crate) holder: Holder,
    pub(crate) story: Story,
    pub(crate) base_url: String,
    pub(crate) consent: Consent,
    pub(crate) schedule: Mutex<Schedule>,
    pub(crate) broken: Mutex<Option<BTreeSet<FileId>>>,
    pub(crate) opened: Mutex<Vec<String>>,
    pub(crate) shut: Mutex<BTreeSet<String>>,
}

impl Town {
    pub(crate) fn at(local: &str) -> Town {
        Town {
            clock: HandClock::at(local),
            walls: Vec::new(),
            channels: Vec::new(),
            web: Web::default(),
            darkroom: Darkroom::default(),
            dice: Dice::new(1),
            holder: Holder("one".to_owned()),
            story: Story::True,
            base_url: SITE.to_owned(),
            consent: Consent::Ask,
            schedule: Mutex::default(),
            broken: Mutex::default(),
            opened: Mutex::default(),
            shut: Mutex::default(),
        }
    }

    pub(crate) fn practice(mut self, name: &str) -> Town {
        self.channels.push(Channel { name: channel(name), speaks: Speaks::Practice });
        self.walls.push(Wall::new(name, Means::Keys, &self.clock));
        self
    }

    pub(crate) fn real(mut self, name: &str, server: &str, means: Means) -> Town {
        self.channels.push(Channel { name: channel(name), speaks: Speaks::Real { server: Some(server.to_owned()) } });
        self.walls.push(Wall::new(name, means, &self.clock));
        self
    }

    pub(crate) fn says(self, announcements: &[Announcement]) -> Town {
        *self.schedule.lock().unwrap() = schedule(announcements);
        self
    }

    pub(crate) fn say(&self, announcements: &[Announcement]) {
        *self.schedule.lock().unwrap() = schedule(announcements);
    }

    pub(crate) fn wall(&self, name: &str) -> &Wall {
        self.walls.iter().find(|wall| wall.name == name).unwrap()
    }

    pub(crate) fn world<'a>(&'a self, outbox: &'a dyn Outbox, steps: &'a dyn Steps) -> World<'a> {
        World {
            outbox,
            channels: &self.channels,
            platforms: self,
            clock: &self.clock,
            story: self.story,
            links: &self.web,
            pictures: &self.darkroom,
            chance: &self.dice,
            steps,
            base_url: &self.base_url,
            holder: &self.holder,
        }
    }

    pub(crate) fn rules(&self) -> Pass {
        Pass { grace: Duration::hours(6), quiet: None, consent: self.consent }
    }

    pub(crate) async fn try_pass(&self, outbox: &dyn Outbox, steps: &dyn Steps) -> Result<Passed, handbill::outbox::OutboxError> {
        let world = self.world(outbox, steps);
        let plan = |_: &[Said], _: Now| self.schedule.lock().unwrap().clone();
        let broken = self.broken.lock().unwrap().clone();
        let content = match broken {
            Some(files) => Content::Broken(files),
            None => Content::Sound { schedule: &plan, reach: self.clock.instant() + Duration::days(60) },
        };
        self.rules().run(&world, &content).await
    }

    /// One pass that runs to its end.
    pub(crate) async fn pass(&self, outbox: &dyn Outbox) -> PassReport {
        match self.try_pass(outbox, &NoSteps).await.unwrap() {
            Passed::Done(report) => *report,
            Passed::Busy => panic!("another pass is at work"),
        }
    }

    /// One pass that dies at a step, or when a platform hangs; or runs to its end.
    pub(crate) async fn dying_pass(&self, outbox: &dyn Outbox, die: &DieAt) -> Option<PassReport> {
        let died = die.died.clone();
        let hangs = futures_util::future::select_all(self.walls.iter().map(|wall| Box::pin(wall.hangs.notified())));
        tokio::select! {
            () = died.notified() => None,
            _ = hangs => None,
            passed = self.try_pass(outbox, die) => match passed.unwrap() {
                Passed::Done(report) => Some(*report),
                Passed::Busy => panic!("another pass is at work"),
            },
        }
    }
}

impl Platforms for Town {
    fn open(&self, name: &ChannelName) -> Result<Box<dyn Platform>, Diagnostics> {
        self.opened.lock().unwrap().push(name.to_string());
        if self.shut.lock().unwrap().contains(name.as_str()) {
            let code = handbill::diagnostic::codes::UNKNOWN_KEY;
            return Err([handbill::diagnostic::Diagnostic::error(code, "the token is nowhere to be found")].into_iter().collect());
        }
        Ok(Box::new(self.wall(name.as_str()).clone()))
    }
}

/// The state of each announcement.
pub(crate) async fn states(outbox: &dyn Outbox) -> BTreeMap<AnnouncementId, State> {
    outbox.rows().await.unwrap().into_iter().map(|row| (row.id, row.state)).collect()
}

pub(crate) async fn the_row(outbox: &dyn Outbox, a: &Announcement) -> Row {
    outbox.row(a.id).await.unwrap().expect("a row")
}
