//! The house rules that the compiler does not check: who may import whom, and that the core knows no clock, disk or network.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;

/// The folders of `src/` by rank. A file imports from folders of a lower rank, and from its own folder; nothing else.
const RANKS: &[&[&str]] = &[
    &["text"],
    &["diagnostic"],
    &["calendar", "source"],
    &["library", "delivery", "profile", "settings"],
    &["content", "theme", "pictures"],
    &["site", "outreach"],
    &["checks", "platforms", "outbox", "folder"],
    &["build", "dispatch"],
    &["preview"],
    &["cli"],
];

/// Up to this rank, and in `checks`, everything is a function of what is passed in.
const PURE: usize = 5;

const IMPURE: &[&str] =
    &["std::fs", "std::env", "std::process", "std::time", "std::net", "tokio", "reqwest", "sqlx", "axum", "notify::", "getrandom"];
const CLOCKS: &[&str] = &["Utc::now", "Local::now", "SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now"];

fn rank(folder: &str) -> Option<usize> {
    RANKS.iter().position(|folders| folders.contains(&folder))
}

/// The code of a file: no comments, and nothing from its own tests on (a module of tests in a file of its own is read there).
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests].lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(number, line)| (number + 1, line))
}

/// The folders that a line names after `crate::`, also within one `use crate::{…}`.
fn imports(line: &str) -> Vec<&str> {
    let word = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        let rest = &line[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => {
                found.extend(group.split([',', '}']).map(|part| &part.trim()[..word(part.trim())]).filter(|name| !name.is_empty()));
            }
            None => found.push(&rest[..word(rest)]),
        }
    }
    found
}

/// What a file of `src/` does against the rules, a sentence each.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let Some((folder, _)) = path.split_once('/') else { return faults };
    let Some(own) = rank(folder) else {
        return vec![format!("src/{path}: the folder {folder} has no rank: give it one in tests/architecture.rs")];
    };
    for (number, line) in code(text) {
        for import in imports(line).into_iter().filter(|import| *import != folder) {
            match rank(import) {
                Some(other) if other >= own => faults.push(format!(
                    "src/{path}:{number}: {folder} (rank {own}) imports {import} (rank {other}). A file imports from lower ranks only: hand the value in instead, or move it down"
                )),
                _ => {}
            }
        }
        let pure = own <= PURE || folder == "checks";
        if let Some(name) = IMPURE.iter().find(|name| pure && line.contains(**name)) {
            faults.push(format!("src/{path}:{number}: {folder} names {name}, but it is pure: let the caller pass in what it needs"));
        }
        if let Some(name) = CLOCKS.iter().find(|name| path != "cli/clock.rs" && line.contains(**name)) {
            faults.push(format!("src/{path}:{number}: {name} outside cli/clock.rs: take `now` as an argument"));
        }
    }
    faults
}

fn files_below(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_file_imports_downwards_and_the_core_is_pure() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    files_below(&src, &mut files);
    assert!(files.len() > 50, "looked at {} files only", files.len());
    let faults: Vec<String> = files
        .iter()
        .flat_map(|file| {
            let path = file.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
            faults(&path, &fs::read_to_string(file).unwrap())
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_folder_has_a_rank_and_every_rank_a_folder() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<String> = fs::read_dir(src)
        .unwrap()
        .map(Result::unwrap)
        .filter(|e| e.path().is_dir())
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    let mut ranked: Vec<String> = RANKS.iter().flat_map(|folders| folders.iter().map(ToString::to_string)).collect();
    folders.sort();
    ranked.sort();
    assert_eq!(folders, ranked);
}

#[test]
fn a_wrong_import_a_clock_and_a_disk_in_the_core_are_found() {
    let found = |path: &str, text: &str| faults(path, text).len();
    assert_eq!(found("site/mod.rs", "use crate::outreach::schedule;"), 1, "the same rank");
    assert_eq!(found("library/mod.rs", "use crate::content::read;"), 1, "a higher rank");
    assert_eq!(found("library/mod.rs", "use crate::{calendar::Zone, folder::read};"), 1, "within a group");
    assert_eq!(found("library/mod.rs", "use crate::calendar::Zone; use crate::library::Slug;"), 0);
    assert_eq!(found("content/mod.rs", "let text = std::fs::read(path);"), 1);
    assert_eq!(found("checks/links.rs", "use reqwest::Client;"), 1);
    assert_eq!(found("dispatch/pass.rs", "let now = Utc::now();"), 1);
    assert_eq!(found("cli/clock.rs", "let now = Utc::now();"), 0);
    assert_eq!(found("content/mod.rs", "// std::fs is not used here"), 0);
    assert_eq!(found("site/mod.rs", "#[cfg(test)]\nmod tests;\nuse crate::cli::run;"), 1, "below the name of a file of tests");
    assert_eq!(found("attic/mod.rs", ""), 1, "a folder without a rank");
}
