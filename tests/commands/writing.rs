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
    assert_snapshot!(library.run_all(&["new", "event", "Teen Game Night"]).done().in_silence().out, @r#"
    Wrote content/events/teen-game-night.md
      Tuesday, December 8, 2026, 6–8 pm, at the time of "Chess Club"
    Open it, write the words below the second line of dashes, and save.
    It is a draft, neither shown nor posted, until you take out `draft: true`.
    Look: handbill serve --drafts
    "#);
    let text = library.read("content/events/teen-game-night.md");
    assert_snapshot!(text.lines().take(10).collect::<Vec<_>>().join("\n"), @"
    ---
    title: Teen Game Night
    id: teen-game-night                # its name for ever: leave it as it is
    starts: 2026-12-08 18:00           # a first guess: change it
    ends: 20:00
    branch: east
    audience: [teens]
    draft: true                        # take this line out when all is true
    # What else can be said: take the # away from the line of a key, and write what
    # is true. All keys: handbill schema --kind event
    ");
    library.run("check --strict").done().in_silence();
    let again = library.run_all(&["new", "event", "Teen game night"]).failed().complains("content/events/teen-game-night.md");
    again.complains("HB722");
    assert_eq!(library.read("content/events/teen-game-night.md"), text, "nothing is replaced");
}

#[test]
fn what_is_new_is_neither_shown_nor_posted_until_its_draft_line_is_out() {
    let library = two_branches();
    let before = library.run("outreach plan --json").done().json()["posts"].to_string();
    library.run_all(&["new", "event", "Toddler Yoga"]).done();
    library.run_all(&["new", "banner", "Water off"]).done();
    assert_eq!(library.run("outreach plan --json").done().json()["posts"].to_string(), before);
    library.run("build").done().says("Held back: content/banners/water-off.md (a draft), and 1 more");
    assert!(!library.has("public/events/toddler-yoga/index.html") && !library.read("public/index.html").contains("Water off"));
    library.edit("content/events/toddler-yoga.md", "draft: true                        # take this line out when all is true\n", "");
    library.run("build").done();
    assert!(library.has("public/events/toddler-yoga/index.html"));
    let banner = library.read("content/banners/water-off.md");
    assert!(banner.contains("\n#level: warning\n") && banner.contains("\n#branches: [east]\n"), "{banner}");
    library.run_all(&["new", "banner", "Water off"]).failed().complains("content/banners/water-off.md");
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
    assert_snapshot!(said.out, @"
    Wrote content/events/winter/snow-a-reading.md
      Tuesday, December 8, 2026, 7–9 pm
    Open it, write the words below the second line of dashes, and save.
    It is a draft, neither shown nor posted, until you take out `draft: true`.
    Look: handbill serve --drafts
    ");
    assert_snapshot!(library.read("content/events/winter/snow-a-reading.md").lines().take(7).collect::<Vec<_>>().join("\n"), @r#"
    ---
    title: "Snow: a Reading"
    id: snow-a-reading                 # its name for ever: leave it as it is
    starts: 2026-12-08 19:00
    ends: 21:00
    branch: main
    audience: [adults, teens]
    "#);
    library.run("check").done();
    library.run_all(&["new", "event", "Tea", "--branch", "est"]).usage().complains("Did you mean \"east\"?");
    library.run_all(&["new", "event", "Tea", "--audience", "todlers"]).usage().complains("Did you mean toddlers?");
    library.run_all(&["new", "event", "Tea", "--in", "../outside"]).usage().complains("small letters");
    library.run_all(&["new", "event", "Tea", "--date", "soon"]).usage().complains("--date");
    library.run_all(&["new", "event", "!!!"]).usage().complains("no letter");
    library.run_all(&["new", "news", "Tea", "--branch", "east"]).usage().complains("--branch means nothing for a news post");
    library.run_all(&["new", "evnt", "Tea"]).usage();
    library.run_all(&["new", "event", "Past", "--date", "2025-01-01"]).done().says("That day is past");
    assert!(!library.has("content/events/tea.md") && !library.has("content/news/tea.md"));
}

#[test]
fn whatever_is_new_passes_the_check() {
    for library in [Library::sample_with_small_pictures(), Library::init()] {
        for kind in ["event", "program", "branch", "news", "page", "banner"] {
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
    for kind in ["event", "program", "branch", "news", "page", "banner"] {
        let said = library.run_all(&["new", kind, "Second Thing", "--json"]).done().in_silence();
        let file = said.json()["file"].as_str().unwrap().to_owned();
        // what excludes another, or names a picture that is not there, is left as a note
        let not = ["place", "online", "image", "image_alt", "skips", "repeats", "draft"];
        let taken = |line: &str| match line.strip_prefix('#').and_then(|line| line.split_once(": ")) {
            Some((key, _)) if !key.starts_with(' ') && !not.contains(&key) => line[1..].to_owned(),
            _ if line.starts_with("draft: ") => String::new(),
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
    assert_snapshot!(library.run_all(&["close", "east", "2026-12-08", "--reason", "Snow"]).done().in_silence().out, @r#"
    East Branch is closed on Tuesday, December 8, 2026: Snow
      content/branches/east.md: - { date: 2026-12-08, reason: Snow, events: cancel }
    Cancelled:
      6–8 pm           Chess Club
    1 post of the coming days:
      Dec 8, 2026 8:30 am, wall: "Chess Club" not sent
    Look: handbill serve. Tell people: handbill run
    Take it back: handbill close --undo
    "#);
    let after = library.read("content/branches/east.md");
    assert_eq!(after, before.replace("# a Friday\n", "# a Friday\n  - { date: 2026-12-08, reason: Snow, events: cancel }\n"));
    library.run("check --strict").done().in_silence();
    assert_snapshot!(library.run("dates chess --to 2026-12-08").done().in_silence().out, @"
    Chess Club
    content/events/chess.md, id: chess
    Every Tuesday until December 15, 2026 (times in America/New_York)
      Tue Dec 1, 2026   6–8 pm              East Branch
      Tue Dec 8, 2026   6–8 pm              East Branch  cancelled
                        Closed for snow.
    2 dates from Dec 1, 2026 to Dec 8, 2026
    ");
    assert_snapshot!(library.run("close --undo").done().in_silence().out, @"
    Taken back: closing East Branch on Tuesday, December 8, 2026
    content/branches/east.md is as it was before
    ");
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
    library.run("close east 2026-12-08").usage().complains("Why? Say it, as patrons will read it, with --reason \"Snow\"");
    // all that is missing or mistaken is said at once
    library.run("close est 12/8/2026").usage().complains("Did you mean \"east\"?").complains("12/8/2026").complains("Why?");
    library.run("close").usage().complains("Which branch? Name it first: east or main").complains("Which day?");
    library.run("count").usage().complains("Which event, which date, and how many came?");
    library.run("count toddler-story-time yesterday").usage().complains("How many came?");
    library.run("dates").usage().complains("Which event?");
    // every Sunday is closed, and this one gets a reason
    library.run_all(&["close", "east", "2026-12-20", "--reason", "Parade"]).done().in_silence();
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
    assert_snapshot!(library.run("count toddler-story-time 2026-11-17 14").done().in_silence().out, @"
    Toddler Story Time, Tuesday, November 17, 2026 at 10:30 am: 14 people
      content/events/story-time.md
    Take it back: handbill count --undo
    ");
    assert_eq!(library.read("content/events/story-time.md"), story_time.replace("2026-11-10: 12 }", "2026-11-10: 12, 2026-11-17: 14 }"));
    assert_snapshot!(library.run("count toddler-story-time 2026-11-17 0").done().in_silence().out, @"
    Toddler Story Time, Tuesday, November 17, 2026 at 10:30 am: 0 people; it was 14
      content/events/story-time.md
    Take it back: handbill count --undo
    ");
    library.run("count --undo").done().says("as it was before");
    library.run("count --undo").failed().complains("only the last `handbill count` can be, once");
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
    assert_snapshot!(library.run("when --days 26").done().in_silence().out, @r#"
    Today, Tuesday, December 1, 2026
      9 am      "Chess Club" is posted on wall
                  the wave "today", on the day (content/events/chess.md)
      9 am      "Toddler Story Time" is posted on wall
                  the wave "today", on the day (content/events/story-time.md)
      noon      "Old news" is taken away
                  `visible_until` (content/news/old.md)
      noon      "Open House" is posted on wall
                  the wave "remind", 2 days before (content/events/open-house.md)

    Thursday, December 3, 2026
      8:30 am   "Open House" is posted on wall
                  the wave "today", on the day (content/events/open-house.md)
      4 pm      "Open House" begins
                  its only date (content/events/open-house.md)

    Friday, December 4, 2026
      9 am      "A Talk": sign-up opens
                  for Sunday, December 20 (content/events/talk.md)

    Saturday, December 5, 2026
      all day   "Book sale" appears
                  `visible_from` December 5, 2026 (content/news/sale.md)

    Tuesday, December 8, 2026
      8:30 am   "Chess Club" is posted on wall
                  the wave "today", on the day (content/events/chess.md)
      8:30 am   "Toddler Story Time" is posted on wall
                  the wave "today", on the day (content/events/story-time.md)
      2 pm      "Toddler Story Time" begins
                  moved from Tuesday, December 8, 10:30 am: The plumber comes.
                    (content/events/story-time.md)

    Sunday, December 13, 2026
      all day   "Book sale" is taken away
                  its time is over (content/news/sale.md)
      noon      "Chess Club" is posted on wall
                  the wave "remind", 2 days before (content/events/chess.md)
      noon      "Toddler Story Time" is posted on wall
                  the wave "remind", 2 days before (content/events/story-time.md)

    Tuesday, December 15, 2026
      8:30 am   "Chess Club" is posted on wall
                  the wave "today", on the day (content/events/chess.md)
      8:30 am   "Toddler Story Time" is posted on wall
                  the wave "today", on the day (content/events/story-time.md)
      6 pm      "Chess Club" begins
                  the last of its dates (content/events/chess.md)

    Friday, December 18, 2026
      noon      "A Talk" is posted on wall
                  the wave "remind", 2 days before (content/events/talk.md)

    Saturday, December 19, 2026
      all day   "A Talk": last day to sign up
                  for Sunday, December 20 (content/events/talk.md)

    Sunday, December 20, 2026
      8:30 am   "A Talk" is posted on wall
                  the wave "today", on the day (content/events/talk.md)
      3 pm      "A Talk" begins
                  its only date (content/events/talk.md)

    Tuesday, December 22, 2026
      8:30 am   "Toddler Story Time" is posted on wall
                  the wave "today", on the day (content/events/story-time.md)

    Friday, December 25, 2026
      all day   East Branch is closed
                  Christmas Day (content/branches/east.md)

    23 things in 26 days, times in America/New_York
    "#);
    let next = library.run("when --days 4 --json").done().json()["next"].clone();
    insta::assert_json_snapshot!(next, @r#"
    [
      {
        "all_day": false,
        "at": "2026-12-01T09:00:00-05:00",
        "file": "content/events/chess.md",
        "local": "2026-12-01T09:00",
        "what": "\"Chess Club\" is posted on wall",
        "why": "the wave \"today\", on the day"
      },
      {
        "all_day": false,
        "at": "2026-12-01T09:00:00-05:00",
        "file": "content/events/story-time.md",
        "local": "2026-12-01T09:00",
        "what": "\"Toddler Story Time\" is posted on wall",
        "why": "the wave \"today\", on the day"
      },
      {
        "all_day": false,
        "at": "2026-12-01T12:00:00-05:00",
        "file": "content/news/old.md",
        "local": "2026-12-01T12:00",
        "what": "\"Old news\" is taken away",
        "why": "`visible_until`"
      },
      {
        "all_day": false,
        "at": "2026-12-01T12:00:00-05:00",
        "file": "content/events/open-house.md",
        "local": "2026-12-01T12:00",
        "what": "\"Open House\" is posted on wall",
        "why": "the wave \"remind\", 2 days before"
      },
      {
        "all_day": false,
        "at": "2026-12-03T08:30:00-05:00",
        "file": "content/events/open-house.md",
        "local": "2026-12-03T08:30",
        "what": "\"Open House\" is posted on wall",
        "why": "the wave \"today\", on the day"
      },
      {
        "all_day": false,
        "at": "2026-12-03T16:00:00-05:00",
        "file": "content/events/open-house.md",
        "local": "2026-12-03T16:00",
        "what": "\"Open House\" begins",
        "why": "its only date"
      },
      {
        "all_day": false,
        "at": "2026-12-04T09:00:00-05:00",
        "file": "content/events/talk.md",
        "local": "2026-12-04T09:00",
        "what": "\"A Talk\": sign-up opens",
        "why": "for Sunday, December 20"
      },
      {
        "all_day": true,
        "at": "2026-12-05T00:00:00-05:00",
        "file": "content/news/sale.md",
        "local": "2026-12-05T00:00",
        "what": "\"Book sale\" appears",
        "why": "`visible_from` December 5, 2026"
      }
    ]
    "#);
    library.run("when --days 0").done().says("4 things today, times in America/New_York");
    assert!(!library.has(".handbill/outbox.sqlite"));
}

#[test]
fn the_dates_of_a_rule_are_told_to_machines() {
    let library = two_branches();
    library.edit("content/events/chess.md", "branch:", "changes: { 2026-12-08: { status: cancelled, note: Snow day. } }\nbranch:");
    let json = library.run("dates chess --from 2026-12-08 --to 2026-12-31 --json").done().in_silence().json();
    insta::assert_json_snapshot!(json, @r#"
    {
      "events": [
        {
          "age_band": "12-18",
          "dates": [
            {
              "attendance": null,
              "ends": "2026-12-08T20:00:00-05:00",
              "id": "chess@2026-12-08",
              "local": "2026-12-08T18:00",
              "note": "Snow day.",
              "place": "East Branch",
              "setting": "on-site",
              "sign_up": null,
              "starts": "2026-12-08T18:00:00-05:00",
              "status": "cancelled",
              "title": null
            },
            {
              "attendance": null,
              "ends": "2026-12-15T20:00:00-05:00",
              "id": "chess@2026-12-15",
              "local": "2026-12-15T18:00",
              "note": null,
              "place": "East Branch",
              "setting": "on-site",
              "sign_up": null,
              "starts": "2026-12-15T18:00:00-05:00",
              "status": "scheduled",
              "title": null
            }
          ],
          "id": "chess",
          "kind": "event",
          "slug": "chess",
          "title": "Chess Club"
        }
      ],
      "handbill": 1
    }
    "#);
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
    assert_snapshot!(shown.join("\n"), @r#"
    all day   "Make It Saturday": last day to sign up
                for Saturday, December 5
    all day   "Make It Saturday": sign-up opens
                for Saturday, December 19
    1 pm      "Winter Wreath Workshop": full
                Put your name on the waiting list, and we call if a place comes
    5 pm      "Winter Stargazing on the Green": cancelled
                The telescope's mount is being repaired. We set a new evening in
    2 pm      "The Stonebridge Recorder Consort" begins
                its only date (content/events/everyone/winter-concert.md)
    3 pm      "Chess on Sundays" begins
                moved from Sunday, December 13, 1:30 pm: A concert has the
    10:30 am  "Toddler Story Time": cancelled
                The children's room is getting new carpet that week. The next
    all day   "Make It Saturday": last day to sign up
                for Saturday, December 19
    all day   "Make It Saturday": sign-up opens
                for Saturday, January 2
    all day   Main Library has other hours
                Christmas Eve (content/branches/main.md)
    all day   Riverside Branch is closed
                Christmas Eve (content/branches/riverside.md)
    all day   Main Library is closed
                Christmas Day (content/branches/main.md)
    all day   Riverside Branch is closed
                Christmas Day (content/branches/riverside.md)
    all day   Main Library has other hours
                New Year's Eve (content/branches/main.md)
    all day   "Make It Saturday": last day to sign up
                for Saturday, January 2
    all day   Main Library is closed
                New Year's Day (content/branches/main.md)
    all day   Riverside Branch is closed
                New Year's Day (content/branches/riverside.md)
    all day   "Make It Saturday": sign-up opens
                for Saturday, January 16
    6:30 pm   "An Evening with Eleanor Marsh" begins
                its only date (content/events/adults/eleanor-marsh.md)
    all day   "Make It Saturday": last day to sign up
                for Saturday, January 16
    "#);
}
