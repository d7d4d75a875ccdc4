//! Warnings: they stop nothing, `--strict` makes them count, and a page silences one by its code and with a reason.

use crate::command::{Library, MILLBROOK};

const TABLE: &str =
    "---\ntitle: The county's table\nignore: { HB492: \"the county sent it so\" }\n---\n## Hours\n\n#### Sunday\n\nClosed.\n";

#[test]
fn a_warning_stops_nothing_unless_the_check_is_strict() {
    let library = Library::of(MILLBROOK).with([("content/county.md", "---\ntitle: County\n---\n## Hours\n\n#### Sunday\n")]);
    library.run("check").done().complains("warning[HB492]");
    library.run("build").done();
    library.run("check --strict").failed().complains("warning[HB492]");
}

#[test]
fn a_silenced_warning_is_counted_and_listed_on_request() {
    let library = Library::of(MILLBROOK).with([("content/county.md", TABLE)]);
    library.run("check --strict").done().says("Nothing is wrong").says("1 warning is silenced by the page; -v lists them");
    library.run("check -v").done().says("HB492  content/county.md: the heading \"Sunday\"").says("(the county sent it so)");
    let json = library.run("check --json").json();
    assert_eq!(json["silenced"][0]["code"], "HB492");
    assert_eq!(json["silenced"][0]["file"], "content/county.md");
    assert_eq!(json["silenced"][0]["reason"], "the county sent it so");
    assert!(json["diagnostics"].as_array().is_none_or(Vec::is_empty), "{json}");
}

#[test]
fn a_silence_is_of_one_page_and_of_one_code() {
    let other = TABLE.replace("HB492", "HB493");
    let library = Library::of(MILLBROOK).with([("content/county.md", TABLE), ("content/other.md", other.as_str())]);
    library.run("check --strict").failed().complains("content/other.md:7:6").complains("nothing on this page is warned of as HB493");
}

#[test]
fn a_silence_that_silences_nothing_is_said() {
    let library = Library::of(MILLBROOK).with([("content/county.md", TABLE.replace("####", "###").as_str())]);
    library.run("check").done().complains("warning[HB030]: nothing on this page is warned of as HB492").complains("content/county.md:3:11");
    let draft = TABLE.replace("####", "###").replace("ignore", "draft: true\nignore");
    let library = Library::of(MILLBROOK).with([("content/county.md", draft.as_str())]);
    library.run("check --strict").done();
}

#[test]
fn an_error_is_never_silenced() {
    let page = "---\ntitle: County\nignore: { HB222: \"we know\" }\n---\n[hours](gone.md)\n";
    let library = Library::of(MILLBROOK).with([("content/county.md", page)]);
    library.run("check").failed().complains("error[HB222]").complains("HB222 is an error on this page, and errors can't be silenced");
    library.run("build").failed().complains("error[HB222]");
}
