//! Whatever people write, and whatever becomes of it on the way: no panic, no wait past a second, no memory past 512 MiB.
//!
//! Real files (the sample, `tests/sites`, `tests/slips`) are cut, spliced, repeated, nested and sprinkled with what parsers dislike; then a whole
//! small site with the file in it is read, told, planned and cooked. `cargo test` tries a few inputs of each kind, always the same, and every
//! one that ever broke something: `tests/fuzz/corpus/<kind>/`, the file's path in the first line. For a long run, other inputs each time:
//!
//! ```sh
//! HANDBILL_FUZZ_SECONDS=600 cargo test --release --test fuzz -- --nocapture    # seconds for each kind
//! ```
//!
//! What breaks is kept in the corpus by that; what overflows the stack, in `target/tmp/<kind>`. Time is the processor's, measured three times before it is said to be too long; a hang ends the run.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail anywhere, and says how far it is")]

#[path = "support/mutation.rs"]
mod mutation;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use handbill::calendar::{DateTime, NaiveDate, Now, Utc, plus_days};
use handbill::content::{self, Drafts};
use handbill::diagnostic::terminal::{Colour, draw};
use handbill::diagnostic::{Diagnostics, FileId, html, json};
use handbill::settings::{self, Settings};
use handbill::site::{self, Revisions};
use handbill::source::{ContentHash, Files, Store};
use handbill::theme::{self, Theme};
use mutation::{Chance, mutated};

const SITE: &str =
    "[site]\ntitle = \"Stonebridge Public Library\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\n";
/// What the file that is tried can lead to.
const AROUND: [(&str, &str); 5] = [
    ("content/branches/main.md", "---\ntitle: Main\nrooms: [Garden]\nhours: { mon-sat: 10:00-20:00 }\n---\n"),
    ("content/programs/story-time.md", "---\ntitle: Story Time\nsummary: Stories.\n---\n"),
    ("content/events/other.md", "---\ntitle: Other\nstarts: 2026-12-03 10:30\nrepeats: weekly\nprogram: story-time\n---\n"),
    ("content/visit.md", "---\ntitle: Visit\n---\n## Hours\n\nWe are open.\n"),
    ("content/data/staff.csv", "name,role\nAna,Head of all\nBo,Children\n"),
];

/// So many inputs of each kind in an ordinary run.
const FEW: u64 = 40;
/// A debug build is many times slower than what people use.
const PATIENCE: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 1 });
const HANG: Duration = Duration::from_mins(1);
const MOST_MEMORY: u64 = 512 << 20;

/// One file of a site, to be tried.
#[derive(Clone)]
struct Input {
    path: String,
    text: String,
}

impl Input {
    fn is_markdown(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|ending| ending == "md")
    }
}

/// A text, and where in it stands what is to be changed.
type Part = (String, Range<usize>);

/// A part of files that is changed: all of them are read as whole sites.
struct Kind {
    name: &'static str,
    /// What is changed of a file; none when it is not of this kind.
    part: fn(&Input) -> Option<Part>,
}

fn head_of(text: &str) -> usize {
    text.get(3..).and_then(|rest| rest.find("\n---")).map_or(text.len(), |at| at + 3)
}

const FRONT_MATTER: Kind = Kind {
    name: "front-matter",
    part: |file| file.is_markdown().then(|| (file.text.clone(), 0..(head_of(&file.text) + 5).min(file.text.len()))),
};

const MARKDOWN: Kind = Kind {
    name: "markdown",
    part: |file| {
        let head = (head_of(&file.text) + 5).min(file.text.len());
        (file.is_markdown() && file.text.is_char_boundary(head)).then(|| (file.text.clone(), head..file.text.len()))
    },
};

/// Only what stands behind `repeats:`, `starts:` and the like.
const RULES: Kind = Kind {
    name: "rules",
    part: |file| {
        let begins = ["\nrepeats: ", "\nevery: ", "every: ", "\nstarts: ", "\nends: ", "\nhours: "];
        let found = begins.iter().find_map(|key| Some(file.text.find(key)? + key.len()))?;
        let ends = file.text[found..].find('\n').map_or(file.text.len(), |length| found + length);
        file.is_markdown().then(|| (file.text.clone(), found..ends))
    },
};

const SETTINGS: Kind =
    Kind { name: "settings", part: |file| file.path.ends_with("site.toml").then(|| (file.text.clone(), 0..file.text.len())) };

const TABLES: Kind =
    Kind { name: "tables", part: |file| file.path.starts_with("content/data/").then(|| (file.text.clone(), 0..file.text.len())) };

/// How far one goes with an input: planning a site takes ten times as long as reading it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Far {
    Reading,
    Planning,
}

/// All that is made of a site with this file in it.
fn make(input: &Input, far: Far) {
    let texts: BTreeMap<&str, &str> =
        std::iter::once(("site.toml", SITE)).chain(AROUND).chain([(input.path.as_str(), input.text.as_str())]).collect();
    let files = Files::of_texts(&texts);
    let (settings, wrong) = settings::read(&settings::file(), texts["site.toml"]);
    tell(&wrong, &files);
    let Some(settings) = settings else { return };
    let at: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
    let now = Now::new(at, settings.site.zone);
    let (library, wrong) = content::read(&files, &settings, Drafts::Included, now);
    tell(&wrong, &files);
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    library.agenda(first, plus_days(first, 730));
    if far == Far::Reading {
        return;
    }
    let own = (input.path == "site.toml").then(|| theme::load(&files, &settings).0);
    let site = site::plan(&library, own.as_ref().unwrap_or_else(|| theme_of(&settings)), &settings, &files, &Revisions::default(), now);
    tell(site.diagnostics(), &files);
    let of_file = |source: &Option<FileId>| source.as_ref().is_some_and(|file| file.path() == input.path);
    for recipe in site.recipes().iter().filter(|recipe| of_file(&recipe.source) || recipe.path.as_str() == "index.html") {
        let _ = site.cook(recipe, &Nothing);
    }
}

/// Everything that can be said of what is wrong is said.
fn tell(wrong: &Diagnostics, files: &Files) {
    draw(wrong, files, 80, Colour::No);
    json::list(wrong, files);
    html::overlay(wrong, files);
}

/// The theme that the program carries, read once.
fn theme_of(settings: &Settings) -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| theme::load(&Files::of_texts([("site.toml", SITE)]), settings).0)
}

struct Nothing;

impl Store for Nothing {
    fn bytes(&self, _: &FileId) -> Result<Vec<u8>, String> {
        Err("it is not there".to_owned())
    }
}

/// Every text of the sites at hand, by its path from its site's root.
fn seeds() -> Vec<Input> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = ["content", "tests/sites", "tests/slips"].iter().map(|path| project.join(path)).collect();
    let mut found = vec![Input { path: "site.toml".to_owned(), text: fs::read_to_string(project.join("site.toml")).unwrap() }];
    while let Some(folder) = folders.pop() {
        let mut places: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
        places.sort();
        for place in places {
            if place.is_dir() {
                folders.push(place);
            } else if let Ok(text) = fs::read_to_string(&place) {
                let path = place.to_str().unwrap().replace('\\', "/");
                let inside = path.rfind("/content/").map_or_else(|| path.rsplit('/').next().unwrap(), |at| &path[at + 1..]);
                found.push(Input { path: inside.to_owned(), text });
            }
        }
    }
    found
}

/// The most memory that this process ever had, where the system says it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? << 10)
}

/// The time that all threads of this process have spent, where the system says it: other programs take none of that away.
fn spent() -> Option<Duration> {
    let status = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = status.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    // A hundred ticks a second, on every Linux there is.
    Some(Duration::from_millis((ticks()? + ticks()?) * 10))
}

/// Tries an input; why it must not be so, when it breaks something.
fn broken(input: &Input, far: Far) -> Option<String> {
    let once = || {
        let (start, before) = (Instant::now(), spent());
        let result = catch_unwind(AssertUnwindSafe(|| make(input, far)));
        let panicked = result.err().map(|panic| {
            let text = panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            format!("a panic: {}", text.unwrap_or_default())
        });
        let time = before.zip(spent()).map_or_else(|| start.elapsed(), |(before, after)| after.saturating_sub(before));
        (time, panicked)
    };
    let (time, panicked) = once();
    if panicked.is_some() {
        return panicked;
    }
    if let Some(peak) = peak().filter(|peak| *peak > MOST_MEMORY) {
        return Some(format!("memory: {} MiB", peak >> 20));
    }
    let quickest = if time > PATIENCE { time.min(once().0).min(once().0) } else { time };
    (quickest > PATIENCE).then(|| format!("it takes {quickest:?}"))
}

/// What is tried now, for whoever watches that it comes to an end.
type Current = Arc<Mutex<Option<(Instant, Input)>>>;

fn watch(kind: &'static str, current: &Current) {
    let current = Arc::downgrade(current);
    std::thread::spawn(move || {
        while let Some(current) = current.upgrade() {
            let stuck = current.lock().unwrap_or_else(PoisonError::into_inner).clone().filter(|(since, _)| since.elapsed() > HANG);
            if let Some((_, input)) = stuck {
                eprintln!("{kind}: it hangs; kept as {}", keep(kind, &input).display());
                std::process::abort();
            }
            drop(current);
            std::thread::sleep(Duration::from_millis(200));
        }
    });
}

fn corpus(kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(kind)
}

fn keep(kind: &str, input: &Input) -> PathBuf {
    let text = format!("{}\n{}", input.path, input.text);
    let place = corpus(kind).join(&ContentHash::of(text.as_bytes()).to_string()[..16]);
    fs::create_dir_all(corpus(kind)).unwrap();
    fs::write(&place, text).unwrap();
    place
}

fn kept(kind: &str) -> Vec<Input> {
    let mut places: Vec<PathBuf> = fs::read_dir(corpus(kind)).into_iter().flatten().map(|item| item.unwrap().path()).collect();
    places.sort();
    let read = |place: PathBuf| {
        let text = fs::read_to_string(place).unwrap();
        let (path, text) = text.split_once('\n').unwrap();
        Input { path: path.to_owned(), text: text.to_owned() }
    };
    places.into_iter().map(read).collect()
}

/// Kinds are tried one after the other, so that time and memory have one cause.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

fn fuzz(kind: &Kind) {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seconds = number("HANDBILL_FUZZ_SECONDS");
    let by_chance = seconds.map_or(0, |_| std::time::UNIX_EPOCH.elapsed().unwrap().as_secs());
    let seed = number("HANDBILL_FUZZ_SEED").unwrap_or(by_chance);
    let seeds = seeds();
    let fitting: Vec<&Input> = seeds.iter().filter(|file| (kind.part)(file).is_some()).collect();
    assert!(fitting.len() > 2, "{}: nothing to begin with", kind.name);

    let current = Current::default();
    watch(kind.name, &current);
    let mut faults: Vec<String> = Vec::new();
    let mut attempt = |input: Input, far: Far, is_new: bool| {
        *current.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), input.clone()));
        if seconds.is_some() {
            // A stack that overflows ends the process at once: then it is the one that stands here.
            fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(kind.name), format!("{}\n{}", input.path, input.text)).unwrap();
        }
        let why = broken(&input, far);
        *current.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(why) = why {
            let place = if is_new { keep(kind.name, &input).display().to_string() } else { "an input of the corpus".to_owned() };
            eprintln!("{}: {why}: {place}", kind.name);
            faults.push(format!("{place}: {why}"));
        }
        faults.len() < 20
    };
    let go_on = kept(kind.name).into_iter().all(|input| attempt(input, Far::Planning, false));
    let start = Instant::now();
    let more = |tried: u64| seconds.map_or(tried < FEW, |seconds| start.elapsed().as_secs() < seconds);
    let mut tried = 0;
    let mut chance = Chance::new(seed ^ kind.name.bytes().fold(0, |sum, byte| sum * 31 + u64::from(byte)));
    while go_on && more(tried) {
        let file = fitting[chance.below(fitting.len())];
        let other = &seeds[chance.below(seeds.len())];
        let (text, part) = (kind.part)(file).unwrap();
        let changed = mutated(&text[part.clone()], &other.text, &mut chance);
        let text = [&text[..part.start], &changed, &text[part.end..]].concat();
        tried += 1;
        let far = if tried % 8 == 0 { Far::Planning } else { Far::Reading };
        if !attempt(Input { path: file.path.clone(), text }, far, true) {
            break;
        }
    }
    eprintln!("{}: {tried} inputs from seed {seed} in {:?}, at most {:?} MiB", kind.name, start.elapsed(), peak().map(|peak| peak >> 20));
    assert!(faults.is_empty(), "{}:\n{}", kind.name, faults.join("\n"));
}

#[test]
fn front_matter_of_any_shape_is_answered() {
    fuzz(&FRONT_MATTER);
}

#[test]
fn markdown_of_any_shape_is_answered() {
    fuzz(&MARKDOWN);
}

#[test]
fn dates_rules_and_hours_of_any_shape_are_answered() {
    fuzz(&RULES);
}

#[test]
fn settings_of_any_shape_are_answered() {
    fuzz(&SETTINGS);
}

#[test]
fn tables_of_any_shape_are_answered() {
    fuzz(&TABLES);
}
