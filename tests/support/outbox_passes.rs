//! One pass: who may speak, what waits, what is said loudly.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier, Mutex};

use handbill::calendar::Duration;
use handbill::delivery::{AnnouncementId, PostPicture};
use handbill::diagnostic::{FileId, codes};
use handbill::dispatch::{NoSteps, PassReport, Passed, Step, Steps};
use handbill::outbox::start::{Started, Story};
use handbill::outbox::{Holder, Memory, Outbox, Sqlite, State};
use handbill::outreach::Announcement;

use crate::town::{SITE, Town, announcement, at, channel, the_row};
use crate::wall::{Lie, Means};

const SERVER: &str = "https://example.social";

fn story_time() -> Announcement {
    announcement("story-time", "2026-12-03", "remind", "town", "2026-12-01 12:00", "2026-12-03 10:30")
}

fn chess_club() -> Announcement {
    announcement("chess-club", "2026-12-04", "remind", "town", "2026-12-01 12:30", "2026-12-04 16:00")
}

async fn started(outbox: &dyn Outbox, town: &Town, when: &str) {
    for c in &town.channels {
        let start = Started { channel: c.name.clone(), at: at(when), server: Some(SERVER.to_owned()), base_url: SITE.to_owned() };
        outbox.start(&start, &[]).await.unwrap();
    }
}

fn codes_of(report: &PassReport) -> Vec<&'static str> {
    report.notices.iter().map(|notice| notice.code.as_str()).collect()
}

fn says(report: &PassReport, words: &str) -> bool {
    report.notices.iter().any(|notice| notice.message.contains(words) || notice.help.as_ref().is_some_and(|help| help.contains(words)))
}

#[tokio::test]
async fn a_post_goes_out_when_it_is_due_and_only_then() {
    let town = Town::at("2026-12-01 11:59").practice("town").says(&[story_time(), chess_club()]);
    let outbox = Memory::new();
    let report = town.pass(&outbox).await;
    assert_eq!((report.sent.len(), report.next.map(|row| row.id), report.more), (0, Some(story_time().id), 1));
    assert!(town.opened.lock().unwrap().is_empty(), "no channel is opened for nothing");
    town.clock.set("2026-12-01 12:00");
    let report = town.pass(&outbox).await;
    assert_eq!((report.sent.len(), report.next.map(|row| row.id), report.more), (1, Some(chess_club().id), 0));
    assert!(report.notices.is_empty());
    assert_eq!(town.wall("town").texts(), [story_time().post.text]);
    let report = town.pass(&outbox).await;
    assert_eq!((report.sent.len(), report.changed.len()), (0, 0), "run again at once: nothing");
}

#[tokio::test]
async fn a_new_practice_outbox_posts_what_is_within_grace() {
    let town = Town::at("2026-12-01 18:15").practice("town").says(&[story_time(), chess_club()]);
    let report = town.pass(&Memory::new()).await;
    assert_eq!((report.missed.len(), report.sent.len()), (1, 1));
    assert_eq!(town.wall("town").texts(), [chess_club().post.text]);
}

#[tokio::test]
async fn a_real_channel_that_was_not_started_is_sent_nothing() {
    let town = Town::at("2026-12-01 12:00").real("town", SERVER, Means::Keys).says(&[story_time()]);
    let outbox = Memory::new();
    let report = town.pass(&outbox).await;
    assert!(says(&report, "`town` is not started in this outbox"), "{:?}", report.notices);
    assert!(says(&report, "`handbill channels start town`"));
    assert!(!report.notices.has_errors());
    assert_eq!((town.wall("town").deliveries(), town.opened.lock().unwrap().len()), (0, 0));
    assert_eq!(report.delayed.len(), 1);
}

#[tokio::test]
async fn another_server_or_another_address_of_the_site_stops_a_channel() {
    let outbox = Memory::new();
    let mut town = Town::at("2026-12-01 12:00").real("town", "https://other.social", Means::Keys).says(&[story_time()]);
    started(&outbox, &town, "2026-11-01 09:00").await;
    let report = town.pass(&outbox).await;
    assert!(report.notices.has_errors() && says(&report, "the server \"https://example.social\""));
    town.channels[0].speaks = handbill::outbox::start::Speaks::Real { server: Some(SERVER.to_owned()) };
    town.base_url = "https://new.example.org".to_owned();
    let report = town.pass(&outbox).await;
    assert!(report.notices.has_errors() && says(&report, "a site at \"https://library.example.org\""));
    assert_eq!(town.wall("town").deliveries(), 0);
    town.base_url = SITE.to_owned();
    assert_eq!(town.pass(&outbox).await.sent.len(), 1);
}

#[tokio::test]
async fn a_rehearsal_looks_only_at_practice_and_this_machine_and_says_so() {
    let here = announcement("story-time", "2026-12-03", "remind", "here", "2026-12-01 12:00", "2026-12-03 10:30");
    let practice = announcement("story-time", "2026-12-03", "remind", "practice", "2026-12-01 12:00", "2026-12-03 10:30");
    let mut town = Town::at("2026-12-01 12:00")
        .real("town", SERVER, Means::Keys)
        .real("here", "http://127.0.0.1:3000", Means::Keys)
        .practice("practice")
        .says(&[story_time(), here, practice]);
    town.story = Story::Rehearsal;
    let outbox = Memory::new();
    started(&outbox, &town, "2026-11-01 09:00").await;
    let local = Started {
        channel: channel("here"),
        at: at("2026-11-01 09:00"),
        server: Some("http://127.0.0.1:3000".to_owned()),
        base_url: SITE.to_owned(),
    };
    outbox.start(&local, &[]).await.unwrap();
    let report = town.pass(&outbox).await;
    assert_eq!(codes_of(&report), [codes::REHEARSAL.as_str()]);
    assert!(says(&report, "nothing is sent to `town`"));
    assert_eq!((report.sent.len(), town.wall("town").deliveries()), (2, 0));
    assert!(outbox.row(story_time().id).await.unwrap().is_none(), "its rows are left alone");
    assert!(!town.opened.lock().unwrap().contains(&"town".to_owned()), "its secret is not asked for");
}

#[tokio::test]
async fn one_channels_trouble_never_stops_another() {
    let there = announcement("story-time", "2026-12-03", "remind", "village", "2026-12-01 12:00", "2026-12-03 10:30");
    for lie in [Lie::Unauthorized, Lie::Refused, Lie::TakenAndCut, Lie::LaterBy(30), Lie::Panics] {
        let town = Town::at("2026-12-01 12:00").practice("town").practice("village").says(&[story_time(), there.clone()]);
        town.wall("town").lie([lie.clone()]);
        let report = town.pass(&Memory::new()).await;
        assert_eq!(town.wall("village").texts(), [there.post.text.clone()], "{lie:?}");
        assert_eq!(report.sent.len(), 1);
    }
    let town = Town::at("2026-12-01 12:00").practice("town").practice("village").says(&[story_time(), there.clone()]);
    town.shut.lock().unwrap().insert("town".to_owned());
    let report = town.pass(&Memory::new()).await;
    assert!(says(&report, "the token is nowhere to be found"));
    assert_eq!((report.sent.len(), report.delayed.len()), (1, 1));
}

#[tokio::test]
async fn a_token_that_ran_out_stops_its_channel_loudly_and_loses_nothing() {
    let town = Town::at("2026-12-01 12:40").practice("town").says(&[story_time(), chess_club()]);
    let outbox = Memory::new();
    for _ in 0..20 {
        town.wall("town").lie([Lie::Unauthorized]);
        let report = town.pass(&outbox).await;
        assert!(report.notices.has_errors() && says(&report, "make a new token"));
        assert_eq!(report.delayed.len(), 2);
    }
    assert_eq!(town.wall("town").deliveries(), 20, "it is asked once a pass");
    assert_eq!(town.pass(&outbox).await.sent.len(), 2);
}

#[tokio::test]
async fn a_refusal_is_final_and_is_said() {
    let town = Town::at("2026-12-01 12:00").practice("town").says(&[story_time()]);
    let outbox = Memory::new();
    town.wall("town").lie([Lie::Refused]);
    let report = town.pass(&outbox).await;
    assert_eq!(codes_of(&report), [codes::POST_FAILED.as_str()]);
    assert_eq!(report.failed[0].reason.as_deref(), Some("a word is forbidden"));
    town.pass(&outbox).await;
    assert_eq!(town.wall("town").deliveries(), 1);
}

#[tokio::test]
async fn a_busy_platform_is_tried_again_when_it_says_with_the_same_key_and_words() {
    let town = Town::at("2026-12-01 12:00").practice("town").says(&[story_time()]);
    let outbox = Memory::new();
    town.wall("town").lie([Lie::LaterBy(45)]);
    town.pass(&outbox).await;
    let mut reworded = story_time();
    reworded.post.text = "Other words".to_owned();
    town.say(&[reworded]);
    town.clock.set("2026-12-01 12:44");
    town.pass(&outbox).await;
    assert_eq!(town.wall("town").deliveries(), 1);
    town.clock.set("2026-12-01 13:00");
    assert_eq!(town.pass(&outbox).await.sent.len(), 1);
    assert_eq!(town.wall("town").texts(), [story_time().post.text]);
}

#[tokio::test]
async fn tries_end_and_then_it_has_failed_with_the_last_answer() {
    let town = Town::at("2026-12-01 12:00").practice("town").says(&[story_time()]);
    let outbox = Memory::new();
    town.wall("town").lie(std::iter::repeat_n(Lie::Later, 50));
    for _ in 0..40 {
        town.pass(&outbox).await;
        town.clock.turn(Duration::minutes(5));
        if the_row(&outbox, &story_time()).await.state == State::Failed {
            break;
        }
    }
    let row = the_row(&outbox, &story_time()).await;
    assert!(matches!(row.state, State::Failed | State::Missed), "{row:?}");
    assert!(row.reason.unwrap().contains("busy"));
    assert!(town.wall("town").deliveries() <= 8);
}

#[tokio::test]
async fn a_post_waits_until_its_page_is_on_the_web_and_practice_does_not() {
    let page = format!("{SITE}/events/story-time/");
    let town = Town::at("2026-12-01 12:00").real("town", SERVER, Means::Keys).says(&[story_time()]);
    let outbox = Memory::new();
    started(&outbox, &town, "2026-11-01 09:00").await;
    town.web.missing.lock().unwrap().insert(page.clone());
    let report = town.pass(&outbox).await;
    assert_eq!((report.sent.len(), report.delayed.len(), town.wall("town").deliveries()), (0, 1, 0));
    assert!(says(&report, "is not on the web: 404"));
    town.clock.set("2026-12-01 18:01");
    let report = town.pass(&outbox).await;
    assert!(report.missed[0].reason.as_ref().unwrap().contains("is not on the web: 404"), "{:?}", report.missed);

    let town = Town::at("2026-12-01 12:00").practice("town").says(&[story_time()]);
    town.web.missing.lock().unwrap().insert(page);
    assert_eq!(town.pass(&Memory::new()).await.sent.len(), 1);
}

#[tokio::test]
async fn a_picture_that_cannot_be_made_holds_back_its_post_alone() {
    let mut pictured = story_time();
    pictured.post.picture = Some(PostPicture { file: "content/events/a.jpg".to_owned(), hash: "ab".to_owned(), alt: "A rug.".to_owned() });
    let town = Town::at("2026-12-01 12:40").practice("town").says(&[pictured.clone(), chess_club()]);
    let outbox = Memory::new();
    *town.darkroom.broken.lock().unwrap() = true;
    let report = town.pass(&outbox).await;
    assert_eq!(codes_of(&report), [codes::POST_PICTURE.as_str()]);
    assert_eq!((report.sent.len(), report.delayed.len()), (1, 1));
    *town.darkroom.broken.lock().unwrap() = false;
    assert_eq!(town.pass(&outbox).await.sent.len(), 1);
}

#[tokio::test]
async fn an_upload_that_the_platform_threw_away_is_made_again() {
    let mut pictured = story_time();
    pictured.post.picture = Some(PostPicture { file: "content/events/a.jpg".to_owned(), hash: "ab".to_owned(), alt: "A rug.".to_owned() });
    let town = Town::at("2026-12-01 12:00").practice("town").says(&[pictured]);
    let outbox = Memory::new();
    town.wall("town").lie([Lie::Later, Lie::Redo]);
    for _ in 0..4 {
        town.pass(&outbox).await;
        town.clock.turn(Duration::minutes(20));
    }
    assert_eq!((town.wall("town").uploads(), town.wall("town").pinned().len(), town.wall("town").deliveries()), (2, 1, 3));
}

#[tokio::test]
async fn content_with_errors_lets_what_was_scheduled_go_but_for_its_own_files() {
    let tomorrow = announcement("story-time", "2026-12-04", "remind", "town", "2026-12-02 00:00", "2026-12-04 10:30");
    let yesterday = announcement("chess-club", "2026-12-05", "remind", "town", "2026-12-01 23:30", "2026-12-05 10:30");
    let town = Town::at("2026-12-01 10:00").practice("town").says(&[story_time(), chess_club(), tomorrow.clone(), yesterday.clone()]);
    let outbox = Memory::new();
    town.pass(&outbox).await;
    *town.broken.lock().unwrap() = Some(BTreeSet::from([FileId::new("content/events/chess-club.md")]));
    town.say(&[]);
    town.clock.set("2026-12-01 13:00");
    let report = town.pass(&outbox).await;
    assert_eq!(town.wall("town").texts(), [story_time().post.text]);
    assert!(report.notices.has_errors() && report.withdrawn.is_empty() && report.delayed.len() == 1, "{report:?}");

    // a post that was written for another day would have to be composed anew, and nobody can
    *town.broken.lock().unwrap() = Some(BTreeSet::new());
    town.clock.set("2026-12-02 00:10");
    town.pass(&outbox).await;
    assert_eq!(town.wall("town").texts().len(), 2, "the one for today");
    assert_eq!(the_row(&outbox, &yesterday).await.state, State::Scheduled);
    assert_eq!(the_row(&outbox, &tomorrow).await.state, State::Sent);
}

#[tokio::test]
async fn a_pass_that_would_take_back_a_season_sends_nothing_until_the_yes() {
    let season: Vec<Announcement> = (0..15)
        .map(|n| announcement(&format!("event-{n}"), "2026-12-10", "remind", "town", "2026-12-08 12:00", "2026-12-10 10:30"))
        .collect();
    let mut town = Town::at("2026-12-01 12:00").practice("town").says(&season);
    let outbox = Memory::new();
    town.pass(&outbox).await;
    town.say(&[story_time()]);
    let report = town.pass(&outbox).await;
    assert_eq!(codes_of(&report), [codes::TOO_MANY.as_str()]);
    assert_eq!((report.changed.len(), town.wall("town").deliveries()), (0, 0));
    assert!(says(&report, "`--yes`") && says(&report, "event 14"));
    town.consent = handbill::outbox::Consent::Given;
    let report = town.pass(&outbox).await;
    assert_eq!((report.withdrawn.len(), report.sent.len()), (15, 1));
}

#[tokio::test]
async fn the_file_of_an_announced_event_gone_ends_the_run_with_an_error() {
    let remind = announcement("story-time", "2026-12-03", "today", "town", "2026-12-03 08:30", "2026-12-03 10:30");
    let town = Town::at("2026-12-01 12:00").practice("town").says(&[story_time(), remind.clone()]);
    let outbox = Memory::new();
    town.pass(&outbox).await;
    town.say(&[]);
    let report = town.pass(&outbox).await;
    assert!(report.notices.has_errors());
    assert!(says(&report, "status: cancelled") && says(&report, "aliases:") && says(&report, "content/events/story-time.md"));
    assert_eq!((the_row(&outbox, &remind).await.state, report.waiting.len()), (State::Held, 1));
}

#[tokio::test]
async fn doubt_ends_by_looking_and_never_by_sending() {
    for lie in [Lie::TakenAndCut, Lie::TakenAndBroken, Lie::BrokenNotTaken, Lie::Panics] {
        for means in [Means::Keys, Means::Looks] {
            let town = Town::at("2026-12-01 12:00").real("town", SERVER, means).says(&[story_time()]);
            let outbox = Memory::new();
            started(&outbox, &town, "2026-11-01 09:00").await;
            town.wall("town").lie([lie.clone()]);
            let report = town.pass(&outbox).await;
            assert_eq!(report.waiting.len(), 1, "{lie:?} {means:?}");
            // at once: where a post may show late an empty look would prove nothing
            town.pass(&outbox).await;
            if means == Means::Looks {
                assert_eq!((town.wall("town").looks(), town.wall("town").deliveries()), (0, 1), "{lie:?}");
            }
            town.clock.turn(Duration::minutes(2));
            town.pass(&outbox).await;
            assert_eq!(town.wall("town").texts(), [story_time().post.text], "{lie:?} {means:?}");
            assert_eq!(the_row(&outbox, &story_time()).await.state, State::Sent);
        }
    }
}

#[tokio::test]
async fn where_nothing_can_be_looked_up_it_stays_unknown_and_is_said_each_time() {
    let town = Town::at("2026-12-01 12:00").real("town", SERVER, Means::Blind).says(&[story_time()]);
    let outbox = Memory::new();
    started(&outbox, &town, "2026-11-01 09:00").await;
    town.wall("town").lie([Lie::BrokenNotTaken]);
    town.pass(&outbox).await;
    for days in 1..4 {
        town.clock.turn(Duration::days(days));
        let report = town.pass(&outbox).await;
        assert!(report.notices.has_errors() && says(&report, "nobody knows whether"), "{:?}", report.notices);
        assert_eq!((report.waiting.len(), town.wall("town").deliveries()), (1, 1));
    }
}

#[tokio::test]
async fn a_clock_that_was_turned_back_does_not_make_an_empty_look_prove_anything() {
    let town = Town::at("2026-12-01 12:00").real("town", SERVER, Means::Looks).says(&[story_time()]);
    let outbox = Memory::new();
    started(&outbox, &town, "2026-11-01 09:00").await;
    town.wall("town").lie([Lie::TakenAndCut]);
    town.pass(&outbox).await;
    town.clock.set("2026-12-01 11:00");
    town.pass(&outbox).await;
    assert_eq!(town.wall("town").looks(), 0);
    // the wall shows it from 12:01:30 on; the pass waits from the moment it saw the clock turned back
    town.clock.set("2026-12-01 12:03");
    town.pass(&outbox).await;
    assert_eq!((town.wall("town").texts().len(), the_row(&outbox, &story_time()).await.state), (1, State::Sent));
}

#[tokio::test]
async fn two_posts_of_one_moment_have_two_keys() {
    let many: Vec<Announcement> = (0..40)
        .map(|n| announcement(&format!("event-{n}"), "2026-12-10", "remind", "town", "2026-12-01 12:00", "2026-12-10 10:30"))
        .collect();
    let town = Town::at("2026-12-01 12:00").practice("town").says(&many);
    assert_eq!(town.pass(&Memory::new()).await.sent.len(), 40);
    let keys: BTreeSet<String> = town.wall("town").pinned().iter().map(|post| post.key.to_string()).collect();
    assert_eq!(keys.len(), 40);
}

/// Waits at a step until the other pass is there too.
struct Meet(Step, Arc<Barrier>, Mutex<bool>);

#[async_trait::async_trait]
impl Steps for Meet {
    async fn at(&self, step: Step, _: AnnouncementId) {
        let first = step == self.0 && !std::mem::replace(&mut *self.2.lock().unwrap(), true);
        if first {
            self.1.wait();
        }
    }
}

#[test]
fn two_passes_at_the_same_moment_post_once_beside_the_site() {
    for _ in 0..10 {
        let folder = tempfile::tempdir().unwrap();
        let town = Town::at("2026-12-01 12:40").practice("town").says(&[story_time(), chess_club()]);
        let barrier = Barrier::new(2);
        let done: usize = std::thread::scope(|scope| {
            let pass = || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let outbox = Sqlite::open(folder.path()).await.unwrap();
                    barrier.wait();
                    match town.try_pass(&outbox, &NoSteps).await.unwrap() {
                        Passed::Done(report) => report.sent.len(),
                        Passed::Busy => 0,
                    }
                })
            };
            let passes = [scope.spawn(pass), scope.spawn(pass)];
            passes.into_iter().map(|pass| pass.join().unwrap()).sum()
        });
        assert_eq!((done, town.wall("town").texts().len()), (2, 2));
    }
}

#[test]
fn two_hosts_that_share_an_outbox_post_once() {
    for step in [Step::Leased, Step::Frozen, Step::Begun, Step::Delivered] {
        let outbox = Memory::new();
        let mut town = Town::at("2026-12-01 10:00").practice("town").says(&[story_time(), chess_club()]);
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime().block_on(town.pass(&outbox));
        town.clock.set("2026-12-01 12:40");
        let (barrier, town_ref, outbox_ref) = (Arc::new(Barrier::new(2)), &mut town, &outbox);
        let wall = town_ref.wall("town").clone();
        let mut other = Town::at("2026-12-01 12:40").practice("town").says(&[story_time(), chess_club()]);
        other.holder = Holder("two".to_owned());
        other.walls = vec![wall.clone()];
        let town_ref = &*town_ref;
        std::thread::scope(|scope| {
            for town in [town_ref, &other] {
                let meet = Meet(step, barrier.clone(), Mutex::default());
                scope.spawn(move || runtime().block_on(town.try_pass(outbox_ref, &meet)).unwrap());
            }
        });
        assert_eq!(wall.texts().len(), 2, "{step:?}");
        assert_eq!(wall.deliveries(), 2, "{step:?}");
    }
}
