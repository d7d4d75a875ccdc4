//! One announcement as the outbox remembers it.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::calendar::{DateTime, Utc};
use crate::delivery::{AnnouncementId, Attempt, Frozen, FrozenPicture, IdempotencyKey, Post, Receipt};
use crate::diagnostic::FileId;
use crate::outbox::state::{State, Tries};
use crate::outreach::{Announcement, Moved, Occasion, Said, Skipped, Stage};
use crate::settings::ChannelName;

/// What the outbox remembers of one announcement. All instants are story time, to the millisecond.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The announcement.
    pub id: AnnouncementId,
    /// Where.
    pub channel: ChannelName,
    /// Of what.
    pub occasion: Occasion,
    /// The event's title, for lists.
    pub title: String,
    /// The event's file.
    pub file: FileId,
    /// The wave's name.
    pub wave: String,
    /// BCP 47 tag.
    pub language: String,
    /// The wave's own moment.
    pub ideal: DateTime<Utc>,
    /// When it goes out.
    pub due: DateTime<Utc>,
    /// Why that is another moment than the ideal one.
    pub moved: Option<Moved>,
    /// From here on nothing is said: the event has begun.
    pub until: DateTime<Utc>,
    /// The words as composed last; none for what was never to be said. Once tried, [`Tried::frozen`] counts.
    pub post: Option<Post>,
    /// Which words, picture and moment these are.
    pub revision: Revision,
    /// How far it is.
    pub state: State,
    /// Why it is there, in plain words.
    pub reason: Option<String>,
    /// Tries so far.
    pub attempts: u32,
    /// Not before, after a try that failed.
    pub next_try: Option<DateTime<Utc>>,
    /// What is sent at every try, once there was one.
    pub tried: Option<Tried>,
    /// What the platform gave back.
    pub receipt: Option<Receipt>,
    /// Rises with every change; who changes a row names the one they saw.
    pub version: i64,
    /// When it came into the outbox.
    pub created: DateTime<Utc>,
    /// When its state changed last.
    pub changed: DateTime<Utc>,
}

/// What was fixed before the first try, and how far the tries came.
#[derive(Clone, PartialEq, Debug)]
pub struct Tried {
    /// The same for all tries.
    pub key: IdempotencyKey,
    /// The same for all tries. In lists of rows without the pictures' bytes; [`Outbox::row`](crate::outbox::Outbox::row) has them.
    pub frozen: Frozen,
    /// When the first try began.
    pub first: DateTime<Utc>,
    /// When the last try was last heard of: its beginning, a step of it, or its unclear end.
    pub last: DateTime<Utc>,
    /// Steps that are done: an uploaded picture's id, and when.
    pub steps: BTreeMap<String, (Json, DateTime<Utc>)>,
}

impl Tried {
    /// Without what is of use only as long as there may be another try: steps, and the pictures' bytes.
    #[must_use]
    pub fn over(self) -> Tried {
        Tried { steps: BTreeMap::new(), ..self.without_bytes() }
    }

    /// Without the pictures' bytes.
    #[must_use]
    pub fn without_bytes(mut self) -> Tried {
        self.pictures_mut().for_each(|picture| picture.bytes = [].into());
        self
    }

    /// The pictures that are sent.
    pub fn pictures_mut(&mut self) -> impl Iterator<Item = &mut FrozenPicture> {
        self.frozen.picture.iter_mut().chain(self.frozen.thumbnail.iter_mut())
    }
}

impl Row {
    /// A row for what is to be said.
    pub fn scheduled(a: &Announcement, now: DateTime<Utc>) -> Row {
        Row {
            id: a.id,
            channel: a.channel.clone(),
            occasion: a.occasion.clone(),
            title: a.title.clone(),
            file: a.file.clone(),
            wave: a.wave.clone(),
            language: a.language.clone(),
            ideal: a.ideal,
            due: a.due,
            moved: a.moved.clone(),
            until: a.until,
            post: Some(a.post.clone()),
            revision: Revision::of(&a.post, a.ideal),
            state: State::Scheduled,
            reason: None,
            attempts: 0,
            next_try: None,
            tried: None,
            receipt: None,
            version: 0,
            created: now,
            changed: now,
        }
    }

    /// A row for what will not be said.
    pub fn skipped(s: &Skipped, now: DateTime<Utc>) -> Row {
        Row {
            id: s.id,
            channel: s.channel.clone(),
            occasion: s.occasion.clone(),
            title: s.title.clone(),
            file: s.file.clone(),
            wave: s.wave.clone(),
            language: s.language.clone(),
            ideal: s.ideal,
            due: s.ideal,
            moved: None,
            until: s.until,
            post: None,
            revision: Revision::default(),
            state: State::Skipped,
            reason: Some(s.why.clone()),
            attempts: 0,
            next_try: None,
            tried: None,
            receipt: None,
            version: 0,
            created: now,
            changed: now,
        }
    }

    /// Was it ever handed to a platform?
    pub fn tries(&self) -> Tries {
        if self.tried.is_some() { Tries::Some } else { Tries::None }
    }

    /// The words that go out, or went.
    pub fn words(&self) -> Option<&Post> {
        self.tried.as_ref().map(|tried| &tried.frozen.post).or(self.post.as_ref())
    }

    /// When it is looked at next: its moment, or a later one after a failed try.
    pub fn wakes(&self) -> DateTime<Utc> {
        self.next_try.map_or(self.due, |next| next.max(self.due))
    }

    /// The try that is, or was last, under way.
    pub fn attempt(&self) -> Option<Attempt> {
        let tried = self.tried.as_ref()?;
        Some(Attempt {
            id: self.id,
            number: self.attempts,
            key: tried.key.clone(),
            frozen: tried.frozen.clone(),
            first_tried: tried.first,
            began: tried.last,
        })
    }

    /// As people name it: `k3f9q2ha.2c`.
    pub fn handle(&self) -> String {
        format!("{}.{}", self.id.short(), self.revision)
    }

    /// As `outreach` wants to know it.
    pub fn said(&self) -> Said {
        let stage = match self.state {
            State::Sent => Stage::Sent,
            State::Sending | State::Unknown => Stage::Frozen,
            State::Scheduled | State::Held if self.tried.is_some() => Stage::Frozen,
            State::Scheduled | State::Held => Stage::Waiting,
            State::Failed => Stage::Failed,
            State::Withdrawn => Stage::Withdrawn,
            State::Skipped | State::Missed => Stage::Over,
        };
        let slot = match (&self.state, &self.tried, &self.receipt) {
            (State::Sent, Some(tried), _) => tried.last,
            (State::Sent, None, Some(receipt)) => receipt.at,
            _ => self.due,
        };
        Said {
            id: self.id,
            channel: self.channel.clone(),
            occasion: self.occasion.clone(),
            wave: self.wave.clone(),
            ideal: self.ideal,
            slot,
            why: self.moved.as_ref().map(|moved| moved.why.clone()),
            stage,
        }
    }
}

/// Names the words, the picture, its alt text and the ideal moment of a post by a hash: another one says that something was changed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
pub struct Revision(pub u32);

impl Revision {
    /// The revision of these words at this moment.
    pub fn of(post: &Post, ideal: DateTime<Utc>) -> Revision {
        let mut hash = blake3::Hasher::new();
        let mut part = |text: &str| {
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        };
        part(&post.text);
        part(&post.language);
        for picture in post.picture.iter().chain(post.card.iter().filter_map(|card| card.thumbnail.as_ref())) {
            part(&picture.hash);
            part(&picture.alt);
        }
        if let Some(card) = &post.card {
            part(&card.url);
            part(&card.title);
            part(&card.description);
        }
        hash.update(&ideal.timestamp_millis().to_le_bytes());
        let bytes = hash.finalize();
        Revision(bytes.as_bytes().iter().take(4).fold(0, |all, byte| all << 8 | u32::from(*byte)))
    }
}

impl fmt::Display for Revision {
    /// Two letters: enough to see that it is another.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        [5, 0].into_iter().try_for_each(|place| write!(f, "{}", char::from(LETTERS[(self.0 >> place & 31) as usize])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Duration;
    use crate::delivery::PostPicture;

    fn post() -> Post {
        let picture = PostPicture { file: "content/a.jpg".to_owned(), hash: "ab".to_owned(), alt: "A rug.".to_owned() };
        Post { text: "Sing!".to_owned(), marks: Vec::new(), language: "en".to_owned(), link: None, card: None, picture: Some(picture) }
    }

    #[test]
    fn another_word_picture_alt_text_or_moment_is_another_revision() {
        let at = DateTime::UNIX_EPOCH;
        let with = |change: fn(&mut Post)| {
            let mut post = post();
            change(&mut post);
            Revision::of(&post, at)
        };
        let all = [
            with(|_| {}),
            with(|post| post.text = "Sing.".to_owned()),
            with(|post| post.picture.iter_mut().for_each(|picture| picture.hash = "cd".to_owned())),
            with(|post| post.picture.iter_mut().for_each(|picture| picture.alt = "A red rug.".to_owned())),
            with(|post| post.picture = None),
            Revision::of(&post(), crate::calendar::instant::later(at, Duration::minutes(1))),
        ];
        let different: std::collections::BTreeSet<u32> = all.iter().map(|revision| revision.0).collect();
        assert_eq!(different.len(), all.len());
        assert_eq!(with(|_| {}), Revision::of(&post(), at));
        assert_eq!(Revision(0b00001_00010).to_string(), "bc");
    }
}
