//! What scripts rely on: one document on stdout, with these names and no others.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::command::{Library, MILLBROOK};

const DIAGNOSTIC: &str = "code severity message file line column help";
const BUILD: &str = "written unchanged removed pages held output seconds";
const PASS: &str = "sent corrected withdrawn waiting missed failed rows";
const ROW: &str = "id revision channel state due local event date wave attempts receipt reason";

#[track_caller]
fn has(value: &Json, names: &str) {
    let found: BTreeSet<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(found, names.split(' ').collect::<BTreeSet<_>>());
}

#[track_caller]
fn document(library: &Library, command: &str, status: u8, names: &str) -> Json {
    let said = library.run(&format!("{command} --json"));
    assert_eq!(said.status, status, "{}{}", said.out, said.err);
    assert_eq!(said.out.trim_end().lines().count(), 1, "one document: {}", said.out);
    let json = said.json();
    has(&json, format!("handbill {names}").trim_end());
    json
}

#[test]
fn a_run_gives_the_fields_of_a_build_and_of_a_pass() {
    let mut library = Library::millbrook();
    library.write("content/events/later.md", "---\ntitle: Later\nstarts: 2026-12-20 10:00\nvisible_from: 2026-12-10\n---\n");
    let run = document(library.at("2026-12-01 12:00"), "run", 0, &format!("{BUILD} {PASS}"));
    has(&run["held"][0], "file until why");
    assert_eq!((&run["held"][0]["file"], &run["held"][0]["until"]), (&"content/events/later.md".into(), &"2026-12-10".into()));
    assert_eq!((&run["sent"], &run["written"]), (&1.into(), &library.bytes("public").len().into()));

    let sent = run["rows"].as_array().unwrap().iter().find(|row| row["state"] == "sent").unwrap();
    has(sent, ROW);
    has(&sent["receipt"], "id url at");
    assert_eq!(sent["due"], "2026-12-01T12:00:00-05:00");
    assert_eq!(sent["local"], "2026-12-01T12:00");
    assert_eq!(sent["date"], "open-house");
    assert_eq!((&sent["event"], &sent["wave"], &sent["channel"]), (&"open-house".into(), &"remind".into(), &"wall".into()));

    let again = document(&library, "run", 0, &format!("{BUILD} {PASS}"));
    assert_eq!((&again["sent"], &again["written"], &again["rows"]), (&0.into(), &0.into(), &Json::Array(Vec::new())));
}

#[test]
fn each_command_gives_its_own_fields() {
    let library = Library::millbrook();
    document(&library, "build", 0, BUILD);
    document(&library, "outreach run", 0, PASS);
    let check = document(&library, "check", 0, "diagnostics silenced");
    assert_eq!(check["diagnostics"], Json::Array(Vec::new()), "a list also when nothing is wrong");
    let status = document(&library, "outreach status", 0, "rows");
    has(&status["rows"][0], ROW);
    document(&library, "explain", 0, "codes");
    document(&library, "explain HB012", 0, "code title explanation examples");

    let dates = document(&library, "dates toddler-story-time", 0, "events");
    has(&dates["events"][0], "id slug title kind age_band dates");
    let date = &dates["events"][0]["dates"][2];
    has(date, "id title starts ends local status place setting note sign_up attendance");
    assert_eq!(date["id"], "toddler-story-time@2026-12-15");
    assert_eq!((&date["starts"], &date["local"]), (&"2026-12-15T10:30:00-05:00".into(), &"2026-12-15T10:30".into()));
    assert_eq!(date["status"], "cancelled");
}

#[test]
fn the_plan_gives_each_post_with_its_exact_text() {
    let library = Library::millbrook();
    let plan = document(&library, "outreach plan", 0, "posts");
    let posts = plan["posts"].as_array().unwrap();
    has(
        &posts[0],
        "id channel platform like due local moved event date wave text length limit unit link tags picture alt language replies_to",
    );
    let of = |event: &str, wave: &str| posts.iter().find(|post| post["event"] == event && post["wave"] == wave).unwrap();
    let planned = of("open-house", "remind")["text"].as_str().unwrap();
    let mut library = library;
    library.at("2026-12-01 12:00").run("outreach run").done();
    assert!(library.wall("wall").iter().any(|post| post.text == planned), "{planned}");
}

#[test]
fn an_error_is_in_the_document_with_its_place() {
    let library = Library::of(MILLBROOK).with([("content/events/bad.md", "---\ntitle: Bad\nstrats: 2026-12-03 10:00\n---\n")]);
    for (command, others) in [("build", ""), ("outreach plan", ""), ("dates open-house", ""), ("outreach run", PASS), ("run", PASS)] {
        let json = document(&library, command, 1, format!("diagnostics {others}").trim_end());
        let wrong = &json["diagnostics"][0];
        has(wrong, DIAGNOSTIC);
        assert_eq!((&wrong["file"], &wrong["line"], &wrong["column"]), (&"content/events/bad.md".into(), &3.into(), &1.into()));
        assert_eq!(wrong["severity"], "error");
    }
    let json = document(&library, "check", 1, "diagnostics silenced");
    has(&json["diagnostics"][0], &format!("{DIAGNOSTIC} rule page"));
}

#[test]
fn a_check_names_the_rule_and_the_page() {
    for (body, rule) in [
        ("## One\n\n#### Four\n", "heading-order"),
        ("# Again\n", "heading-order"),
        ("![](river.png)\n", "image-alt"),
        ("[Click here](/)\n", "link-name"),
    ] {
        let about = format!("---\ntitle: About us\n---\n{body}");
        let json = Library::of(MILLBROOK).with([("content/about.md", about.as_str())]).run("check --json").json();
        let found = json["diagnostics"].as_array().unwrap().iter().find(|wrong| wrong["rule"] == rule);
        assert_eq!(found.unwrap_or_else(|| panic!("no {rule} in {json}"))["page"], "/about/", "{json}");
    }
    let tag =
        Library::of(MILLBROOK).with([("content/about.md", "---\ntitle: About us\nlanguage: Spanish\n---\n")]).run("check --json").json();
    assert_eq!(tag["diagnostics"][0]["rule"], "lang", "{tag}");
    // What is about no rule of accessibility has none.
    let link = Library::of(MILLBROOK)
        .with([("content/about.md", "---\ntitle: About us\n---\n[the desk](nowhere.md)\n")])
        .run("check --json")
        .json();
    assert_eq!(link["diagnostics"][0]["rule"], Json::Null, "{link}");
}

#[test]
fn wrong_usage_gives_a_document_too() {
    let library = Library::millbrook();
    for command in ["build --nonsense", "dates", "build --root nowhere", "explain HB9", "outreach plan --channel nowhere", "outreach"] {
        let json = document(&library, command, 2, "diagnostics");
        has(&json["diagnostics"][0], DIAGNOSTIC);
        assert!(!json["diagnostics"][0]["message"].as_str().unwrap().is_empty());
    }
    let unknown = document(&library, "dates nowhere", 1, "diagnostics events");
    assert_eq!(unknown["events"], Json::Array(Vec::new()));
}

#[test]
fn a_new_site_is_named_with_its_files() {
    let library = Library::of([]);
    let json = library
        .run_all(&["init", "millbrook", "--title", "Millbrook", "--timezone", "America/New_York", "--town", "Millbrook", "--json"])
        .json();
    has(&json, "handbill root files");
    assert!(json["files"].as_array().unwrap().iter().all(|file| library.has(&format!("millbrook/{}", file.as_str().unwrap()))));
}
