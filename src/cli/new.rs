//! `handbill new`: a file to begin with, asking nothing that the library itself can tell.

use std::path::Path;
use std::process::Command;

use clap::Args;
use serde_json::json;

use crate::build::Made;
use crate::calendar::{self, NaiveDateTime, NaiveTime};
use crate::cli::close;
use crate::cli::editing;
use crate::cli::open::{self, Opened};
use crate::cli::output::{Output, wrapped};
use crate::cli::{Common, Exit, World};
use crate::content::edit::in_flow;
use crate::content::fresh::{self, Fact};
use crate::content::{KINDS, Kind};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Severity, codes};
use crate::folder;
use crate::library::{Entry, Planned, Slug, Usual};
use crate::settings::Terms;
use crate::source::Files;
use crate::text::slugify;

/// Begin a new event, program, branch, news post, page or banner
///
/// Writes a file with the keys that are known and the others as notes to choose from. An event gets the next day on which its branch is open, at the time
/// that is usual for such events. It is a draft until its line `draft: true` is taken out, except for a branch and a program, which other files name.
/// Nothing that is there already is replaced.
#[derive(Args, Debug)]
pub struct NewArgs {
    /// What it is
    #[arg(value_name = "KIND", value_parser = clap::builder::PossibleValuesParser::new(KINDS.iter().map(|kind| kind.name)))]
    kind: String,
    /// What it is called
    #[arg(value_name = "TITLE", allow_hyphen_values = true)]
    title: String,
    /// The day, with or without a time: 2026-12-03, "2026-12-03 10:30", tomorrow
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// The branch of an event: the name of its file, or its title
    #[arg(long, value_name = "BRANCH")]
    branch: Option<String>,
    /// For whom: words of `[audiences]`, with commas between
    #[arg(long, value_name = "WORDS", value_delimiter = ',')]
    audience: Vec<String>,
    /// A folder below that of its kind: children
    #[arg(long = "in", value_name = "FOLDER")]
    folder: Option<String>,
    /// Open it in your editor ($VISUAL or $EDITOR)
    #[arg(long)]
    edit: bool,
}

/// Runs the command.
pub fn run(args: &NewArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    match write(args, common, world, out) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn write(args: &NewArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Result<Exit, Exit> {
    let Some(kind) = KINDS.iter().find(|kind| kind.name == args.kind) else { return Err(Exit::Usage) };
    let opened = editing::open(common, world, out)?;
    let Some(site) = opened.loaded.made.as_ref() else { return Err(Exit::Failed) };
    let usage = |why: String, out: &mut Output<'_>| {
        out.problem(why);
        Exit::Usage
    };
    let title = args.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(slug) = slugify(&title) else {
        return Err(usage(format!("\"{title}\" holds no letter that a file can be named by. Write the title in quotes"), out));
    };
    let folder = below(kind, args.folder.as_deref(), &opened.root).map_err(|why| usage(why, out))?;
    let file = FileId::new(format!("{folder}{slug}.md"));
    free(site, kind, &slug, &file, &opened.root).map_err(|taken| {
        out.diagnostics(&[taken].into_iter().collect(), &Files::default());
        Exit::Failed
    })?;
    let event = kind.keys.iter().any(|key| key.name == "starts");
    let for_some = kind.keys.iter().any(|key| key.name == "audience");
    let option = if args.branch.is_some() && !event { Some("--branch") } else { None };
    if let Some(option) = option.or((!args.audience.is_empty() && !for_some).then_some("--audience")) {
        return Err(usage(format!("{option} means nothing for {}. Leave it out", kind.article), out));
    }
    let mut facts = vec![fact("title", in_flow(&title), "")];
    if kind.keys.iter().any(|key| key.name == "id") {
        facts.push(fact("id", slug.to_string(), "its name for ever: leave it as it is"));
    }
    let mut examples = examples(site);
    let mut told = Vec::new();
    if event {
        let planned = planned(args, site, title.clone(), folder).map_err(|why| usage(why, out))?;
        let usual = site.library.usual(&planned, &site.settings.audiences.0);
        let starts = starts(args, site, &usual).map_err(|why| usage(why, out))?;
        told.push(of_event(&usual, starts, args.date.is_some(), &mut facts));
        if starts.date() < site.now.today() {
            told.push("That day is past: look at the year, for nobody would be told of it".to_owned());
        }
        if let Some(branch) = usual.branch.as_ref().and_then(|branch| site.library.branch(branch)) {
            examples.extend(branch.rooms.first().map(|room| ("room", in_flow(room))));
            if branch.hours.is_closed_all_day(starts.date()) {
                told.push(format!("{} is closed that day: change `starts`, or say `place`", branch.entry.title));
            }
        }
    } else {
        let day =
            args.date.as_ref().map(|date| close::day(date, site.now)).transpose().map_err(|why| usage(format!("--date: {why}"), out))?;
        let day = day.unwrap_or(site.now.today());
        let known = |name: &str| kind.keys.iter().any(|key| key.name == name);
        let needed = |name: &str| kind.keys.iter().any(|key| key.name == name && key.needed);
        if needed("date") || (known("date") && args.date.is_some()) {
            facts.push(fact("date", day.to_string(), ""));
        } else if known("from") && known("until") {
            facts.push(fact("from", day.to_string(), "the first day it is shown"));
            facts.push(fact("until", calendar::plus_days(day, 7).to_string(), "the last one"));
        } else if args.date.is_some() {
            return Err(usage(format!("{} has no date. Leave --date out", kind.article), out));
        }
        let audience = audiences(&args.audience, site).map_err(|why| usage(why, out))?;
        if known("audience") && !audience.is_empty() {
            facts.push(fact("audience", listed(&audience), ""));
        }
    }
    // What other files name, a branch or a program, is there at once, so that they can name it.
    let draft = event || kind.keys.iter().all(|key| key.name != "id");
    if draft {
        facts.push(fact("draft", "true".to_owned(), "take this line out when all is true"));
    }
    let text = fresh::file(kind, &facts, &examples);
    look_ahead(&opened, &file, &text, out)?;
    folder::create(&opened.root, &file, &text).map_err(|error| open::refused(&error, out))?;
    out.line(format!("Wrote {file}"));
    let width = out.width;
    told.iter().flat_map(|line| wrapped(&format!("  {line}"), width, 2)).for_each(|line| out.line(line));
    out.line("Open it, write the words below the second line of dashes, and save.");
    if draft {
        out.line("It is a draft, neither shown nor posted, until you take out `draft: true`.");
        out.line("Look: handbill serve --drafts");
    } else {
        out.line("Look: handbill serve");
    }
    out.fields(json!({
        "file": file.path(),
        "keys": facts.iter().map(|fact| (fact.key.to_owned(), fact.value.clone().into())).collect::<serde_json::Map<_, _>>(),
    }));
    if args.edit { Ok(edit(&opened.root.join(file.path()), out)) } else { Ok(Exit::Done) }
}

fn fact(key: &'static str, value: String, note: impl Into<String>) -> Fact {
    Fact { key, value, note: note.into() }
}

/// Words that this library knows, so that a key whose # is taken away says nothing unknown.
fn examples(site: &Made) -> Vec<(&'static str, String)> {
    let (settings, library) = (&site.settings, &site.library);
    let term = |terms: &Terms| terms.0.first().map(|(slug, _)| format!("[{slug}]"));
    [
        ("audience", term(&settings.audiences)),
        ("topics", term(&settings.topics)),
        ("branch", library.branches.first().map(|branch| branch.entry.slug.to_string())),
        ("branches", library.branches.first().map(|branch| format!("[{}]", branch.entry.slug))),
        ("program", library.programs.first().map(|program| program.entry.slug.to_string())),
        ("promote", settings.outreach.plans.keys().next().cloned()),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}

/// The folder of a new file, with a slash at its end.
fn below(kind: &Kind, folder: Option<&str>, root: &Path) -> Result<String, String> {
    let home = kind.folder.map_or("content/".to_owned(), |folder| format!("content/{folder}/"));
    let Some(asked) = folder else { return Ok(home) };
    let asked = asked.replace('\\', "/");
    let asked = asked.trim_start_matches("./").trim_end_matches('/');
    let inner = asked.strip_prefix(home.trim_end_matches('/')).or_else(|| kind.folder.and_then(|own| asked.strip_prefix(own)));
    let inner = match inner {
        Some(inner) if inner.is_empty() || inner.starts_with('/') => inner.trim_start_matches('/'),
        _ => asked.strip_prefix("content/").unwrap_or(asked),
    };
    let mut place = home;
    for part in inner.split('/').filter(|_| !inner.is_empty()) {
        let there = root.join(&place).join(part).is_dir() && !part.starts_with('.');
        if Slug::new(part).is_none() && !there {
            let help = slugify(part).map_or("children".to_owned(), |slug| slug.to_string());
            return Err(format!("--in {asked}: a folder is named by small letters, digits and hyphens. Write, for instance, --in {help}"));
        }
        place = format!("{place}{part}/");
    }
    if kind.folder.is_none() && KINDS.iter().any(|other| other.folder.is_some_and(|own| place.starts_with(&format!("content/{own}/")))) {
        return Err(format!("--in {asked}: what stands in {place} is no page. Name another folder"));
    }
    Ok(place)
}

/// Is there no such thing yet, neither at this place nor under this name?
fn free(site: &Made, kind: &Kind, slug: &Slug, file: &FileId, root: &Path) -> Result<(), Diagnostic> {
    let mut taken = root.join(file.path()).symlink_metadata().is_ok().then(|| file.clone());
    let mut look = |entry: &Entry| {
        let folder = kind.folder.map(|folder| format!("content/{folder}/"));
        if folder.is_some_and(|folder| entry.file.path().starts_with(&folder)) && entry.slug == *slug {
            taken.get_or_insert(entry.file.clone());
        }
    };
    site.library.for_each_entry(&mut look);
    let held = |file: &FileId| {
        let folder = kind.folder.map(|folder| format!("content/{folder}/"));
        folder.is_some_and(|folder| file.path().starts_with(&folder)) && file.path().ends_with(&format!("/{slug}.md"))
    };
    if let Some(held) = site.library.held.iter().find(|one| held(&one.file)) {
        taken.get_or_insert(held.file.clone());
    }
    let Some(taken) = taken.or_else(|| {
        site.library
            .events
            .iter()
            .find(|event| kind.name == "event" && event.id.as_str() == slug.as_str())
            .map(|event| event.entry.file.clone())
    }) else {
        return Ok(());
    };
    Err(Diagnostic::error(codes::FILE_THERE, format!("there is {} of this name already: {taken}", kind.article))
        .help("open it and change what it says; or give the new one another title"))
}

/// What was said of an event.
fn planned(args: &NewArgs, site: &Made, title: String, folder: String) -> Result<Planned, String> {
    let branch = args.branch.as_ref().map(|name| close::find(&site.library.branches, name)).transpose()?;
    Ok(Planned { title, folder, audience: audiences(&args.audience, site)?, branch: branch.map(|branch| branch.entry.slug.clone()) })
}

fn audiences(words: &[String], site: &Made) -> Result<Vec<Slug>, String> {
    let known = &site.settings.audiences.0;
    let find = |word: &String| {
        let lower = word.trim().to_lowercase();
        let found = known.iter().find(|(slug, label)| slug.as_str() == lower || label.to_lowercase() == lower);
        found.map(|(slug, _)| slug.clone()).ok_or_else(|| {
            let near = nearest(&lower, known.iter().map(|(slug, _)| slug.as_str()));
            let all: Vec<&str> = known.iter().map(|(slug, _)| slug.as_str()).collect();
            let near = near.map_or_else(|| format!("There are {}", all.join(", ")), |near| format!("Did you mean {near}?"));
            format!("--audience: there is no audience \"{}\" in site.toml. {near}", word.trim())
        })
    };
    words.iter().map(find).collect()
}

/// When it is to begin.
fn starts(args: &NewArgs, site: &Made, usual: &Usual) -> Result<NaiveDateTime, String> {
    match &args.date {
        None => Ok(site.library.next_open(usual.branch.as_ref(), site.now.today(), usual.time, usual.lasts)),
        Some(text) => match calendar::parse_date_time(text) {
            Ok(at) => Ok(at),
            Err(_) => close::day(text, site.now).map(|day| calendar::at(day, usual.time)).map_err(|why| format!("--date: {why}")),
        },
    }
}

/// The facts of an event, and a line about them.
fn of_event(usual: &Usual, starts: NaiveDateTime, asked: bool, facts: &mut Vec<Fact>) -> String {
    let ends = calendar::plus(starts, usual.lasts);
    let as_usual = usual.like.as_ref().map(|title| format!("at the time of \"{title}\"")).filter(|_| starts.time() == usual.time);
    let note = if asked { String::new() } else { "a first guess: change it".to_owned() };
    facts.push(fact("starts", starts.format("%Y-%m-%d %H:%M").to_string(), note));
    let same_day = ends.date() == starts.date() && ends.time() > NaiveTime::MIN;
    facts.push(fact("ends", ends.format(if same_day { "%H:%M" } else { "%Y-%m-%d %H:%M" }).to_string(), ""));
    if let Some(branch) = &usual.branch {
        facts.push(fact("branch", branch.to_string(), ""));
    }
    if !usual.audience.is_empty() {
        facts.push(fact("audience", listed(&usual.audience), ""));
    }
    if let Some(program) = &usual.program {
        facts.push(fact("program", program.to_string(), ""));
    }
    let time = calendar::time_range(starts, Some(ends));
    let why = as_usual.map(|why| format!(", {why}")).unwrap_or_default();
    format!("{}, {time}{why}", calendar::long_date_with_year(starts.date()))
}

fn listed(slugs: &[Slug]) -> String {
    format!("[{}]", slugs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "))
}

/// Nothing is written that `check` would refuse.
fn look_ahead(opened: &Opened, file: &FileId, text: &str, out: &mut Output<'_>) -> Result<(), Exit> {
    let then = opened.with(file, text).map_err(|error| open::refused(&error, out))?;
    let about = |one: &&Diagnostic| one.severity == Severity::Error && one.at.iter().chain(&one.also).any(|place| place.file == *file);
    let wrong: Diagnostics = then.loaded.diagnostics.iter().filter(about).cloned().collect();
    if wrong.is_empty() {
        return Ok(());
    }
    out.problem(format!("{file} would have an error, and is not written:"));
    out.diagnostics(&wrong, &then.loaded);
    Err(Exit::Failed)
}

/// Opens a file in the editor of whoever calls, and waits for it.
fn edit(place: &Path, out: &mut Output<'_>) -> Exit {
    let named = ["VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok()).find(|editor| !editor.trim().is_empty());
    let Some(editor) = named else {
        out.problem("neither VISUAL nor EDITOR names a program. Open the file yourself, or set one: EDITOR=nano");
        return Exit::Failed;
    };
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    match Command::new(program).args(words).arg(place).status() {
        Ok(status) if status.success() => Exit::Done,
        Ok(_) => {
            out.problem(format!("{editor} ended with an error. The file is there: open it yourself"));
            Exit::Failed
        }
        Err(error) => {
            out.problem(format!("{editor} can't be started: {error}. The file is there: open it yourself"));
            Exit::Failed
        }
    }
}
