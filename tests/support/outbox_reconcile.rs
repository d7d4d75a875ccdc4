//! The table of what happens to content and clock, and what the outbox makes of it, line by line.

use handbill::calendar::{DateTime, Duration, Utc};
use handbill::delivery::{Frozen, IdempotencyKey, Receipt};
use handbill::outbox::reconcile::{Alarm, Circumstances, Consent, FILE_GONE, expire, reconcile};
use handbill::outbox::start::{ChannelState, ChannelStates};
use handbill::outbox::{Reconciliation, Row, State, Tried};
use handbill::outreach::{Announcement, Occasion, Schedule};

use crate::town::{announcement, at, channel, now, schedule, skipped};

fn story_time() -> Announcement {
    announcement("story-time", "2026-12-03", "remind", "town", "2026-12-01 12:00", "2026-12-03 10:30")
}

struct Case {
    now: &'static str,
    channel: Option<ChannelState>,
    consent: Consent,
}

impl Case {
    fn at(now: &'static str) -> Case {
        Case { now, channel: Some(ChannelState::Practice), consent: Consent::Ask }
    }

    fn channels(&self) -> ChannelStates {
        ChannelStates(self.channel.iter().map(|state| (channel("town"), state.clone())).collect())
    }

    fn reconcile(&self, schedule: &Schedule, rows: &[Row]) -> Reconciliation {
        let channels = self.channels();
        let reach = at("2026-12-31 00:00");
        let around = Circumstances { now: now(self.now), grace: Duration::hours(6), channels: &channels, reach, consent: self.consent };
        let found = reconcile(schedule, rows, &around);
        assert!(found.transitions.iter().all(handbill::outbox::Transition::is_legal), "{found:?}");
        found
    }

    /// What becomes of the one row.
    fn one(&self, schedule: &Schedule, rows: &[Row]) -> Option<Row> {
        let mut found = self.reconcile(schedule, rows);
        assert!(found.transitions.len() <= 1 && found.alarms.is_empty(), "{found:?}");
        found.transitions.pop().map(|t| t.after)
    }

    fn expire(&self, rows: &[Row]) -> Vec<(State, String)> {
        let channels = self.channels();
        let around = Circumstances {
            now: now(self.now),
            grace: Duration::hours(6),
            channels: &channels,
            reach: at(self.now),
            consent: self.consent,
        };
        expire(rows, &around).into_iter().map(|t| (t.after.state, t.after.reason.unwrap_or_default())).collect()
    }
}

fn row(a: &Announcement) -> Row {
    Row { version: 1, ..Row::scheduled(a, at("2026-11-20 09:00")) }
}

fn over(a: &Announcement, state: State, when: &str) -> Row {
    Row { state, reason: Some("a reason".to_owned()), changed: at(when), ..row(a) }
}

fn tried(a: &Announcement, first: DateTime<Utc>) -> Row {
    let frozen = Frozen { post: a.post.clone(), picture: None, thumbnail: None, fixed: serde_json::json!({}) };
    let tried = Tried { key: IdempotencyKey::new("k"), frozen, first, last: first, steps: std::collections::BTreeMap::new() };
    Row { attempts: 1, tried: Some(tried), reason: Some("busy".to_owned()), ..row(a) }
}

fn sent(a: &Announcement) -> Row {
    let receipt = Receipt { id: "1".to_owned(), url: None, at: a.due, more: serde_json::json!({}) };
    Row { state: State::Sent, receipt: Some(receipt), reason: None, ..tried(a, a.due) }
}

fn other_words(a: &Announcement) -> Announcement {
    let mut a = a.clone();
    a.post.text.push_str(" Bring a cushion.");
    a
}

#[test]
fn a_new_announcement_is_scheduled() {
    let after = Case::at("2026-11-20 09:00").one(&schedule(&[story_time()]), &[]).unwrap();
    assert_eq!((after.state, after.due, after.words()), (State::Scheduled, story_time().due, Some(&story_time().post)));
}

#[test]
fn nothing_changes_when_nothing_changed() {
    let case = Case::at("2026-11-30 09:00");
    for known in [row(&story_time()), sent(&story_time()), tried(&story_time(), at("2026-11-30 08:00"))] {
        assert_eq!(case.one(&schedule(&[story_time()]), &[known]), None);
    }
}

#[test]
fn words_time_or_picture_changed_before_it_went_out_change_the_queued_post() {
    let case = Case::at("2026-11-30 09:00");
    let known = row(&story_time());
    let after = case.one(&schedule(&[other_words(&story_time())]), &[known.clone()]).unwrap();
    assert_eq!(after.words(), Some(&other_words(&story_time()).post));
    assert_ne!(after.revision, known.revision);

    let mut later = story_time();
    later.due = at("2026-12-02 08:00");
    let after = case.one(&schedule(&[later.clone()]), &[known.clone()]).unwrap();
    assert_eq!((after.due, after.state), (later.due, State::Scheduled));

    let mut pictured = story_time();
    let picture =
        |alt: &str| handbill::delivery::PostPicture { file: "content/events/a.jpg".to_owned(), hash: "ab".to_owned(), alt: alt.to_owned() };
    pictured.post.picture = Some(picture("A rug."));
    let with_picture = case.one(&schedule(&[pictured.clone()]), &[known]).unwrap();
    pictured.post.picture = Some(picture("A red rug."));
    let other_alt = case.one(&schedule(&[pictured]), &[with_picture.clone()]).unwrap();
    assert_ne!(with_picture.revision, other_alt.revision);
}

#[test]
fn what_was_tried_keeps_its_words() {
    let known = tried(&story_time(), at("2026-12-01 12:00"));
    let after = Case::at("2026-12-01 13:00").one(&schedule(&[other_words(&story_time())]), &[known.clone()]);
    assert_eq!(after, None);
    let mut earlier = story_time();
    earlier.until = at("2026-12-02 10:30");
    let after = Case::at("2026-12-01 13:00").one(&schedule(&[earlier.clone()]), &[known]).unwrap();
    assert_eq!((after.until, after.words()), (earlier.until, Some(&story_time().post)));
}

#[test]
fn what_was_tried_on_another_day_goes_out_only_if_it_would_say_the_same() {
    let late = announcement("story-time", "2026-12-03", "remind", "town", "2026-12-01 23:00", "2026-12-03 10:30");
    let known = tried(&late, at("2026-12-01 23:00"));
    let case = Case::at("2026-12-02 00:30");
    assert_eq!(case.one(&schedule(&[late.clone()]), &[known.clone()]), None);
    let after = case.one(&schedule(&[other_words(&late)]), &[known]).unwrap();
    assert_eq!((after.state, after.reason.as_deref()), (State::Missed, Some("its words were written for the day it was due: busy")));
}

#[test]
fn a_wave_plan_or_promotion_that_is_gone_withdraws_the_queued_post() {
    let mut empty = schedule(&[story_time()]);
    empty.announcements.clear();
    let after = Case::at("2026-11-30 09:00").one(&empty, &[row(&story_time())]).unwrap();
    assert_eq!((after.state, after.reason.as_deref()), (State::Withdrawn, Some("content and plan no longer ask for it")));
}

#[test]
fn what_is_queued_beyond_the_reach_of_the_schedule_is_left_alone() {
    let far = announcement("story-time", "2027-02-04", "remind", "town", "2027-02-02 12:00", "2027-02-04 10:30");
    let mut empty = schedule(&[story_time()]);
    empty.announcements.clear();
    assert_eq!(Case::at("2026-11-30 09:00").one(&empty, &[row(&far)]), None);
}

#[test]
fn a_cancelled_event_withdraws_its_queued_posts() {
    let mut off = schedule(&[story_time()]);
    off.announcements.clear();
    let Occasion::Date(date) = story_time().occasion else { panic!() };
    off.off.insert(date, "cancelled".to_owned());
    for known in [row(&story_time()), tried(&story_time(), at("2026-11-30 08:00"))] {
        let after = Case::at("2026-11-30 09:00").one(&off, &[known]).unwrap();
        assert_eq!((after.state, after.reason.as_deref()), (State::Withdrawn, Some("cancelled")));
    }
    assert_eq!(Case::at("2026-11-30 09:00").one(&off, &[sent(&story_time())]), None);
}

#[test]
fn the_file_of_an_announced_event_gone_holds_its_posts_and_says_how_to_go_on() {
    let announce = announcement("story-time", "2026-12-03", "announce", "town", "2026-11-20 09:30", "2026-12-03 10:30");
    let rows = [sent(&announce), row(&story_time())];
    let case = Case::at("2026-11-30 09:00");
    let found = case.reconcile(&schedule(&[]), &rows);
    assert_eq!(found.transitions.len(), 1);
    let held = found.transitions[0].after.clone();
    assert_eq!((held.state, held.reason.as_deref()), (State::Held, Some(FILE_GONE)));
    let [Alarm::FileGone { event, file, held: 1, .. }] = &found.alarms[..] else { panic!("{:?}", found.alarms) };
    assert_eq!((event.as_str(), file.path()), ("story-time", "content/events/story-time.md"));

    // the alarm stays for as long as it is so
    let again = case.reconcile(&schedule(&[]), &[sent(&announce), held.clone()]);
    assert_eq!((again.transitions.len(), again.alarms.len()), (0, 1));
    // the file is back
    let back = case.one(&schedule(&[announce.clone(), story_time()]), &[sent(&announce), held.clone()]).unwrap();
    assert_eq!((back.state, back.reason), (State::Scheduled, None));
    // the event has begun: no alarm any more, and what was held is missed
    let late = Case::at("2026-12-03 10:30").reconcile(&schedule(&[]), &[sent(&announce), held]);
    assert_eq!((late.transitions[0].after.state, late.alarms.len()), (State::Missed, 0));
}

/// The same event in a file of another name, which makes it another event with other announcements.
fn renamed(a: &Announcement, event: &str) -> Announcement {
    let (day, due) = (a.occasion.on().unwrap().to_string(), "2026-12-01 12:00");
    Announcement { title: a.title.clone(), ..announcement(event, &day, &a.wave, a.channel.as_str(), due, "2026-12-03 10:30") }
}

#[test]
fn while_the_file_of_an_announced_event_is_gone_nothing_new_is_put_in_of_an_event_with_its_title() {
    let announce = announcement("story-time", "2026-12-03", "announce", "town", "2026-11-20 09:30", "2026-12-03 10:30");
    let rows = [sent(&announce), row(&story_time())];
    let new = [renamed(&announce, "rhymes"), renamed(&story_time(), "rhymes")];
    let skip = skipped(&renamed(&Announcement { wave: "today".to_owned(), ..announce.clone() }, "rhymes"), "a reason");
    let other = announcement("chess", "2026-12-03", "remind", "town", "2026-12-01 12:00", "2026-12-03 17:00");
    let mut content = schedule(&[new[0].clone(), new[1].clone(), other.clone()]);
    content.skipped.push(skip);
    let case = Case::at("2026-11-30 09:00");
    let found = case.reconcile(&content, &rows);
    let changed: Vec<_> = found.transitions.iter().map(|t| (t.after.id, t.after.state)).collect();
    assert_eq!(changed, [(other.id, State::Scheduled), (story_time().id, State::Held)]);
    let [Alarm::FileGone { held: 1, kept_back, .. }] = &found.alarms[..] else { panic!("{:?}", found.alarms) };
    assert_eq!(kept_back.iter().map(handbill::diagnostic::FileId::path).collect::<Vec<_>>(), ["content/events/rhymes.md"]);

    // another title is another event
    let mut titled = schedule(&[new[1].clone()]);
    titled.announcements[0].title = "Rhymes".to_owned();
    assert_eq!(case.reconcile(&titled, &rows[..1]).transitions.len(), 1);
    // an event that was known beside the lost one goes on
    let beside = [sent(&announce), row(&new[0])];
    assert_eq!(case.reconcile(&schedule(&new), &beside).transitions.len(), 1);
    // where nothing was said there is nothing to be said twice
    assert_eq!(case.reconcile(&schedule(&new), &[row(&announce)]).transitions.len(), 3);
    // the lost event's moment is over, and with it the wait
    let series = announcement("rhymes", "2026-12-10", "remind", "town", "2026-12-08 12:00", "2026-12-10 10:30");
    let series = Announcement { title: announce.title.clone(), ..series };
    assert_eq!(case.reconcile(&schedule(&[series.clone()]), &rows[..1]).transitions.len(), 0);
    assert_eq!(Case::at("2026-12-03 10:30").reconcile(&schedule(&[series]), &rows[..1]).transitions.len(), 1);
}

#[test]
fn a_tried_post_that_was_held_goes_on_with_its_own_words() {
    let held = Row { state: State::Held, reason: Some(FILE_GONE.to_owned()), ..tried(&story_time(), at("2026-12-01 12:00")) };
    let after = Case::at("2026-12-01 13:00").one(&schedule(&[other_words(&story_time())]), &[held]).unwrap();
    assert_eq!((after.state, after.reason.as_deref(), after.words()), (State::Scheduled, None, Some(&story_time().post)));
}

#[test]
fn what_a_person_holds_stays_held_until_its_moment_is_past() {
    let held = over(&story_time(), State::Held, "2026-11-25 09:00");
    let plan = schedule(&[story_time()]);
    assert_eq!(Case::at("2026-11-30 09:00").one(&plan, &[held.clone()]), None);
    let after = Case::at("2026-12-02 09:00").one(&plan, &[held]).unwrap();
    assert_eq!(after.state, State::Missed);
    assert!(after.reason.unwrap().ends_with("until then: a reason"));
}

#[test]
fn the_file_of_an_event_that_nobody_heard_of_may_go() {
    let after = Case::at("2026-11-30 09:00").one(&schedule(&[]), &[row(&story_time())]).unwrap();
    assert_eq!(after.state, State::Withdrawn);
}

#[test]
fn a_pass_that_would_take_back_a_season_stops_and_wants_a_yes() {
    let many = |count: usize| -> Vec<Announcement> {
        let one = |n: usize| announcement(&format!("event-{n}"), "2026-12-03", "remind", "town", "2026-12-01 12:00", "2026-12-03 10:30");
        (0..count).map(one).collect()
    };
    let rows = |count| many(count).iter().map(row).collect::<Vec<Row>>();
    let keep = |all: &[Announcement], gone: usize| Schedule { announcements: all[gone..].to_vec(), ..schedule(all) };
    let mut case = Case::at("2026-11-30 09:00");

    let stopped = case.reconcile(&keep(&many(20), 11), &rows(20));
    assert!(stopped.transitions.is_empty());
    let [Alarm::TooMany { rows: shown, queue: 20 }] = &stopped.alarms[..] else { panic!("{:?}", stopped.alarms) };
    assert_eq!(shown.len(), 11);
    // ten are few; a fifth is a part
    assert_eq!(case.reconcile(&keep(&many(20), 10), &rows(20)).transitions.len(), 10);
    assert_eq!(case.reconcile(&keep(&many(55), 11), &rows(55)).transitions.len(), 11);
    assert!(case.reconcile(&keep(&many(54), 11), &rows(54)).transitions.is_empty());
    case.consent = Consent::Given;
    assert_eq!(case.reconcile(&keep(&many(20), 11), &rows(20)).transitions.len(), 11);
}

#[test]
fn a_job_that_was_down_posts_within_grace_and_misses_after_it() {
    let rows = [row(&story_time())];
    assert_eq!(Case::at("2026-12-01 18:00").one(&schedule(&[story_time()]), &rows), None);
    let after = Case::at("2026-12-01 18:01").one(&schedule(&[story_time()]), &rows).unwrap();
    assert_eq!(after.state, State::Missed);
    assert_eq!(after.reason.as_deref(), Some("it was due Dec 1, 2026 at noon EST, and that is more than 6 hours ago"));
}

#[test]
fn nothing_is_said_once_the_event_has_begun() {
    let today = announcement("story-time", "2026-12-03", "today", "town", "2026-12-03 08:30", "2026-12-03 10:30");
    assert_eq!(Case::at("2026-12-03 10:29").one(&schedule(&[today.clone()]), &[row(&today)]), None);
    for plan in [schedule(&[today.clone()]), schedule(&[])] {
        let after = Case::at("2026-12-03 10:30").one(&plan, &[row(&today)]).unwrap();
        assert_eq!((after.state, after.reason.as_deref()), (State::Missed, Some("the event had begun before it could go out")));
    }
    let after = Case::at("2026-12-03 10:30").one(&schedule(&[today.clone()]), &[tried(&today, at("2026-12-03 09:00"))]).unwrap();
    assert_eq!(after.reason.as_deref(), Some("the event had begun before it could go out; until then: busy"));
}

#[test]
fn what_was_missed_by_a_clock_that_ran_ahead_comes_back_and_nothing_else_does() {
    let missed = over(&story_time(), State::Missed, "2026-12-02 09:00");
    let back = Case::at("2026-11-30 09:00").one(&schedule(&[story_time()]), &[missed.clone()]).unwrap();
    assert_eq!((back.state, back.reason), (State::Scheduled, None));
    // the plan moves the slot of a missed post: that alone is no reason to say it late
    let mut moved = story_time();
    moved.due = at("2026-12-02 12:00");
    assert_eq!(Case::at("2026-12-02 10:00").one(&schedule(&[moved]), &[missed.clone()]), None);
    let tried = Row { state: State::Missed, changed: at("2026-12-02 09:00"), ..tried(&story_time(), at("2026-12-01 12:00")) };
    assert_eq!(Case::at("2026-11-30 09:00").one(&schedule(&[story_time()]), &[tried]), None);
    // the event was moved, so there is another moment to speak
    let mut next_week = announcement("story-time", "2026-12-03", "remind", "town", "2026-12-08 12:00", "2026-12-10 10:30");
    next_week.id = story_time().id;
    assert_eq!(Case::at("2026-12-02 10:00").one(&schedule(&[next_week]), &[missed]).unwrap().state, State::Scheduled);
}

#[test]
fn what_was_withdrawn_comes_back_with_the_plan() {
    let gone = over(&story_time(), State::Withdrawn, "2026-11-25 09:00");
    assert_eq!(Case::at("2026-11-30 09:00").one(&schedule(&[story_time()]), &[gone.clone()]).unwrap().state, State::Scheduled);
    assert_eq!(Case::at("2026-12-02 09:00").one(&schedule(&[story_time()]), &[gone]), None);
}

#[test]
fn what_the_schedule_skips_is_written_down_with_its_reason() {
    let mut plan = schedule(&[story_time()]);
    plan.announcements.clear();
    plan.skipped.push(skipped(&story_time(), "entered late"));
    for rows in [vec![], vec![row(&story_time())], vec![over(&story_time(), State::Withdrawn, "2026-11-25 09:00")]] {
        let after = Case::at("2026-11-30 09:00").one(&plan, &rows).unwrap();
        assert_eq!((after.state, after.reason.as_deref()), (State::Skipped, Some("entered late")));
    }
    assert_eq!(Case::at("2026-11-30 09:00").one(&plan, &[sent(&story_time())]), None);
}

#[test]
fn what_fell_due_before_a_channel_was_started_is_never_posted() {
    let mut case = Case::at("2026-12-01 14:00");
    case.channel = Some(ChannelState::Since(at("2026-12-01 13:00")));
    for rows in [vec![], vec![row(&story_time())]] {
        let after = case.one(&schedule(&[story_time()]), &rows).unwrap();
        assert_eq!(after.state, State::Skipped);
        assert_eq!(after.reason.as_deref(), Some("it fell due before its channel was started here"));
    }
    // nor when the plan would say it late
    let mut late = story_time();
    late.due = at("2026-12-01 15:00");
    assert_eq!(case.one(&schedule(&[late.clone()]), &[over(&late, State::Skipped, "2026-12-01 13:00")]), None);
    // what was entered after the start may be said late
    assert_eq!(case.one(&schedule(&[late]), &[]).unwrap().state, State::Scheduled);
}

#[test]
fn a_channel_that_was_not_started_queues_and_then_misses_with_that_reason() {
    let mut case = Case::at("2026-11-30 09:00");
    case.channel = Some(ChannelState::NotStarted);
    assert_eq!(case.one(&schedule(&[story_time()]), &[]).unwrap().state, State::Scheduled);
    case.now = "2026-12-02 09:00";
    let after = case.one(&schedule(&[story_time()]), &[row(&story_time())]).unwrap();
    assert_eq!(after.state, State::Missed);
    assert!(after.reason.unwrap().ends_with("until then: `town` is not started in this outbox"));
}

#[test]
fn a_channel_that_is_gone_from_site_toml_withdraws_its_posts() {
    let mut case = Case::at("2026-11-30 09:00");
    case.channel = None;
    let mut empty = schedule(&[story_time()]);
    empty.announcements.clear();
    let after = case.one(&empty, &[row(&story_time())]).unwrap();
    assert_eq!((after.state, after.reason.as_deref()), (State::Withdrawn, Some("site.toml has no channel `town` any more")));
}

#[test]
fn a_rehearsal_touches_no_row_of_a_real_channel() {
    let mut case = Case::at("2030-01-01 09:00");
    case.channel = Some(ChannelState::NotRehearsed);
    assert_eq!(case.one(&schedule(&[]), &[row(&story_time())]), None);
    assert_eq!(case.one(&schedule(&[story_time()]), &[]), None);
    assert!(case.expire(&[row(&story_time())]).is_empty());
}

#[test]
fn content_with_errors_changes_nothing_but_what_time_does() {
    let rows = [row(&story_time()), sent(&story_time()), over(&story_time(), State::Withdrawn, "2026-11-25 09:00")];
    assert!(Case::at("2026-12-01 18:00").expire(&rows).is_empty());
    assert_eq!(Case::at("2026-12-01 18:01").expire(&rows).len(), 1);
}

#[test]
fn doubt_is_never_resolved_by_content() {
    for state in [State::Sending, State::Unknown, State::Failed] {
        let known = Row { state, ..tried(&story_time(), at("2026-12-01 12:00")) };
        for plan in [schedule(&[other_words(&story_time())]), Schedule { announcements: Vec::new(), ..schedule(&[story_time()]) }] {
            assert_eq!(Case::at("2026-12-05 09:00").one(&plan, &[known.clone()]), None);
        }
    }
}
