//! A post as it is composed: text that fits its platform, the marked parts of it, and the picture or link card.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// Names an announcement for ever: a hash of (occasion, event id and date before changes, wave, channel, language), never of words or times.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnnouncementId(pub [u8; 16]);

impl AnnouncementId {
    /// Read back from its 32 hexadecimal letters.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        if text.len() != 32 || !text.is_ascii() {
            return None;
        }
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(AnnouncementId(bytes))
    }

    /// The few letters that people see and type: the first 40 bits in base 32, such as `k3f9q2ha`.
    pub fn short(&self) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let bits = self.0.iter().take(5).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        (0..8).rev().map(|place| char::from(LETTERS[(bits >> (place * 5) & 31) as usize])).collect()
    }
}

impl fmt::Display for AnnouncementId {
    /// In hexadecimal, 32 letters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for AnnouncementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

/// What a channel is sent: what the preview shows is, byte for byte, what goes out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Post {
    /// The words, complete, links and tags included.
    pub text: String,
    /// Links and hashtags in the text, in order, not overlapping.
    pub marks: Vec<Mark>,
    /// BCP 47 tag of the language: `en`.
    pub language: String,
    /// The page that the post is about, absolute.
    pub link: Option<String>,
    /// The card that platforms show which want one from us.
    pub card: Option<LinkCard>,
    /// The picture.
    pub picture: Option<PostPicture>,
}

/// A part of the text that is more than words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Mark {
    /// Bytes into the text, end exclusive, on character boundaries.
    pub range: Range<usize>,
    /// What it is.
    pub kind: MarkKind,
}

/// What a marked part is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
#[serde(rename_all = "lowercase")]
pub enum MarkKind {
    /// A link to this address.
    Link(String),
    /// A hashtag, without its `#`.
    Tag(String),
}

/// A link's card, drawn by the platform from what we send.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct LinkCard {
    /// Absolute address.
    pub url: String,
    /// The page's title.
    pub title: String,
    /// A sentence or two.
    pub description: String,
    /// A small picture for it.
    pub thumbnail: Option<PostPicture>,
}

/// A picture of the site that goes with a post; its bytes are made when the post is frozen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct PostPicture {
    /// The file in `content/`, by its path from the root.
    pub file: String,
    /// The hash of its bytes as read, in hexadecimal.
    pub hash: String,
    /// What it shows; empty when decorative.
    pub alt: String,
}
