//! `handbill init`

use std::fs;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::calendar::{self, Weekday, Zone};
use crate::cli::open;
use crate::cli::output::Output;
use crate::cli::{Common, Exit, World};
use crate::diagnostic::suggest::nearest;

/// Make a small complete site to begin from
///
/// Asks for the library's name, its time zone and its town, or takes them as options. Nothing that is there already is touched.
#[derive(Args, Debug)]
pub struct InitArgs {
    /// The new folder
    #[arg(value_name = "DIR")]
    dir: PathBuf,
    /// The library's name
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    title: Option<String>,
    /// The time zone, as in America/New_York
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// The town the library stands in
    #[arg(long, value_name = "TOWN", allow_hyphen_values = true)]
    town: Option<String>,
}

/// Runs the command.
pub fn run(args: &InitArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let moment = match open::moment(common, world) {
        Ok(moment) => moment,
        Err(why) => {
            out.problem(why);
            return Exit::Usage;
        }
    };
    let dir = world.cwd.join(&args.dir);
    if let Some(why) = not_free(&dir) {
        out.problem(format!("{}: {why}. Name a new folder, or an empty one", args.dir.display()));
        return Exit::Failed;
    }
    let answers = [
        answer(args.title.as_ref(), "The library's name", "--title \"Millbrook Public Library\"", out),
        answer(args.timezone.as_ref(), "Its time zone, as in America/New_York", "--timezone America/New_York", out),
        answer(args.town.as_ref(), "Its town", "--town Millbrook", out),
    ];
    let [Some(title), Some(timezone), Some(town)] = answers else { return Exit::Usage };
    let Some(zone) = Zone::named(&timezone) else {
        let near = nearest_zone(&timezone).map(|zone| format!(" Did you mean {zone}?")).unwrap_or_default();
        out.problem(format!("there is no time zone \"{timezone}\".{near} Zones are named as in America/Chicago or Europe/Madrid"));
        return Exit::Usage;
    };
    let today = moment.in_zone(zone).today();
    match write_all(&dir, &files(&title, &timezone, &town, today)) {
        Ok(written) => {
            for path in &written {
                out.detail(format!("  wrote {path}"));
            }
            let name = args.dir.display();
            out.line(format!("A site for {title} stands in {name}"));
            out.line(format!("Look at it:  cd {name} && handbill serve"));
            out.line("Then change content/events/story-time.md and save: the page follows.");
            out.fields(json!({ "root": dir.display().to_string(), "files": written }));
            Exit::Done
        }
        Err((path, error)) => {
            out.problem(format!("{}: can't be written: {error}", path.display()));
            Exit::Failed
        }
    }
}

/// Why a site can't begin here.
fn not_free(dir: &Path) -> Option<&'static str> {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().map(|_| "the folder is not empty"),
        Err(_) if dir.symlink_metadata().is_ok() => Some("there is something of this name already that is no folder"),
        Err(_) => None,
    }
}

fn answer(given: Option<&String>, question: &str, option: &str, out: &mut Output<'_>) -> Option<String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = one_line(given.map_or("", String::as_str));
    if text.is_empty() && given.is_none() && std::io::stdin().is_terminal() {
        let mut err = std::io::stderr();
        let _ = write!(err, "{question}: ").and_then(|()| err.flush());
        let mut line = String::new();
        let _ = std::io::stdin().lock().read_line(&mut line);
        text = one_line(&line);
    }
    if text.is_empty() {
        out.problem(format!("{question}? Say it with {option}"));
        return None;
    }
    Some(text)
}

fn nearest_zone(text: &str) -> Option<String> {
    if let Some(zone) = Zone::colloquial(text) {
        return Some(zone.to_owned());
    }
    let names: Vec<String> = Zone::names().collect();
    let whole = nearest(&text.replace(' ', "_"), names.iter().map(String::as_str)).map(str::to_owned);
    let city = |name: &String| name.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&text.replace(' ', "_")));
    names.iter().find(|name| city(name)).cloned().or(whole)
}

/// Text between double quotes, as both TOML and YAML read it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted + "\""
}

fn files(title: &str, timezone: &str, town: &str, today: calendar::NaiveDate) -> Vec<(&'static str, String)> {
    let next = |weekday: Weekday| {
        let week = calendar::start_of_week(calendar::plus_days(today, 7), Weekday::Mon);
        calendar::plus_days(week, i64::from(weekday.num_days_from_monday()))
    };
    let fill = |text: &str| {
        text.replace("{{title}}", &quoted(title))
            .replace("{{timezone}}", &quoted(timezone))
            .replace("{{town}}", &quoted(town))
            .replace("{{name}}", title)
            .replace("{{thursday}}", &next(Weekday::Thu).to_string())
            .replace("{{tuesday}}", &next(Weekday::Tue).to_string())
            .replace("{{monday}}", &next(Weekday::Mon).to_string())
            .replace("{{today}}", &today.to_string())
    };
    [
        ("site.toml", include_str!("init/site.toml")),
        ("content/index.md", include_str!("init/index.md")),
        ("content/about.md", include_str!("init/about.md")),
        ("content/branches/main.md", include_str!("init/main.md")),
        ("content/programs/story-time.md", include_str!("init/program.md")),
        ("content/events/story-time.md", include_str!("init/story-time.md")),
        ("content/events/book-group.md", include_str!("init/book-group.md")),
        ("content/events/open-house.md", include_str!("init/open-house.md")),
        ("content/news/new-website.md", include_str!("init/news.md")),
        (".gitignore", include_str!("init/gitignore")),
    ]
    .into_iter()
    .map(|(path, text)| (path, fill(text)))
    .collect()
}

fn write_all(dir: &Path, files: &[(&'static str, String)]) -> Result<Vec<&'static str>, (PathBuf, std::io::Error)> {
    let mut written = Vec::new();
    for (path, text) in files {
        let to = dir.join(path);
        let folder = to.parent().unwrap_or(dir);
        fs::create_dir_all(folder).and_then(|()| fs::write(&to, text)).map_err(|error| (to.clone(), error))?;
        written.push(*path);
    }
    Ok(written)
}
