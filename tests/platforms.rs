//! Platforms against strict fakes: every reply sorted, every secret kept, every post once.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

#[path = "support/channel.rs"]
mod channel;
#[path = "support/http.rs"]
mod http;
#[path = "support/mastodon.rs"]
mod mastodon;

use std::collections::BTreeSet;

use channel::{LINK, Notes, again, at, channel, first_try, first_try_of, now, open, post, with_card, with_picture};
use handbill::calendar::Duration;
use handbill::delivery::{Attempt, Found, Receipt};
use handbill::platforms::{self, Answers, DeliveryError, Here, Platform, answers, read_wall, wall_path};
use http::{Answer, Server};
use mastodon::{FakeMastodon, Gate, Lie, Plays, TOKEN};
use serde_json::{Value as Json, json};

fn speaks_to(fake: &FakeMastodon) -> Box<dyn Platform> {
    open(&channel("mastodon", &[("server", &fake.address), ("token", "{TOKEN}")]), TOKEN)
}

async fn send(platform: &dyn Platform, attempt: &Attempt) -> Result<Receipt, DeliveryError> {
    platform.deliver(attempt, &mut Notes::default()).await
}

async fn look(platform: &dyn Platform, attempt: &Attempt) -> Found {
    platform.find(attempt, &BTreeSet::new()).await.unwrap()
}

/// `later`, `later at 2026-12-01T15:00:00Z`, `unknown`, `redo picture`, `refused`, `unauthorized`
fn sort(error: &DeliveryError) -> String {
    match error {
        DeliveryError::Later { after: None, .. } => "later".into(),
        DeliveryError::Later { after: Some(at), .. } => format!("later at {}", at.format("%Y-%m-%dT%H:%M:%SZ")),
        DeliveryError::Unknown { .. } => "unknown".into(),
        DeliveryError::Redo { step, .. } => format!("redo {step}"),
        DeliveryError::Refused { .. } => "refused".into(),
        DeliveryError::Unauthorized { .. } => "unauthorized".into(),
    }
}

mod practice {
    use super::*;

    #[tokio::test]
    async fn a_post_goes_on_the_wall_once_however_often_it_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let here = Here { state: folder.path().join(".handbill") };
        let settings = channel("practice", &[("like", "bluesky")]);
        let wall = platforms::open(&settings, &here, &channel::Told("")).unwrap();
        let attempt = with_picture(first_try(&*wall, post("Story time.")), "A rug");
        assert_eq!(look(&*wall, &attempt).await, Found::No);
        let receipt = send(&*wall, &attempt).await.unwrap();
        assert_eq!(look(&*wall, &attempt).await, Found::Yes(receipt.clone()));
        assert_eq!(send(&*wall, &again(&attempt, at("2026-12-01T15:00:00Z"))).await.unwrap(), receipt);

        let path = wall_path(&here.state, &settings.name);
        let lines = read_wall(&path).unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!((lines[0].picture.as_deref(), lines[0].alt.as_deref()), (Some("content/events/rug.png"), Some("A rug")));
        let written: Json = serde_json::from_str(std::fs::read_to_string(path).unwrap().trim()).unwrap();
        let keys: Vec<&String> = written.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["alt", "at", "id", "key", "picture", "replies_to", "text"]);
    }

    #[test]
    fn a_wall_takes_the_limits_of_the_platform_it_is_like() {
        let like = |keys: &[(&str, &str)]| {
            let (profiles, wrong) = platforms::profiles_of(&[channel("practice", keys)]);
            assert!(wrong.is_empty(), "{wrong:?}");
            let profile = profiles.of("news").unwrap().clone();
            (profile.name, profile.text.most, profile.text.link)
        };
        assert_eq!(like(&[("like", "bluesky")]), ("practice", 300, None));
        assert_eq!(like(&[("like", "mastodon")]), ("practice", 500, Some(23)));
        assert_eq!(platforms::like(&channel("practice", &[("like", "mastodon")])), Some("mastodon"));
        assert_eq!(platforms::like(&channel("practice", &[])), None);
    }
}

mod settings {
    use super::*;

    fn wrong_with(platform: &str, keys: &[(&str, &str)]) -> Vec<String> {
        let (_, wrong) = platforms::profiles_of(&[channel(platform, keys)]);
        wrong.iter().map(|one| format!("{} {} | {}", one.code, one.message, one.help.clone().unwrap_or_default())).collect()
    }

    #[test]
    fn a_misspelt_platform_key_or_word_is_an_error_with_the_nearest_one() {
        insta::assert_debug_snapshot!(wrong_with("mastadon", &[]), @r#"
        [
            "HB600 there is no platform \"mastadon\" | did you mean \"mastodon\"?",
        ]
        "#);
        let keys = [("server", "https://example.social"), ("tokn", "{T}"), ("visibility", "unlistd")];
        insta::assert_debug_snapshot!(wrong_with("mastodon", &keys), @r#"
        [
            "HB001 `tokn` is not a key of a mastodon channel | did you mean `token`?",
            "HB601 the channel \"news\" has no `token` | write `token = { env = \"HANDBILL_NEWS_TOKEN\" }`",
            "HB602 \"unlistd\" is nothing that `visibility` can be | did you mean \"unlisted\"?",
        ]
        "#);
        insta::assert_debug_snapshot!(wrong_with("practice", &[("like", "practice"), ("server", "https://example.social")]), @r#"
        [
            "HB001 `server` is not a key of a practice channel | there are `name`, `platform` and `like`",
            "HB602 \"practice\" is nothing that `like` can be | write one of `mastodon` and `bluesky`",
        ]
        "#);
    }

    #[test]
    fn a_secret_written_out_is_an_error_that_does_not_print_it() {
        let said = wrong_with("mastodon", &[("server", "https://me:hunter2@example.social"), ("token", "hunter2")]);
        assert_eq!(said.len(), 2);
        assert!(said.iter().all(|words| words.starts_with("HB603") && !words.contains("hunter2")), "{said:?}");
        let said = wrong_with("bluesky", &[("identifier", "stonebridge.test"), ("password", "hunter2")]);
        assert!(said.iter().all(|words| words.starts_with("HB603") && !words.contains("hunter2")), "{said:?}");
    }

    #[test]
    fn a_token_travels_encrypted_except_on_this_machine() {
        let wrong = |server: &str| wrong_with("mastodon", &[("server", server), ("token", "{T}")]);
        for good in [
            "https://example.social",
            "https://example.social/",
            "example.social",
            "http://localhost:3000",
            "http://127.0.0.1:3000",
            "http://[::1]:80",
        ] {
            assert_eq!(wrong(good), Vec::<String>::new(), "{good}");
        }
        for bad in [
            "http://example.social",
            "http://localhost.example.org",
            "ftp://example.social",
            "https://example.social/@stonebridge",
            "https://",
            "not an address",
        ] {
            assert!(wrong(bad).concat().starts_with("HB604"), "{bad}: {:?}", wrong(bad));
        }
    }

    #[test]
    fn the_server_of_a_channel_is_known_without_asking_it() {
        let server = |platform, keys: &[(&str, &str)]| platforms::server_of(&channel(platform, keys));
        assert_eq!(server("mastodon", &[("server", "https://Example.Social/")]).as_deref(), Some("https://example.social"));
        assert_eq!(server("bluesky", &[]).as_deref(), Some("https://bsky.social"));
        assert_eq!(server("practice", &[]), None);
        let stays = |platform, keys: &[(&str, &str)]| platforms::stays_here(&channel(platform, keys));
        assert!(stays("practice", &[]) && stays("mastodon", &[("server", "http://localhost:3000")]));
        assert!(!stays("bluesky", &[]) && !stays("mastodon", &[("server", "https://example.social")]) && !stays("mastodon", &[]));
    }
}

mod mastodon_posts {
    use super::*;

    #[tokio::test]
    async fn a_post_has_its_words_language_visibility_picture_and_alt_text() {
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let keys = [("server", fake.address.as_str()), ("token", "{TOKEN}"), ("visibility", "unlisted")];
        let platform = open(&channel("mastodon", &keys), TOKEN);
        assert_eq!(platform.verify().await.unwrap().name, "@stonebridge@127.0.0.1");
        let attempt = with_picture(first_try(&*platform, post("Story time ☕ & rhymes.")), "Children on a rug");
        let receipt = send(&*platform, &attempt).await.unwrap();
        let wall = fake.wall();
        assert_eq!(wall.len(), 1);
        let status = &wall[0];
        assert_eq!(
            (status.text.as_str(), status.language.as_deref(), status.visibility.as_str()),
            (attempt.frozen.post.text.as_str(), Some("en"), "unlisted")
        );
        assert_eq!(status.media[0].description.as_deref(), Some("Children on a rug"));
        assert_eq!((receipt.id, receipt.at), (status.id.clone(), now()));
        assert!(receipt.url.unwrap().ends_with(&status.id));
        assert!(fake.asked().iter().all(|asked| asked.agent.starts_with("Handbill/")));
    }

    #[tokio::test]
    async fn what_is_sent_fits_the_servers_published_description() {
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let platform = speaks_to(&fake);
        let attempt = with_picture(first_try(&*platform, post("Story time.")), "");
        send(&*platform, &attempt).await.unwrap();
        let sent = fake.asked().into_iter().find(|asked| asked.what == "POST /api/v1/statuses").unwrap();
        assert_eq!(mastodon::schema::misfits("createStatus", &sent.body), Vec::<String>::new());
        assert_eq!(
            mastodon::schema::misfits("createStatus", &json!({ "status": 3, "txt": "" })),
            ["status is of the wrong type", "txt is unknown"]
        );
        assert_eq!(sent.key.as_deref(), Some(attempt.key.as_str()));
    }

    #[tokio::test]
    async fn one_post_comes_of_a_line_cut_after_taking_on_any_server() {
        for plays in [Plays::Mastodon46, Plays::Mastodon45, Plays::IgnoresKeys, Plays::ReplaysErrors] {
            for lie in [Lie::TakeAndCut, Lie::TakeAndAnswer(500, json!({ "error": "oops" })), Lie::TakeAndAnswer(200, json!("<html>"))] {
                let fake = FakeMastodon::start(plays);
                let platform = speaks_to(&fake);
                let attempt = first_try(&*platform, post("Story time."));
                fake.post_by_hand(&format!("Something else {LINK}"));
                fake.next(lie);
                assert_eq!(sort(&send(&*platform, &attempt).await.unwrap_err()), "unknown");
                fake.wait(platform.profile().settle);
                let Found::Yes(receipt) = look(&*platform, &attempt).await else { panic!("{plays:?}: it is there") };
                assert_eq!(receipt.id, fake.wall()[1].id);
                let taken = BTreeSet::from([receipt.id]);
                assert_eq!(platform.find(&attempt, &taken).await.unwrap(), Found::No, "a post counts for one receipt");
            }
        }
    }

    #[tokio::test]
    async fn one_post_comes_of_a_line_cut_before_taking_on_any_server() {
        for plays in [Plays::Mastodon46, Plays::Mastodon45, Plays::IgnoresKeys, Plays::ReplaysErrors] {
            for lie in [Lie::Cut, Lie::Answer(500, json!({ "error": "oops" })), Lie::Answer(502, json!(""))] {
                let fake = FakeMastodon::start(plays);
                let platform = speaks_to(&fake);
                let attempt = first_try(&*platform, post("Story time."));
                fake.next(lie);
                assert_eq!(sort(&send(&*platform, &attempt).await.unwrap_err()), "unknown");
                fake.wait(platform.profile().settle);
                assert_eq!(look(&*platform, &attempt).await, Found::No);
                send(&*platform, &again(&attempt, fake.clock())).await.unwrap();
                assert_eq!(fake.wall().len(), 1, "{plays:?}");
            }
        }
    }

    #[tokio::test]
    async fn a_try_while_the_first_still_runs_is_told_to_wait_and_finds_it_later() {
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let platform = speaks_to(&fake);
        let attempt = first_try(&*platform, post("Story time."));
        let gate = Gate::closed();
        fake.next(Lie::Hold(gate.clone()));
        let second = async {
            gate.somebody_waits().await;
            let refused = send(&*platform, &again(&attempt, now())).await;
            gate.open();
            refused
        };
        let mut notes = Notes::default();
        let (first, second) = tokio::join!(platform.deliver(&attempt, &mut notes), second);
        assert_eq!(sort(&second.unwrap_err()), "unknown");
        assert_eq!(look(&*platform, &attempt).await, Found::Yes(first.unwrap()));
        assert_eq!(fake.wall().len(), 1);
    }

    #[tokio::test]
    async fn the_same_key_within_the_hour_gives_the_first_post_back() {
        let fake = FakeMastodon::start(Plays::Mastodon45);
        let platform = speaks_to(&fake);
        let attempt = with_picture(first_try(&*platform, post("Story time.")), "A rug");
        let mut notes = Notes::default();
        let first = platform.deliver(&attempt, &mut notes).await.unwrap();
        fake.wait(Duration::minutes(50));
        let second = platform.deliver(&again(&attempt, fake.clock()), &mut notes).await.unwrap();
        assert_eq!((second.id, fake.wall().len()), (first.id, 1));
    }

    #[tokio::test]
    async fn two_waves_with_one_link_are_told_apart_by_their_words() {
        let fake = FakeMastodon::start(Plays::IgnoresKeys);
        let platform = speaks_to(&fake);
        let announce = first_try_of(&*platform, [1; 16], post("New: story time on Thursdays."));
        let remind = first_try_of(&*platform, [2; 16], post("Tomorrow: story time."));
        let sent = send(&*platform, &announce).await.unwrap();
        assert_eq!(look(&*platform, &remind).await, Found::No);
        for with_source in [true, false] {
            if !with_source {
                fake.without_source();
            }
            assert_eq!(look(&*platform, &announce).await, Found::Yes(sent.clone()));
            assert_eq!(look(&*platform, &remind).await, Found::No);
        }
    }

    #[tokio::test]
    async fn a_post_that_somebody_edited_leaves_it_to_a_person() {
        let fake = FakeMastodon::start(Plays::IgnoresKeys);
        let platform = speaks_to(&fake);
        let attempt = first_try(&*platform, post("Story time."));
        fake.next(Lie::TakeAndCut);
        send(&*platform, &attempt).await.unwrap_err();
        fake.edit(&fake.wall()[0].id, &format!("Story time, with cake. {LINK}"));
        assert_eq!(look(&*platform, &attempt).await, Found::CannotTell);
    }

    #[tokio::test]
    async fn a_post_is_found_behind_many_others_and_under_another_clock() {
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let platform = speaks_to(&fake);
        let attempt = first_try(&*platform, post("Story time."));
        // The server's clock is two hours behind ours.
        fake.set_clock(at("2026-12-01T12:30:00Z"));
        fake.next(Lie::TakeAndCut);
        send(&*platform, &attempt).await.unwrap_err();
        for number in 0..95 {
            fake.post_by_hand(&format!("Book {number} of the day"));
        }
        assert!(matches!(look(&*platform, &attempt).await, Found::Yes(_)));
        // A rehearsal's clock runs days ahead of the server's.
        let rehearsal = Attempt { first_tried: at("2026-12-08T09:00:00Z"), began: at("2026-12-08T09:00:00Z"), ..attempt };
        assert!(matches!(look(&*platform, &rehearsal).await, Found::Yes(_)));
    }

    #[tokio::test]
    async fn posts_are_given_back_with_words_and_links_newest_first() {
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let platform = speaks_to(&fake);
        fake.set_clock(at("2026-11-20T10:00:00Z"));
        fake.post_by_hand("Long ago");
        fake.set_clock(now());
        let sent = send(&*platform, &first_try(&*platform, post("Story time & rhymes."))).await.unwrap();
        fake.post_by_hand("By hand");
        let posts = platform.posts_since(at("2026-11-28T00:00:00Z")).await.unwrap();
        let texts: Vec<&str> = posts.iter().map(|post| post.text.as_str()).collect();
        assert_eq!(texts, ["By hand", &format!("Story time & rhymes. {LINK}")]);
        assert_eq!((posts[1].receipt.id.as_str(), posts[1].links.as_slice()), (sent.id.as_str(), [LINK.to_owned()].as_slice()));
    }

    #[tokio::test]
    async fn a_picture_is_uploaded_once_and_anew_only_when_the_server_lost_it() {
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let platform = speaks_to(&fake);
        let attempt = with_picture(first_try(&*platform, post("Story time.")), "A rug");
        let uploads = || fake.asked().iter().filter(|asked| asked.what == "POST /api/v2/media").count();
        let mut notes = Notes::default();
        fake.pictures_take(1);
        fake.next(Lie::Cut);
        platform.deliver(&attempt, &mut notes).await.unwrap_err();
        fake.next(Lie::Cut);
        platform.deliver(&again(&attempt, at("2026-12-02T08:00:00Z")), &mut notes).await.unwrap_err();
        assert_eq!(uploads(), 1, "the journal's picture is used again");
        fake.vacuum();
        fake.next(Lie::Cut);
        platform.deliver(&again(&attempt, at("2026-12-02T09:00:00Z")), &mut notes).await.unwrap_err();
        assert_eq!(uploads(), 2, "the server threw it away");
        platform.deliver(&again(&attempt, at("2026-12-02T14:30:00Z")), &mut notes).await.unwrap();
        assert_eq!(uploads(), 3, "one of a day ago is not relied on");
        assert_eq!(fake.wall()[0].media.len(), 1);
    }

    #[tokio::test]
    async fn a_picture_that_the_server_left_out_is_said() {
        let fake = FakeMastodon::start(Plays::Mastodon45);
        let platform = speaks_to(&fake);
        fake.next(Lie::DropPicture);
        let receipt = send(&*platform, &with_picture(first_try(&*platform, post("Story time.")), "A rug")).await.unwrap();
        assert_eq!(platforms::notes(&receipt).collect::<Vec<_>>(), ["the server left the picture out of the post"]);
    }

    #[tokio::test]
    async fn a_limit_says_until_when_and_a_revoked_token_stops_the_channel() {
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let platform = speaks_to(&fake);
        let attempt = first_try(&*platform, post("Story time."));
        fake.limit_until(at("2026-12-01T15:10:00Z"));
        assert!(sort(&send(&*platform, &attempt).await.unwrap_err()).starts_with("later at 2026-12-01T15:10:00"));
        fake.wait(Duration::hours(1));
        fake.revoke();
        for error in [send(&*platform, &attempt).await.unwrap_err(), platform.verify().await.unwrap_err()] {
            assert_eq!(sort(&error), "unauthorized");
            assert!(error.to_string().contains("The access token was revoked"), "{error}");
        }
        assert!(fake.wall().is_empty());
    }

    #[tokio::test]
    async fn a_text_too_long_is_refused_by_every_server_in_its_own_way() {
        for (plays, letters) in [(Plays::Mastodon46, 480), (Plays::IgnoresKeys, 5_000), (Plays::ReplaysErrors, 5_000)] {
            let fake = FakeMastodon::start(plays);
            let platform = speaks_to(&fake);
            let attempt = first_try(&*platform, post(&"é".repeat(letters)));
            assert_eq!(sort(&send(&*platform, &attempt).await.unwrap_err()), "refused", "{plays:?}");
        }
        let fake = FakeMastodon::start(Plays::Mastodon46);
        let platform = speaks_to(&fake);
        // 476 letters, a space and a link that counts 23: exactly 500.
        send(&*platform, &first_try(&*platform, post(&"é".repeat(476)))).await.unwrap();
    }
}

mod replies {
    use super::*;

    /// One row: the reply to the post, and how it is sorted.
    type Row = (u16, Vec<(&'static str, String)>, Json, &'static str);

    fn row(status: u16, body: Json, sorted: &'static str) -> Row {
        (status, Vec::new(), body, sorted)
    }

    fn says((status, headers, body, _): &Row) -> Answer {
        let body = if body.is_null() { "<html>no</html>".to_owned() } else { body.to_string() };
        Answer::Says(*status, headers.clone(), body)
    }

    #[tokio::test]
    async fn mastodon_every_reply_to_a_post_is_sorted() {
        let error = |words: &str| json!({ "error": words });
        let limited =
            vec![("x-ratelimit-reset", "2026-12-01T14:45:00.123456Z".to_owned()), ("date", "Tue, 01 Dec 2026 14:30:00 GMT".to_owned())];
        let rows = [
            (429, limited, error("Too many requests"), "later at 2026-12-01T14:45:00Z"),
            row(401, error("The access token is invalid"), "unauthorized"),
            row(401, error("The access token was revoked"), "unauthorized"),
            row(403, error("This action is outside the authorized scopes"), "unauthorized"),
            row(403, error("Your login is currently disabled"), "unauthorized"),
            row(403, error("Your login is currently pending approval"), "unauthorized"),
            row(422, error("This method requires an authenticated user"), "unauthorized"),
            row(422, error("Validation failed: Text character limit of 500 exceeded"), "refused"),
            row(400, error("param is missing"), "refused"),
            row(404, error("Record not found"), "refused"),
            row(404, Json::Null, "unauthorized"),
            row(410, Json::Null, "refused"),
            row(413, Json::Null, "refused"),
            row(301, Json::Null, "unauthorized"),
            row(408, Json::Null, "unknown"),
            row(500, error("oops"), "unknown"),
            row(502, Json::Null, "unknown"),
            row(503, error("There was a temporary problem serving your request"), "unknown"),
            row(504, Json::Null, "unknown"),
            row(200, Json::Null, "unknown"),
            row(200, json!({ "scheduled_at": "2026-12-02T00:00:00Z" }), "unknown"),
        ];
        for row in rows {
            let reply = says(&row);
            let server = Server::start(move |_| reply.clone());
            let platform = open(&channel("mastodon", &[("server", &server.address), ("token", "{T}")]), TOKEN);
            let error = send(&*platform, &first_try(&*platform, post("Story time."))).await.unwrap_err();
            assert_eq!(sort(&error), row.3, "{row:?}: {error}");
            assert_eq!(server.asked().len(), 1, "nothing is tried again: {row:?}");
        }
    }

    #[tokio::test]
    async fn mastodon_every_reply_to_a_picture_is_sorted() {
        let error = |words: &str| json!({ "error": words });
        let rows = [
            row(401, error("The access token is invalid"), "unauthorized"),
            row(422, error("Validation failed: File content type is invalid"), "refused"),
            row(413, Json::Null, "refused"),
            row(500, error("Error processing thumbnail for uploaded media"), "refused"),
            row(500, error("oops"), "later"),
            row(503, error("busy"), "later"),
            row(200, Json::Null, "later"),
        ];
        for row in rows {
            let reply = says(&row);
            let server = Server::start(move |_| reply.clone());
            let platform = open(&channel("mastodon", &[("server", &server.address), ("token", "{T}")]), TOKEN);
            let attempt = with_picture(first_try(&*platform, post("Story time.")), "A rug");
            assert_eq!(sort(&send(&*platform, &attempt).await.unwrap_err()), row.3, "{row:?}");
        }
        let server = Server::start(|_| Answer::CutsTheLine);
        let platform = open(&channel("mastodon", &[("server", &server.address), ("token", "{T}")]), TOKEN);
        let attempt = with_picture(first_try(&*platform, post("Story time.")), "A rug");
        assert_eq!(sort(&send(&*platform, &attempt).await.unwrap_err()), "later", "no picture is public yet");
    }

    #[tokio::test]
    async fn mastodon_a_picture_that_cannot_be_attached_is_made_again_or_looked_for() {
        for (words, first, second) in [
            ("Media 7 not found or already attached to another post", "redo picture", "unknown"),
            ("Cannot attach files that have not finished processing. Try again in a moment!", "later", "later"),
        ] {
            let server = Server::start(move |asked| match asked.what.as_str() {
                "POST /api/v2/media" | "GET /api/v1/media/7" => Answer::json(200, &json!({ "id": "7" })),
                "GET /api/v2/instance" => Answer::json(200, &json!({ "version": "4.6.1" })),
                _ => Answer::json(422, &json!({ "error": words })),
            });
            let platform = open(&channel("mastodon", &[("server", &server.address), ("token", "{T}")]), TOKEN);
            let attempt = with_picture(first_try(&*platform, post("Story time.")), "A rug");
            let mut notes = Notes::default();
            assert_eq!(sort(&platform.deliver(&attempt, &mut notes).await.unwrap_err()), first, "{words}");
            assert_eq!(sort(&platform.deliver(&again(&attempt, now()), &mut notes).await.unwrap_err()), second, "{words}");
        }
    }

    fn bluesky(server: &Server) -> Box<dyn Platform> {
        let keys = [("server", server.address.as_str()), ("identifier", "stonebridge.test"), ("password", "{P}")];
        open(&channel("bluesky", &keys), "app-password-31")
    }

    fn session() -> Answer {
        Answer::json(
            200,
            &json!({ "accessJwt": "access-1", "refreshJwt": "refresh-1", "did": "did:plc:x", "handle": "stonebridge.test", "active": true }),
        )
    }

    #[tokio::test]
    async fn bluesky_every_reply_to_a_post_is_sorted() {
        let error = |name: &str| json!({ "error": name, "message": "in the server's words" });
        let limited = vec![("ratelimit-reset", "1796136300".to_owned()), ("date", "Tue, 01 Dec 2026 14:30:00 GMT".to_owned())];
        let rows = [
            (429, limited, error("RateLimitExceeded"), "later at 2026-12-01T14:45:00Z"),
            (429, vec![("retry-after", "60".to_owned())], error("RateLimitExceeded"), "later at 2026-12-01T14:31:00Z"),
            row(401, error("AuthMissing"), "unauthorized"),
            row(401, error("AccountTakedown"), "unauthorized"),
            row(401, error("AccountDeactivated"), "unauthorized"),
            row(400, error("InvalidToken"), "unauthorized"),
            row(403, error("AccountNotFound"), "unauthorized"),
            row(400, error("InvalidRequest"), "refused"),
            row(413, error("PayloadTooLarge"), "refused"),
            row(415, error("InvalidMimeType"), "refused"),
            row(400, error("BlobNotFound"), "redo picture"),
            row(500, error("InternalServerError"), "unknown"),
            row(502, error("UpstreamFailure"), "unknown"),
            row(503, error("NotEnoughResources"), "unknown"),
            row(504, error("UpstreamTimeout"), "unknown"),
            row(502, Json::Null, "unknown"),
            row(200, Json::Null, "unknown"),
            row(404, Json::Null, "unauthorized"),
            row(302, Json::Null, "unauthorized"),
        ];
        for row in rows {
            let reply = says(&row);
            let server = Server::start(move |asked| match asked.what.rsplit('.').next().unwrap() {
                "createSession" => session(),
                "uploadBlob" => Answer::json(200, &json!({ "blob": { "$type": "blob", "ref": { "$link": "bafy" } } })),
                _ => reply.clone(),
            });
            let platform = bluesky(&server);
            let error = send(&*platform, &with_picture(first_try(&*platform, post("Story time.")), "A rug")).await.unwrap_err();
            assert_eq!(sort(&error), row.3, "{row:?}: {error}");
            assert_eq!(server.asked().len(), 3, "nothing is tried again: {row:?}");
        }
        let server = Server::start(|asked| if asked.what.contains("createSession") { session() } else { Answer::CutsTheLine });
        let platform = bluesky(&server);
        assert_eq!(sort(&send(&*platform, &first_try(&*platform, post("Story time."))).await.unwrap_err()), "unknown");
        assert_eq!(sort(&send(&*platform, &with_picture(first_try(&*platform, post("Story time.")), "")).await.unwrap_err()), "later");
    }

    #[tokio::test]
    async fn bluesky_every_reply_to_a_log_in_is_sorted() {
        let error = |name: &str| json!({ "error": name, "message": "in the server's words" });
        let rows = [
            row(401, error("AuthenticationRequired"), "unauthorized"),
            row(401, error("AuthFactorTokenRequired"), "unauthorized"),
            row(
                200,
                json!({ "accessJwt": "a", "refreshJwt": "r", "did": "did:plc:x", "active": false, "status": "takendown" }),
                "unauthorized",
            ),
            row(404, Json::Null, "unauthorized"),
            row(429, error("RateLimitExceeded"), "later"),
            row(500, error("InternalServerError"), "later"),
            row(200, Json::Null, "later"),
        ];
        for row in rows {
            let reply = says(&row);
            let server = Server::start(move |_| reply.clone());
            let platform = bluesky(&server);
            let error = send(&*platform, &first_try(&*platform, post("Story time."))).await.unwrap_err();
            assert_eq!(sort(&error).split(" at ").next().unwrap(), row.3, "{row:?}: {error}");
        }
    }

    #[tokio::test]
    async fn bluesky_a_token_that_ran_out_is_renewed_once_and_the_same_bytes_are_sent() {
        let server = Server::start(|asked| {
            let bearer = asked.headers.get("authorization").map_or("", |value| value.to_str().unwrap());
            match (asked.what.rsplit('.').next().unwrap(), bearer) {
                ("createSession", _) => session(),
                ("refreshSession", "Bearer refresh-1") => Answer::json(
                    200,
                    &json!({ "accessJwt": "access-2", "refreshJwt": "refresh-2", "did": "did:plc:x", "handle": "stonebridge.test" }),
                ),
                ("putRecord", "Bearer access-2") => {
                    Answer::json(200, &json!({ "uri": "at://did:plc:x/app.bsky.feed.post/3k", "cid": "bafy" }))
                }
                _ => Answer::json(400, &json!({ "error": "ExpiredToken", "message": "Token has expired" })),
            }
        });
        let platform = bluesky(&server);
        let receipt = send(&*platform, &first_try(&*platform, post("Story time."))).await.unwrap();
        assert_eq!(receipt.url.as_deref(), Some("https://bsky.app/profile/did:plc:x/post/3k"));
        let puts: Vec<_> = server.asked().into_iter().filter(|asked| asked.what.ends_with("putRecord")).map(|asked| asked.body).collect();
        assert_eq!(puts.len(), 2);
        assert_eq!(puts[0], puts[1]);
    }

    #[tokio::test]
    async fn bluesky_what_stands_under_the_key_already_is_ours_or_refused() {
        for (stands, sorted) in [(format!("Story time. {LINK}"), "sent"), ("Somebody else's".to_owned(), "refused")] {
            let server = Server::start(move |asked| match asked.what.rsplit('.').next().unwrap() {
                "createSession" => session(),
                "getRecord" => Answer::json(
                    200,
                    &json!({ "uri": "at://did:plc:x/app.bsky.feed.post/3k", "cid": "bafy", "value": { "text": stands, "createdAt": "2026-12-01T14:30:00Z" } }),
                ),
                _ => Answer::json(400, &json!({ "error": "InvalidSwap", "message": "Record was at bafy" })),
            });
            let platform = bluesky(&server);
            let outcome = send(&*platform, &first_try(&*platform, post("Story time."))).await;
            assert_eq!(outcome.map_or_else(|error| sort(&error), |_| "sent".to_owned()), sorted);
        }
    }

    #[tokio::test]
    async fn bluesky_a_look_up_decides_only_by_an_answer_that_is_certain() {
        for (status, body, wanted) in [
            (400, json!({ "error": "RecordNotFound", "message": "Could not locate record" }), "no"),
            (400, json!({ "error": "InvalidRequest", "message": "Could not find repo" }), "later"),
            (500, json!({ "error": "InternalServerError" }), "later"),
            (200, json!({}), "later"),
        ] {
            let server =
                Server::start(move |asked| if asked.what.contains("createSession") { session() } else { Answer::json(status, &body) });
            let platform = bluesky(&server);
            let attempt = first_try(&*platform, post("Story time."));
            let found = platform.find(&attempt, &BTreeSet::new()).await;
            let found =
                found.map_or_else(|error| sort(&error), |found| if found == Found::No { "no".into() } else { format!("{found:?}") });
            assert_eq!(found, wanted);
        }
    }

    #[tokio::test]
    async fn a_secret_that_a_server_repeats_is_not_repeated_by_us() {
        let parrot = |asked: &http::Asked| {
            let heard = asked.headers.get("authorization").map_or("", |value| value.to_str().unwrap()).to_owned();
            Answer::json(422, &json!({ "error": format!("\u{1b}[31m{heard} {}", String::from_utf8_lossy(&asked.body)) }))
        };
        let server = Server::start(parrot);
        let platform = open(&channel("mastodon", &[("server", &server.address), ("token", "{T}")]), TOKEN);
        let said = send(&*platform, &first_try(&*platform, post("Story time."))).await.unwrap_err().to_string();
        assert!(said.contains("Bearer •••") && !said.contains(TOKEN) && !said.contains('\u{1b}'), "{said}");
        let server = Server::start(parrot);
        let said = bluesky(&server).verify().await.unwrap_err().to_string();
        assert!(!said.contains("app-password-31") && said.contains("•••"), "{said}");
    }

    #[tokio::test]
    async fn a_token_is_not_carried_to_where_a_server_sends_us() {
        let elsewhere = Server::start(|_| Answer::json(200, &json!({ "id": "1", "acct": "stonebridge" })));
        for status in [301, 302, 307, 308] {
            let to = format!("{}/api/v1/elsewhere", elsewhere.address);
            let server = Server::start(move |_| Answer::Says(status, vec![("location", to.clone())], String::new()));
            let platform = open(&channel("mastodon", &[("server", &server.address), ("token", "{T}")]), TOKEN);
            for error in
                [platform.verify().await.unwrap_err(), send(&*platform, &first_try(&*platform, post("Story time."))).await.unwrap_err()]
            {
                assert_eq!(sort(&error), "unauthorized");
                assert!(error.to_string().contains("/api/v1/elsewhere"), "{error}");
            }
        }
        assert!(elsewhere.asked().is_empty());
    }

    #[tokio::test]
    async fn bluesky_sends_one_card_with_its_thumbnail_when_there_is_no_picture() {
        let server = Server::start(|asked| match asked.what.rsplit('.').next().unwrap() {
            "createSession" => session(),
            "uploadBlob" => {
                Answer::json(200, &json!({ "blob": { "$type": "blob", "ref": { "$link": "bafy" }, "mimeType": "image/png", "size": 3 } }))
            }
            _ => Answer::json(200, &json!({ "uri": "at://did:plc:x/app.bsky.feed.post/3k", "cid": "bafy" })),
        });
        let platform = bluesky(&server);
        send(&*platform, &with_card(first_try(&*platform, post("Story time.")))).await.unwrap();
        let put: Json = serde_json::from_slice(&server.asked().last().unwrap().body).unwrap();
        assert_eq!(put["swapRecord"], Json::Null);
        assert!(put.as_object().unwrap().contains_key("swapRecord"), "left out it would overwrite");
        assert_eq!(put["record"]["embed"]["$type"], "app.bsky.embed.external");
        assert_eq!(put["record"]["embed"]["external"]["thumb"]["ref"]["$link"], "bafy");
        assert_eq!(put["record"]["langs"], json!(["en-US"]));
    }
}

#[tokio::test]
async fn a_link_answers_when_its_page_does() {
    let server = Server::start(|asked| match asked.what.as_str() {
        "GET /here/" => Answer::Says(200, Vec::new(), "page".into()),
        "GET /here" => Answer::Says(301, vec![("location", "/here/".into())], String::new()),
        _ => Answer::Says(404, Vec::new(), String::new()),
    });
    let page = |path: &str| format!("{}{path}", server.address);
    assert_eq!(answers(&page("/here/")).await, Answers::Yes);
    assert_eq!(answers(&page("/here")).await, Answers::Yes);
    let gone = page("/gone/");
    assert_eq!(answers(&gone).await, Answers::No(format!("{gone} answers 404")));
    assert!(matches!(answers("no address").await, Answers::No(_)));
}
