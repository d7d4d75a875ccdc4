//! What a platform allows, as data: lengths and how they are counted, pictures, and what an empty look-up means.
//!
//! `platforms/` fills one in for each platform, each number with the page it comes from; `outreach` composes by it, `dispatch` waits by it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::calendar::Duration;

/// What a platform allows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    /// The platform's name, as site.toml writes it.
    pub name: &'static str,
    /// The most text, and how it is counted.
    pub text: TextLimit,
    /// Whether and how pictures go with a post; none when they can't.
    pub pictures: Option<PictureLimit>,
    /// Does the platform want the link's card from us, thumbnail included? Then a post without a picture carries one.
    pub link_card: LinkCards,
    /// Most bytes of a link card's thumbnail.
    pub thumbnail_bytes: u64,
    /// How long after a lost try a look-up can still miss the post: nothing is sent again before that.
    pub settle: Duration,
    /// Most time that one request may take as a whole.
    pub request: Duration,
}

/// The most text of a post.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TextLimit {
    /// So many of the unit.
    pub most: usize,
    /// What is counted.
    pub unit: Unit,
    /// What each link counts, whatever its length; none when it counts in full.
    pub link: Option<usize>,
    /// A second limit in bytes of UTF-8, where there is one.
    pub bytes: Option<usize>,
}

/// What a limit counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Grapheme clusters (Unicode UAX 29), what people call characters.
    Graphemes,
    /// Unicode code points.
    CodePoints,
}

impl Unit {
    /// As `--json` says it.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Graphemes => "graphemes",
            Unit::CodePoints => "characters",
        }
    }
}

/// What pictures may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PictureLimit {
    /// Most bytes of one.
    pub bytes: u64,
    /// Most pixels of one.
    pub pixels: u64,
    /// Longest side in pixels that is shown anyway; larger ones are sized down to it.
    pub side: u32,
    /// Most graphemes of its alt text.
    pub alt: usize,
}

/// Who makes a link's card.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkCards {
    /// We send it.
    Ours,
    /// The platform fetches the page and makes one.
    Theirs,
}

/// The profile of each channel, by the channel's name.
#[derive(Clone, Default, Debug)]
pub struct Profiles(pub BTreeMap<String, Arc<Profile>>);

impl Profiles {
    /// The profile of this channel.
    pub fn of(&self, channel: &str) -> Option<&Arc<Profile>> {
        self.0.get(channel)
    }
}
