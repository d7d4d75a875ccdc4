//! `handbill when`: what happens next, and why.

use clap::Args;
use serde_json::json;

use crate::calendar::{self, Language, NaiveDate, NaiveDateTime, Now};
use crate::cli::open::{self, Remembered, Sound};
use crate::cli::output::{Output, Tone, counted, within, wrapped};
use crate::cli::{Common, Exit, World};
use crate::diagnostic::FileId;
use crate::library::Ahead;
use crate::outreach::{Announcement, Window, schedule};

/// What happens next, in order, with its reason
///
/// Pages that appear or go, days on which a branch is closed, sign-ups that open and close, dates of events that are special, and posts. A date that a rule
/// gives is shown by `handbill dates` and not here. Nothing is stored and nothing is sent.
#[derive(Args, Debug)]
pub struct WhenArgs {
    /// How many days ahead to look
    #[arg(long, default_value_t = 14, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=400))]
    days: u32,
}

/// One line of the list.
struct Next {
    at: NaiveDateTime,
    all_day: bool,
    /// What happens; of a post, up to its channels.
    what: String,
    /// The channels of a post.
    on: Vec<String>,
    why: String,
    file: FileId,
}

/// Runs the command.
pub fn run(args: &WhenArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let opened = match open::sound(common, world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let Some(site) = opened.sound() else { return Exit::Failed };
    let now = site.made.now;
    let to = calendar::plus_days(now.today(), i64::from(args.days));
    let remembered = match Remembered::read(&opened.state()) {
        Ok(remembered) => remembered,
        Err(why) => {
            out.problem(why);
            return Exit::Failed;
        }
    };
    let (schedule, wrong) = schedule(&site.brief(), &remembered.said, now, Window { days: args.days });
    out.diagnostics(&wrong, &opened.loaded);
    let posts = schedule.announcements.iter().filter(|post| remembered.still_to_come(post.id));
    let mut next: Vec<Next> = site.made.library.ahead(now, to).into_iter().map(Next::from).collect();
    next.extend(posts.map(|post| of_post(site, post, now)).filter(|next| next.at.date() <= to));
    next.sort_by(|a, b| (a.at, &a.what, &a.file, &a.why, &a.on).cmp(&(b.at, &b.what, &b.file, &b.why, &b.on)));
    // the same post on several channels is one thing that happens
    next.dedup_by(|later, first| {
        let same = (later.at, &later.what, &later.file, &later.why) == (first.at, &first.what, &first.file, &first.why);
        if same {
            first.on.append(&mut later.on);
        }
        same
    });
    tell(&next, args.days, now, out);
    out.field("next", next.iter().map(|next| as_json(next, now)).collect::<Vec<_>>());
    if wrong.has_errors() { Exit::Failed } else { Exit::Done }
}

impl Next {
    /// What happens, whole.
    fn said(&self) -> String {
        format!("{}{}", self.what, Language::English.listed(&self.on))
    }
}

impl From<Ahead> for Next {
    fn from(Ahead { at, all_day, what, why, file }: Ahead) -> Next {
        Next { at, all_day, what, on: Vec::new(), why, file }
    }
}

fn of_post(site: Sound<'_>, post: &Announcement, now: Now) -> Next {
    let due = post.due.max(now.instant()).with_timezone(&now.zone()).naive_local();
    let plans = site.made.settings.outreach.plans.values();
    let days = plans.flat_map(|plan| &plan.waves).find(|wave| wave.name == post.wave).map(|wave| wave.days_before);
    let wave = match days {
        Some(0) => format!("the wave \"{}\", on the day", post.wave),
        Some(days) => format!("the wave \"{}\", {} before", post.wave, counted(days as usize, "day")),
        None => format!("the wave \"{}\"", post.wave),
    };
    let moved = post.moved.as_ref().map(|moved| format!("; moved: {}", moved.why)).unwrap_or_default();
    Next {
        at: due,
        all_day: false,
        what: format!("\"{}\" is posted on ", post.title),
        on: vec![post.channel.to_string()],
        why: format!("{wave}{moved}"),
        file: post.file.clone(),
    }
}

fn tell(next: &[Next], days: u32, now: Now, out: &mut Output<'_>) {
    let mut day: Option<NaiveDate> = None;
    for one in next {
        if day != Some(one.at.date()) {
            if day.is_some() {
                out.result("");
            }
            day = Some(one.at.date());
            out.result(heading(one.at.date(), now.today()));
        }
        let time = if one.all_day { "all day".to_owned() } else { calendar::time(one.at.time()) };
        let room = out.width.saturating_sub(12);
        for (number, line) in wrapped(&one.said(), room, 2).into_iter().enumerate() {
            let time = if number == 0 { time.as_str() } else { "" };
            out.result(format!("  {time:<9} {line}"));
        }
        for line in wrapped(&format!("{} ({})", one.why, one.file), room.saturating_sub(2), 2) {
            out.result(format!("              {}", out.tone(Tone::Quiet, line)));
        }
    }
    let span = within(days);
    if next.is_empty() {
        out.result(format!("Nothing happens {span} but what rules say: handbill dates"));
    } else {
        out.result("");
        out.result(format!("{} {span}, times in {}", counted(next.len(), "thing"), now.zone().name()));
    }
}

fn heading(day: NaiveDate, today: NaiveDate) -> String {
    let date = calendar::long_date_with_year(day);
    match calendar::days_from(today, day) {
        0 => format!("Today, {date}"),
        1 => format!("Tomorrow, {date}"),
        _ => date,
    }
}

fn as_json(next: &Next, now: Now) -> serde_json::Value {
    let at = calendar::resolve(next.at, now.zone()).instant();
    json!({
        "at": at.to_rfc3339(),
        "local": next.at.format("%Y-%m-%dT%H:%M").to_string(),
        "all_day": next.all_day,
        "what": next.said(),
        "why": next.why,
        "file": next.file.path(),
    })
}
