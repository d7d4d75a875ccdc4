//! A real channel from its start to its posts, against a strict server on this machine.

use handbill::calendar::Duration;

use crate::command::{Library, MILLBROOK};
use crate::http::{Answer, Server};
use crate::mastodon::{FakeMastodon, Lie, Plays, TOKEN};

/// The library with its site on a web server and its account on a Mastodon server.
struct Town {
    library: Library,
    mastodon: FakeMastodon,
    web: Server,
}

impl Town {
    fn new(plays: Plays) -> Self {
        Town::with_web(plays, |_| 200)
    }

    fn with_web(plays: Plays, status: impl Fn(&str) -> u16 + Send + Sync + 'static) -> Self {
        let web = Server::start(move |asked| Answer::Says(status(&asked.what), Vec::new(), "a page".to_owned()));
        let mastodon = FakeMastodon::start(plays);
        let library = Library::of(MILLBROOK).with([("token", TOKEN)]);
        library.edit("site.toml", "https://library.example.org", &web.address);
        let channel = format!("platform = \"mastodon\"\nserver = \"{}\"\ntoken = {{ file = \"token\" }}", mastodon.address);
        library.edit("site.toml", "platform = \"practice\"", &channel);
        library.edit("site.toml", "name = \"wall\"", "name = \"mastodon\"");
        Town { library, mastodon, web }
    }

    /// The same moment there and at the server.
    fn at(&mut self, now: &str) -> &Library {
        let utc = format!("{}:00-05:00", now.replace(' ', "T"));
        self.mastodon.set_clock(handbill::calendar::instant::parse_rfc3339(&utc).unwrap());
        self.library.at(now)
    }

    fn texts(&self) -> Vec<String> {
        self.mastodon.wall().into_iter().map(|status| status.text).collect()
    }
}

#[test]
fn a_channel_that_was_started_posts_what_falls_due_from_then_on_once() {
    let mut town = Town::new(Plays::Mastodon46);
    town.at("2026-12-01 09:00").run("outreach run").done().complains("handbill channels start mastodon");
    assert!(town.mastodon.asked().is_empty(), "before its start nobody speaks to the server");

    let said = town.at("2026-12-01 09:00").run("channels start mastodon").done().in_silence();
    said.says("Started mastodon as").says("stonebridge").says("1 post fell due before and will not be posted");
    town.at("2026-12-01 11:59").run("outreach run").done().in_silence().says("Nothing to post").says("Next: today, noon");
    assert!(town.mastodon.wall().is_empty());

    let said = town.at("2026-12-01 12:00").run("outreach run").done().in_silence();
    said.says("Posted 1 announcement").says("https://mastodon.example/@stonebridge/");
    for _ in 0..2 {
        town.at("2026-12-01 12:05").run("outreach run").done().in_silence().says("Nothing to post");
    }
    let posts = town.texts();
    assert_eq!(posts.len(), 1);
    assert!(
        posts[0].starts_with("On Thursday, 4–6 pm: Open House") && posts[0].contains(&format!("{}/events/open-house/", town.web.address)),
        "{posts:?}"
    );
    let status = town.library.run("outreach status --json").json();
    let sent = status["rows"].as_array().unwrap().iter().find(|row| row["state"] == "sent").unwrap();
    assert_eq!(sent["receipt"]["id"], town.mastodon.wall()[0].id);
}

#[test]
fn after_a_lost_answer_the_post_is_looked_for_where_keys_mean_nothing() {
    let mut town = Town::new(Plays::IgnoresKeys);
    town.at("2026-12-01 09:00").run("channels start mastodon").done();
    town.mastodon.next(Lie::TakeAndCut);
    town.at("2026-12-01 12:00").run("outreach run").complains("is not known");
    let status = town.library.run("outreach status --json").json();
    assert!(status["rows"].as_array().unwrap().iter().any(|row| row["state"] == "unknown"), "{status}");

    // too early to be sure that the lost request has ended: nothing is sent
    town.at("2026-12-01 12:01").run("outreach run").never_says("Posted");
    assert_eq!(town.texts().len(), 1);
    town.at("2026-12-01 12:10").run("outreach run").done().says("Posted 1 announcement");
    town.at("2026-12-01 12:20").run("outreach run").done().in_silence().says("Nothing to post");
    assert_eq!(town.texts().len(), 1);
    let made = town.mastodon.asked().iter().filter(|asked| asked.what == "POST /api/v1/statuses").count();
    assert_eq!(made, 1, "it was sent once and found");
}

#[test]
fn a_request_that_was_lost_on_the_way_is_sent_again_once_it_is_known_not_to_be_there() {
    let mut town = Town::new(Plays::IgnoresKeys);
    town.at("2026-12-01 09:00").run("channels start mastodon").done();
    town.mastodon.next(Lie::Cut);
    town.at("2026-12-01 12:00").run("outreach run");
    assert!(town.texts().is_empty());
    town.at("2026-12-01 12:10").run("outreach run").done();
    town.at("2026-12-01 12:30").run("outreach run").done();
    assert_eq!(town.texts().len(), 1);
}

#[test]
fn a_post_waits_until_its_page_is_on_the_web() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    let published = Arc::new(AtomicBool::new(false));
    let there = Arc::clone(&published);
    let mut town = Town::with_web(Plays::Mastodon46, move |_| if there.load(Ordering::SeqCst) { 200 } else { 404 });
    town.at("2026-12-01 09:00").run("channels start mastodon").done();
    let said = town.at("2026-12-01 12:00").run("outreach run");
    said.complains("is not on the web").complains("answers 404");
    assert!(town.texts().is_empty());
    published.store(true, Ordering::SeqCst);
    town.at("2026-12-01 12:10").run("outreach run").done().in_silence().says("Posted 1 announcement");
    assert_eq!(town.texts().len(), 1);
}

#[test]
fn a_new_outbox_takes_back_what_it_finds_and_says_nothing_twice() {
    let mut town = Town::new(Plays::Mastodon46);
    town.at("2026-12-01 09:00").run("channels start mastodon").done();
    town.at("2026-12-01 12:00").run("outreach run").done().says("Posted 1 announcement");
    town.library.forget_the_outbox();
    town.mastodon.wait(Duration::hours(2));
    town.mastodon.forget_keys();
    town.at("2026-12-01 14:00").run("outreach run").done().complains("is not started in this outbox");
    town.at("2026-12-01 14:00").run("channels start mastodon").done().says("1 post found there and taken back");
    town.at("2026-12-01 14:05").run("outreach run").done().in_silence().says("Nothing to post");
    assert_eq!(town.texts().len(), 1);
}

#[test]
fn a_revoked_token_stops_the_channel_and_is_never_printed() {
    let mut town = Town::new(Plays::Mastodon46);
    town.at("2026-12-01 09:00").run("channels start mastodon").done().never_says(TOKEN);
    town.mastodon.revoke();
    let said = town.at("2026-12-01 12:00").run("outreach run").failed();
    said.complains("`mastodon` may not post").never_says(TOKEN);
    assert!(town.texts().is_empty());
    let unread = std::str::from_utf8(TOKEN.as_bytes()).unwrap();
    for (path, bytes) in town.library.bytes(".handbill") {
        assert!(!String::from_utf8_lossy(&bytes).contains(unread), "{path} holds the token");
    }
}
