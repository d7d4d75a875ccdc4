//! A platform in memory for tests of the outbox: strict about what it is sent, and able to lie.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use handbill::calendar::{DateTime, Duration, Utc};
use handbill::delivery::{AnnouncementId, Attempt, Found, IdempotencyKey, Receipt};
use handbill::outreach::Announcement;
use handbill::platforms::{Account, DeliveryError, Journal, Platform, RemotePost};
use handbill::profile::{LinkCards, PictureLimit, Profile, TextLimit, Unit};

use crate::town::HandClock;

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
