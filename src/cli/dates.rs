//! `handbill dates`: every date of an event, as it was understood.

use std::sync::Arc;

use clap::Args;
use serde_json::json;

use crate::build::Made;
use crate::calendar::{self, NaiveDate, Now, Zone};
use crate::cli::open;
use crate::cli::output::{Output, counted, wrapped};
use crate::cli::{Common, Exit, World};
use crate::diagnostic::FileId;
use crate::diagnostic::suggest::nearest;
use crate::library::{Event, Occurrence};
use crate::outreach::compose::place_in_words;

/// Every date of an event, as Handbill understands it: did I write the rule right?
///
/// An event is named by its file, its id, or the last part of its address. Without --from and --to the year ahead is shown.
#[derive(Args, Debug)]
pub struct DatesArgs {
    /// The events
    #[arg(value_name = "EVENT")]
    events: Vec<String>,
    /// The first day to show [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day to show [default: a year on]
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
}

/// How far behind the days asked for the next date is looked for: ten years.
const FAR_AHEAD: i64 = 3_653;

/// Runs the command.
pub fn run(args: &DatesArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let day = |option: &str, given: Option<&String>| {
        let read = |text: &String| {
            calendar::parse_date(text).map_err(|wrong| {
                let help = wrong.help.unwrap_or_else(|| "write it as in 2027-01-01".to_owned());
                format!("{option} {text}: {}: {help}", wrong.message)
            })
        };
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
    if args.events.is_empty() {
        let ids: Vec<&str> = site.library.events.iter().take(3).map(|event| event.id.as_str()).collect();
        let some = if ids.is_empty() { "toddler-story-time".to_owned() } else { ids.join(", ") };
        out.problem(format!("Which event? Name its file or its id, such as {some}"));
        return Exit::Usage;
    }
    let mut exit = Exit::Done;
    let mut events = Vec::new();
    for (at, name) in args.events.iter().enumerate() {
        let Some(event) = find(site, name) else {
            out.problem(unknown(site, name));
            exit = Exit::Failed;
            continue;
        };
        if at > 0 {
            out.result("");
        }
        let zone = site.library.zone;
        let mut dates = event.lasting_into(zone, from);
        dates.extend(event.dates(zone, from, to));
        tell(site, event, &dates, (from, to), out);
        events.push(json!({
            "id": event.id.as_str(),
            "slug": event.entry.slug.as_str(),
            "title": event.entry.title,
            "kind": event.kind.name(),
            "age_band": site.settings.survey.age_band(&event.audience).name(),
            "dates": dates.iter().map(|date| as_json(site, event, date)).collect::<Vec<_>>(),
        }));
    }
    out.field("events", events);
    exit
}

pub(super) fn find<'a>(site: &'a Made, name: &str) -> Option<&'a Arc<Event>> {
    let path = name.replace('\\', "/");
    let path = path.trim_start_matches("./");
    site.library.find_event(path).or_else(|| site.library.find_event(&format!("content/{path}")))
}

/// Why no event is found by a name: it is held back, or mistyped.
pub(super) fn unknown(site: &Made, name: &str) -> String {
    let path = name.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let names = |file: &FileId| {
        let file = file.path();
        let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".md");
        file == path || file.strip_prefix("content/") == Some(path) || (file.starts_with("content/events/") && stem == path)
    };
    if let Some(held) = site.library.held.iter().find(|held| names(&held.file)) {
        return format!("\"{name}\" is held back: {} is {}", held.file, held.why);
    }
    let events = &site.library.events;
    let files = || events.iter().map(|event| event.entry.file.path());
    let near = if path.contains(['/', '.']) {
        let below = || files().filter_map(|file| file.strip_prefix("content/"));
        let last = || files().filter_map(|file| file.rsplit('/').next());
        nearest(path, files()).or_else(|| nearest(path, below())).or_else(|| nearest(path.rsplit('/').next().unwrap_or(path), last()))
    } else {
        let slugs = events.iter().map(|event| event.entry.slug.as_str());
        nearest(path, events.iter().map(|event| event.id.as_str()).chain(slugs))
    };
    let near = near.map(|near| format!(". Did you mean {near}?")).unwrap_or_default();
    format!("there is no event \"{name}\"{near}{} Name its file, or its id", if near.is_empty() { "." } else { "" })
}

fn tell(site: &Made, event: &Event, dates: &[Occurrence], (from, to): (NaiveDate, NaiveDate), out: &mut Output<'_>) {
    let rule = event.pattern.rule.as_ref().map(|rule| calendar::sentence(rule, event.pattern.starts, calendar::Language::English));
    out.result(&event.entry.title);
    out.result(format!("{}, id: {}", event.entry.file, event.id));
    if let Some(rule) = rule {
        out.result(format!("{rule} (times in {})", site.now.zone().name()));
    } else {
        out.result(format!("Times in {}", site.now.zone().name()));
    }
    let time = |date: &Occurrence| calendar::time_range(date.starts.naive_local(), date.ends.map(|ends| ends.naive_local()));
    let column = dates.iter().map(|date| time(date).chars().count() + 2).max().unwrap_or(0).max(20);
    for date in dates {
        let time = time(date);
        let place = place_in_words(&site.library, &date.place).unwrap_or_default();
        let mut more: Vec<String> = date.title.iter().map(|title| format!("\"{title}\"")).collect();
        if let Some(word) = date.status.word() {
            more.push(word.to_lowercase());
        }
        if let Some(from) = date.moved_from {
            more.push(format!("moved from {}", when(from.naive_local(), date.day())));
        }
        let more = more.join("; ");
        let day = format!("{} {}", calendar::weekday_short(weekday(date.day())), calendar::medium_date(date.day()));
        // What does not fit beside goes below.
        let mut line = format!("  {day:<18}{time:<column$}");
        let mut below = Vec::new();
        for said in [place.as_str(), more.as_str()] {
            let beside = format!("{line}{said}");
            if below.is_empty() && beside.trim_end().chars().count() <= out.width {
                line = format!("{beside}  ");
            } else {
                below.push(said);
            }
        }
        out.result(line.trim_end());
        let counted = event.attendance_of(&date.id).map(|people| match people {
            0 => "nobody came".to_owned(),
            1 => "1 person came".to_owned(),
            many => format!("{many} people came"),
        });
        for text in below.into_iter().chain(date.note.as_deref()).chain(counted.as_deref()).filter(|text| !text.is_empty()) {
            for line in wrapped(text, out.width.saturating_sub(20), 0) {
                out.result(format!("                    {line}"));
            }
        }
    }
    let span = format!("from {} to {}", calendar::medium_date(from), calendar::medium_date(to));
    if dates.is_empty() {
        let nearest = beside(event, site.library.zone, from, to);
        let dates = if event.is_single() { "Not" } else { "No dates" };
        out.result(format!("{dates} {span}{}", nearest.map(|said| format!(": {said}")).unwrap_or_default()));
    } else {
        out.result(format!("{} {span}", counted(dates.len(), "date")));
    }
}

/// Where the dates are when there are none in a span: the next one after it, or the last one before it.
fn beside(event: &Event, zone: Zone, from: NaiveDate, to: NaiveDate) -> Option<String> {
    let which = |which: &str| if event.is_single() { "its date".to_owned() } else { format!("its {which} date") };
    let day = |date: &Occurrence| format!("{}, {}", calendar::weekday_name(weekday(date.day())), calendar::medium_date(date.day()));
    let after = event.dates(zone, calendar::plus_days(to, 1), calendar::plus_days(to, FAR_AHEAD));
    if let Some(next) = after.first() {
        return Some(format!("{} is {}", which("next"), day(next)));
    }
    let before = event.dates(zone, NaiveDate::MIN, calendar::minus_days(from, 1));
    before.last().map(|last| format!("{} was {}", which("last"), day(last)))
}

fn weekday(day: NaiveDate) -> calendar::Weekday {
    calendar::Datelike::weekday(&day)
}

/// A moment as seen from a day: only the time when it is the same day.
fn when(moment: calendar::NaiveDateTime, day: NaiveDate) -> String {
    let time = calendar::time(moment.time());
    if moment.date() == day { time } else { format!("{} {time}", calendar::long_date(moment.date())) }
}

fn as_json(site: &Made, event: &Event, date: &Occurrence) -> serde_json::Value {
    let sign_up = event.registration_of(&date.id).filter(|_| date.status.takes_place()).map(|register| {
        let until = date.is_ahead_until(event.kind).naive_local();
        register.on(site.now.local(), date.starts.naive_local()..until).name()
    });
    json!({
        "id": date.id.to_string(),
        "title": date.title,
        "starts": date.starts.to_rfc3339(),
        "ends": date.ends.map(|ends| ends.to_rfc3339()),
        "local": date.starts.format("%Y-%m-%dT%H:%M").to_string(),
        "status": date.status.name(),
        "place": place_in_words(&site.library, &date.place),
        "setting": date.place.setting(event.kind).name(),
        "note": date.note,
        "sign_up": sign_up,
        "attendance": event.attendance_of(&date.id),
    })
}

/// The local date and time of an instant, as `--json` gives it beside the instant.
pub fn local(at: calendar::DateTime<calendar::Utc>, now: Now) -> String {
    at.with_timezone(&now.zone()).format("%Y-%m-%dT%H:%M").to_string()
}
