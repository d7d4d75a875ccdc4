//! Reading, planning and cooking a library of ten thousand events: `cargo bench --bench build`.
//!
//! Planning lays down every page and its fingerprint: reading and planning are all that a build does when nothing changed. Cooking makes
//! every file. Pictures are left out: they have measures of their own.
#![expect(clippy::unwrap_used, reason = "a measure that cannot begin may stop")]

use std::fmt::Write;

use divan::Bencher;
use handbill::calendar::{NaiveDate, Now, plus_days};
use handbill::content::{self, Drafts};
use handbill::diagnostic::FileId;
use handbill::library::Library;
use handbill::settings::{self, Settings};
use handbill::site::{Recipe, Revisions, Site, plan};
use handbill::source::{Files, Store};
use handbill::theme::{self, Theme};
use rayon::prelude::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EVENTS: usize = 10_000;
const BRANCHES: usize = 12;
const PROGRAMS: usize = 60;
const SITE: &str =
    "[site]\ntitle = \"Stonebridge County Library\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\n";
const AUDIENCES: [&str; 5] = ["toddlers", "children", "teens", "adults", "families"];

fn main() {
    divan::main();
}

/// Everything that a plan is made from.
struct County {
    files: Files,
    settings: Settings,
    library: Library,
    theme: Theme,
    now: Now,
}

impl County {
    fn new() -> County {
        let settings = settings::read(&FileId::new("site.toml"), SITE).0.unwrap();
        let today: NaiveDate = "2026-12-01".parse().unwrap();
        let files = Files::of_texts(texts(today));
        let now = Now::new(today.and_hms_opt(17, 0, 0).unwrap().and_utc(), settings.site.zone);
        let (library, wrong) = content::read(&files, &settings, Drafts::LeftOut, now);
        assert!(!wrong.has_errors(), "{:?}", wrong.iter().next());
        let (theme, _) = theme::load(&files, &settings);
        County { files, settings, library, theme, now }
    }

    fn read(&self) -> Library {
        content::read(&self.files, &self.settings, Drafts::LeftOut, self.now).0
    }

    fn plan(&self, revisions: &Revisions) -> Site {
        plan(&self.library, &self.theme, &self.settings, &self.files, revisions, self.now)
    }
}

/// Nine of ten events take place once, within a year of today; the tenth is weekly for a season.
fn texts(today: NaiveDate) -> Vec<(String, String)> {
    let sentence = "The library opens its doors to everybody who likes to listen, to *read* and to ask questions about it. ";
    let paragraph = format!("{}[See what is on](/events/).\n\n", sentence.repeat(3));
    let words = format!("{paragraph}## What to bring\n\n{}", paragraph.repeat(4));
    let mut texts = Vec::with_capacity(EVENTS + BRANCHES + PROGRAMS);
    for nth in 0..BRANCHES {
        let front = format!(
            "title: Branch number {nth}\naddress: {{ street: {nth} Mill Street, city: Stonebridge }}\nhours: {{ mon-sat: 10:00-20:00, sun: closed }}"
        );
        texts.push((format!("content/branches/branch-{nth:02}.md"), format!("---\n{front}\n---\n{words}")));
    }
    for nth in 0..PROGRAMS {
        texts.push((format!("content/programs/program-{nth:02}.md"), format!("---\ntitle: Program number {nth}\n---\n{words}")));
    }
    for nth in 0..EVENTS {
        let day = plus_days(today, i64::try_from(nth * 7919 % 730).unwrap() - 365);
        let mut front = format!("title: Story time and songs number {nth}\nstarts: {day} {:02}:30\nlasts: 45m\n", 9 + nth % 10);
        if nth.is_multiple_of(10) {
            front.push_str("repeats: FREQ=WEEKLY;COUNT=13\n");
        }
        let _ = write!(
            front,
            "branch: branch-{:02}\nroom: Children's Room\nprogram: program-{:02}\naudience: [{}]\nsummary: Songs, rhymes and picture books.\ncost: free\n",
            nth % BRANCHES,
            nth % PROGRAMS,
            AUDIENCES[nth % AUDIENCES.len()],
        );
        texts.push((format!("content/events/event-{nth:05}.md"), format!("---\n{front}---\n{words}")));
    }
    texts
}

/// Reading the content: front matter, Markdown, links.
#[divan::bench(sample_count = 10)]
fn reading(bencher: Bencher<'_, '_>) {
    let county = County::new();
    bencher.bench_local(|| county.read());
}

/// Laying down every file with its fingerprint.
#[divan::bench(sample_count = 10)]
fn planning(bencher: Bencher<'_, '_>) {
    let county = County::new();
    let revisions = county.plan(&Revisions::default()).revisions().clone();
    bencher.bench_local(|| county.plan(&revisions));
}

/// Making every file, on all cores.
#[divan::bench(sample_count = 10)]
fn cooking(bencher: Bencher<'_, '_>) {
    let county = County::new();
    let site = county.plan(&Revisions::default());
    bencher.bench_local(|| site.recipes().par_iter().map(|recipe| cooked(&site, recipe)).sum::<usize>());
}

/// Making every file, one after the other: about its processor time.
#[divan::bench(sample_count = 5)]
fn cooking_on_one_core(bencher: Bencher<'_, '_>) {
    let county = County::new();
    let site = county.plan(&Revisions::default());
    bencher.bench_local(|| site.recipes().iter().map(|recipe| cooked(&site, recipe)).sum::<usize>());
}

fn cooked(site: &Site, recipe: &Recipe) -> usize {
    site.cook(recipe, &Nothing).unwrap().len()
}

/// A store without files: there are no pictures here.
struct Nothing;

impl Store for Nothing {
    fn bytes(&self, _: &FileId) -> Result<Vec<u8>, String> {
        Err("there is none".to_owned())
    }
}
