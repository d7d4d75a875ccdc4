//! Each folder of `tests/sites` is a small site; `expected.txt` in it is what Handbill says of it.
//!
//! `REWRITE=1 cargo test --test sites` writes the files anew. Read every one that changed: a message is the product.

#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use handbill::build::Moment;
use handbill::calendar::{DateTime, Duration, NaiveDate, NaiveDateTime, Now, Utc};
use handbill::content::{self, Drafts};
use handbill::diagnostic::terminal::{Colour, draw};
use handbill::diagnostic::{Diagnostics, FileId, Sources as _, codes};
use handbill::site::{self, Revisions};
use handbill::source::{ContentHash, File, FileKind, Files, PictureFormat};
use handbill::{settings, theme};

use folder_files::files_below;

#[path = "support/folder_files.rs"]
mod folder_files;

/// The folder as Handbill's reader of folders gives it, without its speed: a `.jpg` here is a text that says its size.
fn files_of(root: &Path) -> Files {
    files_below(root, |id, bytes| {
        if id == "expected.txt" {
            return None;
        }
        let kind = match id.rsplit('.').next() {
            Some("jpg" | "png") => picture(&String::from_utf8_lossy(&bytes)),
            Some("pdf" | "docx" | "xlsx") => FileKind::Other,
            _ => match String::from_utf8(bytes.clone()) {
                Ok(text) => FileKind::Text(text.into()),
                Err(wrong) => FileKind::Broken(format!("byte {} is no UTF-8", wrong.utf8_error().valid_up_to() + 1)),
            },
        };
        Some(File { id: FileId::new(id), hash: ContentHash::of(&bytes), bytes: bytes.len() as u64, kind })
    })
}

fn picture(text: &str) -> FileKind {
    match text.trim().split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?))) {
        Some((width, height)) => FileKind::Picture { format: PictureFormat::Jpeg, width, height },
        None => FileKind::Broken("it is no JPEG".to_owned()),
    }
}

/// All that is said of a site on the morning of December 1, 2026.
fn said_of(files: &Files) -> String {
    let file = settings::file();
    let Some(FileKind::Text(text)) = files.get(&file).map(|file| file.kind.clone()) else { panic!("a site has a site.toml") };
    let (settings, mut wrong) = settings::read(&file, &text);
    let mut held = String::new();
    if let Some(settings) = settings {
        let at: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
        let (library, found) = content::read(files, &settings, Drafts::LeftOut, Now::new(at, settings.site.zone));
        wrong.append(found);
        for one in library.held {
            let until = one.until.map_or(String::new(), |until| format!(" until {until}"));
            writeln!(held, "held back{until}: {} ({})", one.file, one.why).unwrap();
        }
    }
    let drawn = draw(&wrong, files, 100, Colour::No);
    let lines: Vec<&str> = drawn.lines().map(str::trim_end).collect();
    format!("{}\n{held}", lines.join("\n"))
}

#[test]
fn every_slip_is_answered_with_its_place_and_a_remedy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let rewrite = std::env::var_os("REWRITE").is_some();
    let mut names: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    names.sort();
    let mut different = Vec::new();
    for site in names {
        let said = said_of(&files_of(&site));
        let expected = site.join("expected.txt");
        if rewrite {
            fs::write(&expected, &said).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n") != said {
            different.push(format!("--- {}\n{said}", site.display()));
        }
    }
    assert!(different.is_empty(), "these sites are answered otherwise than expected.txt says:\n{}", different.join("\n"));
}

/// What a site says and is made of at a moment, and the times of day that its content names; none without settings.
fn made_at(files: &Files, revisions: &Revisions, local: NaiveDateTime) -> Option<(Vec<String>, Revisions, BTreeSet<NaiveDateTime>)> {
    let file = settings::file();
    let (settings, _) = settings::read(&file, files.text(&file)?);
    let settings = settings?;
    let now = Moment::Local(local).in_zone(settings.site.zone);
    let (library, mut wrong) = content::read(files, &settings, Drafts::LeftOut, now);
    // Two events of one name take turns in the calendar at every look; nothing is made of a site with that error.
    if wrong.iter().any(|one| one.code == codes::SAME_ID) {
        return None;
    }
    let (theme, more) = theme::load(files, &settings);
    wrong.append(more);
    let site = site::plan(&library, &theme, &settings, files, revisions, now);
    wrong.extend(site.diagnostics().iter().cloned());
    // Two events with one id, an error, take turns with its number.
    let numbered = |path: &str| Path::new(path).extension().is_some_and(|ending| ending == "ics" || ending == "xml");
    let recipes = site.recipes().iter().filter(|recipe| !wrong.has_errors() || !numbered(recipe.path.as_str()));
    let made = recipes.map(|recipe| format!("{} {:?}", recipe.path, recipe.fingerprint));
    let held = library.held.iter().map(|held| format!("{held:?}"));
    let said = wrong.sorted().into_iter().map(|one| format!("{one:?}"));
    Some((said.chain(held).chain(made).collect(), site.revisions().clone(), library.moments_on(local.date())))
}

/// What `build::unchanged` rests on: whatever compares *now* with a time of the content names it in `Library::moments_on`.
#[test]
fn within_a_day_a_site_changes_only_at_the_moments_that_its_content_names() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = fs::read_dir(project.join("tests/sites")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    let mut sites: Vec<(String, Files)> = folders.map(|path| (path.display().to_string(), files_of(&path))).collect();
    sites.push(("the sample".to_owned(), handbill::folder::read(project).unwrap()));
    let mut named = 0;
    for (name, files) in sites {
        for day in ["2026-11-01", "2026-12-01", "2027-03-14"] {
            let midnight = day.parse::<NaiveDate>().unwrap().and_hms_opt(0, 0, 0).unwrap();
            let tomorrow = midnight + Duration::days(1);
            let Some((_, revisions, moments)) = made_at(&files, &Revisions::default(), midnight) else { continue };
            let inside: Vec<NaiveDateTime> = moments.range(midnight..tomorrow).copied().collect();
            named += inside.len();
            let starts = std::iter::once(midnight).chain(inside.iter().copied());
            let ends = inside.iter().copied().chain([tomorrow]);
            for (from, until) in starts.zip(ends).filter(|(from, until)| from < until) {
                let at = |local| made_at(&files, &revisions, local).unwrap().0;
                let (first, last) = (at(from), at(until - Duration::seconds(1)));
                let other = first.iter().zip(&last).find(|(one, other)| one != other);
                assert!(first == last, "{name}: between {from} and {until} something else changes: {other:?}");
            }
        }
    }
    assert!(named > 0, "no site names a moment of these days");
}

#[test]
fn the_same_diagnostics_for_machines_name_file_line_and_column() {
    let files = Files::of_texts([("content/events/a.md", "---\ntitle: A\nstrats: 2026-12-03 10:30\n---\n")]);
    let settings =
        settings::read(&settings::file(), "[site]\ntitle = \"L\"\nbase_url = \"https://l.example.org\"\ntimezone = \"America/New_York\"\n")
            .0
            .unwrap();
    let at: DateTime<Utc> = "2026-12-01T14:00:00Z".parse().unwrap();
    let (_, wrong): (_, Diagnostics) = content::read(&files, &settings, Drafts::LeftOut, Now::new(at, settings.site.zone));
    let json = handbill::diagnostic::json::list(&wrong, &files);
    assert_eq!(json[0]["file"], "content/events/a.md");
    assert_eq!((&json[0]["line"], &json[0]["column"]), (&3.into(), &1.into()));
    assert_eq!(json[0]["severity"], "error");
    assert!(json[0]["help"].as_str().unwrap().contains("starts"));
}
