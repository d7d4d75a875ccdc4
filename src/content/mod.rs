//! What staff write → the [`Library`], and everything that is wrong with it.
//!
//! Two passes. In the first each file is read alone and in parallel: its front matter, its address, its dates. Then all addresses are
//! known, and the second pass follows what files say of each other: the branch of an event, the links and pictures of the Markdown. Reading
//! never fails: whatever is wrong is noted with its place, and what could be read comes back beside it.
//!
//! - [`kinds`] the kinds of content; [`event`], [`program`], [`branch`], [`news`], [`page`] their keys and readers
//! - [`front_matter`] the fence and the YAML in it, as a tree with byte spans; [`yaml_slips`] what goes wrong there, in plain words
//! - [`fields`] typed values from that tree; what is left over is an unknown key
//! - [`entry`] what all kinds share; [`event_dates`] and [`event_changes`] when an event takes place
//! - [`addresses`] where each file lives, [`links`] where a link leads, [`references`] which branch or program is meant
//! - [`markdown`] bodies; [`raw_html`] HTML in them, cleaned
//! - [`data`] the tables of `content/data/`, [`records`] pages made from them
//! - [`sections`] the pages below a page
//! - [`shared_keys`] keys of several kinds; [`menu_entry`] [`language`] [`terms`] the readers of some
//! - [`assemble`] the parts put together

mod addresses;
mod assemble;
mod branch;
mod data;
mod entry;
mod event;
mod event_changes;
mod event_dates;
mod fields;
mod front_matter;
mod gaps;
#[cfg(test)]
mod hostile;
pub mod kinds;
mod language;
mod links;
mod markdown;
mod menu_entry;
mod news;
mod page;
mod program;
mod raw_html;
mod records;
mod references;
mod sections;
mod shared_keys;
mod svg;
mod terms;
mod yaml_slips;

pub use assemble::read;

pub use kinds::{KINDS, Kind};

/// Whether drafts and what waits for its day are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drafts {
    /// As a preview for staff shows them.
    Included,
    /// As the public sees the site.
    LeftOut,
}
