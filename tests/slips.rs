//! The slips that people really make, one small file each, with what `handbill check` says of it beside it: `NAME.md` and `NAME.txt`.
//!
//! Each is put alone into the small site of `tests/slips/site`: those of `events/` into `content/events/`, those of `pages/` into
//! `content/`, and so on; those of `settings/` take the place of its site.toml. Other files of the same name go along.
//!
//! `REWRITE=1 cargo test --test slips` writes the answers anew. Read every one that changed: a message is the product.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use handbill::calendar::{DateTime, Utc};
use handbill::cli::output::Output;
use handbill::cli::{self, World};
use rayon::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slips")
}

/// The files of a folder and of all below it.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// Every slip: the file without its ending.
fn slips() -> Vec<PathBuf> {
    let site = folder().join("site");
    let files = files_below(&folder()).into_iter().filter(|file| !file.starts_with(&site));
    let stems: BTreeSet<PathBuf> = files.map(|file| file.with_extension("")).collect();
    stems.into_iter().collect()
}

/// The file with the answer. A name may hold a dot of its own: `page.es`.
fn answer_of(slip: &Path) -> PathBuf {
    PathBuf::from(format!("{}.txt", slip.display()))
}

/// What `handbill check` says, on the morning of December 1, 2026, of the small site with this slip in it.
fn said_of(slip: &Path) -> String {
    let root = tempfile::tempdir().unwrap();
    let site = folder().join("site");
    for file in files_below(&site) {
        put(&file, &root.path().join(file.strip_prefix(&site).unwrap()));
    }
    for file in files_below(slip.parent().unwrap()).iter().filter(|file| file.with_extension("") == *slip) {
        let ending = file.extension().unwrap().to_str().unwrap();
        let name = file.file_name().unwrap();
        match (slip.parent().unwrap().file_name().unwrap().to_str().unwrap(), ending) {
            (_, "txt") => {}
            ("settings", "toml") => put(file, &root.path().join("site.toml")),
            ("pages", _) => put(file, &root.path().join("content").join(name)),
            (kind, _) => put(file, &root.path().join("content").join(kind).join(name)),
        }
    }
    let now: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
    let world = World { cwd: root.path().to_path_buf(), now, ci: false };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    cli::run(["handbill", "check", "-v"], &world, &mut Output::new(&mut out, &mut err));
    let said = [err, out].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n"))
}

fn put(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::copy(from, to).unwrap();
}

#[test]
fn every_slip_is_answered_as_it_is_written_beside_it() {
    let rewrite = std::env::var_os("REWRITE").is_some();
    let slips = slips();
    assert!(slips.len() >= 80, "only {} slips", slips.len());
    let different: Vec<String> = slips
        .par_iter()
        .filter_map(|slip| {
            let said = said_of(slip);
            let answer = answer_of(slip);
            if rewrite {
                fs::write(&answer, &said).unwrap();
            }
            let expected = fs::read_to_string(&answer).unwrap_or_default().replace("\r\n", "\n");
            (said != expected).then(|| format!("--- {}\n{said}", slip.display()))
        })
        .collect();
    assert!(different.is_empty(), "these slips are answered otherwise than the file beside them says:\n{}", different.join("\n"));
}

/// Words of parsers and programmers; whoever runs a library need not know them.
const JARGON: [&str; 22] = [
    "mapping",
    "scalar",
    "token",
    "block",
    "flow",
    "sequence",
    "invalid",
    "parse",
    "string",
    "boolean",
    "integer",
    "array",
    "syntax",
    "null",
    "unexpected",
    "expected",
    "deserialize",
    "delimiter",
    "identifier",
    "YAML",
    "node",
    "!",
];

#[test]
fn no_answer_speaks_as_a_parser_does() {
    for slip in slips() {
        let answer = fs::read_to_string(answer_of(&slip)).unwrap_or_default();
        // What stands in backticks or quotes, and the drawn lines, are the words of the file.
        let ours: String = answer.lines().filter(|line| !line.contains('│') && !line.contains('▸')).collect::<Vec<_>>().join(" ");
        let plain: String = ours.split(['`', '"']).step_by(2).collect();
        let found: Vec<&str> =
            JARGON.into_iter().filter(|word| plain.split(|c: char| !c.is_alphanumeric() && c != '!').any(|said| said == *word)).collect();
        assert!(found.is_empty(), "{}: {found:?}\n{answer}", slip.display());
    }
}

#[test]
fn every_answer_names_a_place_and_a_remedy() {
    for slip in slips() {
        let answer = fs::read_to_string(answer_of(&slip)).unwrap_or_default();
        let said = answer.matches("error[").count() + answer.matches("warning[").count();
        assert!(said > 0, "{} is no slip: {answer}", slip.display());
        assert_eq!(answer.matches("▸ ").count().min(said), said, "{}: a place is missing\n{answer}", slip.display());
        assert_eq!(answer.matches(" help: ").count().min(said), said, "{}: a remedy is missing\n{answer}", slip.display());
    }
}
