//! What all pages share: the name, the menu, the foot.

use serde::Serialize;

use super::tables::Table;
use super::views::parts::{BranchLine, Link, MenuLink, Phone};
use crate::theme::Manifest;

/// `site`: what every template sees besides its own view.
#[derive(Serialize, Debug)]
pub struct Frame {
    /// The library's name.
    pub title: String,
    /// A few words below it.
    pub tagline: Option<String>,
    /// BCP 47 tag: `en`.
    pub language: String,
    /// IANA name of the zone of all times.
    pub zone: String,
    /// The home page.
    pub home: String,
    /// The day that the pages were made for: `2026-12-03`.
    pub today: String,
    /// The main menu.
    pub menu: Vec<MenuLink>,
    /// The menu at the foot.
    pub footer: Vec<Link>,
    /// The tables of `content/data/` by their names, where a template asks for `site.data`; else empty.
    pub data: std::collections::BTreeMap<String, Table>,
    /// Every branch with its hours today, for the foot; empty when there are too many for that.
    pub branches: Vec<BranchLine>,
    /// The list of branches, where there is one.
    pub all_branches: Option<Link>,
    /// E-mail.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// The agenda.
    pub agenda: String,
    /// The present month as a table.
    pub calendar: String,
    /// All programs, to subscribe to: `webcal://…/calendar.ics`.
    pub subscribe: String,
    /// The same file, to fetch once.
    pub calendar_file: String,
    /// The feed of news, when there are any.
    pub news_feed: Option<String>,
    /// The feed of coming programs.
    pub events_feed: String,
    /// Addresses of the theme's static files by their paths with `.`, `-` and `/` as `_`: `site.files.style_css`. They change when the file does.
    pub files: std::collections::BTreeMap<String, String>,
    /// Fonts to ask for first.
    pub preload: Vec<String>,
    /// What theme.toml says.
    pub theme: Manifest,
}
