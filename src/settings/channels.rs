//! `[[channels]]`: who speaks where.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::Span;
use crate::settings::Table;

/// A channel's name: a slug, such as `mastodon`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelName(Arc<str>);

impl ChannelName {
    /// A name of these letters; the reader has checked that they make a slug.
    pub fn new(text: &str) -> Self {
        ChannelName(Arc::from(text))
    }

    /// The letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ChannelName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One account on one platform.
#[derive(Clone, Debug)]
pub struct ChannelSettings {
    /// Its name.
    pub name: ChannelName,
    /// The platform's name, as written.
    pub platform: String,
    /// Where the platform is named, for errors about it.
    pub platform_span: Span,
    /// Where the channel's table begins.
    pub span: Span,
    /// What else stands in the table: the platform's own keys, each still to be checked by it.
    pub rest: Table,
}
