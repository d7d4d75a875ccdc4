//! What people read, on a terminal of 80 columns.

use insta::assert_snapshot;

use crate::command::{Library, MILLBROOK};

#[test]
fn a_run_says_what_it_did_what_is_next_and_how_to_look() {
    let mut library = Library::millbrook();
    assert_snapshot!(library.at("2026-12-01 12:00").run("run").done().in_silence().out, @"");
    assert_snapshot!(library.run("run").done().in_silence().out, @"");
}

#[test]
fn a_build_says_what_it_wrote_and_what_it_holds_back() {
    let library = Library::millbrook().with([
        ("content/events/later.md", "---\ntitle: Later\nstarts: 2026-12-20 10:00\nvisible_from: 2026-12-10\n---\n"),
        ("content/news/draft.md", "---\ntitle: Draft\ndate: 2026-12-01\ndraft: true\n---\n"),
    ]);
    assert_snapshot!(library.run("build").done().in_silence().out, @"");
    library.remove("content/about.md");
    assert_snapshot!(library.run("build -v").done().in_silence().out, @"");
    assert_eq!(library.run("build -q").done().in_silence().out, "");
}

#[test]
fn a_check_without_a_finding_says_so() {
    assert_snapshot!(Library::millbrook().run("check").done().in_silence().out, @"");
}

#[test]
fn a_check_shows_every_finding_in_its_line() {
    let library = Library::of(MILLBROOK)
        .with([("content/events/tea.md", "---\ntitle: Tea\nstarts: 2026-12-08 11:00\nroom: Children's Room\nrepeats: evry week\n---\n")]);
    assert_snapshot!(library.run("check").failed().err, @"");
}

#[test]
fn the_dates_of_an_event_are_listed_with_what_is_special_about_each() {
    let library = Library::millbrook();
    library.edit("content/events/story-time.md", "changes:", "changes:\n  2026-12-08: { starts: 2026-12-08 14:00, room: Garden }");
    assert_snapshot!(library.run("dates toddler-story-time --to 2026-12-22").done().in_silence().out, @"");
    assert_snapshot!(library.run("dates content/events/open-house.md --from 2027-01-01").done().in_silence().out, @"");
    assert_snapshot!(library.run("dates open-hose").failed().err, @"");
}

#[test]
fn the_plan_reads_like_a_calendar() {
    let library = Library::millbrook();
    assert_snapshot!(library.run("outreach plan --days 3").done().in_silence().out, @"");
    assert_snapshot!(library.run("outreach plan --days 0").done().in_silence().out, @"");
    assert!(!library.has(".handbill/outbox.sqlite"), "a plan makes no outbox");
}

#[test]
fn the_status_says_what_waits_and_what_went_out() {
    let mut library = Library::millbrook();
    assert_snapshot!(library.run("outreach status").done().in_silence().out, @"");
    library.at("2026-12-01 12:00").run("outreach run").done();
    library.at("2026-12-03 18:30").run("outreach run").done();
    assert_snapshot!(library.run("outreach status").done().in_silence().out, @"");
}

#[test]
fn what_was_missed_is_said_with_its_reason() {
    let mut library = Library::millbrook();
    library.at("2026-12-01 11:00").run("outreach run").done();
    assert_snapshot!(library.at("2026-12-04 09:00").run("outreach run").done().in_silence().out, @"");
}

#[test]
fn an_explanation_is_whole_sentences_within_the_width() {
    let library = Library::millbrook();
    assert_snapshot!(library.run("explain HB012").done().in_silence().out, @"");
    let all = library.run("explain").done().in_silence();
    for code in all.out.lines().filter_map(|line| line.split_whitespace().next()) {
        library.run_all(&["explain", code]).done().in_silence().says(code);
    }
}

#[test]
fn a_new_site_says_how_to_go_on() {
    let library = Library::of([]);
    let options = ["--title", "Millbrook Public Library", "--timezone", "America/New_York", "--town", "Millbrook"];
    assert_snapshot!(library.run_all(&[&["init", "millbrook"], &options[..]].concat()).done().in_silence().out, @"");
    assert_snapshot!(library.run_all(&["init", "town", "--title", "T", "--timezone", "New York", "--town", "T"]).usage().err, @"");
}

#[test]
fn a_build_that_finds_mistakes_shows_them_all_and_writes_nothing() {
    let library = Library::of(MILLBROOK).with([
        ("content/events/one.md", "---\ntitle: One\nstrats: 2026-12-03 10:00\n---\n"),
        ("content/events/two.md", "---\ntitle: Two: the sequel\nstarts: 2026-12-03 10:00\n---\n"),
    ]);
    let said = library.run("build").failed();
    assert_snapshot!(said.err, @"");
    assert!(!library.has("public"));
}
