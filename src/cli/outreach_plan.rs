//! `handbill outreach plan`

use clap::Args;
use serde_json::{Value, json};

use crate::calendar::{self, NaiveDate};
use crate::cli::dates::local;
use crate::cli::open::{self, Remembered, Sound};
use crate::cli::output::{Output, Tone, counted, within, wrapped};
use crate::cli::{Common, Exit, World};
use crate::delivery::MarkKind;
use crate::diagnostic::suggest::nearest;
use crate::outreach::{Announcement, Window, measure, schedule};

/// Show what will be posted, where and when, with its exact text
///
/// Reads the site and the rules and prints the coming announcements, day by day. Nothing is stored and nothing is sent.
#[derive(Args, Debug)]
pub struct PlanArgs {
    /// How many days ahead to look
    #[arg(long, default_value_t = 14, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=400))]
    days: u32,
    /// Only this channel
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
}

/// Runs the command.
pub fn run(args: &PlanArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let opened = match open::sound(common, world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let Some(site) = opened.sound() else { return Exit::Failed };
    let channels = &site.made.settings.channels;
    if let Some(name) = args.channel.as_ref().filter(|name| channels.iter().all(|channel| channel.name.as_str() != *name)) {
        let near = nearest(name, channels.iter().map(|channel| channel.name.as_str()));
        let near = near.map(|name| format!(". Did you mean {name}?")).unwrap_or_default();
        out.problem(format!("site.toml names no channel \"{name}\"{near}"));
        return Exit::Usage;
    }
    let remembered = match Remembered::read(&opened.state()) {
        Ok(remembered) => remembered,
        Err(why) => {
            out.problem(why);
            return Exit::Failed;
        }
    };
    let (schedule, wrong) = schedule(&site.brief(), &remembered.said, site.made.now, Window { days: args.days });
    out.diagnostics(&wrong, &opened.loaded);
    let shown =
        |post: &&Announcement| args.channel.as_ref().is_none_or(|name| post.channel.as_str() == name) && remembered.still_to_come(post.id);
    let posts: Vec<&Announcement> = schedule.announcements.iter().filter(shown).collect();
    tell(site, &posts, args.days, out);
    out.field("posts", posts.iter().map(|post| as_json(site, post)).collect::<Vec<_>>());
    if wrong.has_errors() { Exit::Failed } else { Exit::Done }
}

fn tell(site: Sound<'_>, posts: &[&Announcement], days: u32, out: &mut Output<'_>) {
    let mut day: Option<NaiveDate> = None;
    for post in posts {
        let due = post.due.max(site.made.now.instant()).with_timezone(&site.made.now.zone());
        if day != Some(due.date_naive()) {
            if day.is_some() {
                out.result("");
            }
            day = Some(due.date_naive());
            out.result(heading(due.date_naive(), site.made.now.today()));
        }
        out.result("");
        let late = if post.due < site.made.now.instant() { " (due now)" } else { "" };
        out.result(format!("  {:<9} {}{late}", calendar::time(due.time()), post.channel));
        // what goes on in a line of the post that is too long for the terminal stands further in
        for line in wrapped(&post.post.text, out.width.saturating_sub(12), 2) {
            out.result(format!("            {line}").trim_end().to_owned());
        }
        let room = out.width.saturating_sub(12);
        for line in facts(site, post).iter().flat_map(|line| wrapped(&format!("· {line}"), room, 2)) {
            out.result(format!("          {}", out.tone(Tone::Quiet, line)));
        }
    }
    let span = within(days);
    if posts.is_empty() {
        out.result(format!("Nothing to post {span}"));
    } else {
        out.result("");
        out.result(format!("{} {span}, times in {}", counted(posts.len(), "post"), site.made.now.zone().name()));
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

/// The lines below a post: length, picture or card, why now, what moved.
fn facts(site: Sound<'_>, post: &Announcement) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(profile) = site.posting.profiles.of(post.channel.as_str()) {
        let length = measure(&post.post.text, &profile.text);
        let with = match (&post.post.picture, &post.post.card) {
            (Some(picture), _) => format!(", picture {}", picture.file),
            (None, Some(card)) => format!(", link card \"{}\"", card.title),
            (None, None) => String::new(),
        };
        lines.push(format!("{length} of {} characters{with}", profile.text.most));
    }
    lines.push(format!("{} of {}", post.wave, post.occasion));
    if let Some(moved) = &post.moved {
        let from = moved.from.with_timezone(&site.made.now.zone());
        lines.push(format!("moved from {} {}: {}", calendar::long_date(from.date_naive()), calendar::time(from.time()), moved.why));
    }
    lines
}

fn as_json(site: Sound<'_>, post: &Announcement) -> Value {
    let profile = site.posting.profiles.of(post.channel.as_str());
    let channel = site.made.settings.channels.iter().find(|channel| channel.name == post.channel);
    let platform = channel.map(|channel| channel.platform.as_str());
    let tags: Vec<&str> =
        post.post.marks.iter().filter_map(|mark| if let MarkKind::Tag(tag) = &mark.kind { Some(tag.as_str()) } else { None }).collect();
    json!({
        "id": post.id.short(),
        "channel": post.channel.as_str(),
        "platform": platform,
        "like": profile.filter(|profile| Some(profile.name) != platform).map(|profile| profile.name),
        "due": post.due.with_timezone(&site.made.now.zone()).to_rfc3339(),
        "local": local(post.due, site.made.now),
        "moved": post.moved.as_ref().map(|moved| json!({ "from": moved.from.with_timezone(&site.made.now.zone()).to_rfc3339(), "why": moved.why })),
        "event": post.occasion.event().as_str(),
        "date": post.occasion.to_string(),
        "wave": post.wave,
        "text": post.post.text,
        "length": profile.map(|profile| measure(&post.post.text, &profile.text)),
        "limit": profile.map(|profile| profile.text.most),
        "unit": profile.map(|profile| profile.text.unit.name()),
        "link": post.post.link,
        "tags": tags,
        "picture": post.post.picture.as_ref().map(|picture| &picture.file),
        "alt": post.post.picture.as_ref().map(|picture| &picture.alt),
        "language": post.post.language,
        "replies_to": Value::Null,
    })
}
