//! What staff say of an event beside its dates, from the file to what is built and told.

use crate::command::Library;

const COUNTED: &str = "---\ntitle: Knitting\nid: knitting\nkind: meeting\nstarts: 2026-11-02 18:00\nends: 20:00\nrepeats: every Monday\naudience: [teens]\n---\n";

#[test]
fn a_count_changes_no_page_no_calendar_and_no_post() {
    let mut library = Library::millbrook().with([("content/events/knitting.md", COUNTED)]);
    library.at("2026-12-01 09:00").run("run").done();
    let before = library.files("public");
    library.edit("content/events/knitting.md", "audience: [teens]\n", "audience: [teens]\nattendance: { 2026-11-02: 14, 2026-11-09: 0 }\n");
    library.run("run").done().in_silence().says("Nothing to post").says("nothing written, all as before");
    assert_eq!(library.files("public"), before);
}

#[test]
fn nobody_came_and_nobody_counted_are_different() {
    let mut library = Library::millbrook().with([("content/events/knitting.md", COUNTED)]);
    library.at("2026-12-01 09:00");
    library.edit("content/events/knitting.md", "audience: [teens]\n", "audience: [teens]\nattendance: { 2026-11-02: 14, 2026-11-09: 0 }\n");
    let json = library.run("dates knitting --from 2026-11-02 --to 2026-11-16 --json").done().json();
    let event = &json["events"][0];
    assert_eq!((event["kind"].as_str(), event["age_band"].as_str()), (Some("meeting"), Some("12-18")));
    let counts: Vec<String> = event["dates"].as_array().unwrap().iter().map(|date| date["attendance"].to_string()).collect();
    assert_eq!(counts, ["14", "0", "null"]);
    library.run("dates knitting --from 2026-11-02 --to 2026-11-16").done().says("14 people came").says("nobody came");
}

#[test]
fn a_date_that_differs_in_everything_says_so_on_its_page_and_in_its_calendar() {
    let talk = "---\ntitle: Bridge Talk\nid: bridge\nstarts: 2026-12-07 19:00\nends: 20:00\nrepeats: every Monday\nbranch: main\nroom: Hall\n\
                online: https://meet.example.org/bridge\npresenter: Ann Lee\nregister: https://example.org/r\nchanges:\n  2026-12-14:\n    \
                { title: Bridge Walk, place: { name: Toll House, address: 3 River Road }, starts: \"18:00\", lasts: 2 hours, presenter: Bo Lee, register: { state: full } }\n---\n";
    let mut library = Library::millbrook().with([("content/events/bridge.md", talk)]);
    library.at("2026-12-01 09:00").run("build").done().in_silence();
    let page = library.read("public/events/bridge/index.html");
    for said in
        ["Bridge Walk", "Toll House and online", "With Bo Lee", "All places are taken.", "<strong class=\"status status-full\">Full:"]
    {
        assert!(page.contains(said), "{said}");
    }
    let calendar = library.read("public/events/bridge.ics").replace("\r\n ", "");
    for line in [
        "LOCATION:Hall\\, Main Library and online\\, 1 Mill Street\\, Millbrook",
        "RECURRENCE-ID;TZID=America/New_York:20261214T190000",
        "DTSTART;TZID=America/New_York:20261214T180000",
        "DTEND;TZID=America/New_York:20261214T200000",
        "SUMMARY:Full: Bridge Walk",
        "LOCATION:Toll House and online\\, 3 River Road",
    ] {
        assert!(calendar.contains(line), "{line}\n{calendar}");
    }
    assert!(calendar.contains("Sign up: https://example.org/r"), "{calendar}");
}

#[test]
fn what_is_self_directed_is_ahead_until_it_ends() {
    let hunt = "---\ntitle: Stone Hunt\nid: hunt\nkind: self-directed\nstarts: 2026-12-01 08:00\nends: 17:00\n---\n";
    let talk = "---\ntitle: Early Talk\nid: early\nstarts: 2026-12-01 08:00\nends: 17:00\n---\n";
    let mut library = Library::millbrook().with([("content/events/hunt.md", hunt), ("content/events/talk.md", talk)]);
    // The wave of the day is due at 8:30, when both have begun.
    library.at("2026-12-01 09:00").run("outreach run").done();
    let wall = library.wall("wall");
    assert!(wall.iter().any(|post| post.text.contains("Stone Hunt")), "{wall:?}");
    assert!(!wall.iter().any(|post| post.text.contains("Early Talk")), "{wall:?}");
}

#[test]
fn words_about_access_are_translated_and_what_nobody_translated_says_its_language() {
    let mut library = Library::millbrook();
    library.edit(
        "site.toml",
        "timezone = \"America/New_York\"\n",
        "timezone = \"America/New_York\"\nlanguages = [\"en\", \"es\"]\n\n[words.es]\n\"the main desk\" = \"el mostrador\"\n\n[access]\nask = \"the main desk\"\n",
    );
    library.edit("content/branches/main.md", "address:", "access: The door has no step.\naddress:");
    library.edit(
        "content/events/story-time.md",
        "room:",
        "presenter: Ruth and friends\ncontact: { name: Front desk, phone: 518-555-0100 }\nroom:",
    );
    library.write(
        "content/events/story-time.es.md",
        "---\ntitle: Hora de cuentos\npresenter: Ruth y amigos\ncontact: Mostrador infantil\n---\nVengan.\n",
    );
    library.at("2026-12-01 09:00").run("build").done();
    let page = |library: &Library, path: &str| library.read(&format!("public/es/{path}/index.html"));
    let event = page(&library, "events/story-time");
    for words in ["Ruth y amigos", "Mostrador infantil", "518-555-0100", "el mostrador", "<span lang=\"en\">The door has no step.</span>"] {
        assert!(event.contains(words), "no {words:?} in:\n{event}");
    }
    assert!(page(&library, "branches/main").contains("<dd lang=\"en\">The door has no step.</dd>"));

    library.write("content/branches/main.es.md", "---\ntitle: Biblioteca principal\naccess: La puerta no tiene escalón.\n---\n");
    library.run("build").done();
    assert!(page(&library, "events/story-time").contains("<dd>La puerta no tiene escalón."));
    assert!(page(&library, "branches/main").contains("<dd>La puerta no tiene escalón.</dd>"));

    // Words for nothing are refused, and other words of the original make the translation one to look at.
    library.edit("content/branches/main.es.md", "access:", "contact: Mostrador\naccess:");
    library.run("check").failed().complains("`content/branches/main.md` has no `contact` that this could translate");
}
