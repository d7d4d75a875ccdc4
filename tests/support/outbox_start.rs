//! `channels start`: what stands on the platform is taken back, and what fell due before is never posted.

use handbill::calendar::{Duration, Now};
use handbill::dispatch::NoSteps;
use handbill::dispatch::start::{Beginning, Start, StartError};
use handbill::outbox::start::Story;
use handbill::outbox::{Memory, Outbox, Sqlite, State};
use handbill::outreach::{Announcement, Said};

use crate::town::{Town, announcement, at, states, the_row};
use crate::wall::{Lie, Means};

const SERVER: &str = "https://example.social";

fn wave(wave: &str, due: &str) -> Announcement {
    announcement("story-time", "2026-12-03", wave, "town", due, "2026-12-03 10:30")
}

fn waves() -> [Announcement; 3] {
    [wave("announce", "2026-11-19 09:30"), wave("remind", "2026-12-01 12:00"), wave("today", "2026-12-03 08:30")]
}

async fn start(town: &Town, outbox: &dyn Outbox) -> Result<Beginning, StartError> {
    let plan = |_: &[Said], _: Now| town.schedule.lock().unwrap().clone();
    let wall = town.wall("town");
    let start = Start { channel: &town.channels[0], platform: wall, schedule: &plan, back: Duration::days(60) };
    start.run(&town.world(outbox, &NoSteps)).await
}

#[tokio::test]
async fn a_second_laptop_repeats_nothing() {
    let [announce, remind, today] = waves();
    for means in [Means::Keys, Means::Looks] {
        let town = Town::at("2026-11-19 09:31").real("town", SERVER, means).says(&waves());
        let first = Memory::new();
        start(&town, &first).await.unwrap();
        town.pass(&first).await;
        assert_eq!(town.wall("town").texts(), [] as [&str; 0], "what fell due before the start is passed over");
        town.wall("town").pin_by_hand(
            &announce,
            &format!("{}-{}", at("2026-11-19 09:30").timestamp_millis(), announce.id.0[0] % 4),
            at("2026-11-19 09:30"),
        );
        town.clock.set("2026-12-01 12:00");
        town.pass(&first).await;
        assert_eq!(town.wall("town").texts().len(), 2);

        let second = Memory::new();
        town.clock.set("2026-12-02 09:00");
        let beginning = start(&town, &second).await.unwrap();
        let mut found: Vec<_> = beginning.recovered.iter().map(|row| (row.id, row.receipt.clone().unwrap().id)).collect();
        found.sort_by(|a, b| a.1.cmp(&b.1));
        assert_eq!(found, [(announce.id, "town-1".to_owned()), (remind.id, "town-2".to_owned())], "{means:?}");
        assert_eq!((beginning.passed_over.len(), beginning.account.name.as_str()), (0, "@town"));
        town.pass(&second).await;
        town.clock.set("2026-12-03 08:30");
        town.pass(&second).await;
        assert_eq!(town.wall("town").texts().len(), 3);
        assert_eq!(the_row(&second, &today).await.state, State::Sent);
    }
}

#[tokio::test]
async fn a_lost_outbox_repeats_nothing_even_when_nothing_is_found() {
    let [announce, remind, _] = waves();
    let town = Town::at("2026-12-01 13:00").real("town", SERVER, Means::Looks).says(&waves());
    let outbox = Memory::new();
    let beginning = start(&town, &outbox).await.unwrap();
    assert_eq!((beginning.recovered.len(), beginning.passed_over.len()), (0, 2));
    // not even when the plan would say it late
    let mut late = announce.clone();
    late.due = at("2026-12-01 13:05");
    town.say(&[late, remind, waves()[2].clone()]);
    town.clock.set("2026-12-01 13:10");
    let report = town.pass(&outbox).await;
    assert_eq!((report.sent.len(), town.wall("town").deliveries()), (0, 0));
    assert_eq!(the_row(&outbox, &announce).await.reason.as_deref(), Some("it fell due before its channel was started here"));
}

#[tokio::test]
async fn words_of_another_day_are_recognised_by_link_and_time_and_each_post_once() {
    let [announce, remind, today] = waves();
    let town = Town::at("2026-12-01 13:00").real("town", SERVER, Means::Looks).says(&waves());
    for (wave, when) in [(&announce, "2026-11-19 09:40"), (&remind, "2026-12-01 12:10")] {
        let mut otherwise = wave.clone();
        otherwise.post.text = "Tomorrow!".to_owned();
        town.wall("town").pin_by_hand(&otherwise, "x", at(when));
    }
    let outbox = Memory::new();
    let beginning = start(&town, &outbox).await.unwrap();
    assert_eq!(beginning.recovered.len(), 2);
    assert_eq!(states(&outbox).await.get(&today.id), None);
    assert_eq!(the_row(&outbox, &remind).await.receipt.unwrap().id, "town-2");
}

#[tokio::test]
async fn an_older_copy_that_is_brought_back_says_nothing_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("outbox.sqlite");
    let town = Town::at("2026-11-18 09:00").real("town", SERVER, Means::Keys).says(&waves());
    let outbox = Sqlite::open(folder.path()).await.unwrap();
    start(&town, &outbox).await.unwrap();
    town.pass(&outbox).await;
    outbox.close().await;
    let copy = std::fs::read(&file).unwrap();

    let outbox = Sqlite::open(folder.path()).await.unwrap();
    town.clock.set("2026-11-19 09:30");
    assert_eq!(town.pass(&outbox).await.sent.len(), 1);
    outbox.close().await;

    std::fs::write(&file, copy).unwrap();
    let outbox = Sqlite::open(folder.path()).await.unwrap();
    let report = town.pass(&outbox).await;
    assert!(report.notices.has_errors());
    assert_eq!((report.sent.len(), town.wall("town").deliveries()), (0, 1));
    let beginning = start(&town, &outbox).await.unwrap();
    assert_eq!(beginning.recovered.len(), 1);
    town.pass(&outbox).await;
    assert_eq!(town.wall("town").texts(), [waves()[0].post.text.clone()]);
}

#[tokio::test]
async fn a_start_that_fails_writes_nothing_down() {
    let mut town = Town::at("2026-12-01 13:00").real("town", SERVER, Means::Keys).says(&waves());
    let outbox = Memory::new();
    town.wall("town").lie([Lie::Unauthorized]);
    assert!(matches!(start(&town, &outbox).await, Err(StartError::Platform(_))));
    town.story = Story::Rehearsal;
    assert!(matches!(start(&town, &outbox).await, Err(StartError::Rehearsal(_))));
    assert!(outbox.started().await.unwrap().is_empty() && outbox.rows().await.unwrap().is_empty());
    let town = Town::at("2026-12-01 13:00").practice("town").says(&waves());
    assert!(matches!(start(&town, &outbox).await, Err(StartError::Practice(_))));
}
