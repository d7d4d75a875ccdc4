//! What is said, where and when: plans, moments, words. Everything here is pure; no post is sent.

use std::collections::BTreeMap;
use std::sync::Arc;

use handbill::calendar::{self, DateTime, Duration, NaiveDate, Now, Utc, Zone};
use handbill::content::{self, Drafts};
use handbill::diagnostic::FileId;
use handbill::library::Library;
use handbill::outreach::{Announcement, Brief, Moved, PostTexts, Said, Schedule, Stage, Window, measure, schedule};
use handbill::profile::{LinkCards, Profile, Profiles, TextLimit, Unit};
use handbill::settings::{self, Settings};
use handbill::source::Files;
use proptest::prelude::*;

const SITE: &str = r#"
[site]
title = "Millbrook Library"
base_url = "https://library.example.org"
timezone = "America/New_York"
[topics]
stories = "Story time"
books = "Books"
[[channels]]
name = "wall"
platform = "practice"
[outreach]
plan = "standard"
"#;

const STANDARD: &str = r#"
quiet = "none"
daily_limit = 50
spacing = "0m"
grace = "6h"
[outreach.plans.standard]
waves = [
  { name = "announce", before = "14 days", at = "09:30", once = true },
  { name = "remind", before = "2 days", at = "12:00", at_most = "1 in 3 weeks" },
  { name = "today", before = "0 days", at = "08:30" },
]
"#;

const TEXTS: [(&str, &str); 3] = [
    ("announce", "{{ title }}: {% if repeats %}{{ repeats }}, from {{ date }}{% else %}{{ when }}{% endif %}.\n\n{{ summary }}"),
    ("remind", "{{ title }} is {{ day | relative }}, {{ time }}.\n\n{{ summary }}"),
    ("today", "Today at {{ time }}: {{ title }}"),
];

const BRANCH: (&str, &str) = ("content/branches/main.md", "---\ntitle: Main Library\nhours: { mon-sun: 9:00-21:00 }\n---\n");

/// A library in a few words: rules in site.toml, events by file name.
struct Town {
    rules: String,
    events: BTreeMap<String, String>,
    limit: TextLimit,
}

impl Town {
    fn new() -> Town {
        let limit = TextLimit { most: 500, unit: Unit::Graphemes, link: Some(23), bytes: None };
        Town { rules: STANDARD.to_owned(), events: BTreeMap::new(), limit }
    }

    fn rules(mut self, from: &str, to: &str) -> Town {
        assert!(self.rules.contains(from), "no {from:?} in the rules");
        self.rules = self.rules.replace(from, to);
        self
    }

    fn event(mut self, name: &str, front_matter: &str) -> Town {
        self.events.insert(format!("content/events/{name}.md"), format!("---\n{front_matter}\n---\n"));
        self
    }

    fn read(&self) -> Reading {
        let (settings, wrong) = settings::read(&FileId::new("site.toml"), &format!("{SITE}{}", self.rules));
        assert!(!wrong.has_errors(), "{wrong:?}");
        let settings = settings.unwrap();
        let events = self.events.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        let files = Files::of_texts(events.chain([BRANCH]));
        let (library, wrong) = content::read(&files, &settings, Drafts::LeftOut, now("2026-11-01 00:00"));
        assert!(!wrong.has_errors(), "{wrong:?}");
        let sources: Vec<(&str, FileId, &str)> =
            TEXTS.iter().map(|(wave, text)| (*wave, FileId::new(format!("announce/{wave}.txt")), *text)).collect();
        let (texts, wrong) = PostTexts::new(sources.iter().map(|(wave, file, text)| (*wave, file, *text)));
        assert!(wrong.is_empty(), "{wrong:?}");
        let profile = Profile {
            name: "practice",
            text: self.limit,
            pictures: None,
            link_card: LinkCards::Theirs,
            thumbnail_bytes: 0,
            settle: Duration::zero(),
            request: Duration::seconds(1),
        };
        let profiles = Profiles(settings.channels.iter().map(|channel| (channel.name.to_string(), Arc::new(profile.clone()))).collect());
        Reading { settings, library, texts, profiles }
    }

    fn plan(&self, at: &str, days: u32) -> Schedule {
        self.plan_knowing(&[], at, days)
    }

    fn plan_knowing(&self, said: &[Said], at: &str, days: u32) -> Schedule {
        let reading = self.read();
        let (schedule, wrong) = schedule(&reading.brief(), said, now(at), Window { days });
        assert!(wrong.is_empty(), "{wrong:?}");
        schedule
    }

    /// The plan as a person would note it: local time, wave, what, and why it moved.
    fn notes(&self, at: &str, days: u32) -> String {
        notes(&self.plan(at, days))
    }
}

struct Reading {
    settings: Settings,
    library: Library,
    texts: PostTexts,
    profiles: Profiles,
}

impl Reading {
    fn brief(&self) -> Brief<'_> {
        Brief { library: &self.library, texts: &self.texts, settings: &self.settings, profiles: &self.profiles }
    }
}

fn zone() -> Zone {
    Zone::named("America/New_York").unwrap()
}

fn instant(local: &str) -> DateTime<Utc> {
    calendar::resolve(calendar::parse_date_time(local).unwrap(), zone()).instant().with_timezone(&Utc)
}

fn now(local: &str) -> Now {
    Now::new(instant(local), zone())
}

fn local(at: DateTime<Utc>) -> String {
    at.with_timezone(&zone()).format("%m-%d %H:%M").to_string()
}

fn notes(schedule: &Schedule) -> String {
    let line = |post: &Announcement| {
        let moved = post.moved.as_ref().map(|Moved { from, why }| format!(" (from {}: {why})", local(*from))).unwrap_or_default();
        format!("{} {} {}{moved}\n", local(post.due), post.wave, post.occasion)
    };
    let skipped = schedule.skipped.iter().map(|skipped| format!("skipped {} {}: {}\n", skipped.wave, skipped.occasion, skipped.why));
    schedule.announcements.iter().map(line).chain(skipped).collect()
}

fn known(post: &Announcement, stage: Stage) -> Said {
    Said {
        id: post.id,
        channel: post.channel.clone(),
        occasion: post.occasion.clone(),
        wave: post.wave.clone(),
        ideal: post.ideal,
        slot: post.due,
        why: post.moved.as_ref().map(|moved| moved.why.clone()),
        stage,
    }
}

#[test]
fn a_series_is_announced_once_reminded_now_and_then_and_named_on_its_day() {
    let town = Town::new().event("story-time", "title: Story Time\nstarts: 2026-12-03 10:30\nrepeats: every Thursday");
    insta::assert_snapshot!(town.notes("2026-11-19 08:00", 32), @r"
    11-19 09:30 announce story-time
    12-01 12:00 remind story-time@2026-12-03
    12-03 08:30 today story-time@2026-12-03
    12-10 08:30 today story-time@2026-12-10
    12-17 08:30 today story-time@2026-12-17
    ");
}

#[test]
fn the_reminder_takes_the_first_date_of_a_period_that_goes_ahead() {
    let town = Town::new().event(
        "story-time",
        "title: Story Time\nstarts: 2026-12-03 10:30\nrepeats: every Thursday\nchanges: { 2026-12-03: { status: cancelled, note: Snow. } }",
    );
    let notes = town.notes("2026-11-27 08:00", 30);
    assert!(notes.contains("12-08 12:00 remind story-time@2026-12-10"), "{notes}");
    assert!(!notes.contains("2026-12-03"), "{notes}");
}

#[test]
fn nothing_is_said_of_what_is_cancelled_postponed_full_or_over() {
    for status in ["cancelled", "postponed", "full"] {
        let town = Town::new().event("talk", &format!("title: Talk\nstarts: 2026-12-03 10:30\nstatus: {status}"));
        assert_eq!(town.notes("2026-11-19 08:00", 30), "", "{status}");
    }
    let town = Town::new().event("early", "title: Early\nstarts: 2026-12-03 07:00");
    assert!(!town.notes("2026-12-03 07:30", 3).contains("today"), "it began before the wave's moment");
}

#[test]
fn a_moved_date_moves_its_posts_and_keeps_their_names() {
    let before = Town::new().event("talk", "title: Talk\nstarts: 2026-12-03 10:30").plan("2026-11-19 08:00", 40);
    let after = Town::new().event("talk", "title: Talk, by lamplight\nstarts: 2026-12-10 19:00").plan("2026-11-19 08:00", 40);
    let names = |schedule: &Schedule| {
        let mut ids: Vec<_> = schedule.announcements.iter().map(|post| (post.wave.clone(), post.id)).collect();
        ids.sort();
        ids
    };
    assert_eq!(names(&before), names(&after));
    assert_eq!(notes(&after), "11-26 09:30 announce talk\n12-08 12:00 remind talk\n12-10 08:30 today talk\n");
}

#[test]
fn quiet_hours_and_the_daily_limit_move_a_post_and_say_why() {
    let town = Town::new()
        .rules("quiet = \"none\"", "quiet = \"20:00-09:00\"")
        .rules("daily_limit = 50", "daily_limit = 2")
        .event("a", "title: A\nstarts: 2026-12-03 12:00\npromote: standard")
        .event("b", "title: B\nstarts: 2026-12-03 13:00")
        .event("c", "title: C\nstarts: 2026-12-03 14:00");
    let notes = town.notes("2026-12-03 00:30", 0);
    insta::assert_snapshot!(notes, @r"
    12-03 09:00 today a (from 12-03 08:30: quiet hours)
    12-03 09:00 today b (from 12-03 08:30: quiet hours)
    skipped today c: 2 posts a day is the limit, and there is no other time before the event begins
    ");
}

#[test]
fn posts_keep_their_distance() {
    let town = Town::new()
        .rules("spacing = \"0m\"", "spacing = \"45m\"")
        .event("a", "title: A\nstarts: 2026-12-03 12:00")
        .event("b", "title: B\nstarts: 2026-12-03 13:00");
    let schedule = town.plan("2026-12-03 00:30", 0);
    let due: Vec<String> = schedule.announcements.iter().map(|post| local(post.due)).collect();
    assert_eq!(due, ["12-03 08:30", "12-03 09:15"]);
    assert_eq!(schedule.announcements[1].moved.as_ref().unwrap().why, "45 minutes between two posts");
}

#[test]
fn a_slot_once_given_stays_when_another_event_comes_in_between() {
    let alone = Town::new().rules("spacing = \"0m\"", "spacing = \"45m\"").event("b", "title: B\nstarts: 2026-12-03 13:00");
    let given: Vec<Said> = alone.plan("2026-12-02 09:00", 1).announcements.iter().map(|post| known(post, Stage::Waiting)).collect();
    let both = alone.event("a", "title: A\nstarts: 2026-12-03 12:00");
    let schedule = both.plan_knowing(&given, "2026-12-02 10:00", 1);
    let today: Vec<String> = schedule
        .announcements
        .iter()
        .filter(|post| post.wave == "today")
        .map(|post| format!("{} {}", local(post.due), post.occasion))
        .collect();
    assert_eq!(today, ["12-03 08:30 b", "12-03 09:15 a"]);
}

#[test]
fn posts_that_are_late_keep_their_distance_too() {
    let town = Town::new()
        .rules("spacing = \"0m\"", "spacing = \"45m\"")
        .event("a", "title: A\nstarts: 2026-12-03 14:00")
        .event("b", "title: B\nstarts: 2026-12-03 15:00");
    let given: Vec<Said> = town.plan("2026-12-03 00:30", 0).announcements.iter().map(|post| known(post, Stage::Waiting)).collect();
    let late = town.plan_knowing(&given, "2026-12-03 12:00", 0);
    assert_eq!(notes(&late), "12-03 08:30 today a\n12-03 12:45 today b (from 12-03 08:30: 45 minutes between two posts)\n");
}

#[test]
fn what_is_entered_late_is_announced_at_once_if_it_is_more_than_a_day_ahead() {
    let town = Town::new().event("talk", "title: Talk\nstarts: 2026-12-03 10:30");
    assert!(town.notes("2026-11-25 10:00", 0).starts_with("11-25 10:00 announce talk (from 11-19 09:30: entered late)"));
    assert_eq!(
        town.notes("2026-12-02 12:00", 0),
        "12-01 12:00 remind talk\n".replace("12-01 12:00 remind talk\n", ""),
        "less than a day ahead"
    );
}

#[test]
fn a_post_keeps_its_hour_when_the_clocks_change() {
    let town = Town::new().event("walk", "title: Walk\nstarts: 2027-03-10 10:00\nrepeats: every day until 2027-03-17");
    let schedule = town.plan("2027-03-12 00:00", 4);
    let days: Vec<(String, u32)> = schedule
        .announcements
        .iter()
        .filter(|post| post.wave == "today")
        .map(|post| (local(post.due), calendar::Timelike::hour(&post.due)))
        .collect();
    assert_eq!(days[1], ("03-13 08:30".to_owned(), 13));
    assert_eq!(days[2], ("03-14 08:30".to_owned(), 12), "the clocks went forward");
}

#[test]
fn tomorrow_is_reckoned_from_the_day_on_which_the_post_goes_out() {
    let town = Town::new().event("talk", "title: Talk\nstarts: 2026-12-03 10:30\nends: 11:30");
    let text = |at: &str| {
        let schedule = town.plan(at, 10);
        schedule
            .announcements
            .iter()
            .find(|post| post.wave == "remind")
            .map(|post| post.post.text.lines().next().unwrap_or_default().to_owned())
    };
    assert_eq!(text("2026-11-30 08:00").as_deref(), Some("Talk is on Thursday, 10:30–11:30 am."));
    let late = Town { rules: town.rules.replace("grace = \"6h\"", "grace = \"30h\""), ..Town::new() }
        .event("talk", "title: Talk\nstarts: 2026-12-03 10:30\nends: 11:30");
    let schedule = late.plan("2026-12-02 09:00", 10);
    let remind = schedule.announcements.iter().find(|post| post.wave == "remind").unwrap();
    assert!(remind.post.text.starts_with("Talk is tomorrow, 10:30–11:30 am."), "{}", remind.post.text);
}

#[test]
fn a_post_text_that_asks_for_what_is_not_there_is_refused_with_the_nearest_name() {
    let file = FileId::new("announce/today.txt");
    let (_, wrong) = PostTexts::new([("today", &file, "{% if titel %}{{ title }}{% endif %}")]);
    let wrong = wrong.sorted();
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].message, "a post text knows no `titel`");
    assert_eq!(wrong[0].help.as_deref(), Some("did you mean `title`?"));
    assert_eq!(wrong[0].at.as_ref().unwrap().span, 6..11);
}

fn title() -> impl Strategy<Value = String> {
    "[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ 0-9&'’🙂👨‍👩‍👧‍👦]{0,60}[a-z]"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_words_make_a_post_that_fits_and_keeps_its_link_whole(title in title(), summary in "[\\PC&&[^\\\\\"]]{0,900}", most in 180_usize..520, full in any::<bool>()) {
        let mut town = Town::new().event("talk", &format!("title: \"{title}\"\nsummary: \"{summary}\"\nstarts: 2026-12-03 10:30\ntopics: [stories, books]"));
        town.limit = TextLimit { most, unit: Unit::Graphemes, link: if full { None } else { Some(23) }, bytes: Some(3_000) };
        for post in town.plan("2026-11-19 08:00", 30).announcements {
            prop_assert!(measure(&post.post.text, &town.limit) <= most);
            prop_assert!(post.post.text.contains("https://library.example.org/events/talk/"));
            prop_assert!(post.post.text.contains(&title));
            for mark in &post.post.marks {
                prop_assert!(post.post.text.get(mark.range.clone()).is_some());
            }
        }
    }

    #[test]
    fn editing_words_times_and_file_names_announces_nothing_anew(title in title(), hour in 9_u32..20, file in "[a-z]{3,9}") {
        let written = |name: &str, title: &str, hour: u32| {
            Town::new().event(name, &format!("id: story-time\ntitle: \"{title}\"\nstarts: 2026-12-03 {hour}:30\nrepeats: every Thursday until 2027-01-28"))
        };
        let ids = |town: &Town| {
            let mut ids: Vec<_> = town.plan("2026-11-01 00:00", 120).announcements.iter().map(|post| post.id).collect();
            ids.sort();
            ids
        };
        prop_assert_eq!(ids(&written("story-time", "Story Time", 10)), ids(&written(&file, &title, hour)));
    }

    #[test]
    fn nothing_is_planned_after_its_event_and_no_rule_is_broken(
        starts in prop::collection::vec((0_i64..20, 7_u32..22, any::<bool>()), 1..12),
        limit in 1_u32..4, spacing in 0_i64..120, at in 0_i64..20,
    ) {
        let mut town = Town::new()
            .rules("quiet = \"none\"", "quiet = \"21:00-08:00\"")
            .rules("daily_limit = 50", &format!("daily_limit = {limit}"))
            .rules("spacing = \"0m\"", &format!("spacing = \"{spacing}m\""));
        let first = NaiveDate::from_ymd_opt(2026, 10, 25).unwrap();
        for (number, (day, hour, weekly)) in starts.iter().enumerate() {
            let day = calendar::plus_days(first, *day);
            let repeats = if *weekly { "repeats: weekly" } else { "cost: free" };
            town = town.event(&format!("event-{number}"), &format!("title: Event {number}\nstarts: {day} {hour}:00\n{repeats}"));
        }
        let now_day = calendar::plus_days(first, at);
        let schedule = town.plan(&format!("{now_day} 10:00"), 14);
        let mut per_day: BTreeMap<NaiveDate, u32> = BTreeMap::new();
        let mut before: Option<DateTime<Utc>> = None;
        for post in &schedule.announcements {
            prop_assert!(post.due < post.until, "{} after its event", post.occasion);
            if post.due < instant(&format!("{now_day} 10:00")) {
                continue;
            }
            let local = post.due.with_timezone(&zone());
            let hour = calendar::Timelike::hour(&local);
            prop_assert!((8..21).contains(&hour), "in quiet hours: {}", local);
            *per_day.entry(local.date_naive()).or_default() += 1;
            if let Some(before) = before {
                prop_assert!(post.due - before >= Duration::minutes(spacing), "too near: {}", local);
            }
            before = Some(post.due);
        }
        prop_assert!(per_day.values().all(|posts| *posts <= limit), "{per_day:?}");
    }
}
