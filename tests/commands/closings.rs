//! What a closing, a season and a banner do to the whole site.

use insta::assert_snapshot;

use crate::command::Library;

const MAIN: &str = "content/branches/main.md";
const STORIES: &str = "content/events/story-time.md";

/// Millbrook, its main library with one more key.
fn with_closing(closing: &str) -> Library {
    let library = Library::millbrook();
    library.edit(MAIN, "mon-sat: 9:00-20:00 }\n", &format!("mon-sat: 9:00-20:00 }}\nclosings:\n  - {closing}\n"));
    library
}

const SNOW: &str = "{ date: 2026-12-08, reason: Snow, events: cancel }";

/// The text of a page without its markup, in one line.
fn words(library: &Library, path: &str) -> String {
    let html = library.read(&format!("public/{path}index.html"));
    let mut text = String::new();
    let mut tag = false;
    for c in html.chars() {
        match c {
            '<' => tag = true,
            '>' => {
                tag = false;
                text.push(' ');
            }
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" :", ":").replace(" ,", ",")
}

#[track_caller]
fn holds(text: &str, part: &str) {
    assert!(text.contains(part), "no {part:?} in:\n{text}");
}

fn status_of(library: &Library, date: &str) -> (String, String) {
    let json = library.run(&format!("dates toddler-story-time --from {date} --to {date} --json")).done().json();
    let date = &json["events"][0]["dates"][0];
    (date["status"].as_str().unwrap().to_owned(), date["note"].as_str().unwrap_or("").to_owned())
}

#[test]
fn a_snow_day_in_the_branch_s_file_does_all_the_rest() {
    let mut library = with_closing(SNOW);
    library.at("2026-12-08 08:00").run("build").done().in_silence();
    library.run("check").done().in_silence();

    let home = words(&library, "");
    holds(&home, "Notice: Closed on Tuesday, December 8 for snow: Main Library. Hours");
    holds(&home, "Tuesday, December 8: closed (Snow)");
    holds(&home, "Cancelled: Toddler Story Time");
    let branch = words(&library, "branches/main/");
    holds(&branch, "Notice: Closed on Tuesday, December 8");
    holds(&branch, "Tuesday, December 8: closed, Snow");
    let event = words(&library, "events/story-time/");
    holds(&event, "Notice: Closed on Tuesday, December 8");
    holds(&event, "Cancelled: Tuesday, December 8. Closed for snow.");
    assert!(!words(&library, "about/").contains("for snow: Main Library"), "no banner of one branch on a page of its own");

    assert_eq!(status_of(&library, "2026-12-08"), ("cancelled".to_owned(), "Closed for snow.".to_owned()));
    assert_eq!(status_of(&library, "2026-12-22").0, "scheduled");

    let entries = library.read("public/events/story-time.ics");
    let entries: Vec<&str> = entries.split("BEGIN:VEVENT").collect();
    assert!(entries[1].contains("RRULE:") && entries[1].contains("STATUS:CONFIRMED"), "{}", entries[1]);
    let closed = entries.iter().find(|entry| entry.contains("RECURRENCE-ID;TZID=America/New_York:20261208T103000")).unwrap();
    holds(closed, "STATUS:CANCELLED");
    holds(closed, "SUMMARY:Cancelled: Toddler Story Time");
    holds(closed, "DESCRIPTION:Closed for snow.");

    library.at("2026-12-09 08:00").run("build").done().in_silence();
    assert!(!words(&library, "").contains("Notice"), "the day after there is no banner");
}

#[test]
fn what_was_to_be_posted_of_a_date_is_not_when_a_closing_cancels_it() {
    let posts = |library: &Library| library.run("outreach plan --days 3 --json").done().json()["posts"].to_string();
    let mut library = with_closing(SNOW);
    let closed = posts(library.at("2026-12-07 20:00"));
    let mut open = Library::millbrook();
    let open = posts(open.at("2026-12-07 20:00"));
    assert!(open.contains("toddler-story-time@2026-12-08") && !closed.contains("\"wave\":\"today\""), "{closed}");
}

#[test]
fn a_closing_cancels_nothing_by_itself_and_warns_of_each_clash() {
    let library = with_closing("{ date: 2026-12-08, reason: Snow }");
    assert_eq!(status_of(&library, "2026-12-08").0, "scheduled");
    assert_snapshot!(library.run("check").done().err, @r#"
    warning[HB491]: "Toddler Story Time" is on Tuesday, December 8, 2026, when Main Library is closed for snow
      ╭▸ content/events/story-time.md:6:1
      │
    6 │ repeats: every Tuesday
      │ ━━━━━━━━━━━━━━━━━━━━━━
      │
      ╰ help: say what happens on such days with `on_closing: cancel` or
              `on_closing: keep`; or leave the date out with `skips: [2026-12-08]`

    1 warning
    "#);
    library.edit(MAIN, "reason: Snow", "hours: 10-11, reason: Staff meeting");
    library
        .run("check")
        .done()
        .complains("\"Toddler Story Time\" is on Tuesday, December 8, 2026, when Main Library is open only 10 to 11 am for staff meeting");
    // Within the other hours nothing clashes.
    library.edit(MAIN, "10-11,", "10-12,");
    library.run("check").done().in_silence();
}

#[test]
fn the_event_stands_above_the_closing_and_its_date_above_both() {
    let library = with_closing(SNOW);
    library.edit(STORIES, "room:", "on_closing: keep\nroom:");
    assert_eq!(status_of(&library, "2026-12-08").0, "scheduled");
    library.run("check").done().in_silence();
    library.edit(STORIES, "changes:", "changes:\n  2026-12-08: { on_closing: cancel }");
    assert_eq!(status_of(&library, "2026-12-08").0, "cancelled");
    library.edit(STORIES, "on_closing: keep\nroom:", "on_closing: cancel\nroom:");
    library.edit(STORIES, "{ on_closing: cancel }", "{ status: moved-online, online: \"https://meet.example.org/s\" }");
    assert_eq!(status_of(&library, "2026-12-08").0, "moved-online");
    library.edit(MAIN, ", events: cancel", "");
    library.edit(STORIES, "changes:\n  2026-12-08: { status: moved-online, online: \"https://meet.example.org/s\" }", "changes:");
    assert_eq!(status_of(&library, "2026-12-08"), ("cancelled".to_owned(), "Closed for snow.".to_owned()));
}

#[test]
fn shorter_hours_cancel_what_starts_outside_them() {
    let library = with_closing("{ date: 2026-12-08, hours: 12-17, reason: Ice on the roads, events: cancel }");
    let off = ("cancelled".to_owned(), "Open only noon to 5 pm, for ice on the roads.".to_owned());
    assert_eq!(status_of(&library, "2026-12-08"), off);
    library.edit(MAIN, "12-17", "10-17");
    assert_eq!(status_of(&library, "2026-12-08").0, "scheduled");
}

#[test]
fn other_hours_cancel_only_what_falls_in_usual_hours_that_they_take_away() {
    // Open longer, and nothing is taken away from what comes before the doors open or after they close.
    let library = with_closing("{ date: 2026-12-08, hours: 10-22, reason: Late night, events: cancel }");
    library.edit(MAIN, "mon-sat: 9:00-20:00", "mon-sat: 12:00-20:00");
    assert_eq!(status_of(&library, "2026-12-08").0, "scheduled");
    library.edit(MAIN, "mon-sat: 12:00-20:00", "mon-sat: 8:00-9:00");
    assert_eq!(status_of(&library, "2026-12-08").0, "scheduled");
    library.run("check").done().in_silence();
    // Open later than ever, but not when it should be.
    library.edit(MAIN, "mon-sat: 8:00-9:00", "mon-sat: 9:00-20:00");
    library.edit(MAIN, "10-22", "12-22");
    let off = ("cancelled".to_owned(), "Open noon to 10 pm, for late night.".to_owned());
    assert_eq!(status_of(&library, "2026-12-08"), off);
    // A whole day shut is another thing: then nobody opens the door.
    library.edit(MAIN, "mon-sat: 9:00-20:00", "mon-sat: 12:00-20:00");
    library.edit(MAIN, "hours: 12-22, ", "");
    assert_eq!(status_of(&library, "2026-12-08").0, "cancelled");
}

#[test]
fn the_library_s_hours_and_closings_are_those_of_each_branch_that_says_nothing_else() {
    let mut library = Library::millbrook().with([
        (
            "content/branches/annex.md",
            "---\ntitle: Annex\nhours: { tue: 13-17 }\nclosings:\n  - { date: 2026-12-08, hours: 13-15, reason: Parade }\n---\n",
        ),
        ("content/branches/north.md", "---\ntitle: North Branch\n---\n"),
    ]);
    let site = library.read("site.toml");
    let common = "\n[hours]\nmon-fri = \"10:00-18:00\"\nsat = \"closed\"\n\n[[seasons]]\nname = \"Winter hours\"\nfrom = \"December 1\"\n\
                  until = \"February 28\"\nhours = { fri = \"10:00-16:00\" }\n\n[[closings]]\ndate = 2026-12-08\nreason = \"Town meeting\"\n\
                  \n[[closings]]\nevery = \"every year on December 25\"\nreason = \"Christmas Day\"\nevents = \"cancel\"\n";
    library.write("site.toml", format!("{site}{common}"));
    library.edit(STORIES, "room:", "branch: main\nroom:");
    library.edit("content/events/open-house.md", "ends:", "branch: north\nends:");
    library.at("2026-12-08 08:00").run("build").done().in_silence();
    let home = words(&library, "");
    holds(&home, "Closed on Tuesday, December 8 for town meeting: Main Library and North Branch.");
    holds(&home, "Open 1 to 3 pm on Tuesday, December 8 for Parade: Annex.");
    let north = words(&library, "branches/north/");
    holds(&north, "Winter hours from December 1 to February 28");
    holds(&north, "Friday, December 11 10 am to 4 pm");
    holds(&north, "Friday, December 25: closed, Christmas Day");
    assert!(!words(&library, "branches/annex/").contains("Winter hours"), "a branch with hours of its own has its own seasons");
    library.at("2026-12-25 08:00").run("build").done().in_silence();
    holds(&words(&library, ""), "Closed on Friday, December 25 for Christmas Day: all branches.");
}

#[test]
fn a_banner_is_shown_from_its_first_moment_to_its_last_day() {
    let banner = "---\ntitle: The water main on Mill Street has burst\nlevel: emergency\nfrom: 2026-12-02 14:00\nuntil: 2026-12-03\n---\n\
                  Please do not drink the water. [What is open](../about.md).\n";
    let mut library = Library::millbrook().with([("content/banners/water.md", banner)]);
    library.run("build").done().in_silence().says("Held back: content/banners/water.md (a banner from December 2, 2026, 2 pm on)");
    assert!(!words(&library, "").contains("water main"));
    for (now, shown) in [("2026-12-02 13:59", false), ("2026-12-02 14:00", true), ("2026-12-03 23:59", true), ("2026-12-04 00:00", false)] {
        library.at(now).run("build").done().in_silence();
        for page in ["", "about/", "events/story-time/", "branches/main/", "calendar/"] {
            assert_eq!(words(&library, page).contains("Emergency: The water main"), shown, "{page} at {now}");
        }
    }
    library.at("2026-12-03 09:00").run("build").done().in_silence();
    let html = library.read("public/about/index.html");
    holds(&html, "<section class=\"banners\" aria-label=\"Notices\" data-rest=\"hide\">");
    holds(&html, "data-over=\"2026-12-04T00:00\"");
    holds(&html, "<a href=\"/about/\">What is open</a>");
    assert!(!library.has("public/banners"), "a banner has no page of its own");
}

#[test]
fn a_banner_of_one_branch_stands_on_its_pages_and_the_home_page() {
    let banner = "---\ntitle: The elevator is being mended\nuntil: 2026-12-20\nbranches: [main]\n---\n";
    let annex = "---\ntitle: Annex\n---\n";
    let library = Library::millbrook().with([("content/banners/lift.md", banner), ("content/branches/annex.md", annex)]);
    library.edit(STORIES, "room:", "branch: main\nroom:");
    library.edit("content/events/open-house.md", "ends:", "branch: annex\nends:");
    library.run("build").done().in_silence();
    let shows = |page: &str| words(&library, page).contains("Notice: The elevator is being mended");
    assert!(shows("") && shows("branches/main/") && shows("events/story-time/"));
    assert!(!shows("branches/annex/") && !shows("events/open-house/") && !shows("about/"));
}
