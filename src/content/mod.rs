//! What staff write → the [`Library`], and everything that is wrong with it.
//!
//! Two passes. In the first each file is read alone and in parallel: its front matter, its address, its dates. Then all addresses are
//! known, and the second pass follows what files say of each other: the branch of an event, the links and pictures of the Markdown. Reading
//! never fails: whatever is wrong is noted with its place, and what could be read comes back beside it.
//!
//! - [`kinds`] the kinds of content; [`event`], [`program`], [`branch`], [`news`], [`page`] their keys and readers
//! - [`front_matter`] the fence and the YAML in it, as a tree with byte spans; [`yaml_slips`] what goes wrong there, in plain words
//! - [`fields`] typed values from that tree, [`where_to`] those that lead somewhere; what is left over is an unknown key, and [`key_slips`] says
//!   which one is meant
//! - [`entry`] what all kinds share; [`event_dates`] and [`event_changes`] when an event takes place
//! - [`silences`] the warnings that a page says are all right
//! - [`register`], [`access`], [`people`], [`attendance`] what else is said of an event; [`event_planned`] which of its dates a key names
//! - [`addresses`] where each file lives, [`links`] where a link leads, [`references`] which branch or program is meant
//! - [`data`] the tables of `content/data/`, [`records`] pages made from them
//! - [`sections`] the pages below a page
//! - [`shared_keys`] keys of several kinds; [`menu_entry`] [`language`] [`terms`] the readers of some
//! - [`markdown`] bodies, [`markdown_slips`] what was meant as Markdown and is none; [`shortcodes`] what Markdown lacks; [`raw_html`] HTML in
//!   them, cleaned, [`embeds`] the links to write for parts of other sites
//! - [`names`] what no name of a room or a record may hold
//! - [`edit`] one entry put into a file, its layout kept
//! - [`fresh`] the text of a new file
//! - [`reference`], [`schema`] all keys, for people and for editors
//! - [`translation`] the words of a file in another language
//! - [`agreement`] what files say of each other
//! - [`assemble`] the parts put together

mod access;
mod addresses;
mod agreement;
mod assemble;
mod attendance;
mod banner;
mod branch;
mod data;
pub mod edit;
mod embeds;
mod entry;
mod event;
mod event_changes;
mod event_dates;
mod event_planned;
mod fence_slips;
mod fields;
pub mod fresh;
mod front_matter;
mod gaps;
#[cfg(test)]
mod hostile;
mod key_slips;
pub mod kinds;
mod language;
mod links;
mod markdown;
mod markdown_slips;
mod menu_entry;
mod names;
mod news;
mod page;
mod people;
mod program;
mod raw_html;
mod records;
pub mod reference;
mod references;
mod register;
pub mod schema;
mod sections;
mod series_end;
mod shared_keys;
pub mod shortcodes;
mod silences;
mod svg;
mod terms;
mod translation;
mod where_to;
mod yaml_slips;

pub use assemble::read;

pub use kinds::{KINDS, Kind};
pub use translation::KEYS as TRANSLATION;

/// Whether drafts and what waits for its day are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drafts {
    /// As a preview for staff shows them.
    Included,
    /// As the public sees the site.
    LeftOut,
}
