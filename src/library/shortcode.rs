//! Shortcodes: what Markdown lacks, named in a body and filled in when its page is made.

use std::ops::Range;

use crate::library::{Image, Slug};

/// A shortcode in its place in a body's HTML.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placed {
    /// Bytes into [`Body::html`](super::Body::html): the HTML that the shortcode stands around; empty for one that stands alone.
    pub range: Range<usize>,
    /// What it is.
    pub shortcode: Shortcode,
    /// The shortcodes within its range, in order.
    pub inside: Vec<Placed>,
}

/// What a shortcode shows; every name in it is looked up already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shortcode {
    /// A picture with words below it.
    Figure {
        /// The picture.
        picture: Image,
        /// The words.
        caption: Option<String>,
    },
    /// A link that looks like a button.
    Button {
        /// Its address, for `href`.
        href: String,
        /// Its words.
        label: String,
    },
    /// A link to a video on another site, never the player itself.
    Video {
        /// Its address.
        href: String,
        /// Its title.
        title: String,
        /// A still of it; decorative, for the title stands beside it.
        picture: Option<Image>,
    },
    /// A link to a map.
    Map {
        /// Of what.
        to: MapTo,
        /// Its words, where those that follow from the place do not do.
        label: Option<String>,
    },
    /// The next programs.
    Events {
        /// Of this program alone.
        program: Option<Slug>,
        /// For this audience alone.
        audience: Option<Slug>,
        /// In this branch alone.
        branch: Option<Slug>,
        /// At most so many dates.
        count: u16,
        /// Only of so many days, today the first of them.
        days: Option<u16>,
    },
    /// The hours of a branch this week.
    Hours {
        /// Which.
        branch: Slug,
    },
    /// Words set apart.
    Callout {
        /// How much they matter.
        level: CalloutLevel,
        /// Their title, where the word for their level does not do.
        title: Option<String>,
    },
    /// Columns side by side; around one [`Shortcode::Column`] each.
    Columns,
    /// One of them.
    Column,
}

/// What a map shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MapTo {
    /// A branch.
    Branch(Slug),
    /// An address on one line.
    Address(String),
}

/// How much a callout matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CalloutLevel {
    /// By the way.
    Note,
    /// It helps to know.
    Tip,
    /// It is a pity not to know.
    Warning,
}

impl CalloutLevel {
    /// As written.
    pub const WRITTEN: [(&'static str, CalloutLevel); 3] =
        [("note", CalloutLevel::Note), ("tip", CalloutLevel::Tip), ("warning", CalloutLevel::Warning)];
}
