//! `[site]`, `[[menu]]`, `[calendar]`, `[audiences]`, `[topics]`.

use std::fmt;

use crate::calendar::{Weekday, Zone};
use crate::diagnostic::Span;
use crate::text::Slug;

/// `[site]`
#[derive(Clone, Debug)]
pub struct SiteSettings {
    /// The library's name.
    pub title: String,
    /// A few words below the name.
    pub tagline: Option<String>,
    /// Where the site will stand, without a slash at the end: `https://library.example.org` or `https://town.example.org/library`.
    pub base_url: String,
    /// The zone of every local time.
    pub zone: Zone,
    /// BCP 47 tag: `en`.
    pub language: String,
    /// The theme's name.
    pub theme: String,
    /// Where the theme is named, for errors about it.
    pub theme_span: Span,
    /// E-mail of the library.
    pub email: Option<String>,
    /// Telephone of the library.
    pub phone: Option<String>,
}

impl SiteSettings {
    /// The path of `base_url`, without a slash at the end: empty, or `/library`.
    pub fn base_path(&self) -> &str {
        self.base_url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..])).unwrap_or("")
    }

    /// A link to an address of the site, for `href`: the base path before it.
    pub fn href(&self, path: impl fmt::Display) -> String {
        format!("{}{path}", self.base_path())
    }

    /// The absolute address: `https://library.example.org/events/`.
    pub fn url(&self, path: impl fmt::Display) -> String {
        format!("{}{path}", self.base_url)
    }
}

/// One entry of `[[menu]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MenuItem {
    /// The words.
    pub label: String,
    /// A file in `content/`, an address of the site, or an address elsewhere, as written.
    pub to: String,
    /// Where `to` stands in site.toml.
    pub span: Span,
}

/// `[calendar]`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CalendarSettings {
    /// Whole months back that have pages.
    pub behind: u32,
    /// Whole months ahead that have pages.
    pub ahead: u32,
    /// The first column of the month.
    pub week_starts: Weekday,
}

/// A list of terms from site.toml (audiences, topics), in the order written.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Terms(pub Vec<(Slug, String)>);

impl Terms {
    /// The label of a term.
    pub fn label(&self, slug: &Slug) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == slug).map(|(_, label)| label.as_str())
    }

    /// The place of a term in the list.
    pub fn position(&self, slug: &Slug) -> Option<usize> {
        self.0.iter().position(|(known, _)| known == slug)
    }
}
