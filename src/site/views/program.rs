//! Programs: the series that events belong to.

use std::sync::Arc;

use serde::Serialize;

use super::parts::{Day, Link, Page, Picture, Teaser};
use crate::library::Program;
use crate::site::addresses;
use crate::site::almanac::Almanac;

/// `programs.html`: all of them.
#[derive(Serialize, Debug)]
pub struct Programs {
    /// What every page has.
    pub page: Page,
    /// By title; the date is that of its next event.
    pub programs: Vec<Teaser>,
}

/// `program.html`
#[derive(Serialize, Debug)]
pub struct ProgramPage {
    /// What every page has.
    pub page: Page,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: Option<String>,
    /// For whom.
    pub audience: Vec<Link>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// Its picture.
    pub picture: Option<Picture>,
    /// Its words.
    pub body: Arc<str>,
    /// Its next dates by day.
    pub days: Vec<Day>,
}

/// So many dates a program's page shows.
const DATES: usize = 24;

impl Programs {
    pub(in crate::site) fn new(almanac: &Almanac<'_>) -> Programs {
        let mut programs: Vec<Teaser> = almanac.library.programs.iter().map(|program| teaser(almanac, program)).collect();
        programs.sort_by(|a, b| a.title.cmp(&b.title));
        Programs { page: almanac.page(&almanac.say("programs-list"), &almanac.at(addresses::PROGRAMS)), programs }
    }
}

impl ProgramPage {
    pub(in crate::site) fn new(almanac: &Almanac<'_>, program: &Program) -> ProgramPage {
        let entry = &program.entry;
        ProgramPage {
            page: almanac.page_of(entry, &entry.title),
            title: entry.title.clone(),
            summary: entry.summary.clone(),
            audience: almanac.audience_links(&program.audience),
            contact: program.contact.clone(),
            picture: entry.image.as_ref().map(|image| almanac.picture(image)),
            body: Arc::clone(&entry.body.html),
            days: almanac.days(almanac.of_program(&entry.slug).take(DATES)),
        }
    }
}

fn teaser(almanac: &Almanac<'_>, program: &Program) -> Teaser {
    let next = almanac.of_program(&program.entry.slug).find(|dated| dated.date.status.takes_place());
    let (date, iso) = next.map(|next| almanac.next_words(&next.date)).unzip();
    Teaser { date, iso: iso.map(|iso| iso.to_string()), ..almanac.teaser(&program.entry) }
}
