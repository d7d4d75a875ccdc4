//! robots.txt: everything may be read, and where the list of addresses is (RFC 9309).

use crate::settings::SiteSettings;

pub(in crate::site) fn write(site: &SiteSettings) -> String {
    format!("User-agent: *\nDisallow:\n\nSitemap: {}\n", site.url("/sitemap.xml"))
}
