//! What every store must do: one suite, run on each of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use handbill::calendar::{Duration, instant};
use handbill::delivery::{Frozen, FrozenPicture, IdempotencyKey, Receipt};
use handbill::outbox::start::Started;
use handbill::outbox::{Due, Forbidden, Holder, Lease, Memory, Outbox, OutboxError, Outcome, Provenance, Row, Sqlite, State, Transition};
use handbill::outreach::{Announcement, Moved};

use crate::town::{announcement, at, channel, the_row};

fn story_time() -> Announcement {
    let mut a = announcement("story-time", "2026-12-03", "remind", "town", "2026-12-01 12:00", "2026-12-03 10:30");
    a.moved = Some(Moved { from: at("2026-12-01 06:00"), why: "quiet hours".to_owned() });
    a
}

fn frozen(a: &Announcement) -> Frozen {
    let bytes: Arc<[u8]> = b"a small picture"[..].into();
    let hash = blake3::hash(&bytes).to_string();
    let picture = FrozenPicture { hash, mime: "image/jpeg".to_owned(), width: 4, height: 3, alt: "A rug.".to_owned(), bytes };
    Frozen { post: a.post.clone(), picture: Some(picture), thumbnail: None, fixed: serde_json::json!({ "createdAt": "now" }) }
}

fn key(text: &str) -> IdempotencyKey {
    IdempotencyKey::new(text)
}

fn receipt() -> Receipt {
    Receipt {
        id: "7".to_owned(),
        url: Some("https://example.social/7".to_owned()),
        at: at("2026-12-01 12:00"),
        more: serde_json::json!({ "cid": "x" }),
    }
}

async fn put(outbox: &dyn Outbox, a: &Announcement) -> Row {
    outbox.apply(&[Transition::new(Row::scheduled(a, at("2026-11-20 09:00")))]).await.unwrap();
    the_row(outbox, a).await
}

async fn lease_by(outbox: &dyn Outbox, holder: &str, when: &str, length: Duration) -> Option<Lease> {
    let due = Due { now: at(when), channel: &channel("town"), except: &BTreeSet::new() };
    outbox.lease(&due, &Holder(holder.to_owned()), length, 1).await.unwrap().pop()
}

async fn lease(outbox: &dyn Outbox) -> Lease {
    lease_by(outbox, "one", "2026-12-01 12:00", Duration::minutes(2)).await.expect("something due")
}

async fn begin(outbox: &dyn Outbox, a: &Announcement) -> handbill::delivery::Attempt {
    let lease = lease(outbox).await;
    outbox.begin(&lease, &key("k"), &frozen(a), at("2026-12-01 12:00")).await.unwrap()
}

fn become_(row: &Row, state: State) -> Transition {
    Transition { before: Some(Box::new(row.clone())), after: Row { state, reason: Some("so".to_owned()), ..row.clone() } }
}

async fn a_row_comes_back_as_it_went_in(outbox: &dyn Outbox) {
    let row = put(outbox, &story_time()).await;
    assert_eq!(row, Row { version: 1, ..Row::scheduled(&story_time(), at("2026-11-20 09:00")) });
    assert_eq!(outbox.rows().await.unwrap(), [row]);
}

async fn a_change_names_the_row_as_it_was_seen(outbox: &dyn Outbox) {
    let row = put(outbox, &story_time()).await;
    outbox.apply(&[become_(&row, State::Withdrawn)]).await.unwrap();
    assert!(matches!(outbox.apply(&[become_(&row, State::Held)]).await, Err(OutboxError::Changed(_))));
    let again = Transition::new(Row::scheduled(&story_time(), at("2026-11-20 09:00")));
    assert!(matches!(outbox.apply(&[again]).await, Err(OutboxError::Changed(_))));
    assert_eq!(the_row(outbox, &story_time()).await.state, State::Withdrawn);
}

async fn changes_are_all_made_or_none(outbox: &dyn Outbox) {
    let row = put(outbox, &story_time()).await;
    let other = announcement("chess-club", "2026-12-04", "remind", "town", "2026-12-02 12:00", "2026-12-04 16:00");
    let new = Transition::new(Row::scheduled(&other, at("2026-11-20 09:00")));
    let illegal = become_(&row, State::Unknown);
    assert!(matches!(outbox.apply(&[new, illegal]).await, Err(OutboxError::Illegal { .. })));
    assert!(outbox.row(other.id).await.unwrap().is_none());
}

async fn only_what_is_due_is_lent_and_to_one_holder(outbox: &dyn Outbox) {
    put(outbox, &story_time()).await;
    let length = Duration::minutes(2);
    assert!(lease_by(outbox, "one", "2026-12-01 11:59", length).await.is_none());
    let other = Due { now: at("2026-12-01 12:00"), channel: &channel("village"), except: &BTreeSet::new() };
    assert!(outbox.lease(&other, &Holder("one".to_owned()), length, 9).await.unwrap().is_empty());
    let except = BTreeSet::from([story_time().id]);
    let left_out = Due { now: at("2026-12-01 12:00"), channel: &channel("town"), except: &except };
    assert!(outbox.lease(&left_out, &Holder("one".to_owned()), length, 9).await.unwrap().is_empty());

    // a lease of no length lends nothing
    assert!(lease_by(outbox, "one", "2026-12-01 12:00", Duration::zero()).await.is_some());
    let lease = lease(outbox).await;
    assert!(lease_by(outbox, "two", "2026-12-01 12:00", length).await.is_none());
    outbox.release(lease, Some("its page is not there")).await.unwrap();
    let row = the_row(outbox, &story_time()).await;
    assert_eq!((row.state, row.reason.as_deref(), row.attempts), (State::Scheduled, Some("its page is not there"), 0));
    assert!(lease_by(outbox, "two", "2026-12-01 12:00", length).await.is_some());
}

async fn what_is_about_to_be_sent_is_written_down_first(outbox: &dyn Outbox) {
    put(outbox, &story_time()).await;
    let attempt = begin(outbox, &story_time()).await;
    assert_eq!((attempt.number, attempt.key.as_str(), &attempt.frozen), (1, "k", &frozen(&story_time())));
    let row = the_row(outbox, &story_time()).await;
    let tried = row.tried.clone().unwrap();
    assert_eq!((row.state, row.attempts, &tried.frozen), (State::Sending, 1, &frozen(&story_time())));
    assert_eq!((tried.first, tried.last), (at("2026-12-01 12:00"), at("2026-12-01 12:00")));
    // lists do without the bytes
    let listed = outbox.rows().await.unwrap().remove(0).tried.unwrap();
    assert!(listed.frozen.picture.unwrap().bytes.is_empty());
}

async fn the_last_look_forbids_what_changed_since(outbox: &dyn Outbox) {
    let row = put(outbox, &story_time()).await;
    let lent = lease(outbox).await;
    outbox.apply(&[become_(&row, State::Held)]).await.unwrap();
    let refused = outbox.begin(&lent, &key("k"), &frozen(&story_time()), at("2026-12-01 12:00")).await;
    assert!(matches!(refused, Err(OutboxError::Forbidden(Forbidden::NotScheduled(State::Held)))), "{refused:?}");
    outbox.release(lent, None).await.unwrap();

    let held = the_row(outbox, &story_time()).await;
    outbox.apply(&[become_(&held, State::Scheduled)]).await.unwrap();
    let lent = lease(outbox).await;
    let refused = outbox.begin(&lent, &key("k"), &frozen(&story_time()), at("2026-12-03 10:30")).await;
    assert!(matches!(refused, Err(OutboxError::Forbidden(Forbidden::Begun))), "{refused:?}");
    // other words than were lent
    let row = the_row(outbox, &story_time()).await;
    let reworded = Transition { before: Some(Box::new(row.clone())), after: Row { title: "Other".to_owned(), ..row } };
    outbox.apply(&[reworded]).await.unwrap();
    let refused = outbox.begin(&lent, &key("k"), &frozen(&story_time()), at("2026-12-01 12:00")).await;
    assert!(matches!(refused, Err(OutboxError::Lost(_))), "{refused:?}");
    assert!(the_row(outbox, &story_time()).await.tried.is_none());
}

async fn all_tries_have_one_key_one_post_and_their_steps(outbox: &dyn Outbox) {
    put(outbox, &story_time()).await;
    let attempt = begin(outbox, &story_time()).await;
    let media = serde_json::json!({ "id": "m1" });
    outbox.step(&attempt, "media", &media, at("2026-12-01 12:01")).await.unwrap();
    let later = Outcome::Later { next: at("2026-12-01 12:10"), why: "busy".to_owned() };
    outbox.settle(&attempt, &later, at("2026-12-01 12:02")).await.unwrap();
    assert!(lease_by(outbox, "one", "2026-12-01 12:09", Duration::minutes(2)).await.is_none());

    let lent = lease_by(outbox, "one", "2026-12-01 12:10", Duration::minutes(2)).await.unwrap();
    let mut other = frozen(&story_time());
    other.post.text.push_str(", and others");
    let second = outbox.begin(&lent, &key("another"), &other, at("2026-12-01 12:10")).await.unwrap();
    assert_eq!((second.number, second.key.as_str(), &second.frozen), (2, "k", &frozen(&story_time())));
    assert_eq!((second.first_tried, second.began), (at("2026-12-01 12:00"), at("2026-12-01 12:10")));
    let steps = the_row(outbox, &story_time()).await.tried.unwrap().steps;
    assert_eq!(steps.get("media"), Some(&(media, at("2026-12-01 12:01"))));
    outbox.forget(&second, "media").await.unwrap();
    assert!(the_row(outbox, &story_time()).await.tried.unwrap().steps.is_empty());
}

async fn a_try_is_settled_once_and_by_whoever_made_it(outbox: &dyn Outbox) {
    put(outbox, &story_time()).await;
    let attempt = begin(outbox, &story_time()).await;
    outbox.settle(&attempt, &Outcome::Back { why: "no".to_owned() }, at("2026-12-01 12:01")).await.unwrap();
    assert_eq!(the_row(outbox, &story_time()).await.attempts, 0);
    let attempt = begin(outbox, &story_time()).await;
    outbox.settle(&attempt, &Outcome::Unknown { why: "cut".to_owned() }, at("2026-12-01 12:02")).await.unwrap();
    let doubtful = outbox.doubtful().await.unwrap();
    assert_eq!((doubtful.len(), doubtful[0].state, doubtful[0].tried.as_ref().unwrap().last), (1, State::Unknown, at("2026-12-01 12:02")));
    outbox.settle(&attempt, &Outcome::Sent(receipt()), at("2026-12-01 12:03")).await.unwrap();
    let row = the_row(outbox, &story_time()).await;
    assert_eq!((row.state, row.receipt, row.reason), (State::Sent, Some(receipt()), None));
    assert!(row.tried.unwrap().frozen.picture.unwrap().bytes.is_empty(), "pictures of what is certain are thrown away");
    for late in [Outcome::Failed { why: "x".to_owned() }, Outcome::Unknown { why: "x".to_owned() }] {
        assert!(matches!(outbox.settle(&attempt, &late, at("2026-12-01 12:04")).await, Err(OutboxError::Lost(_))));
    }
    let step = outbox.step(&attempt, "media", &serde_json::json!(1), at("2026-12-01 12:04")).await;
    assert!(matches!(step, Err(OutboxError::Lost(_))));
}

async fn two_posts_keep_one_picture_until_both_are_certain(outbox: &dyn Outbox) {
    let other = announcement("chess-club", "2026-12-04", "remind", "town", "2026-12-01 12:30", "2026-12-04 16:00");
    put(outbox, &story_time()).await;
    put(outbox, &other).await;
    let first = begin(outbox, &story_time()).await;
    let lent = lease_by(outbox, "one", "2026-12-01 12:30", Duration::minutes(2)).await.unwrap();
    outbox.begin(&lent, &key("k2"), &frozen(&other), at("2026-12-01 12:30")).await.unwrap();
    outbox.settle(&first, &Outcome::Sent(receipt()), at("2026-12-01 12:31")).await.unwrap();
    let bytes = the_row(outbox, &other).await.tried.unwrap().frozen.picture.unwrap().bytes;
    assert_eq!(&*bytes, b"a small picture");
}

async fn a_start_is_remembered_with_what_it_took_back(outbox: &dyn Outbox) {
    put(outbox, &story_time()).await;
    let row = the_row(outbox, &story_time()).await;
    let found = Transition { before: Some(Box::new(row.clone())), after: Row { state: State::Sent, receipt: Some(receipt()), ..row } };
    let start = |at| Started {
        channel: channel("town"),
        at,
        server: Some("https://example.social".to_owned()),
        base_url: "https://a.example".to_owned(),
    };
    outbox.start(&start(at("2026-11-21 09:00")), std::slice::from_ref(&found)).await.unwrap();
    assert_eq!(outbox.started().await.unwrap(), [start(at("2026-11-21 09:00"))]);
    assert_eq!(the_row(outbox, &story_time()).await.receipt, Some(receipt()));
    // the rows it saw are not those that are there: then it is not started either
    assert!(matches!(outbox.start(&start(at("2026-11-22 09:00")), &[found]).await, Err(OutboxError::Changed(_))));
    assert_eq!(outbox.started().await.unwrap(), [start(at("2026-11-21 09:00"))]);
}

async fn passes_are_counted(outbox: &dyn Outbox) {
    let first = outbox.enter().await.unwrap();
    assert_eq!((first.number, first.store), (1, Provenance::Continued));
    drop(first);
    assert_eq!(outbox.enter().await.unwrap().number, 2);
}

/// Runs the suite, each test in an outbox of its own.
async fn conforms<F, R>(new: F)
where
    F: Fn() -> R,
    R: Future<Output = Box<dyn Outbox>>,
{
    a_row_comes_back_as_it_went_in(&*new().await).await;
    a_change_names_the_row_as_it_was_seen(&*new().await).await;
    changes_are_all_made_or_none(&*new().await).await;
    only_what_is_due_is_lent_and_to_one_holder(&*new().await).await;
    what_is_about_to_be_sent_is_written_down_first(&*new().await).await;
    the_last_look_forbids_what_changed_since(&*new().await).await;
    all_tries_have_one_key_one_post_and_their_steps(&*new().await).await;
    a_try_is_settled_once_and_by_whoever_made_it(&*new().await).await;
    two_posts_keep_one_picture_until_both_are_certain(&*new().await).await;
    a_start_is_remembered_with_what_it_took_back(&*new().await).await;
    passes_are_counted(&*new().await).await;
}

#[tokio::test]
async fn memory_conforms() {
    conforms(|| async { Box::new(Memory::new()) as Box<dyn Outbox> }).await;
}

#[tokio::test]
async fn sqlite_conforms() {
    let folder = tempfile::tempdir().unwrap();
    let count = std::cell::Cell::new(0);
    conforms(|| {
        count.set(count.get() + 1);
        let state = folder.path().join(count.get().to_string());
        async move { Box::new(Sqlite::open(&state).await.unwrap()) as Box<dyn Outbox> }
    })
    .await;
}

#[tokio::test]
async fn a_lease_runs_by_the_stores_clock_and_a_dead_holders_row_is_free_after_it() {
    let outbox = Memory::new();
    put(&outbox, &story_time()).await;
    let attempt = begin(&outbox, &story_time()).await;
    assert!(outbox.doubtful().await.unwrap().is_empty(), "it is in good hands");
    outbox.turn_clock(Duration::seconds(119));
    outbox.step(&attempt, "media", &serde_json::json!(1), at("2026-12-01 12:01")).await.unwrap();
    outbox.turn_clock(Duration::seconds(119));
    assert!(outbox.doubtful().await.unwrap().is_empty(), "a step makes the lease anew");
    outbox.turn_clock(Duration::seconds(1));
    assert_eq!(outbox.doubtful().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_pass_that_has_the_lock_is_not_kept_waiting_by_a_dead_ones_leases() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Sqlite::open(folder.path()).await.unwrap();
    put(&outbox, &story_time()).await;
    begin(&outbox, &story_time()).await;
    assert!(outbox.doubtful().await.unwrap().is_empty());
    drop(outbox);
    let outbox = Sqlite::open(folder.path()).await.unwrap();
    let _turn = outbox.enter().await.unwrap();
    assert_eq!(outbox.doubtful().await.unwrap().len(), 1);
}

#[tokio::test]
async fn one_pass_at_a_time_in_an_outbox_beside_the_site() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (Sqlite::open(folder.path()).await.unwrap(), Sqlite::open(folder.path()).await.unwrap());
    let turn = one.enter().await.unwrap();
    assert!(matches!(two.enter().await, Err(OutboxError::Busy)));
    drop(turn);
    assert_eq!(two.enter().await.unwrap().number, 2);
}

#[tokio::test]
async fn an_outbox_that_a_newer_program_wrote_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    Sqlite::open(folder.path()).await.unwrap().close().await;
    let url = format!("sqlite://{}", folder.path().join("outbox.sqlite").display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::raw_sql("PRAGMA user_version = 99").execute(&pool).await.unwrap();
    pool.close().await;
    let refused = Sqlite::open(folder.path()).await.unwrap_err();
    assert!(matches!(refused, OutboxError::Newer { found: 99, known: 1 }), "{refused}");
    let refused = Sqlite::look(folder.path()).await.unwrap_err();
    assert!(matches!(refused, OutboxError::Newer { found: 99, known: 1 }), "{refused}");
}

#[cfg(unix)]
#[tokio::test]
async fn whoever_only_looks_sees_what_was_written_and_makes_and_changes_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join(".handbill");
    assert_eq!(Sqlite::look(&state).await.unwrap(), (Vec::new(), Vec::new()));
    assert!(!state.exists(), "nothing is made");

    let outbox = Sqlite::open(&state).await.unwrap();
    put(&outbox, &story_time()).await;
    let start = Started { channel: channel("town"), at: at("2026-11-21 09:00"), server: None, base_url: "https://a.example".to_owned() };
    outbox.start(&start, &[]).await.unwrap();
    let (rows, started) = Sqlite::look(&state).await.unwrap();
    assert_eq!((rows.len(), &started), (1, &vec![start.clone()]), "also what still stands in the log of one at work");
    outbox.close().await;

    let open_to_all = |path: &std::path::Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    open_to_all(&state.join("outbox.sqlite"), 0o644);
    open_to_all(&state, 0o755);
    let all = || {
        let files = std::fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().path());
        let told = |path: std::path::PathBuf| {
            let found = path.metadata().unwrap();
            (found.permissions().mode(), found.modified().unwrap(), std::fs::read(&path).unwrap(), path)
        };
        let mut all: Vec<_> = files.map(told).collect();
        all.sort();
        (all, state.metadata().unwrap().permissions().mode(), state.metadata().unwrap().modified().unwrap())
    };
    let before = all();
    assert_eq!(Sqlite::look(&state).await.unwrap(), (rows, started));
    assert!(all() == before, "a look leaves its mark");
}

#[tokio::test]
async fn an_outbox_that_died_before_it_was_laid_out_is_empty_to_whoever_looks() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("outbox.sqlite"), "").unwrap();
    assert_eq!(Sqlite::look(folder.path()).await.unwrap(), (Vec::new(), Vec::new()));
    assert_eq!(std::fs::read(folder.path().join("outbox.sqlite")).unwrap(), b"");
}

#[tokio::test]
async fn a_file_that_is_no_outbox_is_an_error_and_not_a_new_outbox() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("outbox.sqlite"), "not a database at all, but long enough to look like one ".repeat(40)).unwrap();
    assert!(matches!(Sqlite::open(folder.path()).await, Err(OutboxError::Database(_))));
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_the_outbox() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let state = folder.path().join(".handbill");
    let outbox = Sqlite::open(&state).await.unwrap();
    put(&outbox, &story_time()).await;
    let _turn = outbox.enter().await.unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&state), 0o700);
    let files: Vec<_> = std::fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn an_older_copy_brought_back_is_noticed_and_stops_every_channel() {
    let folder = tempfile::tempdir().unwrap();
    let start = Started { channel: channel("town"), at: at("2026-11-21 09:00"), server: None, base_url: "https://a.example".to_owned() };
    let open = || Sqlite::open(folder.path());
    let outbox = open().await.unwrap();
    outbox.start(&start, &[]).await.unwrap();
    drop(outbox.enter().await.unwrap());
    outbox.close().await;
    let copy = std::fs::read(folder.path().join("outbox.sqlite")).unwrap();

    let outbox = open().await.unwrap();
    assert_eq!(outbox.enter().await.unwrap().store, Provenance::Continued);
    outbox.close().await;

    std::fs::write(folder.path().join("outbox.sqlite"), copy).unwrap();
    let outbox = open().await.unwrap();
    let turn = outbox.enter().await.unwrap();
    assert_eq!((turn.store, turn.number), (Provenance::Restored, 3));
    assert!(outbox.started().await.unwrap().is_empty());
    drop(turn);
    assert_eq!(outbox.enter().await.unwrap().store, Provenance::Continued);
}

#[tokio::test]
async fn a_copy_without_its_number_of_passes_is_a_restored_one_too() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Sqlite::open(folder.path()).await.unwrap();
    drop(outbox.enter().await.unwrap());
    outbox.close().await;
    std::fs::remove_file(folder.path().join("passes")).unwrap();
    let outbox = Sqlite::open(folder.path()).await.unwrap();
    assert_eq!(outbox.enter().await.unwrap().store, Provenance::Restored);
}

#[test]
fn instants_are_kept_to_the_millisecond() {
    let fine = at("2026-12-01 12:00") + Duration::nanoseconds(1_999_999);
    assert_eq!(instant::to_the_millisecond(fine), at("2026-12-01 12:00") + Duration::milliseconds(1));
}
