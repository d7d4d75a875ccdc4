//! A small town for tests of the outbox: what there is to say, a clock that is turned by hand, and walls that posts go up on.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use handbill::calendar::{DateTime, Duration, NaiveDate, NaiveDateTime, Now, Utc, Zone, resolve};
use handbill::delivery::{AnnouncementId, Attempt, Found, FrozenPicture, IdempotencyKey, Post, PostPicture, Receipt};
use handbill::diagnostic::{Diagnostics, FileId};
use handbill::dispatch::{
    Chance, Channel, Clock, Content, Links, NoSteps, Pass, PassReport, Passed, Pictures, Place, Platforms, Step, Steps, World,
};
use handbill::library::{EventId, OccurrenceId};
use handbill::outbox::reconcile::Consent;
use handbill::outbox::start::{Speaks, Story};
use handbill::outbox::{Holder, Outbox, Row, State};
use handbill::outreach::{Announcement, Occasion, Said, Schedule, Skipped};
use handbill::platforms::{Account, DeliveryError, Journal, Platform, RemotePost};
use handbill::profile::{LinkCards, PictureLimit, Profile, TextLimit, Unit};
use handbill::settings::ChannelName;
use handbill::text::Slug;

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

/// How a wall keeps a post from going up twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Means {
    /// It honours keys, and finds posts by them.
    Keys,
    /// It ignores keys as some compatible servers do: only looking for the link and the words protects, and only once the post shows.
    Looks,
    /// It can't be asked.
    Blind,
}

/// What a wall answers to one delivery; the truth without one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Lie {
    /// Takes it, and cuts the line.
    TakenAndCut,
    /// Takes it, and answers 500.
    TakenAndBroken,
    /// Answers 500 without having taken it.
    BrokenNotTaken,
    /// Is busy.
    Later,
    /// Is busy until so many minutes from now.
    LaterBy(i64),
    /// Refuses it for good.
    Refused,
    /// No longer knows us.
    Unauthorized,
    /// Takes it and never answers.
    HangsAfterTaking,
    /// Never answers, and has not taken it.
    HangsBeforeTaking,
    /// Has thrown the uploaded picture away.
    Redo,
    /// Falls over in our own code.
    Panics,
}

/// A post on a wall.
#[derive(Clone, Debug)]
pub(crate) struct Pinned {
    pub(crate) id: AnnouncementId,
    pub(crate) key: IdempotencyKey,
    pub(crate) text: String,
    pub(crate) link: Option<String>,
    pub(crate) remote: String,
    pub(crate) at: DateTime<Utc>,
    pub(crate) by_the_clock: DateTime<Utc>,
    pub(crate) shows_from: DateTime<Utc>,
}

/// A platform in memory: strict about what it is sent, and able to lie.
#[derive(Clone)]
pub(crate) struct Wall {
    pub(crate) name: String,
    pub(crate) means: Means,
    profile: Arc<Profile>,
    clock: HandClock,
    inside: Arc<Mutex<Inside>>,
    pub(crate) hangs: Arc<tokio::sync::Notify>,
}

#[derive(Default)]
struct Inside {
    pinned: Vec<Pinned>,
    lies: VecDeque<Lie>,
    words_of_key: BTreeMap<String, String>,
    faults: Vec<String>,
    deliveries: usize,
    looks: usize,
    uploads: usize,
}

impl Wall {
    pub(crate) fn new(name: &str, means: Means, clock: &HandClock) -> Wall {
        let settle = if means == Means::Looks { Duration::seconds(90) } else { Duration::zero() };
        let profile = Profile {
            name: "wall",
            text: TextLimit { most: 500, unit: Unit::Graphemes, link: None, bytes: None },
            pictures: Some(PictureLimit { bytes: 1 << 20, pixels: 1 << 24, side: 2_000, alt: 1_500 }),
            link_card: LinkCards::Theirs,
            thumbnail_bytes: 1 << 20,
            settle,
            request: Duration::seconds(30),
        };
        Wall {
            name: name.to_owned(),
            means,
            profile: Arc::new(profile),
            clock: clock.clone(),
            inside: Arc::default(),
            hangs: Arc::default(),
        }
    }

    pub(crate) fn lie(&self, lies: impl IntoIterator<Item = Lie>) {
        self.inside.lock().unwrap().lies.extend(lies);
    }

    pub(crate) fn honest(&self) {
        self.inside.lock().unwrap().lies.clear();
    }

    pub(crate) fn pinned(&self) -> Vec<Pinned> {
        let inside = self.inside.lock().unwrap();
        assert!(inside.faults.is_empty(), "{:#?}", inside.faults);
        inside.pinned.clone()
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.pinned().into_iter().map(|post| post.text).collect()
    }

    pub(crate) fn deliveries(&self) -> usize {
        self.inside.lock().unwrap().deliveries
    }

    pub(crate) fn looks(&self) -> usize {
        self.inside.lock().unwrap().looks
    }

    pub(crate) fn uploads(&self) -> usize {
        self.inside.lock().unwrap().uploads
    }

    /// Somebody posts by another way.
    pub(crate) fn pin_by_hand(&self, a: &Announcement, key: &str, at: DateTime<Utc>) {
        let mut inside = self.inside.lock().unwrap();
        let remote = format!("{}-{}", self.name, inside.pinned.len() + 1);
        let (text, link) = (a.post.text.clone(), a.post.link.clone());
        inside.pinned.push(Pinned { id: a.id, key: IdempotencyKey::new(key), text, link, remote, at, by_the_clock: at, shows_from: at });
    }

    fn take(&self, inside: &mut Inside, attempt: &Attempt) -> Receipt {
        let known = inside.pinned.iter().find(|post| self.means == Means::Keys && post.key == attempt.key).cloned();
        let post = known.unwrap_or_else(|| {
            let now = self.clock.truth();
            let post = Pinned {
                id: attempt.id,
                key: attempt.key.clone(),
                text: attempt.frozen.post.text.clone(),
                link: attempt.frozen.post.link.clone(),
                remote: format!("{}-{}", self.name, inside.pinned.len() + 1),
                at: now,
                by_the_clock: self.clock.instant(),
                shows_from: now + self.profile.settle,
            };
            inside.pinned.push(post.clone());
            post
        });
        Receipt { id: post.remote, url: None, at: post.at, more: serde_json::json!({}) }
    }
}

#[async_trait]
impl Platform for Wall {
    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn key(&self, seed: [u8; 16], at: DateTime<Utc>) -> IdempotencyKey {
        // as Bluesky's: the moment, and a little of the seed
        IdempotencyKey::new(format!("{}-{}", at.timestamp_millis(), seed[0] % 4))
    }

    async fn deliver(&self, attempt: &Attempt, journal: &mut dyn Journal) -> Result<Receipt, DeliveryError> {
        let lie = {
            let mut inside = self.inside.lock().unwrap();
            inside.deliveries += 1;
            let words = serde_json::to_string(&attempt.frozen).unwrap();
            let first = inside.words_of_key.entry(attempt.key.as_str().to_owned()).or_insert_with(|| words.clone());
            // noted and not asserted: a pass outlives a panic in here
            let pictures = attempt.frozen.picture.iter().chain(&attempt.frozen.thumbnail);
            let faults = [
                (*first != words, "one key, two posts"),
                (attempt.number == 0 || attempt.first_tried > attempt.began, "a try before the first"),
                (pictures.clone().any(|picture| *picture.bytes != *picture.alt.as_bytes()), "not the picture's bytes"),
                (attempt.frozen.picture.is_some() != attempt.frozen.post.picture.is_some(), "a picture too many or too few"),
            ];
            let found = faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| format!("{what}: {attempt:?}"));
            inside.faults.extend(found);
            inside.lies.pop_front()
        };
        if attempt.frozen.picture.is_some() && (journal.done("media").is_none() || lie == Some(Lie::Redo)) {
            if lie == Some(Lie::Redo) && journal.done("media").is_some() {
                return Err(DeliveryError::Redo { step: "media", why: "the picture was thrown away".to_owned() });
            }
            let number = {
                let mut inside = self.inside.lock().unwrap();
                inside.uploads += 1;
                inside.uploads
            };
            journal.record("media", serde_json::json!({ "id": number })).await?;
        }
        let unknown = |why: &str| Err(DeliveryError::Unknown { why: why.to_owned() });
        let take = || self.take(&mut self.inside.lock().unwrap(), attempt);
        match lie {
            None | Some(Lie::Redo) => Ok(take()),
            Some(Lie::TakenAndCut) => {
                take();
                unknown("the line was cut")
            }
            Some(Lie::TakenAndBroken) => {
                take();
                unknown("500")
            }
            Some(Lie::BrokenNotTaken) => unknown("500"),
            Some(Lie::Later) => Err(DeliveryError::Later { after: None, why: "busy".to_owned() }),
            Some(Lie::LaterBy(minutes)) => {
                let after = self.clock.instant() + Duration::minutes(minutes);
                Err(DeliveryError::Later { after: Some(after), why: "too many requests".to_owned() })
            }
            Some(Lie::Refused) => Err(DeliveryError::Refused { why: "a word is forbidden".to_owned() }),
            Some(Lie::Unauthorized) => {
                Err(DeliveryError::Unauthorized { why: "the token was revoked".to_owned(), renew: "make a new token" })
            }
            Some(Lie::HangsAfterTaking) => {
                take();
                self.hangs.notify_one();
                std::future::pending().await
            }
            Some(Lie::HangsBeforeTaking) => {
                self.hangs.notify_one();
                std::future::pending().await
            }
            Some(Lie::Panics) => panic!("a fault of the platform's file"),
        }
    }

    async fn find(&self, attempt: &Attempt, taken: &BTreeSet<String>) -> Result<Found, DeliveryError> {
        let mut inside = self.inside.lock().unwrap();
        inside.looks += 1;
        let now = self.clock.truth();
        assert!(attempt.first_tried <= self.clock.instant(), "looks from a moment that has not come");
        let is_it = |post: &&Pinned| match self.means {
            Means::Keys => post.key == attempt.key,
            _ => post.shows_from <= now && post.text == attempt.frozen.post.text && !taken.contains(&post.remote),
        };
        let receipt = |post: &Pinned| Receipt { id: post.remote.clone(), url: None, at: post.at, more: serde_json::json!({}) };
        Ok(match (self.means, inside.pinned.iter().find(is_it)) {
            (Means::Blind, _) => Found::CannotTell,
            (_, Some(post)) => Found::Yes(receipt(post)),
            (_, None) => Found::No,
        })
    }

    async fn verify(&self) -> Result<Account, DeliveryError> {
        match self.inside.lock().unwrap().lies.pop_front() {
            Some(Lie::Unauthorized) => {
                Err(DeliveryError::Unauthorized { why: "the token was revoked".to_owned(), renew: "make a new token" })
            }
            _ => Ok(Account { name: format!("@{}", self.name), id: self.name.clone() }),
        }
    }

    async fn posts_since(&self, since: DateTime<Utc>) -> Result<Vec<RemotePost>, DeliveryError> {
        let remote = |post: &Pinned| RemotePost {
            receipt: Receipt { id: post.remote.clone(), url: None, at: post.at, more: serde_json::json!({}) },
            text: post.text.clone(),
            links: post.link.iter().cloned().collect(),
            key: (self.means == Means::Keys).then(|| post.key.clone()),
        };
        Ok(self.pinned().iter().rev().filter(|post| post.at >= since).map(remote).collect())
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
