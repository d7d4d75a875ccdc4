//! Reading: 20,000 event files that repeat, from the disk to all their dates of two years: `cargo bench --bench read`.
#![expect(clippy::unwrap_used, reason = "a measure that cannot begin may stop")]

use std::fs;

use divan::counter::ItemsCount;
use handbill::calendar::{NaiveDate, Now, plus_days};
use handbill::content::{self, Drafts};
use handbill::folder;
use handbill::settings;
use handbill::source::Files;
use rayon::prelude::*;
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EVENTS: usize = 20_000;
const SITE: &str =
    "[site]\ntitle = \"Bench County Library\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\n";

/// Each with a day that is a date of its rule.
const RULES: [(&str, &str); 8] = [
    ("every Thursday", "2026-01-08"),
    ("every 2 weeks on Saturday", "2026-01-03"),
    ("first Monday of every month", "2026-01-05"),
    ("weekdays until June 11 2027", "2026-01-05"),
    ("every Tuesday and Thursday until 2027-03-25", "2026-01-06"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-30"),
    ("every day", "2026-01-01"),
    ("every year on May 4", "2026-05-04"),
];

fn main() {
    divan::main();
}

/// A library in a folder of its own.
fn county() -> TempDir {
    let home = TempDir::new().unwrap();
    let put = |path: String, text: String| {
        let place = home.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    };
    put("site.toml".to_owned(), SITE.to_owned());
    for number in 0..60 {
        put(
            format!("content/branches/branch-{number}.md"),
            format!("---\ntitle: Branch {number}\nhours: {{ mon-sat: 9:00-21:00 }}\n---\n"),
        );
    }
    for number in 0..EVENTS {
        let (rule, day) = RULES[number % RULES.len()];
        let text = format!(
            "---\ntitle: Event {number}\nid: event-{number}\nstarts: {day} {:02}:30\nlasts: 45m\nrepeats: {rule}\nbranch: branch-{}\n\
             audience: [children, families]\nsummary: Songs, rhymes and picture books for all who like them.\n---\n\
             Come as you are, and bring a friend who likes *stories*.\n",
            9 + number % 10,
            number % 60
        );
        put(format!("content/events/{:03}/event-{number}.md", number % 200), text);
    }
    home
}

/// Reads, parses, and works out every date of two years.
fn dates(files: &Files) -> usize {
    let (settings, _) = settings::read(&settings::file(), SITE);
    let settings = settings.unwrap();
    let now = Now::new("2026-07-01T13:00:00Z".parse().unwrap(), settings.site.zone);
    let (library, wrong) = content::read(files, &settings, Drafts::LeftOut, now);
    assert!(library.events.len() == EVENTS && !wrong.has_errors(), "{:?}", wrong.sorted().first());
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    library.events.par_iter().map(|event| library.dates(event, first, plus_days(first, 730)).len()).sum()
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn from_the_disk_to_the_dates_of_two_years(bencher: divan::Bencher<'_, '_>) {
    let home = county();
    bencher.counter(ItemsCount::new(EVENTS)).bench(|| dates(&folder::read(home.path()).unwrap()));
}

/// The same without the disk.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn from_memory_to_the_dates_of_two_years(bencher: divan::Bencher<'_, '_>) {
    let files = folder::read(county().path()).unwrap();
    bencher.counter(ItemsCount::new(EVENTS)).bench(|| dates(&files));
}
