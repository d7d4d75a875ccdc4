//! Atom feeds (RFC 4287): news, and programs to come.

use super::xml::Xml;
use crate::settings::SiteSettings;

/// One entry of a feed.
pub(in crate::site) struct Entry {
    /// Its name for ever; an address or `tag:` URI.
    pub(in crate::site) id: String,
    /// Its title.
    pub(in crate::site) title: String,
    /// Its page, in full.
    pub(in crate::site) url: String,
    /// When it last changed in what matters: RFC 3339.
    pub(in crate::site) updated: String,
    /// One or two sentences.
    pub(in crate::site) summary: Option<String>,
    /// Its words as HTML, with full addresses.
    pub(in crate::site) content: Option<String>,
    /// Who wrote it, where that is not the library.
    pub(in crate::site) author: Option<String>,
}

/// A feed at `path`, for the page at `page`; the entries are in order.
pub(in crate::site) fn write(site: &SiteSettings, title: &str, path: &str, page: &str, entries: &[Entry]) -> String {
    let own = site.url(path);
    let updated = entries.iter().map(|entry| entry.updated.as_str()).max().unwrap_or("2020-01-01T00:00:00Z");
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &site.language)]);
    xml.text("id", &[], &own).text("title", &[], title);
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &site.url(page))]);
    xml.text("updated", &[], updated);
    xml.open("author", &[]).text("name", &[], &site.title).text("uri", &[], &site.url("/")).close();
    xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "Handbill");
    for entry in entries {
        xml.open("entry", &[]).text("id", &[], &entry.id).text("title", &[], &entry.title);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
        xml.text("updated", &[], &entry.updated);
        if let Some(author) = &entry.author {
            xml.open("author", &[]).text("name", &[], author).close();
        }
        if let Some(summary) = &entry.summary {
            xml.text("summary", &[], summary);
        }
        if let Some(content) = &entry.content {
            xml.text("content", &[("type", "html")], content);
        }
        xml.close();
    }
    xml.finish()
}

/// The links and pictures of a page's HTML with full addresses: a feed is read elsewhere. Handbill writes them all with `"/`.
pub(in crate::site) fn with_full_addresses(html: &str, site: &SiteSettings) -> String {
    let host = site.base_url.strip_suffix(site.base_path()).unwrap_or(&site.base_url);
    html.replace("href=\"/", &format!("href=\"{host}/")).replace("src=\"/", &format!("src=\"{host}/"))
}
