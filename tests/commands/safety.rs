//! What must not get out.

use handbill::build::{LoadOptions, Moment, load};
use handbill::content::Drafts;

use crate::command::{Library, MILLBROOK};

/// A channel on a real platform, whose token these words name.
fn real(token: &str) -> String {
    format!("\n[[channels]]\nname = \"news\"\nplatform = \"mastodon\"\nserver = \"https://example.social\"\ntoken = {token}\n")
}

fn library_with(channel: &str) -> Library {
    let library = Library::of(MILLBROOK);
    let site = library.read("site.toml");
    library.write("site.toml", site.replace("\n[outreach]\n", &format!("{channel}\n[outreach]\n")));
    library
}

#[test]
fn a_command_in_site_toml_is_not_run_where_a_site_is_only_looked_at() {
    let mut library = library_with(&real("{ command = \"touch RAN && echo secret\" }"));
    library.at("2026-12-01 12:00");
    for command in
        ["build", "build --drafts", "check", "check --strict", "outreach plan", "outreach status", "dates open-house", "explain HB012"]
    {
        library.run(command).done();
        assert!(!library.has("RAN"), "{command} ran it");
    }
    // what `serve` does to show the site
    let moment = Moment::Instant("2026-12-01T17:00:00Z".parse().unwrap());
    assert!(load(library.root(), &LoadOptions { base_url: None, drafts: Drafts::Included, moment }).unwrap().sound().is_some());
    // nor in a pass that may send nothing there
    library.run("outreach run").done();
    library.by_the_machines_clock().run("run").done();
    assert!(!library.has("RAN"));
}

#[test]
fn a_secret_that_stands_in_site_toml_is_refused_and_never_printed() {
    let secret = "s3cr3t-Token-9f2c";
    let other = |key: &str| {
        format!("\n[[channels]]\nname = \"news\"\nplatform = \"bluesky\"\nidentifier = \"a.example.social\"\npassword = {key}\n")
    };
    let at_server = format!(
        "\n[[channels]]\nname = \"news\"\nplatform = \"mastodon\"\nserver = \"https://me:{secret}@example.social\"\ntoken = {{ env = \"T\" }}\n"
    );
    for channel in [real(&format!("\"{secret}\"")), other(&format!("\"{secret}\"")), other(&format!("'{secret}'")), at_server] {
        let library = library_with(&channel);
        for command in ["build", "check", "outreach plan", "outreach run", "run", "channels start news"] {
            library.run(command).failed().complains("site.toml").never_says(secret);
            let said = library.run(&format!("{command} --json"));
            assert_eq!(said.status, 1);
            said.never_says(secret);
        }
        assert!(library.bytes("public").is_empty());
    }
    // a mistake beside it shows its line without it
    let library = library_with(&format!("\n[[channels]]\nname = \"news\"\nplatform = \"nonsense\"\nsecret = \"{secret}\"\n"));
    library.run("check").failed().never_says(secret);
}

#[test]
fn on_a_machine_that_is_thrown_away_a_real_channel_is_refused() {
    let library = library_with(&real("{ env = \"HANDBILL_NO_SUCH_TOKEN\" }")).on_ci();
    for command in ["run", "check", "outreach run", "channels start news"] {
        library.run(command).failed().complains("`CI` is set").complains(".handbill/");
        assert!(!library.has("public") && !library.has(".handbill/outbox.sqlite"), "{command}");
    }
    library.run("build").done();
    // with mistakes in the content nothing goes out from there either
    library.write("content/events/bad.md", "---\ntitle: Bad\n---\n");
    library.run("outreach run").failed().complains("`CI` is set");
    library.run("run").failed().complains("`CI` is set");
    assert!(!library.has(".handbill/outbox.sqlite"));

    let practice = Library::millbrook().on_ci();
    practice.run("run").done();
    practice.run("check").done();
}

#[test]
fn a_channel_that_was_not_started_here_is_sent_nothing_and_the_words_say_how_to_start_it() {
    let mut library = library_with(&real("{ env = \"HANDBILL_NO_SUCH_TOKEN\" }"));
    library.by_the_machines_clock();
    let said = library.run("outreach run").done();
    said.complains("`news` is not started in this outbox").complains("handbill channels start news");
}

#[test]
fn a_rehearsal_leaves_real_channels_alone_and_says_so() {
    let library = library_with(&real("{ env = \"HANDBILL_NO_SUCH_TOKEN\" }"));
    library.run("outreach run").done().complains("this is a rehearsal").complains("`news`");
    library.run("channels start news").failed();
}

#[cfg(unix)]
#[test]
fn what_handbill_remembers_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mut library = Library::millbrook();
    library.at("2026-12-01 12:00").run("run").done();
    let mode = |path: &str| library.path(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(".handbill"), 0o700);
    for path in library.bytes(".handbill").keys() {
        assert_eq!(mode(&format!(".handbill/{path}")) & 0o077, 0, "{path}");
    }
}

#[test]
fn only_what_belongs_on_a_website_is_copied_from_content() {
    let library = Library::of(MILLBROOK).with([
        ("content/patrons.xlsx", "names"),
        ("content/.env", "TOKEN=1"),
        ("content/~$draft.md", "lock"),
        ("content/notes.txt", "read me"),
        ("content/page.html", "<script>alert(1)</script>"),
    ]);
    library.run("build").done();
    let public = library.bytes("public");
    for secret in ["patrons.xlsx", ".env", "~$draft", "page.html"] {
        assert!(public.keys().all(|path| !path.contains(secret)), "{secret} went out");
    }
    assert!(public.keys().any(|path| path.contains("notes.txt")), "{:?}", public.keys());
}

/// Every command that reads the site's folder.
#[cfg(unix)]
const COMMANDS: [&str; 10] = [
    "build",
    "check",
    "run",
    "serve",
    "dates open-house",
    "outreach plan",
    "outreach run",
    "outreach status",
    "channels start wall",
    "channels start nowhere",
];

#[cfg(unix)]
#[test]
fn a_state_folder_that_is_a_link_or_a_file_is_refused_by_every_command_in_the_same_words_and_left_as_it_is() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let words = "[HB706]: SITE/.handbill must be a folder, not a link or a file";

    let library = Library::of(MILLBROOK);
    library.write("../others/calendar.json", "{}");
    let others = library.path("../others");
    std::fs::set_permissions(&others, std::fs::Permissions::from_mode(0o755)).unwrap();
    symlink("../others", library.path(".handbill")).unwrap();
    let before = library.files("../others");
    for command in COMMANDS {
        library.run(command).failed().complains(words).complains("Handbill makes the folder itself");
        assert_eq!(library.files("../others"), before, "{command}");
        assert_eq!(others.metadata().unwrap().permissions().mode() & 0o777, 0o755, "{command}");
    }

    library.remove(".handbill");
    library.write(".handbill", "notes");
    for command in COMMANDS {
        library.run(command).failed().complains(words);
        assert_eq!((library.read(".handbill").as_str(), library.has("public")), ("notes", false), "{command}");
    }
    assert_eq!(library.run("outreach plan --json").json()["diagnostics"][0]["code"], "HB706");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_that_stands_in_the_state_folder() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    for name in ["outbox.sqlite", "outbox.lock", "build.lock", "wall", "wall/wall.jsonl"] {
        let mut library = Library::of(MILLBROOK);
        let precious = library.path("../precious");
        let target = if name == "wall" { library.path("../others/precious") } else { precious.clone() };
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(&target, "").unwrap();
        std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o644)).unwrap();
        let link = library.path(&format!(".handbill/{name}"));
        std::fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(if name == "wall" { target.parent().unwrap() } else { &target }, &link).unwrap();

        let said = library.at("2026-12-01 12:00").run("run").err;
        assert!(said.contains("link") || said.contains("in the way"), "{name}: {said}");
        library.run("outreach plan");
        assert_eq!(std::fs::read(&target).unwrap(), b"", "{name}");
        assert_eq!(target.metadata().unwrap().permissions().mode() & 0o777, 0o644, "{name}");
        assert_eq!(std::fs::read_dir(target.parent().unwrap()).unwrap().count(), if name == "wall" { 1 } else { 2 }, "{name}");
    }
}

#[cfg(unix)]
#[test]
fn looking_at_the_plan_or_at_what_was_said_leaves_the_state_folder_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    let mut library = Library::of(MILLBROOK);
    library.at("2026-12-01 12:00").run("run").done();
    let state = library.path(".handbill");
    std::fs::set_permissions(&state, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::set_permissions(state.join("outbox.sqlite"), std::fs::Permissions::from_mode(0o644)).unwrap();
    let mode = |name: &str| library.path(name).metadata().unwrap().permissions().mode() & 0o777;
    let before = library.files(".handbill");
    for command in ["outreach plan", "outreach status"] {
        library.run(command).done();
        assert_eq!(library.files(".handbill"), before, "{command}");
        assert_eq!((mode(".handbill"), mode(".handbill/outbox.sqlite")), (0o755, 0o644), "{command}");
    }
}

#[test]
fn a_file_renamed_after_it_was_announced_is_not_announced_again() {
    let mut library = Library::of(MILLBROOK);
    library.at("2026-12-01 12:00").run("run").done();
    let said = library.wall("wall");
    assert!(said.iter().any(|post| post.text.contains("Open House")));

    let text = library.read("content/events/open-house.md");
    library.write("content/events/our-open-house.md", &text);
    library.remove("content/events/open-house.md");
    for now in ["2026-12-01 12:30", "2026-12-01 15:00", "2026-12-03 08:30"] {
        let run = library.at(now).run("outreach run").failed();
        run.complains("\"content/events/open-house.md\" is gone").complains("nothing new of \"content/events/our-open-house.md\"");
    }
    assert_eq!(library.wall("wall").iter().filter(|post| post.text.contains("Open House")).count(), 1);

    // the way on that the words name
    library.write("content/events/our-open-house.md", text.replacen("---\n", "---\nid: open-house\n", 1));
    library.at("2026-12-03 08:45").run("outreach run").done().says("Posted 1 announcement");
    assert!(library.wall("wall").last().unwrap().text.contains("Open House"));
    assert_eq!(library.wall("wall").iter().filter(|post| post.text.contains("Open House")).count(), 2);
}
