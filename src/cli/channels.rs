//! `handbill channels`

use clap::Args;
use serde_json::json;

use crate::calendar::{self, Duration, Now};
use crate::cli::open::{self, Asked};
use crate::cli::output::{Output, Tone, counted};
use crate::cli::outreach_run::{DAYS, as_json};
use crate::cli::posting::{self, Desk, StoryClock};
use crate::cli::{Common, Exit, World};
use crate::diagnostic::Diagnostics;
use crate::diagnostic::suggest::nearest;
use crate::dispatch::start::{Beginning, Start, StartError};
use crate::dispatch::{Platforms, notices};
use crate::outbox::Sqlite;
use crate::outreach::{Said, Window, schedule};

/// Let this outbox speak for a channel, from now on
///
/// Looks whether the account may post, takes back our posts that stand there already, and writes down the moment: nothing that fell due before it is
/// ever posted. Practice channels need no start.
#[derive(Args, Debug)]
pub struct StartArgs {
    /// The channel's name in site.toml
    #[arg(value_name = "NAME")]
    name: String,
}

/// How far back our posts are looked for.
const BACK: i64 = 120;

/// Runs `channels start`.
pub fn run(args: &StartArgs, common: &Common, world: &World, out: &mut Output<'_>) -> Exit {
    let opened = match open::read(common, &Asked::default(), world, out) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let refused = posting::thrown_away(&opened, world);
    let Some(site) = opened.sound().filter(|_| refused.is_empty()) else {
        out.diagnostics(&opened.loaded.diagnostics, &opened.loaded);
        out.diagnostics(&refused, &opened.loaded);
        return Exit::Failed;
    };
    let settings = &site.made.settings;
    let desk = Desk::new(&opened, settings, StoryClock::new(site.made.now, common.now.is_some()));
    let channels = desk.channels();
    let Some(channel) = channels.iter().find(|channel| channel.name.as_str() == args.name) else {
        let near = nearest(&args.name, channels.iter().map(|channel| channel.name.as_str()));
        let near = near.map(|name| format!(" Did you mean {name}?")).unwrap_or_default();
        out.problem(format!("site.toml names no channel \"{}\".{near}", args.name));
        return Exit::Usage;
    };
    let plan = |said: &[Said], now: Now| schedule(&site.brief(), said, now, Window { days: DAYS }).0;
    let work = async {
        let platform = desk.doors().open(&channel.name).map_err(Stop::Closed)?;
        let outbox = Sqlite::open(&opened.state()).await.map_err(|error| Stop::Start(error.into()))?;
        let start = Start { channel, platform: &*platform, schedule: &plan, back: Duration::days(BACK) };
        let begun = start.run(&desk.world(&outbox)).await.map_err(Stop::Start);
        outbox.close().await;
        begun
    };
    match open::runtime().map(|runtime| runtime.block_on(work)) {
        Ok(Ok(beginning)) => {
            tell(&args.name, &beginning, site.made.now, out);
            Exit::Done
        }
        Ok(Err(Stop::Start(StartError::Practice(_)))) => {
            out.line(format!("{} is a practice wall: it speaks without being started", args.name));
            Exit::Done
        }
        Ok(Err(Stop::Start(error))) => {
            out.diagnostics(&[notices::start(&error)].into_iter().collect(), &opened.loaded);
            Exit::Failed
        }
        Ok(Err(Stop::Closed(wrong))) => {
            out.diagnostics(&wrong, &opened.loaded);
            Exit::Failed
        }
        Err(why) => {
            out.problem(why);
            Exit::Failed
        }
    }
}

enum Stop {
    Closed(Diagnostics),
    Start(StartError),
}

fn tell(name: &str, beginning: &Beginning, now: Now, out: &mut Output<'_>) {
    let at = beginning.at.with_timezone(&now.zone());
    let started = out.tone(Tone::Ok, "Started");
    let moment = format!("{}, {}", calendar::long_date_with_year(at.date_naive()), calendar::time(at.time()));
    out.line(format!("{started} {name} as {}", beginning.account.name));
    out.line(format!("It posts what falls due from {moment} on"));
    out.line(format!("(times in {})", now.zone().name()));
    out.line(match beginning.recovered.len() {
        0 => "None of our posts of the last months were found there".to_owned(),
        number => format!("{} found there and taken back", counted(number, "post")),
    });
    if !beginning.passed_over.is_empty() {
        out.line(format!("{} fell due before and will not be posted", counted(beginning.passed_over.len(), "post")));
    }
    out.fields(json!({
        "channel": name,
        "account": beginning.account.name,
        "at": at.to_rfc3339(),
        "recovered": beginning.recovered.iter().map(|row| as_json(row, now)).collect::<Vec<_>>(),
        "passed_over": beginning.passed_over.len(),
    }));
}
