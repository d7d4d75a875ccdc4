//! Bad input: everything that is wrong is said at once, and nothing is touched.

use crate::command::{Library, MILLBROOK};

/// One mistake in a file of every kind, with a word of what is said of it.
const MISTAKES: [(&str, &str, &str); 6] = [
    ("content/events/bad.md", "---\ntitle: Bad\nstrats: 2026-12-03 10:00\n---\n", "content/events/bad.md:3:1"),
    ("content/contact.md", "---\ntitle: Contact\ntitle: Twice\n---\n[gone](nowhere.md)\n", "content/contact.md:3:1"),
    ("themes/reading-room/templates/page.html", "{% if page %}\n<h1>{{ page.titel }</h1>\n", "themes/reading-room/templates/page.html"),
    ("announce/today.txt", "Today: {{ title\n", "announce/today.txt"),
    ("content/events/poster.jpg", "this is no picture", "content/events/poster.jpg"),
    (
        "content/events/pictured.md",
        "---\ntitle: Pictured\nstarts: 2026-12-03 10:00\nimage: poster.jpg\nimage_alt: A poster\n---\n",
        "poster.jpg",
    ),
];

#[test]
fn mistakes_in_every_kind_of_file_are_said_at_once_and_nothing_is_touched() {
    let mut library = Library::of(MILLBROOK);
    library.at("2026-12-01 12:00").run("run").done();
    let (public, outbox) = (library.files("public"), library.files(".handbill"));
    for (path, text, _) in MISTAKES {
        library.write(path, text);
    }
    library.edit("site.toml", "quiet = \"none\"", "quite = \"none\"");

    for command in ["build", "check", "outreach plan", "dates open-house"] {
        let mut said = library.run(command).failed().complains("site.toml:12:1").complains("did you mean `quiet`?");
        for (_, _, place) in MISTAKES {
            said = said.complains(place);
        }
        assert_eq!(library.files("public"), public, "{command}");
        assert_eq!(library.files(".handbill"), outbox, "{command}");
    }
}

#[test]
fn one_mistake_of_any_kind_is_enough_to_leave_the_site_and_the_plan_as_they_were() {
    for (path, text, place) in MISTAKES {
        let mut library = Library::of(MILLBROOK);
        library.at("2026-12-01 12:00").run("run").done();
        let (public, rows) = (library.files("public"), library.run("outreach status --json").out);
        library.write("content/events/new.md", "---\ntitle: New\nstarts: 2026-12-02 10:00\n---\n");
        library.write(path, text);
        if path == "content/events/poster.jpg" {
            library.write(MISTAKES[5].0, MISTAKES[5].1);
        } else if path == "content/events/pictured.md" {
            continue;
        }
        library.run("run").failed().complains(place).says("Nothing to post");
        assert_eq!(library.files("public"), public, "{path}");
        assert_eq!(
            library.run("outreach status --json").json()["rows"],
            serde_json::from_str::<serde_json::Value>(&rows).unwrap()["rows"],
            "{path}"
        );
    }
}

#[test]
fn what_only_shows_when_a_page_is_made_leaves_the_site_as_it_was_too() {
    let mut library = Library::of(MILLBROOK);
    library.at("2026-12-01 12:00").run("build").done();
    let public = library.files("public");
    library.write("themes/reading-room/templates/page.html", "<h1>{{ page.titel }}</h1>\n");
    for command in ["build", "check", "run"] {
        library.run(command).failed().complains("themes/reading-room/templates/page.html:1").complains("titel");
        assert_eq!(library.files("public"), public, "{command}");
    }
}

#[test]
fn when_mistakes_come_later_what_was_scheduled_goes_out_and_the_posts_of_the_broken_file_wait() {
    let mut library = Library::of(MILLBROOK).with([("content/events/chess.md", "---\ntitle: Chess Club\nstarts: 2026-12-03 17:00\n---\n")]);
    library.at("2026-12-01 11:00").run("outreach run").done();
    assert!(library.wall("wall").is_empty());

    library.edit("content/events/chess.md", "starts", "strats");
    library.edit("content/events/open-house.md", "Open House", "A new name");
    let said = library.at("2026-12-01 12:00").run("outreach run").failed();
    said.complains("content/events/chess.md:3:1").complains("the outbox was not brought in line").says("Posted 1 announcement");
    let posts = library.wall("wall");
    assert_eq!(posts.len(), 1);
    assert!(posts[0].text.starts_with("On Thursday, 4–6 pm: Open House"), "as it stood: {}", posts[0].text);

    library.edit("content/events/chess.md", "strats", "starts");
    library.at("2026-12-01 12:30").run("outreach run").done().in_silence().says("Posted 1 announcement").says("Chess Club");
    assert_eq!(library.wall("wall").len(), 2);
}

#[test]
fn a_site_toml_that_says_too_little_posts_nothing() {
    let mut library = Library::of(MILLBROOK);
    library.at("2026-12-01 11:00").run("outreach run").done();
    for text in ["", "[site\n", "[site]\ntitle = \"Millbrook\"\n", "\u{0}", "[site]\ntitle = 3\n"] {
        library.write("site.toml", text);
        library.at("2026-12-01 12:00").run("run").failed().complains("site.toml");
        assert!(library.wall("wall").is_empty() && !library.has("public"), "{text:?}");
    }
    library.write("site.toml", [0xff, 0xfe, 0x00]);
    library.run("run").failed().complains("site.toml");
}
