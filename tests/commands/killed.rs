//! The program itself as a process, killed at any moment, or twice at once.

use std::collections::BTreeSet;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::command::{Library, MILLBROOK};

const MORNING: &str = "2026-12-01 12:00";

/// Thirty events whose posts are due at noon.
fn thirty_due() -> Library {
    let library = Library::of(MILLBROOK);
    for number in 0..29 {
        let text = format!("---\ntitle: Club Number {number}\nstarts: 2026-12-03 {}:00\n---\n", 9 + number % 10);
        library.write(&format!("content/events/club-{number}.md"), text);
    }
    library
}

/// Numbers that look like chance and are the same each time (xorshift).
struct Seed(u64);

impl Seed {
    /// From 0 to below 1.
    fn part(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / 4_294_967_296.0
    }
}

/// Starts the program and kills it after so long, if it is still there.
fn kill_after(library: &Library, words: &str, time: Duration) {
    let mut child = library.process(words).spawn().unwrap();
    thread::sleep(time);
    let _ = child.kill();
    child.wait().unwrap();
}

fn how_long(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

#[track_caller]
fn each_once(library: &Library) {
    let wall = library.wall("wall");
    let ids: BTreeSet<&str> = wall.iter().map(|post| post.id.as_str()).collect();
    assert_eq!((ids.len(), wall.len()), (30, 30), "each announcement once");
    let text = fs::read_to_string(library.path(".handbill/wall/wall.jsonl")).unwrap();
    assert!(text.ends_with('\n') && text.lines().count() == 30, "whole lines only");
    assert!(text.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

#[test]
fn a_pass_that_is_killed_at_any_moment_posts_everything_once_in_the_end() {
    let mut seed = Seed(0x5eed_1901);
    let mut whole = thirty_due();
    let usual = how_long(|| assert!(whole.at(MORNING).process("outreach run").status().unwrap().success()));
    each_once(&whole);
    let mut interrupted = 0;
    for _ in 0..5 {
        let mut library = thirty_due();
        library.at(MORNING);
        for kill in 0..4 {
            // the first is early, before there is an outbox; the others die among the posts
            let part = if kill == 0 { seed.part() * 0.4 } else { 0.3 + seed.part() * 0.6 };
            kill_after(&library, "outreach run", usual.mul_f64(part));
            interrupted += usize::from(library.wall("wall").len() < 30);
        }
        assert!(library.process("outreach run").status().unwrap().success());
        each_once(&library);
        library.run("outreach run").done().in_silence().says("Nothing to post");
    }
    assert!(interrupted > 0, "none of 20 was killed in the middle");
}

#[test]
fn two_passes_at_the_same_moment_post_everything_once() {
    let mut library = thirty_due();
    library.at(MORNING);
    let mut both = [library.process("outreach run").spawn().unwrap(), library.process("outreach run").spawn().unwrap()];
    assert!(both.iter_mut().all(|one| one.wait().unwrap().success()));
    each_once(&library);
}

#[test]
fn a_build_that_is_killed_at_any_moment_is_completed_by_the_next() {
    let (yesterday, today) = ("2026-10-31 09:00", "2026-12-01 09:00");
    let mut whole = thirty_due();
    whole.at(yesterday).run("build").done();
    let usual = how_long(|| assert!(whole.at(today).process("build").status().unwrap().success()));
    let mut seed = Seed(0x5eed_2026);
    for _ in 0..4 {
        let mut library = thirty_due();
        library.at(yesterday).run("build").done();
        library.at(today);
        for _ in 0..3 {
            kill_after(&library, "build", usual.mul_f64(seed.part()));
        }
        library.run("build").done().in_silence();
        assert_eq!(library.bytes("public"), whole.bytes("public"));
        let leftovers = fs::read_dir(library.root()).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap());
        let known = [".handbill", "content", "public", "site.toml"];
        assert_eq!(leftovers.filter(|name| !known.contains(&name.as_str())).collect::<Vec<_>>(), Vec::<String>::new());
        library.run("build").done().says("nothing written, all as before");
    }
}

#[test]
fn a_first_build_that_is_killed_leaves_no_half_site() {
    let mut whole = thirty_due();
    let usual = how_long(|| assert!(whole.at(MORNING).process("build").status().unwrap().success()));
    let mut seed = Seed(0x5eed_0001);
    for _ in 0..4 {
        let mut library = thirty_due();
        library.at(MORNING);
        kill_after(&library, "build", usual.mul_f64(seed.part()));
        let standing = library.bytes("public");
        assert!(standing.is_empty() || standing == whole.bytes("public"), "a first build puts the whole folder in place, or nothing");
        library.run("build").done().in_silence();
        assert_eq!(library.bytes("public"), whole.bytes("public"));
    }
}
