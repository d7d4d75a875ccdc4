//! What people read, on a terminal of 80 columns.

use insta::assert_snapshot;

use crate::command::{Library, MILLBROOK};

#[test]
fn a_run_says_what_it_did_what_is_next_and_how_to_look() {
    let mut library = Library::millbrook();
    assert_snapshot!(library.at("2026-12-01 12:00").run("run").done().in_silence().out, @r#"
    Built 63 pages in 0.1 s: 75 files written, 0 as before  (public)
    Posted 1 announcement, times in America/New_York
      noon      wall  On Thursday, 4–6 pm: Open House           practice wall
    Next: Thursday, December 3, 8:30 am, "Open House" on wall
          1 more in 14 days: handbill outreach plan
    Look: handbill serve
    "#);
    assert_snapshot!(library.run("run").done().in_silence().out, @r#"
    Built 63 pages in 0.1 s: nothing written, all as before  (public)
    Nothing to post
    Next: Thursday, December 3, 8:30 am, "Open House" on wall
          1 more in 14 days: handbill outreach plan
    Look: handbill serve
    "#);
}

#[test]
fn a_build_says_what_it_wrote_and_what_it_holds_back() {
    let library = Library::millbrook().with([
        ("content/events/later.md", "---\ntitle: Later\nstarts: 2026-12-20 10:00\nvisible_from: 2026-12-10\n---\n"),
        ("content/news/draft.md", "---\ntitle: Draft\ndate: 2026-12-01\ndraft: true\n---\n"),
    ]);
    assert_snapshot!(library.run("build").done().in_silence().out, @"
    Built 63 pages in 0.1 s: 75 files written, 0 as before  (public)
    Held back: content/events/later.md (`visible_from` December 10, 2026), and 1
               more
    ");
    library.remove("content/about.md");
    assert_snapshot!(library.run("build -v").done().in_silence().out, @"
    Built 62 pages in 0.1 s: 1 file written, 73 as before, 1 removed  (public)
    Held back: content/events/later.md (`visible_from` December 10, 2026), and 1
               more
               content/news/draft.md (a draft)
    ");
    assert_eq!(library.run("build -q").done().in_silence().out, "");
}

#[test]
fn a_check_without_a_finding_says_so() {
    assert_snapshot!(Library::millbrook().run("check").done().in_silence().out, @"Nothing is wrong: 63 pages and every post of the coming weeks looked at");
}

#[test]
fn a_check_shows_every_finding_in_its_line() {
    let library = Library::of(MILLBROOK)
        .with([("content/events/tea.md", "---\ntitle: Tea\nstarts: 2026-12-08 11:00\nroom: Children's Room\nrepeats: evry week\n---\n")]);
    assert_snapshot!(library.run("check").failed().err, @r#"
    error[HB110]: "evry week" is not a way to say how an event repeats
      ╭▸ content/events/tea.md:5:10
      │
    5 │ repeats: evry week
      │          ━━━━
      │
      ╰ help: did you mean "every"? write "every Tuesday"

    1 error
    "#);
}

#[test]
fn the_dates_of_an_event_are_listed_with_what_is_special_about_each() {
    let library = Library::millbrook();
    library.edit("content/events/story-time.md", "changes:", "changes:\n  2026-12-08: { starts: 2026-12-08 14:00, room: Garden }");
    assert_snapshot!(library.run("dates toddler-story-time --to 2026-12-22").done().in_silence().out, @"
    Toddler Story Time
    content/events/story-time.md, id: toddler-story-time
    Every Tuesday (times in America/New_York)
      Tue Dec 1, 2026   10:30–11:15 am      Children's Room, Main Library
      Tue Dec 8, 2026   2–2:45 pm           Garden, Main Library
                        moved from 10:30 am
      Tue Dec 15, 2026  10:30–11:15 am      Children's Room, Main Library  cancelled
                        The children's room is getting new carpet that week. Story
                        time is back on December 22.
      Tue Dec 22, 2026  10:30–11:15 am      Children's Room, Main Library
    4 dates from Dec 1, 2026 to Dec 22, 2026
    ");
    assert_snapshot!(library.run("dates content/events/open-house.md --from 2027-01-01").done().in_silence().out, @"
    Open House
    content/events/open-house.md, id: open-house
    Times in America/New_York
    Not from Jan 1, 2027 to Jan 1, 2028: its date was Thursday, Dec 3, 2026
    ");
    assert_snapshot!(library.run("dates open-hose").failed().err, @r#"
    there is no event "open-hose". Did you mean open-house? Name its file, or its id
    "#);
}

#[test]
fn the_plan_reads_like_a_calendar() {
    let library = Library::millbrook();
    assert_snapshot!(library.run("outreach plan --days 3").done().in_silence().out, @"
    Today, Tuesday, December 1, 2026

      9 am      wall (due now)
                Today, 10:30–11:15 am: Toddler Story Time
                Children's Room, Main Library

                Songs, rhymes and picture books for ages 1 to 3, with a grown-up.

                https://library.example.org/events/story-time/
              · 163 of 500 characters
              · today of toddler-story-time@2026-12-01

      noon      wall
                On Thursday, 4–6 pm: Open House
                Main Library

                https://library.example.org/events/open-house/
              · 69 of 500 characters
              · remind of open-house

    Thursday, December 3, 2026

      8:30 am   wall
                Today, 4–6 pm: Open House
                Main Library

                https://library.example.org/events/open-house/
              · 63 of 500 characters
              · today of open-house

    3 posts in 3 days, times in America/New_York
    ");
    assert_snapshot!(library.run("outreach plan --days 0").done().in_silence().out, @"
    Today, Tuesday, December 1, 2026

      9 am      wall (due now)
                Today, 10:30–11:15 am: Toddler Story Time
                Children's Room, Main Library

                Songs, rhymes and picture books for ages 1 to 3, with a grown-up.

                https://library.example.org/events/story-time/
              · 163 of 500 characters
              · today of toddler-story-time@2026-12-01

      noon      wall
                On Thursday, 4–6 pm: Open House
                Main Library

                https://library.example.org/events/open-house/
              · 69 of 500 characters
              · remind of open-house

    2 posts today, times in America/New_York
    ");
    assert!(!library.has(".handbill/outbox.sqlite"), "a plan makes no outbox");
}

#[test]
fn the_status_says_what_waits_and_what_went_out() {
    let mut library = Library::millbrook();
    assert_snapshot!(library.run("outreach status").done().in_silence().out, @"The outbox is empty: handbill outreach run");
    library.at("2026-12-01 12:00").run("outreach run").done();
    library.at("2026-12-03 18:30").run("outreach run").done();
    assert_snapshot!(library.run("outreach status").done().in_silence().out, @"
    Tuesday, December 1, 2026
      noon      wall  sent       On Thursday, 4–6 pm: Open House

    Thursday, December 3, 2026
      8:30 am   wall  missed     Today, 4–6 pm: Open House
                the event had begun before it could go out

    Tuesday, December 8, 2026
      8:30 am   wall  scheduled  Today, 10:30–11:15 am: Toddler Story Time

    3 posts: 1 missed, 1 scheduled, 1 sent, times in America/New_York
    ");
}

#[test]
fn what_was_missed_is_said_with_its_reason() {
    let mut library = Library::millbrook();
    library.at("2026-12-01 11:00").run("outreach run").done();
    assert_snapshot!(library.at("2026-12-04 09:00").run("outreach run").done().in_silence().out, @r#"
    Nothing to post
    Missed: 2 posts
      "Open House" (remind on wall), "Open House" (today on wall): the event had
        begun before it could go out
    Next: Tuesday, December 8, 8:30 am, "Toddler Story Time" on wall
          nothing more in 14 days
    "#);
}

#[test]
fn an_explanation_is_whole_sentences_within_the_width() {
    let library = Library::millbrook();
    assert_snapshot!(library.run("explain HB012").done().in_silence().out, @"
    HB012: a head that is not closed

    The keys at the head of a file stand between two lines `---`. Without the second
    one nobody can tell where the keys end and the text begins.

      not  title: About us, and then the text
      but  title: About us, then ---, then the text
    ");
    let all = library.run("explain").done().in_silence();
    for code in all.out.lines().filter_map(|line| line.split_whitespace().next()) {
        library.run_all(&["explain", code]).done().in_silence().says(code);
    }
}

#[test]
fn a_new_site_says_how_to_go_on() {
    let library = Library::of([]);
    let options = ["--title", "Millbrook Public Library", "--timezone", "America/New_York", "--town", "Millbrook"];
    assert_snapshot!(library.run_all(&[&["init", "millbrook"], &options[..]].concat()).done().in_silence().out, @"
    A site for Millbrook Public Library stands in millbrook
    Look at it:  cd millbrook && handbill serve
    Then change content/events/story-time.md and save: the page follows.
    ");
    assert_snapshot!(library.run_all(&["init", "town", "--title", "T", "--timezone", "New York", "--town", "T"]).usage().err, @r#"
    there is no time zone "New York". Did you mean America/New_York? Zones are named
      as in America/Chicago or Europe/Madrid
    "#);
}

#[test]
fn a_build_that_finds_mistakes_shows_them_all_and_writes_nothing() {
    let library = Library::of(MILLBROOK).with([
        ("content/events/one.md", "---\ntitle: One\nstrats: 2026-12-03 10:00\n---\n"),
        ("content/events/two.md", "---\ntitle: Two: the sequel\nstarts: 2026-12-03 10:00\n---\n"),
    ]);
    let said = library.run("build").failed();
    assert_snapshot!(said.err, @r#"
    error[HB002]: an event needs `starts`
      ╭▸ content/events/one.md:3:1
      │
    3 │ strats: 2026-12-03 10:00
      │ ━━━━━━ did you mean `starts`?
      │
      ╰ help: write `starts: 2026-12-03 10:00`

    error[HB014]: the value of `title` holds a colon
      ╭▸ content/events/two.md:2:11
      │
    2 │ title: Two: the sequel
      │           ━ because of this colon
      │
      ╰ help: put the title in quotes, because of the colon: `title: "Two: the
              sequel"`

    2 errors
    Nothing was written.
    "#);
    assert!(!library.has("public"));
}

#[test]
fn dates_of_an_exhibit_and_of_a_title_of_its_own_stand_in_columns() {
    let library = Library::of(MILLBROOK).with([
        ("content/events/quilts.md", "---\ntitle: Quilts\nstarts: 2026-11-20 10:00\nends: 2026-12-20 17:00\nroom: Community Room\n---\n"),
        (
            "content/events/lock-in.md",
            "---\ntitle: Lock-in\nstarts: 2026-12-05 18:00\nends: 2026-12-06 09:00\nroom: Community Room\nrepeats: quarterly on the 5th for 2 times\n\
             changes:\n  2027-03-05: { title: Spring Night }\n---\n",
        ),
    ]);
    assert_snapshot!(library.run("dates quilts lock-in").done().in_silence().out, @r#"
    Quilts
    content/events/quilts.md, id: quilts
    Times in America/New_York
      Fri Nov 20, 2026  10 am to Sunday, December 20, 5 pm
                        Community Room, Main Library
    1 date from Dec 1, 2026 to Dec 1, 2027

    Lock-in
    content/events/lock-in.md, id: lock-in
    Every 3 months on the 5th for 2 times (times in America/New_York)
      Sat Dec 5, 2026   6 pm to 9 am on Sunday    Community Room, Main Library
      Fri Mar 5, 2027   6 pm to 9 am on Saturday  Community Room, Main Library
                        "Spring Night"
    2 dates from Dec 1, 2026 to Dec 1, 2027
    "#);
}

#[test]
fn dates_say_why_there_are_none() {
    let library = Library::of(MILLBROOK).with([
        ("content/events/craft.md", "---\ntitle: Craft\nstarts: 2026-12-05 10:00\ndraft: true\n---\n"),
        ("content/events/fair.md", "---\ntitle: Fair\nstarts: 2026-10-03 10:00\n---\n"),
    ]);
    library.run("dates craft").failed().complains("\"craft\" is held back: content/events/craft.md is a draft");
    library.run("dates fair").done().says("Not from Dec 1, 2026 to Dec 1, 2027: its date was Saturday, Oct 3, 2026");
    library.run("dates fairr").failed().complains("Did you mean fair?");
    library.run("dates events/fiar.md").failed().complains("Did you mean events/fair.md?");
    library.run_all(&["dates", "fair", "--from", "January 1"]).usage().complains("\"January 1\" has no year: write `2026-12-03`");
}
