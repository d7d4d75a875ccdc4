//! `[[channels]]`: who speaks where.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};
use crate::settings::Table;
use crate::settings::fields::Fields;
use crate::settings::site::not_a_slug;
use crate::text::Slug;

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

/// Every `[[channels]]`.
pub(super) fn read(file: &FileId, tables: &[(Table, Span)], wrong: &mut Diagnostics) -> Vec<ChannelSettings> {
    let mut channels: Vec<(ChannelSettings, Span)> = Vec::new();
    for (table, span) in tables {
        let mut fields = Fields::new("`[[channels]]`", table, span, wrong);
        let name = fields.required_text("name", "mastodon");
        let platform = fields.required_text("platform", "practice");
        let (Some(name), Some(platform)) = (name, platform) else { continue };
        if Slug::new(&name.value).is_none() {
            fields.report(not_a_slug(file, "a channel", &name));
            continue;
        }
        if let Some((_, first)) = channels.iter().find(|(known, _)| known.name.as_str() == name.value) {
            fields.report(
                Diagnostic::error(codes::TWICE, format!("two channels are named \"{}\"", name.value))
                    .at(file, name.span.clone())
                    .also(file, first.clone(), "the first one")
                    .help("give each channel a name of its own"),
            );
            continue;
        }
        let rest = Table(table.0.iter().filter(|(key, ..)| key != "name" && key != "platform").cloned().collect());
        let channel = ChannelSettings {
            name: ChannelName::new(&name.value),
            platform: platform.value,
            platform_span: platform.span,
            span: span.clone(),
            rest,
        };
        channels.push((channel, name.span));
    }
    channels.into_iter().map(|(channel, _)| channel).collect()
}
