//! 0 done, 1 something failed, 2 wrong usage.

use crate::command::Library;

#[test]
fn what_is_done_ends_with_0() {
    let library = Library::millbrook();
    for command in ["build", "check", "run", "outreach run", "outreach plan", "outreach status", "dates open-house", "explain HB012"] {
        library.run(command).done();
    }
    library.call(&["handbill", "--help"]).done().in_silence().says("Usage");
    library.call(&["handbill", "--version"]).done().in_silence().says("handbill ");
    library.call(&["handbill", "outreach", "run", "--help"]).done().in_silence().says("for a scheduled job");
}

#[test]
fn what_fails_in_the_content_ends_with_1_and_warnings_only_when_strict() {
    let library = Library::millbrook().with([("content/about.md", "---\ntitle: About us\n---\n## One\n\n#### Four\n")]);
    library.run("check").done().complains("warning");
    library.run("check --strict").failed();
    library.run("build").done();

    library.write("content/events/bad.md", "---\ntitle: Bad\n---\n");
    for command in ["build", "check", "run", "outreach run", "outreach plan", "dates open-house"] {
        library.run(command).failed().complains("content/events/bad.md:");
    }
    library.run("dates nowhere").failed();
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_right() {
    let library = Library::millbrook();
    library.call(&["handbill"]).usage().complains("Usage");
    library.run("biuld").usage().complains("build");
    library.run("build --ouput x").usage().complains("--output");
    library.run("build -q -v").usage().complains("cannot be used with");
    library.run("dates").usage().complains("Which event?");
    library.run("dates open-house --from someday").usage().complains("--from someday");
    library.run("dates open-house --from 2026-12-03 --to 2026-12-01").usage().complains("lies before");
    library.run("outreach plan --days -1").usage();
    library.run("outreach plan --days many").usage();
    library.run("outreach plan --channel wal").usage().complains("no channel \"wal\"");
    library.run("outreach status --channel wal").usage().complains("no channel \"wal\"");
    library.run("channels start wal").usage().complains("Did you mean wall?");
    library.run("explain HB9999").usage().complains("there is no code");
    library.run("build --output content/x").usage().complains("lies in `content`");
}

#[test]
fn a_now_that_is_no_moment_is_refused_before_anything_is_read() {
    let library = Library::millbrook();
    for nonsense in ["nonsense", "", "2026-02-30T09:00", "2026-12-01", "25:00", "2026-12-01T09:00Z", "-1", "99999-01-01T00:00", "📚"] {
        for command in ["build", "outreach run", "check", "dates"] {
            let mut call = vec!["handbill", command];
            call.extend(if command == "outreach run" {
                vec![]
            } else if command == "dates" {
                vec!["open-house"]
            } else {
                vec![]
            });
            let call: Vec<&str> = call.iter().flat_map(|words| words.split(' ')).collect();
            let now = format!("--now={nonsense}");
            let said = library.call(&[&call[..], &[now.as_str()]].concat()).usage();
            said.complains("--now 2026-12-01T09:00");
        }
    }
    assert!(!library.has("public") && !library.has(".handbill"));
    // the edges of what is a date: nothing breaks
    for edge in ["2026-03-08T02:30", "2026-11-01T01:30", "1970-01-01T00:00", "2100-02-28T23:59"] {
        library.call(&["handbill", "run", "--now", edge]).done();
    }
    for edge in ["0001-01-01T00:00", "9999-12-31T23:59"] {
        assert_ne!(library.call(&["handbill", "run", "--now", edge]).status, 1);
    }
}

#[test]
fn a_site_is_found_from_any_folder_in_it_and_nowhere_else() {
    let library = Library::millbrook();
    library.run("build --root nowhere").usage().complains("nowhere: there is no site.toml in it");
    library.run("check --root content").usage().complains("content: there is no site.toml in it");

    let empty = Library::of([]);
    for command in ["build", "check", "run", "outreach run", "outreach plan", "outreach status", "dates x", "serve", "channels start x"] {
        empty.run(command).usage().complains("no site.toml here or in a folder above").complains("handbill init");
    }
    let inside = library.process("check").current_dir(library.path("content/events")).status().unwrap();
    assert_eq!(inside.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn what_could_not_be_written_to_stdout_ends_with_1() {
    let library = Library::millbrook();
    for command in ["build --json", "build", "--help", "explain --json"] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let ended = library.process(command).stdout(full).stderr(std::process::Stdio::piped()).output().unwrap();
        assert_eq!(ended.status.code(), Some(1), "{command}");
        assert!(String::from_utf8_lossy(&ended.stderr).contains("could not be written"), "{command}");
    }
}
