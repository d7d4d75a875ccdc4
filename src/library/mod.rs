//! Everything a library knows about itself: events and their dates, programs, branches, news, pages, pictures.
//!
//! Types and look-ups; no parsing. [`Library`] is made once by `content`, never changed, and cheap to share. An [`Event`] is what staff write
//! in one file; an [`Occurrence`] is one date of it, worked out from its rule and the changes to that date. Rules may have no end, so dates
//! are always asked for within a range: [`Library::dates`], [`Library::agenda`].
//!
//! - [`entry`] what every content file has: title, address, picture, words
//! - [`event`] [`branch`] [`program`] [`news`] [`page`] one kind a file
//! - [`links`] slugs and addresses; [`shortcode`] what is filled in when a page is made
//! - [`data`] tables: staff, booklists, databases
//! - [`event`] [`branch`] [`program`] [`news`] [`page`] one kind a file; [`occurrence`] one date of an event
//! - [`registration`] signing up, [`access`] access for everybody, [`bound`] by when
//! - [`data`] tables: staff, booklists, databases
//! - [`links`] slugs and addresses
//! - [`dates`] the dates of events in a range; [`moments`] when in a day something changes
//! - [`banner`] notices at the top of pages
//! - [`links`] slugs and addresses
//! - [`Ahead`] what changes by itself in the days ahead
//! - [`dates`] the dates of events in a range; [`Usual`] what a new event will likely be like
//! - [`dates`] the dates of events in a range; [`closings`] what a closing of a branch does to them

pub mod access;
mod ahead;
pub mod banner;
pub mod bound;
pub mod branch;
pub mod closings;
pub mod data;
pub mod dates;
pub mod entry;
pub mod event;
pub mod links;
pub mod moments;
pub mod news;
pub mod occurrence;
pub mod page;
pub mod program;
pub mod registration;
pub mod shortcode;
mod usual;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use access::Access;
pub use ahead::Ahead;
pub use banner::{Banner, Level};
pub use bound::{Bound, Moment};
pub use branch::{Branch, StreetAddress};
pub use closings::Closings;
pub use data::{Cell, CellValue, DataTable, Record};
pub use dates::Dated;
pub use entry::{Alt, Body, Entry, Heading, Held, Image};
pub use event::{Change, Contact, Event, EventId, EventKind, OffSite, Place, Promote, Setting, Status};
pub use links::{PagePath, Slug};
pub use news::News;
pub use occurrence::{Occurrence, OccurrenceId};
pub use page::{MenuEntry, Page, RecordOf, Sort};
pub use program::Program;
pub use registration::{Registration, SignUp, Standing};
pub use shortcode::{CalloutLevel, MapTo, Placed, Shortcode};
pub use usual::{Planned, Usual};

use crate::calendar::{NaiveDateTime, Zone};
use crate::diagnostic::{FileId, Silence};

/// All that a site's content says. Each list is in the order of its slugs, news from new to old.
#[derive(Clone, Debug)]
pub struct Library {
    /// The zone that all local times are in.
    pub zone: Zone,
    /// Every event that is to be shown.
    pub events: Vec<Arc<Event>>,
    /// Every program.
    pub programs: Vec<Arc<Program>>,
    /// Every branch, the main one first (`order`, then slug).
    pub branches: Vec<Arc<Branch>>,
    /// Every news post, new to old.
    pub news: Vec<Arc<News>>,
    /// Every other page; the home page is not among them.
    pub pages: Vec<Arc<Page>>,
    /// `content/index.md`.
    pub home: Option<Arc<Page>>,
    /// Every alert banner that is no draft, the gravest first: those whose time has not come or is over among them.
    pub banners: Vec<Arc<Banner>>,
    /// What is not shown, and until when: nothing links to it.
    pub held: Vec<Held>,
    /// The warnings that pages say are all right.
    pub silences: Vec<Silence>,
    /// Every local time at which content says that something begins or ceases to be shown. Between two of them, within a day, the site is one
    /// and the same: whoever compares *now* with another time of the content has to name it here.
    /// Every local time at which a file begins or ceases to be shown; [`Library::moments_on`] has the others, too.
    pub moments: BTreeSet<NaiveDateTime>,
    /// Pictures and files that are copied as they are (pdf, txt, ics, epub) with their addresses.
    pub copied: BTreeMap<FileId, PagePath>,
    /// The tables of `content/data/` by their names: `staff`, `booklists/mysteries`.
    pub tables: BTreeMap<String, Arc<DataTable>>,
}

impl Library {
    /// The event with this slug.
    pub fn event(&self, slug: &Slug) -> Option<&Arc<Event>> {
        by_slug(&self.events, slug, |event| &event.entry.slug)
    }

    /// The program with this slug.
    pub fn program(&self, slug: &Slug) -> Option<&Arc<Program>> {
        by_slug(&self.programs, slug, |program| &program.entry.slug)
    }

    /// The branch with this slug.
    pub fn branch(&self, slug: &Slug) -> Option<&Arc<Branch>> {
        self.branches.iter().find(|branch| branch.entry.slug == *slug)
    }

    /// Shows every content file to `see`: events, programs, branches, news, pages, the home page.
    pub fn for_each_entry<'a>(&'a self, mut see: impl FnMut(&'a Entry)) {
        self.events.iter().for_each(|event| see(&event.entry));
        self.programs.iter().for_each(|program| see(&program.entry));
        self.branches.iter().for_each(|branch| see(&branch.entry));
        self.news.iter().for_each(|news| see(&news.entry));
        self.pages.iter().chain(&self.home).for_each(|page| see(&page.entry));
    }

    /// The event with this id, or at this path, or with this slug: how commands name one.
    pub fn find_event(&self, name: &str) -> Option<&Arc<Event>> {
        self.events.iter().find(|event| event.id.as_str() == name || event.entry.file.path() == name || event.entry.slug.as_str() == name)
    }
}

fn by_slug<'a, T>(sorted: &'a [Arc<T>], slug: &Slug, of: impl Fn(&T) -> &Slug) -> Option<&'a Arc<T>> {
    sorted.binary_search_by(|thing| of(thing).cmp(slug)).ok().map(|at| &sorted[at])
}
