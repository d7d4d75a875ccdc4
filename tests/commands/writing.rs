//! Commands that write for staff (`new`, `close`, `count`), and what they say of the days ahead (`when`).

use insta::assert_snapshot;

use crate::command::Library;

const TWO_BRANCHES: [(&str, &str); 3] = [
    (
        "content/branches/east.md",
        "---\ntitle: East Branch   # by the river\naddress: { street: 2 River Road, city: Millbrook }\nhours: { tue: 9:00-20:00, sat: 9:00-12:00 }\nclosings:\n  # by the town\n  - { date: 2026-12-25, reason: Christmas Day }   # a Friday\n\nphone: 555-0102\n---\nBy the river.\n",
    ),
    (
        "content/events/chess.md",
        "---\ntitle: Chess Club\nstarts: 2026-11-03 18:00\nlasts: 2h\nrepeats: every Tuesday until 2026-12-15\nbranch: east\naudience: [teens]\n---\n",
    ),
    (
        "content/events/story-time.md",
        "---\ntitle: Toddler Story Time\nid: toddler-story-time\nstarts: 2026-11-03 10:30\nends: 11:15\nrepeats: every Tuesday\nbranch: main\naudience: [toddlers]\nattendance: { 2026-11-10: 12 }   # by hand\n---\nCome as you are.\n",
    ),
];

fn two_branches() -> Library {
    let library = Library::millbrook().with(TWO_BRANCHES);
    library.edit("content/events/open-house.md", "ends:", "branch: main\nends:");
    library
}

#[test]
fn a_new_event_asks_nothing_that_the_library_can_tell() {
    let library = two_branches();
    assert_snapshot!(library.run_all(&["new", "event", "Teen Game Night"]).done().in_silence().out, @"");
    let text = library.read("content/events/teen-game-night.md");
    assert_snapshot!(text.lines().take(9).collect::<Vec<_>>().join("\n"), @"");
    library.run("check --strict").done().in_silence();
    let again = library.run_all(&["new", "event", "Teen game night"]).failed().complains("content/events/teen-game-night.md");
    again.complains("HB722");
    assert_eq!(library.read("content/events/teen-game-night.md"), text, "nothing is replaced");
}

#[test]
fn what_is_said_of_a_new_event_is_done() {
    let library = two_branches();
    let call = [
        "new",
        "event",
        "Snow: a Reading",
        "--date",
        "2026-12-08 19:00",
        "--branch",
        "Main Library",
        "--audience",
        "adults,teens",
        "--in",
        "winter",
    ];
    let said = library.run_all(&call).done().in_silence();
    assert_snapshot!(said.out, @"");
    assert_snapshot!(library.read("content/events/winter/snow-a-reading.md").lines().take(7).collect::<Vec<_>>().join("\n"), @"");
    library.run("check").done();
    library.run_all(&["new", "event", "Tea", "--branch", "est"]).usage().complains("Did you mean \"east\"?");
    library.run_all(&["new", "event", "Tea", "--audience", "todlers"]).usage().complains("Did you mean toddlers?");
    library.run_all(&["new", "event", "Tea", "--in", "../outside"]).usage().complains("small letters");
    library.run_all(&["new", "event", "Tea", "--date", "soon"]).usage().complains("--date");
    library.run_all(&["new", "event", "!!!"]).usage().complains("no letter");
    library.run_all(&["new", "news", "Tea", "--branch", "east"]).usage().complains("has no branch");
    library.run_all(&["new", "evnt", "Tea"]).usage();
    assert!(!library.has("content/events/tea.md") && !library.has("content/news/tea.md"));
}

#[test]
fn whatever_is_new_passes_the_check() {
    for library in [Library::sample_with_small_pictures(), Library::init()] {
        for kind in ["event", "program", "branch", "news", "page"] {
            let said = library.run_all(&["new", kind, "A 2nd \"Thing\": it's #1", "--json"]).done().in_silence();
            let file = said.json()["file"].as_str().unwrap().to_owned();
            assert!(library.read(&file).starts_with("---\ntitle: \"A 2nd \\\"Thing\\\": it's #1\"\n"), "{}", library.read(&file));
        }
        library.run("check --strict").done().in_silence();
    }
}

#[test]
fn the_keys_that_a_new_file_offers_can_be_used_as_they_stand() {
    let library = two_branches();
    library.write("content/programs/games.md", "---\ntitle: Games\n---\n");
    for kind in ["event", "program", "branch", "news", "page"] {
        let said = library.run_all(&["new", kind, "Second Thing", "--json"]).done().in_silence();
        let file = said.json()["file"].as_str().unwrap().to_owned();
        // what excludes another, or names a picture that is not there, is left as a note
        let not = ["place", "online", "image", "image_alt", "skips", "repeats", "draft"];
        let taken = |line: &str| match line.strip_prefix('#').and_then(|line| line.split_once(": ")) {
            Some((key, _)) if !key.starts_with(' ') && !not.contains(&key) => line[1..].to_owned(),
            _ => line.to_owned(),
        };
        let text: String = library.read(&file).lines().map(|line| taken(line) + "\n").collect();
        library.write(&file, text);
        library.run("check").done();
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_is_opened_in_the_editor() {
    let library = two_branches();
    library.write("edit.sh", "#!/bin/sh\necho \"$1 $2\" > edited\n");
    std::process::Command::new("chmod").args(["+x", "edit.sh"]).current_dir(library.root()).status().unwrap();
    let editor = format!("{} --wait", library.path("edit.sh").display());
    let mut new = library.process("new page Parking --edit");
    assert!(new.env_remove("VISUAL").env("EDITOR", editor).status().unwrap().success());
    assert!(library.read("edited").trim().ends_with("content/parking.md"));
    assert!(library.read("edited").starts_with("--wait "));
    let mut new = library.process("new page Cards --edit");
    assert_eq!(new.env_remove("VISUAL").env_remove("EDITOR").status().unwrap().code(), Some(1));
    assert!(library.has("content/cards.md"));
}

#[test]
fn a_snow_day_is_one_entry_and_everything_follows() {
    let library = two_branches();
    let before = library.read("content/branches/east.md");
    library.run("build").done();
    assert_snapshot!(library.run_all(&["close", "east", "2026-12-08", "--reason", "Snow"]).done().in_silence().out, @"");
    let after = library.read("content/branches/east.md");
    assert_eq!(after, before.replace("# a Friday\n", "# a Friday\n  - { date: 2026-12-08, reason: Snow, events: cancel }\n"));
    library.run("check --strict").done().in_silence();
    assert_snapshot!(library.run("dates chess --to 2026-12-08").done().in_silence().out, @"");
    assert_snapshot!(library.run("close --undo").done().in_silence().out, @"");
    assert_eq!(library.read("content/branches/east.md"), before);
    library.run("close --undo").failed().complains("HB724");
}

#[test]
fn a_closing_may_be_long_and_may_leave_its_events() {
    let library = two_branches();
    let call =
        ["close", "East Branch", "2026-12-07", "--until", "December 16, 2026", "--reason", "Pipes, again", "--keep-events", "--json"];
    let json = library.run_all(&call).done().json();
    assert_eq!(json["entry"], "{ from: 2026-12-07, until: 2026-12-16, reason: \"Pipes, again\", events: keep }");
    assert_eq!((json["cancelled"].as_array().unwrap().len(), json["kept"].as_array().unwrap().len()), (0, 2));
    library.edit("content/branches/east.md", "# by the town", "# by the town council");
    library.run("close --undo").failed().complains("was changed since");
    library.run_all(&["close", "est", "2026-12-08", "--reason", "Snow"]).usage().complains("Did you mean \"east\"?");
    library.run_all(&["close", "east", "2025-12-08", "--reason", "Snow"]).usage().complains("is past");
    library.run_all(&["close", "east", "2026-12-08", "--until", "2026-12-01", "--reason", "Snow"]).usage().complains("lies before");
    library.run_all(&["close", "east", "2026-12-25", "--reason", "Snow"]).failed().complains("closed then already (Christmas Day)");
    library.run_all(&["close", "east", "soon", "--reason", "Snow"]).usage().complains("not a date");
    library.run("close east 2026-12-08").usage().complains("--reason");
}

#[test]
fn a_file_with_an_error_is_not_edited() {
    let library = two_branches();
    library.edit("content/branches/east.md", "phone: 555-0102", "phon: 555-0102\norder: first");
    let before = library.read("content/branches/east.md");
    library.run_all(&["close", "east", "2026-12-08", "--reason", "Snow"]).failed().complains("has an error, and is not edited");
    assert_eq!(library.read("content/branches/east.md"), before);
    // an error elsewhere does not stand in the way of a snow day
    library.run_all(&["close", "main", "2026-12-08", "--reason", "Snow"]).done();
}

#[test]
fn who_came_is_counted_in_the_form_that_is_there() {
    let mut library = two_branches();
    library.at("2026-12-02 09:00");
    let story_time = library.read("content/events/story-time.md");
    assert_snapshot!(library.run("count toddler-story-time 2026-11-17 14").done().in_silence().out, @"");
    assert_eq!(library.read("content/events/story-time.md"), story_time.replace("2026-11-10: 12 }", "2026-11-10: 12, 2026-11-17: 14 }"));
    assert_snapshot!(library.run("count toddler-story-time 2026-11-17 0").done().in_silence().out, @"");
    library.run("count --undo").done().says("as it was before");
    library.run("count chess yesterday 1").done().says("1 person");
    assert!(library.read("content/events/chess.md").ends_with("attendance:\n  2026-12-01: 1\n---\n"));
    library.run("check --strict").done().in_silence();
}

#[test]
fn what_cannot_have_been_counted_is_refused() {
    let library = two_branches();
    library.edit("content/events/story-time.md", "audience:", "changes: { 2026-11-24: { status: cancelled } }\naudience:");
    let before = library.read("content/events/story-time.md");
    library
        .run("count toddler-story-time 2026-11-11 14")
        .failed()
        .complains("has no date on Wednesday, November 11, 2026. The nearest: Tuesday, November 10, 2026");
    library.run("count toddler-story-time 2026-12-08 14").failed().complains("is still ahead");
    library.run("count toddler-story-time 2026-11-24 14").failed().complains("did not take place: it is cancelled");
    library.run("count toddler-story-time 2026-11-17 -1").usage().complains("whole number");
    library.run("count toddler-story-time 2026-11-17 many").usage().complains("whole number");
    library.run("count toddler-story-tim 2026-11-17 1").failed().complains("Did you mean toddler-story-time?");
    assert_eq!(library.read("content/events/story-time.md"), before);
}

#[test]
fn what_happens_next_is_said_with_its_reason() {
    let library = two_branches().with([
        ("content/news/sale.md", "---\ntitle: Book sale\ndate: 2026-12-01\nvisible_from: 2026-12-05\nvisible_until: 2026-12-12\n---\n"),
        ("content/news/old.md", "---\ntitle: Old news\ndate: 2026-11-01\nvisible_until: 2026-12-01 12:00\n---\n"),
        (
            "content/events/talk.md",
            "---\ntitle: A Talk\nstarts: 2026-12-20 15:00\nbranch: main\nonline: https://meet.example.org/a\nregister: { url: \"https://example.org/r\", opens: 2026-12-04 09:00, closes: 1 day before }\n---\n",
        ),
    ]);
    library.edit(
        "content/events/story-time.md",
        "audience:",
        "changes: { 2026-12-08: { starts: 2026-12-08 14:00, note: The plumber comes. } }\naudience:",
    );
    assert_snapshot!(library.run("when --days 26").done().in_silence().out, @"");
    let next = library.run("when --days 4 --json").done().json()["next"].clone();
    insta::assert_json_snapshot!(next, @"");
    library.run("when --days 0").done().says("4 things today, times in America/New_York");
    assert!(!library.has(".handbill/outbox.sqlite"));
}

#[test]
fn when_tells_of_the_sample_library() {
    let library = Library::sample_with_small_pictures();
    let said = library.run("when --days 45").done().in_silence().out;
    // posts are looked at elsewhere: here, what content says
    let mut lines = said.lines().peekable();
    let mut shown = Vec::new();
    while let Some(line) = lines.next() {
        if line.starts_with("  ") && !line.contains(" is posted on ") && line.as_bytes().get(12).is_some_and(|letter| *letter != b' ') {
            shown.push(line.to_owned());
            shown.extend(lines.by_ref().next().map(str::to_owned));
        }
    }
    assert_snapshot!(shown.join("\n"), @"");
}
