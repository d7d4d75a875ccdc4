//! A small site on the disk, built again and again.

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::kitchen::sealed;
use super::{BuildReport, LoadOptions, Loaded, Moment, load, write_site};
use crate::calendar::{DateTime, NaiveDate, Utc};
use crate::content::Drafts;
use crate::diagnostic::{Diagnostics, codes};
use crate::folder::OutputFolder;

const SITE: &str = "[site]\ntitle = \"Stonebridge\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\n";
const TEA: &str = "---\ntitle: Tea time\nid: tea\nstarts: 2026-12-03 10:30\nimage: tea.jpg\nimage_alt: A teapot.\n---\nCome and see.\n";

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

    fn load(&self, drafts: Drafts, base_url: Option<&str>) -> Loaded {
        let moment = Moment::Instant("2026-12-01T14:00:00Z".parse::<DateTime<Utc>>().unwrap());
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
