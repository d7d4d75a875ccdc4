//! Planning and cooking a library of ten thousand events: `cargo bench --bench build`.
//!
//! Planning lays down every page and its fingerprint, which is all that a build does when nothing changed; cooking makes every file.
//! Pictures are left out: they have measures of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use divan::Bencher;
use handbill::calendar::{Duration, Hours, Interval, NaiveDate, Now, Pattern, RecurrenceRule, plus_days};
use handbill::diagnostic::FileId;
use handbill::library::{Body, Branch, Entry, Event, EventId, Library, PagePath, Place, Program, Promote, Slug, Status, StreetAddress};
use handbill::settings::{self, Settings};
use handbill::site::{Recipe, Revisions, Site, plan};
use handbill::source::{Files, Store};
use handbill::theme::{self, Theme};
use rayon::prelude::*;

const EVENTS: usize = 10_000;
const SITE: &str =
    "[site]\ntitle = \"Stonebridge County Library\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\n";

fn main() {
    divan::main();
}

struct Kitchen {
    library: Library,
    settings: Settings,
    theme: Theme,
    files: Files,
    now: Now,
}

struct Empty;

impl Store for Empty {
    fn bytes(&self, _: &FileId) -> Result<Vec<u8>, String> {
        Err("there is none".to_owned())
    }
}

impl Kitchen {
    fn new() -> Kitchen {
        let settings = settings::read(&FileId::new("site.toml"), SITE).0.expect("the settings");
        let files = Files::default();
        let (theme, _) = theme::load(&files, &settings);
        let today: NaiveDate = "2026-12-01".parse().expect("a date");
        let noon = today.and_hms_opt(17, 0, 0).expect("a time").and_utc();
        Kitchen { library: library(&settings, today), theme, files, now: Now::new(noon, settings.site.zone), settings }
    }

    fn plan(&self, revisions: &Revisions) -> Site {
        plan(&self.library, &self.theme, &self.settings, &self.files, revisions, self.now)
    }
}

fn slug(text: &str) -> Slug {
    Slug::new(text).expect("a slug")
}

fn entry(folder: &str, name: &str, title: String) -> Entry {
    let words = "The library opens its doors to everybody who likes to listen, to read and to ask questions about it. ".repeat(3);
    let html: String = (0..5).map(|_| format!("<p>{words}<a href=\"/events/\">See what is on</a>.</p>\n")).collect();
    Entry {
        file: FileId::new(format!("content/{folder}/{name}.md")),
        slug: slug(name),
        path: PagePath::page([folder, name]),
        aliases: Vec::new(),
        title,
        summary: Some("Songs, rhymes and picture books for ages 1 to 3 with a grown-up.".to_owned()),
        description: None,
        image: None,
        featured: false,
        body: Body { html: Arc::from(html), ..Body::default() },
    }
}

/// Nine of ten events take place once, within a year of today; the tenth is weekly for a season.
fn library(settings: &Settings, today: NaiveDate) -> Library {
    let audiences: Vec<Slug> = settings.audiences.0.iter().map(|(slug, _)| slug.clone()).collect();
    let span = |opens: u32, closes: u32| {
        let hour = |hour| chrono_time(hour);
        Interval { opens: hour(opens), closes: hour(closes) }
    };
    let branches: Vec<Arc<Branch>> = (0..12)
        .map(|nth| {
            Arc::new(Branch {
                entry: entry("branches", &format!("branch-{nth:02}"), format!("Branch number {nth}")),
                address: Some(StreetAddress {
                    street: Some(format!("{nth} Mill Street")),
                    city: Some("Stonebridge".to_owned()),
                    ..StreetAddress::default()
                }),
                phone: Some("518-555-0100".to_owned()),
                email: None,
                rooms: Vec::new(),
                hours: Hours { weekly: std::array::from_fn(|_| vec![span(10, 20)]), special: Vec::new() },
                access: None,
            })
        })
        .collect();
    let event = |nth: usize| {
        let name = format!("event-{nth:05}");
        let day = plus_days(today, i64::try_from(nth * 7919 % 730).unwrap_or(0) - 365);
        let rule = (nth % 10 == 0).then(|| RecurrenceRule::parse("FREQ=WEEKLY;COUNT=13").expect("a rule"));
        Arc::new(Event {
            entry: entry("events", &name, format!("Story time and songs number {nth}")),
            id: EventId::new(&slug(&name)),
            pattern: Pattern {
                starts: day.and_time(chrono_time(u32::try_from(9 + nth % 10).unwrap_or(9))),
                rule,
                skips: BTreeSet::new(),
                adds: BTreeSet::new(),
            },
            lasts: Some(Duration::minutes(45)),
            place: Place {
                branch: Some(branches[nth % branches.len()].entry.slug.clone()),
                room: Some("Children’s Room".to_owned()),
                ..Place::default()
            },
            audience: vec![audiences[nth % audiences.len()].clone()],
            topics: Vec::new(),
            program: Some(slug(&format!("program-{:02}", nth % 60))),
            register: None,
            cost: Some("Free".to_owned()),
            presenter: None,
            contact: None,
            status: Status::Scheduled,
            note: None,
            changes: BTreeMap::new(),
            promote: Promote::Default,
        })
    };
    let program = |nth: usize| Program {
        entry: entry("programs", &format!("program-{nth:02}"), format!("Program number {nth}")),
        audience: Vec::new(),
        topics: Vec::new(),
        contact: None,
    };
    Library {
        zone: settings.site.zone,
        events: (0..EVENTS).map(event).collect(),
        programs: (0..60).map(|nth| Arc::new(program(nth))).collect(),
        branches,
        news: Vec::new(),
        pages: Vec::new(),
        home: None,
        held: Vec::new(),
        copied: BTreeMap::new(),
    }
}

fn chrono_time(hour: u32) -> handbill::calendar::NaiveTime {
    handbill::calendar::NaiveTime::from_hms_opt(hour, 0, 0).expect("a time")
}

/// What a build does when nothing changed: everything but making files.
#[divan::bench(sample_count = 10)]
fn planning(bencher: Bencher<'_, '_>) {
    let kitchen = Kitchen::new();
    let revisions = kitchen.plan(&Revisions::default()).revisions().clone();
    bencher.bench_local(|| kitchen.plan(&revisions));
}

/// Every file, on all cores.
#[divan::bench(sample_count = 10)]
fn cooking(bencher: Bencher<'_, '_>) {
    let kitchen = Kitchen::new();
    let site = kitchen.plan(&Revisions::default());
    bencher.bench_local(|| site.recipes().par_iter().map(|recipe| cooked(&site, recipe)).sum::<usize>());
}

/// Every file, one after the other: processor time.
#[divan::bench(sample_count = 5)]
fn cooking_on_one_core(bencher: Bencher<'_, '_>) {
    let kitchen = Kitchen::new();
    let site = kitchen.plan(&Revisions::default());
    bencher.bench_local(|| site.recipes().iter().map(|recipe| cooked(&site, recipe)).sum::<usize>());
}

fn cooked(site: &Site, recipe: &Recipe) -> usize {
    site.cook(recipe, &Empty).expect("a file").len()
}
