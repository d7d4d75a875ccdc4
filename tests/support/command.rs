//! A site in a temporary folder, and the program called on it as from a terminal of 80 columns.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test uses a part of it, and a test may fail anywhere")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use handbill::calendar::DateTime;
use handbill::cli::output::Output;
use handbill::cli::{self, World};
use handbill::platforms::{WallLine, read_wall};
use serde_json::Value as Json;
use tempfile::TempDir;

/// When nothing else is said.
pub const MORNING: &str = "2026-12-01T09:00";

/// A small library: one branch, one weekly event, one single event, a page, a practice wall, in the theme that the program carries.
pub const MILLBROOK: [(&str, &str); 5] = [
    ("site.toml", SITE),
    (
        "content/branches/main.md",
        "---\ntitle: Main Library\naddress: { street: 1 Mill Street, city: Millbrook }\nhours: { mon-sat: 9:00-20:00 }\n---\n",
    ),
    ("content/events/story-time.md", STORY_TIME),
    ("content/events/open-house.md", OPEN_HOUSE),
    ("content/about.md", "---\ntitle: About us\n---\nWe have been here since 1901.\n"),
];

const SITE: &str = r#"[site]
title = "Millbrook Library"
base_url = "https://library.example.org"
timezone = "America/New_York"

[[channels]]
name = "wall"
platform = "practice"

[outreach]
plan = "standard"
quiet = "none"
daily_limit = 50
spacing = "0m"
grace = "6h"

[outreach.plans.standard]
waves = [
  { name = "remind", before = "2 days", at = "12:00", at_most = "1 in 3 weeks" },
  { name = "today", before = "0 days", at = "08:30" },
]
"#;

pub const STORY_TIME: &str = "---
title: Toddler Story Time
id: toddler-story-time
starts: 2026-11-03 10:30
ends: 11:15
repeats: every Tuesday
room: Children's Room
summary: Songs, rhymes and picture books for ages 1 to 3, with a grown-up.
changes:
  2026-12-15: { status: cancelled, note: The children's room is getting new carpet that week. Story time is back on December 22. }
---
Come as you are.
";

pub const OPEN_HOUSE: &str = "---
title: Open House
starts: 2026-12-03 16:00
ends: 18:00
---
Everybody is welcome.
";

/// A site in a folder of its own.
pub struct Library {
    folder: TempDir,
    root: PathBuf,
    now: Option<String>,
    ci: bool,
}

impl Library {
    /// A site of these files.
    pub fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("site");
        fs::create_dir(&root).unwrap();
        let library = Library { folder, root, now: Some(MORNING.to_owned()), ci: false };
        files.into_iter().for_each(|(path, text)| library.write(path, text));
        library
    }

    /// The small one.
    pub fn millbrook() -> Self {
        Library::of(MILLBROOK)
    }

    /// A copy of the sample library.
    pub fn sample() -> Self {
        let library = Library::of([]);
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(project.join("site.toml"), library.path("site.toml")).unwrap();
        for folder in ["content", "themes"] {
            copy(&project.join(folder), &library.path(folder), &|path| fs::read(path).unwrap());
        }
        library
    }

    /// A copy of the sample library with its photographs made small, since a debug build takes a second for each.
    pub fn sample_with_small_pictures() -> Self {
        let library = Library::sample();
        copy(&library.path("content"), &library.path("content"), &|path| match path.extension() {
            Some(jpg) if jpg == "jpg" => small(&fs::read(path).unwrap()),
            _ => fs::read(path).unwrap(),
        });
        library
    }

    /// What `handbill init` makes.
    pub fn init() -> Self {
        let library = Library::of([]);
        library.run_all(&["init", ".", "--title", "Millbrook Library", "--timezone", "America/New_York", "--town", "Millbrook"]).done();
        library
    }

    /// With these files instead of, or beside, those that are there.
    pub fn with<'a>(self, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        files.into_iter().for_each(|(path, text)| self.write(path, text));
        self
    }

    /// On a machine that is thrown away.
    pub fn on_ci(mut self) -> Self {
        self.ci = true;
        self
    }

    /// From now on it is this moment there: `2026-12-01 09:00`.
    pub fn at(&mut self, now: &str) -> &mut Self {
        self.now = Some(now.replace(' ', "T"));
        self
    }

    /// From now on nobody says `--now`; the machine's clock is at the morning of December 1.
    pub fn by_the_machines_clock(&mut self) -> &mut Self {
        self.now = None;
        self
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub fn has(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} holds no {from:?}");
        self.write(path, text.replace(from, to));
    }

    pub fn remove(&self, path: &str) {
        let place = self.path(path);
        if place.is_dir() { fs::remove_dir_all(place) } else { fs::remove_file(place) }.unwrap();
    }

    /// Calls the program with these words, divided at spaces.
    pub fn run(&self, words: &str) -> Said {
        self.run_all(&words.split(' ').collect::<Vec<_>>())
    }

    /// Calls the program with these arguments.
    pub fn run_all(&self, arguments: &[&str]) -> Said {
        let mut all = vec!["handbill"];
        all.extend(arguments);
        if let Some(now) = &self.now {
            all.extend(["--now", now]);
        }
        self.call(&all)
    }

    /// Calls the program with nothing added.
    pub fn call(&self, arguments: &[&str]) -> Said {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let now = DateTime::parse_from_rfc3339("2026-12-01T14:00:00Z").unwrap().into();
        let world = World { cwd: self.root.clone(), now, ci: self.ci };
        let status = cli::run(arguments, &world, &mut Output::new(&mut out, &mut err)).status();
        let text = |bytes: Vec<u8>| self.tidy(&String::from_utf8(bytes).unwrap());
        Said { call: arguments.join(" "), status, out: text(out), err: text(err) }
    }

    /// The program itself, as a process.
    pub fn process(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handbill"));
        command.args(words.split(' ')).current_dir(&self.root).env_remove("CI").stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        if let Some(now) = &self.now {
            command.args(["--now", now]);
        }
        command
    }

    /// Without what differs from machine to machine: seconds, and the temporary folder.
    fn tidy(&self, text: &str) -> String {
        let mut tidy = String::new();
        for line in text.replace(&self.root.display().to_string(), "SITE").split_inclusive('\n') {
            match line.split_once(" in ").and_then(|(before, after)| Some((before, after.split_once(" s: ")?))) {
                Some((before, (_, after))) if line.starts_with("Built") => tidy.extend([before, " in 0.1 s: ", after]),
                _ => tidy.push_str(line),
            }
        }
        tidy
    }

    /// Every file below a folder: its bytes and when they were written.
    pub fn files(&self, below: &str) -> BTreeMap<String, (Vec<u8>, std::time::SystemTime)> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.path(below)];
        while let Some(folder) = folders.pop() {
            for item in fs::read_dir(folder).into_iter().flatten() {
                let path = item.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.path(below)).unwrap().to_str().unwrap().to_owned();
                    found.insert(name, (fs::read(&path).unwrap(), path.metadata().unwrap().modified().unwrap()));
                }
            }
        }
        found
    }

    /// Every file below a folder.
    pub fn bytes(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        self.files(below).into_iter().map(|(path, (bytes, _))| (path, bytes)).collect()
    }

    /// The posts on a practice wall.
    pub fn wall(&self, channel: &str) -> Vec<WallLine> {
        read_wall(&self.path(&format!(".handbill/wall/{channel}.jsonl"))).unwrap()
    }

    /// Forgets what was said, as on a machine that never ran the program.
    pub fn forget_the_outbox(&self) {
        for name in ["outbox.sqlite", "outbox.sqlite-wal", "outbox.sqlite-shm", "outbox.lock", "passes", "wall"] {
            if self.has(&format!(".handbill/{name}")) {
                self.remove(&format!(".handbill/{name}"));
            }
        }
    }
}

fn copy(from: &Path, to: &Path, bytes: &dyn Fn(&Path) -> Vec<u8>) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let item = item.unwrap();
        let to = to.join(item.file_name());
        if item.path().is_dir() { copy(&item.path(), &to, bytes) } else { fs::write(&to, bytes(&item.path())).unwrap() }
    }
}

fn small(jpeg: &[u8]) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::load_from_memory(jpeg).unwrap().thumbnail(120, 120).write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// How a call ended, and what it said.
pub struct Said {
    call: String,
    pub status: u8,
    pub out: String,
    pub err: String,
}

impl Said {
    #[track_caller]
    fn ends(self, status: u8) -> Self {
        assert_eq!(self.status, status, "{}\n--- out\n{}\n--- err\n{}", self.call, self.out, self.err);
        self.fits()
    }

    /// It is done.
    #[track_caller]
    pub fn done(self) -> Self {
        self.ends(0)
    }

    /// Something in the content or the posting failed.
    #[track_caller]
    pub fn failed(self) -> Self {
        assert!(!self.err.is_empty(), "{} fails without a word", self.call);
        self.ends(1)
    }

    /// It was called wrongly.
    #[track_caller]
    pub fn usage(self) -> Self {
        assert!(!self.err.is_empty(), "{} refuses without a word", self.call);
        self.ends(2)
    }

    /// Nothing is wrong, not even a warning.
    #[track_caller]
    pub fn in_silence(self) -> Self {
        assert_eq!(self.err, "", "{}", self.call);
        self
    }

    /// On stdout.
    #[track_caller]
    pub fn says(self, words: &str) -> Self {
        assert!(self.out.contains(words), "{} does not say {words:?}:\n{}\n--- err\n{}", self.call, self.out, self.err);
        self
    }

    /// On stderr, wherever the lines are broken.
    #[track_caller]
    pub fn complains(self, words: &str) -> Self {
        let err = self.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(words), "{} does not complain of {words:?}:\n{}", self.call, self.err);
        self
    }

    /// Neither on stdout nor on stderr.
    #[track_caller]
    pub fn never_says(self, words: &str) -> Self {
        assert!(!self.out.contains(words) && !self.err.contains(words), "{}:\n{}\n{}", self.call, self.out, self.err);
        self
    }

    /// The one document on stdout.
    #[track_caller]
    pub fn json(&self) -> Json {
        let document: Json = serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{}: {why}:\n{}", self.call, self.out));
        assert_eq!(document["handbill"], 1, "{}", self.call);
        document
    }

    /// Every line for people fits into 80 columns, but for a single word (an address, a file) that is longer.
    #[track_caller]
    fn fits(self) -> Self {
        let machine = self.call.contains("--json");
        let long = |line: &&str| line.chars().count() > 80 && line.trim().contains(' ');
        let wide = self.out.lines().find(long).filter(|_| !machine);
        assert_eq!(wide, None, "{} is wider than 80 columns:\n{}", self.call, self.out);
        self
    }
}
