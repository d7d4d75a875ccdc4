//! `handbill close`: a branch stays shut on a day, and everything that follows from it.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value, json};

use crate::build::Made;
use crate::calendar::{self, NaiveDate, Now};
use crate::cli::dates::local;
use crate::cli::editing::{self, Edited};
use crate::cli::open::{Opened, Remembered};
use crate::cli::output::{Output, counted, wrapped};
use crate::cli::{Common, Exit, World};
use crate::content::edit::{Edit, in_flow};
use crate::delivery::AnnouncementId;
use crate::diagnostic::suggest::nearest;
use crate::library::{Branch, Dated};
use crate::outreach::{Announcement, Window, schedule};

/// Close a branch for a day or more: hours, events and posts follow
///
/// Writes one entry into the branch's file and leaves every other letter of it as it is. The events of those days in that branch are cancelled, unless
/// --keep-events says otherwise. Nothing is posted by this command: the next `handbill run` does that.
#[derive(Args, Debug)]
pub struct CloseArgs {
    /// The branch: the name of its file, or its title
    #[arg(value_name = "BRANCH")]
    branch: Option<String>,
    /// The day: 2026-12-17, "December 17, 2026", today or tomorrow
    #[arg(value_name = "DATE", allow_hyphen_values = true)]
    date: Option<String>,
    /// The last day, when it is more than one
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Why, as patrons will read it: "Snow"
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true)]
    reason: Option<String>,
    /// Leave the events of those days as they are
    #[arg(long)]
    keep_events: bool,
    /// Take the last closing back, if its file has not changed since
    #[arg(long, conflicts_with_all = ["branch", "date", "until", "reason", "keep_events"])]
    undo: bool,
}

/// The command's name, for what is remembered of it.
const COMMAND: &str = "close";

/// No closing is longer than this, in days: a year.
const LONGEST: i64 = 366;

/// Runs the command.
pub fn run(args: &CloseArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    if args.undo {
        return editing::undo(COMMAND, common, world, out);
    }
    match close(args, common, world, out) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn close(args: &CloseArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Result<(), Exit> {
    let usage = |why: String, out: &mut Output<'_>| {
        out.problem(why);
        Exit::Usage
    };
    let opened = editing::open(common, world, out)?;
    let Some(site) = opened.loaded.made.as_ref() else { return Err(Exit::Failed) };
    let (branch, from, to) = asked(args, site).map_err(|wrong| {
        for wrong in wrong {
            out.problem(wrong);
        }
        Exit::Usage
    })?;
    let reason = text(args.reason.as_ref());
    if to < from {
        return Err(usage(format!("--until {to} lies before {from}. Exchange the two"), out));
    }
    if from < site.now.today() {
        return Err(usage(format!("{} is past, and nobody can be told of it any more", calendar::plain_date(from)), out));
    }
    if calendar::days_from(from, to) > LONGEST {
        return Err(usage(format!("from {from} to {to} is more than a year. For good, change the branch's `hours`"), out));
    }
    let shut = calendar::day_range(from, to).all(|day| branch.hours.is_closed_all_day(day));
    // A day that is closed every week may be given a reason of its own.
    let said_why = calendar::day_range(from, to).all(|day| branch.hours.on(day).reason.is_some());
    let before = dates(&opened, branch, from, to);
    if shut && said_why && (args.keep_events || before.is_empty()) {
        let day = branch.hours.on(from).reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        out.problem(format!("{} is closed then already{day}, and there is nothing more to say", branch.entry.title));
        return Err(Exit::Failed);
    }
    let events = if args.keep_events { "keep" } else { "cancel" };
    let when = if from == to { format!("date: {from}") } else { format!("from: {from}, until: {to}") };
    let item = format!("{{ {when}, reason: {}, events: {events} }}", in_flow(&reason));
    let edit = Edit::Item { key: "closings", item: item.clone() };
    let edited = editing::prepare(&opened, &branch.entry.file, &edit, out)?;
    let what = format!("closing {} {}", branch.entry.title, span(from, to));
    let posts = changed_posts(&opened, &edited, site.now, to);
    editing::write(&edited, COMMAND, &what, out)?;
    let after = dates(&edited.opened, branch, from, to);
    let cancelled: Vec<&Dated> = before.iter().filter(|date| after.iter().all(|still| still.date.id != date.date.id)).collect();
    let said = [format!("{} is closed {}: {reason}", branch.entry.title, span(from, to)), format!("  {}: - {item}", edited.file)];
    let width = out.width;
    said.iter().flat_map(|line| wrapped(line, width, 2)).for_each(|line| out.line(line));
    tell_events(&cancelled, &after, from != to, out);
    tell_posts(&posts, site.now, out);
    out.line("Look: handbill serve. Tell people: handbill run");
    out.line("Take it back: handbill close --undo");
    out.fields(json!({
        "file": edited.file.path(),
        "entry": item,
        "cancelled": cancelled.iter().map(|date| as_json(date)).collect::<Vec<_>>(),
        "kept": after.iter().map(as_json).collect::<Vec<_>>(),
        "posts": posts.iter().map(|(post, words)| json!({
            "id": post.id.short(), "channel": post.channel.as_str(), "due": post.due.with_timezone(&site.now.zone()).to_rfc3339(),
            "local": local(post.due, site.now), "date": post.occasion.to_string(), "wave": post.wave, "change": words,
        })).collect::<Vec<_>>(),
    }));
    Ok(())
}

/// The branch, the first day and the last one; or all that is missing or not understood, at once.
fn asked<'a>(args: &CloseArgs, site: &'a Made) -> Result<(&'a Branch, NaiveDate, NaiveDate), Vec<String>> {
    let branches = &site.library.branches;
    let slugs: Vec<&str> = branches.iter().map(|branch| branch.entry.slug.as_str()).collect();
    let branch = match &args.branch {
        Some(_) => find(branches, &text(args.branch.as_ref())),
        None if slugs.is_empty() => find(branches, ""),
        None => Err(format!("Which branch? Name it first: {}", slugs.join(" or "))),
    };
    let from = match &args.date {
        Some(_) => day(&text(args.date.as_ref()), site.now),
        None => Err(format!("Which day? Write it behind the branch: tomorrow, or {}", site.now.today())),
    };
    let until = args.until.as_ref().map(|until| day(until, site.now)).transpose();
    let why = match &args.reason {
        None => Err("Why? Say it, as patrons will read it, with --reason \"Snow\"".to_owned()),
        Some(reason) if reason.trim().is_empty() => {
            Err("--reason says nothing. Write why, as patrons will read it: --reason \"Snow\"".to_owned())
        }
        Some(_) => Ok(()),
    };
    match (branch, from, until, why) {
        (Ok(branch), Ok(from), Ok(until), Ok(())) => Ok((branch, from, until.unwrap_or(from))),
        (branch, from, until, why) => Err([branch.err(), from.err(), until.err(), why.err()].into_iter().flatten().collect()),
    }
}

fn text(given: Option<&String>) -> String {
    given.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// A day as people say it at the desk.
pub(super) fn day(text: &str, now: Now) -> Result<NaiveDate, String> {
    match text.trim().to_lowercase().as_str() {
        "today" => Ok(now.today()),
        "tomorrow" => Ok(calendar::plus_days(now.today(), 1)),
        "yesterday" => Ok(calendar::minus_days(now.today(), 1)),
        _ => calendar::parse_date(text).map_err(|wrong| {
            let help = wrong.help.unwrap_or_else(|| format!("write it as in {}", now.today()));
            format!("{}: {help}", wrong.message)
        }),
    }
}

/// "on Thursday, December 17", "from Thursday, December 17 to Friday, December 18".
fn span(from: NaiveDate, to: NaiveDate) -> String {
    if from == to {
        format!("on {}", calendar::long_date_with_year(from))
    } else {
        format!("from {} to {}", calendar::long_date_with_year(from), calendar::long_date_with_year(to))
    }
}

/// The branch that is meant.
pub(super) fn find<'a>(branches: &'a [std::sync::Arc<Branch>], name: &str) -> Result<&'a Branch, String> {
    let path = name.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let means = |branch: &&std::sync::Arc<Branch>| {
        let (entry, lower) = (&branch.entry, name.to_lowercase());
        let file = entry.file.path();
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".md");
        entry.slug.as_str() == lower
            || stem == lower
            || entry.title.to_lowercase() == lower
            || file == path
            || file.strip_prefix("content/") == Some(path)
    };
    if let Some(branch) = branches.iter().find(means) {
        return Ok(branch);
    }
    let slugs: Vec<&str> = branches.iter().map(|branch| branch.entry.slug.as_str()).collect();
    let titles = branches.iter().map(|branch| branch.entry.title.as_str());
    Err(match nearest(name, slugs.iter().copied().chain(titles)) {
        Some(near) => format!("there is no branch \"{name}\". Did you mean \"{near}\"?"),
        None if slugs.is_empty() => "there is no branch in content/branches/. Begin one: handbill new branch \"Main Library\"".to_owned(),
        None => format!("there is no branch \"{name}\". There are {}", slugs.join(", ")),
    })
}

/// What takes place in the branch on those days.
fn dates(opened: &Opened, branch: &Branch, from: NaiveDate, to: NaiveDate) -> Vec<Dated> {
    let Some(site) = opened.loaded.made.as_ref() else { return Vec::new() };
    let here = |date: &Dated| date.date.place.branch.as_ref() == Some(&branch.entry.slug) && date.date.status.takes_place();
    site.library.agenda(from, to).into_iter().filter(here).collect()
}

/// The posts that the outbox has, or would have, and that are others after the edit.
fn changed_posts(opened: &Opened, edited: &Edited, now: Now, to: NaiveDate) -> Vec<(Announcement, &'static str)> {
    let Ok(remembered) = Remembered::read(&opened.state()) else { return Vec::new() };
    let days = u32::try_from(calendar::days_from(now.today(), to)).unwrap_or(0);
    let posts = |opened: &Opened| -> Option<Vec<Announcement>> {
        let brief = opened.sound()?.brief();
        Some(schedule(&brief, &remembered.said, now, Window { days }).0.announcements)
    };
    let (Some(before), Some(after)) = (posts(opened), posts(&edited.opened)) else { return Vec::new() };
    let after: BTreeMap<AnnouncementId, Announcement> = after.into_iter().map(|post| (post.id, post)).collect();
    let change = |post: &Announcement| match after.get(&post.id) {
        None => Some("not sent"),
        Some(new) if new.post.text != post.post.text => Some("in other words"),
        Some(new) if new.due != post.due => Some("at another time"),
        Some(_) => None,
    };
    let still = |post: &Announcement| remembered.still_to_come(post.id);
    before.into_iter().filter(still).filter_map(|post| change(&post).map(|change| (post, change))).collect()
}

fn tell_events(cancelled: &[&Dated], kept: &[Dated], several: bool, out: &mut Output<'_>) {
    if cancelled.is_empty() && kept.is_empty() {
        out.line("Nothing was to take place there then");
    }
    let mut list = |heading: &str, dates: &[&Dated]| {
        if !dates.is_empty() {
            out.line(heading);
        }
        for date in dates {
            let time = calendar::time_range(date.date.starts.naive_local(), date.date.ends.map(|ends| ends.naive_local()));
            let day = if several { format!("{}  ", calendar::medium_date(date.date.day())) } else { String::new() };
            out.line(format!("  {day}{time:<16} {}", date.date.title(&date.event)));
        }
    };
    list("Cancelled:", cancelled);
    list("Goes ahead all the same:", &kept.iter().collect::<Vec<_>>());
}

fn tell_posts(posts: &[(Announcement, &'static str)], now: Now, out: &mut Output<'_>) {
    if posts.is_empty() {
        return;
    }
    out.line(format!("{} of the coming days:", counted(posts.len(), "post")));
    for (post, change) in posts {
        let due = post.due.with_timezone(&now.zone());
        let when = format!("{} {}", calendar::medium_date(due.date_naive()), calendar::time(due.time()));
        for line in wrapped(&format!("  {when}, {}: \"{}\" {change}", post.channel, post.title), out.width, 2) {
            out.line(line);
        }
    }
}

fn as_json(date: &Dated) -> Value {
    json!({
        "id": date.date.id.to_string(),
        "title": date.date.title(&date.event),
        "starts": date.date.starts.to_rfc3339(),
        "local": date.date.starts.format("%Y-%m-%dT%H:%M").to_string(),
        "file": date.event.entry.file.path(),
    })
}
