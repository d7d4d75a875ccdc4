//! The catalogue of codes: its page in `docs/`, and that each code is said somewhere and shown by an example.
//!
//! `REWRITE=1 cargo test --test codes` writes `docs/errors.md` anew.
#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use handbill::diagnostic::Code;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path, ending));
        } else if path.extension().is_some_and(|found| found == ending) {
            files.push(path);
        }
    }
    files
}

const HEAD: &str = "# Errors and warnings

Every error and warning bears a code; `handbill explain HB014` prints what stands here of it. This page is made from the program.

An error names the file, the line and the column, as an editor counts them: from 1, a column being one character, also a wide one or a tab; a byte order mark is not counted. So
do `line` and `column` of `--json`.

Nothing is built while there is an error. A warning stops nothing, but for `handbill check --strict`; one that was looked at and is all right is
silenced for its page, with the reason for colleagues:

```yaml
ignore: { HB492: \"the county sent its table like that\" }
```

`handbill check -v` lists what is silenced. A silence without a reason, of an error, or of a warning that is not there is itself said.
";

/// The parts of the catalogue, by the digit behind `HB`.
const PARTS: [(char, &str); 8] = [
    ('0', "How a file is written"),
    ('1', "Dates, times and rules"),
    ('2', "Content"),
    ('3', "site.toml"),
    ('4', "Theme, pages and pictures"),
    ('5', "Posts"),
    ('6', "Channels and the outbox"),
    ('7', "The disk and the machine"),
];

fn page() -> String {
    let mut page = HEAD.to_owned();
    for (digit, title) in PARTS {
        write!(page, "\n## {title}\n").unwrap();
        for code in Code::all().filter(|code| code.as_str().chars().nth(2) == Some(digit)) {
            write!(page, "\n### {code}: {}\n\n{}\n", code.title(), code.explanation()).unwrap();
            for (wrong, right) in code.examples() {
                write!(page, "\n```text\nnot  {wrong}\nbut  {right}\n```\n").unwrap();
            }
        }
    }
    page
}

#[test]
fn the_page_of_errors_is_as_the_catalogue_says() {
    let (path, page) = (project().join("docs/errors.md"), page());
    assert!(Code::all().all(|code| page.contains(&format!("\n### {code}: "))), "a code stands in no part");
    if std::env::var_os("REWRITE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == page, "docs/errors.md is stale: REWRITE=1 cargo test --test codes");
}

/// The names of the catalogue, as code uses them.
fn names() -> Vec<(String, String)> {
    let table = fs::read_to_string(project().join("src/diagnostic/code.rs")).unwrap();
    let entry = |line: &str| {
        let (name, rest) = line.strip_prefix("    ")?.split_once(" = \"HB")?;
        Some((name.to_owned(), format!("HB{}", rest.get(..3)?)))
    };
    let names: Vec<(String, String)> = table.lines().filter_map(entry).collect();
    assert_eq!(names.len(), Code::all().count());
    names
}

#[test]
fn every_code_is_said_somewhere() {
    let src: String = files_below(&project().join("src"), "rs").iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let words: BTreeSet<&str> =
        src.split("codes::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()).collect();
    let dead: Vec<_> = names().into_iter().filter(|(name, _)| !words.contains(name.as_str())).collect();
    assert!(dead.is_empty(), "nobody says {dead:?}: take them out of the catalogue");
}

/// Codes of what staff write that no slip and no site of the tests can show, and why.
const NOT_SHOWN: &[(&str, &str)] = &[("HB274", "the table would have to be larger than all other tests together")];

#[test]
fn every_code_of_what_staff_write_is_shown_by_a_slip_or_a_site() {
    let shown: String = ["tests/slips", "tests/sites"]
        .iter()
        .flat_map(|folder| files_below(&project().join(folder), "txt"))
        .map(|file| fs::read_to_string(file).unwrap_or_default())
        .collect();
    let of_content = Code::all().filter(|code| code.as_str() < "HB300");
    let missing: Vec<Code> = of_content.filter(|code| !shown.contains(&format!("[{code}]"))).collect();
    let missing: Vec<Code> = missing.into_iter().filter(|code| !NOT_SHOWN.iter().any(|(known, _)| *known == code.as_str())).collect();
    assert!(missing.is_empty(), "no message of these is in tests/slips or tests/sites: {missing:?}");
    let idle: Vec<_> = NOT_SHOWN.iter().filter(|(code, _)| shown.contains(&format!("[{code}]"))).collect();
    assert!(idle.is_empty(), "these are shown after all: {idle:?}");
}
