//! Each folder of `tests/pages` is a small site; its `expected.html` is what readers see of the words of its `about.md`.
//!
//! `REWRITE=1 cargo test --test pages` writes the files anew. The same run keeps `docs/shortcodes.md`, which is made from the table of
//! shortcodes. Read every one that changed.

#![allow(clippy::unwrap_used, reason = "a test may fail anywhere")]

use std::fs;
use std::path::Path;

use handbill::calendar::{DateTime, Now, Utc};
use handbill::content::shortcodes::{SHORTCODES, Shape, reference};
use handbill::content::{self, Drafts};
use handbill::diagnostic::terminal::{Colour, draw};
use handbill::diagnostic::{Diagnostics, FileId, Sources};
use handbill::settings;
use handbill::site::{Fingerprint, Revisions, Site};
use handbill::source::{ContentHash, File, FileKind, Files, PictureFormat, Store};
use handbill::theme;

use folder_files::files_below;

#[path = "support/folder_files.rs"]
mod folder_files;

/// No page needs bytes from the disk.
struct NoDisk;

impl Store for NoDisk {
    fn bytes(&self, file: &FileId) -> Result<Vec<u8>, String> {
        panic!("{file} is no page")
    }
}

fn files_of(root: &Path) -> Files {
    files_below(root, |id, bytes| Some(file(id, &String::from_utf8(bytes).unwrap())))
}

/// A `.jpg` here has no bytes.
fn file(id: &str, text: &str) -> File {
    let kind = match id.rsplit('.').next() {
        Some("jpg") => FileKind::Picture { format: PictureFormat::Jpeg, width: 800, height: 600 },
        _ => FileKind::Text(text.into()),
    };
    File { id: FileId::new(id), hash: ContentHash::of(text.as_bytes()), bytes: text.len() as u64, kind }
}

/// The site on the morning of a day, and all that is said of it.
fn site_of(files: &Files, morning: &str) -> (Site, Diagnostics) {
    let (settings, mut wrong) = settings::read(&settings::file(), files.text(&settings::file()).unwrap());
    let settings = settings.unwrap();
    let at: DateTime<Utc> = format!("{morning}T14:00:00Z").parse().unwrap();
    let now = Now::new(at, settings.site.zone);
    let (library, found) = content::read(files, &settings, Drafts::LeftOut, now);
    let (theme, faults) = theme::load(files, &settings);
    wrong.append(found);
    wrong.append(faults);
    let site = handbill::site::plan(&library, &theme, &settings, files, &Revisions::default(), now);
    wrong.append(site.diagnostics().clone());
    (site, wrong)
}

fn cooked(site: &Site, address: &str) -> String {
    let recipe = site.recipe(address).unwrap();
    String::from_utf8(site.cook(recipe, &NoDisk).unwrap_or_else(|wrong| panic!("{wrong:?}"))).unwrap()
}

/// The words of a page as HTML: what stands in `<div class="prose">`.
fn words_of(page: &str) -> &str {
    let start = page.find("<div class=\"prose\">").unwrap();
    &page[start..page.find("</article>").unwrap()]
}

#[test]
fn pages_are_shown_as_their_markdown_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let rewrite = std::env::var_os("REWRITE").is_some();
    let mut names: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let mut different = Vec::new();
    for folder in names {
        let files = files_of(&folder);
        let (site, wrong) = site_of(&files, "2026-12-01");
        assert!(wrong.is_empty(), "{}", draw(&wrong, &files, 100, Colour::No));
        let page = cooked(&site, "/about/");
        let words = words_of(&page);
        let expected = folder.join("expected.html");
        if rewrite {
            fs::write(&expected, words).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n") != words {
            different.push(format!("--- {}\n{words}", folder.display()));
        }
    }
    assert!(different.is_empty(), "these pages are shown otherwise than expected.html says:\n{}", different.join("\n"));
}

#[test]
fn the_manual_of_shortcodes_is_that_of_their_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/shortcodes.md");
    if std::env::var_os("REWRITE").is_some() {
        fs::write(&path, reference()).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(written == reference(), "docs/shortcodes.md is stale: `REWRITE=1 cargo test --test pages` writes it anew");
}

const SITE: &str = "[site]\ntitle = \"L\"\nbase_url = \"https://l.example.org\"\ntimezone = \"America/New_York\"\n";

/// A site whose one page holds this Markdown, and what the manual's examples name.
fn with_page(markdown: &str) -> Vec<(String, String)> {
    let event = "---\ntitle: Rhymes\nstarts: 2026-12-03 10:30\nrepeats: every Thursday\nprogram: story-time\nbranch: main\naudience: [toddlers]\n---\n";
    [
        ("site.toml", SITE),
        ("content/about.md", &format!("---\ntitle: About\n---\n{markdown}")),
        ("content/visit/get-a-card.md", "---\ntitle: A card\n---\n"),
        (
            "content/branches/main.md",
            "---\ntitle: Main Library\naddress: { street: 1 Mill Street, city: Millbrook }\nhours: { mon-sat: 9:00-20:00 }\n---\n",
        ),
        ("content/branches/riverside.md", "---\ntitle: Riverside\n---\n"),
        ("content/programs/story-time.md", "---\ntitle: Story Time\n---\n"),
        ("content/events/rhymes.md", event),
        ("content/data/databases.csv", "name,subject,url\nKanopy,Films,https://kanopy.example.com/\n"),
        ("content/data/staff.yaml", "- { name: Ruth Calder, role: Director }\n"),
        ("content/seeds.jpg", ""),
        ("content/microfilm.jpg", ""),
    ]
    .map(|(id, text)| (id.to_owned(), text.to_owned()))
    .to_vec()
}

fn read(texts: &[(String, String)]) -> Files {
    Files::new(texts.iter().map(|(id, text)| file(id, text)), Vec::new())
}

#[test]
fn every_example_of_the_manual_is_one() {
    for form in SHORTCODES {
        let all: Vec<String> = form
            .arguments
            .iter()
            .filter(|known| known.name != "address")
            .map(|known| format!("{}=\"{}\"", known.name, known.example))
            .collect();
        let end = if form.shape == Shape::Around { "\n\nWords.\n\n{{ end }}" } else { "" };
        for markdown in [form.example.to_owned(), format!("{{{{ {} {} }}}}{end}", form.name, all.join(" "))] {
            let files = read(&with_page(&markdown));
            let (site, wrong) = site_of(&files, "2026-12-01");
            assert!(wrong.is_empty(), "{markdown}\n{}", draw(&wrong, &files, 100, Colour::No));
            let page = cooked(&site, "/about/");
            assert!(!words_of(&page).contains("{{") && words_of(&page).len() > 60, "{markdown}\n{}", words_of(&page));
        }
    }
}

#[test]
fn a_page_changes_with_what_its_shortcodes_show_and_with_nothing_else() {
    let fingerprint = |texts: &[(String, String)], morning: &str, address: &str| -> Fingerprint {
        let (site, wrong) = site_of(&read(texts), morning);
        assert!(wrong.is_empty(), "{wrong:?}");
        site.recipe(address).unwrap().fingerprint
    };
    let mut texts = with_page("{{ callout }}\n{{ events program=\"story-time\" count=\"2\" }}\n{{ end }}");
    let (before, card) = (fingerprint(&texts, "2026-12-01", "/about/"), fingerprint(&texts, "2026-12-01", "/visit/get-a-card/"));
    assert_eq!(fingerprint(&texts, "2026-12-01", "/about/"), before);
    let event = texts.iter_mut().find(|(id, _)| id == "content/events/rhymes.md").unwrap();
    event.1 = event.1.replace("10:30", "11:00");
    assert_ne!(fingerprint(&texts, "2026-12-01", "/about/"), before, "the list shows another time");
    assert_eq!(fingerprint(&texts, "2026-12-01", "/visit/get-a-card/"), card, "and this page shows no list");
}

#[test]
fn a_sites_own_template_takes_the_place_of_the_themes() {
    let mut texts = with_page("{{ button to=\"visit/get-a-card.md\" label=\"A < b & \\\"c\\\"\" }}");
    texts.push(("themes/reading-room/templates/shortcodes/button.html".to_owned(), "<b>{{ label }}: {{ href }}</b>\n".to_owned()));
    let (site, _) = site_of(&read(&texts), "2026-12-01");
    let page = cooked(&site, "/about/");
    assert!(words_of(&page).contains("<p><b>A &lt; b &amp; &quot;c&quot;: /visit/get-a-card/</b></p>"), "{}", words_of(&page));
    let last = texts.len() - 1;
    texts[last].1 = "{% if lable %}{{ label }}{% endif %}".to_owned();
    let (_, wrong) = site_of(&read(&texts), "2026-12-01");
    assert!(wrong.iter().any(|one| one.message.contains("there is no field `lable`")), "{wrong:?}");
}

#[test]
fn news_go_into_the_feed_with_what_their_shortcodes_show() {
    let mut texts = with_page("");
    let post = "---\ntitle: Cards\ndate: 2026-11-30\n---\nGet one.\n\n{{ button to=\"../visit/get-a-card.md\" label=\"Now\" }}\n";
    texts.push(("content/news/cards.md".to_owned(), post.to_owned()));
    let (site, wrong) = site_of(&read(&texts), "2026-12-01");
    assert!(wrong.is_empty(), "{wrong:?}");
    let feed = cooked(&site, "/feed.xml");
    assert!(feed.contains("href=&quot;https://l.example.org/visit/get-a-card/&quot;"), "{feed}");
}

#[test]
fn a_translation_gives_its_words_to_the_page_that_it_translates_and_to_no_other() {
    let texts = [
        ("site.toml", format!("{SITE}languages = [\"en\", \"es\"]\n")),
        ("content/data/staff.csv", "name,role\nAna Reyes,Children\n".to_owned()),
        (
            "content/staff.md",
            "---\ntitle: Staff\npages_from: { table: staff, title: name, summary: role }\n---\nWho works here.\n".to_owned(),
        ),
        ("content/staff.es.md", "---\ntitle: Personal\n---\nQuién trabaja aquí. ![Un plano](plano.jpg)\n".to_owned()),
        ("content/plano.jpg", String::new()),
        ("content/banners/water.md", "---\ntitle: Water off\nuntil: 2026-12-31\n---\nDo not drink.\n".to_owned()),
        ("content/banners/water.es.md", "---\ntitle: Sin agua\n---\nNo beba.\n".to_owned()),
    ];
    let files = Files::new(texts.iter().map(|(id, text)| file(id, text)), Vec::new());
    let (site, wrong) = site_of(&files, "2026-12-01");
    assert!(!wrong.has_errors(), "{}", draw(&wrong, &files, 100, Colour::No));
    let says = |address: &str, words: &str| cooked(&site, address).contains(words);

    assert!(says("/es/staff/", "Personal</h1>") && says("/es/staff/", "Quién trabaja aquí"));
    assert!(says("/es/staff/ana-reyes/", "Ana Reyes</h1>") && says("/es/staff/ana-reyes/", "Quién trabaja aquí"));
    assert!(says("/staff/", "Staff</h1>") && says("/staff/ana-reyes/", "Who works here"));
    assert!(says("/es/", "Sin agua") && says("/es/", "No beba") && !says("/es/", "Water off"));
    assert!(says("/", "Water off") && !says("/", "Sin agua"));
    assert!(site.recipe("/plano.jpg").is_some(), "a picture that a translation alone shows");
}
