//! A small library for tests, made by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Revisions, Site, plan};
use crate::calendar::{
    Duration, Hours, Interval, Language, NaiveDate, NaiveDateTime, Now, Pattern, RecurrenceRule, Special, SpecialDays, Zone, resolve,
};
use crate::diagnostic::FileId;
use crate::library::{
    Body, Branch, Change, Entry, Event, EventId, EventKind, Library, News, Page, PagePath, Place, Program, Promote, Slug, Sort, Status,
    StreetAddress,
};
use crate::settings::{CalendarSettings, LibraryHours, MenuItem, MenuName, OutreachSettings, Settings, SiteSettings, Terms};
use crate::source::{Files, Store};
use crate::theme;

pub(super) fn zone() -> Zone {
    Zone::named("America/New_York").unwrap()
}

pub(super) fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn now(text: &str) -> Now {
    Now::new(resolve(local(text), zone()).instant().to_utc(), zone())
}

pub(super) fn slug(text: &str) -> Slug {
    Slug::new(text).unwrap()
}

pub(super) fn entry(folder: &str, name: &str, title: &str) -> Entry {
    let folders: Vec<&str> = [folder, name].into_iter().filter(|part| !part.is_empty()).collect();
    Entry {
        file: FileId::new(format!("content/{}.md", folders.join("/"))),
        slug: slug(name),
        path: PagePath::page(folders),
        aliases: Vec::new(),
        title: title.to_owned(),
        summary: None,
        description: None,
        image: None,
        featured: false,
        gone_at: None,
        language: None,
        terms: Vec::new(),
        body: Body { html: Arc::from(format!("<p>About {title}.</p>\n")), first_paragraph: format!("About {title}."), ..Body::default() },
    }
}

/// A page that is nothing more special.
pub(super) fn plain_page(entry: Entry) -> Page {
    Page {
        entry,
        order: 0,
        sort: Sort::Order,
        date: None,
        updated: None,
        audience: Vec::new(),
        topics: Vec::new(),
        menu: None,
        record: None,
    }
}

/// An event of an hour in the main library; `rule` may be empty.
pub(super) fn event(name: &str, title: &str, starts: &str, rule: &str) -> Event {
    Event {
        entry: entry("events", name, title),
        id: EventId::new(&slug(name)),
        kind: EventKind::Event,
        pattern: Pattern {
            starts: local(starts),
            rule: (!rule.is_empty()).then(|| RecurrenceRule::parse(rule).unwrap()),
            skips: BTreeSet::new(),
            adds: BTreeSet::new(),
        },
        lasts: Some(Duration::minutes(60)),
        place: Place { branch: Some(slug("main")), room: Some("Room 1".to_owned()), ..Place::default() },
        audience: vec![slug("toddlers")],
        topics: Vec::new(),
        program: None,
        register: None,
        cost: None,
        presenters: Vec::new(),
        sponsors: Vec::new(),
        contact: None,
        access: None,
        status: Status::Scheduled,
        note: None,
        changes: BTreeMap::new(),
        on_closing: None,
        closings: None,
        promote: Promote::Default,
        attendance: BTreeMap::new(),
    }
}

fn branch(name: &str, title: &str) -> Branch {
    let span = |opens: &str, closes: &str| Interval { opens: opens.parse().unwrap(), closes: closes.parse().unwrap() };
    let weekday = vec![span("10:00:00", "20:00:00")];
    let weekly = [
        weekday.clone(),
        weekday.clone(),
        weekday.clone(),
        weekday,
        vec![span("10:00:00", "12:00:00"), span("13:00:00", "17:00:00")],
        vec![],
        vec![],
    ];
    let (when, reason) = (SpecialDays::One(day("2026-12-25")), Some("Christmas Day".to_owned()));
    let christmas = Special { when, intervals: Vec::new(), reason, events: None };
    Branch {
        entry: entry("branches", name, title),
        address: Some(StreetAddress {
            street: Some("12 Mill Street".to_owned()),
            city: Some("Stonebridge".to_owned()),
            ..StreetAddress::default()
        }),
        phone: Some("518-555-0100".to_owned()),
        email: None,
        rooms: vec!["Room 1".to_owned()],
        hours: Arc::new(Hours::new(weekly).with_closings(vec![christmas], Vec::new())),
        access: None,
    }
}

/// Story time every Thursday (one date cancelled, one moved, one skipped), a talk on one day, a program, a branch, a post, two pages.
pub(super) fn library() -> Library {
    let mut story = event("story-time", "Story Time", "2026-12-03 10:30", "FREQ=WEEKLY;UNTIL=20270325");
    story.program = Some(slug("stories"));
    story.pattern.skips.insert(day("2026-12-24"));
    story.entry.summary = Some("Songs & rhymes, for ages 1 to 3".to_owned());
    let snow = Change { status: Some(Status::Cancelled), note: Some("Snow day.".to_owned()), ..Change::default() };
    let moved = Change { starts: Some(local("2027-01-07 11:00")), room: Some("Garden".to_owned()), ..Change::default() };
    story.changes = [((day("2026-12-17"), 0), snow), ((day("2027-01-07"), 0), moved)].into();
    let mut talk = event("talk", "The Bridge", "2026-12-10 19:00", "");
    talk.entry.aliases = vec![PagePath::page(["bridge-talk"])];
    talk.program = Some(slug("stories"));
    talk.entry.featured = true;
    let mut rooms = entry("visit", "rooms", "Rooms");
    rooms.file = FileId::new("content/visit/rooms.md");
    Library {
        zone: zone(),
        events: vec![Arc::new(story), Arc::new(talk)],
        programs: vec![Arc::new(Program {
            entry: entry("programs", "stories", "Stories"),
            order: 0,
            audience: Vec::new(),
            topics: Vec::new(),
            contact: None,
        })],
        branches: vec![Arc::new(branch("main", "Main Library"))],
        news: vec![Arc::new(News {
            entry: entry("news", "carpet", "New carpet"),
            date: day("2026-11-20"),
            updated: None,
            author: None,
            audience: Vec::new(),
            topics: Vec::new(),
        })],
        banners: Vec::new(),
        pages: vec![Arc::new(plain_page(entry("visit", "rooms", "Rooms"))), Arc::new(plain_page(entry("", "visit", "Visit us")))],
        home: None,
        held: Vec::new(),
        silences: Vec::new(),
        moments: BTreeSet::new(),
        copied: BTreeMap::new(),
        tables: BTreeMap::new(),
    }
}

pub(super) fn settings() -> Settings {
    Settings {
        site: SiteSettings {
            title: "Stonebridge Public Library".to_owned(),
            tagline: None,
            base_url: "https://library.example.org".to_owned(),
            zone: zone(),
            language: "en".to_owned(),
            theme: "reading-room".to_owned(),
            theme_span: 0..0,
            email: None,
            phone: None,
        },
        menu: vec![MenuItem {
            label: "Visit".to_owned(),
            to: "content/visit.md".to_owned(),
            span: 0..0,
            menu: MenuName::Main,
            under: None,
        }],
        calendar: CalendarSettings { behind: 1, ahead: 3, week_starts: crate::calendar::Weekday::Sun, on_closing: None },
        hours: LibraryHours::default(),
        markdown: crate::settings::MarkdownSettings::default(),
        audiences: Terms(vec![(slug("toddlers"), "Toddlers".to_owned())]),
        topics: Terms::default(),
        taxonomies: Vec::new(),
        access: crate::settings::AccessSettings::default(),
        survey: crate::settings::SurveySettings::default(),
        channels: Vec::new(),
        outreach: OutreachSettings {
            plan: None,
            quiet: None,
            daily_limit: 4,
            spacing: Duration::zero(),
            grace: Duration::zero(),
            plans: BTreeMap::new(),
        },
    }
}

/// What pages say by themselves, in English.
pub(super) fn words() -> Arc<theme::Words> {
    let (theme, _) = theme::load(&Files::default(), &settings());
    Arc::clone(theme.words(Language::English))
}

/// A store without any file.
pub(super) struct Empty;

impl Store for Empty {
    fn bytes(&self, _: &FileId) -> Result<Vec<u8>, String> {
        Err("there is none".to_owned())
    }
}

pub(super) fn site_of(library: &Library, settings: &Settings, revisions: &Revisions, at: &str) -> Site {
    let files = Files::default();
    let (theme, wrong) = theme::load(&files, settings);
    assert!(wrong.is_empty(), "{wrong:?}");
    plan(library, &theme, settings, &files, revisions, now(at))
}

pub(super) fn page(site: &Site, address: &str) -> String {
    let recipe = site.recipe(address).unwrap_or_else(|| panic!("no {address}"));
    String::from_utf8(site.cook(recipe, &Empty).unwrap_or_else(|wrong| panic!("{wrong:?}"))).unwrap()
}
