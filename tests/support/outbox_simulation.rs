//! Some days in the life of an outbox, hundreds of times over, each another and each the same again from its seed: content is edited, clocks are
//! turned, processes die, platforms lie. At most once always; exactly once, or ended with a reason; never after the event's start.

use std::collections::{BTreeMap, BTreeSet};

use handbill::calendar::{DateTime, Duration, Utc};
use handbill::delivery::AnnouncementId;
use handbill::diagnostic::FileId;
use handbill::dispatch::{Chance, Step};
use handbill::outbox::start::Started;
use handbill::outbox::{Consent, Memory, Outbox, Row, State};
use handbill::outreach::{Announcement, Occasion, Schedule};

use crate::town::{Dice, DieAt, SITE, Town, announcement, at, schedule, skipped};
use crate::wall::{Lie, Means, Pinned, Wall};

const SEEDS: u64 = 240;
const SERVER: &str = "https://example.social";
const LIES: [Lie; 9] = [
    Lie::TakenAndCut,
    Lie::TakenAndBroken,
    Lie::BrokenNotTaken,
    Lie::Later,
    Lie::LaterBy(30),
    Lie::Unauthorized,
    Lie::Refused,
    Lie::HangsAfterTaking,
    Lie::HangsBeforeTaking,
];
const STEPS: [Step; 9] =
    [Step::Leased, Step::Frozen, Step::Begun, Step::Stepped, Step::Delivered, Step::Settled, Step::Doubted, Step::Looked, Step::Recovered];

/// What staff have written, as it stands.
struct Content {
    written: Vec<Announcement>,
    now: Vec<Announcement>,
    off: Vec<Announcement>,
    late: Vec<Announcement>,
    gone: BTreeSet<String>,
}

impl Content {
    fn new() -> Content {
        let mut written = Vec::new();
        for (event, begins) in [
            ("story-time", "2026-12-01 10:30"),
            ("chess-club", "2026-12-01 16:00"),
            ("book-group", "2026-12-02 18:30"),
            ("lego", "2026-12-03 15:00"),
        ] {
            for on in ["keys", "looks"] {
                for (wave, due) in [("remind", "2026-11-30 12:00"), ("today", "2026-12-01 08:30"), ("last-call", "2026-12-01 14:00")] {
                    if at(due) < at(begins) {
                        written.push(announcement(event, &begins[..10], wave, on, due, begins));
                    }
                }
            }
        }
        Content { now: written.clone(), written, off: Vec::new(), late: Vec::new(), gone: BTreeSet::new() }
    }

    fn edit(&mut self, dice: &Dice) {
        let which = dice.pick(&self.written).clone();
        self.now.retain(|a| a.id != which.id);
        self.off.retain(|a| a.id != which.id);
        self.late.retain(|a| a.id != which.id);
        let mut edited = which.clone();
        match dice.below(8) {
            0 => edited.post.text += *dice.pick(&[" Bring a cushion.", " Sign up at the desk.", " New: biscuits."]),
            1 => {
                let by = Duration::minutes(i64::try_from(dice.below(600)).unwrap() - 300);
                (edited.ideal, edited.due, edited.until) = (edited.ideal + by, edited.due + by, edited.until + by);
            }
            2 => edited.due += Duration::minutes(i64::try_from(dice.below(120)).unwrap()),
            3 => return,
            4 => return self.off.push(which),
            5 => return self.late.push(which),
            6 => {
                self.gone.insert(which.occasion.event().to_string());
                return;
            }
            _ => self.gone.clear(),
        }
        if edited.due < edited.until {
            self.now.push(edited);
        }
    }

    fn schedule(&self) -> Schedule {
        let there = |a: &&Announcement| !self.gone.contains(a.occasion.event().as_str());
        let now: Vec<Announcement> = self.now.iter().filter(there).cloned().collect();
        let date = |a: &Announcement| match &a.occasion {
            Occasion::Date(id) => (id.clone(), "cancelled".to_owned()),
            Occasion::Series(_) => unreachable!("the simulation has dates only"),
        };
        Schedule {
            events: self.written.iter().filter(there).map(|a| a.occasion.event().clone()).collect(),
            off: self.off.iter().filter(there).map(date).collect(),
            skipped: self.late.iter().filter(there).map(|a| skipped(a, "entered late")).collect(),
            ..schedule(&now)
        }
    }
}

fn pinned(town: &Town) -> Vec<Pinned> {
    town.walls.iter().flat_map(Wall::pinned).collect()
}

async fn holds(outbox: &Memory, town: &Town, seed: u64) {
    let rows: BTreeMap<AnnouncementId, Row> = outbox.rows().await.unwrap().into_iter().map(|row| (row.id, row)).collect();
    let mut once = BTreeSet::new();
    for post in pinned(town) {
        assert!(once.insert(post.id), "seed {seed}: said twice: {post:?}");
        let row = &rows[&post.id];
        assert!(post.by_the_clock < row.until, "seed {seed}: said after its event began: {post:?} {row:?}");
        assert!(post.by_the_clock >= row.due, "seed {seed}: said before its time: {post:?} {row:?}");
        assert!(matches!(row.state, State::Sent | State::Sending | State::Unknown), "seed {seed}: on the wall, and {row:?}");
    }
}

async fn live(seed: u64) -> (usize, usize) {
    let dice = Dice::new(seed);
    let mut town = Town::at("2026-11-30 09:00").real("keys", SERVER, Means::Keys).real("looks", SERVER, Means::Looks);
    town.consent = Consent::Given;
    town.dice = Dice::new(seed ^ 0xABCD);
    let outbox = Memory::new();
    for channel in &town.channels {
        let start: DateTime<Utc> = at("2026-11-30 09:00");
        let start = Started { channel: channel.name.clone(), at: start, server: Some(SERVER.to_owned()), base_url: SITE.to_owned() };
        outbox.start(&start, &[]).await.unwrap();
    }
    let mut content = Content::new();
    let turn = |by: Duration| {
        town.clock.turn(by);
        outbox.turn_clock(by);
    };
    for _ in 0..32 {
        if dice.one_in(3) {
            content.edit(&dice);
        }
        *town.schedule.lock().unwrap() = content.schedule();
        let broken = dice.one_in(8).then(|| BTreeSet::from([FileId::new("content/events/lego.md")]));
        *town.broken.lock().unwrap() = broken;
        for wall in &town.walls {
            if dice.one_in(3) {
                wall.lie((0..dice.below(3)).map(|_| dice.pick(&LIES).clone()));
            }
        }
        let death = if dice.one_in(3) {
            DieAt::new(*dice.pick(&STEPS), 1 + usize::try_from(dice.below(3)).unwrap())
        } else {
            DieAt::new(Step::Leased, 1_000)
        };
        town.dying_pass(&outbox, &death).await;
        holds(&outbox, &town, seed).await;
        if dice.one_in(12) {
            town.clock.turn_back(Duration::minutes(i64::try_from(dice.below(180)).unwrap()));
        }
        if !dice.one_in(5) {
            turn(Duration::seconds(i64::try_from(30 + dice.below(5_400)).unwrap()));
        }
    }

    // everybody is honest at last, and the days go by
    town.walls.iter().for_each(Wall::honest);
    *town.broken.lock().unwrap() = None;
    *town.schedule.lock().unwrap() = content.schedule();
    for hours in [1, 1, 1, 24, 24, 48, 1, 1] {
        turn(Duration::hours(hours));
        town.pass(&outbox).await;
        holds(&outbox, &town, seed).await;
    }
    let said: BTreeSet<AnnouncementId> = pinned(&town).iter().map(|post| post.id).collect();
    let rows = outbox.rows().await.unwrap();
    for row in &rows {
        assert!(row.state.is_over(), "seed {seed}: never ended: {row:?}");
        assert_eq!(row.state == State::Sent, said.contains(&row.id), "seed {seed}: {row:?}");
        assert!(row.state == State::Sent || row.reason.is_some(), "seed {seed}: ended without a reason: {row:?}");
    }
    let known: BTreeSet<AnnouncementId> = rows.iter().map(|row| row.id).collect();
    assert!(content.schedule().announcements.iter().all(|a| known.contains(&a.id)), "seed {seed}: something due ended as nothing");
    (said.len(), rows.len())
}

#[tokio::test]
async fn whatever_happens_each_is_said_once_or_ends_with_a_reason() {
    let (mut said, mut all) = (0, 0);
    for seed in 0..SEEDS {
        let (some, of) = live(seed).await;
        said += some;
        all += of;
    }
    // a simulation in which nothing gets said would prove nothing
    assert!(said * 4 > all, "{said} of {all}");
}
