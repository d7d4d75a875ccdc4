//! Handbill against real servers, where they run: `tests/servers/bluesky.sh install`, then
//! `eval "$(tests/servers/bluesky.sh start | sed 's/^/export /')"`. Where one does not run, its tests say so and pass.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

#[path = "support/channel.rs"]
mod channel;
#[path = "support/http.rs"]
mod http;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once, OnceLock};

use channel::{LINK, Notes, again, first_try_of, open, post, with_card, with_picture};
use handbill::calendar::Duration;
use handbill::calendar::instant::later;
use handbill::delivery::{Attempt, Found, Mark, MarkKind, Post};
use handbill::platforms::{DeliveryError, Platform};
use http::{Answer, Server};
use serde_json::{Value as Json, json};

/// The account on the real server, as the script printed it.
struct Account {
    server: String,
    handle: String,
    did: String,
    password: &'static str,
}

fn bluesky() -> Option<Account> {
    let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let account = (|| {
        Some(Account {
            server: read("BLUESKY_SERVER")?,
            handle: read("BLUESKY_HANDLE")?,
            did: read("BLUESKY_DID")?,
            password: read("BLUESKY_APP_PASSWORD")?.leak(),
        })
    })();
    if account.is_none() {
        static SAID: Once = Once::new();
        // Past what the test runner captures: a test that did not run must not look like one that did.
        SAID.call_once(|| {
            let _ = std::io::stderr().write_all(b"skipped: no Bluesky server to test against; see tests/servers/bluesky.sh\n");
        });
    }
    account
}

impl Account {
    fn speaks(&self) -> Box<dyn Platform> {
        self.speaks_with(self.password)
    }

    fn speaks_with(&self, password: &'static str) -> Box<dyn Platform> {
        let keys = [("server", self.server.as_str()), ("identifier", self.handle.as_str()), ("password", "{PASSWORD}")];
        open(&channel::channel("bluesky", &keys), password)
    }

    /// What stands under the keys of these, as the server tells anyone.
    async fn standing(&self, attempts: &[&Attempt]) -> Vec<Json> {
        let mut found = Vec::new();
        for attempt in attempts {
            let url = format!(
                "{}/xrpc/com.atproto.repo.getRecord?repo={}&collection=app.bsky.feed.post&rkey={}",
                self.server, self.did, attempt.key
            );
            let reply = reqwest::get(url).await.unwrap();
            if reply.status().is_success() {
                found.push(reply.json().await.unwrap());
            }
        }
        found
    }
}

/// An announcement that no earlier run has made.
fn new_post(platform: &dyn Platform, post: Post) -> Attempt {
    let mut id = [0; 16];
    getrandom::fill(&mut id).unwrap();
    first_try_of(platform, id, post)
}

async fn send(platform: &dyn Platform, attempt: &Attempt) -> Result<handbill::delivery::Receipt, DeliveryError> {
    platform.deliver(attempt, &mut Notes::default()).await
}

#[tokio::test]
async fn bluesky_takes_a_post_once_and_the_same_bytes_again_change_nothing() {
    let Some(account) = bluesky() else { return };
    let platform = account.speaks();
    let attempt = new_post(&*platform, post("Café ☕ story time."));
    let nothing = BTreeSet::new();
    assert_eq!(platform.find(&attempt, &nothing).await.unwrap(), Found::No);
    let first = send(&*platform, &attempt).await.unwrap();
    // Another process, which remembers nothing and comes a day later.
    let repeat = again(&attempt, later(attempt.began, Duration::days(1)));
    let second = send(&*account.speaks(), &repeat).await.unwrap();
    assert_eq!((&first.id, &first.more), (&second.id, &second.more), "same record, same hash");
    let Found::Yes(found) = platform.find(&repeat, &nothing).await.unwrap() else { panic!("it is there") };
    assert_eq!((found.id, found.more), (first.id, first.more));
    assert_eq!(account.standing(&[&attempt]).await.len(), 1);
}

#[tokio::test]
async fn bluesky_four_tries_at_once_make_one_post() {
    let Some(account) = bluesky() else { return };
    let platform = account.speaks();
    let attempt = new_post(&*platform, post("Four at once."));
    let tries = (0..4).map(|_| send(&*platform, &attempt));
    let receipts = futures_util::future::join_all(tries).await;
    let ids: BTreeSet<String> = receipts.into_iter().map(|receipt| receipt.unwrap().id).collect();
    assert_eq!(ids.len(), 1);
}

/// Stands between us and the server; cuts the line to us after the server has answered the first post.
fn relay(account: &Account) -> Server {
    let (to, here) = (account.server.clone(), Arc::new(OnceLock::<String>::new()));
    let own = Arc::clone(&here);
    let posts = AtomicUsize::new(0);
    let server = Server::start(move |asked| {
        let (method, path) = asked.what.split_once(' ').unwrap();
        let url = format!("{to}{path}?{}", asked.query);
        let mut request = reqwest::Client::new().request(method.parse().unwrap(), url).body(asked.body.clone());
        for name in ["authorization", "content-type"] {
            if let Some(value) = asked.headers.get(name) {
                request = request.header(name, value);
            }
        }
        // The fake's own runtime is busy with us, so the server is asked from another.
        let reply = std::thread::spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let reply = request.send().await.unwrap();
                (reply.status().as_u16(), reply.text().await.unwrap())
            })
        });
        let (status, body) = reply.join().unwrap();
        if path.ends_with("putRecord") && posts.fetch_add(1, Ordering::SeqCst) == 0 {
            return Answer::CutsTheLine;
        }
        let body = own.get().map_or(body.clone(), |own| body.replace(&to, own));
        Answer::Says(status, vec![("content-type", "application/json".to_owned())], body)
    });
    here.set(server.address.clone()).unwrap();
    server
}

#[tokio::test]
async fn bluesky_a_post_whose_reply_was_lost_is_found_and_stands_once() {
    let Some(account) = bluesky() else { return };
    let relay = relay(&account);
    let behind = Account { server: relay.address.clone(), handle: account.handle.clone(), did: account.did.clone(), ..account };
    let platform = behind.speaks();
    let words = format!("Its reply was lost, {}.", relay.address);
    let attempt = with_picture(new_post(&*platform, post(&words)), "A rug");
    let lost = send(&*platform, &attempt).await.unwrap_err();
    assert!(matches!(lost, DeliveryError::Unknown { .. }), "{lost:?}");
    // Whoever comes after the crash remembers nothing but the outbox.
    let after = behind.speaks();
    let Found::Yes(found) = after.find(&attempt, &BTreeSet::new()).await.unwrap() else { panic!("it is there") };
    let repeated = send(&*after, &again(&attempt, attempt.began)).await.unwrap();
    assert_eq!((found.id, found.more), (repeated.id, repeated.more));
    assert_eq!(behind.standing(&[&attempt]).await.len(), 1);
    let posts = after.posts_since(later(attempt.began, -Duration::days(1))).await.unwrap();
    assert_eq!(posts.iter().filter(|post| post.text == attempt.frozen.post.text).count(), 1);
}

#[tokio::test]
async fn bluesky_shows_links_and_tags_where_they_stand() {
    let Some(account) = bluesky() else { return };
    let platform = account.speaks();
    let mut words = post("Café ☕");
    let start = words.text.len() + 1;
    words.text.push_str(" #StoryTime");
    words.marks.push(Mark { range: start..words.text.len(), kind: MarkKind::Tag("StoryTime".into()) });
    let attempt = new_post(&*platform, words);
    send(&*platform, &attempt).await.unwrap();
    let record = &account.standing(&[&attempt]).await[0]["value"];
    let text = record["text"].as_str().unwrap();
    let part = |facet: &Json| {
        let byte = |name: &str| usize::try_from(facet["index"][name].as_u64().unwrap()).unwrap();
        text[byte("byteStart")..byte("byteEnd")].to_owned()
    };
    let facets = record["facets"].as_array().unwrap();
    assert_eq!((part(&facets[0]).as_str(), facets[0]["features"][0]["uri"].as_str()), (LINK, Some(LINK)));
    assert_eq!((part(&facets[1]).as_str(), facets[1]["features"][0]["tag"].as_str()), ("#StoryTime", Some("StoryTime")));
    assert_eq!(record["langs"], json!(["en-US"]));
    assert_eq!(record["createdAt"], "2026-12-01T14:30:00.000Z");
}

#[tokio::test]
async fn bluesky_shows_a_picture_with_alt_text_or_a_card_with_thumbnail() {
    let Some(account) = bluesky() else { return };
    let platform = account.speaks();
    let pictured = with_picture(new_post(&*platform, post("With a picture.")), "Children on a rug");
    let carded = with_card(new_post(&*platform, post("With a card.")));
    send(&*platform, &pictured).await.unwrap();
    send(&*platform, &carded).await.unwrap();
    let records = account.standing(&[&pictured, &carded]).await;
    let image = &records[0]["value"]["embed"]["images"][0];
    assert_eq!((image["alt"].as_str(), &image["aspectRatio"]), (Some("Children on a rug"), &json!({ "width": 60, "height": 40 })));
    let card = &records[1]["value"]["embed"]["external"];
    assert_eq!((card["uri"].as_str(), card["title"].as_str()), (Some(LINK), Some("Toddler Story Time")));
    assert_eq!(card["thumb"]["ref"], image["image"]["ref"], "the same bytes are the same blob");
}

#[tokio::test]
async fn bluesky_a_picture_that_the_server_lost_is_uploaded_again() {
    let Some(account) = bluesky() else { return };
    let platform = account.speaks();
    let attempt = with_picture(new_post(&*platform, post("A lost picture.")), "A rug");
    let blob = json!({ "$type": "blob", "ref": { "$link": "bafkreib2ncdmbumgqxgbpufqyeyrrwvz3xcvpz4iqrnfgrbxk43wlnclmm" }, "mimeType": "image/png", "size": 9 });
    let mut notes = Notes(vec![("picture", blob, attempt.began)]);
    let lost = platform.deliver(&attempt, &mut notes).await.unwrap_err();
    assert!(matches!(lost, DeliveryError::Redo { step: "picture", .. }), "{lost:?}");
    send(&*platform, &again(&attempt, attempt.began)).await.unwrap();
    assert_eq!(account.standing(&[&attempt]).await.len(), 1);
}

#[tokio::test]
async fn bluesky_refuses_what_does_not_fit_and_other_words_under_one_key() {
    let Some(account) = bluesky() else { return };
    let platform = account.speaks();
    let long = new_post(&*platform, post(&"é".repeat(300)));
    let refused = send(&*platform, &long).await.unwrap_err();
    assert!(matches!(&refused, DeliveryError::Refused { why } if why.contains("grapheme")), "{refused:?}");
    assert_eq!(account.standing(&[&long]).await.len(), 0);

    let first = new_post(&*platform, post("These words."));
    send(&*platform, &first).await.unwrap();
    let mut other = first.clone();
    other.frozen.post = post("Other words.");
    let refused = send(&*platform, &other).await.unwrap_err();
    assert!(matches!(refused, DeliveryError::Refused { .. }), "{refused:?}");
    assert!(account.standing(&[&first]).await[0]["value"]["text"].as_str().unwrap().starts_with("These words."));
}

#[tokio::test]
async fn bluesky_knows_its_account_and_a_wrong_password_stops_the_channel() {
    let Some(account) = bluesky() else { return };
    let us = account.speaks().verify().await.unwrap();
    assert_eq!((us.name, us.id), (format!("@{}", account.handle), account.did.clone()));
    let wrong = account.speaks_with("wrong-password").verify().await.unwrap_err();
    assert!(matches!(&wrong, DeliveryError::Unauthorized { why, .. } if !why.contains("wrong-password")), "{wrong:?}");
}

#[tokio::test]
async fn bluesky_gives_its_posts_back_newest_first_with_their_keys() {
    let Some(account) = bluesky() else { return };
    let platform = account.speaks();
    let attempt = new_post(&*platform, post("To be found again."));
    let receipt = send(&*platform, &attempt).await.unwrap();
    let posts = platform.posts_since(later(attempt.began, -Duration::hours(1))).await.unwrap();
    let found = posts.iter().find(|post| post.receipt.id == receipt.id).unwrap();
    assert_eq!(
        (found.key.as_ref(), found.text.as_str(), found.links.as_slice()),
        (Some(&attempt.key), attempt.frozen.post.text.as_str(), [LINK.to_owned()].as_slice())
    );
    assert_eq!(platform.posts_since(later(attempt.began, Duration::hours(1))).await.unwrap(), []);
}
