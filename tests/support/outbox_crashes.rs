//! The process dies at each step of a delivery. After a restart every announcement is on the wall exactly once.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use async_trait::async_trait;
use handbill::calendar::{DateTime, Duration, Utc};
use handbill::delivery::{AnnouncementId, Attempt, Found, IdempotencyKey, PostPicture, Receipt};
use handbill::diagnostic::Diagnostics;
use handbill::dispatch::{Content, NoSteps, Platforms, Step, Steps, World};
use handbill::outbox::start::Started;
use handbill::outbox::{Outbox, Sqlite, State};
use handbill::outreach::Announcement;
use handbill::platforms::{Account, DeliveryError, Journal, Platform, RemotePost};
use handbill::profile::Profile;
use handbill::settings::ChannelName;

use crate::town::{DieAt, SITE, Town, announcement, at, schedule};
use crate::wall::{Lie, Means, Wall};

const SERVER: &str = "https://example.social";
const OF_A_DELIVERY: [Step; 6] = [Step::Leased, Step::Frozen, Step::Begun, Step::Stepped, Step::Delivered, Step::Settled];
const OF_A_RECOVERY: [Step; 3] = [Step::Doubted, Step::Looked, Step::Recovered];

fn posts() -> Vec<Announcement> {
    let mut all = Vec::new();
    for (event, on) in [("story-time", "town"), ("chess-club", "town"), ("story-time", "village"), ("chess-club", "village")] {
        let mut a = announcement(event, "2026-12-03", "remind", on, "2026-12-01 12:00", "2026-12-03 10:30");
        a.post.picture = Some(PostPicture { file: "content/events/a.jpg".to_owned(), hash: "ab".to_owned(), alt: format!("A {event}.") });
        all.push(a);
    }
    all
}

fn town() -> Town {
    Town::at("2026-12-01 12:00").real("town", SERVER, Means::Keys).real("village", SERVER, Means::Looks).says(&posts())
}

async fn begin(folder: &Path, town: &Town) {
    let outbox = Sqlite::open(folder).await.unwrap();
    for channel in &town.channels {
        let start = Started {
            channel: channel.name.clone(),
            at: at("2026-11-01 09:00"),
            server: Some(SERVER.to_owned()),
            base_url: SITE.to_owned(),
        };
        outbox.start(&start, &[]).await.unwrap();
    }
}

/// Passes until nothing is left to do, each by a new process as it were.
async fn live_on(folder: &Path, town: &Town) {
    for _ in 0..6 {
        let outbox = Sqlite::open(folder).await.unwrap();
        town.pass(&outbox).await;
        drop(outbox);
        town.clock.turn(Duration::minutes(3));
    }
}

async fn each_is_there_once(folder: &Path, town: &Town, how: &str) {
    let mut expected: Vec<String> = posts().into_iter().map(|a| a.post.text).collect();
    let mut found: Vec<String> = town.walls.iter().flat_map(Wall::texts).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "{how}");
    let rows = Sqlite::open(folder).await.unwrap().rows().await.unwrap();
    assert!(rows.iter().all(|row| row.state == State::Sent), "{how}: {rows:?}");
}

#[tokio::test]
async fn killed_at_any_step_of_a_delivery_and_each_post_is_there_once() {
    for step in OF_A_DELIVERY {
        for time in 1..=posts().len() {
            let (folder, town) = (tempfile::tempdir().unwrap(), town());
            begin(folder.path(), &town).await;
            let outbox = Sqlite::open(folder.path()).await.unwrap();
            let ended = town.dying_pass(&outbox, &DieAt::new(step, time)).await;
            assert!(ended.is_none(), "{step:?} was never reached for the {time}. time");
            drop(outbox);
            live_on(folder.path(), &town).await;
            each_is_there_once(folder.path(), &town, &format!("died at {step:?}, {time}")).await;
        }
    }
}

#[tokio::test]
async fn killed_while_the_platform_has_it_and_each_post_is_there_once() {
    for lie in [Lie::HangsAfterTaking, Lie::HangsBeforeTaking] {
        for wall in ["town", "village"] {
            let (folder, town) = (tempfile::tempdir().unwrap(), town());
            begin(folder.path(), &town).await;
            town.wall(wall).lie([lie.clone()]);
            let outbox = Sqlite::open(folder.path()).await.unwrap();
            let hung = town.dying_pass(&outbox, &DieAt::new(Step::Doubted, 1)).await;
            assert!(hung.is_none());
            drop(outbox);
            live_on(folder.path(), &town).await;
            each_is_there_once(folder.path(), &town, &format!("{lie:?} at {wall}")).await;
        }
    }
}

#[tokio::test]
async fn killed_again_while_looking_for_what_the_first_death_left() {
    for taken in [Lie::TakenAndCut, Lie::BrokenNotTaken] {
        for step in OF_A_RECOVERY {
            for time in 1..=2 {
                let (folder, town) = (tempfile::tempdir().unwrap(), town());
                begin(folder.path(), &town).await;
                town.walls.iter().for_each(|wall| wall.lie([taken.clone()]));
                let outbox = Sqlite::open(folder.path()).await.unwrap();
                town.pass(&outbox).await;
                town.clock.turn(Duration::minutes(3));
                let ended = town.dying_pass(&outbox, &DieAt::new(step, time)).await;
                assert!(ended.is_none(), "{step:?} was never reached for the {time}. time");
                drop(outbox);
                live_on(folder.path(), &town).await;
                each_is_there_once(folder.path(), &town, &format!("{taken:?}, died at {step:?}, {time}")).await;
            }
        }
    }
}

#[tokio::test]
async fn killed_over_and_over_and_each_post_is_there_once() {
    let (folder, town) = (tempfile::tempdir().unwrap(), town());
    begin(folder.path(), &town).await;
    for step in OF_A_DELIVERY.into_iter().chain(OF_A_RECOVERY).cycle().take(27) {
        let outbox = Sqlite::open(folder.path()).await.unwrap();
        town.dying_pass(&outbox, &DieAt::new(step, 1)).await;
        drop(outbox);
        town.clock.turn(Duration::minutes(2));
    }
    live_on(folder.path(), &town).await;
    each_is_there_once(folder.path(), &town, "over and over").await;
}

// --- a real process that really dies -------------------------------------------------------------------------------------------------

const STEP: &str = "HANDBILL_TEST_DIES_AT";
const FOLDER: &str = "HANDBILL_TEST_FOLDER";

/// Ends the process at a step, as a power cut would.
struct Abort(String);

#[async_trait]
impl Steps for Abort {
    async fn at(&self, step: Step, _: AnnouncementId) {
        if format!("{step:?}") == self.0 {
            std::process::abort();
        }
    }
}

/// A wall in a file, so that it outlives the process. It keeps no post from going up twice.
struct FileWall {
    file: PathBuf,
    profile: Profile,
}

#[async_trait]
impl Platform for FileWall {
    fn profile(&self) -> &Profile {
        &self.profile
    }

    fn key(&self, seed: [u8; 16], _: DateTime<Utc>) -> IdempotencyKey {
        IdempotencyKey::new(blake3::hash(&seed).to_string())
    }

    async fn deliver(&self, attempt: &Attempt, journal: &mut dyn Journal) -> Result<Receipt, DeliveryError> {
        journal.record("media", serde_json::json!(1)).await?;
        let mut file = OpenOptions::new().create(true).append(true).open(&self.file).unwrap();
        writeln!(file, "{}", attempt.key).unwrap();
        Ok(Receipt { id: attempt.key.to_string(), url: None, at: attempt.began, more: serde_json::json!({}) })
    }

    async fn find(&self, attempt: &Attempt, _: &std::collections::BTreeSet<String>) -> Result<Found, DeliveryError> {
        let there = fs::read_to_string(&self.file).unwrap_or_default().lines().any(|line| line == attempt.key.as_str());
        let receipt = || Receipt { id: attempt.key.to_string(), url: None, at: attempt.began, more: serde_json::json!({}) };
        Ok(if there { Found::Yes(receipt()) } else { Found::No })
    }

    async fn verify(&self) -> Result<Account, DeliveryError> {
        Ok(Account { name: "@file".to_owned(), id: "file".to_owned() })
    }

    async fn posts_since(&self, _: DateTime<Utc>) -> Result<Vec<RemotePost>, DeliveryError> {
        Ok(Vec::new())
    }
}

struct Opener(PathBuf, Profile);

impl Platforms for Opener {
    fn open(&self, _: &ChannelName) -> Result<Box<dyn Platform>, Diagnostics> {
        Ok(Box::new(FileWall { file: self.0.join("wall"), profile: self.1.clone() }))
    }
}

async fn one_pass_in_this_process(folder: &Path, steps: &dyn Steps) {
    let town = Town::at("2026-12-01 12:00").practice("town").practice("village").says(&posts());
    let profile = town.wall("town").profile().clone();
    let outbox = Sqlite::open(&folder.join(".handbill")).await.unwrap();
    let opener = Opener(folder.to_owned(), profile);
    let world = World { platforms: &opener, ..town.world(&outbox, steps) };
    let plan = |_: &[handbill::outreach::Said], _: handbill::calendar::Now| schedule(&posts());
    let content = Content::Sound { schedule: &plan, reach: at("2027-01-01 00:00") };
    town.rules().run(&world, &content).await.unwrap();
}

/// Not a test by itself: the process that dies, started by the test below.
#[tokio::test]
async fn the_process_that_dies() {
    let (Ok(step), Ok(folder)) = (std::env::var(STEP), std::env::var(FOLDER)) else { return };
    one_pass_in_this_process(Path::new(&folder), &Abort(step)).await;
}

#[tokio::test]
async fn a_real_process_is_killed_at_each_step_and_each_post_is_there_once() {
    for step in OF_A_DELIVERY {
        let folder = tempfile::tempdir().unwrap();
        let child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crashes::the_process_that_dies"])
            .env(STEP, format!("{step:?}"))
            .env(FOLDER, folder.path())
            .output()
            .unwrap();
        assert!(!child.status.success(), "{step:?} was never reached");
        one_pass_in_this_process(folder.path(), &NoSteps).await;
        let wall = fs::read_to_string(folder.path().join("wall")).unwrap();
        let mut keys: Vec<&str> = wall.lines().collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!((wall.lines().count(), keys.len()), (posts().len(), posts().len()), "{step:?}");
    }
}
