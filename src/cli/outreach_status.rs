//! `handbill outreach status`

use std::collections::BTreeMap;

use clap::Args;

use crate::calendar::{self, Now};
use crate::cli::open;
use crate::cli::output::{Output, Tone, counted, wrapped};
use crate::cli::outreach_run::{as_json, first_words};
use crate::cli::{Common, Exit, World, posting};
use crate::diagnostic::suggest::nearest;
use crate::outbox::start::{Story, states};
use crate::outbox::{Row, State};

/// Show what waits, what went out, and why not
///
/// The last and the next two weeks, unless --all is given.
#[derive(Args, Debug)]
pub struct StatusArgs {
    /// Only this channel
    #[arg(long, value_name = "NAME")]
    channel: Option<String>,
    /// Everything the outbox remembers
    #[arg(long)]
    all: bool,
}

/// Days back and ahead that are shown.
const DAYS: i64 = 14;

/// Runs the command.
pub fn run(args: &StatusArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let opened = match open::read(common, &open::Asked::default(), world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let Some(made) = &opened.loaded.made else {
        out.diagnostics(&opened.loaded.diagnostics, &opened.loaded);
        return Exit::Failed;
    };
    let (mut rows, started) = match open::rows(&opened.state()) {
        Ok(found) => found,
        Err(why) => {
            out.problem(why);
            return Exit::Failed;
        }
    };
    if let Some(name) = &args.channel {
        let of_site = made.settings.channels.iter().map(|channel| channel.name.as_str());
        let known: Vec<&str> = of_site.chain(rows.iter().map(|row| row.channel.as_str())).collect();
        if !known.contains(&name.as_str()) {
            let near = nearest(name, known).map(|name| format!(". Did you mean {name}?")).unwrap_or_default();
            out.problem(format!("there is no channel \"{name}\"{near}"));
            return Exit::Usage;
        }
    }
    let now = made.now;
    let near = |row: &Row| {
        let away = calendar::days_from(now.today(), row.due.with_timezone(&now.zone()).date_naive());
        args.all || away.abs() <= DAYS
    };
    let channels = posting::channels(&made.settings);
    let speaks = channels.iter().map(|channel| (&channel.name, &channel.speaks));
    let states = states(speaks, &started, &made.settings.site.base_url, Story::True);
    for row in rows.iter_mut().filter(|row| row.state == State::Scheduled) {
        row.reason = states.of(&row.channel).and_then(|state| state.silence(&row.channel)).or(row.reason.take());
    }
    let wanted = |row: &&Row| near(row) && args.channel.as_ref().is_none_or(|name| row.channel.as_str() == name);
    let shown: Vec<&Row> = rows.iter().filter(wanted).collect();
    tell(&shown, rows.len(), now, out);
    out.field("rows", shown.iter().map(|row| as_json(row, now)).collect::<Vec<_>>());
    Exit::Done
}

fn tell(rows: &[&Row], all: usize, now: Now, out: &mut Output<'_>) {
    if rows.is_empty() {
        let more = if all == 0 { "The outbox is empty: handbill outreach run" } else { "Nothing near today. Everything: --all" };
        out.result(more);
        return;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let widest = rows.iter().map(|row| row.channel.as_str().chars().count()).max().unwrap_or(0);
    let room = out.width.saturating_sub(12 + widest + 2 + 9 + 2).clamp(20, 44);
    let mut day = None;
    for row in rows {
        *counts.entry(row.state.name()).or_default() += 1;
        let due = row.due.with_timezone(&now.zone());
        if day != Some(due.date_naive()) {
            if day.is_some() {
                out.result("");
            }
            day = Some(due.date_naive());
            out.result(calendar::long_date_with_year(due.date_naive()));
        }
        let tone = match row.state {
            State::Sent => Tone::Ok,
            State::Failed => Tone::Error,
            State::Unknown | State::Held | State::Missed => Tone::Warning,
            _ => Tone::Quiet,
        };
        let state = out.tone(tone, format!("{:<9}", row.state.name()));
        let line = format!("  {:<9} {:<widest$}  {state}  {}", calendar::time(due.time()), row.channel.as_str(), first_words(row, room));
        out.result(line.trim_end());
        if let Some(reason) = row.reason.as_ref().filter(|_| row.state != State::Sent) {
            for line in wrapped(reason, out.width.saturating_sub(12), 0) {
                out.result(format!("            {}", out.tone(Tone::Quiet, line)));
            }
        }
    }
    let counts: Vec<String> = counts.into_iter().map(|(state, number)| format!("{number} {state}")).collect();
    out.result("");
    out.result(format!("{}: {}, times in {}", counted(rows.len(), "post"), counts.join(", "), now.zone().name()));
}
