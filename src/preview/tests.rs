//! A preview over real HTTP: what a browser sees as a site is written, and what is refused.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::server::Preview;
use super::{Clock, PreviewOptions};
use crate::build::Moment;
use crate::calendar::{DateTime, Utc};
use crate::content::Drafts;

const SITE: &str = "[site]\ntitle = \"Stonebridge\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\nlanguage = \"en\"\n\
                    [[channels]]\nname = \"wall\"\nplatform = \"practice\"\n";
const TEA: &str = "---\ntitle: Tea time\nid: tea\nstarts: 2026-12-03 10:30\n---\nWords of the first draft.\n";
const WALL: &str = "{\"id\":\"0\",\"key\":\"k\",\"at\":\"2026-12-01T14:30:00Z\",\"text\":\"Older <b>\",\"picture\":null,\"alt\":null,\"replies_to\":null}\n\
                    {\"id\":\"1\",\"key\":\"l\",\"at\":\"2026-12-02T14:30:00Z\",\"text\":\"Newer\",\"picture\":\"content/events/tea.jpg\",\"alt\":\"A teapot\",\"replies_to\":null}\n";

/// A site that is being written, and its preview.
struct Desk {
    folder: TempDir,
    address: SocketAddr,
}

struct Page {
    status: u16,
    head: String,
    body: String,
}

impl Desk {
    async fn open(files: &[(&str, &str)]) -> Desk {
        let folder = TempDir::new().unwrap();
        for (path, text) in files {
            put(folder.path(), path, text);
        }
        let clock: Clock = Arc::new(|| Moment::Instant("2026-12-01T14:00:00Z".parse::<DateTime<Utc>>().unwrap()));
        let options = PreviewOptions { root: folder.path().to_owned(), port: 0, drafts: Drafts::LeftOut, clock };
        let preview = Preview::open(options, Arc::new(|_| {})).await.unwrap();
        let address = preview.listener.local_addr().unwrap();
        tokio::spawn(preview.answer_all());
        Desk { folder, address }
    }

    fn save(&self, path: &str, text: &str) {
        put(self.folder.path(), path, text);
    }

    async fn send(&self, request: &str) -> Page {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Page { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    async fn get(&self, path: &str) -> Page {
        let host = self.address;
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).await
    }

    /// Waits, as a page does, for word of another version than the one that the page is of.
    async fn word_after(&self, page: &Page) {
        let since = page.body.split("reload.js?since=").nth(1).unwrap().split('"').next().unwrap();
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let request = format!("GET /_handbill/reload?since={since} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut lines = BufReader::new(stream).lines();
        while let Some(line) = lines.next_line().await.unwrap() {
            if line == "event: reload" {
                return;
            }
        }
        panic!("no word came");
    }
}

fn put(root: &Path, path: &str, text: &str) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_shows_and_an_error_lies_over_the_last_good_page() {
    let desk = Desk::open(&[("site.toml", SITE), ("content/events/tea.md", TEA)]).await;
    let first = desk.get("/events/tea/").await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(first.body.contains("Words of the first draft.") && !first.body.contains("handbill-errors"));
    assert!(first.head.contains("content-type: text/html; charset=utf-8") && first.head.contains("cache-control: no-store"));

    desk.save("content/events/tea.md", &TEA.replace("first draft", "second draft"));
    desk.word_after(&first).await;
    let second = desk.get("/events/tea/").await;
    assert!(second.body.contains("Words of the second draft."));

    desk.save("content/events/tea.md", &TEA.replace("starts: 2026-12-03", "starts: 2026-13-03").replace("first", "third"));
    desk.word_after(&second).await;
    let third = desk.get("/events/tea/").await;
    assert_eq!(third.status, 200);
    assert!(third.body.contains("Words of the second draft."), "the last good page stays");
    assert!(third.body.contains("handbill-errors") && third.body.contains("content/events/tea.md"), "and the error lies over it");

    desk.save("content/events/tea.md", &TEA.replace("first", "fourth"));
    desk.word_after(&third).await;
    let fourth = desk.get("/events/tea/").await;
    assert!(fourth.body.contains("Words of the fourth draft.") && !fourth.body.contains("handbill-errors"));
    assert!(
        !desk.folder.path().join("public").exists() && !desk.folder.path().join(".handbill/calendar.json").exists(),
        "nothing is written"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_that_begins_with_an_error_is_shown_once_it_is_mended() {
    let desk = Desk::open(&[("site.toml", "[site]\ntitle = 3\n")]).await;
    let first = desk.get("/").await;
    assert_eq!(first.status, 500);
    assert!(first.body.contains("handbill-errors"));
    desk.save("site.toml", SITE);
    desk.word_after(&first).await;
    assert_eq!(desk.get("/").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_fails_leaves_the_page_before_it() {
    let desk = Desk::open(&[("site.toml", SITE), ("content/events/tea.md", TEA)]).await;
    let first = desk.get("/events/tea/").await;
    desk.save("themes/reading-room/templates/event.html", "{{ no_such_field }}");
    desk.word_after(&first).await;
    let second = desk.get("/events/tea/").await;
    assert!(second.body.contains("Words of the first draft.") && second.body.contains("no_such_field"), "{}", second.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_host_gets_nothing() {
    let desk = Desk::open(&[("site.toml", SITE)]).await;
    let port = desk.address.port();
    let foreign = desk.send(&format!("GET / HTTP/1.1\r\nHost: evil.example:{port}\r\nConnection: close\r\n\r\n")).await;
    assert_eq!(foreign.status, 403);
    assert!(!foreign.body.contains("Stonebridge"));
    let named =
        desk.send(&format!("GET http://evil.example:{port}/ HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n")).await;
    assert_eq!(named.status, 403);
    let request = format!(
        "POST / HTTP/1.1\r\nHost: localhost:{port}\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    );
    assert_eq!(desk.send(&request).await.status, 403);
    assert_eq!(desk.get("/").await.status, 200);
    assert_eq!(desk.address.ip(), Ipv4Addr::LOCALHOST, "and no other machine can ask");
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_lead_where_they_will_on_the_web_and_nowhere_else() {
    let desk = Desk::open(&[("site.toml", SITE), ("content/events/tea.md", TEA), ("content/rules.txt", "Be kind.")]).await;
    let bare = desk.get("/events/tea").await;
    assert_eq!(bare.status, 307);
    assert!(bare.head.contains("location: /events/tea/"));
    assert!(desk.get("/events/tea.ics").await.head.contains("content-type: text/calendar"));
    let missing = desk.get("/events/nothing/").await;
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("Stonebridge"), "the site's own page says so");
    for path in ["/../site.toml", "/%2e%2e/site.toml", "/..%2fsite.toml", "/site.toml", "/content/events/tea.md", "//etc/passwd"] {
        let page = desk.get(path).await;
        assert!(matches!(page.status, 400 | 404) && !page.body.contains("timezone"), "{path}: {}", page.status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_in_a_folder_of_its_host_is_shown_there() {
    let site = SITE.replace("library.example.org", "town.example.org/library");
    let desk = Desk::open(&[("site.toml", &site), ("content/events/tea.md", TEA)]).await;
    let top = desk.get("/").await;
    assert!(top.status == 307 && top.head.contains("location: /library/"));
    assert_eq!(desk.get("/library/events/tea/").await.status, 200);
    assert_eq!(desk.get("/events/tea/").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_wall_shows_its_posts_newest_first() {
    let desk = Desk::open(&[("site.toml", SITE), (".handbill/wall/wall.jsonl", WALL)]).await;
    let wall = desk.get("/_handbill/wall/").await;
    assert_eq!(wall.status, 200);
    let at = |words: &str| wall.body.find(words).unwrap_or_else(|| panic!("{words} is not in {}", wall.body));
    assert!(at("Newer") < at("Older &lt;b&gt;"));
    assert!(at("content/events/tea.jpg") < at("A teapot"));
    at("Wednesday, December 2, 2026, 9:30 am EST");
}
