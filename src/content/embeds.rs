//! Players, maps and posts of other sites that are put into a page, and the link that says the same.

use url::Url;

/// What to write instead of a tag that shows a part of another site; none where it is no such tag.
///
/// `attribute` gives the value of an attribute of the tag.
pub(super) fn instead<'a>(tag: &str, attribute: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let address = match tag {
        "iframe" | "frame" | "embed" | "video" | "audio" | "source" => attribute("src"),
        "object" => attribute("data"),
        "script" => return of_script(attribute("src")?),
        // What the Facebook and Instagram scripts make a frame of.
        "div" | "span" => attribute("data-href").filter(|_| attribute("class").is_some_and(|class| class.starts_with("fb-"))),
        _ => None,
    }?;
    let title = attribute("title").map(str::trim).filter(|title| !title.is_empty() && !title.contains(['"', '{', '}'])).unwrap_or("…");
    Some(link(address, title))
}

/// Scripts that make frames of what stands beside them.
fn of_script(src: &str) -> Option<String> {
    let hosts = ["platform.twitter.com", "platform.x.com", "connect.facebook.net", "instagram.com/embed", "tiktok.com/embed"];
    hosts.iter().any(|host| src.contains(host)).then(|| "link to the post or the page itself: `[what it is](https://…)`".to_owned())
}

fn link(address: &str, title: &str) -> String {
    let whole = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
    let whole = whole.replace("&amp;", "&");
    let Some(url) = Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https")) else {
        return "link to it instead: a page of the site asks nothing of other hosts".to_owned();
    };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let last = url.path_segments().and_then(|mut parts| parts.next_back()).unwrap_or_default();
    let path = url.path();
    match host.as_str() {
        "youtube.com" | "youtube-nocookie.com" if path.starts_with("/embed/") && !last.is_empty() => {
            video(&format!("https://www.youtube.com/watch?v={last}"), title)
        }
        "player.vimeo.com" if !last.is_empty() => video(&format!("https://vimeo.com/{last}"), title),
        "google.com" | "maps.google.com" if host.starts_with("maps") || path.starts_with("/maps") => map(),
        "openstreetmap.org" => map(),
        "facebook.com" if path.starts_with("/plugins/") => {
            let page = url.query_pairs().find(|(name, _)| name == "href").map(|(_, value)| value.into_owned());
            words(&page.filter(|page| !page.contains([')', ' ', '`'])).unwrap_or_else(|| "https://www.facebook.com/…".to_owned()))
        }
        _ if whole.contains([')', ' ', '`', '"']) => "link to it instead: `[what it is](https://…)`".to_owned(),
        _ => words(&whole),
    }
}

fn video(url: &str, title: &str) -> String {
    format!("write `{{{{ video url=\"{url}\" title=\"{title}\" }}}}`: it leads there, and asks nobody before")
}

fn map() -> String {
    "write `{{ map branch=\"…\" }}` or `{{ map address=\"…\" }}`: it leads to a map, and asks nobody before".to_owned()
}

fn words(url: &str) -> String {
    format!("link to it: `[what it is]({url})`")
}
