//! `handbill dates`

use std::sync::Arc;

use clap::Args;
use serde_json::json;

use crate::build::Made;
use crate::calendar::{self, NaiveDate, Now};
use crate::cli::open;
use crate::cli::output::{Output, counted, wrapped};
use crate::cli::{Common, Exit, World};
use crate::diagnostic::suggest::nearest;
use crate::library::{Event, Occurrence};
use crate::outreach::compose::place_in_words;

/// Every date of an event, as Handbill understands it: did I write the rule right?
///
/// An event is named by its file, its id, or the last part of its address. Without --from and --to the year ahead is shown.
#[derive(Args, Debug)]
pub struct DatesArgs {
    /// The events
    #[arg(value_name = "EVENT", required = true)]
    events: Vec<String>,
    /// The first day to show [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day to show [default: a year on]
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
}

/// Runs the command.
pub fn run(args: &DatesArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let day = |option: &str, given: Option<&String>| {
        let read = |text: &String| calendar::parse_date(text).map_err(|wrong| format!("{option} {text}: {}", wrong.message));
        given.map(read).transpose()
    };
    let (from, to) = match (day("--from", args.from.as_ref()), day("--to", args.to.as_ref())) {
        (Ok(from), Ok(to)) => (from, to),
        (Err(why), _) | (_, Err(why)) => {
            out.problem(why);
            return Exit::Usage;
        }
    };
    let opened = match open::sound(common, world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let Some(site) = opened.loaded.sound() else { return Exit::Failed };
    let from = from.unwrap_or(site.now.today());
    let to = to.unwrap_or(calendar::plus_days(from, 365));
    if to < from {
        out.problem(format!("--to {to} lies before {from}"));
        return Exit::Usage;
    }
    let mut exit = Exit::Done;
    let mut events = Vec::new();
    for (at, name) in args.events.iter().enumerate() {
        let Some(event) = find(site, name) else {
            let near = nearest(name, site.library.events.iter().map(|event| event.id.as_str()));
            let near = near.map(|id| format!(" Did you mean {id}?")).unwrap_or_default();
            out.problem(format!("there is no event \"{name}\".{near} Name its file, or its id"));
            exit = Exit::Failed;
            continue;
        };
        if at > 0 {
            out.result("");
        }
        let dates = event.dates(site.library.zone, from, to);
        tell(site, event, &dates, (from, to), out);
        events.push(json!({
            "id": event.id.as_str(),
            "slug": event.entry.slug.as_str(),
            "title": event.entry.title,
            "dates": dates.iter().map(|date| as_json(site, date)).collect::<Vec<_>>(),
        }));
    }
    out.field("events", events);
    exit
}

fn find<'a>(site: &'a Made, name: &str) -> Option<&'a Arc<Event>> {
    let path = name.replace('\\', "/");
    let path = path.trim_start_matches("./");
    site.library.find_event(path).or_else(|| site.library.find_event(&format!("content/{path}")))
}

fn tell(site: &Made, event: &Event, dates: &[Occurrence], (from, to): (NaiveDate, NaiveDate), out: &mut Output<'_>) {
    let rule = event.pattern.rule.as_ref().map(|rule| calendar::sentence(rule, event.pattern.starts.date()));
    out.result(&event.entry.title);
    out.result(format!("{}, id: {}", event.entry.file, event.id));
    if let Some(rule) = rule {
        out.result(format!("{rule}, times in {}", site.now.zone().name()));
    } else {
        out.result(format!("Times in {}", site.now.zone().name()));
    }
    for date in dates {
        let starts = date.starts.naive_local();
        let time = calendar::time_range(starts, date.ends.map(|ends| ends.naive_local()));
        let place = place_in_words(&site.library, &date.place).unwrap_or_default();
        let mut more = Vec::new();
        if let Some(word) = date.status.word() {
            more.push(word.to_lowercase());
        }
        if let Some(from) = date.moved_from {
            more.push(format!("moved from {}", when(from.naive_local(), date.day())));
        }
        let more = more.join("; ");
        let day = format!("{} {}", calendar::weekday_short(weekday(date.day())), calendar::medium_date(date.day()));
        let line = format!("  {day:<18}{time:<20}{place}");
        let (beside, below) =
            if line.chars().count() + 2 + more.chars().count() > out.width { ("", more.as_str()) } else { (more.as_str(), "") };
        out.result(format!("{line}  {beside}").trim_end());
        for text in [Some(below), date.note.as_deref()].into_iter().flatten().filter(|text| !text.is_empty()) {
            for line in wrapped(text, out.width.saturating_sub(20), 0) {
                out.result(format!("                    {line}"));
            }
        }
    }
    let span = format!("from {} to {}", calendar::medium_date(from), calendar::medium_date(to));
    if dates.is_empty() {
        out.result(format!("No dates {span}"));
    } else {
        out.result(format!("{} {span}", counted(dates.len(), "date")));
    }
}

fn weekday(day: NaiveDate) -> calendar::Weekday {
    calendar::Datelike::weekday(&day)
}

/// A moment as seen from a day: only the time when it is the same day.
fn when(moment: calendar::NaiveDateTime, day: NaiveDate) -> String {
    let time = calendar::time(moment.time());
    if moment.date() == day { time } else { format!("{} {time}", calendar::long_date(moment.date())) }
}

fn as_json(site: &Made, date: &Occurrence) -> serde_json::Value {
    json!({
        "id": date.id.to_string(),
        "starts": date.starts.to_rfc3339(),
        "ends": date.ends.map(|ends| ends.to_rfc3339()),
        "local": date.starts.format("%Y-%m-%dT%H:%M").to_string(),
        "status": date.status.name(),
        "place": place_in_words(&site.library, &date.place),
        "note": date.note,
    })
}

/// The local date and time of an instant, as `--json` gives it beside the instant.
pub fn local(at: calendar::DateTime<calendar::Utc>, now: Now) -> String {
    at.with_timezone(&now.zone()).format("%Y-%m-%dT%H:%M").to_string()
}
