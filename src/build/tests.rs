//! A small site on the disk, built again and again.

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::kitchen::sealed;
use super::{BuildReport, LoadOptions, Loaded, Moment, load, read, unchanged, write_site};
use crate::calendar::{DateTime, NaiveDate, Utc};
use crate::content::Drafts;
use crate::diagnostic::{Diagnostics, codes};
use crate::folder::OutputFolder;

const SITE: &str = "[site]\ntitle = \"Stonebridge\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\n";
const TEA: &str = "---\ntitle: Tea time\nid: tea\nstarts: 2026-12-03 10:30\nimage: tea.jpg\nimage_alt: A teapot.\n---\nCome and see.\n";

/// Nine o'clock in New York.
const MORNING: &str = "2026-12-01T14:00:00Z";

struct Site(TempDir);

impl Site {
    fn new() -> Site {
        let site = Site(TempDir::new().unwrap());
        site.put("site.toml", SITE);
        site.put("content/events/tea.md", TEA);
        site.put("content/events/tea.jpg", photograph());
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let place = self.path(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// The report of a build at this instant that has nothing to do, and what it would say; none when it has to look closer.
    fn unchanged_at(&self, at: &str) -> Option<(BuildReport, Diagnostics)> {
        let options = LoadOptions { base_url: None, drafts: Drafts::LeftOut, moment: Moment::Instant(at.parse().unwrap()) };
        let output = OutputFolder::new(self.0.path(), Path::new("public")).unwrap();
        unchanged(self.0.path(), &read(self.0.path()).unwrap(), &options, &output)
    }

    fn unchanged(&self) -> bool {
        self.unchanged_at(MORNING).is_some()
    }

    fn load(&self, drafts: Drafts, base_url: Option<&str>) -> Loaded {
        let moment = Moment::Instant(MORNING.parse::<DateTime<Utc>>().unwrap());
        load(self.0.path(), &LoadOptions { base_url: base_url.map(str::to_owned), drafts, moment }).unwrap()
    }

    /// Read as if it were December 1 of that year, at 23:30 of the library's clock.
    fn rehearse(&self, year: i32) -> Loaded {
        let local = NaiveDate::from_ymd_opt(year, 12, 1).unwrap().and_hms_opt(23, 30, 0).unwrap();
        load(self.0.path(), &LoadOptions { base_url: None, drafts: Drafts::LeftOut, moment: Moment::Local(local) }).unwrap()
    }

    fn write(&self, loaded: &Loaded, output: &str) -> Result<BuildReport, Diagnostics> {
        write_site(loaded, &OutputFolder::new(self.0.path(), Path::new(output)).unwrap(), &|_| ControlFlow::Continue(()))
    }

    /// The pictures that were kept for the next build.
    fn kept(&self) -> Vec<PathBuf> {
        fs::read_dir(self.path(".handbill/cache/pictures")).unwrap().map(|item| item.unwrap().path()).collect()
    }

    fn build(&self) -> BuildReport {
        self.write(&self.load(Drafts::LeftOut, None), "public").unwrap()
    }
}

/// A small JPEG with metadata.
fn photograph() -> Vec<u8> {
    let mut jpeg = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 30).write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let jpeg = jpeg.into_inner();
    let secret = b"Exif\0\0 40.446 N, 79.982 W";
    let length = u16::try_from(secret.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, secret, &jpeg[2..]].concat()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_site_is_built_and_a_second_build_writes_nothing() {
    let site = Site::new();
    let first = site.build();
    assert!(first.written > 5 && first.unchanged == 0 && first.pages > 0 && first.output == "public", "{first:?}");
    assert!(site.text("public/events/tea/index.html").contains("Tea time"));
    let numbers = site.text(".handbill/calendar.json");
    assert!(numbers.contains("tea@library.example.org"));
    let second = site.build();
    assert_eq!((second.written, second.unchanged, second.removed), (0, first.written, 0));
    assert_eq!(site.text(".handbill/calendar.json"), numbers);
}

#[test]
fn an_event_that_is_gone_takes_its_page_along() {
    let site = Site::new();
    site.put("content/events/coffee.md", TEA.replace("tea", "coffee").replace("coffee.jpg", "tea.jpg"));
    site.build();
    assert!(site.path("public/events/coffee/index.html").exists());
    fs::remove_file(site.path("content/events/coffee.md")).unwrap();
    assert!(site.build().removed >= 2);
    assert!(!site.path("public/events/coffee").exists() && site.path("public/events/tea/index.html").exists());
}

#[test]
fn an_error_leaves_the_output_as_it_was() {
    let site = Site::new();
    site.build();
    let before = site.text("public/events/tea/index.html");
    site.put("content/events/tea.md", TEA.replace("Tea", "Late tea"));
    site.put("content/events/other.md", TEA.replace("2026-12-03", "2026-13-03").replace("id: tea", "id: other"));
    let loaded = site.load(Drafts::LeftOut, None);
    assert!(loaded.sound().is_none());
    assert!(site.write(&loaded, "public").unwrap_err().has_errors());
    assert_eq!(site.text("public/events/tea/index.html"), before);
}

#[test]
fn a_template_that_fails_is_said_once_and_leaves_the_output_as_it_was() {
    let site = Site::new();
    site.build();
    let before = site.text("public/events/tea/index.html");
    site.put("content/events/coffee.md", TEA.replace("id: tea", "id: coffee"));
    site.put("themes/reading-room/templates/event.html", "{{ no_such_field }}");
    let wrong = site.write(&site.load(Drafts::LeftOut, None), "public").unwrap_err();
    assert!(wrong.has_errors() && wrong.iter().any(|d| d.message.contains("no_such_field")), "{wrong:?}");
    assert_eq!(site.text("public/events/tea/index.html"), before);
}

#[test]
fn a_photograph_goes_out_without_its_place_and_is_made_once() {
    let site = Site::new();
    assert!(holds(&fs::read(site.path("content/events/tea.jpg")).unwrap(), b"40.446"));
    site.build();
    let made = fs::read(site.path("public/events/tea.jpg")).unwrap();
    assert!(!holds(&made, b"40.446") && !holds(&made, b"Exif"));

    let kept = site.kept();
    assert_eq!(kept.len(), 1);
    let name = kept[0].file_name().unwrap().to_str().unwrap().to_owned();
    fs::write(&kept[0], sealed(&name, b"made before")).unwrap();
    fs::remove_dir_all(site.path("public")).unwrap();
    site.build();
    assert_eq!(site.text("public/events/tea.jpg"), "made before");
}

#[test]
fn a_kept_picture_that_was_spoilt_is_made_again() {
    let site = Site::new();
    site.build();
    let made = fs::read(site.path("public/events/tea.jpg")).unwrap();
    let kept = &site.kept()[0];
    let good = fs::read(kept).unwrap();
    let edited = [&good[..good.len() - 1], b"x"].concat();
    for spoilt in [&[], b"<script>".as_slice(), &good[..good.len() / 2], &good[..32], &edited, &made, &sealed("another", b"a picture")] {
        fs::write(kept, spoilt).unwrap();
        fs::remove_dir_all(site.path("public")).unwrap();
        site.build();
        assert_eq!(fs::read(site.path("public/events/tea.jpg")).unwrap(), made);
        assert_eq!(fs::read(kept).unwrap(), good, "and kept anew");
    }
}

#[test]
fn a_drawing_is_cleaned_in_every_build_and_never_kept() {
    let site = Site::new();
    site.put("content/events/tea.md", TEA.replace("tea.jpg", "tea.svg"));
    site.put(
        "content/events/tea.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 4\"><script>alert(1)</script><rect/></svg>",
    );
    site.build();
    assert!(site.text("public/events/tea.svg").contains("rect") && !site.text("public/events/tea.svg").contains("script"));
    assert!(site.kept().is_empty());
}

#[test]
fn drafts_are_built_aside_and_move_no_calendar() {
    let site = Site::new();
    site.put("content/events/draft.md", TEA.replace("id: tea", "id: draft\ndraft: true"));
    let report = site.build();
    assert_eq!(report.held.len(), 1);
    let numbers = site.text(".handbill/calendar.json");
    site.write(&site.load(Drafts::Included, None), "public-drafts").unwrap();
    assert!(site.path("public-drafts/events/draft/index.html").exists() && !site.path("public/events/draft").exists());
    assert_eq!(site.text(".handbill/calendar.json"), numbers);
}

#[test]
fn a_rehearsal_moves_no_calendar_and_says_the_same_twice() {
    let site = Site::new();
    site.write(&site.rehearse(2031), "public").unwrap();
    assert!(!site.path(".handbill/calendar.json").exists());
    assert_eq!(site.write(&site.rehearse(2031), "public").unwrap().written, 0);
    site.build();
    let numbers = site.text(".handbill/calendar.json");
    site.put("content/events/tea.md", TEA.replace("Tea", "Late tea"));
    site.write(&site.rehearse(2031), "public").unwrap();
    assert_eq!(site.text(".handbill/calendar.json"), numbers);
}

#[test]
fn an_address_that_is_taken_is_said_once_and_at_its_place() {
    let taken = |files: &[(&str, String)]| -> Vec<(String, String)> {
        let site = Site::new();
        for (path, text) in files {
            site.put(path, text);
        }
        let loaded = site.load(Drafts::LeftOut, None);
        let all = loaded.diagnostics.iter().filter(|wrong| wrong.code == codes::ADDRESS_TAKEN).filter_map(|wrong| wrong.at.as_ref());
        all.map(|at| {
            (
                at.file.to_string(),
                fs::read_to_string(site.path(at.file.path())).unwrap()[at.span.start as usize..at.span.end as usize].to_owned(),
            )
        })
        .collect()
    };
    let page = |rest: &str| format!("---\ntitle: A page\n{rest}---\nWords.\n");
    let said = |file: &str, words: &str| vec![(file.to_owned(), words.to_owned())];
    for (aliases, words) in [
        ("[/robots.txt]", "/robots.txt"),
        ("[/robots.txt/]", "/robots.txt/"),
        ("[/events/tea/index.html]", "/events/tea/index.html"),
        ("[/a.html, /a.html/]", "/a.html/"),
        // Which pictures are on the site is known only to the plan.
        ("[/events/TEA.jpg]", "aliases: [/events/TEA.jpg]"),
    ] {
        assert_eq!(taken(&[("content/a.md", page(&format!("aliases: {aliases}\n")))]), said("content/a.md", words));
    }
}

#[test]
fn another_address_is_taken_when_it_is_one() {
    let site = Site::new();
    let loaded = site.load(Drafts::LeftOut, Some("https://test.example.org/x/"));
    site.write(&loaded, "public").unwrap();
    assert!(site.text("public/sitemap.xml").contains("https://test.example.org/x/events/tea/"));
    for address in ["test.example.org", "ftp://test.example.org", "https://a:b@test.example.org", "https://test.example.org/?x"] {
        let loaded = site.load(Drafts::LeftOut, Some(address));
        assert!(loaded.diagnostics.iter().any(|d| d.code == codes::BASE_URL_OPTION), "{address}");
    }
}

#[test]
fn the_time_that_is_pretended_is_the_library_s_own() {
    let loaded = Site::new().rehearse(2026);
    let local = loaded.made.as_ref().unwrap().now.local();
    assert_eq!(local.to_string(), "2026-12-01 23:30:00");
    let now = loaded.made.unwrap().now;
    assert_eq!((now.local(), now.instant().to_rfc3339()), (local, "2026-12-02T04:30:00+00:00".to_owned()));
}

#[test]
fn what_is_left_out_left_alone_or_lost_is_said() {
    let site = Site::new();
    site.put("content/.hidden.md", "");
    site.put("content/map.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script><rect/></svg>");
    site.put(".handbill/calendar.json", "<<<<<<< ours");
    site.put("public/theirs.txt", "theirs");
    let loaded = site.load(Drafts::LeftOut, None);
    for (code, words) in [(codes::LEFT_OUT, ".hidden.md"), (codes::SVG_CLEANED, "`script`"), (codes::BROKEN_STATE, "calendar.json")] {
        assert!(loaded.diagnostics.iter().any(|d| d.code == code && d.message.contains(words)), "{code} {words}");
    }
    let report = site.write(&loaded, "public").unwrap();
    assert_eq!(report.foreign, ["theirs.txt"]);
    assert!(report.warning().unwrap().message.contains("theirs.txt"));
    assert!(!site.text("public/map.svg").contains("script"));
    assert!(site.text(".handbill/calendar.json").contains("tea@"));
}

#[test]
fn a_build_with_nothing_to_do_says_what_the_last_one_said() {
    let site = Site::new();
    site.put("content/events/draft.md", TEA.replace("id: tea", "id: draft\ndraft: true"));
    site.put("content/notes.docx", "a letter");
    assert!(!site.unchanged(), "before the first build");
    site.build();
    let again = site.build();
    let (report, said) = site.unchanged_at(MORNING).unwrap();
    assert_eq!(report, again);
    assert_eq!(report.held.len(), 1);
    let loaded = site.load(Drafts::LeftOut, None);
    assert_eq!(said.sorted(), loaded.diagnostics.sorted());
    assert!(said.iter().any(|one| one.code == codes::LEFT_OUT), "{said:?}");
}

#[test]
fn whatever_changes_is_noticed() {
    type Change<'a> = &'a dyn Fn(&Site);
    let site = Site::new();
    site.put("content/events/draft.md", TEA.replace("id: tea", "id: draft\ndraft: true"));
    site.put("content/map.pdf", "a map");
    let page = "public/events/tea/index.html";
    let (html, tea, numbers) = (|| site.text(page), TEA, || site.text(".handbill/calendar.json"));
    let changes: &[(&str, Change<'_>)] = &[
        ("an event", &|site| site.put("content/events/tea.md", tea.replace("Tea", "Late tea"))),
        ("a draft", &|site| site.put("content/events/draft.md", tea.replace("id: tea", "id: draft\ndraft: true").replace("Come", "Stay"))),
        ("a new file", &|site| site.put("content/hello.md", "---\ntitle: Hello\n---\n")),
        ("a file that is gone", &|site| fs::remove_file(site.path("content/map.pdf")).unwrap()),
        ("a file under another name", &|site| fs::rename(site.path("content/hello.md"), site.path("content/hullo.md")).unwrap()),
        ("a picture", &|site| site.put("content/events/tea.jpg", [photograph(), b"x".to_vec()].concat())),
        ("a file that is left out", &|site| site.put("content/.hidden.md", "")),
        ("the settings", &|site| site.put("site.toml", SITE.replace("Stonebridge", "Millbrook"))),
        ("a template", &|site| site.put("themes/reading-room/templates/foot.html", "<p>Below</p>")),
        ("a style sheet", &|site| site.put("themes/reading-room/static/more.css", "p { color: red }")),
        ("the words of a post", &|site| site.put("announce/today.txt", "{{ title }}")),
        ("the numbers of the calendar", &|site| site.put(".handbill/calendar.json", numbers().replace("tea@", "coffee@"))),
        ("the numbers gone", &|site| fs::remove_file(site.path(".handbill/calendar.json")).unwrap()),
        ("a page edited by hand", &|site| site.put(page, html().replace("Come", "Stay"))),
        ("a page edited at the same length and time", &|site| {
            let before = fs::metadata(site.path(page)).unwrap().modified().unwrap();
            site.put(page, html().to_uppercase());
            assert_ne!(before, fs::metadata(site.path(page)).unwrap().modified().unwrap());
        }),
        ("a page that is gone", &|site| fs::remove_file(site.path(page)).unwrap()),
        ("all pages gone", &|site| fs::remove_dir_all(site.path("public")).unwrap()),
        ("what is remembered gone", &|site| fs::remove_dir_all(site.path(".handbill/outputs")).unwrap()),
        ("the cache gone", &|site| fs::remove_dir_all(site.path(".handbill/cache")).unwrap()),
    ];
    for (what, change) in changes {
        site.build();
        site.build();
        assert!(site.unchanged(), "before: {what}");
        change(&site);
        assert!(!site.unchanged(), "{what}");
    }
}

#[test]
fn another_output_address_or_view_of_drafts_is_not_the_same_build() {
    let site = Site::new();
    site.build();
    let files = read(site.0.path()).unwrap();
    let asked = |output: &str, drafts, base_url: Option<&str>| {
        let options = LoadOptions { base_url: base_url.map(str::to_owned), drafts, moment: Moment::Instant(MORNING.parse().unwrap()) };
        unchanged(site.0.path(), &files, &options, &OutputFolder::new(site.0.path(), Path::new(output)).unwrap()).is_some()
    };
    assert!(asked("public", Drafts::LeftOut, None));
    assert!(!asked("elsewhere", Drafts::LeftOut, None));
    assert!(!asked("public", Drafts::Included, None));
    assert!(!asked("public", Drafts::LeftOut, Some("https://test.example.org")));
}

#[test]
fn midnight_and_the_moments_that_content_names_are_noticed() {
    let site = Site::new();
    site.put("content/events/soon.md", TEA.replace("id: tea", "id: soon\nvisible_from: 2026-12-01 12:00"));
    site.put("content/events/gone.md", TEA.replace("id: tea", "id: gone\nvisible_until: 2026-12-01 15:30"));
    site.build();
    // New York is five hours behind.
    for (at, same) in [
        ("2026-12-01T05:00:00Z", true),
        ("2026-12-01T04:59:59Z", false),
        ("2026-12-01T14:00:01Z", true),
        ("2026-12-01T16:59:59Z", true),
        ("2026-12-01T17:00:00Z", false),
        ("2026-12-01T21:00:00Z", false),
        ("2026-12-02T14:00:00Z", false),
        ("2025-12-01T14:00:00Z", false),
    ] {
        assert_eq!(site.unchanged_at(at).is_some(), same, "{at}");
    }
}

#[test]
fn after_a_build_that_failed_the_way_back_is_no_change() {
    let site = Site::new();
    site.build();
    site.put("content/events/tea.md", TEA.replace("2026-12-03", "2026-13-03"));
    assert!(!site.unchanged());
    assert!(site.write(&site.load(Drafts::LeftOut, None), "public").is_err());
    site.put("content/events/tea.md", TEA);
    assert!(site.unchanged());
    // built in between, the way back is one
    site.put("content/events/tea.md", TEA.replace("Tea", "Late tea"));
    site.build();
    site.put("content/events/tea.md", TEA);
    assert!(!site.unchanged());
}

#[test]
fn a_rehearsal_whose_numbers_are_not_kept_is_the_same_only_at_its_minute() {
    let site = Site::new();
    let at = |minute: u32| Moment::Local(NaiveDate::from_ymd_opt(2031, 12, 1).unwrap().and_hms_opt(9, minute, 0).unwrap());
    let options = |minute| LoadOptions { base_url: None, drafts: Drafts::LeftOut, moment: at(minute) };
    let output = OutputFolder::new(site.0.path(), Path::new("public")).unwrap();
    let same = |minute| unchanged(site.0.path(), &read(site.0.path()).unwrap(), &options(minute), &output).is_some();
    site.write(&load(site.0.path(), &options(0)).unwrap(), "public").unwrap();
    assert!(same(0) && !same(1));
    // with numbers from an earlier build that fit, the minute is nothing to it
    site.build();
    site.write(&load(site.0.path(), &options(0)).unwrap(), "public").unwrap();
    assert!(same(0) && same(1));
}
