//! The list of addresses for search engines (sitemaps.org/protocol.html): at most 50,000 a file, so a large library has several and an index.

use super::xml::Xml;
use crate::calendar::NaiveDate;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const MOST: usize = 45_000;

/// One address: in full, and the day it last changed when that is known.
pub(in crate::site) struct Listed {
    pub(in crate::site) url: String,
    pub(in crate::site) changed: Option<NaiveDate>,
}

/// The files of the list, each with its path; `url` makes a full address of a path.
pub(in crate::site) fn write(all: &[Listed], url: impl Fn(&str) -> String) -> Vec<(String, String)> {
    if all.len() <= MOST {
        return vec![("/sitemap.xml".to_owned(), one(all))];
    }
    let parts: Vec<(String, String)> = all.chunks(MOST).zip(1u32..).map(|(part, nth)| (format!("/sitemap-{nth}.xml"), one(part))).collect();
    let mut index = Xml::new();
    index.open("sitemapindex", &[("xmlns", NAMESPACE)]);
    for (path, _) in &parts {
        index.open("sitemap", &[]).text("loc", &[], &url(path)).close();
    }
    std::iter::once(("/sitemap.xml".to_owned(), index.finish())).chain(parts).collect()
}

fn one(addresses: &[Listed]) -> String {
    let mut xml = Xml::new();
    xml.open("urlset", &[("xmlns", NAMESPACE)]);
    for address in addresses {
        xml.open("url", &[]).text("loc", &[], &address.url);
        if let Some(changed) = address.changed {
            xml.text("lastmod", &[], &changed.to_string());
        }
        xml.close();
    }
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_is_split_and_has_an_index() {
        let listed = |nth| Listed { url: format!("https://x.org/{nth}/"), changed: None };
        let url = |path: &str| format!("https://x.org{path}");
        assert_eq!(write(&(0..3).map(listed).collect::<Vec<_>>(), url).len(), 1);
        let files = write(&(0..100_000).map(listed).collect::<Vec<_>>(), url);
        assert_eq!(files.len(), 4);
        assert!(files[0].1.contains("<loc>https://x.org/sitemap-3.xml</loc>"));
        assert!(files[1..].iter().all(|(_, text)| text.matches("<url>").count() <= 50_000));
    }
}
