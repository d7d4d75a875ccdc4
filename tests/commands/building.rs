//! `build` and `init` on a disk.

use std::collections::BTreeSet;

use crate::command::{Library, MILLBROOK};

#[test]
fn a_second_build_writes_nothing() {
    let library = Library::sample_with_small_pictures();
    library.run("build").done();
    let first = library.files("public");
    library.run("build").done().in_silence().says("nothing written, all as before");
    assert_eq!(library.files("public"), first);
}

#[test]
fn a_build_with_nothing_to_do_says_what_one_says_that_looks_at_everything_anew() {
    let library = Library::millbrook().with([
        ("content/events/secret.md", "---\ntitle: Secret Garden\nstarts: 2026-12-05 10:00\ndraft: true\n---\n"),
        ("content/events/sunday.md", "---\ntitle: Sunday Songs\nstarts: 2026-12-06 10:00\n---\n"),
        ("content/minutes.docx", "a letter"),
    ]);
    let told = |words: &str| {
        let said = library.run(words).done();
        let lines = |text: &str| text.lines().map(|line| line.split(" in ").next().unwrap().to_owned()).collect::<Vec<_>>();
        (lines(&said.out), said.err.clone())
    };
    library.run("build").done().complains("minutes.docx");
    let (out, err) = told("build");
    assert!(err.contains("minutes.docx") && out.iter().any(|line| line.contains("secret.md")), "{out:?} {err}");
    let json = |library: &Library| {
        let mut json = library.run("build --json").json();
        json["seconds"] = 0.into();
        json
    };
    let document = json(&library);
    library.remove(".handbill/cache");
    assert_eq!((out, err), told("build"));
    library.remove(".handbill/cache");
    assert_eq!(document, json(&library));
    assert!(document["diagnostics"].as_array().is_some_and(|all| !all.is_empty()), "{document}");
}

#[test]
fn the_page_of_an_event_that_is_gone_goes_and_nothing_links_to_it() {
    let library = Library::millbrook();
    library.run("build").done();
    assert!(library.has("public/events/open-house/index.html"));
    library.remove("content/events/open-house.md");
    library.run("build").done().in_silence().says("removed");
    assert!(!library.has("public/events/open-house"));
    for (path, bytes) in library.bytes("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("open-house"), "{path} names what is gone");
    }
}

#[test]
fn what_somebody_else_put_into_public_stays_and_is_named_by_the_build_that_finds_it() {
    let library = Library::millbrook().with([("public/analytics.txt", "ours"), ("public/old/index.html", "ours")]);
    library.run("build").done().complains("analytics.txt").complains("old/index.html");
    library.run("build").done();
    assert_eq!((library.read("public/analytics.txt"), library.read("public/old/index.html")), ("ours".into(), "ours".into()));

    // a page of ours that somebody has changed is not removed either
    library.write("public/events/open-house/index.html", "changed by hand");
    library.remove("content/events/open-house.md");
    library.run("build").done().complains("events/open-house/index.html");
    assert_eq!(library.read("public/events/open-house/index.html"), "changed by hand");
}

#[test]
fn an_output_that_is_holds_or_lies_in_what_staff_wrote_is_refused() {
    let library = Library::millbrook();
    let before = library.files(".");
    for output in ["content/x", "content", "themes", "themes/new", ".", "..", ".git/x", "content/../content/y", ".handbill/x", "site.toml"]
    {
        library.run(&format!("build --output {output}")).usage();
    }
    let after: BTreeSet<String> = library.files(".").into_keys().filter(|path| !path.contains(".handbill/")).collect();
    assert_eq!(after, before.into_keys().collect());
    library.run("build --output elsewhere").done().says("(elsewhere)");
    assert!(library.has("elsewhere/index.html") && !library.has("public"));
}

#[test]
fn a_draft_is_held_and_said_to_be_and_shows_only_in_public_drafts() {
    let library = Library::millbrook().with([
        ("content/events/secret.md", "---\ntitle: Secret Garden\nstarts: 2026-12-05 10:00\ndraft: true\n---\n"),
        ("content/news/later.md", "---\ntitle: Not Before\ndate: 2026-12-01\nvisible_from: 2026-12-10\n---\n"),
    ]);
    let json = library.run("build --json").json();
    let held: Vec<(&str, Option<&str>)> =
        json["held"].as_array().unwrap().iter().map(|held| (held["file"].as_str().unwrap(), held["until"].as_str())).collect();
    assert_eq!(held, [("content/events/secret.md", None), ("content/news/later.md", Some("2026-12-10"))]);
    let holds = |folder: &str, words: &str| library.bytes(folder).values().any(|bytes| String::from_utf8_lossy(bytes).contains(words));
    assert!(!holds("public", "Secret Garden") && !holds("public", "Not Before"));

    let public = library.files("public");
    library.run("build --drafts").done().says("(public-drafts)");
    assert!(holds("public-drafts", "Secret Garden"));
    assert_eq!(library.files("public"), public);
    library.run("outreach plan --days 30").done().never_says("Secret Garden");
}

#[test]
fn an_address_with_a_path_is_in_every_link() {
    let library = Library::sample_with_small_pictures();
    library.run("build --base-url https://town.example.org/library").done().in_silence();
    let mut links = 0;
    for (path, bytes) in library.bytes("public").into_iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = scraper::Html::parse_document(&String::from_utf8(bytes).unwrap());
        for (selector, attribute) in [("[href]", "href"), ("[src]", "src"), ("[action]", "action")] {
            for element in page.select(&scraper::Selector::parse(selector).unwrap()) {
                let link = element.value().attr(attribute).unwrap();
                let ours = link.starts_with("/library/") || link.starts_with("https://town.example.org/library/");
                let elsewhere = link.starts_with("http") && !link.contains("town.example.org") && !link.contains("//library.example.org/");
                let inside =
                    link.starts_with('#') || link.starts_with("mailto:") || link.starts_with("tel:") || link.starts_with("webcal:");
                assert!(ours || elsewhere || inside || link.starts_with("https://library.example.org/r/"), "{path}: {link}");
                links += usize::from(ours);
            }
        }
        for source in page.select(&scraper::Selector::parse("[srcset]").unwrap()) {
            for one in source.value().attr("srcset").unwrap().split(',') {
                assert!(one.trim().starts_with("/library/"), "{path}: {one}");
            }
        }
    }
    assert!(links > 1000);
    for wrong in ["ftp://x.example.org", "library", "https://user:secret@x.example.org", "https://x.example.org/?a=b"] {
        library.run(&format!("build --base-url {wrong}")).failed();
    }
}

#[test]
fn two_builds_of_one_site_in_two_folders_are_the_same_to_the_byte() {
    let (one, two) = (Library::sample_with_small_pictures(), Library::sample_with_small_pictures());
    one.run("build").done();
    two.run("build").done();
    assert_eq!(one.bytes("public"), two.bytes("public"));
    // and a build that finds the one of another day makes the same of it as one that finds nothing, but for the numbers of calendar entries
    let mut three = Library::sample_with_small_pictures();
    three.at("2026-11-30 20:00").run("build").done();
    three.at("2026-12-01 09:00").run("build").done();
    let without_numbers = |library: &Library| {
        let mut files = library.bytes("public");
        files.retain(|path, _| !path.ends_with(".ics") && !path.ends_with(".xml"));
        files
    };
    assert_eq!(without_numbers(&three), without_numbers(&one));
}

#[test]
fn a_site_of_only_a_few_keys_and_one_event_builds() {
    let library = Library::of([
        ("site.toml", "[site]\ntitle = \"Tiny\"\nbase_url = \"https://library.example.org\"\ntimezone = \"America/New_York\"\n"),
        ("content/events/tea.md", "---\ntitle: Tea\nstarts: 2026-12-03 10:30\n---\n"),
    ]);
    library.run("build").done().in_silence();
    assert!(library.read("public/events/tea/index.html").contains("Tea"));
    library.run("check").done().in_silence();
    library.run("run").done().in_silence();
}

#[test]
fn a_new_site_builds_and_passes_its_check_whatever_the_library_is_called() {
    for (number, title) in [
        "Millbrook Public Library",
        "The \"Mill\" & Brook: a library",
        "# O'Brien <Library> {{ x }}",
        "- [Ünïcode] 'läser' \\ 📚",
        "yes",
        "1901",
    ]
    .into_iter()
    .enumerate()
    {
        let library = Library::of([]);
        let name = format!("site-{number}");
        library.run_all(&["init", &name, "--title", title, "--timezone", "America/New_York", "--town", title]).done().in_silence();
        library.run(&format!("build --root {name}")).done().in_silence();
        library.run(&format!("check --root {name} --strict")).done().in_silence().says("Nothing is wrong");
        library.run(&format!("run --root {name}")).done().in_silence();
        let home = library.read(&format!("{name}/public/index.html"));
        let page = scraper::Html::parse_document(&home);
        let shown: String = page.select(&scraper::Selector::parse("title").unwrap()).flat_map(|title| title.text()).collect();
        assert!(shown.contains(title), "{shown}");
        assert!(library.read(&format!("{name}/.gitignore")).contains(".handbill"));
    }
}

#[test]
fn a_new_site_is_begun_only_where_nothing_is() {
    let library = Library::of([("full/notes.txt", "mine"), ("file", "mine")]);
    std::fs::create_dir(library.path("empty")).unwrap();
    let init = |dir: &str| library.run_all(&["init", dir, "--title", "T", "--timezone", "America/New_York", "--town", "T"]);
    init("full").failed().complains("full: the folder is not empty");
    init("file").failed().complains("no folder");
    assert_eq!((library.bytes("full").len(), library.read("file")), (1, "mine".to_owned()));
    init("empty").done();
    init("new/deep").done();
    init("empty").failed();
    library.run_all(&["init", "zone", "--title", "T", "--timezone", "Chicago", "--town", "T"]).usage().complains("America/Chicago");
    assert!(!library.has("zone"));
}

#[test]
fn a_site_of_the_sample_is_without_a_finding() {
    Library::of(MILLBROOK).run("check --strict").done().in_silence();
    Library::sample_with_small_pictures().run("check --strict").done().in_silence();
}
