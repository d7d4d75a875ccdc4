//! `handbill outreach run`

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use serde_json::{Value, json};

use crate::calendar::{self, DateTime, Now, Utc};
use crate::cli::dates::local;
use crate::cli::open::{self, Asked, Opened, Remembered, Sound};
use crate::cli::output::{Output, Tone, counted, wrapped};
use crate::cli::posting::{self, Desk, StoryClock};
use crate::cli::{Common, Exit, World};
use crate::diagnostic::{Diagnostics, FileId};
use crate::dispatch::{Content, Pass, PassReport, Passed, notices};
use crate::outbox::{Consent, OutboxError, Row, Sqlite};
use crate::outreach::{Said, Window, schedule};
use crate::settings::Settings;

/// Post what is due, once, and end: for a scheduled job
///
/// Brings the outbox in line with the content, posts what is due, writes down what came of it. Run it as often as you like: nothing is said twice.
#[derive(Args, Clone, Default, Debug)]
pub struct PassArgs {
    /// Take back many posts at once, if that is what the content means
    #[arg(long)]
    pub yes: bool,
}

/// How many days ahead a pass puts into the outbox.
pub const DAYS: u32 = 14;

/// Where a practice post hangs.
const PRACTICE: &str = "practice wall";

/// Runs the command.
pub fn run(args: &PassArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let opened = match open::read(common, &Asked::default(), world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    out.diagnostics(&opened.loaded.diagnostics, &opened.loaded);
    pass(&opened, args, common, world, out)
}

/// One pass over an opened site, told.
pub fn pass(opened: &Opened, args: &PassArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let Some(made) = &opened.loaded.made else {
        out.aside("Nothing was posted: site.toml does not say enough.");
        return Exit::Failed;
    };
    let refused = posting::thrown_away(opened, world);
    if !refused.is_empty() {
        out.diagnostics(&refused, &opened.loaded);
        return Exit::Failed;
    }
    let clock = StoryClock::new(made.now, common.now.is_some());
    let (unfit, broken) = match opened.sound() {
        Some(site) => match unfit(opened, site) {
            Ok(found) => found,
            Err(why) => {
                out.problem(why);
                return Exit::Failed;
            }
        },
        None => (Diagnostics::new(), opened.broken_files()),
    };
    out.diagnostics(&unfit, &opened.loaded);
    let sound = opened.sound().filter(|_| !unfit.has_errors());
    let work = passed(opened, &made.settings, sound, broken, args, clock);
    let passed = open::runtime().map(|runtime| runtime.block_on(work));
    match passed {
        Err(why) => {
            out.problem(why);
            Exit::Failed
        }
        Ok(Err(error)) => {
            out.diagnostics(&[notices::outbox(&error)].into_iter().collect(), &opened.loaded);
            Exit::Failed
        }
        Ok(Ok(Passed::Busy)) => {
            out.line("Another pass is at work, and posts what is due. This one did nothing.");
            out.fields(counts(&PassReport::default(), made.now));
            Exit::Done
        }
        Ok(Ok(Passed::Done(report))) => {
            tell(&report, &made.settings, made.now, out);
            out.diagnostics(&report.notices, &opened.loaded);
            out.fields(counts(&report, made.now));
            let wrong = report.notices.has_errors() || !report.failed.is_empty() || sound.is_none();
            if wrong { Exit::Failed } else { Exit::Done }
        }
    }
}

/// Posts that can't be made, and the files of their events.
fn unfit(opened: &Opened, site: Sound<'_>) -> Result<(Diagnostics, BTreeSet<FileId>), String> {
    let remembered = Remembered::read(&opened.state())?;
    let (_, wrong) = schedule(&site.brief(), &remembered.said, site.made.now, Window { days: DAYS });
    let files = wrong.iter().filter_map(|wrong| wrong.at.as_ref()).map(|at| at.file.clone()).collect();
    Ok((wrong, files))
}

async fn passed(
    opened: &Opened,
    settings: &Settings,
    sound: Option<Sound<'_>>,
    broken: BTreeSet<FileId>,
    args: &PassArgs,
    clock: StoryClock,
) -> Result<Passed, OutboxError> {
    let outbox = Sqlite::open(&opened.state()).await?;
    let desk = Desk::new(opened, settings, clock);
    let plan = |said: &[Said], now: Now| sound.map(|site| schedule(&site.brief(), said, now, Window { days: DAYS }).0).unwrap_or_default();
    let content = match sound {
        Some(site) => Content::Sound { schedule: &plan, reach: reach(site.made.now) },
        None => Content::Broken(broken),
    };
    let pass = Pass {
        grace: settings.outreach.grace,
        quiet: settings.outreach.quiet,
        consent: if args.yes { Consent::Given } else { Consent::Ask },
    };
    let passed = pass.run(&desk.world(&outbox), &content).await;
    outbox.close().await;
    passed
}

/// The end of the last day that a pass looks at.
pub fn reach(now: Now) -> DateTime<Utc> {
    let end = calendar::midnight(calendar::plus_days(now.today(), i64::from(DAYS) + 1));
    calendar::resolve(end, now.zone()).instant().with_timezone(&Utc)
}

fn tell(report: &PassReport, settings: &Settings, now: Now, out: &mut Output<'_>) {
    if report.sent.is_empty() {
        out.line("Nothing to post");
    } else {
        let posted = out.tone(Tone::Ok, "Posted");
        out.line(format!("{posted} {}, times in {}", counted(report.sent.len(), "announcement"), now.zone().name()));
        let widest = report.sent.iter().map(|row| row.channel.as_str().chars().count()).max().unwrap_or(0);
        for row in &report.sent {
            let at = row.receipt.as_ref().map_or(row.due, |receipt| receipt.at).with_timezone(&now.zone());
            let place = settings.channels.iter().find(|channel| channel.name == row.channel);
            let place = place.filter(|channel| crate::platforms::is_practice(channel)).map_or("", |_| PRACTICE);
            let address = row.receipt.as_ref().and_then(|receipt| receipt.url.as_deref());
            let room = out.width.saturating_sub(12 + widest + 2 + PRACTICE.len() + 2).clamp(20, 40);
            let words = first_words(row, room);
            let line = format!("  {:<9} {:<widest$}  {words:<room$}  {place}", calendar::time(at.time()), row.channel.as_str());
            out.line(line.trim_end());
            if let Some(address) = address {
                out.line(format!("            {address}"));
            }
        }
    }
    for (number, what, rows) in [
        (report.withdrawn.len(), "Withdrawn", &report.withdrawn),
        (report.missed.len(), "Missed", &report.missed),
        (report.failed.len(), "Failed", &report.failed),
        (report.waiting.len(), "Waiting for you", &report.waiting),
        (report.delayed.len(), "Not out yet", &report.delayed),
    ] {
        if number > 0 {
            reasons(what, rows, out);
        }
    }
    if let Some(next) = &report.next {
        let at = next.wakes().with_timezone(&now.zone());
        let day = match calendar::days_from(now.today(), at.date_naive()) {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            _ => calendar::long_date(at.date_naive()),
        };
        let more = match report.more {
            0 => format!("nothing more in {DAYS} days"),
            more => format!("{more} more in {DAYS} days: handbill outreach plan"),
        };
        let next = format!("Next: {day}, {}, \"{}\" on {}", calendar::time(at.time()), next.title, next.channel);
        for line in wrapped(&next, out.width, 6) {
            out.line(line);
        }
        out.line(format!("      {more}"));
    }
}

/// Rows of one kind, those of one reason together.
fn reasons(what: &str, rows: &[Row], out: &mut Output<'_>) {
    let mut by_reason: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_reason.entry(row.reason.as_deref().unwrap_or("no reason was noted")).or_default().push(row);
    }
    out.line(format!("{what}: {}", counted(rows.len(), "post")));
    for (reason, rows) in by_reason {
        let named: Vec<String> = rows.iter().take(2).map(|row| format!("\"{}\" ({} on {})", row.title, row.wave, row.channel)).collect();
        let more = if rows.len() > 2 { format!(" and {} more", rows.len() - 2) } else { String::new() };
        let line = format!("  {}{more}: {reason}", named.join(", "));
        for line in wrapped(&line, out.width, 2) {
            out.line(line);
        }
    }
}

/// The first line of a post, cut at a word.
pub fn first_words(row: &Row, most: usize) -> String {
    let line = row.words().and_then(|post| post.text.lines().next()).unwrap_or(&row.title);
    crate::text::shorten(line, most)
}

fn counts(report: &PassReport, now: Now) -> Value {
    json!({
        "sent": report.sent.len(),
        "corrected": 0,
        "withdrawn": report.withdrawn.len(),
        "waiting": report.waiting.len(),
        "missed": report.missed.len(),
        "failed": report.failed.len(),
        "rows": report.changed.iter().map(|row| as_json(row, now)).collect::<Vec<_>>(),
    })
}

/// A row as scripts read it.
pub fn as_json(row: &Row, now: Now) -> Value {
    let zoned = |at: DateTime<Utc>| at.with_timezone(&now.zone()).to_rfc3339();
    json!({
        "id": row.id.short(),
        "revision": row.handle(),
        "channel": row.channel.as_str(),
        "state": row.state.name(),
        "due": zoned(row.due),
        "local": local(row.due, now),
        "event": row.occasion.event().as_str(),
        "date": row.occasion.to_string(),
        "wave": row.wave,
        "attempts": row.attempts,
        "receipt": row.receipt.as_ref().map(|receipt| json!({ "id": receipt.id, "url": receipt.url, "at": zoned(receipt.at) })),
        "reason": row.reason,
    })
}
