//! News: dated posts.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{Link, Page, Picture, Teaser};
use crate::library::News;
use crate::site::addresses;
use crate::site::almanac::Almanac;

/// `news-list.html`: all posts, new to old.
#[derive(Serialize, Debug)]
pub struct NewsList {
    /// What every page has.
    pub page: Page,
    /// New to old.
    pub posts: Vec<Teaser>,
}

/// `news.html`: one post.
#[derive(Serialize, Debug)]
pub struct NewsPage {
    /// What every page has.
    pub page: Page,
    /// Its title.
    pub title: String,
    /// "December 3, 2026".
    pub date: String,
    /// `2026-12-03`.
    pub iso: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// Its words.
    pub body: Arc<str>,
    /// The next newer post.
    pub newer: Option<Link>,
    /// The next older post.
    pub older: Option<Link>,
}

impl NewsList {
    pub(in crate::site) fn new(almanac: &Almanac<'_>) -> NewsList {
        NewsList {
            page: almanac.page(&almanac.say("news"), &almanac.at(addresses::NEWS)),
            posts: almanac.library.news.iter().map(|news| teaser(almanac, news)).collect(),
        }
    }
}

impl NewsPage {
    /// The post at this place in the list of all posts.
    pub(in crate::site) fn new(almanac: &Almanac<'_>, at: usize, news: &News) -> NewsPage {
        let entry = &news.entry;
        let beside = |at: Option<usize>| at.and_then(|at| almanac.library.news.get(at)).map(|news| almanac.link(&news.entry));
        let mut page = almanac.page_of(entry, &entry.title);
        page.kind = "article";
        NewsPage {
            page,
            title: entry.title.clone(),
            date: almanac.language.plain_date(news.date),
            iso: news.date.to_string(),
            author: news.author.clone(),
            summary: entry.summary.clone(),
            picture: entry.image.as_ref().map(|image| almanac.picture(image)),
            body: Arc::clone(&entry.body.html),
            newer: beside(at.checked_sub(1)),
            older: beside(at.checked_add(1)),
        }
    }
}

/// A post in a list.
pub(in crate::site) fn teaser(almanac: &Almanac<'_>, news: &News) -> Teaser {
    Teaser { date: Some(almanac.language.plain_date(news.date)), iso: Some(news.date.to_string()), ..almanac.teaser(&news.entry) }
}
