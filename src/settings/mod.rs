//! `site.toml` as values, every one with the place it came from.
//!
//! [`read`] never fails: it gives the settings that could be read and everything that is wrong. What a platform alone understands (a server, a
//! token) stays raw in [`ChannelSettings`], so that the platform's own file names its keys.
//!
//! - [`node`] TOML as a tree with byte spans; [`fields`] taking typed values from it
//! - [`site`] [`menu`] [`taxonomies`] [`access`] [`survey`] [`channels`] [`outreach`] one subject of site.toml a file
//! - [`key`] what is known of each key, as data: for readers, the reference and the schema
//! - [`site`] [`markdown`] [`channels`] [`outreach`] one subject of site.toml a file
//! - [`key`] what is known of each key, as data: for readers, the reference and the schema; [`SITE_TOML`] the keys of site.toml
//! - [`site`] [`channels`] [`outreach`] one subject of site.toml a file
//! - [`hours`] the hours and closings of all branches, read with the words that a branch's own file uses
//! - [`key`] what is known of each key, as data: for readers, the reference and the schema
//! - [`site`] [`access`] [`survey`] [`channels`] [`outreach`] one subject of site.toml a file
//! - [`secret`] where a secret is to be found; its value is read at the edge

pub mod access;
pub mod channels;
pub mod fields;
pub mod hours;
pub mod key;
mod keys;
pub mod markdown;
pub mod menu;
pub mod node;
pub mod outreach;
mod read;
pub mod secret;
pub mod site;
pub mod survey;
pub mod taxonomies;
mod toml_text;

pub use access::AccessSettings;
pub use channels::{ChannelName, ChannelSettings};
pub use fields::{Fields, Written};
pub use hours::LibraryHours;
pub use keys::{SECRET, SITE_TOML};
pub use markdown::MarkdownSettings;
pub use menu::{MenuItem, MenuName};
pub use node::{Node, Table, Value};
pub use outreach::{AtMost, OutreachSettings, Plan, QuietHours, Wave};
pub use read::read;
pub use secret::SecretRef;
pub use site::{CalendarSettings, SiteSettings, Terms, is_email};
pub use survey::{AgeBand, SurveySettings};
pub use taxonomies::Taxonomy;
pub use toml_text::parse as parse_toml;

use crate::diagnostic::FileId;

/// The file that settings stand in: `site.toml`.
pub fn file() -> FileId {
    FileId::new("site.toml")
}

/// All of site.toml.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `[site]`
    pub site: SiteSettings,
    /// `[[menu]]`, in order.
    pub menu: Vec<MenuItem>,
    /// `[calendar]`
    pub calendar: CalendarSettings,
    /// `[hours]`, `[[seasons]]`, `[[closings]]`
    pub hours: LibraryHours,
    /// `[audiences]`, in order; a built-in list without it.
    pub audiences: Terms,
    /// `[topics]`, in order.
    pub topics: Terms,
    /// `[taxonomies.…]`, in order.
    pub taxonomies: Vec<Taxonomy>,
    /// `[markdown]`
    pub markdown: MarkdownSettings,
    /// `[access]`
    pub access: AccessSettings,
    /// `[survey]`
    pub survey: SurveySettings,
    /// `[[channels]]`
    pub channels: Vec<ChannelSettings>,
    /// `[outreach]`
    pub outreach: OutreachSettings,
}
