//! Pages that are nothing more special.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{Page, Picture, Teaser};
use crate::library::Entry;
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
    /// Its words.
    pub body: Arc<str>,
    /// The pages below it.
    pub below: Vec<Teaser>,
}

impl PlainPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, entry: &Entry) -> PlainPage {
        PlainPage {
            page: almanac.page_of(entry, &entry.title),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            picture: entry.image.as_ref().map(|image| almanac.picture(image)),
            body: Arc::clone(&entry.body.html),
            below: almanac.below.get(entry.path.as_str()).into_iter().flatten().map(|entry| almanac.teaser(entry)).collect(),
        }
    }
}
