//! What every content file has: title, address, summary, picture, words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::calendar::{NaiveDate, NaiveDateTime};
use crate::diagnostic::FileId;
use crate::library::{PagePath, Placed, Slug};
use crate::source::ContentHash;

/// What every content file has, whatever its kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The file it stands in.
    pub file: FileId,
    /// Its name in its address.
    pub slug: Slug,
    /// Its address.
    pub path: PagePath,
    /// Earlier addresses that lead here.
    pub aliases: Vec<PagePath>,
    /// The title as written, one line.
    pub title: String,
    /// One or two sentences for lists, feeds and posts.
    pub summary: Option<String>,
    /// For search engines, where the summary does not do.
    pub description: Option<String>,
    /// The picture that goes with it.
    pub image: Option<Image>,
    /// Shown on the home page.
    pub featured: bool,
    /// The first moment, local time, at which it is no longer shown.
    pub gone_at: Option<NaiveDateTime>,
    /// The language of its words as a BCP 47 tag, where it is not the site's.
    pub language: Option<String>,
    /// Words of the site's own lists: the list, and its words in the order of site.toml.
    pub terms: Vec<(Slug, Vec<Slug>)>,
    /// The Markdown, made into HTML.
    pub body: Body,
}

impl Entry {
    /// The words of lists that it carries: the list (`audience`, `topics`, a taxonomy's name) and the word.
    pub fn carried<'a>(&'a self, audience: &'a [Slug], topics: &'a [Slug]) -> impl Iterator<Item = (&'a str, &'a Slug)> {
        let own = self.terms.iter().flat_map(|(list, words)| words.iter().map(move |word| (list.as_str(), word)));
        audience.iter().map(|word| ("audience", word)).chain(topics.iter().map(|word| ("topics", word))).chain(own)
    }
}

/// A picture of the site, used on a page or in a post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Image {
    /// The file in `content/`.
    pub file: FileId,
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// What it shows, for those who do not see it.
    pub alt: Alt,
    /// Pixels, after its orientation is applied.
    pub width: u32,
    /// Pixels, after its orientation is applied.
    pub height: u32,
}

/// What a picture shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Alt {
    /// In words.
    Words(String),
    /// Nothing that the words beside it do not say.
    Decorative,
}

impl Alt {
    /// The words; none when decorative.
    pub fn words(&self) -> &str {
        match self {
            Alt::Words(words) => words,
            Alt::Decorative => "",
        }
    }
}

/// A Markdown body, ready for a page.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Body {
    /// Clean HTML whose links lead to addresses of the site (with the base path of `base_url`); without what its shortcodes show.
    pub html: Arc<str>,
    /// Its shortcodes, in order: pages show them, each in its place.
    pub shortcodes: Vec<Placed>,
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// Its pictures, each a file in `content/`: they are copied with the page.
    pub pictures: Vec<FileId>,
    /// The words of its first paragraph, without markup.
    pub first_paragraph: String,
}

/// A heading of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its words, without markup.
    pub text: String,
}

/// A file that is not shown now: a draft, or one whose time has not come or is over.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Debug)]
pub struct Held {
    /// Which.
    pub file: FileId,
    /// Its title.
    pub title: String,
    /// The first moment, local time, at which it will be shown; none when none is named.
    pub from: Option<NaiveDateTime>,
    /// The first day it will be shown; none when no day is named.
    pub until: Option<NaiveDate>,
    /// Why, in plain words: "a draft".
    pub why: String,
}
