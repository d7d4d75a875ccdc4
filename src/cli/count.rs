//! `handbill count`: how many came.

use clap::Args;
use serde_json::json;

use crate::calendar::{self, NaiveDate, NaiveDateTime, Now};
use crate::cli::close::day;
use crate::cli::dates::{find, unknown};
use crate::cli::editing;
use crate::cli::output::{Output, grouped, wrapped};
use crate::cli::{Common, Exit, World};
use crate::content::edit::{self, Edit};
use crate::diagnostic::Sources;
use crate::library::{Event, Occurrence};

/// Write down how many came to one date of an event
///
/// The number goes into the event's file, which is otherwise left as it is. It shows on no page and in no post. 0 says that nobody came, which is
/// something else than a date that was never counted.
#[derive(Args, Debug)]
pub struct CountArgs {
    /// The event: its file or its id
    #[arg(value_name = "EVENT")]
    event: Option<String>,
    /// The date: 2026-12-03, today or yesterday; with a time where two fall on a day: "2026-12-03 14:00"
    #[arg(value_name = "DATE")]
    date: Option<String>,
    /// How many came
    #[arg(value_name = "NUMBER", allow_hyphen_values = true)]
    number: Option<String>,
    /// Take the last count back, if its file has not changed since
    #[arg(long, conflicts_with_all = ["event", "date", "number"])]
    undo: bool,
}

/// The command's name, for what is remembered of it.
const COMMAND: &str = "count";

/// More people than this come to no event of a library.
const MOST: u32 = 100_000;

/// The key that counts stand behind.
const KEY: &str = "attendance";

/// Runs the command.
pub fn run(args: &CountArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    if args.undo {
        return editing::undo(COMMAND, common, world, out);
    }
    let (Some(event), Some(date), Some(number)) = (&args.event, &args.date, &args.number) else {
        let example = "Write, for instance, `handbill count toddler-story-time yesterday 14`";
        out.problem(match (&args.event, &args.date) {
            (None, _) => format!("Which event, which date, and how many came? {example}"),
            (Some(event), None) => format!("Which date of \"{event}\", and how many came? {example}"),
            (Some(_), Some(_)) => format!("How many came? The number stands behind the date. {example}"),
        });
        return Exit::Usage;
    };
    match count(event, date, number, common, world, out) {
        Ok(()) => Exit::Done,
        Err(exit) => exit,
    }
}

fn count(name: &str, date: &str, number: &str, common: &Common, world: &World, out: &mut Output<'_>) -> Result<(), Exit> {
    let refuse = |exit: Exit, why: String, out: &mut Output<'_>| {
        out.problem(why);
        exit
    };
    let Some(number) = number.trim().parse().ok().filter(|number: &u32| *number <= MOST) else {
        return Err(refuse(Exit::Usage, format!("\"{number}\" is not a number of people. Write a whole number from 0 to 100,000"), out));
    };
    let opened = editing::open(common, world, out)?;
    let Some(site) = opened.loaded.made.as_ref() else { return Err(Exit::Failed) };
    let Some(event) = find(site, name) else { return Err(refuse(Exit::Failed, unknown(site, name), out)) };
    let (on, at) = moment(date, site.now).map_err(|why| refuse(Exit::Usage, why, out))?;
    let occurrence = meant(event, on, at, site.now).map_err(|why| refuse(Exit::Failed, why, out))?;
    let file = &event.entry.file;
    let said = said(&occurrence);
    let planned = planned(&occurrence);
    let text = opened.loaded.text(file).unwrap_or_default();
    let several = event.pattern.between(planned.date(), planned.date(), site.now.zone()).count() > 1;
    let key = if several { planned.format("%Y-%m-%d %H:%M").to_string() } else { planned.date().to_string() };
    let written = edit::names(file, text, KEY);
    let known = written.iter().find(|(name, _)| means(name, planned, several));
    let alone = if event.is_single() { edit::scalar(file, text, KEY) } else { None };
    let before = known.and_then(|(_, value)| value.clone()).or_else(|| alone.clone());
    let edit = if alone.is_some() {
        Edit::Whole { key: KEY, value: number.to_string() }
    } else {
        Edit::Entry { key: KEY, name: known.map_or(key, |(name, _)| name.clone()), value: number.to_string() }
    };
    let title = occurrence.title(event);
    if before.as_deref() == Some(number.to_string().as_str()) {
        out.line(format!("{title}, {said}: {} stands there already", people(number)));
        return Ok(());
    }
    let edited = editing::prepare(&opened, file, &edit, out)?;
    editing::write(&edited, COMMAND, &format!("the count of {title}, {said}"), out)?;
    let was = before.as_ref().map(|before| format!("; it was {before}")).unwrap_or_default();
    let width = out.width;
    for line in wrapped(&format!("{title}, {said}: {}{was}", people(number)), width, 2) {
        out.line(line);
    }
    out.line(format!("  {file}"));
    out.line("Take it back: handbill count --undo");
    out.fields(json!({
        "event": event.id.as_str(),
        "date": occurrence.id.to_string(),
        "number": number,
        "before": before.and_then(|before| before.parse::<u32>().ok()),
        "file": file.path(),
    }));
    Ok(())
}

fn people(number: u32) -> String {
    if number == 1 { "1 person".to_owned() } else { format!("{} people", grouped(number as usize)) }
}

/// A date, perhaps with a time.
fn moment(text: &str, now: Now) -> Result<(NaiveDate, Option<NaiveDateTime>), String> {
    if let Ok(at) = calendar::parse_date_time(text) {
        return Ok((at.date(), Some(at)));
    }
    day(text, now).map(|on| (on, None))
}

/// Before any change: the name that the date has for ever.
fn planned(date: &Occurrence) -> NaiveDateTime {
    date.moved_from.unwrap_or(date.starts).naive_local()
}

/// Does a name in the file mean this date?
fn means(name: &str, planned: NaiveDateTime, several: bool) -> bool {
    if let Ok(at) = calendar::parse_date_time(name) {
        return at == planned;
    }
    !several && calendar::parse_date(name).is_ok_and(|on| on == planned.date())
}

/// The date that is meant, if it can be counted.
fn meant(event: &Event, on: NaiveDate, at: Option<NaiveDateTime>, now: Now) -> Result<Occurrence, String> {
    let zone = now.zone();
    let title = &event.entry.title;
    let mut dates = event.dates(zone, on, on);
    if dates.is_empty() {
        // a date that was moved away is still known by its first name
        let moved = event.pattern.between(on, on, zone).map(|planned| event.occurrence(&planned, zone));
        dates.extend(moved);
    }
    if dates.is_empty() {
        let far = 366;
        let before = event.dates(zone, calendar::minus_days(on, far), on).pop();
        let after = event.dates(zone, on, calendar::plus_days(on, far)).into_iter().next();
        let near: Vec<String> = before.iter().chain(&after).map(said).collect();
        let near = if near.is_empty() { String::new() } else { format!(". The nearest: {}", near.join(", and ")) };
        return Err(format!("\"{title}\" has no date on {}{near}", calendar::long_date_with_year(on)));
    }
    if let Some(at) = at {
        let times = times(&dates);
        dates.retain(|date| date.starts.naive_local() == at || planned(date) == at);
        if dates.is_empty() {
            return Err(format!("\"{title}\" does not begin at {} that day, but at {times}", calendar::time(at.time())));
        }
    }
    if dates.len() > 1 {
        let first = dates[0].starts.format("%Y-%m-%d %H:%M");
        return Err(format!("\"{title}\" begins that day at {}. Write the time too: \"{first}\"", times(&dates)));
    }
    let Some(date) = dates.pop() else { return Err(format!("\"{title}\" has no such date")) };
    if date.starts > now.instant() {
        return Err(format!("\"{title}\", {}, is still ahead: count when it has begun", said(&date)));
    }
    if !date.status.takes_place() {
        return Err(format!("\"{title}\", {}, did not take place: it is {}", said(&date), date.status.name()));
    }
    Ok(date)
}

fn times(dates: &[Occurrence]) -> String {
    dates.iter().map(|date| calendar::time(date.starts.time())).collect::<Vec<_>>().join(" and ")
}

fn said(date: &Occurrence) -> String {
    format!("{} at {}", calendar::long_date_with_year(date.day()), calendar::time(date.starts.time()))
}
