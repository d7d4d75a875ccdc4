//! Pages that are nothing more special.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{Dated, Link, Page, Picture, Teaser};
use crate::library::Page as Content;
use crate::site::almanac::Almanac;

/// `page.html`
#[derive(Serialize, Debug)]
pub struct PlainPage {
    /// What every page has.
    pub page: Page,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// Its day.
    pub date: Option<Dated>,
    /// The day its words were last looked over.
    pub updated: Option<Dated>,
    /// For whom.
    pub audience: Vec<Link>,
    /// Its topics, and its words of the site's own lists.
    pub tags: Vec<Link>,
    /// Its words.
    pub body: Arc<str>,
    /// The pages below it.
    pub below: Vec<Teaser>,
}

impl PlainPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, content: &Content) -> PlainPage {
        let entry = &content.entry;
        PlainPage {
            page: almanac.page_of(entry, &entry.title),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            picture: entry.image.as_ref().map(|image| almanac.picture(image)),
            date: content.date.map(|date| almanac.dated(date)),
            updated: content.updated.map(|date| almanac.dated(date)),
            audience: almanac.audience_links(&content.audience),
            tags: almanac.tag_links(entry, &content.topics),
            body: Arc::clone(&entry.body.html),
            below: almanac.below.get(entry.path.as_str()).into_iter().flatten().map(|entry| almanac.teaser(entry)).collect(),
        }
    }
}
